//! Two tabs on the same work: one writes, the other follows and says so.

use sourcier_browser_tests::bench::visit;

#[test]
fn the_second_tab_follows_and_takes_over() {
    visit(|page| {
        let first = page.tab();
        page.double_click_on("Moscou");
        page.press(&["l"]);
        page.wait_saved();
        let url = page.text("location.href");

        let second = page.new_tab();
        page.open(&url);
        page.expect("follows".to_string(), || page.save_status());
        page.expect_annotations(&["PLACE Moscou"]);

        page.switch_to(&first);
        page.double_click_on("Poutine");
        page.press(&["p"]);
        page.wait_saved();

        page.switch_to(&second);
        page.expect_annotations(&["PLACE Moscou", "PERSON Poutine"]);
        page.double_click_on("jeudi");
        page.press(&["d"]);
        assert!(!page.wait_refusal().is_empty());
        page.expect_annotations(&["PLACE Moscou", "PERSON Poutine"]);

        // Undo in the first tab is followed too.
        page.switch_to(&first);
        page.press(&["Ctrl+z"]);
        page.wait_saved();
        page.switch_to(&second);
        page.expect_annotations(&["PLACE Moscou"]);

        page.switch_to(&first);
        page.close_tab(&second);
        page.wait_saved();
        // Undo brought the selection back, and with it the small palette over the next line.
        page.press(&["Escape"]);
        page.wait_for("!document.querySelector('.quick-palette')");
        page.double_click_on("jeudi");
        page.press(&["d"]);
        page.expect_annotations(&["PLACE Moscou", "DATE jeudi"]);
        page.wait_saved();
        page.reload();
        page.expect_annotations(&["PLACE Moscou", "DATE jeudi"]);
        // The history is one, whichever tab it was made in.
        page.press(&["Ctrl+z", "Ctrl+z"]);
        page.expect_annotations(&[]);
    });
}

//! A page that a translator or an extension changed: what is selected there is refused.

use sourcier_browser_tests::bench::visit;

#[test]
fn a_selection_in_changed_text_is_refused() {
    visit(|page| {
        page.double_click_on("Moscou");
        page.press(&["l"]);
        page.expect_annotations(&["PLACE Moscou"]);
        let file = page.exported_text();
        page.script(
            "(() => {
                const block = document.querySelectorAll('[data-block]')[2];
                const text = textNodes(block)[0];
                text.data = text.data.replace('Plus de 200 personnes', 'More than 200 people');
            })()",
        );
        page.drag_over("200 people");
        assert!(!page.wait_refusal().is_empty());
        page.press(&["p"]);
        page.drag_over("ont été tuées");
        page.wait_refusal();
        page.expect_annotations(&["PLACE Moscou"]);
        page.expect_file(&file);
        // With nothing selected, the label's key has armed it.
        page.press(&["Escape"]);
        // Elsewhere the text is the document's, and the work goes on.
        page.double_click_on("Poutine");
        page.press(&["p"]);
        page.expect_annotations(&["PLACE Moscou", "PERSON Poutine"]);
        page.reload();
        page.double_click_on("troubles");
        page.press(&["e"]);
        page.expect_annotations(&["PLACE Moscou", "PERSON Poutine", "EVENT troubles"]);
    });
}

#[test]
fn the_page_asks_not_to_be_translated_or_spelt() {
    visit(|page| {
        assert!(page.is("document.documentElement.translate === false"));
        assert!(page.is("document.querySelector('#article').spellcheck === false"));
        assert!(
            page.is("[...document.querySelectorAll('[data-block]')].every((block) => block.dir === 'auto'
            && block.lang === 'fr')")
        );
    });
}

//! The whole work on the sample article with a real mouse and real keys.

use sourcier_browser_tests::bench::visit;

#[test]
fn selects_and_labels() {
    visit(|page| {
        page.drag_over("Vladimir Poutine");
        page.expect("Vladimir Poutine".to_string(), || page.selected_words());
        page.press(&["p"]);
        page.screenshot("x");
        println!("{:?}", page.marks());
        page.wait_saved();
    });
}

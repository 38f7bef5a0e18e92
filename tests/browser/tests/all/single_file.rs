//! `sourcier.html`, opened from a disk.

use sourcier_browser_tests::bench::bench;
use sourcier_browser_tests::page::Visit;

#[test]
fn the_single_file_keeps_work_over_file_urls() {
    bench(|bench| {
        let path = bench.config.dist.join("sourcier.html").canonicalize().expect("the single file");
        let url = format!("file://{}", path.display());
        let page = bench.start(&Visit::default());
        page.open(&url);
        page.drag_over("Vladimir Poutine");
        page.press(&["p"]);
        page.expect_annotations(&["PERSON Vladimir Poutine"]);
        page.wait_saved();
        page.reload();
        page.expect_annotations(&["PERSON Vladimir Poutine"]);
        page.close();
        let page = bench.start(&Visit::default());
        page.open(&url);
        page.expect_annotations(&["PERSON Vladimir Poutine"]);
        page.press(&["Ctrl+z"]);
        page.expect_annotations(&[]);
        // The help says where the work of such a page lives.
        page.press(&["?"]);
        page.wait_for("document.querySelector('dialog[open] .help')?.textContent.includes('sourcier.html')");
        let requests = bench.requests();
        assert!(requests.is_empty(), "{requests:?}");
    });
}

//! Nothing leaves the page: which requests are made, and that none is needed after the first
//! visit.

use std::collections::BTreeSet;

use sourcier_browser_tests::bench::{Bench, bench};
use sourcier_browser_tests::page::{Page, Visit};

#[test]
fn only_the_own_files_are_asked_for_and_none_while_working() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        wait_offline_copy(&page);
        let own_files = own_files(bench);
        for request in bench.requests() {
            assert_eq!(request.method, "GET", "{request:?}");
            let path = request.target.trim_start_matches('/').to_string();
            assert!(own_files.contains(&path), "{request:?}");
        }
        bench.server.forget_requests();
        page.drag_over("Vladimir Poutine");
        page.press(&["p", "i"]);
        page.click("#inspector-note");
        page.type_text("https://example.org/ et http://127.0.0.1/");
        page.press(&["Escape", "?"]);
        page.wait_for("document.querySelector('dialog[open]')");
        page.press(&["Escape", "Ctrl+s"]);
        page.wait_for("document.querySelector('dialog[open] .export')");
        page.press(&["Escape"]);
        page.wait_saved();
        assert_eq!(bench.requests(), [], "while working");
        // What a page can try against its policy.
        page.expect_complaints(&["connect-src", "Content Security Policy", "Refused", "img-src", "img"]);
        let answer = page.script_later("fetch('https://example.org/').then(() => 'sent', () => 'stopped')");
        assert_eq!(answer, "stopped");
        assert_eq!(bench.requests(), [], "stopped before the network");
    });
}

#[test]
fn a_request_to_another_host_would_be_seen() {
    bench(|bench| {
        let page = bench.start(&Visit::default());
        page.expect_complaints(&["404", "example"]);
        page.go("http://example.invalid/x");
        let targets: Vec<String> = bench.requests().into_iter().map(|request| request.target).collect();
        assert!(targets.iter().any(|target| target == "http://example.invalid/x"), "{targets:?}");
    });
}

#[test]
fn it_works_offline_after_the_first_visit() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        page.double_click_on("Poutine");
        page.press(&["p"]);
        page.wait_saved();
        wait_offline_copy(&page);
        bench.server.serve(None);
        page.reload();
        page.expect_annotations(&["PERSON Poutine"]);
        page.double_click_on("Moscou");
        page.press(&["l"]);
        page.wait_saved();
        page.expect_complaints(&["sw.js"]);
        page.close();
        // The browser started anew, still without a network.
        let page = bench.visit(&Visit::default());
        page.expect_complaints(&["sw.js"]);
        page.expect_annotations(&["PLACE Moscou", "PERSON Poutine"]);
    });
}

/// Waits until the service worker has all files.
pub(crate) fn wait_offline_copy(page: &Page) {
    page.script_later("navigator.serviceWorker.ready");
    page.wait("the offline copy is there", || {
        page.script_later("navigator.serviceWorker.getRegistration().then((found) => Boolean(found?.active))")
            == true
    });
}

/// The paths of the release, and the root.
fn own_files(bench: &Bench) -> BTreeSet<String> {
    let files = std::fs::read_dir(&bench.config.dist).expect("the release");
    let names = files.flatten().map(|file| file.file_name().to_string_lossy().into_owned());
    names.chain([String::new()]).collect()
}

//! A new version: taken whole or not at all, when the person says so, and at no cost of work.

use std::fs;

use sha2::{Digest, Sha256};
use sourcier_browser_tests::bench::{Bench, bench};
use sourcier_browser_tests::page::{Page, Visit};

use crate::requests::wait_offline_copy;

const MARK: &str = "<meta name=\"release\" content=\"next\" />";

#[test]
fn half_a_release_is_no_release() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        wait_offline_copy(&page);
        // The new worker is there, and the new page is not yet.
        let (_, worker) = next_release(bench);
        bench.server.replace("sw.js", worker);
        assert_eq!(update(&page), "redundant", "the worker gives up");
        page.expect_complaints(&["index.html"]);
        page.reload();
        assert!(page.is("sourcierUpdate.ready === false"));
        page.double_click_on("Poutine");
        page.press(&["p"]);
        page.expect_annotations(&["PERSON Poutine"]);
    });
}

#[test]
fn a_new_release_waits_until_it_is_asked_for() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        wait_offline_copy(&page);
        let (index, worker) = next_release(bench);
        bench.server.replace("index.html", index);
        bench.server.replace("sw.js", worker);
        assert_eq!(update(&page), "installed");
        page.wait_for("sourcierUpdate.ready");
        page.wait_for("document.querySelector('.banner')");
        page.double_click_on("Poutine");
        page.press(&["p"]);
        page.expect_annotations(&["PERSON Poutine"]);
        assert!(!is_next(&page), "nothing happens by itself");
        page.click(".banner button:first-of-type");
        page.wait("the new release is there", || is_next(&page));
        page.wait_ready();
        page.expect_annotations(&["PERSON Poutine"]);
        page.wait_saved();
        assert!(page.is("sourcierUpdate.ready === false"));
    });
}

/// The page and the service worker of a release that differs in one file.
fn next_release(bench: &Bench) -> (Vec<u8>, Vec<u8>) {
    let read = |name: &str| fs::read_to_string(bench.config.dist.join(name)).expect("a file of the release");
    let hash = |text: &str| -> String {
        Sha256::digest(text.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect()
    };
    let index = read("index.html");
    let next = index.replacen("</head>", &format!("{MARK}</head>"), 1);
    let worker = read("sw.js");
    let next_worker =
        worker.replace(&hash(&index), &hash(&next)).replacen("version: \"", "version: \"next-", 1);
    assert!(next != index && next_worker.matches(&hash(&next)).count() == 1, "the worker names the page");
    (next.into_bytes(), next_worker.into_bytes())
}

/// Looks for a new release as a start of the page does; gives what becomes of its worker.
fn update(page: &Page) -> String {
    let state = page.script_later(
        "navigator.serviceWorker.getRegistration().then((registration) => new Promise((done) => {
            registration.addEventListener('updatefound', () => {
                const worker = registration.installing;
                worker.addEventListener('statechange', () => {
                    if (worker.state !== 'installing') done(worker.state);
                });
            });
            registration.update().catch(() => {});
        }))",
    );
    state.as_str().unwrap_or_default().to_string()
}

fn is_next(page: &Page) -> bool {
    page.is("document.querySelector('meta[name=release]')")
}

//! What is loaded after the first screen, when it does not come.

use std::fs;

use sourcier_browser_tests::bench::{Bench, bench};
use sourcier_browser_tests::page::Visit;

use crate::exchange::choose;

#[test]
fn dialogs_that_did_not_come_are_asked_for_again() {
    bench(|bench| {
        let dialogs = file_of(bench, "dialogs-");
        bench.server.replace(&dialogs, b"no wasm".to_vec());
        let page = bench.visit(&Visit::default());
        page.double_click_on("Poutine");
        page.press(&["p"]);
        page.expect_annotations(&["PERSON Poutine"]);
        page.press(&["F1"]);
        assert!(page.wait_refusal().contains("chargée"));
        page.press(&["Ctrl+z"]);
        page.expect_annotations(&[]);
        page.expect_complaints(&["CompileError", "CompileError"]);
        let whole = fs::read(bench.config.dist.join(&dialogs)).expect("a file of the release");
        bench.server.replace(&dialogs, whole);
        page.press(&["F1"]);
        page.wait_for("document.querySelector('dialog[open]')");
    });
}

#[test]
fn formats_that_did_not_come_are_told_of_and_the_own_one_is_still_there() {
    bench(|bench| {
        bench.server.replace(&file_of(bench, "exchange-"), b"no wasm".to_vec());
        let page = bench.visit(&Visit::default());
        page.press(&["Ctrl+s"]);
        page.wait_for("document.querySelector('.export__whole')");
        choose(&page, "#export-format", "iob2");
        page.wait_for("document.querySelector('dialog').textContent.includes('n’a pas démarré')");
        page.expect_complaints(&["CompileError"]);
        choose(&page, "#export-format", "sourcier");
        page.wait_for("document.querySelector('.export__whole')");
        assert!(page.exported_text().starts_with('{'));
    });
}

/// The wasm of the release whose name starts so.
fn file_of(bench: &Bench, start: &str) -> String {
    let names = fs::read_dir(&bench.config.dist).expect("the release").flatten();
    let names = names.map(|file| file.file_name().to_string_lossy().into_owned());
    let mut found = names.filter(|name| name.starts_with(start) && name.ends_with(".wasm"));
    found.next().expect("the release has that part")
}

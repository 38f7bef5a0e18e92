//! Opening what takes long: ten megabytes with a hundred thousand annotations. The page tells how far
//! it is, and leaves everything as it was where it is stopped.

use std::fs;
use std::path::{Path, PathBuf};

use sourcier_browser_tests::bench::{Bench, bench};
use sourcier_browser_tests::page::{Page, Visit};
use sourcier_samples::{Kind, Sample};

const LONG: Kind = Kind::Article { size_bytes: 10_000_000, annotations: 100_000 };

/// Notes what the page tells of the way; with `window.isImpatient` presses “Cancel” at once.
pub const WATCH: &str = "(window.told = [], new MutationObserver(() => {
    const progress = document.querySelector('.banner progress');
    if (!progress) return;
    if (told.at(-1) !== progress.value) told.push(progress.value);
    if (window.isImpatient) progress.closest('.banner').querySelector('button').click();
}).observe(document.body, { subtree: true, childList: true, attributes: true }), true)";

#[test]
fn a_long_file_tells_how_far_it_is_and_stops_when_asked() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        let (path, sample) = long_file(bench);
        page.select_by_script("président russe");
        page.press(&["f"]);
        page.expect_annotations(&["ROLE président russe"]);
        page.wait_saved();
        let before = page.exported_text();
        page.script(WATCH);
        page.script("window.isImpatient = true");
        page.choose_file("input[type=file]", &path);
        page.wait_for("told.length > 0 && !document.querySelector('.banner')");
        // What is open is what was open, also a moment later, and can be worked on.
        page.script_later("new Promise((done) => setTimeout(done, 500))");
        page.expect_file(&before);
        assert!(!page.is("document.querySelector('dialog')"), "nobody is asked about it");
        page.press(&["Ctrl+z"]);
        page.expect_annotations(&[]);
        page.press(&["Ctrl+y"]);
        page.expect_annotations(&["ROLE président russe"]);
        finish(&page, &path, &sample);
    });
}

/// Lets the same file come.
fn finish(page: &Page, path: &Path, sample: &Sample) {
    page.script("(window.isImpatient = false, told.length = 0)");
    page.choose_file("input[type=file]", path);
    let count = sample.paragraphs().len();
    page.wait("the file is open", || {
        page.number("document.querySelectorAll('.section').length") * 32.0 >= count as f64
    });
    page.wait_for("!document.querySelector('.banner progress')");
    assert!(page.is("told.length > 0"), "it tells of the way: {}", page.script("told"));
    assert!(
        page.is("told.every((percent, idx) => idx === 0 || told[idx - 1] < percent)"),
        "{}",
        page.script("told")
    );
    assert_eq!(page.text("blocks()[0].textContent"), sample.text[sample.paragraphs()[0].clone()]);
    assert!(page.is("document.querySelector('mark')"));
    let annotations = page
        .script_later("sourcier.export('json').then(([file]) => JSON.parse(file.text).annotations.length)");
    assert_eq!(annotations, sample.annotations.len());
}

pub fn long_file(bench: &Bench) -> (PathBuf, Sample) {
    let sample = Sample::new(LONG);
    let path = bench.profile().join("long.sourcier.json");
    fs::write(&path, sample.native_json()).expect("the file is written");
    (path, sample)
}

//! What takes long with ten megabytes and a hundred thousand annotations, beside opening a file: opening it
//! again, and writing its file. The page tells how far it is, and leaves everything as it was where it is
//! stopped; what someone does meanwhile is neither lost nor mixed up with it.

use std::time::{Duration, Instant};

use serde_json::json;
use sourcier_browser_tests::bench::{Bench, bench};
use sourcier_browser_tests::page::{Page, Visit};
use sourcier_samples::Sample;

use crate::opening::long_file;

/// Before the page's own scripts: notes what is told of the way, does what `onTold` says when it is told
/// first, and with `isImpatient` presses “Cancel”. With `isSlow`, time runs as on a slow machine.
const WATCH: &str = "(() => {
    window.told = [];
    new MutationObserver(() => {
        const progress = document.querySelector('.banner progress, dialog progress');
        if (!progress) return;
        if (told.at(-1) !== progress.value) told.push(progress.value);
        const onTold = window.onTold;
        window.onTold = undefined;
        onTold?.();
        if (sessionStorage.isImpatient) progress.parentElement.querySelector('button').click();
    }).observe(document, { subtree: true, childList: true, attributes: true });
    if (!sessionStorage.isSlow) return;
    const now = Date.now;
    let late = 0;
    Date.now = () => now() + (late += 20);
})()";

const FIRST_SAVE_MAX: Duration = Duration::from_secs(120);

/// A document of which its own page says that it is on the way when it is opened again.
struct Long {
    sample: Sample,
}

impl Long {
    fn is_open(&self, page: &Page) -> bool {
        page.number("document.querySelectorAll('.section').length") * 32.0
            >= self.sample.paragraphs().len() as f64
    }

    #[track_caller]
    fn wait_open(&self, page: &Page) {
        page.wait("the long document is open", || self.is_open(page));
        page.wait_for("!document.querySelector('.banner progress')");
    }
}

/// With the long document open and saved.
fn with_long(test: impl FnOnce(&Bench, &Page, &Long)) {
    bench(|bench| {
        let page = bench.visit(&Visit { before: vec![WATCH.to_owned()], ..Visit::default() });
        let (path, sample) = long_file(bench);
        let long = Long { sample };
        page.choose_file("input[type=file]", &path);
        long.wait_open(&page);
        wait_first_save(&page);
        set(&page, "isSlow", true);
        test(bench, &page, &long);
    });
}

/// The first save of a long document is hundreds of writes, each of which the disk answers: no other wait is as
/// long.
pub fn wait_first_save(page: &Page) {
    let begun = Instant::now();
    while page.save_status() == "saving" && begun.elapsed() < FIRST_SAVE_MAX {
        page.wait_frames();
    }
    page.wait_saved();
}

/// From now on, and in the page after a reload.
fn set(page: &Page, name: &str, is_so: bool) {
    page.script_with(
        "arguments[1] ? sessionStorage.setItem(arguments[0], 'yes') : sessionStorage.removeItem(arguments[0])",
        json!([name, is_so]),
    );
}

/// What was told since it was asked last: from little to much.
#[track_caller]
fn expect_told(page: &Page) {
    let told = page.script("told.splice(0)");
    let percents: Vec<f64> =
        told.as_array().into_iter().flatten().filter_map(|value| value.as_f64()).collect();
    // How often depends on the machine.
    let is_rising = percents.windows(2).all(|pair| pair[0] < pair[1]);
    assert!(is_rising && !percents.is_empty(), "{told}");
}

/// How many annotations the file of the open document has.
fn count(page: &Page) -> usize {
    let count = "sourcier.export('json').then(([file]) => JSON.parse(file.text).annotations.length)";
    page.script_later(count).as_u64().unwrap_or_default() as usize
}

/// Opens the long document from the list, or the short one.
fn open_from_list(page: &Page, is_short: bool) {
    if !page.is("document.querySelector('dialog')") {
        page.ask_for("Vos documents");
    }
    page.wait_for("document.querySelector('.documents__open')");
    page.script_with(
        "[...document.querySelectorAll('.documents__open')].find(
            (line) => (line.querySelector('b').textContent === 'Court') === arguments[0]).click()",
        json!([is_short]),
    );
    page.wait_for("!document.querySelector('dialog')");
}

#[test]
fn a_long_document_comes_back_and_tells_how_far_it_is() {
    with_long(|_, page, long| {
        let words: String = long.sample.text.chars().take(12).collect();
        page.select_by_script(&words);
        page.press(&["f"]);
        page.wait_saved();
        page.script("told.length = 0");
        page.reload();
        long.wait_open(page);
        expect_told(page);
        assert_eq!(count(page), long.sample.annotations.len() + 1);
        assert_eq!(
            page.text("blocks()[0].textContent"),
            long.sample.text[long.sample.paragraphs()[0].clone()]
        );
        // With its history.
        page.press(&["Ctrl+z"]);
        assert_eq!(count(page), long.sample.annotations.len());
        page.wait_saved();
    });
}

#[test]
fn whoever_does_not_wait_for_the_last_document_chooses_another() {
    with_long(|_, page, long| {
        set(page, "isImpatient", true);
        for _ in 0..2 {
            // Also the next time there is a way out.
            page.reload();
            page.wait_for("document.querySelector('.documents__open')");
            assert!(page.is("!document.querySelector('[data-block], .banner') && told.length > 0"));
        }
        set(page, "isImpatient", false);
        page.script("told.length = 0");
        open_from_list(page, false);
        long.wait_open(page);
        expect_told(page);
        assert_eq!(count(page), long.sample.annotations.len());
    });
}

#[test]
fn what_is_open_stays_open_until_the_other_is_read() {
    with_long(|_, page, long| {
        let small = json!({ "text": "Anna gagne à Rome.", "fields": { "title": "Court" } });
        page.open_document(&small, &json!({}));
        page.wait_saved();
        page.reload();
        set(page, "isImpatient", true);
        open_from_list(page, false);
        page.wait_for("told.length > 0 && !document.querySelector('.banner')");
        page.expect_annotations(&[]);
        // It is worked on as before, also while the other one is on its way, and that is saved.
        set(page, "isImpatient", false);
        page.select_by_script("Anna");
        page.script(
            "(window.onTold = () => document.querySelector('#article').dispatchEvent(new KeyboardEvent(
                'keydown', { key: 'p', bubbles: true, cancelable: true })), true)",
        );
        page.script("told.length = 0");
        open_from_list(page, false);
        long.wait_open(page);
        expect_told(page);
        open_from_list(page, true);
        page.expect_annotations(&["PERSON Anna"]);
        // What is opened meanwhile counts.
        page.script("(window.onTold = () => sourcier.open({ text: 'Autre chose.' }), true)");
        open_from_list(page, false);
        page.expect("Autre chose.".to_owned(), || page.text("blocks()[0]?.textContent"));
        page.wait_for("!document.querySelector('.banner progress')");
        page.script_later("new Promise((done) => setTimeout(done, 500))");
        assert_eq!(page.exported()["document"]["text"], "Autre chose.");
    });
}

#[test]
fn a_long_file_is_written_as_the_work_was_when_it_was_asked_for() {
    with_long(|_, page, long| {
        let words: String = long.sample.text.chars().take(12).collect();
        page.reload();
        long.wait_open(page);
        page.select_by_script(&words);
        page.press(&["f"]);
        page.script("told.length = 0");
        page.script(
            "(window.onTold = () => document.querySelector('#article').dispatchEvent(new KeyboardEvent(
                'keydown', { key: 'z', ctrlKey: true, bubbles: true, cancelable: true })), true)",
        );
        assert_eq!(count(page), long.sample.annotations.len() + 1);
        expect_told(page);
        assert_eq!(count(page), long.sample.annotations.len());
        // Another document is opened in the midst.
        let both = "Promise.all([sourcier.export('json'), sourcier.open({ text: 'Autre chose.' })]).then(
            ([[file]]) => JSON.parse(file.text).annotations.length)";
        assert_eq!(page.script_later(both), long.sample.annotations.len());
        assert_eq!(page.exported()["document"]["text"], "Autre chose.");
    });
}

#[test]
fn the_dialog_of_the_export_tells_how_far_it_is_and_stops_when_asked() {
    with_long(|_, page, long| {
        page.reload();
        long.wait_open(page);
        set(page, "isImpatient", true);
        page.script("told.length = 0");
        page.press(&["Ctrl+s"]);
        page.wait_for("told.length > 0 && !document.querySelector('dialog progress')");
        assert!(page.is("!document.querySelector('.export__preview')"), "nothing is made");
        set(page, "isImpatient", false);
        page.script("told.length = 0");
        page.script("document.querySelector('dialog .button--main').click()");
        page.wait_for("document.querySelector('.export__preview')");
        expect_told(page);
        let facts = page.text("document.querySelector('.export__facts').textContent");
        assert!(facts.contains("100"), "{facts}");
        page.press(&["Escape"]);
        page.wait_for("!document.querySelector('dialog')");
        // The script's export is one of its own.
        assert_eq!(count(page), long.sample.annotations.len());
        let stopped = "(sessionStorage.isImpatient = 'yes', sourcier.export('json').then(() => 'made', (error) => error.code))";
        assert_eq!(page.script_later(stopped), "stopped");
    });
}

//! Long changes of ten megabytes with a hundred thousand annotations, beside what long_works.rs has: they tell how
//! far they are, and leave everything as it was where they are stopped.

use std::fs;

use serde_json::json;
use sourcier_browser_tests::bench::{Bench, bench};
use sourcier_browser_tests::page::{Page, Visit};
use sourcier_samples::Sample;

use crate::long_works::wait_first_save;
use crate::opening::{WATCH, long_file};

/// Notes what the editor of the label set tells of what it works out. Time runs as on a slow machine: what takes
/// half a second on one is done at once on another.
const WATCH_FOOT: &str = "(window.told = [], ((now, late) => {
    Date.now = () => now() + (late += 20);
})(Date.now.bind(Date), 0), new MutationObserver(() => {
    const progress = document.querySelector('.schema-editor__foot progress');
    if (progress) told.push(progress.value);
}).observe(document.body, { subtree: true, childList: true, attributes: true }), true)";

fn open(bench: &Bench) -> (Page, Sample) {
    let page = bench.visit(&Visit::default());
    let (path, sample) = long_file(bench);
    page.choose_file("input[type=file]", &path);
    let count = sample.paragraphs().len();
    page.wait("the file is open", || {
        page.number("document.querySelectorAll('.section').length") * 32.0 >= count as f64
    });
    page.wait_for("!document.querySelector('.banner progress')");
    wait_first_save(&page);
    (page, sample)
}

/// Chooses a value of a list of the editor, as a hand does, and clicks the button beside it.
fn pick(page: &Page, id: &str, value: &str) {
    page.script_with(
        "((select) => {
            select.value = arguments[1];
            select.dispatchEvent(new Event('change', { bubbles: true }));
            select.closest('.row').querySelector('button').click();
        })(document.getElementById(arguments[0]))",
        json!([id, value]),
    );
}

fn open_editor(page: &Page, part: &str) {
    page.ask_for("Modifier le jeu");
    page.wait_for("document.querySelector('.schema-editor')");
    page.click(&format!("[data-part='{part}']"));
    page.wait_for(&format!("document.querySelector('[data-part=\"{part}\"][aria-current]')"));
}

/// How many annotations the page has, by its list.
fn count(page: &Page) -> String {
    page.text("document.querySelector('.annotation-list__count').textContent")
}

#[test]
fn what_a_label_that_goes_takes_along_is_worked_out_with_progress() {
    bench(|bench| {
        let (page, _) = open(bench);
        let before = count(&page);
        page.script(WATCH_FOOT);
        open_editor(&page, "label-PERSON");
        pick(&page, "schema.remove", "remove");
        page.wait_for("told.length > 0");
        // Not wanted: the draft is the label set as it is.
        page.script("document.querySelector('.schema-editor__foot button:not(.button--main)').click()");
        page.wait_for("!document.querySelector('.schema-editor__foot progress')");
        let preview = || page.text("document.querySelector('.schema-editor__preview').textContent");
        page.expect("Rien n’a changé.".to_owned(), preview);
        // Wanted after all: what it does is told before it is done, and is one step.
        page.click("[data-part='label-PERSON']");
        page.wait_for("document.getElementById('schema.remove')");
        pick(&page, "schema.remove", "remove");
        page.wait_for("document.querySelector('.schema-editor__foot .button--main:enabled')");
        page.wait("what goes is told", || preview().contains("supprimées"));
        assert_eq!(count(&page), before, "nothing is done yet");
        page.click(".schema-editor__foot .button--main");
        page.wait_for("!document.querySelector('dialog')");
        page.wait("they are gone", || count(&page) != before);
        let after = count(&page);
        page.press(&["Ctrl+z"]);
        page.expect(before.clone(), || count(&page));
        // So large a step is encoded bit by bit before it is stored, and at once where the page goes.
        page.wait_saved();
        page.press(&["Ctrl+y"]);
        page.expect(after.clone(), || count(&page));
        page.reload();
        page.expect(after, || count(&page));
        page.press(&["Ctrl+z"]);
        page.expect(before.clone(), || count(&page));
    });
}

#[test]
fn a_new_version_of_a_long_text_comes_with_progress_and_stops_when_asked() {
    bench(|bench| {
        let (page, sample) = open(bench);
        let before = count(&page);
        let path = bench.profile().join("v2.txt");
        let (first, rest) = sample.text.split_once("\n\n").expect("paragraphs");
        fs::write(&path, format!("Mis à jour.\n\n{first} Ajout.\n\n{rest}")).expect("the file is written");
        page.script(WATCH);
        let take = || {
            page.choose_file("input[type=file]", &path);
            page.wait_for("document.querySelector('dialog[open] .import__documents')");
            page.script(
                "((select) => {
                    select.value = 'version';
                    select.dispatchEvent(new Event('change', { bubbles: true }));
                })(document.getElementById('import-version'))",
            );
            page.wait_frames();
            page.click("dialog[open] .button--main");
        };
        page.script("window.isImpatient = true");
        take();
        page.wait_for("told.length > 0 && !document.querySelector('.banner, dialog')");
        page.script_later("new Promise((done) => setTimeout(done, 500))");
        assert!(!page.is("document.querySelector('dialog')"), "nobody is told of it");
        assert_eq!(count(&page), before);
        page.script("(window.isImpatient = false, told.length = 0)");
        take();
        page.wait_for("document.querySelector('dialog[open] .report__lines, dialog[open] h3')");
        assert!(page.is("told.length > 0"), "it tells of the way");
        assert!(page.is("blocks()[0].textContent.startsWith('Mis à jour.')"));
        // Nearly all is elsewhere, and only the first lines are written.
        assert!(page.is("document.querySelectorAll('dialog[open] .report__jump').length === 200"));
    });
}

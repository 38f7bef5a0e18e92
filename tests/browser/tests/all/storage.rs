//! Nothing is lost: reloads, a killed browser, storage that refuses, is full or is damaged.

use std::thread;
use std::time::Duration;

use sourcier_browser_tests::bench::{bench, visit, visit_as};
use sourcier_browser_tests::page::{Page, Visit};

/// "Saved within 500 ms", and some for the way from the key to the page.
const SAVED_AFTER: Duration = Duration::from_millis(700);

const STORAGE_REFUSED: &str = "IDBFactory.prototype.open = () => {
    throw new DOMException('no storage here', 'SecurityError') };";
const STORAGE_FULL: &str = "for (const write of ['put', 'add']) {
        const real = IDBObjectStore.prototype[write];
        IDBObjectStore.prototype[write] = function (...values) {
            if (window.isFull) throw new DOMException('the disk is full', 'QuotaExceededError');
            return real.apply(this, values);
        };
    }";

#[test]
fn a_reload_keeps_the_work_and_its_history() {
    visit(|page| {
        mark_three(page);
        page.press(&["Ctrl+z"]);
        page.expect_annotations(&["PLACE Moscou", "PERSON Poutine"]);
        page.wait_saved();
        let file = page.exported_text();
        page.reload();
        page.expect_file(&file);
        page.press(&["Ctrl+Shift+z"]);
        page.expect_annotations(&["PLACE Moscou", "PERSON Poutine", "DATE jeudi"]);
        page.press(&["Ctrl+z", "Ctrl+z", "Ctrl+z"]);
        page.expect_annotations(&[]);
        page.press(&["Ctrl+y"]);
        page.expect_annotations(&["PERSON Poutine"]);
    });
}

#[test]
fn a_killed_browser_loses_nothing_that_was_saved() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        mark_three(&page);
        thread::sleep(SAVED_AFTER);
        page.kill();
        let page = bench.visit(&Visit::default());
        page.expect_annotations(&["PLACE Moscou", "PERSON Poutine", "DATE jeudi"]);
        page.press(&["Ctrl+z"]);
        page.expect_annotations(&["PLACE Moscou", "PERSON Poutine"]);
    });
}

#[test]
fn not_even_the_last_moment_is_lost_by_a_reload_or_a_closed_tab() {
    visit(|page| {
        mark_three(page);
        // At once: what waits is written as the page goes.
        page.reload();
        page.expect_annotations(&["PLACE Moscou", "PERSON Poutine", "DATE jeudi"]);
        let (url, first) = (page.text("location.href"), page.tab());
        let second = page.new_tab();
        page.switch_to(&first);
        page.double_click_on("Kazakhstan");
        page.press(&["l"]);
        page.close_tab(&second);
        page.open(&url);
        page.expect_annotations(&["PLACE Moscou", "PERSON Poutine", "DATE jeudi", "PLACE Kazakhstan"]);
    });
}

#[test]
fn work_goes_on_without_storage() {
    bench(|bench| {
        let visit = Visit { before: vec![STORAGE_REFUSED.into()], ..Visit::default() };
        let page = bench.visit(&visit);
        page.wait_for("document.querySelector('.banner')");
        assert_eq!(page.save_status(), "not-saved");
        page.double_click_on("Poutine");
        page.press(&["p"]);
        page.expect_annotations(&["PERSON Poutine"]);
        assert_eq!(page.save_status(), "not-saved", "never \"saved\" when it is not");
        page.click(".banner button");
        let backup = bench.wait_download(&page);
        assert!(backup.contains("PERSON") && backup.contains("Kassym-Jomart"), "{backup}");
        page.expect(1, || page.number("document.querySelectorAll('.banner').length") as i32);
    });
}

#[test]
fn a_full_disk_is_told_and_work_goes_on() {
    bench(|bench| {
        let page = bench.visit(&Visit { before: vec![STORAGE_FULL.into()], ..Visit::default() });
        page.double_click_on("Moscou");
        page.press(&["l"]);
        page.wait_saved();
        page.script("window.isFull = true");
        page.double_click_on("Poutine");
        page.press(&["p"]);
        page.expect("not-saved".to_string(), || page.save_status());
        page.double_click_on("jeudi");
        page.press(&["d"]);
        page.expect_annotations(&["PLACE Moscou", "PERSON Poutine", "DATE jeudi"]);
        page.expect("not-saved".to_string(), || page.save_status());
        page.click(".status-line__button:nth-last-of-type(2)");
        let backup = bench.wait_download(&page);
        assert!(backup.contains("DATE"), "{backup}");
        // Space again: the next edit takes everything along.
        page.script("window.isFull = false");
        page.double_click_on("Kazakhstan");
        page.press(&["l"]);
        page.wait_saved();
        page.reload();
        page.expect_annotations(&["PLACE Moscou", "PERSON Poutine", "DATE jeudi", "PLACE Kazakhstan"]);
    });
}

#[test]
fn a_damaged_record_is_told_and_the_rest_is_there() {
    visit(|page| {
        mark_three(page);
        page.wait_saved();
        page.script_later(
            "new Promise((resolve, reject) => {
                const request = indexedDB.open('sourcier');
                request.onerror = reject;
                request.onsuccess = () => {
                    const database = request.result;
                    const write = database.transaction('journal', 'readwrite');
                    const journal = write.objectStore('journal');
                    const keys = journal.getAllKeys();
                    keys.onsuccess = () => journal.put('{\"gar', keys.result.at(-1));
                    write.oncomplete = () => { database.close(); resolve(); };
                };
            })",
        );
        page.reload();
        page.wait_for("document.querySelector('.banner')");
        page.expect_annotations(&["PLACE Moscou", "PERSON Poutine"]);
        page.double_click_on("Kazakhstan");
        page.press(&["l"]);
        page.wait_saved();
        // Told once; the rest and what came after are kept.
        page.reload();
        page.expect_annotations(&["PLACE Moscou", "PERSON Poutine", "PLACE Kazakhstan"]);
        assert!(!page.is("document.querySelector('.banner')"));
    });
}

#[test]
fn the_sample_stays_away_once_it_was_removed() {
    visit(|page| {
        page.press(&["Ctrl+k"]);
        page.wait_for("document.activeElement.getAttribute('role') === 'combobox'");
        page.type_text("Supprimer ce document");
        page.wait_for("document.querySelectorAll('[role=option]').length === 1");
        page.press(&["Enter"]);
        page.click(".button--danger");
        page.wait_for("!document.querySelector('[data-block]')");
        page.reload();
        assert!(!page.is("document.querySelector('[data-block]')"));
    });
}

#[test]
fn settings_are_kept_and_damaged_ones_do_no_harm() {
    let broken = "localStorage.setItem('sourcier.settings', '{\"language\": 3, \"text\": \"x');";
    visit_as(&Visit { before: vec![broken.into()], ..Visit::default() }, |page| {
        assert_eq!(page.text("document.documentElement.lang"), "fr");
    });
}

/// « Poutine », « Moscou », « jeudi ».
fn mark_three(page: &Page) {
    for (words, key) in [("Poutine", "p"), ("Moscou", "l"), ("jeudi", "d")] {
        page.double_click_on(words);
        page.press(&[key]);
    }
    page.expect_annotations(&["PLACE Moscou", "PERSON Poutine", "DATE jeudi"]);
}

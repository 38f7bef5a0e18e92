//! The formats of other programs, out and in by the dialogs; the list of documents.

use std::fs;
use std::path::PathBuf;

use serde_json::{Value, json};
use sourcier_browser_tests::bench::{Bench, bench};
use sourcier_browser_tests::page::{Page, Visit, project_folder};

/// The sample article, annotated in full.
fn annotated() -> Value {
    let path = project_folder().join("tests/data/exchange/samples/annotated.json");
    Value::String(fs::read_to_string(path).expect("the sample"))
}

fn open_export(page: &Page) {
    page.press(&["Ctrl+s"]);
    // The last row that comes: from then on nothing moves by itself.
    page.wait_for("document.querySelector('input[name=export-scope]')");
}

/// Chooses a value of a `select`, as a hand does, and waits until the dialog shows what came of it.
pub fn choose(page: &Page, selector: &str, value: &str) {
    page.script_with(
        "(() => { const select = document.querySelector(arguments[0]); select.value = arguments[1];
           select.dispatchEvent(new Event('change', { bubbles: true })); })()",
        json!([selector, value]),
    );
    page.wait_frames();
}

fn save(page: &Page) {
    page.wait_for("document.querySelector('.export__preview')");
    page.script("document.querySelector('dialog .button--main').scrollIntoView()");
    page.click("dialog .button--main");
}

/// Puts a file where a hand would find it, and chooses it.
fn choose_file(bench: &Bench, page: &Page, name: &str, bytes: &[u8]) {
    let folder: PathBuf = bench.profile().join("files");
    fs::create_dir_all(&folder).expect("a folder");
    let path = folder.join(name);
    fs::write(&path, bytes).expect("a file");
    page.choose_file("input[type=file]", &path);
}

#[test]
fn every_format_is_saved_by_the_dialog() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        page.open_document(&annotated(), &json!({ "keep": true }));
        open_export(&page);
        let formats =
            page.script("[...document.querySelectorAll('#export-format option')].map(({ value }) => value)");
        let formats: Vec<String> = serde_json::from_value(formats).expect("a list");
        assert!(formats.len() >= 24, "{formats:?}");
        assert!(page.is("document.activeElement.matches('#export-format')"), "the focus stays where it was");
        page.press(&["Escape"]);
        for format in formats.iter().filter(|format| *format != "claimreview") {
            page.wait_for("!document.querySelector('dialog')");
            open_export(&page);
            choose(&page, "#export-format", format);
            save(&page);
            let (name, bytes) = bench.wait_file(&page);
            assert!(!bytes.is_empty(), "{format}: {name}");
            let is_zip = bytes.starts_with(b"PK");
            assert_eq!(is_zip, name.ends_with(&format!("-{format}.zip")), "{format}: {name}");
        }
        // No check is written of which nobody said who made it, where it stands and what it says.
        page.wait_for("!document.querySelector('dialog')");
        open_export(&page);
        choose(&page, "#export-format", "claimreview");
        page.wait_for("document.querySelector('#export-url')");
        assert!(!page.is("document.querySelector('.export__preview')"));
        for (id, text) in [("export-reviewer", "Ada"), ("export-url", "https://redaction.example/v")] {
            page.click(&format!("#{id}"));
            page.type_text(text);
        }
        page.click(".export__verdict:nth-of-type(2) input, .export__verdict + .export__verdict input");
        page.type_text("Non prouvé");
        page.press(&["Tab"]);
        save(&page);
        let (name, bytes) = bench.wait_file(&page);
        assert!(!bytes.is_empty(), "{name}");
    });
}

#[test]
fn what_is_lost_is_told_before_it_is_saved() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        page.open_document(&annotated(), &json!({ "keep": true }));
        open_export(&page);
        page.wait_for("document.querySelector('.export__whole')");
        choose(&page, "#export-format", "iob2");
        page.wait_for("document.querySelector('.export__losses')");
        let losses = page.text("document.querySelector('.export__losses').textContent");
        for words in ["Relations · 11", "Notes · 2"] {
            assert!(losses.contains(words), "{words} in {losses}");
        }
        page.screenshot("export-losses");
    });
}

#[test]
fn all_documents_go_into_one_archive_and_come_back_from_it() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        page.open_document(&annotated(), &json!({ "keep": true }));
        page.wait_saved();
        let marked = page.annotations();
        open_export(&page);
        choose(&page, "#export-format", "brat");
        page.wait_for("document.querySelector('input[name=export-scope][value=all]')");
        page.script("document.querySelector('input[name=export-scope][value=all]').click()");
        page.wait_for("!document.querySelector('.export__preview')");
        page.click("dialog .button--main");
        save(&page);
        let (name, archive) = bench.wait_file(&page);
        assert_eq!(name, "sourcier-brat.zip");
        page.close();

        fs::remove_dir_all(bench.profile()).expect("a fresh browser");
        let page = bench.visit(&Visit::default());
        choose_file(bench, &page, &name, &archive);
        page.wait_for("document.querySelector('#import-format')?.value === 'brat'");
        page.screenshot("import-brat");
        page.click("dialog .button--main");
        page.wait_for("document.querySelector('dialog')?.textContent.includes('2 documents ajoutés')");
        page.press(&["Escape"]);
        // The first one is open.
        page.ask_for("Document suivant");
        page.wait("the other one is there too", || page.annotations() == marked);
    });
}

#[test]
fn fractions_are_the_same_on_both_sides_of_the_worker() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        let numbers = json!({ "weight": 3.5, "small": 1e-7, "whole": 12, "third": 0.3333333333333333 });
        let text = "Plus de 200 personnes.";
        let annotation = json!({ "label": "QUANTITY", "start": 8, "end": 21, "attributes": numbers });
        page.open_document(&json!({ "text": text, "annotations": [annotation] }), &json!({ "keep": false }));
        let written = page.exported()["annotations"][0]["attributes"].clone();
        assert_eq!(written["weight"], 3.5);
        for format in ["spacy", "prodigy"] {
            let files = page.script_later_with("sourcier.export(arguments[0])", json!([format]));
            let text = files[0]["text"].as_str().expect("a text").to_string();
            let name = format!("back-{format}.jsonl");
            choose_file(bench, &page, &name, text.as_bytes());
            page.wait_for("document.querySelector('#import-format')");
            page.click("dialog .button--main");
            page.wait_for("!document.querySelector('#import-format')");
            page.wait(&format!("{format} is open"), || {
                page.exported()["annotations"][0]["attributes"] == written
            });
        }
    });
}

#[test]
fn labels_of_a_file_are_added_and_no_script_in_it_runs() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        let evil = "<img src=x onerror=\"window.ran=1\">";
        let row = json!({
            "text": format!("Anna {evil} dit non."), "label": [[0, 4, "person"], [5, 9, evil]],
        });
        choose_file(bench, &page, "d.jsonl", format!("{row}\n{{broken\n").as_bytes());
        page.wait_for("document.querySelector('#import-format')?.value === 'doccano'");
        let told = page.text("document.querySelector('dialog').textContent");
        assert!(told.contains("d.jsonl:2") && told.contains(evil), "{told}");
        page.click("dialog .button--main");
        page.wait_for("!document.querySelector('dialog')");
        page.expect(2, || page.annotations().len());
        assert_eq!(page.annotations()[0], "PERSON Anna");
        page.wait_for("document.querySelectorAll('.palette').length > 0");
        open_export(&page);
        choose(&page, "#export-format", "html");
        save(&page);
        let report = bench.wait_download(&page);
        assert!(report.contains("&lt;img") && !report.contains("<img") && !report.contains("<script"));
        assert!(!page.is("window.ran"));
    });
}

#[test]
fn an_article_is_seen_corrected_and_kept() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        choose_file(bench, &page, "a.txt", b"L'\xe9t\xe9 \xe0 Moscou.");
        page.wait_for("document.querySelector('#import-encoding')?.value === 'windows-1252'");
        page.expect("L'été à Moscou.".to_string(), || {
            page.text("document.querySelector('.import__text').value")
        });
        choose(&page, "#import-encoding", "iso-8859-2");
        page.expect("L'été ŕ Moscou.".to_string(), || {
            page.text("document.querySelector('.import__text').value")
        });
        choose(&page, "#import-encoding", "windows-1252");
        page.click(".import__text");
        page.press(&["Ctrl+End"]);
        page.type_text(" Fin.");
        page.click("dialog .button--main");
        page.wait_for("document.querySelector('[data-block]')?.textContent === \"L'été à Moscou. Fin.\"");
        // Again: it is said that the text is here.
        choose_file(bench, &page, "b.txt", "L'été à Moscou. Fin.".as_bytes());
        page.wait_for("document.querySelector('.import__documents')?.textContent.includes('déjà ici')");
    });
}

#[test]
fn a_text_with_a_break_at_every_line_can_be_read_as_paragraphs() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        let text = "Le ministre\na menti\nhier.\n\nFin.\n";
        page.open_document(&json!({ "text": text }), &json!({ "keep": false }));
        let height = || page.number("document.querySelector('[data-block]').getBoundingClientRect().height");
        let shown = height();
        page.press(&["Ctrl+k"]);
        page.wait_for("document.activeElement.getAttribute('role') === 'combobox'");
        page.type_text("Réglages");
        page.press(&["Enter"]);
        page.wait_for("document.querySelector('#setting-breaks')");
        choose(&page, "#setting-breaks", "spaces");
        page.press(&["Escape"]);
        page.wait("the lines are joined", || height() < shown * 0.5);
        assert_eq!(
            page.text("document.querySelector('[data-block]').textContent"),
            "Le ministre\na menti\nhier."
        );
        page.double_click_on("menti");
        page.press(&["c"]);
        page.expect_annotations(&["CLAIM menti"]);
        page.reload();
        assert_eq!(page.text("document.documentElement.dataset.breaks"), "spaces");
    });
}

#[test]
fn documents_are_found_copied_deleted_and_brought_back() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        let rows = "title,text\nUn,Premier article.\nDeux,Le mot rare.\nTrois,Autre.\nQuatre,Encore.\n";
        choose_file(bench, &page, "r.csv", rows.as_bytes());
        page.wait_for("document.querySelector('#import-column')?.value === 'text'");
        page.click("dialog .button--main");
        page.wait_for("document.querySelector('dialog')?.textContent.includes('4 documents ajoutés')");
        page.press(&["Escape"]);
        page.wait_for("!document.querySelector('dialog')");
        page.press(&["Ctrl+k"]);
        page.wait_for("document.activeElement.getAttribute('role') === 'combobox'");
        page.type_text("Vos documents");
        page.press(&["Enter"]);
        page.wait_for("document.querySelectorAll('.documents__line').length === 5");
        page.screenshot("documents-list");
        page.click(".documents__tools input[type=search]");
        page.type_text("rare");
        page.wait_for("document.querySelectorAll('.documents__line').length === 0");
        page.click(".documents__tools input[type=checkbox]");
        page.wait_for("document.querySelectorAll('.documents__line').length === 1");
        // What is in no text is told as such once all were read, and takes nothing with it.
        page.click(".documents__tools input[type=search]");
        page.type_text("x");
        page.wait_for(
            "document.querySelector('dialog').textContent.includes('Aucun document ne correspond')",
        );
        page.wait_for("!document.querySelector('dialog').textContent.includes('Lecture…')");
        page.press(&["Backspace"]);
        page.wait_for("document.querySelectorAll('.documents__line').length === 1");
        page.click(".documents__acts button:nth-child(2)");
        page.wait_for("document.querySelectorAll('.documents__line').length === 1");
        page.click(".documents__tools input[type=checkbox]");
        page.click(".documents__tools input[type=checkbox]");
        page.wait_for("document.querySelectorAll('.documents__line').length === 2");
        page.click(".documents__acts button:nth-child(3)");
        let question = page.text("document.querySelector('dialog').textContent");
        assert!(question.contains("Deux (copie)"), "{question}");
        page.click(".button--danger");
        // The list is there again, without it, at the row beside.
        page.wait_for(
            "document.querySelectorAll('.documents > .documents__line [aria-pressed]').length === 5",
        );
        page.wait_for("document.activeElement.classList.contains('documents__open')");
        page.press(&["Escape"]);
        page.wait_for("document.querySelector('.banner')?.textContent.includes('supprimé')");
        // What is put away can still be undone, from the list; and what is open stays open.
        page.click(".banner button:last-of-type");
        page.wait_for("!document.querySelector('.banner')");
        page.ask_for("Vos documents");
        page.wait_for("document.querySelector('section .documents__line button')");
        page.screenshot("documents-deleted");
        page.click("section .documents__line button");
        page.wait_for(
            "document.querySelectorAll('.documents > .documents__line [aria-pressed]').length === 6",
        );
        page.wait_for("document.activeElement.textContent.includes('Deux')");
        page.wait_for("!document.querySelector('section .documents__line')");
        assert_eq!(page.text("document.querySelector('[data-block]').textContent"), "Premier article.");
    });
}

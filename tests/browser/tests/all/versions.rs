//! A new version of the open article, and files with a label set of their own.

use std::fs;

use serde_json::{Value, json};
use sourcier_browser_tests::bench::{Bench, bench};
use sourcier_browser_tests::page::{Page, Visit};

const TEXT: &str = "Le ministre a menti hier.\n\nElle part demain.\n\nPersonne ne le sait encore.";

fn open_old(page: &Page) {
    let annotations = json!([
        { "label": "CLAIM", "start": 3, "end": 11 },
        { "label": "CUE", "start": 27, "end": 31 },
        { "label": "CUE", "start": 46, "end": 54, "note": "Qui ?" },
    ]);
    page.open_document(&json!({ "text": TEXT, "title": "Dépêche", "annotations": annotations }), &json!({}));
    page.expect_annotations(&["CLAIM ministre", "CUE Elle", "CUE Personne"]);
    page.wait_saved();
}

fn choose(bench: &Bench, page: &Page, name: &str, text: &str) {
    fs::create_dir_all(bench.profile()).expect("a folder");
    let path = bench.profile().join(name);
    fs::write(&path, text).expect("a file");
    page.choose_file("input[type=file]", &path);
    page.wait_for("document.querySelector('dialog[open] .import__documents')");
}

fn take(page: &Page) {
    page.click("dialog[open] .button--main");
    page.wait_for("!document.querySelector('.import__documents')");
}

/// Chooses the value of a `select` of the dialog.
fn select(page: &Page, id: &str, value: &str) {
    page.script_with(
        "(() => { const select = document.getElementById(arguments[0]); select.value = arguments[1]; \
         select.dispatchEvent(new Event('change', { bubbles: true })) })()",
        json!([id, value]),
    );
    page.wait_frames();
}

fn report_lines(page: &Page) -> Vec<String> {
    page.wait_for("document.querySelector('dialog[open] h3')");
    let lines =
        "[...document.querySelectorAll('dialog[open] .report__lines li')].map((line) => line.textContent)";
    serde_json::from_value(page.script(lines)).expect("lines")
}

#[test]
fn a_new_version_opens_with_the_work_on_the_old_one() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        open_old(&page);
        let old = page.exported_text();
        let new =
            "Mis à jour.\n\nLe ministre a menti hier.\n\nIl part demain.\n\nPersonne ne le sait encore.";
        choose(bench, &page, "v2.txt", new);
        assert_eq!(page.text("document.getElementById('import-version').value"), "own");
        select(&page, "import-version", "version");
        page.screenshot("import-version");
        take(&page);
        let lines = report_lines(&page);
        page.screenshot("version-report");
        assert_eq!(lines.len(), 3, "{lines:?}");
        assert!(lines[0].contains("Elle") && lines[1].contains("ministre"), "{lines:?}");
        page.expect_annotations(&["CLAIM ministre", "CUE Personne"]);
        let file = page.exported();
        assert_eq!(file["document"]["text"], new);
        assert_eq!(
            file["document"]["versionOf"]["id"],
            serde_json::from_str::<Value>(&old).unwrap()["document"]["id"]
        );
        assert_eq!(
            (&file["unplaced"][0]["surface"], &file["annotations"][1]["note"]),
            (&json!("Elle"), &json!("Qui ?"))
        );
        // From the list to an annotation, and back to the list.
        page.click("dialog[open] .report__jump");
        page.wait_for("!document.querySelector('dialog')");
        page.expect("ministre".to_owned(), || page.chosen_words());
        page.click(".banner button");
        assert_eq!(report_lines(&page), lines);
        page.press(&["Escape"]);
        // One has no place: the way back to where it is told stays until it is put away.
        page.wait_for("!document.querySelector('dialog') && document.querySelector('.banner')");
        page.click(".banner button:last-of-type");
        page.wait_for("!document.querySelector('.banner')");
        // It is stored, and the old one is as it was.
        page.wait_saved();
        page.reload();
        page.expect_annotations(&["CLAIM ministre", "CUE Personne"]);
        page.press(&["Alt+PageUp"]);
        page.expect_file(&old);
    });
}

#[test]
fn the_same_text_and_another_article_are_told_before_anything_is_kept() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        open_old(&page);
        let old = page.exported_text();
        page.ask_for("Ouvrir une nouvelle version");
        choose(bench, &page, "same.txt", TEXT);
        assert_eq!(
            page.text("document.getElementById('import-version').value"),
            "version",
            "as it was asked for"
        );
        take(&page);
        page.wait_for("document.querySelector('dialog[open]')?.textContent.includes('à la lettre')");
        page.press(&["Escape"]);
        page.wait_for("!document.querySelector('dialog')");
        page.expect_file(&old);

        choose(bench, &page, "other.txt", "Il pleut sur la côte depuis dimanche, dit la météo.");
        select(&page, "import-version", "version");
        take(&page);
        page.wait_for("document.querySelector('dialog[open] .button--danger')");
        page.screenshot("version-unrelated");
        page.expect_file(&old);
        page.click("dialog[open] .button--danger");
        page.wait("it is open", || report_lines(&page).len() == 3);
        page.press(&["Escape"]);
        page.expect_annotations(&[]);
        assert_eq!(page.exported()["unplaced"].as_array().map(Vec::len), Some(3));
    });
}

/// A native file with two labels of which the label set in use has one.
fn foreign_file() -> String {
    let schema = json!({
        "format": "sourcier-schema", "formatVersion": 1, "id": "own", "version": "1.0.0", "name": "Own",
        "groups": [{ "id": "own", "name": "Own", "family": "tint" }],
        "labels": [
            { "id": "CLAIM", "group": "own", "name": "Dit", "color": "#F5B3B3" },
            { "id": "RUMOUR", "group": "own", "name": "Rumeur", "color": "#60E080" },
        ],
    });
    json!({
        "format": "sourcier", "formatVersion": 2, "schema": schema,
        "document": { "id": "d-own", "text": "Anna ment, dit-on.", "fields": { "title": "Ragots" } },
        "annotations": [
            { "id": "a1", "label": "CLAIM", "start": 0, "end": 4, "surface": "Anna", "attributes": {} },
            { "id": "a2", "label": "RUMOUR", "start": 5, "end": 9, "surface": "ment", "attributes": {} },
        ],
        "relations": [],
    })
    .to_string()
}

#[test]
fn a_file_with_other_labels_keeps_them_or_is_put_on_those_in_use() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        let labels = |page: &Page| page.exported()["schema"]["labels"].as_array().map_or(0, Vec::len);
        let in_use = labels(&page);
        choose(bench, &page, "own.json", &foreign_file());
        assert!(!page.is("document.querySelector('.import__labels')"), "nothing is mapped by itself");
        take(&page);
        page.expect_annotations(&["CLAIM Anna", "RUMOUR ment"]);
        assert_eq!(labels(&page), 2);
        page.press(&["Escape"]);

        fs::remove_dir_all(bench.profile()).expect("a fresh browser");
        let page = bench.visit(&Visit::default());
        choose(bench, &page, "own.json", &foreign_file());
        select(&page, "import-set", "here");
        page.wait_for("document.querySelectorAll('.import__label').length === 2");
        page.screenshot("import-set");
        take(&page);
        page.expect_annotations(&["CLAIM Anna", "RUMOUR ment"]);
        assert_eq!(labels(&page), in_use + 1, "one of them was there");
        page.press(&["Escape"]);

        // Or it comes into a project of its own, which is then the open one.
        choose(bench, &page, "again.json", &foreign_file().replace("d-own", "d-again"));
        select(&page, "import-set", "project");
        take(&page);
        page.expect_annotations(&["CLAIM Anna", "RUMOUR ment"]);
        page.expect(2, || labels(&page));
        page.wait_for("document.querySelector('dialog[open]')?.textContent.includes('Ragots')");
        page.press(&["Escape"]);
        page.ask_for("Vos documents");
        page.wait_for("document.querySelectorAll('#project option').length === 2");
        page.wait_for("document.querySelectorAll('.documents__line').length === 1");
    });
}

//! JSON out and in again, through the scripting interface and as files.

use std::fs;

use serde_json::{Value, json};
use sourcier_browser_tests::bench::{bench, visit};
use sourcier_browser_tests::page::{Page, Visit, project_folder};

#[test]
fn an_export_keeps_to_its_json_schema_and_comes_back_the_same() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        make_work(&page);
        let schema =
            fs::read(project_folder().join("docs/schemas/sourcier-2.schema.json")).expect("the schema");
        let schema: Value = serde_json::from_slice(&schema).expect("the schema is JSON");
        let validator = jsonschema::validator_for(&schema).expect("a valid schema");
        for content in ["with-text", "without-text", "offsets-only"] {
            let files = page.script_later_with(
                "sourcier.export('json', { content: arguments[0], annotatorName: 'Ada' })",
                json!([content]),
            );
            let file = files[0]["text"].as_str().unwrap_or_default();
            let file: Value = serde_json::from_str(file).expect("an export is JSON");
            let errors: Vec<String> = validator.iter_errors(&file).map(|error| error.to_string()).collect();
            assert_eq!(errors, Vec::<String>::new(), "{content}");
            assert_eq!(file["document"]["text"].is_string(), content == "with-text");
        }
        let file = page.exported_text();
        check_exact(&file);
        page.close();

        fs::remove_dir_all(bench.profile()).expect("a fresh browser");
        let page = bench.visit(&Visit::default());
        page.open_document(&Value::from(file.as_str()), &Value::Null);
        page.expect_file(&file);
        page.wait_saved();
        page.reload();
        page.expect_file(&file);
    });
}

#[test]
fn an_exported_file_opens_by_the_file_chooser() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        make_work(&page);
        let file = page.exported_text();
        page.close();
        fs::remove_dir_all(bench.profile()).expect("a fresh browser");
        fs::create_dir_all(bench.profile()).expect("a folder");
        let path = bench.profile().join("travail.json");
        fs::write(&path, &file).expect("a file");

        let page = bench.visit(&Visit::default());
        page.choose_file("input[type=file]", &path);
        page.wait("the file is open", || page.exported_text() == file);
        assert!(!page.is("document.querySelector('dialog')"), "nothing to report");
        // Again: it is here already, and the person is asked.
        page.choose_file("input[type=file]", &path);
        page.wait_for("document.querySelector('dialog[open]')");
        page.screenshot("clash-dialog");
        page.press(&["Escape"]);
        page.wait_for("!document.querySelector('dialog')");
        page.expect_file(&file);

        // What is no Sourcier file is refused with words, and nothing is lost.
        for (name, bytes) in [
            ("a.json", &b"{\"format\": \"sourcier\", "[..]),
            ("b.json", b"[1, 2]"),
            ("c.txt", b"\xFF\xFE\x00a"),
        ] {
            let path = bench.profile().join(name);
            fs::write(&path, bytes).expect("a file");
            page.choose_file("input[type=file]", &path);
            page.wait_for("document.querySelector('dialog[open]')?.textContent.length > 40");
            page.press(&["Escape"]);
            page.wait_for("!document.querySelector('dialog')");
            page.expect_file(&file);
        }
    });
}

#[test]
fn scripts_open_export_and_hear_of_changes() {
    visit(|page| {
        let text = "Le 😀 dit : « e\u{301}t\u{e9} ». Fin.";
        page.script(
            "window.changes = [], addEventListener('sourcier:change', ({ detail }) => changes.push(detail))",
        );
        page.open_document(
            &json!({
                "text": text, "title": "Essai", "language": "fr",
                "annotations": [{ "label": "CLAIM", "start": 3, "end": 5, "note": "x" }],
                "offsetUnit": "utf-16",
            }),
            &json!({ "keep": false }),
        );
        page.expect_annotations(&["CLAIM 😀"]);
        assert_eq!(page.save_status(), "not-kept");
        page.double_click_on("dit");
        page.press(&["m"]);
        page.expect_annotations(&["CLAIM 😀", "CUE dit"]);
        let change = page.script("changes.at(-1)");
        assert_eq!((&change["added"], &change["annotations"]), (&json!(1), &json!(2)));
        for no_json in
            ["'{'", "new Uint8Array([123])", "new Uint8Array([123, 255])", "new ArrayBuffer(0)", "undefined"]
        {
            let opened = format!("sourcier.open({no_json}).then(() => 'opened', (error) => error.code)");
            assert_eq!(page.script_later(&opened), "unreadable", "{no_json}");
        }
        page.expect_annotations(&["CLAIM 😀", "CUE dit"]);
        let refused = page.script_later("sourcier.export('docx').then(() => 'made', (error) => error.code)");
        assert_eq!(refused, "unknown-format");
        let files = page.script_later("sourcier.export('brat', { annotatorName: 'Ada' })");
        let names: Vec<&str> =
            files.as_array().unwrap().iter().filter_map(|file| file["name"].as_str()).collect();
        assert_eq!(names, ["Essai.txt", "Essai.ann", "annotation.conf", "visual.conf"]);
        assert_eq!(files[0]["text"], text);
        let refused = page.script_later(
            "sourcier.export('json', { content: 'all' }).then(() => 'made', ({ code, message }) => code + ': ' + message)",
        );
        assert_eq!(refused, "options: content must be one of with-text, without-text, offsets-only");
        page.script_later("sourcier.close()");
        page.wait_for("!document.querySelector('[data-block]')");
        // Not stored: after a reload it is gone, and the sample is there.
        page.reload();
        page.place_of("Vladimir Poutine");
    });
}

/// Marks of many kinds.
fn make_work(page: &Page) {
    for (words, key) in [
        ("le pays a été victime de groupes de « bandits » et de « terroristes » formés à l’étranger", "a"),
        ("Vladimir Poutine", "p"),
        ("Moscou", "l"),
        ("sans avoir apporté de preuves", "j"),
    ] {
        page.drag_over(words);
        page.press(&[key]);
    }
    page.drag_over("La colère des manifestants");
    page.press(&["c"]);
    page.drag_over_with(Some("Ctrl"), "notamment dirigée vers M. Nazarbaïev");
    page.click("label:has(> input[name=certainty][value=unsure])");
    page.click("#inspector-note");
    page.type_text("« Voir » <b> \\ \" 😀");
    page.expect(true, || page.annotations().len() == 5);
    page.wait_saved();
}

/// Every annotation of a file says exactly the words at its place.
fn check_exact(file: &str) {
    let file: Value = serde_json::from_str(file).expect("JSON");
    let text: Vec<char> = file["document"]["text"].as_str().unwrap_or_default().chars().collect();
    for annotation in file["annotations"].as_array().into_iter().flatten() {
        let at = |key: &str| annotation[key].as_u64().unwrap_or_default() as usize;
        let words: String = text[at("start")..at("end")].iter().collect();
        if annotation["fragments"].as_array().is_none_or(Vec::is_empty) {
            assert_eq!(annotation["surface"], words);
        }
    }
}

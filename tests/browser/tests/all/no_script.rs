//! Nothing in an article, a label or a file can run as script.

use serde_json::{Value, json};
use sourcier_browser_tests::bench::{bench, visit};
use sourcier_browser_tests::page::{Page, Visit};

/// Each tries to set `window.ran`.
const EVIL: [&str; 5] = [
    "<img src=x onerror=\"window.ran=1\">",
    "</script><script>window.ran=1</script>",
    "\"><svg onload=window.ran=1>",
    "javascript:window.ran=1",
    "{{constructor.constructor('window.ran=1')()}}",
];

#[test]
fn texts_fields_notes_and_labels_stay_text() {
    visit(|page| {
        let evil = EVIL.join(" ");
        page.open_document(&Value::from(evil_file(page).to_string()), &Value::Null);
        page.wait_for("document.querySelectorAll('[data-block] mark').length > 0");
        for (idx, evil) in EVIL.iter().enumerate() {
            assert!(page.text("document.querySelector('#article').textContent").contains(evil), "{idx}");
        }
        walk_through(page);
        // As a document made by script, and by a person's own hand.
        let parts = json!({
            "text": evil, "title": evil, "fields": { "headline": evil, "url": "javascript:window.ran=1" },
            "annotations": [{ "label": "CLAIM", "start": 0, "end": 4, "note": evil }],
        });
        page.open_document(&parts, &Value::Null);
        walk_through(page);
        page.click("#inspector-note");
        page.type_text("<img src=x onerror=window.ran=1>");
        page.wait_saved();
        page.reload();
        walk_through(page);
        assert!(page.is("window.ran === undefined"));
        assert!(
            !page.is("document.querySelector('[href^=\"javascript\"], [data-block] img, [data-block] svg')")
        );
    });
}

#[test]
fn file_names_stay_text() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        for ending in ["txt", "json"] {
            let name = format!("<img src=x onerror=window.ran=1>.{ending}");
            let path = bench.profile().join(name);
            std::fs::write(&path, "{ no JSON, \u{e9}t\u{e9}").expect("a file");
            page.choose_file("input[type=file]", &path);
            page.wait_for("document.querySelector('dialog[open]')?.textContent.includes('onerror')");
            page.press(&["Escape"]);
            page.wait_for("!document.querySelector('dialog')");
        }
        assert!(page.is("window.ran === undefined && !document.querySelector('img')"));
    });
}

/// Opens everything that shows a text of the document.
fn walk_through(page: &Page) {
    page.press(&[";"]);
    page.wait_for("document.querySelector('#inspector-note')");
    for keys in [["Ctrl+k"], ["Ctrl+s"], ["?"]] {
        page.press(&keys);
        page.wait_for("document.querySelector('dialog[open]')");
        page.press(&["Escape"]);
        page.wait_for("!document.querySelector('dialog')");
    }
    page.click(".header__document");
    page.wait_for("document.querySelector('dialog[open] .documents')");
    page.press(&["Escape"]);
    page.wait_for("!document.querySelector('dialog')");
    page.click(".article-head__edit");
    page.wait_for("document.querySelector('dialog[open]')");
    page.press(&["Escape"]);
    page.wait_for("!document.querySelector('dialog')");
    assert!(page.is("window.ran === undefined"));
}

/// A native file with a schema of its own, evil in every word.
fn evil_file(page: &Page) -> Value {
    page.double_click_on("Poutine");
    page.press(&["p"]);
    page.expect_annotations(&["PERSON Poutine"]);
    let mut file = page.exported();
    let evil = EVIL.join(" ");
    let text = format!("{evil} Poutine");
    let start = evil.chars().count() + 1;
    file["document"] = json!({
        "id": "evil", "text": text, "offsetUnit": "code-point", "created": "2026-01-01T00:00:00Z",
        "modified": "2026-01-01T00:00:00Z", "fields": { "title": evil, "headline": evil, "url": EVIL[3] },
    });
    file["annotations"][0]["start"] = json!(start);
    file["annotations"][0]["end"] = json!(start + 7);
    file["annotations"][0]["note"] = json!(evil);
    for label in file["schema"]["labels"].as_array_mut().into_iter().flatten() {
        for key in ["name", "definition", "shortName"] {
            label[key] = json!({ "fr": EVIL[0], "en": EVIL[1] });
        }
    }
    for group in file["schema"]["groups"].as_array_mut().into_iter().flatten() {
        group["name"] = json!({ "fr": EVIL[2], "en": EVIL[2] });
    }
    file
}

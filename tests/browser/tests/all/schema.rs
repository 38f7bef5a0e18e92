//! The label set: changed in its editor, added to while annotating, replaced; and the guide.

use std::fs;

use serde_json::json;
use sourcier_browser_tests::bench::{bench, visit, visit_as};
use sourcier_browser_tests::page::{Page, Screen, Visit};

const CLAIM: &str = "CLAIM La Russie avait dépêché une force militaire";
const MARKUP: &str = "<img src=x onerror='window.ran = true'><b>x</b>";

/// Two annotations, nothing chosen.
fn mark(page: &Page) {
    page.script("document.querySelector('.hint__close')?.click()");
    for (words, key) in [("La Russie avait dépêché une force militaire", "c"), ("a plaidé", "m")] {
        page.select_by_script(words);
        page.press(&[key, "Escape", "Escape"]);
    }
    page.expect_annotations(&[CLAIM, "CUE a plaidé"]);
}

fn run(page: &Page, command: &str) {
    page.press(&["Ctrl+k"]);
    page.wait_for("document.activeElement.getAttribute('role') === 'combobox'");
    page.type_text(command);
    let first = "document.querySelector('[role=option][aria-selected=true]')?.textContent ?? ''";
    page.wait(command, || page.text(first).starts_with(command));
    page.press(&["Enter"]);
}

/// Opens the editor at a part of the label set.
fn open_editor(page: &Page, part: &str) {
    run(page, "Modifier le jeu");
    page.wait_for("document.querySelector('.schema-editor')");
    page.click(&format!("[data-part='{part}']"));
    page.wait_for(&format!("document.querySelector('[data-part=\"{part}\"][aria-current]')"));
}

/// Chooses a value of a list, as a hand does.
fn choose(page: &Page, id: &str, value: &str) {
    page.script_with(
        "((select) => {
            select.value = arguments[1];
            select.dispatchEvent(new Event('change', { bubbles: true }));
        })(document.getElementById(arguments[0]))",
        json!([id, value]),
    );
}

/// Clicks the button beside a field.
fn act(page: &Page, id: &str) {
    page.script_with(
        "document.getElementById(arguments[0]).closest('.row').querySelector('button').click()",
        json!([id]),
    );
}

/// Writes into a field of the form, and leaves it.
fn write(page: &Page, id: &str, text: &str) {
    page.click(&format!("[id='{id}']"));
    page.press(&["Ctrl+a"]);
    page.type_text(text);
    page.press(&["Tab"]);
}

fn preview(page: &Page) -> String {
    page.text("document.querySelector('.schema-editor__preview').textContent")
}

fn apply(page: &Page) {
    page.wait_for("document.querySelector('.schema-editor__foot .button--main:enabled')");
    page.click(".schema-editor__foot .button--main");
    page.wait_for("!document.querySelector('dialog')");
}

#[test]
fn a_label_is_added_while_annotating() {
    visit(|page| {
        page.drag_over("La colère des manifestants");
        page.click(".palette__add");
        page.wait_for("document.activeElement.id === 'new-label-name'");
        page.type_text("Rumeur");
        page.expect("u".to_string(), || page.text("document.getElementById('new-label-key').value"));
        page.press(&["Enter"]);
        page.expect_annotations(&["RUMEUR La colère des manifestants"]);
        page.wait_for("document.querySelector('.palette [data-label=RUMEUR]')");
        // One step, there and back; and it is stored.
        page.press(&["Ctrl+z"]);
        page.expect_annotations(&[]);
        page.wait_for("!document.querySelector('.palette [data-label=RUMEUR]')");
        page.press(&["Ctrl+y"]);
        page.expect_annotations(&["RUMEUR La colère des manifestants"]);
        page.wait_saved();
        page.reload();
        page.double_click_on("Moscou");
        page.press(&["u"]);
        page.expect_annotations(&["RUMEUR Moscou", "RUMEUR La colère des manifestants"]);
    });
}

#[test]
fn labels_are_renamed_and_merged_after_a_look_at_what_it_does() {
    visit(|page| {
        mark(page);
        open_editor(page, "label-CLAIM");
        write(page, "schema.name-fr", "Thèse");
        page.expect("Aucune annotation n’est touchée.".to_string(), || preview(page));
        // Closed by mistake, it opens again where it was.
        page.press(&["Escape"]);
        page.wait_for("!document.querySelector('dialog')");
        open_editor(page, "label-CUE");
        choose(page, "schema.merge", "CLAIM");
        act(page, "schema.merge");
        page.expect("1 annotation change d’étiquette.".to_string(), || preview(page));
        page.expect_annotations(&[CLAIM, "CUE a plaidé"]);
        apply(page);
        page.expect_annotations(&[CLAIM, "CLAIM a plaidé"]);
        let name = "document.querySelector('.palette [data-label=CLAIM] .palette__name').textContent";
        assert_eq!(page.text(name), "Thèse");
        assert_eq!(page.exported()["schema"]["version"], "1.0.1");
        page.press(&["Ctrl+z"]);
        page.expect_annotations(&[CLAIM, "CUE a plaidé"]);
        page.expect("Affirmation".to_string(), || page.text(name));
        assert_eq!(page.exported()["schema"]["version"], "1.0.0");
        page.press(&["Ctrl+y"]);
        page.wait_saved();
        page.reload();
        page.expect_annotations(&[CLAIM, "CLAIM a plaidé"]);
    });
}

#[test]
fn a_label_that_goes_is_named_and_the_keys_stay_in_the_editor() {
    visit(|page| {
        mark(page);
        open_editor(page, "label-CLAIM");
        act(page, "schema.remove");
        page.expect(
            "Étiquette supprimée\u{a0}: Affirmation. 1 annotation reste, en gris.".to_string(),
            || preview(page),
        );
        page.wait_for("document.activeElement.dataset.part === 'set'");
        apply(page);
        page.wait_for("document.activeElement.closest('.page')");
    });
}

#[test]
fn a_key_that_is_taken_is_refused_with_the_name_of_the_other() {
    visit(|page| {
        open_editor(page, "label-CLAIM");
        page.click("[id='schema.key']");
        let said = || page.text("document.querySelector('.schema-form__refused')?.textContent ?? ''");
        let key = || page.text("document.getElementById('schema.key').value");
        for (press, owner) in [("a", "Allégation non prouvée"), ("s", "dit"), ("z", "commande")] {
            page.press(&[press]);
            page.wait(owner, || said().contains(owner));
            assert_eq!(key(), "c", "{press}");
        }
        page.press(&["k"]);
        page.expect((String::new(), "k".to_string()), || (said(), key()));
        apply(page);
        page.drag_over("La colère");
        page.press(&["k"]);
        page.expect_annotations(&["CLAIM La colère"]);
    });
}

#[test]
fn the_guide_follows_the_label_in_hand_and_holds_notes() {
    visit(|page| {
        mark(page);
        run(page, "Guide des étiquettes");
        page.wait_for("document.querySelector('.guide')");
        page.press(&["Escape"]);
        let is_open = |label: &str| {
            page.wait_for(&format!("document.querySelector('#guide-{label}')?.open"));
            page.wait_for(&format!(
                "((part, panel) => part.top >= panel.top - 1 && part.top < panel.bottom - 40)(
                    document.querySelector('#guide-{label}').getBoundingClientRect(),
                    document.querySelector('.guide').getBoundingClientRect())"
            ));
        };
        page.press(&["e"]);
        is_open("EVENT");
        page.press(&["Escape", "Escape"]);
        page.click_on("plaidé");
        is_open("CUE");
        page.script("document.querySelector('.guide__notes button').click()");
        // The field has the keys, and its buttons are in sight.
        page.wait_for("document.activeElement.id === 'guide-notes'");
        page.wait_for(
            "document.querySelector('.guide__notes .button--main').getBoundingClientRect().bottom
                <= document.querySelector('.guide').getBoundingClientRect().bottom + 1",
        );
        page.wait_for("document.querySelector('#guide-notes')");
        page.script("document.querySelector('#guide-notes').focus()");
        page.type_text("# Ici\n- **oui** <b>non</b>");
        page.script("document.querySelector('.guide__notes .button--main').click()");
        page.wait_for("document.querySelector('.guide__notes strong')?.textContent === 'oui'");
        assert!(!page.is("document.querySelector('.guide__notes b')"));
        page.wait_saved();
        page.reload();
        run(page, "Guide des étiquettes");
        page.wait_for("document.querySelector('.guide__notes h4')?.textContent === 'Ici'");
    });
}

#[test]
fn another_label_set_keeps_every_annotation() {
    visit(|page| {
        mark(page);
        open_editor(page, "set");
        choose(page, "schema.preset", "ner-conll");
        act(page, "schema.preset");
        page.expect("2 annotations restent, en gris.".to_string(), || preview(page));
        apply(page);
        page.expect_annotations(&[CLAIM, "CUE a plaidé"]);
        assert_eq!(page.exported()["schema"]["id"], "ner-conll");
        page.wait_for("document.querySelectorAll('[data-block] mark.u0-x').length === 2");
        page.double_click_on("Moscou");
        page.press(&["l"]);
        page.expect_annotations(&["LOC Moscou", CLAIM, "CUE a plaidé"]);
        page.press(&["Ctrl+z", "Ctrl+z"]);
        page.wait_for("!document.querySelector('[data-block] mark.u0-x')");
        assert_eq!(page.exported()["schema"]["id"], "news-claims");
    });
}

#[test]
fn markup_in_a_label_set_never_runs() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        let schema = json!({
            "format": "sourcier-schema", "formatVersion": 1, "id": "m", "version": "1", "name": MARKUP,
            "card": MARKUP, "guidelines": MARKUP,
            "groups": [{ "id": "g", "name": MARKUP, "family": "tint" }],
            "labels": [{
                "id": "L", "group": "g", "name": MARKUP, "hotkey": "l", "color": "#3366CC",
                "definition": MARKUP, "include": MARKUP, "example": MARKUP,
                "attributes": [{
                    "key": "k", "name": MARKUP, "type": "choice",
                    "values": [{ "value": "v", "name": MARKUP }],
                }],
            }],
        });
        let file = bench.profile().join("labels.json");
        fs::write(&file, schema.to_string()).expect("a file");
        page.choose_file("input[type=file]", &file);
        page.wait_for("document.querySelector('.schema-editor')");
        page.click("[data-part='label-L']");
        page.wait_for("document.querySelector('.schema-form__head h3').textContent.startsWith('<img')");
        apply(&page);
        page.drag_over("La colère");
        page.press(&["l"]);
        page.expect_annotations(&["L La colère"]);
        run(&page, "Guide des étiquettes");
        page.wait_for("document.querySelector('#guide-L')?.open");
        page.wait_frames();
        assert!(!page.is("window.ran || document.querySelector('img[src=x]')"));
        // One with errors is told of in sentences, and nothing changes.
        fs::write(&file, schema.to_string().replace("#3366CC", "blau").replace("\"tint\"", "\"?\""))
            .expect("a file");
        page.choose_file("input[type=file]", &file);
        page.wait_for("document.querySelectorAll('dialog[open] .report__lines li').length === 2");
        page.press(&["Escape"]);
        page.expect_annotations(&["L La colère"]);
    });
}

#[test]
fn a_finger_finds_its_way_on_a_narrow_screen() {
    let screen = Screen { width: 320, height: 640, scale: 2.0, touch: true };
    visit_as(&Visit { screen, ..Visit::default() }, |page| {
        mark(page);
        run(page, "Modifier le jeu");
        page.wait_for("document.querySelector('.schema-editor')");
        page.script(
            "document.querySelector('[data-part=\"label-CUE\"]').scrollIntoView({ block: 'center' })",
        );
        page.tap("[data-part='label-CUE']");
        page.wait_for("document.querySelector('[id=\"schema.name-fr\"]').checkVisibility()");
        let overflow = "document.querySelector('.schema-editor__form').scrollWidth
            - document.querySelector('.schema-editor__form').clientWidth";
        assert!(page.number(overflow) <= 1.0);
        page.tap(".schema-editor__back");
        page.wait_for("!document.querySelector('[id=\"schema.name-fr\"]').checkVisibility()");
        page.tap("[data-part='label-CUE']");
        page.script("document.getElementById('schema.offered').scrollIntoView({ block: 'center' })");
        page.tap("[id='schema.offered']");
        page.wait_for("document.querySelector('.schema-editor__foot .button--main:enabled')");
        page.tap(".schema-editor__foot .button--main");
        page.wait_for("!document.querySelector('dialog')");
        page.wait_for("!document.querySelector('.palette [data-label=CUE]')");
        page.expect_annotations(&[CLAIM, "CUE a plaidé"]);
    });
}

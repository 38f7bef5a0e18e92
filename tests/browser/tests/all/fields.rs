//! The details of the article: changed when a field is left, checked there, one step each.

use std::thread;
use std::time::Duration;

use sourcier_browser_tests::bench::visit;
use sourcier_browser_tests::page::Page;

fn open_fields(page: &Page) {
    page.ask_for("Modifier la fiche");
    page.wait_for("document.querySelector('#field-date_published')");
}

fn field(page: &Page, key: &str) -> String {
    page.exported()["document"]["fields"][key].as_str().unwrap_or_default().to_string()
}

/// Goes into a field and writes over what is there.
fn write(page: &Page, key: &str, text: &str) {
    page.script_with("document.querySelector(`#field-${arguments[0]}`).focus()", serde_json::json!([key]));
    page.press(&["Ctrl+a"]);
    page.type_text(text);
}

#[test]
fn a_field_is_changed_when_it_is_left_in_one_step() {
    visit(|page| {
        page.script("document.querySelector('.hint__close')?.click()");
        open_fields(page);
        write(page, "headline", "Soutien « sans faille »");
        page.wait_frames();
        assert_eq!(field(page, "headline"), "", "not on each key");
        page.press(&["Tab"]);
        page.expect("Soutien « sans faille »".to_string(), || field(page, "headline"));
        // What is typed survives that the field before is being saved meanwhile.
        write(page, "author", "Anna");
        page.wait_saved();
        page.type_text(" Blum");
        page.press(&["Enter"]);
        page.expect("Anna Blum".to_string(), || field(page, "author"));
        // Escape takes the dialog away, and nothing that was typed.
        write(page, "dateline_place", "Almaty");
        page.press(&["Escape"]);
        page.wait_for("!document.querySelector('dialog')");
        page.expect("Almaty".to_string(), || field(page, "dateline_place"));
        page.press(&["Ctrl+z", "Ctrl+z"]);
        page.expect("Moscou".to_string(), || field(page, "dateline_place"));
        page.expect(String::new(), || field(page, "author"));
        page.expect("Soutien « sans faille »".to_string(), || field(page, "headline"));
    });
}

#[test]
fn a_date_that_is_none_stays_in_its_field_with_the_reason() {
    visit(|page| {
        page.script("document.querySelector('.hint__close')?.click()");
        let before = field(page, "date_published");
        open_fields(page);
        write(page, "date_published", "hier");
        assert!(page.is("!document.querySelector('#field-date_published-problem')"), "not while typing");
        page.press(&["Tab"]);
        page.wait_for("document.querySelector('#field-date_published-problem')");
        assert_eq!(page.text("document.querySelector('#field-date_published').value"), "hier");
        assert_eq!(page.text("document.querySelector('#field-date_published').ariaInvalid"), "true");
        assert_eq!(field(page, "date_published"), before);
        write(page, "date_published", "2022-02-10");
        page.wait_for("!document.querySelector('#field-date_published-problem')");
        page.press(&["Enter"]);
        page.expect("2022-02-10".to_string(), || field(page, "date_published"));
        // An address is taken as it is, and remarked upon.
        write(page, "url", "afp");
        page.press(&["Tab"]);
        page.wait_for("document.querySelector('#field-url-problem')");
        page.expect("afp".to_string(), || field(page, "url"));
    });
}

#[test]
fn time_at_work_goes_into_the_file_with_the_next_edit() {
    visit(|page| {
        let active = || page.exported()["timing"].clone();
        let first = page.exported_text();
        page.click_on("Poutine");
        page.wait_frames();
        assert_eq!(page.exported_text(), first, "looking changes nothing");
        // Time is told in whole seconds: two clicks with some time between.
        thread::sleep(Duration::from_millis(1_200));
        page.double_click_on("Poutine");
        page.press(&["p"]);
        page.expect_annotations(&["PERSON Poutine"]);
        let file = page.exported_text();
        page.wait_frames();
        assert_eq!(page.exported_text(), file, "exporting changes nothing");
        assert!(active()["document"].as_u64() >= Some(1), "{}", active());
        // Without counting there is none.
        page.ask_for("Réglages");
        page.wait_for("document.querySelector('#setting-time')");
        page.script("document.querySelector('#setting-time').focus()");
        page.press(&["ArrowDown"]);
        page.wait_for("JSON.parse(localStorage['sourcier.settings']).countsTime === false");
        page.press(&["Escape"]);
        page.wait_for("!document.querySelector('dialog')");
        let before = active();
        thread::sleep(Duration::from_millis(1_200));
        page.double_click_on("Moscou");
        page.press(&["l"]);
        page.expect(2, || page.annotations().len());
        assert_eq!(active(), before);
    });
}

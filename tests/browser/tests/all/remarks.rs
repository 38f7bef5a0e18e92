//! What the checks found: the way there, what mends it, and the work said to be complete.

use sourcier_browser_tests::bench::visit;
use sourcier_browser_tests::page::Page;

/// Marks two claims and a marker, and says of one claim that its evidence is disputed.
fn mark(page: &Page) {
    page.script("document.querySelector('.hint__close')?.click()");
    for (words, key) in [
        ("fait tout pour normaliser la situation", "c"),
        ("a plaidé", "m"),
        ("La Russie fera tout pour soutenir le président du Kazakhstan", "c"),
    ] {
        page.press(&["Escape", "Escape", "Escape"]);
        page.select_by_script(words);
        page.press(&[key]);
    }
    page.script("document.querySelector('#attribute-evidence_status').focus()");
    page.type_text("contestée");
    page.expect("disputed".into(), || {
        page.exported()["annotations"][2]["attributes"]["evidence_status"].clone()
    });
    page.press(&["Escape", "Escape"]);
}

/// The rows of the list: label, words and message.
fn rows(page: &Page) -> Vec<String> {
    let rows = page.script(
        "[...document.querySelectorAll('.warning-list__jump')].map((row) => row.innerText.replace(/\\s+/g, ' '))",
    );
    rows.as_array().into_iter().flatten().filter_map(|row| Some(row.as_str()?.to_string())).collect()
}

#[test]
fn the_list_leads_to_each_remark_and_mends_what_can_be_mended() {
    visit(|page| {
        mark(page);
        page.click(".status-line__left + .status-line__left");
        page.wait_for("document.querySelector('.warning-list')");
        page.expect(4, || rows(page).len());
        assert!(rows(page)[1].starts_with("Marqueur a plaidé"), "{:?}", rows(page));
        page.click(".warning-list__row:nth-child(2) .warning-list__jump");
        page.expect("a plaidé".to_string(), || page.chosen_words());
        // By key in the list: the claim becomes an allegation, and the keys go on to the next row.
        page.script("document.querySelector('.warning-list__repair').focus()");
        page.press(&["Enter"]);
        page.expect(3, || rows(page).len());
        page.expect(1, || page.annotations().iter().filter(|line| line.starts_with("ALLEGATION")).count());
        page.wait_for("document.activeElement.closest('.warning-list__row')");
        page.press(&["Escape", "Ctrl+z"]);
        page.expect(4, || rows(page).len());
        // Only those of one rule.
        page.script("document.querySelector('.warning-list select').focus()");
        page.type_text("Qui");
        page.expect(2, || rows(page).len());
    });
}

#[test]
fn their_number_stays_when_the_label_set_changes() {
    visit(|page| {
        mark(page);
        let told = || page.text("document.querySelectorAll('.status-line__left')[1]?.textContent ?? ''");
        page.expect("4 remarques".to_string(), told);
        page.ask_for("Ajouter une étiquette");
        page.wait_for("document.activeElement.id === 'new-label-name'");
        page.type_text("Rumeur");
        page.press(&["Enter"]);
        page.wait_for("document.querySelector('.palette [data-label=RUMEUR]')");
        page.expect("4 remarques".to_string(), told);
        // The article has the keys again.
        page.wait_for("document.activeElement.closest('.page')");
        page.press(&["Escape", "Ctrl+z"]);
        page.wait_for("!document.querySelector('.palette [data-label=RUMEUR]')");
        page.expect("4 remarques".to_string(), told);
    });
}

#[test]
fn a_key_goes_to_the_next_remark_and_the_label_key_mends_it() {
    visit(|page| {
        mark(page);
        page.press(&["Ctrl+Home", "F8", "F8", "F8"]);
        page.expect("La Russie fera tout pour soutenir le président du Kazakhstan".to_string(), || {
            page.chosen_words()
        });
        assert!(page.message().contains("faites-en une allégation"), "{}", page.message());
        page.press(&["a"]);
        page.expect(1, || page.annotations().iter().filter(|line| line.starts_with("ALLEGATION")).count());
        page.press(&["Shift+F8"]);
        page.expect("a plaidé".to_string(), || page.chosen_words());
    });
}

#[test]
fn the_work_is_complete_when_someone_says_so() {
    visit(|page| {
        mark(page);
        let status = || page.exported()["document"]["fields"]["status"].clone();
        choose_status(page, "complete");
        page.wait_for("document.querySelector('dialog[open] .complete__jump')");
        // Four remarks, and what nobody has seen.
        assert_eq!(page.number("document.querySelectorAll('.complete__jump').length"), 5.0);
        page.press(&["Escape"]);
        page.wait_for("!document.querySelector('dialog')");
        assert_eq!(status(), serde_json::Value::Null, "nothing is said by looking");
        page.expect("draft".to_string(), || page.text("document.querySelector('.header__status').value"));
        page.ask_for("Brouillon");
        page.wait_for("document.querySelector('dialog[open] .complete__jump')");
        page.click("dialog h3 .complete__jump");
        page.wait_for("!document.querySelector('dialog')");
        page.wait("the next one that nobody has seen", || page.text_after_cursor().starts_with("M. Tokaïev"));
        page.ask_for("Brouillon");
        page.click("dialog .button--main");
        page.wait_for("!document.querySelector('dialog')");
        // The first paragraph, which nobody has seen.
        page.expect("date 2022".to_string(), || {
            page.text_after_cursor().trim_start().chars().take(9).collect()
        });
        choose_status(page, "complete");
        page.wait_for("document.querySelector('dialog[open] .complete__jump')");
        page.click("dialog .dialog__actions button:first-child");
        page.expect("complete".into(), status);
        page.expect("complete".to_string(), || page.text("document.querySelector('.header__status').value"));
        page.wait_saved();
        page.reload();
        page.expect("complete".to_string(), || page.text("document.querySelector('.header__status').value"));
        page.press(&["Ctrl+z"]);
        page.expect("draft".to_string(), || page.text("document.querySelector('.header__status').value"));
    });
}

/// Chooses how far the work is, as a hand or key would in the list of a browser.
fn choose_status(page: &Page, value: &str) {
    page.script_with(
        "(() => {
            const status = document.querySelector('.header__status');
            status.value = arguments[0];
            status.dispatchEvent(new Event('change', { bubbles: true }));
        })()",
        serde_json::json!([value]),
    );
}

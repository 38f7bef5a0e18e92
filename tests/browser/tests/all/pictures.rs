//! Screenshots for `docs/` and for those who look: always made, copied there only when
//! `UPDATE_SCREENSHOTS=1`, and then only those that are kept.

use std::env;
use std::fs;

use sourcier_browser_tests::bench::visit_as;
use sourcier_browser_tests::page::{Page, Screen, Theme, Visit, project_folder};

const ALLEGATION: &str = "le pays a été victime de groupes de « bandits » et de « terroristes » \
                          formés à l’étranger";
/// The pictures that are kept.
const KEPT: [&str; 7] = ["desktop-light", "desktop-dark", "phone", "help", "documents", "linking", "remarks"];

/// What an annotator marks in the sample, with the label's key. The last stays chosen.
const WORK: [(&str, &str); 25] = [
    ("2022-02", "d"),
    ("Moscou", "l"),
    ("président russe", "f"),
    ("Vladimir Poutine", "p"),
    ("jeudi", "d"),
    ("Kassym-Jomart Tokaïev", "p"),
    ("émeutes meurtrières", "e"),
    ("le Kazakhstan", "l"),
    ("début janvier", "d"),
    ("Agence France-Presse", "o"),
    ("Plus de 200 personnes", "n"),
    ("Plus de 200 personnes ont été tuées dans ces troubles", "c"),
    ("La Russie", "l"),
    ("fait tout pour normaliser la situation", "q"),
    ("fait tout pour normaliser la situation", "c"),
    ("a plaidé", "m"),
    ("M. Poutine", "p"),
    ("l’aide inestimable de Moscou", "q"),
    ("les autorités kazakhes", "o"),
    ("affirmant", "m"),
    ("sans avoir apporté de preuves", "j"),
    ("bandits", "q"),
    ("terroristes", "q"),
    ("notamment", "h"),
    (ALLEGATION, "a"),
];

#[test]
fn a_desktop_in_french_and_light() {
    visit_as(&Visit::default(), |page| {
        take(page, "first-visit");
        work(page);
        take(page, "desktop-light");
        page.press(&["s"]);
        page.wait_for("document.querySelector('.page--linking')");
        take(page, "linking");
        page.press(&["Escape"]);
        review(page, ["Remarques", "Entités", "Brouillon"], ["remarks", "entities", "complete"]);
        page.press(&["?"]);
        page.wait_for("document.querySelector('dialog[open] .help')");
        take(page, "help");
        close_dialog(page);
        page.click(".header__document");
        page.wait_for("document.querySelector('dialog[open] .documents')");
        take(page, "documents");
        close_dialog(page);
        page.press(&["Ctrl+s"]);
        page.wait_for("document.querySelector('dialog[open] .export')");
        take(page, "export");
        close_dialog(page);
        page.press(&["Ctrl+k"]);
        page.wait_for("document.querySelector('[role=option]')");
        take(page, "commands");
        close_dialog(page);
        page.press(&["Ctrl+k"]);
        page.wait_for("document.querySelector('[role=option]')");
        page.type_text("Modifier le jeu");
        page.press(&["Enter"]);
        page.wait_for("document.querySelector('dialog[open] .schema-editor')");
        take(page, "label-set");
        close_dialog(page);
        page.drag_over("attaque sans précédent");
        page.wait_for("document.querySelector('.quick-palette')?.checkVisibility()");
        take(page, "small-palette");
    });
}

#[test]
fn a_desktop_in_english_and_dark() {
    visit_as(&Visit { language: "en-GB", theme: Theme::Dark, ..Visit::default() }, |page| {
        work(page);
        take(page, "desktop-dark");
        page.press(&["s"]);
        page.wait_for("document.querySelector('.page--linking')");
        take(page, "linking-dark");
        page.press(&["Escape"]);
        review(page, ["Remarks", "Entities", "Draft"], ["remarks-dark", "entities-dark", "complete-dark"]);
        page.press(&["Ctrl+k"]);
        page.wait_for("document.activeElement.getAttribute('role') === 'combobox'");
        page.type_text("Settings");
        page.press(&["Enter"]);
        page.wait_for("document.querySelector('dialog[open] #setting-theme')");
        take(page, "settings-dark");
        close_dialog(page);
        page.press(&["Ctrl+k"]);
        page.wait_for("document.activeElement.getAttribute('role') === 'combobox'");
        page.type_text("Edit the label set");
        page.press(&["Enter"]);
        page.wait_for("document.querySelector('dialog[open] .schema-editor')");
        take(page, "label-set-dark");
        close_dialog(page);
        page.script("document.querySelector('input[name=side-tab][value=guidelines]').click()");
        page.wait_for("document.querySelector('.guide')");
        take(page, "guide-dark");
    });
}

#[test]
fn a_phone() {
    visit_as(&Visit { screen: Screen { scale: 2.0, ..Screen::PHONE }, ..Visit::default() }, |page| {
        take(page, "phone-first-visit");
        work(page);
        take(page, "phone-inspector");
        page.press(&["Escape", "Escape"]);
        page.wait("the sheet is gone", || page.chosen_words().is_empty());
        take(page, "phone");
    });
}

/// Some paragraphs seen, then the remarks, the entities, and the dialog before the work is complete.
/// `commands` are the beginnings of their names.
fn review(page: &Page, commands: [&str; 3], names: [&str; 3]) {
    page.press(&["Escape", "Ctrl+Home", "y", "Shift+Y", "y", "Shift+Y", "y"]);
    page.press(&["Shift+Y", "y", "Shift+Y", "y", "y"]);
    page.expect("vvvv0".to_string(), || page.margins().chars().take(5).collect());
    page.ask_for(commands[0]);
    page.wait_for("document.querySelector('.warning-list__row')");
    page.press(&["Escape", "F8", "F8"]);
    page.script("document.querySelector('main').scrollTop = 0");
    take(page, names[0]);
    page.ask_for(commands[1]);
    page.script("document.querySelector('.entity-list__answers .button--main')?.click()");
    take(page, names[1]);
    page.ask_for(commands[2]);
    page.wait_for("document.querySelector('dialog[open] .complete__jump')");
    take(page, names[2]);
    close_dialog(page);
}

fn close_dialog(page: &Page) {
    page.press(&["Escape"]);
    page.wait_for("!document.querySelector('dialog')");
}

/// Marks everything in [`WORK`] and brings the allegation into the middle.
fn work(page: &Page) {
    page.script("document.querySelector('.hint__close')?.click()");
    for (words, key) in WORK {
        page.press(&["Escape", "Escape", "Escape"]);
        page.select_by_script(words);
        page.press(&[key]);
    }
    page.expect(WORK.len(), || page.annotations().len());
    page.expect(ALLEGATION.to_string(), || page.chosen_words());
    link(page);
    page.script("find('les autorités kazakhes').block.scrollIntoView({ block: 'center' })");
    page.wait_saved();
}

/// Links the allegation with who makes it, what introduces it, and the lack of proof.
fn link(page: &Page) {
    page.press(&["s", "Enter", "r", "Enter"]);
    page.press(&[","]);
    page.expect("sans avoir apporté de preuves".to_string(), || page.chosen_words());
    page.wait_for("document.querySelector('[name=attribute-bearing][value=lacking]').checked");
    page.press(&["b", "Enter"]);
    page.expect(3, || page.relations().len());
    page.press(&[";"]);
    page.expect(ALLEGATION.to_string(), || page.chosen_words());
}

fn take(page: &Page, name: &str) {
    page.wait_frames();
    let picture = page.screenshot(name);
    if KEPT.contains(&name) && env::var("UPDATE_SCREENSHOTS").is_ok_and(|update| update == "1") {
        let folder = project_folder().join("docs/screenshots");
        fs::create_dir_all(&folder).expect("a folder for screenshots");
        fs::copy(picture, folder.join(format!("{name}.png"))).expect("a screenshot is copied");
    }
}

//! Projects: documents apart from each other, a schema for all of a project, backups; what is done
//! to a document from the list.

use std::fs;

use serde_json::{Value, json};
use sourcier_browser_tests::bench::{Bench, bench, visit};
use sourcier_browser_tests::page::{Page, Visit, project_folder};

/// Opens the list of documents.
fn open_list(page: &Page) {
    page.ask_for("Vos documents");
    page.wait_for("document.querySelector('#project option')");
}

/// Makes a project from the list, by keys alone, and leaves the list.
fn new_project(page: &Page, name: &str) {
    open_list(page);
    page.script("document.querySelector('.documents__project button').focus()");
    page.press(&["Enter"]);
    page.wait_for("document.activeElement.id === 'name-text'");
    page.type_text(name);
    page.press(&["Enter"]);
    page.wait(name, || open_project(page) == name);
    page.press(&["Escape"]);
    page.wait_for("!document.querySelector('dialog')");
}

fn open_project(page: &Page) -> String {
    page.text("document.querySelector('#project option:checked')?.textContent")
}

fn go_to_project(page: &Page, name: &str) {
    open_list(page);
    page.script("document.querySelector('#project').focus()");
    // A letter of its name chooses it.
    page.type_text(&name[..1]);
    page.wait(name, || open_project(page) == name);
    page.press(&["Escape"]);
    page.wait_for("!document.querySelector('dialog')");
}

fn titles(page: &Page) -> Value {
    page.script("[...document.querySelectorAll('.documents__open b')].map((title) => title.textContent)")
}

fn open_text(page: &Page, title: &str, text: &str) {
    let document = json!({ "text": text, "fields": { "title": title } });
    page.open_document(&document, &json!({ "keep": true }));
    page.wait_saved();
}

fn annotated() -> Value {
    let path = project_folder().join("tests/data/exchange/samples/annotated.json");
    Value::String(fs::read_to_string(path).expect("the sample"))
}

fn choose_file(bench: &Bench, page: &Page, name: &str, bytes: &[u8]) {
    let folder = bench.profile().join("files");
    fs::create_dir_all(&folder).expect("a folder");
    fs::write(folder.join(name), bytes).expect("a file");
    page.choose_file("input[type=file]", &folder.join(name));
}

#[test]
fn projects_keep_their_documents_apart() {
    visit(|page| {
        page.double_click_on("Poutine");
        page.press(&["p"]);
        page.wait_saved();
        new_project(page, "Élections");
        page.wait_for("!document.querySelector('[data-block]')");
        open_text(page, "Sondage", "Anna gagne.");
        page.double_click_on("Anna");
        page.press(&["p"]);
        page.wait_saved();
        page.reload();
        page.expect_annotations(&["PERSON Anna"]);
        open_list(page);
        assert_eq!(titles(page), json!(["Sondage"]));
        page.press(&["Escape"]);
        go_to_project(page, "Mon projet");
        page.expect_annotations(&["PERSON Poutine"]);
        page.press(&["Ctrl+z"]);
        page.expect_annotations(&[]);
        page.press(&["Ctrl+y"]);
        page.expect_annotations(&["PERSON Poutine"]);
        new_project(page, "Divers");
        page.wait_for("!document.querySelector('[data-block]')");
        go_to_project(page, "Mon projet");
        page.expect_annotations(&["PERSON Poutine"]);
    });
}

#[test]
fn a_project_is_renamed_and_deleted_and_the_rest_stays() {
    visit(|page| {
        page.double_click_on("Poutine");
        page.press(&["p"]);
        page.wait_saved();
        new_project(page, "Brouillons");
        open_text(page, "Un", "Premier.");
        open_list(page);
        page.click(".documents__project button:nth-of-type(2)");
        page.wait_for("document.activeElement.value === 'Brouillons'");
        page.press(&["Ctrl+a"]);
        page.type_text("Essais");
        page.press(&["Enter"]);
        page.wait("it has its new name", || open_project(page) == "Essais");
        page.click(".documents__project button:nth-of-type(4)");
        let question = page.text("document.querySelector('dialog').textContent");
        assert!(question.contains("Essais") && question.contains("(1)"), "{question}");
        page.click(".button--danger");
        page.wait("the first one is open", || open_project(page) == "Mon projet");
        page.wait_for("document.querySelectorAll('#project option').length === 1");
        page.press(&["Escape"]);
        page.expect_annotations(&["PERSON Poutine"]);
        let names = page.script_later("indexedDB.databases().then((all) => all.map(({ name }) => name))");
        assert_eq!(names, json!(["sourcier"]), "nothing of it is left");
        page.reload();
        page.expect_annotations(&["PERSON Poutine"]);
    });
}

#[test]
fn a_backup_holds_a_project_byte_for_byte() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        page.open_document(&annotated(), &json!({ "keep": true }));
        page.wait_saved();
        open_text(&page, "Émoji", "👩‍🚀 dit :\r\n« Ça va. »");
        page.double_click_on("dit");
        page.press(&["m"]);
        page.wait_saved();
        let emoji = page.exported_text();
        page.ask_for("Marquer ce document");
        page.wait_for("document.querySelector('.status-line').textContent.includes('à revoir')");
        page.ask_for("Sauvegarder ce projet");
        let (name, backup) = bench.wait_file(&page);
        assert!(name.starts_with("sourcier-backup-20") && name.ends_with(".json"), "{name}");
        page.expect(format!("Sauvegardé dans {name}"), || page.message());
        // Again: the same work gives the same bytes.
        page.ask_for("Sauvegarder ce projet");
        assert_eq!(bench.wait_file(&page).1, backup);

        // There is work here: it goes into a project of its own.
        choose_file(bench, &page, &name, &backup);
        page.wait_for("document.querySelector('dialog')?.textContent.includes('3 documents')");
        page.click("dialog .button--main");
        page.wait_for("document.activeElement.id === 'name-text'");
        page.type_text("Copie");
        page.press(&["Enter"]);
        page.wait_for("document.querySelector('dialog')?.textContent.includes('3 documents ajoutés')");
        page.press(&["Escape"]);
        open_list(&page);
        assert_eq!(open_project(&page), "Copie");
        page.wait_for("document.querySelectorAll('.documents__line').length === 3");
        let flagged = "[...document.querySelectorAll('[aria-pressed=true]')].map((flag) => flag.parentElement.querySelector('b').textContent)";
        assert_eq!(page.script(flagged), json!(["Émoji"]));
        page.screenshot("projects-list");
        page.script("[...document.querySelectorAll('.documents__open')].find((line) => line.textContent.includes('Émoji')).click()");
        page.expect_file(&emoji);
        page.ask_for("Sauvegarder ce projet");
        let (name, again) = bench.wait_file(&page);
        assert!(name.starts_with("Copie-backup-20"), "{name}");
        let documents = |bytes: &[u8]| {
            let text = String::from_utf8(bytes.to_vec()).expect("text");
            text.split_once("\"documents\":").expect("documents").1.to_string()
        };
        assert_eq!(documents(&again), documents(&backup));
        page.close();

        // In a fresh browser, where nobody worked yet, it is simply there.
        fs::remove_dir_all(bench.profile()).expect("a fresh browser");
        let page = bench.visit(&Visit::default());
        choose_file(bench, &page, &name, &again);
        page.wait_for("document.querySelector('dialog')?.textContent.includes('ajoutés')");
        page.press(&["Escape"]);
        open_list(&page);
        page.wait_for("document.querySelectorAll('[aria-pressed=true]').length === 1");
    });
}

#[test]
fn a_document_is_renamed_and_marked_from_the_list_though_it_is_not_open() {
    visit(|page| {
        open_text(page, "Un", "Premier.");
        open_text(page, "Deux", "Deuxième.");
        open_list(page);
        page.wait_for("document.querySelectorAll('.documents__line').length === 3");
        page.click(".documents__line:nth-child(2) .documents__flag");
        page.wait_for("document.querySelector('.documents__line:nth-child(2) [aria-pressed=true]')");
        page.click(".documents__line:nth-child(2) .documents__acts button");
        page.wait_for("document.activeElement.value === 'Un'");
        page.press(&["Ctrl+a"]);
        page.type_text("L’un <b>");
        page.press(&["Enter"]);
        page.expect(json!(["Deux", "L’un <b>", "Soutien de Moscou au Kazakhstan"]), || titles(page));
        page.wait_for("document.activeElement.textContent.includes('L’un')");
        // A name is no work.
        assert!(page.is("document.activeElement.textContent.includes('à faire')"));
        page.press(&["Escape"]);
        page.reload();
        open_list(page);
        page.wait_for("document.querySelector('.documents__line:nth-child(2) [aria-pressed=true]')");
        page.click(".documents__line:nth-child(2) .documents__open");
        page.wait_for("document.querySelector('[data-block]')?.textContent === 'Premier.'");
        assert_eq!(page.exported()["document"]["fields"]["title"], "L’un <b>");
        // An edit like any other.
        page.press(&["Ctrl+z"]);
        page.expect(json!("Un"), || page.exported()["document"]["fields"]["title"].clone());
    });
}

#[test]
fn an_empty_project_says_so_and_leads_out() {
    visit(|page| {
        assert_eq!(page.text("document.querySelector('.header__status').selectedOptions[0].text"), "à faire");
        new_project(page, "Vide");
        page.expect("Aucun document ouvert".to_string(), || {
            page.text("document.querySelector('.header__document').textContent")
        });
        assert!(!page.is("document.querySelector('.header__status, .hint, .article-head__edit')"));
        page.press(&["Ctrl+s"]);
        let refusal = page.wait_refusal();
        assert!(refusal.contains("Rien à exporter"), "{refusal}");
        page.screenshot("empty-project");
        page.click(".article-head button:nth-of-type(3)");
        page.wait_for("document.querySelector('#project option')");
        page.press(&["Escape"]);
        page.wait_for("!document.querySelector('dialog')");
        page.click(".article-head button:nth-of-type(4)");
        page.wait_for("document.querySelector('[data-block]') && document.querySelector('.header__status')");
    });
}

#[test]
fn a_change_of_the_label_set_reaches_the_other_documents() {
    bench(|bench| {
        let page = &bench.visit(&Visit::default());
        open_text(page, "Un", "Anna rit.");
        page.double_click_on("Anna");
        page.press(&["p"]);
        page.wait_saved();
        open_text(page, "Deux", "Bo rit.");
        // A label more, while annotating.
        page.ask_for("Ajouter une étiquette");
        page.wait_for("document.activeElement.id === 'new-label-name'");
        page.type_text("Rumeur");
        page.press(&["Enter"]);
        page.wait_saved();
        let labels = || page.exported()["schema"]["labels"].as_array().map_or(0, Vec::len);
        let more = labels();
        open_list(page);
        page.wait_for("document.querySelectorAll('.documents__line').length === 3");
        page.click(".documents__line:nth-child(2) .documents__open");
        page.expect_annotations(&["PERSON Anna"]);
        assert_eq!(labels(), more - 1, "opening changes nothing");
        page.wait_for(
            "document.querySelector('.banner')?.textContent.includes('jeu d’étiquettes du projet')",
        );
        page.screenshot("newer-label-set");
        page.click(".banner button");
        page.wait_for("document.querySelector('.dialog--schema')");
        page.click(".dialog--schema .button--main");
        page.expect(more, labels);
        page.wait_for("!document.querySelector('.banner')");
        page.expect_annotations(&["PERSON Anna"]);
        page.press(&["Escape"]);
        page.wait_saved();
        // A new text has it from the start.
        choose_file(bench, page, "c.txt", b"Cy rit.");
        page.wait_for("document.querySelector('.import__text')");
        page.click("dialog .button--main");
        page.wait_for("document.querySelector('[data-block]')?.textContent === 'Cy rit.'");
        assert_eq!(labels(), more);
    });
}

#[test]
fn some_of_the_documents_are_exported() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        open_text(&page, "Un", "Premier.");
        open_text(&page, "Deux", "Deuxième.");
        page.double_click_on("Deuxième");
        page.press(&["c"]);
        page.wait_saved();
        page.press(&["Ctrl+s"]);
        page.wait_for("document.querySelector('input[name=export-scope][value=picked]')");
        page.script("document.querySelector('input[name=export-scope][value=picked]').click()");
        page.wait_for("document.querySelectorAll('.export__picked li').length === 3");
        // All that nobody worked on: the sample and the first.
        let to_do = "[...document.querySelectorAll('.export__picks button')].find((pick) => pick.textContent === 'à faire')";
        page.script(&format!("{to_do}.click()"));
        page.wait_for("document.querySelectorAll('.export__picked :checked').length === 2");
        page.click(".export__picked li:nth-child(1) input");
        page.wait_for("document.querySelectorAll('.export__picked :checked').length === 1");
        page.click("dialog .button--main");
        page.wait_for("document.querySelector('.export__preview')");
        page.screenshot("export-some");
        page.script("document.querySelector('dialog .button--main').scrollIntoView()");
        page.click("dialog .button--main");
        let file = bench.wait_download(&page);
        let file: Value = serde_json::from_str(&file).expect("a native file");
        assert_eq!(file["document"]["text"], "Premier.");
    });
}

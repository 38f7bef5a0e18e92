//! The same work with no pointer at all: every test here ends by counting the pointer and mouse
//! events that reached the page, and there must be none.

use serde_json::{Value, json};
use sourcier_browser_tests::bench::bench;
use sourcier_browser_tests::page::{Page, Visit};

const COUNT_POINTER: &str = "window.pointerEvents = [];
    for (const name of ['pointerdown', 'pointerup', 'pointermove', 'pointerover', 'mousedown', 'mouseup',
        'mousemove', 'mouseover', 'touchstart', 'touchend', 'click', 'dblclick', 'wheel']) {
        addEventListener(name, (event) => {
            // A button pressed by key gives a click too, without a place and a count.
            if (name !== 'click' || event.detail > 0) pointerEvents.push(name);
        }, { capture: true });
    }";

/// Runs a test in which only keys may be used.
fn by_keys(test: impl FnOnce(&Page)) {
    bench(|bench| {
        let page = bench.visit(&Visit { before: vec![COUNT_POINTER.into()], ..Visit::default() });
        test(&page);
        assert_eq!(page.script("pointerEvents"), json!([]));
    });
}

#[test]
fn a_pointer_would_be_counted() {
    bench(|bench| {
        let page = bench.visit(&Visit { before: vec![COUNT_POINTER.into()], ..Visit::default() });
        page.click_on("Poutine");
        assert!(page.is("pointerEvents.includes('mousedown') && pointerEvents.includes('click')"));
    });
}

#[test]
fn the_text_cursor_moves_by_letters_words_lines_sentences_and_paragraphs() {
    by_keys(|page| {
        let is_before = |words: &str| {
            page.expect(words.to_string(), || {
                page.text_after_cursor().chars().take(words.chars().count()).collect()
            });
        };
        page.press(&["Ctrl+Home"]);
        is_before(" date 2022");
        page.press(&["Ctrl+ArrowRight", "ArrowRight"]);
        is_before("2022-02");
        page.press(&["Ctrl+ArrowLeft"]);
        is_before("date");
        page.press(&["Ctrl+ArrowDown"]);
        is_before("");
        page.press(&["Ctrl+ArrowUp"]);
        is_before(" date 2022");
        page.press(&["ArrowDown", "Home"]);
        let second_line = page.text_after_cursor();
        assert!(!second_line.starts_with(" date") && second_line.contains("Kassym-Jomart"), "{second_line}");
        page.press(&["End", "ArrowUp", "Home"]);
        is_before(" date 2022");
        page.press(&["Alt+ArrowDown", "Alt+ArrowDown", "Alt+ArrowDown", "ArrowRight"]);
        is_before("La Russie avait");
        page.press(&["Alt+ArrowUp"]);
        is_before("Plus de 200");
        page.press(&["Ctrl+End"]);
        is_before("");
        page.press(&["Ctrl+ArrowLeft", "Shift+End"]);
        page.expect("Kazakhstan.".to_string(), || page.selected_words());
        page.press(&["Ctrl+a"]);
        page.expect(true, || page.selected_words().len() > 2_000);
    });
}

#[test]
fn what_a_person_sees_as_one_letter_is_one_step() {
    by_keys(|page| {
        let letters = ["e\u{301}", "t", "👨\u{200D}👩\u{200D}👧", "🇫🇷", "👍🏽", "क्षि", "각", "漢", "é"];
        let document = json!({ "text": letters.concat(), "language": "fr" });
        page.open_document(&document, &json!({ "keep": false }));
        page.press(&["Ctrl+Home"]);
        for end in 1..=letters.len() {
            page.press(&["ArrowRight"]);
            page.expect(letters[end..].concat(), || page.text_after_cursor());
        }
        for start in (0..letters.len()).rev() {
            page.press(&["ArrowLeft"]);
            page.expect(letters[start..].concat(), || page.text_after_cursor());
        }
    });
}

#[test]
fn words_and_sentences_are_selected_and_labelled() {
    by_keys(|page| {
        select_vladimir_poutine(page);
        page.expect("Vladimir Poutine".to_string(), || page.selected_words());
        page.press(&["p"]);
        page.expect_annotations(&["PERSON Vladimir Poutine"]);
        page.press(&["Ctrl+Home", "Alt+ArrowDown", "Alt+ArrowDown", "Alt+ArrowDown", "ArrowRight"]);
        page.press(&["Shift+Alt+ArrowDown", "c"]);
        let sentence = "CLAIM La Russie avait dépêché une force militaire sur place.";
        page.expect_annotations(&["PERSON Vladimir Poutine", sentence]);
        // A label of another group goes over the same words, one of the same group takes its place.
        page.press(&["j", "a"]);
        // (Where the words are the same, the labels are in order of their letters.)
        page.expect_annotations(&[
            "PERSON Vladimir Poutine",
            "ALLEGATION La Russie avait dépêché une force militaire sur place.",
            sentence,
            "EVIDENCE La Russie avait dépêché une force militaire sur place.",
        ]);
        page.press(&["Delete", "Ctrl+z", "Ctrl+z", "Ctrl+z", "Ctrl+z", "Ctrl+y"]);
        page.expect_annotations(&["PERSON Vladimir Poutine", sentence]);
        page.wait_saved();
    });
}

#[test]
fn enter_opens_the_small_palette_at_the_selection() {
    by_keys(|page| {
        select_vladimir_poutine(page);
        page.press(&["Enter"]);
        page.wait_for("document.activeElement.closest('.quick-palette')");
        tab_to(page, "ORG");
        page.press(&["Enter"]);
        page.expect_annotations(&["ORG Vladimir Poutine"]);
        page.wait_for("document.activeElement.id === 'article'");
    });
}

#[test]
fn enter_and_commas_choose_annotations() {
    by_keys(|page| {
        select_vladimir_poutine(page);
        page.press(&["p", "Ctrl+ArrowLeft", "Shift+Ctrl+ArrowRight", "h", "Escape"]);
        page.expect_annotations(&["PERSON Vladimir Poutine", "HEDGE Poutine"]);
        let chooses = |expected: &str| page.expect(expected.to_string(), || page.chosen_words());
        chooses("");
        page.press(&["ArrowLeft", "Enter"]);
        chooses("Poutine");
        page.press(&["Enter"]);
        chooses("Vladimir Poutine");
        page.press(&["Enter"]);
        chooses("Poutine");
        page.press(&[","]);
        chooses("Vladimir Poutine");
        page.press(&[";"]);
        chooses("Poutine");
        page.press(&["."]);
        chooses("Vladimir Poutine");
        page.press(&["Backspace"]);
        page.expect_annotations(&["HEDGE Poutine"]);
    });
}

#[test]
fn both_ends_move_and_come_back() {
    by_keys(|page| {
        select_vladimir_poutine(page);
        // A letter further, over the space: an end is never on white space.
        page.press(&["p", "z", "Ctrl+ArrowRight", "ArrowRight"]);
        page.expect_annotations(&["PERSON Vladimir Poutine a r"]);
        page.press(&["z", "Ctrl+ArrowLeft", "Enter"]);
        page.expect_annotations(&["PERSON russe Vladimir Poutine a r"]);
        // Kept: the arrows are the text cursor's again.
        page.press(&["ArrowRight", "ArrowRight"]);
        page.expect_annotations(&["PERSON russe Vladimir Poutine a r"]);
        page.press(&["z", "Ctrl+ArrowLeft", "Ctrl+ArrowLeft", "Ctrl+ArrowLeft"]);
        page.expect(true, || page.annotations() != ["PERSON russe Vladimir Poutine a r"]);
        page.press(&["Escape"]);
        page.expect_annotations(&["PERSON russe Vladimir Poutine a r"]);
    });
}

#[test]
fn fragments_come_and_go() {
    by_keys(|page| {
        select_vladimir_poutine(page);
        page.press(&["c", "Ctrl+ArrowRight", "ArrowRight", "Shift+Ctrl+ArrowRight", "+"]);
        page.expect_annotations(&["CLAIM Vladimir Poutine … réitéré"]);
        page.press(&["Ctrl+ArrowLeft", "-"]);
        page.expect_annotations(&["CLAIM Vladimir Poutine"]);
        page.press(&["Ctrl+z"]);
        page.expect_annotations(&["CLAIM Vladimir Poutine … réitéré"]);
    });
}

#[test]
fn the_inspector_is_reached_and_left() {
    by_keys(|page| {
        select_vladimir_poutine(page);
        page.press(&["a"]);
        page.wait_for("document.querySelector('#inspector-note')");
        page.press(&["i"]);
        page.wait_for("document.activeElement.closest('#inspector')");
        tab_until(page, "document.activeElement.name === 'attribute-reporter_stance'");
        page.press(&["ArrowRight"]);
        page.expect(Value::from("rejects"), || {
            page.annotation("ALLEGATION")["attributes"]["reporter_stance"].clone()
        });
        tab_until(page, "document.activeElement.id === 'inspector-note'");
        page.type_text("à voir, s’il le dit ; c");
        page.press(&["Escape"]);
        page.wait_for("document.activeElement.id === 'article'");
        assert_eq!(page.annotation("ALLEGATION")["note"], "à voir, s’il le dit ; c");
        page.expect_annotations(&["ALLEGATION Vladimir Poutine"]);
    });
}

#[test]
fn commands_and_help_are_a_key_away() {
    by_keys(|page| {
        page.press(&["?"]);
        page.wait_for("document.querySelector('dialog[open] .help')");
        page.press(&["Escape"]);
        page.wait_for("!document.querySelector('dialog') && document.activeElement.id === 'article'");
        page.press(&["F1"]);
        page.wait_for("document.querySelector('dialog[open] .help')");
        page.press(&["Escape"]);
        page.wait_for("!document.querySelector('dialog')");
        select_vladimir_poutine(page);
        page.press(&["Ctrl+k"]);
        page.wait_for("document.activeElement.getAttribute('role') === 'combobox'");
        page.type_text("personne");
        page.wait_for("document.querySelectorAll('[role=option]').length === 1");
        page.press(&["Enter"]);
        page.expect_annotations(&["PERSON Vladimir Poutine"]);
        page.press(&["Ctrl+k"]);
        page.wait_for("document.activeElement.getAttribute('role') === 'combobox'");
        page.type_text("english");
        page.press(&["Enter"]);
        page.wait_for("document.documentElement.lang === 'en'");
        // The chosen annotation's label only, then none, then all again.
        page.press(&["v"]);
        page.expect(1, || page.marks().len());
        page.press(&["v"]);
        page.expect(0, || page.marks().len());
        page.press(&["v"]);
        page.expect(1, || page.marks().len());
    });
}

#[test]
fn a_file_is_exported() {
    bench(|bench| {
        let page = bench.visit(&Visit { before: vec![COUNT_POINTER.into()], ..Visit::default() });
        select_vladimir_poutine(&page);
        page.press(&["p", "Ctrl+s"]);
        page.wait_for("document.querySelector('dialog[open] .export')");
        tab_until(&page, "document.activeElement.matches('.button--main')");
        page.press(&["Enter"]);
        assert_eq!(bench.wait_download(&page), page.exported_text());
        page.wait_for("!document.querySelector('dialog')");
        assert_eq!(page.script("pointerEvents"), json!([]));
    });
}

/// Selects « Vladimir Poutine » in the first line, from wherever the text cursor is.
fn select_vladimir_poutine(page: &Page) {
    page.press(&["Ctrl+Home"]);
    page.press_times(7, "Ctrl+ArrowRight");
    page.press(&["ArrowRight", "Shift+Ctrl+ArrowRight", "Shift+Ctrl+ArrowRight"]);
}

/// Goes on by Tab until a condition holds.
fn tab_until(page: &Page, condition: &str) {
    const TABS_MAX: usize = 60;
    for _ in 0..TABS_MAX {
        if page.is(condition) {
            return;
        }
        page.press(&["Tab"]);
    }
    panic!("Tab never led to where {condition}");
}

/// Goes on by Tab to the small palette's button with this key.
fn tab_to(page: &Page, label: &str) {
    let key = if label == "ORG" { "o" } else { "p" };
    tab_until(page, &format!("document.activeElement.querySelector('kbd')?.textContent === '{key}'"));
}

#[test]
fn hidden_marks_and_a_waiting_label_are_told_until_they_are_ended() {
    by_keys(|page| {
        select_vladimir_poutine(page);
        page.press(&["p", "Escape"]);
        let held = || {
            let signs = page.script(
                "[...document.querySelectorAll('.status-line__held')].map((sign) => sign.textContent)",
            );
            signs
                .as_array()
                .into_iter()
                .flatten()
                .filter_map(|sign| sign.as_str().map(String::from))
                .collect::<Vec<_>>()
        };
        assert!(held().is_empty(), "{:?}", held());
        page.press(&["v"]);
        page.expect(vec!["Marques masquées · Tout montrer".to_string()], held);
        page.press(&["p"]);
        page.expect(2, || held().len());
        // What is hidden is so after the next start too: the view is stored with the next edit.
        page.press(&["Escape", "Ctrl+End", "Shift+Home", "c"]);
        page.wait_saved();
        page.reload();
        page.expect(true, || held().iter().any(|sign| sign.starts_with("Marques masquées")));
        page.script("document.querySelector('.status-line__held').focus()");
        page.press(&["Enter"]);
        page.wait_for("document.querySelector('mark')");
        page.expect(true, || !held().iter().any(|sign| sign.starts_with("Marques")));
    });
}

#[test]
fn a_dialog_keeps_the_keys_of_the_page_from_the_browser() {
    by_keys(|page| {
        page.script("addEventListener('keydown', (event) => setTimeout(() => (window.prevented = event.defaultPrevented)))");
        page.press(&["Ctrl+k"]);
        page.wait_for("document.activeElement.getAttribute('role') === 'combobox'");
        for key in ["Ctrl+s", "Ctrl+o", "Ctrl+k"] {
            page.script("window.prevented = null");
            page.press(&[key]);
            page.wait_for("window.prevented !== null");
            assert!(page.is("window.prevented"), "{key}");
        }
        assert_eq!(page.number("document.querySelectorAll('dialog').length"), 1.0);
    });
}

//! The whole work on the sample article with a real mouse and real keys: selecting, labelling,
//! choosing, mending.

use sourcier_browser_tests::actions::Move;
use sourcier_browser_tests::bench::visit;
use sourcier_browser_tests::page::Page;

const ALLEGATION: &str = "le pays a été victime de groupes de « bandits » et de « terroristes » \
                          formés à l’étranger";

#[test]
fn selections_by_hand_are_whole_words_and_sentences() {
    visit(|page| {
        let selects = |expected: &str| {
            page.expect(expected.to_string(), || page.selected_words());
            // The small palette may lie over the words that come next.
            page.press(&["Escape"]);
        };
        // From inside one word into another: both are taken whole.
        page.drag_over("adimir Pouti");
        page.expect("Vladimir Poutine".to_string(), || page.selected_words());
        // Again, in what is selected.
        page.drag_over_with(Some("Alt"), "adimir Pouti");
        selects("adimir Pouti");
        // Outer white space is left out.
        page.drag_over(" réitéré jeudi ");
        selects("réitéré jeudi");
        page.double_click_on("Nazarbaïev");
        selects("Nazarbaïev");
        page.double_click_on("’une");
        selects("une");
        page.triple_click_on("dépêché");
        selects("La Russie avait dépêché une force militaire sur place.");
        // « M. » ends no sentence.
        page.triple_click_on("tout pour normaliser");
        page.expect(true, || {
            let sentence = page.selected_words();
            sentence.starts_with("M. Tokaïev « fait") && sentence.ends_with("en personne depuis la crise.")
        });
        page.press(&["Escape"]);
        // A click, then Shift and a click.
        page.click_behind(None, "Le président russe ");
        page.click_behind(Some("Shift"), "Le président russe Vladimir Poutine");
        selects("Vladimir Poutine");
        assert_eq!(page.marks(), [], "selecting marks nothing");
    });
}

#[test]
fn a_selection_takes_a_label_by_key_and_by_the_small_palette() {
    visit(|page| {
        page.drag_over("Vladimir Poutine");
        page.press(&["p"]);
        page.expect_annotations(&["PERSON Vladimir Poutine"]);
        page.drag_over(ALLEGATION);
        page.click(".quick-palette__label:nth-child(3)");
        let allegation = format!("ALLEGATION {ALLEGATION}");
        page.expect_annotations(&["PERSON Vladimir Poutine", &allegation]);
        page.expect(ALLEGATION.to_string(), || page.chosen_words());
        // What was marked is on the screen, under its name.
        let marks: Vec<_> = page.marks().into_iter().map(|mark| (mark.words, mark.labels)).collect();
        let expected = [("Vladimir Poutine", "Personne"), (ALLEGATION, "Allégation non prouvée")];
        assert_eq!(marks, expected.map(|(words, label)| (words.to_string(), label.to_string())));
        page.wait_saved();
    });
}

#[test]
fn an_armed_label_takes_the_next_selection() {
    visit(|page| {
        page.click(".palette [data-label=PLACE]");
        page.wait_for("document.querySelector('[data-label=PLACE]').ariaPressed === 'true'");
        page.double_click_on("Moscou");
        page.expect_annotations(&["PLACE Moscou"]);
        page.wait_for("document.querySelector('[data-label=PLACE]').ariaPressed === 'false'");
        page.drag_over("Kazakhstan début");
        page.wait_frames();
        page.expect_annotations(&["PLACE Moscou"]);
    });
}

#[test]
fn another_label_keeps_what_was_chosen_by_hand() {
    visit(|page| {
        page.drag_over(ALLEGATION);
        page.press(&["c"]);
        page.expect_annotations(&[&format!("CLAIM {ALLEGATION}")]);
        let claim = page.annotation("CLAIM");
        assert_eq!(claim["attributes"]["evidence_status"], "not_stated");
        choose(page, "check_worthiness", "minor");
        page.expect("minor".into(), || page.annotation("CLAIM")["attributes"]["check_worthiness"].clone());
        // The keys belong to the article again after a click there.
        page.click_on("terroristes");
        page.press(&["a"]);
        page.expect_annotations(&[&format!("ALLEGATION {ALLEGATION}")]);
        let allegation = page.annotation("ALLEGATION");
        assert_eq!(allegation["id"], claim["id"]);
        assert_eq!(allegation["attributes"]["check_worthiness"], "minor", "chosen by hand");
        assert_eq!(allegation["attributes"]["evidence_status"], "no_evidence", "the new label's default");
        assert_eq!(allegation["byHand"], serde_json::json!(["check_worthiness"]));
        page.press(&["c"]);
        page.expect_annotations(&[&format!("CLAIM {ALLEGATION}")]);
        let again = page.annotation("CLAIM");
        assert_eq!(again["attributes"]["check_worthiness"], "minor");
        assert_eq!(again["attributes"]["evidence_status"], "not_stated");
    });
}

#[test]
fn marks_nest_cross_and_have_fragments() {
    visit(|page| {
        page.drag_over("M. Tokaïev a salué à son tour");
        page.press(&["c"]);
        page.drag_over("Tokaïev a");
        page.press(&["h"]);
        page.drag_over("salué à son tour « l’aide inestimable");
        page.press(&["j"]);
        page.expect_annotations(&[
            "CLAIM M. Tokaïev a salué à son tour",
            "HEDGE Tokaïev a",
            "EVIDENCE salué à son tour « l’aide inestimable",
        ]);
        page.drag_over("Le président russe");
        page.press(&["c"]);
        page.drag_over_with(Some("Ctrl"), "son soutien");
        page.expect_annotations(&[
            "CLAIM Le président russe … son soutien",
            "CLAIM M. Tokaïev a salué à son tour",
            "HEDGE Tokaïev a",
            "EVIDENCE salué à son tour « l’aide inestimable",
        ]);
        page.expect("Le président russe|son soutien".to_string(), || page.chosen_words());
        // The fragment under the text cursor goes again.
        page.click_on("soutien");
        page.press(&["-"]);
        page.expect("CLAIM Le président russe".to_string(), || page.annotations()[0].clone());
    });
}

#[test]
fn both_ends_are_dragged_by_their_handles() {
    visit(|page| {
        page.drag_over("soutien à son homologue");
        page.press(&["c"]);
        page.expect_annotations(&["CLAIM soutien à son homologue"]);
        let before = page.annotation("CLAIM");
        page.drag_handle("end", page.place_of("homologue kazakh").end);
        page.expect_annotations(&["CLAIM soutien à son homologue kazakh"]);
        page.drag_handle("start", page.place_of("réitéré jeudi").start);
        page.expect_annotations(&["CLAIM réitéré jeudi son soutien à son homologue kazakh"]);
        // Letting go in the middle of a word takes all of it.
        page.drag_handle("end", page.place_of("Jomart").middle);
        page.expect_annotations(&[
            "CLAIM réitéré jeudi son soutien à son homologue kazakh et allié Kassym-Jomart",
        ]);
        assert_eq!(page.annotation("CLAIM")["id"], before["id"]);
        // What was moved in one go comes back in one go: how far depends on how quick the hand was.
        let moved = page.annotations();
        page.press(&["Ctrl+z"]);
        page.wait("an end is back", || page.annotations() != moved);
        assert_eq!(page.annotation("CLAIM")["id"], before["id"]);
    });
}

#[test]
fn clicks_walk_from_the_innermost_mark_outwards() {
    visit(|page| {
        page.drag_over("La Russie avait dépêché une force militaire");
        page.press(&["c"]);
        page.drag_over("Russie avait dépêché");
        page.press(&["h"]);
        page.double_click_on("dépêché");
        page.press(&["e"]);
        page.expect("dépêché".to_string(), || page.chosen_words());
        page.press(&["Escape"]);
        page.expect(String::new(), || page.chosen_words());
        // Slow clicks, each on another letter: quick ones at one place are a double-click.
        for (letters, expected) in [
            ("d", "dépêché"),
            ("ché", "Russie avait dépêché"),
            ("dép", "La Russie avait dépêché une force militaire"),
            ("ché", "dépêché"),
        ] {
            click_letter_in(page, "dépêché", letters);
            page.expect(expected.to_string(), || page.chosen_words());
        }
        page.click_on("pillages");
        page.expect(String::new(), || page.chosen_words());
    });
}

#[test]
fn what_is_deleted_comes_back_by_undo() {
    visit(|page| {
        page.double_click_on("Poutine");
        page.press(&["p"]);
        page.double_click_on("Moscou");
        page.press(&["l"]);
        page.expect_annotations(&["PLACE Moscou", "PERSON Poutine"]);
        // Time that was spent stays spent.
        let work = || {
            let mut file = page.exported();
            file.as_object_mut().and_then(|file| file.remove("timing"));
            file
        };
        let before = work();
        page.click_on("Poutine");
        page.press(&["Delete"]);
        page.expect_annotations(&["PLACE Moscou"]);
        page.press(&["Ctrl+z"]);
        page.expect_annotations(&["PLACE Moscou", "PERSON Poutine"]);
        assert_eq!(work(), before);
        page.press(&["Ctrl+z", "Ctrl+z"]);
        page.expect_annotations(&[]);
        page.press(&["Ctrl+Shift+z", "Ctrl+y"]);
        page.expect_annotations(&["PLACE Moscou", "PERSON Poutine"]);
        page.click_on("Moscou");
        page.click(".inspector__remove");
        page.expect_annotations(&["PERSON Poutine"]);
    });
}

#[test]
fn the_inspector_changes_values_certainty_and_note() {
    visit(|page| {
        page.drag_over(ALLEGATION);
        page.press(&["a"]);
        page.wait_for("document.querySelector('#inspector select')");
        choose(page, "reporter_stance", "rejects");
        page.click("label:has(> input[name=certainty][value=unsure])");
        page.click("#inspector-note");
        page.type_text("Qui le dit ? « Les autorités »");
        page.script("document.querySelector('#attribute-evidence_status').focus()");
        page.press(&["ArrowDown"]);
        page.expect("unverified".into(), || {
            page.annotation("ALLEGATION")["attributes"]["evidence_status"].clone()
        });
        let allegation = page.annotation("ALLEGATION");
        assert_eq!(allegation["attributes"]["reporter_stance"], "rejects");
        assert_eq!(allegation["certainty"], "unsure");
        assert_eq!(allegation["note"], "Qui le dit ? « Les autorités »");
        assert_eq!(allegation["byHand"], serde_json::json!(["evidence_status", "reporter_stance"]));
        // What was typed in one go is undone in one go, also from within the field.
        page.click("#inspector-note");
        page.press(&["Ctrl+z", "Ctrl+z"]);
        page.expect(true, || page.annotation("ALLEGATION")["note"].as_str().unwrap_or_default().is_empty());
        page.expect(String::new(), || page.text("document.querySelector('#inspector-note').value"));
        // A value goes back to the label's own.
        page.press(&["Escape"]);
        page.click(".row__reset");
        page.expect("distances".into(), || {
            page.annotation("ALLEGATION")["attributes"]["reporter_stance"].clone()
        });
    });
}

#[test]
fn the_list_finds_annotations_by_label_and_words() {
    visit(|page| {
        for (words, key) in
            [("Poutine", "p"), ("Moscou", "l"), ("Kazakhstan", "l"), ("jeudi", "d"), ("Nazarbaïev", "p")]
        {
            page.double_click_on(words);
            page.press(&[key]);
        }
        let rows = || {
            page.script(
                "[...document.querySelectorAll('.annotation-list__row span')]
            .map((words) => words.textContent)",
            )
        };
        page.expect(serde_json::json!(["Moscou", "Poutine", "jeudi", "Kazakhstan", "Nazarbaïev"]), rows);
        page.click(".annotation-list__filter input");
        page.type_text("mosc");
        page.expect(serde_json::json!(["Moscou"]), rows);
        page.press_times(4, "Backspace");
        page.type_text("BAÏ");
        page.expect(serde_json::json!(["Nazarbaïev"]), rows);
        page.press_times(3, "Backspace");
        page.script("document.querySelector('.annotation-list__filter select').focus()");
        page.type_text("Lieu");
        page.expect(serde_json::json!(["Moscou", "Kazakhstan"]), rows);
        page.click(".annotation-list__row:nth-child(2) button");
        page.expect("Kazakhstan".to_string(), || page.chosen_words());
    });
}

/// Chooses a value of the chosen annotation in the inspector.
fn choose(page: &Page, attribute: &str, value: &str) {
    page.click(&format!("label:has(> input[name=attribute-{attribute}][value={value}])"));
}

/// Clicks in the middle of some letters of a word.
fn click_letter_in(page: &Page, word: &str, letters: &str) {
    let whole = page.place_of(word);
    let at = word.find(letters).expect("the letters are in the word");
    let share = (at + letters.len() / 2) as f64 / word.len() as f64;
    let x = whole.start.x + share * (whole.end.x - whole.start.x);
    let point = sourcier_browser_tests::actions::Point { x, y: whole.start.y };
    page.mouse(None, &[Move::To(point), Move::Down, Move::Up]);
}

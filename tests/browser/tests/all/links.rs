//! Links: by a relation's key, by click, by dragging, from the list; what the inspector and the
//! screen show of them.

use sourcier_browser_tests::actions::Move;
use sourcier_browser_tests::bench::{visit, visit_as};
use sourcier_browser_tests::page::{Page, Screen, Visit};

const ALLEGATION: &str = "le pays a été victime";
const SOURCE: &str = "SOURCE autorités kazakhes → le pays a été victime";
const CUE: &str = "CUE_OF affirmant → le pays a été victime";

/// Marks who says what, and chooses the allegation.
fn mark(page: &Page) {
    page.script("document.querySelector('.hint__close')?.click()");
    for (words, key) in [
        ("autorités kazakhes", "o"),
        ("affirmant", "m"),
        ("sans avoir apporté de preuves", "j"),
        ("Le porte-parole", "p"),
        (ALLEGATION, "a"),
    ] {
        page.press(&["Escape", "Escape", "Escape"]);
        page.select_by_script(words);
        page.press(&[key]);
    }
    page.expect(ALLEGATION.to_string(), || page.chosen_words());
}

#[test]
fn a_key_and_a_click_link_two_annotations() {
    visit(|page| {
        mark(page);
        let places = page.word_places();
        page.press(&["s"]);
        page.wait_for("document.querySelector('.page--linking')");
        // What cannot be the source fades.
        page.wait_for(
            "getComputedStyle(document.querySelector('.page')).getPropertyValue('--f1') === 'transparent'",
        );
        // A marker cannot be a source: the reason is said, and the link is still looked for.
        page.click_on("affirmant");
        let refusal = page.wait_refusal();
        assert!(refusal.contains("Marqueur"), "{refusal}");
        page.wait_for("document.querySelector('.page--linking')");
        page.click_on("kazakhes");
        page.expect_relations(&[SOURCE]);
        page.wait_for("!document.querySelector('.page--linking')");
        // The likeliest end is in hand at once.
        page.press(&["r", "Enter"]);
        page.expect_relations(&[CUE, SOURCE]);
        page.wait_frames();
        assert_eq!(page.number("document.querySelectorAll('.arc').length"), 2.0);
        assert_eq!(places, page.word_places(), "a line moves no word");
        page.press(&["Ctrl+z"]);
        page.expect_relations(&[SOURCE]);
        page.wait_saved();
        page.reload();
        page.expect_relations(&[SOURCE]);
    });
}

#[test]
fn keys_that_go_through_the_labels_cost_no_links() {
    visit(|page| {
        mark(page);
        page.press(&["s", "Enter", "r", "Enter"]);
        page.expect_relations(&[CUE, SOURCE]);
        let select = "document.querySelector('#inspector-label')";
        let is_label = |label: &str| page.is(&format!("{select}.value === '{label}'"));
        page.script(&format!("{select}.focus()"));
        page.press(&["ArrowDown"]);
        page.wait("the list goes on", || !is_label("ALLEGATION"));
        page.press(&["ArrowUp", "Enter"]);
        page.expect_relations(&[CUE, SOURCE]);
        // Escape leaves it as it was, Enter takes it.
        page.press(&["ArrowUp", "Escape"]);
        page.wait_for("document.activeElement.closest('.page')");
        assert!(is_label("ALLEGATION"));
        page.script(&format!("{select}.focus()"));
        page.press(&["ArrowUp", "Enter"]);
        page.expect(1, || page.annotations().iter().filter(|line| line.starts_with("CLAIM")).count());
        // And undo shows in the list as well.
        page.press(&["Escape", "Ctrl+z"]);
        page.expect(1, || page.annotations().iter().filter(|line| line.starts_with("ALLEGATION")).count());
        page.wait("the list follows", || is_label("ALLEGATION"));
    });
}

#[test]
fn a_label_that_is_refused_does_not_stay_in_the_list() {
    visit(|page| {
        mark(page);
        page.press(&["Escape", "Escape", "Escape"]);
        page.select_by_script(ALLEGATION);
        page.press(&["q"]);
        page.expect(1, || page.annotations().iter().filter(|line| line.starts_with("QUOTE")).count());
        page.script(
            "(() => {
                const select = document.querySelector('#inspector-label');
                select.value = 'ALLEGATION';
                select.dispatchEvent(new Event('change', { bubbles: true }));
            })()",
        );
        let refusal = page.wait_refusal();
        assert!(refusal.contains("ont déjà"), "{refusal}");
        assert_eq!(page.text("document.querySelector('#inspector-label').value"), "QUOTE");
    });
}

#[test]
fn the_inspector_tells_links_and_leads_to_their_ends() {
    visit(|page| {
        mark(page);
        page.press(&["s", "Enter", "r", "Enter"]);
        page.expect_relations(&[CUE, SOURCE]);
        page.expect("dit par".to_string(), || {
            page.text("document.querySelector('.links__row .links__kind').selectedOptions[0].textContent")
        });
        // To the source, and what it is told there.
        page.click(".links__row:first-child .links__other");
        page.expect("autorités kazakhes".to_string(), || page.chosen_words());
        page.wait_for("[...document.querySelectorAll('.links__other')].some((other) => other.textContent.includes('le pays'))");
        page.press(&[","]);
        page.click_on("victime");
        page.expect(ALLEGATION.to_string(), || page.chosen_words());
        page.click(".links__row:nth-child(2) .links__remove");
        page.expect_relations(&[SOURCE]);
        // The button of a key does what the key does.
        page.click(".links__row:nth-child(2) .links__start");
        page.wait_for("document.querySelector('.page--linking')");
        page.press(&["Enter"]);
        page.expect_relations(&[CUE, SOURCE]);
        // What is deleted takes its links along, and says how many.
        page.press(&["Delete"]);
        page.expect_relations(&[]);
        assert!(page.message().contains("2 liens"), "{}", page.message());
        page.press(&["Ctrl+z"]);
        page.expect_relations(&[CUE, SOURCE]);
    });
}

#[test]
fn a_link_is_dragged_from_the_grip() {
    visit(|page| {
        mark(page);
        page.wait_for("document.querySelector('.grip:not([hidden])')");
        let grip = page.middle_of(".grip");
        let word = page.place_of("affirmant").middle;
        page.mouse(None, &[Move::To(grip), Move::Down, Move::To(word), Move::Up]);
        page.expect_relations(&[CUE]);
        // Let go over nothing, the link is left.
        let (grip, nothing) = (page.middle_of(".grip"), page.place_of("fait tout").middle);
        page.mouse(None, &[Move::To(grip), Move::Down, Move::To(nothing), Move::Up]);
        page.wait_for("!document.querySelector('.page--linking')");
        page.expect_relations(&[CUE]);
    });
}

#[test]
fn an_end_far_away_is_named_at_the_edge_and_can_be_taken_from_the_list() {
    visit(|page| {
        mark(page);
        page.press(&["s"]);
        page.wait_for("document.querySelector('.page--linking')");
        page.script(
            "[...document.querySelectorAll('.annotation-list__row button')]
                .find((row) => row.textContent.includes('porte-parole')).click()",
        );
        let far = "SOURCE Le porte-parole → le pays a été victime";
        page.expect_relations(&[far]);
        // The article's start is in view, the spokesman is not.
        page.script(
            "document.querySelector('.main').scrollTop = document.querySelector('#b5').offsetTop - 40",
        );
        page.set_screen(Screen { height: 420, ..Screen::DESKTOP });
        page.script("document.querySelector('#b5').scrollIntoView({ block: 'start' })");
        page.wait_for(
            "document.querySelector('.edge--below .edge__end')?.textContent.includes('Le porte-parole')",
        );
        page.click(".edge--below .edge__end");
        page.expect("Le porte-parole".to_string(), || page.chosen_words());
        page.expect_relations(&[far]);
    });
}

#[test]
fn where_several_links_fit_one_is_chosen() {
    visit(|page| {
        page.script("document.querySelector('.hint__close')?.click()");
        for (words, key) in [("fait tout pour normaliser", "c"), (ALLEGATION, "a")] {
            page.press(&["Escape", "Escape", "Escape"]);
            page.select_by_script(words);
            page.press(&[key]);
        }
        page.press(&[",", "b", "Enter"]);
        page.wait_for("document.querySelectorAll('.quick-palette--options button').length === 3");
        page.press(&["2"]);
        page.expect_relations(&["EVIDENCE_AGAINST fait tout pour normaliser → le pays a été victime"]);
        // Another kind, from the inspector.
        page.script(
            "(() => {
                const kind = document.querySelector('select.links__kind');
                kind.value = '0';
                kind.dispatchEvent(new Event('change', { bubbles: true }));
             })()",
        );
        page.expect_relations(&["EVIDENCE_FOR fait tout pour normaliser → le pays a été victime"]);
    });
}

/// Whether the box of the link that is looked for is in view whole and lies over neither of its ends.
const BOX_IS_CLEAR: &str = "(() => {
    const rect = document.querySelector('.quick-palette--options').getBoundingClientRect();
    const main = document.querySelector('.main').getBoundingClientRect();
    const ends = [...document.querySelectorAll('[data-block] .to, [data-block] .on')]
        .flatMap((end) => [...end.getClientRects()]);
    return rect.width > 0 && rect.left >= main.left && rect.right <= main.right
        && rect.top >= main.top - 1 && rect.bottom <= main.bottom + 1
        && ends.length > 1 && ends.every((end) => end.right <= rect.left || end.left >= rect.right
            || end.bottom <= rect.top || end.top >= rect.bottom);
})()";

#[test]
fn the_box_of_a_link_is_in_view_and_over_neither_end() {
    // As wide as makes the source wrap, or stand at the edge; and a phone.
    for screen in [
        Screen { width: 1280, height: 800, ..Screen::DESKTOP },
        Screen { width: 1060, height: 420, ..Screen::DESKTOP },
        Screen::PHONE,
    ] {
        visit_as(&Visit { screen, ..Visit::default() }, |page| {
            mark(page);
            page.press(&["s"]);
            page.wait_for("document.querySelector('.page--linking')");
            page.wait_for(BOX_IS_CLEAR);
            // Out of view there is a way back all the same, and no key is needed for it.
            page.script("document.querySelector('.main').scrollTop = 1e6");
            page.wait_for(
                "(() => {
                    const rect = document.querySelector('.quick-palette--options').getBoundingClientRect();
                    const main = document.querySelector('.main').getBoundingClientRect();
                    return rect.top >= main.top - 1 && rect.bottom <= main.bottom + 1;
                 })()",
            );
            let leave = ".quick-palette--options button:last-child";
            match screen.touch {
                true => page.tap(leave),
                false => page.click(leave),
            }
            page.wait_for("!document.querySelector('.page--linking')");
            page.expect_relations(&[]);
        });
    }
}

#[test]
fn a_finger_reads_of_no_keys() {
    visit_as(&Visit { screen: Screen::PHONE, ..Visit::default() }, |page| {
        mark(page);
        page.tap(".links__row:first-child .links__start");
        page.wait_for("document.querySelector('.page--linking')");
        page.expect(
            "Relier à Organisation, «\u{a0}autorités kazakhes\u{a0}»\u{202f}?".to_string(),
            || page.message(),
        );
        assert!(
            !page.is("[...document.querySelectorAll('.page .kbd')].some((key) => key.checkVisibility())")
        );
        page.tap(".quick-palette--options button:first-child");
        page.expect_relations(&[SOURCE]);
    });
}

//! Paragraphs that were read: said by key and in the margin, kept, and told in the status line.

use sourcier_browser_tests::actions::{Move, Point};
use sourcier_browser_tests::bench::{visit, visit_as};
use sourcier_browser_tests::page::{Page, Screen, Visit};

fn click_margin(page: &Page, words: &str) {
    let Point { x, y } = page.margin_beside(words);
    page.mouse(None, &[Move::To(Point { x, y }), Move::Down, Move::Up]);
}

/// The status line's buttons for what is left to do.
fn left_to_do(page: &Page) -> String {
    page.text(
        "[...document.querySelectorAll('.status-line__left')].map((left) => left.textContent).join(' | ')",
    )
}

#[test]
fn the_margin_and_a_key_say_that_a_paragraph_is_seen() {
    visit(|page| {
        let places = page.word_places();
        assert_eq!(page.margins(), "············");
        click_margin(page, "Plus de 200 personnes");
        page.expect("··v·········".to_string(), || page.margins());
        page.wait_for("document.querySelector('[role=status]').textContent.startsWith('Paragraphe 3 vu')");
        assert_eq!(left_to_do(page), "11 paragraphes à voir");
        click_margin(page, "Plus de 200 personnes");
        page.expect("··0·········".to_string(), || page.margins());
        // Whoever hears the page hears it of the paragraph.
        assert_eq!(page.text("find('Plus de 200').block.ariaDescription"), "Rien à marquer");
        // A mark in it takes that back: there was something.
        page.double_click_on("pillages");
        page.press(&["e"]);
        page.expect("··v·········".to_string(), || page.margins());
        page.press(&["Ctrl+z"]);
        page.expect("··0·········".to_string(), || page.margins());
        page.click_on("conférence");
        page.press(&["y"]);
        page.expect("··0v········".to_string(), || page.margins());
        assert_eq!(places, page.word_places(), "the margin moves no word");
        page.wait_saved();
        page.reload();
        page.expect("··0v········".to_string(), || page.margins());
        page.press(&["Ctrl+z", "Ctrl+z"]);
        page.expect("··v·········".to_string(), || page.margins());
    });
}

#[test]
fn a_click_in_the_margin_leaves_choice_and_selection_alone() {
    visit(|page| {
        page.drag_over("Vladimir Poutine");
        page.press(&["p"]);
        page.expect("Vladimir Poutine".to_string(), || page.chosen_words());
        click_margin(page, "Agence France-Presse");
        page.expect("·v··········".to_string(), || page.margins());
        assert_eq!(page.chosen_words(), "Vladimir Poutine");
        page.press(&["y"]);
        page.expect("vv··········".to_string(), || page.margins());
    });
}

#[test]
fn the_status_line_leads_to_what_is_not_seen() {
    visit(|page| {
        page.press(&["Ctrl+Home", "y"]);
        page.expect("v···········".to_string(), || page.margins());
        page.click(".status-line__left");
        page.expect("Agence".to_string(), || page.text_after_cursor().chars().take(6).collect());
        for _ in 1..12 {
            page.press(&["y", "Shift+Y"]);
        }
        page.expect("vvvvvvvvvvvv".to_string(), || page.margins());
        page.expect(String::new(), || left_to_do(page));
        page.wait_for(
            "document.querySelector('.status-line').textContent.includes('Tous les paragraphes vus')",
        );
        page.press(&["Shift+Y"]);
        assert_eq!(page.wait_refusal(), "Tous les paragraphes sont vus.");
    });
}

#[test]
fn a_finger_finds_the_margin_on_a_phone() {
    visit_as(&Visit { screen: Screen::PHONE, ..Visit::default() }, |page| {
        page.script("document.querySelector('.hint__close')?.click()");
        let margin = page.margin_beside("Plus de 200 personnes");
        page.finger(&[Move::To(margin), Move::Down, Move::Up]);
        page.expect("··v·········".to_string(), || page.margins());
    });
}

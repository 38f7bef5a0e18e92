//! Marking with a finger. A long press selects a word in the browser's own way, which a driver
//! cannot make; so the selection is set as the browser would, and the rest is done by real taps.

use sourcier_browser_tests::bench::visit_as;
use sourcier_browser_tests::page::{Page, Screen, Visit};

fn on_a_phone(test: impl FnOnce(&mut Page)) {
    visit_as(&Visit { screen: Screen::PHONE, ..Visit::default() }, test);
}

#[test]
fn a_selection_by_touch_shows_the_small_palette() {
    // A tablet: on a phone the palette at the foot is always there instead.
    let screen = Screen { width: 1024, height: 768, scale: 2.0, touch: true };
    visit_as(&Visit { screen, ..Visit::default() }, |page| {
        select_as_touch_does(page, "ladimir Pouti");
        page.wait_for("document.querySelector('.quick-palette')?.checkVisibility()");
        page.expect("Vladimir Poutine".to_string(), || page.selected_words());
        page.tap(".quick-palette__label:nth-child(1)");
        page.wait_for("document.querySelectorAll('[data-block] mark').length > 0");
        page.expect("Vladimir Poutine".to_string(), || page.chosen_words());
    });
}

#[test]
fn a_tap_chooses_and_the_palette_strip_labels() {
    on_a_phone(|page| {
        select_as_touch_does(page, "Moscou");
        page.wait_for("document.querySelector('.quick-palette')");
        page.tap(".palette [data-label=PLACE]");
        page.expect_annotations(&["PLACE Moscou"]);
        page.wait_for("document.querySelector('#inspector-note')?.checkVisibility()");
        let place = page.place_of("kazakh").middle;
        use sourcier_browser_tests::actions::Move;
        page.finger(&[Move::To(place), Move::Down, Move::Up]);
        page.expect(String::new(), || page.chosen_words());
        let place = page.place_of("Moscou").middle;
        page.finger(&[Move::To(place), Move::Down, Move::Up]);
        page.expect("Moscou".to_string(), || page.chosen_words());
    });
}

#[test]
fn an_end_is_dragged_with_a_finger() {
    on_a_phone(|page| {
        select_as_touch_does(page, "président russe");
        page.wait_for("document.querySelector('.quick-palette')");
        page.tap(".palette [data-label=CLAIM]");
        page.expect_annotations(&["CLAIM président russe"]);
        page.touch_handle("end", page.place_of("Vladimir").end);
        page.expect_annotations(&["CLAIM président russe Vladimir"]);
    });
}

/// Sets the page's selection, with the touch events around it.
fn select_as_touch_does(page: &Page, words: &str) {
    page.place_of(words);
    page.script_with("selectAsTouchDoes(arguments[0])", serde_json::json!([words]));
}

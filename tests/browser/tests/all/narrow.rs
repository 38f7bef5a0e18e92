//! 320 px, and 200 % zoom, lose nothing: no sideways scrolling of the page, and every control
//! can be reached.

use sourcier_browser_tests::bench::visit_as;
use sourcier_browser_tests::page::{Page, Screen, Visit};

/// What a person must be able to reach at any width.
const CONTROLS: [&str; 9] = [
    "[data-block]",
    ".palette [data-label=ALLEGATION]",
    ".palette [data-label=DOC]",
    ".header__help",
    ".status-line [data-status]",
    ".status-line__button",
    "#inspector-label",
    "#inspector-note",
    ".inspector__remove",
];

#[test]
fn nothing_is_lost_at_320_pixels() {
    check(Screen { width: 320, height: 640, scale: 2.0, touch: false });
}

/// Zoom makes the viewport's CSS pixels fewer and larger: 1280 × 800 at 200 % is 640 × 400.
#[test]
fn nothing_is_lost_at_200_percent() {
    check(Screen { width: 640, height: 400, scale: 2.0, touch: false });
}

#[test]
fn nothing_is_lost_at_400_percent() {
    check(Screen { width: 320, height: 256, scale: 4.0, touch: false });
}

fn check(screen: Screen) {
    visit_as(&Visit { screen, ..Visit::default() }, |page| {
        no_sideways_scroll(page, "first visit");
        // By keys: at this size the hand has little room.
        page.press(&["Ctrl+Home"]);
        page.press_times(3, "Ctrl+ArrowRight");
        page.press(&["ArrowRight", "ArrowRight", "Shift+Ctrl+ArrowRight", "a"]);
        page.expect_annotations(&["ALLEGATION Moscou"]);
        no_sideways_scroll(page, "inspector");
        for control in CONTROLS {
            assert!(can_be_reached(page, control), "{control} is out of reach");
        }
        reads_text(page);
        for command in ["Aide", "Réglages", "Exporter", "Vos documents", "Modifier la fiche"] {
            page.press(&["Ctrl+k"]);
            page.wait_for("document.activeElement.getAttribute('role') === 'combobox'");
            no_sideways_scroll(page, "command list");
            page.type_text(command);
            page.press(&["Enter"]);
            page.wait_for("document.querySelector('dialog[open] h2')");
            no_sideways_scroll(page, command);
            let buttons = page.number("document.querySelectorAll('dialog[open] button').length") as usize;
            for idx in 0..buttons {
                let is_in_reach = page
                    .is(&format!("canBeReached(document.querySelectorAll('dialog[open] button')[{idx}])"));
                assert!(is_in_reach, "button {idx} of {command} is out of reach");
            }
            page.press(&["Escape"]);
            page.wait_for("!document.querySelector('dialog')");
        }
    });
}

/// The chosen annotation and everything around leave room to read: at least two lines.
fn reads_text(page: &Page) {
    let room = page.number("document.querySelector('main').getBoundingClientRect().height");
    assert!(room >= 72.0, "only {room} px for the article");
}

#[track_caller]
fn no_sideways_scroll(page: &Page, view: &str) {
    let overflow = page.number(
        "Math.max(...[...document.querySelectorAll('html, body, main, dialog[open], .dialog__body, .side')]
            .map((element) => element.scrollWidth - element.clientWidth))",
    );
    assert!(overflow <= 1.0, "{view}: {overflow} px to the side of the page");
}

#[track_caller]
fn can_be_reached(page: &Page, selector: &str) -> bool {
    page.script_with("canBeReached(document.querySelector(arguments[0]))", serde_json::json!([selector]))
        == true
}

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

/// A text of twice its size on a phone: as wide in letters as half of it.
const LARGE_TEXT: Screen = Screen { width: 195, height: 422, scale: 2.0, touch: true };

#[test]
fn the_doors_are_in_view_at_any_width() {
    visit_as(&Visit { screen: Screen { width: 720, ..Screen::DESKTOP }, ..Visit::default() }, |page| {
        for width in [720, 700, 640, 600, 577, 575, 420, 360, 320] {
            page.set_screen(Screen { width, ..Screen::DESKTOP });
            page.expect(Vec::<String>::new(), || out_of_view(page, ".header button, .header select"));
        }
        page.set_screen(LARGE_TEXT);
        page.expect(Vec::<String>::new(), || out_of_view(page, ".header button, .hint, .hint span"));
        no_sideways_scroll(page, "a large text");
    });
}

#[test]
fn a_phone_on_its_side_keeps_its_status_line() {
    let screen = Screen { width: 844, height: 390, ..Screen::PHONE };
    visit_as(&Visit { screen, ..Visit::default() }, |page| {
        mark_moscow(page);
        let over = "[...document.querySelectorAll('.side *')].filter((element) =>
            element.getBoundingClientRect().bottom > 0 && element.checkVisibility()).some((element) => {
                const line = document.querySelector('.status-line').getBoundingClientRect();
                return document.elementsFromPoint(element.getBoundingClientRect().left + 4, line.top + 8)
                    .includes(element);
            })";
        assert!(!page.is(over), "a row of the side panel lies over the status line");
        assert!(can_be_reached(page, ".annotation-list__row button"));
        assert!(page.number("document.querySelector('.page').clientWidth") > 300.0);
    });
}

#[test]
fn a_phone_has_room_for_a_finger_and_what_is_needed() {
    visit_as(&Visit { screen: Screen::PHONE, ..Visit::default() }, |page| {
        mark_moscow(page);
        let small = "[...document.querySelectorAll('.app button, .app select, .app .segmented__option')]
            .filter((element) => element.checkVisibility() && !element.closest('.page, .edges'))
            .filter((element) => element.offsetHeight < 40 || element.offsetWidth < 40)
            .map((element) => element.className)";
        page.expect(Vec::<String>::new(), || words(page, small));
        // More labels than the two of a single row.
        let in_view = page.number(
            "[...document.querySelectorAll('.palette [data-label]')].filter((label) =>
                label.getBoundingClientRect().right <= innerWidth).length",
        );
        assert!(in_view >= 4.0, "{in_view} labels in view");
        // The sheet is put away, and what was done is taken back, by a finger.
        page.tap(".inspector .side__close");
        page.wait_for("!document.querySelector('.inspector--open')");
        page.tap(".header__door--undo");
        page.expect_annotations(&[]);
        page.tap(".header__document");
        page.wait_for("document.querySelector('dialog[open] .documents__open')");
    });
}

#[test]
fn a_message_moves_nothing() {
    visit_as(&Visit { screen: Screen::PHONE, ..Visit::default() }, |page| {
        let top = || page.number("document.querySelector('.palette').getBoundingClientRect().top");
        let before = top();
        mark_moscow(page);
        assert!(!page.message().is_empty());
        assert_eq!(top(), before);
        page.press(&["ArrowRight"]);
        page.press(&["Escape", "Escape", "Escape", "Delete"]);
        page.wait_refusal();
        assert_eq!(top(), before);
    });
    // What is to be done next stands at the end: two lines have room for it.
    visit_as(
        &Visit { screen: Screen { width: 1280, height: 800, ..Screen::DESKTOP }, ..Visit::default() },
        |page| {
            let rows = "[...document.querySelectorAll('.palette__label')].map((row) => row.offsetHeight)";
            let before = page.script(rows);
            mark_moscow(page);
            assert_eq!(page.script(rows), before, "a count makes its row no higher");
            page.press(&["z"]);
            page.wait_for("document.querySelector('.status-line__message').textContent.includes('annuler')");
            assert!(page.is(
            "(({ scrollHeight, clientHeight }) => scrollHeight <= clientHeight + 1)(document.querySelector('.status-line__message'))"
        ));
            assert!(
                page.is("document.querySelector('.palette [data-label=DOC]').getBoundingClientRect().bottom
            <= document.querySelector('.palette__add').getBoundingClientRect().top")
            );
        },
    );
}

#[test]
fn the_button_of_a_long_dialog_is_in_sight() {
    visit_as(
        &Visit { screen: Screen { width: 1280, height: 800, ..Screen::DESKTOP }, ..Visit::default() },
        |page| {
            mark_moscow(page);
            page.ask_for("Exporter");
            page.wait_for("document.querySelector('#export-format')");
            page.script(
                "(() => {
                const format = document.querySelector('#export-format');
                format.value = 'conll2003';
                format.dispatchEvent(new Event('change', { bubbles: true }));
             })()",
            );
            page.wait_for("document.querySelector('.export__preview')");
            page.wait_for("document.querySelector('.dialog__body').scrollHeight > document.querySelector('.dialog__body').clientHeight");
            page.wait_for("document.querySelector('.dialog__actions .button--main').getBoundingClientRect().bottom < innerHeight - 8");
        },
    );
}

/// Marks « Moscou », which is chosen then.
fn mark_moscow(page: &Page) {
    page.script("document.querySelector('.hint__close')?.click()");
    page.select_by_script("Moscou");
    page.press(&["l"]);
    page.expect("Moscou".to_string(), || page.chosen_words());
}

/// The classes of those elements that are shown and not wholly within the window's width.
fn out_of_view(page: &Page, selector: &str) -> Vec<String> {
    words(
        page,
        &format!(
            "[...document.querySelectorAll('{selector}')].filter((element) => element.checkVisibility())
                .filter((element) => {{
                    const {{ left, right }} = element.getBoundingClientRect();
                    const {{ scrollWidth, clientWidth }} = element;
                    return left < 0 || right > innerWidth || (scrollWidth > clientWidth + 1 && element.matches('.header__door'));
                }})
                .map((element) => element.className)"
        ),
    )
}

fn words(page: &Page, expression: &str) -> Vec<String> {
    serde_json::from_value(page.script(expression)).expect("a list of words")
}

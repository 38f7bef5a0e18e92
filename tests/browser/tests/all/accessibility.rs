//! axe-core finds nothing in any view, light and dark, wide and narrow.

use std::fs;

use serde_json::json;
use sourcier_browser_tests::bench::{Bench, bench};
use sourcier_browser_tests::page::{Page, Screen, Theme, Visit};

const ALLEGATION: &str = "le pays a été victime de groupes de « bandits » et de « terroristes » \
                          formés à l’étranger";
/// Commands by their names in English, and what shows that their view is there.
const VIEWS: [(&str, &str); 9] = [
    ("Edit the label set", ".schema-editor"),
    ("Add a label", ".new-label"),
    ("Help", ".help"),
    ("Settings", "#setting-theme"),
    ("Your documents", ".documents"),
    ("Edit the article’s details", ".row"),
    ("Export", ".export"),
    ("Draft, complete, reviewed", ".complete__jump"),
    ("Erase everything", ".button--danger"),
];

/// The tabs of the panel, and what shows that each is there.
const TABS: [(&str, &str); 2] = [("Entities", ".entity-list__card"), ("Remarks", ".warning-list__row")];

#[test]
fn nothing_is_wrong_in_light_colours() {
    check_all_views(Theme::Light, Screen::DESKTOP);
}

#[test]
fn nothing_is_wrong_in_dark_colours() {
    check_all_views(Theme::Dark, Screen::DESKTOP);
}

#[test]
fn nothing_is_wrong_on_a_phone() {
    check_all_views(Theme::Light, Screen { touch: false, ..Screen::PHONE });
}

#[test]
fn nothing_is_wrong_on_a_phone_in_the_dark() {
    check_all_views(Theme::Dark, Screen { touch: false, ..Screen::PHONE });
}

#[test]
fn a_violation_would_be_found() {
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        if !inject(bench, &page) {
            return;
        }
        page.script(
            "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"icon.svg\"><input>')",
        );
        let found = violations(&page);
        assert!(found.iter().any(|line| line.starts_with("image-alt")), "{found:?}");
        assert!(found.iter().any(|line| line.starts_with("label")), "{found:?}");
    });
}

fn check_all_views(theme: Theme, screen: Screen) {
    bench(|bench| {
        let page = bench.visit(&Visit { language: "en-GB", theme, screen, ..Visit::default() });
        if !inject(bench, &page) {
            return;
        }
        let mut found = Vec::new();
        let mut check = |view: &str| {
            let lines = violations(&page).into_iter().map(|line| format!("{view}: {line}"));
            found.extend(lines);
        };
        check("first visit");
        fill(&page);
        check("inspector");
        for (tab, there) in TABS {
            page.ask_for(tab);
            page.wait_for(&format!("document.querySelector('{there}')"));
            check(tab);
        }
        // On a phone the panel goes again.
        page.ask_for(TABS[1].0);
        page.press(&["Escape"]);
        page.drag_over("une conférence");
        page.wait_for("document.querySelector('.quick-palette')");
        check("small palette");
        for (command, there) in VIEWS {
            open_view(&page, command, there);
            check(command);
            if page.is("document.querySelector('dialog[open] details')") {
                page.script(
                    "document.querySelectorAll('dialog[open] details').forEach((part) => (part.open = true))",
                );
                check(&format!("{command}, unfolded"));
            }
            page.press(&["Escape"]);
            page.wait_for("!document.querySelector('dialog')");
        }
        page.press(&["Ctrl+k"]);
        page.wait_for("document.querySelector('[role=option]')");
        check("command list");
        assert!(found.is_empty(), "{} violations\n{}", found.len(), found.join("\n"));
    });
}

/// Marks of several kinds, the allegation chosen.
fn fill(page: &Page) {
    for (words, key) in [
        ("Vladimir Poutine", "p"),
        ("Moscou", "l"),
        ("sans avoir apporté de preuves", "j"),
        (ALLEGATION, "a"),
    ] {
        page.drag_over(words);
        page.press(&[key]);
    }
    page.wait_for("document.querySelector('#inspector-note')");
    // Two mentions of one person, one of them chosen.
    page.drag_over("Kassym-Jomart Tokaïev");
    page.press(&["p", "g", "Enter", "y"]);
    page.expect(1, || page.entities().len());
    page.wait_saved();
}

/// Opens a view by the command list.
fn open_view(page: &Page, command: &str, there: &str) {
    page.press(&["Ctrl+k"]);
    page.wait_for("document.activeElement.getAttribute('role') === 'combobox'");
    page.type_text(command);
    page.press(&["Enter"]);
    page.wait_for(&format!("document.querySelector('dialog[open] {there}')"));
}

/// Puts axe-core into the page; `false`, and a line that says why, where it is not to be had.
fn inject(bench: &Bench, page: &Page) -> bool {
    let Some(axe) = &bench.config.axe else {
        sourcier_browser_tests::bench::skip("SOURCIER_AXE is not set: no accessibility rules");
        return false;
    };
    let axe = fs::read_to_string(axe).expect("axe-core");
    page.script_with("(0, eval)(arguments[0])", json!([axe]));
    page.is("window.axe")
}

/// One line for each violation: the rule, then the elements.
fn violations(page: &Page) -> Vec<String> {
    let found = page.script_later(
        "axe.run(document, { resultTypes: ['violations'] }).then(({ violations }) => violations.map((rule) =>
            `${rule.id} (${rule.help}) ${rule.nodes.map((node) => `${node.target} ${
                node.any.concat(node.all, node.none).map((check) => check.message)}`).join(' | ')}`))",
    );
    let text = |line: &serde_json::Value| line.as_str().unwrap_or_default().to_string();
    found.as_array().into_iter().flatten().map(text).collect()
}

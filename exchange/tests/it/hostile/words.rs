//! Scripts, paths, formulas and control characters in every text of a file. A text is a text: it comes in
//! as it stands, is no markup of anything, and leads nowhere.

use super::forms::{FORMS, Syntax};
use super::reading::outcome;

const HOLES: [&str; 7] = ["$LABEL", "$NOTE", "$NAME", "$KIND", "$KEY", "$TITLE", "$FROM"];

const WORDS: [&str; 15] = [
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "javascript:alert(1)",
    "&lt;script&gt;&amp;&#0;",
    "]]><!--",
    "../../etc/passwd",
    "C:\\x\\y",
    "__proto__",
    "=cmd|'/C calc'!A0",
    "{{constructor.constructor('alert(1)')()}}",
    "\u{202e}gnirts\u{202c}",
    "\u{feff}\u{200b}\u{0}",
    "\u{1b}[2J\u{7}",
    "e\u{301}\u{301}\u{301}\u{301}",
    "’; DROP TABLE documents; --",
];

/// Whether the syntax can hold the words at this place at all: the plain ones end a cell at a blank.
fn is_held(syntax: Syntax, words: &str) -> bool {
    match syntax {
        Syntax::Json => true,
        Syntax::Xml => !words.contains(['\u{0}', '\u{1b}', '\u{7}']),
        Syntax::Plain | Syntax::Csv => !words.contains([' ', '\0', '|', '\\', '_', '[', '*']),
    }
}

#[test]
fn words_in_every_place() {
    for form in FORMS {
        for hole in HOLES.into_iter().filter(|hole| form.has(hole)) {
            for words in WORDS.into_iter().filter(|words| is_held(form.syntax, words)) {
                // Some stand where only a number can.
                let content: String = form.files.iter().map(|(_, content)| *content).collect();
                if form.syntax == Syntax::Json && content.contains(&format!(":{hole}")) {
                    continue;
                }
                let name = format!("{words:?} for {hole}");
                let outcome = outcome(&name, form.id, &form.beside_good(form.with(&[(hole, words)])));
                assert_eq!(outcome.format, form.id, "{name}: {outcome:?}");
                assert!(outcome.texts.iter().any(|text| text.trim_end() == "Lui"), "{name}: {outcome:?}");
                if form.has("$LABEL") {
                    assert!(outcome.has("GOOD", "Lui") && outcome.has("ALSO", "Lui"), "{name}: {outcome:?}");
                    let label = if hole == "$LABEL" { words } else { "BAD" };
                    assert!(outcome.has(label, "oui"), "{name}: {}: {:?}", form.id, outcome.annotations);
                }
            }
        }
    }
}

#[test]
fn words_in_the_text() {
    for form in FORMS.into_iter().filter(|form| form.has("$TEXT")) {
        // What was read of a page has white space as HTML has it.
        let is_page = form.id.starts_with("page");
        for words in WORDS {
            let is_zero = words.contains('\0') && !matches!(form.syntax, Syntax::Json);
            let is_in_xml = form.syntax == Syntax::Xml && !is_held(form.syntax, words);
            if is_zero || is_in_xml || is_page && words.contains('\0') {
                continue;
            }
            let text = format!("Lui, 👍 oui.{words}");
            let name = format!("{words:?} in {}", form.id);
            let outcome = outcome(&name, form.id, &form.beside_good(form.with(&[("$TEXT", &text)])));
            assert!(outcome.texts.contains(&text), "{name}: {:?}", outcome.texts);
            assert!(!form.has("$LABEL") || outcome.has("BAD", "oui"), "{name}: {outcome:?}");
        }
    }
}

use std::collections::BTreeMap;

use super::{BINDINGS, Command, Hold, Key, KeyPress, command_of};
use crate::model::schema::RESERVED_KEYS;

fn press(key: &str, code: &str) -> KeyPress {
    KeyPress { key: key.to_string(), code: code.to_string(), ..KeyPress::default() }
}

fn shift(press: KeyPress) -> KeyPress {
    KeyPress { shift: true, ..press }
}

fn ctrl(press: KeyPress) -> KeyPress {
    KeyPress { ctrl: true, ..press }
}

fn alt(press: KeyPress) -> KeyPress {
    KeyPress { alt: true, ..press }
}

fn meta(press: KeyPress) -> KeyPress {
    KeyPress { meta: true, ..press }
}

fn mac(press: KeyPress) -> KeyPress {
    KeyPress { is_mac: true, ..press }
}

/// The command, with `+` where it extends; else the label key; else nothing.
fn meaning(press: &KeyPress) -> String {
    match (command_of(press), press.label_key()) {
        (Some((command, extend)), _) => format!("{}{}", command.name(), if extend { "+" } else { "" }),
        (None, Some(key)) => format!("label {key}"),
        (None, None) => String::new(),
    }
}

fn check(cases: &[(KeyPress, &str)]) {
    for (key_press, expected) in cases {
        assert_eq!(meaning(key_press), *expected, "{key_press:?}");
    }
}

#[test]
fn keys_are_what_is_printed_on_latin_keyboards() {
    check(&[
        (press("p", "KeyP"), "label p"),
        (shift(press("P", "KeyP")), "label p"),
        // Caps Lock.
        (press("P", "KeyP"), "label p"),
        (shift(press("p", "KeyP")), "label p"),
        (press("Z", "KeyZ"), "move-ends"),
        (ctrl(press("Z", "KeyZ")), "undo"),
        // AZERTY: letters by what is printed, digits by place, both without Shift.
        (press("a", "KeyQ"), "label a"),
        (press("m", "Semicolon"), "label m"),
        (press("z", "KeyW"), "move-ends"),
        (ctrl(press("z", "KeyW")), "undo"),
        (ctrl(press("w", "KeyZ")), ""),
        (press("&", "Digit1"), "label 1"),
        (press("é", "Digit2"), "label 2"),
        (press("à", "Digit0"), "label 0"),
        (shift(press("1", "Digit1")), "label 1"),
        (press("-", "Digit6"), "remove-fragment"),
        (shift(press("+", "Equal")), "add-fragment"),
        (press(",", "KeyM"), "previous-annotation"),
        (shift(press("?", "KeyM")), "help"),
        (press(";", "Comma"), "next-annotation"),
        (shift(press(".", "Comma")), "next-annotation"),
        (press("ù", "Quote"), ""),
        // QWERTY.
        (press("1", "Digit1"), "label 1"),
        (shift(press("!", "Digit1")), "label 1"),
        (press("1", "Numpad1"), "label 1"),
        (press("+", "NumpadAdd"), "add-fragment"),
        (press("-", "Minus"), "remove-fragment"),
        (shift(press("_", "Minus")), ""),
        (shift(press(":", "Semicolon")), ""),
        // QWERTZ.
        (press("z", "KeyY"), "move-ends"),
        (press("y", "KeyZ"), "cycle-paragraph"),
        (ctrl(press("z", "KeyY")), "undo"),
        (press("ß", "Minus"), ""),
        // Dvorak: what is printed.
        (press("p", "KeyR"), "label p"),
        (press(",", "KeyW"), "previous-annotation"),
        (press(";", "KeyZ"), "next-annotation"),
        (ctrl(press(";", "KeyZ")), ""),
        // Turkish: the dotless i is a Latin letter of its own.
        (press("ı", "KeyI"), ""),
        (press("i", "Quote"), "inspector"),
    ]);
}

#[test]
fn keys_are_places_on_keyboards_of_other_scripts() {
    check(&[
        // Russian.
        (press("з", "KeyP"), "label p"),
        (shift(press("З", "KeyP")), "label p"),
        (press("я", "KeyZ"), "move-ends"),
        (ctrl(press("я", "KeyZ")), "undo"),
        (press("б", "Comma"), "previous-annotation"),
        (press("ж", "Semicolon"), "next-annotation"),
        (press("ю", "Period"), "next-annotation"),
        (press("э", "Quote"), ""),
        (shift(press("?", "Digit7")), "help"),
        // Arabic.
        (press("ح", "KeyP"), "label p"),
        (press("ض", "KeyQ"), "label q"),
        (press("و", "Comma"), "previous-annotation"),
        (press("لا", "KeyB"), "label b"),
        (press("؟", "Slash"), "help"),
        // Greek.
        (press("π", "KeyP"), "label p"),
        (press("ζ", "KeyZ"), "move-ends"),
        (press(";", "KeyQ"), "next-annotation"),
        (press("ς", "KeyW"), "label w"),
        // Hebrew, where two letter keys give punctuation.
        (press("פ", "KeyP"), "label p"),
        (press("/", "KeyQ"), "label q"),
        (press("'", "KeyW"), "label w"),
        (press("ת", "Comma"), "previous-annotation"),
        (press("ז", "KeyZ"), "move-ends"),
        // Dead keys, and keys with no character.
        (press("Dead", "BracketLeft"), ""),
        (press("Unidentified", ""), ""),
        (press("", ""), ""),
        (press("Shift", "ShiftLeft"), ""),
        (press("F1", "F1"), "help"),
        (press("F2", "F2"), ""),
        (press(" ", "Space"), ""),
    ]);
}

#[test]
fn what_is_held_counts() {
    check(&[
        (ctrl(press("p", "KeyP")), ""),
        (alt(press("p", "KeyP")), ""),
        (meta(press("p", "KeyP")), ""),
        (ctrl(alt(press("z", "KeyZ"))), ""),
        (ctrl(meta(press("z", "KeyZ"))), ""),
        (shift(press("I", "KeyI")), "label i"),
        (shift(press("Z", "KeyZ")), "label z"),
        (ctrl(press("y", "KeyY")), "redo"),
        (ctrl(shift(press("Z", "KeyZ"))), "redo"),
        (ctrl(shift(press("Y", "KeyY"))), ""),
        (ctrl(press("k", "KeyK")), "command-list"),
        (ctrl(press("s", "KeyS")), "export"),
        (press("Enter", "Enter"), "choose-here"),
        (shift(press("Enter", "Enter")), ""),
        (press("ArrowLeft", "ArrowLeft"), "letter-backward"),
        (shift(press("ArrowLeft", "ArrowLeft")), "letter-backward+"),
        (ctrl(press("ArrowRight", "ArrowRight")), "word-forward"),
        (ctrl(shift(press("ArrowRight", "ArrowRight"))), "word-forward+"),
        (alt(press("ArrowDown", "ArrowDown")), "sentence-forward"),
        (alt(shift(press("ArrowUp", "ArrowUp"))), "sentence-backward+"),
        (ctrl(press("ArrowUp", "ArrowUp")), "paragraph-backward"),
        (ctrl(press("Home", "Home")), "document-start"),
        (shift(press("End", "End")), "line-end+"),
        (alt(press("PageDown", "PageDown")), "next-document"),
        // A Mac: ⌘ for Ctrl, ⌥ for words, ⌥⌘ for sentences.
        (mac(meta(press("z", "KeyZ"))), "undo"),
        (mac(meta(shift(press("z", "KeyZ")))), "redo"),
        (mac(ctrl(press("z", "KeyZ"))), ""),
        (mac(alt(press("ArrowLeft", "ArrowLeft"))), "word-backward"),
        (mac(alt(meta(press("ArrowDown", "ArrowDown")))), "sentence-forward"),
        (mac(alt(press("ArrowDown", "ArrowDown"))), "paragraph-forward"),
        (mac(ctrl(press("ArrowLeft", "ArrowLeft"))), ""),
        (mac(alt(press("π", "KeyP"))), ""),
        (mac(press("p", "KeyP")), "label p"),
    ]);
}

#[test]
fn text_that_is_being_written_is_left_alone() {
    for (key, code) in
        [("p", "KeyP"), ("Enter", "Enter"), ("€", "KeyE"), ("+", "Equal"), ("Escape", "Escape")]
    {
        for held in [press(key, code), ctrl(alt(press(key, code))), shift(press(key, code))] {
            let text = KeyPress { is_text: true, ..held };
            assert_eq!(meaning(&text), "", "{text:?}");
        }
    }
}

#[test]
fn no_two_commands_share_a_key() {
    for is_mac in [false, true] {
        let mut taken: BTreeMap<String, Command> = BTreeMap::new();
        for binding in BINDINGS {
            for (hold, key) in binding.keys {
                let held = match hold {
                    Hold::Word => if is_mac { "alt" } else { "primary" }.to_string(),
                    Hold::Sentence => if is_mac { "alt primary" } else { "alt" }.to_string(),
                    hold => format!("{hold:?}").to_lowercase(),
                };
                let other = taken.insert(format!("{held} {key:?}"), binding.command);
                assert_eq!(other, None, "{held} {key:?} also does {:?}", binding.command);
            }
        }
    }
}

#[test]
fn commands_have_names_of_their_own() {
    let mut names: Vec<&str> = BINDINGS.iter().map(|binding| binding.command.name()).collect();
    names.sort_unstable();
    let len = names.len();
    names.dedup();
    assert_eq!(names.len(), len);
}

#[test]
fn the_keys_of_labels_are_free() {
    let of_commands = |char: char| {
        BINDINGS
            .iter()
            .flat_map(|binding| binding.keys)
            .any(|key| matches!(key, (Hold::Nothing, Key::Letter(key) | Key::Typed(key)) if *key == char))
    };
    for char in ('a'..='z').chain('0'..='9').filter(|char| of_commands(*char)) {
        assert!(RESERVED_KEYS.contains(char), "{char} is a command, but free for labels");
    }
    for (name, json) in [
        ("news-claims", include_str!("../../../schemas/news-claims.json")),
        ("ner-conll", include_str!("../../../schemas/ner-conll.json")),
        ("attribution-parc", include_str!("../../../schemas/attribution-parc.json")),
        ("propaganda", include_str!("../../../schemas/propaganda-semeval2020.json")),
    ] {
        let json: serde_json::Value = serde_json::from_str(json).expect("JSON");
        let labels = json["labels"].as_array().expect("labels");
        let mut taken: BTreeMap<char, String> = BTreeMap::new();
        for label in labels {
            let id = label["id"].to_string();
            let Some(key) = label["hotkey"].as_str().and_then(|key| key.chars().next()) else { continue };
            assert!(!of_commands(key), "{name}: {id} has the key {key} of a command");
            let code = format!("Key{}", key.to_ascii_uppercase());
            assert_eq!(meaning(&press(&key.to_string(), &code)), format!("label {key}"), "{name}: {id}");
            assert_eq!(taken.insert(key, id.clone()), None, "{name}: {id} shares {key}");
        }
        assert!(!taken.is_empty(), "{name}");
    }
}

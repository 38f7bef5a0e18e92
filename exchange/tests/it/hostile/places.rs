//! Places that are none: in front of the text, behind it, reversed, empty, in a character, no numbers.

use super::forms::{FORMS, Syntax};
use super::reading::outcome;

const BEYOND: [(&str, &str); 14] = [
    ("-1", "3"),
    ("-3", "-1"),
    ("10", "7"),
    ("7", "7"),
    ("0", "0"),
    ("7", "17"),
    ("17", "18"),
    ("7", "4294967306"),
    ("7", "9007199254740993"),
    ("9007199254740992", "9007199254740993"),
    ("18446744073709551608", "18446744073709551611"),
    ("7", "18446744073709551626"),
    ("7", "99999999999999999999999999999999"),
    ("7.5", "9.5"),
];
const NO_NUMBERS: [(&str, &str); 6] =
    [("1e308", "1e309"), ("-0", "-0"), ("1e0", "1e1"), ("NaN", "Infinity"), ("0x7", "0xA"), ("", "")];
/// In UTF-16: from within the character to its end, and from its start to within.
const IN_A_CHARACTER: [(&str, &str); 3] = [("6", "7"), ("5", "6"), ("6", "11")];

#[test]
fn places_that_are_none() {
    for form in FORMS.into_iter().filter(|form| form.has("$START")) {
        let in_a_character = IN_A_CHARACTER.into_iter().filter(|_| form.is_utf16);
        for (start, end) in BEYOND.into_iter().chain(NO_NUMBERS).chain(in_a_character) {
            let quoted = |place: &str| match form.syntax {
                Syntax::Json if serde_json::from_str::<serde_json::Value>(place).is_err() => {
                    format!("\"{place}\"")
                }
                _ => place.to_owned(),
            };
            let (start, end) = (quoted(start), quoted(end));
            let name = format!("{start} to {end}");
            let files = form.beside_good(form.with(&[("$START", &start), ("$END", &end)]));
            let outcome = outcome(&name, form.id, &files);
            assert_eq!(outcome.format, form.id, "{name}");
            assert!(outcome.has("GOOD", "Lui") && outcome.has("ALSO", "Lui"), "{name}: {outcome:?}");
            assert!(outcome.told > 0, "{name}: {} is silent", form.id);
            // Where the words are stated, they may be found.
            let is_found = outcome.annotations.iter().any(|(label, words)| label == "BAD" && words != "oui");
            assert!(!is_found, "{name}: {outcome:?}");
        }
    }
}

/// A place that is right, in numbers that are written in an unusual way, may be taken or not, but never
/// for another one.
#[test]
fn places_in_other_letters() {
    for form in FORMS.into_iter().filter(|form| form.has("$START") && form.syntax != Syntax::Json) {
        let (start, end) = if form.is_utf16 { (8, 11) } else { (7, 10) };
        for (start, end) in [
            (format!("+{start}"), end.to_string()),
            (format!("00{start}"), format!("0{end}")),
            (format!(" {start}"), end.to_string()),
            (start.to_string(), format!("{end}.0")),
            ("٧".to_owned(), "١٠".to_owned()),
        ] {
            let name = format!("{start} to {end}");
            let files = form.beside_good(form.with(&[("$START", &start), ("$END", &end)]));
            let outcome = outcome(&name, form.id, &files);
            assert!(outcome.has("GOOD", "Lui") && outcome.has("ALSO", "Lui"), "{name}: {outcome:?}");
            assert!(outcome.has("BAD", "oui") || outcome.told > 0, "{name}: {outcome:?}");
            assert!(!outcome.has_label("BAD") || outcome.has("BAD", "oui"), "{name}: {outcome:?}");
        }
    }
}

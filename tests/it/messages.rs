//! The texts of the interface: both languages complete, well written, and used; no text in code.

mod code;
mod typography;

use std::collections::{BTreeMap, BTreeSet};

use sourcier::view_model::messages::{Messages, Piece, UiLanguage, entries, pieces};

use crate::tidy::source::read_all;
use code::{Call, calls, families, literal_keys, words_in_code};

/// Texts that are the same in both languages, and should be.
const SAME_IN_BOTH: [&str; 29] = [
    "entities.identifier-example",
    "export.documents",
    "export.format",
    "import.articles",
    "import.form-docx",
    "inspector.note",
    "key.control",
    "line.double",
    "list.count.one",
    "list.count.other",
    "loss.note",
    "loss.relation",
    "mention.count.one",
    "mention.count.other",
    "palette.count.one",
    "palette.count.other",
    "report.annotation",
    "report.document",
    "schema.add-attribute",
    "schema.attributes",
    "schema.kind-date",
    "settings.language-en",
    "settings.language-fr",
    "side.annotations",
    "side.guidelines",
    "status.annotations.one",
    "status.annotations.other",
    "time.hours",
    "time.minutes",
];

fn catalogue(language: UiLanguage) -> BTreeMap<&'static str, &'static str> {
    entries(language.source()).collect()
}

/// A key without the plural category.
fn base(key: &str) -> &str {
    [".one", ".many", ".other"].iter().find_map(|end| key.strip_suffix(end)).unwrap_or(key)
}

fn names(text: &str) -> BTreeSet<&str> {
    let name = |piece| match piece {
        Piece::Name(name) => Some(name),
        Piece::Words(_) => None,
    };
    pieces(text).filter_map(name).collect()
}

#[track_caller]
fn none(problems: Vec<String>) {
    assert!(problems.is_empty(), "{} problems\n{}\n", problems.len(), problems.join("\n"));
}

#[test]
fn each_line_is_a_text() {
    let mut problems = Vec::new();
    for language in UiLanguage::ALL {
        let mut seen = BTreeSet::new();
        let is_text = |line: &&str| !line.is_empty() && !line.starts_with('#');
        for line in language.source().lines().filter(is_text) {
            let (key, text) = line.split_once(" = ").unwrap_or_default();
            if key.is_empty() || key.contains(' ') || text.trim() != text || text.is_empty() {
                problems.push(format!("{}: not `key = text`: {line}", language.tag()));
            }
            if !seen.insert(key) {
                problems.push(format!("{}: `{key}` is there twice", language.tag()));
            }
        }
    }
    none(problems);
}

#[test]
fn both_languages_have_the_same_texts() {
    let [french, english] = UiLanguage::ALL.map(catalogue);
    let mut problems = Vec::new();
    let bases = |catalogue: &BTreeMap<&'static str, &'static str>| -> BTreeSet<&'static str> {
        catalogue.keys().map(|key| base(key)).collect()
    };
    let (in_french, in_english) = (bases(&french), bases(&english));
    problems.extend(
        in_french.symmetric_difference(&in_english).map(|key| format!("{key}: in one language only")),
    );
    for (key, text) in &french {
        // A plural category that one language has more is compared with the general one.
        let general = format!("{}.other", base(key));
        let Some(other) = english.get(key).or_else(|| english.get(general.as_str())) else { continue };
        if names(text) != names(other) {
            problems.push(format!("{key}: {:?} in French, {:?} in English", names(text), names(other)));
        }
        if (text == other) != SAME_IN_BOTH.contains(key) {
            problems.push(format!("{key}: {text:?} and {other:?}, and SAME_IN_BOTH says otherwise"));
        }
    }
    none(problems);
}

#[test]
fn counted_texts_have_their_forms() {
    let mut problems = Vec::new();
    for language in UiLanguage::ALL {
        let texts = catalogue(language);
        for key in texts.keys().filter(|key| base(key) != **key) {
            for form in ["one", "other"] {
                let form = format!("{}.{form}", base(key));
                if !texts.contains_key(form.as_str()) {
                    problems.push(format!("{}: `{key}` without `{form}`", language.tag()));
                }
            }
        }
    }
    none(problems);
}

#[test]
fn typography() {
    let mut problems = Vec::new();
    for (key, text) in catalogue(UiLanguage::French) {
        problems.extend(
            typography::french(text).into_iter().map(|problem| format!("fr {key}: {problem}: {text}")),
        );
    }
    for (key, text) in catalogue(UiLanguage::English) {
        problems.extend(
            typography::english(text).into_iter().map(|problem| format!("en {key}: {problem}: {text}")),
        );
    }
    none(problems);
}

#[test]
fn each_text_is_used_and_each_used_text_exists() {
    let sources = read_all();
    let texts = catalogue(UiLanguage::French);
    let known: BTreeSet<&str> = texts.keys().map(|key| base(key)).collect();
    let (families, mut problems) = families(&sources);
    let mut used: BTreeSet<String> = families;
    used.extend(literal_keys(&sources, &known));
    for call in sources.iter().flat_map(calls) {
        used.insert(call.key.to_owned());
        problems.extend(check_call(&call, &texts));
    }
    problems.extend(
        used.iter().filter(|key| !known.contains(key.as_str())).map(|key| format!("{key}: no such text")),
    );
    problems
        .extend(known.iter().filter(|key| !used.contains(**key)).map(|key| format!("{key}: nobody uses it")));
    none(problems);
}

/// Whether a call gives the values that its text asks for, no more and no fewer.
fn check_call(call: &Call, texts: &BTreeMap<&str, &str>) -> Option<String> {
    let counted = format!("{}.other", call.key);
    let (text, given) = match call.function {
        "tr_count" => (texts.get(counted.as_str())?, BTreeSet::from(["n"])),
        // The hint is put together from its pieces.
        "tr" if call.key.starts_with("hint.t") => return None,
        _ => (texts.get(call.key)?, call.values.iter().copied().collect()),
    };
    let wanted = names(text);
    (wanted != given).then(|| format!("{}: {} wants {wanted:?}, is given {given:?}", call.place, call.key))
}

#[test]
fn no_text_in_code() {
    none(read_all().iter().flat_map(words_in_code).collect());
}

#[test]
fn values_stand_where_their_names_stood() {
    let check = |text: &str, cut: &str| {
        let shown = pieces(text).map(|piece| match piece {
            Piece::Words(words) => format!("[{words}]"),
            Piece::Name(name) => format!("<{name}>"),
        });
        assert_eq!(shown.collect::<String>(), cut, "{text}");
    };
    check("", "");
    check("words", "[words]");
    check("{a}", "<a>");
    check("«\u{A0}{a}\u{A0}»{b}, {a}", "[«\u{A0}]<a>[\u{A0}»]<b>[, ]<a>");
    check("{a", "[{a]");
    check("é{", "[é][{]");

    let messages = Messages::new(UiLanguage::English);
    let told = messages.format("notice.added", &[("label", "{words}"), ("words", "{label}")]);
    assert_eq!(told, "Added: {words}, “{label}”", "braces in a value stay what they are");
}

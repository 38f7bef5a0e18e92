use std::collections::BTreeSet;
use std::rc::Rc;

use super::{Messages, UiLanguage, entries, place_of};
use crate::model::schema::Localized;

fn messages(source: &'static str) -> Messages {
    let texts = entries(source).map(|(key, text)| (key, Rc::from(text.replace("\\n", "\n"))));
    let mut texts: Vec<(&str, Rc<str>)> = texts.collect();
    texts.sort_unstable();
    Messages { language: UiLanguage::French, texts }
}

#[test]
fn a_catalogue_is_lines_of_key_and_text() {
    let source = "# comment\n\na = b\nwith.dots = c = d\nempty =\n  spaced  =  e \nno text\nlines = f\\ng";
    let found: Vec<(&str, &str)> = entries(source).collect();
    assert_eq!(
        found,
        [("a", "b"), ("with.dots", "c = d"), ("empty", ""), ("  spaced", " e "), ("lines", "f\\ng")]
    );
    assert_eq!(&*messages(source).get("lines"), "f\ng");
    assert_eq!(&*messages(source).get("missing"), "missing");
}

#[test]
fn values_take_the_place_of_their_names() {
    let messages = messages("a = {label} : « {surface} »\nb = {\nc = {x}{x}{y}\nd = {x\ne = } {x}");
    for (key, values, expected) in [
        ("a", vec![("label", "CLAIM"), ("surface", "le ministre")], "CLAIM : « le ministre »"),
        // The words of an article are never names.
        ("a", vec![("label", "{surface}"), ("surface", "{label}")], "{surface} : « {label} »"),
        ("a", vec![("label", "A")], "A : « {surface} »"),
        ("b", vec![("x", "1")], "{"),
        ("c", vec![("x", "1")], "11{y}"),
        ("d", vec![("x", "1")], "{x"),
        ("e", vec![("x", "1")], "} 1"),
        ("missing", vec![("x", "1")], "missing"),
    ] {
        assert_eq!(messages.format(key, &values), expected, "{key} {values:?}");
    }
}

#[test]
fn a_number_takes_the_text_of_its_category() {
    let messages = messages("n.one = {n} annotation\nn.other = {n} annotations\nm.other = {n} mots");
    for (key, category, shown, expected) in [
        ("n", "one", "1", "1 annotation"),
        ("n", "other", "1\u{202F}000", "1\u{202F}000 annotations"),
        ("n", "many", "1000000", "1000000 annotations"),
        ("m", "one", "1", "1 mots"),
        ("missing", "one", "1", "missing.other"),
    ] {
        assert_eq!(messages.count(key, category, shown), expected, "{key} {category}");
    }
}

#[test]
fn the_language_is_chosen_by_its_tag() {
    for (tag, expected) in [
        ("fr", UiLanguage::French),
        ("FR-ca", UiLanguage::French),
        ("fr_BE", UiLanguage::French),
        ("frr", UiLanguage::English),
        ("en-GB", UiLanguage::English),
        ("é", UiLanguage::English),
        ("", UiLanguage::English),
    ] {
        assert_eq!(UiLanguage::from_tag(tag), expected, "{tag:?}");
    }
    for language in UiLanguage::ALL {
        assert_eq!(UiLanguage::from_tag(language.tag()), language);
        assert_eq!(language.other().other(), language);
    }
}

#[test]
fn a_text_of_one_language_serves_both() {
    let both = Localized { fr: Rc::from("oui"), en: Rc::from("yes") };
    let french = Localized { fr: Rc::from("oui"), en: Rc::from("") };
    let english = Localized { fr: Rc::from(""), en: Rc::from("yes") };
    for (language, expected) in
        [(UiLanguage::French, ["oui", "oui", "yes"]), (UiLanguage::English, ["yes", "oui", "yes"])]
    {
        let messages = Messages { language, texts: Default::default() };
        assert_eq!([&both, &french, &english].map(|text| messages.pick(text).to_string()), expected);
    }
}

#[test]
fn both_catalogues_have_the_same_keys_and_names() {
    let names = |text: &str| -> BTreeSet<String> {
        text.split('{')
            .skip(1)
            .filter_map(|part| part.split_once('}'))
            .map(|(name, _)| name.to_string())
            .collect()
    };
    let [french, english] = UiLanguage::ALL.map(|language| entries(language.source()).collect::<Vec<_>>());
    for (one, other) in [(&french, &english), (&english, &french)] {
        let mut keys = BTreeSet::new();
        for (key, text) in one {
            assert!(keys.insert(key), "{key} stands twice");
            let (category_free, category) = key.rsplit_once('.').unwrap_or((key, ""));
            let found = other.iter().find(|(other_key, _)| other_key == key);
            // The languages have categories of their own (`many`), `other` stands in for them.
            let is_extra = ["zero", "one", "two", "few", "many"].contains(&category)
                && other.iter().any(|(key, _)| *key == format!("{category_free}.other"));
            assert!(found.is_some() || is_extra, "{key} is missing in one language");
            if let Some((_, other_text)) = found {
                assert_eq!(names(text), names(other_text), "{key}");
            }
        }
    }
}

#[test]
fn the_table_has_all_texts_of_the_catalogues() {
    for language in UiLanguage::ALL {
        let messages = Messages::new(language);
        let texts: Vec<_> = entries(language.source()).collect();
        assert!(texts.len() > 900);
        assert_eq!(messages.texts.iter().filter(|(_, text)| !text.is_empty()).count(), texts.len());
        for (key, text) in texts {
            let text = text.replace("\\n", "\n");
            assert_eq!((&*messages.get(key), &*messages.at(place_of(key))), (&*text, &*text), "{key}");
        }
    }
}

#[test]
#[should_panic(expected = "no catalogue has this key")]
fn a_key_that_is_missing_has_no_place() {
    place_of("no.such.key");
}

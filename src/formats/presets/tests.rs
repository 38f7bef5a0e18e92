use std::collections::BTreeMap;

use serde_json::Value;

use crate::formats::presets::{PRESETS, default_schema, preset, preset_json};
use crate::formats::schema_json::{decode_schema, encode_schema, read_schema_file, schema_file};
use crate::model::schema::{
    AttributeKind, Choice, Family, FieldKind, LineStyle, Localized, RESERVED_KEYS, Schema,
};

fn json(id: &str) -> Value {
    serde_json::from_str(preset_json(id)).unwrap_or_else(|error| panic!("{id}: {error}"))
}

fn schemas() -> Vec<Schema> {
    PRESETS.iter().map(|id| preset(id).expect("a preset")).collect()
}

#[test]
fn every_preset_reads_without_a_problem_and_comes_out_as_it_went_in() {
    for id in PRESETS {
        let json = json(id);
        let schema =
            decode_schema(&json.clone().into()).unwrap_or_else(|problems| panic!("{id}: {problems:#?}"));
        assert_eq!(&*schema.id, id);
        let encoded = encode_schema(&schema);
        // As text, which holds the order of the keys too.
        let (came_out, went_in) = (encoded.to_string(), json.to_string());
        assert!(came_out == went_in, "{id} comes out otherwise");
        assert_eq!(decode_schema(&encoded).as_ref(), Ok(&schema), "{id}");
    }
    assert_eq!(default_schema(), schemas()[0]);
    assert_eq!(preset("no-such-schema"), None);
}

#[test]
fn every_preset_can_be_a_file_of_its_own() {
    for schema in schemas() {
        let file = schema_file(&schema);
        assert_eq!(file.name, format!("{}-1.0.0.json", schema.id));
        assert_eq!(read_schema_file(&file.bytes), Some(Ok(schema)));
    }
    assert_eq!(read_schema_file(b"{}"), None);
    assert_eq!(read_schema_file(b"[1"), None);
    assert_eq!(read_schema_file(br#"{"format": "sourcier"}"#), None);
    let problems = read_schema_file(br#"{"format": "sourcier-schema"}"#);
    assert_eq!(problems.map(|read| read.is_err()), Some(true));
}

#[test]
fn every_preset_has_its_labels() {
    let check = |id: &str, labels: &str, relations: &str| {
        let schema = preset(id).expect("a preset");
        let found: Vec<&str> = schema.labels.iter().map(|label| label.id.as_str()).collect();
        assert_eq!(found.join(" "), labels);
        let found: Vec<&str> = schema.relations.iter().map(|relation| relation.id.as_str()).collect();
        assert_eq!(found.join(" "), relations);
    };
    check(
        "news-claims",
        "QUOTE CLAIM ALLEGATION CUE EVIDENCE HEDGE LOADED PERSON ORG PLACE DATE EVENT QUANTITY ROLE DOC",
        "SOURCE CUE_OF EVIDENCE_FOR EVIDENCE_AGAINST EVIDENCE_LACKING TARGET ROLE_OF HEDGE_OF",
    );
    check("ner-conll", "PER LOC ORG MISC", "");
    check("attribution-parc", "CONTENT SOURCE CUE", "SOURCE_OF CONTENT_OF");
    check(
        "propaganda-semeval2020",
        "Loaded_Language Name_Calling,Labeling Repetition Exaggeration,Minimisation Doubt \
         Appeal_to_fear-prejudice Flag-Waving Causal_Oversimplification Slogans Appeal_to_Authority \
         Black-and-White_Fallacy Thought-terminating_Cliches Whataboutism,Straw_Men,Red_Herring \
         Bandwagon,Reductio_ad_hitlerum",
        "",
    );
}

#[test]
fn groups_of_mentions_are_for_names_that_can_stand_for_one_thing() {
    let schema = default_schema();
    let found: Vec<&str> =
        schema.labels.iter().filter(|label| label.is_entity).map(|label| label.id.as_str()).collect();
    assert_eq!(found, ["PERSON", "ORG", "PLACE", "EVENT", "DOC"]);
}

#[test]
fn a_claim_and_an_allegation_carry_the_same_attributes() {
    let schema = default_schema();
    let [claim, allegation] =
        ["CLAIM", "ALLEGATION"].map(|id| schema.label(&id.into()).expect("a statement").attributes.clone());
    assert_eq!(claim.len(), allegation.len());
    for (one, other) in claim.into_iter().zip(allegation) {
        // Only the defaults say how the two differ.
        let default = other.default.clone();
        assert_eq!(crate::model::schema::AttributeType { default, ..one }, other);
    }
}

#[test]
fn every_preset_has_the_same_document_fields() {
    let schemas = schemas();
    for schema in &schemas {
        assert_eq!(schema.document_fields, schemas[0].document_fields, "{}", schema.id);
    }
}

#[test]
fn keys_are_free_of_commands_and_of_each_other() {
    for schema in schemas() {
        let mut taken: BTreeMap<char, String> =
            RESERVED_KEYS.chars().map(|key| (key, "a command".to_owned())).collect();
        for label in &schema.labels {
            let key = label.hotkey.unwrap_or_else(|| panic!("{}: no key", label.id));
            assert!(key.is_ascii_lowercase(), "{}: {key}", label.id);
            let earlier = taken.insert(key, label.id.to_string());
            assert_eq!(earlier, None, "{}: {} has {key} too", schema.id, label.id);
        }
        for relation in &schema.relations {
            let key = relation.key.unwrap_or_else(|| panic!("{}: no key", relation.id));
            assert_eq!(taken.get(&key), None, "{}: {} has {key} too", schema.id, relation.id);
        }
    }
}

#[test]
fn a_line_style_returns_only_after_all_were_used() {
    use LineStyle::{Dashed, Dotted, Double, Solid, Wavy};
    for schema in schemas() {
        for group in &schema.groups {
            let counts = [Solid, Double, Dotted, Dashed, Wavy]
                .map(|line| schema.labels_of(&group.id).filter(|label| label.line == line).count());
            let (least, most) = (counts.iter().min().unwrap_or(&0), counts.iter().max().unwrap_or(&0));
            assert!(most - least <= 1, "{} {}: {counts:?}", schema.id, group.id);
        }
    }
}

#[test]
fn the_cards_name_keys_and_labels_as_the_schema_does() {
    for schema in schemas() {
        for (card, is_french) in [(&schema.card.fr, true), (&schema.card.en, false)] {
            let items: Vec<(char, &str)> = card.lines().filter_map(card_item).collect();
            assert!(!items.is_empty(), "{}", schema.id);
            for (key, name) in items {
                let label = schema.label_by_hotkey(key).unwrap_or_else(|| panic!("{}: {key}", schema.id));
                let expected = if is_french { &label.name.fr } else { &label.name.en };
                assert_eq!(name, &**expected, "{}", schema.id);
            }
        }
    }
}

/// The key and name of a line such as ``- `q` **Citation** : …``.
fn card_item(line: &str) -> Option<(char, &str)> {
    let (key, rest) = line.strip_prefix("- `")?.split_once("` **")?;
    Some((key.chars().next()?, rest.split_once("**")?.0))
}

#[test]
fn families_draw_statements_markers_and_names_apart() {
    let found: Vec<(String, Family)> = schemas()
        .iter()
        .flat_map(|schema| &schema.groups)
        .map(|group| (group.id.to_string(), group.family))
        .collect();
    let expected = [
        ("statement", Family::Tint),
        ("marker", Family::Box),
        ("entity", Family::Underline),
        ("name", Family::Underline),
        ("content", Family::Tint),
        ("frame", Family::Box),
        ("technique", Family::Tint),
    ]
    .map(|(id, family)| (id.to_owned(), family));
    assert_eq!(found, expected);
}

/// A text of a schema: where it is, and whether it may be absent.
struct Text<'schema> {
    path: String,
    text: &'schema Localized,
    is_optional: bool,
}

/// Every text that people read.
fn texts(schema: &Schema) -> Vec<Text<'_>> {
    fn add<'schema>(texts: &mut Vec<Text<'schema>>, path: String, text: &'schema Localized) {
        texts.push(Text { path, text, is_optional: false });
    }
    fn add_optional<'schema>(texts: &mut Vec<Text<'schema>>, path: String, text: &'schema Localized) {
        texts.push(Text { path, text, is_optional: true });
    }
    fn add_choices<'schema>(texts: &mut Vec<Text<'schema>>, path: &str, choices: &'schema [Choice]) {
        for choice in choices {
            add(texts, format!("{path} {}", choice.value), &choice.name);
            add_optional(texts, format!("{path} {} help", choice.value), &choice.help);
        }
    }
    let mut all = Vec::new();
    add(&mut all, "name".to_owned(), &schema.name);
    add(&mut all, "card".to_owned(), &schema.card);
    for group in &schema.groups {
        add(&mut all, group.id.to_string(), &group.name);
    }
    for label in &schema.labels {
        let id = &label.id;
        add(&mut all, format!("{id} name"), &label.name);
        add_optional(&mut all, format!("{id} short name"), &label.short_name);
        add(&mut all, format!("{id} definition"), &label.definition);
        add(&mut all, format!("{id} include"), &label.include);
        add(&mut all, format!("{id} exclude"), &label.exclude);
        add(&mut all, format!("{id} example"), &label.example);
        for attribute in &label.attributes {
            let path = format!("{id} {}", attribute.key);
            add(&mut all, path.clone(), &attribute.name);
            add_optional(&mut all, format!("{path} help"), &attribute.help);
            if let AttributeKind::Choice(choices) = &attribute.kind {
                add_choices(&mut all, &path, choices);
            }
        }
    }
    for relation in &schema.relations {
        add(&mut all, format!("{} name", relation.id), &relation.name);
        add(&mut all, format!("{} inverse name", relation.id), &relation.inverse_name);
        add(&mut all, format!("{} reads", relation.id), &relation.reads);
    }
    for field in &schema.document_fields {
        add(&mut all, field.key.to_string(), &field.name);
        add_optional(&mut all, format!("{} help", field.key), &field.help);
        if let FieldKind::Choice(choices) = &field.kind {
            add_choices(&mut all, field.key.as_str(), choices);
        }
    }
    for rule in &schema.rules {
        add(&mut all, rule.id.to_string(), &rule.message);
    }
    all
}

#[test]
fn every_text_is_there_in_both_languages() {
    for schema in schemas() {
        for Text { path, text, is_optional } in texts(&schema) {
            let is_there = [&text.fr, &text.en].map(|text| !text.trim().is_empty());
            assert!(
                is_there == [true, true] || (is_optional && is_there == [false, false]),
                "{} {path}: {text:?}",
                schema.id
            );
        }
    }
}

#[test]
fn names_are_short_enough_for_their_places() {
    /// In code points: a button of a row of choices, and a label of the palette.
    const CHOICE_LEN_MAX: usize = 20;
    const NAME_LEN_MAX: usize = 22;
    for schema in schemas() {
        for label in &schema.labels {
            for (name, short) in
                [(&label.name.fr, &label.short_name.fr), (&label.name.en, &label.short_name.en)]
            {
                let narrow = if short.is_empty() { name } else { short };
                assert!(narrow.chars().count() <= NAME_LEN_MAX, "{} {narrow}", schema.id);
            }
            for attribute in &label.attributes {
                let AttributeKind::Choice(choices) = &attribute.kind else { continue };
                for name in choices.iter().flat_map(|choice| [&choice.name.fr, &choice.name.en]) {
                    assert!(name.chars().count() <= CHOICE_LEN_MAX, "{} {name}", label.id);
                }
            }
        }
    }
}

/// The rules of French typography kept here: ’ for the apostrophe, U+00A0 before a colon and inside
/// « », U+202F before ; ? and !. `None` when all is well.
fn french_fault(text: &str) -> Option<String> {
    const NBSP: char = '\u{a0}';
    const NARROW_NBSP: char = '\u{202f}';
    let characters: Vec<char> = text.chars().collect();
    for (idx, character) in characters.iter().enumerate() {
        let before = idx.checked_sub(1).map(|idx| characters[idx]);
        let after = characters.get(idx + 1).copied();
        let is_right = match character {
            '\'' | '"' | '“' | '”' => false,
            ':' => before == Some(NBSP),
            ';' | '?' | '!' => before == Some(NARROW_NBSP),
            '«' => after == Some(NBSP),
            '»' => before == Some(NBSP),
            '.' => !(before == Some('.') || after == Some('.')),
            '\u{a0}' | '\u{202f}' => {
                before.is_some_and(|c| !c.is_whitespace()) && after.is_some_and(|c| !c.is_whitespace())
            }
            ' ' => before != Some(' ') && after.is_some_and(|c| c != '\n'),
            _ => true,
        };
        if !is_right {
            let from = idx.saturating_sub(15);
            return Some(characters[from..(idx + 2).min(characters.len())].iter().collect());
        }
    }
    None
}

#[test]
fn french_is_perfectly_set() {
    let check = |text: &str, is_right: bool| assert_eq!(french_fault(text).is_none(), is_right, "{text:?}");
    check("l'État", false);
    check("l’État", true);
    check("Preuve : aucune", false);
    check("Preuve\u{a0}: aucune", true);
    check("Qui le dit ?", false);
    check("Qui le dit\u{a0}?", false);
    check("Qui le dit\u{202f}?", true);
    check("« que »", false);
    check("«\u{a0}que\u{a0}»", true);
    check("...", false);
    for schema in schemas() {
        for Text { path, text, .. } in texts(&schema) {
            assert_eq!(french_fault(&text.fr), None, "{} {path}", schema.id);
        }
    }
}

#[test]
fn english_has_curly_quotes() {
    for schema in schemas() {
        for Text { path, text, .. } in texts(&schema) {
            assert!(!text.en.contains(['\'', '"']), "{} {path}: {}", schema.id, text.en);
            assert!(!text.en.contains(".."), "{} {path}: {}", schema.id, text.en);
            let open = text.en.matches('“').count();
            assert_eq!(open, text.en.matches('”').count(), "{} {path}: {}", schema.id, text.en);
        }
    }
}

#[test]
fn examples_show_the_marked_words_in_brackets() {
    for schema in schemas() {
        for label in &schema.labels {
            for text in [&label.example.fr, &label.example.en] {
                let (open, close) = (text.matches('[').count(), text.matches(']').count());
                assert!(open > 0 && open == close, "{} {}: {text}", schema.id, label.id);
            }
        }
    }
}

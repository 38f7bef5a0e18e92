//! Files that stay as they are, byte for byte. `UPDATE_GOLDEN=1` writes them anew.

use std::path::Path;
use std::rc::Rc;

use serde_json::json;

use crate::edit::state::State;
use crate::formats::Content;
use crate::formats::json::tests::support::{CONTENTS, TIME_MS, content_of, exported, marked, opened};
use crate::model::annotation::{Annotation, AnnotationOrigin, Certainty};
use crate::model::ids::{AnnotationId, AttributeKey, EntityId, FieldKey};
use crate::model::schema::AttributeValue;
use crate::text::samples::ARTICLE;

/// Everything that has broken offsets before: a leading space, U+FEFF, a joined family, CR LF,
/// combining marks, Arabic, Chinese, soft hyphens, a character beyond the first plane.
const HARD: &str = " \u{FEFF}Titre\r\n\r\n👨\u{200D}👩\u{200D}👧 dit « e\u{301}te\u{301} » : قال الوزير، 部长说谎。\
    co\u{AD}opé\u{AD}ra\u{AD}tion 𝒜 fin\r\n";

#[test]
fn golden_files() {
    for content in CONTENTS {
        let suffix = match content {
            Content::WithText => "",
            Content::WithoutText => "-without-text",
            Content::OffsetsOnly => "-offsets-only",
        };
        check(&format!("article{suffix}"), &article(), content);
        check(&format!("hard{suffix}"), &hard(), content);
    }
    check("empty", &marked("", &[]), Content::WithText);
    check("empty-without-text", &marked("", &[]), Content::WithoutText);
}

fn check(name: &str, state: &State, content: Content) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/data/native/{name}.json"));
    let json = exported(state, content);
    if std::env::var_os("UPDATE_GOLDEN").is_some() {
        std::fs::write(&path, &json).expect("the golden file can be written");
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    assert!(json == golden, "{name} differs; UPDATE_GOLDEN=1 writes it anew\n{json}");
    let opened = opened(&golden, Some(&state.document.text));
    assert_eq!(content_of(&opened.state), content_of(state), "{name}");
}

/// Nested, crossing, touching and discontinuous annotations of the sample article.
fn article() -> State {
    let mut state = marked(
        ARTICLE,
        &[
            ("CLAIM", "la transition en cours était une « affaire interne » du Kazakhstan"),
            ("QUOTE", "affaire interne"),
            ("PERSON", "Kassym-Jomart Tokaïev"),
            ("CUE", "|a|-t-il |ajouté|"),
            ("ALLEGATION", "le pays a été victime de groupes de « bandits »"),
            ("PERSON", "groupes de « bandits » et de « terroristes » formés à l’étranger"),
            ("QUOTE", "bandits"),
            ("EVIDENCE", "sans avoir apporté de preuves"),
        ],
    );
    let fields = [("agency", "AFP"), ("language", "fr"), ("title", "Moscou : « soutien »")];
    state.fields =
        Rc::new(fields.map(|(key, text)| (FieldKey::from(key), AttributeValue::Text(Rc::from(text)))).into());
    state.modified_ms = Some(TIME_MS + 86_400_000);
    edit(&mut state, "a4", |annotation| {
        let attribute = |text: &str| AttributeValue::Text(Rc::from(text));
        annotation.attributes.insert(AttributeKey::from("evidence_status"), attribute("no_evidence"));
        annotation.attributes.insert(AttributeKey::from("weight"), AttributeValue::Number(3.0));
        annotation.attributes.insert(AttributeKey::from("share"), AttributeValue::Number(0.25));
        annotation.attributes.insert(AttributeKey::from("is_core"), AttributeValue::Flag(true));
        annotation.by_hand.insert(AttributeKey::from("evidence_status"));
        annotation.note = Rc::from("Qui le dit ?\nVoir « preuves ».");
        annotation.certainty = Certainty::Unsure;
    });
    edit(&mut state, "a2", |annotation| {
        annotation.entity = Some(EntityId::from("e-tokaiev"));
        annotation.provenance.origin = AnnotationOrigin::Imported;
        annotation.provenance.changed_ms += 61_001;
        annotation.extra = Some(Rc::new([("score".to_owned(), json!(0.5))].into_iter().collect()));
    });
    state
}

fn hard() -> State {
    marked(
        HARD,
        &[
            ("CLAIM", HARD),
            ("PERSON", "👨\u{200D}👩\u{200D}👧"),
            ("CUE", "|dit| « |e\u{301}te\u{301}| » : |قال|"),
            ("PERSON", "部长"),
            ("CLAIM", "部长说谎"),
            ("CLAIM", "co\u{AD}opé\u{AD}ra\u{AD}tion 𝒜 fin\r\n"),
            ("CUE", "\u{FEFF}Titre\r\n"),
        ],
    )
}

fn edit(state: &mut State, id: &str, change: impl FnOnce(&mut Annotation)) {
    let found = state.annotations.get(&AnnotationId::from(id)).expect("the annotation is there");
    let mut annotation = found.as_ref().clone();
    change(&mut annotation);
    state.annotations.insert(Rc::new(annotation));
}

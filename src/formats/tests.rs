use std::rc::Rc;

use crate::edit::state::State;
use crate::formats::presets::default_schema;
use crate::formats::{Content, ExportError, ExportOptions, export};
use crate::model::document::Document;
use crate::model::ids::{AnnotatorId, DocumentId, FieldKey};
use crate::model::schema::AttributeValue;

fn state(title: &str) -> State {
    let document = Document::new(DocumentId::from("d1"), Rc::from("Le texte."), 0);
    let mut state = State::new(Rc::new(document), Rc::new(default_schema()));
    let title = (FieldKey::from("title"), AttributeValue::Text(Rc::from(title)));
    state.fields = Rc::new([title].into());
    state
}

fn options() -> ExportOptions {
    let annotator_id = AnnotatorId::from("u1");
    ExportOptions { content: Content::WithText, annotator_id, annotator_name: None }
}

#[test]
fn another_format_is_refused() {
    let unknown = ExportError::UnknownFormat { id: Rc::from("brat") };
    assert_eq!(export("brat", &state(""), &options()), Err(unknown), "the worker writes it");
}

#[test]
fn files_are_named_by_the_title() {
    let cases = [
        ("Moscou : « soutien » à l’allié", "Moscou-soutien-à-l-allié.sourcier.json"),
        ("../../etc/passwd", "etc-passwd.sourcier.json"),
        ("CON\\aux?*<>|", "CON-aux.sourcier.json"),
        ("部长说谎", "部长说谎.sourcier.json"),
        ("…", "d1.sourcier.json"),
        ("", "d1.sourcier.json"),
    ];
    for (title, name) in cases {
        let files = export("json", &state(title), &options()).expect("a small state can be exported");
        assert_eq!(files[0].name, name);
    }
    let long = export("json", &state(&"é".repeat(500)), &options()).expect("a title has any length");
    assert_eq!(long[0].name, format!("{}.sourcier.json", "é".repeat(60)));
}

use std::rc::Rc;

use crate::edit::state::State;
use crate::formats::native_file;
use crate::formats::presets::default_schema;
use crate::model::document::Document;
use crate::model::ids::{DocumentId, FieldKey};
use crate::model::schema::AttributeValue;

fn state(title: &str) -> State {
    let document = Document::new(DocumentId::from("d1"), Rc::from("Le texte."), 0);
    let mut state = State::new(Rc::new(document), Rc::new(default_schema()));
    let title = (FieldKey::from("title"), AttributeValue::Text(Rc::from(title)));
    state.fields = Rc::new([title].into());
    state
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
        assert_eq!(native_file(&state(title), Vec::new()).name, name);
    }
    let long = native_file(&state(&"é".repeat(500)), Vec::new());
    assert_eq!(long.name, format!("{}.sourcier.json", "é".repeat(60)));
}

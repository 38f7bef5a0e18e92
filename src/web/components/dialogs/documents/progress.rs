//! How far a document is, as the list and the exports call it.

use yew::AttrValue;

use crate::model::schema::{FieldKind, Schema};
use crate::web::i18n::{pick, tr};
use crate::web::library::Entry;

/// The state of a document that nobody has edited.
const TO_DO: &str = "to-do";
/// The state of one that was edited and of which nothing else is said.
const DRAFT: &str = "draft";

/// How far a document is: a draft that nobody edited is still to be done.
pub fn state_of(entry: &Entry) -> &str {
    match (entry.status.as_str(), entry.modified_ms) {
        ("" | DRAFT, None) => TO_DO,
        ("", Some(_)) => DRAFT,
        (status, _) => status,
    }
}

/// The states that occur, each once.
pub fn states_of(entries: &[Entry]) -> Vec<&str> {
    let mut states: Vec<&str> = entries.iter().map(state_of).collect();
    crate::sorted::sort_unique(&mut states);
    states
}

pub fn state_name(schema: &Schema, state: &str) -> AttrValue {
    if state == TO_DO {
        return tr("documents.to-do");
    }
    let field = schema.document_fields.iter().find(|field| field.key.as_str() == "status");
    let choice = field.and_then(|field| match &field.kind {
        FieldKind::Choice(choices) => choices.iter().find(|choice| *choice.value == *state),
        _ => None,
    });
    choice.map_or_else(|| AttrValue::from(state.to_owned()), |choice| pick(&choice.name))
}

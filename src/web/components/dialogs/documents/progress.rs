//! How far a document is, as the list and the exports call it.

use yew::AttrValue;

use crate::edit::commands::status::DRAFT;
use crate::model::schema::{FieldKind, Schema};
use crate::web::i18n::{pick, tr};
use crate::web::library::Entry;

/// The state of a document that nobody has worked on.
const TO_DO: &str = "to-do";

/// How far a document is: a draft in which nothing is annotated or seen is still to be done, whatever it is
/// called.
pub fn state_of(entry: &Entry) -> &str {
    match entry.status.as_str() {
        "" | DRAFT if entry.annotations == 0 && entry.paragraphs_done == 0 => TO_DO,
        "" => DRAFT,
        status => status,
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
        return tr!("documents.to-do");
    }
    let field = schema.document_fields.iter().find(|field| field.key.as_str() == "status");
    let choice = field.and_then(|field| match &field.kind {
        FieldKind::Choice(choices) => choices.iter().find(|choice| *choice.value == *state),
        _ => None,
    });
    choice.map_or_else(|| AttrValue::from(state.to_owned()), |choice| pick(&choice.name))
}

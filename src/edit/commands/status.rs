//! How far the work on the document is: draft, complete, reviewed, as the schema's field of that
//! name has it. Saying “complete” is never refused; what is still open is told.

use std::rc::Rc;

use crate::edit::commands::change::set_field;
use crate::edit::commands::choose::choose;
use crate::edit::commands::paragraph::{go_to_unseen, unseen_from, unseen_paragraphs};
use crate::edit::commands::{CommandContext, CommandResult};
use crate::edit::notice::{Effect, Notice, Refusal};
use crate::edit::state::State;
use crate::model::document::field_text;
use crate::model::ids::FieldKey;
use crate::model::schema::{AttributeValue, Choice, FieldKind};

/// The key of the field.
pub const STATUS: &str = "status";
/// The value of work that is neither complete nor reviewed.
pub const DRAFT: &str = "draft";
/// The value that asks whether something is still open.
pub const COMPLETE: &str = "complete";

/// The values that the schema has, in their order; none in a schema without the field.
pub fn statuses(state: &State) -> &[Choice] {
    match state.schema.field(&FieldKey::from(STATUS)).map(|field| &field.kind) {
        Some(FieldKind::Choice(choices)) => choices,
        _ => &[],
    }
}

/// The value of the document: the first one where nothing was said.
pub fn status(state: &State) -> Option<Rc<str>> {
    let said = field_text(&state.fields, STATUS).map(Rc::from);
    said.or_else(|| Some(statuses(state).first()?.value.clone()))
}

/// The value after the document's, round past the last.
pub fn next_status(state: &State) -> Result<Rc<str>, Refusal> {
    let (statuses, now) = (statuses(state), status(state));
    let next =
        statuses.iter().position(|choice| Some(&choice.value) == now.as_ref()).map_or(0, |idx| idx + 1);
    let next = statuses.get(next).or(statuses.first());
    next.map(|choice| choice.value.clone()).ok_or(Refusal::NoStatus)
}

/// Says how far the work is.
pub fn set_status(state: &State, ctx: &CommandContext<'_>, value: &str) -> CommandResult {
    let text = AttributeValue::Text(Rc::from(value));
    let effect = set_field(state, ctx, &FieldKey::from(STATUS), Some(text))?;
    Ok(Effect { notice: Some(Notice::Status { value: Rc::from(value) }), ..effect })
}

/// Whether something is left to look at: a remark, or a paragraph that nobody has seen.
pub fn is_open(state: &State) -> bool {
    unseen_paragraphs(state) > 0 || !state.warned().is_empty()
}

/// Goes to the first thing in the text that is left to look at. O(paragraphs).
pub fn go_to_first_open(state: &State, ctx: &CommandContext<'_>) -> CommandResult {
    let remark = state.warned().nth(0).map(|remark| &remark.annotation);
    let paragraphs = state.document.index.blocks.paragraphs();
    let unseen = unseen_from(state, 0);
    let is_unseen_first = match (unseen, remark) {
        (Some(unseen), Some(remark)) => paragraphs[unseen].end() <= remark.target.start(),
        (unseen, None) => unseen.is_some(),
        (None, Some(_)) => false,
    };
    match (unseen, remark) {
        (Some(unseen), _) if is_unseen_first => Ok(go_to_unseen(state, ctx, unseen)),
        (_, Some(remark)) => choose(state, ctx, &remark.id),
        _ => Err(Refusal::NoWarning),
    }
}

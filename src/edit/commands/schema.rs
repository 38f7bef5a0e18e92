//! Changing the schema: a whole draft, one more label, the notes of the team. Each is one step.

use std::rc::Rc;

use crate::edit::commands::annotate::check_policy;
use crate::edit::commands::{CommandContext, CommandResult, surface, user_transaction};
use crate::edit::notice::{Effect, Notice, Refusal};
use crate::edit::schema_change::SchemaDraft;
use crate::edit::schema_change::labels::NewLabel;
use crate::edit::schema_change::plan::{Plan, focus_after, plan};
use crate::edit::schema_change::preparing::{Prepared, prepare};
use crate::edit::state::{Focus, Selection, State};
use crate::edit::transaction::{Change, Edit, Origin, Transaction, UserEvent};
use crate::model::annotation::{Annotation, Target};
use crate::text::snap::snap_to_graphemes;

/// Makes the draft the schema of the work. Refused where the work has another schema by now.
pub fn change_schema(state: &State, ctx: &CommandContext<'_>, draft: &SchemaDraft) -> CommandResult {
    change_as_prepared(state, ctx, draft, None)
}

/// As [`change_schema`], with what the draft does, where that was worked out.
pub fn change_as_prepared(
    state: &State,
    ctx: &CommandContext<'_>,
    draft: &SchemaDraft,
    prepared: Option<Prepared>,
) -> CommandResult {
    if !draft.is_of(&state.schema) {
        return Err(Refusal::SchemaDiffers);
    }
    if !draft.is_changed() {
        return Ok(Effect::default());
    }
    let prepared = prepared.filter(|prepared| prepared.is_of(state));
    let Prepared { schema, edits, preview, .. } =
        prepared.unwrap_or_else(|| prepare(state, draft, ctx.time_ms));
    let focus = Some(focus_after(state, &schema));
    let (event, origin, time_ms) = (UserEvent::ChangeSchema, Origin::User, ctx.time_ms);
    let transaction = Transaction { edits, focus, event, origin, time_ms, active_ms: 0 };
    Ok(Effect::new(transaction, Notice::SchemaChanged { preview }))
}

/// Adds a label and gives it to the selected words, or holds it ready where none are selected or
/// the schema forbids it here.
pub fn add_label(state: &State, ctx: &mut CommandContext<'_>, new: NewLabel) -> CommandResult {
    let mut draft = SchemaDraft::new(state.schema.clone());
    let id = draft.add_label(new).map_err(Refusal::Draft)?;
    let Plan { schema, mut edits } = plan(state, &draft, ctx.time_ms);
    let after = State { schema: schema.clone(), ..state.clone() };
    let label = schema.label(&id).ok_or(Refusal::Internal)?;
    let span = state.selected_span().and_then(|span| snap_to_graphemes(&state.document.text, span));
    let target = span.map(Target::span).filter(|target| check_policy(&after, label, target, None).is_ok());
    let mut focus = focus_after(state, &schema);
    let notice = match target {
        Some(target) => {
            let annotation =
                Annotation::new(ctx.ids.annotation(), label, target, ctx.annotator.clone(), ctx.time_ms);
            let surface = surface(state, &annotation.target);
            let selection = focus.selection.map(|selection| Selection::caret(selection.head));
            focus = Focus { chosen: Some(annotation.id.clone()), selection, ..focus };
            edits.push(Edit::Annotation(Change::added(Rc::new(annotation))));
            Notice::Added { label: id, surface }
        }
        None => {
            focus.armed = Some(id.clone());
            Notice::LabelAdded { label: id }
        }
    };
    Ok(Effect::new(user_transaction(state, edits, focus, UserEvent::ChangeSchema, ctx.time_ms), notice))
}

/// Writes the notes of the team on the schema, in Markdown.
pub fn set_guidelines(state: &State, ctx: &CommandContext<'_>, guidelines: &str) -> CommandResult {
    let mut draft = SchemaDraft::new(state.schema.clone());
    draft.set_guidelines(guidelines).map_err(Refusal::Draft)?;
    change_schema(state, ctx, &draft)
}

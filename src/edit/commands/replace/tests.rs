use std::rc::Rc;

use crate::edit::commands::replace::replace_work;
use crate::edit::commands::{CommandContext, Snap};
use crate::edit::derive::complete;
use crate::edit::editor::Editor;
use crate::edit::tests::support::state_under;
use crate::edit::transaction::UserEvent;
use crate::formats::presets::default_schema;
use crate::journal::tests::worked;
use crate::model::annotation::{Annotation, Target};
use crate::model::ids::{AnnotatorId, AttributeKey, IdSource, LabelId};
use crate::model::schema::AttributeValue;
use crate::text::span::{TextOffset, TextSpan};

#[test]
fn the_work_of_a_file_is_taken_over_in_one_step() {
    let (mut has_links, mut has_paragraphs) = (false, false);
    for seed in 0..30 {
        let mut editor: Editor = worked(seed, 80).editor;
        let (before, other) = (editor.state().clone(), worked(seed + 500, 80).editor.state().clone());
        has_links |= !before.relations.is_empty() && other.relations.len() > 1 && !other.entities.is_empty();
        has_paragraphs |= before.paragraphs != other.paragraphs && before.schema != other.schema;
        let (mut ids, annotator) = (IdSource::new(1), AnnotatorId::from("u1"));
        let ctx =
            CommandContext { time_ms: 99_000_000, ids: &mut ids, annotator: &annotator, snap: Snap::Words };
        let effect = replace_work(&before, &ctx, &other).expect("never refused");
        let transaction = effect.transaction.expect("two works differ");
        assert_eq!(transaction.event, UserEvent::Replace);
        let steps = editor.history().done().len();
        editor.dispatch(&transaction).unwrap_or_else(|error| panic!("seed {seed}: {error:?}"));
        let mut taken_over = editor.state().clone();
        assert_eq!((taken_over.modified_ms, editor.history().done().len()), (Some(99_000_000), steps + 1));
        taken_over.modified_ms = other.modified_ms;
        assert!(taken_over.same_work(&other), "seed {seed}");
        assert!(taken_over.timing == before.timing, "seed {seed}");
        // And back, by one undo.
        let undo = editor.undo(99_000_001).expect("a step");
        editor.dispatch(&undo).unwrap_or_else(|error| panic!("seed {seed}: {error:?}"));
        assert!(editor.state().same_work(&before), "seed {seed}");
        assert!(replace_work(&other, &ctx, &other).expect("never refused").transaction.is_none());
    }
    assert!(has_links && has_paragraphs);
}

/// What a file says of a value that the schema computes counts: it is not computed anew.
#[test]
fn the_values_of_a_file_are_not_computed_anew() {
    let before = state_under("« Il a menti hier soir »", default_schema());
    let label = before.schema.label(&LabelId::from("QUOTE")).expect("the label").clone();
    let key = AttributeKey::from("quote_kind");
    let span = TextSpan::new(TextOffset(0), TextOffset(before.document.text.len() as u32)).expect("words");
    let (mut ids, annotator) = (IdSource::new(1), AnnotatorId::from("u1"));
    let mut quote = Annotation::new(ids.annotation(), &label, Target::span(span), annotator.clone(), 1);
    quote.attributes.insert(key.clone(), AttributeValue::Text(Rc::from("odd")));
    let mut other = before.clone();
    other.annotations.insert(Rc::new(quote));
    let ctx = CommandContext { time_ms: 2, ids: &mut ids, annotator: &annotator, snap: Snap::Words };
    let effect = replace_work(&before, &ctx, &other).expect("never refused");
    let edits = effect.transaction.expect("an annotation is new").edits;
    let (after, _) = before.apply(&edits).expect("the edits fit");
    assert!(after.annotations == other.annotations);
    // As an edit of a person's it would have got another value.
    let completed = complete(&before, edits, 2);
    let (completed, _) = before.apply(&completed).expect("the edits fit");
    let value = completed.annotations.nth(0).and_then(|quote| quote.attributes.get(&key).cloned());
    assert!(value.is_some_and(|value| value != AttributeValue::Text(Rc::from("odd"))));
}

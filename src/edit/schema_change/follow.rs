//! Bringing a document up to a schema that was changed in another document of the same project.

use std::rc::Rc;

use crate::edit::schema_change::{Move, SchemaDraft};
use crate::model::ids::{AttributeKey, LabelId, RelationTypeId};
use crate::model::schema::{Schema, SchemaChange};

/// What was changed in `newer` since it was `older`, oldest first; `None` where it is another schema,
/// or did not come from this one.
pub fn changes_since<'s>(newer: &'s Schema, older: &Schema) -> Option<&'s [SchemaChange]> {
    if newer.id != older.id {
        return None;
    }
    let since = match older.changes.last() {
        None => 0,
        Some(last) => newer.changes.iter().rposition(|change| change == last)? + 1,
    };
    Some(&newer.changes[since..])
}

impl SchemaDraft {
    /// A draft that puts a later version of `base` in its place and does to the work what was done
    /// where the versions between were made: labels and values that were merged, annotations and links
    /// that were removed. A split is not in the log label by label: its annotations keep their label.
    pub fn following(base: Rc<Schema>, newer: Schema) -> SchemaDraft {
        let changes = changes_since(&newer, &base).unwrap_or_default();
        let codes = changes.iter().flat_map(|change| &change.what);
        let moves: Vec<Move> = codes.filter_map(|code| move_of(code)).collect();
        SchemaDraft { logged: moves.len(), moves, ..SchemaDraft::replacing(base, newer) }
    }
}

/// The move that an entry of the log tells of.
fn move_of(code: &str) -> Option<Move> {
    let mut words = code.split(' ');
    let (name, mut next) = (words.next()?, || words.next());
    Some(match name {
        "merge-label" => Move::Relabel { from: LabelId::from(next()?), to: LabelId::from(next()?) },
        "remove-annotations" => Move::Remove { label: LabelId::from(next()?) },
        "merge-value" => Move::Value {
            label: LabelId::from(next()?),
            key: AttributeKey::from(next()?),
            from: Rc::from(next()?),
            to: Rc::from(next()?),
        },
        "remove-links" => Move::RemoveLinks { kind: RelationTypeId::from(next()?) },
        _ => return None,
    })
}

//! The change log of a schema: what is different, as codes and ids, and the next version.

use std::rc::Rc;

use crate::edit::schema_change::{Move, SchemaDraft};
use crate::model::schema::{
    AttributeKind, AttributeType, Choice, ITEM_COUNT_MAX, Label, Localized, Schema, SchemaChange,
};

impl SchemaDraft {
    /// The schema with its next version and an entry in its log; as it is where nothing changed.
    pub(super) fn finished(&self, time_ms: u64) -> Schema {
        let mut schema = self.schema.clone();
        let what = self.codes();
        if what.is_empty() {
            return schema;
        }
        schema.version = next_version(&schema.version);
        schema.changes.push(SchemaChange { version: schema.version.clone(), time_ms, what });
        // A file with more would not be read again.
        let extra = schema.changes.len().saturating_sub(ITEM_COUNT_MAX);
        schema.changes.drain(..extra);
        schema
    }

    /// What is different from the start, and what was said to happen to the work.
    fn codes(&self) -> Vec<Rc<str>> {
        let (before, after) = (self.start.as_ref(), &self.schema);
        let mut codes: Vec<String> = self.moves[self.logged..].iter().map(move_code).collect();
        let parts = [
            ("schema", before.name != after.name),
            ("card", before.card != after.card),
            ("policy", before.policy != after.policy),
            ("guidelines", before.guidelines != after.guidelines),
        ];
        codes
            .extend(parts.iter().filter(|(_, is_other)| *is_other).map(|(part, _)| format!("change-{part}")));
        compare(&mut codes, ("group", ""), &before.groups, &after.groups, |group| (&group.id.0, &group.name));
        compare(&mut codes, ("label", ""), &before.labels, &after.labels, label_name);
        for label in &after.labels {
            if let Some(old) = before.label(&label.id) {
                label_codes(&mut codes, old, label);
            }
        }
        let relations = (&before.relations, &after.relations);
        compare(&mut codes, ("relation", ""), relations.0, relations.1, |kind| (&kind.id.0, &kind.name));
        let fields = (&before.document_fields, &after.document_fields);
        compare(&mut codes, ("field", ""), fields.0, fields.1, |field| (&field.key.0, &field.name));
        codes.truncate(ITEM_COUNT_MAX);
        codes.into_iter().map(Rc::from).collect()
    }
}

/// The version with its last number one higher: `1.0.9` leads to `1.0.10`.
pub(super) fn next_version(version: &str) -> Rc<str> {
    let (head, last) = version.rsplit_once('.').map_or(("", version), |(head, last)| (head, last));
    let next = last.parse::<u64>().ok().and_then(|number| number.checked_add(1));
    Rc::from(match (next, head) {
        (Some(next), "") => next.to_string(),
        (Some(next), head) => format!("{head}.{next}"),
        (None, _) => format!("{version}.1"),
    })
}

fn move_code(step: &Move) -> String {
    match step {
        Move::Relabel { from, to } => format!("merge-label {from} {to}"),
        Move::Remove { label } => format!("remove-annotations {label}"),
        Move::Split { label, key, .. } => format!("split-label {label} {key}"),
        Move::Value { label, key, from, to } => format!("merge-value {label} {key} {from} {to}"),
        Move::RemoveLinks { kind } => format!("remove-links {kind}"),
    }
}

/// What is different about a label beside its name, which [`compare`] tells, and its attributes.
fn label_codes(codes: &mut Vec<String>, before: &Label, after: &Label) {
    if before.retired != after.retired {
        codes.push(format!("{} {}", if after.retired { "retire-label" } else { "unretire-label" }, after.id));
    }
    compare(codes, ("attribute", after.id.as_str()), &before.attributes, &after.attributes, |attribute| {
        (&attribute.key.0, &attribute.name)
    });
    for attribute in &after.attributes {
        if let Some(old) = before.attribute(&attribute.key) {
            let of = format!("{} {}", after.id, attribute.key);
            compare(codes, ("value", &of), choices(old), choices(attribute), |choice| {
                (&choice.value, &choice.name)
            });
        }
    }
}

fn label_name(label: &Label) -> (&Rc<str>, &Localized) {
    (&label.id.0, &label.name)
}

fn choices(attribute: &AttributeType) -> &[Choice] {
    match &attribute.kind {
        AttributeKind::Choice(choices) => choices,
        _ => &[],
    }
}

/// Tells what of a list was added, removed, renamed, changed, or put in another order.
fn compare<T: PartialEq>(
    codes: &mut Vec<String>,
    kind: (&str, &str),
    before: &[T],
    after: &[T],
    id_and_name: fn(&T) -> (&Rc<str>, &Localized),
) {
    let (old, new): (Vec<_>, Vec<_>) =
        (before.iter().map(id_and_name).collect(), after.iter().map(id_and_name).collect());
    compare_named(codes, kind, &old, &new, &|old, new| before[old] == after[new]);
}

/// As [`compare`], on ids and names; `is_same` says whether two entries, by their places, are the
/// same in all else too. Not generic, so that there is one of it.
fn compare_named(
    codes: &mut Vec<String>,
    (what, of): (&str, &str),
    before: &[(&Rc<str>, &Localized)],
    after: &[(&Rc<str>, &Localized)],
    is_same: &dyn Fn(usize, usize) -> bool,
) {
    let of = if of.is_empty() { String::new() } else { format!("{of} ") };
    let mut tell =
        |verb: &str, id: &str| codes.push(format!("{verb}-{what} {of}{id}").trim_end().to_string());
    let place =
        |items: &[(&Rc<str>, &Localized)], id: &Rc<str>| items.iter().position(|(other, _)| *other == id);
    for (idx, (id, name)) in after.iter().enumerate() {
        match place(before, id) {
            None => tell("add", id),
            Some(old) if before[old].1 != *name => tell("rename", id),
            Some(old) if !is_same(old, idx) => tell("change", id),
            Some(_) => {}
        }
    }
    let mut kept = Vec::new();
    for (id, _) in before {
        match place(after, id) {
            Some(idx) => kept.push(idx),
            None => tell("remove", id),
        }
    }
    if !kept.is_sorted() {
        tell("reorder", "");
    }
}

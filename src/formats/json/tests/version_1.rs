//! A file of version 1, as that version wrote it: its relations and entities, which it passed on
//! unread, are taken up, and nothing of it is lost.

use serde_json::Value;

use crate::formats::Content;
use crate::formats::json::tests::support::{exported, opened};

const FILE: &str = include_str!("../../../../tests/data/native/version-1.json");

fn parsed(json: &str) -> Value {
    serde_json::from_str(json).expect("JSON")
}

#[test]
fn a_file_of_version_1_can_be_opened() {
    let opened = opened(FILE, None);
    assert!(opened.unplaced.is_empty() && opened.moved.is_empty());
    let told: Vec<String> = opened
        .problems
        .iter()
        .map(|problem| format!("{:?} {:?} {:?}", problem.annotation, problem.fact, problem.remedy))
        .collect();
    let expected = [
        "None Entity { entity: 1, fact: Missing { key: \"id\" } } Kept",
        "None Entity { entity: 2, fact: NotAnObject } Kept",
        "None Relation { relation: 2, fact: UnknownEnd { key: \"from\", id: \"a-nowhere\" } } Kept",
        "None Relation { relation: 4, fact: NotAnObject } Kept",
        "None UnknownRelationType { kind: RelationTypeId(\"ABOUT\"), count: 1 } Accepted",
        "Some(1) UnknownEntity { entity: EntityId(\"e-minister\") } Default",
    ];
    assert_eq!(told, expected);
    assert_eq!((opened.state.relations.len(), opened.state.entities.len()), (3, 2));
}

#[test]
fn nothing_of_it_is_lost() {
    let first = opened(FILE, None);
    let json = exported(&first.state, Content::WithText);
    let (before, after) = (parsed(FILE), parsed(&json));
    assert_eq!(after["formatVersion"], 2);
    for (key, value) in before.as_object().expect("an object") {
        match key.as_str() {
            "formatVersion" => {}
            "entities" | "relations" => {
                let waiting = ["unplacedEntities", "unplacedRelations"].map(|key| &after[key]);
                for entry in value.as_array().expect("a list") {
                    let lists = [&after[key], waiting[0], waiting[1]];
                    let mut kept = lists.into_iter().filter_map(Value::as_array).flatten();
                    assert!(kept.any(|kept| says_all_of(kept, entry)), "{entry}");
                }
            }
            "document" => assert!(says_all_of(&after[key], value), "{}", after[key]),
            _ => assert_eq!(&after[key], value, "{key}"),
        }
    }
    // And from now on it is a file like all others.
    let again = opened(&json, None);
    let facts: Vec<String> = again.problems.iter().map(|problem| format!("{:?}", problem.fact)).collect();
    assert_eq!(facts, ["UnknownRelationType { kind: RelationTypeId(\"ABOUT\"), count: 1 }"]);
    assert_eq!(exported(&again.state, Content::WithText), json);
}

/// Whether each member of `before` is in `after`; the two are equal where they are no objects. Who
/// works at this browser is in the file if someone edited it.
fn says_all_of(after: &Value, before: &Value) -> bool {
    match (after.as_object(), before.as_object()) {
        (Some(after), Some(before)) => before.iter().all(|(key, value)| after.get(key) == Some(value)),
        _ => after == before,
    }
}

//! Structure that is not as it should be: what fits is taken, the rest is told and never an error.

use serde_json::{Value, json};

use crate::formats::Content;
use crate::formats::json::tests::support::{exported, marked, opened};
use crate::formats::json::{Fact, Opened, Remedy};
use crate::model::structure::PART_COUNT_MAX;

/// 0-5, 7-10, 11-15; the last letter is no ASCII.
const TEXT: &str = "Titre\n\nUn.\nFiné";

fn file_with(structure: Value) -> Value {
    let json = exported(&marked(TEXT, &[]), Content::WithText);
    let mut file: Value = serde_json::from_str(&json).expect("JSON");
    file["document"]["structure"] = structure;
    file
}

/// How many parts are there, were left out, and wait for a newer version.
fn counts(opened: &Opened) -> [usize; 3] {
    let told = |remedy: Remedy| {
        let found = opened.problems.iter().filter(|problem| problem.remedy == remedy);
        let counts = found.map(|problem| match &problem.fact {
            Fact::Parts { count } => *count,
            other => panic!("{other:?}"),
        });
        counts.sum()
    };
    [opened.state.document.structure.parts().len(), told(Remedy::LeftOut), told(Remedy::Kept)]
}

#[test]
fn hostile_structure_is_told_and_left_out() {
    let quote = |start: Value, end: Value| json!({"start": start, "end": end, "kind": "quote"});
    let link = |address: Value| json!({"start": 0, "end": 2, "kind": "link", "address": address});
    let heading = |level: Value| json!({"start": 0, "end": 5, "kind": "heading", "level": level});
    let item = |number: Value| json!({"start": 0, "end": 5, "kind": "item", "level": 1, "number": number});
    for (structure, expected) in [
        (json!(null), [0, 0, 0]),
        (json!([]), [0, 0, 0]),
        (json!("all"), [0, 1, 0]),
        (json!([7, null, [], {}, {"kind": 7}]), [0, 5, 0]),
        (json!([quote(json!(0), json!(5)), quote(json!(7), json!(15))]), [2, 0, 0]),
        (
            json!([quote(json!(5), json!(0)), quote(json!(0), json!(0)), quote(json!(-1), json!(5))]),
            [0, 3, 0],
        ),
        (
            json!([quote(json!(0), json!(1.5)), quote(json!("0"), json!(5)), quote(json!(0), json!(1e300))]),
            [0, 3, 0],
        ),
        (
            json!([
                quote(json!(0), json!(16)),
                quote(json!(0), json!(u64::MAX)),
                quote(json!(0), json!(null))
            ]),
            [0, 3, 0],
        ),
        (json!([quote(json!(0), json!(10)), quote(json!(7), json!(15))]), [1, 1, 0]),
        (json!([heading(json!(6)), heading(json!(1))]), [1, 1, 0]),
        (
            json!([heading(json!(0)), heading(json!(257)), heading(json!("1")), heading(json!(null))]),
            [0, 4, 0],
        ),
        (json!([item(json!(0))]), [1, 0, 0]),
        (json!([item(json!(-1))]), [1, 0, 0]),
        (json!([link(json!("https://example.org"))]), [1, 0, 0]),
        (json!([link(json!("javascript:alert(1)")), link(json!(7)), link(json!(""))]), [0, 3, 0]),
        (json!([{"kind": "table", "rows": 3}, quote(json!(0), json!(5)), {"kind": ""}]), [1, 0, 2]),
    ] {
        let file = file_with(structure.clone());
        let first = opened(&file.to_string(), None);
        assert_eq!(counts(&first), expected, "{structure}");
        assert_eq!(&*first.state.document.text, TEXT);
        // What was taken comes out, and after it what waits.
        let export = exported(&first.state, Content::WithText);
        let again = opened(&export, None);
        assert_eq!(counts(&again), [expected[0], 0, expected[2]], "{structure}");
        assert_eq!(exported(&again.state, Content::WithText), export);
    }
}

#[test]
fn a_million_parts_are_bounded() {
    let part = json!({"start": 0, "end": 1, "kind": "link", "address": "https://example.org"});
    let first = opened(&file_with(vec![part; 1_000_000].into()).to_string(), None);
    assert_eq!(counts(&first), [1, 999_999, 0]);
    assert!(first.state.document.structure.parts().len() <= PART_COUNT_MAX);
}

#[test]
fn another_text_has_no_structure() {
    let mut file = file_with(json!([{"start": 0, "end": 5, "kind": "quote"}, {"kind": "table"}]));
    file["document"]["text"] = json!("Autre\n\nUn.\nFin.");
    let first = opened(&file.to_string(), None);
    let told: Vec<_> =
        first.problems.iter().filter(|problem| matches!(problem.fact, Fact::Parts { .. })).collect();
    assert_eq!(
        (told.len(), &told[0].fact, &told[0].remedy),
        (1, &Fact::Parts { count: 2 }, &Remedy::LeftOut)
    );
    assert!(first.state.document.structure.is_empty());
}

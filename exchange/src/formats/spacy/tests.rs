use super::*;
use crate::formats::text_rows::samples::{drawn_rows, file};
use crate::problems::ProblemKind;
use crate::samples::mutate::check_mutations;
use crate::samples::{check_golden, check_round_trip};
use crate::shared::tokens::is_white;

#[test]
fn golden_files() {
    check_golden("spacy", &Options::default());
}

#[test]
fn everything_returns() {
    check_round_trip("spacy", CARRIES, |content| {
        content.trim_spans(is_white);
        content.without_title();
    });
}

#[test]
fn damaged_files_do_no_harm() {
    check_mutations("spacy", 150);
}

#[test]
fn rows_in_all_forms() {
    for (rows, expected) in [
        (r#"{"text":"L’ONU","entities":[[2,5,"ORG"]]}"#, "L’ONU ORG=ONU"),
        (r#"["L’ONU",{"entities":[[2,5,"ORG"]]}]"#, "L’ONU ORG=ONU"),
        (r#"[["L’ONU",{"entities":[[2,5,"ORG"]]}],["Oui",{"entities":[]}]]"#, "L’ONU ORG=ONU|Oui"),
        (r#"[{"text":"L’ONU","entities":[]}]"#, "L’ONU"),
        ("{\"text\":\"a\",\"entities\":[]}\r\n\r\n{\"text\":\"b\",\"entities\":[]}", "a|b"),
        ("\u{FEFF}{\"text\":\"a\",\"ents\":[{\"start\":0,\"end\":1,\"label\":\"X\"}]}", "a X=a"),
        (
            r#"{"text":"a b","ents":[],"spans":{"sc":[{"start":2,"end":3,"label":"X","kb_id":"Q1"}]}}"#,
            "a b X=b@http://www.wikidata.org/entity/Q1",
        ),
        // UTF-16, as the words tell.
        (r#"{"text":"𝒜 b","spans":[{"start":3,"end":4,"label":"X","text":"b"}]}"#, "𝒜 b X=b"),
        // The same span twice, and another one.
        (
            r#"{"text":"a b","entities":[[0,1,"X"],[2,3,"Y"]],"spans":[{"start":0,"end":1,"label":"X"}]}"#,
            "a b X=a Y=b",
        ),
        (
            r#"{"text":"a b","spans":[{"start":0,"end":3,"fragments":[[0,1],[2,3]],"label":"X"}]}"#,
            "a b X=a…b",
        ),
        // Parts that are none of the whole.
        (
            r#"{"text":"a b","spans":[{"start":0,"end":3,"fragments":[[2,3],[0,1]],"label":"X"}]}"#,
            "a b X=a b",
        ),
    ] {
        let (drawn, problems) = drawn_rows("spacy", rows);
        assert_eq!((drawn.as_str(), problems.len()), (expected, 0), "{rows}");
    }
}

#[test]
fn rows_that_are_wrong() {
    use ProblemKind::{BadOffsets, DanglingId, Malformed, Missing};
    for (row, kind) in [
        (r#"{"text":"ab","entities":[[1,0,"X"]]}"#, BadOffsets),
        (r#"{"text":"ab","entities":[[-1,1,"X"]]}"#, BadOffsets),
        (r#"{"text":"ab","entities":[[0,3,"X"]]}"#, BadOffsets),
        (r#"{"text":"ab","entities":[[0,1.5,"X"]]}"#, BadOffsets),
        (r#"{"text":"ab","entities":[[0,99999999999999999999,"X"]]}"#, BadOffsets),
        (r#"{"text":"ab","entities":[["0",1,"X"]]}"#, BadOffsets),
        (r#"{"text":"ab","entities":[[0,1]]}"#, Missing),
        (r#"{"text":"ab","entities":7}"#, Malformed),
        (r#"{"text":"ab","entities":[null]}"#, Missing),
        (r#"{"text":"ab","entities":[],"relations":[{"type":"X","from":"a"}]}"#, DanglingId),
        (r#"{"text":"ab","entities":[],"relations":[7]}"#, Missing),
        (r#"{"text":"ab""#, Malformed),
        (r#"{"text":7,"entities":[]}"#, Missing),
        (r#"{"entities":[]}"#, Missing),
        ("7", Missing),
    ] {
        let rows = format!("{{\"text\":\"a\",\"entities\":[]}}\n{row}\n{{\"text\":\"c\",\"entities\":[]}}\n");
        let (drawn, problems) = drawn_rows("spacy", &rows);
        assert_eq!(problems, [(kind, Some(2))], "{row}");
        assert!(drawn.starts_with('a') && drawn.ends_with('c'), "{row}");
    }
}

#[test]
fn deep_nesting_is_told() {
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    let (drawn, problems) = drawn_rows("spacy", &format!("{deep}\n{{\"text\":\"a\"}}\n"));
    assert_eq!((drawn.as_str(), problems), ("a", vec![(ProblemKind::Malformed, Some(1))]));
}

#[test]
fn files_are_known_by_their_first_row() {
    for (rows, expected) in [
        (r#"{"text":"a","entities":[[0,1,"X"]]}"#, Likeness::Certain),
        (r#"{"text":"a","entities":[]}"#, Likeness::Possible),
        (r#"{"text":"a","ents":[]}"#, Likeness::Certain),
        (r#"[["a",{"entities":[[0,1,"X"]]}]]"#, Likeness::Certain),
        (r#"{"text":"a"}"#, Likeness::No),
        (r#"{"text":"a","entities":[{"id":1,"start_offset":0,"end_offset":1,"label":"X"}]}"#, Likeness::No),
        ("Le ministre", Likeness::No),
        ("", Likeness::No),
    ] {
        assert_eq!(recognise(&file("x.jsonl", rows)), expected, "{rows}");
    }
}

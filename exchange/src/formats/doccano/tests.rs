use super::*;
use crate::formats::recognise;
use crate::formats::text_rows::samples::{drawn_rows, file};
use crate::problems::ProblemKind;
use crate::samples::mutate::check_mutations;
use crate::samples::{check_golden, check_round_trip, export_of, sample};

#[test]
fn golden_files() {
    check_golden("doccano", &Options::default());
    check_golden("doccano-relations", &Options::default());
}

#[test]
fn all_that_is_carried_returns() {
    check_round_trip("doccano", SPANS.carries, |content| content.without_title());
    check_round_trip("doccano-relations", RELATIONS.carries, |content| content.without_title());
}

#[test]
fn damaged_files_do_no_harm() {
    check_mutations("doccano", 60);
    check_mutations("doccano-relations", 60);
}

#[test]
fn ids_are_unlike_each_other_in_the_whole_file() {
    let states = ["annotated", "linked", "empty"].map(sample);
    let options = Options { is_project: true, project: "Deux".into(), ..Options::default() };
    let exported = export_of("doccano-relations", &states.each_ref(), options);
    assert_eq!(exported.files[0].path, "Deux.jsonl");
    let text = String::from_utf8(exported.files[0].bytes.clone()).unwrap();
    let mut ids = Vec::new();
    for line in text.lines() {
        let row: Value = sourcier::json::from_str(line).unwrap();
        let entity_ids: Vec<&Value> =
            row["entities"].as_array().unwrap().iter().map(|it| &it["id"]).collect();
        for relation in row["relations"].as_array().unwrap() {
            assert!(entity_ids.contains(&&relation["from_id"]) && entity_ids.contains(&&relation["to_id"]));
            ids.push(relation["id"].as_u64().unwrap());
        }
        ids.extend(entity_ids.iter().map(|id| id.as_u64().unwrap()));
    }
    let count = ids.len();
    ids.sort();
    ids.dedup();
    assert_eq!(ids.len(), count);
}

#[test]
fn examples_in_all_forms() {
    for (rows, expected) in [
        (r#"{"id":7,"text":"L’ONU","label":[[2,5,"ORG"]],"Comments":[]}"#, "L’ONU ORG=ONU"),
        (r#"{"text":"L’ONU","labels":[[2,5,"ORG"]]}"#, "L’ONU ORG=ONU"),
        (r#"{"text":"L’ONU","label":[{"start_offset":2,"end_offset":5,"label":"ORG"}]}"#, "L’ONU ORG=ONU"),
        (
            r#"{"text":"a b","entities":[{"id":4,"start_offset":0,"end_offset":1,"label":"X"},{"id":5,"start_offset":2,"end_offset":3,"label":"Y"}],"relations":[{"id":9,"from_id":5,"to_id":4,"type":"R"}]}"#,
            "a b X=a Y=b R(5,4)",
        ),
        (r#"{"text":"a","entities":[],"relations":[]}"#, "a"),
    ] {
        let (drawn, problems) = drawn_rows("doccano", rows);
        assert_eq!((drawn.as_str(), problems), (expected, vec![]), "{rows}");
    }
    for (row, kind) in [
        (r#"{"text":"a","label":[[0,2,"X"]]}"#, ProblemKind::BadOffsets),
        (r#"{"text":"a","label":["X"]}"#, ProblemKind::Missing),
        (r#"{"text":"a","label":"X"}"#, ProblemKind::Malformed),
    ] {
        assert_eq!(drawn_rows("doccano", row), ("a".to_owned(), vec![(kind, Some(1))]), "{row}");
    }
}

#[test]
fn files_are_known_by_their_first_row() {
    for (row, expected) in [
        (r#"{"text":"a","label":[[0,1,"X"]]}"#, Some("doccano")),
        (r#"{"text":"a","label":[]}"#, Some("doccano")),
        (r#"{"text":"a","label":["positive"]}"#, Some("text")),
        (
            r#"{"text":"a","entities":[{"id":1,"start_offset":0,"end_offset":1,"label":"X"}]}"#,
            Some("doccano-relations"),
        ),
        (r#"{"text":"a","entities":[],"relations":[]}"#, Some("doccano-relations")),
        (r#"{"text":"a","entities":[[0,1,"X"]]}"#, Some("spacy")),
        (r#"{"text":"a","spans":[],"_view_id":"spans_manual"}"#, Some("prodigy")),
    ] {
        assert_eq!(recognise(&[file("x.jsonl", row)]).map(|reader| reader.id), expected, "{row}");
    }
}

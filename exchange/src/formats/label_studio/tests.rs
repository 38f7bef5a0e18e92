use serde_json::{Value, json};

use super::WRITTEN;
use crate::draft::Draft;
use crate::formats::recognise;
use crate::import::InFile;
use crate::options::Options;
use crate::problems::{Problem, ProblemKind};
use crate::samples::mutate::check_mutations;
use crate::samples::{
    SAMPLES, as_input, check_golden, check_round_trip, export_of, opened_draft, read, sample,
};

#[test]
fn golden_files() {
    check_golden("label-studio", &Options::default());
}

#[test]
fn what_is_written_comes_back() {
    check_round_trip("label-studio", WRITTEN.carries, |content| {
        content.without_carriage_returns();
        // The document is called as its file is.
        content.fields.retain(|(key, _)| key != "title");
    });
}

#[test]
fn damaged_files_are_read_or_told() {
    check_mutations("label-studio", 80);
}

/// As the validator of Label Studio and its page have it.
#[test]
fn the_tasks_are_as_label_studio_wants_them() {
    let states = SAMPLES.map(sample);
    let options = Options { is_project: true, project: "Tout".to_owned(), ..Options::default() };
    let exported = export_of("label-studio", &states.each_ref(), options);
    let tasks: Value = serde_json::from_slice(&exported.files[0].bytes).unwrap();
    let config = String::from_utf8(exported.files[1].bytes.clone()).unwrap();
    let has = |name: &str, value: &str| config.contains(&format!("{name}=\"{value}\""));
    assert_eq!(tasks.as_array().unwrap().len(), states.len());
    for task in tasks.as_array().unwrap() {
        let text: Vec<char> = task["data"]["text"].as_str().unwrap().chars().collect();
        assert!(!text.contains(&'\r'));
        let result = task["annotations"][0]["result"].as_array().unwrap();
        for entry in result {
            if entry["type"] == "relation" {
                let is_there = |id: &Value| result.iter().any(|entry| entry["id"] == *id);
                assert!(is_there(&entry["from_id"]) && is_there(&entry["to_id"]));
                assert!(has("value", entry["labels"][0].as_str().unwrap()));
                continue;
            }
            assert!(has("name", entry["from_name"].as_str().unwrap()), "{entry}");
            let value = &entry["value"];
            let place = |key: &str| value[key].as_u64().unwrap() as usize;
            let words: String = text[place("start")..place("end")].iter().collect();
            match entry["type"].as_str().unwrap() {
                "labels" => {
                    assert_eq!(value["text"], words);
                    assert!(has("value", value["labels"][0].as_str().unwrap()));
                }
                "choices" => assert!(has("value", value["choices"][0].as_str().unwrap()), "{entry}"),
                _ => {}
            }
        }
    }
    // The configuration alone tells a text key; the project comes back.
    let (drafts, problems) = read("label-studio", &as_input(&exported));
    assert_eq!((drafts.len(), &problems[..]), (4, &[][..]));
    assert_eq!(recognise(&as_input(&exported)).map(|reader| reader.id), Some("label-studio"));
}

const TEXT: &str = "👍 Moscou\ndit non";

fn region(id: &str, start: Value, end: Value, words: &str, label: &str) -> Value {
    json!({"id": id, "from_name": "ner", "to_name": "t", "type": "labels",
        "value": {"start": start, "end": end, "text": words, "labels": [label]}})
}

fn read_task(task: &Value) -> (Vec<Draft>, Vec<Problem>) {
    let file = InFile { path: "x.json".to_owned(), bytes: task.to_string().into_bytes() };
    read("label-studio", &[file])
}

#[test]
fn foreign_tasks_are_read() {
    let a = region("a", json!(2), json!(8), "Moscou", "LOC");
    let b = region("b", json!(2), json!(12), "Moscou\\ndit", "CLAIM");
    // UTF-16 units, as old exports count.
    let (old_a, old_b) = (
        region("a", json!(3), json!(9), "Moscou", "LOC"),
        region("b", json!(3), json!(13), "Moscou\\ndit", "CLAIM"),
    );
    let choice = json!({"id": "b", "from_name": "status", "to_name": "t", "type": "choices",
        "value": {"start": 2, "end": 12, "choices": ["no", "yes"]}});
    let left =
        json!({"type": "relation", "from_id": "b", "to_id": "a", "direction": "left", "labels": ["OF"]});
    let whole = json!({"id": "z", "from_name": "genre", "to_name": "t", "type": "choices", "value": {"choices": ["news"]}});
    let result = json!([a, choice, left, whole, b]);
    for (name, task, problem_count) in [
        ("list", json!([{"data": {"text": TEXT}, "annotations": [{"result": result}]}]), 1),
        ("one", json!({"data": {"body": TEXT, "x": "y"}, "annotations": [{"result": result}]}), 1),
        ("old", json!([{"data": {"text": TEXT}, "completions": [{"result": result}]}]), 1),
        (
            "UTF-16",
            json!([{"data": {"text": TEXT}, "annotations": [{"result": [old_a, old_b, choice, left, whole]}]}]),
            1,
        ),
        (
            "two people",
            json!([{"data": {"text": TEXT}, "annotations": [
                {"was_cancelled": true, "result": []}, {"result": result}, {"result": []}]}]),
            2,
        ),
        (
            "predictions",
            json!([{"data": {"text": TEXT}, "annotations": [], "predictions": [{"result": result}]}]),
            1,
        ),
    ] {
        let (mut drafts, problems) = read_task(&task);
        assert_eq!((drafts.len(), problems.len()), (1, problem_count), "{name}: {problems:?}");
        let draft = drafts.remove(0);
        assert_eq!(draft.fields["genre"].as_str(), Some("news"));
        let (opened, problems) = opened_draft(draft, &sample("empty"));
        assert_eq!(problems, [], "{name}");
        let state = &opened.state;
        let found: Vec<(&str, &str)> = state
            .annotations
            .iter()
            .map(|annotation| (annotation.label.as_str(), state.document.slice(annotation.target.envelope())))
            .collect();
        assert_eq!(found, [("CLAIM", "Moscou\ndit"), ("LOC", "Moscou")], "{name}");
        let relation = state.relations.iter().next().unwrap();
        assert_eq!(relation.from.as_str(), state.annotations.nth(1).unwrap().id.as_str(), "{name}");
    }
}

/// Where places lead nowhere, the words are looked for.
#[test]
fn words_outside_of_the_text_are_found() {
    for (start, end) in [(json!(u64::MAX), json!(u64::MAX)), (json!(900), json!(906)), (json!(4), json!(900))]
    {
        let result = json!([region("a", start, end, "Moscou", "LOC")]);
        let (mut drafts, _) =
            read_task(&json!([{"data": {"text": TEXT}, "annotations": [{"result": result}]}]));
        let (opened, problems) = opened_draft(drafts.remove(0), &sample("empty"));
        assert_eq!((opened.state.annotations.len(), &problems[..]), (1, &[][..]));
        let annotation = opened.state.annotations.nth(0).unwrap();
        assert_eq!(opened.state.document.slice(annotation.target.envelope()), "Moscou");
    }
}

#[test]
fn a_long_text_hides_no_regions() {
    let text = format!("{TEXT}{}", "x".repeat(100_000));
    let task = json!([{"data": {"text": text}, "annotations": [{"result": [region("a", json!(2), json!(8), "Moscou", "LOC")]}]}]);
    let (drafts, problems) = read_task(&task);
    assert_eq!((drafts[0].annotations.len(), &problems[..]), (1, &[][..]));
}

#[test]
fn hostile_tasks_are_told() {
    for (start, end) in [
        (json!(-1), json!(3)),
        (json!(5), json!(2)),
        (json!(3), json!(3)),
        (json!("0"), json!("2")),
        (json!(0), json!(1e300)),
        (json!(0), json!(9_007_199_254_740_993_u64)),
    ] {
        let task = json!([{"data": {"text": TEXT}, "annotations": [{"result": [region("a", start, end, "", "X")]}]}]);
        let (mut drafts, mut problems) = read_task(&task);
        let (opened, told) = opened_draft(drafts.remove(0), &sample("empty"));
        problems.extend(told);
        assert_eq!((opened.state.annotations.len(), problems[0].kind), (0, ProblemKind::BadOffsets));
    }
    let double = region("a", json!(0), json!(1), "👍", "X");
    let lost = json!({"id": "q", "from_name": "c", "type": "choices", "value": {"start": 0, "end": 1, "choices": ["x"]}});
    let box_ = json!({"id": "r", "type": "rectanglelabels", "value": {"x": 1}});
    let link = json!({"type": "relation", "from_id": "a", "to_id": "nowhere"});
    let result = json!([double, double, lost, box_, link, 7, null, "x"]);
    let (mut drafts, problems) =
        read_task(&json!([{"data": {"text": TEXT}, "annotations": [{"result": result}]}, {}, 7]));
    let kinds: Vec<ProblemKind> = problems.iter().map(|problem| problem.kind).collect();
    assert!(kinds.contains(&ProblemKind::DanglingId) && kinds.contains(&ProblemKind::Missing));
    let (opened, problems) = opened_draft(drafts.remove(0), &sample("empty"));
    let kinds: Vec<ProblemKind> = problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(
        (opened.state.annotations.len(), &kinds[..]),
        (1, &[ProblemKind::DuplicateId, ProblemKind::DanglingId][..])
    );
}

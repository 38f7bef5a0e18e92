use super::*;
use crate::draft::Draft;
use crate::formats::text_rows::samples::{drawn_rows, file};
use crate::problems::ProblemKind;
use crate::samples::mutate::check_mutations;
use crate::samples::{SAMPLES, check_golden, check_round_trip, read as read_as, sample, with_text};
use crate::shared::tokens::is_white;

#[test]
fn golden_files() {
    check_golden("prodigy", &Options::default());
}

#[test]
fn everything_returns() {
    check_round_trip("prodigy", CARRIES, |content| {
        content.trim_spans(is_white);
        content.without_title();
    });
}

#[test]
fn damaged_files_do_no_harm() {
    check_mutations("prodigy", 100);
}

#[test]
fn tokens_make_the_text() {
    let texts = [
        "",
        " ",
        "a",
        "  a",
        " a  b ",
        "a\n\nb",
        "a \n b",
        "a\u{A0}b",
        "\u{FEFF}a",
        "a \n",
        "« L’ONU »",
        " \u{200B} ",
    ];
    let states = SAMPLES.map(sample);
    let long: Vec<&str> = states.iter().map(|state| &*state.document.text).collect();
    for text in texts.iter().chain(&long) {
        let state = with_text(sample("empty"), text);
        let task = task(Work { state: &state, stem: "d" }, &mut Losses::default());
        let mut made = String::new();
        let tokens = task["tokens"].as_array().unwrap();
        for (id, token) in tokens.iter().enumerate() {
            assert_eq!(token["id"].as_u64(), Some(id as u64));
            assert_eq!(token["start"].as_u64(), Some(made.chars().count() as u64));
            made.push_str(token["text"].as_str().unwrap());
            assert_eq!(token["end"].as_u64(), Some(made.chars().count() as u64));
            assert!(!token["text"].as_str().unwrap().is_empty());
            made.push_str(if token["ws"].as_bool() == Some(true) { " " } else { "" });
        }
        assert_eq!(made, **text);
    }
}

#[test]
fn spans_name_their_tokens() {
    for name in SAMPLES {
        let state = sample(name);
        let task = task(Work { state: &state, stem: "d" }, &mut Losses::default());
        let token = |idx: &Value| &task["tokens"][idx.as_u64().unwrap() as usize];
        for span in task["spans"].as_array().unwrap() {
            assert_eq!(token(&span["token_start"])["start"], span["start"], "{name}");
            assert_eq!(token(&span["token_end"])["end"], span["end"], "{name}");
        }
        for relation in task["relations"].as_array().unwrap() {
            assert_eq!(relation["head"], relation["head_span"]["token_end"], "{name}");
            assert_eq!(relation["child"], relation["child_span"]["token_end"], "{name}");
        }
    }
}

#[test]
fn tasks_in_all_forms() {
    let spans = r#""spans":[{"start":0,"end":1,"label":"X","token_start":0,"token_end":0},{"start":2,"end":3,"label":"Y","token_start":1,"token_end":1}]"#;
    for (relations, expected) in [
        (r#"[{"head":0,"child":1,"label":"R"}]"#, "a b X=a Y=b R(#1,#2)"),
        (
            r#"[{"head":9,"child":9,"label":"R","head_span":{"start":2,"end":3,"label":"Y"},"child_span":{"start":0,"end":1,"label":"X"}}]"#,
            "a b X=a Y=b R(#2,#1)",
        ),
        (r#"[{"head":1,"child":0,"label":"COREF"}]"#, "a b X=a Y=b SAME_AS(#2,#1)"),
        ("[]", "a b X=a Y=b"),
        ("null", "a b X=a Y=b"),
    ] {
        let (drawn, problems) =
            drawn_rows("prodigy", &format!("{{\"text\":\"a b\",{spans},\"relations\":{relations}}}"));
        assert_eq!((drawn.as_str(), problems), (expected, vec![]));
    }
    for (relations, kind) in [
        (r#"[{"head":5,"child":1,"label":"R"}]"#, ProblemKind::DanglingId),
        (r#"[{"head":0,"child":1}]"#, ProblemKind::Missing),
        (
            r#"[{"head":0,"child":1,"label":"R","child_span":{"start":0,"end":2,"label":"X"}}]"#,
            ProblemKind::DanglingId,
        ),
    ] {
        let (drawn, problems) =
            drawn_rows("prodigy", &format!("{{\"text\":\"a b\",{spans},\"relations\":{relations}}}"));
        assert_eq!((drawn.as_str(), problems), ("a b X=a Y=b", vec![(kind, Some(1))]));
    }
}

#[test]
fn what_a_person_turned_down_is_left_out() {
    let task = |answer: &str| {
        format!(
            "{{\"text\":\"a\",\"spans\":[{{\"start\":0,\"end\":1,\"label\":\"X\"}}],\"answer\":\"{answer}\"}}"
        )
    };
    let rows = ["accept", "reject", "ignore"].map(task).join("\n");
    let (drawn, problems) = drawn_rows("prodigy", &rows);
    assert_eq!(drawn, "a X=a|a|a");
    assert_eq!(problems, [(ProblemKind::Unsupported, Some(2)), (ProblemKind::Unsupported, Some(3))]);
}

#[test]
fn fields_and_titles() {
    let rows = "{\"text\":\"a\",\"meta\":{\"document\":\"un\",\"agency\":\"AFP\",\"pages\":[1]}}\n{\"text\":\"b\"}\n";
    let (drafts, _) = read_as("prodigy", &[file("p/t.jsonl", rows)]);
    let titles: Vec<&str> = drafts.iter().map(|draft: &Draft| draft.title.as_str()).collect();
    assert_eq!(titles, ["un", "t 2"]);
    assert_eq!(drafts[0].fields.to_string(), "{\"agency\":\"AFP\",\"pages\":[1]}");
}

#[test]
fn files_are_known_by_their_first_row() {
    for (rows, expected) in [
        (r#"{"text":"a","_task_hash":1}"#, Likeness::Certain),
        (r#"{"text":"a","tokens":[{"text":"a","start":0,"end":1,"id":0,"ws":false}]}"#, Likeness::Certain),
        (r#"{"text":"a","spans":[{"start":0,"end":1,"label":"X"}]}"#, Likeness::Possible),
        (r#"{"text":"a","label":[[0,1,"X"]]}"#, Likeness::No),
    ] {
        assert_eq!(recognise(&file("x.jsonl", rows)), expected, "{rows}");
    }
}

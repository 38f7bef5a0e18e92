use super::*;
use crate::draft::Draft;
use crate::import::{InFile, Likeness};
use crate::problems::ProblemKind;
use crate::samples::mutate::check_mutations;
use crate::samples::{check_golden, check_round_trip, read};

#[test]
fn golden_files() {
    check_golden("semeval-tsv", &Options::default());
}

#[test]
fn spans_return() {
    check_round_trip("semeval-tsv", Carries::SPANS, |content| content.without_carriage_returns());
}

#[test]
fn damaged_files_do_no_harm() {
    check_mutations("semeval-tsv", 100);
}

fn file(path: &str, bytes: impl AsRef<[u8]>) -> InFile {
    InFile { path: path.to_owned(), bytes: bytes.as_ref().to_vec() }
}

fn drawn(draft: &Draft) -> String {
    let mut drawn = draft.title.clone();
    for annotation in &draft.annotations {
        let (start, end) = annotation.fragments[0];
        let _ = write!(drawn, " {}={}", annotation.label, &draft.text[start as usize..end as usize]);
    }
    drawn
}

#[test]
fn labels_with_commas_return() {
    let files = [
        file("train/article7.txt", "Lui, ce menteur.\r\nOui."),
        file("train/article12.txt", "\u{FEFF}é𝒜 fin"),
        file(
            "labels.tsv",
            "7\tName_Calling,Labeling\t8\t15\r\n12\tDoubt\t4\t7\n7\tLoaded_Language\t17\t20\n",
        ),
    ];
    let (drafts, problems) = read("semeval-tsv", &files);
    assert_eq!(problems, []);
    let found: Vec<String> = drafts.iter().map(drawn).collect();
    assert_eq!(found, ["12 Doubt=fin", "7 Name_Calling,Labeling=menteur Loaded_Language=Oui"]);
}

#[test]
fn tables_in_all_forms() {
    for (name, table, expected, told) in [
        ("spans without labels", "7\t0\t3\n", "7 SPAN=Lui", vec![]),
        ("a header", "article_id\ttechnique\tbegin\tend\n7\tX\t0\t3\n", "7 X=Lui", vec![]),
        ("the name of the file as the id", "article7\tX\t0\t3", "7 X=Lui", vec![]),
        ("no rows", "", "7", vec![]),
        ("reversed", "7\tX\t0\t3\n7\tX\t3\t0\n", "7 X=Lui", vec![(ProblemKind::BadOffsets, 2)]),
        ("past the end", "7\tX\t0\t3\n7\tX\t3\t99\n", "7 X=Lui", vec![(ProblemKind::BadOffsets, 2)]),
        (
            "too large",
            "7\tX\t0\t3\n7\tX\t3\t99999999999999999999\n",
            "7 X=Lui",
            vec![(ProblemKind::BadOffsets, 2)],
        ),
        ("another article", "7\tX\t0\t3\n8\tX\t0\t3\n", "7 X=Lui", vec![(ProblemKind::FileMissing, 2)]),
    ] {
        let (drafts, problems) =
            read("semeval-tsv", &[file("x.labels.tsv", table), file("a/article7.txt", "Lui, oui")]);
        assert_eq!(drafts.iter().map(drawn).collect::<Vec<_>>(), [expected], "{name}");
        let found: Vec<_> =
            problems.iter().filter_map(|problem| Some((problem.kind, problem.line?))).collect();
        assert_eq!(found, told, "{name}");
    }
    let mut table = "7\tX\t0\t3\n".repeat(20);
    table.push_str("7\tX\t0\n7 X 0 3\n\t\t\t\n");
    let (_, problems) = read("semeval-tsv", &[file("x.tsv", &table), file("7.txt", "Lui")]);
    let kinds: Vec<ProblemKind> = problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(kinds, [ProblemKind::ColumnCount, ProblemKind::BadOffsets]);
}

#[test]
fn tables_are_known_by_their_rows() {
    for (path, text, expected) in [
        ("x.tsv", "7\tX\t0\t3\n", Likeness::Certain),
        ("x.txt", "7\t0\t3\n", Likeness::Possible),
        ("x.labels.tsv", "", Likeness::Possible),
        ("x.tsv", "", Likeness::No),
        ("x.txt", "Lui, oui", Likeness::No),
        ("x.tsv", "a\tb\tc\td\n", Likeness::No),
        ("x.conll", "a\tO\n", Likeness::No),
    ] {
        assert_eq!((READER.recognise)(&file(path, text)), expected, "{path} {text}");
    }
}

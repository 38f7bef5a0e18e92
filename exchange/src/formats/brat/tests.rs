use super::*;
use crate::draft::{Draft, SAME_AS};
use crate::import::{InFile, Likeness};
use crate::options::Options;
use crate::problems::ProblemKind;
use crate::samples::mutate::check_mutations;
use crate::samples::{check_golden, check_round_trip, read};

#[test]
fn golden_files() {
    check_golden("brat", &Options { language: "en".into(), ..Options::default() });
}

#[test]
fn everything_returns() {
    check_round_trip("brat", WRITTEN.carries, |content| {
        content.without_carriage_returns();
        content.trim_spans(is_break);
    });
}

#[test]
fn damaged_files_do_no_harm() {
    check_mutations("brat", 150);
}

fn file(path: &str, bytes: impl AsRef<[u8]>) -> InFile {
    InFile { path: path.to_owned(), bytes: bytes.as_ref().to_vec() }
}

/// The draft of a text and its annotations, and the kinds of problems with their lines.
fn draft_of(text: impl AsRef<[u8]>, ann: impl AsRef<[u8]>) -> (Draft, Vec<(ProblemKind, Option<usize>)>) {
    let (mut drafts, problems) = read("brat", &[file("a/x.ann", ann), file("a/x.txt", text)]);
    assert_eq!(drafts.len(), 1);
    let problems = problems.iter().map(|problem| (problem.kind, problem.line)).collect();
    (drafts.remove(0), problems)
}

/// Labels, the words of the fragments, and what was said of them.
fn drawn(draft: &Draft) -> Vec<String> {
    let span = |annotation: &crate::draft::DraftAnnotation| {
        let words: Vec<&str> = annotation
            .fragments
            .iter()
            .map(|&(start, end)| &draft.text[start as usize..end as usize])
            .collect();
        let mut drawn = format!("{}={}", annotation.label, words.join("…"));
        if !annotation.attributes.is_empty() {
            drawn.push_str(&annotation.attributes.to_string());
        }
        if !annotation.note.is_empty() {
            drawn.push_str(&format!(" ({})", annotation.note));
        }
        drawn
    };
    let relation = |relation: &crate::draft::DraftRelation| {
        format!("{} {} {}", relation.kind, relation.from, relation.to)
    };
    draft.annotations.iter().map(span).chain(draft.relations.iter().map(relation)).collect()
}

#[test]
fn lines_of_all_kinds() {
    let text = "L’ONU a dit « non » hier";
    for (ann, expected) in [
        ("T1\tORG 2 5\tONU\n", &["ORG=ONU"][..]),
        // Without the last line end, with CR LF, with an id that is filled up, after what refers to it.
        ("A1\tNegation T0012\r\nT0012\tORG 2 5\tONU", &["ORG={ONU}"]),
        (
            "T1\tORG 2 5\tONU\nT2\tCUE 6 7;8 11\ta dit\nR1\tSOURCE Agent:T1 Theme:T2",
            &["ORG=ONU", "CUE=a…dit", "SOURCE T1 T2"],
        ),
        (
            "T1\tCUE 6 7;8 11\tadit\nM1\tNegation T1\n#1\tAnnotatorNotes T1\tDit-on ?\n",
            &["CUE=a…dit{} (Dit-on ?)"],
        ),
        (
            "T1\tSay 8 11\tdit\nT2\tORG 2 5\tONU\nE1\tSay:T1 Agent:T2 Agent2:T2\nA1\tTense E1 past",
            &["Say=dit[past]", "ORG=ONU", "Agent T1 T2", "Agent T1 T2"],
        ),
        (
            "T1\tORG 2 5\tONU\nT2\tDATE 20 24\thier\n*\tEquiv T1 T2\n",
            &["ORG=ONU", "DATE=hier", "SAME_AS T2 T1"],
        ),
        (
            "T1\tORG 2 5\tONU\nT2\tDATE 20 24\thier\nR1\tCoreference Arg1:T2 Arg2:T1\n",
            &["ORG=ONU", "DATE=hier", "SAME_AS T2 T1"],
        ),
        ("T1\tORG 2 5\n", &["ORG=ONU"]),
    ] {
        let (draft, problems) = draft_of(text, ann);
        let drawn: Vec<String> = drawn(&draft)
            .into_iter()
            .map(|drawn| drawn.replace("{\"Negation\":true}", "{}").replace("{\"Tense\":\"past\"}", "[past]"))
            .collect();
        let expected: Vec<String> = expected.iter().map(|line| line.replace("{ONU}", "ONU{}")).collect();
        assert_eq!((drawn, problems), (expected, vec![]), "{ann}");
    }
    assert_eq!(SAME_AS, "SAME_AS");
}

#[test]
fn lines_that_are_wrong() {
    use ProblemKind::{BadOffsets, DanglingId, Malformed, Unsupported};
    for (line, kind) in [
        ("T2\tORG 5 2\tONU", BadOffsets),
        ("T2\tORG -1 2\tONU", BadOffsets),
        ("T2\tORG 2 99\tONU", BadOffsets),
        ("T2\tORG 2 99999999999999999999\tONU", BadOffsets),
        ("T2\tORG 2 2\t", BadOffsets),
        ("T2\tORG 2 5;a\tONU", BadOffsets),
        ("T2\tORG\tONU", Malformed),
        ("ORG 2 5", Malformed),
        ("X1\tORG 2 5\tONU", Malformed),
        ("R1\tSOURCE Arg1:T1", Malformed),
        ("R1\tSOURCE Arg1:T1 Arg2:T1 Arg3:T1", Malformed),
        ("A1\tNegation T7", DanglingId),
        ("#1\tAnnotatorNotes R1\tHm", Unsupported),
        ("#1\tAttribute T1\t{\"a\":", Malformed),
        ("N1\tReference T9 Wikidata:Q1\tx", DanglingId),
        ("E1\tSay", Malformed),
    ] {
        let (draft, problems) = draft_of("L’ONU", format!("T1\tORG 2 5\tONU\n{line}\nT3\tORG 2 5\tONU\n"));
        assert_eq!(problems, [(kind, Some(2))], "{line}");
        assert_eq!(draft.annotations.len(), 2, "{line}");
    }
}

#[test]
fn places_of_other_programs() {
    for (name, text, ann, expected) in [
        ("the mark of the byte order counts", "\u{FEFF}ONU", "T1\tORG 1 4\tONU", "ORG=ONU"),
        ("the mark does not count", "\u{FEFF}ONU", "T1\tORG 0 3\tONU", "ORG=ONU"),
        ("UTF-16", "𝒜 ONU", "T1\tORG 3 6\tONU", "ORG=ONU"),
        ("bytes", "é ONU", "T1\tORG 3 6\tONU", "ORG=ONU"),
        ("CR LF counts as one", "a\r\nONU", "T1\tORG 2 5\tONU", "ORG=ONU"),
        ("CR LF counts as two", "a\r\nONU", "T1\tORG 3 6\tONU", "ORG=ONU"),
        ("two lines", "a\nb c", "T1\tORG 0 1;2 3\ta b", "ORG=a\nb"),
        ("two fragments", "a - b", "T1\tORG 4 5;0 1\ta b", "ORG=a…b"),
    ] {
        let (draft, problems) = draft_of(text, ann);
        assert_eq!((drawn(&draft), problems), (vec![expected.to_owned()], vec![]), "{name}");
        assert_eq!(draft.text, text.trim_start_matches('\u{FEFF}'), "{name}");
    }
}

#[test]
fn files_that_belong_together() {
    let all = [
        file("p/b.ann", ""),
        file("p/b.txt", "B"),
        file("p/a.a2", "E1\tSay:T1 Agent:T2\n"),
        file("p/a.a1", "T1\tSay 0 1\tA\nT2\tORG 2 3\tB\n"),
        file("p/a.txt", "A B"),
        file("q/a.ann", "T1\tORG 0 1\tC\n"),
        file("p/c.txt", b"\x93Caf\xE9\x94"),
        file("p/annotation.conf", "[entities]\nORG\n"),
    ];
    let (drafts, problems) = read("brat", &all);
    let found: Vec<_> = drafts
        .iter()
        .map(|draft| (draft.text.as_str(), draft.annotations.len(), draft.relations.len()))
        .collect();
    assert_eq!(found, [("A B", 2, 1), ("B", 0, 0), ("“Café”", 0, 0)]);
    let kinds: Vec<_> = problems.iter().map(|problem| (problem.file.as_str(), problem.kind)).collect();
    assert_eq!(kinds, [("q/a.ann", ProblemKind::FileMissing), ("p/c.txt", ProblemKind::BadEncoding)]);
    let likeness = all.each_ref().map(READER.recognise);
    use Likeness::{Certain, No, Possible};
    assert_eq!(likeness, [Possible, No, Possible, Certain, No, Certain, No, No]);
}

#[test]
fn entities_by_reference() {
    let ann = "T1\tORG 2 5\tONU\nT2\tDATE 20 24\thier\nN1\tReference T1 Wikidata:Q1065\tONU\n\
               N2\tReference T2 http://example.org/x\tX\nN3\tReference T2 Other:7\tY\n";
    let (draft, problems) = draft_of("L’ONU a dit « non » hier", ann);
    let entities: Vec<_> =
        draft.entities.iter().map(|entity| (entity.name.as_str(), entity.identifier.as_str())).collect();
    assert_eq!(entities, [("ONU", "http://www.wikidata.org/entity/Q1065"), ("X", "http://example.org/x")]);
    assert_eq!(problems, [(ProblemKind::Unsupported, Some(5))]);
}

#[test]
fn values_that_are_no_words() {
    let (draft, problems) = draft_of(
        "ONU",
        "T1\tORG 0 3\tONU\n#1\tAttribute T1\t{\"a b\":[1,\"\\u2028\"]}\n#2\tAnnotatorLines T1\t\"x\\ny\"\n",
    );
    assert_eq!(problems, []);
    assert_eq!(draft.annotations[0].attributes["a b"].to_string(), "[1,\"\u{2028}\"]");
    assert_eq!(draft.annotations[0].note, "x\ny");
}

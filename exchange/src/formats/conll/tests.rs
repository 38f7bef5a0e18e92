use std::fmt::Write;

use super::tags::{Tag, chunks, is_iob1};
use super::*;
use crate::draft::Draft;
use crate::formats::recognise;
use crate::import::{InFile, Likeness};
use crate::losses::LossKind;
use crate::options::Options;
use crate::problems::ProblemKind;
use crate::samples::mutate::check_mutations;
use crate::samples::{check_golden, check_round_trip, export_of, read, sample};
use crate::shared::tokens::is_white;

const FORMATS: [&str; 3] = ["conll2003", "iob2", "bilou"];

#[test]
fn golden_files() {
    FORMATS.iter().for_each(|format| check_golden(format, &Options::default()));
}

#[test]
fn spans_return() {
    for format in FORMATS {
        check_round_trip(format, crate::carries::Carries::SPANS, |content| {
            content.annotations.retain(|annotation| {
                matches!(annotation.key.0.as_str(), "PERSON" | "ORG" | "PLACE" | "EVENT" | "DOC")
            });
            content.trim_spans(is_white);
            // The outer one of those that nest.
            let all = content.annotations.clone();
            content.annotations.retain(|inner| {
                let (start, end) = inner.key.1[0];
                !all.iter().any(|outer| {
                    outer.key.1[0] != (start, end) && outer.key.1[0].0 <= start && end <= outer.key.1[0].1
                })
            });
        });
    }
}

#[test]
fn damaged_files_do_no_harm() {
    FORMATS.iter().for_each(|format| check_mutations(format, 100));
}

#[test]
fn every_span_that_is_not_written_is_told() {
    let exported = export_of("iob2", &[&sample("annotated")], Options::default());
    let places: Vec<(LossKind, &str)> = exported
        .losses
        .iter()
        .flat_map(|(kind, _, loss)| loss.places.iter().map(move |place| (kind, place.surface.as_str())))
        .collect();
    assert_eq!(places, [(LossKind::Overlapping, "Kremlin"), (LossKind::Overlapping, "Dmitri Peskov")]);
    let chosen = Options { labels: vec!["CLAIM".into(), "DATE".into()], ..Options::default() };
    let exported = export_of("bilou", &[&sample("annotated")], chosen);
    let rows = String::from_utf8(exported.files[0].bytes.clone()).unwrap();
    let tags = rows.lines().filter_map(|row| row.split_once('\t')).map(|(_, tag)| tag);
    let labels: std::collections::BTreeSet<&str> =
        tags.filter_map(|tag| tag.split_once('-')).map(|(_, label)| label).collect();
    assert_eq!(labels.into_iter().collect::<Vec<_>>(), ["CLAIM", "DATE"]);
    assert_eq!(exported.losses.count_of(LossKind::NotChosen), 28);
}

#[test]
fn a_span_over_sentences_makes_one_of_them() {
    let exported = export_of(
        "iob2",
        &[&sample("linked")],
        Options { labels: vec!["CLAIM".into()], ..Options::default() },
    );
    let rows = String::from_utf8(exported.files[0].bytes.clone()).unwrap();
    assert_eq!(rows.matches("\n\n").count(), 1);
    assert_eq!((rows.matches("B-CLAIM").count(), rows.matches("\tO\n").count()), (1, 0));
}

fn file(path: &str, text: &str) -> InFile {
    InFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() }
}

/// The text, and each annotation's label and words.
fn drawn(draft: &Draft) -> String {
    let mut drawn = draft.text.replace('\n', "/");
    for annotation in &draft.annotations {
        let (start, end) = annotation.fragments[0];
        let _ = write!(drawn, " {}={}", annotation.label, &draft.text[start as usize..end as usize]);
    }
    drawn
}

#[test]
fn rows_of_other_programs() {
    use ProblemKind::{BadTag, ColumnCount};
    for (name, rows, expected, told) in [
        ("two columns", "L’\tO\nONU\tB-ORG\n\nOui\tO\n", "L’ ONU/Oui/ ORG=ONU", vec![]),
        ("CR LF, mark, no end", "\u{FEFF}L’\tO\r\nONU\tB-ORG\r\n\r\nOui\tO", "L’ ONU/Oui/ ORG=ONU", vec![]),
        ("blanks", "New B-LOC\nYork I-LOC\n", "New York/ LOC=New York", vec![]),
        ("three columns", "New NNP B-LOC\nYork NNP I-LOC\n", "New York/ LOC=New York", vec![]),
        (
            "two documents",
            "-DOCSTART- -X- O O\n\na X X O\n\n-DOCSTART- -X- O O\n\nb X X B-X\n",
            "a/|b/ X=b",
            vec![],
        ),
        ("IOB1", "a\tI-X\nb\tI-X\nc\tB-X\nd\tO\n", "a b c d/ X=a b X=c", vec![]),
        ("BILOU", "a\tB-X\nb\tI-X\nc\tL-X\nd\tU-Y\n", "a b c d/ X=a b c Y=d", vec![]),
        ("IOBES", "a\tB-X\nc\tE-X\nd\tS-Y\n", "a c d/ X=a c Y=d", vec![]),
        ("no labels", "a\tB\nb\tI\nc\tO\n", "a b c/ SPAN=a b", vec![]),
        ("a label with a bar", "a\tB-MISC-other\n", "a/ MISC-other=a", vec![]),
        ("comments", "# id 1\na\tO\n#\tO\nb\tB-X\n", "a # b/ X=b", vec![]),
        ("inside after outside", "a\tB-X\nb\tO\nc\tI-X\n", "a b c/ X=a X=c", vec![(BadTag, 3)]),
        ("inside of another", "a\tB-X\nb\tI-Y\n", "a b/ X=a Y=b", vec![(BadTag, 2)]),
        (
            "a column too few",
            "a\tB-X\nb\tB-X\nc\tB-X\nd\tB-X\ne\tB-X\nf\tB-X\ng\tB-X\nh\tB-X\ni\tB-X\nj\n",
            "a b c d e f g h i j/ X=a X=b X=c X=d X=e X=f X=g X=h X=i",
            vec![(ColumnCount, 10), (BadTag, 10)],
        ),
    ] {
        let (drafts, problems) = read("iob2", &[file("x.conll", rows)]);
        let found: Vec<String> = drafts.iter().map(drawn).collect();
        assert_eq!(found.join("|"), expected, "{name}");
        let told_here: Vec<_> =
            problems.iter().filter_map(|problem| Some((problem.kind, problem.line?))).collect();
        assert_eq!(told_here, told, "{name}");
    }
}

#[test]
fn the_text_beside_the_rows() {
    let rows = "L’\tO\nONU\tB-ORG\n\nOui\tO\n";
    for (text, expected, problem_count) in [
        ("L’ONU\n\n\u{A0}Oui\n", "L’ONU//\u{A0}Oui/ ORG=ONU", 0),
        ("L’ONU", "L’ ONU/Oui/ ORG=ONU", 1),
        ("L’ONU Oui non", "L’ ONU/Oui/ ORG=ONU", 1),
    ] {
        let (drafts, problems) =
            read("iob2", &[file("a/x.iob2", rows), file("a/x.txt", text), file("b/x.txt", "no")]);
        assert_eq!(drafts.iter().map(drawn).collect::<Vec<_>>(), [expected]);
        // And the text that belongs to no rows.
        assert_eq!(problems.len(), problem_count + 1, "{text}");
    }
}

#[test]
fn files_are_known_by_their_rows() {
    for (path, text, expected) in [
        ("train.txt", "a B-X\nb O\n", Some("iob2")),
        ("train.txt", "a\tU-X\nb\tO\n", Some("bilou")),
        ("train.txt", "a NN B-NP B-X\nb O O O\n", Some("conll2003")),
        ("train.txt", "-DOCSTART- -X- O O\n\n", Some("conll2003")),
        ("x.bio", "", Some("iob2")),
        ("x.txt", "", Some("text")),
        ("x.txt", "Le ministre a menti.\n", Some("text")),
        ("x.csv", "a\tb\nc\td\n", Some("text")),
    ] {
        let found = recognise(&[file(path, text)]).map(|reader| reader.id);
        assert_eq!(found, expected, "{path} {text}");
    }
    assert_eq!((READ_IOB2.recognise)(&file("x.tsv", "a\tO\n")), Likeness::Possible);
}

#[test]
fn chunks_of_tags() {
    for (tags, expected, wrong_expected) in [
        ("O B-X I-X O", "X1-3", 0),
        ("B-X B-X", "X0-1 X1-2", 0),
        ("I-X I-X", "X0-2", 1),
        ("B-X L-X I-X", "X0-2 X2-3", 1),
        ("U-X I-X", "X0-1 X1-2", 1),
        ("E-X", "X0-1", 1),
    ] {
        let tags: Vec<Tag<'_>> = tags.split(' ').filter_map(Tag::read).collect();
        let mut wrong = Vec::new();
        let found: Vec<String> = chunks(&tags, 0, &mut wrong)
            .iter()
            .map(|chunk| format!("{}{}-{}", chunk.label, chunk.tokens.start, chunk.tokens.end))
            .collect();
        assert_eq!((found.join(" ").as_str(), wrong.len()), (expected, wrong_expected));
    }
    for (tags, expected) in [("I-X B-X", true), ("B-X I-X", false), ("O O", false), ("I-X B-Y", false)] {
        assert_eq!(is_iob1(&[tags.split(' ').filter_map(Tag::read).collect()]), expected, "{tags}");
    }
    for tag in ["", "X", "B-", "b-X", "PER", "-X"] {
        assert_eq!(Tag::read(tag), None, "{tag}");
    }
}

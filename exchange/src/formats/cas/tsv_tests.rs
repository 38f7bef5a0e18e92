use super::TSV;
use crate::formats::recognise;
use crate::import::InFile;
use crate::options::Options;
use crate::problems::ProblemKind;
use crate::samples::content::Content;
use crate::samples::mutate::check_mutations;
use crate::samples::{
    SAMPLES, as_input, check_golden, check_round_trip, export_of, opened_draft, read, sample,
};

const MARK: char = '\u{FEFF}';

#[test]
fn golden_files() {
    check_golden("webanno-tsv", &Options::default());
}

#[test]
fn what_is_written_comes_back() {
    check_round_trip("webanno-tsv", TSV.carries, |content: &mut Content| {
        // A mark of the byte order is in no token.
        content.trim_spans(|character| character.is_whitespace() || character == MARK);
        content.map_spans(|text, (start, end)| {
            let before = |place: u32| 2 * text[..place as usize].matches(MARK).count() as u32;
            (start - before(start), end - before(end))
        });
        // Between sentences there are blanks and line breaks, as many as before.
        content.text = content.text.trim_end().replace(['\r', '\n', MARK], " ");
    });
}

#[test]
fn damaged_files_are_read_or_told() {
    check_mutations("webanno-tsv", 80);
}

/// What the reader of INCEpTION checks.
#[test]
fn rows_are_as_inception_wants_them() {
    for name in SAMPLES {
        let state = sample(name);
        let exported = export_of("webanno-tsv", &[&state], Options::default());
        let text = String::from_utf8(exported.files[0].bytes.clone()).unwrap();
        let units: Vec<u16> = state.document.text.encode_utf16().collect();
        let (header, body) = text.split_once("\n\n").unwrap();
        assert!(header.starts_with("#FORMAT=WebAnno TSV 3.3"));
        let column_count: usize = header.lines().skip(1).map(|line| line.split('|').count() - 1).sum();
        assert!(!body.contains("\n\n\n") && !body.ends_with("\n\n"));
        let mut at_end = 0;
        for sentence in body.split("\n\n").filter(|sentence| !sentence.is_empty()) {
            let rows = sentence.trim_start_matches('\n').lines().filter(|line| !line.starts_with('#'));
            assert!(sentence.trim_start_matches('\n').starts_with("#Text="));
            for row in rows {
                let fields: Vec<&str> = row.split('\t').collect();
                assert_eq!((fields.len(), fields.last()), (3 + column_count + 1, Some(&"")), "{row}");
                let (begin, end) = fields[1].split_once('-').unwrap();
                let (begin, end): (usize, usize) = (begin.parse().unwrap(), end.parse().unwrap());
                assert!(begin >= at_end);
                at_end = end;
                assert_eq!(String::from_utf16(&units[begin..end]).unwrap(), fields[2]);
            }
        }
        assert_eq!(recognise(&as_input(&exported)).map(|reader| reader.id), Some("webanno-tsv"));
    }
}

fn file(text: &str) -> InFile {
    InFile { path: "a.tsv".to_owned(), bytes: text.as_bytes().to_vec() }
}

/// The text, the labels with their words, the relations, and the kinds of problems.
fn drawn(text: &str) -> (String, Vec<String>, Vec<ProblemKind>) {
    let (mut drafts, mut problems) = read("webanno-tsv", &[file(text)]);
    let (opened, told) = opened_draft(drafts.remove(0), &sample("empty"));
    problems.extend(told);
    let state = &opened.state;
    let mut lines: Vec<String> = Vec::new();
    for annotation in state.annotations.iter() {
        lines.push(format!("{}={}", annotation.label, state.document.slice(annotation.target.envelope())));
    }
    for relation in state.relations.iter() {
        let (from, to) = state.ends_of(relation).unwrap();
        lines.push(format!("{} {}>{}", relation.kind, from.label, to.label));
    }
    lines.extend(state.entities.values().map(|entity| format!("entity {}", entity.name)));
    (state.document.text.to_string(), lines, problems.iter().map(|problem| problem.kind).collect())
}

const NER: &str = "#T_SP=de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity|value";

#[test]
fn files_of_other_programs_are_read() {
    let head = "#FORMAT=WebAnno TSV 3.2\n";
    let body = "\n\n#Text=👍 La Haye\\t!\n1-1\t0-2\t👍\t_\t\n1-2\t3-5\tLa\tLOC[1]\t\n1-3\t6-10\tHaye\tLOC[1]|PER[2]\t\n1-4\t11-12\t!\t_\t\n";
    let next = "\n#Sentence.id=s2\n#Text=Non\n#Text=oui\n2-1\t14-17\tNon\t*\t\n2-1.1\t14-15\tN\tX\n2-2\t18-21\toui\t_\t\n";
    let (text, found, problems) = drawn(&format!("{head}{NER}{body}{next}"));
    assert_eq!(text, "👍 La Haye\t!\n Non\noui");
    assert_eq!(found, ["LOC=La Haye", "PER=Haye", "NamedEntity=Non", "X=N"]);
    assert_eq!(problems, []);
    // With CR LF, a mark of the byte order, and rows without their last tabulator.
    let windows = format!("\u{FEFF}{head}{NER}{body}{next}").replace('\n', "\r\n").replace("\t\r\n", "\r\n");
    assert_eq!(drawn(&windows), (text, found, problems));
}

#[test]
fn relations_chains_and_slots() {
    let head = "#FORMAT=WebAnno TSV 3.3\n#T_SP=webanno.custom.A|label\n#T_RL=webanno.custom.R|label|BT_webanno.custom.A\n";
    let rows = "\n\n#Text=a b c\n1-1\t0-1\ta\tX\t_\t_\t\n1-2\t2-3\tb\tY[1]|Z[2]\tsays|*\t1-1[0_2]|1-3[0_1]\t\n1-3\t4-5\tc\tW\t_\t_\t\n";
    let (_, found, problems) = drawn(&format!("{head}{rows}"));
    assert_eq!(problems, []);
    assert_eq!(found.len(), 6, "{found:?}");
    assert!(found.contains(&"says X>Z".to_owned()) && found.contains(&"R W>Y".to_owned()), "{found:?}");
    let lost = rows.replace("1-1[0_2]", "9-9[0_2]");
    assert_eq!(drawn(&format!("{head}{lost}")).2, [ProblemKind::DanglingId]);
    let chain = "#FORMAT=WebAnno TSV 3.3\n#T_CH=de.x.CoreferenceLink|referenceRelation|referenceType\n\n\n#Text=a b c\n\
                 1-1\t0-1\ta\t*->1-1\tnam\t\n1-2\t2-3\tb\t*->1-2\tpro\t\n1-3\t4-5\tc\t*->1-2\tpro\t\n";
    assert_eq!(drawn(chain).1, ["nam=a", "pro=b c", "entity a"]);
    let slot = "#FORMAT=WebAnno TSV 3.3\n#T_SP=x.P|f|ROLE_x.P:args_x.L|x.T\n\n\n#Text=a\n1-1\t0-1\ta\tv\trole\t1-1\t\n";
    assert_eq!(drawn(slot), ("a".to_owned(), vec!["P=a".to_owned()], vec![ProblemKind::Unsupported]));
}

#[test]
fn hostile_files_are_told() {
    let head = format!("#FORMAT=WebAnno TSV 3.3\n{NER}\n\n\n#Text=ab\n");
    for (row, kind) in [
        ("1-1\t-1-2\tab\tX\t", ProblemKind::Malformed),
        ("1-1\t2-1\tab\tX\t", ProblemKind::BadOffsets),
        ("1-1\t0-99999999999999\tab\tX\t", ProblemKind::BadOffsets),
        ("1-1\t9007199254740993-9007199254740994\tab\tX\t", ProblemKind::BadOffsets),
        ("1-1\t99999999999999999999-3\tab\tX\t", ProblemKind::Malformed),
        ("1-1\t0-2\tab", ProblemKind::ColumnCount),
        ("ab", ProblemKind::Malformed),
    ] {
        let (text, found, problems) = drawn(&format!("{head}{row}\n"));
        assert_eq!((text.trim_start(), problems.first()), ("ab", Some(&kind)), "{row}");
        assert!(found.is_empty(), "{row}");
    }
    // Many gaps that are each not too long would make a text out of nothing.
    let far = |idx: u64| format!("\n#Text=x\n{idx}-1\t{}-{}\tx\t_\t\n", idx * 1_000_000, idx * 1_000_000 + 1);
    let (text, _, problems) = drawn(&format!("{head}{}", (1..50).map(far).collect::<String>()));
    assert!(text.len() < 3_000_000 && problems.contains(&ProblemKind::BadOffsets));
    for format in ["#FORMAT=WebAnno TSV 2.0", "#FORMAT=WebAnno TSV x"] {
        assert_eq!(read("webanno-tsv", &[file(format)]).1[0].kind, ProblemKind::Unsupported);
    }
}

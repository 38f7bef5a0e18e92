use csv::ReaderBuilder;

use super::guarded;
use crate::export::Exported;
use crate::options::Options;
use crate::samples::{SAMPLES, check_golden, export_of, sample};

#[test]
fn golden_files() {
    check_golden("csv", &Options::default());
    check_golden("tsv", &Options::default());
}

/// The cells of the file whose path ends so.
fn cells(exported: &Exported, end: &str, delimiter: u8) -> Vec<Vec<String>> {
    let file = exported.files.iter().find(|file| file.path.ends_with(end)).expect("the file is written");
    let mut reader =
        ReaderBuilder::new().delimiter(delimiter).has_headers(false).from_reader(&file.bytes[..]);
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

#[test]
fn all_documents_share_the_files_and_every_cell_comes_back() {
    let states = SAMPLES.map(sample);
    let options = Options { is_project: true, project: "Kazakhstan".to_owned(), ..Options::default() };
    for (format, delimiter) in [("csv", b','), ("tsv", b'\t')] {
        let exported = export_of(format, &states.each_ref(), options.clone());
        assert_eq!(exported.files.len(), 2);
        let rows = cells(&exported, &format!("annotations.{format}"), delimiter);
        let annotations: Vec<_> = states.iter().flat_map(|state| state.annotations.iter()).collect();
        assert_eq!(rows.len(), annotations.len() + 1);
        let column = |name: &str| rows[0].iter().position(|found| found == name).expect("a column");
        for (row, annotation) in rows[1..].iter().zip(annotations) {
            let state = states.iter().find(|state| state.annotations.get(&annotation.id).is_some()).unwrap();
            let envelope = annotation.target.envelope();
            assert_eq!(row[column("surface")], state.document.slice(envelope));
            assert_eq!(row[column("note")], *annotation.note);
            for (key, value) in &annotation.attributes {
                assert_eq!(row[column(&format!("attribute.{key}"))], crate::work::value_text(value));
            }
        }
        let relation_count: usize = states.iter().map(|state| state.relations.len()).sum();
        assert_eq!(cells(&exported, &format!("relations.{format}"), delimiter).len(), relation_count + 1);
    }
}

#[test]
fn without_the_text_no_word_of_it_is_there() {
    let options = Options { is_positions_only: true, ..Options::default() };
    let exported = export_of("csv", &[&sample("linked")], options);
    for file in &exported.files {
        let text = String::from_utf8_lossy(&file.bytes);
        assert!(!text.contains("部长") && !text.contains("été"), "{text}");
    }
}

#[test]
fn formulas_are_guarded_and_numbers_stay() {
    for (cell, expected) in [
        ("", ""),
        ("=1+1", "'=1+1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2+3", "'-2+3"),
        ("+33 1", "'+33 1"),
        ("\t=1", "'\t=1"),
        ("＝1", "'＝1"),
        ("-3.5", "-3.5"),
        ("a=1", "a=1"),
        ("« non »", "« non »"),
    ] {
        assert_eq!(guarded(cell.to_owned()), expected);
    }
    let mut state = sample("linked");
    let annotation = state.annotations.iter().next().unwrap().clone();
    let note = std::rc::Rc::from("=HYPERLINK(\"x\")");
    state
        .annotations
        .insert(std::rc::Rc::new(sourcier::model::annotation::Annotation { note, ..(*annotation).clone() }));
    for guards_formulas in [false, true] {
        let options = Options { guards_formulas, ..Options::default() };
        let rows = cells(&export_of("csv", &[&state], options), "annotations.csv", b',');
        let expected = if guards_formulas { "'=HYPERLINK(\"x\")" } else { "=HYPERLINK(\"x\")" };
        assert_eq!(rows[1][8], expected);
    }
}

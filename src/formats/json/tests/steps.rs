//! Reading and building in steps: left at any of them nothing has changed, and how far they are said to
//! be only grows.

use sourcier_samples::{Kind, Sample};

use crate::formats::Content;
use crate::formats::json::tests::support::{exported, options};
use crate::formats::json::{Building, Encoding, NativeFile, OpenContext, Opened, Reading, build, read_file};
use crate::model::ids::{AnnotatorId, IdSource};

fn sample() -> String {
    Sample::new(Kind::Article { size_bytes: 60_000, annotations: 1_500 }).native_json()
}

#[test]
fn a_file_is_read_in_steps() {
    let json = sample();
    let mut reading = Reading::new(json.as_bytes()).expect("a text");
    let (mut file, mut told) = (None, vec![reading.percent()]);
    while file.is_none() {
        file = reading.step().expect("a native file");
        told.push(reading.percent());
    }
    check_way(&told);
    assert_eq!(written(&file.expect("the file")), written(&read_file(json.as_bytes()).expect("the file")));
}

#[test]
fn left_at_any_step_nothing_has_changed() {
    let json = sample();
    let file = read_file(json.as_bytes()).expect("the file");
    let whole = written(&file);
    let mut told = Vec::new();
    steps(&file, usize::MAX, &mut told).expect("it is not left");
    check_way(&told);
    for leave in 0..told.len() {
        assert!(steps(&file, leave, &mut Vec::new()).is_none());
    }
    assert_eq!(written(&file), whole);
}

#[test]
fn a_file_is_written_in_steps() {
    let file = read_file(sample().as_bytes()).expect("the file");
    let opened = build(&file, None, context(&mut IdSource::new(5))).expect("it has its text");
    let options = options(Content::WithText);
    let mut encoding = Encoding::new(&opened.state, &options).expect("small enough");
    let mut told = vec![encoding.percent()];
    // What is done to the work meanwhile is not in the file.
    let mut state = opened.state.clone();
    while encoding.step() {
        told.push(encoding.percent());
        if let Some(annotation) = state.annotations.nth(0).cloned() {
            state.annotations.remove(&annotation.id);
        }
    }
    check_way(&told);
    assert!(state.annotations.len() < opened.state.annotations.len());
    let bytes = encoding.finish().expect("small enough");
    assert_eq!(String::from_utf8(bytes).expect("a text"), exported(&opened.state, Content::WithText));
}

/// Builds, and leaves it before this step.
fn steps(file: &NativeFile, leave: usize, told: &mut Vec<usize>) -> Option<Opened> {
    let mut ids = IdSource::new(5);
    let mut building = Building::new(file, None, context(&mut ids)).expect("it has its text");
    loop {
        if told.len() == leave {
            return None;
        }
        let goes_on = building.step();
        told.push(building.percent());
        if !goes_on {
            return Some(building.finish());
        }
    }
}

/// From little to nearly all, in many steps.
fn check_way(told: &[usize]) {
    assert!(told.len() > 8 && told.is_sorted(), "{told:?}");
    assert!(told[0] < 40 && told[told.len() - 1] >= 99, "{told:?}");
}

/// What a file is written as again.
fn written(file: &NativeFile) -> String {
    let opened = build(file, None, context(&mut IdSource::new(5))).expect("it has its text");
    exported(&opened.state, Content::WithText)
}

fn context(ids: &mut IdSource) -> OpenContext<'_> {
    OpenContext { ids, annotator_id: AnnotatorId::from("u-me"), time_ms: 7 }
}

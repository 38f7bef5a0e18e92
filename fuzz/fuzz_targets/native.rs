//! Any bytes as a native file: `cargo +nightly fuzz run native`.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sourcier::formats::json::{OpenContext, build, read_file};
use sourcier::model::ids::{AnnotatorId, IdSource};
use sourcier::model::invariants::{Violation, check_invariants};

fuzz_target!(|data: &[u8]| {
    let Ok(file) = read_file(data) else { return };
    let mut ids = IdSource::new(1);
    let context = OpenContext { ids: &mut ids, annotator_id: AnnotatorId::from("u"), time_ms: 0 };
    let Ok(opened) = build(&file, None, context) else { return };
    for violation in check_invariants(&opened.state.document, &opened.state.annotations) {
        // What a file may bring.
        let is_brought = matches!(violation, Violation::CutsGrapheme(_) | Violation::Times(_));
        assert!(is_brought, "{violation:?}");
    }
});

//! The kinds of work, and how much each may cost.

use crate::figures::{Figures, Samples, median};
use crate::plan::Case;

/// A frame at 60 Hz, in milliseconds.
const FRAME_MS: f64 = 1000.0 / 60.0;

/// A kind of work that is measured.
pub struct Work {
    pub id: &'static str,
    /// As the table names it.
    pub title: &'static str,
    pub unit: &'static str,
    pub bar: Bar,
}

/// What Sourcier's median must keep to.
#[derive(Clone, Copy)]
pub enum Bar {
    AtMost(f64),
    AtLeast(f64),
    /// So many times the bare page's median, and something more.
    OfBare {
        times: f64,
        plus: f64,
    },
    /// So many times Sourcier's own median of another kind of work.
    Of {
        times: f64,
        other: &'static str,
    },
    /// Measured for what it tells; nothing was promised.
    None,
}

const fn work(id: &'static str, title: &'static str, unit: &'static str, bar: Bar) -> Work {
    Work { id, title, unit, bar }
}

/// At most one frame later than on the bare page.
const A_FRAME_LATER: Bar = Bar::OfBare { times: 1.0, plus: FRAME_MS };

/// In the order of the table.
#[rustfmt::skip]
pub const WORKS: &[Work] = &[
    work("start", "start (beside Yew alone)", "ms", Bar::OfBare { times: 1.0, plus: 100.0 }),
    work("start-ready", "… until it can be worked in", "ms", Bar::OfBare { times: 1.0, plus: 250.0 }),
    work("open", "open", "ms", Bar::OfBare { times: 1.5, plus: 2.0 * FRAME_MS }),
    work("open-file", "… the bare page reading the file too", "ms", Bar::None),
    work("add", "add", "ms", A_FRAME_LATER),
    work("relabel", "relabel", "ms", A_FRAME_LATER),
    work("move", "move a boundary", "ms", A_FRAME_LATER),
    work("undo", "undo", "ms", A_FRAME_LATER),
    work("delete", "delete", "ms", A_FRAME_LATER),
    work("scroll-fps", "scroll at 3,000 px/s", "frames/s", Bar::AtLeast(58.0)),
    work("scroll-longest", "… its longest frame", "ms", Bar::AtMost(50.0)),
    work("jump-there", "jump to the end", "ms", Bar::AtMost(150.0)),
    work("jump-back", "jump back", "ms", Bar::AtMost(150.0)),
    work("sweep-empty", "sweep through all: no words for", "ms", Bar::AtMost(100.0)),
    work("choose", "choose an annotation", "ms", Bar::AtMost(2.0 * FRAME_MS)),
    work("inspect", "open it in the inspector", "ms", Bar::AtMost(2.0 * FRAME_MS)),
    work("filter", "type in the list's filter", "ms", Bar::AtMost(2.0 * FRAME_MS)),
    work("hold-first", "longest hold, first save", "ms", Bar::AtMost(8.0)),
    work("hold-edit", "longest hold, saving an edit", "ms", Bar::AtMost(8.0)),
    work("hold-snapshot", "longest hold, saving all anew", "ms", Bar::AtMost(8.0)),
    work("export", "export", "ms", Bar::AtMost(300.0)),
    work("reopen", "reopen with 2,000 edits of history", "ms", Bar::Of { times: 2.0, other: "open" }),
    work("memory", "memory of the renderer", "MB", Bar::OfBare { times: 2.0, plus: 0.0 }),
    work("memory-wasm", "… of it wasm", "MB", Bar::None),
    work("memory-edits", "memory after 2,000 edits", "times", Bar::AtMost(1.1)),
    work("memory-edits-first", "… of the first 200 and their places", "times", Bar::None),
    work("memory-wasm-edits", "… wasm alone", "times", Bar::None),
    work("memory-openings", "memory after 50 openings", "times", Bar::AtMost(1.1)),
    work("idle-calls", "ten idle seconds: callbacks and long tasks", "", Bar::AtMost(0.0)),
    work("idle-script", "ten idle seconds: script", "ms", Bar::None),
    work("add-work", "add: the main thread's part", "ms", Bar::None),
    work("relabel-work", "relabel: the main thread's part", "ms", Bar::None),
    work("move-work", "move a boundary: the main thread's part", "ms", Bar::None),
    work("undo-work", "undo: the main thread's part", "ms", Bar::None),
    work("delete-work", "delete: the main thread's part", "ms", Bar::None),
];

impl Bar {
    /// The limit in the work's unit; `None` where none is set or what it refers to is missing.
    pub fn limit(self, case: Case, samples: &Samples, figures: &Figures) -> Option<f64> {
        match self {
            Bar::AtMost(limit) | Bar::AtLeast(limit) => Some(limit),
            Bar::OfBare { times, plus } => Some(median(&samples.bare)? * times + plus),
            Bar::Of { times, other } => Some(median(&figures.get(other, case)?.sourcier)? * times),
            Bar::None => None,
        }
    }

    /// Whether the median keeps to the limit.
    pub fn is_kept(self, median: f64, limit: f64) -> bool {
        if matches!(self, Bar::AtLeast(_)) { median >= limit } else { median <= limit }
    }
}

#[test]
fn limits_refer_to_what_was_measured() {
    use crate::figures::Subject;
    let mut figures = Figures::default();
    figures.add("open", Case::Small, Subject::Sourcier, 50.0);
    figures.add("open", Case::Small, Subject::Bare, 20.0);
    let samples = figures.get("open", Case::Small).expect("added");
    let of_bare = Bar::OfBare { times: 1.5, plus: 10.0 };
    assert_eq!(of_bare.limit(Case::Small, samples, &figures), Some(40.0));
    assert_eq!(Bar::Of { times: 2.0, other: "open" }.limit(Case::Small, samples, &figures), Some(100.0));
    assert_eq!(Bar::Of { times: 2.0, other: "open" }.limit(Case::Large, samples, &figures), None);
    assert!(!of_bare.is_kept(50.0, 40.0) && Bar::AtLeast(58.0).is_kept(60.0, 58.0));
}

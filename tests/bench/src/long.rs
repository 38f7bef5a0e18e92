//! What takes long and is measured once: two thousand edits, a reload after them, memory, rest.

use serde_json::json;
use sourcier_browser_tests::bench::bench;

use crate::figures::{Figures, Subject};
use crate::machine::renderer_bytes;
use crate::plan::{Case, Plan};
use crate::visit::{Visitor, number};

/// How many edits one script makes: it must end before the driver loses patience.
const EDITS_AT_ONCE: usize = 200;
/// A new snapshot is written after so many edits.
const SNAPSHOT_EVERY: usize = 500;
const RELOADS: usize = 3;

pub fn run(plan: &Plan, figures: &mut Figures) {
    eprintln!("  memory of the bare page");
    bench(|bench| {
        let visitor = Visitor::start(bench, &[plan.long_case]);
        visitor.go(Subject::Bare, plan.long_case);
        visitor.open_only();
        if let Some(bytes) = visitor.renderer_bytes() {
            figures.add("memory", plan.long_case, Subject::Bare, bytes / 1e6);
        }
    });
    bench(|bench| {
        let visitor = Visitor::start(bench, &[plan.long_case, Case::Small]);
        work_long(&visitor, plan, figures);
        eprintln!("  {} openings", plan.openings);
        open_often(&visitor, plan, figures);
    });
}

fn work_long(visitor: &Visitor<'_>, plan: &Plan, figures: &mut Figures) {
    let (case, subject) = (plan.long_case, Subject::Sourcier);
    visitor.go(subject, case);
    visitor.open_only();
    visitor.later("subject.saving()");
    let before = visitor.renderer_bytes();
    if let Some(bytes) = before {
        figures.add("memory", case, subject, bytes / 1e6);
    }
    let wasm = visitor.page.number("kit.wasmBytes()");
    figures.add("memory-wasm", case, subject, wasm / 1e6);
    eprintln!("  rest");
    rest(visitor, plan, figures);
    eprintln!("  {} edits", plan.edits);
    // What is made once and kept, and what the browser keeps of places that were looked at, comes with the
    // first edits and is told by itself.
    edit(visitor, case, plan.edits / 10, figures);
    let after_first = visitor.renderer_bytes();
    edit(visitor, case, plan.edits, figures);
    let after = visitor.renderer_bytes();
    for (work, before, after) in
        [("memory-edits-first", before, after_first), ("memory-edits", after_first, after)]
    {
        if let (Some(before), Some(after)) = (before, after) {
            figures.add(work, case, subject, after / before);
        }
    }
    let wasm_after = visitor.page.number("kit.wasmBytes()");
    figures.add("memory-wasm-edits", case, subject, wasm_after / wasm);
    visitor.later("(sessionStorage.setItem('watch', 'yes'), kit.pause(1000))");
    for _ in 0..RELOADS {
        visitor.page.reload();
        let time = visitor.later("kit.firstMarks()");
        figures.add("reopen", case, subject, time.as_f64().expect("a time"));
        visitor.later("kit.rest(500)");
    }
    visitor.page.script("sessionStorage.clear()");
}

/// Makes and saves so many edits.
fn edit(visitor: &Visitor<'_>, case: Case, edits: usize, figures: &mut Figures) {
    let mut done = 0;
    while done < edits {
        let count = EDITS_AT_ONCE.min(edits - done);
        visitor.later(&format!("subject.work({count})"));
        let is_snapshot = done / SNAPSHOT_EVERY != (done + count) / SNAPSHOT_EVERY;
        done += count;
        let holds = visitor.later("subject.saving()");
        if is_snapshot {
            figures.add("hold-snapshot", case, Subject::Sourcier, number(&holds, "saving"));
        }
    }
}

/// Some seconds in which nobody acts.
fn rest(visitor: &Visitor<'_>, plan: &Plan, figures: &mut Figures) {
    let (case, subject) = (plan.long_case, Subject::Sourcier);
    visitor.later("edits(0.5)");
    visitor.later("subject.saving().then(() => kit.pause(2000))");
    let before = visitor.page.script_seconds();
    let idle = visitor.later(&format!("kit.idle({})", plan.idle_ms));
    let seconds = visitor.page.script_seconds() - before;
    let kinds = ["frames", "timers", "intervals", "idle", "longTasks"];
    figures.add("idle-calls", case, subject, kinds.iter().map(|kind| number(&idle, kind)).sum());
    figures.add("idle-script", case, subject, seconds * 1000.0);
}

/// Opens and closes a small document again and again, and looks whether anything is left.
fn open_often(visitor: &Visitor<'_>, plan: &Plan, figures: &mut Figures) {
    let open = |times: usize| {
        for _ in 0..times {
            visitor.page.script_later_with(
                "sourcier.open(sample.native, arguments[0]).then(() => sourcier.close())",
                json!([{ "keep": false }]),
            );
        }
    };
    visitor.go(Subject::Sourcier, Case::Small);
    // What is made once and kept is made the first times.
    open(plan.openings / 10 + 1);
    let before = visitor.renderer_bytes();
    open(plan.openings);
    if let (Some(before), Some(after)) = (before, visitor.renderer_bytes()) {
        figures.add("memory-openings", Case::Small, Subject::Sourcier, after / before);
    }
}

impl Visitor<'_> {
    /// Opens the document and lets go of the file.
    fn open_only(&self) {
        self.later(
            "kit.timed(() => subject.open(sample), () => subject.isOpen(), 3000)
                .then(() => (window.sample = null, kit.rest(1000)))",
        );
    }

    /// The renderer's memory, after what nobody needs any more is gone.
    fn renderer_bytes(&self) -> Option<f64> {
        // The page lets go of what is out of sight a second after it came to rest.
        self.later("kit.pause(2000)");
        self.page.collect_garbage();
        self.later("kit.rest(500)");
        renderer_bytes(self.page.browser_process()).map(|bytes| bytes as f64)
    }
}

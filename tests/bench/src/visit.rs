//! The rounds: each document opened in both pages in turn, and worked in.

use std::fs;

use serde_json::{Value, json};
use sourcier_browser_tests::bench::Bench;
use sourcier_browser_tests::page::{Page, Visit};
use sourcier_samples::Sample;

use crate::figures::{Figures, Subject};
use crate::machine::Machine;
use crate::plan::{Case, Part, Plan};

const KIT: &str = include_str!("../pages/kit.js");
const EDITS: &str = include_str!("../pages/edits.js");
const SOURCIER: &str = include_str!("../pages/sourcier.js");
const BARE: [(&str, &str); 3] = [
    ("bench/bare.html", include_str!("../pages/bare.html")),
    ("bench/bare.css", include_str!("../pages/bare.css")),
    ("bench/bare.js", include_str!("../pages/bare.js")),
];

/// Where the empty page is served.
const EMPTY: &str = "bench/empty";

/// Pixels a second.
const SCROLL_SPEED: u32 = 3_000;
/// What is typed into the list's filter, letter by letter.
const TYPED: [&str; 3] = ["p", "po", "pou"];

/// The edits that `edits.js` times, and the names of what the main thread did for each.
const EDITS_TIMED: [(&str, &str); 5] = [
    ("add", "add-work"),
    ("relabel", "relabel-work"),
    ("move", "move-work"),
    ("undo", "undo-work"),
    ("delete", "delete-work"),
];

/// A browser in which both pages can be visited.
pub struct Visitor<'b> {
    bench: &'b Bench,
    pub page: Page,
}

/// All rounds. The machine and browser they were made on.
pub fn run(bench: &Bench, plan: &Plan, figures: &mut Figures) -> Machine {
    let visitor = Visitor::start(bench, &plan.cases);
    let machine = Machine::look(visitor.page.browser_name(), plan.samples);
    for round in 0..plan.samples {
        if plan.has(Part::Start) {
            eprintln!("  round {} of {}: start", round + 1, plan.samples);
            visitor.measure_start(figures);
        }
        let opens = [Part::Open, Part::Edits, Part::Lists, Part::Scroll].iter().any(|part| plan.has(*part));
        for case in plan.cases.iter().filter(|_| opens) {
            eprintln!("  round {} of {}: {}", round + 1, plan.samples, case.name());
            for subject in [Subject::Sourcier, Subject::Bare] {
                visitor.go(subject, *case);
                visitor.measure(plan, subject, *case, figures);
            }
        }
    }
    machine
}

impl<'b> Visitor<'b> {
    pub fn start(bench: &'b Bench, cases: &[Case]) -> Visitor<'b> {
        for (path, text) in BARE {
            bench.server.replace(path, text.into());
        }
        for case in cases {
            if let Some(kind) = case.kind() {
                bench.server.replace(&file_of(*case), Sample::new(kind).native_json().into_bytes());
            }
        }
        for (name, bytes) in empty_page() {
            bench.server.replace(&format!("{EMPTY}/{name}"), bytes);
        }
        let before = [KIT, EDITS, SOURCIER].map(str::to_owned).to_vec();
        let page = bench.start(&Visit { before, ..Visit::default() });
        Visitor { bench, page }
    }

    /// A fresh page with the document at hand, as the bytes that a chosen or fetched file has, and nothing
    /// open yet.
    pub fn go(&self, subject: Subject, case: Case) {
        // Whoever comes to Sourcier comes for the first time.
        self.page.go(&self.bench.server.url("bench/bare.html"));
        self.later("forget()");
        if subject == Subject::Sourcier {
            self.page.open(&self.bench.server.url(""));
        }
        self.later(&format!(
            "fetch('/{}').then((answer) => answer.bytes()).then((native) => (window.sample = {{ native }}, kit.rest(300)))",
            file_of(case)
        ));
    }

    /// The value of an expression that gives a promise.
    #[track_caller]
    pub fn later(&self, expression: &str) -> Value {
        self.page.script_later(expression)
    }

    fn measure(&self, plan: &Plan, subject: Subject, case: Case, figures: &mut Figures) {
        self.open(subject, case, figures);
        let places = if plan.has(Part::Edits) { plan.places_in(case) } else { &[] };
        for place in places {
            let times = self.later(&format!("edits({place})"));
            for (work, its_part) in EDITS_TIMED {
                figures.add(work, case, subject, number(&times[work], "painted"));
                figures.add(its_part, case, subject, number(&times[work], "work"));
            }
        }
        if subject == Subject::Sourcier && plan.has(Part::Lists) {
            self.work_in_sourcier(plan, case, figures);
        }
        if case != Case::Dense && plan.has(Part::Scroll) {
            self.scroll(plan, subject, case, figures);
        }
    }

    /// A first visit, beside a page of Yew that has nothing on it.
    fn measure_start(&self, figures: &mut Figures) {
        let go = |path: &str| {
            self.page.go(&self.bench.server.url("bench/bare.html"));
            self.later("forget().then(() => sessionStorage.setItem('watch', 'start'))");
            self.page.go(&self.bench.server.url(path));
            self.later("kit.started()")
        };
        let started = go("");
        figures.add("start", Case::Sample, Subject::Sourcier, number(&started, "painted"));
        figures.add("start-ready", Case::Sample, Subject::Sourcier, number(&started, "ready"));
        if !empty_page().is_empty() {
            let empty = number(&go(&format!("{EMPTY}/index.html")), "painted");
            figures.add("start", Case::Sample, Subject::Bare, empty);
            figures.add("start-ready", Case::Sample, Subject::Bare, empty);
        }
        self.page.script("sessionStorage.clear()");
    }

    /// Opens the document; in Sourcier, waits until it is saved.
    fn open(&self, subject: Subject, case: Case, figures: &mut Figures) {
        const OPEN: &str = "kit.timed(() => subject.open(sample), () => subject.isOpen(), 3000)";
        if subject == Subject::Sourcier {
            let opened = self.later(&format!(
                "{OPEN}.then(async (time) => ({{ ...time, holds: await subject.saving() }}))"
            ));
            figures.add("open", case, subject, number(&opened, "painted"));
            figures.add("open-file", case, subject, number(&opened, "painted"));
            figures.add("hold-first", case, subject, number(&opened["holds"], "saving"));
            return;
        }
        let read = number(&self.later(OPEN), "painted");
        figures.add("open-file", case, subject, read);
        self.go(subject, case);
        self.later("(sample.paragraphs = subject.paragraphsOf(sample.native), kit.rest(300))");
        figures.add("open", case, subject, number(&self.later(OPEN), "painted"));
    }

    fn work_in_sourcier(&self, plan: &Plan, case: Case, figures: &mut Figures) {
        let subject = Subject::Sourcier;
        if plan.has(Part::Edits) {
            let holds = self.later("subject.saving()");
            figures.add("hold-edit", case, subject, number(&holds, "saving"));
        }
        figures.add("choose", case, subject, number(&self.later("subject.choose()"), "painted"));
        figures.add("inspect", case, subject, number(&self.later("subject.inspect()"), "painted"));
        for text in TYPED.into_iter().chain([""]) {
            let time = self.page.script_later_with("subject.filter(arguments[0])", json!([text]));
            figures.add("filter", case, subject, number(&time, "painted"));
        }
        let export = "(async (start) => { await sourcier.export('json'); return performance.now() - start; })(performance.now())";
        figures.add("export", case, subject, self.later(export).as_f64().expect("a time"));
    }

    fn scroll(&self, plan: &Plan, subject: Subject, case: Case, figures: &mut Figures) {
        let scrolled = self.later(&format!("kit.scroll({SCROLL_SPEED}, {}, 2000)", plan.scroll_ms));
        figures.add("scroll-fps", case, subject, number(&scrolled, "fps"));
        figures.add("scroll-longest", case, subject, number(&scrolled, "longest"));
        let jumped = self.later("kit.jump()");
        figures.add("jump-there", case, subject, number(&jumped, "there"));
        figures.add("jump-back", case, subject, number(&jumped, "back"));
        let swept = self.later(&format!("kit.sweep({})", plan.sweep_ms));
        figures.add("sweep-empty", case, subject, number(&swept, "empty"));
    }
}

/// The files of the empty page, where `cargo xtask bench` has built it.
fn empty_page() -> Vec<(String, Vec<u8>)> {
    let Some(folder) = std::env::var_os("SOURCIER_EMPTY_PAGE") else { return Vec::new() };
    let files = fs::read_dir(folder).expect("the folder of the empty page");
    files
        .map(|file| {
            let file = file.expect("a file of the empty page");
            let bytes = fs::read(file.path()).expect("a file of the empty page");
            (file.file_name().to_string_lossy().into_owned(), bytes)
        })
        .collect()
}

fn file_of(case: Case) -> String {
    format!("bench/{case:?}.json").to_lowercase()
}

#[track_caller]
pub fn number(value: &Value, key: &str) -> f64 {
    value[key].as_f64().unwrap_or_else(|| panic!("no {key} in {value}"))
}

//! What is measured, and how often.

use sourcier_samples::Kind;

/// A document that is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Case {
    Small,
    Middle,
    Large,
    OneLine,
    Dense,
    /// The article that is open on a first visit.
    Sample,
}

/// A part of what is measured, so that one can be looked at by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Start,
    Open,
    Edits,
    /// Choosing, the list, exports.
    Lists,
    Scroll,
    /// What is measured once: history, memory, rest.
    Long,
}

const PARTS: [(&str, Part); 6] = [
    ("start", Part::Start),
    ("open", Part::Open),
    ("edits", Part::Edits),
    ("lists", Part::Lists),
    ("scroll", Part::Scroll),
    ("long", Part::Long),
];

const CASES: [(&str, Case); 5] = [
    ("small", Case::Small),
    ("middle", Case::Middle),
    ("large", Case::Large),
    ("one-line", Case::OneLine),
    ("dense", Case::Dense),
];

/// One that stands for all.
const MIDDLE_PLACE: &[f64] = &[0.5];

const SAMPLES: usize = 5;

pub struct Plan {
    /// How often each case is opened, in turn with the others.
    pub samples: usize,
    pub cases: Vec<Case>,
    pub parts: Vec<Part>,
    /// The document of what is measured once: history, memory, rest.
    pub long_case: Case,
    /// Edits of history, and how often a document is opened and closed.
    pub edits: usize,
    pub openings: usize,
    pub idle_ms: u32,
    /// How long it is scrolled at one speed, and how long a way through all of the text takes.
    pub scroll_ms: u32,
    pub sweep_ms: u32,
    /// Places of the text where edits are timed, as parts of it.
    pub places: &'static [f64],
    pub is_smoke: bool,
}

impl Case {
    /// Those that differ in size alone.
    pub const SIZES: [Case; 3] = [Case::Small, Case::Middle, Case::Large];

    /// How the document is made; `None` where the program brings it.
    pub fn kind(self) -> Option<Kind> {
        match self {
            Case::Small => Some(Kind::SMALL),
            Case::Middle => Some(Kind::MIDDLE),
            Case::Large => Some(Kind::LARGE),
            Case::OneLine => Some(Kind::ONE_LINE),
            Case::Dense => Some(Kind::DENSE),
            Case::Sample => None,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Case::Small => "100 kB / 1,000",
            Case::Middle => "1 MB / 10,000",
            Case::Large => "3 MB / 30,000",
            Case::OneLine => "1 MB, one line",
            Case::Dense => "2,000 in a paragraph",
            Case::Sample => "the sample article",
        }
    }

    /// In bytes of text, for the plot.
    pub fn size_bytes(self) -> f64 {
        match self {
            Case::Small => 1e5,
            Case::Middle | Case::OneLine => 1e6,
            Case::Large => 3e6,
            Case::Dense => 4e4,
            Case::Sample => 4e3,
        }
    }

    fn has_paragraphs(self) -> bool {
        Case::SIZES.contains(&self)
    }
}

impl Plan {
    /// Everything once, and no longer than needed.
    fn smoke() -> Plan {
        Plan {
            samples: 1,
            cases: vec![Case::Small],
            parts: PARTS.map(|(_, part)| part).to_vec(),
            long_case: Case::Small,
            edits: 20,
            openings: 2,
            idle_ms: 500,
            scroll_ms: 500,
            sweep_ms: 500,
            places: MIDDLE_PLACE,
            is_smoke: true,
        }
    }

    /// Where a document is edited. A text without paragraphs is one on the bare page, which draws
    /// all of it again at every edit.
    pub fn places_in(&self, case: Case) -> &'static [f64] {
        if case.has_paragraphs() { self.places } else { MIDDLE_PLACE }
    }

    pub fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Plan, String> {
        let mut plan = Plan {
            samples: SAMPLES,
            cases: CASES.map(|(_, case)| case).to_vec(),
            parts: PARTS.map(|(_, part)| part).to_vec(),
            long_case: Case::Large,
            edits: 2_000,
            openings: 50,
            idle_ms: 10_000,
            scroll_ms: 2_500,
            sweep_ms: 10_000,
            places: &[0.02, 0.25, 0.5, 0.75, 0.97],
            is_smoke: false,
        };
        while let Some(argument) = arguments.next() {
            match argument.as_str() {
                "--smoke" => plan = Plan::smoke(),
                "--samples" => {
                    let samples = arguments.next().and_then(|samples| samples.parse().ok());
                    plan.samples = samples.ok_or("--samples needs a number, as in `--samples 9`")?;
                }
                "--only" => plan.parts = chosen(&PARTS, &argument, arguments.next())?,
                "--cases" => plan.cases = chosen(&CASES, &argument, arguments.next())?,
                _ => return Err(format!("unknown argument `{argument}`")),
            }
        }
        Ok(plan)
    }

    pub fn has(&self, part: Part) -> bool {
        self.parts.contains(&part)
    }
}

/// Those of a table that are named, in its order.
fn chosen<T: Copy>(table: &[(&str, T)], argument: &str, names: Option<String>) -> Result<Vec<T>, String> {
    let known = table.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(",");
    let names = names.unwrap_or_default();
    let is_known = |name: &str| table.iter().any(|(known, _)| *known == name);
    if !names.split(',').all(is_known) {
        return Err(format!("{argument} takes some of {known}"));
    }
    let is_chosen = |(known, _): &&(&str, T)| names.split(',').any(|name| name == *known);
    Ok(table.iter().filter(is_chosen).map(|(_, thing)| *thing).collect())
}

#[test]
fn parts_can_be_chosen() {
    let parse = |text: &str| Plan::parse(text.split_whitespace().map(str::to_owned));
    let plan = parse("--only scroll,open --cases large --samples 3").expect("all is known");
    assert_eq!(
        (plan.parts, plan.cases, plan.samples),
        (vec![Part::Open, Part::Scroll], vec![Case::Large], 3)
    );
    for wrong in ["--only", "--only open,", "--only all", "--cases huge", "--fast"] {
        assert!(parse(wrong).is_err(), "{wrong}");
    }
}

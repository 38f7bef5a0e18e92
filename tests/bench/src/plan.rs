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
}

/// One that stands for all.
const MIDDLE_PLACE: &[f64] = &[0.5];

const SAMPLES: usize = 5;

pub struct Plan {
    /// How often each case is opened, in turn with the others.
    pub samples: usize,
    pub cases: &'static [Case],
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
    const ALL: [Case; 5] = [Case::Small, Case::Middle, Case::Large, Case::OneLine, Case::Dense];
    /// Those that differ in size alone.
    pub const SIZES: [Case; 3] = [Case::Small, Case::Middle, Case::Large];

    pub fn kind(self) -> Kind {
        match self {
            Case::Small => Kind::SMALL,
            Case::Middle => Kind::MIDDLE,
            Case::Large => Kind::LARGE,
            Case::OneLine => Kind::ONE_LINE,
            Case::Dense => Kind::DENSE,
        }
    }

    pub fn name(self) -> &'static str {
        match self {
            Case::Small => "100 kB / 1,000",
            Case::Middle => "1 MB / 10,000",
            Case::Large => "3 MB / 30,000",
            Case::OneLine => "1 MB, one line",
            Case::Dense => "2,000 in a paragraph",
        }
    }

    /// In bytes of text, for the plot.
    pub fn size_bytes(self) -> f64 {
        match self {
            Case::Small => 1e5,
            Case::Middle | Case::OneLine => 1e6,
            Case::Large => 3e6,
            Case::Dense => 4e4,
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
            cases: &[Case::Small],
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
            cases: &Case::ALL,
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
                _ => return Err(format!("unknown argument `{argument}`")),
            }
        }
        Ok(plan)
    }
}

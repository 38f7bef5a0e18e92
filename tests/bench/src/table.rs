//! The table on the terminal.

use std::fmt::Write as _;

use crate::bars::{Bar, WORKS, Work};
use crate::figures::{Figures, Samples, median, percentile_95};
use crate::plan::Case;

/// One line for each kind of work and document: medians with the 95th percentiles in brackets.
pub fn table(figures: &Figures) -> String {
    let mut table =
        format!("\n{:46}{:23}{:>19}{:>19}{:>7}{:>13}\n", "", "", "sourcier", "bare page", "ratio", "bar");
    for work in WORKS {
        let cases = figures.iter().filter(|(id, _, _)| *id == work.id);
        for (_, case, samples) in cases {
            let _ = writeln!(table, "{}", line(work, case, samples, figures).trim_end());
        }
    }
    table
}

fn line(work: &Work, case: Case, samples: &Samples, figures: &Figures) -> String {
    let title = format!("{}{}", work.title, unit(work.unit));
    let ratio = samples.ratio().map_or(String::new(), |ratio| format!("{ratio:.2}"));
    let limit = work.bar.limit(case, samples, figures);
    let sign = if matches!(work.bar, Bar::AtLeast(_)) { "≥" } else { "≤" };
    let bar = limit.map_or(String::new(), |limit| format!("{sign} {}", short(limit)));
    let verdict = match (median(&samples.sourcier), limit) {
        (Some(found), Some(limit)) if work.bar.is_kept(found, limit) => "ok",
        (Some(_), Some(_)) => "over",
        _ => "",
    };
    let (sourcier, bare) = (both(&samples.sourcier), both(&samples.bare));
    format!("{title:46}{:23}{sourcier:>19}{bare:>19}{ratio:>7}{bar:>13}  {verdict}", case.name())
}

fn unit(unit: &str) -> String {
    if unit.is_empty() { String::new() } else { format!(", {unit}") }
}

fn both(samples: &[f64]) -> String {
    match (median(samples), percentile_95(samples)) {
        (Some(median), Some(percentile)) => format!("{} ({})", short(median), short(percentile)),
        _ => String::new(),
    }
}

/// Three digits that count.
pub fn short(number: f64) -> String {
    match number.abs() {
        size if size >= 100.0 => format!("{number:.0}"),
        size if size >= 10.0 => format!("{number:.1}"),
        _ => format!("{number:.2}"),
    }
}

#[test]
fn a_line_says_whether_the_bar_is_kept() {
    use crate::figures::Subject;
    let mut figures = Figures::default();
    for (subject, sample) in [(Subject::Sourcier, 30.0), (Subject::Bare, 16.0)] {
        figures.add("add", Case::Small, subject, sample);
    }
    let text = table(&figures);
    assert!(text.contains("add, ms") && text.contains("30.0 (30.0)") && text.ends_with("ok\n"), "{text}");
    figures.add("add", Case::Small, Subject::Sourcier, 90.0);
    assert!(table(&figures).ends_with("over\n"));
}

//! The samples, and what is made of them.

use std::collections::BTreeMap;

use crate::plan::Case;

/// Which of the two pages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subject {
    Sourcier,
    Bare,
}

/// All samples of one kind of work on one document, in the order in which they were taken.
#[derive(Clone, Debug, Default)]
pub struct Samples {
    pub sourcier: Vec<f64>,
    /// Empty where the bare page has nothing of the kind.
    pub bare: Vec<f64>,
}

/// Everything measured so far, by the work's id and the document.
#[derive(Default)]
pub struct Figures(BTreeMap<(&'static str, Case), Samples>);

impl Samples {
    /// Sourcier's median as so many times the bare page's.
    pub fn ratio(&self) -> Option<f64> {
        let bare = median(&self.bare).filter(|bare| *bare > 0.0)?;
        Some(median(&self.sourcier)? / bare)
    }
}

impl Figures {
    pub fn add(&mut self, work: &'static str, case: Case, subject: Subject, sample: f64) {
        let samples = self.0.entry((work, case)).or_default();
        match subject {
            Subject::Sourcier => samples.sourcier.push(sample),
            Subject::Bare => samples.bare.push(sample),
        }
    }

    pub fn get(&self, work: &str, case: Case) -> Option<&Samples> {
        self.0.iter().find(|((found, of), _)| *found == work && *of == case).map(|(_, samples)| samples)
    }

    pub fn iter(&self) -> impl Iterator<Item = (&'static str, Case, &Samples)> {
        self.0.iter().map(|((work, case), samples)| (*work, *case, samples))
    }

    pub fn len(&self) -> usize {
        self.0.len()
    }
}

/// The middle sample, or the mean of the two in the middle.
pub fn median(samples: &[f64]) -> Option<f64> {
    let sorted = sorted(samples);
    let upper = *sorted.get(sorted.len() / 2)?;
    let lower = sorted[(sorted.len() - 1) / 2];
    Some((lower + upper) / 2.0)
}

/// The smallest sample that 95 of 100 do not exceed.
pub fn percentile_95(samples: &[f64]) -> Option<f64> {
    let sorted = sorted(samples);
    let rank = (sorted.len() * 95).div_ceil(100);
    sorted.get(rank.checked_sub(1)?).copied()
}

fn sorted(samples: &[f64]) -> Vec<f64> {
    let mut sorted = samples.to_vec();
    sorted.sort_by(f64::total_cmp);
    sorted
}

#[test]
fn medians_and_percentiles_of_few_samples() {
    assert_eq!((median(&[]), percentile_95(&[])), (None, None));
    assert_eq!((median(&[3.0]), percentile_95(&[3.0])), (Some(3.0), Some(3.0)));
    assert_eq!((median(&[4.0, 1.0, 3.0, 2.0]), percentile_95(&[4.0, 1.0, 3.0, 2.0])), (Some(2.5), Some(4.0)));
    let hundred: Vec<f64> = (1..=100).rev().map(f64::from).collect();
    assert_eq!((median(&hundred), percentile_95(&hundred)), (Some(50.5), Some(95.0)));
    let samples = Samples { sourcier: vec![30.0], bare: vec![20.0] };
    assert_eq!(samples.ratio(), Some(1.5));
    assert_eq!(Samples { sourcier: vec![30.0], bare: vec![0.0] }.ratio(), None);
}

//! The annotations: spread evenly over the text, each on whole words.
//!
//! A paragraph is cut into as many stretches as it gets annotations, and each of these lies in the
//! stretch of its own. A tenth lies over the annotation before instead, nested in it or crossing its
//! end; three in a hundred leave a word out and so have two fragments.

use std::ops::Range;

use crate::random::Random;
use crate::{Annotation, LABELS};

const SEED: u64 = 2;
const OVERLAPPING_EVERY: usize = 10;
const DISCONTINUOUS_EVERY: usize = 33;
/// The most words of an annotation: a statement, and everything else.
const STATEMENT_WORDS_MAX: usize = 9;
const WORDS_MAX: usize = 2;
/// How many of the labels are statements.
const STATEMENTS: usize = 3;

/// What is still to be made for the shares to come out right.
#[derive(Default)]
struct Owed {
    overlapping: usize,
    discontinuous: usize,
}

pub fn annotations(text: &str, paragraphs: &[Range<usize>], count: usize) -> Vec<Annotation> {
    let mut random = Random::new(SEED);
    let mut owed = Owed::default();
    let mut annotations = Vec::with_capacity(count);
    for paragraph in paragraphs {
        // Multiplied first, so that the last paragraph ends at exactly `count`.
        let until = count * paragraph.end / text.len();
        let words = words_of(text, paragraph.clone());
        let in_paragraph = until - annotations.len();
        let mut before: Option<Range<usize>> = None;
        for idx in 0..in_paragraph {
            let number = annotations.len() + 1;
            owed.overlapping += usize::from(number.is_multiple_of(OVERLAPPING_EVERY));
            owed.discontinuous += usize::from(number.is_multiple_of(DISCONTINUOUS_EVERY));
            let stretch = words.len() * idx / in_paragraph..words.len() * (idx + 1) / in_paragraph;
            let mut label = random.below(LABELS.len());
            if owed.discontinuous > 0 && stretch.len() >= 3 {
                label = random.below(STATEMENTS);
            }
            let taken = match before.take().filter(|_| owed.overlapping > 0) {
                Some(before) => {
                    owed.overlapping -= 1;
                    over(&before, &stretch, &mut random)
                }
                None => within(&stretch, label < STATEMENTS, &mut random),
            };
            before = Some(taken.clone());
            let fragments = match owed.discontinuous > 0 && taken.len() >= 3 {
                true => {
                    owed.discontinuous -= 1;
                    let gap = taken.start + 1 + random.below(taken.len() - 2);
                    vec![joined(&words[taken.start..gap]), joined(&words[gap + 1..taken.end])]
                }
                false => vec![joined(&words[taken])],
            };
            annotations.push(Annotation { id: String::new(), label: LABELS[label], fragments, entity: None });
        }
    }
    annotations.sort_by_key(|annotation| {
        let Range { start, end } = annotation.envelope();
        (start, usize::MAX - end)
    });
    for (idx, annotation) in annotations.iter_mut().enumerate() {
        annotation.id = format!("a{idx:06}");
    }
    annotations
}

/// Words inside a stretch. A stretch without a word gives the one before it.
fn within(stretch: &Range<usize>, is_statement: bool, random: &mut Random) -> Range<usize> {
    if stretch.is_empty() {
        return stretch.start.saturating_sub(1)..stretch.start.max(1);
    }
    let len_max = stretch.len().min(if is_statement { STATEMENT_WORDS_MAX } else { WORDS_MAX });
    let len_min = len_max.min(if is_statement { 3 } else { 1 });
    let len = len_min + random.below(len_max - len_min + 1);
    let start = stretch.start + random.below(stretch.len() - len + 1);
    start..start + len
}

/// Words over those of the annotation before: nested in it, or from within it into its own stretch.
fn over(before: &Range<usize>, stretch: &Range<usize>, random: &mut Random) -> Range<usize> {
    let start = before.start + random.below(before.len());
    let nested = start + 1 + random.below(before.end - start);
    let crosses = random.below(2) == 0 && stretch.end > before.end;
    start..if crosses { before.end + 1 + random.below((stretch.end - before.end).min(3)) } else { nested }
}

/// From the first of the words to the last.
fn joined(words: &[Range<usize>]) -> Range<usize> {
    words[0].start..words[words.len() - 1].end
}

/// What stands between white space, without the punctuation round it; in bytes of `text`.
fn words_of(text: &str, paragraph: Range<usize>) -> Vec<Range<usize>> {
    let place = |word: &str| word.as_ptr().addr() - text.as_ptr().addr();
    let words = text[paragraph].split_whitespace();
    let words = words.map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()));
    words.filter(|word| !word.is_empty()).map(|word| place(word)..place(word) + word.len()).collect()
}

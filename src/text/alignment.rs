//! Which lines of two versions of a text are the same.
//!
//! Lines that occur once in both hold the two together, as in a patience diff: the longest row of
//! them that keeps its order. Between them, lines that are the same from either end belong together.
//! So one changed paragraph leaves all others whole, however long the text. Lines count without
//! their ends: a text with CR LF is the same as with LF, but for the ends.

use std::cmp::Ordering;
use std::ops::Range;

use crate::sorted::Sorting;
use crate::text::span::{TextOffset, TextSpan};

/// How often the lines between two that hold are searched for others that do. More costs time in
/// texts that were made to cost time, and finds nothing in others.
const DEPTH_MAX: usize = 16;

/// How many lines are compared in a step, and how many rows looked at: some milliseconds of work.
const STEP: usize = 4_096;
const TASKS: usize = 1_024;

/// No more bytes lie between two lines where no other line does.
const LINE_ENDS_LEN: usize = 2;

/// The lines that two texts share. All places are in bytes.
#[derive(Debug)]
pub struct Alignment {
    old: Lines,
    new: Lines,
    /// The lines that are the same, by their numbers in the old text and in the new one. Both rise.
    pairs: Vec<(usize, usize)>,
}

/// The lines of a text without their ends, and behind them an empty one, so that the ends of two texts
/// are always a pair.
type Lines = Vec<Range<usize>>;

impl Alignment {
    /// How many bytes the lines have that are the same.
    pub fn len_shared(&self) -> usize {
        self.pairs.iter().map(|(old, _)| self.old[*old].len()).sum()
    }

    /// Where a stretch of the old text lies in the new one; `None` where one of its lines changed.
    /// O(log n).
    pub fn span(&self, span: TextSpan) -> Option<TextSpan> {
        let range = span.range();
        let (first, start) = self.place(range.start)?;
        let (last, end) = self.place(range.end - 1)?;
        let ((first_old, first_new), (last_old, last_new)) = (self.pairs[first], self.pairs[last]);
        let is_whole = last - first == last_old - first_old && last - first == last_new - first_new;
        TextSpan::from_range(start..end + 1).filter(|_| is_whole)
    }

    /// The pair in whose line the byte at `at` lies, and where it lies in the new text. One of the end
    /// of a line is there where that is as long.
    fn place(&self, at: usize) -> Option<(usize, usize)> {
        let pair = self.pair_before(at)?;
        let (old, new) = self.pairs[pair];
        let (line, new_line) = (&self.old[old], &self.new[new]);
        let next = |lines: &Lines, idx: usize| lines.get(idx + 1).map_or(0, |next| next.start);
        let (end, new_end) = (next(&self.old, old), next(&self.new, new));
        let is_there = at < line.end || (at < end && end - line.end == new_end - new_line.end);
        is_there.then(|| (pair, new_line.start + at - line.start))
    }

    /// Where a place of the old text would be in the new one, and the changed lines there.
    pub fn around(&self, place: TextOffset) -> (TextOffset, Range<usize>) {
        let place = place.to_usize();
        let before = self.pair_before(place);
        let gap = self.gap(before.map_or(0, |before| before + 1));
        let start = before.map_or(0, |before| self.old[self.pairs[before].0].end);
        (TextOffset::new((gap.start + place.saturating_sub(start)).min(gap.end)), gap)
    }

    /// The changed lines of the new text, in order: what lies between lines that are the same.
    pub fn gaps(&self) -> impl Iterator<Item = Range<usize>> {
        (0..=self.pairs.len()).map(|idx| self.gap(idx)).filter(|gap| gap.len() > LINE_ENDS_LEN)
    }

    /// The changed lines before some pair, or behind the last.
    fn gap(&self, idx: usize) -> Range<usize> {
        let start = idx.checked_sub(1).map_or(0, |before| self.new[self.pairs[before].1].end);
        start..self.pairs.get(idx).map_or(start, |pair| self.new[pair.1].start)
    }

    /// The last pair whose line starts at or before a place of the old text.
    fn pair_before(&self, place: usize) -> Option<usize> {
        self.pairs.partition_point(|(old, _)| self.old[*old].start <= place).checked_sub(1)
    }
}

/// Finds the lines that are the same, in steps.
pub struct Aligning<'t> {
    old: (&'t str, Lines),
    new: (&'t str, Lines),
    pairs: Vec<(usize, usize)>,
    /// What is to be done, the next last.
    tasks: Vec<Task>,
    /// The lines of two rows, on their way into order: those of the old text by twice their numbers, those
    /// of the new one by twice and one.
    sorting: Option<(Row, Vec<usize>, Sorting)>,
}

/// A row of lines of each text, and how often the rows round it were searched.
type Row = (Range<usize>, Range<usize>, usize);

enum Task {
    Align(Row),
    /// So many lines from these on are the same.
    Pairs(usize, usize, usize),
}

impl<'t> Aligning<'t> {
    /// O(n log n) for n bytes in both texts, with all steps.
    pub fn new(old: &'t str, new: &'t str) -> Aligning<'t> {
        let (old_lines, new_lines) = (lines_of(old), lines_of(new));
        Aligning {
            tasks: vec![Task::Align((0..old_lines.len(), 0..new_lines.len(), 0))],
            old: (old, old_lines),
            new: (new, new_lines),
            pairs: Vec::new(),
            sorting: None,
        }
    }

    /// Goes on a little. Whether there is more to do before [`Aligning::finish`].
    pub fn step(&mut self) -> bool {
        if let Some((row, lines, mut sorting)) = self.sorting.take() {
            if sorting.step(STEP, &|left, right| self.compare(lines[left], lines[right])) {
                self.sorting = Some((row, lines, sorting));
            } else {
                let lines = sorting.into_order().into_iter().map(|place| lines[place]).collect();
                self.take_sorted(row, lines);
            }
            return true;
        }
        for _ in 0..TASKS {
            match self.tasks.pop() {
                None => return false,
                Some(Task::Pairs(old, new, len)) => {
                    self.pairs.extend((0..len).map(|idx| (old + idx, new + idx)));
                }
                Some(Task::Align(row)) => {
                    self.align(row);
                    if self.sorting.is_some() {
                        break;
                    }
                }
            }
        }
        true
    }

    /// How much is done: nearly all of it is the first sort.
    pub fn percent(&self) -> usize {
        match &self.sorting {
            Some(((.., 0), _, sorting)) => sorting.percent() * 9 / 10,
            _ => 90,
        }
    }

    /// The lines that are the same, once [`Aligning::step`] said that there is no more to do.
    pub fn finish(self) -> Alignment {
        Alignment { old: self.old.1, new: self.new.1, pairs: self.pairs }
    }

    /// Takes what two rows of lines share at their starts and ends, and has the rest looked through.
    fn align(&mut self, (mut old, mut new, depth): Row) {
        while !old.is_empty() && !new.is_empty() && self.is_same(old.start, new.start) {
            self.pairs.push((old.start, new.start));
            (old.start, new.start) = (old.start + 1, new.start + 1);
        }
        let mut suffix = 0;
        while !old.is_empty() && !new.is_empty() && self.is_same(old.end - 1, new.end - 1) {
            (old.end, new.end, suffix) = (old.end - 1, new.end - 1, suffix + 1);
        }
        if suffix > 0 {
            self.tasks.push(Task::Pairs(old.end, new.end, suffix));
        }
        if depth < DEPTH_MAX && !old.is_empty() && !new.is_empty() {
            let lines: Vec<usize> =
                old.clone().map(|idx| 2 * idx).chain(new.clone().map(|idx| 2 * idx + 1)).collect();
            let sorting = Sorting::new(lines.len());
            self.sorting = Some(((old, new, depth), lines, sorting));
        }
    }

    /// Has what lies between the lines that hold two rows together looked through.
    fn take_sorted(&mut self, (mut old, mut new, depth): Row, lines: Vec<usize>) {
        let held = longest_row(old.start, &self.partners(old.clone(), &lines));
        if held.is_empty() {
            return;
        }
        let first = self.tasks.len();
        for (old_idx, new_idx) in held {
            let between = (old.start..old_idx, new.start..new_idx, depth + 1);
            if !between.0.is_empty() && !between.1.is_empty() {
                self.tasks.push(Task::Align(between));
            }
            self.tasks.push(Task::Pairs(old_idx, new_idx, 1));
            (old.start, new.start) = (old_idx + 1, new_idx + 1);
        }
        self.tasks.push(Task::Align((old, new, depth + 1)));
        self.tasks[first..].reverse();
    }

    fn line(&self, is_new: bool, idx: usize) -> &'t str {
        let (text, lines) = if is_new { &self.new } else { &self.old };
        &text[lines[idx].clone()]
    }

    fn is_same(&self, old: usize, new: usize) -> bool {
        self.line(false, old) == self.line(true, new)
    }

    /// By what they say, then by their numbers as in [`Aligning::sorting`].
    fn compare(&self, left: usize, right: usize) -> Ordering {
        let line = |number: usize| self.line(number % 2 == 1, number / 2);
        line(left).cmp(line(right)).then(left.cmp(&right))
    }

    /// For each line of the old row the line of the new one that is the same: where it is not blank,
    /// and occurs once in each. `lines` are those of both, in order.
    fn partners(&self, old: Range<usize>, lines: &[usize]) -> Vec<Option<usize>> {
        let mut partners = vec![None; old.len()];
        let line = |number: usize| self.line(number % 2 == 1, number / 2);
        let is_same = |left: usize, right: usize| matches!((lines.get(left), lines.get(right)), (Some(left), Some(right)) if line(*left) == line(*right));
        for idx in 1..lines.len() {
            let (before, this) = (lines[idx - 1], lines[idx]);
            let is_pair = is_same(idx - 1, idx) && (before + this) % 2 == 1;
            let is_only = !is_same(idx.wrapping_sub(2), idx) && !is_same(idx, idx + 1);
            if is_pair && is_only && !line(this).trim_ascii().is_empty() {
                let (in_old, in_new) = if before % 2 == 0 { (before, this) } else { (this, before) };
                partners[in_old / 2 - old.start] = Some(in_new / 2);
            }
        }
        partners
    }
}

fn lines_of(text: &str) -> Lines {
    let mut start = 0;
    let mut lines = Lines::new();
    for line in text.split_inclusive('\n') {
        lines.push(start..start + line.trim_end_matches(['\r', '\n']).len());
        start += line.len();
    }
    lines.push(start..start);
    lines
}

/// The longest row of pairs (place, partner) in which the partners rise too. The places count from
/// `first`. O(n log n).
fn longest_row(first: usize, partners: &[Option<usize>]) -> Vec<(usize, usize)> {
    // For each length, the pair with the least partner that ends a row of it; and for each pair
    // the one before it in its row.
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut before: Vec<Option<(usize, usize)>> = vec![None; partners.len()];
    for (idx, partner) in partners.iter().enumerate() {
        let Some(partner) = *partner else { continue };
        let len = ends.partition_point(|(_, end)| *end < partner);
        before[idx] = len.checked_sub(1).map(|len| ends[len]);
        if len == ends.len() {
            ends.push((first + idx, partner));
        } else {
            ends[len] = (first + idx, partner);
        }
    }
    let mut row = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(pair) = next {
        row.push(pair);
        next = before[pair.0 - first];
    }
    row.reverse();
    row
}

#[cfg(test)]
mod tests;

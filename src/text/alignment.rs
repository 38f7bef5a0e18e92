//! Which parts of two versions of a text are the same, and where each lies in the other.
//!
//! Lines that occur once in both versions hold the two together, as in a patience diff: the longest
//! row of them that keeps its order. Between them, lines that are alike from either end belong
//! together, and what is left of a changed line is alike from its own two ends. So one changed
//! paragraph leaves all others whole, however long the text. Lines count without their ends: a
//! text with CR LF is the same as with LF, but for the ends.

use std::ops::Range;

use crate::sorted::sort_by;
use crate::text::span::{TextOffset, TextSpan};

/// How often the lines between two that hold are searched for others that do. More costs time in
/// texts that were made to cost time, and finds nothing in others.
const DEPTH_MAX: usize = 16;

/// The parts that two texts share. All places are in bytes.
#[derive(Clone, Debug, Default)]
pub struct Alignment {
    // Invariant: none is empty, in order and disjoint in both texts.
    runs: Vec<Run>,
    /// Those of them that are whole lines.
    whole: Vec<Run>,
    /// Lines that occur once in both texts and went past others, in the order of the old text.
    crossed: Vec<Run>,
    new_len: usize,
}

/// A stretch that is the same in both texts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Run {
    old: usize,
    new: usize,
    len: usize,
    /// Whole lines, not what is alike in a changed one.
    is_whole: bool,
    /// How many of the runs up to this one have more before them than other white space.
    breaks: u32,
    /// How many bytes the runs before it have.
    shared: usize,
}

impl Run {
    /// A place of the old text in this run, in the new one.
    fn to_new(self, place: usize) -> usize {
        self.new + (place - self.old)
    }
}

impl Alignment {
    /// O(n log n) for n bytes in both texts.
    pub fn new(old: &str, new: &str) -> Alignment {
        let mut aligner =
            Aligner { old, new, runs: Vec::new(), crossed: Vec::new(), old_done: 0, new_done: 0 };
        let (old_lines, new_lines) = (lines_of(old), lines_of(new));
        aligner.lines(&old_lines, &new_lines, 0);
        aligner.between(old.len(), new.len());
        let Aligner { mut runs, crossed, .. } = aligner;
        sum_up(old, new, &mut runs);
        let whole = runs.iter().copied().filter(|run| run.is_whole).collect();
        Alignment { runs, whole, crossed, new_len: new.len() }
    }

    /// How many bytes are the same.
    pub fn len_shared(&self) -> usize {
        self.runs.iter().map(|run| run.len).sum()
    }

    /// Where a stretch of the old text lies in the new one. `None` where it is not there whole, but
    /// for the white space in it. O(log n).
    pub fn span(&self, span: TextSpan) -> Option<TextSpan> {
        let range = span.range();
        if let Some(line) = self.crossed_at(span) {
            return TextSpan::from_range(range.start - line.old + line.new..range.end - line.old + line.new);
        }
        let (first, last) = self.ends(span)?;
        TextSpan::from_range(first.to_new(range.start)..last.to_new(range.end))
            .filter(|_| first.breaks == last.breaks)
    }

    /// Where a stretch lies now that begins and ends as it did, whatever became of its inside, and
    /// how many of its bytes are the same. O(log n).
    pub fn stretch(&self, span: TextSpan) -> Option<(TextSpan, usize)> {
        let range = span.range();
        let (first, last) = self.ends(span)?;
        let shared = (last.shared + range.end - last.old) - (first.shared + range.start - first.old);
        Some((TextSpan::from_range(first.to_new(range.start)..last.to_new(range.end))?, shared))
    }

    /// The runs in which the first and the last character of a stretch lie.
    fn ends(&self, span: TextSpan) -> Option<(Run, Run)> {
        let range = span.range();
        let first = self.runs[self.run_before(range.start)?];
        // An end belongs to the characters before it.
        let last = self.runs[self.run_before(range.end - 1)?];
        let is_there = range.start < first.old + first.len && range.end <= last.old + last.len;
        is_there.then_some((first, last))
    }

    /// Whether a stretch of the old text begins and ends in lines that are the same.
    pub fn is_in_same_lines(&self, span: TextSpan) -> bool {
        let is_whole = |at: usize| self.run_before(at).is_some_and(|run| self.runs[run].is_whole);
        let range = span.range();
        self.crossed_at(span).is_some() || (is_whole(range.start) && is_whole(range.end - 1))
    }

    /// Whether a stretch of the new text lies in lines that are the same.
    pub fn is_old(&self, new: TextSpan) -> bool {
        let range = new.range();
        let before = self.whole.partition_point(|run| run.new <= range.start).checked_sub(1);
        before.is_some_and(|before| range.end <= self.whole[before].new + self.whole[before].len)
    }

    /// Where a place of the old text would be in the new one: as far behind what is the same before
    /// it, but not behind what is the same after it.
    pub fn offset(&self, place: TextOffset) -> TextOffset {
        let place = place.to_usize();
        let before = self.run_before(place);
        let next = self.runs.get(before.map_or(0, |before| before + 1)).map_or(self.new_len, |run| run.new);
        let run = before.map_or(Run::default(), |before| self.runs[before]);
        TextOffset::new(run.to_new(place).min(next))
    }

    /// The changed lines of the new text that stand where a place of the old text was.
    pub fn gap_at(&self, place: TextOffset) -> Range<usize> {
        self.gap(self.whole.partition_point(|run| run.old <= place.to_usize()))
    }

    /// The changed lines of the new text, in order: all that lies between lines that are the same.
    pub fn gaps(&self) -> impl Iterator<Item = Range<usize>> {
        (0..=self.whole.len()).map(|idx| self.gap(idx))
    }

    /// The changed lines before some whole run, or behind the last.
    fn gap(&self, idx: usize) -> Range<usize> {
        let start = idx.checked_sub(1).map_or(0, |before| self.whole[before].new + self.whole[before].len);
        start..self.whole.get(idx).map_or(self.new_len, |run| run.new)
    }

    /// The line that went past others in which a stretch of the old text lies.
    fn crossed_at(&self, span: TextSpan) -> Option<Run> {
        let range = span.range();
        let before = self.crossed.partition_point(|run| run.old <= range.start).checked_sub(1)?;
        Some(self.crossed[before]).filter(|run| range.end <= run.old + run.len)
    }

    /// The last run that starts at or before a place of the old text.
    fn run_before(&self, place: usize) -> Option<usize> {
        self.runs.partition_point(|run| run.old <= place).checked_sub(1)
    }
}

/// Makes the runs, in order.
struct Aligner<'t> {
    old: &'t str,
    new: &'t str,
    runs: Vec<Run>,
    crossed: Vec<Run>,
    old_done: usize,
    new_done: usize,
}

impl Aligner<'_> {
    /// Finds what two rows of lines share.
    fn lines(&mut self, old: &[Range<usize>], new: &[Range<usize>], depth: usize) {
        let prefix = old.iter().zip(new).take_while(|(old, new)| self.is_same(old, new)).count();
        for (old, new) in old.iter().zip(new).take(prefix) {
            self.same(old.clone(), new.start);
        }
        let (old, new) = (&old[prefix..], &new[prefix..]);
        let from_end = || old.iter().rev().zip(new.iter().rev());
        let suffix = from_end().take_while(|(old, new)| self.is_same(old, new)).count();
        let (old, old_suffix) = old.split_at(old.len() - suffix);
        let (new, new_suffix) = new.split_at(new.len() - suffix);
        if depth < DEPTH_MAX && !old.is_empty() && !new.is_empty() {
            let (mut old_from, mut new_from) = (0, 0);
            let partners = self.partners(old, new);
            let held = longest_row(&partners);
            if depth == 0 {
                self.cross(old, new, &partners, &held);
            }
            for &(old_idx, new_idx) in &held {
                self.lines(&old[old_from..old_idx], &new[new_from..new_idx], depth + 1);
                self.same(old[old_idx].clone(), new[new_idx].start);
                (old_from, new_from) = (old_idx + 1, new_idx + 1);
            }
            if !held.is_empty() {
                self.lines(&old[old_from..], &new[new_from..], depth + 1);
            }
        }
        for (old, new) in old_suffix.iter().zip(new_suffix) {
            self.same(old.clone(), new.start);
        }
    }

    fn is_same(&self, old: &Range<usize>, new: &Range<usize>) -> bool {
        self.old[old.clone()] == self.new[new.clone()]
    }

    /// For each line of a row the line of the other that is the same: where it is not blank, and
    /// occurs once in each.
    fn partners(&self, old: &[Range<usize>], new: &[Range<usize>]) -> Vec<Option<usize>> {
        let mut lines: Vec<(&str, usize)> = Vec::with_capacity(old.len() + new.len());
        lines.extend(old.iter().enumerate().map(|(idx, line)| (&self.old[line.clone()], 2 * idx)));
        lines.extend(new.iter().enumerate().map(|(idx, line)| (&self.new[line.clone()], 2 * idx + 1)));
        lines.retain(|(line, _)| !line.trim_ascii().is_empty());
        sort_by(&mut lines, Ord::cmp);
        let mut partners: Vec<Option<usize>> = vec![None; old.len()];
        for group in lines.chunk_by(|left, right| left.0 == right.0) {
            let sides = group.iter().fold((None, None, 0), |(old, new, count), (_, idx)| match idx % 2 {
                0 => (Some(idx / 2), new, count + 1),
                _ => (old, Some(idx / 2), count + 1),
            });
            if let (Some(old), Some(new), 2) = sides {
                partners[old] = Some(new);
            }
        }
        partners
    }

    /// Notes the lines that are the same and not among those that hold the two rows together.
    fn cross(
        &mut self,
        old: &[Range<usize>],
        new: &[Range<usize>],
        partners: &[Option<usize>],
        held: &[(usize, usize)],
    ) {
        let mut held = held.iter().map(|(idx, _)| *idx).peekable();
        for (idx, partner) in partners.iter().enumerate() {
            if held.next_if_eq(&idx).is_some() {
                continue;
            }
            if let Some(partner) = *partner {
                let (line, new) = (&old[idx], new[partner].start);
                self.crossed.push(Run {
                    old: line.start,
                    new,
                    len: line.len(),
                    is_whole: true,
                    ..Run::default()
                });
            }
        }
    }

    /// Notes a line that is the same, and what is alike just before it.
    fn same(&mut self, old: Range<usize>, new_start: usize) {
        self.between(old.start, new_start);
        self.push(old.len(), true);
    }

    /// Goes on to two places, with what is alike from both ends of the way to them.
    fn between(&mut self, old_end: usize, new_end: usize) {
        let (old, new) = (&self.old[self.old_done..old_end], &self.new[self.new_done..new_end]);
        if old == new {
            return self.push(old.len(), true);
        }
        let same = |(left, right): &(char, char)| left == right;
        let len =
            |pairs: &mut dyn Iterator<Item = (char, char)>| pairs.map(|(char, _)| char.len_utf8()).sum();
        let prefix: usize = len(&mut old.chars().zip(new.chars()).take_while(same));
        let (old, new) = (&old[prefix..], &new[prefix..]);
        let suffix: usize = len(&mut old.chars().rev().zip(new.chars().rev()).take_while(same));
        self.push(prefix, false);
        (self.old_done, self.new_done) = (old_end - suffix, new_end - suffix);
        self.push(suffix, false);
    }

    /// Notes that as many bytes go on alike.
    fn push(&mut self, len: usize, is_whole: bool) {
        let (old, new) = (self.old_done, self.new_done);
        match self.runs.last_mut() {
            _ if len == 0 => {}
            Some(last)
                if last.is_whole == is_whole && (last.old + last.len, last.new + last.len) == (old, new) =>
            {
                last.len += len;
            }
            _ => self.runs.push(Run { old, new, len, is_whole, ..Run::default() }),
        }
        (self.old_done, self.new_done) = (old + len, new + len);
    }
}

/// Counts what lies before each run: bytes that are the same, and places where the texts differ in
/// more than how much white space there is.
fn sum_up(old: &str, new: &str, runs: &mut [Run]) {
    let is_white = |text: &str| text.chars().all(char::is_whitespace);
    for idx in 1..runs.len() {
        let (before, run) = (runs[idx - 1], runs[idx]);
        let (old_start, new_start) = (before.old + before.len, before.new + before.len);
        let (old_gap, new_gap) = (&old[old_start..run.old], &new[new_start..run.new]);
        // White space beside other white space parts no words.
        let is_beside = new[..new_start].ends_with(char::is_whitespace)
            || new[run.new..].starts_with(char::is_whitespace);
        let is_same =
            is_white(old_gap) && is_white(new_gap) && (is_beside || old_gap.is_empty() == new_gap.is_empty());
        runs[idx].breaks = before.breaks + u32::from(!is_same);
        runs[idx].shared = before.shared + before.len;
    }
}

/// The lines of a text without their ends.
fn lines_of(text: &str) -> Vec<Range<usize>> {
    let mut start = 0;
    let line = |line: &str| {
        let range = start..start + line.trim_end_matches(['\r', '\n']).len();
        start += line.len();
        range
    };
    text.split_inclusive('\n').map(line).collect()
}

/// The longest row of pairs (place, partner) in which the partners rise too. O(n log n).
fn longest_row(partners: &[Option<usize>]) -> Vec<(usize, usize)> {
    // For each length, the pair with the least partner that ends a row of it; and for each pair
    // the one before it in its row.
    let mut ends: Vec<(usize, usize)> = Vec::new();
    let mut before: Vec<Option<(usize, usize)>> = vec![None; partners.len()];
    for (place, partner) in partners.iter().enumerate() {
        let Some(partner) = *partner else { continue };
        let len = ends.partition_point(|(_, end)| *end < partner);
        before[place] = len.checked_sub(1).map(|len| ends[len]);
        match ends.get_mut(len) {
            Some(end) => *end = (place, partner),
            None => ends.push((place, partner)),
        }
    }
    let mut row = Vec::with_capacity(ends.len());
    let mut next = ends.last().copied();
    while let Some(pair) = next {
        row.push(pair);
        next = before[pair.0];
    }
    row.reverse();
    row
}

#[cfg(test)]
mod tests;

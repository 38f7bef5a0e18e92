//! Segments: maximal runs of text with the same annotations, as they are drawn.

use std::fmt::Write as _;
use std::rc::Rc;

use crate::edit::state::{MarksShown, State};
use crate::model::annotation::Annotation;
use crate::model::ids::AnnotationId;
use crate::model::schema::Family;
use crate::sorted::{SortedMap, sort_by};
use crate::text::span::{TextOffset, TextSpan};

/// How many annotations of one family are drawn at one place; deeper ones are counted.
pub const LANES_MAX: usize = 3;

/// A run of text drawn in one way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Segment {
    /// In bytes of the document's text; inside one block.
    pub span: TextSpan,
    /// Style classes: for each annotation drawn here a class of family, lane and the label's
    /// place in the schema (`t0-5`), with `s` and `e` classes where it starts and ends; `on` for
    /// the chosen one, `to` for the end that a link would have. Empty for plain text.
    pub class: Rc<str>,
    /// How many annotations lie here that no lane has room for.
    pub deeper: usize,
    /// The address of the link that the words are in. It is only shown.
    pub link: Option<Rc<str>>,
    /// The ids of the labels here, outermost first, for those who hear the page.
    pub labels: Rc<[usize]>,
}

/// One annotation within a block, with the lane it is drawn in.
struct Laned<'s> {
    annotation: &'s Annotation,
    family: Family,
    lane: usize,
    /// `None` for a label that the schema does not have.
    label_idx: Option<usize>,
}

/// The segments of a block, covering it without gaps. O(annotations in the block, squared at one
/// place).
pub fn segments_of(state: &State, block: TextSpan) -> Vec<Segment> {
    let laned = lanes(state, block);
    let structure = &state.document.structure;
    let links: Vec<TextSpan> = structure.links_in(block).collect();
    if laned.is_empty() && links.is_empty() {
        return vec![plain(block)];
    }
    let mut segments = Vec::new();
    let mut classes: SortedMap<String, Rc<str>> = SortedMap::new();
    // The annotations in text order that may still reach into a coming segment.
    let mut live: Vec<usize> = Vec::new();
    let mut next = 0;
    for (start, end) in cuts(&laned, &links, block) {
        let Some(span) = TextSpan::new(start, end) else { continue };
        live.retain(|idx| laned[*idx].annotation.target.end() > start);
        while next < laned.len() && laned[next].annotation.target.start() <= start {
            if laned[next].annotation.target.end() > start {
                live.push(next);
            }
            next += 1;
        }
        let here: Vec<&Laned<'_>> = live
            .iter()
            .map(|idx| &laned[*idx])
            .filter(|laned| laned.annotation.target.contains(start))
            .collect();
        let link = structure.link_at(start).cloned();
        segments.push(Segment { link, ..drawn(state, span, &here, &mut classes) });
    }
    segments
}

fn plain(span: TextSpan) -> Segment {
    Segment { span, class: Rc::from(""), deeper: 0, link: None, labels: Rc::from([]) }
}

/// Gives each annotation of the block the lowest lane of its family that is free where it starts.
fn lanes(state: &State, block: TextSpan) -> Vec<Laned<'_>> {
    let mut laned: Vec<Laned<'_>> = Vec::new();
    let mut ends: SortedMap<Family, Vec<TextOffset>> = SortedMap::new();
    state.annotations.overlapping(block, |annotation| {
        let is_shown = match &state.focus.marks {
            MarksShown::All => true,
            MarksShown::Only(label) => annotation.label == *label,
            MarksShown::None => false,
        };
        if !is_shown {
            return;
        }
        let label_idx = state.schema.label_index(&annotation.label);
        let label = label_idx.and_then(|idx| state.schema.labels.get(idx));
        let group = label.and_then(|label| state.schema.group(&label.group));
        let family = group.map_or(Family::Underline, |group| group.family);
        let lane_ends = ends.get_or_insert(family, Vec::new());
        let target = &annotation.target;
        let lane = lane_ends.iter().position(|end| *end <= target.start()).unwrap_or(lane_ends.len());
        if lane == lane_ends.len() {
            lane_ends.push(target.end());
        } else {
            lane_ends[lane] = target.end();
        }
        laned.push(Laned { annotation, family, lane, label_idx });
    });
    laned
}

/// The block cut at every end of a fragment or link.
fn cuts(laned: &[Laned<'_>], links: &[TextSpan], block: TextSpan) -> Vec<(TextOffset, TextOffset)> {
    let ends = laned.iter().flat_map(|laned| laned.annotation.target.fragments()).chain(links);
    let mut places: Vec<TextOffset> = ends
        .flat_map(|fragment| [fragment.start(), fragment.end()])
        .filter(|place| block.start() < *place && *place < block.end())
        .chain([block.start(), block.end()])
        .collect();
    sort_by(&mut places, Ord::cmp);
    places.dedup();
    places.windows(2).map(|pair| (pair[0], pair[1])).collect()
}

fn drawn(
    state: &State,
    span: TextSpan,
    here: &[&Laned<'_>],
    classes: &mut SortedMap<String, Rc<str>>,
) -> Segment {
    if here.is_empty() {
        return plain(span);
    }
    let mut class = String::new();
    let mut deeper = 0;
    for laned in here {
        let id = Some(&laned.annotation.id);
        let is_chosen = state.focus.chosen.as_ref() == id;
        let is_candidate = state.link_candidate() == id;
        if laned.lane >= LANES_MAX && !is_chosen && !is_candidate {
            deeper += 1;
            continue;
        }
        let fragment = laned.annotation.target.fragments().iter().find(|fragment| fragment.covers(span));
        let starts = fragment.is_some_and(|fragment| fragment.start() == span.start());
        let ends = fragment.is_some_and(|fragment| fragment.end() == span.end());
        push_lane(&mut class, laned, starts, ends);
        if is_chosen {
            class.push_str(" on");
            class.push_str(if starts { " on-s" } else { "" });
            class.push_str(if ends { " on-e" } else { "" });
        }
        if is_candidate {
            class.push_str(" to");
        }
    }
    let class = class.trim_start().to_string();
    let shared = classes.get_or_insert(class.clone(), Rc::from(class));
    let labels = here.iter().filter_map(|laned| laned.label_idx).collect();
    Segment { span, class: shared.clone(), deeper, link: None, labels }
}

/// Adds the classes of one annotation: `t0-5` is the tint in lane 0 of the sixth label, `t0-s`
/// says that it starts here.
fn push_lane(class: &mut String, laned: &Laned<'_>, starts: bool, ends: bool) {
    let family = match laned.family {
        Family::Tint => 't',
        Family::Box => 'b',
        Family::Underline => 'u',
    };
    let lane = laned.lane.min(LANES_MAX - 1);
    let _ = match laned.label_idx {
        Some(idx) => write!(class, " {family}{lane} {family}{lane}-{idx}"),
        None => write!(class, " {family}{lane} {family}{lane}-x"),
    };
    if starts {
        let _ = write!(class, " {family}{lane}-s");
    }
    if ends {
        let _ = write!(class, " {family}{lane}-e");
    }
}

/// The annotation ids at a place, for tests that compare the screen with the state.
pub fn ids_at(state: &State, place: TextOffset) -> Vec<AnnotationId> {
    state.annotations.covering(place).iter().map(|annotation| annotation.id.clone()).collect()
}

#[cfg(test)]
mod tests;

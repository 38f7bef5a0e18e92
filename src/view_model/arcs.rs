//! Which relations are drawn as lines, and the shape of a line.

use std::rc::Rc;

use crate::edit::state::{LinksShown, State};
use crate::model::annotation::Annotation;
use crate::model::relation::Relation;
use crate::sorted::{SortedSet, sort_by};
use crate::text::span::TextSpan;

/// A line to draw.
#[derive(Clone, Debug, PartialEq)]
pub struct Arc {
    /// `None` for the link that is looked for.
    pub relation: Option<Rc<Relation>>,
    pub from: Rc<Annotation>,
    pub to: Rc<Annotation>,
    pub kind: ArcKind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ArcKind {
    /// Of the chosen annotation.
    OfChosen,
    Other,
    /// What Enter would link.
    Candidate,
}

impl ArcKind {
    pub fn class(self) -> &'static str {
        match self {
            ArcKind::OfChosen => "arc--chosen",
            ArcKind::Other => "arc--other",
            ArcKind::Candidate => "arc--candidate",
        }
    }
}

/// A place in CSS pixels of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

/// A rectangle in CSS pixels of the page.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rect {
    pub x: f64,
    pub y: f64,
    pub width: f64,
    pub height: f64,
}

/// The lines of the moment: of the chosen annotation, of all annotations with an end in `shown`
/// where that is wanted, and to the end that a link would have. O(annotations in `shown`).
pub fn arcs_of(state: &State, shown: Option<TextSpan>) -> Vec<Arc> {
    let mut arcs = Vec::new();
    let mut seen = SortedSet::new();
    let mut add = |relation: &Rc<Relation>, kind: ArcKind| {
        if let Some((from, to)) = state.ends_of(relation)
            && seen.insert(relation.id.clone())
        {
            let (from, to) = (from.clone(), to.clone());
            arcs.push(Arc { relation: Some(relation.clone()), from, to, kind });
        }
    };
    if let Some(chosen) = state.chosen() {
        for relation in state.relations.of(&chosen.id) {
            add(relation, ArcKind::OfChosen);
        }
    }
    if let (LinksShown::All, Some(shown)) = (state.focus.links, shown) {
        let mut here = Vec::new();
        state.annotations.overlapping(shown, |annotation| here.push(annotation.id.clone()));
        for id in &here {
            for relation in state.relations.of(id) {
                add(relation, ArcKind::Other);
            }
        }
    }
    let candidate = state.link_candidate().and_then(|id| state.annotations.get(id));
    if let (Some(chosen), Some(candidate)) = (state.chosen(), candidate) {
        let (from, to) = (chosen.clone(), candidate.clone());
        arcs.push(Arc { relation: None, from, to, kind: ArcKind::Candidate });
    }
    // The chosen ones lie above the others.
    sort_by(&mut arcs, |left, right| (left.kind != ArcKind::Other).cmp(&(right.kind != ArcKind::Other)));
    arcs
}

/// The path of a line between two rectangles, as SVG writes it. On one line of text it goes through
/// the room above the words; else from the nearer edges, leaving and arriving upright.
pub fn path_of(from: Rect, to: Rect) -> String {
    const LIFT_PX: f64 = 9.0;
    let (start_x, end_x) = (from.x + from.width / 2.0, to.x + to.width / 2.0);
    let is_one_line = (from.y - to.y).abs() < from.height.max(to.height).max(1.0) / 2.0;
    let is_down = from.y < to.y;
    let (start, end) = match is_one_line {
        true => (from.y, to.y),
        false if is_down => (from.y + from.height, to.y),
        false => (from.y, to.y + to.height),
    };
    let mut path = String::new();
    let mut add = |command: &str, points: &[(f64, f64)]| {
        path.push_str(command);
        for (idx, (x, y)) in points.iter().enumerate() {
            path.push_str(if idx == 0 { "" } else { " " });
            path.push_str(&format!("{} {}", tenths(*x), tenths(*y)));
        }
    };
    add("M", &[(start_x, start)]);
    if is_one_line {
        let top = start.min(end) - LIFT_PX;
        // Corners of a fixed radius, so that a long line lies flat.
        let bend = LIFT_PX.min((end_x - start_x).abs() / 2.0).copysign(end_x - start_x);
        add("Q", &[(start_x, top), (start_x + bend, top)]);
        add("L", &[(end_x - bend, top)]);
        add("Q", &[(end_x, top), (end_x, end)]);
    } else {
        let middle = (start + end) / 2.0;
        add("C", &[(start_x, middle), (end_x, middle), (end_x, end)]);
    }
    path
}

/// A length with one decimal, as CSS and SVG write it. By whole numbers: what the standard library
/// has for fractions weighs 10 kB.
pub fn tenths(number: f64) -> String {
    let tenths = (number * 10.0).round() as i64;
    let sign = if tenths < 0 { "-" } else { "" };
    let tenths = tenths.unsigned_abs();
    format!("{sign}{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests;

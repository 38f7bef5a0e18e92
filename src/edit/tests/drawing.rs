//! Annotations, the cursor and the selection drawn in the text.
//!
//! `[CLAIM the [PERSON minister] lied]`: a bracket closes the last that was opened. Where spans
//! cross, the one that closes is named: `[CLAIM the [CUE minister ]CLAIM lied]`. Fragments after
//! the first begin with `…`: `[CLAIM the] minister […CLAIM lied]`. `*` stands behind the label of
//! the chosen one; bars are the selection, `‹` before its head where it was made backwards.

use std::rc::Rc;

use crate::edit::derive::complete;
use crate::edit::state::{Mode, Selection, State};
use crate::edit::transaction::{Change, Edit};
use crate::model::annotation::{Annotation, Target};
use crate::model::annotation_set::AnnotationSet;
use crate::model::ids::{AnnotationId, AnnotatorId, LabelId};
use crate::model::schema::Schema;
use crate::text::span::{TextOffset, TextSpan};

use super::support::{Session, schema, state_under};

/// Does `actions` on `before` and compares the annotations, and the last answer where there is
/// one: `The [CUE minister] lied !Overlap`.
pub(crate) fn check(before: &str, actions: &str, after: &str) {
    check_under(schema(), before, actions, after);
}

pub(crate) fn check_under(schema: Schema, before: &str, actions: &str, after: &str) {
    let session = session_after(schema, before, actions);
    assert_eq!(with_answer(&session, draw(session.state())), after, "{before:?} {actions}");
}

/// As [`check`], and compares what is chosen, selected, armed and in hand.
pub(crate) fn check_focus(before: &str, actions: &str, after: &str) {
    let session = session_after(schema(), before, actions);
    assert_eq!(with_answer(&session, draw_focus(session.state())), after, "{before:?} {actions}");
}

pub(crate) fn session_after(schema: Schema, before: &str, actions: &str) -> Session {
    let mut session = Session::new(drawn(schema, before));
    session.run(actions);
    session
}

fn with_answer(session: &Session, drawing: String) -> String {
    if session.answer.is_empty() { drawing } else { format!("{drawing} {}", session.answer) }
}

/// The state of a drawing.
pub(crate) fn drawn(schema: Schema, drawing: &str) -> State {
    let mut text = String::new();
    let mut bars = Vec::new();
    let mut open: Vec<(String, bool, usize)> = Vec::new();
    // Label, whether it is a further fragment, and where it lies.
    let mut spans: Vec<(String, bool, TextSpan)> = Vec::new();
    let mut chars = drawing.chars().peekable();
    while let Some(char) = chars.next() {
        match char {
            '|' => bars.push(TextOffset::new(text.len())),
            '[' => {
                let label: String = chars.by_ref().take_while(|char| *char != ' ').collect();
                let is_further = label.starts_with('…');
                open.push((label.trim_start_matches('…').to_string(), is_further, text.len()));
            }
            ']' => {
                let mut name = String::new();
                while let Some(letter) = chars.next_if(|char| char.is_ascii_uppercase()) {
                    name.push(letter);
                }
                let closes = |(label, ..): &(String, bool, usize)| label.trim_end_matches('*') == name;
                let idx = open.iter().rposition(closes).unwrap_or(open.len().wrapping_sub(1));
                let (label, is_further, start) = open.remove(idx);
                let span = TextSpan::new(start.into(), text.len().into()).expect("words in brackets");
                spans.push((label, is_further, span));
            }
            _ => text.push(char),
        }
    }
    let mut state = state_under(&text, schema);
    let (firsts, further): (Vec<_>, Vec<_>) = spans.into_iter().partition(|(_, is_further, _)| !is_further);
    let mut added = Vec::new();
    for (idx, (name, _, span)) in firsts.into_iter().enumerate() {
        let label = LabelId::from(name.trim_end_matches('*'));
        let more = further.iter().filter(|(other, ..)| other == label.as_str()).map(|(.., span)| *span);
        let target = Target::fragments_of([span].into_iter().chain(more).collect()).expect("a target");
        let id = AnnotationId::from(format!("d{idx}").as_str());
        let label = state.schema.label(&label).expect("a label");
        let annotation = Annotation::new(id.clone(), label, target, AnnotatorId::from("u0"), 500);
        added.push(Edit::Annotation(Change::added(Rc::new(annotation))));
        if name.ends_with('*') {
            state.focus.chosen = Some(id);
        }
    }
    // As if made by hand: with the values that the schema computes.
    let focus = state.focus.clone();
    (state, _) = state.apply(&complete(&state, added, 500)).expect("a drawing of annotations");
    state.focus = focus;
    state.focus.selection = match bars.as_slice() {
        [] => None,
        [caret] => Some(Selection::caret(*caret)),
        [anchor, head, ..] => Some(Selection { anchor: *anchor, head: *head }),
    };
    state
}

/// The annotations of a state.
pub(crate) fn draw(state: &State) -> String {
    draw_marks(&state.document.text, &state.annotations, None, Vec::new())
}

/// The annotations, what is chosen, the selection, and the modes behind it all.
pub(crate) fn draw_focus(state: &State) -> String {
    let focus = &state.focus;
    let bars = match focus.selection {
        None => Vec::new(),
        Some(Selection { anchor, head }) if anchor == head => vec![(head, "|")],
        Some(Selection { anchor, head }) if anchor < head => vec![(anchor, "|"), (head, "|")],
        Some(Selection { anchor, head }) => vec![(head, "‹|"), (anchor, "|")],
    };
    let chosen = state.chosen().map(|chosen| &chosen.id);
    let mut drawing = draw_marks(&state.document.text, &state.annotations, chosen, bars);
    if let Some(armed) = &focus.armed {
        drawing.push_str(&format!(" (armed {armed})"));
    }
    if let Mode::MovingEnds(moving) = &focus.mode {
        drawing.push_str(&format!(" (moving {:?})", moving.edge));
    }
    drawing
}

/// One bracket: where, what, and how it sorts among others at the same place.
struct Bracket<'s> {
    place: TextOffset,
    /// Of its fragment.
    end: TextOffset,
    annotation: &'s Annotation,
    is_further: bool,
    opens: bool,
}

fn draw_marks(
    text: &str,
    annotations: &AnnotationSet,
    chosen: Option<&AnnotationId>,
    bars: Vec<(TextOffset, &str)>,
) -> String {
    let mut brackets = Vec::new();
    for annotation in annotations.iter() {
        for (idx, fragment) in annotation.target.fragments().iter().enumerate() {
            for (place, opens) in [(fragment.start(), true), (fragment.end(), false)] {
                brackets.push(Bracket { place, end: fragment.end(), annotation, is_further: idx > 0, opens });
            }
        }
    }
    let mut places: Vec<TextOffset> = brackets.iter().map(|bracket| bracket.place).collect();
    places.extend(bars.iter().map(|(place, _)| *place));
    places.sort_unstable();
    places.dedup();
    let mut drawing = String::new();
    let mut open: Vec<&AnnotationId> = Vec::new();
    let mut done = 0;
    for place in places {
        drawing.push_str(&text[done..place.to_usize()]);
        done = place.to_usize();
        let here = || brackets.iter().filter(|bracket| bracket.place == place);
        let mut closing: Vec<&Bracket<'_>> = here().filter(|bracket| !bracket.opens).collect();
        // The innermost closes first, wherever that can be.
        closing.sort_by_key(|bracket| {
            std::cmp::Reverse(open.iter().position(|id| **id == bracket.annotation.id))
        });
        for bracket in closing {
            let idx = open.iter().position(|id| **id == bracket.annotation.id).expect("opened before");
            let crosses = idx + 1 != open.len();
            open.remove(idx);
            drawing.push(']');
            if crosses {
                drawing.push_str(bracket.annotation.label.as_str());
            }
        }
        for (_, bar) in bars.iter().filter(|(bar, _)| *bar == place) {
            drawing.push_str(bar);
        }
        // The longer outside; of two over the same words the older.
        let mut opening: Vec<&Bracket<'_>> = here().filter(|bracket| bracket.opens).collect();
        opening.sort_by_key(|bracket| {
            (std::cmp::Reverse(bracket.end), bracket.annotation.provenance.created_ms)
        });
        for bracket in opening {
            open.push(&bracket.annotation.id);
            let further = if bracket.is_further { "…" } else { "" };
            let star = if chosen == Some(&bracket.annotation.id) { "*" } else { "" };
            drawing.push_str(&format!("[{further}{}{star} ", bracket.annotation.label));
        }
    }
    drawing.push_str(&text[done..]);
    drawing
}

/// The relations in the text order of their ends: `SOURCE(l’ONU, a menti)`.
pub(crate) fn draw_links(state: &State) -> String {
    let text = &state.document.text;
    let mut links: Vec<(u32, u32, String)> = Vec::new();
    for relation in state.relations.iter() {
        let Some((from, to)) = state.ends_of(relation) else { continue };
        let words = |end: &Annotation| end.target.surface(text);
        let link = format!("{}({}, {})", relation.kind, words(from), words(to));
        links.push((from.target.start().0, to.target.start().0, link));
    }
    links.sort();
    links.into_iter().map(|(.., link)| link).collect::<Vec<_>>().join(" ")
}

/// The entities in the text order of their first mentions: `Tokaïev{M. Tokaïev; il}`.
pub(crate) fn draw_entities(state: &State) -> String {
    let mut entities: Vec<(u32, String)> = Vec::new();
    for (id, entity) in state.entities.iter() {
        let mentions: Vec<_> = state.annotations.mentions(id).collect();
        let words: Vec<String> =
            mentions.iter().map(|mention| mention.target.surface(&state.document.text)).collect();
        let start = mentions.first().map_or(0, |mention| mention.target.start().0);
        entities.push((start, format!("{}{{{}}}", entity.name, words.join("; "))));
    }
    entities.sort();
    entities.into_iter().map(|(_, entity)| entity).collect::<Vec<_>>().join(" ")
}

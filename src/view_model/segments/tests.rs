use std::collections::BTreeSet;
use std::rc::Rc;

use super::{LANES_MAX, Segment, segments_of};
use crate::edit::state::{MarksShown, State};
use crate::edit::tests::drawing::drawn;
use crate::edit::tests::support::{schema, state_of};
use crate::model::annotation::{Annotation, Target};
use crate::model::document::Document;
use crate::model::ids::AnnotationId;
use crate::model::schema::Family;
use crate::model::structure::{Part, PartKind, Structure};
use crate::text::samples::Random;
use crate::text::span::{TextOffset, TextSpan};

/// Draws the first block: `text{classes}`, `+2` for deeper ones. Plain text stands for itself.
fn check(drawing: &str, marks: MarksShown, expected: &str) {
    let mut state = drawn(schema(), drawing);
    state.focus.marks = marks;
    let segments = segments_of(&state, state.document.index.blocks.blocks()[0].span);
    let shown: Vec<String> = segments.iter().map(|segment| shown(&state, segment)).collect();
    assert_eq!(shown.concat(), expected, "{drawing:?}");
}

fn shown(state: &State, segment: &Segment) -> String {
    let words = state.document.slice(segment.span);
    let deeper = if segment.deeper > 0 { format!("+{}", segment.deeper) } else { String::new() };
    let words = match &segment.link {
        Some(address) => format!("<{words}>({address})"),
        None => words.to_string(),
    };
    match (&*segment.class, deeper.as_str()) {
        ("", "") => words,
        (class, deeper) => format!("{words}{{{class}{deeper}}}"),
    }
}

#[test]
fn links_cut_the_runs_they_are_in() {
    for (drawing, links, expected) in [
        ("a b c", &["b"][..], "a <b>(http://1) c"),
        ("a b\n\nc", &["b\n\nc"], "a <b>(http://4)"),
        ("[PERSON a b] c", &["b c"], "a {u0 u0-5 u0-s}<b>(http://3){u0 u0-5 u0-e}< c>(http://3)"),
        ("[PERSON a b] c", &["a", "c"], "<a>(http://1){u0 u0-5 u0-s} b{u0 u0-5 u0-e} <c>(http://1)"),
        ("a [PERSON b] c", &["b"], "a <b>(http://1){u0 u0-5 u0-s u0-e} c"),
    ] {
        let mut state = drawn(schema(), drawing);
        let text = state.document.text.clone();
        let link = |words: &&str| {
            let start = text.find(words).expect("the words are there");
            let span = TextSpan::from_range(start..start + words.len()).expect("words are not empty");
            Part { kind: PartKind::Link { address: format!("http://{}", words.len()).into() }, span }
        };
        let (structure, left_out) = Structure::of(&text, links.iter().map(link).collect());
        assert_eq!(left_out, 0);
        let document = Document::new(state.document.id.clone(), text.clone(), 0);
        state.document = Rc::new(document.with_structure(structure));
        let segments = segments_of(&state, state.document.index.blocks.blocks()[0].span);
        let shown: Vec<String> = segments.iter().map(|segment| shown(&state, segment)).collect();
        assert_eq!(shown.concat(), expected, "{drawing:?}");
    }
}

#[test]
fn segments_carry_family_lane_label_and_ends() {
    use MarksShown::{All, None, Only};
    for (drawing, marks, expected) in [
        ("a b", All, "a b"),
        ("a [PERSON b] c", All, "a b{u0 u0-5 u0-s u0-e} c"),
        ("a [PERSON* b] c", All, "a b{u0 u0-5 u0-s u0-e on on-s on-e} c"),
        ("[CLAIM a [PERSON b] c]", All, "a {t0 t0-1 t0-s}b{t0 t0-1 u0 u0-5 u0-s u0-e} c{t0 t0-1 t0-e}"),
        ("[CLAIM a [QUOTE b] c]", All, "a {t0 t0-1 t0-s}b{t0 t0-1 t1 t1-0 t1-s t1-e} c{t0 t0-1 t0-e}"),
        ("[CLAIM a [QUOTE b]CLAIM c]", All, "a {t0 t0-1 t0-s}b{t0 t0-1 t0-e t1 t1-0 t1-s} c{t1 t1-0 t1-e}"),
        ("[PERSON a][ORG b]", All, "a{u0 u0-5 u0-s u0-e}b{u0 u0-6 u0-s u0-e}"),
        ("[CLAIM a] b […CLAIM c]", All, "a{t0 t0-1 t0-s t0-e} b c{t0 t0-1 t0-s t0-e}"),
        // What reaches from a block into the next has no end here.
        ("a [CLAIM b\n\nc]", All, "a b{t0 t0-1 t0-s}"),
        ("[CLAIM a [PERSON b] c]", None, "a b c"),
        ("[CLAIM a [PERSON b] c]", Only("PERSON".into()), "a b{u0 u0-5 u0-s u0-e} c"),
        ("[CLAIM a [PERSON b] c]", Only("CUE".into()), "a b c"),
        // A fourth of one family is counted, unless it is chosen.
        (
            "[CLAIM a [QUOTE b [ALLEGATION c [CLAIM d]]]]",
            All,
            "a {t0 t0-1 t0-s}b {t0 t0-1 t1 t1-0 t1-s}c {t0 t0-1 t1 t1-0 t2 t2-2 t2-s}\
             d{t0 t0-1 t0-e t1 t1-0 t1-e t2 t2-2 t2-e+1}",
        ),
        (
            "[CLAIM a [QUOTE b [ALLEGATION c [CLAIM* d]]]]",
            All,
            "a {t0 t0-1 t0-s}b {t0 t0-1 t1 t1-0 t1-s}c {t0 t0-1 t1 t1-0 t2 t2-2 t2-s}\
             d{t0 t0-1 t0-e t1 t1-0 t1-e t2 t2-2 t2-e t2 t2-1 t2-s t2-e on on-s on-e}",
        ),
    ] {
        check(drawing, marks, expected);
    }
}

#[test]
fn a_label_that_the_schema_lacks_is_still_drawn() {
    let mut state = drawn(schema(), "a [PERSON b]");
    let unknown =
        Annotation { label: "NEW".into(), ..state.annotations.nth(0).expect("one").as_ref().clone() };
    state.annotations.insert(Rc::new(unknown));
    let segments = segments_of(&state, state.document.index.blocks.blocks()[0].span);
    assert_eq!(&*segments[1].class, "u0 u0-x u0-s u0-e");
    assert!(segments[1].labels.is_empty());
}

struct Naive {
    classes: BTreeSet<String>,
    deeper: usize,
    labels: Vec<usize>,
}

fn family_of(state: &State, annotation: &Annotation) -> (char, Option<usize>) {
    let idx = state.schema.label_index(&annotation.label);
    let group = idx.and_then(|idx| state.schema.group(&state.schema.labels[idx].group));
    let letter = match group.map(|group| group.family) {
        Some(Family::Tint) => 't',
        Some(Family::Box) => 'b',
        Some(Family::Underline) | None => 'u',
    };
    (letter, idx)
}

/// The annotations shown in a block with their lanes, by comparing each with each.
fn lanes(state: &State, block: TextSpan) -> Vec<(Rc<Annotation>, usize)> {
    let mut laned: Vec<(Rc<Annotation>, usize)> = Vec::new();
    for annotation in state.annotations.iter().filter(|annotation| annotation.target.overlaps(block)) {
        let is_shown = match &state.focus.marks {
            MarksShown::All => true,
            MarksShown::Only(label) => *label == annotation.label,
            MarksShown::None => false,
        };
        if !is_shown {
            continue;
        }
        let family = family_of(state, annotation).0;
        let is_taken = |lane: usize| {
            laned.iter().any(|(other, other_lane)| {
                *other_lane == lane
                    && family_of(state, other).0 == family
                    && other.target.end() > annotation.target.start()
            })
        };
        let lane = (0..).find(|lane| !is_taken(*lane)).expect("a free lane");
        laned.push((annotation.clone(), lane));
    }
    laned
}

fn naive_at(state: &State, laned: &[(Rc<Annotation>, usize)], place: TextOffset) -> Naive {
    let mut naive = Naive { classes: BTreeSet::new(), deeper: 0, labels: Vec::new() };
    for (annotation, lane) in laned.iter().filter(|(annotation, _)| annotation.target.contains(place)) {
        let (family, idx) = family_of(state, annotation);
        naive.labels.extend(idx);
        let is_chosen = state.focus.chosen.as_ref() == Some(&annotation.id);
        if *lane >= LANES_MAX && !is_chosen {
            naive.deeper += 1;
            continue;
        }
        let lane = (*lane).min(LANES_MAX - 1);
        let label = idx.map_or("x".to_string(), |idx| idx.to_string());
        naive.classes.extend([format!("{family}{lane}"), format!("{family}{lane}-{label}")]);
        if is_chosen {
            naive.classes.insert("on".to_string());
        }
    }
    naive
}

#[test]
fn segments_are_what_a_look_at_every_character_gives() {
    for seed in 0..150 {
        let mut random = Random::new(seed);
        let mut state = state_of("Le ministre a menti, dit l’ONU.\r\n\r\nQui écoute 👍🏽 ?\n\nFin.");
        let places: Vec<usize> = state.document.text.char_indices().map(|(place, _)| place).collect();
        for idx in 0..random.below(14) {
            let label = &state.schema.labels[random.below(8)];
            let spans = (0..=random.below(2)).filter_map(|_| {
                let (first, second) = (random.below(places.len()), random.below(places.len()));
                TextSpan::new(places[first.min(second)].into(), places[first.max(second)].into())
            });
            let Some(target) = Target::fragments_of(spans.collect()) else { continue };
            let id = AnnotationId::from(format!("n{idx}").as_str());
            state.annotations.insert(Rc::new(Annotation::new(id, label, target, "u1".into(), 1)));
        }
        state.focus.chosen = Some(format!("n{}", random.below(14)).as_str().into());
        state.focus.marks = match random.below(6) {
            0 => MarksShown::None,
            1 => MarksShown::Only("CLAIM".into()),
            _ => MarksShown::All,
        };
        for block in state.document.index.blocks.blocks() {
            assert_block(&state, block.span, seed);
        }
    }
}

fn assert_block(state: &State, block: TextSpan, seed: u64) {
    let segments = segments_of(state, block);
    let laned = lanes(state, block);
    assert_eq!(segments.first().map(|segment| segment.span.start()), Some(block.start()), "seed {seed}");
    assert_eq!(segments.last().map(|segment| segment.span.end()), Some(block.end()), "seed {seed}");
    assert!(segments.windows(2).all(|pair| pair[0].span.end() == pair[1].span.start()), "seed {seed}");
    for segment in &segments {
        let classes: BTreeSet<String> = segment.class.split_whitespace().map(str::to_string).collect();
        let (ends, plain): (BTreeSet<_>, BTreeSet<_>) =
            classes.into_iter().partition(|class| class.ends_with("-s") || class.ends_with("-e"));
        for (place, _) in state.document.slice(segment.span).char_indices() {
            let place = TextOffset(segment.span.start().0 + place as u32);
            let naive = naive_at(state, &laned, place);
            assert_eq!(plain, naive.classes, "seed {seed} at {place:?}");
            assert_eq!(
                (segment.deeper, &*segment.labels),
                (naive.deeper, &*naive.labels),
                "seed {seed} at {place:?}"
            );
        }
        let fragments = || laned.iter().flat_map(|(annotation, _)| annotation.target.fragments());
        let is_inside = |place: TextOffset| segment.span.start() < place && place < segment.span.end();
        assert!(!fragments().any(|fragment| is_inside(fragment.start()) || is_inside(fragment.end())));
        let starts = fragments().any(|fragment| fragment.start() == segment.span.start());
        let stops = fragments().any(|fragment| fragment.end() == segment.span.end());
        if segment.deeper == 0 {
            assert_eq!(ends.iter().any(|class| class.ends_with("-s")), starts, "seed {seed}");
            assert_eq!(ends.iter().any(|class| class.ends_with("-e")), stops, "seed {seed}");
        }
    }
}

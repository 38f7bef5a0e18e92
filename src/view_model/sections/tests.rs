use std::rc::Rc;

use super::{ArticleView, PART_SECTIONS, SECTION_BLOCKS, SectionView};
use crate::edit::state::State;
use crate::edit::tests::support::state_of;
use crate::edit::transaction::{Change, Edit};
use crate::model::annotation::{Annotation, Target};
use crate::model::ids::AnnotationId;
use crate::model::paragraphs::ParagraphState;
use crate::text::samples::Random;
use crate::text::span::TextSpan;
use crate::view_model::segments::Segment;

const BLOCKS: usize = 2 * SECTION_BLOCKS + 5;

fn state() -> State {
    let paragraphs: Vec<String> = (0..BLOCKS).map(|idx| format!("Paragraphe {idx} é.")).collect();
    state_of(&paragraphs.join("\n\n"))
}

fn sections(view: &ArticleView) -> Vec<Rc<SectionView>> {
    view.parts().iter().flat_map(|part| part.sections.iter().cloned()).collect()
}

fn marks(view: &ArticleView) -> Vec<Option<Rc<[Segment]>>> {
    sections(view)
        .iter()
        .flat_map(|section| {
            section
                .blocks
                .clone()
                .enumerate()
                .map(|(idx, _)| section.marks.as_ref().map(|marks| marks[idx].clone()))
        })
        .collect()
}

#[test]
fn an_article_is_cut_into_sections_of_blocks() {
    let view = ArticleView::new(&state());
    let blocks: Vec<_> = sections(&view).iter().map(|section| section.blocks.clone()).collect();
    assert_eq!(blocks, [0..SECTION_BLOCKS, SECTION_BLOCKS..2 * SECTION_BLOCKS, 2 * SECTION_BLOCKS..BLOCKS]);
    assert!(ArticleView::new(&state_of("")).section_count() == 0);
}

#[test]
fn what_changes_draws_one_part_again() {
    const SECTIONS: usize = 2 * PART_SECTIONS + 3;
    let paragraphs = vec!["Un mot."; SECTIONS * SECTION_BLOCKS];
    let state = state_of(&paragraphs.join("\n\n"));
    let mut view = ArticleView::new(&state);
    assert_eq!(view.section_count(), SECTIONS);
    let firsts: Vec<usize> = view.parts().iter().map(|part| part.first).collect();
    assert_eq!(firsts, [0, PART_SECTIONS, 2 * PART_SECTIONS]);
    for (idx, section) in sections(&view).iter().enumerate() {
        assert_eq!(section.blocks.start, idx * SECTION_BLOCKS);
        assert!(Rc::ptr_eq(section, view.section(idx).unwrap()));
    }
    assert!(view.section(SECTIONS).is_none() && !view.fill(&state, SECTIONS));
    type Step = fn(&mut ArticleView, &State) -> bool;
    let last = SECTIONS - 1;
    let steps: [(usize, Step); 4] = [
        (0, |view, _| {
            view.draw_more(1);
            !view.section(0).unwrap().is_empty
        }),
        (1, |view, state| view.fill(state, PART_SECTIONS)),
        (2, |view, state| view.fill(state, SECTIONS - 1)),
        (2, |view, _| {
            view.leave(SECTIONS - 1);
            !view.is_filled(SECTIONS - 1)
        }),
    ];
    for (part, step) in steps {
        let before = view.parts().to_vec();
        assert!(step(&mut view, &state));
        let is_same = |(before, after): (&Rc<_>, &Rc<_>)| Rc::ptr_eq(before, after);
        let same: Vec<bool> = before.iter().zip(view.parts()).map(is_same).collect();
        let expected: Vec<bool> = (0..3).map(|idx| idx != part).collect();
        assert_eq!(same, expected);
    }
    // What is not there, or as it is to be already, changes no part.
    let before = view.parts().to_vec();
    view.leave(last);
    view.leave(SECTIONS);
    view.refresh_all(&state);
    assert!(before.iter().zip(view.parts()).all(|(before, after)| Rc::ptr_eq(before, after)));
}

#[test]
fn a_section_is_filled_once() {
    let (state, mut view) = (state(), ArticleView::new(&state()));
    assert!(view.fill(&state, 1));
    assert!(!view.fill(&state, 1));
    assert!(!view.fill(&state, 3));
    let filled: Vec<bool> = sections(&view).iter().map(|section| section.marks.is_some()).collect();
    assert_eq!(filled, [false, true, false]);
}

#[test]
fn a_section_that_is_left_is_plain_text_until_it_is_filled_again() {
    let (state, mut view) = (state(), ArticleView::new(&state()));
    view.fill(&state, 1);
    let filled = (marks(&view), view.section(1).unwrap().paragraphs.clone());
    view.leave(1);
    view.leave(3);
    let left = view.section(1).unwrap();
    assert!(!view.is_filled(1) && !left.is_empty && left.marks.is_none() && left.paragraphs.is_empty());
    assert!(view.fill(&state, 1) && view.is_filled(1));
    assert_eq!((marks(&view), view.section(1).unwrap().paragraphs.clone()), filled);
}

#[test]
fn sections_get_their_text_one_after_the_other() {
    let (state, mut view) = (state(), ArticleView::new(&state()));
    let empty =
        |view: &ArticleView| -> Vec<bool> { sections(view).iter().map(|section| section.is_empty).collect() };
    assert_eq!((empty(&view), view.is_partial()), (vec![true; 3], true));
    let place = state.document.index.blocks.blocks()[SECTION_BLOCKS].span.start();
    assert!(view.fill_at(&state, place) && !view.fill_at(&state, place));
    assert_eq!(empty(&view), [true, false, true]);
    view.draw_more(1);
    assert_eq!((empty(&view), view.is_partial()), (vec![false, false, true], true));
    let kept = view.section(1).unwrap().clone();
    view.draw_more(5);
    assert_eq!((empty(&view), view.is_partial()), (vec![false; 3], false));
    assert!(Rc::ptr_eq(&kept, view.section(1).unwrap()), "what has its text stays as it is");
}

fn random_span(state: &State, random: &mut Random) -> TextSpan {
    let text = &state.document.text;
    loop {
        let start = random.below(text.len());
        let len_max = if random.below(4) == 0 { 400 } else { 30 };
        let end = start + 1 + random.below(len_max);
        if let Some(span) = TextSpan::new(start.into(), end.into())
            && state.document.holds(span)
        {
            return span;
        }
    }
}

#[test]
fn after_an_edit_only_what_it_touches_is_drawn_again() {
    let mut random = Random::new(5);
    let mut state = state();
    let mut view = ArticleView::new(&state);
    view.fill(&state, 0);
    view.fill(&state, 2);
    for _ in 0..200 {
        let id = AnnotationId::from(format!("n{}", random.below(30)).as_str());
        let label = &state.schema.labels[random.below(8)];
        let spans = (0..=random.below(2)).map(|_| random_span(&state, &mut random)).collect();
        let target = Target::fragments_of(spans).expect("a target");
        let after = Rc::new(Annotation::new(id.clone(), label, target, "u1".into(), 1));
        let before = state.annotations.get(&id).cloned();
        let after = (before.is_none() || random.below(2) == 0).then_some(after);
        let (next, summary) =
            state.apply(&[Edit::Annotation(Change { before, after })]).expect("an edit that fits");
        let old = marks(&view);
        view.refresh(&next, &summary.spans);
        let new = marks(&view);
        state = next;
        let mut fresh = ArticleView::new(&state);
        fresh.fill(&state, 0);
        fresh.fill(&state, 2);
        assert_eq!(new, marks(&fresh));
        for (block, (old, new)) in old.iter().zip(&new).enumerate() {
            let (Some(old), Some(new)) = (old, new) else { continue };
            let span = state.document.index.blocks.blocks()[block].span;
            let is_touched = summary.spans.iter().any(|touched| touched.overlaps(span));
            assert!(is_touched || Rc::ptr_eq(old, new), "block {block}");
            assert!(old != new || Rc::ptr_eq(old, new), "block {block} came out the same");
        }
    }
}

#[test]
fn another_view_of_the_marks_draws_all_again() {
    let mut state = state();
    let label = state.schema.labels[0].clone();
    let span = random_span(&state, &mut Random::new(1));
    state.annotations.insert(Rc::new(Annotation::new(
        "n".into(),
        &label,
        Target::span(span),
        "u1".into(),
        1,
    )));
    let mut view = ArticleView::new(&state);
    (0..3).for_each(|idx| assert!(view.fill(&state, idx)));
    let untouched = view.section(2).unwrap().clone();
    state.focus.marks = crate::edit::state::MarksShown::None;
    view.refresh_all(&state);
    let is_plain = |segments: &Rc<[Segment]>| segments.iter().all(|segment| segment.class.is_empty());
    assert!(marks(&view).iter().flatten().all(is_plain));
    assert!(span.start().0 > 1_000 || Rc::ptr_eq(&untouched, view.section(2).unwrap()));
}

#[test]
fn what_is_said_of_a_paragraph_draws_its_margin_and_nothing_else() {
    let mut random = Random::new(9);
    let mut state = state();
    let mut view = ArticleView::new(&state);
    view.fill(&state, 0);
    view.fill(&state, 2);
    let margins = |view: &ArticleView| -> Vec<Vec<Option<ParagraphState>>> {
        sections(view).iter().map(|section| section.paragraphs.clone()).collect()
    };
    for _ in 0..200 {
        let paragraph = random.below(BLOCKS) as u32;
        let after = [None, Some(ParagraphState::Seen), Some(ParagraphState::NothingHere)][random.below(3)];
        let change = Change { before: state.paragraphs.get(&paragraph).copied(), after };
        let (next, summary) = state.apply(&[Edit::Paragraph { paragraph, change }]).expect("it fits");
        state = next;
        let before = sections(&view);
        view.refresh_paragraphs(&state, &summary.paragraphs);
        for (idx, (before, after)) in before.iter().zip(sections(&view)).enumerate() {
            let is_touched = idx == paragraph as usize / SECTION_BLOCKS;
            assert!(is_touched || Rc::ptr_eq(before, &after), "section {idx}, paragraph {paragraph}");
        }
        let mut fresh = ArticleView::new(&state);
        fresh.fill(&state, 0);
        fresh.fill(&state, 2);
        assert_eq!(margins(&view), margins(&fresh));
    }
}

#[test]
fn only_the_first_piece_of_a_long_paragraph_has_a_margin() {
    let mut state = state_of(&"Un mot. ".repeat(1_500));
    let blocks = state.document.index.blocks.blocks().len();
    assert!(blocks > 2, "{blocks} blocks");
    let change = Change { before: None, after: Some(ParagraphState::Seen) };
    state = state.apply(&[Edit::Paragraph { paragraph: 0, change }]).expect("it fits").0;
    let mut view = ArticleView::new(&state);
    view.fill(&state, 0);
    let seen = view.section(0).unwrap().paragraphs.iter().filter(|state| state.is_some()).count();
    assert_eq!((seen, view.section(0).unwrap().paragraphs[0]), (1, Some(ParagraphState::Seen)));
}

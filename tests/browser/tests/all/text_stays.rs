//! Marks never move the text: no word leaves its line or its height, and none moves sideways.
//!
//! To be exact, Chromium rounds the width of every piece of text up to its layout unit, 1/64 of a
//! pixel, and a mark cuts its line into pieces: so much and no more is allowed for each cut before
//! a word. Nobody sees a twentieth of a pixel, and a line has room for it.

use sourcier_browser_tests::article::WordPlace;
use sourcier_browser_tests::bench::{visit, visit_as};
use sourcier_browser_tests::page::{Page, Screen, Visit};

const TOLERANCE_PX: f64 = 0.01;
const LAYOUT_UNIT_PX: f64 = 1.0 / 64.0;
/// The keys of all labels of the default schema.
const LABEL_KEYS: [&str; 15] = ["q", "c", "a", "m", "j", "h", "t", "p", "o", "l", "d", "e", "n", "f", "w"];
const MARKS: usize = 50;

#[test]
fn fifty_marks_move_no_word() {
    visit(check);
}

#[test]
fn fifty_marks_move_no_word_on_a_phone() {
    let screen = Screen { scale: 3.0, touch: false, ..Screen::PHONE };
    visit_as(&Visit { screen, ..Visit::default() }, check);
}

fn check(page: &mut Page) {
    let before = page.word_places();
    assert!(before.len() > 300, "{} words", before.len());
    page.press(&["Ctrl+Home"]);
    for idx in 0..MARKS {
        mark(page, idx);
    }
    let annotations = page.annotations();
    assert!(annotations.len() >= MARKS, "only {} marks", annotations.len());
    let labels: std::collections::BTreeSet<_> =
        annotations.iter().filter_map(|line| line.split(' ').next()).collect();
    assert_eq!(labels.len(), LABEL_KEYS.len(), "all labels: {labels:?}");
    assert!(page.marks().iter().any(|mark| mark.labels.contains(',')), "some marks overlap");
    // Chosen or not, and with the handles shown or not.
    compare(page, &before);
    page.press(&["Escape", "Escape"]);
    compare(page, &before);
}

/// Marks some words a little further on: every third mark in the one before, every fourth across
/// its end.
fn mark(page: &Page, idx: usize) {
    let mut keys = match idx % 4 {
        2 => vec!["Ctrl+ArrowLeft", "Ctrl+ArrowLeft"],
        3 => vec!["Ctrl+ArrowLeft"],
        _ => vec!["Ctrl+ArrowRight", "ArrowRight"],
    };
    keys.extend(vec!["Shift+Ctrl+ArrowRight"; [4, 6, 1, 3][idx % 4]]);
    keys.push(LABEL_KEYS[idx % LABEL_KEYS.len()]);
    page.press(&keys);
}

fn compare(page: &Page, before: &[WordPlace]) {
    let after = page.word_places();
    assert_eq!(before.len(), after.len());
    for (old, new) in before.iter().zip(&after) {
        let cuts = new.cuts.saturating_sub(old.cuts) as f64;
        let sideways = TOLERANCE_PX + cuts * LAYOUT_UNIT_PX;
        let allowed = [sideways, TOLERANCE_PX, sideways, TOLERANCE_PX];
        let is_same = |(old, new): (&[f64; 4], &[f64; 4])| {
            (0..4).all(|side| (old[side] - new[side]).abs() <= allowed[side])
        };
        let stays = old.rects.len() == new.rects.len() && old.rects.iter().zip(&new.rects).all(is_same);
        assert!(stays, "it moved: {old:?}\n{new:?}");
    }
}

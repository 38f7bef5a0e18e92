//! Where a small box goes: beside the words that it is about, over none of them, and wholly in view.

use crate::view_model::arcs::{Point, Rect};

/// The upper left corner of a box of a size. Its words come nearest first; it keeps a gap from them.
/// Where there is no room beside any, it stays in view and covers some.
pub fn box_place(words: &[Rect], view: Rect, size: Point, gap: f64) -> Point {
    let (left, top) = (words.first().map_or(view.x, |words| words.x), view.y);
    let lowest = view.y + view.height - size.y;
    let is_free = |y: f64| {
        y >= top
            && y <= lowest
            && words.iter().all(|words| y >= words.y + words.height || y + size.y <= words.y)
    };
    let mut beside = words.iter().flat_map(|words| [words.y + words.height + gap, words.y - gap - size.y]);
    let y = beside.clone().find(|y| is_free(*y)).or_else(|| beside.next()).unwrap_or(lowest);
    // Not `clamp`, whose panic would write fractions: 7 kB.
    Point { x: left.min(view.x + view.width - size.x).max(view.x), y: y.min(lowest).max(top) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A view of 300 × 200 from 1000 on, a box of 100 × 50, a gap of 10.
    #[track_caller]
    fn check(words: &[(f64, f64, f64)], expected: (f64, f64)) {
        let words: Vec<Rect> =
            words.iter().map(|(x, y, height)| Rect { x: *x, y: *y, width: 50.0, height: *height }).collect();
        let view = Rect { x: 0.0, y: 1000.0, width: 300.0, height: 200.0 };
        let place = box_place(&words, view, Point { x: 100.0, y: 50.0 }, 10.0);
        assert_eq!((place.x, place.y), expected);
    }

    #[test]
    fn a_box_stands_beside_its_words_and_in_view() {
        // Under them; not over the edge at the right.
        check(&[(20.0, 1020.0, 20.0)], (20.0, 1050.0));
        check(&[(250.0, 1020.0, 20.0)], (200.0, 1050.0));
        // At the lower edge: over them.
        check(&[(20.0, 1150.0, 20.0)], (20.0, 1090.0));
        // Where other words follow: over the first, or under the others.
        check(&[(20.0, 1100.0, 20.0), (0.0, 1110.0, 50.0)], (20.0, 1040.0));
        check(&[(20.0, 1010.0, 20.0), (0.0, 1020.0, 50.0)], (20.0, 1080.0));
        // Out of view: at the other words, or at the edge that is nearer.
        check(&[(20.0, 3000.0, 20.0), (0.0, 1020.0, 50.0)], (20.0, 1080.0));
        check(&[(20.0, 3000.0, 20.0), (0.0, 2000.0, 50.0)], (20.0, 1150.0));
        check(&[(20.0, 300.0, 20.0), (0.0, 2000.0, 50.0)], (20.0, 1000.0));
        // Words that fill the view, and none.
        check(&[(20.0, 900.0, 900.0)], (20.0, 1150.0));
        check(&[], (0.0, 1150.0));
    }
}

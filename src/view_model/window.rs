//! A window of rows for long lists: only what is near the viewport is drawn.

use std::ops::Range;

/// The heights of a list's rows, in CSS pixels: all the same, but for one that is open.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowHeights {
    pub row_px: f64,
    /// The open row, and how much taller it is than the others.
    pub open: Option<(usize, f64)>,
}

impl RowHeights {
    pub fn even(row_px: f64) -> RowHeights {
        RowHeights { row_px, open: None }
    }

    /// Where a row begins: the height of those before it.
    pub fn top_of(&self, row: usize) -> f64 {
        let extra = self.open.filter(|(open, _)| *open < row).map_or(0.0, |(_, extra)| extra);
        row as f64 * self.row_px + extra
    }
}

/// The rows to draw of `len`. `scroll_top_px` is rounded by the caller to steps, so that most
/// scroll events change nothing.
pub fn visible_window(
    len: usize,
    heights: &RowHeights,
    scroll_top_px: f64,
    viewport_px: f64,
    overscan: usize,
) -> Range<usize> {
    let row_px = heights.row_px;
    if row_px <= 0.0 {
        return 0..0;
    }
    let first = match heights.open {
        // What the open row has more than others lies behind its own height.
        Some((open, extra)) if scroll_top_px >= (open + 1) as f64 * row_px => {
            ((scroll_top_px - extra) / row_px).max(open as f64) as usize
        }
        _ => (scroll_top_px.max(0.0) / row_px) as usize,
    };
    let count = (viewport_px.max(0.0) / row_px).ceil() as usize + 1;
    let start = first.saturating_sub(overscan).min(len);
    start..(first.saturating_add(count).saturating_add(overscan)).min(len)
}

#[cfg(test)]
mod tests {
    use super::{RowHeights, visible_window};

    #[test]
    fn windows_stay_inside_the_list() {
        for (len, scroll, expected) in [
            (0, 0.0, 0..0),
            (5, 0.0, 0..5),
            (1000, 0.0, 0..13),
            (1000, 1000.0, 48..63),
            (1000, 1e9, 1000..1000),
            (10, -50.0, 0..10),
        ] {
            let heights = RowHeights::even(20.0);
            assert_eq!(visible_window(len, &heights, scroll, 200.0, 2), expected, "{len} {scroll}");
        }
    }

    #[test]
    fn an_open_row_moves_those_after_it() {
        let heights = RowHeights { row_px: 20.0, open: Some((3, 500.0)) };
        let tops: Vec<f64> = [0, 3, 4, 10].map(|row| heights.top_of(row)).to_vec();
        assert_eq!(tops, [0.0, 60.0, 580.0, 700.0]);
        // Wherever it is scrolled to, the row there is drawn.
        for scroll in (0..2_000).step_by(10) {
            let scroll = f64::from(scroll);
            let window = visible_window(200, &heights, scroll, 100.0, 0);
            let here = (0..200).find(|row| heights.top_of(row + 1) > scroll).expect("a row");
            assert!(window.contains(&here), "{scroll}: {here} is not in {window:?}");
        }
    }
}

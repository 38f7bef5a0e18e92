//! A window of rows for long lists: only what is near the viewport is drawn.

use std::ops::Range;

/// The rows to draw of `len` rows of one height. `scroll_top_px` is rounded by the caller to
/// steps, so that most scroll events change nothing.
pub fn visible_window(
    len: usize,
    row_px: f64,
    scroll_top_px: f64,
    viewport_px: f64,
    overscan: usize,
) -> Range<usize> {
    if row_px <= 0.0 {
        return 0..0;
    }
    let first = (scroll_top_px.max(0.0) / row_px) as usize;
    let count = (viewport_px.max(0.0) / row_px).ceil() as usize + 1;
    let start = first.saturating_sub(overscan).min(len);
    start..(first.saturating_add(count).saturating_add(overscan)).min(len)
}

#[cfg(test)]
mod tests {
    use super::visible_window;

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
            assert_eq!(visible_window(len, 20.0, scroll, 200.0, 2), expected, "{len} {scroll}");
        }
    }
}

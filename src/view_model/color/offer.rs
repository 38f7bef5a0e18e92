//! Colours to offer for a label, and what is against one that was chosen by hand.

use crate::model::ids::{GroupId, LabelId};
use crate::model::schema::Schema;
use crate::view_model::color::vision::{Seen, Vision, difference, difference_seen, seen};
use crate::view_model::color::{Oklab, Rgb, contrast};

/// How many colours are offered at most.
pub const OFFERS_MAX: usize = 12;
/// Labels of one group differ by so much at least for every kind of vision: see `vision`.
pub const DIFFERENCE_MIN: f64 = 20.0;
/// WCAG 2.2, success criterion 1.4.3: text on a label's colour.
pub const CONTRAST_MIN: f64 = 4.5;

/// As far as colours can be apart, nearly.
const FARTHEST: f64 = 100.0;

/// What is against a colour.
#[derive(Clone, Debug, PartialEq)]
pub enum ColorFault {
    /// Not `#RRGGBB`.
    NotAColor,
    /// Black text on it has less than 4.5 : 1; the ratio.
    Contrast(f64),
    /// Another label of the group is too near, for those who see like this.
    TooNear(LabelId, Vision),
}

/// Colours for a label of a group, those that are farthest from its other labels first. All of
/// them carry black text; where the group has room, they differ from its labels and each other for
/// every kind of vision. The same schema gives the same offers. O(candidates × labels of the group).
pub fn offered_colors(schema: &Schema, group: &GroupId, except: Option<&LabelId>) -> Vec<String> {
    let taken: Vec<Seen> = others(schema, group, except).filter_map(|(_, color)| color).map(seen).collect();
    let far_from = |candidate: &Seen, others: &[Seen]| {
        others.iter().map(|other| difference_seen(candidate, other).0).fold(FARTHEST, f64::min)
    };
    let mut left: Vec<(Rgb, Seen, f64)> = Vec::new();
    for color in candidates() {
        let seen = seen(color);
        left.push((color, seen, far_from(&seen, &taken)));
    }
    let mut offers = Vec::new();
    while offers.len() < OFFERS_MAX {
        let mut best: Option<usize> = None;
        for (idx, (.., far)) in left.iter().enumerate() {
            if best.is_none_or(|best| *far > left[best].2) {
                best = Some(idx);
            }
        }
        let Some(best) = best else { break };
        let (color, seen, far) = left.swap_remove(best);
        // A full group has no room for a colour of its own: the best one has to do.
        if far < DIFFERENCE_MIN && !offers.is_empty() {
            break;
        }
        offers.push(color.to_css().to_ascii_uppercase());
        for (_, candidate, far) in &mut left {
            *far = far.min(difference_seen(candidate, &seen).0);
        }
    }
    offers
}

/// What is against a colour for a label of a group.
pub fn color_faults(
    schema: &Schema,
    group: &GroupId,
    label: Option<&LabelId>,
    color: &str,
) -> Vec<ColorFault> {
    const BLACK: Rgb = Rgb { red: 0.0, green: 0.0, blue: 0.0 };
    let Some(color) = Rgb::parse(color) else { return vec![ColorFault::NotAColor] };
    let mut faults = Vec::new();
    let ratio = contrast(color, BLACK);
    if ratio < CONTRAST_MIN {
        faults.push(ColorFault::Contrast(ratio));
    }
    for (id, other) in others(schema, group, label) {
        if let Some((far, vision)) = other.map(|other| difference(color, other))
            && far < DIFFERENCE_MIN
        {
            faults.push(ColorFault::TooNear(id.clone(), vision));
        }
    }
    faults
}

/// The other labels of a group with their colours.
fn others<'s>(
    schema: &'s Schema,
    group: &'s GroupId,
    except: Option<&'s LabelId>,
) -> impl Iterator<Item = (&'s LabelId, Option<Rgb>)> {
    let labels = schema.labels_of(group).filter(move |label| Some(&label.id) != except);
    labels.map(|label| (&label.id, Rgb::parse(&label.color)))
}

/// Colours of the lightness and chroma that labels have, all round the hues.
fn candidates() -> Vec<Rgb> {
    const BLACK: Rgb = Rgb { red: 0.0, green: 0.0, blue: 0.0 };
    const HUES: u32 = 24;
    /// Cosine and sine of the step from one hue to the next.
    const STEP: (f64, f64) = (0.965_925_826_289_068_3, 0.258_819_045_102_520_74);
    let mut colors = Vec::new();
    for lightness in [0.58, 0.65, 0.72, 0.79, 0.86, 0.93] {
        for chroma in [0.03, 0.09, 0.15, 0.21] {
            let (mut green_red, mut blue_yellow) = (chroma, 0.0);
            for _ in 0..HUES {
                let color = Oklab { lightness, green_red, blue_yellow }.shown();
                (green_red, blue_yellow) =
                    (green_red * STEP.0 - blue_yellow * STEP.1, green_red * STEP.1 + blue_yellow * STEP.0);
                if contrast(color, BLACK) >= CONTRAST_MIN {
                    colors.push(color);
                }
            }
        }
    }
    colors
}

#[cfg(test)]
mod tests;

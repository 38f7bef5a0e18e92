use crate::formats::presets::{PRESETS, preset};
use crate::model::schema::{Family, Label, Schema};
use crate::view_model::color::vision::{self, Vision};
use crate::view_model::color::{MarkColors, Rgb, Theme, contrast, gamma, luminance, mark_colors, root};

const THEMES: [Theme; 2] = [Theme::Light, Theme::Dark];
const FAMILIES: [Family; 3] = [Family::Tint, Family::Box, Family::Underline];

fn rgb(text: &str) -> Rgb {
    Rgb::parse(text).unwrap_or_else(|| panic!("no colour: {text}"))
}

fn schemas() -> Vec<Schema> {
    PRESETS.iter().map(|id| preset(id).expect("a preset")).collect()
}

fn family_of(schema: &Schema, label: &Label) -> Family {
    schema.group(&label.group).expect("a group").family
}

/// Every colour of the schemas, nasty ones, and a grid through all there are.
fn colors() -> Vec<String> {
    let mut colors: Vec<String> =
        ["#000000", "#FFFFFF", "#FFFF00", "#00ffff", "#0000FF", "nonsense", ""].map(str::to_owned).to_vec();
    for schema in schemas() {
        colors.extend(schema.labels.iter().map(|label| label.color.to_string()));
    }
    for red in (0..=255).step_by(51) {
        for green in (0..=255).step_by(51) {
            for blue in (0..=255).step_by(51) {
                colors.push(format!("#{red:02X}{green:02X}{blue:02X}"));
            }
        }
    }
    colors
}

#[test]
fn powers_and_roots_are_those_of_the_standard_library() {
    for step in 0..=2000 {
        let number = f64::from(step) / 1000.0;
        for (found, expected) in [
            (gamma(number), number.powf(2.4)),
            (root(number, 12).powi(5), number.powf(1.0 / 2.4)),
            (root(number, 3), number.cbrt()),
        ] {
            assert!((found - expected).abs() < 1e-14, "{number}: {found} {expected}");
        }
    }
    assert!((root(1e-12, 12) - 0.1).abs() < 1e-15 && root(-1.0, 3) == 0.0);
}

#[test]
fn contrast_is_that_of_wcag() {
    let check = |one: &str, other: &str, expected: f64| {
        let found = contrast(rgb(one), rgb(other));
        assert!((found - expected).abs() < 0.01, "{one} {other}: {found}");
    };
    check("#000000", "#FFFFFF", 21.0);
    check("#FFFFFF", "#000000", 21.0);
    check("#777777", "#FFFFFF", 4.48);
    check("#767676", "#FFFFFF", 4.54);
    check("#FF0000", "#FFFFFF", 4.0);
    assert!((luminance(rgb("#00FF00")) - 0.7152).abs() < 0.000_1);
}

#[test]
fn only_six_hexadecimal_digits_are_a_color() {
    for text in ["", "#", "#FFF", "#12345", "#1234567", "123456", "#+12345", "#é1234", "#GGGGGG"] {
        assert_eq!(Rgb::parse(text), None, "{text}");
    }
    assert_eq!(rgb("#a0B1c2").to_css(), "#a0b1c2");
}

#[test]
fn text_and_lines_keep_their_contrast_for_every_color() {
    for theme in THEMES {
        let drawn: Vec<(String, Family, MarkColors)> = colors()
            .iter()
            .flat_map(|color| {
                FAMILIES.map(|family| (color.clone(), family, mark_colors(color, family, theme)))
            })
            .collect();
        let mut fills: Vec<Rgb> = drawn.iter().map(|(_, _, marks)| rgb(&marks.fill)).collect();
        for (color, family, marks) in &drawn {
            let text = contrast(theme.ink(), rgb(&marks.fill));
            assert!(text >= 4.5, "{color} {family:?} {theme:?}: text {text:.2} on {}", marks.fill);
            let line = contrast(rgb(&marks.line), theme.paper());
            assert!(line >= 3.0, "{color} {family:?} {theme:?}: line {line:.2}, {}", marks.line);
        }
        fills.sort_by(|one, other| luminance(*one).total_cmp(&luminance(*other)));
        let extremes = [fills[0], fills[fills.len() - 1]];
        for (color, family, marks) in &drawn {
            for fill in extremes {
                let line = contrast(rgb(&marks.line), fill);
                assert!(line >= 3.0, "{color} {family:?} {theme:?}: line {line:.2} on {}", fill.to_css());
            }
        }
    }
}

#[test]
fn lighter_labels_stay_lighter() {
    for theme in THEMES {
        let greys = ["#404040", "#808080", "#A0A0A0", "#C0C0C0"];
        let lines = greys.map(|grey| luminance(rgb(&mark_colors(grey, Family::Tint, theme).line)));
        assert!(lines.is_sorted(), "{theme:?}: {lines:?}");
    }
}

/// The smallest difference over the kinds of vision.
fn difference(one: &str, other: &str) -> (f64, Vision) {
    vision::difference(rgb(one), rgb(other))
}

/// Checks every pair of labels of a group; `color_of` gives the colour to compare, `is_compared`
/// which pairs.
fn check_groups(
    difference_min: f64,
    is_compared: impl Fn(&Label, &Label) -> bool,
    color_of: impl Fn(&Schema, &Label) -> String,
) {
    for schema in schemas() {
        for (idx, one) in schema.labels.iter().enumerate() {
            for other in &schema.labels[idx + 1..] {
                if one.group == other.group && is_compared(one, other) {
                    let (found, vision) = difference(&color_of(&schema, one), &color_of(&schema, other));
                    assert!(
                        found >= difference_min,
                        "{}: {} and {} differ by {found:.1} ({vision:?})",
                        schema.id,
                        one.id,
                        other.id
                    );
                }
            }
        }
    }
}

#[test]
fn colors_of_a_group_differ_for_every_kind_of_vision() {
    check_groups(20.0, |_, _| true, |_, label| label.color.to_string());
}

#[test]
fn labels_with_one_line_style_are_drawn_in_far_colors() {
    for theme in THEMES {
        check_groups(
            20.0,
            |one, other| one.line == other.line,
            |schema, label| mark_colors(&label.color, family_of(schema, label), theme).line,
        );
    }
}

#[test]
fn tints_of_statements_can_be_told_from_each_other_and_from_the_page() {
    let schema = preset("news-claims").expect("a preset");
    for theme in THEMES {
        let mut tints: Vec<String> = vec![theme.paper().to_css()];
        for label in schema.labels.iter().filter(|label| family_of(&schema, label) == Family::Tint) {
            tints.push(mark_colors(&label.color, Family::Tint, theme).fill);
        }
        assert_eq!(tints.len(), 4);
        for (idx, one) in tints.iter().enumerate() {
            for other in &tints[idx + 1..] {
                let (found, vision) = difference(one, other);
                // Ten times what a trained eye just notices (2.3 in CIE 1976) would be too loud.
                assert!(found >= 8.0, "{theme:?}: {one} and {other} differ by {found:.1} ({vision:?})");
            }
        }
    }
}

#[test]
fn schema_colors_carry_black_text() {
    for schema in schemas() {
        for label in &schema.labels {
            let found = contrast(rgb(&label.color), rgb("#000000"));
            assert!(found >= 4.5, "{} {}: {found:.2}", schema.id, label.id);
        }
    }
}

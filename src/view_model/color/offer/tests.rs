use crate::formats::presets::{PRESETS, default_schema, preset};
use crate::model::schema::Schema;
use crate::view_model::color::offer::{
    CONTRAST_MIN, ColorFault, DIFFERENCE_MIN, OFFERS_MAX, color_faults, offered_colors,
};
use crate::view_model::color::vision::{Vision, difference};
use crate::view_model::color::{Rgb, contrast};

fn rgb(color: &str) -> Rgb {
    Rgb::parse(color).expect("a colour")
}

#[test]
fn offers_carry_text_and_differ_from_the_group_and_each_other() {
    for schema in PRESETS.iter().map(|id| preset(id).expect("a preset")) {
        for group in &schema.groups {
            let offers = offered_colors(&schema, &group.id, None);
            assert!(!offers.is_empty() && offers.len() <= OFFERS_MAX, "{} {}", schema.id, group.id);
            for (idx, offer) in offers.iter().enumerate() {
                assert!(contrast(rgb(offer), rgb("#000000")) >= CONTRAST_MIN, "{offer}");
                for other in &offers[..idx] {
                    assert!(difference(rgb(offer), rgb(other)).0 >= DIFFERENCE_MIN, "{offer} {other}");
                }
            }
            // Fourteen techniques leave no room.
            let is_full = schema.labels_of(&group.id).count() > 12;
            let faults = color_faults(&schema, &group.id, None, &offers[0]);
            assert!(is_full || faults.is_empty(), "{} {}: {faults:?}", schema.id, group.id);
        }
    }
}

#[test]
fn a_group_without_labels_is_offered_a_full_row() {
    let mut schema = default_schema();
    schema.labels.clear();
    let offers = offered_colors(&schema, &"entity".into(), None);
    assert!(offers.len() >= 8, "{offers:?}");
    assert_eq!(offers, offered_colors(&schema, &"entity".into(), None), "the same each time");
}

#[test]
fn what_is_against_a_color() {
    let schema = default_schema();
    let faults = |color: &str| color_faults(&schema, &"statement".into(), Some(&"CLAIM".into()), color);
    assert_eq!(faults("red"), [ColorFault::NotAColor]);
    assert_eq!(faults("#F2C14E"), []);
    assert!(matches!(faults("#000080").as_slice(), [ColorFault::Contrast(ratio)] if *ratio < 4.5));
    assert_eq!(faults("#E4572F"), [ColorFault::TooNear("ALLEGATION".into(), Vision::Tritanopia)]);
    // What common eyes tell apart others may not.
    let near = |schema: &Schema, color: &str| color_faults(schema, &"entity".into(), None, color);
    let found = near(&schema, "#C2745F");
    assert!(
        found
            .iter()
            .any(|fault| matches!(fault, ColorFault::TooNear(_, vision) if *vision != Vision::Common)),
        "{found:?}"
    );
}

use std::rc::Rc;

use super::{RowFilter, Rows};
use crate::edit::tests::drawing::session_after;
use crate::formats::presets::default_schema;
use crate::text::samples::Random;

const TEXT: &str = "[PERSON Kassym Tokaïev], [PERSON TOKAÏEV], [PLACE Moscou], [PERSON ΟΔΟΣ], \
                    [PERSON ΟΔΟΣΑ], [ORG l’État], [PLACE Almaty].";

/// Whatever is typed, deleted and chosen: the rows are those of a list that is made anew.
#[test]
fn a_filter_that_goes_on_gives_the_same_rows() {
    let state = Rc::new(session_after(default_schema(), TEXT, "").state().clone());
    let typed = ["", "t", "to", "tok", "TOKA", "o", "ο", "οδ", "οδος", "οδοσα", "l’é", "zz", "moscou"];
    let labels = [None, Some("PERSON".into()), Some("PLACE".into())];
    for seed in 0..200 {
        let mut random = Random::new(seed);
        let mut filter = RowFilter::default();
        let mut rows = Rows::new(state.clone(), &filter);
        for step in 0..12 {
            let before = filter.clone();
            filter.text = typed[random.below(typed.len())].to_owned();
            if random.below(4) == 0 {
                filter.label = labels[random.below(labels.len())].clone();
            }
            rows = rows.after(&before, &filter);
            let anew = Rows::new(state.clone(), &filter);
            assert_eq!(rows.window(0..9), anew.window(0..9), "seed {seed}, step {step}: {filter:?}");
        }
    }
    let mut filter = RowFilter { label: None, text: "ÏEV".to_owned() };
    assert_eq!(Rows::new(state.clone(), &filter).len(), 2);
    filter.label = Some("PLACE".into());
    assert!(Rows::new(state, &filter).is_empty());
}

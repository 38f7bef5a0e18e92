//! An annotation on one line of a list: its label and its words.

use yew::prelude::*;

use crate::edit::state::State;
use crate::model::annotation::{Annotation, Certainty};
use crate::model::schema::Label;
use crate::view_model::excerpt::excerpt;
use crate::web::components::element::{element, fragment};
use crate::web::components::swatch::swatch;
use crate::web::i18n::{pick, tr};

/// How much of the words a line holds.
const WORDS_CHARS_MAX: usize = 120;

/// Swatch, label and words.
pub fn label_and_words(state: &State, annotation: &Annotation) -> Html {
    let label = state.schema.label(&annotation.label);
    let name = label.map_or_else(|| AttrValue::from(annotation.label.to_string()), short_label);
    fragment()
        .child(swatch(&state.schema, &annotation.label))
        .child(element("b").child(name))
        .child_if(annotation.certainty == Certainty::Unsure, || {
            let name = tr!("certainty.unsure");
            element("i").attr("role", "img").attr("aria-label", name.clone()).attr("title", name).child("?")
        })
        .child(element("span").attr("dir", "auto").child(words(state, annotation)))
        .html()
}

/// The name of a label for narrow places.
pub fn short_label(label: &Label) -> AttrValue {
    pick(if label.short_name.fr.is_empty() { &label.name } else { &label.short_name })
}

/// The first words, on one line.
pub fn words(state: &State, annotation: &Annotation) -> String {
    excerpt(state, annotation, WORDS_CHARS_MAX)
}

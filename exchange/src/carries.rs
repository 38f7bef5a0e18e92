//! What a format can carry, stated once for each format.
//!
//! [`Carries::count`] makes of it the list of what an export loses, and the tests of a round trip
//! compare only what is carried. Losses that depend on more than the kind of a thing (a span that
//! fits no token, a second label on the same words) are counted by the exporter that meets them.

use sourcier::edit::state::State;
use sourcier::model::annotation::Certainty;

use crate::losses::{LossKind, Losses};

/// How annotations of several fragments come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fragments {
    /// As they are.
    Whole,
    /// As the span from the first fragment to the last: the words between are marked too.
    Covering,
}

/// How the mentions of one entity come out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Entities {
    /// With name and identifier.
    Whole,
    /// With name and identifier on its mentions: an entity without any is lost.
    Mentioned,
    /// Each mention is linked to the one before it: names and identifiers are lost.
    Links,
    None,
}

/// What a format can carry. `true` for a thing means: all of it, and it can be read from the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carries {
    pub fragments: Fragments,
    pub entities: Entities,
    pub relations: bool,
    pub attributes: bool,
    pub notes: bool,
    pub certainty: bool,
    /// The fields of the document: headline, agency, date …
    pub fields: bool,
    /// What was said of whole paragraphs.
    pub paragraphs: bool,
    /// The dated values of attributes that keep a history.
    pub history: bool,
    /// Which attributes were chosen by hand.
    pub by_hand: bool,
    /// Who made what, and when.
    pub provenance: bool,
    pub timing: bool,
}

impl Carries {
    /// Nothing but labels on spans.
    pub const SPANS: Carries = Carries {
        fragments: Fragments::Covering,
        entities: Entities::None,
        relations: false,
        attributes: false,
        notes: false,
        certainty: false,
        fields: false,
        paragraphs: false,
        history: false,
        by_hand: false,
        provenance: false,
        timing: false,
    };

    /// All there is.
    pub const ALL: Carries = Carries {
        fragments: Fragments::Whole,
        entities: Entities::Whole,
        relations: true,
        attributes: true,
        notes: true,
        certainty: true,
        fields: true,
        paragraphs: true,
        history: true,
        by_hand: true,
        provenance: true,
        timing: true,
    };

    /// All that was said of spans, entities and the document, but not when, by whom and how.
    pub const CONTENT: Carries = Carries {
        paragraphs: false,
        history: false,
        by_hand: false,
        provenance: false,
        timing: false,
        ..Carries::ALL
    };

    /// All that was said of annotations, for formats that write what is known of an entity on its mentions.
    pub const MENTIONED: Carries =
        Carries { entities: Entities::Mentioned, paragraphs: false, timing: false, ..Carries::ALL };

    /// Counts what of a document the format does not carry. O(size of the work).
    pub fn count(&self, state: &State, losses: &mut Losses) {
        self.count_annotations(state, losses);
        if !self.relations {
            for relation in state.relations.iter() {
                losses.add(LossKind::Relation, relation.kind.as_str(), 1);
            }
        }
        for (id, entity) in state.entities.iter() {
            match self.entities {
                Entities::Whole => {}
                Entities::Mentioned if state.annotations.mentions(id).next().is_some() => {}
                Entities::Links => losses.add(LossKind::EntityName, entity.label.as_str(), 1),
                Entities::Mentioned | Entities::None => {
                    losses.add(LossKind::Entity, entity.label.as_str(), 1)
                }
            }
        }
        if !self.fields {
            for key in state.fields.keys() {
                losses.add(LossKind::Field, key.as_str(), 1);
            }
        }
        if !self.paragraphs {
            losses.add(LossKind::Paragraphs, "", state.paragraphs.len());
        }
        if !self.timing && state.timing.document_ms() > 0 {
            losses.add(LossKind::Timing, "", 1);
        }
    }

    fn count_annotations(&self, state: &State, losses: &mut Losses) {
        for annotation in state.annotations.iter() {
            if self.fragments == Fragments::Covering && annotation.target.is_discontinuous() {
                losses.add(LossKind::Fragments, annotation.label.as_str(), 1);
            }
            if !self.attributes {
                for key in annotation.attributes.keys() {
                    losses.add(LossKind::Attribute, key.as_str(), 1);
                }
            }
            if !self.notes && !annotation.note.is_empty() {
                losses.add(LossKind::Note, annotation.label.as_str(), 1);
            }
            if !self.certainty && annotation.certainty == Certainty::Unsure {
                losses.add(LossKind::Certainty, annotation.label.as_str(), 1);
            }
            if !self.history {
                for key in annotation.dated.keys() {
                    losses.add(LossKind::History, key.as_str(), 1);
                }
            }
            if !self.by_hand && self.attributes {
                for key in annotation.by_hand.iter() {
                    losses.add(LossKind::ByHand, key.as_str(), 1);
                }
            }
        }
        if !self.provenance {
            losses.add(LossKind::Provenance, "", state.annotations.len());
        }
    }
}

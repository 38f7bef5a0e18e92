//! What an export could not carry, by kind, name and count, with the places of a few.

use sourcier::sorted::SortedMap;

/// The most places that are listed for one loss; the rest is only counted.
pub const PLACE_COUNT_MAX: usize = 200;

/// What was lost. The order is the one of the list that a person sees.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LossKind {
    /// An annotation whose label was not among the chosen ones. Named by its label.
    NotChosen,
    /// An annotation of a kind that the format does not write. Named by its label.
    NotWritten,
    /// An annotation left out because another one lies over its words. Named by its label.
    Overlapping,
    /// An annotation left out because its ends fall inside tokens. Named by its label.
    Misaligned,
    /// An annotation widened to whole tokens. Named by its label.
    Widened,
    /// Several fragments became the span that covers them. Named by its label.
    Fragments,
    /// A relation. Named by its type.
    Relation,
    /// An attribute's value. Named by its key.
    Attribute,
    /// A value that the format can hold only in another form. Named by the attribute's key.
    AttributeForm,
    Note,
    Certainty,
    /// An entity with its mentions. Named by its label.
    Entity,
    /// The name and identifier of an entity whose mentions are linked. Named by its label.
    EntityName,
    /// A field of the document. Named by its key.
    Field,
    /// What was said of whole paragraphs.
    Paragraphs,
    /// The dates of values. Named by the attribute's key.
    History,
    /// Which values were chosen by hand. Named by the attribute's key.
    ByHand,
    /// Who made an annotation, and when.
    Provenance,
    Timing,
    /// CR LF and CR became LF.
    LineEnds,
    /// Characters that the format cannot hold were replaced: in the text by U+FFFD, in names by `_`,
    /// and then named by the label.
    Characters,
    /// White space between sentences, or at the ends of an annotation, does not come back as it was.
    /// Named by the label of the annotation.
    WhiteSpace,
    /// The text itself is not in the file.
    Text,
}

impl LossKind {
    /// The word for it between the two wasm modules.
    pub fn code(self) -> &'static str {
        match self {
            LossKind::NotChosen => "not-chosen",
            LossKind::NotWritten => "not-written",
            LossKind::Overlapping => "overlapping",
            LossKind::Misaligned => "misaligned",
            LossKind::Widened => "widened",
            LossKind::Fragments => "fragments",
            LossKind::Relation => "relation",
            LossKind::Attribute => "attribute",
            LossKind::AttributeForm => "attribute-form",
            LossKind::Note => "note",
            LossKind::Certainty => "certainty",
            LossKind::Entity => "entity",
            LossKind::EntityName => "entity-name",
            LossKind::Field => "field",
            LossKind::Paragraphs => "paragraphs",
            LossKind::History => "history",
            LossKind::ByHand => "by-hand",
            LossKind::Provenance => "provenance",
            LossKind::Timing => "timing",
            LossKind::LineEnds => "line-ends",
            LossKind::Characters => "characters",
            LossKind::WhiteSpace => "white-space",
            LossKind::Text => "text",
        }
    }
}

/// Where something was lost.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LossPlace {
    /// The stem of the document's files.
    pub document: String,
    /// In code points of the text.
    pub start: u32,
    pub end: u32,
    pub surface: String,
}

/// One line of the list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loss {
    pub count: usize,
    pub places: Vec<LossPlace>,
}

/// The list of what an export could not carry.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses {
    by_name: SortedMap<(LossKind, String), Loss>,
}

impl Losses {
    /// Counts `count` more. Nothing is listed for a count of 0.
    pub fn add(&mut self, kind: LossKind, name: &str, count: usize) {
        if count > 0 {
            self.by_name.get_or_insert((kind, name.to_owned()), Loss::default()).count += count;
        }
    }

    /// Counts one more and lists its place.
    pub fn add_at(&mut self, kind: LossKind, name: &str, place: LossPlace) {
        let loss = self.by_name.get_or_insert((kind, name.to_owned()), Loss::default());
        loss.count += 1;
        if loss.places.len() < PLACE_COUNT_MAX {
            loss.places.push(place);
        }
    }

    /// By kind, then by name.
    pub fn iter(&self) -> impl Iterator<Item = (LossKind, &str, &Loss)> {
        self.by_name.iter().map(|((kind, name), loss)| (*kind, name.as_str(), loss))
    }

    /// How many things of a kind were lost, under any name.
    pub fn count_of(&self, kind: LossKind) -> usize {
        self.iter().filter(|(found, _, _)| *found == kind).map(|(_, _, loss)| loss.count).sum()
    }
}

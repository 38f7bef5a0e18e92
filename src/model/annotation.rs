//! One annotation: which words, which label, and what was said about them.

use std::rc::Rc;

use crate::json::Map;
use crate::model::dated::DatedValues;
use crate::model::ids::{AnnotationId, AnnotatorId, AttributeKey, EntityId, LabelId};
use crate::model::schema::{AttributeValue, Label};
use crate::sorted::{SortedMap, SortedSet, sort_by};
use crate::text::span::{TextOffset, TextSpan};
use crate::text::unicode::lower_case;

/// What a person said about some words of a document.
#[derive(Clone, Debug, PartialEq)]
pub struct Annotation {
    pub id: AnnotationId,
    pub label: LabelId,
    pub target: Target,
    pub attributes: SortedMap<AttributeKey, AttributeValue>,
    /// The attributes whose value a person chose; the others came from defaults or computations.
    pub by_hand: SortedSet<AttributeKey>,
    /// The values that a person chose for attributes that keep their history, with their dates.
    pub dated: SortedMap<AttributeKey, DatedValues>,
    pub certainty: Certainty,
    pub note: Rc<str>,
    pub entity: Option<EntityId>,
    pub provenance: Provenance,
    /// What a file said about it that this version does not know, kept for the way out.
    pub extra: Option<Rc<Map>>,
}

/// The words of an annotation: one span, or several fragments of a discontinuous one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    // Invariant: not empty, sorted, disjoint and not touching.
    fragments: Rc<[TextSpan]>,
}

/// How sure the annotator is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Certainty {
    #[default]
    Sure,
    Unsure,
}

/// Who made an annotation, when, and how. Times are milliseconds since 1970 in UTC.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    pub annotator: AnnotatorId,
    pub created_ms: u64,
    pub changed_ms: u64,
    pub origin: AnnotationOrigin,
}

/// How an annotation came here.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AnnotationOrigin {
    #[default]
    ByHand,
    Imported,
}

impl Provenance {
    /// Made by a person, now.
    pub fn by_hand(annotator: &AnnotatorId, time_ms: u64) -> Provenance {
        Provenance {
            annotator: annotator.clone(),
            created_ms: time_ms,
            changed_ms: time_ms,
            origin: AnnotationOrigin::ByHand,
        }
    }
}

impl Target {
    pub fn span(span: TextSpan) -> Target {
        Target { fragments: Rc::from([span]) }
    }

    /// Sorts the fragments and joins those that touch or overlap. `None` when there is none.
    pub fn fragments_of(mut spans: Vec<TextSpan>) -> Option<Target> {
        sort_by(&mut spans, Ord::cmp);
        let mut fragments: Vec<TextSpan> = Vec::with_capacity(spans.len());
        for span in spans {
            match fragments.last_mut() {
                Some(last) if span.start() <= last.end() => {
                    *last = TextSpan::new(last.start(), last.end().max(span.end()))?;
                }
                _ => fragments.push(span),
            }
        }
        if fragments.is_empty() { None } else { Some(Target { fragments: Rc::from(fragments) }) }
    }

    /// The fragments in text order: one for a continuous annotation.
    pub fn fragments(&self) -> &[TextSpan] {
        &self.fragments
    }

    pub fn is_discontinuous(&self) -> bool {
        self.fragments.len() > 1
    }

    pub fn start(&self) -> TextOffset {
        self.fragments[0].start()
    }

    pub fn end(&self) -> TextOffset {
        self.fragments[self.fragments.len() - 1].end()
    }

    /// From the first fragment's start to the last one's end.
    pub fn envelope(&self) -> TextSpan {
        TextSpan::new(self.start(), self.end()).unwrap_or(self.fragments[0])
    }

    /// Whether a fragment holds the character at `offset`.
    pub fn contains(&self, offset: TextOffset) -> bool {
        self.fragments.iter().any(|fragment| fragment.contains(offset))
    }

    pub fn overlaps(&self, span: TextSpan) -> bool {
        self.fragments.iter().any(|fragment| fragment.overlaps(span))
    }

    /// Whether each fragment of `other` lies in one of these; a target covers itself.
    pub fn covers(&self, other: &Target) -> bool {
        let holds = |inner: &TextSpan| self.fragments.iter().any(|fragment| fragment.covers(*inner));
        other.fragments.iter().all(holds)
    }

    /// The bytes of all fragments together.
    pub fn len_bytes(&self) -> u32 {
        self.fragments.iter().map(|fragment| fragment.len_bytes()).sum()
    }

    /// The words, fragments joined by ` … `.
    pub fn surface(&self, text: &str) -> String {
        let mut surface = String::new();
        for (idx, fragment) in self.fragments.iter().enumerate() {
            if idx > 0 {
                surface.push_str(" … ");
            }
            surface.push_str(&text[fragment.range()]);
        }
        surface
    }

    /// The words without regard to case and white space: mentions under one name have one.
    pub fn surface_key(&self, text: &str) -> String {
        let surface = lower_case(&self.surface(text));
        surface.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

impl Annotation {
    /// An annotation as a person's hand makes it: the label's defaults, nothing chosen yet.
    pub fn new(
        id: AnnotationId,
        label: &Label,
        target: Target,
        annotator: AnnotatorId,
        time_ms: u64,
    ) -> Annotation {
        Annotation {
            id,
            label: label.id.clone(),
            target,
            attributes: defaults_of(label),
            by_hand: SortedSet::new(),
            dated: SortedMap::new(),
            certainty: Certainty::Sure,
            note: Rc::from(""),
            entity: None,
            provenance: Provenance::by_hand(&annotator, time_ms),
            extra: None,
        }
    }

    /// The same annotation under another label. What a person chose stays where the new label
    /// has the attribute and allows the value; everything else takes the new label's default.
    /// Where there is none, a value that is not just the old label's default stays. Attributes
    /// that neither label knows (from files) stay. A label without entities takes the mention
    /// out of its own.
    pub fn relabelled(&self, old: Option<&Label>, new: &Label, time_ms: u64) -> Annotation {
        let mut relabelled = self.clone();
        relabelled.label = new.id.clone();
        relabelled.attributes = defaults_of(new);
        relabelled.by_hand.clear();
        relabelled.dated = SortedMap::new();
        for (key, value) in &self.attributes {
            let is_by_hand = self.by_hand.contains(key);
            let old_type = old.and_then(|label| label.attribute(key));
            let stays = match new.attribute(key) {
                Some(new_type) if !new_type.kind.allows(value) => false,
                Some(_) if is_by_hand => true,
                Some(new_type) => {
                    new_type.default.is_none()
                        && old_type.is_none_or(|old_type| old_type.default.as_ref() != Some(value))
                }
                None => old_type.is_none(),
            };
            if stays {
                relabelled.attributes.insert(key.clone(), value.clone());
            }
            if stays && is_by_hand {
                relabelled.by_hand.insert(key.clone());
                let is_dated = new.attribute(key).is_none_or(|new_type| new_type.is_dated);
                if let Some(values) = self.dated.get(key).filter(|_| is_dated) {
                    relabelled.dated.insert(key.clone(), values.clone());
                }
            }
        }
        if !new.is_entity {
            relabelled.entity = None;
        }
        relabelled.provenance.changed_ms = time_ms;
        relabelled
    }
}

/// The default values of a label's attributes.
fn defaults_of(label: &Label) -> SortedMap<AttributeKey, AttributeValue> {
    label
        .attributes
        .iter()
        .filter_map(|attribute| Some((attribute.key.clone(), attribute.default.clone()?)))
        .collect()
}

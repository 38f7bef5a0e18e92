//! All that a command, an undo or an export reads.

use std::rc::Rc;

use crate::edit::warned::Warned;
use crate::json::Map;
use crate::model::annotation::{Annotation, Target};
use crate::model::annotation_set::AnnotationSet;
use crate::model::document::{Document, Fields};
use crate::model::entity::{Entities, Entity};
use crate::model::ids::{AnnotationId, LabelId, RelationTypeId};
use crate::model::paragraphs::Paragraphs;
use crate::model::relation::{Relation, RelationSet};
use crate::model::schema::Schema;
use crate::model::timing::Timing;
use crate::text::abbreviations::Language;
use crate::text::span::{TextOffset, TextSpan};

/// One version of the work on one document. A clone shares everything.
#[derive(Clone, Debug)]
pub struct State {
    pub document: Rc<Document>,
    pub schema: Rc<Schema>,
    pub annotations: AnnotationSet,
    pub relations: RelationSet,
    pub entities: Entities,
    pub fields: Rc<Fields>,
    pub paragraphs: Paragraphs,
    pub timing: Timing,
    /// What the checks found; worked out when first asked for, and kept up from then on.
    pub warned: Warned,
    /// The time of the last edit, in milliseconds since 1970 in UTC; `None` before the first.
    pub modified_ms: Option<u64>,
    /// Parts of the file this document came from that this version does not know.
    pub carried: Rc<Map>,
    pub focus: Focus,
}

/// Where the person is. Changes with transactions, is not undone but restored by undo.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Focus {
    pub selection: Option<Selection>,
    pub chosen: Option<AnnotationId>,
    pub armed: Option<LabelId>,
    pub mode: Mode,
    pub marks: MarksShown,
    pub links: LinksShown,
}

/// A selection in the text, or the text cursor where both ends are one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Where it began.
    pub anchor: TextOffset,
    /// Where the cursor is.
    pub head: TextOffset,
}

/// What the keys do at the moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Mode {
    #[default]
    Normal,
    /// Arrows move an end of the chosen annotation.
    MovingEnds(MovingEnds),
    /// The other end of a relation of the chosen annotation is looked for.
    Linking(Linking),
}

/// Looking for the annotation that the chosen one is to be linked with.
#[derive(Clone, Debug, PartialEq)]
pub struct Linking {
    pub purpose: LinkPurpose,
    /// The end that Enter takes.
    pub candidate: Option<AnnotationId>,
    /// Where several types of relation fit the end that was taken: these, for the person to say.
    pub options: Vec<LinkOption>,
}

/// What the link is to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkPurpose {
    /// One of the relation types with this key; the two ends decide which.
    Relation(char),
    /// Any relation type that fits: a link that is drawn by hand.
    AnyRelation,
    /// Both are mentions of one entity.
    SameEntity,
}

/// A relation that could be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkOption {
    pub kind: RelationTypeId,
    pub from: AnnotationId,
    pub to: AnnotationId,
}

#[derive(Clone, Debug, PartialEq)]
pub struct MovingEnds {
    pub edge: Edge,
    /// The target when the mode began, for Escape.
    pub original: Target,
}

/// An end of a span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    Start,
    End,
}

/// Which marks are drawn.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum MarksShown {
    #[default]
    All,
    Only(LabelId),
    None,
}

/// Which relations are drawn.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LinksShown {
    /// Those of the chosen annotation.
    #[default]
    OfChosen,
    /// Those of all annotations on the screen.
    All,
}

impl Selection {
    pub fn caret(offset: TextOffset) -> Selection {
        Selection { anchor: offset, head: offset }
    }

    pub fn of_span(span: TextSpan) -> Selection {
        Selection { anchor: span.start(), head: span.end() }
    }

    /// The selected span; `None` for a cursor.
    pub fn span(&self) -> Option<TextSpan> {
        TextSpan::new(self.anchor.min(self.head), self.anchor.max(self.head))
    }
}

impl State {
    pub fn new(document: Rc<Document>, schema: Rc<Schema>) -> State {
        State {
            document,
            schema,
            annotations: AnnotationSet::default(),
            relations: RelationSet::default(),
            entities: Rc::default(),
            fields: Rc::default(),
            paragraphs: Rc::default(),
            timing: Timing::default(),
            warned: Warned::default(),
            modified_ms: None,
            carried: Rc::default(),
            focus: Focus::default(),
        }
    }

    /// The chosen annotation, where it still exists.
    pub fn chosen(&self) -> Option<&Rc<Annotation>> {
        self.annotations.get(self.focus.chosen.as_ref()?)
    }

    /// The label that the person has to do with: the armed one, else that of the chosen annotation.
    pub fn label_in_hand(&self) -> Option<&LabelId> {
        self.focus.armed.as_ref().or_else(|| self.chosen().map(|chosen| &chosen.label))
    }

    /// The selected words; `None` where there is only a cursor.
    pub fn selected_span(&self) -> Option<TextSpan> {
        self.focus.selection?.span()
    }

    /// The language of the document, for its sentences.
    pub fn language(&self) -> Language {
        let tag = crate::model::document::field_text(&self.fields, "language");
        tag.map_or(Language::Other, Language::from_tag)
    }

    /// The end in hand for a link of the chosen annotation.
    pub fn link_candidate(&self) -> Option<&AnnotationId> {
        match &self.focus.mode {
            Mode::Linking(linking) => linking.candidate.as_ref(),
            _ => None,
        }
    }

    /// The entity that an annotation is a mention of.
    pub fn entity_of(&self, annotation: &Annotation) -> Option<&Rc<Entity>> {
        self.entities.get(annotation.entity.as_ref()?)
    }

    /// Both ends of a relation, from and to.
    pub fn ends_of(&self, relation: &Relation) -> Option<(&Rc<Annotation>, &Rc<Annotation>)> {
        Some((self.annotations.get(&relation.from)?, self.annotations.get(&relation.to)?))
    }

    /// Whether the two hold the same work, wherever the person is in it and however long it took.
    pub fn same_work(&self, other: &State) -> bool {
        self.annotations == other.annotations
            && self.relations == other.relations
            && self.entities == other.entities
            && self.fields == other.fields
            && self.paragraphs == other.paragraphs
            && self.modified_ms == other.modified_ms
            && self.schema == other.schema
    }
}

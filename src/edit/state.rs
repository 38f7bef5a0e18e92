//! All that a command, an undo or an export reads.

use std::rc::Rc;

use crate::model::annotation::{Annotation, Target};
use crate::model::annotation_set::AnnotationSet;
use crate::model::document::{Document, Fields};
use crate::model::ids::{AnnotationId, LabelId};
use crate::model::schema::Schema;
use crate::text::abbreviations::Language;
use crate::text::span::{TextOffset, TextSpan};

/// One version of the work on one document. A clone shares everything.
#[derive(Clone, Debug)]
pub struct State {
    pub document: Rc<Document>,
    pub schema: Rc<Schema>,
    pub annotations: AnnotationSet,
    pub fields: Rc<Fields>,
    /// The time of the last edit, in milliseconds since 1970 in UTC; `None` before the first.
    pub modified_ms: Option<u64>,
    /// Parts of the file this document came from that this version does not know.
    pub carried: Rc<serde_json::Map<String, serde_json::Value>>,
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
            fields: Rc::default(),
            modified_ms: None,
            carried: Rc::default(),
            focus: Focus::default(),
        }
    }

    /// The chosen annotation, where it still exists.
    pub fn chosen(&self) -> Option<&Rc<Annotation>> {
        self.annotations.get(self.focus.chosen.as_ref()?)
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

    /// Whether the two hold the same work, wherever the person is in it.
    pub fn same_work(&self, other: &State) -> bool {
        self.annotations == other.annotations
            && self.fields == other.fields
            && self.modified_ms == other.modified_ms
            && self.schema == other.schema
    }
}

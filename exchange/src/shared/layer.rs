//! One layer of labels on tokens, for formats in which each token has one tag.
//!
//! The labels are those that a person chose; without a choice, those of entities. Where annotations
//! lie over each other, the outer one is written, and of two that cross the earlier one.

use std::ops::Range;
use std::rc::Rc;

use sourcier::model::annotation::Annotation;
use sourcier::model::ids::LabelId;
use sourcier::text::span::TextSpan;

use crate::losses::{LossKind, Losses};
use crate::options::Options;
use crate::shared::tokens::{Tokens, trimmed};
use crate::work::Work;

/// The tokens of a document and the labels on them.
pub struct Layer<'w> {
    pub tokens: Tokens,
    /// In order, without overlaps.
    pub chunks: Vec<Chunk<'w>>,
}

/// The tokens of one annotation.
pub struct Chunk<'w> {
    /// Indexes of tokens, not empty.
    pub tokens: Range<usize>,
    pub label: &'w LabelId,
}

impl<'w> Layer<'w> {
    /// Counts what has no place in the layer. O(n · log n).
    pub fn new(work: Work<'w>, options: &Options, losses: &mut Losses) -> Layer<'w> {
        let spans = flat(work, options, losses);
        let tokens = Tokens::new(work, spans.iter().map(|(span, _)| span));
        let chunk = |(span, annotation): (TextSpan, &'w Rc<Annotation>)| {
            let alignment = tokens.align(work.text(), span)?;
            Some(Chunk { tokens: alignment.tokens, label: &annotation.label })
        };
        let chunks = spans.into_iter().filter_map(chunk).collect();
        Layer { tokens, chunks }
    }

    /// The chunk that holds each token, as an index of [`Layer::chunks`].
    pub fn chunk_of_tokens(&self) -> Vec<Option<usize>> {
        let mut chunk_of_tokens = vec![None; self.tokens.spans.len()];
        for (idx, chunk) in self.chunks.iter().enumerate() {
            chunk_of_tokens[chunk.tokens.clone()].fill(Some(idx));
        }
        chunk_of_tokens
    }
}

/// Whether a label is in the layer.
pub fn is_in_layer(work: Work<'_>, options: &Options, label: &LabelId) -> bool {
    if !options.labels.is_empty() {
        return options.takes(label);
    }
    let labels = &work.state.schema.labels;
    labels.iter().any(|known| known.is_entity && known.id == *label)
        || !labels.iter().any(|known| known.is_entity)
}

/// The annotations of the layer without overlaps, and the words of each without white space round
/// them. Counts the others.
pub fn flat<'w>(
    work: Work<'w>,
    options: &Options,
    losses: &mut Losses,
) -> Vec<(TextSpan, &'w Rc<Annotation>)> {
    let mut kept: Vec<(TextSpan, &Rc<Annotation>)> = Vec::new();
    for annotation in work.annotations() {
        let (label, envelope) = (annotation.label.as_str(), annotation.target.envelope());
        if !is_in_layer(work, options, &annotation.label) {
            losses.add(LossKind::NotChosen, label, 1);
            continue;
        }
        let Some(span) = trimmed(work.text(), envelope) else {
            losses.add_at(LossKind::Misaligned, label, work.place(envelope));
            continue;
        };
        if kept.last().is_some_and(|(last, _)| last.end() > span.start()) {
            losses.add_at(LossKind::Overlapping, label, work.place(envelope));
            continue;
        }
        if span != envelope {
            losses.add_at(LossKind::WhiteSpace, label, work.place(envelope));
        }
        kept.push((span, annotation));
    }
    kept
}

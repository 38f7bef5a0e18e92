//! Prodigy's tasks: a document a line with its text, its tokens, spans that name their tokens, and
//! relations between these.
//!
//! As documented for the recipes `ner.manual`, `spans.manual` and `rel.manual`. Places count code
//! points and `end` is not included, but `token_end` is. White space is a token unless it is one
//! blank, which the token before it has as `ws`. Attributes and notes stand under keys of their own
//! in the spans. The hashes are left out: `db-in` works them out.

use sourcier::json::{Map, Value};
use sourcier::text::span::TextSpan;

use crate::carries::{Carries, Entities};
use crate::draft::SAME_AS;
use crate::export::{Exporter, Out, Written, shared_path};
use crate::formats::text_rows::{fields_json, first_row, read, span_json};
use crate::import::{InFile, Likeness, Reader};
use crate::losses::{LossKind, Losses};
use crate::options::Options;
use crate::shared::id_index::IdIndex;
use crate::shared::json_lines;
use crate::shared::tokens::Tokens;
use crate::work::{Linked, Work};

pub const WRITTEN: Written =
    Written { id: "prodigy", carries: CARRIES, exporter: |options| Box::new(Tasks { options }) };
pub const READER: Reader = Reader { id: "prodigy", recognise, read };

const CARRIES: Carries = Carries { entities: Entities::Links, ..Carries::CONTENT };

struct Tasks {
    options: Options,
}

impl Exporter for Tasks {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        let path = shared_path(&self.options, work, "jsonl");
        let task = task(work, &mut out.losses);
        out.write(&path, &json_lines::line(task));
    }
}

fn task(work: Work<'_>, losses: &mut Losses) -> Map {
    let mut spans = Vec::new();
    let mut ids = Vec::new();
    for annotation in work.annotations() {
        if let Some((span, json)) = span_json(work, annotation, losses) {
            ids.push(annotation.id.as_str());
            spans.push((span, json));
        }
    }
    let tokens = spaced(work.text(), &Tokens::new(work, spans.iter().map(|(span, _)| span)).spans);
    for (span, json) in &mut spans {
        let start = tokens.partition_point(|token| token.span.end() <= span.start());
        let end = tokens.partition_point(|token| token.span.start() < span.end()).saturating_sub(1);
        json.insert("token_start", start);
        json.insert("token_end", end);
    }
    let spans: Vec<Value> = spans.into_iter().map(|(_, json)| json.into()).collect();
    let relations = relations(work, &spans, &IdIndex::new(ids.into_iter()), losses);
    let view = if relations.is_empty() { "spans_manual" } else { "relations" };
    Map::new()
        .with("text", work.text())
        .with("tokens", tokens_json(work, &tokens))
        .with("spans", spans)
        .with("relations", relations)
        .with("answer", "accept")
        .with("_view_id", view)
        .with("meta", fields_json(work).with("document", work.stem))
}

/// A token of Prodigy's.
struct Spaced {
    span: TextSpan,
    /// Whether a blank follows, which is in no token.
    is_spaced: bool,
}

/// Tokens that make the whole text, together with the blanks behind them: white space between
/// tokens is one too, unless it is a single blank.
fn spaced(text: &str, tokens: &[TextSpan]) -> Vec<Spaced> {
    let mut spaced: Vec<Spaced> = Vec::with_capacity(tokens.len() + 8);
    let mut end = 0;
    let ends = tokens.iter().map(|token| Some(*token)).chain([None]);
    for token in ends {
        let mut white = end..token.map_or(text.len(), |token| token.start().to_usize());
        if let Some(last) = spaced.last_mut()
            && text[white.clone()].starts_with(' ')
        {
            last.is_spaced = true;
            white.start += 1;
        }
        let is_spaced = white.len() > 1 && text[white.clone()].ends_with(' ');
        white.end -= usize::from(is_spaced);
        spaced.extend(TextSpan::from_range(white).map(|span| Spaced { span, is_spaced }));
        if let Some(token) = token {
            end = token.end().to_usize();
            spaced.push(Spaced { span: token, is_spaced: false });
        }
    }
    spaced
}

fn tokens_json(work: Work<'_>, tokens: &[Spaced]) -> Value {
    let token = |(id, token): (usize, &Spaced)| {
        let (start, end) = work.code_points(token.span);
        Map::new()
            .with("text", work.slice(token.span))
            .with("start", start)
            .with("end", end)
            .with("id", id)
            .with("ws", token.is_spaced)
    };
    tokens.iter().enumerate().map(token).collect()
}

/// The relations of the document, and links between mentions of one entity.
fn relations(work: Work<'_>, spans: &[Value], index: &IdIndex<'_>, losses: &mut Losses) -> Vec<Map> {
    let end = |idx: usize| {
        let keys = ["start", "end", "token_start", "token_end", "label"];
        let span: Map = keys.iter().map(|key| (*key, spans[idx][*key].clone())).collect();
        (spans[idx]["token_end"].clone(), span)
    };
    let mut relations = Vec::new();
    let mut push = |kind: &str, from: &str, to: &str| match (index.get(from), index.get(to)) {
        (Some(from), Some(to)) => {
            let ((head, head_span), (child, child_span)) = (end(from), end(to));
            relations.push(
                Map::new()
                    .with("head", head)
                    .with("child", child)
                    .with("label", kind)
                    .with("head_span", head_span)
                    .with("child_span", child_span),
            );
            true
        }
        _ => false,
    };
    for Linked { relation, from, to } in work.relations() {
        if !push(relation.kind.as_str(), from.id.as_str(), to.id.as_str()) {
            losses.add(LossKind::Relation, relation.kind.as_str(), 1);
        }
    }
    for (later, earlier) in work.same_as_links() {
        push(SAME_AS, later.id.as_str(), earlier.id.as_str());
    }
    relations
}

fn recognise(file: &InFile) -> Likeness {
    let Some(row) = first_row(file).filter(|row| row["text"].is_string()) else { return Likeness::No };
    let is_marked = ["_view_id", "_task_hash", "_input_hash"].iter().any(|key| !row[*key].is_null());
    let has_tokens = row["tokens"][0]["ws"].as_bool().is_some() || row["spans"][0]["token_start"].is_u64();
    if is_marked || has_tokens {
        return Likeness::Certain;
    }
    match &row["spans"] {
        Value::Array(spans)
            if spans.iter().all(|span| span["start"].is_u64() && span["label"].is_string()) =>
        {
            Likeness::Possible
        }
        _ => Likeness::No,
    }
}

#[cfg(test)]
mod tests;

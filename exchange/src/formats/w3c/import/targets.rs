//! Where the words of an annotation are.

use sourcier::json::Value;
use sourcier::model::document::Document;
use sourcier::model::ids::DocumentId;
use sourcier::sorted::sort_unique;
use sourcier::text::offsets::OffsetIndex;

use super::{Annotation, each, id_of, member, text_of};
use crate::draft::{Draft, DraftAnnotation, DraftEntity};
use crate::formats::w3c::locate::{Quote, Searcher};
use crate::problems::{ProblemKind, Problems, Remedy};
use crate::shared::id_index::IdIndex;

/// One target: a fragment of an annotation.
#[derive(Clone, Debug, Default)]
pub(super) struct Target {
    pub source: Option<String>,
    /// In code points.
    position: Option<(u64, u64)>,
    quote: Option<Quote>,
}

impl Target {
    pub fn has_place(&self) -> bool {
        self.position.is_some() || self.quote.is_some()
    }
}

pub(super) fn targets(value: &Value, problems: &mut Problems) -> Vec<Target> {
    let mut targets = Vec::new();
    for target in each(member(value, "target")) {
        match target.get("items") {
            Some(items) => targets.extend(each(Some(items)).iter().map(|item| one(item, problems))),
            None => targets.push(one(target, problems)),
        }
    }
    targets
}

fn one(target: &Value, problems: &mut Problems) -> Target {
    let source = member(target, "source").and_then(id_of).or_else(|| id_of(target));
    let mut found = Target { source: source.map(str::to_owned), ..Target::default() };
    if let Some((source, fragment)) = source.and_then(|source| source.split_once("#char=")) {
        found.source = Some(source.to_owned());
        found.position = char_range(fragment);
    }
    for selector in each(member(target, "selector")) {
        let number = |key| member(selector, key).and_then(Value::as_u64);
        let is = |wanted: &str| super::has_type(selector, wanted);
        if is("TextPositionSelector") {
            found.position = number("start").zip(number("end"));
            if found.position.is_none() {
                problems.add(None, ProblemKind::BadOffsets, &selector.to_string(), Remedy::ValueLeftOut);
            }
        } else if is("TextQuoteSelector") {
            let text = |key| text_of(selector, key).unwrap_or_default().to_owned();
            let quote = Quote { exact: text("exact"), prefix: text("prefix"), suffix: text("suffix") };
            found.quote = Some(quote).filter(|quote| !quote.exact.is_empty());
        } else if let Some(range) = text_of(selector, "value").and_then(|value| value.strip_prefix("char=")) {
            found.position = found.position.or(char_range(range));
        } else if !is("RangeSelector") && !is("XPathSelector") && !is("CssSelector") {
            problems.add(None, ProblemKind::Unsupported, &selector.to_string(), Remedy::ValueLeftOut);
        }
    }
    found
}

/// `942,1031` of RFC 5147.
fn char_range(range: &str) -> Option<(u64, u64)> {
    let (start, end) = range.split(';').next()?.split_once(',')?;
    start.parse().ok().zip(end.parse().ok())
}

/// Puts annotations into a draft, whose text is known or not.
pub(super) fn place(annotations: Vec<Annotation<'_>>, draft: &mut Draft, problems: &mut Problems) {
    let text = std::mem::take(&mut draft.text);
    let document = Document::new(DocumentId::from(""), text.as_str().into(), 0);
    let has_text = draft.sha256.is_none();
    let mut placer =
        Placer { text: &text, index: &document.index.offsets, searcher: Searcher::new(&text), has_text };
    let said = annotations.iter().filter_map(|annotation| annotation.said.entity.as_ref());
    let entity_ids: Vec<String> = said.map(|entity| entity.id.clone()).collect();
    let index = IdIndex::new(entity_ids.iter().map(String::as_str));
    let mut entities = vec![DraftEntity::default(); entity_ids.len()];
    for annotation in annotations {
        let said = &annotation.said;
        let mut entity_id = None;
        if let Some(entity) = &said.entity
            && let Some(idx) = index.get(&entity.id)
        {
            let known = &mut entities[idx];
            let id = entity.local_id.as_ref().unwrap_or(&entity.id);
            for (known, said) in [
                (&mut known.id, id),
                (&mut known.name, &entity.name),
                (&mut known.identifier, &entity.identifier),
            ] {
                if known.is_empty() {
                    known.clone_from(said);
                }
            }
            entity_id = Some(known.id.clone());
        }
        let Some(Placed { fragments, surface }) = placer.fragments(&annotation, problems) else {
            problems.add(None, ProblemKind::BadOffsets, annotation.iri, Remedy::LeftOut);
            continue;
        };
        let said = annotation.said;
        draft.annotations.push(DraftAnnotation {
            id: annotation.id,
            label: said.label,
            fragments,
            surface,
            attributes: said.attributes,
            by_hand: said.is_ours.then_some(said.by_hand),
            note: said.note,
            is_unsure: said.is_unsure,
            entity: entity_id,
            dated: said.dated,
            created: said.created,
            changed: said.changed,
            annotator: said.annotator,
            line: None,
        });
    }
    entities.retain(|entity| !entity.id.is_empty());
    draft.entities = entities;
    draft.text = text;
}

/// Fragments in code points, and the words that the whole covers where they are stated.
struct Placed {
    fragments: Vec<(u64, u64)>,
    surface: Option<String>,
}

struct Placer<'t> {
    text: &'t str,
    index: &'t OffsetIndex,
    searcher: Searcher<'t>,
    has_text: bool,
}

impl Placer<'_> {
    /// The fragments in text order. Where place and quote disagree, the quote is right.
    fn fragments(&mut self, annotation: &Annotation<'_>, problems: &mut Problems) -> Option<Placed> {
        let mut fragments = Vec::new();
        for target in annotation.targets.iter().filter(|target| target.has_place()) {
            fragments.push(self.fragment(target, problems)?);
        }
        sort_unique(&mut fragments);
        let surface = match &annotation.targets[..] {
            [target] => target.quote.as_ref().map(|quote| quote.exact.clone()),
            _ => None,
        };
        (!fragments.is_empty()).then_some(Placed { fragments, surface })
    }

    fn fragment(&mut self, target: &Target, problems: &mut Problems) -> Option<(u64, u64)> {
        let Some(quote) = target.quote.as_ref().filter(|_| self.has_text) else { return target.position };
        let byte = |code_points| self.index.offset_of_code_point(self.text, code_points).ok();
        let bytes = target.position.and_then(|(start, end)| byte(start).zip(byte(end)));
        let near = bytes.map_or(0, |(start, _)| start.to_usize());
        if bytes
            .is_some_and(|(start, end)| self.text.get(start.to_usize()..end.to_usize()) == Some(&quote.exact))
        {
            return target.position;
        }
        let start = self.searcher.find(quote, near)?;
        if target.position.is_some() {
            problems.add(None, ProblemKind::SurfaceDiffers, &quote.exact, Remedy::Guessed);
        }
        let code_point = |byte: usize| {
            let offset = sourcier::text::span::TextOffset::new(byte);
            u64::from(self.index.code_point_of(self.text, offset))
        };
        Some((code_point(start), code_point(start + quote.exact.len())))
    }
}

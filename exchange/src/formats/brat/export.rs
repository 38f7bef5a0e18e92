//! brat's files on the way out.

use std::fmt::Write;

use sourcier::edit::state::State;
use sourcier::json::{Map, Value};
use sourcier::model::annotation::{Annotation, Certainty};
use sourcier::model::ids::{AnnotationId, AttributeKey};
use sourcier::model::schema::{AttributeKind, AttributeValue};
use sourcier::sorted::SortedMap;
use sourcier::text::span::TextSpan;

use crate::carries::Carries;
use crate::export::{Exporter, Out, Written};
use crate::formats::brat::config::Config;
use crate::formats::brat::{
    CERTAINTY, EQUIV, LINES_NOTE, NO_SOURCE, TEXT_NOTE, VALUE_NOTE, WIKIDATA, WIKIDATA_IRI, is_break,
};
use crate::losses::{LossKind, Losses};
use crate::names::SafeNames;
use crate::options::Options;
use crate::shared::id_index::IdIndex;
use crate::shared::line_ends::{LfText, ends_line, lines_of};
use crate::work::{Linked, Work, value_json, value_text};

pub const WRITTEN: Written =
    Written { id: "brat", carries: CARRIES, exporter: |options| Box::new(Brat::new(options)) };

const CARRIES: Carries = Carries { fields: false, ..Carries::CONTENT };

struct Brat {
    options: Options,
    labels: SafeNames,
    config: Config,
}

impl Brat {
    fn new(options: Options) -> Brat {
        Brat { options, labels: SafeNames::default(), config: Config::default() }
    }
}

impl Exporter for Brat {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        let text = LfText::new(work);
        out.losses.add(LossKind::LineEnds, "", text.changed_count);
        self.config.add_schema(&work.state.schema, &mut self.labels);
        let mut written = Vec::new();
        let mut ann = Ann {
            work,
            text: &text,
            lines: String::new(),
            ids: IdIndex::new([].into_iter()),
            counts: [0; 5],
        };
        for annotation in work.annotations() {
            if self.add_span(annotation, &mut ann, &mut out.losses) {
                written.push(annotation.id.as_str());
            }
        }
        ann.ids = IdIndex::new(written.into_iter());
        for annotation in work.annotations() {
            self.add_values(annotation, &mut ann, &mut out.losses);
        }
        self.add_relations(&mut ann, &mut out.losses);
        add_entities(&mut ann, &mut out.losses);
        let lines = ann.lines;
        out.own(format!("{}.txt", work.stem), text.text.into_owned());
        out.own(format!("{}.ann", work.stem), lines);
    }

    fn finish(&mut self, out: &mut Out) {
        out.write("annotation.conf", &self.config.annotation_conf());
        out.write("visual.conf", &self.config.visual_conf(self.options.is_french()));
    }
}

/// The `.ann` file of one document.
struct Ann<'w> {
    work: Work<'w>,
    text: &'w LfText<'w>,
    lines: String,
    /// The annotations that are written, in the order of their `T` numbers.
    ids: IdIndex<'w>,
    /// How many lines there are of each of [`KINDS`].
    counts: [usize; 5],
}

const KINDS: [char; 5] = ['T', 'A', '#', 'R', 'N'];

impl Ann<'_> {
    /// The `T` number of an annotation that is written.
    fn number(&self, id: &AnnotationId) -> Option<usize> {
        self.ids.get(id.as_str()).map(|idx| idx + 1)
    }

    /// Writes a line with the next id of its kind.
    fn line(&mut self, kind: char, content: &str) {
        let idx = KINDS.iter().position(|other| *other == kind).unwrap_or(0);
        self.counts[idx] += 1;
        // Writing to a string cannot fail.
        let _ = writeln!(self.lines, "{kind}{}\t{content}", self.counts[idx]);
    }
}

impl Brat {
    /// Whether there was anything to write.
    fn add_span(&mut self, annotation: &Annotation, ann: &mut Ann<'_>, losses: &mut Losses) -> bool {
        let (work, label) = (ann.work, annotation.label.as_str());
        let fragments = annotation.target.fragments();
        let lines: Vec<TextSpan> =
            fragments.iter().flat_map(|fragment| lines_of(work.text(), *fragment, is_break)).collect();
        let (Some(first), Some(last)) = (lines.first(), lines.last()) else {
            losses.add_at(LossKind::Misaligned, label, work.place(annotation.target.envelope()));
            return false;
        };
        if first.start() != annotation.target.start() || last.end() != annotation.target.end() {
            losses.add_at(LossKind::WhiteSpace, label, work.place(annotation.target.envelope()));
        }
        let places: Vec<String> = lines
            .iter()
            .map(|line| {
                let (start, end) = ann.text.code_points(work, *line);
                format!("{start} {end}")
            })
            .collect();
        let words: Vec<&str> = lines.iter().map(|line| work.slice(*line)).collect();
        let name = work.label_name(&annotation.label);
        let safe = self.labels.of(name);
        if safe != name {
            losses.add(LossKind::Characters, label, 1);
        }
        self.config.add_label(&safe);
        ann.line('T', &format!("{safe} {}\t{}", places.join(";"), words.join(" ")));
        true
    }

    fn add_values(&mut self, annotation: &Annotation, ann: &mut Ann<'_>, losses: &mut Losses) {
        let Some(id) = ann.number(&annotation.id) else { return };
        let label = self.labels.of(ann.work.label_name(&annotation.label));
        for (key, value) in &annotation.attributes {
            let word = value_text(value);
            if is_listed(ann.work.state, annotation, key, value) && is_word(&word) && is_word(key.as_str()) {
                ann.line('A', &format!("{key} T{id} {word}"));
                self.config.add_value(key.as_str(), &label, &word);
            } else {
                losses.add(LossKind::AttributeForm, key.as_str(), 1);
                let json = one_line(&Map::new().with(key.as_str(), value_json(value)).to_string());
                ann.line('#', &format!("{VALUE_NOTE} T{id}\t{json}"));
            }
        }
        if annotation.certainty == Certainty::Unsure {
            ann.line('A', &format!("{CERTAINTY} T{id} unsure"));
            self.config.add_value(CERTAINTY, &label, "unsure");
        }
        if annotation.note.contains(is_break) || annotation.note.trim() != &*annotation.note {
            let json = one_line(&Value::from(&*annotation.note).to_string());
            ann.line('#', &format!("{LINES_NOTE} T{id}\t{json}"));
        } else if !annotation.note.is_empty() {
            ann.line('#', &format!("{TEXT_NOTE} T{id}\t{}", annotation.note));
        }
    }

    fn add_relations(&mut self, ann: &mut Ann<'_>, losses: &mut Losses) {
        for Linked { relation, from, to } in ann.work.relations() {
            let (Some(from_id), Some(to_id)) = (ann.number(&from.id), ann.number(&to.id)) else {
                losses.add(LossKind::Relation, relation.kind.as_str(), 1);
                continue;
            };
            let kind = self.labels.of(relation.kind.as_str());
            ann.line('R', &format!("{kind} Arg1:T{from_id} Arg2:T{to_id}"));
            let from = self.labels.of(ann.work.label_name(&from.label));
            let to = self.labels.of(ann.work.label_name(&to.label));
            self.config.add_relation(&kind, &from, &to);
        }
    }
}

/// Whether a value is one of a few, which brat lists: a choice or a flag. Free words are none.
fn is_listed(state: &State, annotation: &Annotation, key: &AttributeKey, value: &AttributeValue) -> bool {
    let kind = state.schema.attribute(&annotation.label, key).map(|attribute| &attribute.kind);
    let is_free =
        matches!(kind, Some(AttributeKind::Text { .. } | AttributeKind::Number | AttributeKind::Date));
    !is_free && !matches!(value, AttributeValue::Other(_)) && key.as_str() != CERTAINTY
}

/// The mentions of one entity, named by the identifier and the name of the entity on each.
fn add_entities(ann: &mut Ann<'_>, losses: &mut Losses) {
    let state = ann.work.state;
    let mut taken: SortedMap<String, ()> = SortedMap::new();
    for (entity_id, entity) in state.entities.iter() {
        let mentions: Vec<usize> =
            state.annotations.mentions(entity_id).filter_map(|mention| ann.number(&mention.id)).collect();
        if mentions.is_empty() {
            losses.add(LossKind::Entity, entity.label.as_str(), 1);
            continue;
        }
        // Of two entities with one identifier, the second goes under its own id: they stay two.
        let identified = reference(&entity.identifier).filter(|reference| !taken.contains_key(reference));
        if identified.is_none() && !entity.identifier.is_empty() {
            losses.add(LossKind::EntityName, entity.label.as_str(), 1);
        }
        let reference = identified.unwrap_or_else(|| format!("{NO_SOURCE}:{}", entity_id.as_str()));
        let name: String = entity.name.chars().map(|it| if is_break(it) { ' ' } else { it }).collect();
        for mention in &mentions {
            ann.line('N', &format!("Reference T{mention} {reference}\t{name}"));
        }
        taken.insert(reference, ());
        if mentions.len() > 1 {
            let mentions: Vec<String> = mentions.iter().map(|mention| format!("T{mention}")).collect();
            let _ = writeln!(ann.lines, "*\t{EQUIV} {}", mentions.join(" "));
        }
    }
}

/// `SOURCE:ID` without white space. `None` where the identifier has none of that form.
fn reference(identifier: &str) -> Option<String> {
    let has_form = !identifier.contains(char::is_whitespace)
        && identifier.split_once(':').is_some_and(|(source, id)| !source.is_empty() && !id.is_empty());
    let wikidata = identifier.strip_prefix(WIKIDATA_IRI).filter(|id| is_word(id));
    match wikidata {
        Some(id) => Some(format!("{WIKIDATA}:{id}")),
        None => has_form.then(|| identifier.to_owned()),
    }
}

/// Whether a value is what every reader takes for one word.
fn is_word(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// JSON without the characters that end lines for some readers but not in JSON.
fn one_line(json: &str) -> String {
    let mut line = String::with_capacity(json.len());
    for character in json.chars() {
        if ends_line(character) {
            let _ = write!(line, "\\u{:04x}", u32::from(character));
        } else {
            line.push(character);
        }
    }
    line
}

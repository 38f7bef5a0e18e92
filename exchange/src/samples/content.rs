//! What a document says, for comparing it before and after a format.

use sourcier::edit::state::State;
use sourcier::model::annotation::{Annotation, Certainty};
use sourcier::model::dated::DatedValue;
use sourcier::model::ids::AttributeKey;

use crate::carries::{Carries, Entities, Fragments};
use crate::work::value_text;

/// What a document says, without ids, in one order.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Content {
    pub text: String,
    pub annotations: Vec<ContentAnnotation>,
    /// Type and the two ends.
    pub relations: Vec<(String, ContentKey, ContentKey)>,
    /// Name, identifier, mentions: each entity with at least two mentions, or one and a name.
    pub entities: Vec<(String, String, Vec<ContentKey>)>,
    pub fields: Vec<(String, String)>,
}

/// What tells an annotation from the others: label and places in bytes.
pub(crate) type ContentKey = (String, Vec<(u32, u32)>);

#[derive(Clone, Debug, Default, PartialEq, PartialOrd)]
pub(crate) struct ContentAnnotation {
    pub key: ContentKey,
    pub attributes: Vec<(String, String)>,
    pub note: String,
    pub is_unsure: bool,
    pub by_hand: Vec<String>,
    /// Attribute, value, since when, and the time it was set.
    pub dated: Vec<(String, String, String, u64)>,
    /// Who made it; when it was made and changed.
    pub provenance: Option<(String, u64, u64)>,
}

impl Content {
    /// Changes the places of all annotations, wherever they are named.
    pub fn map_spans(&mut self, map: impl Fn(&str, (u32, u32)) -> (u32, u32)) {
        let text = self.text.clone();
        let change = |key: &mut ContentKey| key.1.iter_mut().for_each(|span| *span = map(&text, *span));
        self.annotations.iter_mut().for_each(|annotation| change(&mut annotation.key));
        for (_, from, to) in &mut self.relations {
            change(from);
            change(to);
        }
        self.entities.iter_mut().for_each(|(_, _, mentions)| mentions.iter_mut().for_each(change));
    }

    /// As after a format without carriage returns.
    pub fn without_carriage_returns(&mut self) {
        self.map_spans(|text, (start, end)| {
            let gone = |place: u32| text[..place as usize].matches("\r\n").count() as u32;
            (start - gone(start), end - gone(end))
        });
        self.text = self.text.replace("\r\n", "\n").replace('\r', "\n");
    }

    /// As after a format that names documents: one without a headline is called so.
    pub fn without_title(&mut self) {
        self.fields.retain(|(key, _)| key != "title");
    }

    /// As after a format whose annotations neither start nor end with such characters.
    pub fn trim_spans(&mut self, is_trimmed: fn(char) -> bool) {
        self.map_spans(|text, (start, end)| {
            let words = &text[start as usize..end as usize];
            let trimmed_start = words.len() - words.trim_start_matches(is_trimmed).len();
            let trimmed_end = words.len() - words.trim_end_matches(is_trimmed).len();
            (start + trimmed_start as u32, end - trimmed_end as u32)
        });
    }
}

/// What of a document a format carries.
pub(crate) fn content(state: &State, carries: Carries) -> Content {
    let mut content = Content { text: state.document.text.to_string(), ..Content::default() };
    for annotation in state.annotations.iter() {
        content.annotations.push(said_of(annotation, state, carries));
    }
    content.annotations.sort_by(|left, right| left.partial_cmp(right).expect("no floats"));
    if carries.relations {
        for relation in state.relations.iter() {
            if let Some((from, to)) = state.ends_of(relation) {
                content.relations.push((
                    relation.kind.to_string(),
                    key_of(from, carries),
                    key_of(to, carries),
                ));
            }
        }
        content.relations.sort();
    }
    if carries.entities != Entities::None {
        for (id, entity) in state.entities.iter() {
            let mentions: Vec<ContentKey> =
                state.annotations.mentions(id).map(|mention| key_of(mention, carries)).collect();
            let is_whole = carries.entities != Entities::Links;
            let (name, identifier) = if is_whole {
                (entity.name.to_string(), entity.identifier.to_string())
            } else {
                Default::default()
            };
            if mentions.len() > 1 || (is_whole && !mentions.is_empty()) {
                content.entities.push((name, identifier, mentions));
            }
        }
        content.entities.sort();
    }
    if carries.fields {
        content.fields =
            state.fields.iter().map(|(key, value)| (key.to_string(), value_text(value))).collect();
    }
    content
}

fn key_of(annotation: &Annotation, carries: Carries) -> ContentKey {
    let spans: Vec<(u32, u32)> = match carries.fragments {
        Fragments::Whole => {
            annotation.target.fragments().iter().map(|span| (span.start().0, span.end().0)).collect()
        }
        Fragments::Covering => vec![(annotation.target.start().0, annotation.target.end().0)],
    };
    (annotation.label.to_string(), spans)
}

fn said_of(annotation: &Annotation, state: &State, carries: Carries) -> ContentAnnotation {
    let mut found = ContentAnnotation { key: key_of(annotation, carries), ..Default::default() };
    if carries.attributes {
        let attribute = |(key, value): (&AttributeKey, &_)| (key.to_string(), value_text(value));
        let mut attributes = annotation.attributes.clone();
        // Where a file does not say what was chosen, the schema's defaults come in.
        let label = state.schema.label(&annotation.label).filter(|_| !carries.by_hand);
        for attribute in label.map(|label| &label.attributes[..]).unwrap_or_default() {
            if let Some(default) = &attribute.default {
                attributes.get_or_insert(attribute.key.clone(), default.clone());
            }
        }
        found.attributes = attributes.iter().map(attribute).collect();
    }
    if carries.notes {
        found.note = annotation.note.to_string();
    }
    found.is_unsure = carries.certainty && annotation.certainty == Certainty::Unsure;
    if carries.by_hand {
        found.by_hand = annotation.by_hand.iter().map(|key| key.to_string()).collect();
    }
    if carries.history {
        for (key, values) in annotation.dated.iter() {
            let dated = |dated: &DatedValue| {
                (key.to_string(), value_text(&dated.value), dated.as_of.to_string(), dated.set_ms)
            };
            found.dated.extend(values.iter().map(dated));
        }
    }
    if carries.provenance {
        let by = &annotation.provenance;
        found.provenance = Some((by.annotator.to_string(), by.created_ms, by.changed_ms));
    }
    found
}

#[cfg(test)]
mod tests {
    use crate::options::Options;
    use crate::samples::{as_input, export_of, read, sample, with_text};

    /// U+FEFF at the start of a text is text, though readers of files take one off.
    #[test]
    fn a_mark_at_the_start_of_a_text_returns() {
        for format in ["brat", "conll2003", "iob2", "bilou", "spacy", "prodigy", "doccano", "semeval-tsv"] {
            for text in ["\u{FEFF}Le titre", "\u{FEFF}\u{FEFF}\nLe\u{2028}titre\u{85}"] {
                let exported = export_of(format, &[&with_text(sample("empty"), text)], Options::default());
                let (drafts, problems) = read(format, &as_input(&exported));
                assert_eq!((drafts[0].text.as_str(), problems.len()), (text, 0), "{format}");
            }
        }
    }
}

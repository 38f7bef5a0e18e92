//! A report for people: one page for each document, which needs nothing else and runs nothing.
//!
//! The article with its marks, the legend, the statements with who says them and what they rest on,
//! the entities, all annotations and the fields of the document. The style is in the page, in light
//! and dark and for paper. Everything that comes from documents and schemas is escaped.

mod article;
mod nesting;
mod page;
mod statements;
mod style;
#[cfg(test)]
mod tests;
mod words;

use sourcier::model::annotation::Annotation;
use sourcier::model::schema::{AttributeKind, AttributeValue, Family, Label, Localized};

use crate::carries::Carries;
use crate::export::{Exporter, Out, Written};
use crate::losses::LossKind;
use crate::options::Options;
use crate::shared::xml::held;
use crate::work::{Linked, Work, value_text};
use words::{ENGLISH, FRENCH, Words};

/// What a reader of the page sees.
const CARRIES: Carries = Carries { by_hand: false, provenance: false, ..Carries::MENTIONED };

pub const WRITTEN: Written =
    Written { id: "html", carries: CARRIES, exporter: |options| Box::new(Reports { options }) };

struct Reports {
    options: Options,
}

impl Exporter for Reports {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        out.losses.add(LossKind::Characters, "", held(work.text()).1);
        let report = Report {
            work,
            relations: work.relations(),
            words: if self.options.is_french() { &FRENCH } else { &ENGLISH },
            is_french: self.options.is_french(),
            annotator: work.annotator_name(&self.options),
        };
        out.own(format!("{}.html", work.stem), report.page());
    }
}

/// One document on its way out.
struct Report<'s> {
    work: Work<'s>,
    relations: Vec<Linked<'s>>,
    words: &'static Words,
    is_french: bool,
    annotator: String,
}

/// A text as HTML shows it, in elements and in attributes.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in held(text).0.chars() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            other => out.push(other),
        }
    }
    out
}

impl<'s> Report<'s> {
    /// The name of something in the language of the report, else in the other, else its id.
    fn named<'n>(&self, names: &'n Localized, id: &'n str) -> &'n str {
        let order = if self.is_french { [&names.fr, &names.en] } else { [&names.en, &names.fr] };
        order.into_iter().find(|name| !name.is_empty()).map_or(id, |name| name)
    }

    fn label_of(&self, annotation: &Annotation) -> Option<&'s Label> {
        self.work.state.schema.label(&annotation.label)
    }

    fn label_name(&self, annotation: &'s Annotation) -> &'s str {
        let id = annotation.label.as_str();
        self.label_of(annotation).map_or(id, |label| self.named(&label.name, id))
    }

    fn family(&self, label: &Label) -> Family {
        self.work.state.schema.group(&label.group).map_or(Family::Underline, |group| group.family)
    }

    /// Words of the article in the quotation marks of the report's language.
    fn quoted(&self, text: &str) -> String {
        match self.is_french {
            true => format!("«\u{a0}{}\u{a0}»", escaped(text)),
            false => format!("“{}”", escaped(text)),
        }
    }

    /// The words of an annotation, in quotation marks.
    fn words_of(&self, annotation: &Annotation) -> String {
        self.quoted(annotation.target.surface(self.work.text()).trim())
    }

    /// The name and the value of each attribute, for people.
    fn attributes(&self, annotation: &Annotation) -> Vec<(String, String)> {
        let label = self.label_of(annotation);
        let mut attributes = Vec::new();
        for (key, value) in &annotation.attributes {
            let known = label.and_then(|label| label.attribute(key));
            let name = known.map_or(key.as_str(), |known| self.named(&known.name, key.as_str()));
            let kind = known.map(|known| &known.kind);
            let mut text = self.value(kind, value);
            for dated in annotation.dated.get(key).into_iter().flat_map(|values| values.iter()) {
                let value = self.value(kind, &dated.value);
                text.push_str(&format!("<br><small>{} {value}</small>", escaped(&dated.as_of)));
            }
            attributes.push((escaped(name), text));
        }
        attributes
    }

    fn value(&self, kind: Option<&AttributeKind>, value: &AttributeValue) -> String {
        let text = value_text(value);
        let name = match (kind, value) {
            (Some(AttributeKind::Choice(choices)), _) => {
                let choice = choices.iter().find(|choice| *choice.value == *text);
                choice.map_or(text.as_str(), |choice| self.named(&choice.name, &text))
            }
            (_, AttributeValue::Flag(true)) => self.words.yes,
            (_, AttributeValue::Flag(false)) => self.words.no,
            _ => &text,
        };
        escaped(name)
    }
}

//! TEI P5 with standoff annotations: the text with its words, and `<standOff>` with what was said of
//! them. Out only.
//!
//! Spans point to words (`<w>`, `<pc>`), so no unit of places is needed; words are cut where
//! annotations start or end. All characters of `<body>` together are exactly the text: nothing is
//! indented there.

mod header;
mod standoff;
#[cfg(test)]
mod tests;

use sourcier::model::annotation::Annotation;
use sourcier::text::span::TextSpan;
use sourcier::text::unicode::is_letter_or_number;

use crate::carries::{Carries, Entities};
use crate::export::{Exporter, Out, Written};
use crate::losses::LossKind;
use crate::names::safe_name;
use crate::options::Options;
use crate::shared::tokens::{Tokens, trimmed};
use crate::shared::xml::{XmlOut, held};
use crate::work::Work;

const CARRIES: Carries = Carries { entities: Entities::Mentioned, ..Carries::CONTENT };

pub const WRITTEN: Written =
    Written { id: "tei", carries: CARRIES, exporter: |options| Box::new(TeiFiles { options }) };

struct TeiFiles {
    options: Options,
}

impl Exporter for TeiFiles {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        out.losses.add(LossKind::Characters, "", held(work.text()).1);
        let edition = Edition::new(work, out);
        let mut xml = XmlOut::new();
        let language = work.field("language").filter(|tag| is_language(tag));
        let mut attributes = vec![("xmlns", "http://www.tei-c.org/ns/1.0")];
        attributes.extend(language.map(|language| ("xml:lang", language)));
        xml.open("TEI", &attributes);
        xml.line();
        edition.push_header(&work.annotator_name(&self.options), &mut xml);
        edition.push_standoff(out, &mut xml);
        edition.push_text(&mut xml);
        xml.close("TEI");
        xml.line();
        out.own(format!("{}.tei.xml", work.stem), xml.finish());
    }
}

/// Whether a text looks like a tag of BCP 47.
fn is_language(tag: &str) -> bool {
    !tag.is_empty() && tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

/// A name of XML: no digit and no hyphen in front.
fn xml_name(name: &str) -> String {
    let name = safe_name(name);
    if name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_') {
        name
    } else {
        format!("_{name}")
    }
}

/// A document, its words, and the annotations that lie on words.
struct Edition<'s> {
    work: Work<'s>,
    tokens: Tokens,
    /// With the tokens of their fragments: none is empty. Numbered from 1 in the file.
    annotations: Vec<(&'s Annotation, Vec<std::ops::Range<usize>>)>,
}

impl<'s> Edition<'s> {
    fn new(work: Work<'s>, out: &mut Out) -> Edition<'s> {
        let fragments = work.annotations().flat_map(|annotation| annotation.target.fragments());
        let tokens = Tokens::new(work, fragments);
        let mut annotations = Vec::new();
        for annotation in work.annotations() {
            let fragments = annotation.target.fragments();
            let aligned = fragments.iter().filter_map(|&fragment| tokens.align(work.text(), fragment));
            let ranges: Vec<_> = aligned.map(|alignment| alignment.tokens).collect();
            let label = annotation.label.as_str();
            let place = || work.place(annotation.target.envelope());
            if ranges.is_empty() {
                out.losses.add_at(LossKind::Misaligned, label, place());
                continue;
            }
            if fragments.iter().any(|&fragment| trimmed(work.text(), fragment) != Some(fragment)) {
                out.losses.add_at(LossKind::WhiteSpace, label, place());
            }
            annotations.push((&**annotation, ranges));
        }
        Edition { work, tokens, annotations }
    }

    fn push_text(&self, xml: &mut XmlOut) {
        let text = self.work.text();
        xml.open("text", &[]);
        xml.line();
        xml.open("body", &[("xml:space", "preserve")]);
        let mut start = 0;
        let mut sentence = 0;
        for &paragraph in self.work.state.document.index.blocks.paragraphs() {
            push_gap(&text[start..paragraph.start().to_usize()], xml);
            xml.open("p", &[]);
            self.push_paragraph(paragraph, &mut sentence, xml);
            xml.close("p");
            start = paragraph.end().to_usize();
        }
        push_gap(&text[start..], xml);
        // A body may not be empty.
        if self.work.state.document.index.blocks.paragraphs().is_empty() {
            xml.empty("p", &[]);
        }
        xml.close("body");
        xml.line();
        xml.close("text");
        xml.line();
    }

    /// `sentence` is the first one that is not written yet.
    fn push_paragraph(&self, paragraph: TextSpan, sentence: &mut usize, xml: &mut XmlOut) {
        let text = self.work.text();
        let mut start = paragraph.start().to_usize();
        while let Some(tokens) = self.tokens.sentences.get(*sentence) {
            let Some(span) = self.tokens.sentence_span(tokens).filter(|span| span.end() <= paragraph.end())
            else {
                break;
            };
            xml.text(&text[start..span.start().to_usize()]);
            start = span.start().to_usize();
            xml.open("s", &[("xml:id", &format!("s{}", *sentence + 1))]);
            for token in tokens.clone() {
                let span = self.tokens.spans[token];
                xml.text(&text[start..span.start().to_usize()]);
                let words = self.work.slice(span);
                let element = if words.contains(is_letter_or_number) { "w" } else { "pc" };
                xml.open(element, &[("xml:id", &token_id(token))]);
                xml.text(words);
                xml.close(element);
                start = span.end().to_usize();
            }
            xml.close("s");
            *sentence += 1;
        }
        xml.text(&text[start..paragraph.end().to_usize()]);
    }
}

fn token_id(token: usize) -> String {
    format!("w{}", token + 1)
}

/// What lies between paragraphs. Only what XML takes for white space may stand there by itself.
fn push_gap(gap: &str, xml: &mut XmlOut) {
    match gap.chars().all(|character| matches!(character, ' ' | '\t' | '\n')) {
        true => xml.text(gap),
        false => {
            xml.open("ab", &[]);
            xml.text(gap);
            xml.close("ab");
        }
    }
}

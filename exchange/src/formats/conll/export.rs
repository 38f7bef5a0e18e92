//! Rows of tokens on the way out.

use std::fmt::Write;

use crate::carries::Carries;
use crate::export::{Exporter, Out, Written};
use crate::formats::conll::Scheme;
use crate::losses::LossKind;
use crate::names::SafeNames;
use crate::options::Options;
use crate::shared::layer::Layer;
use crate::work::Work;

pub const CONLL2003: Written = Written {
    id: "conll2003",
    carries: Carries::SPANS,
    exporter: |options| rows(Scheme::Conll2003, options),
};
pub const IOB2: Written =
    Written { id: "iob2", carries: Carries::SPANS, exporter: |options| rows(Scheme::Iob2, options) };
pub const BILOU: Written =
    Written { id: "bilou", carries: Carries::SPANS, exporter: |options| rows(Scheme::Bilou, options) };

struct Rows {
    scheme: Scheme,
    options: Options,
    labels: SafeNames,
}

fn rows(scheme: Scheme, options: Options) -> Box<dyn Exporter> {
    Box::new(Rows { scheme, options, labels: SafeNames::default() })
}

impl Exporter for Rows {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        let mut layer = Layer::new(work, &self.options, &mut out.losses);
        // A chunk goes on over the end of a sentence only if that is no end of a sentence here.
        let ranges: Vec<_> = layer.chunks.iter().map(|chunk| chunk.tokens.clone()).collect();
        layer.tokens.join_sentences(&ranges);
        let chunk_of_tokens = layer.chunk_of_tokens();
        let mut rows = match self.scheme {
            Scheme::Conll2003 => "-DOCSTART- -X- -X- O\n\n".to_owned(),
            Scheme::Iob2 | Scheme::Bilou => String::new(),
        };
        for sentence in &layer.tokens.sentences {
            for idx in sentence.clone() {
                let chunk = chunk_of_tokens[idx].map(|chunk| &layer.chunks[chunk]);
                let tag = match chunk {
                    None => "O".to_owned(),
                    Some(chunk) => {
                        let place = (idx == chunk.tokens.start, idx + 1 == chunk.tokens.end);
                        let label = self.labels.of(work.label_name(chunk.label));
                        format!("{}-{label}", self.prefix(place))
                    }
                };
                let token = work.slice(layer.tokens.spans[idx]);
                // Writing to a string cannot fail.
                let _ = match self.scheme {
                    Scheme::Conll2003 => writeln!(rows, "{token} -X- _ {tag}"),
                    Scheme::Iob2 | Scheme::Bilou => writeln!(rows, "{token}\t{tag}"),
                };
            }
            rows.push('\n');
        }
        for chunk in &layer.chunks {
            let name = work.label_name(chunk.label);
            if self.labels.of(name) != name {
                out.losses.add(LossKind::Characters, chunk.label.as_str(), 1);
            }
        }
        out.own(format!("{}.{}", work.stem, self.scheme.extension()), rows);
        out.own(format!("{}.txt", work.stem), work.text_file().into_owned());
    }
}

impl Rows {
    /// For a token that is the first of its chunk, and the last.
    fn prefix(&self, place: (bool, bool)) -> char {
        match (self.scheme, place) {
            (Scheme::Bilou, (true, true)) => 'U',
            (Scheme::Bilou, (false, true)) => 'L',
            (_, (true, _)) => 'B',
            (_, (false, _)) => 'I',
        }
    }
}

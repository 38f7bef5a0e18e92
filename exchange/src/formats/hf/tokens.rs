//! A row for each sentence: tokens and tags.

use std::fmt::Write;

use sourcier::json::{Map, Value};

use crate::carries::Carries;
use crate::export::{Exporter, Out, Written, shared_path};
use crate::formats::hf::card::{Card, quoted};
use crate::losses::LossKind;
use crate::shared::json_lines;
use crate::shared::layer::{Layer, is_in_layer};
use crate::work::Work;

pub const WRITTEN: Written = Written {
    id: "hf-tokens",
    carries: Carries::SPANS,
    exporter: |options| Box::new(Sentences { card: Card::new(options) }),
};

struct Sentences {
    card: Card,
}

impl Exporter for Sentences {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        let path = shared_path(self.card.options(), work, "jsonl");
        // All labels that might be written have their numbers before any is.
        for label in &work.state.schema.labels {
            if is_in_layer(work, self.card.options(), &label.id) {
                self.card.labels().add(work.label_name(&label.id), 0);
            }
        }
        let mut layer = Layer::new(work, self.card.options(), &mut out.losses);
        let ranges: Vec<_> = layer.chunks.iter().map(|chunk| chunk.tokens.clone()).collect();
        layer.tokens.join_sentences(&ranges);
        let mut tags = vec![0; layer.tokens.spans.len()];
        for chunk in &layer.chunks {
            let label = self.card.labels().add(work.label_name(chunk.label), 1);
            tags[chunk.tokens.clone()].fill(2 * label + 2);
            tags[chunk.tokens.start] = 2 * label + 1;
        }
        let mut rows = String::new();
        for (idx, sentence) in layer.tokens.sentences.iter().enumerate() {
            let spans = layer.tokens.spans[sentence.clone()].iter();
            let tokens: Value = spans.map(|span| work.slice(*span)).collect();
            let tags: Value = tags[sentence.clone()].iter().copied().collect();
            let id = format!("{}-{idx}", work.stem);
            let row = Map::new().with("id", id).with("tokens", tokens).with("ner_tags", tags);
            rows.push_str(&json_lines::line(row));
        }
        out.losses.add(LossKind::Text, "", 1);
        out.write(&path, &rows);
        self.card.add(work, &path, layer.tokens.sentences.len());
    }

    fn finish(&mut self, out: &mut Out) {
        let mut features = String::from(
            "  - name: id\n    dtype: string\n  - name: tokens\n    sequence: string\n\
             \x20 - name: ner_tags\n    sequence:\n      class_label:\n        names:\n          '0': O\n",
        );
        let labels: Vec<String> = self.card.labels().names().map(str::to_owned).collect();
        for (idx, label) in labels.iter().enumerate() {
            for (prefix, number) in [("B", 2 * idx + 1), ("I", 2 * idx + 2)] {
                // Writing to a string cannot fail.
                let _ = writeln!(features, "          '{number}': {}", quoted(&format!("{prefix}-{label}")));
            }
        }
        out.write("README.md", &self.card.text(&features));
    }
}

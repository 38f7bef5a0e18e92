//! The article with its marks.
//!
//! Annotations may cross, elements may not: each paragraph is cut wherever a fragment starts or ends,
//! and each piece has an element for each annotation on it, the outermost first.

use sourcier::model::annotation::Annotation;
use sourcier::model::ids::AnnotationId;
use sourcier::model::schema::Family;
use sourcier::sorted::{SortedMap, sort_unique};
use sourcier::text::span::{TextOffset, TextSpan};
use sourcier::view_model::forms::{Form, form_of};

use super::nesting::Nesting;
use super::{Report, escaped};

/// The most marks that are drawn over each other; more would hide the words.
const DEPTH_MAX: usize = 8;

impl<'s> Report<'s> {
    /// `numbers` are those of the statements in the list.
    pub(super) fn article(&self, numbers: &SortedMap<&'s AnnotationId, usize>) -> String {
        let mut out = String::new();
        let language = self.work.field("language").unwrap_or_default();
        let lang =
            if language.is_empty() { String::new() } else { format!(" lang=\"{}\"", escaped(language)) };
        out.push_str(&format!("<article{lang}>\n"));
        let paragraphs = self.paragraphs();
        if paragraphs.is_empty() {
            out.push_str(&format!("<p class=\"soft\">{}</p>\n", self.words.no_text));
        }
        let mut nesting = Nesting::default();
        for (idx, &(paragraph, form)) in paragraphs.iter().enumerate() {
            let (start, end) = nesting.enter(form, &mut out);
            out.push_str(&start);
            let here = self.push_paragraph(paragraph, &mut out, numbers);
            // What ends in the white space behind the paragraph is not in a piece of it.
            let next = paragraphs.get(idx + 1).map(|(next, _)| next.start());
            for annotation in here {
                let end = annotation.target.end();
                if end > paragraph.end() && next.is_none_or(|next| end <= next) {
                    push_number(annotation, numbers, &mut out);
                }
            }
            out.push_str(end);
        }
        nesting.leave(&mut out);
        out.push_str("</article>\n");
        out
    }

    /// The paragraphs, and how each is set. Where the text has a structure, its blocks.
    fn paragraphs(&self) -> Vec<(TextSpan, Form)> {
        let document = &self.work.state.document;
        let index = &document.index.blocks;
        if document.structure.is_empty() {
            return index.paragraphs().iter().map(|paragraph| (*paragraph, Form::default())).collect();
        }
        index.blocks().iter().zip(0..).map(|(block, idx)| (block.span, form_of(document, idx))).collect()
    }

    /// Gives the annotations of the paragraph.
    fn push_paragraph(
        &self,
        paragraph: TextSpan,
        out: &mut String,
        numbers: &SortedMap<&'s AnnotationId, usize>,
    ) -> Vec<&'s Annotation> {
        // In text order: what holds another comes before it.
        let mut annotations: Vec<&'s Annotation> = Vec::new();
        self.work.state.annotations.overlapping(paragraph, |annotation| annotations.push(annotation));
        let mut places: Vec<TextOffset> = vec![paragraph.start(), paragraph.end()];
        for fragment in annotations.iter().flat_map(|annotation| annotation.target.fragments()) {
            places.extend(
                [fragment.start(), fragment.end()]
                    .into_iter()
                    .filter(|place| paragraph.start() < *place && *place < paragraph.end()),
            );
        }
        sort_unique(&mut places);
        let mut live: Vec<&'s Annotation> = Vec::new();
        let mut next = 0;
        for pair in places.windows(2) {
            let Some(span) = TextSpan::new(pair[0], pair[1]) else { continue };
            live.retain(|annotation| annotation.target.end() > span.start());
            while let Some(annotation) = annotations.get(next).filter(|it| it.target.start() <= span.start())
            {
                live.push(annotation);
                next += 1;
            }
            let here = live.iter().copied().filter(|annotation| annotation.target.contains(span.start()));
            let here: Vec<&'s Annotation> = here.collect();
            self.push_piece(span, &here, out);
            for annotation in here.iter().filter(|annotation| annotation.target.end() == span.end()) {
                push_number(annotation, numbers, out);
            }
        }
        annotations
    }

    fn push_piece(&self, span: TextSpan, here: &[&'s Annotation], out: &mut String) {
        let text = escaped(self.work.slice(span));
        if here.is_empty() {
            out.push_str(&text);
            return;
        }
        // The innermost ones are drawn where there are too many.
        let drawn = &here[here.len().saturating_sub(DEPTH_MAX)..];
        let names: Vec<&str> = drawn.iter().map(|annotation| self.label_name(annotation)).collect();
        for (idx, annotation) in drawn.iter().enumerate() {
            let title =
                if idx == 0 { format!(" title=\"{}\"", escaped(&names.join(" · "))) } else { String::new() };
            out.push_str(&format!("<span class=\"{}\"{title}>", self.classes(annotation, span)));
        }
        out.push_str(&text);
        out.push_str(&"</span>".repeat(drawn.len()));
    }

    fn classes(&self, annotation: &Annotation, span: TextSpan) -> String {
        let fragments = annotation.target.fragments();
        let mut classes = self.mark_classes(self.work.state.schema.label_index(&annotation.label));
        if fragments.iter().any(|fragment| fragment.start() == span.start()) {
            classes.push_str(" s");
        }
        if fragments.iter().any(|fragment| fragment.end() == span.end()) {
            classes.push_str(" e");
        }
        classes
    }

    /// The classes of the marks of a label, by its place in the schema.
    pub(super) fn mark_classes(&self, label_idx: Option<usize>) -> String {
        let Some((idx, label)) =
            label_idx.and_then(|idx| Some((idx, self.work.state.schema.labels.get(idx)?)))
        else {
            return "m u lx".to_owned();
        };
        let family = match self.family(label) {
            Family::Tint => "t",
            Family::Box => "b",
            Family::Underline => "u",
        };
        format!("m {family} l{idx}")
    }
}

/// The number of a statement, which leads to it in the list.
fn push_number(annotation: &Annotation, numbers: &SortedMap<&AnnotationId, usize>, out: &mut String) {
    if let Some(number) = numbers.get(&annotation.id) {
        out.push_str(&format!("<a class=\"n\" href=\"#s{number}\">{number}</a>"));
    }
}

//! The statements with who says them, how, and what they rest on; the entities; all annotations.

use sourcier::model::annotation::{Annotation, Certainty};
use sourcier::model::ids::{AnnotationId, EntityId};
use sourcier::sorted::SortedMap;

use super::{Report, escaped};
use crate::work::Linked;

impl<'s> Report<'s> {
    pub(super) fn statements(&self, statements: &[&'s Annotation]) -> String {
        let words = self.words;
        let mut out = format!("<section>\n<h2>{} ({})</h2>\n", words.statements, statements.len());
        if statements.is_empty() {
            out.push_str(&format!("<p class=\"soft\">{}</p>\n</section>\n", words.no_statements));
            return out;
        }
        out.push_str(&format!("<p class=\"soft\">{}</p>\n<ol class=\"statements\">\n", words.statement_note));
        let by_end = self.relations_by_end();
        for (idx, statement) in statements.iter().enumerate() {
            out.push_str(&format!("<li id=\"s{}\">", idx + 1));
            let surface = statement.target.surface(self.work.text());
            out.push_str(&format!("<blockquote dir=\"auto\">{}</blockquote>\n", escaped(surface.trim())));
            let mut rows = vec![(words.label.to_owned(), escaped(self.label_name(statement)))];
            rows.extend(self.links(statement, &by_end));
            rows.extend(self.attributes(statement));
            rows.extend(self.remarks(statement));
            out.push_str(&definitions(&rows));
            out.push_str("</li>\n");
        }
        out.push_str("</ol>\n</section>\n");
        out
    }

    /// The relations of each annotation, under both ends.
    pub(super) fn relations_by_end(&self) -> SortedMap<&'s AnnotationId, Vec<Linked<'s>>> {
        let mut ends: Vec<(&AnnotationId, Linked<'s>)> = Vec::with_capacity(2 * self.relations.len());
        for &linked in &self.relations {
            ends.extend([(&linked.from.id, linked), (&linked.to.id, linked)]);
        }
        sourcier::sorted::sort_by(&mut ends, |left, right| left.0.cmp(right.0));
        let mut by_end: SortedMap<&AnnotationId, Vec<Linked<'s>>> = SortedMap::new();
        for (end, linked) in ends {
            by_end.get_or_insert(end, Vec::new()).push(linked);
        }
        by_end
    }

    /// What an annotation is linked with: the relation as it reads from there, and the other ends.
    pub(super) fn links(
        &self,
        annotation: &'s Annotation,
        by_end: &SortedMap<&'s AnnotationId, Vec<Linked<'s>>>,
    ) -> Vec<(String, String)> {
        let mut rows: Vec<(String, String)> = Vec::new();
        for linked in by_end.get(&annotation.id).into_iter().flatten() {
            let is_to = linked.to.id == annotation.id;
            let other = if is_to { linked.from } else { linked.to };
            let kind = linked.relation.kind.as_str();
            let name = self.work.state.schema.relation(&linked.relation.kind).map_or(kind, |relation| {
                self.named(if is_to { &relation.inverse_name } else { &relation.name }, kind)
            });
            let mut what = self.words_of(other);
            let entity = self.work.state.entity_of(other);
            let has_other_name = |name: &str| name != other.target.surface(self.work.text());
            if let Some(entity) = entity.filter(|entity| has_other_name(&entity.name)) {
                what.push_str(&format!(" <span class=\"soft\">({})</span>", escaped(&entity.name)));
            }
            match rows.iter_mut().find(|(found, _)| *found == escaped(name)) {
                Some((_, text)) => text.push_str(&format!("<br>{what}")),
                None => rows.push((escaped(name), what)),
            }
        }
        rows
    }

    /// Doubt and the annotator's note.
    pub(super) fn remarks(&self, annotation: &Annotation) -> Vec<(String, String)> {
        let mut rows = Vec::new();
        if annotation.certainty == Certainty::Unsure {
            rows.push((self.words.unsure.to_owned(), self.words.yes.to_owned()));
        }
        if !annotation.note.is_empty() {
            rows.push((self.words.note.to_owned(), escaped(&annotation.note).replace('\n', "<br>")));
        }
        rows
    }

    pub(super) fn entities(&self) -> String {
        let state = self.work.state;
        if state.entities.is_empty() {
            return String::new();
        }
        let mut seen: SortedMap<&EntityId, ()> = SortedMap::new();
        let mut rows = String::new();
        // In the order of their first mentions.
        for annotation in self.work.annotations() {
            let Some(entity) = state.entity_of(annotation) else { continue };
            if seen.insert(&entity.id, ()).is_some() {
                continue;
            }
            let surfaces = state.annotations.mentions(&entity.id).map(|mention| self.words_of(mention));
            let surfaces: Vec<String> = sourcier::sorted::keep_first(surfaces.collect());
            let label = state.schema.label(&entity.label);
            let label = label.map_or(entity.label.as_str(), |label| self.named(&label.name, &entity.label.0));
            rows.push_str(&format!(
                "<tr><td>{}{}</td><td>{}</td><td>{}</td></tr>\n",
                escaped(&entity.name),
                link_below(&entity.identifier),
                escaped(label),
                surfaces.join(", "),
            ));
        }
        let words = self.words;
        format!(
            "<section>\n<h2>{}</h2>\n<table><thead><tr><th>{}</th><th>{}</th><th>{}</th></tr></thead><tbody>\n{rows}</tbody></table>\n</section>\n",
            words.entities, words.name, words.label, words.mentions,
        )
    }

    /// Every annotation with all that was said of it.
    pub(super) fn annotations(&self) -> String {
        let words = self.words;
        let by_end = self.relations_by_end();
        let mut out = format!(
            "<details>\n<summary>{} ({})</summary>\n<table><thead><tr><th>{}</th><th>{}</th><th>{}</th></tr></thead><tbody>\n",
            words.annotations,
            self.work.state.annotations.len(),
            words.label,
            words.text,
            words.details,
        );
        for annotation in self.work.annotations() {
            let mut rows = self.attributes(annotation);
            rows.extend(self.links(annotation, &by_end));
            rows.extend(self.remarks(annotation));
            let (start, end) = self.work.code_points(annotation.target.envelope());
            out.push_str(&format!(
                "<tr><td>{}</td><td dir=\"auto\">{} <span class=\"soft\">{start}–{end}</span></td><td>{}</td></tr>\n",
                escaped(self.label_name(annotation)),
                self.words_of(annotation),
                definitions(&rows),
            ));
        }
        out.push_str("</tbody></table>\n</details>\n");
        out
    }
}

/// Names and values that are escaped already.
pub(super) fn definitions(rows: &[(String, String)]) -> String {
    if rows.is_empty() {
        return String::new();
    }
    let row = |(name, value): &(String, String)| format!("<dt>{name}</dt><dd>{value}</dd>");
    format!("<dl>{}</dl>", rows.iter().map(row).collect::<String>())
}

/// A link to an address of the web. Other addresses stay text: a page may not run what is in them.
pub(super) fn link(address: &str) -> String {
    let address_html = escaped(address);
    match address.starts_with("https://") || address.starts_with("http://") {
        true => format!("<a href=\"{address_html}\" rel=\"noreferrer\">{address_html}</a>"),
        false => address_html,
    }
}

fn link_below(address: &str) -> String {
    if address.is_empty() { String::new() } else { format!("<br><small>{}</small>", link(address)) }
}

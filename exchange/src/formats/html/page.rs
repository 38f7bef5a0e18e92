//! The page: its head, the fields of the document, the legend, and the parts in their order.

use sourcier::model::annotation::Annotation;
use sourcier::model::ids::AnnotationId;
use sourcier::model::schema::{AttributeKind, FieldKind};
use sourcier::sorted::SortedMap;

use super::statements::{definitions, link};
use super::{Report, escaped};

/// Fields that say something of the file, not of the article.
const HIDDEN_FIELDS: [&str; 2] = ["headline", "title"];

impl<'s> Report<'s> {
    pub(super) fn page(&self) -> String {
        let work = self.work;
        let statements: Vec<&'s Annotation> = work
            .annotations()
            .filter(|annotation| work.is_statement(annotation))
            .map(|annotation| &**annotation)
            .collect();
        let numbers: SortedMap<&'s AnnotationId, usize> =
            statements.iter().enumerate().map(|(idx, statement)| (&statement.id, idx + 1)).collect();
        let title = work.field("headline").or(work.field("title")).filter(|title| !title.is_empty());
        let title = escaped(title.unwrap_or(self.words.untitled));
        // Nothing is loaded and nothing runs, whatever may have come into the page.
        let policy = "default-src 'none'; style-src 'unsafe-inline'; form-action 'none'; base-uri 'none'";
        let mut page = format!(
            "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"{policy}\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <title>{title}</title>\n<style>\n{}</style>\n</head>\n<body>\n<header>\n<h1>{title}</h1>\n{}\n</header>\n<main>\n",
            self.words.language,
            self.style(),
            self.fields(),
        );
        page.push_str(&self.legend());
        page.push_str(&format!("<h2>{}</h2>\n", self.words.article));
        page.push_str(&self.article(&numbers));
        page.push_str(&self.statements(&statements));
        page.push_str(&self.entities());
        page.push_str(&self.annotations());
        page.push_str(&format!("</main>\n<footer>{}</footer>\n</body>\n</html>\n", self.words.made_with));
        page
    }

    fn fields(&self) -> String {
        let state = self.work.state;
        let mut rows = Vec::new();
        for (key, value) in state.fields.iter().filter(|(key, _)| !HIDDEN_FIELDS.contains(&key.as_str())) {
            let known = state.schema.field(key);
            let name = known.map_or(key.as_str(), |known| self.named(&known.name, key.as_str()));
            let text = match known.map(|known| &known.kind) {
                Some(FieldKind::Choice(choices)) => {
                    self.value(Some(&AttributeKind::Choice(choices.clone())), value)
                }
                Some(FieldKind::Iri) => link(value.as_text().unwrap_or_default()),
                _ => self.value(None, value).replace('\n', "<br>"),
            };
            rows.push((escaped(name), text));
        }
        if !self.annotator.is_empty() {
            rows.push((self.words.annotator.to_owned(), escaped(&self.annotator)));
        }
        let schema = self.named(&state.schema.name, &state.schema.id);
        rows.push((
            self.words.schema.to_owned(),
            format!("{} {}", escaped(schema), escaped(&state.schema.version)),
        ));
        let len = state.document.index.offsets.len_code_points();
        rows.push((self.words.length.to_owned(), format!("{len} {}", self.words.characters)));
        definitions(&rows)
    }

    /// The labels that occur, as they are drawn, with how often.
    fn legend(&self) -> String {
        let state = self.work.state;
        let counts = state.annotations.counts();
        if counts.is_empty() {
            return String::new();
        }
        let mut items = String::new();
        for (idx, label) in state.schema.labels.iter().enumerate() {
            if let Some(count) = counts.get(&label.id) {
                let name = escaped(self.named(&label.name, label.id.as_str()));
                items.push_str(&item(&self.mark_classes(Some(idx)), &name, *count));
            }
        }
        for (label, count) in counts.iter().filter(|(label, _)| state.schema.label(label).is_none()) {
            items.push_str(&item(&self.mark_classes(None), &escaped(label.as_str()), *count));
        }
        format!("<h2>{}</h2>\n<ul class=\"legend\">\n{items}</ul>\n", self.words.legend)
    }
}

fn item(classes: &str, name: &str, count: usize) -> String {
    format!("<li><span class=\"{classes} s e\">{name}</span> <span class=\"soft\">{count}</span></li>\n")
}

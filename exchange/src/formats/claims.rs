//! Statements for the web, in the words of schema.org (JSON-LD): `Claim` for each one that is worth
//! a check, and `ClaimReview` where a reviewer gave a verdict. Out only; no places.
//!
//! An annotation is no fact check: it says what the article says of the proof. So a `Claim` has no
//! rating, and no `ClaimReview` is written without reviewer, address and verdict from a person.

mod review;
#[cfg(test)]
mod tests;

use std::rc::Rc;

use sourcier::json::{Map, Value};
use sourcier::model::annotation::Annotation;
use sourcier::model::dates::is_date;
use sourcier::model::iris::is_iri;
use sourcier::text::sentences::sentence_at;

use crate::carries::Carries;
use crate::export::{Exporter, Out, Written};
use crate::losses::LossKind;
use crate::options::Options;
use crate::shared::iri::{Names, text_iri};
use crate::work::{Linked, Work};

pub use review::WRITTEN as REVIEWS;

/// What schema.org has a place for; `fields` and `relations` are counted by the exporter, which writes some.
const CARRIES: Carries = Carries { fields: true, relations: true, ..Carries::SPANS };

pub const WRITTEN: Written =
    Written { id: "claims", carries: CARRIES, exporter: |_: Options| Box::new(Claims) };

const SCHEMA_ORG: &str = "https://schema.org";

struct Claims;

impl Exporter for Claims {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        let article = Article::new(work);
        let mut graph = vec![Value::from(article.whole())];
        let claims = article.claims(out);
        graph.extend(claims.iter().map(|claim| {
            let json = article.claim(claim);
            json.with("appearance", Map::new().with("@id", text_iri(work))).into()
        }));
        out.own(format!("{}.claims.jsonld", work.stem), in_script(in_graph(graph)));
        count_losses(&article, out, |linked| {
            let is_claim = claims.iter().any(|claim| claim.id == linked.to.id);
            is_claim && article.names_author(linked)
        });
    }
}

/// The fields that `NewsArticle` has a property for.
const FIELDS: [&str; 7] =
    ["headline", "language", "agency", "author", "date_published", "dateline_place", "url"];

/// Counts the fields and relations that are not told; `is_told` says which relations are.
fn count_losses(article: &Article<'_>, out: &mut Out, is_told: impl Fn(&Linked<'_>) -> bool) {
    for linked in article.relations.iter().filter(|linked| !is_told(linked)) {
        out.losses.add(LossKind::Relation, linked.relation.kind.as_str(), 1);
    }
    for key in article.work.state.fields.keys().filter(|key| !FIELDS.contains(&key.as_str())) {
        out.losses.add(LossKind::Field, key.as_str(), 1);
    }
    out.losses.add(LossKind::Text, "", 1);
}

fn in_graph(things: Vec<Value>) -> Map {
    Map::new().with("@context", SCHEMA_ORG).with("@graph", things)
}

/// JSON that can stand in the `<script>` of a page.
fn in_script(json: Map) -> String {
    let text = Value::from(json).to_lines();
    format!("{}\n", text.replace("</", "<\\/"))
}

/// A document, and what is known of it as an article.
struct Article<'s> {
    work: Work<'s>,
    relations: Vec<Linked<'s>>,
    names: Names,
}

impl<'s> Article<'s> {
    fn new(work: Work<'s>) -> Article<'s> {
        Article { work, relations: work.relations(), names: Names::new(work) }
    }

    /// The article itself, under the name of its text.
    fn whole(&self) -> Map {
        let mut article = Map::new().with("@type", "NewsArticle").with("@id", text_iri(self.work));
        let field = |key: &str| self.work.field(key).filter(|text| !text.is_empty());
        let url = field("url").filter(|url| is_iri(url));
        for (property, text) in [
            ("url", url),
            ("headline", field("headline")),
            ("inLanguage", field("language")),
            ("datePublished", field("date_published")),
            ("dateline", field("dateline_place")),
        ] {
            if let Some(text) = text {
                article.insert(property, text);
            }
        }
        if let Some(name) = field("agency") {
            article.insert("publisher", named("NewsMediaOrganization", name));
        }
        if let Some(name) = field("author") {
            article.insert("author", named("Person", name));
        }
        article
    }

    /// The statements that are somebody's and worth a check, without those inside another one of
    /// them. The other annotations are counted as not written.
    fn claims(&self, out: &mut Out) -> Vec<&'s Rc<Annotation>> {
        let mut claims: Vec<&'s Rc<Annotation>> = Vec::new();
        // The furthest end so far: in text order the one that holds another comes first.
        let mut end = 0;
        for annotation in self.work.annotations() {
            let span = annotation.target.envelope();
            if self.is_for_check(annotation) && span.end().0 > end {
                end = span.end().0;
                claims.push(annotation);
            } else {
                out.losses.add_at(LossKind::NotWritten, annotation.label.as_str(), self.work.place(span));
            }
        }
        claims
    }

    fn is_for_check(&self, annotation: &Annotation) -> bool {
        let worth = text(annotation, "check_worthiness");
        let is_own_voice = text(annotation, "source_type") == Some("reporter");
        self.work.is_statement(annotation) && worth.is_none_or(|worth| worth == "check") && !is_own_voice
    }

    /// A statement, without where it appeared.
    fn claim(&self, annotation: &'s Annotation) -> Map {
        let mut claim =
            Map::new().with("@type", "Claim").with("@id", self.names.annotation(annotation.id.as_str()));
        if let Some(language) = self.work.field("language") {
            claim.insert("inLanguage", language);
        }
        claim.insert("text", self.plain_text(annotation));
        let mut authors = self.authors(annotation);
        match authors.len() {
            0 => {}
            1 => claim.insert("author", authors.remove(0)),
            _ => claim.insert("author", authors),
        }
        let date = self.date_of(annotation).or_else(|| self.work.field("date_published"));
        if let Some(date) = date {
            claim.insert("datePublished", date);
        }
        claim
    }

    /// The statement as it stands alone: as the annotator worded it, else its words.
    fn plain_text(&self, annotation: &Annotation) -> String {
        match text(annotation, "plain_text").filter(|text| !text.is_empty()) {
            Some(text) => text.to_owned(),
            None => annotation.target.surface(self.work.text()),
        }
    }

    /// Who says it: the sources it is linked with, else whom the annotator named. Nobody where the
    /// annotator chose that it is not known.
    fn authors(&self, statement: &Annotation) -> Vec<Value> {
        if is_without_author(statement) {
            return Vec::new();
        }
        let source_type = source_type(statement);
        let sources =
            self.relations.iter().filter(|linked| linked.to.id == statement.id && self.names_author(linked));
        let authors: Vec<Value> = sources.map(|linked| self.author(linked.from, source_type)).collect();
        match text(statement, "asserted_by").filter(|name| !name.is_empty()) {
            Some(name) if authors.is_empty() => {
                vec![named(author_type(source_type == "named_person"), name).into()]
            }
            _ => authors,
        }
    }

    /// Whether a link is told as the author of the statement that it leads to.
    fn names_author(&self, linked: &Linked<'_>) -> bool {
        linked.relation.kind.as_str() == "SOURCE" && !is_without_author(linked.to)
    }

    fn author(&self, source: &Annotation, source_type: &str) -> Value {
        let entity = self.work.state.entity_of(source);
        let surface = source.target.surface(self.work.text());
        let name = entity.map_or(surface.as_str(), |entity| &entity.name);
        let is_group = text(source, "number") == Some("group");
        let is_person = match source_type {
            "named_person" => true,
            "institution" | "group" | "document" => false,
            _ => source.label.as_str() == "PERSON" && !is_group,
        };
        let mut author = named(author_type(is_person), name);
        if let Some(entity) = entity.filter(|entity| is_iri(&entity.identifier)) {
            author.insert("sameAs", &*entity.identifier);
        }
        author.into()
    }

    /// The date of the sentence that the statement is in, where it has just one.
    fn date_of(&self, statement: &Annotation) -> Option<&'s str> {
        let (state, start) = (self.work.state, statement.target.start());
        let blocks = &state.document.index.blocks;
        let paragraph = blocks.paragraphs()[blocks.paragraph_at(start)?];
        let sentence = sentence_at(self.work.text(), paragraph, start, state.language());
        let mut dates = Vec::new();
        state.annotations.overlapping(sentence, |annotation| {
            let value = annotation.attributes.get("value").and_then(|value| value.as_text());
            if annotation.label.as_str() == "DATE" {
                dates.extend(value.filter(|value| is_date(value)));
            }
        });
        match dates[..] {
            [date] => Some(date),
            _ => None,
        }
    }
}

fn source_type(statement: &Annotation) -> &str {
    text(statement, "source_type").unwrap_or("unclear")
}

/// Whether the annotator chose that it is not known who says it.
fn is_without_author(statement: &Annotation) -> bool {
    matches!(source_type(statement), "anonymous" | "unclear") && statement.by_hand.contains("source_type")
}

fn named(kind: &str, name: &str) -> Map {
    Map::new().with("@type", kind).with("name", name)
}

fn author_type(is_person: bool) -> &'static str {
    if is_person { "Person" } else { "Organization" }
}

/// The text of an attribute.
fn text<'a>(annotation: &'a Annotation, key: &str) -> Option<&'a str> {
    annotation.attributes.get(key).and_then(|value| value.as_text())
}

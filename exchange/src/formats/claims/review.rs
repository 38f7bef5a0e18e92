//! Fact checks (`ClaimReview`): one file for each statement, since search engines take one a page,
//! and one with all of them.

use sourcier::json::Map;
use sourcier::model::annotation::Annotation;
use sourcier::model::iris::is_iri;

use super::{Article, CARRIES, SCHEMA_ORG, count_losses, in_graph, in_script, named};
use crate::export::{Exporter, Out, Written};
use crate::losses::LossKind;
use crate::names::{UniqueNames, safe_name};
use crate::options::{Options, Review};
use crate::work::{Linked, Work};

pub const WRITTEN: Written =
    Written { id: "claimreview", carries: CARRIES, exporter: |options| Box::new(Reviews { options }) };

struct Reviews {
    options: Options,
}

impl Exporter for Reviews {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        let article = Article::new(work);
        let mut names = UniqueNames::default();
        let (mut graph, mut reviewed) = (Vec::new(), Vec::new());
        for annotation in work.annotations() {
            let Some(review) = self.review(&article, annotation) else {
                let place = work.place(annotation.target.envelope());
                out.losses.add_at(LossKind::NotWritten, annotation.label.as_str(), place);
                continue;
            };
            let name = names.take(&safe_name(annotation.id.as_str()));
            let mut alone = Map::new().with("@context", SCHEMA_ORG);
            alone.extend(review.clone());
            out.own(format!("{}.{name}.claimreview.jsonld", work.stem), in_script(alone));
            graph.push(review.into());
            reviewed.push(&annotation.id);
        }
        if !graph.is_empty() {
            out.own(format!("{}.claimreview.jsonld", work.stem), in_script(in_graph(graph)));
        }
        count_losses(&article, out, |linked| {
            reviewed.contains(&&linked.to.id) && (article.names_author(linked) || is_evidence(linked))
        });
    }
}

impl Reviews {
    /// Nothing is made up: `None` without a reviewer, an address, or a verdict on this statement.
    fn review(&self, article: &Article<'_>, annotation: &Annotation) -> Option<Map> {
        let review = self.options.review.as_ref().filter(|review| is_complete(review))?;
        let is_of = |id: &str| id == annotation.id.as_str();
        let verdict = review.verdicts.iter().find(|verdict| is_of(&verdict.annotation))?;
        if verdict.text.trim().is_empty() || !article.work.is_statement(annotation) {
            return None;
        }
        let mut rating = Map::new().with("@type", "Rating").with("alternateName", &verdict.text);
        let explanation = self.explanation(article, annotation);
        if !explanation.is_empty() {
            rating.insert("ratingExplanation", explanation);
        }
        let mut claim = article.claim(annotation);
        let mut appearance = article.whole();
        appearance.remove("@id");
        claim.insert("appearance", appearance);
        let mut json = Map::new()
            .with("@type", "ClaimReview")
            .with("url", &review.url)
            .with("claimReviewed", article.plain_text(annotation));
        if let Some(language) = article.work.field("language") {
            json.insert("inLanguage", language);
        }
        json.insert("author", named("Organization", &review.reviewer));
        json.insert("reviewRating", rating);
        json.insert("itemReviewed", claim);
        Some(json)
    }

    /// What the article says of the proof, and the annotator's note.
    fn explanation(&self, article: &Article<'_>, statement: &Annotation) -> String {
        let mut parts = Vec::new();
        for linked in &article.relations {
            if linked.to.id == statement.id && is_evidence(linked) {
                let surface = linked.from.target.surface(article.work.text());
                parts.push(match self.options.is_french() {
                    true => format!("Dans l’article\u{a0}: «\u{a0}{surface}\u{a0}»."),
                    false => format!("In the article: “{surface}”."),
                });
            }
        }
        if !statement.note.is_empty() {
            parts.push(statement.note.to_string());
        }
        parts.join("\n")
    }
}

fn is_evidence(linked: &Linked<'_>) -> bool {
    linked.relation.kind.as_str().starts_with("EVIDENCE")
}

fn is_complete(review: &Review) -> bool {
    let is_web = review.url.starts_with("https://") || review.url.starts_with("http://");
    !review.reviewer.trim().is_empty() && is_web && is_iri(&review.url)
}

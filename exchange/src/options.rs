//! What a person chooses at an export.

use sourcier::json::Value;
use sourcier::model::ids::LabelId;

/// Each format reads what concerns it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// The name of the project, for files that hold several documents.
    pub project: String,
    /// Whether the document leads its own files, or shares one with others.
    pub is_project: bool,
    /// The labels that formats of one layer write: all of the schema where the list is empty.
    pub labels: Vec<String>,
    /// The language of what is written for people: `fr` or `en`.
    pub language: String,
    /// A spreadsheet reads no formula: cells that start with one get an apostrophe.
    pub guards_formulas: bool,
    /// The words of the article are left out where the format allows that.
    pub is_positions_only: bool,
    /// The id and the name of the annotator of this browser.
    pub annotator_id: String,
    pub annotator_name: String,
    /// For fact checks: without it none is written.
    pub review: Option<Review>,
}

/// What only a reviewer can say.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Review {
    pub reviewer: String,
    /// The address of the published check.
    pub url: String,
    /// The verdict of each statement, by the id of its annotation.
    pub verdicts: Vec<Verdict>,
}

#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    pub annotation: String,
    pub text: String,
}

impl Options {
    /// From a JSON object with the names of the fields in camel case; what is absent is as by
    /// default.
    pub fn from_json(value: &Value) -> Options {
        Options {
            project: text(value, "project"),
            is_project: flag(value, "isProject"),
            labels: list(value, "labels", |label| label.as_str().unwrap_or_default().to_owned()),
            language: text(value, "language"),
            guards_formulas: flag(value, "guardsFormulas"),
            is_positions_only: flag(value, "isPositionsOnly"),
            annotator_id: text(value, "annotatorId"),
            annotator_name: text(value, "annotatorName"),
            review: value["review"].is_object().then(|| Review::from_json(&value["review"])),
        }
    }

    /// Whether a label is among the chosen ones.
    pub fn takes(&self, label: &LabelId) -> bool {
        self.labels.is_empty() || self.labels.iter().any(|chosen| chosen == label.as_str())
    }

    pub fn is_french(&self) -> bool {
        self.language != "en"
    }
}

impl Review {
    fn from_json(value: &Value) -> Review {
        let verdict =
            |value: &Value| Verdict { annotation: text(value, "annotation"), text: text(value, "text") };
        Review {
            reviewer: text(value, "reviewer"),
            url: text(value, "url"),
            verdicts: list(value, "verdicts", verdict),
        }
    }
}

fn text(value: &Value, key: &str) -> String {
    value[key].as_str().unwrap_or_default().to_owned()
}

fn flag(value: &Value, key: &str) -> bool {
    value[key].as_bool().unwrap_or_default()
}

fn list<T>(value: &Value, key: &str, read: impl Fn(&Value) -> T) -> Vec<T> {
    value[key].as_array().into_iter().flatten().map(read).collect()
}

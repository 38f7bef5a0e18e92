//! The CAS of Apache UIMA, which INCEpTION, DKPro and cassis read: as JSON (UIMA CAS JSON 0.4), as
//! XMI with its TypeSystem.xml, and as WebAnno TSV 3.3, out and in.
//!
//! A CAS is a text with typed structures on it; places count UTF-16 units. Annotations are
//! structures of one type with their label as a feature, so that a relation may lead from any to
//! any; attributes are features of it. UIMA knows no spans of several fragments: begin and end are
//! those of the whole, and the fragments stand in a feature beside.

mod draft;
mod export;
mod json_in;
mod json_out;
mod tsv_in;
mod tsv_out;
mod types;
mod xmi_in;
mod xmi_out;

#[cfg(test)]
mod tests;
#[cfg(test)]
mod tsv_tests;

use sourcier::json::Value;

use crate::export::Written;
use crate::import::Reader;

pub const JSON: Written =
    Written { id: "cas-json", carries: export::CARRIES, exporter: |_| Box::new(json_out::JsonFiles) };
pub const XMI: Written = Written {
    id: "xmi",
    carries: export::CARRIES,
    exporter: |_| Box::new(xmi_out::XmiFiles { types: None }),
};
pub const JSON_READER: Reader = Reader { id: "cas-json", recognise: json_in::recognise, read: json_in::read };
pub const TSV: Written =
    Written { id: "webanno-tsv", carries: tsv_out::CARRIES, exporter: |_| Box::new(tsv_out::TsvFiles) };
pub const TSV_READER: Reader = Reader { id: "webanno-tsv", recognise: tsv_in::recognise, read: tsv_in::read };
pub const XMI_READER: Reader = Reader { id: "xmi", recognise: xmi_in::recognise, read: xmi_in::read };

/// The type of annotations: a layer of this name in INCEpTION takes them.
pub const SPAN_TYPE: &str = "webanno.custom.SourcierSpan";
/// The type of relations, from `Governor` to `Dependent`.
pub const RELATION_TYPE: &str = "webanno.custom.SourcierRelation";
/// The type of the document's fields.
const FIELD_TYPE: &str = "webanno.custom.SourcierField";
const TOKEN_TYPE: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token";
const SENTENCE_TYPE: &str = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Sentence";
const DOCUMENT_TYPE: &str = "uima.tcas.DocumentAnnotation";
const SOFA_TYPE: &str = "uima.cas.Sofa";
const ANNOTATION_TYPE: &str = "uima.tcas.Annotation";

const STRING: &str = "uima.cas.String";
const BOOLEAN: &str = "uima.cas.Boolean";
/// The name of the only view that is written.
const VIEW: &str = "_InitialView";
/// The id of the text.
const SOFA_ID: u64 = 1;

/// A text with structures.
#[derive(Clone, Debug, Default)]
struct Cas {
    text: String,
    structures: Vec<Structure>,
}

/// One structure: an annotation where it has a place.
#[derive(Clone, Debug, Default)]
struct Structure {
    id: u64,
    kind: String,
    /// In UTF-16 units.
    span: Option<(u64, u64)>,
    features: Vec<(String, Feature)>,
}

#[derive(Clone, Debug, PartialEq)]
enum Feature {
    /// A string, a number, or a truth value.
    Value(Value),
    /// Other structures.
    References(Vec<u64>),
}

impl Structure {
    fn feature(&self, name: &str) -> Option<&Feature> {
        self.features.iter().find(|(found, _)| found == name).map(|(_, feature)| feature)
    }

    fn text(&self, name: &str) -> Option<&str> {
        match self.feature(name)? {
            Feature::Value(value) => value.as_str(),
            Feature::References(_) => None,
        }
    }

    /// The one structure that a feature leads to.
    fn reference(&self, name: &str) -> Option<u64> {
        match self.feature(name)? {
            Feature::References(ids) => ids.first().copied(),
            // Without its types, XMI does not tell a number from a reference.
            Feature::Value(Value::String(text)) => text.parse().ok(),
            Feature::Value(value) => value.as_u64(),
        }
    }
}

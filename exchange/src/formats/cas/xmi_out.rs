//! Writing XMI and its TypeSystem.xml.

use sourcier::json::Value;

use crate::export::{Exporter, Out};
use crate::formats::cas::export::cas_of;
use crate::formats::cas::types::Types;
use crate::formats::cas::{Cas, Feature, SOFA_ID, Structure, VIEW};
use crate::losses::LossKind;
use crate::shared::xml::{XmlOut, held};
use crate::work::Work;

/// One file for each document, and the types of all of them in one more.
pub(super) struct XmiFiles {
    pub types: Option<Types>,
}

impl Exporter for XmiFiles {
    fn add(&mut self, work: Work<'_>, out: &mut Out) {
        let types = Types::new(work);
        let cas = cas_of(work, &types, out);
        let texts =
            cas.structures.iter().flat_map(|structure| &structure.features).filter_map(|(_, feature)| {
                match feature {
                    Feature::Value(Value::String(text)) => Some(held(text).1),
                    _ => None,
                }
            });
        out.losses.add(LossKind::Characters, "", held(&cas.text).1 + texts.sum::<usize>());
        out.own(format!("{}.xmi", work.stem), encoded(&cas));
        match &mut self.types {
            Some(all) => all.merge(types),
            None => self.types = Some(types),
        }
    }

    fn finish(&mut self, out: &mut Out) {
        if let Some(types) = &self.types {
            out.write("TypeSystem.xml", &type_system(types));
        }
    }
}

/// The namespaces of the types, by their packages.
const PREFIXES: [(&str, &str, &str); 4] = [
    ("uima.cas", "cas", "http:///uima/cas.ecore"),
    ("uima.tcas", "tcas", "http:///uima/tcas.ecore"),
    (
        "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type",
        "type",
        "http:///de/tudarmstadt/ukp/dkpro/core/api/segmentation/type.ecore",
    ),
    ("webanno.custom", "custom", "http:///webanno/custom.ecore"),
];

fn encoded(cas: &Cas) -> String {
    let mut out = XmlOut::new();
    let mut root = vec![("xmlns:xmi", "http://www.omg.org/XMI")];
    let names = PREFIXES.map(|(_, prefix, uri)| (format!("xmlns:{prefix}"), uri));
    root.extend(names.iter().map(|(name, uri)| (name.as_str(), *uri)));
    root.push(("xmi:version", "2.0"));
    out.open("xmi:XMI", &root);
    out.line();
    out.empty("cas:NULL", &[("xmi:id", "0")]);
    out.line();
    for structure in &cas.structures {
        push(&mut out, structure);
    }
    let sofa_id = SOFA_ID.to_string();
    let sofa = [
        ("xmi:id", sofa_id.as_str()),
        ("sofaNum", "1"),
        ("sofaID", VIEW),
        ("mimeType", "text"),
        ("sofaString", &cas.text),
    ];
    out.empty("cas:Sofa", &sofa);
    out.line();
    let members: Vec<String> = cas.structures.iter().map(|structure| structure.id.to_string()).collect();
    out.empty("cas:View", &[("sofa", &sofa_id), ("members", &members.join(" "))]);
    out.line();
    out.close("xmi:XMI");
    out.line();
    out.finish()
}

fn push(out: &mut XmlOut, structure: &Structure) {
    let (package, name) = structure.kind.rsplit_once('.').unwrap_or(("", &structure.kind));
    let prefix = PREFIXES.iter().find(|(found, _, _)| *found == package).map_or("", |(_, prefix, _)| prefix);
    let mut attributes =
        vec![("xmi:id".to_owned(), structure.id.to_string()), ("sofa".to_owned(), SOFA_ID.to_string())];
    if let Some((begin, end)) = structure.span {
        attributes.extend([("begin".to_owned(), begin.to_string()), ("end".to_owned(), end.to_string())]);
    }
    for (name, feature) in &structure.features {
        let value = match feature {
            Feature::Value(Value::String(text)) => text.as_ref().to_owned(),
            Feature::Value(value) => value.to_string(),
            Feature::References(ids) => ids.iter().map(u64::to_string).collect::<Vec<_>>().join(" "),
        };
        attributes.push((name.clone(), value));
    }
    let attributes: Vec<(&str, &str)> =
        attributes.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
    out.empty(&format!("{prefix}:{name}"), &attributes);
    out.line();
}

/// What UIMA must know before it reads the files.
fn type_system(types: &Types) -> String {
    let mut out = XmlOut::new();
    out.open("typeSystemDescription", &[("xmlns", "http://uima.apache.org/resourceSpecifier")]);
    out.line();
    out.open("types", &[]);
    out.line();
    for kind in &types.types {
        out.open("typeDescription", &[]);
        element(&mut out, "name", kind.name);
        element(&mut out, "description", "");
        element(&mut out, "supertypeName", kind.supertype);
        if !kind.features.is_empty() {
            out.line();
            out.open("features", &[]);
            out.line();
            for (name, range) in &kind.features {
                out.open("featureDescription", &[]);
                element(&mut out, "name", name);
                element(&mut out, "description", "");
                element(&mut out, "rangeTypeName", range);
                out.close("featureDescription");
                out.line();
            }
            out.close("features");
        }
        out.close("typeDescription");
        out.line();
    }
    out.close("types");
    out.line();
    out.close("typeSystemDescription");
    out.line();
    out.finish()
}

fn element(out: &mut XmlOut, name: &str, text: &str) {
    out.open(name, &[]);
    out.text(text);
    out.close(name);
}

//! The header: what is known of the document.

use sourcier::model::iris::is_iri;

use super::{Edition, is_language};
use crate::shared::xml::XmlOut;
use crate::work::value_text;

/// The fields that the header has an element for.
const OWN_FIELDS: [&str; 6] = ["headline", "author", "agency", "date_published", "language", "url"];

impl Edition<'_> {
    pub(super) fn push_header(&self, annotator: &str, xml: &mut XmlOut) {
        let work = self.work;
        xml.open("teiHeader", &[]);
        xml.line();
        xml.open("fileDesc", &[]);
        xml.line();
        xml.open("titleStmt", &[]);
        let title = work.field("headline").or(work.field("title")).unwrap_or(work.stem);
        element(xml, "title", title);
        if let Some(author) = work.field("author") {
            element(xml, "author", author);
        }
        if !annotator.is_empty() {
            xml.open("respStmt", &[]);
            element(xml, "resp", "annotation");
            element(xml, "name", annotator);
            xml.close("respStmt");
        }
        xml.close("titleStmt");
        xml.line();
        self.push_publication(xml);
        self.push_notes(xml);
        xml.open("sourceDesc", &[]);
        xml.open("bibl", &[]);
        element(xml, "title", title);
        if let Some(url) = work.field("url").filter(|url| is_iri(url)) {
            xml.empty("ref", &[("target", url)]);
        }
        xml.open("idno", &[("type", "sha256")]);
        xml.text(work.state.document.sha256());
        xml.close("idno");
        xml.close("bibl");
        xml.close("sourceDesc");
        xml.line();
        xml.close("fileDesc");
        xml.line();
        if let Some(language) = work.field("language").filter(|tag| is_language(tag)) {
            xml.open("profileDesc", &[]);
            xml.open("langUsage", &[]);
            xml.empty("language", &[("ident", language)]);
            xml.close("langUsage");
            xml.close("profileDesc");
            xml.line();
        }
        xml.close("teiHeader");
        xml.line();
    }

    fn push_publication(&self, xml: &mut XmlOut) {
        let (agency, date) = (self.work.field("agency"), self.work.field("date_published"));
        xml.open("publicationStmt", &[]);
        match (agency, date) {
            (Some(agency), date) => {
                element(xml, "publisher", agency);
                if let Some(date) = date {
                    push_date(date, xml);
                }
            }
            // A date needs a publisher before it.
            (None, Some(date)) => {
                xml.open("p", &[]);
                push_date(date, xml);
                xml.close("p");
            }
            (None, None) => xml.empty("p", &[]),
        }
        xml.close("publicationStmt");
        xml.line();
    }

    /// The fields without an element of their own, under their keys.
    fn push_notes(&self, xml: &mut XmlOut) {
        let is_written = |key: &str, text: &str| match key {
            "language" => is_language(text),
            "url" => is_iri(text),
            key => OWN_FIELDS.contains(&key),
        };
        let fields = self.work.state.fields.iter();
        let others: Vec<(&str, String)> = fields
            .filter(|(key, value)| !value.as_text().is_some_and(|text| is_written(key.as_str(), text)))
            .map(|(key, value)| (key.as_str(), value_text(value)))
            .collect();
        if others.is_empty() {
            return;
        }
        xml.open("notesStmt", &[]);
        for (key, text) in others {
            xml.open("note", &[("type", &super::xml_name(key))]);
            xml.text(&text);
            xml.close("note");
        }
        xml.close("notesStmt");
        xml.line();
    }
}

/// `when` takes years, months and days.
fn push_date(date: &str, xml: &mut XmlOut) {
    let parts: Vec<&str> = date.split('-').collect();
    let is_number = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let is_when = sourcier::model::dates::is_date(date) && parts.iter().all(is_number);
    let when = [("when", date)];
    xml.open("date", if is_when { &when } else { &[] });
    xml.text(date);
    xml.close("date");
}

pub(super) fn element(xml: &mut XmlOut, name: &str, text: &str) {
    xml.open(name, &[]);
    xml.text(text);
    xml.close(name);
}

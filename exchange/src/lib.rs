//! The formats of other programs: articles and labelled data in, labelled data out.
//!
//! The page loads this as a second wasm when someone opens or saves such a file; the native format
//! stays in the package `sourcier`, and is the only thing that the two exchange. Everything here is
//! plain Rust: what a browser does better (decoding old encodings, reading HTML) is handed in.
//!
//! A way out is an [`export::Exporter`]: it gets documents one after the other and writes files. What
//! a format cannot carry is counted from its [`carries::Carries`], so that a format states it once
//! and the dialog, the documentation and the tests of its round trip all read the same.
//! A way in is a [`import::Reader`]: it finds its files by their content and makes [`draft::Draft`]s,
//! which say no more than the file did. [`draft`] then puts a draft on the project's schema, as a
//! native file; opening that file checks places, ids and words as for any other.

pub mod articles;
pub mod carries;
pub mod desk;
pub mod draft;
pub mod export;
pub mod import;
pub mod losses;
pub mod mapping;
pub mod names;
pub mod pack;
pub mod problems;
pub mod work;

mod id_index;
mod iri;
mod json_lines;
mod layer;
mod line_ends;
mod places;
mod text_rows;
mod tokens;
mod xml;

pub mod brat;
pub mod cas;
pub mod claims;
pub mod conll;
pub mod doccano;
pub mod hf;
pub mod html;
pub mod jsonl;
pub mod label_studio;
pub mod prodigy;
pub mod semeval;
pub mod spacy;
pub mod table;
pub mod tei;
pub mod w3c;

#[cfg(test)]
pub(crate) mod samples;

/// The formats that are written: those of `sourcier::formats::table`.
pub const WRITTEN: &[export::Written] = &[
    jsonl::WRITTEN_ONE_BY_ONE,
    jsonl::WRITTEN,
    brat::WRITTEN,
    conll::CONLL2003,
    conll::IOB2,
    conll::BILOU,
    spacy::WRITTEN,
    prodigy::WRITTEN,
    doccano::SPANS,
    doccano::RELATIONS,
    semeval::WRITTEN,
    hf::TOKENS,
    hf::SPANS,
    table::CSV,
    table::TSV,
    w3c::WRITTEN,
    claims::WRITTEN,
    claims::REVIEWS,
    cas::JSON,
    cas::XMI,
    cas::TSV,
    label_studio::WRITTEN,
    html::WRITTEN,
    tei::WRITTEN,
];

/// The formats that are read. Where several are as likely, the first is taken.
pub const READERS: &[import::Reader] = &[
    w3c::READER,
    cas::JSON_READER,
    cas::XMI_READER,
    cas::TSV_READER,
    label_studio::READER,
    brat::READER,
    conll::READ_CONLL2003,
    conll::READ_IOB2,
    conll::READ_BILOU,
    prodigy::READER,
    doccano::RELATIONS_READER,
    doccano::SPANS_READER,
    spacy::READER,
    semeval::READER,
    articles::page::READER,
    articles::page::WHOLE_READER,
    articles::docx::READER,
    articles::plain::READER,
];

#[cfg(test)]
mod tests {
    use super::*;
    use sourcier::formats::table::FORMATS;

    #[test]
    fn the_page_offers_exactly_what_is_written_and_read_here() {
        let sorted = |mut ids: Vec<&'static str>| {
            ids.sort_unstable();
            ids
        };
        let written = sorted(WRITTEN.iter().map(|written| written.id).collect());
        assert_eq!(written, sorted(FORMATS.iter().map(|format| format.id).collect()));
        // The native format is read by the page and by `jsonl`; articles are no export.
        let own = ["json", "jsonl"];
        let articles = ["page", "page-whole", articles::docx::READER.id, articles::plain::READER.id];
        let read = READERS.iter().map(|reader| reader.id).filter(|id| !articles.contains(id));
        let offered = FORMATS.iter().filter(|format| format.is_read && !own.contains(&format.id));
        assert_eq!(sorted(read.collect()), sorted(offered.map(|format| format.id).collect()));
    }
}

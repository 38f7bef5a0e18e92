//! The formats: a module for each or for a family, and the tables of all.

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
mod text_rows;
pub mod w3c;

use crate::articles::{docx, page, plain};
use crate::export::Written;
use crate::import::{InFile, Likeness, Reader};

/// The formats that are written: those of `sourcier::formats::table`.
pub const WRITTEN: &[Written] = &[
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
pub const READERS: &[Reader] = &[
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
    page::READER,
    page::WHOLE_READER,
    docx::READER,
    plain::READER,
];

/// The format of this id, on its way out.
pub fn written(id: &str) -> Option<&'static Written> {
    WRITTEN.iter().find(|written| written.id == id)
}

/// The format of this id, on its way in.
pub fn reader(id: &str) -> Option<&'static Reader> {
    READERS.iter().find(|reader| reader.id == id)
}

/// The reader that fits these files best: the one that is certain of one of them, else the first
/// to which one is possible.
pub fn recognise(files: &[InFile]) -> Option<&'static Reader> {
    let mut all = [Likeness::No; READERS.len()];
    for file in files {
        let found = READERS.iter().map(|reader| (reader.recognise)(file));
        let found: Vec<Likeness> = found.collect();
        let is_owned = found.contains(&Likeness::Own);
        for (best, found) in all.iter_mut().zip(found) {
            let found = match found {
                Likeness::Own => Likeness::Certain,
                _ if is_owned => Likeness::No,
                found => found,
            };
            *best = found.max(*best);
        }
    }
    let best = all.iter().copied().max()?;
    let first = all.iter().position(|likeness| *likeness == best && best != Likeness::No)?;
    Some(&READERS[first])
}

#[cfg(test)]
mod tests {
    use sourcier::formats::table::FORMATS;

    use super::*;
    use crate::options::Options;
    use crate::samples::{SAMPLES, as_input, export_of, sample};

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
        let articles = ["page", "page-whole", docx::READER.id, plain::READER.id];
        let read = READERS.iter().map(|reader| reader.id).filter(|id| !articles.contains(id));
        let offered = FORMATS.iter().filter(|format| format.is_read && !own.contains(&format.id));
        assert_eq!(sorted(read.collect()), sorted(offered.map(|format| format.id).collect()));
    }

    #[test]
    fn every_format_knows_its_own_files() {
        let is_written = |reader: &&Reader| WRITTEN.iter().any(|written| written.id == reader.id);
        for reader in READERS.iter().filter(is_written) {
            for name in SAMPLES {
                let exported = export_of(reader.id, &[&sample(name)], Options::default());
                let found = recognise(&as_input(&exported)).map(|found| found.id);
                assert_eq!(found, Some(reader.id), "{name}");
            }
        }
    }
}

//! Word files (Office Open XML, ECMA-376): the paragraphs of `word/document.xml`, which whoever
//! unpacks the archive hands over in place of it.
//!
//! Paragraphs are separated by a blank line, so that they are paragraphs here too. Text that was
//! deleted while changes were tracked, and the instructions of fields, are no text of the article.

use quick_xml::Reader as XmlReader;
use quick_xml::events::Event;

use crate::draft::Draft;
use crate::import::{InFile, Likeness, Reader};
use crate::problems::{ProblemKind, Problems, Remedy};

pub const READER: Reader = Reader { id: "docx", recognise, read };

/// The part of the archive that holds the text.
pub const DOCUMENT_PART: &str = "word/document.xml";

fn recognise(file: &InFile) -> Likeness {
    match file.extension() == "docx" {
        true if file.start().contains("<w:document") => Likeness::Certain,
        // Whatever it is, it is no plain text.
        true => Likeness::Possible,
        false => Likeness::No,
    }
}

fn read(files: &[InFile], problems: &mut Problems) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for file in files {
        problems.file.clone_from(&file.path);
        match file.utf8().ok_or(()).and_then(text_of) {
            Ok((text, is_whole)) => {
                if !is_whole {
                    problems.add(None, ProblemKind::Malformed, file.name(), Remedy::Guessed);
                }
                let (file, title) = (file.path.clone(), file.stem().to_owned());
                drafts.push(Draft { file, title, text, ..Draft::default() });
            }
            Err(()) => problems.add(None, ProblemKind::Malformed, file.name(), Remedy::FileLeftOut),
        }
    }
    drafts
}

/// The text, and whether the file goes on to its end.
fn text_of(xml: &str) -> Result<(String, bool), ()> {
    let mut reader = XmlReader::from_str(xml);
    let (mut text, mut is_document, mut is_open) = (String::new(), false, false);
    let (mut is_text, mut deleted_depth, mut paragraph_count) = (false, 0_usize, 0_usize);
    loop {
        match reader.read_event().map_err(|_| ())? {
            Event::Start(element) => match element.name().as_ref() {
                "w:p" => {
                    if paragraph_count > 0 {
                        text.push_str("\n\n");
                    }
                    paragraph_count += 1;
                }
                "w:t" => is_text = true,
                "w:document" => (is_document, is_open) = (true, true),
                "w:del" | "w:moveFrom" => deleted_depth += 1,
                _ => {}
            },
            Event::Empty(element) => match element.name().as_ref() {
                "w:p" => paragraph_count += 1,
                "w:document" => is_document = true,
                "w:br" | "w:cr" => text.push('\n'),
                "w:tab" => text.push('\t'),
                "w:noBreakHyphen" => text.push('\u{2011}'),
                _ => {}
            },
            Event::End(element) => match element.name().as_ref() {
                "w:t" => is_text = false,
                "w:document" => is_open = false,
                "w:del" | "w:moveFrom" => deleted_depth = deleted_depth.saturating_sub(1),
                _ => {}
            },
            Event::Text(words) if is_text && deleted_depth == 0 => {
                text.push_str(&words);
            }
            Event::GeneralRef(reference) if is_text && deleted_depth == 0 => {
                text.push(character_of(&reference).ok_or(())?);
            }
            Event::Eof if is_document => return Ok((text, !is_open)),
            Event::Eof => return Err(()),
            _ => {}
        }
    }
}

/// The character of `&amp;` or `&#233;`. Word files know no other entities.
fn character_of(reference: &quick_xml::events::BytesRef<'_>) -> Option<char> {
    if let Ok(Some(character)) = reference.resolve_char_ref() {
        return Some(character);
    }
    quick_xml::escape::resolve_predefined_entity(reference)?.chars().next()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(body: &str) -> (Vec<Draft>, usize) {
        let xml = format!("<w:document xmlns:w=\"x\"><w:body>{body}</w:body></w:document>");
        let file = InFile { path: "a.docx".to_owned(), bytes: xml.into_bytes() };
        assert_eq!(recognise(&file), Likeness::Certain);
        let mut problems = Problems::default();
        (read(&[file], &mut problems), problems.count())
    }

    #[test]
    fn paragraphs_runs_and_breaks() {
        for (body, text) in [
            ("", ""),
            (
                "<w:p><w:r><w:t>L’été</w:t></w:r><w:r><w:t xml:space=\"preserve\"> &amp; co&#233;</w:t></w:r></w:p>",
                "L’été & coé",
            ),
            (
                "<w:p><w:r><w:t>a</w:t><w:br/><w:t>b</w:t><w:tab/><w:t>c</w:t></w:r></w:p><w:p><w:r><w:t>d</w:t></w:r></w:p>",
                "a\nb\tc\n\nd",
            ),
            (
                "<w:p><w:del><w:r><w:delText>x</w:delText><w:t>y</w:t></w:r></w:del><w:r><w:instrText>PAGE</w:instrText><w:t>z</w:t></w:r></w:p>",
                "z",
            ),
        ] {
            assert_eq!(read_one(body).0[0].text, text, "{body}");
        }
    }

    #[test]
    fn a_broken_file_is_told() {
        for body in ["<w:p><w:t>a</w:p>", "<w:p><w:r><w:t>&bomb;</w:t></w:r></w:p>"] {
            assert_eq!(read_one(body), (Vec::new(), 1), "{body}");
        }
    }
}

//! Word files (Office Open XML, ECMA-376): the paragraphs of `word/document.xml`, which whoever
//! unpacks the archive hands over in place of it.
//!
//! Paragraphs are separated by a blank line, so that they are paragraphs here too. Text that was
//! deleted while changes were tracked, and the instructions of fields, are no text of the article.
//! What a paragraph is stands in its style, by the names that Word gives in English and French, in
//! its outline level, and in its place in a list. Which marks a list has, and where links lead, is
//! told in other parts of the archive: lists have bullets here unless the style numbers them.

use std::rc::Rc;

use quick_xml::Reader as XmlReader;
use quick_xml::events::{BytesStart, Event};
use sourcier::model::structure::{LIST_LEVEL_MAX, Part, PartKind, Structure};
use sourcier::text::span::TextSpan;

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
            Ok((text, parts, is_whole)) => {
                if !is_whole {
                    problems.add(None, ProblemKind::Malformed, file.name(), Remedy::Guessed);
                }
                let structure = Some(Rc::new(Structure::of(&text, parts).0));
                let (file, title) = (file.path.clone(), file.stem().to_owned());
                drafts.push(Draft { file, title, text, structure, ..Draft::default() });
            }
            Err(()) => problems.add(None, ProblemKind::Malformed, file.name(), Remedy::FileLeftOut),
        }
    }
    drafts
}

/// What is said of the paragraph that is being read.
#[derive(Default)]
struct Paragraph {
    /// In bytes.
    start: usize,
    style: String,
    /// From 0, where it is said.
    outline_level: Option<u8>,
    list_level: Option<u8>,
    is_in_list: bool,
}

/// The text, its structure, and whether the file goes on to its end.
fn text_of(xml: &str) -> Result<(String, Vec<Part>, bool), ()> {
    let mut reader = XmlReader::from_str(xml);
    let (mut text, mut parts) = (String::new(), Vec::new());
    let (mut is_document, mut is_open) = (false, false);
    let (mut is_text, mut deleted_depth, mut paragraph_count) = (false, 0_usize, 0_usize);
    let mut paragraph = None;
    let mut last_number = 0;
    loop {
        let event = reader.read_event().map_err(|_| ())?;
        if let (Event::Start(element) | Event::Empty(element), Some(paragraph)) = (&event, &mut paragraph) {
            read_property(element, paragraph);
        }
        match event {
            Event::Start(element) => match element.name().as_ref() {
                "w:p" => {
                    if paragraph_count > 0 {
                        text.push_str("\n\n");
                    }
                    paragraph_count += 1;
                    paragraph = Some(Paragraph { start: text.len(), ..Paragraph::default() });
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
                // Of a paragraph with others inside only these are something.
                "w:p" => {
                    parts.extend(paragraph.take().and_then(|it| part_of(&it, text.len(), &mut last_number)))
                }
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
            Event::Eof if is_document => return Ok((text, parts, !is_open)),
            Event::Eof => return Err(()),
            _ => {}
        }
    }
}

fn read_property(element: &BytesStart<'_>, paragraph: &mut Paragraph) {
    let mut attributes = element.attributes().flatten();
    let Some(value) = attributes.find(|attribute| attribute.key.as_ref() == "w:val") else { return };
    // No name or number has a character that XML writes otherwise.
    let value = &*value.value;
    match element.name().as_ref() {
        "w:pStyle" => value.clone_into(&mut paragraph.style),
        "w:outlineLvl" => paragraph.outline_level = digit(value),
        "w:ilvl" => paragraph.list_level = digit(value),
        // The list number 0 takes a paragraph out of the list of its style.
        "w:numId" => paragraph.is_in_list = value != "0",
        _ => {}
    }
}

/// Levels have one digit.
fn digit(text: &str) -> Option<u8> {
    if let [digit @ b'0'..=b'9'] = text.as_bytes() { Some(digit - b'0') } else { None }
}

/// What a paragraph is that ends at `end`. `last_number` is that of the item before it.
fn part_of(paragraph: &Paragraph, end: usize, last_number: &mut u32) -> Option<Part> {
    let span = TextSpan::from_range(paragraph.start..end)?;
    let name = paragraph.style.trim_end_matches(|last: char| last.is_ascii_digit());
    let style_level = digit(&paragraph.style[name.len()..]);
    let outline_level = paragraph.outline_level.map(|level| level + 1);
    let is_numbered = matches!(name, "ListNumber" | "Listenumros");
    if !is_numbered {
        *last_number = 0;
    }
    let kind = match name {
        "Title" => PartKind::Heading { level: 1 },
        "Titre" if style_level.is_none() => PartKind::Heading { level: 1 },
        "Heading" | "Titre" => PartKind::Heading { level: style_level? },
        "Quote" | "IntenseQuote" | "Citation" | "Citationintense" => PartKind::Quote,
        "ListBullet" | "Listepuces" => PartKind::Item { level: style_level.unwrap_or(1), number: None },
        _ if is_numbered => {
            let level = style_level.unwrap_or(1);
            *last_number += u32::from(level == 1);
            PartKind::Item { level, number: (level == 1).then_some(*last_number) }
        }
        _ => match outline_level {
            Some(level @ 1..=6) => PartKind::Heading { level },
            _ if paragraph.is_in_list => {
                let level = (paragraph.list_level.unwrap_or(0) + 1).min(LIST_LEVEL_MAX);
                PartKind::Item { level, number: None }
            }
            _ => return None,
        },
    };
    Some(Part { kind, span })
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
    fn paragraphs_are_what_their_styles_say() {
        let style = |style: &str| format!("<w:pStyle w:val=\"{style}\"/>");
        let list = |id: u8, level: u8| {
            format!("<w:numPr><w:ilvl w:val=\"{level}\"/><w:numId w:val=\"{id}\"/></w:numPr>")
        };
        for (properties, expected) in [
            (String::new(), None),
            (style("Normal"), None),
            (style("Title"), Some("Heading { level: 1 }")),
            (style("Heading3"), Some("Heading { level: 3 }")),
            (style("Titre"), Some("Heading { level: 1 }")),
            (style("Titre2"), Some("Heading { level: 2 }")),
            (style("Heading"), None),
            (style("Quote"), Some("Quote")),
            (style("Citationintense"), Some("Quote")),
            (style("ListBullet2"), Some("Item { level: 2, number: None }")),
            (style("ListNumber"), Some("Item { level: 1, number: Some(1) }")),
            ("<w:outlineLvl w:val=\"1\"></w:outlineLvl>".to_owned(), Some("Heading { level: 2 }")),
            ("<w:outlineLvl w:val=\"9\"/>".to_owned(), None),
            ("<w:outlineLvl w:val=\"999\"/><w:pStyle/>".to_owned(), None),
            (style("Paragraphedeliste") + &list(3, 1), Some("Item { level: 2, number: None }")),
            (style("Paragraphedeliste") + &list(0, 1), None),
            (list(1, 9), Some("Item { level: 9, number: None }")),
            (list(1, 255), Some("Item { level: 1, number: None }")),
        ] {
            let body = format!(
                "<w:p><w:r><w:t>é</w:t></w:r></w:p><w:p><w:pPr>{properties}</w:pPr><w:r><w:t>a</w:t></w:r></w:p><w:p/>"
            );
            let draft = &read_one(&body).0[0];
            let structure = draft.structure.as_deref().expect("a structure");
            let found = structure.parts().first();
            assert_eq!(found.map(|part| format!("{:?}", part.kind)).as_deref(), expected, "{properties}");
            assert_eq!(found.map_or("a", |part| &draft.text[part.span.range()]), "a", "{properties}");
            assert!(structure.parts().len() < 2);
        }
    }

    #[test]
    fn numbers_go_on_within_a_list() {
        let paragraph =
            |style: &str| format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr><w:t>a</w:t></w:p>");
        let styles = ["ListNumber", "ListNumber2", "ListNumber", "Normal", "Listenumros"];
        let draft = &read_one(&styles.map(paragraph).concat()).0[0];
        let numbers: Vec<_> = draft
            .structure
            .as_deref()
            .expect("a structure")
            .parts()
            .iter()
            .map(|part| match part.kind {
                PartKind::Item { level, number } => (level, number),
                _ => (0, None),
            })
            .collect();
        assert_eq!(numbers, [(1, Some(1)), (2, None), (1, Some(2)), (1, Some(1))]);
        // Of a text box only what is inside, and the paragraph around it is none.
        let inside = format!(
            "<w:p><w:pPr><w:pStyle w:val=\"Title\"/></w:pPr><w:t>b</w:t>{}</w:p>",
            paragraph("Quote")
        );
        let draft = &read_one(&inside).0[0];
        assert_eq!(
            draft
                .structure
                .as_deref()
                .expect("a structure")
                .parts()
                .iter()
                .map(|part| &part.kind)
                .collect::<Vec<_>>(),
            [&PartKind::Quote]
        );
    }

    #[test]
    fn a_broken_file_is_told() {
        for body in ["<w:p><w:t>a</w:p>", "<w:p><w:r><w:t>&bomb;</w:t></w:r></w:p>"] {
            assert_eq!(read_one(body), (Vec::new(), 1), "{body}");
        }
    }
}

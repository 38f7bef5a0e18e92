//! Plain text and Markdown: one document a file, its text exactly the file's.

use sourcier::json::Value;

use crate::articles::read_page;
use crate::draft::Draft;
use crate::import::{InFile, Likeness, Reader};
use crate::problems::{ProblemKind, Problems, Remedy};

pub const READER: Reader = Reader { id: "text", recognise, read };

/// The most letters of a heading that becomes the headline.
const HEADLINE_LEN_MAX: usize = 300;

fn recognise(file: &InFile) -> Likeness {
    match file.utf8() {
        Some(text) if !text.contains('\0') => Likeness::Possible,
        _ => Likeness::No,
    }
}

fn read(files: &[InFile], problems: &mut Problems) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for file in files {
        problems.file.clone_from(&file.path);
        let pasted = read_page::plain_of(file);
        match pasted.as_deref().or(file.utf8()) {
            Some(text) if !text.contains('\0') => drafts.push(draft(file, text)),
            _ => problems.add(None, ProblemKind::BadEncoding, file.name(), Remedy::FileLeftOut),
        }
    }
    drafts
}

fn draft(file: &InFile, text: &str) -> Draft {
    let mut draft = Draft {
        file: file.path.clone(),
        title: file.stem().to_owned(),
        text: text.to_owned(),
        ..Draft::default()
    };
    let is_markdown = matches!(file.extension().as_str(), "md" | "markdown");
    let first = text.lines().find(|line| !line.trim().is_empty());
    let heading = first.and_then(|line| line.strip_prefix("# ")).map(str::trim);
    if let Some(heading) = heading.filter(|heading| is_markdown && heading.len() <= HEADLINE_LEN_MAX) {
        draft.fields.insert("headline", Value::from(heading));
    }
    draft
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_one(path: &str, bytes: &[u8]) -> (Vec<Draft>, usize) {
        let mut problems = Problems::default();
        let drafts = read(&[InFile { path: path.to_owned(), bytes: bytes.to_vec() }], &mut problems);
        (drafts, problems.count())
    }

    #[test]
    fn the_text_is_the_file() {
        for text in ["", " Moscou\r\n\r\n— Non.\r", "e\u{301}te\u{301}\u{2028}x"] {
            let (drafts, problems) = read_one("dir/a.b.txt", text.as_bytes());
            assert_eq!((drafts[0].text.as_str(), drafts[0].title.as_str(), problems), (text, "a.b", 0));
        }
        let (drafts, _) = read_one("a.txt", "\u{feff}\u{feff}x".as_bytes());
        assert_eq!(drafts[0].text, "\u{feff}x", "the first one is a signature");
    }

    #[test]
    fn the_first_heading_of_markdown_is_the_headline() {
        let text = "\n# Moscou soutient\n\nTexte.";
        assert_eq!(read_one("a.md", text.as_bytes()).0[0].fields["headline"], Value::from("Moscou soutient"));
        assert!(read_one("a.txt", text.as_bytes()).0[0].fields.is_empty());
    }

    #[test]
    fn what_is_no_text_is_told() {
        for bytes in [&b"\xff\xfe\xfd"[..], b"a\0b"] {
            assert_eq!(read_one("a.bin", bytes), (Vec::new(), 1));
        }
    }
}

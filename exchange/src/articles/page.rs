//! Web pages: the article that was found in one, or all of it.
//!
//! HTML comes as the JSON that was read of it ([`read_page`](crate::articles::read_page)).
//!
//! Places count in the plain text that is made of it ([`text`]); headings, quotes, lists and links are
//! its structure, for display. An `a` has the address behind its name: `["a", "https://…"]`.

mod fields;
mod text;

use std::rc::Rc;

use sourcier::json::Value;
use sourcier::model::structure::Structure;

use crate::articles::page::text::Laid;
use crate::articles::read_page::{is_page, page_of};
use crate::articles::{docx, plain};
use crate::draft::Draft;
use crate::import::{InFile, Likeness, Reader};
use crate::problems::{ProblemKind, Problems, Remedy};

/// The article of the page; all of it where none was found.
pub const READER: Reader = Reader { id: "page", recognise, read };
/// All of the page.
pub const WHOLE_READER: Reader = Reader { id: "page-whole", recognise: recognise_whole, read: read_whole };

/// How the JSON of a page with an article starts.
const ARTICLE_MARKER: &[u8] = b"{\"sourcierPage\":\"article\"";

const EXTENSIONS: [&str; 4] = ["html", "htm", "xhtml", "xht"];
/// The largest HTML that the page is given to read.
const HTML_LEN_MAX: usize = 32 << 20;

/// Whether the file is HTML, by its name or by how it starts, and not too large to be read as such.
pub fn is_html(file: &InFile) -> bool {
    let start = file.start();
    let start = start.trim_start_matches('\u{feff}').trim_start();
    let starts_with = |tag: &str| start.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag));
    let is_named = EXTENSIONS.contains(&file.extension().as_str());
    (is_named || starts_with("<!doctype html") || starts_with("<html")) && file.bytes.len() <= HTML_LEN_MAX
}

fn recognise(file: &InFile) -> Likeness {
    if file.bytes.starts_with(ARTICLE_MARKER) { Likeness::Own } else { Likeness::No }
}

fn recognise_whole(file: &InFile) -> Likeness {
    if is_page(file) && recognise(file) == Likeness::No { Likeness::Own } else { Likeness::No }
}

fn read(files: &[InFile], problems: &mut Problems) -> Vec<Draft> {
    read_all(files, false, problems)
}

fn read_whole(files: &[InFile], problems: &mut Problems) -> Vec<Draft> {
    read_all(files, true, problems)
}

/// The pages, and the articles of other forms that lie beside them. The images and styles of a saved
/// page are left out.
fn read_all(files: &[InFile], is_whole: bool, problems: &mut Problems) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for file in files {
        problems.file.clone_from(&file.path);
        let alone = std::slice::from_ref(file);
        if is_page(file) {
            match page_of(file) {
                Some(page) => drafts.push(draft(file, &page, is_whole)),
                None => problems.add(None, ProblemKind::Malformed, file.name(), Remedy::FileLeftOut),
            }
        } else if (docx::READER.recognise)(file) == Likeness::Certain {
            drafts.extend((docx::READER.read)(alone, problems));
        } else if matches!(file.extension().as_str(), "txt" | "text" | "md" | "markdown") {
            drafts.extend((plain::READER.read)(alone, problems));
        } else {
            problems.add(None, ProblemKind::Unsupported, file.name(), Remedy::FileLeftOut);
        }
    }
    drafts
}

fn draft(file: &InFile, page: &Value, is_whole: bool) -> Draft {
    let article = Some(&page["article"]).filter(|article| article.is_object() && !is_whole);
    let fields = fields::of_page(page);
    let headline = fields.get("headline").and_then(Value::as_str).unwrap_or_default();
    let Laid { text, parts } = match article {
        Some(article) => text::of_article(&article["content"], &page["whole"], headline),
        None => text::of_content(&page["whole"]),
    };
    let title = [headline, page["title"].as_str().map_or("", str::trim), file.stem()];
    let title = title.into_iter().find(|title| !title.is_empty()).unwrap_or_default().to_owned();
    let structure = Some(Rc::new(Structure::of(&text, parts).0));
    Draft { file: file.path.clone(), title, text, structure, fields, ..Draft::default() }
}

#[cfg(test)]
mod tests;

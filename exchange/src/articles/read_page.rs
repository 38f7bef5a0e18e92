//! What was read of a web page.
//!
//! HTML is read by the page (`static/page_reader.js`), since only there a browser has its reader. What
//! comes here in place of the HTML is JSON: `sourcierPage` says whether an article was found, `whole`
//! and `article.content` hold what stands in the page, the other keys what the page says of itself.
//! The content is a list of texts, and of `["p"]` and `["/p"]` for the start and end of an element.

use sourcier::json::{self, Value};

use crate::import::InFile;

/// How the JSON starts.
const MARKER: &[u8] = b"{\"sourcierPage\":";

/// Whether the file is what was read of a page.
pub fn is_page(file: &InFile) -> bool {
    file.bytes.starts_with(MARKER)
}

/// The JSON, where it is some.
pub fn page_of(file: &InFile) -> Option<Value> {
    json::from_str(file.utf8()?).ok()
}

/// What was pasted, as plain text, where a page is what was pasted.
pub fn plain_of(file: &InFile) -> Option<String> {
    let page = is_page(file).then(|| page_of(file)).flatten()?;
    Some(page["plain"].as_str()?.to_owned())
}

//! `sourcier.html`: the whole program in one page that works when opened from a disk.
//!
//! From `file://` a browser loads no module and fetches nothing, so everything stands in the page: the
//! styles, wasm-bindgen's JavaScript as an inline module, and the wasm itself as gzip in base64. The
//! browser unpacks it with `DecompressionStream`, which knows gzip and not brotli.

use crate::{
    Result, digest, exchange, html, page_reader,
    site::{Program, Site},
    split,
};
use flate2::{Compression, write::GzEncoder};
use std::io::Write;

/// The function of wasm-bindgen's JavaScript that loads the wasm; it must keep its name.
pub const INIT: &str = "__wbg_init";

/// Follows wasm-bindgen's JavaScript in the same module, hence [`INIT`].
const START: &str = r#"
{
  const packed = atob(document.getElementById("sourcier-wasm").textContent);
  const bytes = Uint8Array.from(packed, (char) => char.charCodeAt(0));
  const unpacked = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  const wasm = await __wbg_init({ module_or_path: await new Response(unpacked).arrayBuffer() });
  dispatchEvent(new CustomEvent("TrunkApplicationStarted", { detail: { wasm } }));
}
"#;

/// The page with all its files inside, still without a policy.
pub fn page(site: &Site) -> Result<String> {
    let (js_path, glue) = site.only(Program::Page, ".js")?;
    let glue = std::str::from_utf8(glue).map_err(|_| format!("{js_path} is not UTF-8"))?;
    check_glue(glue)?;
    let page = html::rewrite(&site.page, |element| match element.name {
        "link" => link(site, element).map(Some),
        "script" if element.attribute("type") == Some("module") => Ok(Some(String::new())),
        _ => Ok(None),
    })?;
    let (_, wasm) = site.only(Program::Page, ".wasm")?;
    let scripts = format!(
        "<script type=\"application/octet-stream\" id=\"sourcier-wasm\">{}</script>\n{}{}\n{}\n\
         <script type=\"module\">{glue}{START}</script>",
        digest::base64(gzip(wasm)?),
        split::inline(site)?,
        exchange::inline(site)?,
        page_reader::inline(site)?
    );
    let page = html::insert_before_end_of(&page, "body", &scripts)?;
    check_self_contained(&page)?;
    Ok(page)
}

/// What stands in the page in place of a `link`.
fn link(site: &Site, element: &html::Element) -> Result<String> {
    let href = element.attribute("href").unwrap_or_default();
    match element.attribute("rel").unwrap_or_default() {
        "stylesheet" => {
            let css = std::str::from_utf8(site.file(href)?).map_err(|_| format!("{href} is not UTF-8"))?;
            if css.contains("</style") || css.contains("url(") {
                return Err(format!("{href}: a style sheet in the single file must not name other files"));
            }
            Ok(format!("<style>{css}</style>"))
        }
        "icon" => {
            let data = digest::base64(site.file(href)?);
            Ok(format!(r#"<link rel="icon" href="data:image/svg+xml;base64,{data}" />"#))
        }
        "preload" | "modulepreload" | "manifest" | "apple-touch-icon" => Ok(String::new()),
        rel => Err(format!("the single file does not know what to do with <link rel=\"{rel}\">")),
    }
}

/// Fails loudly where wasm-bindgen's JavaScript is not what [`START`] expects.
fn check_glue(glue: &str) -> Result<()> {
    if !glue.contains(&format!("async function {INIT}(")) {
        return Err(format!("wasm-bindgen's JavaScript has no `{INIT}`: mend single_file.rs"));
    }
    // Minified, an import need not be followed by a space, and stands before all else.
    let is_import = |line: &str| line.trim_start().starts_with("import ") || line.starts_with("import{");
    if glue.lines().any(is_import) {
        return Err("a dependency brings JavaScript snippets: the single file cannot import them".to_owned());
    }
    if glue.contains("</script") || glue.contains("<!--") {
        return Err("wasm-bindgen's JavaScript cannot stand inside a page as it is".to_owned());
    }
    Ok(())
}

fn check_self_contained(page: &str) -> Result<()> {
    for element in html::elements(page)? {
        let named = ["src", "href"].into_iter().find_map(|name| element.attribute(name));
        if let Some(named) = named.filter(|named| !named.starts_with("data:") && !named.starts_with('#')) {
            return Err(format!("the single file still names {named}"));
        }
    }
    Ok(())
}

pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    let written = encoder.write_all(bytes).and_then(|()| encoder.finish());
    written.map_err(|error| format!("gzip: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<head><link rel="stylesheet" href="./s.css"/><link rel="icon" href="i.svg"/>
<link rel="manifest" href="m.json"/><script>boot()</script><script type="module">import 'sourcier.js'</script></head>
<body></body>"#;
    const GLUE: &str = "async function __wbg_init(module_or_path) {}export{__wbg_init as default};";

    fn built(page: &str, glue: &str, css: &str) -> Result<String> {
        let files = [
            ("s.css", css),
            ("i.svg", "<svg/>"),
            ("sourcier.js", glue),
            ("sourcier_bg.wasm", "wasm"),
            ("exchange.js", "work()"),
            ("exchange_bg.wasm", "wasm"),
            ("dialogs_bg.wasm", "wasm"),
            ("shared_bg.wasm", "wasm"),
            ("page_reader.js", "read()"),
        ];
        let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
        super::page(&Site { page: page.to_owned(), files: files.collect() })
    }

    #[test]
    fn everything_stands_in_the_page() {
        let page = built(PAGE, GLUE, "p {}").unwrap();
        assert!(page.contains("<style>p {}</style>"), "{page}");
        assert!(page.contains("data:image/svg+xml;base64,PHN2Zy8+"), "{page}");
        assert!(page.contains("<script>boot()</script>"), "{page}");
        assert!(!page.contains("m.json") && !page.contains("import"), "{page}");
        let packed = page.split("id=\"sourcier-wasm\">").nth(1).unwrap().split('<').next().unwrap();
        assert!(packed.starts_with("H4sI"), "the mark of gzip: {packed}");
    }

    #[test]
    fn what_would_not_work_from_a_disk_is_an_error() {
        for import in ["import './snippets/x.js';", "import{x}from\"./snippets/x.js\";"] {
            let glue = format!("{import}\nasync function __wbg_init(");
            assert!(built(PAGE, &glue, "").is_err());
        }
        assert!(built(PAGE, "function init() {}", "").is_err());
        assert!(built(PAGE, GLUE, "p { background: url(a.png) }").is_err());
        let page = PAGE.replace("<body>", "<body><img src=\"a.png\">");
        assert!(built(&page, GLUE, "").is_err());
    }
}

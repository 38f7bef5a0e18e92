//! The worker of the formats: one script beside the page, or inside `sourcier.html`.
//!
//! `static/boot.js` starts it. From a host it loads the two files that a `meta` element names; in the
//! single file it finds them as data in the page.

use crate::{
    Result, digest, html, single_file,
    site::{Program, Site},
};

const START: &str = "exchange_start.js";
/// The line of [`START`] that loads wasm-bindgen's JavaScript while Trunk serves.
const IMPORT: &str = "importScripts(\"exchange.js\");";

/// Puts wasm-bindgen's JavaScript into the worker's own script, so that it is one file.
pub fn bundle(site: &mut Site) -> Result<()> {
    let start = site.files.remove(START).ok_or_else(|| format!("the build has no {START}"))?;
    let start = String::from_utf8(start).map_err(|_| format!("{START} is not UTF-8"))?;
    let glue = site.file("exchange.js")?;
    let glue = std::str::from_utf8(glue).map_err(|_| "exchange.js is not UTF-8")?;
    if start.matches(IMPORT).count() != 1 {
        return Err(format!("{START} must have this line once: {IMPORT}"));
    }
    let script = start.replacen(IMPORT, glue, 1);
    site.files.insert("exchange.js".to_owned(), script.into_bytes());
    Ok(())
}

/// The page with the names of the worker's files.
pub fn named(site: &Site) -> Result<String> {
    let (script, _) = site.only(Program::Exchange, ".js")?;
    let (wasm, _) = site.only(Program::Exchange, ".wasm")?;
    let meta = format!(r#"<meta name="sourcier-exchange" content="{script} {wasm}" />"#);
    html::insert_after_charset(&site.page, &meta)
}

/// The worker as data of the page.
pub fn inline(site: &Site) -> Result<String> {
    let (_, script) = site.only(Program::Exchange, ".js")?;
    let (_, wasm) = site.only(Program::Exchange, ".wasm")?;
    let data = |id: &str, bytes: &[u8]| -> Result<String> {
        let packed = digest::base64(single_file::gzip(bytes)?);
        Ok(format!("<script type=\"application/octet-stream\" id=\"{id}\">{packed}</script>"))
    };
    Ok(format!("{}\n{}", data("exchange-js", script)?, data("exchange-wasm", wasm)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(start: &str) -> Site {
        let files = [(START, start), ("exchange.js", "let wasm_bindgen;"), ("exchange_bg.wasm", "wasm")];
        let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
        Site { page: "<meta charset=\"utf-8\" />".to_owned(), files: files.collect() }
    }

    #[test]
    fn the_worker_is_one_script_that_the_page_names() {
        let mut site = site(include_str!("../../static/exchange_start.js"));
        bundle(&mut site).unwrap();
        let script = String::from_utf8(site.files["exchange.js"].clone()).unwrap();
        assert!(script.contains("let wasm_bindgen;") && !script.contains("importScripts"), "{script}");
        assert!(named(&site).unwrap().contains("content=\"exchange.js exchange_bg.wasm\""));
        assert_eq!(inline(&site).unwrap().matches("H4sI").count(), 2, "two files with the mark of gzip");
    }

    #[test]
    fn a_script_without_the_line_is_an_error() {
        assert!(bundle(&mut site("onmessage = null;")).is_err());
    }
}

//! What reads web pages: one script beside the page, or packed inside `sourcier.html`.
//!
//! `static/boot.js` runs it with the first web page. From a host it loads the file that a `meta` element
//! names; in the single file it unpacks the script and puts it into the page, whose policy has its hash.

use crate::{
    Result, csp, digest, html, single_file,
    site::{Program, Site},
};

const SCRIPT: &str = "page_reader.js";
const READABILITY: &str = "Readability.js";

/// Stays in what is published: Terser keeps such comments.
const LICENSE: &str = "/*! Readability 0.6.0, Copyright (c) 2010 Arc90 Inc, Apache License 2.0, \
                       http://www.apache.org/licenses/LICENSE-2.0 */";

/// Puts Readability before our own script and a function around both, so that neither has a name that
/// others see, and Terser drops what is not called.
pub fn bundle(site: &mut Site) -> Result<()> {
    let mut script = format!("{LICENSE}\n(() => {{\n");
    for path in [READABILITY, SCRIPT] {
        let code = site.files.remove(path).ok_or_else(|| format!("the build has no {path}"))?;
        script.push_str(&String::from_utf8(code).map_err(|_| format!("{path} is not UTF-8"))?);
    }
    script.push_str("})();\n");
    site.files.insert(SCRIPT.to_owned(), script.into_bytes());
    Ok(())
}

/// The page with the name of the script.
pub fn named(site: &Site) -> Result<String> {
    let (script, _) = site.only(Program::PageReader, ".js")?;
    let meta = format!(r#"<meta name="sourcier-page-reader" content="{script}" />"#);
    html::insert_after_charset(&site.page, &meta)
}

/// The script as data of the page, with its hash for the policy.
pub fn inline(site: &Site) -> Result<String> {
    let (path, script) = site.only(Program::PageReader, ".js")?;
    let text = std::str::from_utf8(script).map_err(|_| format!("{path} is not UTF-8"))?;
    let (packed, source) = (digest::base64(single_file::gzip(script)?), digest::csp_source(text));
    Ok(format!(
        "<script type=\"application/octet-stream\" id=\"page-reader\" {}=\"{source}\">{packed}</script>",
        csp::UNPACKED_SOURCE
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reader_is_one_script_that_the_page_names_or_holds() {
        let files = [(READABILITY, "function Readability() {}\n"), (SCRIPT, "new Readability();\n")];
        let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
        let mut site = Site { page: "<meta charset=\"utf-8\" />".to_owned(), files: files.collect() };
        bundle(&mut site).unwrap();
        let script =
            format!("{LICENSE}\n(() => {{\nfunction Readability() {{}}\nnew Readability();\n}})();\n");
        assert_eq!(site.files[SCRIPT], script.as_bytes());
        assert!(named(&site).unwrap().contains("content=\"page_reader.js\""));
        let inline = inline(&site).unwrap();
        assert!(inline.contains(&digest::csp_source(&script)) && inline.contains(">H4sI"), "{inline}");
        assert!(bundle(&mut site).is_err());
    }
}

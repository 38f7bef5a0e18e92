//! The worker of the formats: one script beside the page, or inside `sourcier.html`.
//!
//! `static/boot.js` starts it. From a host it loads the file that a `meta` element names, and the program; in
//! the single file all of that is data in the page.

use crate::{
    Result, digest, html, single_file,
    site::{Program, Site},
};

const START: &str = "exchange_start.js";
/// The line of [`START`] that imports a module while Trunk serves, and the module.
const IMPORT: &str = "import { unzipSync, Zip, ZipDeflate } from \"./fflate.js\";";
const MODULE: &str = "fflate.js";

/// Puts the module into the worker's own script, so that it is one file: Terser then drops what is
/// not called.
pub fn bundle(site: &mut Site) -> Result<()> {
    let start = site.files.remove(START).ok_or_else(|| format!("the build has no {START}"))?;
    let mut script = String::from_utf8(start).map_err(|_| format!("{START} is not UTF-8"))?;
    if script.matches(IMPORT).count() != 1 {
        return Err(format!("{START} must have this line once: {IMPORT}"));
    }
    let code = std::str::from_utf8(site.file(MODULE)?).map_err(|_| format!("{MODULE} is not UTF-8"))?;
    script = script.replacen(IMPORT, &without_exports(code), 1);
    site.files.remove(MODULE);
    site.files.insert("exchange.js".to_owned(), script.into_bytes());
    Ok(())
}

/// A module's code as part of another: its declarations stay, the lists of what it exports go.
fn without_exports(code: &str) -> String {
    let mut plain = String::with_capacity(code.len());
    for line in code.split_inclusive('\n') {
        match line.strip_prefix("export ") {
            Some(list) if list.starts_with('{') && list.trim_end().ends_with(';') => {}
            Some(declaration) => plain.push_str(declaration),
            None => plain.push_str(line),
        }
    }
    plain
}

/// The page with the name of the script.
pub fn named(site: &Site) -> Result<String> {
    let (script, _) = site.only(Program::Exchange, ".js")?;
    let meta = format!(r#"<meta name="sourcier-worker" content="{script}" />"#);
    html::insert_after_charset(&site.page, &meta)
}

/// The worker as data of the page. Browsers load no module from a disk: wasm-bindgen's JavaScript stands
/// in the worker's script once more, without its exports, and finds no address of its own.
pub fn inline(site: &Site) -> Result<String> {
    let (path, glue) = site.only(Program::Page, ".js")?;
    let glue = std::str::from_utf8(glue).map_err(|_| format!("{path} is not UTF-8"))?;
    let (glue, _) = glue.rsplit_once("export{").ok_or_else(|| format!("{path} exports nothing"))?;
    let glue = glue.replace("import.meta.url", "location.href");
    let (path, script) = site.only(Program::Exchange, ".js")?;
    let script = std::str::from_utf8(script).map_err(|_| format!("{path} is not UTF-8"))?;
    let init = single_file::INIT;
    let script = format!("self.sourcierInit = (() => {{\n{glue}\nreturn {init};\n}})();\n{script}");
    let packed = digest::base64(single_file::gzip(script.as_bytes())?);
    Ok(format!("<script type=\"application/octet-stream\" id=\"exchange-js\">{packed}</script>"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(start: &str) -> Site {
        let files = [
            (START, start),
            ("sourcier.js", "async function __wbg_init(){import.meta.url}export{__wbg_init as default};"),
            ("fflate.js", "export { Zip };\nexport function zipSync() {}\n"),
        ];
        let files = files.into_iter().map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()));
        Site { page: "<meta charset=\"utf-8\" />".to_owned(), files: files.collect() }
    }

    #[test]
    fn the_worker_is_one_script_that_the_page_names() {
        let mut site = site(include_str!("../../static/exchange_start.js"));
        bundle(&mut site).unwrap();
        let script = String::from_utf8(site.files["exchange.js"].clone()).unwrap();
        let lines: Vec<&str> = script.lines().filter(|line| !line.starts_with("//")).collect();
        assert!(lines.contains(&"function zipSync() {}"), "{script}");
        assert!(lines.iter().all(|line| !line.starts_with("import ") && !line.starts_with("export ")));
        assert!(named(&site).unwrap().contains("content=\"exchange.js\""));
        assert_eq!(inline(&site).unwrap().matches("H4sI").count(), 1, "the mark of gzip");
        site.files.insert("sourcier.js".to_owned(), b"function __wbg_init(){}".to_vec());
        assert!(inline(&site).is_err(), "other JavaScript than expected");
    }

    #[test]
    fn a_script_without_the_lines_is_an_error() {
        assert!(bundle(&mut site("onmessage = null;")).is_err());
    }
}

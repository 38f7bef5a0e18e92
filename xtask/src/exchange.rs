//! The worker of the formats: one script beside the page, or inside `sourcier.html`.
//!
//! `static/boot.js` starts it. From a host it loads the two files that a `meta` element names; in the
//! single file it finds them as data in the page.

use crate::{
    Result, digest, html, single_file,
    site::{Program, Site},
};

const START: &str = "exchange_start.js";
/// The lines of [`START`] that import modules while Trunk serves, and the modules.
const IMPORTS: [(&str, &str); 2] = [
    ("import init from \"./exchange.js\";", "exchange.js"),
    ("import { unzipSync, Zip, ZipDeflate } from \"./fflate.js\";", "fflate.js"),
];
/// What [`START`] calls the function that loads the wasm.
const INIT_ALIAS: &str = "const init = __wbg_init;";

/// Puts the modules into the worker's own script, so that it is one file: Terser then drops what is
/// not called.
pub fn bundle(site: &mut Site) -> Result<()> {
    let start = site.files.remove(START).ok_or_else(|| format!("the build has no {START}"))?;
    let mut script = String::from_utf8(start).map_err(|_| format!("{START} is not UTF-8"))?;
    for (import, module) in IMPORTS {
        if script.matches(import).count() != 1 {
            return Err(format!("{START} must have this line once: {import}"));
        }
        let code = std::str::from_utf8(site.file(module)?).map_err(|_| format!("{module} is not UTF-8"))?;
        script = script.replacen(import, &without_exports(code), 1);
        site.files.remove(module);
    }
    // Browsers load no module from a disk: as a classic script the worker has no address of its own,
    // and gets the wasm from the page.
    let script = format!("{INIT_ALIAS}\n{script}").replace("import.meta.url", "location.href");
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
        let files = [
            (START, start),
            (
                "exchange.js",
                "async function __wbg_init() { import.meta.url }\nexport { a, __wbg_init as default };\n",
            ),
            ("fflate.js", "export { Zip };\nexport function zipSync() {}\n"),
            ("exchange_bg.wasm", "wasm"),
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
        assert!(lines.contains(&"async function __wbg_init() { location.href }"), "{script}");
        assert!(lines.contains(&"function zipSync() {}"), "{script}");
        assert!(lines.iter().all(|line| !line.starts_with("import ") && !line.starts_with("export ")));
        assert!(named(&site).unwrap().contains("content=\"exchange.js exchange_bg.wasm\""));
        assert_eq!(inline(&site).unwrap().matches("H4sI").count(), 2, "two files with the mark of gzip");
    }

    #[test]
    fn a_script_without_the_lines_is_an_error() {
        assert!(bundle(&mut site("onmessage = null;")).is_err());
    }
}

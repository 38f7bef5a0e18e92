//! Fills `static/sw.js`: the list of the release's files with their hashes, and its version.

use crate::{Result, digest};
use std::collections::BTreeMap;

/// The line of the template that this module writes anew.
const PLACEHOLDER: &str = "const RELEASE = { version: \"\", files: {} };";

/// The service worker for a release of exactly these files. The version is a hash over the files and
/// the worker itself: any change of either gives a new one, and with it a new cache.
pub fn script(template: &str, files: &BTreeMap<String, Vec<u8>>) -> Result<String> {
    if template.matches(PLACEHOLDER).count() != 1 {
        return Err(format!("static/sw.js must have this line once: {PLACEHOLDER}"));
    }
    let entry =
        |(path, bytes): (&String, &Vec<u8>)| format!("\n  \"{path}\": \"{}\",", digest::sha256_hex(bytes));
    let list: String = files.iter().map(entry).collect();
    let version = &digest::sha256_hex(format!("{list}{template}").as_bytes())[..16];
    let release = format!("const RELEASE = {{ version: \"{version}\", files: {{{list}\n}} }};");
    Ok(template.replacen(PLACEHOLDER, &release, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn version(template: &str, content: &str) -> String {
        let files = BTreeMap::from([("index.html".to_owned(), content.as_bytes().to_vec())]);
        let script = script(template, &files).unwrap();
        assert!(script.contains(&format!("\"index.html\": \"{}\"", digest::sha256_hex(content.as_bytes()))));
        script.split('"').nth(1).unwrap().to_owned()
    }

    #[test]
    fn any_change_gives_a_new_version() {
        let template = include_str!("../../static/sw.js").split("// Written by").next().unwrap();
        let template = &template[template.find("const RELEASE").unwrap()..];
        let first = version(template, "one");
        assert_eq!(first.len(), 16);
        assert_eq!(first, version(template, "one"));
        assert_ne!(first, version(template, "two"));
        assert_ne!(first, version(&format!("{template}// changed"), "one"));
    }

    #[test]
    fn a_template_without_the_line_is_an_error() {
        assert!(script("const VERSION = 1;", &BTreeMap::new()).is_err());
    }
}

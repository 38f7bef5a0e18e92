//! The Content-Security-Policy of the page, with the hashes of what stands in the page itself.
//!
//! It is a `meta` element and not a header, so that it holds on any host and from a disk. The browser
//! applies it to what comes after it: it has to be the first thing after the charset.

use crate::{Result, digest, html};

/// The attribute of a packed script that has the hash of the unpacked one.
pub const UNPACKED_SOURCE: &str = "data-unpacked";

/// Which of the two pages.
#[derive(Clone, Copy, PartialEq)]
pub enum Page {
    /// index.html, with its files beside it.
    Hosted,
    /// sourcier.html: everything inside, and nothing to fetch.
    SingleFile,
}

/// The page with its policy. Fails on an inline event handler: no hash can allow it.
pub fn with_policy(page: &str, kind: Page) -> Result<String> {
    let policy = policy(page, kind)?;
    let meta = format!(r#"<meta http-equiv="Content-Security-Policy" content="{policy}" />"#);
    html::insert_after_charset(page, &meta)
}

fn policy(page: &str, kind: Page) -> Result<String> {
    let (mut scripts, mut styles) = (String::new(), String::new());
    for element in html::elements(page)? {
        if let Some((name, _)) = element.attributes().find(|(name, _)| name.starts_with("on")) {
            return Err(format!(
                "<{} {name}=…> cannot run under the policy: listen in boot.js",
                element.name
            ));
        }
        let is_inline_script = element.name == "script" && element.attribute("src").is_none();
        let sources = match element.name {
            "script" if is_inline_script && runs(element.attribute("type")) => &mut scripts,
            "style" => &mut styles,
            _ => continue,
        };
        sources.push_str(&format!(" '{}'", digest::csp_source(element.text)));
    }
    for element in html::elements(page)? {
        // A script that stands packed in the page, and runs when it is needed.
        if let Some(source) = element.attribute(UNPACKED_SOURCE) {
            scripts.push_str(&format!(" '{source}'"));
        }
    }
    Ok(match kind {
        Page::Hosted => format!(
            "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'{scripts}; style-src 'self'{styles}; \
             style-src-attr 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; \
             worker-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
        ),
        Page::SingleFile => format!(
            "default-src 'none'; script-src 'wasm-unsafe-eval'{scripts}; style-src{styles}; \
             style-src-attr 'unsafe-inline'; img-src data: blob:; connect-src 'none'; \
             worker-src blob:; base-uri 'none'; form-action 'none'"
        ),
    })
}

/// Whether a script of that type is code and not data.
fn runs(script_type: Option<&str>) -> bool {
    matches!(script_type, None | Some("" | "module" | "text/javascript"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<head><meta charset="utf-8" /><script>go()</script><script src="a.js"></script>
<script type="text/plain">data</script><style>p{}</style></head>"#;

    #[test]
    fn the_policy_comes_first_and_names_each_inline_text() {
        let page = with_policy(PAGE, Page::Hosted).unwrap();
        assert!(page.starts_with("<head><meta charset=\"utf-8\" />\n    <meta http-equiv"), "{page}");
        let script = digest::csp_source("go()");
        assert!(page.contains(&format!("script-src 'self' 'wasm-unsafe-eval' '{script}';")), "{page}");
        assert!(page.contains(&format!("style-src 'self' '{}';", digest::csp_source("p{}"))), "{page}");
    }

    #[test]
    fn a_packed_script_may_run() {
        let packed = r#"<script type="text/plain" data-unpacked="sha256-x">H4sI</script></head>"#;
        let page = with_policy(&PAGE.replace("</head>", packed), Page::SingleFile).unwrap();
        assert!(page.contains(" 'sha256-x';"), "{page}");
    }

    #[test]
    fn the_single_file_may_fetch_nothing() {
        let page = with_policy(PAGE, Page::SingleFile).unwrap();
        assert!(page.contains("connect-src 'none'") && !page.contains("'self'"), "{page}");
    }

    #[test]
    fn refuses_what_it_cannot_cover() {
        assert!(with_policy(r#"<meta charset="utf-8"><button onclick="go()">"#, Page::Hosted).is_err());
        assert!(with_policy("<head></head>", Page::Hosted).is_err());
    }
}

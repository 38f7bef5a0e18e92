//! A built site in memory: the page, and the files that lie beside it.

use crate::{Result, digest, html};
use std::{collections::BTreeMap, fs, path::Path};

/// What a site is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Program {
    /// What the first screen needs, and the worker too: a wasm and its JavaScript.
    Page,
    /// What the next two need, loaded with the first of them.
    Shared,
    /// The dialogs, loaded when the first screen is painted.
    Dialogs,
    /// What only the worker of the formats needs, and its script, loaded when first needed.
    Exchange,
    /// What reads web pages, loaded with the first of them: a script.
    PageReader,
}

impl Program {
    /// The parts of the program beside the first.
    pub const PARTS: [Program; 3] = [Program::Shared, Program::Dialogs, Program::Exchange];

    /// What the names of its files start with.
    pub fn stem(self) -> &'static str {
        match self {
            Program::Page => "sourcier",
            Program::Shared => "shared",
            Program::Dialogs => "dialogs",
            Program::Exchange => "exchange",
            Program::PageReader => "page_reader",
        }
    }
}

pub struct Site {
    /// index.html.
    pub page: String,
    /// Every other file by its path in the site, with `/` between folders.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Site {
    pub fn read(dir: &Path) -> Result<Site> {
        let mut files = BTreeMap::new();
        read_dir(dir, "", &mut files)?;
        let page = files.remove("index.html").ok_or("the build has no index.html")?;
        let page = String::from_utf8(page).map_err(|_| "index.html is not UTF-8")?;
        Ok(Site { page, files })
    }

    /// The only file of a program whose name ends so.
    pub fn only(&self, program: Program, ending: &str) -> Result<(&str, &[u8])> {
        let stem = program.stem();
        let is_it = |path: &str| path.starts_with(stem) && path.ends_with(ending);
        let mut found = self.files.iter().filter(|(path, _)| is_it(path));
        match (found.next(), found.next()) {
            (Some((path, bytes)), None) => Ok((path, bytes)),
            (None, _) => Err(format!("the build has no {stem}*{ending}")),
            _ => Err(format!("the build has more than one {stem}*{ending}")),
        }
    }

    /// The file that an element of the page names.
    pub fn file(&self, href: &str) -> Result<&[u8]> {
        let path = href.strip_prefix("./").unwrap_or(href);
        let bytes =
            self.files.get(path).ok_or_else(|| format!("the page names {href}, which is not there"))?;
        Ok(bytes)
    }

    /// Puts `bytes` in place of the file `path`, under a name made from their hash, also in the page.
    pub fn replace(&mut self, program: Program, path: &str, ending: &str, bytes: Vec<u8>) -> Result<()> {
        self.files.remove(path).ok_or_else(|| format!("{path} is not there"))?;
        let name = hashed_name(program, ending, &bytes);
        self.page = self.page.replace(path, &name);
        self.files.insert(name, bytes);
        Ok(())
    }

    /// Joins the style sheets, in the order of the page, into one without comments: one request, and
    /// it compresses better.
    pub fn join_styles(&mut self) -> Result<()> {
        let is_style = |element: &html::Element| element.is("link", "rel", "stylesheet");
        let elements = html::elements(&self.page)?;
        let styles = elements.iter().filter(|element| is_style(element));
        let paths: Vec<String> = styles
            .filter_map(|element| element.attribute("href"))
            .map(|href| href.trim_start_matches("./").to_owned())
            .collect();
        let mut joined = String::new();
        for path in &paths {
            let text = std::str::from_utf8(self.file(path)?).map_err(|_| format!("{path} is not UTF-8"))?;
            if text.contains("@import") {
                return Err(format!("{path}: name each style sheet in index.html, not by @import"));
            }
            joined.push_str(&without_comments(text));
        }
        let name = hashed_name(Program::Page, ".css", joined.as_bytes());
        let link = format!(r#"<link rel="stylesheet" href="./{name}" />"#);
        let mut link = Some(link);
        self.page = html::rewrite(&self.page, |element| {
            Ok(is_style(element).then(|| link.take().unwrap_or_default()))
        })?;
        paths.iter().for_each(|path| drop(self.files.remove(path)));
        self.files.insert(name, joined.into_bytes());
        Ok(())
    }

    /// Writes everything into an empty `dir`.
    pub fn write(&self, dir: &Path) -> Result<()> {
        let failed = |error| format!("cannot write {}: {error}", dir.display());
        if dir.exists() {
            fs::remove_dir_all(dir).map_err(failed)?;
        }
        let page = (&"index.html".to_owned(), &self.page.clone().into_bytes());
        for (path, bytes) in self.files.iter().chain([page]) {
            let path = dir.join(path);
            fs::create_dir_all(path.parent().expect("a file lies in a folder")).map_err(failed)?;
            fs::write(path, bytes).map_err(failed)?;
        }
        Ok(())
    }
}

fn hashed_name(program: Program, ending: &str, bytes: &[u8]) -> String {
    format!("{}-{}{ending}", program.stem(), &digest::sha256_hex(bytes)[..16])
}

fn read_dir(dir: &Path, prefix: &str, files: &mut BTreeMap<String, Vec<u8>>) -> Result<()> {
    let failed = |error| format!("cannot read {}: {error}", dir.display());
    for entry in fs::read_dir(dir).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            read_dir(&path, &format!("{name}/"), files)?;
        } else {
            files.insert(name, fs::read(&path).map_err(failed)?);
        }
    }
    Ok(())
}

/// The style sheet without comments and without the blank lines and indentation around them. What
/// looks like a comment inside a string must not be one: our sheets have no such string.
fn without_comments(css: &str) -> String {
    let mut rest = css;
    let mut code = String::with_capacity(css.len());
    while let Some((before, after)) = rest.split_once("/*") {
        code.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, after)| after);
    }
    code.push_str(rest);
    let lines = code.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.map(|line| format!("{line}\n")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(page: &str, files: &[(&str, &str)]) -> Site {
        let files = files.iter().map(|(path, text)| ((*path).to_owned(), text.as_bytes().to_vec()));
        Site { page: page.to_owned(), files: files.collect() }
    }

    #[test]
    fn a_replaced_file_is_known_by_its_new_name() {
        let files = [("a.wasm", "old"), ("exchange_bg.wasm", "other")];
        let mut site = site(r#"<link href="./a.wasm"> init('./a.wasm')"#, &files);
        site.replace(Program::Page, "a.wasm", ".wasm", b"new".to_vec()).unwrap();
        let (name, bytes) = site.only(Program::Page, ".wasm").unwrap();
        assert_eq!((name, bytes), (hashed_name(Program::Page, ".wasm", b"new").as_str(), b"new".as_slice()));
        assert_eq!(site.only(Program::Exchange, ".wasm").unwrap().1, b"other");
        assert_eq!(site.page, format!(r#"<link href="./{name}"> init('./{name}')"#));
    }

    #[test]
    fn joins_style_sheets_in_their_order() {
        let page = r#"<link rel="stylesheet" href="./b.css"/>
<link rel="stylesheet" href="./a.css"/>"#;
        let mut joined = site(page, &[("a.css", "/* why */\na {\n  x: y;\n}"), ("b.css", "b {}\n")]);
        joined.join_styles().unwrap();
        let (name, bytes) = joined.only(Program::Page, ".css").unwrap();
        assert_eq!(std::str::from_utf8(bytes).unwrap(), "b {}\na {\nx: y;\n}\n");
        assert_eq!(joined.page.matches(name).count(), 1, "{}", joined.page);
        assert!(site(page, &[("a.css", "@import 'c.css'"), ("b.css", "")]).join_styles().is_err());
        assert!(site(page, &[]).join_styles().is_err(), "a sheet that is not there");
    }
}

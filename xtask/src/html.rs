//! Just enough of an HTML reader for our own page, as Trunk writes it.
//!
//! It knows start tags with their attributes, comments, and the raw text of `script` and `style`.
//! Every change of the page goes through [`rewrite`], so that nothing inside a script is ever taken
//! for a tag.

use crate::Result;
use std::ops::Range;

/// A start tag, and for `script` and `style` all up to and with the end tag.
#[derive(Debug)]
pub struct Element<'a> {
    /// As written, lower case in our page.
    pub name: &'a str,
    attributes: Vec<(&'a str, &'a str)>,
    /// The text of a `script` or `style`; empty for every other element.
    pub text: &'a str,
    /// Bytes in the page.
    pub range: Range<usize>,
}

impl<'a> Element<'a> {
    /// The attribute's value as written, empty for one without a value.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes().find(|(key, _)| *key == name).map(|(_, value)| value)
    }

    pub fn attributes(&self) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.attributes.iter().copied()
    }

    pub fn is(&self, name: &str, attribute: &str, value: &str) -> bool {
        self.name == name && self.attribute(attribute) == Some(value)
    }
}

/// All elements in the order of their start tags.
pub fn elements(html: &str) -> Result<Vec<Element<'_>>> {
    let mut elements = Vec::new();
    let mut at = 0;
    while let Some(found) = html[at..].find('<') {
        let start = at + found;
        let rest = &html[start..];
        if rest.starts_with("<!--") {
            at = start + rest.find("-->").ok_or("a comment in the page has no end")? + 3;
        } else if rest[1..].starts_with(|next: char| next.is_ascii_alphabetic()) {
            let element = element_at(html, start)?;
            at = element.range.end;
            elements.push(element);
        } else {
            at = start + 1;
        }
    }
    Ok(elements)
}

/// The page with each element replaced for which `replacement` gives a text.
pub fn rewrite(
    html: &str,
    mut replacement: impl FnMut(&Element) -> Result<Option<String>>,
) -> Result<String> {
    let mut page = String::with_capacity(html.len());
    let mut done = 0;
    for element in elements(html)? {
        if let Some(text) = replacement(&element)? {
            page.push_str(&html[done..element.range.start]);
            page.push_str(&text);
            done = element.range.end;
        }
    }
    page.push_str(&html[done..]);
    Ok(page)
}

/// The page with `text` on a line of its own after its `<meta charset>`, where it counts for all that
/// follows.
pub fn insert_after_charset(html: &str, text: &str) -> Result<String> {
    let elements = elements(html)?;
    let mut charsets =
        elements.iter().filter(|element| element.name == "meta" && element.attribute("charset").is_some());
    let at = charsets.next().ok_or("the page has no <meta charset>")?.range.end;
    Ok(format!("{}\n    {text}{}", &html[..at], &html[at..]))
}

/// The page with `text` on a line of its own before its only `</tag>`.
pub fn insert_before_end_of(html: &str, tag: &str, text: &str) -> Result<String> {
    let end_tag = format!("</{tag}>");
    let at = html.rfind(&end_tag).ok_or_else(|| format!("the page has no {end_tag}"))?;
    Ok(format!("{}{text}\n{}", &html[..at], &html[at..]))
}

fn element_at(html: &str, start: usize) -> Result<Element<'_>> {
    let tag_end = start + tag_length(&html[start..]).ok_or("a tag in the page has no end")?;
    let tag = &html[start + 1..tag_end - 1];
    let name_length = tag.find(|next: char| next.is_whitespace() || next == '/').unwrap_or(tag.len());
    let (name, attributes) = tag.split_at(name_length);
    let (mut text, mut end) = ("", tag_end);
    if name == "script" || name == "style" {
        let end_tag = format!("</{name}>");
        let length = html[tag_end..].find(&end_tag).ok_or_else(|| format!("a <{name}> has no end"))?;
        text = &html[tag_end..tag_end + length];
        end = tag_end + length + end_tag.len();
    }
    Ok(Element { name, attributes: attributes_in(attributes), text, range: start..end })
}

/// The length of the tag at the start of `html`, with both its brackets.
fn tag_length(html: &str) -> Option<usize> {
    let mut quote = None;
    for (index, next) in html.char_indices() {
        match (quote, next) {
            (None, '>') => return Some(index + 1),
            (None, '"' | '\'') => quote = Some(next),
            (Some(open), _) if open == next => quote = None,
            _ => {}
        }
    }
    None
}

fn attributes_in(mut rest: &str) -> Vec<(&str, &str)> {
    let mut attributes = Vec::new();
    loop {
        rest = rest.trim_start_matches(|next: char| next.is_whitespace() || next == '/');
        if rest.is_empty() {
            return attributes;
        }
        let end = rest.find(|next: char| next.is_whitespace() || next == '=').unwrap_or(rest.len());
        let (name, after) = rest.split_at(end);
        let (value, after) = match after.strip_prefix('=') {
            None => ("", after),
            Some(after) => value_at(after),
        };
        attributes.push((name, value));
        rest = after;
    }
}

/// The value at the start of `text`, quoted or bare, and what follows it.
fn value_at(text: &str) -> (&str, &str) {
    let quote = text.chars().next().filter(|first| matches!(first, '"' | '\''));
    let Some(quote) = quote else {
        return text.split_at(text.find(char::is_whitespace).unwrap_or(text.len()));
    };
    text[1..].split_once(quote).unwrap_or((&text[1..], ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html>
<html lang="fr"><!-- <link rel="no"> --><head><link rel=icon href='a>b.svg' hidden />
<script>if (1 < 2) "<link>"</script></head><body><p>1 < 2</p></body></html>"#;

    #[test]
    fn reads_tags_but_not_what_looks_like_one() {
        let elements = elements(PAGE).unwrap();
        let names: Vec<_> = elements.iter().map(|element| element.name).collect();
        assert_eq!(names, ["html", "head", "link", "script", "body", "p"]);
        assert_eq!(elements[2].attribute("href"), Some("a>b.svg"));
        assert_eq!(elements[2].attribute("hidden"), Some(""));
        assert!(elements[2].is("link", "rel", "icon"));
        assert_eq!(elements[3].text, r#"if (1 < 2) "<link>""#);
    }

    #[test]
    fn rewrites_and_leaves_the_rest_alone() {
        let same = rewrite(PAGE, |_| Ok(None)).unwrap();
        assert_eq!(same, PAGE);
        let page = rewrite(PAGE, |element| Ok((element.name == "script").then(String::new))).unwrap();
        assert!(page.contains("hidden />\n</head>"), "{page}");
        assert!(insert_before_end_of(PAGE, "body", "x").unwrap().contains("</p>x\n</body>"));
        assert!(insert_before_end_of(PAGE, "main", "x").is_err());
    }
}

//! The plain text of what stands in a page, and how it was laid out.
//!
//! Paragraphs are separated by a blank line; items of lists and rows of tables stand on lines of their
//! own, cells are separated by a tab. White space is one space, as HTML has it, but for what is
//! preformatted. A no-break space is a character like any other.

use std::rc::Rc;

use sourcier::json::Value;
use sourcier::model::structure::{LIST_LEVEL_MAX, Part, PartKind};
use sourcier::text::span::TextSpan;
use sourcier::text::unicode::lower_case;

/// How many headings of a page are compared with the headline, and how many parts of each.
const HEADING_COUNT_MAX: usize = 20;
const HEADING_PART_COUNT_MAX: usize = 200;
/// How many quotes, headings, items and links in each other are told apart.
const OPEN_COUNT_MAX: usize = 250;

/// What must come before the next words. A later one is stronger.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Tab,
    Line,
    BlankLine,
}

/// A text, and the parts of it that are something.
#[derive(Debug, Default, PartialEq)]
pub struct Laid {
    pub text: String,
    pub parts: Vec<Part>,
}

#[derive(Default)]
struct Writer {
    text: String,
    gap: Gap,
    /// How many elements with preformatted text are open.
    pre_depth: usize,
    /// The lists that are open: the number of the last item, where they are ordered.
    lists: Vec<Option<u32>>,
    /// The elements that are open and become parts, the outermost first.
    open: Vec<Open>,
    /// How many of `open`, from the end, wait for their first words.
    waiting: usize,
    parts: Vec<Part>,
}

/// An element that becomes a part.
struct Open {
    name: Rc<str>,
    kind: PartKind,
    /// In bytes, where it has words.
    start: usize,
    /// In bytes, where it ends before its element does: an item, at the list inside it.
    end: Option<usize>,
}

/// The text of a content; what is not as it should be is left out. O(size of the content).
pub fn of_content(content: &Value) -> Laid {
    let mut writer = Writer::default();
    for part in content.as_array().into_iter().flatten() {
        match part {
            Value::String(words) => writer.words(words),
            Value::Array(element) => writer.element(element),
            _ => {}
        }
    }
    Laid { text: writer.text, parts: writer.parts }
}

/// The text of an article that was found in a page. The headline is its first paragraph, where the
/// page has it as its heading: whoever looks for the article takes the heading for a part of the page.
pub fn of_article(content: &Value, whole: &Value, headline: &str) -> Laid {
    let mut laid = of_content(content);
    let heading = headings(whole).find(|heading| is_same(heading, headline));
    let Some(heading) = heading.filter(|heading| !laid.text.lines().any(|line| is_same(line, heading)))
    else {
        return laid;
    };
    let gap = if laid.text.is_empty() { "" } else { "\n\n" };
    let len = heading.len() + gap.len();
    let moved = |it: Part| part(it.kind, it.span.range().start + len, it.span.range().end + len);
    let parts = laid.parts.into_iter().filter_map(moved);
    laid.parts = part(PartKind::Heading { level: 1 }, 0, heading.len()).into_iter().chain(parts).collect();
    laid.text = [&heading, gap, &laid.text].concat();
    laid
}

fn part(kind: PartKind, start: usize, end: usize) -> Option<Part> {
    Some(Part { kind, span: TextSpan::from_range(start..end)? })
}

/// The words of the first headings of the first level.
fn headings(content: &Value) -> impl Iterator<Item = String> {
    let parts = content.as_array().unwrap_or_default();
    let starts =
        parts.iter().enumerate().filter(|(_, part)| part[0].as_str() == Some("h1")).take(HEADING_COUNT_MAX);
    starts.map(|(start, _)| {
        let inside = parts[start..]
            .iter()
            .take(HEADING_PART_COUNT_MAX)
            .take_while(|part| part[0].as_str() != Some("/h1"));
        let mut writer = Writer::default();
        inside.filter_map(Value::as_str).for_each(|words| writer.words(words));
        writer.text
    })
}

fn is_same(one: &str, other: &str) -> bool {
    let words = |text: &str| -> Vec<String> { text.split_whitespace().map(lower_case).collect() };
    !one.trim().is_empty() && words(one) == words(other)
}

impl Writer {
    fn words(&mut self, words: &str) {
        if self.pre_depth > 0 {
            self.close_gap();
            self.text.push_str(words);
            return;
        }
        for next in words.chars() {
            if matches!(next, ' ' | '\t' | '\n' | '\r' | '\u{c}') {
                self.raise(Gap::Space);
            } else {
                self.close_gap();
                self.text.push(next);
            }
        }
    }

    /// The start or end of an element.
    fn element(&mut self, element: &[Value]) {
        let tag = element.first().and_then(Value::as_str).unwrap_or_default();
        let name = tag.strip_prefix('/').unwrap_or(tag);
        let change = |depth: usize| match tag == name {
            true => depth + 1,
            false => depth.saturating_sub(1),
        };
        // Paragraphs of one item do not make it look like several.
        let paragraph = if !self.lists.is_empty() { Gap::Line } else { Gap::BlankLine };
        match name {
            "br" if self.gap >= Gap::Line => self.raise(Gap::BlankLine),
            "br" | "li" | "dt" | "tr" => self.raise(Gap::Line),
            "td" => self.raise(Gap::Tab),
            "ul" | "ol" if tag == name => {
                self.raise(paragraph);
                let end = self.text.len();
                // What an item holds of inner lists is theirs.
                for item in self.open.iter_mut().filter(|open| &*open.name == "li") {
                    item.end.get_or_insert(end);
                }
                self.lists.push((name == "ol").then_some(0));
            }
            "ul" | "ol" => {
                self.lists.pop();
                self.raise(if self.lists.is_empty() { Gap::BlankLine } else { Gap::Line });
            }
            "pre" => {
                self.raise(Gap::BlankLine);
                self.pre_depth = change(self.pre_depth);
            }
            "div" | "p" | "blockquote" | "figcaption" | "table" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
                self.raise(paragraph);
            }
            _ => {}
        }
        if tag == name {
            self.begin(name, element.get(1).and_then(Value::as_str));
        } else {
            self.end(name);
        }
    }

    fn begin(&mut self, name: &str, address: Option<&str>) {
        let kind = match (name.as_bytes(), address) {
            ([b'h', level @ b'1'..=b'6'], _) => PartKind::Heading { level: level - b'0' },
            (b"blockquote", _) => PartKind::Quote,
            (b"a", Some(address)) => PartKind::Link { address: Rc::from(address) },
            (b"li", _) => {
                let number = self.lists.last_mut().and_then(Option::as_mut).map(|number| {
                    *number += 1;
                    *number
                });
                let level = self.lists.len().clamp(1, LIST_LEVEL_MAX.into()) as u8;
                PartKind::Item { level, number }
            }
            _ => return,
        };
        if self.open.len() == OPEN_COUNT_MAX {
            return;
        }
        self.open.push(Open { name: Rc::from(name), kind, start: usize::MAX, end: None });
        self.waiting += 1;
    }

    /// Elements end in the turned order of their starts; where a page says otherwise, no part is made.
    fn end(&mut self, name: &str) {
        let Some(open) = self.open.pop_if(|open| *open.name == *name) else { return };
        if self.waiting > 0 {
            self.waiting -= 1;
            return;
        }
        let end = open.end.unwrap_or(self.text.len());
        // A quote in a quote is a part of that, and so is a heading in an item.
        let is_quote = |kind: &PartKind| *kind == PartKind::Quote;
        let is_link = |kind: &PartKind| matches!(kind, PartKind::Link { .. });
        let is_around = |other: &Open| {
            other.end.is_none() && !is_link(&other.kind) && is_quote(&other.kind) == is_quote(&open.kind)
        };
        if is_link(&open.kind) || !self.open.iter().any(is_around) {
            self.parts.extend(part(open.kind, open.start, end));
        }
    }

    fn raise(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    /// What comes before the next words; before the first ones nothing.
    fn close_gap(&mut self) {
        let gap = std::mem::take(&mut self.gap);
        if !self.text.is_empty() {
            self.write_gap(gap);
        }
        self.start_waiting();
    }

    fn write_gap(&mut self, gap: Gap) {
        // Preformatted text may end in line breaks.
        let breaks = self.text.bytes().rev().take(2).take_while(|byte| *byte == b'\n').count();
        match gap {
            Gap::None => {}
            Gap::Space => self.text.push(' '),
            Gap::Tab => self.text.push('\t'),
            Gap::Line => self.text.push_str(&"\n"[breaks.min(1)..]),
            Gap::BlankLine => self.text.push_str(&"\n\n"[breaks..]),
        }
    }

    /// The words that come now are the first of all elements that wait for some.
    fn start_waiting(&mut self) {
        let first = self.open.len() - std::mem::take(&mut self.waiting);
        for open in &mut self.open[first..] {
            open.start = self.text.len();
        }
    }
}

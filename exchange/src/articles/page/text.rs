//! The plain text of what stands in a page.
//!
//! Paragraphs are separated by a blank line; items of lists and rows of tables stand on lines of their
//! own, cells are separated by a tab. White space is one space, as HTML has it, but for what is
//! preformatted. A no-break space is a character like any other.

use sourcier::json::Value;
use sourcier::text::unicode::lower_case;

/// How many headings of a page are compared with the headline, and how many parts of each.
const HEADING_COUNT_MAX: usize = 20;
const HEADING_PART_COUNT_MAX: usize = 200;

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

#[derive(Default)]
struct Writer {
    text: String,
    gap: Gap,
    /// How many lists are open, and how many elements with preformatted text.
    list_depth: usize,
    pre_depth: usize,
}

/// The text of a content; what is not as it should be is left out. O(size of the content).
pub fn of_content(content: &Value) -> String {
    let mut writer = Writer::default();
    for part in content.as_array().into_iter().flatten() {
        match part {
            Value::String(words) => writer.words(words),
            Value::Array(element) => {
                writer.element(element.first().and_then(Value::as_str).unwrap_or_default())
            }
            _ => {}
        }
    }
    writer.text
}

/// The text of an article that was found in a page. The headline is its first paragraph, where the
/// page has it as its heading: whoever looks for the article takes the heading for a part of the page.
pub fn of_article(content: &Value, whole: &Value, headline: &str) -> String {
    let text = of_content(content);
    let heading = headings(whole).find(|heading| is_same(heading, headline));
    match heading.filter(|heading| !text.lines().any(|line| is_same(line, heading))) {
        Some(heading) if text.is_empty() => heading,
        Some(heading) => format!("{heading}\n\n{text}"),
        None => text,
    }
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
    fn element(&mut self, tag: &str) {
        let name = tag.strip_prefix('/').unwrap_or(tag);
        let change = |depth: usize| match tag == name {
            true => depth + 1,
            false => depth.saturating_sub(1),
        };
        // Paragraphs of one item do not make it look like several.
        let paragraph = if self.list_depth > 0 { Gap::Line } else { Gap::BlankLine };
        match name {
            "br" if self.gap >= Gap::Line => self.raise(Gap::BlankLine),
            "br" | "li" | "tr" => self.raise(Gap::Line),
            "td" => self.raise(Gap::Tab),
            "ul" => {
                let depth = change(self.list_depth);
                let is_inner = depth.min(self.list_depth) > 0;
                self.list_depth = depth;
                self.raise(if is_inner { Gap::Line } else { Gap::BlankLine });
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
    }

    fn raise(&mut self, gap: Gap) {
        self.gap = self.gap.max(gap);
    }

    /// Nothing comes before the first words.
    fn close_gap(&mut self) {
        let gap = std::mem::take(&mut self.gap);
        if self.text.is_empty() {
            return;
        }
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
}

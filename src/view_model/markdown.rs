//! The little Markdown that cards and notes use: headings, lists, emphasis and code. Everything
//! else is text, so that nothing in it can run.

/// A block of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MarkdownBlock {
    Heading(Vec<Inline>),
    Paragraph(Vec<Inline>),
    List { ordered: bool, items: Vec<Vec<Inline>> },
}

/// A run of text within a block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Inline {
    Text(String),
    Strong(String),
    Code(String),
}

/// Reads Markdown. Never fails; what it does not know is text.
pub fn read_markdown(source: &str) -> Vec<MarkdownBlock> {
    let mut blocks: Vec<MarkdownBlock> = Vec::new();
    let mut is_open = false;
    for line in source.lines() {
        let trimmed = line.trim();
        if trimmed.is_empty() {
            is_open = false;
            continue;
        }
        let block = block_of(trimmed);
        match (blocks.last_mut(), block) {
            (
                Some(MarkdownBlock::List { ordered, items }),
                MarkdownBlock::List { ordered: same, items: more },
            ) if *ordered == same => {
                items.extend(more);
            }
            (Some(MarkdownBlock::Paragraph(text)), MarkdownBlock::Paragraph(more)) if is_open => {
                text.push(Inline::Text(" ".into()));
                text.extend(more);
            }
            (_, block) => blocks.push(block),
        }
        is_open = true;
    }
    blocks
}

fn block_of(line: &str) -> MarkdownBlock {
    if let Some(rest) = line.strip_prefix('#') {
        return MarkdownBlock::Heading(inlines(rest.trim_start_matches('#').trim_start()));
    }
    if let Some(rest) = line.strip_prefix("- ").or_else(|| line.strip_prefix("* ")) {
        return MarkdownBlock::List { ordered: false, items: vec![inlines(rest)] };
    }
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    match line[digits..].strip_prefix(". ") {
        Some(rest) if digits > 0 => MarkdownBlock::List { ordered: true, items: vec![inlines(rest)] },
        _ => MarkdownBlock::Paragraph(inlines(line)),
    }
}

fn inlines(line: &str) -> Vec<Inline> {
    let mut found = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let next = ["**", "`"].into_iter().filter_map(|mark| Some((rest.find(mark)?, mark))).min();
        let closed = next.and_then(|(start, mark)| {
            let inner = start + mark.len();
            let end = rest[inner..].find(mark).filter(|len| *len > 0)?;
            Some((start, mark, inner..inner + end))
        });
        let Some((start, mark, inner)) = closed else {
            found.push(Inline::Text(rest.to_string()));
            break;
        };
        if start > 0 {
            found.push(Inline::Text(rest[..start].to_string()));
        }
        let words = rest[inner.clone()].to_string();
        found.push(if mark == "`" { Inline::Code(words) } else { Inline::Strong(words) });
        rest = &rest[inner.end + mark.len()..];
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_knows_and_what_is_text() {
        let text = |words: &str| Inline::Text(words.into());
        let cases: &[(&str, Vec<MarkdownBlock>)] = &[
            ("", vec![]),
            ("## A `k`", vec![MarkdownBlock::Heading(vec![text("A "), Inline::Code("k".into())])]),
            (
                "a\nb\n\nc",
                vec![
                    MarkdownBlock::Paragraph(vec![text("a"), text(" "), text("b")]),
                    MarkdownBlock::Paragraph(vec![text("c")]),
                ],
            ),
            (
                "- **x** y\n- z\n1. n",
                vec![
                    MarkdownBlock::List {
                        ordered: false,
                        items: vec![vec![Inline::Strong("x".into()), text(" y")], vec![text("z")]],
                    },
                    MarkdownBlock::List { ordered: true, items: vec![vec![text("n")]] },
                ],
            ),
            ("**open", vec![MarkdownBlock::Paragraph(vec![text("**open")])]),
            ("<script>", vec![MarkdownBlock::Paragraph(vec![text("<script>")])]),
        ];
        for (source, expected) in cases {
            assert_eq!(read_markdown(source), *expected, "{source:?}");
        }
    }
}

//! Whether a text stands in files as their format writes one: what comes out is what went in, however
//! damaged the file. Each family has a naive decoder of its own, which shares nothing with the readers.

use serde_json::Value;

use crate::import::InFile;

/// Whether the text stands in the files.
pub(crate) fn stands_in(format: &str, text: &str, files: &[InFile]) -> bool {
    files.iter().any(|file| {
        let (content, text) = match std::str::from_utf8(&file.bytes) {
            Ok(content) => (content.to_owned(), text.to_owned()),
            // Then it was read in an encoding with a character for each byte.
            Err(_) => (masked(super::zip::latin_1(&file.bytes).chars()), masked(text.chars())),
        };
        let content = content.strip_prefix('\u{FEFF}').unwrap_or(&content);
        stands(format, &text, content)
    })
}

/// With one character for those on which Latin-1 and Windows-1252 differ.
fn masked(text: impl Iterator<Item = char>) -> String {
    const SPECIAL: &str = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ";
    let is_special = |it: char| ('\u{80}'..'\u{A0}').contains(&it) || SPECIAL.contains(it);
    text.map(|it| if is_special(it) { '?' } else { it }).collect()
}

fn stands(format: &str, text: &str, content: &str) -> bool {
    match format {
        "w3c" | "brat" | "semeval-tsv" => text == content,
        "xmi" => sofas(content).iter().any(|sofa| sofa == text),
        // Sentences are put together; the white space between them is told by places.
        "webanno-tsv" => {
            let sentences = content.split('\n').filter_map(|line| line.strip_prefix("#Text="));
            let sentences: String = sentences.map(unescaped).collect();
            let letters = |text: &str| text.split_whitespace().collect::<String>();
            letters(&sentences) == letters(text)
        }
        // Where the text beside the rows is not theirs, tokens are joined by blanks.
        "conll2003" | "iob2" | "bilou" => {
            text == content || text.split([' ', '\n']).all(|word| content.contains(word))
        }
        _ => strings(content).iter().any(|string| string == text),
    }
}

/// All strings of the file, or of each of its lines.
fn strings(json: &str) -> Vec<String> {
    let mut found = Vec::new();
    match serde_json::from_str(json) {
        Ok(value) => collect(&value, &mut found),
        Err(_) => {
            let values = json.split('\n').filter_map(|line| serde_json::from_str(line).ok());
            values.for_each(|value| collect(&value, &mut found));
        }
    }
    found
}

fn collect(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::String(text) => found.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
        Value::Object(members) => members.values().for_each(|member| collect(member, found)),
        _ => {}
    }
}

/// The values of the attribute `sofaString`, wherever it stands.
fn sofas(xml: &str) -> Vec<String> {
    let value = |rest: &str| {
        let rest = rest.trim_start().strip_prefix('=')?.trim_start();
        let quote = rest.chars().next().filter(|quote| matches!(quote, '"' | '\''))?;
        Some(unreferenced(rest[1..].split(quote).next()?))
    };
    xml.split("sofaString").skip(1).filter_map(value).collect()
}

/// An attribute's value: white space is a blank, and references are what they name.
fn unreferenced(value: &str) -> String {
    let mut out = String::new();
    let value = value.replace("\r\n", " ").replace(['\n', '\t', '\r'], " ");
    let mut rest = value.as_str();
    while let Some((before, after)) = rest.split_once('&') {
        out.push_str(before);
        let (name, behind) = after.split_once(';').unwrap_or((after, ""));
        let code = match name.strip_prefix("#x") {
            Some(hex) => u32::from_str_radix(hex, 16).ok(),
            None => name.strip_prefix('#').and_then(|decimal| decimal.parse().ok()),
        };
        out.push(match name {
            "lt" => '<',
            "gt" => '>',
            "amp" => '&',
            "quot" => '"',
            "apos" => '\'',
            _ => code.and_then(char::from_u32).unwrap_or('\u{FFFD}'),
        });
        rest = behind;
    }
    out + rest
}

/// A line of WebAnno TSV 3.3 without its escapes.
fn unescaped(line: &str) -> String {
    let mut out = String::new();
    let mut characters = line.chars();
    while let Some(character) = characters.next() {
        match (character, characters.as_str().chars().next()) {
            ('\\', Some(next)) => {
                characters.next();
                match next {
                    't' => out.push('\t'),
                    'n' => out.push('\n'),
                    'r' => out.push('\r'),
                    'f' => out.push('\u{C}'),
                    'b' => out.push('\u{8}'),
                    '\\' | '\0'..='\u{1F}' => out.push(next),
                    other => out.extend(['\\', other]),
                }
            }
            (other, _) => out.push(other),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_text_stands_nowhere() {
        for (format, path, content) in [
            ("spacy", "x.jsonl", r#"{"text":"L\u2019\u00e9t\u00e9"}"#),
            ("xmi", "x.xmi", r#"<cas:Sofa sofaString="L&#x2019;&#233;t&#xE9;"/>"#),
            ("brat", "x.txt", "L’été"),
            ("iob2", "x.iob2", "L’été\tO\n"),
            ("webanno-tsv", "x.tsv", "#FORMAT=WebAnno TSV 3.3\n#Text=L’été\n"),
        ] {
            let files = [InFile { path: path.to_owned(), bytes: content.as_bytes().to_vec() }];
            assert!(stands_in(format, "L’été", &files), "{format}");
            for other in ["L’ete", "L’étés", "\u{FEFF}L’été"] {
                assert!(!stands_in(format, other, &files), "{format}: {other}");
            }
        }
    }
}

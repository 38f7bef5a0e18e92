//! What the code of the page says about texts: which it uses, with which values, and which words it
//! holds itself. Reads text and not syntax trees, as tidy does.

use std::collections::BTreeSet;

use sourcier::edit::keymap::BINDINGS;
use sourcier::formats::table::FORMATS;

use crate::tidy::source::{Source, strings};

/// Functions that take a key.
const FUNCTIONS: [&str; 3] = ["tr", "tr_with", "tr_count"];

/// A call with its key written out.
pub struct Call<'s> {
    pub function: &'static str,
    pub key: &'s str,
    /// The names of the values.
    pub values: Vec<&'s str>,
    pub place: String,
}

/// All calls of a file with their keys written out.
pub fn calls(source: &Source) -> Vec<Call<'_>> {
    if !is_page(source) {
        return Vec::new();
    }
    let literals = strings(&source.text);
    let function_before = |at: usize| {
        let before = source.text[..at].trim_end().strip_suffix('(')?;
        let before = before.strip_suffix('!').unwrap_or(before);
        let is_name = |next: char| next.is_alphanumeric() || next == '_';
        let name = &before[before.trim_end_matches(is_name).len()..];
        FUNCTIONS.into_iter().find(|function| *function == name)
    };
    let mut calls = Vec::new();
    for (idx, (at, key)) in literals.iter().enumerate() {
        let Some(function) = function_before(*at) else { continue };
        let end = call_end(&source.text, *at, &literals[idx..]);
        let values = literals[idx + 1..].iter().take_while(|(at, _)| *at < end);
        let is_name = |(at, name): &&(usize, &str)| {
            let after = &source.text[at + name.len() + 2..];
            source.text[..*at].ends_with('(') && after.starts_with(',')
        };
        let values = values.filter(is_name).map(|(_, name)| *name).collect();
        calls.push(Call { function, key, values, place: source.problem(*at, &source.text, function) });
    }
    calls
}

/// Where the parenthesis closes that is open at `start`. `literals` are those from there on.
fn call_end(text: &str, start: usize, literals: &[(usize, &str)]) -> usize {
    let mut depth = 1;
    let is_in_literal =
        |at: usize| literals.iter().any(|(start, inside)| (*start..start + inside.len() + 2).contains(&at));
    for (at, sign) in text[start..].match_indices(['(', ')']).map(|(at, sign)| (start + at, sign)) {
        if !is_in_literal(at) {
            depth = if sign == "(" { depth + 1 } else { depth - 1 };
        }
        if depth == 0 {
            return at;
        }
    }
    text.len()
}

/// String literals that are keys by their looks: their first part is the first part of a text.
pub fn literal_keys(sources: &[Source], known: &BTreeSet<&str>) -> BTreeSet<String> {
    let first_parts: BTreeSet<&str> = known.iter().filter_map(|key| Some(key.split_once('.')?.0)).collect();
    let is_sign = |next: char| next.is_ascii_alphabetic() || matches!(next, '-' | '.');
    let is_key = |text: &str| {
        let parts = text.split_once('.');
        parts.is_some_and(|(first, rest)| first_parts.contains(first) && !rest.is_empty())
            && text.chars().all(is_sign)
    };
    let literals = sources.iter().filter(|source| is_page(source)).flat_map(|source| strings(&source.text));
    literals.filter(|(_, text)| is_key(text)).map(|(_, text)| text.to_owned()).collect()
}

/// The keys that the code puts together, and what is put together in a way not known here.
pub fn families(sources: &[Source]) -> (BTreeSet<String>, Vec<String>) {
    let settings = literals_after(sources, "src/web/components/dialogs/settings.rs", "choice(");
    let contents = ["with-text", "without-text", "offsets-only"];
    // The worker's words for what it tells the page.
    let losses = literals_after(sources, "exchange/src/losses.rs", "=> ");
    let (problems_of_files, remedies) = literals_after(sources, "exchange/src/problems.rs", "=> ")
        .into_iter()
        .filter(|code| !code.contains('{'))
        .partition::<Vec<&str>, _>(|code| !code.ends_with("left-out") && *code != "guessed");
    let keys = ["Enter", "Escape", "Delete", "Backspace", "Home", "End", "PageUp", "PageDown"];
    let values = [
        ("language", ["fr", "en"].as_slice()),
        ("theme", &["system", "light", "dark"]),
        ("snap", &["words", "characters"]),
        ("breaks", &["shown", "spaces"]),
        ("keys", &["on", "off"]),
        ("time", &["on", "off"]),
    ];
    let values = values
        .iter()
        .flat_map(|(row, values)| values.iter().map(move |value| format!("settings.{row}-{value}")));
    let mut keys_made: BTreeSet<String> = values.collect();
    keys_made.extend(BINDINGS.iter().map(|binding| format!("command.{}", binding.command.name())));
    keys_made.extend(keys.map(|key| format!("key.{key}")));
    keys_made.extend(["sure", "unsure"].map(|value| format!("certainty.{value}")));
    keys_made.extend(settings.iter().map(|row| format!("settings.{row}")));
    keys_made
        .extend(contents.iter().flat_map(|name| [format!("export.{name}"), format!("export.{name}-help")]));
    keys_made.extend(FORMATS.iter().map(|format| format!("format.{}", format.id)));
    keys_made
        .extend(["page", "page-whole", "text", "rows", "docx"].map(|form| format!("import.form-{form}")));
    keys_made
        .extend(["opened", "title", "changed", "annotations"].map(|order| format!("documents.by-{order}")));
    keys_made.extend(losses.iter().map(|code| format!("loss.{code}")));
    keys_made.extend(problems_of_files.iter().map(|code| format!("import-problem.{code}")));
    keys_made.extend(remedies.iter().map(|code| format!("import-remedy.{code}")));

    let known = [
        "certainty.{value}",
        "command.{}",
        "documents.by-{name}",
        "export.{key}",
        "export.{key}-help",
        "format.{}",
        "import-problem.{}",
        "import-remedy.{}",
        "import.form-{id}",
        "key.{name}",
        "loss.{kind}",
        "settings.language-{}",
        "settings.{key}",
        "settings.{key}-{value}",
    ];
    let mut problems = Vec::new();
    for source in sources.iter().filter(|source| is_page(source)) {
        for (at, literal) in strings(&source.text) {
            let before = source.text[..at].trim_end();
            if FUNCTIONS.iter().any(|function| before.ends_with(&format!("{function}(&format!(")))
                && !known.contains(&literal)
            {
                problems.push(source.problem(
                    at,
                    &source.text,
                    "keys of which nobody knows; add them to `families`",
                ));
            }
        }
    }
    (keys_made, problems)
}

/// In one file: the first string literal of each call of a function.
fn literals_after<'s>(sources: &'s [Source], path: &str, call: &str) -> Vec<&'s str> {
    let Some(source) = sources.iter().find(|source| source.path == path) else { return Vec::new() };
    let literals = strings(&source.text);
    let ends = source.text.match_indices(call).map(|(at, call)| at + call.len());
    ends.filter_map(|end| literals.iter().find(|(at, _)| *at >= end)).map(|(_, literal)| *literal).collect()
}

/// Words that the page shows from code and not from the texts.
pub fn words_in_code(source: &Source) -> Vec<String> {
    const NAMES: [&str; 4] = ["Sourcier", "UTF-16 LE", "UTF-16 BE", "Mac Roman"];
    const ATTRIBUTES: [&str; 6] =
        ["title=", "aria-label=", "aria-description=", "placeholder=", "alt=", "label="];
    if !is_shown(source) {
        return Vec::new();
    }
    let is_word =
        |text: &str| text.split(|next: char| !next.is_alphabetic()).any(|word| word.chars().count() > 1);
    let mut problems = Vec::new();
    for (at, literal) in strings(&source.text) {
        let before = source.text[..at].trim_end();
        // Between tags or other content: the braces of an `if` follow its condition.
        let opening = before.strip_suffix("format!(").unwrap_or(before).trim_end().strip_suffix('{');
        let is_content = opening.is_some_and(|before| before.trim_end().ends_with(['>', '}']));
        let is_attribute =
            ATTRIBUTES.iter().any(|name| before.ends_with(name) || before.ends_with(&format!("{name}{{")));
        let is_sentence =
            literal.starts_with(char::is_uppercase) && literal.contains(' ') || literal.contains(". ");
        // Words between the values of `format!`, without the names of the values.
        let outside: String =
            literal.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest)).collect();
        let is_named = NAMES.contains(&literal);
        if (is_content || is_attribute || is_sentence) && is_word(&outside) && !is_named {
            problems.push(source.problem(at, &source.text, &format!("text in code: {literal:?}")));
        }
    }
    problems
}

fn is_page(source: &Source) -> bool {
    source.is("rs") && source.path.starts_with("src/web/")
}

/// Whether the file draws the page.
fn is_shown(source: &Source) -> bool {
    is_page(source)
        && ["src/web/components/", "src/web/app"].iter().any(|start| source.path.starts_with(start))
}

#[test]
fn finds_calls_and_words() {
    let source = |text: &str| Source { path: "src/web/app.rs".to_owned(), text: text.to_owned() };
    let page = source(
        "f(tr_with(\n    \"a.b\",\n    &[(\"x\", &g(\"y\", \")\")), (\"z\", tr(\"c.d\"))],\n), (\"w\", 1))",
    );
    let found = calls(&page);
    let found: Vec<(&str, &str, &[&str])> =
        found.iter().map(|call| (call.function, call.key, call.values.as_slice())).collect();
    assert_eq!(found, [("tr_with", "a.b", ["x", "y", "z"].as_slice()), ("tr", "c.d", &[])]);

    let check = |text: &str, count: usize| {
        let found = words_in_code(&source(text));
        assert_eq!(found.len(), count, "{text}: {found:?}");
    };
    check("<p>{ \"Save\" }</p>", 1);
    check("<p title=\"Save\" class=\"row row--tall\">{ \"Sourcier\" }{ \" · \" }{ \"×\" }</p>", 1);
    check("<p>{ format!(\"Saved {count} times\") }{ format!(\"{words}…\") }</p>", 1);
    check("<p>{ tr(\"a.b\") }</p>", 0);
}

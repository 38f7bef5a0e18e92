//! The rules, each on its own.

use super::source::{Source, code_only, strings};
use std::{collections::BTreeSet, path::Path};

/// Finds the problems in all sources together, one line of text each.
pub type Rule = fn(&[Source]) -> Vec<String>;

const FILE_LINES_MAX: usize = 500;
const FUNCTION_LINES_MAX: usize = 70;

/// The crates of the browser half.
const BROWSER_CRATES: [&str; 7] =
    ["yew", "web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures", "gloo_events", "gloo_timers"];

/// Each folder of src with what it may import, besides itself.
const LAYERS: [(&str, &[&str]); 8] = [
    ("text", &["sorted"]),
    ("model", &["sorted", "json", "text"]),
    ("edit", &["sorted", "json", "text", "model"]),
    ("review", &["sorted", "json", "text", "model"]),
    ("suggest", &["sorted", "json", "text", "model"]),
    ("formats", &["sorted", "json", "text", "model", "edit::state"]),
    // The journal stores a schema as the native format writes it.
    ("journal", &["sorted", "json", "text", "model", "edit", "formats::json", "formats::schema_json"]),
    ("view_model", &["sorted", "text", "model", "edit::state", "edit::checks", "edit::link_ends"]),
];

/// The same for the package that all others are built on.
const BASE_LAYERS: [(&str, &[&str]); 2] = [("sorted", &[]), ("json", &["sorted"])];

/// The same for the package of the formats; none of these knows one below it.
const EXCHANGE_LAYERS: [(&str, &[&str]); 17] = [
    ("problems", &[]),
    ("losses", &[]),
    ("names", &[]),
    ("options", &[]),
    ("carries", &["losses"]),
    ("work", &["losses", "options"]),
    ("shared", &["losses", "options", "problems", "work"]),
    ("draft", &["problems", "shared"]),
    ("mapping", &["names"]),
    ("native", &["draft", "mapping", "problems", "shared", "work"]),
    ("import", &["draft", "problems"]),
    ("export", &["carries", "losses", "names", "options", "work"]),
    ("pack", &["export", "import", "problems"]),
    ("articles", &["draft", "import", "problems", "shared"]),
    (
        "formats",
        &[
            "articles", "carries", "draft", "export", "import", "losses", "names", "options", "problems",
            "shared", "work",
        ],
    ),
    (
        "desk",
        &[
            "articles", "draft", "export", "formats", "import", "losses", "mapping", "native", "options",
            "pack", "problems",
        ],
    ),
    ("worker", &["desk", "export", "import", "pack"]),
];

/// The folder that may import every other and that none may import.
const TOP_LAYER: &str = "web";

pub fn browser_names(sources: &[Source]) -> Vec<String> {
    let is_plain = |source: &&Source| is_in_src(source) && layer_of(source, "src/") != Some(TOP_LAYER);
    let mut problems = Vec::new();
    for source in sources.iter().filter(is_plain) {
        let code = code_only(&source.text);
        for name in BROWSER_CRATES {
            let message = format!("`{name}` may be named in src/web only");
            let found = words(&code).filter(|(_, word)| *word == name);
            problems.extend(found.map(|(at, _)| source.problem(at, &code, &message)));
        }
    }
    problems
}

pub fn layers(sources: &[Source]) -> Vec<String> {
    let mut problems = check_layers(sources, "base/src/", &BASE_LAYERS);
    problems.extend(check_layers(sources, "src/", &LAYERS));
    problems
}

/// The same for the package of the formats.
pub fn exchange_layers(sources: &[Source]) -> Vec<String> {
    check_layers(sources, "exchange/src/", &EXCHANGE_LAYERS)
}

fn check_layers(sources: &[Source], root: &str, layers: &[(&str, &[&str])]) -> Vec<String> {
    let mut problems = Vec::new();
    // Tests may reach across: they build what they look at with the means of other layers.
    let is_ours = |source: &&Source| source.is("rs") && source.path.starts_with(root) && !is_test(source);
    for source in sources.iter().filter(is_ours) {
        let Some(layer) = layer_of(source, root).filter(|layer| *layer != TOP_LAYER) else { continue };
        let Some((_, allowed)) = layers.iter().find(|(name, _)| *name == layer) else {
            problems.push(format!("{}: `{layer}` is no layer; add it to LAYERS in tidy", source.path));
            continue;
        };
        let code = code_only(without_tests(&source.text));
        for (at, path) in crate_paths(&code) {
            let is_under = |module: &&str| path == **module || path.starts_with(&format!("{module}::"));
            if !is_under(&layer) && !allowed.iter().any(is_under) {
                problems.push(source.problem(at, &code, &format!("`{layer}` may not import `{path}`")));
            }
        }
    }
    problems
}

/// The code before the tests at the end of a file.
fn without_tests(text: &str) -> &str {
    text.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default()
}

pub fn reachable(sources: &[Source]) -> Vec<String> {
    let roots =
        ["base/src/lib.rs", "src/lib.rs", "program/src/main.rs", "xtask/src/main.rs", "tests/it/main.rs"];
    let mut waiting: Vec<String> = roots.map(str::to_owned).into();
    let mut reached = BTreeSet::new();
    while let Some(path) = waiting.pop() {
        let Some(source) = sources.iter().find(|source| source.path == path) else { continue };
        let stem = path.trim_end_matches(".rs");
        let is_whole_folder = ["lib", "main", "mod"].iter().any(|name| stem.ends_with(&format!("/{name}")));
        let folder =
            if is_whole_folder { stem.rsplit_once('/').map_or("", |(folder, _)| folder) } else { stem };
        for name in modules(&code_only(&source.text)) {
            waiting.extend([format!("{folder}/{name}.rs"), format!("{folder}/{name}/mod.rs")]);
        }
        reached.insert(path);
    }
    let is_lost = |source: &&Source| {
        let folders = ["base/src/", "src/", "xtask/src/", "tests/it/"];
        let is_ours = source.is("rs") && folders.iter().any(|folder| source.path.starts_with(folder));
        is_ours && !reached.contains(&source.path)
    };
    let message = |source: &Source| format!("{}: no `mod` leads here; delete it or name it", source.path);
    sources.iter().filter(is_lost).map(message).collect()
}

/// What the standard library does by code or tables that weigh kilobytes in the page and in the worker
/// of the formats; each has a light way of ours.
pub fn heavy(sources: &[Source]) -> Vec<String> {
    const NAMES: [(&str, &str); 15] = [
        ("to_lowercase", "text::unicode::lower_case"),
        ("to_uppercase", "to_ascii_uppercase"),
        ("is_alphabetic", "text::unicode::is_letter"),
        ("is_numeric", "text::unicode::is_number"),
        ("is_alphanumeric", "text::unicode::is_letter_or_number"),
        ("is_uppercase", "text::unicode::is_upper_case"),
        ("is_lowercase", "text::unicode::is_lower_case"),
        ("sin", "a rotation by constants"),
        ("cos", "a rotation by constants"),
        ("sin_cos", "a rotation by constants"),
        ("tan", "a rotation by constants"),
        ("cbrt", "the root in view_model::color"),
        ("powf", "the root in view_model::color"),
        ("exp", "the root in view_model::color"),
        ("ln", "the root in view_model::color"),
    ];
    // The door to the tables of Unicode, and what tests share.
    const DOORS: [&str; 4] =
        ["src/text/unicode.rs", "src/text/samples.rs", "exchange/src/samples.rs", "exchange/src/samples/"];
    let mut problems = Vec::new();
    let is_built =
        |source: &Source| is_in_src(source) || source.is("rs") && source.path.starts_with("exchange/src/");
    let is_door = |source: &Source| DOORS.iter().any(|door| source.path.starts_with(door));
    let is_ours = |source: &&Source| is_built(source) && !is_test(source) && !is_door(source);
    for source in sources.iter().filter(is_ours) {
        let text = without_tests(&source.text);
        let code = code_only(text);
        for (at, word) in words(&code) {
            let is_method = code[..at].ends_with(['.', ':']);
            if let Some((_, instead)) = NAMES.iter().find(|(name, _)| *name == word && is_method) {
                let message = format!("`{word}` is heavy in the page: {instead} instead");
                problems.push(source.problem(at, &code, &message));
            }
        }
        for (at, string) in strings(text) {
            let is_name = |next: char| next.is_alphanumeric() || next == '_';
            if string.split('{').skip(1).any(|rest| rest.trim_start_matches(is_name).starts_with(":.")) {
                let message = "fractions in `format!` are heavy: tenths, or dom::decimal instead";
                problems.push(source.problem(at, text, message));
            }
        }
    }
    problems
}

fn is_test(source: &Source) -> bool {
    let names = ["tests.rs", "exchange/src/samples.rs", "text_rows/samples.rs"];
    let folders = ["/tests/", "exchange/src/samples/"];
    names.iter().any(|name| source.path.ends_with(name))
        || folders.iter().any(|folder| source.path.contains(folder))
}

pub fn file_length(sources: &[Source]) -> Vec<String> {
    let is_code = |source: &&Source| ["rs", "css", "js", "html"].iter().any(|kind| source.is(kind));
    let too_long = sources.iter().filter(is_code).filter_map(|source| {
        let lines = source.text.lines().count();
        let message = format!("{}: {lines} lines, {FILE_LINES_MAX} at most; split it by idea", source.path);
        (lines > FILE_LINES_MAX).then_some(message)
    });
    too_long.collect()
}

pub fn function_length(sources: &[Source]) -> Vec<String> {
    let mut problems = Vec::new();
    for source in sources.iter().filter(|source| source.is("rs")) {
        let code = code_only(&source.text);
        let lines: Vec<&str> = code.lines().collect();
        for start in (0..lines.len()).filter(|start| starts_function(lines[*start])) {
            let length = function_lines(&lines[start..]);
            if length > FUNCTION_LINES_MAX {
                let message = format!("a function of {length} lines, {FUNCTION_LINES_MAX} at most");
                problems.push(format!("{}:{}: {message}", source.path, start + 1));
            }
        }
    }
    problems
}

pub fn colours(sources: &[Source]) -> Vec<String> {
    const FUNCTIONS: [&str; 8] = ["rgb", "rgba", "hsl", "hsla", "hwb", "lab", "oklab", "oklch"];
    let message = "a raw colour; name it by its role in styles/tokens.css";
    let mut problems = Vec::new();
    // The report is a page of its own, which nothing of ours goes with.
    let exempt = ["styles/tokens.css", "exchange/src/formats/html/report.css"];
    for source in sources.iter().filter(|source| source.is("css") && !exempt.contains(&&*source.path)) {
        let code = without_css_comments(&source.text).to_ascii_lowercase();
        for (at, word) in words(&code) {
            let is_hex =
                matches!(word.len(), 3 | 4 | 6 | 8) && word.bytes().all(|byte| byte.is_ascii_hexdigit());
            let is_colour = is_hex && code[..at].ends_with('#')
                || FUNCTIONS.contains(&word) && code[at + word.len()..].starts_with('(');
            if is_colour {
                problems.push(source.problem(at, &code, message));
            }
        }
    }
    problems
}

pub fn banned_words(sources: &[Source]) -> Vec<String> {
    const BANNED: [&str; 4] =
        [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("to", "do!"), concat!("unimple", "mented!")];
    let mut problems = Vec::new();
    for source in sources {
        for banned in BANNED {
            let message = format!("`{banned}`: do it now, or open an issue");
            let found = source.text.match_indices(banned).filter(|(at, _)| is_start(&source.text, *at));
            problems.extend(found.map(|(at, _)| source.problem(at, &source.text, &message)));
        }
    }
    problems
}

/// Homes of people, and the folder in which this checkout lies.
pub fn machine_paths(sources: &[Source]) -> Vec<String> {
    let homes =
        [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/Us", "ers/"), concat!(r"C:\Us", r"ers\")];
    let checkout = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut paths: Vec<String> = homes.map(str::to_owned).into();
    paths.push(checkout.display().to_string());
    let parent = checkout.parent().map(|parent| format!("{}/", parent.display())).unwrap_or_default();
    // In a folder with a name as common as these, only the checkout itself tells a machine.
    if !["/", "//", "/tmp/", "/usr/", "/src/"].contains(&parent.as_str()) && !homes.contains(&parent.as_str())
    {
        paths.push(parent);
    }
    let mut problems = Vec::new();
    for source in sources {
        let found = paths.iter().filter_map(|path| {
            let mut places = source.text.match_indices(path.as_str());
            places.find(|(at, _)| is_start(&source.text, *at)).map(|(at, _)| at)
        });
        let message = "the path of a machine";
        problems.extend(found.min().map(|at| source.problem(at, &source.text, message)));
    }
    problems
}

fn is_in_src(source: &Source) -> bool {
    source.is("rs") && (source.path.starts_with("src/") || source.path.starts_with("base/src/"))
}

/// The folder under the root, or the file there; `None` for the two roots.
fn layer_of<'s>(source: &'s Source, root: &str) -> Option<&'s str> {
    let path = source.path.strip_prefix(root)?;
    let layer = path.split('/').next()?.trim_end_matches(".rs");
    (!matches!(layer, "lib" | "main")).then_some(layer)
}

/// Whether nothing that belongs to a longer name or path stands right before.
fn is_start(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|last: char| last.is_alphanumeric() || matches!(last, '_' | '.' | '/' | '-'))
}

/// Each name or number with its place in bytes.
fn words(code: &str) -> impl Iterator<Item = (usize, &str)> {
    let is_break = |next: char| !next.is_alphanumeric() && next != '_';
    let place = |word: &str| word.as_ptr().addr() - code.as_ptr().addr();
    code.split(is_break).filter(|word| !word.is_empty()).map(move |word| (place(word), word))
}

/// Every path after `crate::` with its place; braces are spread out into single paths.
fn crate_paths(code: &str) -> Vec<(usize, String)> {
    let mut paths = Vec::new();
    for (at, start) in code.match_indices("crate::").filter(|(at, _)| is_start(code, *at)) {
        let mut found = Vec::new();
        spread(&code[at + start.len()..], "", &mut found);
        paths.extend(found.into_iter().map(|path| (at, path)));
    }
    paths
}

/// Reads one use tree from the start of `text` and returns what follows it.
fn spread<'a>(text: &'a str, prefix: &str, paths: &mut Vec<String>) -> &'a str {
    let text = text.trim_start();
    if let Some(mut rest) = text.strip_prefix('{') {
        loop {
            rest = spread(rest, prefix, paths).trim_start();
            rest = match rest.strip_prefix(',').map(str::trim_start) {
                Some(next) if !next.starts_with('}') => next,
                last => return skip_brace(last.unwrap_or(rest)),
            };
        }
    }
    let end = text.find(|next: char| !next.is_alphanumeric() && next != '_').unwrap_or(text.len());
    let path = format!("{prefix}{}", &text[..end]);
    if let Some(rest) = text[end..].strip_prefix("::") {
        return spread(rest, &format!("{path}::"), paths);
    }
    paths.push(path);
    // What may follow a name in a tree: `as other`, or `*` in place of a name.
    let rest = text[end..].trim_start_matches('*').trim_start();
    rest.strip_prefix("as ")
        .map_or(rest, |rest| rest.trim_start_matches(|next: char| next.is_alphanumeric() || next == '_'))
}

fn skip_brace(text: &str) -> &str {
    text.strip_prefix('}').unwrap_or(text)
}

/// The names in `mod name;`.
fn modules(code: &str) -> impl Iterator<Item = &str> {
    let declared = code.lines().filter_map(|line| line.trim().strip_suffix(';'));
    declared.filter_map(|line| match line.rsplit_once(' ') {
        Some((before, name)) if before == "mod" || before.ends_with(" mod") => Some(name),
        _ => None,
    })
}

fn starts_function(line: &str) -> bool {
    let before = line.trim_start().split_once("fn ").map(|(before, _)| before.trim_end());
    let qualifiers = ["pub", "const", "async", "unsafe", "extern"];
    let is_qualifier = |word: &str| qualifiers.contains(&word) || word.starts_with("pub(");
    before.is_some_and(|before| before.split_whitespace().all(is_qualifier))
}

/// The lines of the function that starts in the first line, as rustfmt lays it out: to the closing
/// brace at the same indentation. 1 for one without a body or on one line.
fn function_lines(lines: &[&str]) -> usize {
    let opening = lines.iter().position(|line| line.contains('{') || line.ends_with(';'));
    let Some(opening) = opening.filter(|opening| lines[*opening].ends_with('{')) else { return 1 };
    let indentation = lines[0].len() - lines[0].trim_start().len();
    let is_closing = |line: &&str| line.trim_start() == "}" && line.len() == indentation + 1;
    let length = lines[opening..].iter().position(is_closing).unwrap_or(lines.len() - opening - 1);
    opening + length + 1
}

/// The style sheet with its comments left out, and the same lines.
fn without_css_comments(css: &str) -> String {
    let mut code = String::new();
    for (index, part) in css.split("/*").enumerate() {
        let (comment, rest) =
            if index == 0 { ("", part) } else { part.split_once("*/").unwrap_or((part, "")) };
        code.push_str(&"\n".repeat(comment.matches('\n').count()));
        code.push_str(rest);
    }
    code
}

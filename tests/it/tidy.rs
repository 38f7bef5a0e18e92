//! Reads the sources of the project and fails where they break a rule of the house.
//!
//! Each rule is a function from sources to problems, tried on a good and a bad sample below, so that it
//! is known to be able to fail. The rules read text and not syntax trees: they rely on rustfmt, and on
//! nobody trying to get around them.

mod rules;
pub mod source;

use rules::{
    Rule, banned_words, colours, exchange_layers, file_length, function_length, layers, machine_paths,
};
use rules::{browser_names, heavy, reachable};
use source::Source;

const RULES: [Rule; 10] = [
    browser_names,
    layers,
    exchange_layers,
    heavy,
    reachable,
    file_length,
    function_length,
    colours,
    banned_words,
    machine_paths,
];

#[test]
fn the_sources_are_tidy() {
    let sources = source::read_all();
    assert!(sources.iter().any(|source| source.path == "src/lib.rs"), "the sources were not found");
    let problems: Vec<String> = RULES.iter().flat_map(|rule| rule(&sources)).collect();
    assert!(problems.is_empty(), "{} problems\n{}\n", problems.len(), problems.join("\n"));
}

/// `problems` is how many the rule should find in a project of this one file.
#[track_caller]
fn check(rule: Rule, path: &str, text: &str, problems: usize) {
    let source = Source { path: path.to_owned(), text: text.to_owned() };
    let found = rule(&[source]);
    assert_eq!(found.len(), problems, "{path}: {text:?} gave {found:?}");
}

#[test]
fn browser_names_stay_in_web() {
    check(browser_names, "src/model/ids.rs", "use yew::Html;\n", 1);
    check(browser_names, "src/model/ids.rs", "fn f() { web_sys::window(); js_sys::eval(); }\n", 2);
    check(browser_names, "src/web/app.rs", "use yew::Html;\n", 0);
    check(browser_names, "src/model/ids.rs", "//! Not for yew.\nlet not_yew = \"yew\";\n", 0);
}

#[test]
fn layers_import_downwards_only() {
    check(layers, "src/text/span.rs", "use crate::model::ids;\n", 1);
    check(layers, "src/text/span.rs", "use crate::text::{offsets, blocks};\n", 0);
    check(layers, "base/src/sorted.rs", "use crate::json::Value;\n", 1);
    check(layers, "base/src/json.rs", "use crate::sorted::sort_by;\n", 0);
    check(layers, "src/model/ids.rs", "use crate::{edit::State, text::TextSpan};\n", 1);
    check(layers, "src/edit/apply.rs", "use crate::{model::{ids, schema}, text};\n", 0);
    check(
        layers,
        "src/model/ids.rs",
        "use crate::{\n    text::{self, span},\n    edit as other,\n    web,\n};\n",
        2,
    );
    check(layers, "src/edit/apply.rs", "use crate::{review::*, model::ids};\nuse crate::web;\n", 2);
    check(layers, "src/edit/apply.rs", "fn f() -> crate::view_model::Row {}\n", 1);
    check(layers, "src/formats/csv.rs", "use crate::journal::record;\n", 1);
    check(layers, "src/journal/record.rs", "use crate::{edit::Edit, formats::schema_json};\n", 0);
    check(layers, "src/journal/record.rs", "use crate::formats::{csv, schema_json};\n", 1);
    check(layers, "src/view_model/rows.rs", "use crate::edit::State;\n", 1);
    check(layers, "src/edit/apply.rs", "use crate::web::store;\n", 1);
    check(layers, "src/web/store.rs", "use crate::{edit, web::dom};\n", 0);
    check(layers, "src/helpers/misc.rs", "fn f() {}\n", 1);
    check(layers, "src/text/span.rs", "pub(crate) fn f() {} // crate::web\n", 0);
    check(exchange_layers, "exchange/src/draft.rs", "use crate::mapping::Mapping;\n", 1);
    check(exchange_layers, "exchange/src/formats/brat.rs", "use crate::desk::Desk;\n", 1);
    check(exchange_layers, "exchange/src/desk/intake.rs", "use crate::{formats::brat, native};\n", 0);
    check(
        exchange_layers,
        "exchange/src/pack.rs",
        "\n#[cfg(test)]\nmod tests {\n    use crate::desk;\n}\n",
        0,
    );
}

#[test]
fn heavy_ways_stay_out_of_the_page() {
    check(heavy, "src/model/ids.rs", "let a = b.to_lowercase();\nlet c = hue.sin();\n", 2);
    check(heavy, "src/model/ids.rs", "name.chars().flat_map(char::to_lowercase)\n", 1);
    check(heavy, "src/web/page.rs", "format!(\"{height:.1}px\");\nformat!(\"{:.2}\", width);\n", 2);
    check(heavy, "src/web/page.rs", "// to_lowercase\nlet sin = 1;\n", 0);
    check(heavy, "src/web/page.rs", "a.to_ascii_lowercase();\nformat!(\"{a}. {b}\");\n", 0);
    check(heavy, "src/text/unicode.rs", "text.to_lowercase()\n", 0);
    check(heavy, "exchange/src/names.rs", "text.to_lowercase()\n", 1);
    check(heavy, "exchange/src/samples/mutate.rs", "text.to_lowercase()\n", 0);
    check(heavy, "src/model/ids.rs", "\n#[cfg(test)]\nmod tests {\n    let a = b.to_lowercase();\n}\n", 0);
    check(heavy, "src/model/tests.rs", "let a = b.to_lowercase();\n", 0);
    check(heavy, "xtask/src/main.rs", "let a = b.to_lowercase();\n", 0);
}

#[test]
fn every_file_is_reachable() {
    check(reachable, "src/model/lost.rs", "", 1);
    check(reachable, "src/lib.rs", "", 0);
    let source = |path: &str, text: &str| Source { path: path.to_owned(), text: text.to_owned() };
    let sources = [
        source("src/lib.rs", "pub mod model;\n// mod lost;\n"),
        source("src/model/mod.rs", "pub(crate) mod ids;\n"),
        source("src/model/ids.rs", "#[cfg(test)]\nmod tests;\n"),
        source("src/model/ids/tests.rs", ""),
        source("src/lost.rs", ""),
    ];
    assert_eq!(reachable(&sources).len(), 1);
    assert_eq!(reachable(&sources[..4]).len(), 0);
}

#[test]
fn files_and_functions_are_short() {
    check(file_length, "src/lib.rs", &"\n".repeat(500), 0);
    check(file_length, "src/lib.rs", &"\n".repeat(501), 1);
    check(file_length, "styles/base.css", &"\n".repeat(501), 1);
    let function =
        |body: usize| format!("    pub fn f(\n    ) {{\n{}    }}\n", "        x();\n".repeat(body));
    check(function_length, "src/lib.rs", &function(67), 0);
    check(function_length, "src/lib.rs", &function(68), 1);
    let short = format!("trait T {{\n    fn f();\n    fn g() {{}}\n}}\n{}}}\n", "\n".repeat(80));
    check(function_length, "src/lib.rs", &short, 0);
}

#[test]
fn colours_are_tokens() {
    check(colours, "styles/article.css", "p { color: #fff; border: 1px solid rgb(0 0 0); }\n", 2);
    check(colours, "styles/article.css", "p { color: HSL(0deg 0% 0%); }\n", 1);
    check(colours, "styles/tokens.css", ":root { --color-ink: #1d1c1a; }\n", 0);
    check(colours, "styles/article.css", "/* was #fff */ #app { color: var(--color-ink); }\n", 0);
    check(colours, "src/lib.rs", "let id = \"#fff\";\n", 0);
}

#[test]
fn nothing_is_left_for_later() {
    check(banned_words, "src/lib.rs", concat!("// TO", "DO: more\n"), 1);
    check(banned_words, "static/sw.js", concat!("// FIX", "ME\n"), 1);
    check(
        banned_words,
        "src/lib.rs",
        concat!("fn f() { to", "do!() }\nfn g() { unimple", "mented!() }\n"),
        2,
    );
    check(banned_words, "src/lib.rs", "// The method, mastodonte.\n", 0);
}

#[test]
fn no_machine_is_named() {
    check(machine_paths, "README.md", concat!("See /ho", "me/someone/notes.\n"), 1);
    check(machine_paths, "src/lib.rs", concat!("let path = \"/ro", "ot/x\";\n"), 1);
    check(machine_paths, "src/lib.rs", concat!(r"C:\Us", r"ers\someone"), 1);
    check(machine_paths, "README.md", "Open https://example.org/home/page and src/root/x.\n", 0);
    let here = format!("{}/notes", env!("CARGO_MANIFEST_DIR"));
    check(machine_paths, "README.md", &here, 1);
}

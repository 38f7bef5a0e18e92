//! Puts texts into the program more tightly than people write them: each key of the interface once for all
//! languages, label sets without the white space between their pieces. It makes the release 2.5 kB smaller.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::{env, fs};

/// The languages of the interface, in the order of the table.
const LANGUAGES: [&str; 2] = ["fr", "en"];

fn main() {
    let out = PathBuf::from(env::var_os("OUT_DIR").expect("a build script has a place to write to"));
    let catalogues = LANGUAGES.map(|tag| read(&Path::new("locales").join(format!("{tag}.txt"))));
    let texts = by_key(&catalogues);
    write(&out.join("texts.txt"), &table(&texts));
    let keys: Vec<&str> = texts.keys().copied().collect();
    write(&out.join("keys.rs"), &format!("{keys:?}"));
    println!("cargo::rerun-if-changed=schemas");
    for entry in fs::read_dir("schemas").expect("the folder of label sets").flatten() {
        let path = entry.path();
        if path.extension().is_some_and(|ending| ending == "json") {
            write(&out.join(entry.file_name()), &tight(&read(&path)));
        }
    }
}

fn read(path: &Path) -> String {
    println!("cargo::rerun-if-changed={}", path.display());
    fs::read_to_string(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn write(path: &Path, text: &str) {
    fs::write(path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
}

/// The texts of a key in each language: an empty one where a language has none, as for a plural form that it
/// does not know. What a catalogue is, see `view_model::messages`.
fn by_key(catalogues: &[String; LANGUAGES.len()]) -> BTreeMap<&str, [&str; LANGUAGES.len()]> {
    let mut texts: BTreeMap<&str, [&str; LANGUAGES.len()]> = BTreeMap::new();
    for (idx, catalogue) in catalogues.iter().enumerate() {
        for (key, text) in catalogue.lines().filter_map(|line| line.split_once(" = ")) {
            if !key.starts_with('#') {
                texts.entry(key).or_default()[idx] = text;
            }
        }
    }
    texts
}

/// For each key a line, and after it one with its text in each language.
fn table(texts: &BTreeMap<&str, [&str; LANGUAGES.len()]>) -> String {
    texts.iter().map(|(key, texts)| format!("{key}\n{}\n", texts.join("\n"))).collect()
}

/// JSON without the white space outside of its strings.
fn tight(json: &str) -> String {
    let (mut is_inside, mut is_escaped) = (false, false);
    let is_kept = |letter: &char| {
        match letter {
            '"' if !is_escaped => is_inside = !is_inside,
            _ if !is_inside => return !letter.is_ascii_whitespace(),
            _ => {}
        }
        is_escaped = *letter == '\\' && !is_escaped;
        true
    };
    json.chars().filter(is_kept).collect()
}

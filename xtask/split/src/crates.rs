//! What the code of a wasm is made of, by the names of its functions.
//!
//! What is generic counts for the crate that defines it: a component is Yew's code, whoever wrote the component.

use std::collections::{BTreeMap, HashMap};
use std::error::Error;

use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// What the names of the standard library begin with: its crates, and its modules where the crate is left out.
const STANDARD_LIBRARY: [&str; 24] = [
    "core",
    "alloc",
    "std",
    "hashbrown",
    "dlmalloc",
    "compiler_builtins",
    "fmt",
    "str",
    "string",
    "raw",
    "panicking",
    "slice",
    "ops",
    "hash",
    "panic",
    "rc",
    "raw_vec",
    "char",
    "boxed",
    "thread",
    "result",
    "cell",
    "option",
    "vec",
];

/// Who has less is one of the others.
const NAMED_FROM_BYTES: usize = 500;

/// Adds the bytes of code of a wasm that still has its names.
pub fn add(wasm: &[u8], total: &mut BTreeMap<String, usize>) -> Result<(), Box<dyn Error>> {
    let (mut imported, mut sizes, mut names) = (0_u32, Vec::new(), HashMap::new());
    for payload in Parser::new(0).parse_all(wasm) {
        match payload? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += u32::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => sizes.push(body.as_bytes().len()),
            Payload::CustomSection(section) => {
                let KnownCustom::Name(kinds) = section.as_known() else { continue };
                for kind in kinds {
                    // Kinds of names that are newer than the parser say nothing of functions.
                    let Ok(Name::Function(list)) = kind else { continue };
                    for naming in list {
                        let naming = naming?;
                        names.insert(naming.index, naming.name);
                    }
                }
            }
            _ => {}
        }
    }
    for (idx, size) in (imported..).zip(sizes) {
        let name = rustc_demangle::demangle(names.get(&idx).unwrap_or(&"")).to_string();
        *total.entry(crate_of(&name)).or_default() += size;
    }
    Ok(())
}

pub fn print(total: &BTreeMap<String, usize>) {
    let mut lines: Vec<_> = total.iter().collect();
    lines.sort_by_key(|(_, bytes)| std::cmp::Reverse(**bytes));
    let (named, others): (Vec<_>, Vec<_>) =
        lines.into_iter().partition(|(_, bytes)| **bytes >= NAMED_FROM_BYTES);
    for (name, bytes) in named {
        println!("  {name:24}{bytes:>10}");
    }
    println!("  {:24}{:>10}", "all others", others.iter().map(|(_, bytes)| **bytes).sum::<usize>());
}

/// The crate by the first path in a function's name; in `<T as core::fmt::Debug>::fmt`, where `T` is any
/// type, that is the trait's.
fn crate_of(name: &str) -> String {
    let is_part = |character: char| character.is_ascii_alphanumeric() || character == '_';
    let mut rest = name;
    while let Some((before, after)) = rest.split_once("::") {
        let start = before.rfind(|character| !is_part(character)).map_or(0, |at| at + 1);
        let first = &before[start..];
        if first.starts_with(|character: char| character.is_ascii_lowercase()) {
            let is_standard = STANDARD_LIBRARY.contains(&first);
            return if is_standard { "the standard library" } else { first }.to_owned();
        }
        rest = after;
    }
    "without a name".to_owned()
}

#[test]
fn a_function_counts_for_the_crate_of_its_name() {
    let table = [
        ("yew::scheduler::start", "yew"),
        ("<yew::virtual_dom::vnode::VNode as core::clone::Clone>::clone", "yew"),
        ("<T as core::fmt::Debug>::fmt", "the standard library"),
        ("<&mut T as sourcier::json::Write>::write::h0123", "sourcier"),
        ("alloc::vec::Vec<T,A>::push", "the standard library"),
        ("memcpy", "without a name"),
        ("", "without a name"),
    ];
    for (name, expected) in table {
        assert_eq!(crate_of(name), expected, "{name}");
    }
}

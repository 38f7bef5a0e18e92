//! Splits the program: what the first screen needs, the dialogs, and what only the worker needs. No code is in
//! two parts: what two of them need and the first screen does not is a part as well.
//!
//! Trunk builds the program whole. The linker left in it which code uses which; wasm-bindgen drops that,
//! so what was linked is split, and wasm-bindgen runs once more, on the first part. `static/boot.js` and
//! `static/exchange_start.js` load the others.

use crate::{
    Result,
    command::{self, command},
    digest, html,
    project::Project,
    setup::Toolchain,
    shrink, single_file,
    site::{Program, Site},
};
use std::{fs, path::Path};

/// What wasm-bindgen's JavaScript calls itself. The splitter is told to have its function there too, so
/// that the wasm imports from one module.
const MODULE: &str = "./sourcier_bg.js";
/// What is loaded by itself. The first part asks for each by a function, called with a callback in the table
/// of functions and its argument.
const LOADED: [(&str, Program); 2] = [("dialogs", Program::Dialogs), ("exchange", Program::Exchange)];
/// What the splitter calls the part that both of them need, before its number.
const SHARED: &str = "chunk_";
/// The first line of what wasm-bindgen's JavaScript gives the wasm.
const GIVEN: &str = "    const import0 = {\n";

/// Puts the parts in place of the program.
pub fn split(project: &Project, toolchain: &Toolchain, site: &mut Site) -> Result<()> {
    let dir = project.target.join("split");
    // What an earlier run left could be taken for a part of this one.
    if dir.exists() {
        fs::remove_dir_all(&dir).map_err(|error| format!("cannot empty {}: {error}", dir.display()))?;
    }
    let linked = toolchain.wasm_dir(project).join("release/sourcier.wasm");
    let mut splitter = command("cargo");
    splitter.args(["run", "--quiet", "--package", "sourcier-split", "--", "parts"]).arg(&linked).arg(&dir);
    let printed = command::run_for_output(splitter.arg(MODULE).current_dir(&project.root))?;

    let bound = dir.join("bound");
    let mut bindgen = command("wasm-bindgen");
    // What the linker exports is the table of functions, by which the parts call each other.
    bindgen.args(["--target", "web", "--no-typescript", "--keep-lld-exports"]);
    bindgen.args(["--out-name", Program::Page.stem(), "--out-dir"]);
    command::run(bindgen.arg(&bound).arg(dir.join("main.wasm")))?;

    let shared = shared_names(&text(&dir.join(MODULE))?)?;
    let glue = with_loader(&text(&bound.join("sourcier.js"))?, &shared)?;
    let (wasm_path, js_path) =
        (site.only(Program::Page, ".wasm")?.0.to_owned(), site.only(Program::Page, ".js")?.0.to_owned());
    site.replace(Program::Page, &wasm_path, "_bg.wasm", bytes(&bound.join("sourcier_bg.wasm"))?)?;
    site.replace(Program::Page, &js_path, ".js", glue.into_bytes())?;
    for (file, part) in parts_of(&printed)? {
        site.files.insert(format!("{}_bg.wasm", part.stem()), bytes(&dir.join(file + ".wasm"))?);
    }
    Ok(())
}

/// Prints what the code of all parts is made of, by what the shrinking left before it dropped the names.
pub fn print_crates(project: &Project) -> Result<()> {
    let mut crates = command("cargo");
    crates.args(["run", "--quiet", "--package", "sourcier-split", "--", "crates"]).current_dir(&project.root);
    let parts = [Program::Page].into_iter().chain(Program::PARTS);
    crates.args(parts.map(|part| shrink::named_wasm(project, part)));
    print!("{}", command::run_for_output(&mut crates)?);
    Ok(())
}

/// The page with the names of the parts.
pub fn named(site: &Site) -> Result<String> {
    let mut page = site.page.clone();
    for part in Program::PARTS {
        let (path, _) = site.only(part, ".wasm")?;
        let meta = format!(r#"<meta name="sourcier-{}" content="{path}" />"#, part.stem());
        page = html::insert_after_charset(&page, &meta)?;
    }
    Ok(page)
}

/// The parts as data of the page.
pub fn inline(site: &Site) -> Result<String> {
    let mut elements = String::new();
    for part in Program::PARTS {
        let packed = digest::base64(single_file::gzip(site.only(part, ".wasm")?.1)?);
        let id = part.stem();
        elements +=
            &format!("<script type=\"application/octet-stream\" id=\"{id}-wasm\">{packed}</script>\n");
    }
    Ok(elements)
}

/// The files of the parts, by what the splitter printed: for each of [`LOADED`] its name and its files, what
/// it builds upon first.
fn parts_of(printed: &str) -> Result<Vec<(String, Program)>> {
    let mut parts = Vec::new();
    for (name, part) in LOADED {
        let line = printed.lines().map(|line| line.split(' ').collect::<Vec<_>>());
        let files = line.filter(|words| words[0] == name).find_map(|words| words.get(1..).map(<[_]>::to_vec));
        match files.unwrap_or_default()[..] {
            [shared, own] if shared.starts_with(SHARED) => {
                parts.extend([(shared.to_owned(), Program::Shared), (own.to_owned(), part)]);
            }
            _ => return Err(format!("the splitter made other parts than split.rs knows: {printed}")),
        }
    }
    Ok(parts)
}

/// What the other parts import of the first, by the JavaScript that the splitter wrote.
fn shared_names(script: &str) -> Result<Vec<String>> {
    let list = script.split_once("const {").and_then(|(_, rest)| rest.split_once("} = initSync("));
    let (list, _) = list.ok_or("the splitter's JavaScript has no list of what is shared: mend split.rs")?;
    Ok(list.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

/// wasm-bindgen's JavaScript with the functions that load the others in place of an import. `sourcierPart`, of
/// `static/boot.js` and `static/exchange_start.js`, gets what is shared and puts the part beside it.
fn with_loader(glue: &str, shared: &[String]) -> Result<String> {
    // The imports are numbered from 1; 0 is wasm-bindgen's own.
    let mut glue = glue.to_owned();
    for number in 1..=LOADED.len() {
        let import = format!("import * as import{number} from \"{MODULE}\"\n");
        let use_of_it = format!("        \"{MODULE}\": import{number},\n");
        for line in [import, use_of_it] {
            let (before, after) = around(&glue, &line)?;
            glue = format!("{before}{after}");
        }
    }
    let members: Vec<String> = shared.iter().map(|name| format!("{name}: wasm.{name}")).collect();
    let members = members.join(", ");
    let mut given = GIVEN.to_owned();
    for (name, _) in LOADED {
        given += &format!(
            "        __wasm_split_load_{name}: function(callback, argument) {{\n            \
             const done = (isLoaded) => wasm.__indirect_function_table.get(callback)(argument, isLoaded);\n            \
             sourcierPart(\"{name}\", {{ {members} }}).then(() => done(true), () => done(false));\n        \
             }},\n"
        );
    }
    let (before, after) = around(&glue, GIVEN)?;
    Ok(format!("{before}{given}{after}"))
}

/// What stands before and after a line that must be there once.
fn around<'g>(glue: &'g str, line: &str) -> Result<(&'g str, &'g str)> {
    let once = glue.split_once(line).filter(|(_, after)| !after.contains(line));
    once.ok_or_else(|| format!("wasm-bindgen's JavaScript must have this line once: {line}"))
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

fn text(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(|error| format!("cannot read {}: {error}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    const GLUE: &str = r#"import * as import1 from "./sourcier_bg.js"
import * as import2 from "./sourcier_bg.js"
function imports() {
    const import0 = {
        __proto__: null,
    };
    return {
        "./sourcier_bg.js": import0,
        "./sourcier_bg.js": import1,
        "./sourcier_bg.js": import2,
    };
}
"#;

    #[test]
    fn the_functions_that_load_stand_among_the_others() {
        let shared = shared_names("const { memory, table,  } = initSync(undefined);").unwrap();
        assert_eq!(shared, ["memory", "table"]);
        let glue = with_loader(GLUE, &shared).unwrap();
        assert!(
            !glue.contains("import1")
                && !glue.contains("import2")
                && glue.contains("\"./sourcier_bg.js\": import0"),
            "{glue}"
        );
        for name in ["dialogs", "exchange"] {
            let function = format!("        __wasm_split_load_{name}: function(");
            let call = format!("sourcierPart(\"{name}\", {{ memory: wasm.memory, table: wasm.table }})");
            assert!(glue.contains(&function) && glue.contains(&call), "{glue}");
        }
    }

    #[test]
    fn what_two_parts_need_is_a_part() {
        let parts = parts_of("dialogs chunk_1 split_dialogs\nexchange chunk_1 split_exchange\n").unwrap();
        let stems = parts.iter().map(|(file, part)| (file.as_str(), part.stem()));
        let expected = [
            ("chunk_1", "shared"),
            ("split_dialogs", "dialogs"),
            ("chunk_1", "shared"),
            ("split_exchange", "exchange"),
        ];
        assert_eq!(stems.collect::<Vec<_>>(), expected);
        for other in
            ["", "dialogs split_dialogs\nexchange split_exchange\n", "dialogs chunk_1 split_dialogs\n"]
        {
            assert!(parts_of(other).is_err(), "{other}");
        }
    }

    #[test]
    fn other_javascript_than_expected_is_an_error() {
        assert!(shared_names("const x = 1;").is_err());
        assert!(with_loader(&GLUE.replace("import1,", "import3,"), &[]).is_err());
        assert!(with_loader(&GLUE.replace("const import0", "const imports"), &[]).is_err());
    }
}

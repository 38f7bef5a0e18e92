//! Splits the program: what the page needs, and what only its worker needs, which a first visit does not
//! load. The worker loads both, so that no code is loaded twice.
//!
//! Trunk builds the program whole. The linker left in it which code uses which; wasm-bindgen drops that,
//! so what was linked is split, and wasm-bindgen runs once more, on the page's part.

use crate::{
    Result,
    command::{self, command},
    project::Project,
    setup::Toolchain,
    site::{Program, Site},
};
use std::{fs, path::Path};

/// What wasm-bindgen's JavaScript calls itself. The splitter is told to have its function there too, so
/// that the wasm imports from one module.
const MODULE: &str = "./sourcier_bg.js";
/// The function by which the page's part asks for the other one, called with a callback in the table of
/// functions and its argument.
const LOAD: &str = "__wasm_split_load_exchange";
/// The first line of what wasm-bindgen's JavaScript gives the wasm.
const GIVEN: &str = "    const import0 = {\n";

/// Puts the two parts in place of the program.
pub fn split(project: &Project, toolchain: &Toolchain, site: &mut Site) -> Result<()> {
    let dir = project.target.join("split");
    // What an earlier run left could be taken for a part of this one.
    if dir.exists() {
        fs::remove_dir_all(&dir).map_err(|error| format!("cannot empty {}: {error}", dir.display()))?;
    }
    let linked = toolchain.wasm_dir(project).join("release/sourcier.wasm");
    let mut splitter = command("cargo");
    splitter.args(["run", "--quiet", "--package", "sourcier-split", "--"]).arg(&linked).arg(&dir);
    command::run(splitter.arg(MODULE).current_dir(&project.root))?;

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
    site.files.insert("exchange_bg.wasm".to_owned(), bytes(&dir.join("split_exchange.wasm"))?);
    Ok(())
}

/// What the worker's part imports of the page's part, by the JavaScript that the splitter wrote.
fn shared_names(script: &str) -> Result<Vec<String>> {
    let list = script.split_once("const {").and_then(|(_, rest)| rest.split_once("} = initSync("));
    let (list, _) = list.ok_or("the splitter's JavaScript has no list of what is shared: mend split.rs")?;
    Ok(list.split(',').map(str::trim).filter(|name| !name.is_empty()).map(str::to_owned).collect())
}

/// wasm-bindgen's JavaScript with a function for [`LOAD`] in place of an import. `sourcierPart`, of
/// `static/exchange_start.js`, gets what is shared and puts the part beside it.
fn with_loader(glue: &str, shared: &[String]) -> Result<String> {
    let import = format!("import * as import1 from \"{MODULE}\"\n");
    let use_of_it = format!("        \"{MODULE}\": import1,\n");
    for line in [import.as_str(), use_of_it.as_str(), GIVEN] {
        if glue.matches(line).count() != 1 {
            return Err(format!("wasm-bindgen's JavaScript must have this line once: {line}"));
        }
    }
    let members: Vec<String> = shared.iter().map(|name| format!("{name}: wasm.{name}")).collect();
    let loader = format!(
        "{GIVEN}        {LOAD}: function(callback, argument) {{\n            \
         sourcierPart({{ {} }}).then(() => wasm.__indirect_function_table.get(callback)(argument, true));\n        \
         }},\n",
        members.join(", ")
    );
    Ok(glue.replace(&import, "").replace(&use_of_it, "").replace(GIVEN, &loader))
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

    const GLUE: &str = "import * as import1 from \"./sourcier_bg.js\"\nfunction imports() {\n    const import0 = {\n        \
                        __proto__: null,\n    };\n    return {\n        \"./sourcier_bg.js\": import0,\n        \
                        \"./sourcier_bg.js\": import1,\n    };\n}\n";

    #[test]
    fn the_function_that_loads_stands_among_the_others() {
        let shared = shared_names("const { memory, table,  } = initSync(undefined);").unwrap();
        assert_eq!(shared, ["memory", "table"]);
        let glue = with_loader(GLUE, &shared).unwrap();
        assert!(!glue.contains("import1") && glue.contains("\"./sourcier_bg.js\": import0"), "{glue}");
        let loader = "__wasm_split_load_exchange: function(callback, argument) {\n            \
                      sourcierPart({ memory: wasm.memory, table: wasm.table })";
        assert!(glue.contains(loader), "{glue}");
    }

    #[test]
    fn other_javascript_than_expected_is_an_error() {
        assert!(shared_names("const x = 1;").is_err());
        assert!(with_loader(&GLUE.replace("import1,", "import2,"), &[]).is_err());
        assert!(with_loader(&GLUE.replace("const import0", "const imports"), &[]).is_err());
    }
}

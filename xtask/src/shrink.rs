//! Makes what Trunk built smaller: Binaryen's wasm-opt for the wasm, Terser for wasm-bindgen's
//! JavaScript, and short names for what the two import from each other.
//!
//! Those names are long and end in hashes, which no compression makes shorter: they weigh 8 kB.

use crate::{
    Result,
    command::{self, command},
    project::Project,
    single_file,
    site::{Program, Site},
    tools::{self, NpmTools},
};
use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
};

/// Only what every browser reads today. Never `--all-features`: no browser takes the result.
const FEATURES: [&str; 7] = [
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

/// The names of functions (`-g`) are kept for [`SECOND_RUN`]. Memory below 1 KiB is the far end of
/// the stack, which a linker for Rust puts first. Taken apart (`flatten`) and put together again
/// (`rereloop`), code comes out 3 kB smaller in brotli, both programs together.
const FIRST_RUN: [&str; 5] = ["-g", "--low-memory-unused", "--flatten", "--rereloop", "-Os"];

/// Once more, until nothing more is found; then what compresses better: functions of like names, and so of like code, side by
/// side, and no hints on alignment, which browsers ignore.
const SECOND_RUN: [&str; 8] = [
    "--low-memory-unused",
    "-Os",
    "--converge",
    "--reorder-functions-by-name",
    "--reorder-locals",
    "--dealign",
    "--strip-producers",
    "--strip-target-features",
];

/// What the first run leaves.
const NAMED: &str = "between.wasm";

/// Gives short names to what the wasm imports and exports, and prints them.
const SHORT_NAMES: &str = "--minify-imports-and-exports-and-modules";

/// What wasm-opt calls the one module that the wasm imports from.
const SHORT_MODULE: &str = "a";

/// Shrinks the wasm and the JavaScript of the site. Says why it did not where Node is missing; a
/// tool that fails is an error.
pub fn shrink(project: &Project, site: &mut Site) -> Result<Option<String>> {
    let npm_tools = match tools::npm_tools(project) {
        Ok(npm_tools) => npm_tools,
        Err(how) => return Ok(Some(how)),
    };
    let dir = |program: Program| -> Result<PathBuf> {
        let dir = work_dir(project, program);
        fs::create_dir_all(&dir).map_err(|error| format!("cannot make {}: {error}", dir.display()))?;
        Ok(dir)
    };
    let mut names = None;
    for program in [Program::Page].into_iter().chain(Program::PARTS) {
        let (path, wasm) = site.only(program, ".wasm")?;
        let path = path.to_owned();
        // The others share next to no names with JavaScript.
        let has_names = program == Program::Page;
        let (wasm, printed) = optimised(&npm_tools, &dir(program)?, wasm, has_names)?;
        site.replace(program, &path, "_bg.wasm", wasm)?;
        if has_names {
            names = Some(read_names(&printed)?);
        }
    }
    for program in [Program::Page, Program::Exchange, Program::PageReader] {
        let (path, script) = site.only(program, ".js")?;
        let path = path.to_owned();
        let mut script = std::str::from_utf8(script).map_err(|_| format!("{path} is not UTF-8"))?.to_owned();
        if program == Program::Page
            && let Some(names) = &names
        {
            script = renamed(&script, names)?;
        }
        site.replace(program, &path, ".js", minified(&npm_tools, &dir(program)?, &script)?)?;
    }
    Ok(None)
}

fn work_dir(project: &Project, program: Program) -> PathBuf {
    project.target.join("shrink").join(program.stem())
}

/// Where the wasm of a part lies that still has the names of its functions.
pub fn named_wasm(project: &Project, program: Program) -> PathBuf {
    work_dir(project, program).join(NAMED)
}

/// The short names, by the long ones.
#[derive(Debug, PartialEq)]
struct Names {
    /// What the wasm imports, and the module that it is imported from.
    imports: BTreeMap<String, String>,
    module: String,
    exports: BTreeMap<String, String>,
}

/// The wasm, and what wasm-opt printed.
fn optimised(npm_tools: &NpmTools, dir: &Path, wasm: &[u8], has_names: bool) -> Result<(Vec<u8>, String)> {
    let [before, between, after] = ["before.wasm", NAMED, "after.wasm"].map(|name| dir.join(name));
    fs::write(&before, wasm).map_err(|error| format!("cannot write the wasm: {error}"))?;
    let wasm_opt = |flags: &[&str], from: &Path, to: &Path| {
        let mut wasm_opt = command("node");
        wasm_opt.arg(&npm_tools.wasm_opt).args(FEATURES).args(flags).arg(from).arg("-o").arg(to);
        wasm_opt
    };
    // The second run does all it does more than once: names can be made short but in the first.
    let mut flags = FIRST_RUN.to_vec();
    flags.extend(has_names.then_some(SHORT_NAMES));
    let printed = command::run_for_output(&mut wasm_opt(&flags, &before, &between))?;
    command::run(&mut wasm_opt(&SECOND_RUN, &between, &after))?;
    let wasm = fs::read(&after).map_err(|error| format!("wasm-opt left nothing: {error}"))?;
    Ok((wasm, printed))
}

/// Reads what wasm-opt prints: JSON with a line for each name, `["module", "import", "short"]` or
/// `["export", "short"]`.
fn read_names(printed: &str) -> Result<Names> {
    let mut names = Names { imports: BTreeMap::new(), module: String::new(), exports: BTreeMap::new() };
    for line in printed.lines().map(str::trim).filter(|line| line.starts_with("[\"")) {
        let quoted: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
        match quoted[..] {
            [module, long, short] if names.module.is_empty() || names.module == module => {
                names.module = module.to_owned();
                names.imports.insert(long.to_owned(), short.to_owned());
            }
            [long, short] => {
                names.exports.insert(long.to_owned(), short.to_owned());
            }
            _ => return Err(format!("wasm-opt printed a name that shrink.rs does not know: {line}")),
        }
    }
    Ok(names)
}

/// wasm-bindgen's JavaScript with the short names. Each import must stand there, as a key at the
/// start of a line; exports are what follows `wasm.`.
fn renamed(glue: &str, names: &Names) -> Result<String> {
    let module = format!("\"{}\": ", names.module);
    if glue.matches(&module).count() != 1 {
        return Err(format!("wasm-bindgen's JavaScript has not one {}: mend shrink.rs", names.module));
    }
    let glue = glue.replace(&module, &format!("{SHORT_MODULE}: "));
    let (mut renamed, mut import_count) = (String::with_capacity(glue.len()), 0);
    for line in glue.split_inclusive('\n') {
        let key = line.trim_start();
        let short = key.split_once(": ").and_then(|(key, value)| Some((names.imports.get(key)?, value)));
        let line = match short {
            Some((short, value)) => {
                import_count += 1;
                &format!("{short}: {value}")
            }
            None => line,
        };
        renamed.push_str(&with_short_exports(line, names));
    }
    if import_count != names.imports.len() {
        let missing = names.imports.len().abs_diff(import_count);
        return Err(format!("{missing} imports of the wasm are not in the JavaScript: mend shrink.rs"));
    }
    Ok(renamed)
}

fn with_short_exports(line: &str, names: &Names) -> String {
    const OBJECT: &str = "wasm.";
    let mut pieces = line.split(OBJECT);
    let mut short = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let is_part = |character: char| character.is_ascii_alphanumeric() || matches!(character, '_' | '$');
        let (name, rest) = piece.split_at(piece.find(|character| !is_part(character)).unwrap_or(piece.len()));
        short.push_str(OBJECT);
        short.push_str(names.exports.get(name).map_or(name, String::as_str));
        short.push_str(rest);
    }
    short
}

fn minified(npm_tools: &NpmTools, dir: &Path, js: &str) -> Result<Vec<u8>> {
    let [before, after] = ["before.js", "after.js"].map(|name| dir.join(name));
    fs::write(&before, js).map_err(|error| format!("cannot write the JavaScript: {error}"))?;
    let mut terser = command("node");
    terser.arg(&npm_tools.terser).arg(&before).args(["--module", "--compress", "--mangle"]);
    terser.arg(format!("reserved=[{}]", single_file::INIT)).arg("--output").arg(&after);
    command::run(&mut terser)?;
    fs::read(&after).map_err(|error| format!("Terser left nothing: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = r#"{
 "imports": [
  ["./s_bg.js", "__wbg_log_1", "b"],
  ["./s_bg.js", "__wbg_log_12", "$"]
 ],
"exports": [
  ["memory", "c"],
  ["__wbindgen_free", "d"]
 ]
}"#;
    const GLUE: &str = r#"
  const import0 = {
    __wbg_log_1: function(arg0) {
      wasm.__wbindgen_free(arg0, wasm.memory.buffer);
    },
    __wbg_log_12: other,
  };
  return { "./s_bg.js": import0 };
"#;

    #[test]
    fn both_sides_get_the_short_names() {
        let renamed = renamed(GLUE, &read_names(PRINTED).unwrap()).unwrap();
        for expected in ["b: function", "wasm.d(arg0, wasm.c.buffer)", "$: other", "{ a: import0 }"] {
            assert!(renamed.contains(expected), "{expected} in {renamed}");
        }
    }

    #[test]
    fn what_does_not_fit_is_an_error() {
        let names = read_names(PRINTED).unwrap();
        assert!(renamed(&GLUE.replace("__wbg_log_1:", "__wbg_log_2:"), &names).is_err());
        assert!(renamed(&GLUE.replace("./s_bg.js", "./other.js"), &names).is_err());
        assert!(read_names(&PRINTED.replacen("./s_bg.js", "./other.js", 1)).is_err());
        assert!(read_names("[\"one\"]").is_err());
    }
}

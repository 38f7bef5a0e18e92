//! Splits the program at the functions that are marked for it: `sourcier-split <linked wasm> <folder> <module>`.
//!
//! A program of its own, so that xtask stays quick to build: only releases are split. `module` is the name
//! of the JavaScript that the wasm imports from. Prints a line for each part: its name, and the files that it
//! needs in the order in which they must be there, without their ending.

use std::{collections::BTreeMap, env, error::Error, fs, path::PathBuf};
use wasm_split_cli_support::{Options, transform};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let [linked, folder, module] = &arguments[..] else { return Err("three arguments are needed".into()) };
    let (linked, folder) = (fs::read(linked)?, PathBuf::from(folder));
    let main = folder.join("main.wasm");
    let mut options = Options::new(&linked);
    options.output_dir = &folder;
    options.main_out_path = &main;
    options.link_name = module;
    let parts = transform(options)?.prefetch_map;
    for (name, files) in BTreeMap::from_iter(parts) {
        println!("{name} {}", files.join(" "));
    }
    Ok(())
}

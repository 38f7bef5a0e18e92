//! Splits the program at the functions that are marked for it, and says what its code is made of:
//!
//! - `sourcier-split parts <linked wasm> <folder> <module>`: writes the parts. `module` is the name of the
//!   JavaScript that the wasm imports from. Prints a line for each part that is loaded by itself: its name, and the
//!   files that it needs in the order in which they must be there, without their ending.
//! - `sourcier-split crates <wasm>…`: prints the bytes of code of each crate, largest first.
//!
//! A program of its own, so that xtask stays quick to build: only releases are split.

mod crates;

use std::{collections::BTreeMap, env, error::Error, fs, path::Path};
use wasm_split_cli_support::{Options, transform};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["parts", linked, folder, module] => parts(&fs::read(linked)?, Path::new(folder), module),
        ["crates", ref files @ ..] => {
            let mut total = BTreeMap::new();
            for file in files {
                crates::add(&fs::read(file)?, &mut total)?;
            }
            crates::print(&total);
            Ok(())
        }
        _ => Err("parts <linked wasm> <folder> <module>, or crates <wasm>…".into()),
    }
}

fn parts(linked: &[u8], folder: &Path, module: &str) -> Result<(), Box<dyn Error>> {
    let main = folder.join("main.wasm");
    let mut options = Options::new(linked);
    options.output_dir = folder;
    options.main_out_path = &main;
    options.link_name = module;
    let parts = transform(options)?.prefetch_map;
    for (name, files) in BTreeMap::from_iter(parts) {
        println!("{name} {}", files.join(" "));
    }
    Ok(())
}

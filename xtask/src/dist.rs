//! `cargo xtask dist`: the release, as a static folder for any host and as one file.
//!
//! Trunk builds; the program is split; wasm and JavaScript are shrunk; the style sheets are joined; then the two pages part ways:
//! index.html gets its policy and the service worker, sourcier.html gets everything inside.

use crate::{
    Result, command, csp, exchange, html, page_reader,
    project::Project,
    setup::{self, Toolchain},
    shrink, single_file,
    site::{Program, Site},
    size, split, worker,
};
use std::fs;

const SINGLE_FILE: &str = "sourcier.html";

pub struct Release {
    pub sizes: size::Report,
    /// Why wasm-opt and Terser did not run, and how to get them.
    pub shrinking_missing: Option<String>,
}

pub fn run(project: &Project) -> Result<()> {
    println!("== set-up");
    let toolchain = setup::prepare(project)?;
    println!("\n== release");
    let release = build(project, &toolchain)?;
    if let Some(how) = &release.shrinking_missing {
        println!("  warning: bigger than it could be, without wasm-opt and Terser: {how}");
    }
    release.sizes.print();
    if release.shrinking_missing.is_none() {
        println!("\n  code by crate, in bytes before compression and wasm-opt's second run:");
        split::print_crates(project)?;
    }
    println!("\n  dist/ is for any static host; dist/{SINGLE_FILE} opens from a disk");
    Ok(())
}

/// Builds into `dist/`.
pub fn build(project: &Project, toolchain: &Toolchain) -> Result<Release> {
    let mut site = trunk_build(project, toolchain)?;
    split::split(project, toolchain, &mut site)?;
    exchange::bundle(&mut site)?;
    page_reader::bundle(&mut site)?;
    let wasm_unoptimised_bytes = site.only(Program::Page, ".wasm")?.1.len();
    let shrinking_missing = shrink::shrink(project, &mut site)?;
    site.join_styles()?;

    let single_file = single_file::page(&site)?;
    let single_file = csp::with_policy(&single_file, csp::Page::SingleFile)?;
    site.page = split::named(&site)?;
    site.page = exchange::named(&site)?;
    site.page = page_reader::named(&site)?;
    add_service_worker(project, &mut site)?;
    let sizes = size::Report::new(&site, wasm_unoptimised_bytes, single_file.len())?;
    site.files.insert(SINGLE_FILE.to_owned(), single_file.into_bytes());
    site.write(&project.dist())?;
    Ok(Release { sizes, shrinking_missing })
}

fn trunk_build(project: &Project, toolchain: &Toolchain) -> Result<Site> {
    let dir = project.target.join("trunk-release");
    let mut trunk = toolchain.trunk_release(project);
    trunk.args(["build", "--release", "--features", "split", "--public-url", "./", "--dist"]).arg(&dir);
    command::run(&mut trunk)?;
    Site::read(&dir)
}

/// Gives the page its policy and the name of the service worker, and writes the worker last: it lists
/// all the files with their hashes.
fn add_service_worker(project: &Project, site: &mut Site) -> Result<()> {
    // Before boot.js, which looks for it; and behind the policy, which is put in after it.
    let meta = r#"<meta name="sourcier-service-worker" content="sw.js" />"#;
    let page = html::insert_after_charset(&site.page, meta)?;
    site.page = csp::with_policy(&page, csp::Page::Hosted)?;
    let template = fs::read_to_string(project.root.join("static/sw.js"))
        .map_err(|error| format!("static/sw.js: {error}"))?;
    let mut files = site.files.clone();
    files.insert("index.html".to_owned(), site.page.clone().into_bytes());
    let script = worker::script(&template, &files)?;
    site.files.insert("sw.js".to_owned(), script.into_bytes());
    Ok(())
}

//! `cargo xtask dist`: the release, as a static folder for any host and as one file.
//!
//! Trunk builds; wasm-opt shrinks the wasm; the style sheets are joined; then the two pages part ways:
//! index.html gets its policy and the service worker, sourcier.html gets everything inside.

use crate::{
    Result,
    command::{self, command},
    csp, html,
    project::Project,
    setup::{self, Toolchain},
    single_file,
    site::Site,
    size, tools, worker,
};
use std::fs;

/// Only what every browser reads today. Never `--all-features`: no browser takes the result.
const WASM_OPT_FLAGS: [&str; 8] = [
    "-Oz",
    "--enable-bulk-memory",
    "--enable-bulk-memory-opt",
    "--enable-nontrapping-float-to-int",
    "--enable-sign-ext",
    "--enable-mutable-globals",
    "--enable-reference-types",
    "--enable-multivalue",
];

const SINGLE_FILE: &str = "sourcier.html";

pub struct Release {
    pub sizes: size::Report,
    /// Why wasm-opt did not run, and how to get it.
    pub wasm_opt_missing: Option<String>,
}

pub fn run(project: &Project) -> Result<()> {
    println!("== set-up");
    let toolchain = setup::prepare(project)?;
    println!("\n== release");
    let release = build(project, &toolchain)?;
    if let Some(how) = &release.wasm_opt_missing {
        println!("  warning: wasm-opt skipped, the wasm is bigger than it could be: {how}");
    }
    release.sizes.print();
    println!("\n  dist/ is for any static host; dist/{SINGLE_FILE} opens from a disk");
    Ok(())
}

/// Builds into `dist/`.
pub fn build(project: &Project, toolchain: &Toolchain) -> Result<Release> {
    let mut site = trunk_build(project, toolchain)?;
    let wasm_unoptimised_bytes = site.only(".wasm")?.1.len();
    let wasm_opt_missing = optimise_wasm(project, &mut site)?;
    site.join_styles()?;

    let single_file = single_file::page(&site)?;
    let single_file = csp::with_policy(&single_file, csp::Page::SingleFile)?;
    add_service_worker(project, &mut site)?;
    let sizes = size::Report::new(&site, wasm_unoptimised_bytes, single_file.len())?;
    site.files.insert(SINGLE_FILE.to_owned(), single_file.into_bytes());
    site.write(&project.dist())?;
    Ok(Release { sizes, wasm_opt_missing })
}

fn trunk_build(project: &Project, toolchain: &Toolchain) -> Result<Site> {
    let dir = project.target.join("trunk-release");
    let mut trunk = toolchain.trunk_release(project);
    trunk.args(["build", "--release", "--public-url", "./", "--dist"]).arg(&dir);
    command::run(&mut trunk)?;
    Site::read(&dir)
}

/// Says why it did not run where Node is missing. A wasm-opt that fails is an error.
fn optimise_wasm(project: &Project, site: &mut Site) -> Result<Option<String>> {
    let npm_tools = match tools::npm_tools(project) {
        Ok(npm_tools) => npm_tools,
        Err(how) => return Ok(Some(how)),
    };
    let (path, wasm) = site.only(".wasm")?;
    let (path, input) = (path.to_owned(), project.target.join("before-wasm-opt.wasm"));
    let output = project.target.join("after-wasm-opt.wasm");
    fs::write(&input, wasm).map_err(|error| format!("cannot write the wasm: {error}"))?;
    let mut wasm_opt = command("node");
    wasm_opt.arg(npm_tools.wasm_opt).args(WASM_OPT_FLAGS).arg(&input).arg("-o").arg(&output);
    command::run(&mut wasm_opt)?;
    let optimised = fs::read(&output).map_err(|error| format!("wasm-opt left nothing: {error}"))?;
    site.replace(&path, "_bg.wasm", optimised)?;
    Ok(None)
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

//! `cargo xtask bench`: Sourcier beside a bare page that does the same work, in one real browser.
//!
//! Both get the same documents and are asked for the same edits, one after the other in turn, and
//! measure themselves from inside (`pages/kit.js`). The bare page has the same text and marks in
//! blocks of 32 paragraphs and nothing else. What comes out is a table, a JSON file with every
//! sample, and a plot of cost against size. `--smoke` goes through everything once with the smallest
//! document: it judges no time, and fails where something does not work.

mod bars;
mod figures;
mod file;
mod long;
mod machine;
mod plan;
mod plot;
mod table;
mod visit;

use std::fs;
use std::process::ExitCode;

use sourcier_browser_tests::bench::bench;
use sourcier_browser_tests::page::target_folder;

use crate::figures::Figures;
use crate::machine::Machine;
use crate::plan::{Part, Plan};

fn main() -> ExitCode {
    let plan = match Plan::parse(std::env::args().skip(1)) {
        Ok(plan) => plan,
        Err(message) => {
            eprintln!("error: {message}");
            return ExitCode::FAILURE;
        }
    };
    let mut figures = Figures::default();
    let mut machine = None;
    bench(|bench| machine = Some(visit::run(bench, &plan, &mut figures)));
    // In browsers of their own, so that nothing of the rounds before is in their memory.
    if plan.has(Part::Long) {
        long::run(&plan, &mut figures);
    }
    let Some(machine) = machine else {
        eprintln!("error: there is no release to measure");
        return ExitCode::FAILURE;
    };
    if plan.is_smoke {
        println!("{} kinds of work were done; no time was judged", figures.len());
        return ExitCode::SUCCESS;
    }
    report(&figures, &machine)
}

fn report(figures: &Figures, machine: &Machine) -> ExitCode {
    print!("{}", table::table(figures));
    let folder = target_folder().join("bench");
    let written = fs::create_dir_all(&folder)
        .and_then(|()| fs::write(folder.join("figures.json"), file::json(figures, machine)))
        .and_then(|()| fs::write(folder.join("curves.svg"), plot::svg(figures)));
    match written {
        Ok(()) => {
            println!("\n  {} has figures.json and curves.svg", folder.display());
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("error: cannot write to {}: {error}", folder.display());
            ExitCode::FAILURE
        }
    }
}

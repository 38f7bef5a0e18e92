//! Named and timed steps, and the table of them at the end.

use crate::Result;
use std::time::{Duration, Instant};

pub enum Outcome {
    /// With a word about the result, or nothing.
    Passed(String),
    Failed(String),
    /// Could not be had on this machine; says how to get it. An error when `CI` is set.
    Missing(String),
    /// Not asked for, or senseless after what has failed.
    Skipped(String),
}

impl From<Result<()>> for Outcome {
    fn from(result: Result<()>) -> Outcome {
        result.map_or_else(Outcome::Failed, |()| Outcome::Passed(String::new()))
    }
}

struct Step {
    name: &'static str,
    outcome: Outcome,
    elapsed: Duration,
}

/// The steps so far. All are run, also after one that failed, so that one run shows everything.
pub struct Steps {
    is_ci: bool,
    started: Instant,
    steps: Vec<Step>,
}

impl Steps {
    pub fn new() -> Steps {
        // An empty or false `CI` is how people turn it off.
        let is_ci = std::env::var("CI").is_ok_and(|value| !matches!(value.as_str(), "" | "0" | "false"));
        Steps { is_ci, started: Instant::now(), steps: Vec::new() }
    }

    pub fn run(&mut self, name: &'static str, step: impl FnOnce() -> Outcome) {
        println!("\n== {name}");
        let started = Instant::now();
        let outcome = match step() {
            Outcome::Missing(how) if self.is_ci => Outcome::Failed(format!("missing, and CI is set: {how}")),
            outcome => outcome,
        };
        if let Outcome::Failed(message) | Outcome::Missing(message) | Outcome::Skipped(message) = &outcome {
            println!("  {message}");
        }
        self.steps.push(Step { name, outcome, elapsed: started.elapsed() });
    }

    /// Prints the table. The last line counts the steps.
    pub fn finish(&self) -> Result<()> {
        println!("\n== summary, {} in all", seconds(self.started.elapsed()));
        for Step { name, outcome, elapsed } in &self.steps {
            let (word, note) = match outcome {
                Outcome::Passed(note) => ("passed", note),
                Outcome::Failed(note) => ("FAILED", note),
                Outcome::Missing(note) | Outcome::Skipped(note) => ("skipped", note),
            };
            let line = format!("  {word:8}{name:21}{:>9}  {note}", seconds(*elapsed));
            println!("{}", line.trim_end());
        }
        let count = |is: fn(&Outcome) -> bool| self.steps.iter().filter(|step| is(&step.outcome)).count();
        let failed = count(|outcome| matches!(outcome, Outcome::Failed(_)));
        if failed > 0 {
            eprintln!("\nerror: {failed} of {} steps failed", self.steps.len());
        }
        println!(
            "\n{} passed, {failed} failed, {} skipped",
            count(|outcome| matches!(outcome, Outcome::Passed(_))),
            count(|outcome| matches!(outcome, Outcome::Missing(_) | Outcome::Skipped(_))),
        );
        if failed > 0 { std::process::exit(1) } else { Ok(()) }
    }
}

pub fn seconds(elapsed: Duration) -> String {
    format!("{:.1} s", elapsed.as_secs_f64())
}

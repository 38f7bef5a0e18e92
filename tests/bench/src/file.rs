//! The JSON file: where it was measured, and every sample.

use serde_json::{Value, json};

use crate::bars::WORKS;
use crate::figures::{Figures, median, percentile_95};
use crate::machine::Machine;

pub fn json(figures: &Figures, machine: &Machine) -> String {
    let mut lines = Vec::new();
    for work in WORKS {
        for (_, case, samples) in figures.iter().filter(|(id, _, _)| *id == work.id) {
            let limit = work.bar.limit(case, samples, figures);
            let found = median(&samples.sourcier);
            let is_kept = found.zip(limit).map(|(found, limit)| work.bar.is_kept(found, limit));
            let side = |samples: &[f64]| json!({ "median": median(samples), "p95": percentile_95(samples), "samples": samples });
            lines.push(json!({
                "work": work.id, "title": work.title, "unit": work.unit, "document": case.name(),
                "sourcier": side(&samples.sourcier),
                "bare": if samples.bare.is_empty() { Value::Null } else { side(&samples.bare) },
                "ratio": samples.ratio(), "limit": limit, "kept": is_kept,
            }));
        }
    }
    format!("{:#}\n", json!({ "machine": machine.to_json(), "figures": lines }))
}

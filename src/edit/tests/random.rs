//! Random sequences of what a person can do, and the shortest one that breaks a law.

use crate::edit::commands::choose::{choose_at, select};
use crate::edit::state::Selection;
use crate::edit::tests::support::{Session, state_of, state_under};
use crate::formats::presets::default_schema;
use crate::text::samples::Random;
use crate::text::span::TextOffset;

pub(crate) const TEXT: &str = "«\u{A0}Le ministre a menti\u{A0}», dit l’ONU.\r\n\r\nQui 👨\u{200D}👩\u{200D}👧 e\u{301}coute\u{AD}rait קול هنا ? Un. Deux. Trois.";

/// One thing that a person does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Action {
    /// As [`Session::act`] understands it.
    Act(&'static str),
    /// From and to, in bytes of the text, perhaps inside characters.
    Select(u32, u32),
    Click(u32),
    /// So many milliseconds pass.
    Wait(u64),
}

const ACTS: &[&str] = &[
    "p",
    "o",
    "c",
    "a",
    "q",
    "m",
    "Shift+c",
    "Shift+p",
    "z",
    "z",
    "Escape",
    "Enter",
    "Delete",
    "+",
    "+",
    "-",
    ";",
    ",",
    "v",
    "Ctrl+z",
    "Ctrl+z",
    "Ctrl+z",
    "Ctrl+y",
    "Ctrl+y",
    "ArrowLeft",
    "ArrowRight",
    "ArrowRight",
    "Shift+ArrowRight",
    "Ctrl+ArrowRight",
    "Ctrl+Shift+ArrowLeft",
    "Alt+ArrowDown",
    "Ctrl+End",
    "note:a",
    "note:ab",
    "note:abc",
    "note:é_👍🏽",
    "note:",
    "set:evidence=none",
    "set:evidence=unclear",
    "set:topic=x",
    "set:topic=xy",
    "set:topic=",
    "set:gravity=0.1",
    "set:verified=true",
    "unset:evidence",
    "set:odd=1e300",
    "unsure",
    "field:headline=T",
    "field:headline=Ti",
    "field:headline=",
    "field:language=fr",
    "letters",
    "s",
    "s",
    "r",
    "b",
    "b",
    "g",
    "g",
    "x",
    "Enter",
    "Enter",
    "1",
    "2",
    "j",
    "f",
    "y",
    "y",
    "Shift+y",
    "F8",
    "Shift+F8",
    "set:bearing=lacking",
    "set:bearing=against",
    "set:bearing=for",
    "set:evidence_status=disputed",
    "set:evidence_status=cited",
    "unset:evidence_status",
    "as-of:evidence_status=2020-01-01",
    "set:source_type=reporter",
    "unset:source_type",
    "set:number=group",
    "set:mention=pronoun",
    "set:quote_kind=full",
    "unset:quote_kind",
    "field:agency=AFP",
    "field:agency=",
    "unlink",
    "relink",
    "split",
    "dissolve",
    "name:Tokaïev",
    "name:T",
    "identifier:Q1",
    "repair",
    "links",
    "paragraph:0",
    "paragraph:1",
    "relabel:ORG",
    "relabel:CLAIM",
];

pub(crate) fn actions(seed: u64, len: usize) -> Vec<Action> {
    let mut random = Random::new(seed);
    let place = |random: &mut Random| random.below(TEXT.len() + 1) as u32;
    let mut actions = Vec::with_capacity(len);
    for _ in 0..len {
        actions.push(match random.below(10) {
            0 | 1 => Action::Select(place(&mut random), place(&mut random)),
            2 => Action::Click(place(&mut random)),
            3 => Action::Wait([0, 999, 1_000, 1_001, 5_000][random.below(5)]),
            _ => Action::Act(ACTS[random.below(ACTS.len())]),
        });
    }
    actions
}

/// A person before the work, with the small schema, or with the news schema and all that it asks
/// for.
pub(crate) fn start() -> Session {
    Session { pace_ms: 1, ..Session::new(state_of(TEXT)) }
}

pub(crate) fn start_news() -> Session {
    Session { pace_ms: 1, ..Session::new(state_under(TEXT, default_schema())) }
}

impl Session {
    pub(crate) fn take(&mut self, action: Action) {
        match action {
            Action::Act(action) => self.act(action),
            Action::Select(anchor, head) => self.command(|state, ctx| {
                Ok(select(state, ctx, Selection { anchor: TextOffset(anchor), head: TextOffset(head) }))
            }),
            Action::Click(place) => self.command(|state, ctx| Ok(choose_at(state, ctx, TextOffset(place)))),
            Action::Wait(ms) => self.time_ms += ms,
        }
    }
}

/// Runs `law` on random sequences. On failure prints the seed and the shortest sequence found
/// that still fails.
pub(crate) fn check_law(seeds: u64, len: usize, law: impl Fn(&[Action]) -> Result<(), String>) {
    for seed in 0..seeds {
        let mut failing = actions(seed, len);
        let Err(mut reason) = law(&failing) else { continue };
        let mut size = failing.len() / 2;
        while size > 0 {
            let mut start = 0;
            while start < failing.len() {
                let mut shorter = failing.clone();
                shorter.drain(start..(start + size).min(shorter.len()));
                match law(&shorter) {
                    Err(why) => (failing, reason) = (shorter, why),
                    Ok(()) => start += size,
                }
            }
            size /= 2;
        }
        panic!("seed {seed}: {reason}\n{failing:#?}");
    }
}

//! A long work: what may take more than a moment. Where it does, the page gets its turns and hears how far it
//! is, and whoever holds its [`Stop`] can end it. It is done in small steps by whoever began it.

use std::cell::Cell;
use std::rc::Rc;

use crate::web::clock;
use crate::web::dom;

/// What takes longer tells how far it is, and can be stopped.
const TOLD_AFTER_MS: u64 = 350;
/// How long it goes on then between two turns of the page.
const TURN_AFTER_MS: u64 = 30;

/// Ends a work, at its next step. Equal where it is for the same work.
#[derive(Clone, Default)]
pub struct Stop {
    is_asked: Rc<Cell<bool>>,
}

impl Stop {
    pub fn ask(&self) {
        self.is_asked.set(true);
    }

    pub fn is_asked(&self) -> bool {
        self.is_asked.get()
    }
}

impl PartialEq for Stop {
    fn eq(&self, other: &Stop) -> bool {
        Rc::ptr_eq(&self.is_asked, &other.is_asked)
    }
}

pub struct LongWork {
    stop: Stop,
    tell: Box<dyn Fn(Option<usize>)>,
    begun_ms: u64,
    /// When the page had its last turn.
    turn_ms: Cell<u64>,
    is_told: Cell<bool>,
    /// The percents of the whole between which the part lies that is being done.
    part: Cell<(usize, usize)>,
}

impl LongWork {
    /// Begins now. `tell` hears how far it is in percent, and `None` when it is over; nothing where it is
    /// short.
    pub fn begin(stop: Stop, tell: Box<dyn Fn(Option<usize>)>) -> LongWork {
        let now_ms = clock::now_ms();
        LongWork {
            stop,
            tell,
            begun_ms: now_ms,
            turn_ms: Cell::new(now_ms),
            is_told: Cell::new(false),
            part: Cell::new((0, 100)),
        }
    }

    /// What follows leads from one percent of the whole to another.
    pub fn part(&self, from: usize, to: usize) {
        self.part.set((from, to));
    }

    /// Whether nobody asked it to stop.
    pub fn is_wanted(&self) -> bool {
        !self.stop.is_asked()
    }

    /// Does a part of the work, step by step: `step` says how many percent of the part are done, and `None`
    /// when it is. Whether it was done to the end.
    pub async fn run(&self, step: &mut dyn FnMut() -> Option<usize>) -> bool {
        while let Some(percent) = step() {
            if !self.goes_on(percent).await {
                return false;
            }
        }
        true
    }

    /// Gives the page its turn, where one is due, `percent` of the part being done. Whether the work is
    /// still wanted.
    pub async fn goes_on(&self, percent: usize) -> bool {
        let now_ms = clock::now_ms();
        let is_due = now_ms >= self.begun_ms + TOLD_AFTER_MS && now_ms >= self.turn_ms.get() + TURN_AFTER_MS;
        // A page that nobody looks at would get a turn a second, and be at it for minutes.
        if is_due && !dom::document().hidden() {
            let (from, to) = self.part.get();
            self.is_told.set(true);
            (self.tell)(Some(from + percent.min(100) * (to - from) / 100));
            dom::next_task().await;
            self.turn_ms.set(clock::now_ms());
        }
        self.is_wanted()
    }
}

impl Drop for LongWork {
    fn drop(&mut self) {
        if self.is_told.get() {
            (self.tell)(None);
        }
    }
}

//! Counts what a piece of work sets aside, on its own thread: tests run beside each other.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// What was set aside, in bytes.
#[derive(Clone, Copy, Debug, Default)]
pub struct Used {
    now: usize,
    /// The most at one time.
    pub peak: usize,
    /// All of it, freed or not: a measure of the work that is the same on every machine.
    pub total: usize,
}

thread_local! {
    static USED: Cell<Used> = const { Cell::new(Used { now: 0, peak: 0, total: 0 }) };
}

struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// A block that is grown counts twice while it may have to be copied.
fn count(taken: usize, freed: usize) {
    // Where a thread ends, its counter may be gone.
    let _ = USED.try_with(|used| {
        let mut next = used.get();
        next.total += taken;
        next.peak = next.peak.max(next.now + taken);
        // What another thread set aside may be freed here.
        next.now = (next.now + taken).saturating_sub(freed);
        used.set(next);
    });
}

// Sound: the blocks are those of the system's allocator, and counting sets nothing aside.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size(), 0);
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        count(size, layout.size());
        unsafe { System.realloc(block, layout, size) }
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        count(0, layout.size());
        unsafe { System.dealloc(block, layout) }
    }
}

/// Does the work, and counts what it sets aside beyond what there was.
pub fn measured<T>(work: impl FnOnce() -> T) -> (T, Used) {
    let before = USED.get();
    USED.set(Used { peak: before.now, ..before });
    let done = work();
    let after = USED.get();
    let used = Used {
        now: after.now.saturating_sub(before.now),
        peak: after.peak - before.now,
        total: after.total - before.total,
    };
    (done, used)
}

#[test]
fn what_is_set_aside_is_counted() {
    let (kept, used) = measured(|| {
        drop(vec![0_u8; 3_000]);
        vec![0_u8; 1_000]
    });
    assert_eq!((kept.len(), used.now, used.peak, used.total), (1_000, 1_000, 3_000, 4_000));
}

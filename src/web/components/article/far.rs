//! Sections that went out of sight with their marks. What a browser lays out of them it keeps for good:
//! half a megabyte for each section that someone once came by. So they become plain text again, which is
//! done while nobody scrolls.

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, Node};

use crate::web::dom;

/// How long nothing came near before what is far gives its marks up.
const REST_MS: u32 = 1000;
/// How many sections do in one go, and how long the page is left to itself between two goes.
const AT_ONCE: usize = 3;
const NEXT_AFTER_MS: u32 = 4;

/// Which sections came near the viewport, and which are no longer.
#[derive(Default)]
pub struct Moved {
    pub near: Vec<usize>,
    pub far: Vec<usize>,
}

impl Moved {
    /// Of a section that is told of more than once, the last holds.
    pub fn note(&mut self, section: usize, is_near: bool) {
        let (now, before) =
            if is_near { (&mut self.near, &mut self.far) } else { (&mut self.far, &mut self.near) };
        before.retain(|other| *other != section);
        if !now.contains(&section) {
            now.push(section);
        }
    }
}

/// The sections that are far and have their marks still.
#[derive(Default)]
pub struct FarSections {
    sections: Vec<usize>,
    timer: Option<Timeout>,
}

impl FarSections {
    /// Takes up what moved; `leave` is called when the page is at rest.
    pub fn take_up(&mut self, moved: &Moved, leave: impl FnOnce() + 'static) {
        self.sections.retain(|section| !moved.near.contains(section) && !moved.far.contains(section));
        self.sections.extend(&moved.far);
        self.wait(leave);
    }

    /// Asks again after a while.
    pub fn wait(&mut self, leave: impl FnOnce() + 'static) {
        self.timer = (!self.sections.is_empty()).then(|| Timeout::new(REST_MS, leave));
    }

    /// The next sections to give their marks up; `leave` is called where there are more. Those
    /// in `kept`, and those in which the page's selection ends, keep them, since their text nodes must stay; they
    /// are asked again when others move.
    pub fn next(&mut self, kept: &[usize], leave: impl FnOnce() + 'static) -> Vec<usize> {
        let selected = selected_sections();
        let is_free = |section: &usize| !kept.contains(section) && !selected.contains(&Some(*section));
        let free = self.sections.iter().copied().filter(is_free);
        let mut free: Vec<usize> = free.collect();
        let has_more = free.len() > AT_ONCE;
        free.truncate(AT_ONCE);
        self.sections.retain(|section| !free.contains(section));
        self.timer = has_more.then(|| Timeout::new(NEXT_AFTER_MS, leave));
        free
    }
}

/// Where the page's selection begins and ends.
fn selected_sections() -> [Option<usize>; 2] {
    let selection = dom::window().get_selection().ok().flatten();
    let section_of = |node: Option<Node>| -> Option<usize> {
        let node = node?;
        let element = node.dyn_ref::<Element>().cloned().or_else(|| node.parent_element())?;
        let section: HtmlElement = element.closest("[data-section]").ok().flatten()?.dyn_into().ok()?;
        section.dataset().get("section")?.parse().ok()
    };
    selection.map_or([None, None], |selection| {
        [section_of(selection.anchor_node()), section_of(selection.focus_node())]
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_a_section_was_last_seen_is_where_it_is() {
        let told =
            [(1, true), (2, false), (1, false), (2, true), (3, true), (3, true), (1, true), (1, false)];
        let mut moved = Moved::default();
        for (section, is_near) in told {
            moved.note(section, is_near);
        }
        assert_eq!((moved.near, moved.far), (vec![2, 3], vec![1]));
    }
}

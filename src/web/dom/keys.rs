//! Key presses as the plain half knows them.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, KeyboardEvent};

use crate::edit::keymap::KeyPress;

/// The press without anything of the DOM.
pub fn key_press(event: &KeyboardEvent, is_mac: bool) -> KeyPress {
    let is_alt_graph = event.get_modifier_state("AltGraph");
    KeyPress {
        key: event.key(),
        code: event.code(),
        ctrl: event.ctrl_key(),
        alt: event.alt_key(),
        shift: event.shift_key(),
        meta: event.meta_key(),
        is_mac,
        is_text: event.is_composing() || is_alt_graph,
    }
}

/// The id of the field that is there to be pasted into.
pub const PASTE_ID: &str = "paste-text";

/// What has the focus, as far as keys are concerned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyTarget {
    /// The article, or nothing.
    Article,
    /// Something that takes text, or a dialog: keys are its own, but for Ctrl and F keys.
    Text,
    /// A button, list or choice: Enter, Space and arrows are its own.
    Control,
}

/// Where a key press, or what is pasted, goes first.
pub fn key_target(event: &Event) -> KeyTarget {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else {
        return KeyTarget::Article;
    };
    let is_in = |selector: &str| target.closest(selector).ok().flatten().is_some();
    let takes_no_text = "[type=radio], [type=checkbox], [type=button]";
    if target.matches("input, textarea, select").unwrap_or(false)
        && !target.matches(takes_no_text).unwrap_or(false)
        || is_in("dialog")
    {
        KeyTarget::Text
    } else if is_in("button, input, a, summary, [role=listbox]") {
        KeyTarget::Control
    } else {
        KeyTarget::Article
    }
}

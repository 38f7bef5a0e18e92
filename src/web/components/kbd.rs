//! A key, shown as a key cap.

use yew::prelude::*;

use crate::edit::keymap::{Command, Hold, Key, binding_of};
use crate::web::components::element::element;
use crate::web::dom;
use crate::web::i18n::tr;

/// A key cap.
pub fn kbd(key_name: &str) -> Html {
    element("kbd").class("kbd").child(key_name).html()
}

/// The keys of a command as they are called on this computer: `Ctrl+Z`, `⌘Z`.
pub fn keys_of(command: Command) -> Vec<String> {
    let is_mac = dom::is_mac();
    let keys = binding_of(command).map_or(&[][..], |binding| binding.keys);
    keys.iter().map(|key| key_text(*key, is_mac)).collect()
}

fn key_text((hold, key): (Hold, Key), is_mac: bool) -> String {
    let control = tr!("key.control");
    let alt = if is_mac { "⌥" } else { "Alt+" };
    let held = match hold {
        Hold::Nothing => String::new(),
        Hold::Shift if is_mac => "⇧".into(),
        Hold::Shift => format!("{}+", tr!("key.shift")),
        Hold::Primary if is_mac => "⌘".into(),
        Hold::PrimaryShift if is_mac => "⇧⌘".into(),
        Hold::Primary => format!("{control}+"),
        Hold::PrimaryShift => format!("{control}+{}+", tr!("key.shift")),
        Hold::Word if is_mac => "⌥".into(),
        Hold::Word => format!("{control}+"),
        Hold::Sentence if is_mac => "⌥⌘".into(),
        Hold::Sentence | Hold::Alt => alt.into(),
    };
    let name = match key {
        Key::Letter(letter) if hold == Hold::Nothing => letter.to_string(),
        Key::Letter(letter) => letter.to_ascii_uppercase().to_string(),
        Key::Typed(typed) => typed.to_string(),
        Key::Named(name) => match name {
            "ArrowLeft" => "←".into(),
            "ArrowRight" => "→".into(),
            "ArrowUp" => "↑".into(),
            "ArrowDown" => "↓".into(),
            "Enter" | "Escape" | "Delete" | "Backspace" | "Home" | "End" | "PageUp" | "PageDown" => {
                tr(&format!("key.{name}")).to_string()
            }
            other => other.to_string(),
        },
    };
    format!("{held}{name}")
}

//! Hands: real key and pointer actions, as the browser gets them from a person.

use std::cell::RefCell;
use std::path::Path;

use serde_json::{Value, json};

use crate::keys::chord;
use crate::page::Page;

/// A place in the viewport, in CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    pub x: f64,
    pub y: f64,
}

/// What a finger or mouse does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Move {
    To(Point),
    Down,
    Up,
    Pause { ms: u32 },
}

impl Point {
    pub(crate) fn of_json(json: &Value) -> Point {
        let number = |key: &str| json[key].as_f64().unwrap_or_else(|| panic!("no {key} in {json}"));
        Point { x: number("x"), y: number("y") }
    }
}

impl Page {
    /// Presses keys one after the other: `["Ctrl+ArrowRight", "a"]`.
    #[track_caller]
    pub fn press(&self, keys: &[&str]) {
        let mut actions = Vec::new();
        for name in keys {
            let chord = chord(name);
            actions.extend(chord.iter().map(|key| json!({ "type": "keyDown", "value": key })));
            actions.extend(chord.iter().rev().map(|key| json!({ "type": "keyUp", "value": key })));
        }
        self.perform(vec![json!({ "type": "key", "id": "keyboard", "actions": actions })]);
    }

    /// Presses a key several times.
    #[track_caller]
    pub fn press_times(&self, times: usize, key: &str) {
        self.press(&vec![key; times]);
    }

    /// Types a text, key by key.
    #[track_caller]
    pub fn type_text(&self, text: &str) {
        let keys = text
            .chars()
            .flat_map(|key| ["keyDown", "keyUp"].map(|action| json!({ "type": action, "value": key })));
        let actions: Vec<Value> = keys.collect();
        self.perform(vec![json!({ "type": "key", "id": "keyboard", "actions": actions })]);
    }

    /// Moves the mouse, with a key held where one is named (`Ctrl`, `Shift`, `Alt`).
    #[track_caller]
    pub fn mouse(&self, held: Option<&str>, moves: &[Move]) {
        self.pointer("mouse", held, moves);
    }

    /// Moves a finger.
    #[track_caller]
    pub fn finger(&self, moves: &[Move]) {
        self.pointer("touch", None, moves);
    }

    fn pointer(&self, kind: &str, held: Option<&str>, moves: &[Move]) {
        let moves: Vec<Value> = moves.iter().map(|action| action.to_json()).collect();
        let pointer = json!({
            "type": "pointer", "id": kind, "parameters": { "pointerType": kind }, "actions": moves,
        });
        let Some(held) = held else { return self.perform(vec![pointer]) };
        let key = |action: &str| json!({ "type": action, "value": chord(held)[0] });
        let pause = std::iter::repeat_n(json!({ "type": "pause" }), moves.len());
        let keys: Vec<Value> = [key("keyDown")].into_iter().chain(pause).chain([key("keyUp")]).collect();
        // Sources go step by step together: the first step is the key's alone.
        let mut pointer = pointer;
        if let Some(actions) = pointer["actions"].as_array_mut() {
            actions.insert(0, json!({ "type": "pause" }));
        }
        self.perform(vec![json!({ "type": "key", "id": "keyboard", "actions": keys }), pointer]);
    }

    #[track_caller]
    fn perform(&self, sources: Vec<Value>) {
        self.session().post("actions", json!({ "actions": sources }));
    }

    /// Clicks an element, given by a selector, in its middle.
    #[track_caller]
    pub fn click(&self, selector: &str) {
        let point = self.middle_of(selector);
        self.mouse(None, &[Move::To(point), Move::Down, Move::Up]);
    }

    /// Taps an element with a finger.
    #[track_caller]
    pub fn tap(&self, selector: &str) {
        let point = self.middle_of(selector);
        self.finger(&[Move::To(point), Move::Down, Move::Up]);
    }

    /// Chooses a file in a file input.
    #[track_caller]
    pub fn choose_file(&self, selector: &str, path: &Path) {
        let find = json!({ "using": "css selector", "value": selector });
        let element = self.session().post("element", find);
        let id = element.as_object().and_then(|element| element.values().next()?.as_str().map(String::from));
        let command = format!("element/{}/value", id.expect("an element has an id"));
        self.session().post(&command, json!({ "text": path.display().to_string() }));
    }

    /// The middle of an element that a hand can reach: in sight, nothing over it, and at rest.
    #[track_caller]
    pub fn middle_of(&self, selector: &str) -> Point {
        let middle = RefCell::new(Value::Null);
        self.wait(&format!("{selector} can be clicked"), || {
            *middle.borrow_mut() = self.script_later_with("restingMiddle(arguments[0])", json!([selector]));
            !middle.borrow().is_null()
        });
        Point::of_json(&middle.into_inner())
    }
}

impl Move {
    fn to_json(self) -> Value {
        match self {
            Move::To(Point { x, y }) => {
                // Whole pixels: not every driver takes others.
                let (x, y) = (x.round() as i64, y.round() as i64);
                json!({ "type": "pointerMove", "duration": 20, "x": x, "y": y, "origin": "viewport" })
            }
            Move::Down => json!({ "type": "pointerDown", "button": 0 }),
            Move::Up => json!({ "type": "pointerUp", "button": 0 }),
            Move::Pause { ms } => json!({ "type": "pause", "duration": ms }),
        }
    }
}

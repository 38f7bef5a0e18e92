//! The browser's rules of Unicode, for the plain half: `Intl.Segmenter`, `toLowerCase`, and the classes
//! of regular expressions.

use std::cell::OnceCell;

use js_sys::Intl::{SegmentData, Segmenter};
use js_sys::{Array, JsString, Object, Reflect, RegExp};
use wasm_bindgen::{JsCast, JsValue};

use crate::text::unicode::{CharacterKind, Unicode, Unit, character_ends, use_unicode};

thread_local! {
    /// In the order of [`Unit`]. One takes some milliseconds to make: each is made when it is needed.
    static SEGMENTERS: [OnceCell<Segmenter>; 3] = const { [const { OnceCell::new() }; 3] };
    /// In the order of [`CharacterKind`].
    static KINDS: [RegExp; 4] = [r"\p{Alphabetic}", r"\p{N}", r"\p{Uppercase}", r"\p{Lowercase}"]
        .map(|class| RegExp::new(class, "u"));
}

/// Has the plain half ask the browser. Firefox before version 125 has no `Intl.Segmenter`: there
/// every character stands for itself.
pub(super) fn install() {
    let intl = Reflect::get(&js_sys::global(), &"Intl".into());
    let has_segmenter = intl.is_ok_and(|intl| Reflect::has(&intl, &"Segmenter".into()) == Ok(true));
    let segment_ends = if has_segmenter { segment_ends } else { character_ends };
    use_unicode(Unicode { segment_ends, lower_case, is_of_kind });
}

fn segmenter(unit: Unit) -> Segmenter {
    let granularity = ["grapheme", "word", "sentence"][unit as usize];
    let options = Object::new();
    let _ = Reflect::set(&options, &"granularity".into(), &granularity.into());
    // English has the rules of Unicode as they are. The language of a text does not count here, and
    // the browser's own must not.
    Segmenter::new(&Array::of1(&JsValue::from_str("en")), &options)
}

fn segment_ends(unit: Unit, text: &str) -> Vec<usize> {
    let segments = SEGMENTERS.with(|segmenters| {
        Array::from(&segmenters[unit as usize].get_or_init(|| segmenter(unit)).segment(text))
    });
    // The browser counts UTF-16 units. Each segment ends where the next one starts.
    let starts_utf16 = segments.iter().skip(1).map(|segment| segment.unchecked_into::<SegmentData>().index());
    let mut ends = Vec::new();
    let (mut end, mut end_utf16) = (0, 0);
    let mut characters = text.chars();
    for start_utf16 in starts_utf16 {
        while end_utf16 < start_utf16 as usize
            && let Some(character) = characters.next()
        {
            end += character.len_utf8();
            end_utf16 += character.len_utf16();
        }
        ends.push(end);
    }
    if !text.is_empty() {
        ends.push(text.len());
    }
    ends
}

fn is_of_kind(kind: CharacterKind, character: char) -> bool {
    KINDS.with(|kinds| kinds[kind as usize].test(character.encode_utf8(&mut [0; 4])))
}

fn lower_case(text: &str) -> String {
    String::from(JsString::from(text).to_lower_case())
}

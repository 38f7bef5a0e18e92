//! The texts of the interface for components.
//!
//! The catalogue is global to the page because every component needs it and it hardly ever
//! changes; a change of language draws the whole interface anew.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Intl::PluralRules;
use wasm_bindgen::{JsCast, JsValue};
use yew::AttrValue;

use crate::model::schema::Localized;
use crate::view_model::messages::{Messages, UiLanguage, with_values};

pub(crate) use written_out::{tr, tr_with};

/// Texts whose keys are written out where they are used. They have the names of the functions that take any key.
mod written_out {
    /// The text of a key that is written out: it is looked up when the program is built.
    macro_rules! tr {
        ($key:literal) => {
            $crate::web::i18n::text_at(const { $crate::view_model::messages::place_of($key) })
        };
    }
    pub(crate) use tr;

    /// The text of a key that is written out, with values.
    macro_rules! tr_with {
        ($key:literal, $values:expr $(,)?) => {
            $crate::web::i18n::text_with(const { $crate::view_model::messages::place_of($key) }, $values)
        };
    }
    pub(crate) use tr_with;
}

thread_local! {
    static MESSAGES: RefCell<Rc<Messages>> = RefCell::new(Rc::new(Messages::new(UiLanguage::default())));
    /// The browser's rules of plural forms, for the language they were asked for last: making them
    /// anew for each number takes longer than drawing it.
    static PLURALS: RefCell<Option<(UiLanguage, PluralRules)>> = const { RefCell::new(None) };
}

/// Changes the language of the interface and of the page.
pub fn set_language(language: UiLanguage) {
    MESSAGES.with(|messages| *messages.borrow_mut() = Rc::new(Messages::new(language)));
    if let Some(root) = crate::web::dom::document_element() {
        let _ = root.set_attribute("lang", language.tag());
    }
}

pub fn language() -> UiLanguage {
    messages().language
}

pub fn messages() -> Rc<Messages> {
    MESSAGES.with(|messages| messages.borrow().clone())
}

/// What [`tr!`] gives.
pub fn text_at(place: usize) -> AttrValue {
    AttrValue::Rc(messages().at(place))
}

/// What [`tr_with!`] gives.
pub fn text_with(place: usize, values: &[(&str, &str)]) -> AttrValue {
    AttrValue::from(with_values(&messages().at(place), values))
}

/// The text of a key.
pub fn tr(key: &str) -> AttrValue {
    AttrValue::Rc(messages().get(key))
}

/// The text of a key with values.
pub fn tr_with(key: &str, values: &[(&str, &str)]) -> AttrValue {
    AttrValue::from(messages().format(key, values))
}

/// The text of a key for a number, in the plural form of the language.
pub fn tr_count(key: &str, count: usize) -> AttrValue {
    let messages = messages();
    let category = plural_category(messages.language, count);
    AttrValue::from(messages.count(key, &category, &number(count)))
}

/// As [`tr_count`], with more values.
pub fn tr_count_with(key: &str, count: usize, values: &[(&str, &str)]) -> AttrValue {
    let messages = messages();
    let (category, count) = (plural_category(messages.language, count), number(count));
    let values: Vec<(&str, &str)> = values.iter().copied().chain([("n", &*count)]).collect();
    AttrValue::from(messages.count_with(key, &category, &values))
}

/// A text of the interface in both languages, for a schema that is to have it.
pub fn both(key: &str) -> Localized {
    let text = |language| Messages::new(language).get(key);
    Localized { fr: text(UiLanguage::French), en: text(UiLanguage::English) }
}

/// A schema's text in the language of the interface.
pub fn pick(text: &Localized) -> AttrValue {
    AttrValue::Rc(messages().pick(text))
}

/// A number as the language writes it.
pub fn number(count: usize) -> String {
    // Nothing is to be grouped, and the browser makes its rules anew each time it is asked.
    if count < 1000 {
        return count.to_string();
    }
    let number = js_sys::Number::from(count as f64);
    String::from(number.to_locale_string(language().tag()))
}

/// A number with one decimal at most, as the language writes it.
pub fn decimal(number: f64) -> String {
    let number = js_sys::Number::from((number * 10.0).round() / 10.0);
    String::from(number.to_locale_string(language().tag()))
}

/// A time of day as the language writes it: 14:05.
pub fn time_of_day(time_ms: u64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(time_ms as f64));
    let options = js_sys::Object::new();
    for part in ["hour", "minute"] {
        let _ = js_sys::Reflect::set(&options, &part.into(), &"2-digit".into());
    }
    String::from(date.to_locale_time_string_with_options(language().tag(), &options))
}

/// A date and time as the language writes it.
pub fn date_and_time(time_ms: u64) -> String {
    let date = js_sys::Date::new(&JsValue::from_f64(time_ms as f64));
    let options = js_sys::Object::new();
    for (part, how) in [("dateStyle", "medium"), ("timeStyle", "short")] {
        let _ = js_sys::Reflect::set(&options, &part.into(), &how.into());
    }
    String::from(date.to_locale_string(language().tag(), &options))
}

/// A time that something took: « 2 h 05 min ».
pub fn time_spent(time_ms: u64) -> AttrValue {
    let minutes = time_ms / 60_000;
    match (minutes / 60, minutes % 60) {
        (0, 0) => tr!("time.less-than-a-minute"),
        (0, minutes) => tr_with!("time.minutes", &[("minutes", &minutes.to_string())]),
        (hours, minutes) => {
            tr_with!("time.hours", &[("hours", &hours.to_string()), ("minutes", &format!("{minutes:02}"))])
        }
    }
}

/// The plural category of a number, from the browser's own rules.
fn plural_category(language: UiLanguage, count: usize) -> String {
    PLURALS.with_borrow_mut(|plurals| {
        let (_, rules) = match plurals.take() {
            Some(kept) if kept.0 == language => plurals.insert(kept),
            _ => {
                let locales = js_sys::Array::of1(&JsValue::from_str(language.tag()));
                plurals.insert((language, PluralRules::new(&locales, &js_sys::Object::new())))
            }
        };
        let category = rules.select(count as f64).dyn_into::<js_sys::JsString>();
        category.map_or_else(|_| "other".into(), String::from)
    })
}

/// The name of a language in the language of the interface: « français » for `fr`. The tag
/// itself where the browser knows no name.
pub fn language_name(tag: &str) -> String {
    let name = || {
        let intl = js_sys::Reflect::get(&js_sys::global(), &"Intl".into()).ok()?;
        let class: js_sys::Function =
            js_sys::Reflect::get(&intl, &"DisplayNames".into()).ok()?.dyn_into().ok()?;
        let options = js_sys::Object::new();
        js_sys::Reflect::set(&options, &"type".into(), &"language".into()).ok()?;
        let args = js_sys::Array::of2(&language().tag().into(), &options);
        let names = js_sys::Reflect::construct(&class, &args).ok()?;
        let of: js_sys::Function = js_sys::Reflect::get(&names, &"of".into()).ok()?.dyn_into().ok()?;
        of.call1(&names, &tag.into()).ok()?.as_string()
    };
    name().unwrap_or_else(|| tag.to_string())
}

/// An ISO 8601 date of any precision as the language writes it: « février 2022 » for `2022-02`.
/// Anything else as it is.
pub fn partial_date(iso: &str) -> String {
    let parts: Vec<&str> = iso.split('-').collect();
    let is_digits = |part: &&str| part.bytes().all(|byte| byte.is_ascii_digit());
    let shape: Vec<usize> = parts.iter().map(|part| part.len()).collect();
    let shown: &[(&str, &str)] = match shape.as_slice() {
        [4, 2] => &[("year", "numeric"), ("month", "long")],
        [4, 2, 2] => &[("year", "numeric"), ("month", "long"), ("day", "numeric")],
        _ => return iso.to_string(),
    };
    let date = js_sys::Date::new(&JsValue::from_str(iso));
    if !parts.iter().all(is_digits) || date.get_time().is_nan() {
        return iso.to_string();
    }
    let options = js_sys::Object::new();
    for (part, how) in shown.iter().chain(&[("timeZone", "UTC")]) {
        let _ = js_sys::Reflect::set(&options, &(*part).into(), &(*how).into());
    }
    String::from(date.to_locale_date_string(language().tag(), &options))
}

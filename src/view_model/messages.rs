//! The texts of the interface, in the person's language.
//!
//! A catalogue is a text file of lines `key = text`; `{name}` stands for a value, `\n` for a new
//! line, `#` begins a comment. The program has all of them in one table, see `build.rs`. A text that depends on a number has a key for each plural
//! category of the language (`key.one`, `key.other`), which the browser's `Intl.PluralRules`
//! names: the catalogue takes that as an argument.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::rc::Rc;

use crate::model::schema::Localized;

/// A line for each key, and after it one for its text in each language, in the order of
/// [`UiLanguage::ALL`]. Empty where a language has none.
const TABLE: &str = include_str!(concat!(env!("OUT_DIR"), "/texts.txt"));

/// The keys of the table in its order, which is that of their bytes.
const KEYS: &[&str] = &include!(concat!(env!("OUT_DIR"), "/keys.rs"));

/// The languages of the interface.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum UiLanguage {
    #[default]
    French,
    English,
}

/// A part of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    Words(&'t str),
    /// The name of a value that stands here: what `{name}` holds.
    Name(&'t str),
}

/// All texts in one language.
#[derive(Debug)]
pub struct Messages {
    pub language: UiLanguage,
    /// By their keys, in the order of these. Empty where this language has none.
    texts: Vec<(&'static str, Rc<str>)>,
}

/// The place of a key in the table. For keys that are known when the program is built: one that is
/// missing does not compile.
pub const fn place_of(key: &str) -> usize {
    let [mut start, mut end] = [0, KEYS.len()];
    while start < end {
        let middle = start.midpoint(end);
        match compare(KEYS[middle].as_bytes(), key.as_bytes()) {
            Ordering::Less => start = middle + 1,
            Ordering::Equal => return middle,
            Ordering::Greater => end = middle,
        }
    }
    panic!("no catalogue has this key");
}

/// The order of bytes, for constants.
const fn compare(left: &[u8], right: &[u8]) -> Ordering {
    let mut at = 0;
    loop {
        match (at < left.len(), at < right.len()) {
            (false, false) => return Ordering::Equal,
            (false, true) => return Ordering::Less,
            (true, false) => return Ordering::Greater,
            (true, true) if left[at] < right[at] => return Ordering::Less,
            (true, true) if left[at] > right[at] => return Ordering::Greater,
            (true, true) => at += 1,
        }
    }
}

impl UiLanguage {
    pub const ALL: [UiLanguage; 2] = [UiLanguage::French, UiLanguage::English];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            UiLanguage::French => "fr",
            UiLanguage::English => "en",
        }
    }

    /// French for French tags, English for all others.
    pub fn from_tag(tag: &str) -> UiLanguage {
        let primary = tag.split(['-', '_']).next().unwrap_or_default();
        if primary.eq_ignore_ascii_case("fr") { UiLanguage::French } else { UiLanguage::English }
    }

    pub fn other(self) -> UiLanguage {
        match self {
            UiLanguage::French => UiLanguage::English,
            UiLanguage::English => UiLanguage::French,
        }
    }

    /// The text of the catalogue, as people write it.
    pub fn source(self) -> &'static str {
        match self {
            UiLanguage::French => include_str!("../../locales/fr.txt"),
            UiLanguage::English => include_str!("../../locales/en.txt"),
        }
    }
}

impl Messages {
    pub fn new(language: UiLanguage) -> Messages {
        let place = language as usize;
        let mut lines = TABLE.lines();
        let texts = std::iter::from_fn(|| {
            let (key, texts) = (lines.next()?, [lines.next()?, lines.next()?]);
            Some((key, texts[place]))
        });
        let texts = texts.map(|(key, text)| (key, Rc::from(text.replace("\\n", "\n"))));
        Messages { language, texts: texts.collect() }
    }

    /// The text at a place that [`place_of`] found.
    pub fn at(&self, place: usize) -> Rc<str> {
        self.texts[place].1.clone()
    }

    /// The text of a key without values. A key that is missing shows itself; a test forbids it.
    pub fn get(&self, key: &str) -> Rc<str> {
        self.find(key).unwrap_or_else(|| Rc::from(key))
    }

    /// The text of a key with values for its names.
    pub fn format(&self, key: &str, values: &[(&str, &str)]) -> String {
        with_values(&self.get(key), values)
    }

    fn find(&self, key: &str) -> Option<Rc<str>> {
        let at = self.texts.binary_search_by_key(&key, |(key, _)| key).ok()?;
        Some(self.at(at)).filter(|text| !text.is_empty())
    }

    /// The text of a key for a number: `category` is the number's plural category. `{n}` stands
    /// for the number as `shown`.
    pub fn count(&self, key: &str, category: &str, shown: &str) -> String {
        self.count_with(key, category, &[("n", shown)])
    }

    /// As [`Messages::count`], with values for other names too.
    pub fn count_with(&self, key: &str, category: &str, values: &[(&str, &str)]) -> String {
        let text = self.find(&format!("{key}.{category}"));
        with_values(&text.unwrap_or_else(|| self.get(&format!("{key}.other"))), values)
    }

    /// The side of a schema's text in this language, else the other side.
    pub fn pick(&self, text: &Localized) -> Rc<str> {
        let (first, second) = match self.language {
            UiLanguage::French => (&text.fr, &text.en),
            UiLanguage::English => (&text.en, &text.fr),
        };
        if first.is_empty() { second.clone() } else { first.clone() }
    }
}

/// A text with values for its names.
pub fn with_values(text: &str, values: &[(&str, &str)]) -> String {
    // In one pass, so that braces in a value stay what they are.
    let shown = pieces(text).map(|piece| match piece {
        Piece::Words(words) => Cow::Borrowed(words),
        Piece::Name(name) => match values.iter().find(|(known, _)| *known == name) {
            Some((_, value)) => Cow::Borrowed(*value),
            None => Cow::Owned(format!("{{{name}}}")),
        },
    });
    shown.collect()
}

/// The words and the names of a text, in order.
pub fn pieces(text: &str) -> impl Iterator<Item = Piece<'_>> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let name = rest.strip_prefix('{').and_then(|inside| inside.split_once('}'));
        let (piece, after) = match name {
            Some((name, after)) => (Piece::Name(name), after),
            None => {
                let end = rest.char_indices().skip(1).find(|(_, next)| *next == '{').map(|(at, _)| at);
                let (words, after) = rest.split_at(end.unwrap_or(rest.len()));
                (Piece::Words(words), after)
            }
        };
        let is_end = rest.is_empty();
        rest = after;
        (!is_end).then_some(piece)
    })
}

/// The keys and texts of a catalogue.
pub fn entries(source: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    source.lines().filter(|line| !line.starts_with('#')).filter_map(|line| {
        let (key, text) = line.split_once('=')?;
        Some((key.trim_end_matches(' '), text.strip_prefix(' ').unwrap_or(text)))
    })
}

#[cfg(test)]
mod tests;

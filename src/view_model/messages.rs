//! The texts of the interface, in the person's language.
//!
//! A catalogue is a text file of lines `key = text`; `{name}` stands for a value, `\n` for a new
//! line, `#` begins a comment. The program has all of them in one table, see `build.rs`. A text that depends on a number has a key for each plural
//! category of the language (`key.one`, `key.other`), which the browser's `Intl.PluralRules`
//! names: the catalogue takes that as an argument.

use std::borrow::Cow;
use std::rc::Rc;

use crate::model::schema::Localized;
use crate::sorted::SortedMap;

/// A line for each key, and after it one for its text in each language, in the order of
/// [`UiLanguage::ALL`]. Empty where a language has none.
const TABLE: &str = include_str!(concat!(env!("OUT_DIR"), "/texts.txt"));

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
    texts: SortedMap<&'static str, Rc<str>>,
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
        let texts = texts.filter(|(_, text)| !text.is_empty());
        let texts = texts.map(|(key, text)| (key, Rc::from(text.replace("\\n", "\n"))));
        Messages { language, texts: texts.collect() }
    }

    /// The text of a key without values. A key that is missing shows itself; a test forbids it.
    pub fn get(&self, key: &str) -> Rc<str> {
        self.texts.get(key).cloned().unwrap_or_else(|| Rc::from(key))
    }

    /// The text of a key with values for its names.
    pub fn format(&self, key: &str, values: &[(&str, &str)]) -> String {
        let text = self.get(key);
        // In one pass, so that braces in a value stay what they are.
        let shown = pieces(&text).map(|piece| match piece {
            Piece::Words(words) => Cow::Borrowed(words),
            Piece::Name(name) => match values.iter().find(|(known, _)| *known == name) {
                Some((_, value)) => Cow::Borrowed(*value),
                None => Cow::Owned(format!("{{{name}}}")),
            },
        });
        shown.collect()
    }

    /// The text of a key for a number: `category` is the number's plural category. `{n}` stands
    /// for the number as `shown`.
    pub fn count(&self, key: &str, category: &str, shown: &str) -> String {
        self.count_with(key, category, &[("n", shown)])
    }

    /// As [`Messages::count`], with values for other names too.
    pub fn count_with(&self, key: &str, category: &str, values: &[(&str, &str)]) -> String {
        let by_category = format!("{key}.{category}");
        let key =
            if self.texts.contains_key(by_category.as_str()) { by_category } else { format!("{key}.other") };
        self.format(&key, values)
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

//! Which full stops end an abbreviation rather than a sentence.

use crate::text::unicode::{is_letter, is_letter_or_number, is_number, is_upper_case, lower_case};

/// The language of a text, as far as its abbreviations are known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    French,
    English,
    /// The abbreviations of both count.
    Other,
}

impl Language {
    /// From a BCP 47 tag such as `fr-CA`; upper and lower case are the same.
    pub fn from_tag(tag: &str) -> Language {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().trim().to_ascii_lowercase();
        match primary.as_str() {
            "fr" | "fra" | "fre" => Language::French,
            "en" | "eng" => Language::English,
            _ => Language::Other,
        }
    }
}

/// Stand before a name, so no sentence ends after them. Case counts.
const FRENCH_TITLES: &[&str] = &[
    "M", "MM", "Mme", "Mmes", "Mlle", "Mlles", "Dr", "Drs", "Dre", "Pr", "Prs", "Pre", "Prof", "Mgr", "Me",
    "Mes", "St", "Ste", "Sts", "Stes", "Gén", "Gal", "Col", "Cdt", "Cne", "Lt", "Vve", "Bd",
];
const ENGLISH_TITLES: &[&str] = &[
    "Mr", "Mrs", "Ms", "Mx", "Messrs", "Dr", "Drs", "Prof", "Gen", "Lt", "Col", "Maj", "Capt", "Cmdr", "Adm",
    "Sgt", "Cpl", "Pvt", "Sen", "Sens", "Rep", "Reps", "Gov", "Pres", "Rev", "Hon", "Supt", "Det", "Insp",
    "Ald", "Amb", "Mt", "Ft",
];

/// In lower case; the sentence goes on after them.
const FRENCH_LINKS: &[&str] = &["p. ex", "par ex", "c.-à-d", "c-à-d", "cf", "env", "av", "apr", "éd", "boul"];
const ENGLISH_LINKS: &[&str] = &["e.g", "i.e", "cf", "vs", "viz", "approx"];

/// In lower case; they go with a number that follows.
const FRENCH_COUNTERS: &[&str] = &[
    "n", "no", "nos", "p", "pp", "art", "al", "chap", "fig", "vol", "t", "ch", "tél", "janv", "févr",
    "juill", "sept", "oct", "nov", "déc",
];
const ENGLISH_COUNTERS: &[&str] = &[
    "no", "nos", "p", "pp", "art", "ch", "fig", "vol", "sec", "par", "jan", "feb", "aug", "sept", "oct",
    "nov", "dec",
];

/// End a sentence or do not: the word that follows tells. In any language.
const ENDINGS: &[&str] =
    &["Inc", "Corp", "Ltd", "Co", "Cos", "Cie", "Bros", "Jr", "Sr", "PhD", "Ph.D", "St", "Ave", "Blvd"];

/// Words that start sentences and no names. (« J. Le Pen »: so neither Le nor La.)
const FRENCH_STARTERS: &[&str] = &[
    "Les",
    "Un",
    "Une",
    "Il",
    "Elle",
    "Ils",
    "Elles",
    "On",
    "Nous",
    "Vous",
    "Ce",
    "Cet",
    "Cette",
    "Ces",
    "Mais",
    "Et",
    "Or",
    "En",
    "Dans",
    "Pour",
    "Par",
    "Sur",
    "Selon",
    "Après",
    "Avant",
    "Depuis",
    "Pendant",
    "Alors",
    "Cependant",
    "Pourtant",
    "Toutefois",
    "Si",
    "Son",
    "Sa",
    "Ses",
    "Leur",
    "Leurs",
    "Plusieurs",
    "Quant",
    "À",
    "Au",
    "Aux",
];
/// The same, before an apostrophe.
const FRENCH_ELIDED_STARTERS: &[&str] = &["C", "J", "L", "S", "Qu", "Aujourd"];
const ENGLISH_STARTERS: &[&str] = &[
    "The",
    "A",
    "An",
    "He",
    "She",
    "It",
    "They",
    "We",
    "You",
    "I",
    "In",
    "On",
    "At",
    "By",
    "For",
    "From",
    "But",
    "And",
    "So",
    "However",
    "This",
    "That",
    "These",
    "Those",
    "There",
    "If",
    "When",
    "While",
    "After",
    "Before",
    "As",
    "His",
    "Her",
    "Its",
    "Their",
    "Our",
    "My",
    "Many",
    "Some",
    "Most",
    "What",
    "Who",
    "Why",
    "How",
    "Then",
    "Meanwhile",
    "Since",
    "With",
    "Not",
    "No",
];

/// Whether a full stop after `before` may end a sentence that `after` would follow.
///
/// `before` ends just before the stop; `after` starts at the first character that is not white
/// space. Says yes when it knows nothing. O(length of the last words of `before`).
pub(crate) fn may_end_after(before: &str, after: &str, language: Language) -> bool {
    let token = last_token(before);
    let lower = lower_case(token);
    if lists(language, FRENCH_TITLES, ENGLISH_TITLES).any(|title| title == token) {
        return false;
    }
    if lists(language, FRENCH_LINKS, ENGLISH_LINKS).any(|link| ends_with_words(before, link)) {
        return false;
    }
    if after.starts_with(is_number)
        && lists(language, FRENCH_COUNTERS, ENGLISH_COUNTERS).any(|counter| counter == lower)
    {
        return false;
    }
    if ENDINGS.contains(&token) || is_initials(token) {
        return starts_sentence(after, language);
    }
    true
}

/// The list of the language, or both where it is neither.
fn lists(
    language: Language,
    french: &'static [&'static str],
    english: &'static [&'static str],
) -> impl Iterator<Item = &'static str> {
    let (french, english) = match language {
        Language::French => (french, &[][..]),
        Language::English => (&[][..], english),
        Language::Other => (french, english),
    };
    french.iter().chain(english).copied()
}

/// Letters, digits, dots and hyphens at the end of `before`: « J.-C », « U.S ».
fn last_token(before: &str) -> &str {
    let is_outside =
        |character: char| !(is_letter_or_number(character) || matches!(character, '.' | '-' | '‑'));
    let start = before
        .rfind(is_outside)
        .map_or(0, |index| index + before[index..].chars().next().map_or(1, char::len_utf8));
    before[start..].trim_start_matches(['.', '-'])
}

/// Whether `before` ends with `link`, whatever the case and the white space between its words.
fn ends_with_words(before: &str, link: &str) -> bool {
    let mut rest = before;
    for (number, word) in link.split(' ').rev().enumerate() {
        if number > 0 {
            rest = rest.trim_end();
        }
        let Some(start) = rest.len().checked_sub(word.len()).filter(|&start| rest.is_char_boundary(start))
        else {
            return false;
        };
        if lower_case(&rest[start..]) != word {
            return false;
        }
        rest = &rest[..start];
    }
    !rest.ends_with(is_letter_or_number)
}

/// Single letters between dots and hyphens: « J », « J.-P », « U.S », « p.m ». A lone letter must be
/// upper case.
fn is_initials(token: &str) -> bool {
    let mut parts = token.split(['.', '-', '‑']).filter(|part| !part.is_empty());
    let is_single = |part: &str| {
        let mut characters = part.chars();
        characters.next().is_some_and(is_letter) && characters.next().is_none()
    };
    let is_several = token.contains('.');
    !token.is_empty() && parts.all(is_single) && (is_several || token.chars().all(is_upper_case))
}

/// Whether `after` looks like the start of a sentence rather than of a name.
fn starts_sentence(after: &str, language: Language) -> bool {
    let end = after.find(|character: char| !is_letter_or_number(character)).unwrap_or(after.len());
    let (word, rest) = after.split_at(end);
    match rest.chars().next() {
        _ if word.is_empty() => after.starts_with(['«', '“', '„', '"', '‘']),
        // « J. A. Smith », « A.-M. »: one more initial.
        Some('.' | '-' | '‑') => false,
        Some('’' | '\'') if FRENCH_ELIDED_STARTERS.contains(&word) => language != Language::English,
        _ => lists(language, FRENCH_STARTERS, ENGLISH_STARTERS).any(|starter| starter == word),
    }
}

#[cfg(test)]
mod tests;

//! New identifiers from names, and keys: which is free, and whose one is.

use std::rc::Rc;

use crate::edit::schema_change::{DraftRefusal, DraftResult, KeyOwner};
use crate::model::schema::{RESERVED_KEYS, Schema};
use crate::text::unicode::lower_case;

/// The most characters that a new identifier takes from a name.
const ID_LEN_MAX: usize = 40;

/// How identifiers of a kind are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum IdCase {
    /// `[A-Z0-9_]+`: labels and relation types.
    Upper,
    /// `[a-z0-9_]+`: groups, attributes, values, fields.
    Lower,
}

/// An identifier made from a name: its letters without accents, `_` for what lies between. Where
/// it is taken a number follows. `fallback` stands where the name has no Latin letter or digit.
pub fn new_id(name: &str, case: IdCase, fallback: &str, is_taken: impl Fn(&str) -> bool) -> Rc<str> {
    let mut stem = String::new();
    for character in lower_case(name).chars() {
        match latin(character) {
            "" if stem.is_empty() || stem.ends_with('_') => {}
            "" => stem.push('_'),
            letters => stem.push_str(letters),
        }
        if stem.len() >= ID_LEN_MAX {
            break;
        }
    }
    let stem = stem.trim_end_matches('_');
    let stem = if stem.is_empty() { fallback } else { stem };
    let stem = match case {
        IdCase::Upper => stem.to_ascii_uppercase(),
        IdCase::Lower => stem.to_ascii_lowercase(),
    };
    let mut id = stem.clone();
    let mut number = 2_u32;
    while is_taken(&id) {
        id = format!("{stem}_{number}");
        number += 1;
    }
    Rc::from(id)
}

/// A lower-case letter or digit without its accent; nothing for everything else.
fn latin(character: char) -> &'static str {
    const ASCII: &str = "abcdefghijklmnopqrstuvwxyz0123456789";
    if let Some(at) = ASCII.find(character) {
        return &ASCII[at..at + 1];
    }
    const FOLDED: [(&str, &str); 16] = [
        ("àáâãäåāăą", "a"),
        ("çćč", "c"),
        ("ďđ", "d"),
        ("èéêëēęě", "e"),
        ("ğ", "g"),
        ("ìíîïīı\u{307}", "i"),
        ("ł", "l"),
        ("ñńň", "n"),
        ("òóôõöøō", "o"),
        ("ř", "r"),
        ("śšş", "s"),
        ("ţťț", "t"),
        ("ùúûüūůų", "u"),
        ("ýÿ", "y"),
        ("źžż", "z"),
        ("ß", "ss"),
    ];
    match character {
        'œ' => "oe",
        'æ' => "ae",
        _ => FOLDED.iter().find(|(all, _)| all.contains(character)).map_or("", |(_, letter)| letter),
    }
}

/// Whose key it is, besides `except`. Labels that are no longer offered have none.
pub fn key_owner(schema: &Schema, key: char, except: Option<&KeyOwner>) -> Option<KeyOwner> {
    let labels = schema.labels.iter().filter(|label| label.hotkey == Some(key) && !label.retired);
    let relations = schema.relations.iter().filter(|relation| relation.key == Some(key));
    let labels = labels.map(|label| KeyOwner::Label(label.id.clone()));
    let relations = relations.map(|relation| KeyOwner::Relation(relation.id.clone()));
    labels.chain(relations).find(|owner| Some(owner) != except)
}

/// Whether `owner`, or a new label, may have the key. Relation types may share theirs: the ends
/// decide.
pub fn check_key(schema: &Schema, key: char, owner: Option<&KeyOwner>) -> DraftResult {
    let is_one = !key.is_whitespace() && !key.is_control() && lower_case(&key.to_string()) == key.to_string();
    if !is_one {
        return Err(DraftRefusal::BadKey);
    }
    if RESERVED_KEYS.contains(key) {
        return Err(DraftRefusal::ReservedKey { key });
    }
    match key_owner(schema, key, owner) {
        Some(KeyOwner::Relation(_)) if matches!(owner, Some(KeyOwner::Relation(_))) => Ok(()),
        Some(by) => Err(DraftRefusal::KeyTaken { key, by }),
        None => Ok(()),
    }
}

/// A key for something with this name: one of its letters, else any letter or digit. `None` where
/// all are taken.
pub fn free_key(schema: &Schema, name: &str) -> Option<char> {
    let name = lower_case(name);
    let of_name = name.chars().flat_map(|letter| latin(letter).chars());
    let all = ('a'..='z').chain('1'..='9');
    of_name.chain(all).find(|key| !RESERVED_KEYS.contains(*key) && key_owner(schema, *key, None).is_none())
}

//! The lines of an `.ann` file, each as what it says.

use sourcier::json::{self, Map};

use crate::formats::brat::{LINES_NOTE, VALUE_NOTE};

/// What one line says. Ids are as they stand.
#[derive(Debug, PartialEq)]
pub enum Line<'l> {
    Span {
        id: &'l str,
        label: &'l str,
        fragments: Option<Vec<(u64, u64)>>,
        words: Option<&'l str>,
    },
    Relation {
        kind: &'l str,
        ends: Vec<&'l str>,
    },
    /// Its trigger, and the role and id of each other part.
    Event {
        id: &'l str,
        trigger: &'l str,
        roles: Vec<(&'l str, &'l str)>,
    },
    Value {
        of: &'l str,
        key: &'l str,
        value: Option<&'l str>,
    },
    Note {
        of: &'l str,
        note: Note,
    },
    /// A list of what means the same, or is linked without a direction.
    Equiv {
        kind: &'l str,
        ids: Vec<&'l str>,
    },
    Reference {
        of: &'l str,
        source: &'l str,
        id: &'l str,
        name: &'l str,
    },
}

#[derive(Debug, PartialEq)]
pub enum Note {
    Text(String),
    Values(Map),
}

impl<'l> Line<'l> {
    /// `None` for a line that is none of these.
    pub fn read(line: &'l str) -> Option<Line<'l>> {
        let (id, rest) = line.split_once('\t')?;
        let (content, tail) = match rest.split_once('\t') {
            Some((content, tail)) => (content, Some(tail)),
            None => (rest, None),
        };
        match id.chars().next()? {
            'T' => {
                let (label, places) = content.split_once(' ')?;
                Some(Line::Span { id, label, fragments: fragments(places), words: tail })
            }
            'R' => {
                let (kind, roles) = content.split_once(' ')?;
                let ends = parts(roles).map(|(_, end)| end).collect();
                Some(Line::Relation { kind, ends })
            }
            'E' => {
                let mut parts = parts(content);
                let (_, trigger) = parts.next()?;
                Some(Line::Event { id, trigger, roles: parts.collect() })
            }
            'A' | 'M' => {
                let mut words = content.splitn(3, ' ');
                let (key, of) = (words.next()?, words.next()?);
                Some(Line::Value { of, key, value: words.next().filter(|value| !value.is_empty()) })
            }
            '#' => {
                let (kind, of) = content.split_once(' ')?;
                let note = note(kind, tail.unwrap_or_default())?;
                Some(Line::Note { of: of.trim(), note })
            }
            '*' => {
                let (kind, ids) = content.split_once(' ')?;
                Some(Line::Equiv { kind, ids: ids.split_whitespace().collect() })
            }
            'N' => {
                let mut words = content.splitn(3, ' ');
                let (_, of, reference) = (words.next()?, words.next()?, words.next()?);
                let (source, id) = reference.split_once(':')?;
                Some(Line::Reference { of, source, id, name: tail.unwrap_or_default() })
            }
            _ => None,
        }
    }
}

/// `ROLE:ID` in a row.
fn parts(text: &str) -> impl Iterator<Item = (&str, &str)> {
    text.split_whitespace().filter_map(|part| part.split_once(':'))
}

/// `START END;START END`. `None` where that is something else, or more than a number can hold.
fn fragments(places: &str) -> Option<Vec<(u64, u64)>> {
    let fragment = |place: &str| {
        let (start, end) = place.trim().split_once(' ')?;
        Some((start.parse().ok()?, end.trim().parse().ok()?))
    };
    places.split(';').map(fragment).collect()
}

fn note(kind: &str, text: &str) -> Option<Note> {
    match kind {
        VALUE_NOTE => json::from_str(text).ok()?.into_object().map(Note::Values),
        LINES_NOTE => json::from_str(text).ok()?.as_str().map(|text| Note::Text(text.to_owned())),
        _ => Some(Note::Text(text.to_owned())),
    }
}

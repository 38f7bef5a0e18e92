//! Names that formats can hold, each unlike the others and the same for the same work.

use sourcier::sorted::{SortedMap, SortedSet};
use sourcier::text::unicode::lower_case;

/// A name of `[A-Za-z0-9_-]` made of any text: what is none of them becomes `_`. Never empty.
pub fn safe_name(name: &str) -> String {
    let safe = |character: char| if is_safe(character) { character } else { '_' };
    let name: String = name.chars().map(safe).collect();
    if name.is_empty() { "_".to_owned() } else { name }
}

fn is_safe(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-')
}

/// Gives each name once: a second one gets `-2`, the next `-3`. Upper and lower case count as one,
/// since file systems may not tell them apart.
#[derive(Default)]
pub struct UniqueNames {
    taken: SortedSet<String>,
}

impl UniqueNames {
    pub fn take(&mut self, name: &str) -> String {
        let mut unique = name.to_owned();
        let mut number = 2;
        while !self.taken.insert(lower_case(&unique)) {
            unique = format!("{name}-{number}");
            number += 1;
        }
        unique
    }
}

/// A safe name for each of some ids, such as labels: the id itself where it is safe.
#[derive(Default)]
pub struct SafeNames {
    names: SortedMap<String, String>,
    taken: SortedSet<String>,
}

impl SafeNames {
    /// The same name for the same id, unlike that of every other one.
    pub fn of(&mut self, id: &str) -> String {
        if let Some(name) = self.names.get(id) {
            return name.clone();
        }
        let safe = safe_name(id);
        let mut name = safe.clone();
        let mut number = 2;
        while !self.taken.insert(name.clone()) {
            name = format!("{safe}_{number}");
            number += 1;
        }
        self.names.insert(id.to_owned(), name.clone());
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_unique() {
        for (name, safe) in [("", "_"), ("PERSON", "PERSON"), ("é t.é", "__t__"), ("a-b_1", "a-b_1")] {
            assert_eq!(safe_name(name), safe);
        }
        let mut names = UniqueNames::default();
        let taken: Vec<String> = ["a", "A", "a", "a-2"].iter().map(|name| names.take(name)).collect();
        assert_eq!(taken, ["a", "A-2", "a-3", "a-2-2"]);
        let mut names = SafeNames::default();
        let safe = ["PER SON", "PER.SON", "person", "PER SON", "a,b"].map(|id| names.of(id));
        assert_eq!(safe, ["PER_SON", "PER_SON_2", "person", "PER_SON", "a_b"]);
    }
}

//! The structure of an article whose text a person edited before it was taken.

use sourcier::model::structure::{Part, Structure};
use sourcier::text::span::TextSpan;

/// The parts whose words the edit left as they were, where these are now. What changed lies between the
/// longest start and the longest end that both texts have.
pub fn after_edit(structure: &Structure, old: &str, new: &str) -> Structure {
    let start = len_of_same(old.chars(), new.chars());
    let end = len_of_same(old[start..].chars().rev(), new[start..].chars().rev());
    let moved = |part: &Part| {
        let words = part.span.range();
        if words.end <= start {
            return Some(part.clone());
        }
        // How far they are from the end is what stays.
        let from_end = |place: usize| new.len() - (old.len() - place);
        let is_behind = words.start >= old.len() - end;
        let span = is_behind.then(|| TextSpan::from_range(from_end(words.start)..from_end(words.end)))??;
        Some(Part { span, kind: part.kind.clone() })
    };
    Structure::of(new, structure.parts().iter().filter_map(moved).collect()).0
}

fn len_of_same(one: impl Iterator<Item = char>, other: impl Iterator<Item = char>) -> usize {
    one.zip(other).take_while(|(one, other)| one == other).map(|(one, _)| one.len_utf8()).sum()
}

#[cfg(test)]
mod tests {
    use sourcier::model::structure::PartKind;

    use super::*;

    #[test]
    fn parts_move_with_their_words() {
        // A part for each word of the old text.
        for (old, new, expected) in [
            ("un deux trois", "un deux trois", "un deux trois"),
            ("un deux trois", "un trois", "un trois"),
            ("un deux trois", "un, deux trois", "un deux trois"),
            ("un deux trois", "Un deux trois", "deux trois"),
            ("un deux trois", "un deux 😀 trois", "un deux trois"),
            ("un deux trois", "un dé trois", "un trois"),
            ("un un un", "un un", "un un"),
            ("un un", "un un un", "un un"),
            ("é à", "à", "à"),
            ("un", "", ""),
            ("", "un", ""),
        ] {
            let word = |word: &str| {
                let start = word.as_ptr() as usize - old.as_ptr() as usize;
                let span = TextSpan::from_range(start..start + word.len()).expect("not empty");
                Part { kind: PartKind::Link { address: "https://example.org".into() }, span }
            };
            let words = old.split(' ').filter(|word| !word.is_empty());
            let (structure, _) = Structure::of(old, words.map(word).collect());
            let left = after_edit(&structure, old, new);
            let words: Vec<&str> = left.parts().iter().map(|part| &new[part.span.range()]).collect();
            assert_eq!(words.join(" "), expected, "{old} to {new}");
        }
    }
}

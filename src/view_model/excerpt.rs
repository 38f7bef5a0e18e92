//! The first words of a text, for rows and buttons that have one line.

use crate::edit::state::State;
use crate::model::annotation::Annotation;

/// The words of an annotation on one line: at most `chars_max` code points, then `…`.
pub fn excerpt(state: &State, annotation: &Annotation, chars_max: usize) -> String {
    one_line(&annotation.target.surface(&state.document.text), chars_max)
}

/// The text on one line: white space as spaces, at most `chars_max` code points, then `…`.
pub fn one_line(text: &str, chars_max: usize) -> String {
    let mut chars = text.chars().map(|char| if char.is_whitespace() { ' ' } else { char });
    let mut line: String = chars.by_ref().take(chars_max).collect();
    if chars.next().is_some() {
        line.truncate(line.trim_end().len());
        line.push('…');
    }
    line
}

#[cfg(test)]
mod tests {
    use super::one_line;

    #[test]
    fn a_text_on_one_line() {
        for (text, chars_max, line) in [
            ("un deux", 10, "un deux"),
            ("un deux", 7, "un deux"),
            ("un deux", 6, "un deu…"),
            ("un deux", 3, "un…"),
            ("un\r\n\tdeux", 20, "un   deux"),
            ("été 👍🏽 ici", 5, "été 👍…"),
            ("", 3, ""),
            ("un", 0, "…"),
        ] {
            assert_eq!(one_line(text, chars_max), line, "{text:?} {chars_max}");
        }
    }
}

//! How texts are set: the signs and spaces of French and of English.

const NO_BREAK: char = '\u{A0}';
const NARROW_NO_BREAK: char = '\u{202F}';

/// What is wrong with a French text.
pub fn french(text: &str) -> Vec<String> {
    let mut problems = common(text);
    let chars: Vec<char> = text.chars().collect();
    for (idx, sign) in chars.iter().enumerate() {
        let before = idx.checked_sub(1).map(|idx| chars[idx]);
        let after = chars.get(idx + 1).copied();
        let (is_right, what) = match sign {
            '«' => (after == Some(NO_BREAK), "U+00A0 after «"),
            '»' => (before == Some(NO_BREAK), "U+00A0 before »"),
            // Part of an address.
            ':' if after == Some('/') => continue,
            ':' | '%' => (before == Some(NO_BREAK), "U+00A0 before : and %"),
            ';' | '?' | '!' => (before == Some(NARROW_NO_BREAK), "U+202F before ; ? !"),
            // `.json` is a word.
            '.' if after.is_some_and(char::is_alphabetic) => continue,
            '…' | '.' | ',' | ')' => {
                (before.is_some_and(|before| !before.is_whitespace()), "no space before . , … )")
            }
            '“' | '”' => (false, "« » for quotation marks"),
            _ => continue,
        };
        if !is_right {
            problems.push(what.to_owned());
        }
    }
    if text.matches('«').count() != text.matches('»').count() {
        problems.push("« without »".to_owned());
    }
    problems
}

/// What is wrong with an English text.
pub fn english(text: &str) -> Vec<String> {
    let mut problems = common(text);
    for sign in [':', ';', '?', '!', '.', ',', '…', ')', '”', '%'] {
        let is_spaced = |(at, _): (usize, &str)| text[..at].ends_with(char::is_whitespace);
        // `.json` is a word.
        let is_word = |at: usize| text[at + 1..].starts_with(char::is_alphabetic);
        if text.match_indices(sign).any(|(at, found)| is_spaced((at, found)) && !is_word(at)) {
            problems.push(format!("a space before {sign}"));
        }
    }
    if text.contains(['«', '»']) || text.matches('“').count() != text.matches('”').count() {
        problems.push("“ ” for quotation marks, in pairs".to_owned());
    }
    problems
}

fn common(text: &str) -> Vec<String> {
    let wrong = [
        (text.contains(['\'', '"']), "straight quotes"),
        (text.contains("..."), "three full stops for …"),
        (text.contains("  "), "two spaces"),
        (text.contains("--"), "two hyphens"),
        (text.contains("{}"), "a value without a name"),
    ];
    wrong.iter().filter(|(is_wrong, _)| *is_wrong).map(|(_, what)| (*what).to_owned()).collect()
}

#[test]
fn finds_what_is_wrong() {
    let check = |problems: Vec<String>, count: usize| assert_eq!(problems.len(), count, "{problems:?}");
    check(french("Non enregistré\u{A0}: «\u{A0}{words}\u{A0}»\u{202F}! L’aide… 90\u{A0}%."), 0);
    check(french("Non enregistré : « {words} »! L'aide ... 90 %"), 8);
    check(french("Voici “cela”"), 2);
    check(english("Not saved: “{words}”! It’s 90%, from a .json file."), 0);
    check(english("Not saved : \"{words}\" ! 90 %"), 4);
}

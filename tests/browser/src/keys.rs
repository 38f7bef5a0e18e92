//! Keys by the names that the help uses: `Ctrl+ArrowRight`, `?`, `a`.

/// The character that WebDriver has for a key without one.
/// See <https://www.w3.org/TR/webdriver2/#keyboard-actions>.
const NAMED: [(&str, char); 24] = [
    ("Backspace", '\u{E003}'),
    ("Tab", '\u{E004}'),
    ("Enter", '\u{E007}'),
    ("Shift", '\u{E008}'),
    ("Ctrl", '\u{E009}'),
    ("Alt", '\u{E00A}'),
    ("Escape", '\u{E00C}'),
    ("Space", ' '),
    ("PageUp", '\u{E00E}'),
    ("PageDown", '\u{E00F}'),
    ("End", '\u{E010}'),
    ("Home", '\u{E011}'),
    ("ArrowLeft", '\u{E012}'),
    ("ArrowUp", '\u{E013}'),
    ("ArrowRight", '\u{E014}'),
    ("ArrowDown", '\u{E015}'),
    ("Delete", '\u{E017}'),
    ("F1", '\u{E031}'),
    ("F3", '\u{E033}'),
    ("F8", '\u{E038}'),
    ("Meta", '\u{E03D}'),
    ("Plus", '+'),
    ("Minus", '-'),
    ("Insert", '\u{E016}'),
];

/// The keys of a chord in the order in which they go down; the last is the one that counts.
/// Panics on a name that no key has.
#[track_caller]
pub fn chord(name: &str) -> Vec<char> {
    let parts = if name == "+" { vec!["+"] } else { name.split('+').collect() };
    parts.into_iter().map(key).collect()
}

#[track_caller]
fn key(name: &str) -> char {
    let mut chars = name.chars();
    if let (Some(only), None) = (chars.next(), chars.next()) {
        return only;
    }
    let found = NAMED.iter().find(|(known, _)| *known == name);
    found.unwrap_or_else(|| panic!("no key is called {name:?}")).1
}

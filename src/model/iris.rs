//! Addresses that identify something: IRIs (RFC 3987), as far as their look tells.

/// Whether a text looks like an absolute IRI: a scheme, a colon, something behind it, and nothing
/// that no IRI may hold. Nothing is looked up.
pub fn is_iri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let mut letters = scheme.chars();
    let is_scheme = letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || matches!(letter, '+' | '-' | '.'));
    let is_allowed = |letter: char| {
        !letter.is_whitespace()
            && !letter.is_control()
            && !matches!(letter, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')
    };
    is_scheme && !rest.trim_start_matches('/').is_empty() && rest.chars().all(is_allowed)
}

#[cfg(test)]
mod tests {
    use super::is_iri;

    #[test]
    fn addresses_are_told_from_other_texts() {
        for (text, expected) in [
            ("https://www.wikidata.org/entity/Q7747", true),
            ("http://été.example/é?q=1#là", true),
            ("urn:isbn:9782070360024", true),
            ("mailto:redaction@example.org", true),
            ("", false),
            ("Q7747", false),
            ("www.example.org", false),
            ("https:", false),
            ("https://", false),
            ("https://exa mple.org", false),
            ("https://example.org/<a>", false),
            ("1https://example.org", false),
            (" https://example.org", false),
        ] {
            assert_eq!(is_iri(text), expected, "{text:?}");
        }
    }
}

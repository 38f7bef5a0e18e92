//! Finding quoted words in a text, where the file's places do not lead to them.

/// The most searches through a whole text for one file: each may cost the length of the text.
const SEARCH_COUNT_MAX: usize = 2_000;

/// What a target says of its words.
#[derive(Clone, Debug, Default)]
pub(super) struct Quote {
    pub exact: String,
    pub prefix: String,
    pub suffix: String,
}

/// Looks for quotes in one text.
pub(super) struct Searcher<'t> {
    text: &'t str,
    searches_left: usize,
}

impl<'t> Searcher<'t> {
    pub fn new(text: &'t str) -> Searcher<'t> {
        Searcher { text, searches_left: SEARCH_COUNT_MAX }
    }

    /// The byte where the quote begins: of several places, the one whose surroundings agree most,
    /// then the one nearest to `near`.
    pub fn find(&mut self, quote: &Quote, near: usize) -> Option<usize> {
        if quote.exact.is_empty() || self.searches_left == 0 {
            return None;
        }
        self.searches_left -= 1;
        let places = self.text.match_indices(&quote.exact).map(|(place, _)| place);
        places.max_by_key(|&place| {
            let (before, after) = (&self.text[..place], &self.text[place + quote.exact.len()..]);
            let agreement = common(before.chars().rev(), quote.prefix.chars().rev())
                + common(after.chars(), quote.suffix.chars());
            (agreement, std::cmp::Reverse(place.abs_diff(near)))
        })
    }
}

/// How many characters agree from the start, at most 64.
fn common(left: impl Iterator<Item = char>, right: impl Iterator<Item = char>) -> usize {
    left.zip(right).take(64).take_while(|(left, right)| left == right).count()
}

//! What the tests of this folder share: difficult texts, random ones, and places drawn in a text.

use crate::text::span::{TextOffset, TextSpan};

pub(crate) const ARTICLE: &str = include_str!("../../static/article.txt");

/// Texts that have broken annotators.
pub(crate) const DIFFICULT: &[&str] = &[
    "",
    " ",
    "\n",
    "\r\n\r\n",
    "a",
    "é",
    "e\u{301}",
    "\u{301}",
    " \u{301}a",
    "\u{200D}",
    "\u{FEFF}Le titre\n\nLe texte",
    "👨\u{200D}👩\u{200D}👧 et 👍🏽 🇫🇷🇰🇿🇷",
    "un\r\ndeux\r\n\r\ntrois\rquatre\u{2028}cinq\u{2029}six\u{85}sept",
    "قال الوزير: «لا نعلم». ثم خرج؟ نعم",
    "שר החוץ אמר \"לא\". צה\"ל הגיב",
    "部长说谎。他说：“没有证据！”然后离开iPhone了",
    "co\u{AD}opé\u{AD}ra\u{AD}tion",
    "क्ष्म त्र\u{94D}\u{200D}य",
    "\u{600} 12 \u{600}漢字",
    "각\u{1100}\u{1161}\u{11A8}",
    "«\u{A0}L’ONU\u{202F}!\u{A0}»",
];

/// Pieces of random texts: what the rules of Unicode and of this module treat in a way of its own.
const PIECES: &[&str] = &[
    "a",
    "b",
    "M",
    "J",
    "l",
    "qu",
    "’",
    "'",
    "-",
    ".",
    ".",
    "?",
    "!",
    "…",
    ",",
    "\"",
    "«",
    "»",
    "(",
    ")",
    " ",
    " ",
    " ",
    "\u{A0}",
    "\u{202F}",
    "\n",
    "\n",
    "\r",
    "\r\n",
    "\u{85}",
    "\u{2028}",
    "\u{B}",
    "é",
    "\u{301}",
    "\u{AD}",
    "\u{FEFF}",
    "\u{200D}",
    "👩",
    "👧",
    "🏽",
    "❤",
    "\u{FE0F}",
    "🇫",
    "🇷",
    "ق",
    "\u{64E}",
    "ש",
    "״",
    "漢",
    "字",
    "。",
    "か",
    "カ",
    "ー",
    "क",
    "\u{94D}",
    "ष",
    "\u{903}",
    "\u{600}",
    "ᄀ",
    "\u{1161}",
    "\u{11A8}",
    "각",
    "ก",
    "\u{E33}",
    "1",
    "2",
    "_",
    "𝒜",
    "\u{10FFFF}",
    "\0",
    "mot ",
    "Il a dit. ",
    "l’ONU ",
];

/// SplitMix64: the same numbers for the same seed on every machine.
pub(crate) struct Random {
    state: u64,
}

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random { state: seed }
    }

    /// Less than `limit`, which is not 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut bits = self.state;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((bits ^ (bits >> 31)) % limit as u64) as usize
    }

    /// Of up to `pieces_max` pieces, of a few kinds, so that rare neighbours meet often.
    pub(crate) fn text(&mut self, pieces_max: usize) -> String {
        let kinds = [(); 6].map(|()| PIECES[self.below(PIECES.len())]);
        let pieces = self.below(pieces_max + 1);
        let is_mixed = self.below(2) == 0;
        (0..pieces)
            .map(|_| if is_mixed { PIECES[self.below(PIECES.len())] } else { kinds[self.below(kinds.len())] })
            .collect()
    }

    /// May end in characters.
    pub(crate) fn span(&mut self, text: &str) -> Option<TextSpan> {
        let ends = [self.below(text.len() + 1), self.below(text.len() + 1)];
        TextSpan::new(TextOffset::new(ends[0]), TextOffset::new(ends[1]))
    }
}

/// The difficult texts, the article and `random_count` random texts, each with a name for failures.
pub(crate) fn texts(random_count: u64, pieces_max: usize) -> impl Iterator<Item = (String, String)> {
    let fixed = DIFFICULT.iter().chain([&ARTICLE]).map(|text| (format!("{text:.20?}"), text.to_string()));
    let random = (0..random_count).map(move |seed| {
        let text = Random::new(seed).text(pieces_max);
        (format!("seed {seed}: {text:?}"), text)
    });
    fixed.chain(random)
}

/// Takes the bars out of a drawing and says where they were: `a|b` is `ab` and 1.
pub(crate) fn drawn(drawing: &str) -> (String, Vec<TextOffset>) {
    let mut text = String::new();
    let mut places = Vec::new();
    for character in drawing.chars() {
        if character == '|' {
            places.push(TextOffset::new(text.len()));
        } else {
            text.push(character);
        }
    }
    (text, places)
}

/// A drawing with two bars: `The |minister| lied`.
pub(crate) fn drawn_span(drawing: &str) -> (String, TextSpan) {
    let (text, places) = drawn(drawing);
    let span = TextSpan::new(places[0], places[1]).expect("a drawing has two bars apart");
    (text, span)
}

/// The reverse of [`drawn`].
pub(crate) fn draw(text: &str, places: &[TextOffset]) -> String {
    let mut drawing = text.to_string();
    for place in places.iter().rev() {
        drawing.insert(place.to_usize(), '|');
    }
    drawing
}

pub(crate) fn draw_span(text: &str, span: Option<TextSpan>) -> String {
    span.map_or("none".to_string(), |span| draw(text, &[span.start(), span.end()]))
}

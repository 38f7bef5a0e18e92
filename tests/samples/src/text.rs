//! The text: the article's paragraphs again and again, with other names and numbers each time.

use crate::Kind;
use crate::random::Random;

const ARTICLE: &str = include_str!("../../../static/article.txt");

const SEED: u64 = 1;

/// Names of the article, each with what may stand in its place.
const NAMES: [(&str, [&str; 4]); 6] = [
    ("Poutine", ["Poutine", "Lavrov", "Chevtchenko", "Saint-Exupéry"]),
    ("Tokaïev", ["Tokaïev", "Sadyrkoulov", "Bolat", "N’Diaye"]),
    ("Nazarbaïev", ["Nazarbaïev", "Massimov", "Älijew", "Łukasz"]),
    ("Kazakhstan", ["Kazakhstan", "Tadjikistan", "Kirghizistan", "Turkménistan"]),
    ("Moscou", ["Moscou", "Astana", "Almaty", "Noursoultan"]),
    ("200", ["200", "225", "4 500", "17"]),
];

/// One sentence in so many paragraphs is of another kind.
const RARE_EVERY: usize = 40;

/// Letters that take several bytes, several UTF-16 units or several code points, and that run the
/// other way.
const RARE: [&str; 5] = [
    " Un témoin a écrit : « 👩\u{200D}👧 et 👍🏽 ».",
    " Selon Ärzte ohne Grenzen, l’été e\u{301}tait sec.",
    " Le mot قال veut dire « il a dit ».",
    " L’agence 新华社 n’a rien dit.",
    " La formule 𝒜 = 𝒷 circule.",
];

pub fn text_of(kind: Kind) -> String {
    let between = match kind {
        Kind::Article { .. } => "\n\n",
        Kind::OneLine { .. } => " ",
    };
    let sources: Vec<&str> =
        ARTICLE.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()).collect();
    let mut random = Random::new(SEED);
    let mut text = String::with_capacity(kind.size_bytes() + 1_000);
    for source in sources.iter().cycle() {
        if !text.is_empty() {
            text.push_str(between);
        }
        text.push_str(&varied(source, &mut random));
        if text.len() >= kind.size_bytes() {
            break;
        }
    }
    text
}

fn varied(source: &str, random: &mut Random) -> String {
    let mut paragraph = source.to_owned();
    for (name, others) in NAMES {
        paragraph = paragraph.replace(name, random.pick(&others));
    }
    if random.below(RARE_EVERY) == 0 {
        paragraph.push_str(random.pick(&RARE));
    }
    paragraph
}

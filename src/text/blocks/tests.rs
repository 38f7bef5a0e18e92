use super::*;
use crate::text::samples::{ARTICLE, Random, draw, texts};

/// The text with bars round its paragraphs.
fn drawn_paragraphs(text: &str) -> String {
    let ends: Vec<_> =
        BlockIndex::new(text).paragraphs().iter().flat_map(|span| [span.start(), span.end()]).collect();
    draw(text, &ends)
}

#[test]
fn paragraphs_as_drawn() {
    let cases = [
        "",
        " \n\u{A0}\r\n",
        "|un|",
        "|un\ndeux|\n\n|trois|",
        "|un|\n|deux|\n|trois|\n",
        "|un|\r|deux|\u{2028}|trois|\u{2029}|quatre|\u{85}|cinq|\r\n|six|",
        "| un\r\ndeux |\r\n \t\u{202F}\r\n|trois|",
        "\n\n| un|\n|deux|\n\n",
        "|un|\r\r|deux\rtrois|",
        "|un\u{B}\u{C}deux|\u{2029}\u{2029}|trois|",
        "\u{85}|\u{FEFF}un|",
        "|un|\n\r\n|deux|",
    ];
    for drawing in cases {
        assert_eq!(drawn_paragraphs(&drawing.replace('|', "")), drawing);
    }
}

#[test]
fn the_article_has_a_paragraph_between_blank_lines() {
    let expected: Vec<&str> =
        ARTICLE.split("\n\n").map(|paragraph| paragraph.trim_end_matches('\n')).collect();
    let index = BlockIndex::new(ARTICLE);
    let found: Vec<&str> = index.paragraphs().iter().map(|span| &ARTICLE[span.range()]).collect();
    assert_eq!(found, expected);
    assert_eq!(index.blocks().len(), expected.len());
}

fn check_laws(text: &str, name: &str) {
    check_laws_of(&BlockIndex::new(text), text, name);
    let lines = |nth: usize| {
        let lines = lines_of(text).step_by(nth).filter_map(TextSpan::from_range);
        let lines: Vec<TextSpan> = lines.filter(|span| is_of_lines(text, *span)).collect();
        BlockIndex::cut(text, &lines)
    };
    for nth in 1..4 {
        check_laws_of(&lines(nth), text, &format!("{name}, cut at lines, {nth}"));
    }
    assert_eq!(lines(1).paragraphs(), BlockIndex::new(text).paragraphs(), "{name}");
}

fn check_laws_of(index: &BlockIndex, text: &str, name: &str) {
    let mut held = vec![0; text.len()];
    for paragraph in index.paragraphs() {
        held[paragraph.range()].iter_mut().for_each(|times| *times += 1);
        assert!(!text[paragraph.range()].trim().is_empty(), "{name}");
    }
    for (at, character) in text.char_indices() {
        assert!(held[at] == 1 || held[at] == 0 && character.is_whitespace(), "{character:?} at {at}, {name}");
    }
    for (number, paragraph) in index.paragraphs().iter().enumerate() {
        let pieces: Vec<&Block> =
            index.blocks().iter().filter(|block| block.paragraph as usize == number).collect();
        assert_eq!(pieces[0].span.start(), paragraph.start(), "{name}");
        assert_eq!(pieces[pieces.len() - 1].span.end(), paragraph.end(), "{name}");
        for (number, piece) in pieces.iter().enumerate() {
            assert_eq!(piece.piece as usize, number, "{name}");
            assert!(number == 0 || pieces[number - 1].span.end() == piece.span.start(), "{name}");
            assert!(graphemes::is_boundary(text, piece.span.end().to_usize()), "{:?} {name}", piece.span);
        }
    }
    assert!(index.blocks().is_sorted_by_key(|block| block.span.start()), "{name}");
    check_lookups(text, index, name);
}

/// Against a look at every block.
fn check_lookups(text: &str, index: &BlockIndex, name: &str) {
    let blocks = index.blocks();
    let mut random = Random::new(text.len() as u64);
    for _ in 0..30 {
        let offset = TextOffset::new(random.below(text.len() + 2));
        let holding = blocks.iter().rposition(|block| block.span.touches_offset(offset));
        assert_eq!(index.block_at(offset), holding, "{offset:?} {name}");
        let distance = |block: &Block| {
            block.span.start().0.saturating_sub(offset.0) + offset.0.saturating_sub(block.span.end().0)
        };
        let nearest = (0..blocks.len()).rev().min_by_key(|&number| distance(&blocks[number]));
        assert_eq!(index.nearest_block(offset), nearest, "{offset:?} {name}");
        let paragraphs = index.paragraphs();
        let paragraph = paragraphs.iter().rposition(|span| span.touches_offset(offset));
        assert_eq!(index.paragraph_at(offset), paragraph, "{offset:?} {name}");
        let next = paragraphs.iter().map(|span| span.end()).find(|&end| end > offset);
        let next = next.unwrap_or(TextOffset::new(text.len()));
        assert_eq!(index.next_paragraph_boundary(offset), next, "{offset:?} {name}");
        let previous = paragraphs.iter().map(|span| span.start()).rfind(|&start| start < offset);
        assert_eq!(
            index.previous_paragraph_boundary(offset),
            previous.unwrap_or_default(),
            "{offset:?} {name}"
        );
        if let Some(span) = random.span(text) {
            let expected: Vec<usize> =
                (0..blocks.len()).filter(|&number| blocks[number].span.overlaps(span)).collect();
            assert_eq!(index.blocks_touching(span).collect::<Vec<_>>(), expected, "{span:?} {name}");
        }
    }
}

#[test]
fn laws_of_blocks() {
    for (name, text) in texts(600, 40) {
        check_laws(&text, &name);
    }
    for seed in 0..12 {
        check_laws(&Random::new(seed).text(8000), &format!("long text of seed {seed}"));
    }
}

#[test]
fn long_paragraphs_are_cut_between_words() {
    let cases = [
        ("mot ", true),
        ("mot\r\n", true),
        ("antidisestablishmentarianism, ", true),
        ("漢字", false),
        ("iPhone漢字", false),
        ("e\u{301}", false),
        ("👨\u{200D}👩\u{200D}👧", false),
        ("🇫🇷", false),
        ("a", false),
        (" ", false),
    ];
    for (unit, has_spaces) in cases {
        for len in [BLOCK_LEN_MAX - 1, BLOCK_LEN_MAX, BLOCK_LEN_MAX + 1, 3 * BLOCK_LEN_MAX] {
            // Two paragraphs, so that line breaks stay within the first.
            let text = format!("|{}|\n\n|", unit.repeat(len / unit.len()));
            check_laws(&text, &format!("{unit:?} {len}"));
            for block in BlockIndex::new(&text).blocks() {
                assert!(block.span.len_bytes() as usize <= BLOCK_LEN_MAX, "{unit:?} {len}");
                let (before, after) = text.split_at(block.span.start().to_usize());
                let is_after_space =
                    before.ends_with(char::is_whitespace) && !after.starts_with(char::is_whitespace);
                assert!(block.piece == 0 || !has_spaces || is_after_space, "{unit:?} {len}");
                assert!(!(before.ends_with("iPh") && after.starts_with("one")), "{unit:?} {len}");
            }
        }
    }
}

#[test]
fn a_paragraph_of_the_longest_length_stays_whole() {
    for (len, pieces) in [(BLOCK_LEN_MAX - 1, 1), (BLOCK_LEN_MAX, 1), (BLOCK_LEN_MAX + 1, 2)] {
        assert_eq!(BlockIndex::new(&"a".repeat(len)).blocks().len(), pieces, "{len}");
    }
}

#[test]
fn one_line_of_a_megabyte() {
    for unit in ["Le ministre a menti. ", "漢", "a", "🇫🇷", "\u{A0}x"] {
        let text = unit.repeat(1_000_000 / unit.len());
        let index = BlockIndex::new(&text);
        assert_eq!(index.paragraphs().len(), 1);
        assert!(index.blocks().len() >= 1_000_000 / BLOCK_LEN_MAX && index.blocks().len() < 600, "{unit}");
    }
}

#[test]
fn one_huge_grapheme_is_one_block() {
    let text = "e".to_string() + &"\u{301}".repeat(100_000) + " mot";
    assert_eq!(
        BlockIndex::new(&text).blocks().len(),
        1 + usize::from(text.len() > 200_005 + BLOCK_LEN_MAX) + 1
    );
}

#[test]
fn blocks_are_cut_at_lines() {
    let all = "|Titre\n|un\ndeux\n|trois|\n\n|quatre|";
    let text = all.replace('|', "");
    let drawn = |lines: &[&str]| {
        let span = |words: &&str| {
            let start = text.find(words).expect("the words are there");
            TextSpan::from_range(start..start + words.len()).expect("a span")
        };
        let spans: Vec<TextSpan> = lines.iter().map(span).collect();
        let index = BlockIndex::cut(&text, &spans);
        let mut ends: Vec<_> =
            index.blocks().iter().flat_map(|block| [block.span.start(), block.span.end()]).collect();
        ends.dedup();
        let pieces: Vec<u32> = index.blocks().iter().map(|block| block.piece).collect();
        (draw(&text, &ends), pieces)
    };
    let none = "|Titre\nun\ndeux\ntrois|\n\n|quatre|".to_owned();
    assert_eq!(drawn(&[]), (none.clone(), vec![0, 0]));
    assert_eq!(drawn(&["quatre", "Titre\nun\ndeux\ntrois"]), (none, vec![0, 0]));
    assert_eq!(drawn(&["Titre", "trois"]), (all.to_owned(), vec![0, 1, 2, 0]));
    let all = "|Titre\n|un\n|deux\ntrois|\n\n|quatre|".to_owned();
    assert_eq!(drawn(&["un", "deux\ntrois"]), (all, vec![0, 1, 2, 0]));
}

#[test]
fn whole_lines_are_told() {
    let text = "a\r\nb\u{2028}é\n";
    for (range, expected) in [
        (0..1, true),
        (0..2, false),
        (1..4, false),
        (2..4, false),
        (3..4, true),
        (0..9, true),
        (0..10, true),
        (7..9, true),
        (7..10, true),
    ] {
        let span = TextSpan::from_range(range.clone()).expect("a span");
        assert_eq!(is_of_lines(text, span), expected, "{range:?}");
    }
}

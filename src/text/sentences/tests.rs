use super::*;
use crate::text::samples::{ARTICLE, draw, texts};

/// The text with a bar round each sentence of its paragraphs, found by moving forward.
fn drawn_sentences(text: &str, language: Language) -> String {
    let blocks = BlockIndex::new(text);
    let mut places = Vec::new();
    let mut place = TextOffset(0);
    while place.to_usize() < text.len() {
        let end = next_sentence_boundary(text, &blocks, place, language);
        assert!(end > place, "moving forward from {place:?} in {text:?}");
        let start = previous_sentence_boundary(text, &blocks, end, language);
        if start >= place {
            places.extend([start, end]);
        }
        place = end;
    }
    draw(text, &places)
}

#[track_caller]
fn check(language: Language, drawings: &[&str]) {
    for drawing in drawings {
        assert_eq!(drawn_sentences(&drawing.replace('|', ""), language), *drawing);
    }
}

#[test]
fn french_sentences_as_drawn() {
    check(
        Language::French,
        &[
            "|Un.| |Deux.|",
            "|M. Tokaïev a vu MM. Roux et Poutine.| |Il est parti.|",
            "|M.\u{A0}Le Drian et Mme. Dupont, le Dr. Roux, St. Louis.| |Fin.|",
            "|J. Dupont, J.-P. Le Bras et J. L. C. Borges.| |Fin.|",
            "|Le plan B.| |Il échoue.|",
            "|Des pommes, des poires, etc. et du vin, etc.| |Puis rien.|",
            "|En ville, p. ex. Paris, ou par ex. Lyon, c.-à-d. Rhône, cf. Doubs.|",
            "|Voir p. 12, art. 3 et n. 4.| |Le reste suit.|",
            "|En 52 av. J.-C. Rome vainc.| |Rien.|",
            "|Né en 52 av. J.-C.| |Il vainc.|",
            "|« Vraiment ? » a-t-il dit.| |« Oui ! »|",
            "|«\u{A0}Vraiment\u{202F}?\u{A0}», a-t-il dit.| |Non.|",
            "|« Vraiment ? »| |Il a souri.|",
            "|« La Russie fera tout. »| |Puis il est parti.|",
            "|« Fin. »| |« Début. »|",
            "|\" Vraiment ? \" a-t-il dit.| |Fin.| |\" Début. \"| |Puis.|",
            "|Il hésite…| |Puis il part.| |Il hésite… puis part.|",
            "|Il dit (sic !) que « le […] Président (?) Poutine » ment.|",
            "|Une ligne\ncoupée.|\n|Deux\r\nlignes.|\n\n|Fin.|",
            "|Titre sans point|\n\n|Texte.|",
            " |Un.| |Deux.|",
            "|Prix de 3.5 euros.| |Bien.|",
            "|Qui ?| |Quoi ?!| |Où ?...|",
        ],
    );
}

#[test]
fn english_sentences_as_drawn() {
    check(
        Language::English,
        &[
            "|Mr. Smith met Mrs. Jones and Dr. Who in St. Paul.| |They spoke.|",
            "|The U.S. Senate and the U.N. Council met.| |Done.|",
            "|He left the U.S.| |The Senate met.|",
            "|Acme Inc. Chief Ann Lee, Sen. J. A. Smith and J. Doe Jr. left.|",
            "|He works at Acme Inc.| |He left.|",
            "|At 5 p.m. EST.| |The end.|",
            "|On Jan. 6 and Sept. 11, see No. 10.| |No.| |Yes.|",
            "|Fruit, e.g. Apples, i.e. Food, vs. Meat, etc.| |Then.|",
            "|“Really?” he said.| |“Yes.”| |She left.|",
            "|He said (\"No!\") twice.| |'Yes.'| |“No.”|",
            "|Yahoo! bought it.|",
            "|He left the U.S.| |“We stay.”|",
        ],
    );
}

#[test]
fn other_sentences_as_drawn() {
    check(
        Language::Other,
        &[
            "|»Wirklich?« sagte er.| |»Ja.«| |»Nein.«|",
            "|部长说谎。||他说：“没有证据！”||然后离开。|",
            "|هل قال؟| |نعم.|",
            "|שר החוץ אמר.| |כן.|",
            "|M. Roux, Mr. Red.| |Fin.|",
            "|👍.| |👨\u{200D}👩\u{200D}👧 Fin.|",
        ],
    );
}

#[test]
fn no_sentence_of_the_article_ends_after_a_title() {
    let blocks = BlockIndex::new(ARTICLE);
    let mut sentences = Vec::new();
    for &paragraph in blocks.paragraphs() {
        let mut place = paragraph.start();
        while place < paragraph.end() {
            let sentence = sentence_at(ARTICLE, paragraph, place, Language::French);
            sentences.push(&ARTICLE[sentence.range()]);
            place = next_sentence_boundary(ARTICLE, &blocks, sentence.start(), Language::French);
            place = TextOffset::new(place.to_usize() + 1);
        }
    }
    assert!(sentences.iter().all(|sentence| !sentence.ends_with("M.")), "{sentences:#?}");
    assert_eq!(sentences.len(), blocks.paragraphs().len() + 1, "{sentences:#?}");
}

#[test]
fn laws_of_sentences() {
    for (name, text) in texts(400, 30).filter(|(_, text)| text.len() < 2000) {
        let blocks = BlockIndex::new(&text);
        for language in [Language::French, Language::English] {
            for index in 0..=text.len() {
                let offset = TextOffset::new(index);
                let next = next_sentence_boundary(&text, &blocks, offset, language);
                let previous = previous_sentence_boundary(&text, &blocks, offset, language);
                assert!(next > offset || next.to_usize() == text.len(), "{index} {name}");
                assert!(previous < offset || previous == TextOffset(0), "{index} {name}");
                assert!(graphemes::is_boundary(&text, next.to_usize()), "{index} {name}");
                assert!(graphemes::is_boundary(&text, previous.to_usize()), "{index} {name}");
                let Some(paragraph) = blocks.paragraph_at(offset) else { continue };
                let paragraph = blocks.paragraphs()[paragraph];
                let sentence = sentence_at(&text, paragraph, offset, language);
                assert!(paragraph.covers(sentence), "{index} {name}");
                assert_eq!(
                    sentence_at(&text, paragraph, sentence.start(), language),
                    sentence,
                    "{index} {name}"
                );
                let quote = &text[sentence.range()];
                assert!(!quote.trim().is_empty(), "{index} {name}");
                let held = text[paragraph.range()].char_indices().any(|(skipped, character)| {
                    paragraph.start().to_usize() + skipped == index && !character.is_whitespace()
                });
                assert!(!held || sentence.contains(offset), "{index} {name}");
            }
        }
    }
}

#[test]
fn all_sentences_of_a_paragraph() {
    for (name, text) in texts(400, 60) {
        for &paragraph in BlockIndex::new(&text).paragraphs() {
            let sentences = sentences_in(&text, paragraph, Language::French);
            let mut end = paragraph.start();
            for &sentence in &sentences {
                assert!(text[end.to_usize()..sentence.start().to_usize()].trim().is_empty(), "{name}");
                assert_eq!(sentence_at(&text, paragraph, sentence.start(), Language::French), sentence);
                end = sentence.end();
            }
            assert!(text[end.to_usize()..paragraph.end().to_usize()].trim().is_empty(), "{name}");
        }
    }
    for unit in ["Le ministre a menti. ", "a", "漢。", "🇫🇷", "\u{A0}x", "\u{A0}"] {
        let text = unit.repeat(300_000 / unit.len());
        for &paragraph in BlockIndex::new(&text).paragraphs() {
            let sentences = sentences_in(&text, paragraph, Language::French);
            let len: usize = sentences.iter().map(|sentence| text[sentence.range()].trim().len()).sum();
            let white = text.matches(char::is_whitespace).map(str::len).sum::<usize>();
            assert!(len + white >= paragraph.len_bytes() as usize, "{unit}");
            if unit.starts_with("Le") {
                assert!(sentences.iter().all(|sentence| text[sentence.range()] == *unit.trim()));
            }
        }
    }
}

#[test]
fn hostile_paragraphs_do_no_harm() {
    let text = "é . Un.";
    for (start, end) in [(1, 2), (0, 1), (2, 3), (1, u32::MAX), (7, 9), (100, 200)] {
        let paragraph = TextSpan::new(TextOffset(start), TextOffset(end)).expect("not empty");
        for offset in [0, 1, 5, u32::MAX] {
            sentence_at(text, paragraph, TextOffset(offset), Language::French);
        }
    }
}

#[test]
fn long_lines_are_not_walked() {
    for unit in ["Le ministre a menti. ", "a", "漢。", "🇫🇷", "\u{A0}x", "mot "] {
        let text = unit.repeat(1_000_000 / unit.len());
        let blocks = BlockIndex::new(&text);
        for index in (text.len() / 20..text.len()).step_by(text.len() / 10) {
            let offset = TextOffset::new(TextOffset::new(index).floor_in(&text));
            let paragraph = blocks.paragraphs()[0];
            let sentence = sentence_at(&text, paragraph, offset, Language::French);
            assert!(sentence.touches_offset(offset), "{unit} at {index}");
            assert!(next_sentence_boundary(&text, &blocks, offset, Language::French) > offset);
            assert!(previous_sentence_boundary(&text, &blocks, offset, Language::French) < offset);
            if unit.starts_with("Le") {
                assert_eq!(text[sentence.range()], *unit.trim());
            }
        }
    }
}

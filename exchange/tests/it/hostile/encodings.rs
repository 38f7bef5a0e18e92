//! Bytes in another encoding than the format has: what is no UTF-8 is guessed and told, or left out
//! and told.

use sourcier_exchange::import::InFile;

use super::forms::FORMS;
use super::reading::outcome;

fn utf16(text: &str, is_big: bool) -> Vec<u8> {
    let bytes = |unit: u16| if is_big { unit.to_be_bytes() } else { unit.to_le_bytes() };
    text.encode_utf16().flat_map(bytes).collect()
}

type Recoding = fn(&str) -> Vec<u8>;

const RECODINGS: [(&str, Recoding); 10] = [
    ("UTF-16 LE", |text| utf16(text, false)),
    ("UTF-16 BE", |text| utf16(text, true)),
    ("UTF-16 LE with its mark", |text| utf16(&format!("\u{feff}{text}"), false)),
    ("UTF-16 BE with its mark", |text| utf16(&format!("\u{feff}{text}"), true)),
    ("UTF-32", |text| text.chars().flat_map(|it| u32::from(it).to_le_bytes()).collect()),
    ("Latin-1", |text| text.chars().map(|it| u8::try_from(u32::from(it)).unwrap_or(0xE9)).collect()),
    ("a byte in the middle", |text| {
        let mut bytes = text.as_bytes().to_vec();
        let place = text.find("oui").expect("the words") + 1;
        bytes[place] = 0xFF;
        bytes
    }),
    ("a surrogate", |text| {
        let mut bytes = text.as_bytes().to_vec();
        let place = text.find("oui").expect("the words");
        bytes.splice(place..place + 3, *b"\xED\xA0\x80");
        bytes
    }),
    ("cut in a character", |text| {
        let place = text.rfind('é').expect("a letter of two bytes");
        text.as_bytes()[..=place].to_vec()
    }),
    ("doubly encoded", |text| text.bytes().map(char::from).collect::<String>().into_bytes()),
];

#[test]
fn files_in_other_encodings() {
    for form in FORMS {
        for (name, recoded) in RECODINGS {
            let recoded = |file: InFile| {
                let text = String::from_utf8(file.bytes).expect("UTF-8") + "\noui é";
                InFile { bytes: recoded(&text), ..file }
            };
            let files: Vec<InFile> = form.with(&[]).into_iter().map(recoded).collect();
            let outcome = outcome(name, form.id, &form.beside_good(files));
            // The rows of one file stand and fall together.
            if !form.good.is_empty() {
                assert!(
                    outcome.drafts.iter().any(|draft| draft.text.trim_end() == "Lui"),
                    "{name}: {}",
                    form.id
                );
                assert!(outcome.texts.iter().any(|text| text.trim_end() == "Lui"), "{name}: {}", form.id);
            }
            assert!(outcome.told_alone > 0 || name == "doubly encoded", "{name}: {} is silent", form.id);
        }
    }
}

/// A mark of the byte order in UTF-8 is no text, whatever the format.
#[test]
fn files_with_a_mark() {
    for form in FORMS {
        let marked = |file: InFile| InFile { bytes: [b"\xEF\xBB\xBF", &file.bytes[..]].concat(), ..file };
        let outcome = outcome("mark", form.id, &form.with(&[]).into_iter().map(marked).collect::<Vec<_>>());
        // What was read of a page never has one; in SemEval's tables, as Python reads them, it counts.
        if !form.id.starts_with("page") && form.id != "semeval-tsv" {
            assert!(outcome.format == form.id && outcome.told == 0, "{}: {outcome:?}", form.id);
        }
    }
}

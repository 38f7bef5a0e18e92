use quick_xml::events::Event;
use quick_xml::reader::Reader;
use sourcier::sorted::{SortedMap, SortedSet};

use crate::options::Options;
use crate::samples::{SAMPLES, check_golden, export_of, sample};

#[test]
fn golden_files() {
    check_golden("tei", &Options::default());
}

/// What a file holds: the text of the body, the words by their ids, all ids, all pointers, and the
/// pointers of each span.
#[derive(Default)]
struct Found {
    body: String,
    words: SortedMap<String, String>,
    ids: SortedSet<String>,
    pointers: Vec<String>,
    spans: Vec<(String, Vec<String>)>,
}

fn found(text: &str) -> Found {
    let mut found = Found::default();
    let mut reader = Reader::from_str(text);
    let (mut in_body, mut word) = (false, None);
    loop {
        let event = reader.read_event().expect("well-formed XML");
        match &event {
            Event::Start(element) | Event::Empty(element) => {
                in_body |= element.name().as_ref() == "body";
                let mut span = (String::new(), Vec::new());
                for attribute in element.attributes() {
                    let attribute = attribute.expect("a well-formed attribute");
                    let value =
                        attribute.normalized_value(quick_xml::XmlVersion::default()).unwrap().into_owned();
                    let pointers: Vec<String> =
                        value.split(' ').filter_map(|it| it.strip_prefix('#')).map(str::to_owned).collect();
                    match attribute.key.as_ref() {
                        "xml:id" => {
                            assert!(found.ids.insert(value.clone()), "{value} twice");
                            word = Some(value.clone()).filter(|id| in_body && id.starts_with('w'));
                        }
                        "n" => span.0 = value,
                        "from" | "to" | "target" => span.1.extend(pointers.iter().cloned()),
                        _ => {}
                    }
                    found.pointers.extend(pointers);
                }
                if element.name().as_ref() == "span" {
                    found.spans.push(span);
                }
            }
            Event::Text(_) | Event::GeneralRef(_) if in_body => {
                let text = match &event {
                    Event::Text(text) => text.xml10_content().into_owned(),
                    Event::GeneralRef(entity) => match entity.resolve_char_ref().unwrap() {
                        Some(character) => character.to_string(),
                        None => {
                            quick_xml::escape::unescape(&format!("&{};", &**entity)).unwrap().into_owned()
                        }
                    },
                    _ => String::new(),
                };
                found.body.push_str(&text);
                if let Some(id) = &word {
                    found.words.get_or_insert(id.clone(), String::new()).push_str(&text);
                }
            }
            Event::End(element) => {
                word = None;
                in_body &= element.name().as_ref() != "body";
            }
            Event::Eof => return found,
            _ => {}
        }
    }
}

#[test]
fn the_body_is_the_text_and_every_pointer_leads_somewhere() {
    for name in SAMPLES {
        let state = sample(name);
        let exported = export_of("tei", &[&state], Options::default());
        let found = found(std::str::from_utf8(&exported.files[0].bytes).unwrap());
        assert_eq!(found.body, &*state.document.text, "{name}");
        assert!(found.pointers.iter().all(|pointer| found.ids.contains(pointer)), "{name}");
        assert_eq!(found.spans.len(), state.annotations.len(), "{name}");
        for (id, pointers) in found.spans {
            let annotation = state.annotations.get(&id.as_str().into()).unwrap();
            let surface = annotation.target.surface(&state.document.text);
            let words: Vec<&str> = pointers.iter().map(|id| found.words[id].as_str()).collect();
            let (first, last) = (words[0], words[words.len() - 1]);
            let trimmed = surface.trim_matches(|it: char| it.is_whitespace() || it == '\u{FEFF}');
            assert!(trimmed.starts_with(first) && trimmed.ends_with(last), "{id}");
        }
    }
}

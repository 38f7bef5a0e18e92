use std::rc::Rc;

use sourcier::edit::state::State;
use sourcier::model::annotation::Annotation;
use sourcier::model::document::Document;
use sourcier::model::schema::AttributeValue;
use sourcier::model::structure::{Part, PartKind, Structure};
use sourcier::text::span::TextSpan;

use crate::options::Options;
use crate::samples::{SAMPLES, check_golden, export_of, sample};

fn page(state: &State, language: &str) -> String {
    let options = Options { language: language.to_owned(), ..Options::default() };
    let [file] = &export_of("html", &[state], options).files[..] else { panic!("one file") };
    String::from_utf8(file.bytes.clone()).unwrap()
}

#[test]
fn golden_files() {
    check_golden("html", &Options { language: "fr".to_owned(), ..Options::default() });
}

/// The text between tags, unescaped.
fn text_of(html: &str) -> String {
    let mut text = String::new();
    for part in html.split('<') {
        text.push_str(part.split_once('>').map_or("", |(_, text)| text));
    }
    let entities = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    entities.iter().fold(text, |text, (entity, character)| text.replace(entity, character))
}

/// Every open element is closed, in order: marks that cross are cut.
fn check_nesting(html: &str) {
    let mut open: Vec<&str> = Vec::new();
    for tag in html.split('<').skip(1).map(|part| part.split('>').next().unwrap_or_default()) {
        let name = tag.trim_start_matches('/').split(' ').next().unwrap_or_default();
        if matches!(name, "!doctype" | "meta" | "br") {
        } else if tag.starts_with('/') {
            assert_eq!(open.pop(), Some(name), "{tag}");
        } else {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?}");
}

#[test]
fn the_words_of_every_paragraph_are_there_and_elements_are_closed() {
    for name in SAMPLES {
        let state = sample(name);
        let html = page(&state, "en");
        check_nesting(&html);
        let article = &html[html.find("<article").unwrap()..html.find("</article>").unwrap()];
        // Without the numbers of statements.
        let mut plain = String::new();
        for part in article.split("<a class=\"n\"") {
            plain.push_str(if plain.is_empty() { part } else { part.split_once("</a>").unwrap().1 });
        }
        let text = text_of(&plain);
        for &paragraph in state.document.index.blocks.paragraphs() {
            assert!(text.contains(state.document.slice(paragraph)), "{name}");
        }
    }
}

#[test]
fn nothing_from_outside_becomes_markup() {
    const EVIL: &str = "</style><script>alert(1)</script>\" onload='x' <img src=x onerror=y>&amp;";
    let mut state = sample("linked");
    let mut annotation: Annotation = (**state.annotations.nth(4).unwrap()).clone();
    annotation.note = EVIL.into();
    annotation.label = EVIL.into();
    annotation.attributes.insert(EVIL.into(), AttributeValue::Text(EVIL.into()));
    state.annotations.insert(Rc::new(annotation));
    let fields = Rc::make_mut(&mut state.fields);
    for key in ["headline", "language", "url", EVIL] {
        fields.insert(key.into(), AttributeValue::Text(EVIL.into()));
    }
    let schema = Rc::make_mut(&mut state.schema);
    schema.name.en = EVIL.into();
    schema.labels[1].name.en = EVIL.into();
    schema.labels[1].color = EVIL.into();
    schema.relations[0].name.en = EVIL.into();
    let entities = Rc::make_mut(&mut state.entities);
    let id = entities.keys().next().unwrap().clone();
    let mut entity = (*entities[&id]).clone();
    (entity.name, entity.identifier) = (EVIL.into(), "javascript:alert(1)".into());
    entities.insert(id, Rc::new(entity));
    let html = page(&state, "en");
    check_nesting(&html);
    for wrong in ["<script", "<img", "href=\"javascript", "onload='"] {
        assert!(!html.contains(wrong), "{wrong}");
    }
    assert_eq!(html.matches("</style>").count(), 1);
}

/// Lists of both kinds in each other, with a piece that goes on, a quote around one, headings.
#[test]
fn the_structure_of_the_text_is_that_of_the_article() {
    const TEXT: &str = "T\n\nu\nv\nw\nx\n\ny\nz\n\ne";
    let item = |level, number| PartKind::Item { level, number };
    let parts = [
        (PartKind::Heading { level: 1 }, "T"),
        (item(2, None), "u"),
        (item(1, Some(2)), "v"),
        (item(1, None), "w"),
        (PartKind::Quote, "x\n\ny\nz"),
        (item(1, None), "y\nz"),
        (PartKind::Heading { level: 6 }, "e"),
    ];
    let part = |(kind, words): (PartKind, &str)| {
        let start = TEXT.find(words).expect("the words are there");
        Part { kind, span: TextSpan::from_range(start..start + words.len()).expect("words are not empty") }
    };
    let mut state = sample("empty");
    let document = Document::new("d".into(), TEXT.into(), 0);
    let (structure, left_out) = Structure::of(TEXT, parts.into_iter().map(part).collect());
    assert_eq!(left_out, 0);
    state.document = Rc::new(document.with_structure(structure));
    let html = page(&state, "en");
    check_nesting(&html);
    let article = &html[html.find("<article>").unwrap() + 9..html.find("</article>").unwrap()];
    let expected = "<h2>T</h2><ul><li><ul><li>u</li></ul></li></ul><ol><li value=\"2\">v</li></ol>\
        <ul><li>w</li></ul><blockquote><p>x</p><ul><li>yz</li></ul></blockquote><h4>e</h4>";
    assert_eq!(article.replace('\n', "").replace(" dir=\"auto\"", ""), expected);
    assert!(text_of(article).contains("y\nz"));
}

/// French has a no-break space before high marks and inside quotation marks.
#[test]
fn french_has_its_typography() {
    let html = page(&sample("annotated"), "fr");
    let words = |html: &str| text_of(&html[html.find("<section").unwrap()..html.find("<details").unwrap()]);
    let text = words(&html);
    assert!(text.contains("«\u{a0}sans avoir apporté de preuves\u{a0}»"), "{text}");
    assert!(text.contains("affirmation\u{a0}:"));
    let english = words(&page(&sample("annotated"), "en"));
    assert!(english.contains("“sans avoir apporté de preuves”") && english.contains("Statements (4)"));
}

use serde_json::{Value, json};
use sourcier::model::structure::{Part, PartKind};

use super::*;

fn file(page: &Value) -> InFile {
    InFile { path: "dir/a.html".to_owned(), bytes: page.to_string().into_bytes() }
}

fn own(json: &Value) -> sourcier::json::Value {
    sourcier::json::from_str(&json.to_string()).unwrap()
}

/// A content from a text with tags.
fn content(html: &str) -> Value {
    let mut parts = Vec::new();
    for piece in html.split_inclusive('>') {
        let (words, tag) = piece.split_once('<').unwrap_or((piece, ""));
        if !words.is_empty() {
            parts.push(Value::from(words));
        }
        if !tag.is_empty() {
            parts.push(tag.trim_end_matches('>').split(' ').collect());
        }
    }
    Value::from(parts)
}

fn text_of(html: &str) -> String {
    text::of_content(&own(&content(html))).text
}

/// The parts with their words, as the document will have them.
fn parts_of(laid: Laid) -> Vec<String> {
    let (structure, _) = Structure::of(&laid.text, laid.parts);
    let drawn = |part: &Part| {
        let kind = match &part.kind {
            PartKind::Quote => "q".to_owned(),
            PartKind::Heading { level } => format!("h{level}"),
            PartKind::Item { level, number: None } => format!("{level}•"),
            PartKind::Item { level, number: Some(number) } => format!("{level}#{number}"),
            PartKind::Link { address } => address.to_string(),
        };
        format!("{kind} {}", laid.text[part.span.range()].replace('\n', "|"))
    };
    structure.parts().iter().map(drawn).collect()
}

#[test]
fn headings_quotes_lists_and_links_are_parts() {
    for (html, expected) in [
        ("", &[][..]),
        ("<h1> Titre\n un</h1><p>Texte</p><h3>Deux</h3>", &["h1 Titre un", "h3 Deux"]),
        ("a<h2></h2><blockquote> </blockquote><ul><li></li></ul>b", &[]),
        ("a<h2>b</h2>c", &["h2 b"]),
        ("<blockquote><p>a</p><p>b</p></blockquote>c", &["q a||b"]),
        // A quote in a quote is part of it; so is a heading in an item, and nothing else of it.
        ("<blockquote>a<blockquote>b</blockquote></blockquote>", &["q a||b"]),
        ("<ul><li><h2>a</h2>b</li></ul><h2>c</h2>", &["1• a|b", "h2 c"]),
        ("<blockquote><h2>a</h2><ul><li>b</li></ul></blockquote>", &["q a||b", "h2 a", "1• b"]),
        ("<ul><li>a<blockquote>b</blockquote></li></ul>", &["q b", "1• a|b"]),
        // Lists in each other, and what follows the inner one.
        ("<ol><li>a<ul><li>b</li></ul>c</li><li><p>d</p><p>e</p></li></ol>", &["1#1 a", "2• b", "1#2 d|e"]),
        ("<ul><li><ol><li>a</li><li>b</li></ol></li></ul>", &["2#1 a", "2#2 b"]),
        ("<ol><li>a</li></ol><ol><li>b</li></ol>", &["1#1 a", "1#1 b"]),
        ("<ul><dt>a</dt><dt>b</dt></ul><li>c</li>", &["1• c"]),
        ("<ul><li><pre>  a\n</pre></li></ul>b", &["1•   a|"]),
        // Links stand in the line, or round lines.
        ("a <a https://x.org/> b c </a>d", &["https://x.org/ b c"]),
        ("a<a http://x.org> b</a>", &["http://x.org b"]),
        ("<a http://x.org><h2>a</h2>b</a>", &["h2 a", "http://x.org a||b"]),
        ("<h2>a <a mailto:a@x.org>b</a></h2>", &["h2 a b", "mailto:a@x.org b"]),
        ("<a>a</a><a javascript:x>b</a><a https://x.org/></a>", &[]),
        // What is not as it should be.
        ("<h2>a<blockquote>b</h2>c</blockquote><h2>d</h2>", &["q b||c"]),
        ("</h2></blockquote></li>a<h7>b</h7><h>c</h>", &[]),
        ("<ul><li>a", &[]),
        ("é<h2>😀</h2>", &["h2 😀"]),
    ] {
        assert_eq!(parts_of(text::of_content(&own(&content(html)))), expected, "{html}");
    }
}

#[test]
fn parts_of_an_article_stand_behind_its_heading() {
    let html = |html: &str| own(&content(html));
    let whole = html("<h1>Été</h1>");
    let laid = |found: &str, headline: &str| parts_of(text::of_article(&html(found), &whole, headline));
    assert_eq!(laid("<h2>a</h2><a http://x.org>b</a>", "Été"), ["h1 Été", "h2 a", "http://x.org b"]);
    assert_eq!(laid("<h2>a</h2>", "other"), ["h2 a"]);
    assert_eq!(laid("", "Été"), ["h1 Été"]);
    assert_eq!(laid("<h2>été</h2>", "Été"), ["h2 été"]);
}

#[test]
fn texts_are_laid_out_as_html_has_them() {
    for (html, text) in [
        ("", ""),
        (" \n a \t b\u{a0} c ", "a b\u{a0} c"),
        ("<h1>Titre</h1><p>\n Un\n deux </p> <p>Trois", "Titre\n\nUn deux\n\nTrois"),
        ("<div><div><p>a</p></div></div><div>b", "a\n\nb"),
        ("<p>a</p><p> </p><p>b", "a\n\nb"),
        ("a<br> b<br><br>c<br><br><br>d", "a\nb\n\nc\n\nd"),
        ("<p>a</p><ul><li>b</li> <li><p>c</p><p>d</p></li></ul><p>e", "a\n\nb\nc\nd\n\ne"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>d", "a\nb\nc\n\nd"),
        ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>d", "a\tb\nc\n\nd"),
        ("<p>a</p><pre>  x\n\ty\n</pre><p>b", "a\n\n  x\n\ty\n\nb"),
        ("</ul></pre></p><x>a<p><>", "a"),
        ("<p>e\u{301}<br>😀</p><blockquote>سلام</blockquote><figcaption>z", "e\u{301}\n😀\n\nسلام\n\nz"),
    ] {
        assert_eq!(text_of(html), text, "{html}");
    }
}

fn article_page() -> Value {
    let linked = json!({
        "@context": "https://schema.org",
        "@graph": [
            { "@type": "WebSite", "name": "x" },
            {
                "@type": ["NewsArticle"], "headline": "Moscou soutient  Nour-Soultan",
                "author": [{ "@type": "Person", "name": "Ada" }, "Bob", { "name": "https://x.org/" }],
                "publisher": { "name": "Agence" }, "datePublished": "2022-02-10T14:03:07+03:00",
                "inLanguage": { "name": "French" }, "mainEntityOfPage": { "@id": "https://example.org/a" },
            },
        ],
    });
    json!({
        "sourcierPage": "article", "title": "Moscou | Agence", "language": "fr_FR", "canonical": "/a", "savedFrom": "",
        "meta": [["og:title", "other"], ["og:url", "javascript:x"], ["author", "nobody"]],
        "linked": ["{", linked.to_string()],
        "whole": content("<div>Menu</div><h1> Moscou soutient\nNour-Soultan</h1><p>Un.</p>"),
        "article": { "title": "t", "byline": "b", "content": content("<p>Un.</p>") },
    })
}

#[test]
fn the_article_is_taken_with_its_heading_and_what_the_page_says() {
    let mut problems = Problems::default();
    let page = file(&article_page());
    assert_eq!(((READER.recognise)(&page), (WHOLE_READER.recognise)(&page)), (Likeness::Own, Likeness::No));
    let drafts = read(std::slice::from_ref(&page), &mut problems);
    assert_eq!(drafts[0].text, "Moscou soutient Nour-Soultan\n\nUn.");
    let fields = json!({
        "headline": "Moscou soutient Nour-Soultan", "author": "Ada, Bob", "agency": "Agence",
        "date_published": "2022-02-10", "url": "https://example.org/a", "language": "fr-FR",
    });
    assert_eq!(drafts[0].fields.to_string(), fields.to_string());
    let drafts = read_whole(&[page], &mut problems);
    assert_eq!(drafts[0].text, "Menu\n\nMoscou soutient Nour-Soultan\n\nUn.");
    assert_eq!(problems.count(), 0);
}

#[test]
fn other_words_of_a_page_about_itself() {
    for (page, fields) in [
        (json!({}), json!({})),
        (
            json!({ "meta": [["OG:Title", " A "], ["article:published_time", "20220210"], ["og:locale", "en_GB"],
                ["author", "https://x.org/ada"], ["og:site_name", "X"]],
                "savedFrom": " saved from url=(0021)https://example.org/ ",
                "article": { "byline": "Par Ada" } }),
            json!({ "headline": "A", "author": "Par Ada", "agency": "X", "date_published": "2022-02-10",
                "url": "https://example.org/", "language": "en-GB" }),
        ),
        (
            json!({ "language": "x", "meta": [["date", "yesterday"], ["og:url", "ftp://a/"], [1, 2], 3],
                "linked": [1, "[]", "{\"@type\":[[\"Article\"]]}"] }),
            json!({}),
        ),
    ] {
        assert_eq!(fields::of_page(&own(&page)).to_string(), fields.to_string(), "{page}");
    }
}

#[test]
fn what_lies_beside_a_page_is_read_or_told() {
    let beside = |path: &str, text: &str| InFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
    let files = [file(&article_page()), beside("b.txt", "b"), beside("a_files/x.css", "p {}")];
    assert_eq!(crate::formats::recognise(&files).map(|reader| reader.id), Some("page"));
    let mut problems = Problems::default();
    let drafts = read(&files, &mut problems);
    assert_eq!((drafts.len(), drafts[1].text.as_str(), problems.count()), (2, "b", 1));
}

#[test]
fn a_page_is_no_file_of_another_program_whatever_it_says() {
    let mut page = article_page();
    page["linked"] =
        json!([r#"{"from_name": 1, "to_name": 2, "%TYPES": {}, "@context": "http://www.w3.org/ns/anno"}"#]);
    page["whole"] = json!(["http://www.w3.org/ns/anno.jsonld"]);
    assert_eq!(crate::formats::recognise(&[file(&page)]).map(|reader| reader.id), Some("page"));
}

#[test]
fn hostile_pages_are_read_or_told_and_never_panic() {
    let deep = content(&"<ul><pre><table>".repeat(20_000));
    let wide = Value::from(vec![json!(["br"]); 50_000]);
    let deep_json = format!("{}1{}", "[".repeat(20_000), "]".repeat(20_000));
    for page in [
        json!({ "sourcierPage": "article", "article": 3, "whole": {}, "meta": "x", "linked": { "a": 1 }, "title": [] }),
        json!({ "sourcierPage": "article", "article": { "content": [[], [[]], [1], null, {}, "x", ["p", 1]] } }),
        json!({ "sourcierPage": "article", "article": { "content": deep }, "whole": wide }),
        json!({ "sourcierPage": "whole", "linked": [deep_json] }),
    ] {
        for read in [read, read_whole] {
            assert_eq!(read(&[file(&page)], &mut Problems::default()).len(), 1);
        }
    }
    for json in [format!("{{\"sourcierPage\":{deep_json}"), "{\"sourcierPage\":".to_owned()] {
        let mut problems = Problems::default();
        let broken = InFile { path: "a.html".to_owned(), bytes: json.into_bytes() };
        assert_eq!((read(&[broken], &mut problems), problems.count()), (Vec::new(), 1));
    }
}

#[test]
fn html_is_told_by_its_name_or_its_start() {
    for (path, text, is) in [
        ("a.html", "", true),
        ("a.HTM", "x", true),
        ("a.xhtml", "<?xml", true),
        ("a", "\u{feff} \n<!DOCTYPE HTML PUBLIC", true),
        ("a.php", "<HTML lang=fr>", true),
        ("a.txt", "<p>", false),
        ("a.xml", "<?xml version=\"1.0\"?><é", false),
    ] {
        let file = InFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
        assert_eq!(is_html(&file), is, "{path} {text}");
    }
}

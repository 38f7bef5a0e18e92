use serde_json::{Value, json};

use super::*;

fn file(page: &Value) -> InFile {
    InFile { path: "dir/a.html".to_owned(), bytes: page.to_string().into_bytes() }
}

fn own(json: &Value) -> sourcier::json::Value {
    json::from_str(&json.to_string()).unwrap()
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
            parts.push(json!([tag.trim_end_matches('>')]));
        }
    }
    Value::from(parts)
}

fn text_of(html: &str) -> String {
    text::of_content(&own(&content(html)))
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

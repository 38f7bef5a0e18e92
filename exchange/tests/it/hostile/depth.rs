//! Files that are nested deeper, or are wider, than anyone means: brackets, elements, cells, members.

use super::forms::{CSV_FORMS, FORMS, Form, Syntax};
use super::reading::{Outcome, outcome};

/// As many as the reader must stand.
const MANY: usize = 10_000_000;
/// For what takes more than a byte or two.
const SOME: usize = 1_000_000;
const FEW: usize = 20_000;

/// Puts the junk into a good file, and says whether the rest came in.
fn attacked(name: &str, form: &Form, hole: &str, junk: &str) -> Outcome {
    let files = form.beside_good(form.with(&[(hole, junk)]));
    let outcome = outcome(name, form.id, &files);
    let is_there = |text: &str| matches!(text, "Lui" | "Lui\n");
    let drafts = outcome.drafts.iter().filter(|draft| is_there(&draft.text)).count();
    assert_eq!(drafts, 1, "{name}: the good document is gone from {}", form.id);
    assert!(outcome.texts.iter().any(|text| is_there(text)), "{name}: {} by the desk", form.id);
    outcome
}

fn forms(syntax: Syntax) -> impl Iterator<Item = Form> {
    FORMS.into_iter().filter(move |form| form.syntax == syntax)
}

#[test]
fn brackets_without_end() {
    let junks = [
        ("lists", "[".repeat(MANY)),
        ("lists that end", "[".repeat(SOME) + &"]".repeat(SOME)),
        ("objects", "{\"a\":".repeat(SOME)),
        ("a text", format!("\"{}", "x".repeat(SOME))),
        ("a key", format!("{{\"{}", "x".repeat(SOME))),
        ("escapes", format!("\"{}", "\\u0000".repeat(SOME / 6))),
    ];
    for form in forms(Syntax::Json) {
        for (name, junk) in &junks {
            let outcome = attacked(name, &form, "$JUNK", junk);
            assert!(outcome.told > 0 && outcome.told_alone > 0, "{name}: {} is silent", form.id);
        }
    }
}

/// Within a text, brackets are characters.
#[test]
fn brackets_in_a_text() {
    let text = format!("Lui, 👍 oui.\n{}", "[{\"".repeat(FEW));
    for form in FORMS.into_iter().filter(|form| form.has("$TEXT") && form.syntax != Syntax::Csv) {
        let outcome = attacked("brackets", &form, "$TEXT", &text);
        let is_whole = |found: &String| found.len() >= text.len() - 1 && found.ends_with("[{\"[{\"");
        assert!(outcome.texts.iter().any(is_whole), "{}", form.id);
    }
}

#[test]
fn json_that_is_wide() {
    let numbered = |count: usize, item: fn(usize) -> String| -> String {
        (0..count).map(item).collect::<Vec<String>>().join(",")
    };
    let junks = [
        ("numbers", format!("[0{}]", ",0".repeat(2 * FEW))),
        ("lists", format!("[[]{}]", ",[]".repeat(2 * FEW))),
        ("keys", format!("{{{}}}", numbered(FEW, |idx| format!("\"k{idx}\":{idx}")))),
        ("a key again and again", format!("{{{}}}", numbered(FEW, |_| "\"k\":[]".to_owned()))),
        ("digits", "9".repeat(SOME)),
        ("an exponent", format!("1e{}", "9".repeat(SOME))),
        ("a fraction", format!("0.{}", "3".repeat(SOME))),
    ];
    for form in forms(Syntax::Json) {
        for (name, junk) in &junks {
            attacked(name, &form, "$JUNK", junk);
        }
    }
}

#[test]
fn elements_without_end() {
    let named = |idx: usize| format!(" a{idx}=\"\"");
    let junks = [
        ("elements", "<a>".repeat(SOME)),
        ("elements that end", "<a>".repeat(2 * FEW) + &"</a>".repeat(2 * FEW)),
        ("ends", "</a>".repeat(2 * FEW)),
        ("empty elements", "<a/>".repeat(2 * FEW)),
        ("attributes", format!("<custom:Span{}/>", (0..FEW).map(named).collect::<String>())),
        ("an attribute again and again", format!("<custom:Span{}/>", " a=\"\"".repeat(FEW))),
        ("a tag that is not closed", format!("<a {}", "x".repeat(SOME))),
        ("brackets", "<".repeat(SOME)),
        ("a comment", format!("<!--{}", "-".repeat(SOME))),
        ("a section", format!("<![CDATA[{}", "]".repeat(SOME))),
        ("an instruction", format!("<?{}", "?".repeat(SOME))),
        ("references", "&amp;".repeat(FEW)),
    ];
    for form in forms(Syntax::Xml) {
        for (name, junk) in &junks {
            attacked(name, &form, "$JUNK", junk);
        }
    }
}

/// Entities of a document type are never expanded, and never fetched.
#[test]
fn entities() {
    let laughs: String =
        (1..10).map(|idx| format!("<!ENTITY l{idx} \"{}\">", format!("&l{};", idx - 1).repeat(10))).collect();
    let laughs = format!("<!DOCTYPE x [<!ENTITY l0 \"ha\">{laughs}]>");
    let outside = "<!DOCTYPE x [<!ENTITY l9 SYSTEM \"file:///etc/passwd\">]>";
    let elsewhere = "<!DOCTYPE x PUBLIC \"-//X//DTD X//EN\" \"http://example.org/x.dtd\">";
    for form in forms(Syntax::Xml) {
        for prolog in [&laughs, outside, elsewhere, "<!DOCTYPE x [", "<!DOCTYPE x [<!ENTITY l9 \"&l9;\">]>"] {
            for form in
                [referring(&form, "&l9;"), referring(&form, "&#1114112;"), referring(&form, "&;"), form]
            {
                let files = form.beside_good(form.with(&[("$PROLOG", prolog)]));
                let outcome = outcome(prolog, form.id, &files);
                assert!(outcome.texts.iter().any(|text| text == "Lui"), "{prolog}: {}", form.id);
                let is_small = outcome.texts.iter().all(|text| text.len() < 100 && !text.contains("root:"));
                assert!(is_small, "{prolog}: {:?}", outcome.texts);
            }
        }
    }
}

/// The form with a reference in its text, as it is written.
fn referring(form: &Form, reference: &str) -> Form {
    let content = form.files[0].1.replace("$TEXT", &format!("Lui {reference} oui.."));
    let content: &'static str = content.leak();
    Form { files: Vec::leak(vec![(form.files[0].0, content)]), ..*form }
}

#[test]
fn lines_that_are_wide_or_many() {
    let junks = [
        ("cells", "x\t".repeat(SOME)),
        ("empty cells", "\t".repeat(SOME)),
        ("blanks", " ".repeat(SOME)),
        ("lines", "\n".repeat(SOME)),
        ("carriage returns", "\r".repeat(SOME)),
        ("words", "x y ".repeat(FEW)),
        ("a long word", "x".repeat(2 * FEW)),
        ("bars", "|".repeat(2 * FEW)),
        ("backslashes", "\\".repeat(2 * FEW)),
        ("zeros", "\0".repeat(FEW)),
        ("rows", "x\ty\tz\n".repeat(FEW)),
        ("arrows", "->1-1".repeat(FEW)),
    ];
    for form in forms(Syntax::Plain) {
        // Plain text is what it is.
        for (name, junk) in junks.iter().filter(|_| form.id != "text") {
            attacked(name, &form, "$JUNK", junk);
        }
    }
}

#[test]
fn cells_without_end() {
    let junks = [
        ("a quote", format!("3,\"{}", "x\n".repeat(SOME))),
        ("quotes", "\"".repeat(SOME)),
        ("cells", ",;\t".repeat(SOME)),
        ("rows", "4,a,b\n".repeat(FEW)),
        ("carriage returns", "5,a,b\r".repeat(FEW)),
        ("zeros", "\0".repeat(FEW)),
    ];
    for form in CSV_FORMS {
        for (name, junk) in &junks {
            attacked(name, &form, "$JUNK", junk);
        }
    }
}

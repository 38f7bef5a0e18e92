//! What a page says of itself: the fields of a document.
//!
//! Best is what it says as JSON-LD with the terms of schema.org, then the Open Graph, then plain
//! `meta` elements, then what Readability found. A value that cannot be one of its field is no value.

use sourcier::json::{self, Map, Value};
use sourcier::model::dates::is_date;

/// The most characters of a value; longer ones are no names, titles or addresses.
const VALUE_LEN_MAX: usize = 2_000;

pub fn of_page(page: &Value) -> Map {
    let linked = linked_article(&page["linked"]).unwrap_or_default();
    let found = &page["article"];
    let meta = |names: &[&str]| names.iter().find_map(|name| meta_value(&page["meta"], name));
    let text = |value: &Value| value.as_str().and_then(line);
    let headline = text(&linked["headline"])
        .or_else(|| meta(&["og:title", "twitter:title", "dc.title"]))
        .or_else(|| text(&found["title"]));
    let author = names(&linked["author"])
        .or_else(|| {
            meta(&["author", "article:author", "dc.creator", "parsely-author"])
                .filter(|name| !is_address(name))
        })
        .or_else(|| text(&found["byline"]).filter(|name| !is_address(name)));
    let agency = names(&linked["publisher"])
        .or_else(|| meta(&["og:site_name", "dc.publisher", "publisher"]).filter(|name| !is_address(name)))
        .or_else(|| text(&found["siteName"]));
    let dates = [
        text(&linked["datePublished"]),
        meta(&[
            "article:published_time",
            "datepublished",
            "dc.date",
            "dcterms.created",
            "parsely-pub-date",
            "date",
        ]),
        text(&found["date"]),
    ];
    let languages = [text(&linked["inLanguage"]), text(&page["language"]), meta(&["og:locale"])];
    let linked_page = [&linked["mainEntityOfPage"]["@id"], &linked["mainEntityOfPage"], &linked["url"]];
    let addresses = [text(&page["canonical"]), meta(&["og:url"])]
        .into_iter()
        .chain(linked_page.into_iter().map(text))
        .chain([saved_from(&page["savedFrom"])]);
    let fields = [
        ("headline", headline),
        ("author", author),
        ("agency", agency),
        ("date_published", dates.into_iter().flatten().find_map(|date| day(&date))),
        ("url", addresses.flatten().find(|address| is_address(address))),
        ("language", languages.into_iter().flatten().find_map(|language| language_tag(&language))),
    ];
    let given = fields.into_iter().filter_map(|(key, value)| Some((key, Value::from(value?))));
    given.collect()
}

/// The first article that the page's JSON-LD tells of. Its reader stops at what is nested too deep.
fn linked_article(linked: &Value) -> Option<Value> {
    let texts = linked.as_array().into_iter().flatten().filter_map(Value::as_str);
    texts.filter_map(|text| json::from_str(text).ok()).find_map(|json| article_in(&json).cloned())
}

fn article_in(json: &Value) -> Option<&Value> {
    match json {
        Value::Array(list) => list.iter().find_map(article_in),
        Value::Object(_) if is_article(&json["@type"]) => Some(json),
        Value::Object(_) => ["@graph", "mainEntity"].into_iter().find_map(|key| article_in(&json[key])),
        _ => None,
    }
}

fn is_article(kind: &Value) -> bool {
    match kind {
        Value::Array(kinds) => kinds.iter().any(|kind| kind.is_string() && is_article(kind)),
        _ => {
            let kind = kind.as_str().unwrap_or_default();
            let kind = kind.rsplit(['/', ':']).next().unwrap_or_default();
            kind.ends_with("Article")
                || matches!(kind, "BlogPosting" | "LiveBlogPosting" | "Report" | "AnalysisNewsArticle")
        }
    }
}

/// The names of persons or organisations, each a text or an object with a name.
fn names(value: &Value) -> Option<String> {
    let one = |value: &Value| value.as_str().or(value["name"].as_str()).and_then(line);
    let names: Vec<String> = match value {
        Value::Array(list) => list.iter().filter_map(one).collect(),
        value => one(value).into_iter().collect(),
    };
    let names: Vec<String> = names.into_iter().filter(|name| !is_address(name)).collect();
    (!names.is_empty()).then(|| names.join(", "))
}

fn meta_value(meta: &Value, wanted: &str) -> Option<String> {
    let is_it = |pair: &&Value| pair[0].as_str().is_some_and(|name| name.trim().eq_ignore_ascii_case(wanted));
    let pairs = meta.as_array().into_iter().flatten().filter(is_it);
    pairs.filter_map(|pair| pair[1].as_str()).find_map(line)
}

/// `<!-- saved from url=(0035)https://example.org/a -->`, as browsers write it.
fn saved_from(comment: &Value) -> Option<String> {
    let (_, address) = comment.as_str()?.split_once("saved from url=(")?;
    line(address.split_once(')')?.1)
}

/// The value as one line; `None` for an empty one.
fn line(value: &str) -> Option<String> {
    let words: Vec<&str> = value.split_whitespace().collect();
    let line = words.join(" ");
    (!line.is_empty() && line.len() <= VALUE_LEN_MAX).then_some(line)
}

fn is_address(value: &str) -> bool {
    let rest = value.strip_prefix("https://").or_else(|| value.strip_prefix("http://"));
    rest.is_some_and(|rest| !rest.is_empty() && !rest.contains([' ', '<', '>', '"']))
}

/// The day of a date with or without a time, as the page's own place counts it.
fn day(value: &str) -> Option<String> {
    let day = value.split(['T', ' ']).next().unwrap_or_default();
    let compact = day.len() == 8 && day.bytes().all(|byte| byte.is_ascii_digit());
    let day = if compact { format!("{}-{}-{}", &day[..4], &day[4..6], &day[6..]) } else { day.to_owned() };
    is_date(&day).then_some(day)
}

/// A tag of BCP 47, as far as its form says.
fn language_tag(value: &str) -> Option<String> {
    let tag = value.replace('_', "-");
    let mut parts = tag.split('-');
    let is_first = parts.next().is_some_and(|first| matches!(first.len(), 2 | 3) && is_letters(first));
    let is_rest = parts
        .all(|part| (2..=8).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    (is_first && is_rest).then_some(tag)
}

fn is_letters(part: &str) -> bool {
    part.bytes().all(|byte| byte.is_ascii_alphabetic())
}

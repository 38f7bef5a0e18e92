//! What was found in a file, and what was done about it, in words. The only place where the facts
//! of `formats` become text.

use std::rc::Rc;

use yew::AttrValue;

use crate::formats::json::{Fact, Moved, OffsetFact, Opened, Problem, Remedy, Unplaced};
use crate::formats::schema_json::{JsonType, SchemaFact, SchemaProblem};
use crate::json::Value;
use crate::model::ids::LabelId;
use crate::sorted::sort_by;
use crate::web::components::dialogs::opening::LINES_MAX;
use crate::web::i18n::{number, pick, tr, tr_count, tr_with};
use crate::web::opening::{MovedLine, OpenReport, ReportPart};

/// How much of an annotation's words a line holds.
const WORDS_CHARS_MAX: usize = 120;

/// What a person must be told about a file that was opened; `None` where all was as expected.
pub fn report_of(file_name: &str, opened: &Opened) -> Option<OpenReport> {
    // Annotations with another place or none have lines of their own, which say as much.
    let is_told = |problem: &&Problem| match problem.remedy {
        Remedy::Unplaced => true,
        Remedy::Moved => problem.fact == Fact::SurfaceDiffers,
        _ => false,
    };
    let problems: Vec<&Problem> = opened.problems.iter().filter(|problem| !is_told(problem)).collect();
    let report = OpenReport {
        file_name: file_name.to_string(),
        version: None,
        moved: moved_lines(opened),
        unplaced: ReportPart {
            count: opened.unplaced.len(),
            lines: first(&opened.unplaced, |unplaced| unplaced_text(opened, unplaced)),
        },
        problems: ReportPart {
            count: problems.len(),
            lines: first(&problems, |problem| problem_text(problem)),
        },
    };
    let is_empty = report.moved.count + report.unplaced.count + report.problems.count == 0;
    (!is_empty).then_some(report)
}

/// What is to be said of a new version of a text, whatever became of the annotations.
pub fn version_report(title: &str, opened: &Opened) -> OpenReport {
    let placed = opened.state.annotations.len();
    let (placed, all) = (number(placed), number(placed + opened.unplaced.len()));
    let version = tr_with!("report.version", &[("placed", &placed), ("all", &all)]);
    let report = report_of(title, opened).unwrap_or_default();
    OpenReport { file_name: title.to_string(), version: Some(Rc::from(version.as_str())), ..report }
}

/// The least sure first: they are what a person has to look at.
fn moved_lines(opened: &Opened) -> ReportPart<MovedLine> {
    let sureness = |moved: &Moved| u64::from(moved.score_percent) + if moved.is_ambiguous { 0 } else { 256 };
    let mut order: Vec<(u64, usize)> =
        opened.moved.iter().enumerate().map(|(idx, moved)| (sureness(moved), idx)).collect();
    sort_by(&mut order, Ord::cmp);
    let line = |(_, idx): &(u64, usize)| {
        let moved = &opened.moved[*idx];
        MovedLine { id: moved.id.clone(), text: moved_text(opened, moved) }
    };
    ReportPart { count: order.len(), lines: first(&order, line) }
}

/// The lines that are told of some facts.
fn first<T, L>(facts: &[T], line: impl Fn(&T) -> L) -> Vec<L> {
    facts.iter().take(LINES_MAX).map(line).collect()
}

/// What a label is called; its id where the label set does not have it.
fn label_name(opened: &Opened, id: &str) -> AttrValue {
    let label = opened.state.schema.label(&LabelId::from(id));
    label.map_or_else(|| AttrValue::from(id.to_owned()), |label| pick(&label.name))
}

fn moved_text(opened: &Opened, moved: &Moved) -> Rc<str> {
    let place = |(start, end): (u64, u64)| format!("{}–{}", count(start), count(end));
    let from = moved.from.map_or_else(|| tr!("report.no-place").to_string(), place);
    let key = if moved.is_ambiguous { "report.moved-ambiguous" } else { "report.moved-line" };
    let (words, score) = (shortened(&moved.surface), moved.score_percent.to_string());
    let label = opened.state.annotations.get(&moved.id).map(|annotation| annotation.label.clone());
    let label = label_name(opened, label.as_ref().map_or("", LabelId::as_str));
    let values = [
        ("words", words.as_str()),
        ("label", &label),
        ("from", &from),
        ("to", &place(moved.to)),
        ("score", &score),
    ];
    Rc::from(tr_with(key, &values).as_str())
}

fn unplaced_text(opened: &Opened, unplaced: &Unplaced) -> Rc<str> {
    let words = ["surface", "label", "id"].iter().find_map(|key| unplaced.json.get(key)?.as_str());
    let words = words.map_or_else(|| tr!("report.no-words").to_string(), shortened);
    let what = fact_text(&unplaced.fact);
    let label = label_name(opened, unplaced.json.get("label").and_then(Value::as_str).unwrap_or_default());
    let line = tr_with!("report.unplaced-line", &[("words", &words), ("label", &label), ("what", &what)]);
    Rc::from(line.as_str())
}

fn problem_text(problem: &Problem) -> Rc<str> {
    let (what, done) = (fact_text(&problem.fact), remedy_text(problem));
    let text = match problem.annotation {
        Some(idx) => {
            let n = number(idx + 1);
            tr_with!("report.annotation", &[("n", &n), ("what", &what), ("done", &done)])
        }
        None => tr_with!("report.document", &[("what", &what), ("done", &done)]),
    };
    Rc::from(text.as_str())
}

/// What was found.
fn fact_text(fact: &Fact) -> AttrValue {
    match fact {
        Fact::HashDiffers { .. } => tr!("fact.hash-differs"),
        Fact::LengthDiffers { stated, actual } => {
            tr_with!("fact.length-differs", &[("stated", &count(*stated)), ("actual", &count(*actual))])
        }
        Fact::Missing { key } => tr_with!("fact.missing", &[("key", key)]),
        Fact::WrongType { key } => tr_with!("fact.wrong-type", &[("key", key)]),
        Fact::BadTime { key, found } => tr_with!("fact.bad-time", &[("key", key), ("found", found)]),
        Fact::UnknownWord { key, found } => tr_with!("fact.unknown-word", &[("key", key), ("found", found)]),
        Fact::NotAnObject => tr!("fact.not-an-object"),
        Fact::BadOffset { key, offset } => offset_text(key, *offset),
        Fact::Reversed { start, end } => {
            tr_with!("fact.reversed", &[("start", &count(*start)), ("end", &count(*end))])
        }
        Fact::EmptySpan { at } => tr_with!("fact.empty-span", &[("at", &count(*at))]),
        Fact::SurfaceDiffers => tr!("fact.surface-differs"),
        Fact::WordsGone => tr!("fact.words-gone"),
        Fact::PartsGone { given, found } => {
            tr_with!("fact.parts-gone", &[("given", &number(*given)), ("found", &number(*found))])
        }
        Fact::SearchEnded => tr!("fact.search-ended"),
        Fact::NothingToFind => tr!("fact.nothing-to-find"),
        Fact::FragmentsAdjusted { given, kept } => {
            tr_with!("fact.fragments-adjusted", &[("given", &number(*given)), ("kept", &number(*kept))])
        }
        Fact::InsideGrapheme => tr!("fact.inside-grapheme"),
        Fact::DuplicateId { id } => tr_with!("fact.duplicate-id", &[("id", id)]),
        Fact::UnknownLabel { label, count } => {
            tr_with!("fact.unknown-label", &[("label", label.as_str()), ("count", &number(*count))])
        }
        Fact::UnknownEntity { entity } => tr_with!("fact.unknown-entity", &[("entity", entity.as_str())]),
        Fact::Entity { entity, fact } => entry_text("fact.entity", *entity, fact),
        Fact::NoMentions => tr!("fact.no-mentions"),
        Fact::Relation { relation, fact } => entry_text("fact.relation", *relation, fact),
        Fact::UnknownEnd { key, id } => tr_with!("fact.unknown-end", &[("key", key), ("id", id)]),
        Fact::SameEnds => tr!("fact.same-ends"),
        Fact::ForbiddenEnds { kind } => tr_with!("fact.forbidden-ends", &[("kind", kind.as_str())]),
        Fact::UnknownRelationType { kind, count } => {
            let (kind, count) = (kind.as_str(), number(*count));
            tr_with!("fact.unknown-relation-type", &[("kind", kind), ("count", &count)])
        }
        Fact::NoParagraph { paragraph } => tr_with!("fact.no-paragraph", &[("n", &number(paragraph + 1))]),
        Fact::PartOfParagraph { paragraph } => {
            tr_with!("fact.part-of-paragraph", &[("n", &number(paragraph + 1))])
        }
        Fact::ParagraphsOfOtherText { count } => {
            tr_with!("fact.paragraphs-of-other-text", &[("count", &number(*count))])
        }
        Fact::Parts { count } => tr_count("fact.parts", *count),
        Fact::TooMany { count, count_max } => {
            tr_with!("fact.too-many", &[("count", &number(*count)), ("max", &number(*count_max))])
        }
    }
}

/// What was found in an entry of another list than the annotations.
fn entry_text(key: &str, idx: usize, fact: &Fact) -> AttrValue {
    let what = match fact {
        Fact::NotAnObject => tr!("fact.not-an-entry"),
        Fact::DuplicateId { id } => tr_with!("fact.duplicate-entry", &[("id", id)]),
        fact => fact_text(fact),
    };
    tr_with(key, &[("n", &number(idx + 1)), ("what", &what)])
}

/// Why the value under `key` is no place.
fn offset_text(key: &str, offset: OffsetFact) -> AttrValue {
    match offset {
        OffsetFact::Missing => tr_with!("fact.missing", &[("key", key)]),
        OffsetFact::NotANumber => tr_with!("fact.offset-not-a-number", &[("key", key)]),
        OffsetFact::Negative => tr_with!("fact.offset-negative", &[("key", key)]),
        OffsetFact::NotWhole => tr_with!("fact.offset-not-whole", &[("key", key)]),
        OffsetFact::TooLarge => tr_with!("fact.offset-too-large", &[("key", key)]),
        OffsetFact::PastEnd { given, len } => {
            tr_with!("fact.offset-past-end", &[("key", key), ("given", &count(given)), ("len", &count(len))])
        }
        OffsetFact::InsideCharacter { given } => {
            tr_with!("fact.offset-inside-character", &[("key", key), ("given", &count(given))])
        }
    }
}

/// What was done about it.
fn remedy_text(problem: &Problem) -> AttrValue {
    match &problem.remedy {
        Remedy::Accepted => tr(match problem.fact {
            Fact::HashDiffers { .. } => "remedy.accepted-text",
            Fact::LengthDiffers { .. } => "remedy.accepted-length",
            Fact::FragmentsAdjusted { .. } | Fact::InsideGrapheme => "remedy.accepted-annotation",
            Fact::UnknownLabel { .. } => "remedy.accepted-label",
            _ => "remedy.accepted",
        }),
        Remedy::Default => tr(match problem.fact {
            Fact::UnknownEntity { .. } => "remedy.entity-made",
            _ => "remedy.default",
        }),
        Remedy::FreshId(id) => tr_with!("remedy.fresh-id", &[("id", id.as_str())]),
        Remedy::Moved => tr!("remedy.moved"),
        Remedy::Unplaced => tr!("remedy.unplaced"),
        Remedy::Kept => tr!("remedy.kept"),
        Remedy::LeftOut => tr(match problem.fact {
            Fact::ParagraphsOfOtherText { .. } => "remedy.paragraphs-not-seen",
            Fact::Parts { .. } => "remedy.parts-not-shown",
            _ => "remedy.left-out",
        }),
    }
}

/// How many problems a file's schema has, the first of them, and what to do next.
pub fn schema_problems_text(problems: &[SchemaProblem]) -> AttrValue {
    let how_many = tr_count("read.schema", problems.len());
    let first = problems.first().map(schema_problem_text);
    let next = tr!("read.schema-next");
    AttrValue::from(match first {
        Some(first) => format!("{how_many} {first} {next}"),
        None => format!("{how_many} {next}"),
    })
}

/// One problem of a schema, with its place.
pub fn schema_problem_text(problem: &SchemaProblem) -> AttrValue {
    let path = match problem.path.is_empty() {
        true => tr!("schema-fact.whole"),
        false => AttrValue::from(problem.path.clone()),
    };
    tr_with!("schema-fact.at", &[("path", &path), ("what", &schema_fact_text(&problem.fact))])
}

/// What is wrong at a place of a schema; follows a colon.
fn schema_fact_text(fact: &SchemaFact) -> AttrValue {
    match fact {
        SchemaFact::Missing => tr!("schema-fact.missing"),
        SchemaFact::WrongType { expected } => {
            tr_with!("schema-fact.wrong-type", &[("expected", &json_type_text(*expected))])
        }
        SchemaFact::Empty => tr!("schema-fact.empty"),
        SchemaFact::NotASchema => tr!("schema-fact.not-a-schema"),
        SchemaFact::NewerFormat { format_version } => {
            tr_with!("schema-fact.newer-format", &[("version", &format_version.to_string())])
        }
        SchemaFact::UnknownKey => tr!("schema-fact.unknown-key"),
        SchemaFact::UnknownWord { found, expected } => {
            tr_with!("schema-fact.unknown-word", &[("found", found), ("expected", &expected.join(", "))])
        }
        SchemaFact::TooMany { count, count_max } => {
            tr_with!("schema-fact.too-many", &[("count", &number(*count)), ("max", &number(*count_max))])
        }
        SchemaFact::BadId { found } => tr_with!("schema-fact.bad-id", &[("found", found)]),
        SchemaFact::BadExportName { found } => tr_with!("schema-fact.bad-export-name", &[("found", found)]),
        SchemaFact::ExportNameNeeded { id } => tr_with!("schema-fact.export-name-needed", &[("id", id)]),
        SchemaFact::BadColor { found } => tr_with!("schema-fact.bad-color", &[("found", found)]),
        SchemaFact::BadKey { found } => tr_with!("schema-fact.bad-key", &[("found", found)]),
        SchemaFact::ReservedKey { key } => tr_with!("schema-fact.reserved-key", &[("key", &key.to_string())]),
        SchemaFact::KeyTaken { key, by } => {
            tr_with!("schema-fact.key-taken", &[("key", &key.to_string()), ("by", by)])
        }
        SchemaFact::BadTime { found } => tr_with!("schema-fact.bad-time", &[("found", found)]),
        SchemaFact::Duplicate { found } => tr_with!("schema-fact.duplicate", &[("found", found)]),
        SchemaFact::UnknownGroup { found } => tr_with!("schema-fact.unknown-group", &[("found", found)]),
        SchemaFact::UnknownLabel { found } => tr_with!("schema-fact.unknown-label", &[("found", found)]),
        SchemaFact::UnknownAttribute { found } => {
            tr_with!("schema-fact.unknown-attribute", &[("found", found)])
        }
        SchemaFact::UnknownValue { found } => tr_with!("schema-fact.unknown-value", &[("found", found)]),
        SchemaFact::TextTooLong { len, len_max } => {
            let len_max = number(*len_max as usize);
            tr_with!("schema-fact.text-too-long", &[("len", &number(*len)), ("max", &len_max)])
        }
        SchemaFact::PlaceholderMissing { placeholder } => {
            tr_with!("schema-fact.placeholder-missing", &[("placeholder", placeholder)])
        }
    }
}

fn json_type_text(expected: JsonType) -> AttrValue {
    tr(match expected {
        JsonType::Object => "json-type.object",
        JsonType::List => "json-type.list",
        JsonType::Text => "json-type.text",
        JsonType::Localized => "json-type.localized",
        JsonType::Flag => "json-type.flag",
        JsonType::Number => "json-type.number",
        JsonType::WholeNumber => "json-type.whole-number",
    })
}

/// A number of a file as the language writes it.
fn count(count: u64) -> String {
    usize::try_from(count).map_or_else(|_| count.to_string(), number)
}

/// The first words.
fn shortened(words: &str) -> String {
    match words.char_indices().nth(WORDS_CHARS_MAX) {
        Some((end, _)) => format!("{}…", &words[..end]),
        None => words.to_string(),
    }
}

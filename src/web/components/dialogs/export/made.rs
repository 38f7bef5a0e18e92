//! What an export made: the files, what the format could not carry, and the button that saves.

use yew::prelude::*;

use super::{ExportDialog, Made, Msg, Scope};
use crate::formats::ExportFile;
use crate::json::Value;
use crate::model::ids::{AttributeKey, FieldKey, LabelId, RelationTypeId};
use crate::model::schema::Schema;
use crate::view_model::excerpt::one_line;
use crate::web::components::dialogs::parts::{bar, working};
use crate::web::components::element::{Element, button, element, fragment};
use crate::web::exchange::{ExchangeError, count, list, text};
use crate::web::i18n::{number, pick, tr, tr_count, tr_with};
use crate::web::session::ExportFailure;

/// How much of a file is shown.
const PREVIEW_CHARS_MAX: usize = 1_500;
/// How many files, and places of a loss, are listed.
const LINES_MAX: usize = 50;
/// How many letters of lost words are shown.
const PLACE_CHARS_MAX: usize = 80;

/// What is told of an export.
pub(super) struct Told {
    annotations: usize,
    pub(super) files: Vec<ToldFile>,
    losses: Vec<ToldLoss>,
}

pub(super) struct ToldFile {
    pub(super) path: String,
    bytes: usize,
    start: String,
}

struct ToldLoss {
    kind: String,
    /// The id of the label, attribute … that it is about, or nothing.
    name: String,
    count: usize,
    /// The words of a few.
    surfaces: Vec<String>,
}

impl Told {
    /// What the worker says of it.
    pub(super) fn read(json: &Value) -> Told {
        let file = |json: &Value| ToldFile {
            path: text(json, "path").to_owned(),
            bytes: count(json, "bytes"),
            start: text(json, "start").chars().take(PREVIEW_CHARS_MAX).collect(),
        };
        let surface = |json: &Value| one_line(text(json, "surface"), PLACE_CHARS_MAX);
        let loss = |json: &Value| ToldLoss {
            kind: text(json, "kind").to_owned(),
            name: text(json, "name").to_owned(),
            count: count(json, "count"),
            surfaces: list(json, "places").iter().take(LINES_MAX).map(surface).collect(),
        };
        Told {
            annotations: count(json, "annotations"),
            files: list(json, "files").iter().map(file).collect(),
            losses: list(json, "losses").iter().map(loss).collect(),
        }
    }

    /// A native file, which carries everything.
    pub(super) fn of_native(file: &ExportFile, annotations: usize) -> Told {
        let start = &file.bytes[..file.bytes.len().min(4 * PREVIEW_CHARS_MAX)];
        let start = String::from_utf8_lossy(start).chars().take(PREVIEW_CHARS_MAX).collect();
        let file = ToldFile { path: file.name.clone(), bytes: file.bytes.len(), start };
        Told { annotations, files: vec![file], losses: Vec::new() }
    }
}

impl ExportDialog {
    pub(super) fn made_html(&self, ctx: &Context<Self>) -> Html {
        match &self.made {
            Made::No if self.chosen.scope == Scope::Picked && self.chosen.picked.is_empty() => {
                element("p").child(tr!("export.pick-some")).html()
            }
            Made::No => action(tr!("export.make"), ctx.link().callback(|_| Msg::Make)).html(),
            Made::Working { done, total } => {
                working(tr!("export.working"), *done, *total, ctx.link().callback(|_| Msg::Stop)).html()
            }
            Made::Writing(percent) => {
                let words = tr!("export.working");
                bar(words.clone(), words, (*percent, 100), ctx.link().callback(|_| Msg::Stop)).html()
            }
            Made::TooLarge => element("p").child(tr!("export.too-large")).html(),
            Made::Failed(failure) => element("p").attr("role", "alert").child(failure_text(failure)).html(),
            Made::Yes(told) if told.files.is_empty() => element("p").child(tr!("export.nothing")).html(),
            Made::Yes(told) => fragment()
                .child(facts(told))
                .child(losses(&ctx.props().state.schema, &told.losses))
                .child(previews(&told.files))
                .child(action(tr!("export.save"), ctx.link().callback(|_| Msg::Save)))
                .html(),
        }
    }
}

/// What the dialog is there to do.
fn action(name: AttrValue, onclick: Callback<MouseEvent>) -> Element {
    element("p").class("dialog__actions").child(button().class("button--main").onclick(onclick).child(name))
}

fn facts(told: &Told) -> Element {
    let bytes: usize = told.files.iter().map(|file| file.bytes).sum();
    let facts = element("p")
        .class("export__facts")
        .child(tr_count("status.annotations", told.annotations))
        .child(" · ")
        .child(tr_with!("export.size", &[("n", &number(bytes))]))
        .child(" · ");
    match &told.files[..] {
        [file] => facts.child(element("code").child(&file.path)),
        files => facts.child(tr_count("export.files", files.len())),
    }
}

/// The beginning of the file; of several, each under its name, and that of the first which is not
/// the bare text shown.
fn previews(files: &[ToldFile]) -> Element {
    let start = |file: &ToldFile| {
        element("pre")
            .class("export__preview")
            .attr("tabindex", "0")
            .attr("aria-label", tr!("export.preview"))
            .child(&file.start)
    };
    if let [file] = files {
        return start(file);
    }
    let shown = files.iter().position(|file| !file.path.ends_with(".txt")).unwrap_or_default();
    let list = files.iter().enumerate().take(LINES_MAX).fold(
        element("div").class("export__files"),
        |list, (idx, file)| {
            let summary = element("summary").child(element("code").child(&file.path));
            list.child(element("details").flag("open", idx == shown).child(summary).child(start(file)))
        },
    );
    list.child((files.len() > LINES_MAX).then(|| element("p").child("…")))
}

/// What is lost, one line for each kind of thing: how many, by name, and where.
fn losses(schema: &Schema, losses: &[ToldLoss]) -> Element {
    if losses.is_empty() {
        return element("p").class("export__whole").child(tr!("export.loses-nothing"));
    }
    let of_one_kind = losses.chunk_by(|left, right| left.kind == right.kind);
    let lines = of_one_kind.fold(element("ul"), |lines, losses| lines.child(loss(schema, losses)));
    element("section").class("export__losses").child(element("h3").child(tr!("export.loses"))).child(lines)
}

fn loss(schema: &Schema, losses: &[ToldLoss]) -> Element {
    let kind = &losses[0].kind;
    let named = losses.iter().filter(|loss| !loss.name.is_empty());
    let named = named.map(|loss| format!("{} {}", name_of(schema, kind, &loss.name), number(loss.count)));
    let names: Vec<String> = named.collect();
    let surfaces: Vec<&String> = losses.iter().flat_map(|loss| &loss.surfaces).take(LINES_MAX).collect();
    let places = (!surfaces.is_empty()).then(|| {
        let list = surfaces.iter().fold(element("ul"), |list, words| list.child(element("li").child(*words)));
        element("details").child(element("summary").child(tr!("export.where"))).child(list)
    });
    element("li")
        .child(element("b").child(tr(&format!("loss.{kind}"))))
        .child(" · ")
        .child(number(losses.iter().map(|loss| loss.count).sum()))
        .child((!names.is_empty()).then(|| element("span").class("export__names").child(names.join(", "))))
        .child(places)
}

/// What a person knows the lost thing by.
fn name_of(schema: &Schema, kind: &str, name: &str) -> AttrValue {
    let attribute = || {
        let key = AttributeKey::from(name);
        schema.labels.iter().find_map(|label| label.attribute(&key)).map(|attribute| pick(&attribute.name))
    };
    let found = match kind {
        "relation" => schema.relation(&RelationTypeId::from(name)).map(|relation| pick(&relation.name)),
        "field" => schema.field(&FieldKey::from(name)).map(|field| pick(&field.name)),
        "attribute" | "attribute-form" | "history" | "by-hand" => attribute(),
        _ => schema.label(&LabelId::from(name)).map(|label| pick(&label.name)),
    };
    found.unwrap_or_else(|| AttrValue::from(name.to_owned()))
}

fn failure_text(failure: &ExportFailure) -> AttrValue {
    match failure {
        ExportFailure::Exchange(ExchangeError::Unavailable) => tr!("exchange.unavailable"),
        ExportFailure::Exchange(_) => tr!("exchange.refused"),
        ExportFailure::Storage(_) => tr!("exchange.storage"),
    }
}

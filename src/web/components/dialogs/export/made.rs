//! What an export made: the files, what the format could not carry, and the button that saves.

use serde_json::Value;
use yew::prelude::*;

use super::{ExportDialog, Made, Msg};
use crate::model::ids::{AttributeKey, FieldKey, LabelId, RelationTypeId};
use crate::model::schema::Schema;
use crate::view_model::excerpt::one_line;
use crate::web::exchange::ExchangeError;
use crate::web::i18n::{number, pick, tr, tr_count, tr_with};
use crate::web::session::ExportFailure;

/// How much of a file is shown.
const PREVIEW_CHARS_MAX: usize = 1_500;
/// How many files, and places of a loss, are listed.
const LINES_MAX: usize = 50;
/// How many letters of lost words are shown.
const PLACE_CHARS_MAX: usize = 80;

/// The beginning of a file, for the eye.
pub(super) fn start_of(bytes: &[u8]) -> String {
    String::from_utf8_lossy(&bytes[..bytes.len().min(4 * PREVIEW_CHARS_MAX)])
        .chars()
        .take(PREVIEW_CHARS_MAX)
        .collect()
}

impl ExportDialog {
    pub(super) fn made_html(&self, ctx: &Context<Self>) -> Html {
        match &self.made {
            Made::No => html! {
                <p class="dialog__actions">
                    <button type="button" class="button--main" onclick={ctx.link().callback(|_| Msg::Make)}>
                        { tr("export.make") }
                    </button>
                </p>
            },
            Made::Working { done, total } => html! {
                <div class="export__working">
                    <progress aria-label={tr("export.working")} value={done.to_string()} max={total.to_string()} />
                    <span>{ tr_with("export.done", &[("done", &number(*done)), ("total", &number(*total))]) }</span>
                    <button type="button" onclick={ctx.link().callback(|_| Msg::Stop)}>{ tr("dialog.cancel") }</button>
                </div>
            },
            Made::TooLarge => html! { <p>{ tr("export.too-large") }</p> },
            Made::Failed(failure) => html! { <p role="alert">{ failure_text(failure) }</p> },
            Made::Yes(told) => self.told_html(ctx, told),
        }
    }

    fn told_html(&self, ctx: &Context<Self>, told: &Value) -> Html {
        let files: &[Value] = told["files"].as_array().map(Vec::as_slice).unwrap_or_default();
        let losses: &[Value] = told["losses"].as_array().map(Vec::as_slice).unwrap_or_default();
        if files.is_empty() {
            return html! { <p>{ tr("export.nothing") }</p> };
        }
        let count = |value: &Value| value.as_u64().unwrap_or_default() as usize;
        let bytes: usize = files.iter().map(|file| count(&file["bytes"])).sum();
        let schema = &ctx.props().state.schema;
        html! {
            <>
                <p class="export__facts">
                    { tr_count("status.annotations", count(&told["annotations"])) }{ " · " }
                    { tr_with("export.size", &[("n", &number(bytes))]) }{ " · " }
                    if files.len() == 1 { <code>{ path_of(&files[0]) }</code> } else { { tr_count("export.files", files.len()) } }
                </p>
                if losses.is_empty() {
                    <p class="export__whole">{ tr("export.loses-nothing") }</p>
                } else {
                    { losses_html(schema, losses) }
                }
                { previews_html(files) }
                <p class="dialog__actions">
                    <button type="button" class="button--main" onclick={ctx.link().callback(|_| Msg::Save)}>
                        { tr("export.save") }
                    </button>
                </p>
            </>
        }
    }
}

fn path_of(file: &Value) -> String {
    file["path"].as_str().unwrap_or_default().to_owned()
}

/// The beginning of the file; of several, each under its name, and that of the first which is not
/// the bare text shown.
fn previews_html(files: &[Value]) -> Html {
    let start = |file: &Value| -> Html {
        let start = file["start"].as_str().unwrap_or_default().chars().take(PREVIEW_CHARS_MAX);
        html! {
            <pre class="export__preview" tabindex="0" aria-label={tr("export.preview")}>{ start.collect::<String>() }</pre>
        }
    };
    if let [file] = files {
        return start(file);
    }
    let shown = files.iter().position(|file| !path_of(file).ends_with(".txt")).unwrap_or_default();
    let file = |(idx, file): (usize, &Value)| {
        html! { <details open={idx == shown}><summary><code>{ path_of(file) }</code></summary>{ start(file) }</details> }
    };
    html! {
        <div class="export__files">
            { for files.iter().enumerate().take(LINES_MAX).map(file) }
            if files.len() > LINES_MAX { <p>{ "…" }</p> }
        </div>
    }
}

/// What is lost, one line for each kind of thing: how many, by name, and where.
fn losses_html(schema: &Schema, losses: &[Value]) -> Html {
    let kind_of = |loss: &Value| loss["kind"].as_str().unwrap_or_default().to_owned();
    let of_one_kind = losses.chunk_by(|left, right| kind_of(left) == kind_of(right));
    html! {
        <section class="export__losses">
            <h3>{ tr("export.loses") }</h3>
            <ul>{ for of_one_kind.map(|losses| kind_html(schema, &kind_of(&losses[0]), losses)) }</ul>
        </section>
    }
}

fn kind_html(schema: &Schema, kind: &str, losses: &[Value]) -> Html {
    let count = |loss: &Value| loss["count"].as_u64().unwrap_or_default() as usize;
    let named = |loss: &Value| {
        let name = loss["name"].as_str().filter(|name| !name.is_empty())?;
        Some(format!("{} {}", name_of(schema, kind, name), number(count(loss))))
    };
    let names: Vec<String> = losses.iter().filter_map(named).collect();
    let places = losses.iter().flat_map(|loss| loss["places"].as_array().into_iter().flatten());
    let words = places.filter_map(|place| place["surface"].as_str()).take(LINES_MAX);
    let words: Vec<Html> =
        words.map(|words| html! { <li>{ one_line(words, PLACE_CHARS_MAX) }</li> }).collect();
    html! {
        <li>
            <b>{ tr(&format!("loss.{kind}")) }</b>{ " · " }{ number(losses.iter().map(count).sum()) }
            if !names.is_empty() { <span class="export__names">{ names.join(", ") }</span> }
            if !words.is_empty() {
                <details><summary>{ tr("export.where") }</summary><ul>{ for words }</ul></details>
            }
        </li>
    }
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
        ExportFailure::Exchange(ExchangeError::Unavailable) => tr("exchange.unavailable"),
        ExportFailure::Exchange(_) => tr("exchange.refused"),
        ExportFailure::Storage(_) => tr("exchange.storage"),
    }
}

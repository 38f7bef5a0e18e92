//! What an export made: the files, what the format could not carry, and the button that saves.

use serde_json::Value;
use yew::prelude::*;

use super::{ExportDialog, Made, Msg};
use crate::model::ids::{AttributeKey, FieldKey, LabelId, RelationTypeId};
use crate::model::schema::Schema;
use crate::web::exchange::ExchangeError;
use crate::web::i18n::{number, pick, tr, tr_count, tr_with};
use crate::web::session::ExportFailure;

/// How much of a file is shown.
const PREVIEW_CHARS_MAX: usize = 1_500;
/// How many files, and places of a loss, are listed.
const LINES_MAX: usize = 50;

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
        let path = |file: &Value| file["path"].as_str().unwrap_or_default().to_owned();
        let start: String =
            files[0]["start"].as_str().unwrap_or_default().chars().take(PREVIEW_CHARS_MAX).collect();
        let schema = &ctx.props().state.schema;
        html! {
            <>
                <p class="export__facts">
                    { tr_count("status.annotations", count(&told["annotations"])) }{ " · " }
                    { tr_with("export.size", &[("n", &number(bytes))]) }{ " · " }
                    if files.len() == 1 { <code>{ path(&files[0]) }</code> } else { { tr_count("export.files", files.len()) } }
                </p>
                if losses.is_empty() {
                    <p class="export__whole">{ tr("export.loses-nothing") }</p>
                } else {
                    <section class="export__losses">
                        <h3>{ tr("export.loses") }</h3>
                        <ul>{ for losses.iter().map(|loss| loss_html(schema, loss)) }</ul>
                    </section>
                }
                <pre class="export__preview" tabindex="0" aria-label={tr("export.preview")}>{ start }</pre>
                if files.len() > 1 {
                    <details>
                        <summary>{ tr_count("export.files", files.len()) }</summary>
                        <ul class="export__files">
                            { for files.iter().take(LINES_MAX).map(|file| html! { <li><code>{ path(file) }</code></li> }) }
                            if files.len() > LINES_MAX { <li>{ "…" }</li> }
                        </ul>
                    </details>
                }
                <p class="dialog__actions">
                    <button type="button" class="button--main" onclick={ctx.link().callback(|_| Msg::Save)}>
                        { tr("export.save") }
                    </button>
                </p>
            </>
        }
    }
}

/// One line of what is lost, with the places where they are known.
fn loss_html(schema: &Schema, loss: &Value) -> Html {
    let kind = loss["kind"].as_str().unwrap_or_default();
    let count = loss["count"].as_u64().unwrap_or_default() as usize;
    let name = loss["name"].as_str().unwrap_or_default();
    let name = if name.is_empty() { AttrValue::default() } else { name_of(schema, kind, name) };
    let places: &[Value] = loss["places"].as_array().map(Vec::as_slice).unwrap_or_default();
    let words = |place: &Value| place["surface"].as_str().unwrap_or_default().to_owned();
    html! {
        <li>
            { tr(&format!("loss.{kind}")) }
            if !name.is_empty() { { " · " }<b>{ name }</b> }
            { " · " }{ number(count) }
            if !places.is_empty() {
                <details>
                    <summary>{ tr("export.where") }</summary>
                    <ul>{ for places.iter().take(LINES_MAX).map(|place| html! { <li><q>{ words(place) }</q></li> }) }</ul>
                </details>
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

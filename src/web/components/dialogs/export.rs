//! Export: what goes into the file, a look at its beginning, and the file.

use std::rc::Rc;

use yew::prelude::*;

use crate::edit::state::State;
use crate::formats::{Content, ExportFile, ExportOptions, export};
use crate::web::components::dialog::Dialog;
use crate::web::dom::files::download;
use crate::web::i18n::{number, tr, tr_count, tr_with};
use crate::web::ptr_eq::PtrEq;
use crate::web::session::Session;

/// How much of the file is shown.
const PREVIEW_CHARS_MAX: usize = 1_500;

#[derive(Clone, PartialEq, Properties)]
pub struct ExportProps {
    pub session: PtrEq<Session>,
    pub state: PtrEq<State>,
    pub annotator_name: String,
    pub on_name: Callback<String>,
    pub on_close: Callback<()>,
}

#[component]
pub fn ExportDialog(props: &ExportProps) -> Html {
    let ExportProps { session, state, annotator_name, on_name, on_close } = props;
    let content = use_state(Content::default);
    let options = session.export_options(*content, annotator_name);
    let file = use_memo((state.clone(), options), |(state, options): &(PtrEq<State>, ExportOptions)| {
        export("json", state, options).ok().and_then(|files| files.into_iter().next())
    });
    let choice = |value: Content, key: &'static str| {
        let onchange = {
            let content = content.clone();
            move |_: Event| content.set(value)
        };
        html! {
            <label class="export__choice">
                <input type="radio" name="content" checked={*content == value} {onchange} />
                <span><b>{ tr(&format!("export.{key}")) }</b>{ tr(&format!("export.{key}-help")) }</span>
            </label>
        }
    };
    let onname = on_name.reform(|event: Event| {
        event.target_unchecked_into::<web_sys::HtmlInputElement>().value().trim().to_string()
    });
    html! {
        <Dialog title={tr("export.title")} on_close={on_close.clone()} class="dialog--wide">
            <fieldset class="export">
                <legend>{ tr("export.content") }</legend>
                { choice(Content::WithText, "with-text") }
                { choice(Content::WithoutText, "without-text") }
                { choice(Content::OffsetsOnly, "offsets-only") }
            </fieldset>
            <div class="row">
                <label class="row__name" for="export-name">{ tr("settings.name") }</label>
                <input id="export-name" class="row__value" type="text" autocomplete="name" value={annotator_name.clone()}
                    placeholder={tr("settings.name-optional")} onchange={onname} />
            </div>
            { preview(state, &file, on_close) }
        </Dialog>
    }
}

fn preview(state: &State, file: &Rc<Option<ExportFile>>, on_close: &Callback<()>) -> Html {
    let Some(exported) = file.as_ref() else { return html! { <p>{ tr("export.too-large") }</p> } };
    let start: String = String::from_utf8_lossy(&exported.bytes).chars().take(PREVIEW_CHARS_MAX).collect();
    let size = number(exported.bytes.len());
    let save = {
        let (file, on_close) = (file.clone(), on_close.clone());
        Callback::from(move |_: MouseEvent| {
            if let Some(file) = file.as_ref() {
                let _ = download(&file.name, file.media_type, &file.bytes);
            }
            on_close.emit(());
        })
    };
    html! {
        <>
            <p class="export__facts">
                { tr_count("status.annotations", state.annotations.len()) }{ " · " }
                { tr_with("export.size", &[("n", &size)]) }{ " · " }<code>{ &exported.name }</code>
            </p>
            <pre class="export__preview" tabindex="0" aria-label={tr("export.preview")}>{ start }</pre>
            <p class="dialog__actions">
                <button type="button" class="button--main" onclick={save}>{ tr("export.save") }</button>
            </p>
        </>
    }
}

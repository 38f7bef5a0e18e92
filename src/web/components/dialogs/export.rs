//! Export: what goes into the file, a look at its beginning, and the file.

use std::rc::Rc;

use yew::prelude::*;

use crate::edit::state::State;
use crate::formats::{Content, ExportFile, ExportOptions, export};
use crate::web::components::dialog::dialog;
use crate::web::components::element::{button, element, fragment};
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
        element("label")
            .class("export__choice")
            .child(
                element("input")
                    .attr("type", "radio")
                    .attr("name", "content")
                    .checked(*content == value)
                    .onchange(onchange),
            )
            .child(
                element("span")
                    .child(element("b").child(tr(&format!("export.{key}"))))
                    .child(tr(&format!("export.{key}-help"))),
            )
            .html()
    };
    let onname = on_name.reform(|event: Event| {
        event.target_unchecked_into::<web_sys::HtmlInputElement>().value().trim().to_string()
    });
    dialog(
        tr("export.title"),
        on_close.clone(),
        "dialog--wide",
        fragment()
            .child(
                element("fieldset")
                    .class("export")
                    .child(element("legend").child(tr("export.content")))
                    .child(choice(Content::WithText, "with-text"))
                    .child(choice(Content::WithoutText, "without-text"))
                    .child(choice(Content::OffsetsOnly, "offsets-only")),
            )
            .child(
                element("div")
                    .class("row")
                    .child(
                        element("label")
                            .class("row__name")
                            .attr("for", "export-name")
                            .child(tr("settings.name")),
                    )
                    .child(
                        element("input")
                            .attr("id", "export-name")
                            .class("row__value")
                            .attr("type", "text")
                            .attr("autocomplete", "name")
                            .value(annotator_name.clone())
                            .attr("placeholder", tr("settings.name-optional"))
                            .onchange(onname),
                    ),
            )
            .child(preview(state, &file, on_close)),
    )
}

fn preview(state: &State, file: &Rc<Option<ExportFile>>, on_close: &Callback<()>) -> Html {
    let Some(exported) = file.as_ref() else { return element("p").child(tr("export.too-large")).html() };
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
    fragment()
        .child(
            element("p")
                .class("export__facts")
                .child(tr_count("status.annotations", state.annotations.len()))
                .child(" · ")
                .child(tr_with("export.size", &[("n", &size)]))
                .child(" · ")
                .child(element("code").child(&exported.name)),
        )
        .child(
            element("pre")
                .class("export__preview")
                .attr("tabindex", "0")
                .attr("aria-label", tr("export.preview"))
                .child(start),
        )
        .child(
            element("p")
                .class("dialog__actions")
                .child(button().class("button--main").onclick(save).child(tr("export.save"))),
        )
        .html()
}

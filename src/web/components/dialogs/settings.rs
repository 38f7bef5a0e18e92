//! How a person wants the page.

use yew::prelude::*;

use crate::edit::commands::Snap;
use crate::edit::keymap::Command;
use crate::view_model::messages::UiLanguage;
use crate::web::components::dialog::Dialog;
use crate::web::i18n::{tr, tr_with};
use crate::web::settings::{LINE_PERCENTS, Settings, TEXT_PERCENTS, ThemeChoice};

pub struct SettingsDialogProps {
    pub settings: Settings,
    pub on_settings: Callback<Settings>,
    pub on_command: Callback<Command>,
    pub on_close: Callback<()>,
}

pub fn settings_dialog(props: &SettingsDialogProps) -> Html {
    let SettingsDialogProps { settings, on_settings, on_command, on_close } = props;
    let choice = |key: &'static str,
                  values: Vec<(AttrValue, AttrValue)>,
                  chosen: String,
                  set: fn(&mut Settings, &str)| {
        let onchange = change(settings, on_settings, set);
        html! {
            <div class="row">
                <label class="row__name" for={format!("setting-{key}")}>{ tr(&format!("settings.{key}")) }</label>
                <select id={format!("setting-{key}")} class="row__value" {onchange}>
                    { for values.into_iter().map(|(value, name)| {
                        html! { <option value={value.clone()} selected={value == chosen}>{ name }</option> }
                    }) }
                </select>
            </div>
        }
    };
    let named = |key: &str, values: &[&str]| -> Vec<(AttrValue, AttrValue)> {
        values
            .iter()
            .map(|value| (value.to_string().into(), tr(&format!("settings.{key}-{value}"))))
            .collect()
    };
    let percents = |values: &[u32]| -> Vec<(AttrValue, AttrValue)> {
        let name = |value: &u32| tr_with("settings.percent", &[("n", &value.to_string())]);
        values.iter().map(|value| (value.to_string().into(), name(value))).collect()
    };
    let languages = UiLanguage::ALL
        .map(|language| (language.tag().into(), tr(&format!("settings.language-{}", language.tag()))));
    let themes = ThemeChoice::ALL.map(ThemeChoice::name);
    let snap = if settings.snap == Snap::Words { "words" } else { "characters" };
    let time = if settings.counts_time { "on" } else { "off" };
    let single = if settings.single_keys { "on" } else { "off" };
    html! {
        <Dialog title={tr("settings.title")} on_close={on_close.clone()}>
            { choice("language", languages.to_vec(), settings.language.tag().into(),
                |settings, value| settings.language = UiLanguage::from_tag(value)) }
            { choice("theme", named("theme", &themes), settings.theme.name().into(), |settings, value| {
                let theme = ThemeChoice::ALL.into_iter().find(|theme| theme.name() == value);
                settings.theme = theme.unwrap_or_default();
            }) }
            { choice("text", percents(&TEXT_PERCENTS), settings.text_percent.to_string(),
                |settings, value| settings.text_percent = value.parse().unwrap_or(100)) }
            { choice("line", percents(&LINE_PERCENTS), settings.line_percent.to_string(),
                |settings, value| settings.line_percent = value.parse().unwrap_or(190)) }
            { choice("snap", named("snap", &["words", "characters"]), snap.into(), |settings, value| {
                settings.snap = if value == "characters" { Snap::Characters } else { Snap::Words };
            }) }
            { choice("keys", named("keys", &["on", "off"]), single.into(),
                |settings, value| settings.single_keys = value == "on") }
            { choice("time", named("time", &["on", "off"]), time.into(),
                |settings, value| settings.counts_time = value == "on") }
            <div class="row">
                <label class="row__name" for="setting-name">{ tr("settings.name") }</label>
                <input id="setting-name" class="row__value" type="text" autocomplete="name" value={settings.annotator_name.clone()}
                    placeholder={tr("settings.name-optional")}
                    onchange={change(settings, on_settings, |settings, value| settings.annotator_name = value.trim().into())} />
            </div>
            <p class="dialog__actions">
                <button type="button" onclick={on_command.reform(|_: MouseEvent| Command::Backup)}>{ tr("command.backup") }</button>
                <button type="button" class="button--danger"
                    onclick={on_command.reform(|_: MouseEvent| Command::EraseEverything)}>{ tr("command.erase-everything") }</button>
            </p>
        </Dialog>
    }
}

/// A handler that sets one setting from an input's value.
fn change(
    settings: &Settings,
    on_settings: &Callback<Settings>,
    set: fn(&mut Settings, &str),
) -> Callback<Event> {
    let settings = settings.clone();
    on_settings.reform(move |event: Event| {
        // Both `input` and `select` have it; `value` is read by name so that one handler serves both.
        let target: wasm_bindgen::JsValue = event.target().into();
        let value = js_sys::Reflect::get(&target, &"value".into()).ok().and_then(|value| value.as_string());
        let mut settings = settings.clone();
        set(&mut settings, &value.unwrap_or_default());
        settings
    })
}

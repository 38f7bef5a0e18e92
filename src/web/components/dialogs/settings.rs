//! How a person wants the page.

use yew::prelude::*;

use crate::edit::commands::Snap;
use crate::edit::keymap::Command;
use crate::view_model::messages::UiLanguage;
use crate::web::components::dialog::dialog;
use crate::web::components::element::{Element, button, element, fragment, select_option};
use crate::web::i18n::{tr, tr_with};
use crate::web::settings::{LINE_PERCENTS, Settings, TEXT_PERCENTS, ThemeChoice};

pub struct SettingsDialogProps {
    pub settings: Settings,
    pub on_settings: Callback<Settings>,
    pub on_command: Callback<Command>,
    pub on_close: Callback<()>,
}

/// Values with their names.
type Options = Vec<(AttrValue, AttrValue)>;

pub fn settings_dialog(props: &SettingsDialogProps) -> Html {
    let SettingsDialogProps { settings, on_command, on_close, .. } = props;
    let themes = ThemeChoice::ALL.map(ThemeChoice::name);
    let snap = if settings.snap == Snap::Words { "words" } else { "characters" };
    let on_or_off = |is: bool| if is { "on" } else { "off" };
    let choice = |key, options, chosen: &str, set| choice_row(props, key, options, chosen, set);
    let rows = fragment()
        .child(choice("language", languages(), settings.language.tag(), |settings, value| {
            settings.language = UiLanguage::from_tag(value);
        }))
        .child(choice("theme", named("theme", &themes), settings.theme.name(), |settings, value| {
            let theme = ThemeChoice::ALL.into_iter().find(|theme| theme.name() == value);
            settings.theme = theme.unwrap_or_default();
        }))
        .child(choice(
            "text",
            percents(&TEXT_PERCENTS),
            &settings.text_percent.to_string(),
            |settings, value| settings.text_percent = value.parse().unwrap_or(100),
        ))
        .child(choice(
            "line",
            percents(&LINE_PERCENTS),
            &settings.line_percent.to_string(),
            |settings, value| settings.line_percent = value.parse().unwrap_or(190),
        ))
        .child(choice(
            "breaks",
            named("breaks", &["shown", "spaces"]),
            if settings.joins_lines { "spaces" } else { "shown" },
            |settings, value| settings.joins_lines = value == "spaces",
        ))
        .child(choice("snap", named("snap", &["words", "characters"]), snap, |settings, value| {
            settings.snap = if value == "characters" { Snap::Characters } else { Snap::Words };
        }))
        .child(choice(
            "keys",
            named("keys", &["on", "off"]),
            on_or_off(settings.single_keys),
            |settings, value| settings.single_keys = value == "on",
        ))
        .child(choice(
            "time",
            named("time", &["on", "off"]),
            on_or_off(settings.counts_time),
            |settings, value| settings.counts_time = value == "on",
        ))
        .child(name_row(props));
    let acts = element("p")
        .class("dialog__actions")
        .child(button().sends(on_command, Command::Backup).child(tr!("command.backup")))
        .child(
            button()
                .class("button--danger")
                .sends(on_command, Command::EraseEverything)
                .child(tr!("command.erase-everything")),
        );
    dialog(tr!("settings.title"), on_close.clone(), "", rows.child(acts))
}

fn choice_row(
    props: &SettingsDialogProps,
    key: &'static str,
    options: Options,
    chosen: &str,
    set: fn(&mut Settings, &str),
) -> Element {
    let id = AttrValue::from(format!("setting-{key}"));
    let options = options.into_iter().map(|(value, name)| {
        let is_chosen = *value == *chosen;
        select_option(value, is_chosen, name)
    });
    let name = tr(&format!("settings.{key}"));
    element("div")
        .class("row")
        .child(element("label").class("row__name").attr("for", id.clone()).child(name))
        .child(
            element("select")
                .attr("id", id)
                .class("row__value")
                .onchange(change(&props.settings, &props.on_settings, set))
                .children(options),
        )
}

fn languages() -> Options {
    let named =
        |language: UiLanguage| (language.tag().into(), tr(&format!("settings.language-{}", language.tag())));
    UiLanguage::ALL.map(named).into()
}

fn named(key: &str, values: &[&str]) -> Options {
    values.iter().map(|value| (value.to_string().into(), tr(&format!("settings.{key}-{value}")))).collect()
}

fn percents(values: &[u32]) -> Options {
    let name = |value: &u32| tr_with!("settings.percent", &[("n", &value.to_string())]);
    values.iter().map(|value| (value.to_string().into(), name(value))).collect()
}

fn name_row(props: &SettingsDialogProps) -> Element {
    let SettingsDialogProps { settings, on_settings, .. } = props;
    let onchange =
        change(settings, on_settings, |settings, value| settings.annotator_name = value.trim().into());
    element("div")
        .class("row")
        .child(element("label").class("row__name").attr("for", "setting-name").child(tr!("settings.name")))
        .child(
            element("input")
                .attr("id", "setting-name")
                .class("row__value")
                .attr("type", "text")
                .attr("autocomplete", "name")
                .value(settings.annotator_name.clone())
                .attr("placeholder", tr!("settings.name-optional"))
                .onchange(onchange),
        )
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

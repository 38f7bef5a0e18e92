//! How a person wants the page. Kept in the browser's local storage, since it must be known
//! before the first paint; the work itself is never kept there.

use crate::edit::commands::Snap;
use crate::json::{Map, Value, from_str};
use crate::view_model::messages::UiLanguage;
use crate::web::dom;

/// Everything a person can set.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    pub language: UiLanguage,
    pub theme: ThemeChoice,
    /// Of the article, in percent of the normal size.
    pub text_percent: u32,
    /// Line height of the article, in percent of the text size.
    pub line_percent: u32,
    /// Whether a single line break is shown as a space: a text pasted from a PDF has one at the end
    /// of every line. The text stays as it is.
    pub joins_lines: bool,
    pub snap: Snap,
    /// Whether single characters are commands (WCAG 2.1.4).
    pub single_keys: bool,
    /// Whether the first hint was put away.
    pub hint_seen: bool,
    pub annotator_name: String,
    /// Whether the time at work is counted.
    pub counts_time: bool,
}

/// Which colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ThemeChoice {
    #[default]
    System,
    Light,
    Dark,
}

pub const TEXT_PERCENTS: [u32; 7] = [80, 90, 100, 115, 130, 150, 200];
pub const LINE_PERCENTS: [u32; 4] = [160, 190, 220, 250];
const KEY: &str = "sourcier.settings";

impl ThemeChoice {
    pub const ALL: [ThemeChoice; 3] = [ThemeChoice::System, ThemeChoice::Light, ThemeChoice::Dark];

    pub fn name(self) -> &'static str {
        match self {
            ThemeChoice::System => "system",
            ThemeChoice::Light => "light",
            ThemeChoice::Dark => "dark",
        }
    }

    fn from_name(name: &str) -> ThemeChoice {
        ThemeChoice::ALL.into_iter().find(|theme| theme.name() == name).unwrap_or_default()
    }
}

impl Default for Settings {
    fn default() -> Self {
        Settings {
            language: UiLanguage::from_tag(&dom::browser_language()),
            theme: ThemeChoice::System,
            text_percent: 100,
            line_percent: 190,
            joins_lines: false,
            snap: Snap::Words,
            single_keys: true,
            hint_seen: false,
            annotator_name: String::new(),
            counts_time: true,
        }
    }
}

impl Settings {
    /// The stored settings; whatever is missing or damaged is as for a first visit.
    pub fn load() -> Settings {
        let stored = dom::local_storage().and_then(|storage| storage.get_item(KEY).ok().flatten());
        let json = stored.and_then(|stored| from_str(&stored).ok());
        let mut settings = Settings::default();
        let Some(json) = json else { return settings };
        let text = |key: &str| json.get(key).and_then(|value| value.as_str());
        let number = |key: &str| json.get(key).and_then(|value| value.as_u64());
        if let Some(tag) = text("language") {
            settings.language = UiLanguage::from_tag(tag);
        }
        settings.theme = ThemeChoice::from_name(text("theme").unwrap_or_default());
        settings.text_percent = allowed(&TEXT_PERCENTS, number("text"), settings.text_percent);
        settings.line_percent = allowed(&LINE_PERCENTS, number("line"), settings.line_percent);
        if text("snap") == Some("characters") {
            settings.snap = Snap::Characters;
        }
        let flag = |key: &str| json.get(key).and_then(|value| value.as_bool());
        settings.joins_lines = flag("joinsLines").unwrap_or(false);
        settings.single_keys = flag("singleKeys").unwrap_or(true);
        settings.hint_seen = flag("hintSeen").unwrap_or(false);
        settings.counts_time = flag("countsTime").unwrap_or(true);
        settings.annotator_name = text("annotator").unwrap_or_default().to_string();
        settings
    }

    /// Stores the settings. Where the browser refuses, they hold until the page is closed.
    pub fn save(&self) {
        let snap = if self.snap == Snap::Characters { "characters" } else { "words" };
        let json = Value::Object(Map::from_iter([
            ("language", Value::from(self.language.tag())),
            ("theme", Value::from(self.theme.name())),
            ("text", Value::from(self.text_percent)),
            ("line", Value::from(self.line_percent)),
            ("joinsLines", Value::from(self.joins_lines)),
            ("snap", Value::from(snap)),
            ("singleKeys", Value::from(self.single_keys)),
            ("hintSeen", Value::from(self.hint_seen)),
            ("annotator", Value::from(&*self.annotator_name)),
            ("countsTime", Value::from(self.counts_time)),
        ]));
        if let Some(storage) = dom::local_storage() {
            let _ = storage.set_item(KEY, &json.to_string());
        }
    }

    /// Takes the stored settings away; those of other pages of the same host stay.
    pub fn forget() {
        if let Some(storage) = dom::local_storage() {
            let _ = storage.remove_item(KEY);
        }
    }

    /// The next larger or smaller text.
    pub fn stepped_text(&self, larger: bool) -> u32 {
        let sizes = TEXT_PERCENTS;
        let idx = sizes.iter().position(|size| *size == self.text_percent).unwrap_or(2);
        sizes[if larger { (idx + 1).min(sizes.len() - 1) } else { idx.saturating_sub(1) }]
    }

    /// Whether the page is dark now.
    pub fn is_dark(&self) -> bool {
        match self.theme {
            ThemeChoice::System => dom::media_matches("(prefers-color-scheme: dark)"),
            ThemeChoice::Light => false,
            ThemeChoice::Dark => true,
        }
    }

    /// Puts what concerns style sheets on the root element.
    pub fn show(&self) {
        let Some(root) = dom::document_element() else { return };
        let _ = root.set_attribute("data-theme", if self.is_dark() { "dark" } else { "light" });
        let _ = root.set_attribute("data-breaks", if self.joins_lines { "spaces" } else { "shown" });
        let scale = |percent: u32| dom::decimal(f64::from(percent) / 100.0);
        let style = root.style();
        let _ = style.set_property("--article-scale", &scale(self.text_percent));
        let _ = style.set_property("--article-leading", &scale(self.line_percent));
    }
}

fn allowed(values: &[u32], stored: Option<u64>, otherwise: u32) -> u32 {
    values.iter().copied().find(|value| Some(u64::from(*value)) == stored).unwrap_or(otherwise)
}

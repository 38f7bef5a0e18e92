//! Commands that need the screen, and where key presses go.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};
use yew::prelude::*;

use crate::edit::commands::Snap;
use crate::edit::commands::annotate::use_label as label_selection;
use crate::edit::commands::caret::move_to;
use crate::edit::commands::choose::choose;
use crate::edit::commands::ends::set_end;
use crate::edit::commands::status::{COMPLETE, go_to_first_open, is_open, next_status, set_status};
use crate::edit::keymap::{Command, LineMotion, command_of};
use crate::edit::state::Mode;
use crate::model::document::Document;
use crate::model::ids::AnnotationId;
use crate::text::graphemes::previous_grapheme;
use crate::text::span::TextOffset;
use crate::web::app::App;
use crate::web::app::dialog::DialogKind;
use crate::web::app::projects::ProjectDialog;
use crate::web::components::article::{focus_article, focus_quick_palette};
use crate::web::components::dialogs::command_list::Listed;
use crate::web::components::dialogs::documents::row_id;
use crate::web::components::inspector::INSPECTOR_ID;
use crate::web::components::side_panel::SideTab;
use crate::web::dom;
use crate::web::dom::keys::{KeyTarget, key_press, key_target};
use crate::web::dom::position::{Side, block_id, caret_rect, offset_at_point};
use crate::web::i18n::tr;
use crate::web::session::Session;
use crate::web::settings::{Settings, ThemeChoice};

/// How long the page must rest before the reader's place is noted.
const PLACE_AFTER_MS: u32 = 800;

impl App {
    /// Does what a command asks of the screen.
    pub(super) fn run_on_screen(&mut self, ctx: &Context<Self>, command: Command, extend: bool) {
        match command {
            Command::ChooseHere => focus_quick_palette(),
            Command::MoveLine(motion) => self.move_line(motion, extend),
            Command::Inspector => focus_inspector(),
            Command::Help => self.dialog = Some(DialogKind::Help),
            Command::Settings => self.dialog = Some(DialogKind::Settings),
            Command::CommandList => self.dialog = Some(DialogKind::Commands),
            Command::Export if !self.has_document() => {
                self.message = tr!("export.no-document");
                self.is_refusal = true;
            }
            Command::Export => self.dialog = Some(DialogKind::Export),
            Command::AnnotationList => self.show_tab(SideTab::Annotations),
            Command::EntityList => self.show_tab(SideTab::Entities),
            Command::WarningList => self.show_tab(SideTab::Warnings),
            Command::Guidelines => self.show_tab(SideTab::Guidelines),
            Command::NextStatus => match next_status(&self.state) {
                Ok(next) => self.ask_status(&next),
                Err(refusal) => self.session.store.notice(Err(refusal)),
            },
            Command::SchemaEditor => self.dialog = Some(DialogKind::SchemaEditor),
            Command::NewLabel => self.dialog = Some(DialogKind::NewLabel),
            Command::DocumentFields => self.dialog = Some(DialogKind::Fields),
            Command::Documents => {
                self.dialog = Some(DialogKind::Documents);
                self.read_entries(ctx);
            }
            Command::PasteText => self.dialog = Some(DialogKind::Paste),
            Command::RemoveDocument => {
                self.dialog = Some(DialogKind::Remove(self.state.document.id.clone(), false));
            }
            Command::EraseEverything => self.dialog = Some(DialogKind::Erase),
            Command::NewVersion => {
                self.wants_version = true;
                self.choose_file();
            }
            Command::Open => {
                self.wants_version = false;
                // What a file says of the label set is shown when the editor is gone.
                self.dialog = self.dialog.take().filter(|dialog| !matches!(dialog, DialogKind::SchemaEditor));
                self.choose_file();
            }
            Command::Backup => self.backup(ctx),
            Command::FlagDocument => self.flag_open_document(ctx),
            Command::NewProject => {
                self.dialog = Some(DialogKind::Project(ProjectDialog::New));
            }
            Command::NextDocument => self.step_document(ctx, 1),
            Command::PreviousDocument => self.step_document(ctx, -1),
            Command::SwitchLanguage => {
                self.take_settings(Settings {
                    language: self.settings.language.other(),
                    ..self.settings.clone()
                });
            }
            Command::SwitchTheme => {
                let theme = if self.settings.is_dark() { ThemeChoice::Light } else { ThemeChoice::Dark };
                self.take_settings(Settings { theme, ..self.settings.clone() });
            }
            Command::LargerText | Command::SmallerText => {
                let text_percent = self.settings.stepped_text(command == Command::LargerText);
                self.take_settings(Settings { text_percent, ..self.settings.clone() });
            }
            _ => {}
        }
    }

    pub(super) fn run_listed(&mut self, listed: Listed) {
        self.close_dialog();
        match listed {
            Listed::Command(command) => self.session.store.run(command, false),
            Listed::Label(label) => {
                self.session.store.command(|state, ctx| label_selection(state, ctx, &label, false));
            }
        }
    }

    /// Goes to a part of the panel; on a narrow screen it comes from below, or goes again.
    fn show_tab(&mut self, tab: SideTab) {
        self.is_list_open = !(self.is_list_open && self.tab == tab);
        self.tab = tab;
        self.focus_panel = true;
    }

    /// Says how far the work is; first tells what is still open where it is said to be complete.
    pub(super) fn ask_status(&mut self, value: &str) {
        if value == COMPLETE && is_open(&self.state) {
            self.dialog = Some(DialogKind::Complete);
        } else {
            self.set_status(value);
        }
    }

    pub(super) fn set_status(&self, value: &str) {
        self.session.store.command(|state, ctx| set_status(state, ctx, value));
    }

    /// Goes from the dialog to an annotation, or to the first thing that is still open.
    pub(super) fn leave_dialog_for(&mut self, annotation: Option<&AnnotationId>) {
        self.close_dialog();
        self.session.store.command(|state, ctx| match annotation {
            Some(id) => choose(state, ctx, id),
            None => go_to_first_open(state, ctx),
        });
    }

    /// Moves the text cursor by lines of the screen.
    fn move_line(&self, motion: LineMotion, extend: bool) {
        let state = self.session.store.state();
        let document = &state.document;
        let Some(selection) = state.focus.selection else {
            let first =
                document.index.blocks.blocks().first().map_or(TextOffset(0), |block| block.span.start());
            return self.session.store.command(|state, ctx| Ok(move_to(state, ctx, first, extend)));
        };
        let Some(place) = line_target(document, selection.head, motion) else { return };
        if let Mode::MovingEnds(moving) = &state.focus.mode {
            let edge = moving.edge;
            return self
                .session
                .store
                .command(|state, ctx| set_end(state, ctx, edge, place, Snap::Characters));
        }
        self.session.store.command(|state, ctx| Ok(move_to(state, ctx, place, extend)));
    }

    /// Notes, some time after scrolling, which words are at the top.
    pub(super) fn note_place(&mut self) {
        let (session, main) = (self.session.clone(), self.main.clone());
        self.place_timer = Some(Timeout::new(PLACE_AFTER_MS, move || {
            if let Some(main) = main.cast::<HtmlElement>() {
                session.note_place(place_at_top(&session.store.state().document, &main));
            }
        }));
    }

    /// The words at the top of the screen, as a byte offset.
    pub(super) fn place_now(&self) -> Option<u32> {
        Some(place_at_top(&self.state.document, &self.main.cast::<HtmlElement>()?))
    }

    /// Brings a place to the top of the screen.
    pub(super) fn go_to_place(&self, place: u32) {
        let blocks = &self.state.document.index.blocks;
        let Some(main) = self.main.cast::<HtmlElement>() else { return };
        if place == 0 {
            main.set_scroll_top(0);
            return;
        }
        let block =
            blocks.nearest_block(TextOffset(place)).and_then(|idx| dom::element_by_id(&block_id(idx)));
        if let Some(block) = block {
            block.scroll_into_view_with_bool(true);
        }
        if let Some(caret) = caret_rect(&self.state.document, TextOffset(place), Side::After) {
            let top = main.get_bounding_client_rect().top() + 24.0;
            main.set_scroll_top(main.scroll_top() + (caret.top() - top) as i32);
        }
    }
}

impl App {
    /// Gives the keys to the document of the list that something was done to; and to the article, where
    /// what had them went with a dialog.
    pub(super) fn hand_on_keys(&mut self) {
        let Some(dialog) = &self.dialog else {
            self.row = None;
            if std::mem::take(&mut self.had_dialog) && dom::has_no_focus() {
                focus_article();
            }
            return;
        };
        self.had_dialog = true;
        if matches!(dialog, DialogKind::Documents)
            && self.entries.is_some()
            // It may only be there with the next list.
            && let Some(row) = self.row.as_ref().and_then(|id| dom::element_by_id(&row_id(id)))
        {
            self.row = None;
            let _ = row.focus();
        }
    }
}

/// The words at the top of the scrolled page; 0 at its start.
fn place_at_top(document: &Document, main: &HtmlElement) -> u32 {
    if main.scroll_top() == 0 {
        return 0;
    }
    let rect = main.get_bounding_client_rect();
    let place = offset_at_point(document, rect.left() + rect.width() / 2.0, rect.top() + 40.0);
    place.map_or(0, |place| place.0)
}

/// The offset one line up or down, or at an end of the line.
fn line_target(document: &Document, head: TextOffset, motion: LineMotion) -> Option<TextOffset> {
    let caret = caret_rect(document, head, Side::After)?;
    let middle = caret.top() + caret.height() / 2.0;
    let block = document.index.blocks.nearest_block(head)?;
    let element = dom::element_by_id(&block_id(block))?;
    let rect = element.get_bounding_client_rect();
    let step = caret.height() * 0.75;
    match motion {
        LineMotion::Start => offset_at_point(document, rect.left() + 1.0, middle).ok(),
        LineMotion::End => {
            let place = offset_at_point(document, rect.right() - 1.0, middle).ok()?;
            // Where a line is broken its end is the start of the next one: the cursor, which has
            // no side, stays before the space.
            let is_next_line = caret_rect(document, place, Side::After)
                .is_some_and(|found| found.top() - caret.top() > caret.height() / 2.0);
            Some(if is_next_line && place > head { previous_grapheme(&document.text, place) } else { place })
        }
        LineMotion::Up | LineMotion::Down => {
            let direction = if motion == LineMotion::Up { -1.0 } else { 1.0 };
            // Steps until the line changes: lines and the gaps between paragraphs differ in height.
            for steps in 1..=12 {
                let y = middle + direction * step * f64::from(steps);
                let Ok(place) = offset_at_point(document, caret.left(), y) else { continue };
                let moved = if direction < 0.0 { place < head } else { place > head };
                let other_line = caret_rect(document, place, Side::After)
                    .is_some_and(|found| (found.top() - caret.top()).abs() > caret.height() / 2.0);
                if moved && other_line {
                    return Some(place);
                }
            }
            None
        }
    }
}

/// Gives the keys to the first thing in the inspector that takes them.
fn focus_inspector() {
    let inspector = dom::element_by_id(INSPECTOR_ID);
    // Not the button that deletes, which stands first.
    let first = inspector.and_then(|inspector| {
        inspector.query_selector("input:checked, select, textarea, input").ok().flatten()
    });
    if let Some(first) = first.and_then(|first| first.dyn_into::<HtmlElement>().ok()) {
        let _ = first.focus();
    }
}

/// Gives the keys to the first field of the panel, else to its tabs.
pub(super) fn focus_side_panel() {
    let panel =
        dom::document().query_selector(".side__panel input, .side__tabs input:checked").ok().flatten();
    if let Some(field) = panel.and_then(|field| field.dyn_into::<HtmlElement>().ok()) {
        let _ = field.focus();
    }
}

/// Sends key presses to the store, unless what has the focus needs them.
pub(super) fn key_listener(session: &Rc<Session>) -> EventListener {
    let store = session.store.clone();
    let is_mac = dom::is_mac();
    let options = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&dom::window(), "keydown", options, move |event| {
        let Some(event) = event.dyn_ref::<KeyboardEvent>() else { return };
        if event.default_prevented() {
            return;
        }
        let press = key_press(event, is_mac);
        let target = key_target(event);
        let asked = command_of(&press).map(|(command, _)| command).filter(|command| {
            works_in_fields(*command) && (press.ctrl || press.meta || press.key.starts_with('F'))
        });
        // Under a dialog nothing is done, also where the focus got lost from it; nor what the browser would
        // do in place of a command: save the page, say. Undo is that of the field.
        if is_in_dialog(event) || target == KeyTarget::Article && dom::has_dialog() {
            if asked.is_some_and(|command| !matches!(command, Command::Undo | Command::Redo)) {
                event.prevent_default();
            }
            return;
        }
        if target != KeyTarget::Article && press.key == "Escape" {
            focus_article();
            event.prevent_default();
            return;
        }
        let is_ours = match target {
            KeyTarget::Article => true,
            KeyTarget::Control => !is_control_key(&press.key),
            // In a text field only what no field needs: Ctrl+S, Ctrl+K, F1 …, and undo, since what
            // is typed there is undone with everything else.
            KeyTarget::Text => asked.is_some(),
        };
        if is_ours && store.press(&press) {
            event.prevent_default();
            if target == KeyTarget::Article && dom::has_no_focus() {
                focus_article();
            }
        }
    })
}

fn works_in_fields(command: Command) -> bool {
    matches!(
        command,
        Command::Undo
            | Command::Redo
            | Command::Export
            | Command::Open
            | Command::CommandList
            | Command::Help
    )
}

/// Keys that a button, list or choice has uses for.
fn is_control_key(key: &str) -> bool {
    matches!(
        key,
        "Enter"
            | " "
            | "Tab"
            | "ArrowLeft"
            | "ArrowRight"
            | "ArrowUp"
            | "ArrowDown"
            | "Home"
            | "End"
            | "PageUp"
            | "PageDown"
            | "Delete"
            | "Backspace"
    )
}

fn is_in_dialog(event: &KeyboardEvent) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<web_sys::Element>().ok());
    target.is_some_and(|target| target.closest("dialog").ok().flatten().is_some())
}

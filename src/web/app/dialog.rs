//! The dialogs. The first screen needs none of them: in a release they are a part of the program of their
//! own (`xtask/src/split.rs`), which is loaded when the page is painted, or when one is asked for.

use std::mem;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::edit::keymap::Command;
use crate::json::Value;
use crate::model::ids::DocumentId;
use crate::web::app::projects::ProjectDialog;
use crate::web::app::{App, Msg};
use crate::web::components::dialogs::command_list::{CommandList, CommandListProps, Listed};
use crate::web::components::dialogs::complete::{CompleteProps, complete_dialog};
use crate::web::components::dialogs::confirm::{ConfirmProps, confirm};
use crate::web::components::dialogs::export::{ExportDialog, ExportProps};
use crate::web::components::dialogs::fields::{FieldsProps, fields_dialog};
use crate::web::components::dialogs::help::{HelpProps, help};
use crate::web::components::dialogs::import::{ImportDialog, ImportProps};
use crate::web::components::dialogs::new_label::{NewLabelDialog, NewLabelProps};
use crate::web::components::dialogs::opening::{
    ClashProps, FailedProps, NeedsTextProps, ReportProps, RestoredProps, SchemaProblemsProps, clash_dialog,
    failed_dialog, needs_text_dialog, report_dialog, restored_dialog, schema_problems_dialog,
};
use crate::web::components::dialogs::paste::paste_dialog;
use crate::web::components::dialogs::settings::{SettingsDialogProps, settings_dialog};
use crate::web::components::element::{component, sending};
use crate::web::components::schema_editor::{SchemaEditor, SchemaEditorProps};
use crate::web::i18n::tr;
use crate::web::opening::{Clash, OpenReport, Unrelated};
use crate::web::ptr_eq::PtrEq;
use crate::web::session::{Restored, title_of};
use crate::web::settings::Settings;

/// The dialog that is open.
#[derive(Clone)]
pub enum DialogKind {
    Help,
    Settings,
    Commands,
    Documents,
    Paste,
    Fields,
    /// Something is still open.
    Complete,
    Export,
    Erase,
    /// A document is to be deleted; whether that was asked in the list.
    Remove(DocumentId, bool),
    Project(ProjectDialog),
    Clash(Rc<Clash>),
    Report(PtrEq<OpenReport>),
    /// A new version of the text that shares next to nothing with the old one.
    Unrelated(Rc<Unrelated>),
    NeedsText,
    Restored(Restored),
    Import(PtrEq<Value>, PtrEq<[String]>),
    SchemaEditor,
    NewLabel,
    /// A file of a label set that has errors: its name, and a sentence for each.
    SchemaProblems(AttrValue, Rc<[AttrValue]>),
    Failed(AttrValue, AttrValue),
}

/// Draws the dialog that is open.
pub type DrawDialog = fn(&App, &Context<App>, &Callback<Command>) -> Html;

/// The part is not there and cannot be fetched.
pub struct NotLoaded;

/// Whether they can be drawn.
#[derive(Default)]
pub(super) enum Dialogs {
    #[default]
    Absent,
    Loading,
    Loaded(DrawDialog),
}

/// All that is reached from here alone is split off.
#[cfg_attr(feature = "split", wasm_split_helpers::wasm_split(dialogs, fallible))]
fn dialogs() -> Result<DrawDialog, NotLoaded> {
    Ok(|app, ctx, on_command| app.dialog_html(ctx, on_command))
}

#[cfg(feature = "split")]
impl From<wasm_split_helpers::SplitLoaderError> for NotLoaded {
    fn from(_: wasm_split_helpers::SplitLoaderError) -> NotLoaded {
        NotLoaded
    }
}

impl App {
    /// Loads them, unless they are there or on their way.
    pub(super) fn load_dialogs(&mut self, ctx: &Context<Self>) {
        if !matches!(self.dialogs, Dialogs::Absent) {
            return;
        }
        self.dialogs = Dialogs::Loading;
        let link = ctx.link().clone();
        spawn_local(async move {
            #[cfg(feature = "split")]
            let loaded = dialogs().await;
            #[cfg(not(feature = "split"))]
            let loaded = dialogs();
            link.send_message(Msg::Dialogs(loaded));
        });
    }

    /// Loads them where one is to be drawn.
    pub(super) fn need_dialogs(&mut self, ctx: &Context<Self>) {
        if self.dialog.is_some() {
            self.load_dialogs(ctx);
        }
    }

    pub(super) fn take_dialogs(&mut self, loaded: Result<DrawDialog, NotLoaded>) {
        match loaded {
            Ok(draw) => self.dialogs = Dialogs::Loaded(draw),
            Err(NotLoaded) => {
                // The next dialog tries again.
                self.dialogs = Dialogs::Absent;
                if mem::take(&mut self.dialog).is_some() {
                    self.message = tr!("dialog.not-loaded");
                    self.is_refusal = true;
                }
            }
        }
    }

    pub(super) fn tell_unreadable(&mut self) {
        let words = tr!("documents.unreadable");
        self.dialog = Some(DialogKind::Failed(tr!("documents.title"), words));
    }

    pub(super) fn open_dialog(&self, ctx: &Context<Self>, on_command: &Callback<Command>) -> Html {
        match self.dialogs {
            Dialogs::Loaded(draw) => draw(self, ctx, on_command),
            Dialogs::Absent | Dialogs::Loading => html! {},
        }
    }

    fn dialog_html(&self, ctx: &Context<Self>, on_command: &Callback<Command>) -> Html {
        let Some(dialog) = &self.dialog else { return html! {} };
        let on_close = sending(ctx, |()| Msg::CloseDialog);
        let (store, schema) = (PtrEq(self.session.store.clone()), PtrEq(self.state.schema.clone()));
        match dialog {
            DialogKind::Help => help(&HelpProps { schema, on_close }),
            DialogKind::Settings => settings_dialog(&SettingsDialogProps {
                settings: self.settings.clone(),
                on_settings: sending(ctx, Msg::Settings),
                on_command: on_command.clone(),
                on_close,
            }),
            DialogKind::Commands => component::<CommandList>(CommandListProps {
                schema,
                on_choose: sending(ctx, Msg::RunListed),
                on_close,
            }),
            DialogKind::Documents => self.documents_html(ctx, on_command, on_close),
            DialogKind::Paste => paste_dialog(sending(ctx, |text| Msg::Pasted(None, text)), on_close),
            DialogKind::Fields => fields_dialog(&FieldsProps {
                store,
                state: PtrEq(self.state.clone()),
                annotator_name: self.settings.annotator_name.clone().into(),
                on_status: sending(ctx, Msg::Status),
                on_close,
            }),
            DialogKind::Complete => complete_dialog(&CompleteProps {
                state: PtrEq(self.state.clone()),
                on_go: sending(ctx, Msg::GoTo),
                on_unseen: sending(ctx, |()| Msg::RunListed(Listed::Command(Command::NextUnseen))),
                on_anyway: sending(ctx, |()| Msg::CompleteAnyway),
                on_close,
            }),
            DialogKind::Export => self.export_html(ctx, on_close),
            DialogKind::Import(told, present) => self.import_html(ctx, told, present, on_close),
            DialogKind::Erase => confirm(&ConfirmProps {
                title: tr!("command.erase-everything"),
                question: tr!("erase.question"),
                act: tr!("erase.act"),
                on_confirm: sending(ctx, |()| Msg::Erase),
                on_close,
            }),
            DialogKind::Remove(id, is_listed) => self.removing_html(ctx, (id, *is_listed), on_close),
            DialogKind::Project(dialog) => self.project_html(ctx, dialog, on_close),
            DialogKind::SchemaEditor | DialogKind::NewLabel | DialogKind::SchemaProblems(..) => {
                self.schema_dialog_html(dialog, on_command, on_close)
            }
            told => self.told_html(ctx, told, on_close),
        }
    }

    /// The dialogs that tell how the opening of a file went.
    fn told_html(&self, ctx: &Context<Self>, dialog: &DialogKind, on_close: Callback<()>) -> Html {
        match dialog {
            DialogKind::Clash(clash) => clash_dialog(&ClashProps {
                clash: PtrEq(clash.clone()),
                on_answer: sending(ctx, Msg::AnswerClash),
                on_close,
            }),
            DialogKind::Report(report) => {
                let on_go = sending(ctx, Msg::GoFromReport);
                report_dialog(&ReportProps { report: report.clone(), on_go, on_close })
            }
            DialogKind::Unrelated(_) => confirm(&ConfirmProps {
                title: tr!("version.title"),
                question: tr!("version.unrelated"),
                act: tr!("version.anyway"),
                on_confirm: sending(ctx, |()| Msg::OpenUnrelated),
                on_close,
            }),
            DialogKind::NeedsText => {
                let name =
                    self.waiting.borrow().as_ref().map(|waiting| waiting.name.clone()).unwrap_or_default();
                let on_choose = sending(ctx, |()| Msg::ChooseText);
                needs_text_dialog(&NeedsTextProps { file_name: name.into(), on_choose, on_close })
            }
            DialogKind::Restored(restored) => restored_dialog(&RestoredProps {
                restored: *restored,
                on_command: sending(ctx, Msg::Run),
                on_close,
            }),
            DialogKind::Failed(title, words) => {
                failed_dialog(&FailedProps { title: title.clone(), words: words.clone(), on_close })
            }
            _ => html! {},
        }
    }

    /// The dialogs about the label set.
    fn schema_dialog_html(
        &self,
        dialog: &DialogKind,
        on_command: &Callback<Command>,
        on_close: Callback<()>,
    ) -> Html {
        let (store, state) = (PtrEq(self.session.store.clone()), PtrEq(self.state.clone()));
        let (memory, theme) = (PtrEq(self.schema_memory.clone()), self.theme());
        match dialog {
            DialogKind::SchemaProblems(file_name, lines) => schema_problems_dialog(&SchemaProblemsProps {
                file_name: file_name.clone(),
                lines: lines.clone(),
                on_close,
            }),
            DialogKind::NewLabel => {
                component::<NewLabelDialog>(NewLabelProps { store, state, memory, theme, on_close })
            }
            _ => {
                let on_command = on_command.clone();
                component::<SchemaEditor>(SchemaEditorProps {
                    store,
                    state,
                    memory,
                    theme,
                    on_command,
                    on_close,
                })
            }
        }
    }

    fn import_html(
        &self,
        ctx: &Context<Self>,
        told: &PtrEq<Value>,
        present: &PtrEq<[String]>,
        on_close: Callback<()>,
    ) -> Html {
        component::<ImportDialog>(ImportProps {
            session: PtrEq(self.session.clone()),
            schema: PtrEq(self.state.schema.clone()),
            told: told.clone(),
            present: present.clone(),
            version_of: (self.wants_version || !self.state.annotations.is_empty())
                .then(|| title_of(&self.state).into()),
            is_version: self.wants_version,
            on_done: sending(ctx, Msg::Imported),
            on_close,
        })
    }

    fn export_html(&self, ctx: &Context<Self>, on_close: Callback<()>) -> Html {
        let settings = self.settings.clone();
        let on_name = ctx.link().callback(move |annotator_name: String| {
            Msg::Settings(Settings { annotator_name, ..settings.clone() })
        });
        component::<ExportDialog>(ExportProps {
            session: PtrEq(self.session.clone()),
            state: PtrEq(self.state.clone()),
            annotator_name: self.settings.annotator_name.clone(),
            on_name,
            on_saved: sending(ctx, Msg::Say),
            on_close,
        })
    }
}

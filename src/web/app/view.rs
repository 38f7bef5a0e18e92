//! The page as a whole.

use web_sys::HtmlInputElement;
use yew::prelude::*;

use crate::edit::commands::status::{DRAFT, status, statuses};
use crate::edit::keymap::Command;
use crate::edit::state::State;
use crate::model::document::field_text;
use crate::model::schema::{Choice, FieldKind, FieldType, Label};
use crate::view_model::messages::{Piece, pieces};
use crate::web::app::files::files_of;
use crate::web::app::{App, Msg};
use crate::web::components::article::{Article, ArticleProps};
use crate::web::components::element::{Element, button, component, element, fragment, sending};
use crate::web::components::header::{HeaderProps, header};
use crate::web::components::inspector::{Inspector, InspectorProps};
use crate::web::components::kbd::{kbd, keys_of};
use crate::web::components::palette::{Palette, PaletteProps};
use crate::web::components::side_panel::{SidePanelProps, side_panel};
use crate::web::components::status_line::{StatusLineProps, status_line};
use crate::web::dom;
use crate::web::i18n::{language_name, partial_date, pick, tr};
use crate::web::ptr_eq::PtrEq;
use crate::web::session::title_of;
use crate::web::settings::Settings;

/// The fields shown above the article, where they are filled.
const HEAD_FIELDS: [&str; 5] = ["agency", "dateline_place", "date_published", "language", "url"];

impl App {
    pub(super) fn page(&self, ctx: &Context<Self>) -> Html {
        if !self.is_ready {
            let shell = element("p").class("shell").attr("aria-busy", "true").child("Sourcier");
            return fragment().child(shell).child(self.banners_box(ctx)).html();
        }
        let state = &self.state;
        let store = PtrEq(self.session.store.clone());
        let on_command = sending(ctx, Msg::Run);
        let on_status = sending(ctx, Msg::Status);
        let palette = component::<Palette>(PaletteProps {
            store: store.clone(),
            schema: PtrEq(state.schema.clone()),
            counts: PtrEq(state.annotations.counts().clone()),
            armed: state.focus.armed.clone(),
            in_hand: state.label_in_hand().cloned(),
            on_command: on_command.clone(),
        });
        let article = component::<Article>(ArticleProps {
            store,
            language: self.settings.language,
            scroll_to: self.scroll_to,
            session: PtrEq(self.session.clone()),
        });
        // A change of language draws everything anew.
        element("div")
            .class("app")
            .key(self.settings.language.tag())
            .child(header(&HeaderProps {
                title: self.title(),
                statuses: statuses(state)
                    .iter()
                    .filter(|_| self.has_document())
                    .map(|choice| (AttrValue::Rc(choice.value.clone()), self.status_name(choice)))
                    .collect(),
                status: status(state).map(AttrValue::Rc).unwrap_or_default(),
                is_read_only: self.session.store.is_read_only(),
                on_status,
                on_command: on_command.clone(),
            }))
            .child(palette)
            .child(
                element("main")
                    .class("main")
                    .node(self.main.clone())
                    .onscroll(sending(ctx, |_: Event| Msg::Scrolled))
                    .child(
                        element("div")
                            .class("column")
                            .child(self.hint(ctx))
                            .child(self.head(ctx, &on_command))
                            .child(article),
                    ),
            )
            .child(self.side(ctx))
            .child(status_line(&StatusLineProps {
                store: self.session.store.clone(),
                state: PtrEq(state.clone()),
                status: self.status.clone(),
                last_backup_ms: self.last_backup_ms,
                is_persistent: self.is_persistent,
                message: self.message.clone(),
                is_refusal: self.is_refusal,
                on_command: on_command.clone(),
            }))
            .child(self.banners_box(ctx))
            .child(self.file_input(ctx))
            .child(self.open_dialog(ctx, &on_command))
            .html()
    }

    /// The inspector, and under it the tabs.
    fn side(&self, ctx: &Context<Self>) -> Element {
        let store = PtrEq(self.session.store.clone());
        let state = PtrEq(self.state.clone());
        let inspector = component::<Inspector>(InspectorProps {
            store: store.clone(),
            schema: PtrEq(state.schema.clone()),
            chosen: state.chosen().cloned().map(PtrEq),
            state: state.clone(),
            is_read_only: self.session.store.is_read_only(),
        });
        element("aside")
            .class(classes!("side", self.is_list_open.then_some("side--list")))
            .attr("aria-label", tr!("side.label"))
            .child(inspector)
            .child(side_panel(&SidePanelProps {
                store,
                state,
                tab: self.tab,
                dismissed: self.dismissed.clone(),
                on_tab: sending(ctx, Msg::Tab),
                on_close: sending(ctx, |_: MouseEvent| Msg::CloseList),
            }))
    }

    /// What the browser asks for files with; nobody sees it.
    fn file_input(&self, ctx: &Context<Self>) -> Element {
        let onchange = sending(ctx, chosen_files);
        element("input")
            .node(self.file_input.clone())
            .attr("type", "file")
            .flag("multiple", true)
            .flag("hidden", true)
            .attr("aria-hidden", "true")
            .attr("tabindex", "-1")
            .onchange(onchange)
    }

    /// The first hint: until it is put away.
    fn hint(&self, ctx: &Context<Self>) -> Html {
        let is_touch = dom::is_touch();
        let schema = &self.state.schema;
        let named = |label: &&Label| is_touch || label.hotkey.is_some();
        let (first, last) = (schema.groups.first(), schema.groups.last());
        // As a rule statements come first, the strongest last, and entities at the end.
        let statement = first.and_then(|group| schema.labels_of(&group.id).filter(named).last());
        let entity = last.and_then(|group| schema.labels_of(&group.id).find(named));
        let (Some(statement), Some(entity)) = (statement, entity) else { return html! {} };
        if self.settings.hint_seen || !self.has_document() {
            return html! {};
        }
        let settings = Settings { hint_seen: true, ..self.settings.clone() };
        let onclick = ctx.link().callback(move |_: MouseEvent| Msg::Settings(settings.clone()));
        let text = if is_touch { tr!("hint.touch") } else { tr!("hint.text") };
        let words = pieces(&text).map(|piece| hint_piece(piece, statement, entity));
        element("p")
            .class("hint")
            .child(element("span").children(words))
            .child(button().class("hint__close").onclick(onclick).child(tr!("hint.close")))
            .html()
    }

    /// What the open document is called.
    pub(super) fn title(&self) -> AttrValue {
        if self.has_document() { title_of(&self.state).into() } else { tr!("header.no-document") }
    }

    /// What a value of the status is called, as in the list of documents: a draft in which nothing was
    /// done is still to be done.
    fn status_name(&self, choice: &Choice) -> AttrValue {
        let State { annotations, paragraphs, .. } = &*self.state;
        let is_untouched = annotations.is_empty() && paragraphs.is_empty();
        if is_untouched && *choice.value == *DRAFT { tr!("documents.to-do") } else { pick(&choice.name) }
    }

    /// Whether there is one: a project may be empty.
    pub(super) fn has_document(&self) -> bool {
        !self.state.document.text.is_empty() || self.session.is_kept()
    }

    /// The headline and the fields above the article; without a document, the ways to one.
    fn head(&self, ctx: &Context<Self>, on_command: &Callback<Command>) -> Html {
        if !self.has_document() {
            let sample = button().onclick(sending(ctx, |_: MouseEvent| Msg::OpenSample));
            let way = |command| button().sends(on_command, command);
            return element("p")
                .class("article-head")
                .child(way(Command::Open).child(tr!("header.open")))
                .child(way(Command::PasteText).child(tr!("command.paste-text")))
                .child(way(Command::Documents).child(tr!("command.documents")))
                .child(sample.child(tr!("documents.sample")))
                .html();
        }
        let state = &self.state;
        let headline = field_text(&state.fields, "headline").map(str::to_string);
        let filled = HEAD_FIELDS.iter().filter_map(|key| {
            let field = state.schema.document_fields.iter().find(|field| field.key.as_str() == *key);
            let value = field_text(&state.fields, key)?.to_string();
            Some(
                element("div")
                    .child(
                        element("dt").child(field.map_or_else(|| (*key).into(), |field| pick(&field.name))),
                    )
                    .child(element("dd").attr("dir", "auto").child(shown_value(field, &value)))
                    .html(),
            )
        });
        element("header")
            .class("article-head")
            .child(if let Some(headline) = headline {
                element("h2").class("article-head__headline").attr("dir", "auto").child(headline).html()
            } else {
                html! {}
            })
            .child(element("dl").class("article-head__fields").children(filled))
            .child(
                button()
                    .class("article-head__edit")
                    .sends(on_command, Command::DocumentFields)
                    .child(tr!("fields.edit")),
            )
            .html()
    }
}

/// A part of the hint: the names of two labels with their keys, and the key of the help.
fn hint_piece(piece: Piece<'_>, statement: &Label, entity: &Label) -> Html {
    let name = match piece {
        Piece::Words(words) => return html! { { words } },
        Piece::Name(name) => name,
    };
    let label = if name.starts_with("statement") { statement } else { entity };
    match name {
        "statement" | "entity" => element("b").child(pick(&label.name)).html(),
        "statement-key" | "entity-key" => kbd(&label.hotkey.map(|key| key.to_string()).unwrap_or_default()),
        _ => kbd(&keys_of(Command::Help).into_iter().next().unwrap_or_default()),
    }
}

/// A choice by its name, everything else as it is.
fn shown_value(field: Option<&FieldType>, value: &str) -> AttrValue {
    if let Some(FieldType { kind: FieldKind::Choice(choices), .. }) = field
        && let Some(choice) = choices.iter().find(|choice| *choice.value == *value)
    {
        return pick(&choice.name);
    }
    AttrValue::from(match field.map(|field| &field.kind) {
        Some(FieldKind::Language) => language_name(value),
        Some(FieldKind::Date) => partial_date(value),
        _ => value.to_string(),
    })
}

/// The files that were chosen in the field that tells of it.
pub(super) fn chosen_files(event: Event) -> Msg {
    Msg::Files(files_of(event.target_unchecked_into::<HtmlInputElement>().files()))
}

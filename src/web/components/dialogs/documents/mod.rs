//! The documents on this computer: how far each is, and the way to it.

mod line;
pub mod progress;
mod project_bar;

use wasm_bindgen_futures::spawn_local;
use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use crate::edit::keymap::Command;
use crate::model::ids::{DocumentId, ProjectId};
use crate::model::schema::Schema;
use crate::sorted::{sort_by, sort_by_key};
use crate::text::unicode::lower_case;
use crate::web::app::RemovedDocument;
use crate::web::components::dialog::dialog;
use crate::web::components::element::{Element, button, element, fragment, select_option};
use crate::web::i18n::{tr, tr_count, tr_with};
use crate::web::library::Entry;
use crate::web::long_work::Stop;
use crate::web::ptr_eq::PtrEq;
use crate::web::session::{Project, Session};
use line::line;
pub use line::row_id;
use progress::{state_name, state_of, states_of};
use project_bar::project_bar;
pub use project_bar::{ProjectAct, project_name};

/// The most documents that are listed; a search finds the others.
const LINES_MAX: usize = 300;
/// With fewer documents than this the list needs no search.
const SEARCH_FROM: usize = 5;
/// What the list of states calls the documents with the mark.
const FLAGGED: &str = "flagged";

#[derive(Clone, PartialEq, Properties)]
pub struct DocumentsProps {
    pub session: PtrEq<Session>,
    pub schema: PtrEq<Schema>,
    /// `None` while the list is read.
    pub entries: Option<PtrEq<[Entry]>>,
    pub projects: PtrEq<[Project]>,
    /// The open project.
    pub project: ProjectId,
    pub on_project: Callback<ProjectAct>,
    pub open: DocumentId,
    pub on_open: Callback<DocumentId>,
    pub on_act: Callback<(Act, DocumentId)>,
    /// Those deleted while the page is open, of all projects.
    pub removed: Vec<RemovedDocument>,
    pub on_bring_back: Callback<DocumentId>,
    pub on_sample: Callback<()>,
    /// The files of a folder are chosen, in the element that told of it.
    pub on_folder: Callback<Event>,
    pub on_command: Callback<Command>,
    pub on_close: Callback<()>,
}

/// What a person wants of a document in the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    Rename,
    Flag(bool),
    Duplicate,
    Remove,
}

/// By what the list is sorted.
#[derive(Clone, Copy, PartialEq)]
enum Order {
    Opened,
    Title,
    Changed,
    Annotations,
}

const ORDERS: [(&str, Order); 4] = [
    ("opened", Order::Opened),
    ("title", Order::Title),
    ("changed", Order::Changed),
    ("annotations", Order::Annotations),
];

pub enum Msg {
    Query(String),
    InTexts(bool),
    /// A search found a document.
    Found(Stop, DocumentId),
    /// A search is over.
    Searched(Stop),
    Order(String),
    State(String),
}

pub struct DocumentsDialog {
    query: String,
    /// Whether the texts are searched too, and what was found there.
    is_in_texts: bool,
    found: Vec<DocumentId>,
    /// The search under way.
    search: Option<Stop>,
    order: Order,
    /// The state of the documents that are listed; empty for all.
    state: String,
}

impl Component for DocumentsDialog {
    type Message = Msg;
    type Properties = DocumentsProps;

    fn create(_: &Context<Self>) -> Self {
        DocumentsDialog {
            query: String::new(),
            is_in_texts: false,
            found: Vec::new(),
            order: Order::Opened,
            state: String::new(),
            search: None,
        }
    }

    fn update(&mut self, ctx: &Context<Self>, msg: Msg) -> bool {
        match msg {
            Msg::Query(query) => {
                self.query = query;
                self.search(ctx);
            }
            Msg::InTexts(is_in_texts) => {
                self.is_in_texts = is_in_texts;
                self.search(ctx);
            }
            // What a search finds that is no longer wanted is dropped.
            Msg::Found(search, _) | Msg::Searched(search) if self.search.as_ref() != Some(&search) => {
                return false;
            }
            Msg::Found(_, id) => self.found.push(id),
            Msg::Searched(_) => self.search = None,
            Msg::Order(name) => {
                let order = ORDERS.iter().find(|(known, _)| *known == name);
                self.order = order.map_or(Order::Opened, |(_, order)| *order);
            }
            Msg::State(state) => self.state = state,
        }
        true
    }

    fn destroy(&mut self, _: &Context<Self>) {
        self.stop_search();
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let DocumentsProps { entries, on_sample, on_folder, on_command, on_close, .. } = ctx.props();
        let list = match entries {
            None => element("p").child(tr!("documents.reading")),
            Some(entries) if entries.is_empty() => element("p").child(tr!("documents.none")),
            Some(entries) => self.list(ctx, entries),
        };
        let actions = element("p")
            .class("dialog__actions")
            .child(button().sends(on_sample, ()).child(tr!("documents.sample")))
            .child(folder_button(on_folder))
            .child(
                button().class("button--main").sends(on_command, Command::Open).child(tr!("command.open")),
            );
        dialog(
            tr!("documents.title"),
            on_close.clone(),
            "dialog--wide",
            fragment().child(project_bar(ctx.props())).child(list).child(removed(ctx.props())).child(actions),
        )
    }
}

impl DocumentsDialog {
    fn search(&mut self, ctx: &Context<Self>) {
        self.stop_search();
        self.found.clear();
        let query = self.query.trim().to_string();
        if !self.is_in_texts || query.is_empty() {
            return;
        }
        let (session, link, search) = (ctx.props().session.clone(), ctx.link().clone(), Stop::default());
        self.search = Some(search.clone());
        spawn_local(async move {
            let on_found = |id| link.send_message(Msg::Found(search.clone(), id));
            // Where the texts cannot be read, there is nothing in them to be found.
            let _ = session.find_in_texts(&query, &search, &on_found).await;
            link.send_message(Msg::Searched(search));
        });
    }

    fn stop_search(&mut self) {
        if let Some(search) = self.search.take() {
            search.ask();
        }
    }

    /// The documents to list, in their order.
    fn listed<'e>(&self, entries: &'e [Entry]) -> Vec<&'e Entry> {
        let query = lower_case(self.query.trim());
        let has_words =
            |entry: &Entry| lower_case(&entry.title).contains(&query) || self.found.contains(&entry.id);
        let has_state = |entry: &Entry| match &*self.state {
            "" => true,
            FLAGGED => entry.is_flagged,
            state => state_of(entry) == state,
        };
        let listed = entries.iter().filter(|entry| has_words(entry) && has_state(entry));
        let mut listed: Vec<&Entry> = listed.collect();
        match self.order {
            Order::Opened => {}
            Order::Title => {
                sort_by(&mut listed, |left, right| lower_case(&left.title).cmp(&lower_case(&right.title)))
            }
            Order::Changed => sort_by_key(&mut listed, |entry| std::cmp::Reverse(entry.modified_ms)),
            Order::Annotations => sort_by_key(&mut listed, |entry| std::cmp::Reverse(entry.annotations)),
        }
        listed
    }

    fn list(&self, ctx: &Context<Self>, entries: &[Entry]) -> Element {
        let listed = self.listed(entries);
        let lines = listed
            .iter()
            .take(LINES_MAX)
            .fold(element("ul").class("documents").attr("role", "list"), |lines, entry| {
                lines.child(line(ctx.props(), entry))
            });
        let rest = listed.len().saturating_sub(LINES_MAX);
        // In a box of its own, so that the field stays the same element while someone types in it.
        let is_searching = self.search.is_some();
        let is_over = listed.is_empty() && !is_searching;
        let found = element("div")
            .child(is_over.then(|| element("p").child(tr!("documents.no-match"))))
            .child(lines)
            .child(is_searching.then(|| element("p").child(tr!("documents.reading"))))
            .child((rest > 0).then(|| element("p").child(tr_count("documents.more", rest))));
        let tools = (entries.len() >= SEARCH_FROM).then(|| self.tools(ctx, entries));
        element("div").child(element("div").child(tools)).child(found)
    }

    /// Search, state and order.
    fn tools(&self, ctx: &Context<Self>, entries: &[Entry]) -> Element {
        let oninput = ctx.link().callback(|event: InputEvent| {
            Msg::Query(event.target_unchecked_into::<HtmlInputElement>().value())
        });
        let in_texts = ctx.link().callback(|event: Event| {
            Msg::InTexts(event.target_unchecked_into::<HtmlInputElement>().checked())
        });
        let select = |name: AttrValue, message: fn(String) -> Msg| {
            let onchange = ctx.link().callback(move |event: Event| {
                message(event.target_unchecked_into::<HtmlSelectElement>().value())
            });
            element("select").attr("aria-label", name).onchange(onchange)
        };
        let all = select_option("", self.state.is_empty(), tr!("documents.all-states"));
        let states = states_of(entries).into_iter().fold(
            select(tr!("documents.state"), Msg::State).child(all),
            |select, state| {
                let name = state_name(&ctx.props().schema, state);
                select.child(select_option(state.to_owned(), self.state == state, name))
            },
        );
        let flagged = select_option(FLAGGED, self.state == FLAGGED, tr!("documents.flagged"));
        let states = states.child(entries.iter().any(|entry| entry.is_flagged).then_some(flagged));
        let orders =
            ORDERS.iter().fold(select(tr!("documents.order"), Msg::Order), |select, (name, order)| {
                select.child(select_option(*name, self.order == *order, tr(&format!("documents.by-{name}"))))
            });
        element("div")
            .class("documents__tools")
            .child(
                element("input")
                    .attr("type", "search")
                    .attr("placeholder", tr!("documents.search"))
                    .attr("aria-label", tr!("documents.search"))
                    .value(self.query.clone())
                    .oninput(oninput),
            )
            .child(
                element("label")
                    .class("export__flag")
                    .child(
                        element("input")
                            .attr("type", "checkbox")
                            .checked(self.is_in_texts)
                            .onchange(in_texts),
                    )
                    .child(element("span").child(tr!("documents.in-texts"))),
            )
            .child(states)
            .child(orders)
    }
}

/// The documents of the project that were deleted, each with the way back.
fn removed(props: &DocumentsProps) -> Option<Element> {
    let here = |removed: &&RemovedDocument| removed.project == props.project;
    let line = |removed: &RemovedDocument| {
        let name = tr_with!("documents.bring-back-named", &[("title", &removed.title)]);
        let back = button().sends(&props.on_bring_back, removed.id.clone()).attr("aria-label", name);
        element("li")
            .class("documents__line")
            .child(element("span").class("documents__open").child(&removed.title))
            .child(back.child(tr!("documents.bring-back")))
    };
    let mut lines = props.removed.iter().filter(here).map(line).peekable();
    lines.peek().is_some().then(|| {
        element("section")
            .child(element("h3").child(tr!("documents.removed")))
            .child(element("ul").class("documents").attr("role", "list").children(lines))
    })
}

/// A button, and the field that browsers choose a folder with, which nobody sees.
fn folder_button(on_folder: &Callback<Event>) -> Element {
    let field = NodeRef::default();
    let choose = {
        let field = field.clone();
        move |_: MouseEvent| {
            if let Some(field) = field.cast::<HtmlInputElement>() {
                field.click();
            }
        }
    };
    fragment()
        .child(
            element("input")
                .node(field)
                .attr("type", "file")
                .flag("webkitdirectory", true)
                .flag("hidden", true)
                .attr("aria-hidden", "true")
                .attr("tabindex", "-1")
                .onchange(on_folder.clone()),
        )
        .child(button().onclick(choose).child(tr!("documents.folder")))
}

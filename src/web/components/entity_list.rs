//! The entities of the document, each with its mentions, and what could be one.

mod card;

use std::cell::{Cell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, HtmlInputElement};
use yew::prelude::*;

use crate::edit::commands::entity::{split, unite_all};
use crate::edit::commands::link::choose_or_link;
use crate::edit::state::State;
use crate::edit::transaction::Edit;
use crate::model::ids::{AnnotationId, EntityId};
use crate::model::schema::Schema;
use crate::sorted::SortedSet;
use crate::text::unicode::lower_case;
use crate::view_model::entities::{EntityRow, Name, Names, Proposal, entity_rows, rows_with};
use crate::web::components::element::{button, element, sending};
use crate::web::components::entity_list::card::{Card, card};
use crate::web::components::line::short_label;
use crate::web::components::scroll_window::ScrollWindow;
use crate::web::components::swatch::swatch;
use crate::web::dom;
use crate::web::i18n::{number, pick, tr, tr_count, tr_with};
use crate::web::ptr_eq::PtrEq;
use crate::web::store::{Store, StoreEvent, Subscription};

/// As in `entity_list.css`.
const ROW_REM: f64 = 2.875;
/// With more entities than this there is a search.
const SEARCH_FROM: usize = 12;
/// How many mentions of the open entity are shown at first, and how many more at a time.
const MENTIONS_STEP: usize = 30;

/// The names that a person does not want to be asked about for now.
pub type Dismissed = RefCell<SortedSet<Name>>;

#[derive(Clone, PartialEq, Properties)]
pub struct EntityListProps {
    pub store: PtrEq<Store>,
    pub state: PtrEq<State>,
    pub dismissed: PtrEq<Dismissed>,
}

pub enum ListMsg {
    Scrolled,
    Search(String),
    /// Opens an entity, or closes it again.
    Toggle(EntityId),
    Choose(AnnotationId),
    /// Takes a mention out; its place among those shown.
    Split(AnnotationId, usize),
    /// Chooses the next mention of the first proposal.
    WalkProposal,
    JoinProposal,
    NotNow,
    Earlier,
    Later,
}

pub struct EntityList {
    rows: Vec<EntityRow>,
    /// The places of the rows that the search leaves.
    shown: Vec<usize>,
    names: Names,
    proposals: Vec<Proposal>,
    search: String,
    open: Option<EntityId>,
    /// Which mentions of the open entity are shown.
    mentions: Range<usize>,
    scroll: ScrollWindow,
    card: NodeRef,
    /// Whether the open row must be brought into view once drawn.
    reveal: bool,
    /// Whether what had the keys may be gone once drawn.
    keep_focus: bool,
    /// Whether an edit may have changed what is listed.
    is_stale: Rc<Cell<bool>>,
    _subscription: Subscription,
    /// The mention whose button gets the keys once drawn, by its place among those shown.
    focus: Option<usize>,
}

impl Component for EntityList {
    type Message = ListMsg;
    type Properties = EntityListProps;

    fn create(ctx: &Context<Self>) -> Self {
        let is_stale = Rc::new(Cell::new(false));
        let stale = is_stale.clone();
        let subscription = ctx.props().store.0.subscribe(move |event| {
            let concerns = match &**event {
                StoreEvent::Opened(_) => true,
                StoreEvent::Changed(changed) => changed.transaction.edits.iter().any(Edit::concerns_entities),
                _ => false,
            };
            stale.set(stale.get() || concerns);
        });
        let mut list = EntityList {
            rows: Vec::new(),
            shown: Vec::new(),
            names: Names::default(),
            proposals: Vec::new(),
            search: String::new(),
            open: None,
            mentions: 0..MENTIONS_STEP,
            scroll: ScrollWindow::new(ROW_REM),
            card: NodeRef::default(),
            reveal: false,
            keep_focus: false,
            focus: None,
            is_stale,
            _subscription: subscription,
        };
        list.look(ctx);
        list.open_chosen(&ctx.props().state);
        list
    }

    fn changed(&mut self, ctx: &Context<Self>, old: &Self::Properties) -> bool {
        let (new, old) = (&ctx.props().state, &old.state);
        let is_other = !Rc::ptr_eq(&new.document, &old.document);
        let has_changed = self.is_stale.replace(false) || is_other;
        if is_other {
            self.search.clear();
            self.open = None;
        }
        if has_changed {
            self.look(ctx);
        }
        let was_entity = old.chosen().and_then(|chosen| chosen.entity.clone());
        let is_entity = new.chosen().and_then(|chosen| chosen.entity.clone());
        if new.focus.chosen != old.focus.chosen || was_entity != is_entity {
            self.open_chosen(new);
            return true;
        }
        has_changed
    }

    fn update(&mut self, ctx: &Context<Self>, msg: ListMsg) -> bool {
        let EntityListProps { store, state, dismissed } = ctx.props();
        match msg {
            ListMsg::Scrolled => return self.scroll.measure(),
            ListMsg::Search(search) => {
                self.shown = rows_with(&self.rows, &search);
                self.search = search;
            }
            ListMsg::Toggle(id) => {
                let is_open = self.open.as_ref() == Some(&id);
                self.show(state, (!is_open).then_some(id));
            }
            ListMsg::Choose(id) => {
                store.command(|state, command_ctx| choose_or_link(state, command_ctx, &id));
                return false;
            }
            ListMsg::Split(id, place) => {
                self.focus = Some(place);
                store.command(|state, command_ctx| split(state, command_ctx, &id));
                return false;
            }
            ListMsg::WalkProposal => {
                let Some(proposal) = self.proposals.first() else { return false };
                let here = proposal.mentions.iter().position(|id| state.focus.chosen.as_ref() == Some(id));
                let next = here.map_or(0, |here| (here + 1) % proposal.mentions.len());
                let id = proposal.mentions[next].clone();
                store.command(|state, command_ctx| choose_or_link(state, command_ctx, &id));
                return false;
            }
            ListMsg::JoinProposal => {
                let Some(Proposal { mentions, .. }) = self.proposals.first() else { return false };
                store.command(|state, command_ctx| unite_all(state, command_ctx, mentions));
                let joined =
                    store.state().annotations.get(&mentions[0]).and_then(|mention| mention.entity.clone());
                self.show(&store.state(), joined);
                self.keep_focus = true;
            }
            ListMsg::NotNow => {
                if !self.proposals.is_empty() {
                    dismissed.borrow_mut().insert(self.proposals.remove(0).name);
                }
                self.keep_focus = true;
            }
            ListMsg::Earlier => self.mentions.start = self.mentions.start.saturating_sub(MENTIONS_STEP),
            ListMsg::Later => self.mentions.end += MENTIONS_STEP,
        }
        true
    }

    fn view(&self, ctx: &Context<Self>) -> Html {
        let len = self.shown.len();
        let window = self.scroll.range(len);
        let rows =
            window.clone().map(|place| self.row(ctx, &self.rows[self.shown[place]], place, len)).collect();
        let onscroll = sending(ctx, |_: Event| ListMsg::Scrolled);
        element("section")
            .class("entity-list")
            .attr("aria-label", tr!("side.entities"))
            .child(self.head(ctx))
            .child(self.proposal(ctx))
            .child_if(len == 0, || {
                element("p").class("entity-list__empty").child(match self.rows.is_empty() {
                    true => tr_with!("entities.empty", &[("key", &same_entity_key())]),
                    false => tr!("entities.no-match"),
                })
            })
            .child(self.scroll.list(len, window, onscroll, rows))
            .html()
    }

    fn rendered(&mut self, ctx: &Context<Self>, first_render: bool) {
        let card = self.card.cast::<HtmlElement>();
        if let (Some(card), Some((_, extra))) = (card, &mut self.scroll.heights.open) {
            let height = f64::from(card.offset_height());
            // Within a pixel: else a rounded height would be measured for ever.
            if (height - *extra).abs() > 1.0 {
                *extra = height;
                ctx.link().send_message(ListMsg::Scrolled);
            }
        }
        if first_render {
            ctx.link().send_message(ListMsg::Scrolled);
        }
        if std::mem::take(&mut self.reveal)
            && let Some((row, _)) = self.scroll.heights.open
        {
            self.scroll.reveal(row);
        }
        let mention = self.focus.take();
        if std::mem::take(&mut self.keep_focus) {
            self.keep_focus_here(mention);
        }
    }
}

impl EntityList {
    /// Reads the entities and names of the newest state.
    fn look(&mut self, ctx: &Context<Self>) {
        let EntityListProps { store, dismissed, .. } = ctx.props();
        let state = store.state();
        self.rows = entity_rows(&state);
        self.shown = rows_with(&self.rows, &self.search);
        let dismissed = dismissed.borrow();
        self.proposals = self.names.proposals(&state);
        self.proposals.retain(|proposal| !dismissed.contains(&proposal.name));
        self.place_open();
        // A button on what was taken away may have had the keys.
        self.keep_focus = true;
    }

    /// Opens the entity of the chosen mention.
    fn open_chosen(&mut self, state: &State) {
        if let Some(entity) = state.chosen().and_then(|chosen| chosen.entity.clone()) {
            self.show(state, Some(entity));
        }
    }

    /// Opens an entity, or none: with its first mentions, or those round the chosen one.
    fn show(&mut self, state: &State, entity: Option<EntityId>) {
        let chosen = state.chosen().filter(|chosen| chosen.entity == entity && entity.is_some());
        let place = match (&entity, chosen) {
            (Some(entity), Some(chosen)) => {
                state.annotations.mentions(entity).position(|mention| mention.id == chosen.id).unwrap_or(0)
            }
            _ => 0,
        };
        if self.open != entity || !self.mentions.contains(&place) {
            let start = if place < MENTIONS_STEP { 0 } else { place - MENTIONS_STEP / 2 };
            self.mentions = start..start + MENTIONS_STEP;
        }
        self.reveal = entity.is_some();
        self.open = entity;
        self.place_open();
    }

    /// Notes where the open row stands.
    fn place_open(&mut self) {
        let is_open = |place: &usize| self.open.as_ref() == Some(&self.rows[*place].entity.id);
        let extra = self.scroll.heights.open.map_or(0.0, |(_, extra)| extra);
        self.scroll.heights.open = self.shown.iter().position(is_open).map(|row| (row, extra));
    }

    /// Where what had the keys is gone, they stay in the list: on the mention that took the place
    /// of the one in hand, where there is one.
    fn keep_focus_here(&self, mention: Option<usize>) {
        let has_lost = dom::document().active_element().is_none_or(|active| active.tag_name() == "BODY");
        let Some(list) = self.scroll.node.cast::<HtmlElement>().filter(|_| has_lost) else { return };
        let next = mention.and_then(|place| {
            let buttons = list.query_selector_all(".entity-list__split").ok()?;
            let last = buttons.length().checked_sub(1)?;
            buttons.item(last.min(place as u32))?.dyn_into::<HtmlElement>().ok()
        });
        dom::focus_quietly(next.as_ref().unwrap_or(&list));
    }

    fn head(&self, ctx: &Context<Self>) -> Html {
        if self.rows.is_empty() {
            return html! {};
        }
        let oninput = sending(ctx, |event: InputEvent| {
            ListMsg::Search(event.target_unchecked_into::<HtmlInputElement>().value())
        });
        element("div")
            .class("entity-list__head")
            .child(
                element("h2").class("entity-list__count").child(tr_count("entities.count", self.rows.len())),
            )
            .child_if(self.rows.len() > SEARCH_FROM, || {
                element("input")
                    .attr("type", "search")
                    .attr("aria-label", tr!("entities.find"))
                    .attr("placeholder", tr!("entities.find"))
                    .value(self.search.clone())
                    .oninput(oninput)
            })
            .html()
    }

    /// The first of the names whose mentions could be one entity.
    fn proposal(&self, ctx: &Context<Self>) -> Html {
        let Some(proposal) = self.proposals.first() else { return html! {} };
        let schema = &ctx.props().state.schema;
        let count = number(proposal.mentions.len());
        let kind = kind_name(schema, proposal);
        let question =
            tr_with!("entities.proposal", &[("name", &proposal.words), ("n", &count), ("label", &kind)]);
        let act = |key: &'static str, class: Option<&'static str>, msg: fn() -> ListMsg| {
            button()
                .class(class)
                .onclick(ctx.link().callback(move |_: MouseEvent| msg()))
                .child(tr(key))
                .html()
        };
        element("div")
            .class("entity-list__proposal")
            .child(
                button()
                    .class("entity-list__question")
                    .attr("title", tr!("entities.walk"))
                    .onclick(sending(ctx, |_: MouseEvent| ListMsg::WalkProposal))
                    .child(swatch(schema, &proposal.name.0))
                    .child(element("span").attr("dir", "auto").child(question)),
            )
            .child(
                element("div")
                    .class("entity-list__answers")
                    .child(act("entities.join", Some("button--main"), || ListMsg::JoinProposal))
                    .child(act("entities.not-now", None, || ListMsg::NotNow))
                    .child_if(self.proposals.len() > 1, || {
                        element("span")
                            .class("entity-list__rest")
                            .child(tr_count("entities.more-proposals", self.proposals.len() - 1))
                    }),
            )
            .html()
    }

    fn row(&self, ctx: &Context<Self>, row: &EntityRow, place: usize, len: usize) -> Html {
        let state = &ctx.props().state;
        let entity = &row.entity;
        let is_open = self.open.as_ref() == Some(&entity.id);
        let is_chosen = state.chosen().is_some_and(|chosen| chosen.entity.as_ref() == Some(&entity.id));
        let label = state.schema.label(&entity.label);
        let label = label.map_or_else(|| AttrValue::from(entity.label.to_string()), short_label);
        let id = entity.id.clone();
        let onclick = ctx.link().callback(move |_: MouseEvent| ListMsg::Toggle(id.clone()));
        element("li")
            .key(entity.id.to_string())
            .class("entity-list__row")
            .attr("aria-setsize", len.to_string())
            .attr("aria-posinset", (place + 1).to_string())
            .child(
                button()
                    .class("entity-list__name")
                    .onclick(onclick)
                    .attr("aria-expanded", is_open.to_string())
                    .attr("aria-current", is_chosen.then_some("true"))
                    .child(swatch(&state.schema, &entity.label))
                    .child(element("b").attr("dir", "auto").child(AttrValue::Rc(entity.name.clone())))
                    .child(
                        element("span")
                            .child(label)
                            .child(" · ")
                            .child(tr_count("mention.count", row.mentions)),
                    ),
            )
            .child_if(is_open, || {
                card(&Card {
                    node: &self.card,
                    store: &ctx.props().store,
                    state,
                    rows: &self.rows,
                    entity,
                    len: row.mentions,
                    mentions: self.mentions.clone(),
                    on_list: &ctx.link().callback(|msg| msg),
                })
            })
            .html()
    }
}

/// What joins two mentions: a key, or under a finger the button of that row.
fn same_entity_key() -> String {
    if dom::is_touch() { [&*tr!("mention.title"), " +"].concat() } else { "g".into() }
}

/// What the mentions are, in the middle of a sentence: « personne ».
fn kind_name(schema: &Schema, proposal: &Proposal) -> String {
    let label = &proposal.name.0;
    let name =
        schema.label(label).map_or_else(|| AttrValue::from(label.to_string()), |label| pick(&label.name));
    let first = name.chars().next().map_or(0, char::len_utf8);
    let (first, rest) = name.split_at(first);
    let second: String = rest.chars().take(1).collect();
    // An abbreviation keeps its capitals.
    if lower_case(&second) == second { format!("{}{rest}", lower_case(first)) } else { name.to_string() }
}

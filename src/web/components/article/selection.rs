//! The page's selection and the state's, kept the same.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use gloo_timers::callback::Timeout;
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, Element, Event, HtmlElement, Node};
use yew::NodeRef;

use crate::edit::commands::Snap;
use crate::edit::commands::choose::select;
use crate::edit::notice::{Effect, Refusal};
use crate::edit::state::{Focus, Mode, Selection};
use crate::edit::transaction::Transaction;
use crate::model::document::Document;
use crate::text::span::TextOffset;
use crate::web::dom;
use crate::web::dom::highlight;
use crate::web::dom::keys::{KeyTarget, key_target};
use crate::web::dom::position::{PositionError, Side, offset_of, place_of, range_of};
use crate::web::store::Store;

/// How long a selection made by touch or by the browser must be at rest before it is taken up.
const SETTLE_MS: u32 = 350;
/// A longer selection, in bytes, is drawn as a highlight: see `dom::highlight`.
const SELECTED_LEN_MAX: u32 = 400_000;

/// Carries the selection between the page and the state.
pub struct SelectionSync {
    store: Rc<Store>,
    page: NodeRef,
    /// While a mouse button is down the page's selection is not final.
    is_held: Cell<bool>,
    /// The selection that a hand made, in sight: it needs no scrolling.
    by_hand: Cell<Option<Selection>>,
    /// The long selection that is drawn as a highlight.
    highlighted: Cell<Option<Selection>>,
    settle: RefCell<Option<Timeout>>,
}

impl SelectionSync {
    pub fn new(store: Rc<Store>, page: NodeRef) -> SelectionSync {
        SelectionSync {
            store,
            page,
            is_held: Cell::new(false),
            by_hand: Cell::new(None),
            highlighted: Cell::new(None),
            settle: RefCell::default(),
        }
    }

    pub fn set_held(&self, is_held: bool) {
        self.is_held.set(is_held);
    }

    /// Notes that a hand made the selection that the state now has.
    pub fn note_hand(&self) {
        self.by_hand.set(self.store.state().focus.selection);
    }

    pub fn is_by_hand(&self, selection: Option<Selection>) -> bool {
        selection.is_some() && self.by_hand.get() == selection
    }

    pub fn is_held(&self) -> bool {
        self.is_held.get()
    }

    pub fn page(&self) -> Option<HtmlElement> {
        self.page.cast()
    }

    /// The selection that the page shows, in offsets; `None` where it is not in the article.
    pub fn read(&self) -> Result<Option<Selection>, PositionError> {
        let Some(selection) = dom::window().get_selection().ok().flatten() else { return Ok(None) };
        let (Some(anchor), Some(head)) = (selection.anchor_node(), selection.focus_node()) else {
            return Ok(None);
        };
        let state = self.store.state();
        let anchor = self.offset(&state.document, &anchor, selection.anchor_offset());
        let head = self.offset(&state.document, &head, selection.focus_offset());
        match (anchor, head) {
            (Ok(anchor), Ok(head)) => Ok(Some(Selection { anchor, head })),
            (Err(PositionError::Tampered), _) | (_, Err(PositionError::Tampered)) => {
                Err(PositionError::Tampered)
            }
            _ => Ok(None),
        }
    }

    /// Takes the page's selection up into the state. Says so where the page shows other words
    /// than the document has.
    pub fn take(&self, snap: Snap) -> Option<Selection> {
        match self.read() {
            Ok(Some(selection)) => {
                self.store.command_snapped(snap, |state, ctx| Ok(select(state, ctx, selection)));
                self.note_hand();
                Some(selection)
            }
            Ok(None) => None,
            Err(_) => {
                // The next label key must not go to what was chosen or selected before.
                self.store.command(|state, ctx| {
                    let focus =
                        Focus { selection: None, chosen: None, mode: Mode::Normal, ..state.focus.clone() };
                    Ok(Effect::silent(Transaction::focus(focus, ctx.time_ms)))
                });
                self.store.notice(Err(Refusal::TextTampered));
                None
            }
        }
    }

    /// The page's selection changed by itself: by touch, by the browser's own search, by a
    /// screen reader. It is taken up once it is at rest.
    pub fn changed(self: &Rc<Self>) {
        if self.is_held.get() {
            return;
        }
        let this = self.clone();
        let settle = Timeout::new(SETTLE_MS, move || {
            let state = this.store.state();
            if let Ok(Some(selection)) = this.read()
                && Some(selection) != state.focus.selection
                && selection.span().is_some()
            {
                this.take(this.store.snap());
            }
        });
        *self.settle.borrow_mut() = Some(settle);
    }

    /// Copies the exact text of what the page shows as selected, where the browser would put blank
    /// lines of its own. Where all of the page is selected, that is the article's.
    pub fn copy(&self, event: &Event) {
        let clipboard = event.dyn_ref::<ClipboardEvent>().and_then(ClipboardEvent::clipboard_data);
        let Some(clipboard) = clipboard.filter(|_| key_target(event) != KeyTarget::Text) else { return };
        let state = self.store.state();
        let text = match self.read() {
            // Of a highlighted selection the page has but one end.
            Ok(Some(selection)) => {
                selection.span().or(state.selected_span()).map(|span| state.document.slice(span))
            }
            Ok(None) if self.is_all_selected() => Some(&*state.document.text),
            _ => None,
        };
        if let Some(text) = text {
            let _ = clipboard.set_data("text/plain", text);
            event.prevent_default();
        }
    }

    fn is_all_selected(&self) -> bool {
        let selection = dom::window().get_selection().ok().flatten();
        let (Some(selection), Some(page)) = (selection, self.page.get()) else { return false };
        selection.contains_node(&page).unwrap_or(false)
    }

    /// Shows the state's selection in the page, unless a text field has the focus.
    pub fn show(&self) {
        match self.store.state().focus.selection {
            Some(wanted) => self.put(wanted),
            None => self.clear_highlight(),
        }
    }

    /// What is selected in the page and may be lost when text is drawn anew under it: the browser's search
    /// has just gone to it, and it is not taken up yet.
    pub fn fleeting(&self) -> Option<Selection> {
        self.read().ok().flatten().filter(|selection| selection.span().is_some())
    }

    /// Shows a selection in the page, unless a text field has the focus.
    pub fn put(&self, wanted: Selection) {
        let state = self.store.state();
        let active = dom::document().active_element();
        let is_typing = active.is_some_and(|active: Element| {
            active.matches("input, textarea, select").unwrap_or(false)
                || active.closest("dialog").ok().flatten().is_some()
        });
        // Under a highlight the page's own selection is but a cursor.
        let is_shown = match self.highlighted.get() {
            Some(highlighted) => highlighted == wanted,
            None => self.read() == Ok(Some(wanted)),
        };
        if is_typing || self.is_held.get() || is_shown {
            return;
        }
        let Some(selection) = dom::window().get_selection().ok().flatten() else { return };
        let anchor = place_of(&state.document, wanted.anchor, Side::After);
        self.clear_highlight();
        let long = wanted.span().filter(|span| span.len_bytes() > SELECTED_LEN_MAX);
        if let (Some((anchor, anchor_at)), Some(range)) =
            (&anchor, long.and_then(|span| range_of(&state.document, span)))
            && highlight::show(&range)
        {
            self.highlighted.set(Some(wanted));
            let _ = selection.collapse_with_offset(Some(anchor), *anchor_at);
            return;
        }
        let head = place_of(&state.document, wanted.head, Side::After);
        if let (Some((anchor, anchor_at)), Some((head, head_at))) = (anchor, head) {
            let _ = selection.set_base_and_extent(&anchor, anchor_at, &head, head_at);
        }
    }

    fn clear_highlight(&self) {
        if self.highlighted.take().is_some() {
            highlight::clear();
        }
    }

    fn offset(&self, document: &Document, node: &Node, at: u32) -> Result<TextOffset, PositionError> {
        let page = self.page.get().ok_or(PositionError::Outside)?;
        if !page.unchecked_ref::<Node>().contains(Some(node)) {
            return Err(PositionError::Outside);
        }
        offset_of(document, node, at)
    }
}

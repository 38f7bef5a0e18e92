//! What a hand does on the article: clicks, drags, double clicks, and the handles at the ends.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, MouseEvent, PointerEvent};

use crate::edit::commands::Snap;
use crate::edit::commands::annotate::annotate_span;
use crate::edit::commands::choose::{link_at, select};
use crate::edit::commands::ends::{add_fragment, set_end, with_end};
use crate::edit::commands::paragraph::cycle;
use crate::edit::state::{Edge, Selection};
use crate::text::graphemes::previous_grapheme;
use crate::text::sentences::sentence_at;
use crate::text::span::{TextOffset, TextSpan};
use crate::text::words::word_at;
use crate::web::components::article::overlay::Overlay;
use crate::web::components::article::selection::SelectionSync;
use crate::web::dom;
use crate::web::dom::position::{Side, caret_rect, offset_at_point, place_of};
use crate::web::store::Store;

/// Turns mouse and touch into commands.
#[derive(Clone)]
pub struct Hands {
    store: Rc<Store>,
    selection: Rc<SelectionSync>,
    overlay: Rc<Overlay>,
    drag: Rc<RefCell<Option<HandleDrag>>>,
}

/// A handle under way.
struct HandleDrag {
    edge: Edge,
    place: Option<TextOffset>,
    _listeners: [EventListener; 2],
}

impl Hands {
    pub fn new(store: Rc<Store>, selection: Rc<SelectionSync>, overlay: Rc<Overlay>) -> Hands {
        Hands { store, selection, overlay, drag: Rc::default() }
    }

    /// The listeners on the page, and for releases anywhere.
    pub fn listen(&self, page: &Element) -> Vec<EventListener> {
        let document = dom::document();
        let (down, up, change) = (self.clone(), self.clone(), self.clone());
        let (cancel, margin, copy) = (self.clone(), self.clone(), self.clone());
        let options = EventListenerOptions::enable_prevent_default();
        vec![
            EventListener::new_with_options(&document, "copy", options, move |event| {
                copy.selection.copy(event)
            }),
            EventListener::new(page, "click", move |event| margin.margin_click(event)),
            EventListener::new(page, "mousedown", move |event| down.mouse_down(event)),
            EventListener::new(&document, "mouseup", move |event| up.mouse_up(event)),
            EventListener::new(&document, "dragend", move |_| cancel.selection.set_held(false)),
            EventListener::new(&document, "selectionchange", move |_| change.selection.changed()),
        ]
    }

    fn mouse_down(&self, event: &Event) {
        let Some(mouse) = event.dyn_ref::<MouseEvent>() else { return };
        if mouse.button() == 0 && !is_in_control(event) && block_beside(mouse).is_none() {
            self.selection.set_held(true);
            // Else a press on selected text would drag that text away instead of selecting anew.
            let is_first = mouse.detail() <= 1 && !mouse.shift_key();
            if let Some(selection) = dom::window().get_selection().ok().flatten().filter(|_| is_first) {
                let _ = selection.remove_all_ranges();
            }
        }
    }

    fn mouse_up(&self, event: &Event) {
        let Some(mouse) = event.dyn_ref::<MouseEvent>() else { return };
        if mouse.button() != 0 || !self.is_held() {
            return;
        }
        self.selection.set_held(false);
        let snap = if mouse.alt_key() { Snap::Characters } else { self.store.snap() };
        let is_fragment = if dom::is_mac() { mouse.meta_key() } else { mouse.ctrl_key() };
        match mouse.detail() {
            2 if !mouse.shift_key() => self.double_click(mouse),
            clicks if clicks >= 3 && !mouse.shift_key() => self.triple_click(mouse),
            _ => match self.selection.read() {
                Ok(Some(selection)) if selection.span().is_none() => {
                    let place = self.letter_under(mouse, selection.head);
                    self.store.command(|state, ctx| link_at(state, ctx, place));
                    self.selection.note_hand();
                    return;
                }
                _ => {
                    self.selection.take(snap);
                }
            },
        }
        self.after_selection(is_fragment);
    }

    /// A click in the margin says of the paragraph there that it is seen, or has nothing to mark.
    fn margin_click(&self, event: &Event) {
        let Some(block) = event.dyn_ref::<MouseEvent>().and_then(block_beside) else { return };
        let state = self.store.state();
        if let Some(block) = state.document.index.blocks.blocks().get(block) {
            self.store.command(|state, ctx| cycle(state, ctx, block.paragraph as usize));
        }
    }

    fn is_held(&self) -> bool {
        self.selection.is_held()
    }

    /// Where the letter under the pointer starts, given the nearest gap between letters: a click on
    /// the last half of a mark's last letter is a click on the mark.
    fn letter_under(&self, mouse: &MouseEvent, gap: TextOffset) -> TextOffset {
        let document = &self.store.state().document;
        let before = caret_rect(document, gap, Side::Before);
        let (x, y) = (f64::from(mouse.client_x()), f64::from(mouse.client_y()));
        match before {
            Some(rect) if x < rect.left() && y <= rect.bottom() => previous_grapheme(&document.text, gap),
            _ => gap,
        }
    }

    fn double_click(&self, mouse: &MouseEvent) {
        self.select_round(mouse, |hands, place| word_at(&hands.store.state().document.text, place));
    }

    fn triple_click(&self, mouse: &MouseEvent) {
        self.select_round(mouse, |hands, place| {
            let state = hands.store.state();
            let blocks = &state.document.index.blocks;
            let paragraph = blocks.paragraphs()[blocks.paragraph_at(place)?];
            Some(sentence_at(&state.document.text, paragraph, place, state.language()))
        });
    }

    fn select_round(&self, mouse: &MouseEvent, span_at: impl Fn(&Hands, TextOffset) -> Option<TextSpan>) {
        let document = self.store.state().document.clone();
        let place = offset_at_point(&document, f64::from(mouse.client_x()), f64::from(mouse.client_y()));
        let Some(span) = place.ok().and_then(|place| span_at(self, place)) else {
            self.selection.take(self.store.snap());
            return;
        };
        let selection = Selection::of_span(span);
        self.store.command_snapped(Snap::Characters, |state, ctx| Ok(select(state, ctx, selection)));
        self.selection.note_hand();
    }

    /// A selection made by hand: with Ctrl it is a fragment; with a label armed it takes it.
    fn after_selection(&self, is_fragment: bool) {
        let state = self.store.state();
        let Some(span) = state.selected_span() else { return };
        if is_fragment && state.chosen().is_some() {
            self.store.command(|state, ctx| add_fragment(state, ctx));
        } else if let Some(label) = &state.focus.armed {
            self.store.command(|state, ctx| annotate_span(state, ctx, label, span));
        }
        self.selection.note_hand();
    }

    /// Begins to drag an end of the chosen annotation.
    pub fn grab_handle(&self, event: &PointerEvent, edge: Edge) {
        event.prevent_default();
        let document = dom::document();
        let options = EventListenerOptions::enable_prevent_default();
        let (moving, done) = (self.clone(), self.clone());
        let listeners = [
            EventListener::new_with_options(&document, "pointermove", options, move |event| {
                event.prevent_default();
                if let Some(pointer) = event.dyn_ref::<PointerEvent>() {
                    moving.drag_handle(pointer);
                }
            }),
            EventListener::once(&document, "pointerup", move |_| done.drop_handle()),
        ];
        if let Some(page) = self.selection.page() {
            let _ = page.class_list().add_1("page--dragging");
        }
        *self.drag.borrow_mut() = Some(HandleDrag { edge, place: None, _listeners: listeners });
    }

    /// Shows where the end would go, as a selection.
    fn drag_handle(&self, pointer: &PointerEvent) {
        let state = self.store.state();
        let mut drag = self.drag.borrow_mut();
        let (Some(drag), Some(chosen)) = (drag.as_mut(), state.chosen()) else { return };
        let (x, y) = (f64::from(pointer.client_x()), f64::from(pointer.client_y()));
        let Ok(place) = offset_at_point(&state.document, x, y) else { return };
        let snap = if pointer.alt_key() { Snap::Characters } else { self.store.snap() };
        let Some(target) = with_end(&state, &chosen.target, drag.edge, place, snap) else { return };
        drag.place = Some(match drag.edge {
            Edge::Start => target.start(),
            Edge::End => target.end(),
        });
        let ends = (
            place_of(&state.document, target.start(), Side::After),
            place_of(&state.document, target.end(), Side::Before),
        );
        if let ((Some((start, start_at)), Some((end, end_at))), Ok(Some(selection))) =
            (ends, dom::window().get_selection())
        {
            let _ = selection.set_base_and_extent(&start, start_at, &end, end_at);
        }
    }

    fn drop_handle(&self) {
        if let Some(page) = self.selection.page() {
            let _ = page.class_list().remove_1("page--dragging");
        }
        let Some(drag) = self.drag.borrow_mut().take() else { return };
        if let Some(place) = drag.place {
            self.store.command(|state, ctx| set_end(state, ctx, drag.edge, place, Snap::Characters));
        }
        self.overlay.request();
    }
}

/// The block in whose margin the mouse is: on the paragraph's number or mark, which belong to the
/// block's element and lie beside its text.
fn block_beside(mouse: &MouseEvent) -> Option<usize> {
    let block = mouse.target()?.dyn_into::<HtmlElement>().ok()?;
    let idx = block.get_attribute("data-block")?;
    let (rect, x) = (block.get_bounding_client_rect(), f64::from(mouse.client_x()));
    let is_beside = x < rect.left() || x > rect.right();
    idx.parse().ok().filter(|_| is_beside)
}

fn is_in_control(event: &Event) -> bool {
    let target = event.target().and_then(|target| target.dyn_into::<HtmlElement>().ok());
    target.is_some_and(|target| {
        target
            .closest("button, input, select, textarea, a, .handle, .grip, .quick-palette")
            .ok()
            .flatten()
            .is_some()
    })
}

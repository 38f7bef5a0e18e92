//! The grip of the chosen annotation: dragged to another one it links the two; a click looks for
//! the other end as a relation's key does.

use std::cell::RefCell;
use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};
use wasm_bindgen::JsCast;
use web_sys::PointerEvent;

use crate::edit::commands::choose::link_at;
use crate::edit::commands::link::{begin, leave};
use crate::edit::state::LinkPurpose;
use crate::view_model::arcs::Point;
use crate::web::components::article::focus_article;
use crate::web::components::article::overlay::Overlay;
use crate::web::dom;
use crate::web::dom::position::offset_at_point;
use crate::web::store::Store;

/// A pointer that moved less than this has clicked.
const CLICK_PX: f64 = 5.0;

/// Links by hand.
#[derive(Clone)]
pub struct Grip {
    store: Rc<Store>,
    overlay: Rc<Overlay>,
    drag: Rc<RefCell<Option<Drag>>>,
}

struct Drag {
    /// On the screen.
    from: Point,
    to: Point,
    _listeners: [EventListener; 3],
}

impl Grip {
    pub fn new(store: Rc<Store>, overlay: Rc<Overlay>) -> Grip {
        Grip { store, overlay, drag: Rc::default() }
    }

    /// The pointer is down on the grip.
    pub fn grab(&self, event: &PointerEvent) {
        event.prevent_default();
        let document = dom::document();
        let options = EventListenerOptions::enable_prevent_default();
        let (moving, done, cancelled) = (self.clone(), self.clone(), self.clone());
        let listeners = [
            EventListener::new_with_options(&document, "pointermove", options, move |event| {
                event.prevent_default();
                if let Some(pointer) = event.dyn_ref::<PointerEvent>() {
                    moving.follow(pointer);
                }
            }),
            EventListener::once(&document, "pointerup", move |_| done.release()),
            EventListener::once(&document, "pointercancel", move |_| cancelled.let_go()),
        ];
        let from = place_of(event);
        *self.drag.borrow_mut() = Some(Drag { from, to: from, _listeners: listeners });
        self.store.command(|state, ctx| begin(state, ctx, LinkPurpose::AnyRelation));
        focus_article();
    }

    fn follow(&self, pointer: &PointerEvent) {
        let mut drag = self.drag.borrow_mut();
        let Some(drag) = drag.as_mut() else { return };
        drag.to = place_of(pointer);
        let Some(page) = dom::element_by_id(crate::web::components::article::ARTICLE_ID) else { return };
        let origin = page.get_bounding_client_rect();
        let on_page = |point: Point| Point { x: point.x - origin.left(), y: point.y - origin.top() };
        self.overlay.set_rubber(Some((on_page(drag.from), on_page(drag.to))));
    }

    /// Takes what lies under the pointer as the other end; nothing there leaves the link.
    fn release(&self) {
        let Some(Drag { from, to, .. }) = self.let_go_of() else { return };
        if (from.x - to.x).abs() + (from.y - to.y).abs() < CLICK_PX {
            return;
        }
        let document = self.store.state().document.clone();
        let place = offset_at_point(&document, to.x, to.y);
        match place.ok().filter(|place| !self.store.state().annotations.covering(*place).is_empty()) {
            Some(place) => self.store.command(|state, ctx| link_at(state, ctx, place)),
            None => self.store.command(|state, ctx| Ok(leave(state, ctx))),
        }
    }

    fn let_go(&self) {
        self.let_go_of();
        self.store.command(|state, ctx| Ok(leave(state, ctx)));
    }

    fn let_go_of(&self) -> Option<Drag> {
        self.overlay.set_rubber(None);
        self.drag.borrow_mut().take()
    }
}

fn place_of(pointer: &PointerEvent) -> Point {
    Point { x: f64::from(pointer.client_x()), y: f64::from(pointer.client_y()) }
}

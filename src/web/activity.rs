//! What a person does on the page, for the time at work: passive listeners that store a number.

use std::rc::Rc;

use gloo_events::{EventListener, EventListenerOptions};

use crate::web::dom;
use crate::web::store::Store;

/// Everything by which someone shows to be there.
const EVENTS: [&str; 5] = ["keydown", "pointerdown", "pointermove", "wheel", "scroll"];

/// Notes each activity in the store for as long as the listeners live.
pub fn listen(store: &Rc<Store>) -> Vec<EventListener> {
    let listener = |event: &'static str| {
        let store = store.clone();
        // In the capture phase, since scrolling does not bubble.
        let options = EventListenerOptions::run_in_capture_phase();
        EventListener::new_with_options(&dom::window(), event, options, move |_| store.note_activity())
    };
    EVENTS.map(listener).into()
}

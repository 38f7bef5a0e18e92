//! Printing a long text: it gets its marks before the browser is asked to print, in steps that tell how far they
//! are and can be stopped. Where the browser's own menu has it printed there is no time for steps.

use std::cell::Cell;
use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::html::Scope;

use crate::view_model::sections::ArticleView;
use crate::web::components::article::{Article, ArticleMsg};
use crate::web::dom;
use crate::web::long_work::LongWork;
use crate::web::session::Session;

/// How many sections get their marks in one go. Where no more than that have none, the browser's own key will do.
const MARKED_AT_ONCE: usize = 32;

/// Whether to give all of the text its marks would hold the page.
pub fn is_long(view: &ArticleView) -> bool {
    (0..view.section_count()).filter(|idx| !view.is_filled(*idx)).nth(MARKED_AT_ONCE).is_some()
}

/// The printing under way, if there is one.
#[derive(Default)]
pub struct Printing {
    is_on: Rc<Cell<bool>>,
}

impl Printing {
    /// Whether marks that are far away are wanted: not to be given up.
    pub fn is_on(&self) -> bool {
        self.is_on.get()
    }

    /// Gives all sections their marks, then prints; unless someone does not want that any more, or opens another
    /// text. Who asks again meanwhile gets it once.
    pub fn print(&self, session: &Rc<Session>, article: Scope<Article>) {
        if self.is_on.replace(true) {
            return;
        }
        let (is_on, work) = (self.is_on.clone(), session.begin_work("banner.printing"));
        spawn_local(async move {
            let is_marked = mark(&work, &article).await;
            // What tells of the way is not to be on the paper.
            drop(work);
            if is_marked {
                dom::next_task().await;
                let _ = dom::window().print();
            }
            is_on.set(false);
        });
    }
}

/// Whether all sections got their marks.
async fn mark(work: &LongWork, article: &Scope<Article>) -> bool {
    let open = || Some(article.get_component()?.state.document.clone());
    let Some(document) = open() else { return false };
    let count = article.get_component().map_or(0, |article| article.view.section_count());
    for from in (0..count).step_by(MARKED_AT_ONCE) {
        article.send_message(ArticleMsg::Mark(from..from + MARKED_AT_ONCE));
        // They are drawn before the next ones come.
        dom::next_task().await;
        let is_open = open().is_some_and(|open| Rc::ptr_eq(&open, &document));
        if !is_open || !work.goes_on(100 * from / count).await {
            return false;
        }
    }
    true
}

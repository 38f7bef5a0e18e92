//! Printing a long text: it gets its marks before the browser is asked to print, in steps that tell how far they
//! are and can be stopped. Where the browser's own menu has it printed there is no time for steps.

use wasm_bindgen_futures::spawn_local;
use yew::html::Scope;

use crate::view_model::sections::ArticleView;
use crate::web::components::article::{Article, ArticleMsg};
use crate::web::dom;
use crate::web::long_work::LongWork;

/// How many sections get their marks in one go. Where no more than that have none, the browser's own key will do.
const MARKED_AT_ONCE: usize = 32;

/// Whether to give all of the text its marks would hold the page.
pub fn is_long(view: &ArticleView) -> bool {
    (0..view.sections().len()).filter(|idx| !view.is_filled(*idx)).nth(MARKED_AT_ONCE).is_some()
}

/// Gives all sections their marks, then prints; unless someone does not want that any more, or opens another text.
pub fn print(work: LongWork, article: Scope<Article>) {
    spawn_local(async move {
        let sections = || article.get_component().map_or(0, |article| article.view.sections().len());
        let count = sections();
        for from in (0..count).step_by(MARKED_AT_ONCE) {
            article.send_message(ArticleMsg::Mark(from..from + MARKED_AT_ONCE));
            // They are drawn before the next ones come.
            dom::next_task().await;
            if !work.goes_on(100 * from / count).await || sections() != count {
                return;
            }
        }
        // What tells of the way is not to be on the paper.
        drop(work);
        dom::next_task().await;
        let _ = dom::window().print();
    });
}

//! What the page tells of a long work: how far it is, the report on a file or on a new version, and the remarks.

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::edit::warned::Finding;
use crate::model::ids::AnnotationId;
use crate::web::app::banner::Banner;
use crate::web::app::dialog::DialogKind;
use crate::web::app::{App, Msg};
use crate::web::clock;
use crate::web::dom;
use crate::web::long_work::Stop;
use crate::web::ptr_eq::PtrEq;

/// How long the page is held by the check of the rules.
const CHECKED_AT_ONCE_MS: u64 = 4;

impl App {
    /// Opens the text that shares next to nothing with the one it should be a version of.
    pub(super) fn open_unrelated(&mut self) {
        let Some(DialogKind::Unrelated(version)) = self.dialog.take() else { return };
        self.session.open_state(version.state.clone(), true);
        self.dialog = Some(DialogKind::Report(PtrEq(version.report.clone().into())));
    }

    /// Leaves the report for an annotation. The way back to it stays on the screen.
    pub(super) fn go_from_report(&mut self, id: &AnnotationId) {
        if let Some(DialogKind::Report(report)) = &self.dialog {
            self.banners.push(Banner::Report(report.clone()));
        }
        self.dialog = None;
        self.leave_dialog_for(Some(id));
    }

    /// A report that tells of annotations without a place stays within reach: nothing else shows them.
    pub(super) fn keep_report(&mut self) {
        if let Some(DialogKind::Report(report)) = &self.dialog
            && report.unplaced.count > 0
        {
            self.banners.push(Banner::Report(report.clone()));
        }
    }

    pub(super) fn back_to_report(&mut self, banner: usize) {
        if let Banner::Report(report) = self.banners.remove(banner) {
            self.dialog = Some(DialogKind::Report(report));
        }
    }

    /// Shows how far a long work is, always in the same place: its button may have the keys.
    pub(super) fn show_work(&mut self, words: &'static str, stop: Stop, percent: Option<usize>) {
        let is_its = |banner: &Banner| matches!(banner, Banner::LongWork(_, other, _) if *other == stop);
        let at = self.banners.iter().position(is_its);
        match (at, percent) {
            (Some(at), Some(percent)) => self.banners[at] = Banner::LongWork(words, stop, percent),
            (Some(at), None) => drop(self.banners.remove(at)),
            (None, Some(percent)) => {
                // The list of documents would keep the mouse from the button; what was chosen in it is on its way.
                self.dialog = self.dialog.take().filter(|dialog| !matches!(dialog, DialogKind::Documents));
                self.banners.push(Banner::LongWork(words, stop, percent));
            }
            (None, None) => {}
        }
    }

    /// Has the rules of the schema checked, with turns for the page between. Where the work has changed by
    /// then, that begins anew.
    pub(super) fn check_rules(&mut self, ctx: &Context<Self>) {
        if self.state.warned_if_known().is_some() || self.is_checking {
            return;
        }
        self.is_checking = true;
        let (mut finding, link) = (Finding::new(&self.state), ctx.link().clone());
        spawn_local(async move {
            // What this was asked from is drawn first, and what it finds is drawn by itself.
            dom::next_task().await;
            let mut turn_ms = clock::now_ms();
            while finding.step() {
                if clock::now_ms() >= turn_ms + CHECKED_AT_ONCE_MS {
                    dom::next_task().await;
                    turn_ms = clock::now_ms();
                }
            }
            finding.finish();
            dom::next_task().await;
            link.send_message(Msg::Checked);
        });
    }
}

//! What the opening of a file tells: how far it is, and the report on it or on a new version.

use crate::model::ids::AnnotationId;
use crate::web::app::dialog::DialogKind;
use crate::web::app::{App, Banner};
use crate::web::ptr_eq::PtrEq;

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
            && !report.unplaced.is_empty()
        {
            self.banners.push(Banner::Report(report.clone()));
        }
    }

    pub(super) fn back_to_report(&mut self, banner: usize) {
        if let Banner::Report(report) = self.banners.remove(banner) {
            self.dialog = Some(DialogKind::Report(report));
        }
    }

    /// Shows how far the opening of a file is, always in the same place: its button may have the keys.
    pub(super) fn show_opening(&mut self, percent: Option<usize>) -> bool {
        let at = self.banners.iter().position(|banner| matches!(banner, Banner::Opening(_)));
        match (at, percent) {
            (Some(at), Some(percent)) => self.banners[at] = Banner::Opening(percent),
            (Some(at), None) => drop(self.banners.remove(at)),
            (None, Some(percent)) => self.banners.push(Banner::Opening(percent)),
            (None, None) => return false,
        }
        true
    }
}

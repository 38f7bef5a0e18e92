//! Documents that were deleted while the page is open: their work is kept on it, so that they can be
//! brought back.

use std::rc::Rc;

use wasm_bindgen_futures::spawn_local;
use yew::prelude::*;

use crate::model::ids::{DocumentId, ProjectId};
use crate::web::app::banner::Banner;
use crate::web::app::dialog::DialogKind;
use crate::web::app::projects::{ProjectMsg, failed, show_documents};
use crate::web::app::{App, Msg};
use crate::web::components::dialogs::confirm::{ConfirmProps, confirm};
use crate::web::i18n::{tr, tr_with};
use crate::web::session::title_of;

#[derive(Clone, PartialEq)]
pub struct RemovedDocument {
    pub id: DocumentId,
    pub title: AttrValue,
    /// Where it was, and comes back to.
    pub project: ProjectId,
    /// Its work as a native file.
    native: Rc<[u8]>,
    was_open: bool,
    is_flagged: bool,
}

impl App {
    /// The question before a document is deleted; after an answer the list comes back if it was asked there.
    pub(super) fn removing_html(
        &self,
        ctx: &Context<Self>,
        (id, is_listed): (&DocumentId, bool),
        on_close: Callback<()>,
    ) -> Html {
        let title = match self.state.document.id == *id {
            true => title_of(&self.state),
            false => {
                let entries = self.entries.iter().flat_map(|entries| entries.iter());
                entries.filter(|entry| entry.id == *id).map(|entry| entry.title.clone()).collect()
            }
        };
        let (removed, listed) = (id.clone(), id.clone());
        confirm(&ConfirmProps {
            title: tr!("command.remove-document"),
            question: tr_with!("remove.question", &[("title", &title)]),
            act: tr!("remove.act"),
            on_confirm: ctx.link().callback(move |()| Msg::Remove(removed.clone(), is_listed)),
            on_close: match is_listed {
                true => ctx.link().callback(move |()| Msg::Project(ProjectMsg::BackToList(listed.clone()))),
                false => on_close,
            },
        })
    }

    /// Deletes a document. From the list of documents the person comes back to the list.
    pub(super) fn remove_document(&mut self, ctx: &Context<Self>, id: DocumentId, is_listed: bool) {
        if is_listed {
            let entries = self.entries.take();
            let rows: Vec<&DocumentId> =
                entries.iter().flat_map(|entries| entries.iter()).map(|entry| &entry.id).collect();
            let place = rows.iter().position(|row| **row == id).unwrap_or_default();
            let next = rows.get(place + 1).or_else(|| rows.get(place.checked_sub(1)?));
            self.row = next.map(|row| (*row).clone());
            self.dialog = Some(DialogKind::Documents);
        } else {
            self.close_dialog();
        }
        let (session, link) = (self.session.clone(), ctx.link().clone());
        let name = self.settings.annotator_name.clone();
        let was_open = self.state.document.id == id;
        spawn_local(async move {
            let entries = session.entries().await.unwrap_or_default();
            let entry = entries.into_iter().find(|entry| entry.id == id);
            let work = session.begin_work("banner.reading");
            let native = session.native_file(&id, &name, &work).await.ok().flatten();
            if !work.is_wanted() {
                return;
            }
            drop(work);
            let project = session.project();
            match (session.remove_document(&id).await, entry, native) {
                (Ok(()), Some(entry), Some(native)) => link.send_message(Msg::Removed(RemovedDocument {
                    id,
                    title: entry.title.into(),
                    project,
                    native: native.into(),
                    was_open,
                    is_flagged: entry.is_flagged,
                })),
                (Ok(()), ..) => {}
                (Err(error), ..) => link.send_message(failed(error)),
            }
            if is_listed {
                show_documents(&session, &link).await;
            }
        });
    }

    /// Keeps what was deleted: it is offered once on the page, and from then on in the list.
    pub(super) fn take_removed(&mut self, removed: RemovedDocument) {
        self.removed.push(removed.clone());
        self.banners.push(Banner::Removed(removed));
    }

    /// Undoes a removal. What else is open stays open.
    pub(super) fn bring_back(&mut self, ctx: &Context<Self>, id: &DocumentId) {
        self.banners.retain(|banner| !matches!(banner, Banner::Removed(removed) if removed.id == *id));
        let Some(place) = self.removed.iter().position(|removed| removed.id == *id) else { return };
        let removed = self.removed.remove(place);
        let is_listed = matches!(self.dialog, Some(DialogKind::Documents));
        self.row = is_listed.then(|| id.clone());
        let (session, link) = (self.session.clone(), ctx.link().clone());
        spawn_local(async move {
            let natives = [removed.native.to_vec()];
            let mut done = session.add_natives(&natives, removed.was_open, &|_| true).await.map(drop);
            if done.is_ok() && removed.is_flagged {
                done = session.flag_document(&removed.id, true).await;
            }
            let said = || Msg::Say(tr_with!("documents.back", &[("title", &removed.title)]));
            link.send_message(done.map_or_else(failed, |()| said()));
            if is_listed {
                show_documents(&session, &link).await;
            }
        });
    }
}

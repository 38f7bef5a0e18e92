//! What lies over the foot of the page until it is put away.

use std::rc::Rc;

use yew::prelude::*;

use crate::edit::keymap::Command;
use crate::web::app::projects::ProjectMsg;
use crate::web::app::removed::RemovedDocument;
use crate::web::app::{App, Msg};
use crate::web::components::element::{Element, button, element, sending};
use crate::web::i18n::{tr, tr_count, tr_with};
use crate::web::long_work::Stop;
use crate::web::opening::OpenReport;
use crate::web::ptr_eq::PtrEq;

/// Something that stays on the screen until it is put away. It lies over the foot of the page and
/// never moves the text.
#[derive(Clone, PartialEq)]
pub enum Banner {
    /// The work is not on the disk: why.
    NotSaved(AttrValue),
    /// Something stored could not be read: how much, and the raw data for a file.
    Damaged(usize, Rc<str>),
    /// A new version of the program is ready.
    Update,
    /// The project's label set is newer than that of the document.
    NewerSchema,
    /// A document was deleted.
    Removed(RemovedDocument),
    /// A long work: the sentence for it, what stops it, and how far it is, in percent.
    LongWork(&'static str, Stop, usize),
    /// A report that someone goes through.
    Report(PtrEq<OpenReport>),
}

impl App {
    pub(super) fn banners_box(&self, ctx: &Context<Self>) -> Element {
        // What was deleted comes back in the project that it was in.
        let here = self.session.project();
        let is_here = move |banner: &Banner| !matches!(banner, Banner::Removed(gone) if gone.project != here);
        let banners = self.banners.iter().enumerate().filter(move |(_, banner)| is_here(banner));
        element("div").class("banners").children(banners.map(|(idx, banner)| banner_html(ctx, idx, banner)))
    }
}

fn banner_html(ctx: &Context<App>, idx: usize, banner: &Banner) -> Html {
    let words = match banner {
        Banner::NotSaved(status) => tr_with!("banner.storage", &[("status", status)]),
        Banner::Damaged(count, _) => tr_count("banner.damaged", *count),
        Banner::Update => tr!("banner.update"),
        Banner::NewerSchema => tr!("banner.newer-schema"),
        Banner::Removed(removed) => tr_with!("banner.removed", &[("title", &removed.title)]),
        Banner::Report(report) => tr_with!("banner.report", &[("name", &report.file_name)]),
        Banner::LongWork(words, ..) => tr(words),
    };
    let button = |key: &str, onclick: Callback<MouseEvent>| button().onclick(onclick).child(tr(key)).html();
    let act = match banner {
        Banner::NotSaved(_) => {
            button("command.backup", sending(ctx, |_: MouseEvent| Msg::Run(Command::Backup)))
        }
        Banner::Damaged(_, raw) => {
            let raw = raw.clone();
            button(
                "banner.save-damaged",
                ctx.link().callback(move |_: MouseEvent| Msg::SaveDamaged(raw.clone())),
            )
        }
        Banner::Removed(removed) => {
            let id = removed.id.clone();
            button("banner.bring-back", ctx.link().callback(move |_: MouseEvent| Msg::BringBack(id.clone())))
        }
        Banner::NewerSchema => {
            button("banner.take-schema", sending(ctx, |_: MouseEvent| Msg::Project(ProjectMsg::TakeSchema)))
        }
        Banner::Report(_) => {
            button("banner.back-to-report", ctx.link().callback(move |_: MouseEvent| Msg::BackToReport(idx)))
        }
        Banner::Update => button("banner.update-now", sending(ctx, |_: MouseEvent| Msg::Update)),
        Banner::LongWork(_, stop, _) => {
            let stop = stop.clone();
            button("dialog.cancel", Callback::from(move |_: MouseEvent| stop.ask()))
        }
    };
    let (is_over, percent) = match banner {
        Banner::LongWork(.., percent) => (false, *percent),
        _ => (true, 0),
    };
    let close = || button("dialog.close", ctx.link().callback(move |_: MouseEvent| Msg::CloseBanner(idx)));
    element("div")
        .class("banner")
        .attr("role", "alert")
        .child(element("p").child(words.clone()))
        .child_if(!is_over, || {
            let progress = element("progress").attr("max", "100").attr("value", percent.to_string());
            progress.attr("aria-label", words)
        })
        .child(act)
        .child_if(is_over, close)
        .html()
}

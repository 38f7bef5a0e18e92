//! The project that is open, the way to the others, and what can be done to it.

use web_sys::HtmlSelectElement;
use yew::prelude::*;

use super::DocumentsProps;
use crate::edit::keymap::Command;
use crate::model::ids::ProjectId;
use crate::web::components::element::{Element, button, element, select_option};
use crate::web::i18n::tr;
use crate::web::session::Project;

/// What a person wants of a project.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ProjectAct {
    Open(ProjectId),
    New,
    Rename,
    Remove,
}

/// What a project is called: the first one may have no name yet.
pub fn project_name(project: &Project) -> AttrValue {
    match project.name.is_empty() {
        true => tr!("projects.first"),
        false => AttrValue::Rc(project.name.clone()),
    }
}

pub(super) fn project_bar(props: &DocumentsProps) -> Element {
    let DocumentsProps { projects, project, on_project, on_command, .. } = props;
    let onchange = on_project.reform(|event: Event| {
        let id = event.target_unchecked_into::<HtmlSelectElement>().value();
        ProjectAct::Open(ProjectId::from(id.as_str()))
    });
    let select = element("select").attr("id", "project").onchange(onchange);
    let select = projects.iter().fold(select, |select, known| {
        select.child(select_option(known.id.to_string(), known.id == *project, project_name(known)))
    });
    let act = |key: &str, act: ProjectAct| button().sends(on_project, act).child(tr(key));
    element("div")
        .class("documents__project")
        .child(element("label").attr("for", "project").child(tr!("projects.project")))
        .child(select)
        .child(act("projects.new", ProjectAct::New))
        .child(act("projects.rename", ProjectAct::Rename))
        .child(button().sends(on_command, Command::Backup).child(tr!("projects.backup")))
        .child((projects.len() > 1).then(|| act("projects.remove", ProjectAct::Remove)))
}

//! What stands under the inspector: one of several lists, or the guide.

use yew::prelude::*;

use crate::edit::state::State;
use crate::web::components::annotation_list::{AnnotationList, AnnotationListProps};
use crate::web::components::element::{button, component, element, fragment, keyed_component};
use crate::web::components::entity_list::{Dismissed, EntityList, EntityListProps};
use crate::web::components::guidelines::{Guidelines, GuidelinesProps};
use crate::web::components::segmented::{Segmented, SegmentedOption, segmented};
use crate::web::components::warning_list::{WarningList, WarningListProps};
use crate::web::i18n::{number, tr};
use crate::web::ptr_eq::PtrEq;
use crate::web::store::Store;

/// The parts of the panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SideTab {
    #[default]
    Annotations,
    Entities,
    Warnings,
    Guidelines,
}

impl SideTab {
    pub const ALL: [SideTab; 4] =
        [SideTab::Annotations, SideTab::Entities, SideTab::Warnings, SideTab::Guidelines];

    fn name(self) -> &'static str {
        match self {
            SideTab::Annotations => "annotations",
            SideTab::Entities => "entities",
            SideTab::Warnings => "warnings",
            SideTab::Guidelines => "guidelines",
        }
    }
}

pub struct SidePanelProps {
    pub store: PtrEq<Store>,
    pub state: PtrEq<State>,
    pub tab: SideTab,
    pub dismissed: PtrEq<Dismissed>,
    pub on_tab: Callback<SideTab>,
    /// Puts the panel away where it lies over the article: on a narrow screen.
    pub on_close: Callback<MouseEvent>,
}

pub fn side_panel(props: &SidePanelProps) -> Html {
    let SidePanelProps { store, state, tab, dismissed, on_tab, on_close } = props;
    let options = SideTab::ALL.map(|tab| SegmentedOption {
        value: tab.name().into(),
        name: tab_name(state, tab),
        help: match tab {
            SideTab::Annotations => tr!("side.annotations-help"),
            SideTab::Entities => tr!("side.entities-help"),
            SideTab::Warnings => tr!("side.warnings-help"),
            SideTab::Guidelines => tr!("side.guidelines-help"),
        },
    });
    let on_choose = on_tab.reform(|value: AttrValue| {
        SideTab::ALL.into_iter().find(|tab| tab.name() == value).unwrap_or_default()
    });
    let (store, state) = (store.clone(), state.clone());
    let tabs = segmented(&Segmented {
        id: "side-tab".into(),
        name: tr!("side.tabs"),
        options: options.to_vec(),
        value: tab.name().into(),
        on_choose,
        after: html! {},
    });
    let close = button().class("side__close").attr("aria-label", tr!("dialog.close"));
    fragment()
        .child(
            element("div").class("side__tabs").child(tabs).child(close.onclick(on_close.clone()).child("×")),
        )
        .child(element("div").class("side__panel").child(match tab {
            SideTab::Annotations => {
                // Another document has another list: neither scrolled nor filtered.
                let key = state.document.id.to_string();
                keyed_component::<AnnotationList>(key, AnnotationListProps { store, state })
            }
            SideTab::Entities => {
                component::<EntityList>(EntityListProps { store, state, dismissed: dismissed.clone() })
            }
            SideTab::Warnings => component::<WarningList>(WarningListProps { store, state }),
            SideTab::Guidelines => component::<Guidelines>(GuidelinesProps {
                store,
                schema: PtrEq(state.schema.clone()),
                in_hand: state.label_in_hand().cloned(),
            }),
        }))
        .html()
}

/// The name of a tab, with the number of remarks where there are some.
fn tab_name(state: &State, tab: SideTab) -> AttrValue {
    match tab {
        SideTab::Annotations => tr!("side.annotations"),
        SideTab::Entities => tr!("side.entities"),
        SideTab::Warnings => match state.warned_if_known() {
            Some(warned) if !warned.is_empty() => {
                AttrValue::from(format!("{} {}", tr!("side.warnings"), number(warned.len())))
            }
            _ => tr!("side.warnings"),
        },
        SideTab::Guidelines => tr!("side.guidelines"),
    }
}

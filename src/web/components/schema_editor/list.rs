//! The parts of the schema, in a list that can be searched.

use yew::prelude::*;

use crate::edit::schema_change::labels::NewLabel;
use crate::edit::schema_change::{DraftResult, SchemaDraft};
use crate::model::ids::GroupId;
use crate::model::schema::{Family, Group, Label, Localized};
use crate::text::unicode::lower_case;
use crate::view_model::color::offer::offered_colors;
use crate::web::components::kbd::kbd;
use crate::web::components::schema_editor::form::{Form, value_of};
use crate::web::components::schema_editor::{AddFn, EditorMsg, Item};
use crate::web::components::swatch::draft_swatch;
use crate::web::i18n::{both, number, pick, tr, tr_with};

pub fn list(form: &Form<'_>) -> Html {
    let schema = form.schema();
    let oninput = form.link.callback(|event: InputEvent| EditorMsg::Search(value_of(&event)));
    let relations = schema.relations.iter().filter(|kind| is_found(form, &kind.name, kind.id.as_str()));
    let relations = relations.map(|kind| {
        let key = kind.key.map(|key| kbd(&key.to_string()));
        line(form, Item::Relation(kind.id.clone()), html! {}, pick(&kind.name), html! { { for key } })
    });
    let fields = schema
        .document_fields
        .iter()
        .filter(|field| !field.automatic && is_found(form, &field.name, field.key.as_str()));
    let fields =
        fields.map(|field| line(form, Item::Field(field.key.clone()), html! {}, pick(&field.name), html! {}));
    html! {
        <nav class="schema-list" aria-label={tr("schema.parts")}>
            <input type="search" class="schema-list__search" aria-label={tr("schema.search")}
                placeholder={tr("schema.search")} value={form.editor.search.clone()} {oninput} />
            <ul role="list">
                { line(form, Item::Set, html! {}, tr("schema.set"), html! {}) }
                { line(form, Item::Policy, html! {}, tr("schema.policy"), html! {}) }
            </ul>
            { for schema.groups.iter().map(|group| group_html(form, group)) }
            { add_button(form, tr("schema.add-group"), "", add_group) }
            <section>
                <h3 class="schema-list__title">{ tr("schema.relations") }</h3>
                <ul role="list">{ for relations }</ul>
                { add_button(form, tr("schema.add-relation"), "", add_relation) }
            </section>
            <section>
                <h3 class="schema-list__title">{ tr("schema.fields") }</h3>
                <ul role="list">{ for fields }</ul>
                { add_button(form, tr("schema.add-field"), "", add_field) }
            </section>
        </nav>
    }
}

fn group_html(form: &Form<'_>, group: &Group) -> Html {
    let schema = form.schema();
    let labels = schema
        .labels
        .iter()
        .filter(|label| label.group == group.id && is_found(form, &label.name, label.id.as_str()));
    let item = Item::Group(group.id.clone());
    let part = item.name();
    let current = (form.editor.item == item).then_some("true");
    let onclick = form.link.callback(move |_: MouseEvent| EditorMsg::Choose(item.clone()));
    html! {
        <section key={group.id.to_string()}>
            <h3 class="schema-list__title">
                <button type="button" data-part={part} {onclick} aria-current={current}>{ pick(&group.name) }</button>
            </h3>
            <ul role="list">{ for labels.map(|label| label_line(form, label)) }</ul>
            { add_button(form, tr("schema.add-label"), group.id.as_str(), add_label) }
        </section>
    }
}

fn label_line(form: &Form<'_>, label: &Label) -> Html {
    let count = form.state.annotations.counts().get(&label.id).copied().unwrap_or_default();
    let name = match label.retired {
        true => tr_with("schema.retired-name", &[("name", &pick(&label.name))]),
        false => pick(&label.name),
    };
    let key = label.hotkey.filter(|_| !label.retired).map(|key| kbd(&key.to_string()));
    let after = html! {
        <>
            if count > 0 { <span class="schema-list__count">{ number(count) }</span> }
            { for key }
        </>
    };
    line(form, Item::Label(label.id.clone()), draft_swatch(form.schema(), &label.id), name, after)
}

fn line(form: &Form<'_>, item: Item, before: Html, name: AttrValue, after: Html) -> Html {
    let current = (form.editor.item == item).then_some("true");
    let key = item.name();
    let onclick = form.link.callback(move |_: MouseEvent| EditorMsg::Choose(item.clone()));
    html! {
        <li key={key.clone()}>
            // The dialog gives the keys to the chosen part.
            <button type="button" class="schema-list__line" data-part={key} {onclick} aria-current={current}
                autofocus={current.is_some()}>
                { before }<span class="schema-list__name">{ name }</span>{ after }
            </button>
        </li>
    }
}

fn add_button(form: &Form<'_>, name: AttrValue, of: &str, add: AddFn) -> Html {
    if !form.editor.search.is_empty() {
        return html! {};
    }
    let of = of.to_string();
    let onclick = form.link.callback(move |_: MouseEvent| EditorMsg::Add(add, of.clone()));
    html! { <button type="button" class="schema-list__add" {onclick}>{ "+ " }{ name }</button> }
}

/// Whether a name in either language, or the id, holds what is searched for.
fn is_found(form: &Form<'_>, name: &Localized, id: &str) -> bool {
    let search = lower_case(&form.editor.search);
    [&*name.fr, &*name.en, id].iter().any(|text| lower_case(text).contains(search.trim()))
}

fn add_label(draft: &mut SchemaDraft, group: &str) -> DraftResult<Item> {
    let group = GroupId::from(group);
    let color = offered_colors(draft.schema(), &group, None).into_iter().next().unwrap_or_default();
    let name = both("schema.new-label");
    draft.add_label(NewLabel { name, group, hotkey: None, color: color.into() }).map(Item::Label)
}

fn add_group(draft: &mut SchemaDraft, _: &str) -> DraftResult<Item> {
    draft.add_group(both("schema.new-group"), Family::Underline).map(Item::Group)
}

fn add_relation(draft: &mut SchemaDraft, _: &str) -> DraftResult<Item> {
    draft.add_relation(both("schema.new-relation")).map(Item::Relation)
}

fn add_field(draft: &mut SchemaDraft, _: &str) -> DraftResult<Item> {
    draft.add_field(both("schema.new-field")).map(Item::Field)
}

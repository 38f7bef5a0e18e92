//! The parts of the schema, in a list that can be searched.

use yew::prelude::*;

use crate::edit::schema_change::labels::NewLabel;
use crate::edit::schema_change::{DraftResult, SchemaDraft};
use crate::model::ids::GroupId;
use crate::model::schema::{Family, Group, Label, Localized};
use crate::text::unicode::lower_case;
use crate::view_model::color::offer::offered_colors;
use crate::web::components::element::{button, element, fragment};
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
        line(
            form,
            Item::Relation(kind.id.clone()),
            html! {},
            pick(&kind.name),
            fragment().children(key).html(),
        )
    });
    let fields = schema
        .document_fields
        .iter()
        .filter(|field| !field.automatic && is_found(form, &field.name, field.key.as_str()));
    let fields =
        fields.map(|field| line(form, Item::Field(field.key.clone()), html! {}, pick(&field.name), html! {}));
    element("nav")
        .class("schema-list")
        .attr("aria-label", tr!("schema.parts"))
        .child(
            element("input")
                .attr("type", "search")
                .class("schema-list__search")
                .attr("aria-label", tr!("schema.search"))
                .attr("placeholder", tr!("schema.search"))
                .value(form.editor.search.clone())
                .oninput(oninput),
        )
        .child(
            element("ul")
                .attr("role", "list")
                .child(line(form, Item::Set, html! {}, tr!("schema.set"), html! {}))
                .child(line(form, Item::Policy, html! {}, tr!("schema.policy"), html! {})),
        )
        .children(schema.groups.iter().map(|group| group_html(form, group)))
        .child(add_button(form, tr!("schema.add-group"), "", add_group))
        .child(
            element("section")
                .child(element("h3").class("schema-list__title").child(tr!("schema.relations")))
                .child(element("ul").attr("role", "list").children(relations))
                .child(add_button(form, tr!("schema.add-relation"), "", add_relation)),
        )
        .child(
            element("section")
                .child(element("h3").class("schema-list__title").child(tr!("schema.fields")))
                .child(element("ul").attr("role", "list").children(fields))
                .child(add_button(form, tr!("schema.add-field"), "", add_field)),
        )
        .html()
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
    element("section")
        .key(group.id.to_string())
        .child(
            element("h3").class("schema-list__title").child(
                button()
                    .attr("data-part", part)
                    .onclick(onclick)
                    .attr("aria-current", current)
                    .child(pick(&group.name)),
            ),
        )
        .child(element("ul").attr("role", "list").children(labels.map(|label| label_line(form, label))))
        .child(add_button(form, tr!("schema.add-label"), group.id.as_str(), add_label))
        .html()
}

fn label_line(form: &Form<'_>, label: &Label) -> Html {
    let count = form.state.annotations.counts().get(&label.id).copied().unwrap_or_default();
    let name = match label.retired {
        true => tr_with!("schema.retired-name", &[("name", &pick(&label.name))]),
        false => pick(&label.name),
    };
    let key = label.hotkey.filter(|_| !label.retired).map(|key| kbd(&key.to_string()));
    let after = fragment()
        .child_if(count > 0, || element("span").class("schema-list__count").child(number(count)))
        .children(key)
        .html();
    line(form, Item::Label(label.id.clone()), draft_swatch(form.schema(), &label.id), name, after)
}

fn line(form: &Form<'_>, item: Item, before: Html, name: AttrValue, after: Html) -> Html {
    let current = (form.editor.item == item).then_some("true");
    let key = item.name();
    let onclick = form.link.callback(move |_: MouseEvent| EditorMsg::Choose(item.clone()));
    element("li")
        .key(key.clone())
        // The dialog gives the keys to the chosen part.
        .child(
            button()
                .class("schema-list__line")
                .attr("data-part", key)
                .onclick(onclick)
                .attr("aria-current", current)
                .flag("autofocus", current.is_some())
                .child(before)
                .child(element("span").class("schema-list__name").child(name))
                .child(after),
        )
        .html()
}

fn add_button(form: &Form<'_>, name: AttrValue, of: &str, add: AddFn) -> Html {
    if !form.editor.search.is_empty() {
        return html! {};
    }
    let of = of.to_string();
    let onclick = form.link.callback(move |_: MouseEvent| EditorMsg::Add(add, of.clone()));
    button().class("schema-list__add").onclick(onclick).child("+ ").child(name).html()
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

//! What can be chosen at an export.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::{ExportDialog, ExportProps, Msg, Scope};
use crate::formats::Content;
use crate::formats::table::{FORMATS, FormatChoice, FormatUnit, FormatUse, format_info};
use crate::model::annotation::Annotation;
use crate::model::ids::AttributeKey;
use crate::view_model::excerpt::excerpt;
use crate::web::components::dialogs::parts::row;
use crate::web::components::element::{Element, element, fragment, select_option};
use crate::web::components::segmented::{Segmented, SegmentedOption, segmented};
use crate::web::i18n::{pick, tr, tr_count};

/// The attribute that tells a statement from other annotations.
const STATEMENT_ATTRIBUTE: &str = "check_worthiness";
/// The most letters of a statement beside its verdict.
const STATEMENT_CHARS_MAX: usize = 90;

impl ExportDialog {
    pub(super) fn choices_html(&self, ctx: &Context<Self>) -> Html {
        let is_review = self.has(FormatChoice::Review);
        fragment()
            .child(self.format_html(ctx))
            .child((self.documents.len() > 1 && !is_review).then(|| self.scope_html(ctx)))
            .child((self.chosen.scope == Scope::Picked).then(|| self.picker_html(ctx)))
            .child(
                (self.has(FormatChoice::Content) && self.chosen.scope == Scope::This)
                    .then(|| self.content_html(ctx)),
            )
            .child(self.has(FormatChoice::Labels).then(|| self.labels_html(ctx)))
            .child(self.has(FormatChoice::PositionsOnly).then(|| {
                self.flag(ctx, tr!("export.positions-only"), self.chosen.is_positions_only, |dialog, on| {
                    dialog.chosen.is_positions_only = on;
                })
            }))
            .child(self.has(FormatChoice::Formulas).then(|| {
                self.flag(ctx, tr!("export.formulas"), self.chosen.guards_formulas, |dialog, on| {
                    dialog.chosen.guards_formulas = on;
                })
            }))
            .child(is_review.then(|| self.review_html(ctx)))
            .child(self.name_html(ctx))
            .html()
    }

    fn has(&self, choice: FormatChoice) -> bool {
        self.chosen.format.choices.contains(&choice)
    }

    /// A callback that changes a choice.
    pub(super) fn choose<E: 'static>(
        &self,
        ctx: &Context<Self>,
        choose: fn(&mut ExportDialog, E),
    ) -> Callback<E> {
        ctx.link().callback(move |event: E| Msg::Choose(Box::new(move |dialog| choose(dialog, event))))
    }

    fn format_html(&self, ctx: &Context<Self>) -> Html {
        let onchange = self.choose(ctx, |dialog, event: Event| {
            let id = event.target_unchecked_into::<HtmlSelectElement>().value();
            dialog.chosen.format = format_info(&id).unwrap_or(&FORMATS[0]);
            if dialog.has(FormatChoice::Review) {
                dialog.chosen.scope = Scope::This;
            }
        });
        let group = |used_to: FormatUse, name: AttrValue| {
            let formats = FORMATS.iter().filter(|format| format.used_to == used_to);
            formats.fold(element("optgroup").attr("label", name), |group, format| {
                group.child(select_option(format.id, format.id == self.chosen.format.id, format.name))
            })
        };
        let unit = match self.chosen.format.unit {
            FormatUnit::CodePoints => tr!("export.unit-code-points"),
            FormatUnit::Utf16 => tr!("export.unit-utf16"),
            FormatUnit::Tokens => tr!("export.unit-tokens"),
            FormatUnit::None => tr!("export.unit-none"),
        };
        let select = element("select")
            .attr("id", "export-format")
            .onchange(onchange)
            .child(group(FormatUse::Keep, tr!("export.use-keep")))
            .child(group(FormatUse::Train, tr!("export.use-train")))
            .child(group(FormatUse::Annotate, tr!("export.use-annotate")))
            .child(group(FormatUse::Publish, tr!("export.use-publish")));
        let help = element("p")
            .class("export__help")
            .child(tr(&format!("format.{}", self.chosen.format.id)))
            .child(" ")
            .child(unit);
        row(
            "export-format",
            tr!("export.format"),
            element("div").class("row__value").child(select).child(help),
        )
    }

    fn scope_html(&self, ctx: &Context<Self>) -> Html {
        let option = |value: &'static str, name: AttrValue| SegmentedOption {
            value: value.into(),
            name,
            help: AttrValue::default(),
        };
        segmented(&Segmented {
            id: "export-scope".into(),
            name: tr!("export.documents"),
            options: vec![
                option("this", tr!("export.this-document")),
                option("picked", tr!("export.picked-documents")),
                option("all", tr_count("export.all-documents", self.documents.len())),
            ],
            value: match self.chosen.scope {
                Scope::This => "this",
                Scope::Picked => "picked",
                Scope::All => "all",
            }
            .into(),
            on_choose: self.choose(ctx, |dialog, value: AttrValue| {
                dialog.chosen.scope = match &*value {
                    "all" => Scope::All,
                    "picked" => Scope::Picked,
                    _ => Scope::This,
                };
            }),
            after: Html::default(),
        })
    }

    fn content_html(&self, ctx: &Context<Self>) -> Html {
        let option = |value: Content, key: &'static str, choose: fn(&mut ExportDialog, Event)| {
            let input = element("input").attr("type", "radio").attr("name", "content");
            element("label")
                .class("export__choice")
                .child(input.checked(self.chosen.content == value).onchange(self.choose(ctx, choose)))
                .child(
                    element("span")
                        .child(element("b").child(tr(&format!("export.{key}"))))
                        .child(tr(&format!("export.{key}-help"))),
                )
        };
        element("fieldset")
            .class("export")
            .child(element("legend").child(tr!("export.content")))
            .child(option(Content::WithText, "with-text", |dialog, _| {
                dialog.chosen.content = Content::WithText;
            }))
            .child(option(Content::WithoutText, "without-text", |dialog, _| {
                dialog.chosen.content = Content::WithoutText;
            }))
            .child(option(Content::OffsetsOnly, "offsets-only", |dialog, _| {
                dialog.chosen.content = Content::OffsetsOnly;
            }))
            .html()
    }

    fn labels_html(&self, ctx: &Context<Self>) -> Html {
        let onchange = self.choose(ctx, |dialog, event: Event| {
            dialog.chosen.group = event.target_unchecked_into::<HtmlSelectElement>().value().into();
        });
        let select = element("select").attr("id", "export-labels").class("row__value").onchange(onchange);
        let entities = select_option("", self.chosen.group.is_empty(), tr!("export.entities"));
        let groups = ctx.props().state.schema.groups.iter();
        let select = groups.fold(select.child(entities), |select, group| {
            let id = AttrValue::Rc(group.id.0.clone());
            select.child(select_option(id.clone(), id == self.chosen.group, pick(&group.name)))
        });
        row("export-labels", tr!("export.labels"), select)
    }

    fn flag(
        &self,
        ctx: &Context<Self>,
        name: AttrValue,
        is_on: bool,
        set: fn(&mut ExportDialog, bool),
    ) -> Html {
        let onchange = ctx.link().callback(move |event: Event| {
            let is_on = event.target_unchecked_into::<HtmlInputElement>().checked();
            Msg::Choose(Box::new(move |dialog| set(dialog, is_on)))
        });
        element("label")
            .class("export__flag")
            .child(element("input").attr("type", "checkbox").checked(is_on).onchange(onchange))
            .child(element("span").child(name))
            .html()
    }

    /// What only a reviewer can say. Nothing is filled in for them.
    fn review_html(&self, ctx: &Context<Self>) -> Html {
        let state = &ctx.props().state;
        let key = AttributeKey::from(STATEMENT_ATTRIBUTE);
        let is_statement =
            |annotation: &Annotation| state.schema.attribute(&annotation.label, &key).is_some();
        let statements = state.annotations.iter().filter(|annotation| is_statement(annotation));
        let reviewer = text_input("export-reviewer")
            .attr("value", self.chosen.reviewer.clone())
            .onchange(writing(ctx, |dialog, text| dialog.chosen.reviewer = text));
        let url = text_input("export-url")
            .attr("value", self.chosen.review_url.clone())
            .onchange(writing(ctx, |dialog, text| dialog.chosen.review_url = text));
        let fields = fragment()
            .child(element("p").child(tr!("export.review-help")))
            .child(row("export-reviewer", tr!("export.reviewer"), reviewer))
            .child(row("export-url", tr!("export.review-url"), url));
        statements.fold(fields, |fields, statement| fields.child(self.verdict(ctx, statement))).html()
    }

    fn verdict(&self, ctx: &Context<Self>, statement: &Annotation) -> Html {
        let id = statement.id.to_string();
        let value = self.chosen.verdicts.get(&id).cloned().unwrap_or_default();
        let onchange = ctx.link().callback(move |event: Event| {
            let (id, text) = (id.clone(), text_of(&event));
            Msg::Choose(Box::new(move |dialog| {
                dialog.chosen.verdicts.insert(id, text);
            }))
        });
        let input = element("input").attr("type", "text").attr("placeholder", tr!("export.verdict"));
        element("label")
            .class("export__verdict")
            .child(element("span").child(excerpt(&ctx.props().state, statement, STATEMENT_CHARS_MAX)))
            .child(input.attr("value", value).onchange(onchange))
            .html()
    }

    fn name_html(&self, ctx: &Context<Self>) -> Html {
        let ExportProps { annotator_name, on_name, .. } = ctx.props();
        let onchange = on_name.reform(|event: Event| text_of(&event).trim().to_owned());
        let input = text_input("export-name")
            .attr("autocomplete", "name")
            .attr("placeholder", tr!("settings.name-optional"))
            .attr("value", annotator_name.clone())
            .onchange(onchange);
        row("export-name", tr!("settings.name"), input)
    }
}

/// A callback that takes the text of a field.
fn writing(ctx: &Context<ExportDialog>, set: fn(&mut ExportDialog, String)) -> Callback<Event> {
    ctx.link().callback(move |event: Event| {
        let text = text_of(&event);
        Msg::Choose(Box::new(move |dialog| set(dialog, text)))
    })
}

/// A field whose text is handed on when it is left. What stands in it at first is an attribute: a value
/// that is drawn again while someone types, because an export came about, would take their letters away.
fn text_input(id: &'static str) -> Element {
    element("input").attr("id", id).class("row__value").attr("type", "text")
}

fn text_of(event: &Event) -> String {
    event.target_unchecked_into::<HtmlInputElement>().value()
}

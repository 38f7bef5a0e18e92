//! What can be chosen at an export.

use web_sys::{HtmlInputElement, HtmlSelectElement};
use yew::prelude::*;

use super::{ExportDialog, ExportProps, Msg};
use crate::formats::Content;
use crate::formats::table::{FORMATS, FormatChoice, FormatUnit, FormatUse, format_info};
use crate::model::annotation::Annotation;
use crate::model::ids::AttributeKey;
use crate::view_model::excerpt::excerpt;
use crate::web::components::segmented::{Segmented, SegmentedOption, segmented};
use crate::web::i18n::{pick, tr, tr_count};

/// The attribute that tells a statement from other annotations.
const STATEMENT_ATTRIBUTE: &str = "check_worthiness";
/// The most letters of a statement beside its verdict.
const STATEMENT_CHARS_MAX: usize = 90;

impl ExportDialog {
    pub(super) fn choices_html(&self, ctx: &Context<Self>) -> Html {
        html! {
            <>
                { self.format_html(ctx) }
                if self.documents.len() > 1 && !self.has(FormatChoice::Review) { { self.scope_html(ctx) } }
                if self.has(FormatChoice::Content) && !self.chosen.is_all { { self.content_html(ctx) } }
                if self.has(FormatChoice::Labels) { { self.labels_html(ctx) } }
                if self.has(FormatChoice::PositionsOnly) {
                    { self.flag(ctx, tr("export.positions-only"), self.chosen.is_positions_only, |dialog, on| {
                        dialog.chosen.is_positions_only = on;
                    }) }
                }
                if self.has(FormatChoice::Formulas) {
                    { self.flag(ctx, tr("export.formulas"), self.chosen.guards_formulas, |dialog, on| {
                        dialog.chosen.guards_formulas = on;
                    }) }
                }
                if self.has(FormatChoice::Review) { { self.review_html(ctx) } }
                { self.name_html(ctx) }
            </>
        }
    }

    fn has(&self, choice: FormatChoice) -> bool {
        self.chosen.format.choices.contains(&choice)
    }

    /// A callback that changes a choice.
    fn choose<E: 'static>(
        &self,
        ctx: &Context<Self>,
        choose: impl Fn(&mut ExportDialog, E) + Copy + 'static,
    ) -> Callback<E> {
        ctx.link().callback(move |event: E| Msg::Choose(Box::new(move |dialog| choose(dialog, event))))
    }

    fn format_html(&self, ctx: &Context<Self>) -> Html {
        let onchange = self.choose(ctx, |dialog, event: Event| {
            let id = event.target_unchecked_into::<HtmlSelectElement>().value();
            dialog.chosen.format = format_info(&id).unwrap_or(&FORMATS[0]);
            dialog.chosen.is_all &= !dialog.has(FormatChoice::Review);
        });
        let group = |used_to: FormatUse, name: AttrValue| {
            let formats = FORMATS.iter().filter(|format| format.used_to == used_to);
            let option = |id: &'static str, name: &'static str| {
                html! { <option value={id} selected={id == self.chosen.format.id}>{ name }</option> }
            };
            html! { <optgroup label={name}>{ for formats.map(|format| option(format.id, format.name)) }</optgroup> }
        };
        let unit = match self.chosen.format.unit {
            FormatUnit::CodePoints => tr("export.unit-code-points"),
            FormatUnit::Utf16 => tr("export.unit-utf16"),
            FormatUnit::Tokens => tr("export.unit-tokens"),
            FormatUnit::None => tr("export.unit-none"),
        };
        html! {
            <div class="row">
                <label class="row__name" for="export-format">{ tr("export.format") }</label>
                <div class="row__value">
                    <select id="export-format" {onchange}>
                        { group(FormatUse::Keep, tr("export.use-keep")) }
                        { group(FormatUse::Train, tr("export.use-train")) }
                        { group(FormatUse::Annotate, tr("export.use-annotate")) }
                        { group(FormatUse::Publish, tr("export.use-publish")) }
                    </select>
                    <p class="export__help">
                        { tr(&format!("format.{}", self.chosen.format.id)) }{ " " }{ unit }
                    </p>
                </div>
            </div>
        }
    }

    fn scope_html(&self, ctx: &Context<Self>) -> Html {
        let option = |value: &'static str, name: AttrValue| SegmentedOption {
            value: value.into(),
            name,
            help: AttrValue::default(),
        };
        segmented(&Segmented {
            id: "export-scope".into(),
            name: tr("export.documents"),
            options: vec![
                option("this", tr("export.this-document")),
                option("all", tr_count("export.all-documents", self.documents.len())),
            ],
            value: if self.chosen.is_all { "all" } else { "this" }.into(),
            on_choose: self.choose(ctx, |dialog, value: AttrValue| dialog.chosen.is_all = value == "all"),
            after: Html::default(),
        })
    }

    fn content_html(&self, ctx: &Context<Self>) -> Html {
        let option = |value: Content, key: &'static str| {
            let onchange = self.choose(ctx, move |dialog, _: Event| dialog.chosen.content = value);
            html! {
                <label class="export__choice">
                    <input type="radio" name="content" checked={self.chosen.content == value} {onchange} />
                    <span><b>{ tr(&format!("export.{key}")) }</b>{ tr(&format!("export.{key}-help")) }</span>
                </label>
            }
        };
        html! {
            <fieldset class="export">
                <legend>{ tr("export.content") }</legend>
                { option(Content::WithText, "with-text") }
                { option(Content::WithoutText, "without-text") }
                { option(Content::OffsetsOnly, "offsets-only") }
            </fieldset>
        }
    }

    fn labels_html(&self, ctx: &Context<Self>) -> Html {
        let onchange = self.choose(ctx, |dialog, event: Event| {
            dialog.chosen.group = event.target_unchecked_into::<HtmlSelectElement>().value().into();
        });
        let option = |value: AttrValue, name: AttrValue| {
            html! { <option value={value.clone()} selected={value == self.chosen.group}>{ name }</option> }
        };
        let groups = &ctx.props().state.schema.groups;
        html! {
            <div class="row">
                <label class="row__name" for="export-labels">{ tr("export.labels") }</label>
                <select id="export-labels" class="row__value" {onchange}>
                    { option(AttrValue::default(), tr("export.entities")) }
                    { for groups.iter().map(|group| option(AttrValue::Rc(group.id.0.clone()), pick(&group.name))) }
                </select>
            </div>
        }
    }

    fn flag(
        &self,
        ctx: &Context<Self>,
        name: AttrValue,
        is_on: bool,
        set: fn(&mut ExportDialog, bool),
    ) -> Html {
        let onchange = self.choose(ctx, move |dialog, event: Event| {
            set(dialog, event.target_unchecked_into::<HtmlInputElement>().checked());
        });
        html! {
            <label class="export__flag"><input type="checkbox" checked={is_on} {onchange} /><span>{ name }</span></label>
        }
    }

    /// What only a reviewer can say. Nothing is filled in for them.
    fn review_html(&self, ctx: &Context<Self>) -> Html {
        let state = &ctx.props().state;
        let statements = state.annotations.iter().filter(|annotation| {
            state.schema.attribute(&annotation.label, &AttributeKey::from(STATEMENT_ATTRIBUTE)).is_some()
        });
        let verdict = |annotation: &Annotation| {
            let id = annotation.id.to_string();
            let value = self.chosen.verdicts.get(&id).cloned().unwrap_or_default();
            let onchange = ctx.link().callback(move |event: Event| {
                let (id, text) = (id.clone(), text_of(&event));
                Msg::Choose(Box::new(move |dialog| {
                    dialog.chosen.verdicts.insert(id, text);
                }))
            });
            let words = excerpt(state, annotation, STATEMENT_CHARS_MAX);
            html! {
                <label class="export__verdict">
                    <span>{ words }</span>
                    <input type="text" placeholder={tr("export.verdict")} {value} {onchange} />
                </label>
            }
        };
        html! {
            <>
                <p>{ tr("export.review-help") }</p>
                { self.text(ctx, "export-reviewer", tr("export.reviewer"), &self.chosen.reviewer, |dialog, text| {
                    dialog.chosen.reviewer = text;
                }) }
                { self.text(ctx, "export-url", tr("export.review-url"), &self.chosen.review_url, |dialog, text| {
                    dialog.chosen.review_url = text;
                }) }
                { for statements.map(|annotation| verdict(annotation)) }
            </>
        }
    }

    fn text(
        &self,
        ctx: &Context<Self>,
        id: &'static str,
        name: AttrValue,
        value: &str,
        set: fn(&mut ExportDialog, String),
    ) -> Html {
        let onchange = self.choose(ctx, move |dialog, event: Event| set(dialog, text_of(&event)));
        html! {
            <div class="row">
                <label class="row__name" for={id}>{ name }</label>
                <input {id} class="row__value" type="text" value={value.to_owned()} {onchange} />
            </div>
        }
    }

    fn name_html(&self, ctx: &Context<Self>) -> Html {
        let ExportProps { annotator_name, on_name, .. } = ctx.props();
        let onchange = on_name.reform(|event: Event| text_of(&event).trim().to_owned());
        html! {
            <div class="row">
                <label class="row__name" for="export-name">{ tr("settings.name") }</label>
                <input id="export-name" class="row__value" type="text" autocomplete="name"
                    value={annotator_name.clone()} placeholder={tr("settings.name-optional")} {onchange} />
            </div>
        }
    }
}

fn text_of(event: &Event) -> String {
    event.target_unchecked_into::<HtmlInputElement>().value()
}

//! What the import dialog shows.

use web_sys::{HtmlSelectElement, HtmlTextAreaElement};
use yew::prelude::*;

use super::{ImportDialog, LabelSet, Msg, Stage};
use crate::formats::table::{FORMATS, NATIVE_LINES};
use crate::json::Value;
use crate::model::schema::Schema;
use crate::web::components::dialogs::parts::{row, working};
use crate::web::components::element::{Element, button, element, fragment, select_option};
use crate::web::exchange::{count, list, text};
use crate::web::i18n::{number, pick, tr, tr_count, tr_with};
use crate::web::session::ReadAs;

/// How many documents, and how many problems, are listed.
const LINES_MAX: usize = 50;

/// The forms of articles without annotations, by the worker's names.
const ARTICLE_FORMS: [&str; 5] = ["page", "page-whole", "text", "rows", "docx"];

/// The encodings that can be chosen, as browsers name them, and as people do.
const ENCODINGS: [(&str, &str); 8] = [
    ("utf-8", "UTF-8"),
    ("windows-1252", "Windows-1252"),
    ("iso-8859-15", "ISO-8859-15"),
    ("iso-8859-2", "ISO-8859-2"),
    ("windows-1251", "Windows-1251"),
    ("utf-16le", "UTF-16 LE"),
    ("utf-16be", "UTF-16 BE"),
    ("macintosh", "Mac Roman"),
];

impl ImportDialog {
    pub(super) fn inside(&self, ctx: &Context<Self>) -> Element {
        match &self.stage {
            Stage::Choosing => self.choosing(ctx),
            Stage::Adding { done, total } => {
                working(tr!("import.adding"), *done, *total, ctx.props().on_close.reform(|_| ()))
            }
            Stage::Failed(words) => element("p").attr("role", "alert").child(words),
        }
    }

    fn choosing(&self, ctx: &Context<Self>) -> Element {
        let told = &self.told;
        let documents = count(told, "documentCount") + count(told, "natives");
        let action = match documents {
            0 => None,
            1 => Some(tr!("import.open")),
            many => Some(tr_count("import.add", many)),
        };
        let action = action.map(|name| {
            button().class("button--main").onclick(ctx.link().callback(|_| Msg::Take)).child(name)
        });
        let cancel = {
            let on_close = ctx.props().on_close.clone();
            button().onclick(move |_: MouseEvent| on_close.emit(())).child(tr!("dialog.cancel"))
        };
        fragment()
            .child(self.format_row(ctx))
            .child(self.encoding_row(ctx))
            .child(self.column_row(ctx))
            .child(self.version_row(ctx))
            .child(self.set_row(ctx))
            .child(if documents == 0 {
                element("p").child(tr!("import.nothing"))
            } else {
                self.documents(ctx)
            })
            .child(self.labels(ctx))
            .child(problems(told))
            .child(element("p").class("dialog__actions").child(cancel).child(action))
    }

    /// A choice that has the files read again.
    fn reading(&self, ctx: &Context<Self>, id: &'static str, set: fn(&mut ReadAs, String)) -> Element {
        let onchange = ctx.link().callback(move |event: Event| Msg::ReadAs(set, chosen(&event)));
        element("select").attr("id", id).class("row__value").onchange(onchange)
    }

    fn format_row(&self, ctx: &Context<Self>) -> Html {
        let here = text(&self.told, "format");
        let select = self.reading(ctx, "import-format", |read_as, format| read_as.format = format);
        let articles = ARTICLE_FORMS
            .iter()
            .fold(element("optgroup").attr("label", tr!("import.articles")), |group, id| {
                group.child(select_option(*id, here == *id, tr(&format!("import.form-{id}"))))
            });
        let read = FORMATS.iter().filter(|format| format.is_read && format.id != crate::formats::NATIVE);
        let annotated = read
            .fold(element("optgroup").attr("label", tr!("import.annotated")), |group, format| {
                group.child(select_option(format.id, here == format.id, format.name))
            });
        let is_chosen_by_us = here == NATIVE_LINES || here.is_empty();
        let unknown = is_chosen_by_us.then(|| select_option("", here.is_empty(), tr!("import.unknown")));
        row("import-format", tr!("import.recognised"), select.child(unknown).child(articles).child(annotated))
    }

    fn encoding_row(&self, ctx: &Context<Self>) -> Option<Html> {
        let here = text(&self.told, "encoding");
        let format = text(&self.told, "format");
        if here == "utf-8"
            && !matches!(format, "text" | "page" | "page-whole")
            && self.read_as.encoding.is_empty()
        {
            return None;
        }
        let select = self.reading(ctx, "import-encoding", |read_as, encoding| read_as.encoding = encoding);
        let select = ENCODINGS
            .iter()
            .fold(select, |select, (id, name)| select.child(select_option(*id, here == *id, *name)));
        // What a web page says that it is in.
        let is_known = ENCODINGS.iter().any(|(id, _)| *id == here);
        let select = select
            .child((!is_known).then(|| select_option(here.to_owned(), true, here.to_ascii_uppercase())));
        Some(row("import-encoding", tr!("import.encoding"), select))
    }

    fn column_row(&self, ctx: &Context<Self>) -> Option<Html> {
        let columns = list(&self.told, "columns");
        if columns.is_empty() {
            return None;
        }
        let here = text(&self.told, "column");
        let select = self.reading(ctx, "import-column", |read_as, column| read_as.column = column);
        let select = columns.iter().filter_map(Value::as_str).fold(select, |select, column| {
            select.child(select_option(column.to_owned(), here == column, column))
        });
        Some(row("import-column", tr!("import.column"), select))
    }

    fn version_row(&self, ctx: &Context<Self>) -> Option<Html> {
        let title = self.version_of(ctx)?;
        let as_version = tr_with!("import.as-version", &[("title", title)]);
        let options = [("own", tr!("import.as-own")), ("version", as_version)];
        let here = if self.is_version { "version" } else { "own" };
        Some(choice(ctx, ("import-version", tr!("import.as")), &options, here, Msg::Version))
    }

    /// Where native files have another label set than the one in use: what becomes of it.
    fn set_row(&self, ctx: &Context<Self>) -> Option<Html> {
        let name = |set: LabelSet| match set {
            LabelSet::Own => tr!("import.set-own"),
            LabelSet::Project => tr!("import.set-project"),
            LabelSet::Here => tr!("import.set-here"),
        };
        let options = LabelSet::ALL.map(|set| (set.name(), name(set)));
        let row = || choice(ctx, ("import-set", tr!("import.set")), &options, self.set.name(), Msg::Set);
        (count(&self.told, "others") > 0).then(row)
    }

    /// What will be taken: of one article the text, which can still be edited; of several a list.
    fn documents(&self, ctx: &Context<Self>) -> Element {
        let documents = list(&self.told, "documents");
        let is_present = |document: &Value| {
            let sha256 = text(document, "sha256");
            ctx.props().present.iter().any(|present| present == sha256)
        };
        let line = |document: &Value| {
            let facts = [
                Some(tr_count("import.characters", count(document, "length"))),
                (count(document, "annotations") > 0)
                    .then(|| tr_count("status.annotations", count(document, "annotations"))),
                is_present(document).then(|| tr!("import.present")),
            ];
            let facts: Vec<AttrValue> = facts.into_iter().flatten().collect();
            element("li")
                .child(element("b").child(text(document, "title")))
                .child(element("span").class("export__names").child(facts.join(" · ")))
        };
        let lines = documents
            .iter()
            .take(LINES_MAX)
            .fold(element("ul"), |lines, document| lines.child(line(document)));
        let all = count(&self.told, "documentCount") + count(&self.told, "natives");
        let rest = all.saturating_sub(documents.len().min(LINES_MAX));
        element("div")
            .class("import__documents")
            .child(lines)
            .child((rest > 0).then(|| element("p").child(tr_count("import.more", rest))))
            .child(documents.first().and_then(|document| fields(&ctx.props().schema, document)))
            .child(documents.first().map(|document| self.preview(ctx, document, documents.len() == 1)))
    }

    fn preview(&self, ctx: &Context<Self>, document: &Value, is_only: bool) -> Element {
        let words = text(document, "excerpt");
        let is_whole = document.get("isWhole").and_then(Value::as_bool) == Some(true);
        let annotations = count(document, "annotations");
        if !is_only || !is_whole || annotations > 0 {
            return element("pre")
                .class("export__preview")
                .attr("tabindex", "0")
                .attr("dir", "auto")
                .attr("aria-label", tr!("import.preview"))
                .child(words);
        }
        let oninput = ctx.link().callback(|event: InputEvent| {
            Msg::Text(event.target_unchecked_into::<HtmlTextAreaElement>().value())
        });
        let value = self.edited.clone().unwrap_or_else(|| words.to_owned());
        fragment()
            .child(
                element("textarea")
                    .class("import__text")
                    .attr("rows", "10")
                    .attr("dir", "auto")
                    .attr("aria-label", tr!("import.preview"))
                    .value(value)
                    .oninput(oninput),
            )
            .child(element("p").class("export__help").child(tr!("import.edit-help")))
    }

    /// The labels of the files, each with what becomes of it.
    fn labels(&self, ctx: &Context<Self>) -> Option<Element> {
        let mut labels = self.mapped_labels().peekable();
        labels.peek()?;
        let rows = labels.fold(fragment(), |rows, label| rows.child(self.label(ctx, label)));
        Some(
            element("fieldset")
                .class("import__labels")
                .child(element("legend").child(tr!("import.labels")))
                .child(rows),
        )
    }

    fn label(&self, ctx: &Context<Self>, label: &Value) -> Element {
        let name = text(label, "name").to_owned();
        let here = self.choice_of(label);
        let onchange = {
            let name = name.clone();
            ctx.link().callback(move |event: Event| Msg::Label(name.clone(), chosen(&event)))
        };
        let offered = ctx.props().schema.labels.iter().filter(|label| !label.retired);
        let known =
            offered.fold(element("optgroup").attr("label", tr!("import.label-is")), |group, label| {
                let value = format!("={}", label.id.as_str());
                let is_here = value == here;
                group.child(select_option(value, is_here, pick(&label.name)))
            });
        let select = element("select")
            .onchange(onchange)
            .child(select_option("add", here == "add", tr!("import.label-add")))
            .child(select_option("keep", here == "keep", tr!("import.label-keep")))
            .child(known);
        element("label")
            .class("import__label")
            .child(element("span").child(&name).child(" · ").child(number(count(label, "count"))))
            .child(select)
    }
}

/// What a file says of its document, by the names of the label set.
fn fields(schema: &Schema, document: &Value) -> Option<Element> {
    let value = |key: &str| document.get("fields").and_then(|fields| fields.get(key)).and_then(Value::as_str);
    let given = schema.document_fields.iter().filter_map(|field| Some((field, value(field.key.as_str())?)));
    let facts: Vec<Element> = given
        .map(|(field, value)| {
            fragment()
                .child(element("dt").child(pick(&field.name)))
                .child(element("dd").attr("dir", "auto").child(value))
        })
        .collect();
    (!facts.is_empty()).then(|| element("dl").class("import__fields").children(facts))
}

/// What was wrong, and what was done about it.
fn problems(told: &Value) -> Option<Element> {
    let problems = list(told, "problems");
    if problems.is_empty() {
        return None;
    }
    let line = |problem: &Value| {
        let place = match count(problem, "line") {
            0 => text(problem, "file").to_owned(),
            line => format!("{}:{}", text(problem, "file"), line),
        };
        let kind = tr(&format!("import-problem.{}", text(problem, "kind")));
        let remedy = tr(&format!("import-remedy.{}", text(problem, "remedy")));
        element("li")
            .child(element("b").child(place))
            .child(" ")
            .child(kind)
            .child(" ")
            .child(element("q").child(text(problem, "what")))
            .child(" ")
            .child(remedy)
    };
    let lines =
        problems.iter().take(LINES_MAX).fold(element("ul"), |lines, problem| lines.child(line(problem)));
    let all = count(told, "problemCount");
    let rest = all.saturating_sub(problems.len().min(LINES_MAX));
    Some(
        element("section")
            .class("export__losses")
            .child(element("h3").child(tr_count("import.problems", all)))
            .child(lines)
            .child((rest > 0).then(|| element("p").child(tr_count("report.rest", rest)))),
    )
}

/// A choice between some things, each with the name that it has in the `select`.
fn choice(
    ctx: &Context<ImportDialog>,
    (id, name): (&'static str, AttrValue),
    options: &[(&'static str, AttrValue)],
    here: &str,
    message: fn(String) -> Msg,
) -> Html {
    let onchange = ctx.link().callback(move |event: Event| message(chosen(&event)));
    let select = element("select").attr("id", id).class("row__value").onchange(onchange);
    let option = |(value, name): &(&'static str, AttrValue)| select_option(*value, *value == here, name);
    row(id, name, select.children(options.iter().map(option)))
}

fn chosen(event: &Event) -> String {
    event.target_unchecked_into::<HtmlSelectElement>().value()
}

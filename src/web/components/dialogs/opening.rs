//! Opening a file: what to do where the document is here already, what moved, what is wrong.

use std::rc::Rc;

use yew::prelude::*;

use crate::formats::json::ReadError;
use crate::web::components::dialog::Dialog;
use crate::web::components::dialogs::report_text::schema_problems_text;
use crate::web::i18n::{number, tr, tr_count, tr_with};
use crate::web::opening::{Clash, OpenReport};
use crate::web::ptr_eq::PtrEq;
use crate::web::session::Restored;

/// How many lines of a report are shown.
const LINES_MAX: usize = 200;

/// What a person chose where the document is here already.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClashAnswer {
    KeepBoth,
    Replace,
}

pub struct ClashProps {
    pub clash: PtrEq<Clash>,
    pub on_answer: Callback<ClashAnswer>,
    pub on_close: Callback<()>,
}

/// The document of a file is on this computer: keep both, replace, or leave it.
pub fn clash_dialog(props: &ClashProps) -> Html {
    let ClashProps { clash, on_answer, on_close } = props;
    let answer = |answer: ClashAnswer| on_answer.reform(move |_: MouseEvent| answer);
    html! {
        <Dialog title={tr("clash.title")} on_close={on_close.clone()}>
            <p>{ tr_with("clash.what", &[("title", &clash.title)]) }</p>
            <p>{ tr_count("clash.here", clash.annotations_here) }{ " " }{ tr_count("clash.file", clash.annotations_file) }</p>
            <p class="dialog__actions">
                <button type="button" onclick={on_close.reform(|_: MouseEvent| ())}>{ tr("dialog.cancel") }</button>
                <button type="button" onclick={answer(ClashAnswer::Replace)}>{ tr("clash.replace") }</button>
                <button type="button" class="button--main" onclick={answer(ClashAnswer::KeepBoth)}>{ tr("clash.keep-both") }</button>
            </p>
        </Dialog>
    }
}

pub struct ReportProps {
    pub report: PtrEq<OpenReport>,
    pub on_close: Callback<()>,
}

/// What a person must be told about a file that was opened.
pub fn report_dialog(props: &ReportProps) -> Html {
    let ReportProps { report, on_close } = props;
    let part = |key: &str, lines: &[Rc<str>]| {
        if lines.is_empty() {
            return html! {};
        }
        let rest = lines.len().saturating_sub(LINES_MAX);
        html! {
            <section>
                <h3>{ tr_count(key, lines.len()) }</h3>
                <ul class="report__lines">{ for lines.iter().take(LINES_MAX).map(|line| html! { <li>{ &**line }</li> }) }</ul>
                if rest > 0 { <p>{ tr_count("report.rest", rest) }</p> }
            </section>
        }
    };
    html! {
        <Dialog title={tr("report.title")} on_close={on_close.clone()} class="dialog--wide">
            <p>{ tr_with("report.what", &[("name", &report.file_name)]) }</p>
            { part("report.unplaced", &report.unplaced) }
            { part("report.moved", &report.moved) }
            { part("report.problems", &report.problems) }
        </Dialog>
    }
}

pub struct NeedsTextProps {
    pub file_name: AttrValue,
    pub on_choose: Callback<()>,
    pub on_close: Callback<()>,
}

/// The file has no text, and none with its hash is on this computer.
pub fn needs_text_dialog(props: &NeedsTextProps) -> Html {
    let NeedsTextProps { file_name, on_choose, on_close } = props;
    html! {
        <Dialog title={tr("needs-text.title")} on_close={on_close.clone()}>
            <p>{ tr_with("needs-text.what", &[("name", file_name)]) }</p>
            <p class="dialog__actions">
                <button type="button" onclick={on_close.reform(|_: MouseEvent| ())}>{ tr("dialog.cancel") }</button>
                <button type="button" class="button--main" onclick={on_choose.reform(|_: MouseEvent| ())}>{ tr("needs-text.choose") }</button>
            </p>
        </Dialog>
    }
}

pub struct RestoredProps {
    pub restored: Restored,
    pub on_close: Callback<()>,
}

/// What came from a backup.
pub fn restored_dialog(props: &RestoredProps) -> Html {
    let RestoredProps { restored, on_close } = props;
    let line = |key: &str, count: usize| {
        if count == 0 {
            html! {}
        } else {
            html! { <p>{ tr_count(key, count) }</p> }
        }
    };
    html! {
        <Dialog title={tr("restored.title")} on_close={on_close.clone()}>
            <p>{ tr_count("restored.added", restored.added) }</p>
            { line("restored.present", restored.present) }
            { line("restored.failed", restored.failed) }
        </Dialog>
    }
}

pub struct SchemaProblemsProps {
    pub file_name: AttrValue,
    pub lines: Rc<[AttrValue]>,
    pub on_close: Callback<()>,
}

/// A file of a label set that has errors: a sentence for each.
pub fn schema_problems_dialog(props: &SchemaProblemsProps) -> Html {
    let SchemaProblemsProps { file_name, lines, on_close } = props;
    html! {
        <Dialog title={tr_with("open.failed", &[("name", file_name)])} on_close={on_close.clone()} class="dialog--wide" is_text=true>
            <p>{ tr_count("read.schema", lines.len()) }</p>
            <ul class="report__lines">{ for lines.iter().take(LINES_MAX).map(|line| html! { <li>{ line }</li> }) }</ul>
            <p>{ tr("open.nothing-lost") }</p>
        </Dialog>
    }
}

pub struct FailedProps {
    pub title: AttrValue,
    pub words: AttrValue,
    pub on_close: Callback<()>,
}

/// A file that could not be opened. What was open stays open.
pub fn failed_dialog(props: &FailedProps) -> Html {
    let FailedProps { title, words, on_close } = props;
    html! {
        <Dialog title={title.clone()} on_close={on_close.clone()}>
            <p>{ words }</p>
            <p>{ tr("open.nothing-lost") }</p>
        </Dialog>
    }
}

/// Why a file cannot be opened, and what to do next.
pub fn read_error_text(error: &ReadError) -> AttrValue {
    let place = |key: &str, line: usize, column: usize| {
        tr_with(key, &[("line", &number(line)), ("column", &number(column))])
    };
    match error {
        ReadError::TooLarge { size_bytes, size_bytes_max } => {
            let mebibytes = |bytes: &usize| number(bytes.div_ceil(1 << 20));
            tr_with(
                "read.too-large",
                &[("size", &mebibytes(size_bytes)), ("max", &mebibytes(size_bytes_max))],
            )
        }
        ReadError::NotUtf8 { at_byte } => tr_with("read.not-utf8", &[("at", &number(*at_byte))]),
        ReadError::NotJson { is_cut_off: true, .. } => tr("read.cut-off"),
        ReadError::NotJson { line, column, .. } => place("read.not-json", *line, *column),
        ReadError::TooDeep { line, column } => place("read.too-deep", *line, *column),
        ReadError::LoneSurrogate { line, column } => place("read.lone-surrogate", *line, *column),
        ReadError::NotOurs { .. } => tr("read.not-ours"),
        ReadError::WrongVersion { found, known } => {
            tr_with("read.wrong-version", &[("found", &found.to_string()), ("known", &known.to_string())])
        }
        ReadError::WrongUnit { found } => tr_with("read.wrong-unit", &[("found", found)]),
        ReadError::SchemaProblems(problems) => schema_problems_text(problems),
        ReadError::MissingPart { path } => tr_with("read.missing", &[("path", path)]),
        ReadError::WrongPart { path } => tr_with("read.wrong-part", &[("path", path)]),
        ReadError::TooManyAnnotations { count, count_max } => {
            tr_with("read.too-many", &[("count", &number(*count)), ("max", &number(*count_max))])
        }
    }
}

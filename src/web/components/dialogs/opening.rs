//! Opening a file: what to do where the document is here already, what moved, what is wrong.

use std::rc::Rc;

use yew::prelude::*;

use crate::edit::keymap::Command;
use crate::formats::json::ReadError;
use crate::model::ids::AnnotationId;
use crate::web::components::dialog::{dialog, text_dialog};
use crate::web::components::dialogs::report_text::schema_problems_text;
use crate::web::components::element::{Element, button, element, fragment};
use crate::web::i18n::{number, tr, tr_count, tr_with};
use crate::web::opening::{Clash, MovedLine, OpenReport};
use crate::web::ptr_eq::PtrEq;
use crate::web::session::{Backup, Restored};

/// How many lines of a report are shown.
pub const LINES_MAX: usize = 200;

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
    dialog(
        tr!("clash.title"),
        on_close.clone(),
        "",
        fragment()
            .child(element("p").child(tr_with!("clash.what", &[("title", &clash.title)])))
            .child(
                element("p")
                    .child(tr_count("clash.here", clash.annotations_here))
                    .child(" ")
                    .child(tr_count("clash.file", clash.annotations_file)),
            )
            .child(
                element("p")
                    .class("dialog__actions")
                    .child(button().sends(on_close, ()).child(tr!("dialog.cancel")))
                    .child(button().onclick(answer(ClashAnswer::Replace)).child(tr!("clash.replace")))
                    .child(
                        button()
                            .class("button--main")
                            .onclick(answer(ClashAnswer::KeepBoth))
                            .child(tr!("clash.keep-both")),
                    ),
            ),
    )
}

pub struct ReportProps {
    pub report: PtrEq<OpenReport>,
    /// Goes to an annotation that moved.
    pub on_go: Callback<AnnotationId>,
    pub on_close: Callback<()>,
}

/// What a person must be told about a file that was opened.
pub fn report_dialog(props: &ReportProps) -> Html {
    let ReportProps { report, on_go, on_close } = props;
    let moved =
        |line: &MovedLine| button().class("report__jump").sends(on_go, line.id.clone()).child(&*line.text);
    let said = |line: &Rc<str>| fragment().child(&**line);
    let (title, what) = match &report.version {
        Some(version) => ("report.version-title", version.to_string().into()),
        None => ("report.title", tr_with!("report.what", &[("name", &report.file_name)])),
    };
    dialog(
        tr(title),
        on_close.clone(),
        "dialog--wide",
        fragment()
            .child(element("p").child(what))
            .child(part("report.unplaced", report.unplaced.count, report.unplaced.lines.iter().map(said)))
            .child(part("report.moved", report.moved.count, report.moved.lines.iter().map(moved)))
            .child(part("report.problems", report.problems.count, report.problems.lines.iter().map(said))),
    )
}

/// The first lines of a part of the report, and how many more there are.
fn part(key: &'static str, count: usize, lines: impl Iterator<Item = Element>) -> Option<Element> {
    let rest = count.saturating_sub(LINES_MAX);
    let lines = lines.map(|line| element("li").child(line));
    (count > 0).then(|| {
        element("section")
            .child(element("h3").child(tr_count(key, count)))
            .child(element("ul").class("report__lines").children(lines))
            .child_if(rest > 0, || element("p").child(tr_count("report.rest", rest)))
    })
}

pub struct NeedsTextProps {
    pub file_name: AttrValue,
    pub on_choose: Callback<()>,
    pub on_close: Callback<()>,
}

/// The file has no text, and none with its hash is on this computer.
pub fn needs_text_dialog(props: &NeedsTextProps) -> Html {
    let NeedsTextProps { file_name, on_choose, on_close } = props;
    dialog(
        tr!("needs-text.title"),
        on_close.clone(),
        "",
        fragment().child(element("p").child(tr_with!("needs-text.what", &[("name", file_name)]))).child(
            element("p")
                .class("dialog__actions")
                .child(button().sends(on_close, ()).child(tr!("dialog.cancel")))
                .child(button().class("button--main").sends(on_choose, ()).child(tr!("needs-text.choose"))),
        ),
    )
}

pub struct RestoredProps {
    pub restored: Restored,
    pub on_command: Callback<Command>,
    pub on_close: Callback<()>,
}

/// What came from a backup.
pub fn restored_dialog(props: &RestoredProps) -> Html {
    let RestoredProps { restored, on_command, on_close } = props;
    let line = |key: &str, count: usize| {
        if count == 0 {
            html! {}
        } else {
            element("p").child(tr_count(key, count)).html()
        }
    };
    dialog(
        tr!("restored.title"),
        on_close.clone(),
        "",
        fragment()
            .child(element("p").child(tr_count("restored.added", restored.added)))
            .child(line("restored.present", restored.present))
            .child(line("restored.failed", restored.failed))
            .child(
                element("p")
                    .class("dialog__actions")
                    .child(button().sends(on_command, Command::Documents).child(tr!("command.documents")))
                    .child(button().class("button--main").sends(on_close, ()).child(tr!("restored.go"))),
            ),
    )
}

pub struct BackupProps {
    pub backup: Rc<Backup>,
    pub on_here: Callback<Rc<Backup>>,
    pub on_own: Callback<Rc<Backup>>,
    pub on_close: Callback<()>,
}

/// Where the documents of a backup are to go.
pub fn backup_dialog(props: &BackupProps) -> Html {
    let BackupProps { backup, on_here, on_own, on_close } = props;
    let title = match backup.name.is_empty() {
        true => tr!("backup.title"),
        false => tr_with!("backup.title-named", &[("name", &backup.name)]),
    };
    dialog(
        title,
        on_close.clone(),
        "",
        fragment()
            .child(element("p").child(tr_count("backup.what", backup.documents.len())))
            .child(element("p").child(tr!("backup.question")))
            .child(
                element("p")
                    .class("dialog__actions")
                    .child(button().sends(on_close, ()).child(tr!("dialog.cancel")))
                    .child(button().sends(on_here, backup.clone()).child(tr!("backup.here")))
                    .child(
                        button().class("button--main").sends(on_own, backup.clone()).child(tr!("backup.own")),
                    ),
            ),
    )
}

pub struct SchemaProblemsProps {
    pub file_name: AttrValue,
    pub lines: Rc<[AttrValue]>,
    pub on_close: Callback<()>,
}

/// A file of a label set that has errors: a sentence for each.
pub fn schema_problems_dialog(props: &SchemaProblemsProps) -> Html {
    let SchemaProblemsProps { file_name, lines, on_close } = props;
    text_dialog(
        tr_with!("open.failed", &[("name", file_name)]),
        on_close.clone(),
        fragment()
            .child(element("p").child(tr_count("read.schema", lines.len())))
            .child(
                element("ul")
                    .class("report__lines")
                    .children(lines.iter().take(LINES_MAX).map(|line| element("li").child(line).html())),
            )
            .child(element("p").child(tr!("open.nothing-lost"))),
    )
}

pub struct FailedProps {
    pub title: AttrValue,
    pub words: AttrValue,
    pub on_close: Callback<()>,
}

/// A file that could not be opened. What was open stays open.
pub fn failed_dialog(props: &FailedProps) -> Html {
    let FailedProps { title, words, on_close } = props;
    dialog(
        title.clone(),
        on_close.clone(),
        "",
        fragment().child(element("p").child(words)).child(element("p").child(tr!("open.nothing-lost"))),
    )
}

/// Why a file cannot be opened, and what to do next.
pub fn read_error_text(error: &ReadError) -> AttrValue {
    let place = |key: &str, line: usize, column: usize| {
        tr_with(key, &[("line", &number(line)), ("column", &number(column))])
    };
    match error {
        ReadError::TooLarge { size_bytes, size_bytes_max } => {
            let mebibytes = |bytes: &usize| number(bytes.div_ceil(1 << 20));
            tr_with!(
                "read.too-large",
                &[("size", &mebibytes(size_bytes)), ("max", &mebibytes(size_bytes_max))],
            )
        }
        ReadError::NotUtf8 { at_byte } => tr_with!("read.not-utf8", &[("at", &number(*at_byte))]),
        ReadError::NotJson { is_cut_off: true, .. } => tr!("read.cut-off"),
        ReadError::NotJson { line, column, .. } => place("read.not-json", *line, *column),
        ReadError::TooDeep { line, column } => place("read.too-deep", *line, *column),
        ReadError::LoneSurrogate { line, column } => place("read.lone-surrogate", *line, *column),
        ReadError::NotOurs { .. } => tr!("read.not-ours"),
        ReadError::WrongVersion { found, known } => {
            tr_with!("read.wrong-version", &[("found", &found.to_string()), ("known", &known.to_string())])
        }
        ReadError::WrongUnit { found } => tr_with!("read.wrong-unit", &[("found", found)]),
        ReadError::SchemaProblems(problems) => schema_problems_text(problems),
        ReadError::MissingPart { path } => tr_with!("read.missing", &[("path", path)]),
        ReadError::WrongPart { path } => tr_with!("read.wrong-part", &[("path", path)]),
        ReadError::TooManyAnnotations { count, count_max } => {
            tr_with!("read.too-many", &[("count", &number(*count)), ("max", &number(*count_max))])
        }
    }
}

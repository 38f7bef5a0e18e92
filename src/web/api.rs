//! The scripting interface: `window.sourcier`. README documents it.
//!
//! Documents and options come in as JSON: for what is large that is quicker than one object for
//! each annotation. Answers and events go out as JSON too.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::{ArrayBuffer, Function, JSON, JsString, Object, Promise, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::{JsFuture, future_to_promise};
use web_sys::{CustomEvent, CustomEventInit};

use crate::edit::commands::replace::replace_work;
use crate::formats::json::{
    OpenContext, Opened, ReadError, build_from_parts, is_sourcier_json, read_open_document,
};
use crate::formats::presets::default_schema;
use crate::formats::table::format_info;
use crate::formats::{Content, ExportOptions, NATIVE};
use crate::json::{Map, Value, from_str};
use crate::web::clock;
use crate::web::dom;
use crate::web::dom::idb::pieces_of;
use crate::web::opening::{Clash, FileOutcome};
use crate::web::session::{Reopened, Session, export_state};
use crate::web::store::{Changed, StoreEvent, Subscription};

/// What a script gives as `options`, maybe nothing.
struct Options(Value);

/// `options` of `open`.
struct OpenOptions {
    /// Whether the document is stored on this computer.
    keep: bool,
    /// What to do where the document is here already.
    if_present: IfPresent,
}

#[derive(Clone, Copy)]
enum IfPresent {
    Error,
    KeepBoth,
    Replace,
}

/// How much of the way is behind when a file is written and its text still to be handed over.
const ENCODED_PERCENT: usize = 80;

const IF_PRESENT: [(&str, IfPresent); 3] =
    [("error", IfPresent::Error), ("keep-both", IfPresent::KeepBoth), ("replace", IfPresent::Replace)];

const CONTENTS: [(&str, Content); 3] = [
    ("with-text", Content::WithText),
    ("without-text", Content::WithoutText),
    ("offsets-only", Content::OffsetsOnly),
];

/// Puts `sourcier` on the window. Lives as long as the page.
pub struct Api {
    ready: RefCell<Option<Function>>,
    _subscription: Subscription,
}

impl Api {
    pub fn install(session: &Rc<Session>) -> Api {
        let sourcier = Object::new();
        let ready = RefCell::new(None);
        let promise = Promise::new(&mut |resolve, _| *ready.borrow_mut() = Some(resolve));
        let set = |name: &str, value: &JsValue| {
            let _ = Reflect::set(&sourcier, &name.into(), value);
        };
        set("ready", &promise);
        let opening = session.clone();
        let open = Closure::<dyn Fn(JsValue, JsValue) -> Promise>::new(move |document, options| {
            let session = opening.clone();
            future_to_promise(async move { open(&session, document, options).await })
        });
        set("open", &open.into_js_value());
        let exporting = session.clone();
        let export = Closure::<dyn Fn(JsValue, JsValue) -> Promise>::new(move |format: JsValue, options| {
            let session = exporting.clone();
            future_to_promise(async move { export_files(&session, &format, &options).await })
        });
        set("export", &export.into_js_value());
        let closing = session.clone();
        let close = Closure::<dyn Fn() -> Promise>::new(move || {
            let session = closing.clone();
            future_to_promise(async move {
                session.open_nothing();
                painted().await;
                Ok(JsValue::UNDEFINED)
            })
        });
        set("close", &close.into_js_value());
        let _ = Reflect::set(&dom::window(), &"sourcier".into(), &sourcier);
        let subscription = session.store.subscribe(|event| {
            if let StoreEvent::Changed(changed) = &**event {
                tell(changed);
            }
        });
        Api { ready, _subscription: subscription }
    }

    /// Fulfils `ready`: the first document is on the screen.
    pub fn set_ready(&self) {
        if let Some(resolve) = self.ready.borrow_mut().take() {
            let _ = resolve.call0(&JsValue::NULL);
        }
    }
}

/// Tells scripts of a change.
fn tell(changed: &Changed) {
    if changed.transaction.edits.is_empty() {
        return;
    }
    let detail = [
        ("document", Value::from(&changed.new.document.id.0)),
        ("annotations", Value::from(changed.new.annotations.len())),
        ("added", Value::from(changed.summary.added)),
        ("removed", Value::from(changed.summary.removed)),
        ("changed", Value::from(changed.summary.changed)),
        ("fields", Value::from(changed.summary.fields)),
    ];
    let init = CustomEventInit::new();
    init.set_detail(&to_js(Map::from_iter(detail)));
    if let Ok(event) = CustomEvent::new_with_event_init_dict("sourcier:change", &init) {
        let _ = dom::window().dispatch_event(&event);
    }
}

async fn open(session: &Rc<Session>, document: JsValue, options: JsValue) -> Result<JsValue, JsValue> {
    let options = Options::read(&options)?;
    let options = OpenOptions {
        keep: options.get("keep", Value::as_bool, "true or false")?.unwrap_or(true),
        if_present: options.word("ifPresent", &IF_PRESENT)?.unwrap_or(IfPresent::Error),
    };
    let json = json_of(&document)?;
    let (moved, unplaced, problems) = if is_sourcier_json(&json) {
        open_native(session, &json, &options).await?
    } else {
        let parts = read_open_document(&json).map_err(|error| read_failure(&error))?;
        let annotator_id = session.store.annotator();
        let opened = session.store.with_ids(|ids| {
            let context = OpenContext { ids, annotator_id, time_ms: clock::now_ms() };
            build_from_parts(parts, Rc::new(default_schema()), context)
        });
        let Opened { state, problems, moved, unplaced, .. } = opened;
        session.open_state(state, options.keep);
        (moved.len(), unplaced.len(), problems.len())
    };
    painted().await;
    let state = session.store.state();
    Ok(to_js(Map::from_iter([
        ("document", Value::from(&state.document.id.0)),
        ("annotations", Value::from(state.annotations.len())),
        ("moved", Value::from(moved)),
        ("unplaced", Value::from(unplaced)),
        ("problems", Value::from(problems)),
    ])))
}

/// The JSON in UTF-8: of a file's bytes as they are, of its text, of an object. A file's bytes are the
/// quickest, since the browser needs a moment to write a long text in UTF-8.
fn json_of(document: &JsValue) -> Result<Vec<u8>, JsValue> {
    if document.is_instance_of::<Uint8Array>() || document.is_instance_of::<ArrayBuffer>() {
        return Ok(Uint8Array::new(document).to_vec());
    }
    let json = if document.is_string() { document.clone().into() } else { JSON::stringify(document)? };
    // `undefined` and functions have no JSON.
    if !json.is_string() {
        return Err(failure("unreadable", "open() takes a document, JSON, or a file's bytes"));
    }
    Ok(dom::utf8(&json))
}

async fn open_native(
    session: &Rc<Session>,
    bytes: &[u8],
    options: &OpenOptions,
) -> Result<(usize, usize, usize), JsValue> {
    let outcome = session.open_bytes("sourcier.open", bytes, options.keep, true).await;
    let report = match outcome.unwrap_or(FileOutcome::NotText) {
        FileOutcome::Opened { report } => report,
        FileOutcome::Clash(clash) => {
            settle_clash(session, &clash, options.if_present).await?;
            clash.report
        }
        FileOutcome::NeedsText(waiting) => {
            let words =
                format!("the file has no text; one with the SHA-256 {} is needed", waiting.file.sha256);
            return Err(failure("needs-text", &words));
        }
        FileOutcome::Failed(error) => return Err(read_failure(&error)),
        FileOutcome::Stopped => return Err(stopped()),
        FileOutcome::Restored(_)
        | FileOutcome::Backup(_)
        | FileOutcome::SameText
        | FileOutcome::Unrelated(_)
        | FileOutcome::Schema(_)
        | FileOutcome::Foreign(_)
        | FileOutcome::NotText => {
            return Err(failure("not-text", "not a text"));
        }
    };
    let count = |lines: fn(&crate::web::opening::OpenReport) -> usize| report.as_ref().map_or(0, lines);
    Ok((
        count(|report| report.moved.count),
        count(|report| report.unplaced.count),
        count(|report| report.problems.count),
    ))
}

async fn settle_clash(session: &Rc<Session>, clash: &Clash, if_present: IfPresent) -> Result<(), JsValue> {
    match if_present {
        IfPresent::Error => Err(failure(
            "present",
            "the document is on this computer; say ifPresent: \"keep-both\" or \"replace\"",
        )),
        IfPresent::KeepBoth => {
            session.keep_both(clash);
            Ok(())
        }
        IfPresent::Replace => {
            let reopened = match session.store.state().document.id == clash.id {
                true => Ok(Reopened::Open),
                false => session.open_document(&clash.id).await,
            };
            if reopened == Ok(Reopened::Stopped) {
                return Err(stopped());
            }
            if reopened == Ok(Reopened::Open)
                && session.store.state().document.text == clash.state.document.text
            {
                session.store.command(|state, ctx| replace_work(state, ctx, &clash.state));
                Ok(())
            } else {
                Err(failure("other-text", "the document on this computer has another text"))
            }
        }
    }
}

async fn export_files(
    session: &Rc<Session>,
    format: &JsValue,
    options: &JsValue,
) -> Result<JsValue, JsValue> {
    let options = Options::read(options)?;
    let format = format.as_string().unwrap_or_else(|| NATIVE.to_string());
    let content = options.word("content", &CONTENTS)?.unwrap_or(Content::WithText);
    let annotator_name = options.get("annotatorName", Value::as_str, "a text")?.unwrap_or_default();
    let array = js_sys::Array::new();
    if format == NATIVE {
        let export_options = session.export_options(content, annotator_name);
        array.push(&native_file(session, &export_options).await?);
        return Ok(array.into());
    }
    for (path, bytes) in foreign_files(session, &format, &options.0).await? {
        let (key, content) = match String::from_utf8(bytes) {
            Ok(text) => ("text", text.into()),
            Err(error) => ("bytes", Uint8Array::from(error.as_bytes()).into()),
        };
        array.push(&file_object(&path, "application/octet-stream", key, &content)?);
    }
    Ok(array.into())
}

/// The native file of the open document. Its text comes in pieces, none of which holds the page for long.
async fn native_file(session: &Rc<Session>, options: &ExportOptions) -> Result<JsValue, JsValue> {
    let work = session.begin_work("banner.exporting");
    work.part(0, ENCODED_PERCENT);
    let exported = export_state(&session.store.state(), options, &work).await;
    let file = exported.map_err(|error| failure("too-large", &format!("{} bytes", error.size_bytes)))?;
    let file = file.ok_or_else(stopped)?;
    work.part(ENCODED_PERCENT, 100);
    let mut text = JsString::from("");
    let mut pieces = pieces_of(std::str::from_utf8(&file.bytes).unwrap_or_default());
    let mut append = || {
        text = text.concat(&pieces.next()?.into());
        Some(text.length() as usize * 100 / file.bytes.len())
    };
    if !work.run(&mut append).await {
        return Err(stopped());
    }
    file_object(&file.name, file.media_type, "text", &text)
}

/// The open document in the format of another program, by the worker.
async fn foreign_files(
    session: &Session,
    format: &str,
    options: &Value,
) -> Result<Vec<(String, Vec<u8>)>, JsValue> {
    if format_info(format).is_none() {
        return Err(failure("unknown-format", &format!("no format is called {format}")));
    }
    let failed = |_| failure("worker", "the worker of the formats gave no answer");
    let document = session.store.state().document.id.clone();
    let options = if options.is_null() { Value::Object(Map::new()) } else { options.clone() };
    session.make_export(format, &options, &[document], &|_| ()).await.map_err(failed)?;
    session.export_files().await.map_err(failed)
}

fn file_object(name: &str, media_type: &str, key: &str, content: &JsValue) -> Result<JsValue, JsValue> {
    let object = Object::new();
    Reflect::set(&object, &"name".into(), &name.into())?;
    Reflect::set(&object, &"mediaType".into(), &media_type.into())?;
    Reflect::set(&object, &key.into(), content)?;
    Ok(object.into())
}

impl Options {
    fn read(options: &JsValue) -> Result<Options, JsValue> {
        if options.is_undefined() || options.is_null() {
            return Ok(Options(Value::Null));
        }
        let json = JSON::stringify(options)?.as_string().unwrap_or_default();
        match from_str(&json) {
            Ok(options @ Value::Object(_)) => Ok(Options(options)),
            _ => Err(failure("options", "the options are no object")),
        }
    }

    /// An option, by what takes it from a value. An error where it is something else.
    fn get<'o, T>(
        &'o self,
        name: &str,
        take: impl Fn(&'o Value) -> Option<T>,
        expected: &str,
    ) -> Result<Option<T>, JsValue> {
        let Some(value) = self.0.get(name) else { return Ok(None) };
        let taken = take(value).ok_or_else(|| failure("options", &format!("{name} must be {expected}")))?;
        Ok(Some(taken))
    }

    /// An option that is one of some words.
    fn word<T: Copy>(&self, name: &str, words: &[(&str, T)]) -> Result<Option<T>, JsValue> {
        let take = |value: &Value| {
            words.iter().find(|(word, _)| value.as_str() == Some(word)).map(|(_, meaning)| *meaning)
        };
        let expected: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
        self.get(name, take, &format!("one of {}", expected.join(", ")))
    }
}

/// The value as a script sees it.
fn to_js(map: Map) -> JsValue {
    JSON::parse(&Value::Object(map).to_string()).unwrap_or_default()
}

/// An `Error` with a `code` that scripts can look at.
fn failure(code: &str, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    let _ = Reflect::set(&error, &"code".into(), &code.into());
    error.into()
}

fn stopped() -> JsValue {
    failure("stopped", "it was cancelled, or another document was opened")
}

fn read_failure(error: &ReadError) -> JsValue {
    failure("unreadable", &crate::web::components::dialogs::opening::read_error_text(error))
}

/// Resolved after the next frame was painted.
async fn painted() {
    for _ in 0..2 {
        let frame = Promise::new(&mut |resolve, _| {
            let _ = dom::window().request_animation_frame(&resolve);
        });
        let _ = JsFuture::from(frame).await;
    }
}

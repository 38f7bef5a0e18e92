//! Exports by the worker: of the open document, of some, or of all.

use crate::edit::state::State;
use crate::formats::json::Encoding;
use crate::formats::{Content, ExportFile, ExportOptions, TooLarge, native_file};
use crate::json::Value;
use crate::model::ids::DocumentId;
use crate::web::dom::idb::StorageError;
use crate::web::exchange::{ExchangeError, list, request, text};
use crate::web::long_work::{LongWork, Stop};
use crate::web::session::Session;
use crate::web::session::stored::read_stored;

/// Why an export did not come about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ExportFailure {
    Exchange(ExchangeError),
    Storage(StorageError),
}

impl From<ExchangeError> for ExportFailure {
    fn from(error: ExchangeError) -> ExportFailure {
        ExportFailure::Exchange(error)
    }
}

impl Session {
    /// Makes an export of these documents, one after the other, and gives what the worker says of
    /// it. `on_step` hears how many are done. [`Session::save_export`] gives the file.
    pub async fn make_export(
        &self,
        format: &str,
        options: &Value,
        documents: &[DocumentId],
        on_step: &dyn Fn(usize),
    ) -> Result<Value, ExportFailure> {
        let begin = request("export", [("format", Value::from(format)), ("options", options.clone())]);
        self.exchange.ask(&begin, &[]).await?;
        let name = text(options, "annotatorName");
        let stop = Stop::default();
        *self.exporting.borrow_mut() = stop.clone();
        // What is told are the documents.
        let work = LongWork::begin(stop, |_| ());
        for (idx, id) in documents.iter().enumerate() {
            let native = self.native_file(id, name, &work).await.map_err(ExportFailure::Storage)?;
            if !work.is_wanted() {
                return Err(ExchangeError::Stopped.into());
            }
            if let Some(native) = native {
                self.exchange.ask(&request("add", []), &[&native]).await?;
            }
            on_step(idx + 1);
        }
        Ok(self.exchange.ask(&request("finish", []), &[]).await?.json)
    }

    /// The export that was made last: the path of its one file, or `None` for a ZIP, and the bytes.
    pub async fn save_export(&self) -> Result<(Option<String>, Vec<u8>), ExportFailure> {
        let reply = self.exchange.ask(&request("save", []), &[]).await?;
        let path = reply.json.get("path").and_then(Value::as_str).map(str::to_owned);
        Ok((path, reply.files.into_iter().next().unwrap_or_default()))
    }

    /// All files of the export that was made last, each with its path.
    pub async fn export_files(&self) -> Result<Vec<(String, Vec<u8>)>, ExportFailure> {
        let reply = self.exchange.ask(&request("files", []), &[]).await?;
        let paths =
            list(&reply.json, "paths").iter().map(|path| path.as_str().unwrap_or_default().to_owned());
        Ok(paths.zip(reply.files).collect())
    }

    /// Ends the export that is on its way, where one is.
    pub fn stop_export(&self) {
        self.exporting.borrow().ask();
        self.exchange.stop();
    }

    /// A document of this computer as a native file. `None` where it is gone, cannot be read, is
    /// larger than a native file may be, or is not wanted any more.
    pub async fn native_file(
        &self,
        id: &DocumentId,
        annotator_name: &str,
        work: &LongWork,
    ) -> Result<Option<Vec<u8>>, StorageError> {
        let open = self.store.state();
        let options = self.export_options(Content::WithText, annotator_name);
        let file = if open.document.id == *id {
            export_state(&open, &options, work).await
        } else {
            let Some(library) = self.library() else { return Ok(None) };
            let Some(stored) = library.load(id).await? else { return Ok(None) };
            let Ok(read) = read_stored(&stored, work).await else { return Ok(None) };
            export_state(read.editor.state(), &options, work).await
        };
        Ok(file.ok().flatten().map(|file| file.bytes))
    }
}

/// The native file of a state, whatever is done to the document meanwhile. `None` where it is not wanted any
/// more.
pub async fn export_state(
    state: &State,
    options: &ExportOptions,
    work: &LongWork,
) -> Result<Option<ExportFile>, TooLarge> {
    let mut encoding = Encoding::new(state, options)?;
    match work.run(&mut || encoding.step().then(|| encoding.percent())).await {
        true => encoding.finish().map(|bytes| Some(native_file(state, bytes))),
        false => Ok(None),
    }
}

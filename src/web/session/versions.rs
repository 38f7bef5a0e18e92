//! A new version of the open text, with the work on the old one.

use std::rc::Rc;

use yew::AttrValue;

use crate::edit::state::State;
use crate::formats::json::{
    NATIVE_SIZE_MAX, NativeFile, NewVersion, OpenContext, ReadError, Versions, make_version,
};
use crate::formats::{Content, ExportOptions, TooLarge};
use crate::model::document::{Fields, field_text};
use crate::model::ids::{FieldKey, IdSource};
use crate::model::schema::AttributeValue;
use crate::text::alignment::Aligning;
use crate::web::clock;
use crate::web::components::dialogs::report_text::version_report;
use crate::web::dom;
use crate::web::i18n::tr_with;
use crate::web::long_work::LongWork;
use crate::web::opening::{FileOutcome, Unrelated, read_steps};
use crate::web::session::exchanging::export_state;
use crate::web::session::{Session, title_of};

/// The field in which people write what they want, where the label set has it.
const NOTES: &str = "notes";

/// How much of the way is behind when the new text is read, the work is written as a file and read again, and
/// the lines are known that the texts share.
const READ_PERCENT: usize = 10;
const ENCODED_PERCENT: usize = 20;
const REREAD_PERCENT: usize = 35;
const ALIGNED_PERCENT: usize = 50;

impl Session {
    /// Opens the text of a native file with the work on the open document, as a document of its own.
    /// The open document stays as it is.
    pub async fn open_version(self: &Rc<Self>, native: &[u8]) -> FileOutcome {
        let work = self.begin_opening();
        work.part(0, READ_PERCENT);
        let mut file = match read_steps(&work, native).await {
            Ok(Some(file)) => file,
            Ok(None) => return FileOutcome::Stopped,
            Err(error) => return FileOutcome::Failed(error),
        };
        let Some(text) = file.text.clone() else { return FileOutcome::NotText };
        let old = self.store.state();
        if text == old.document.text {
            return FileOutcome::SameText;
        }
        file.text_sha256 = dom::sha256_hex(&text).await.map(Rc::from);
        let NewVersion { mut opened, is_unrelated } = match self.put_on(&work, &old, &file).await {
            Ok(Some(version)) => version,
            Ok(None) => return FileOutcome::Stopped,
            Err(error) => return FileOutcome::Failed(error),
        };
        let title = title_of(&old);
        add_fields(&mut opened.state, &file.fields, &title);
        let report = version_report(&title, &opened);
        let state = opened.state;
        if is_unrelated {
            return FileOutcome::Unrelated(Unrelated { state, report });
        }
        self.open_state(state, true);
        FileOutcome::Opened { report: Some(report) }
    }

    /// The work of a state on the text of a file. `None` where it is not wanted any more.
    async fn put_on(
        &self,
        work: &LongWork,
        old: &State,
        file: &NativeFile,
    ) -> Result<Option<NewVersion>, ReadError> {
        work.part(READ_PERCENT, ENCODED_PERCENT);
        let mut bytes = self.encoded(work, old, Content::WithoutText).await;
        if bytes.is_err() {
            // Annotations in each other may have more words than a file holds.
            bytes = self.encoded(work, old, Content::OffsetsOnly).await;
        }
        let size = NATIVE_SIZE_MAX;
        let too_large = |_| ReadError::TooLarge { size_bytes: size, size_bytes_max: size };
        let Some(bytes) = bytes.map_err(too_large)? else { return Ok(None) };
        work.part(ENCODED_PERCENT, REREAD_PERCENT);
        let Some(own) = read_steps(work, &bytes).await? else { return Ok(None) };
        let own = make_version(own, old, file, clock::now_ms());
        let new = file.text.as_deref().unwrap_or_default();
        work.part(REREAD_PERCENT, ALIGNED_PERCENT);
        let mut aligning = Aligning::new(&old.document.text, new);
        if !work.run(&mut || aligning.step().then(|| aligning.percent())).await {
            return Ok(None);
        }
        let versions = Versions::new(&old.document, new, aligning.finish());
        let mut ids = IdSource::new(clock::seed());
        let context =
            OpenContext { ids: &mut ids, annotator_id: self.store.annotator(), time_ms: clock::now_ms() };
        let missing = |_| ReadError::MissingPart { path: "document.text" };
        let mut building = versions.building(&own, context).map_err(missing)?;
        work.part(ALIGNED_PERCENT, 100);
        let is_built = work.run(&mut || building.step().then(|| building.percent())).await;
        Ok(is_built.then(|| versions.finish(old, building.finish())))
    }

    async fn encoded(
        &self,
        work: &LongWork,
        state: &State,
        content: Content,
    ) -> Result<Option<Vec<u8>>, TooLarge> {
        let options = ExportOptions { content, annotator_id: self.store.annotator(), annotator_name: None };
        Ok(export_state(state, &options, work).await?.map(|file| file.bytes))
    }
}

/// Fills in what the new version says of itself and the old one did not, and says what it is a
/// version of: in the title, and in the notes where the label set has some.
fn add_fields(state: &mut State, given: &Fields, title: &str) {
    let has_notes = state.schema.document_fields.iter().any(|field| field.key.as_str() == NOTES);
    let fields = Rc::make_mut(&mut state.fields);
    for (key, value) in given.iter() {
        if !fields.contains_key(key) {
            fields.insert(key.clone(), value.clone());
        }
    }
    let note = tr_with!("version.note", &[("title", title)]);
    let notes = match field_text(fields, NOTES) {
        Some(notes) => [notes, &*note].join("\n").into(),
        None => note,
    };
    let mut set = |key: &str, text: AttrValue| {
        fields.insert(FieldKey::from(key), AttributeValue::Text(Rc::from(text.as_str())));
    };
    set("title", tr_with!("version.of-title", &[("title", title)]));
    if has_notes {
        set(NOTES, notes);
    }
}

//! A new version of the open text, with the work on the old one.

use std::rc::Rc;

use yew::AttrValue;

use crate::edit::state::State;
use crate::formats::json::{NewVersion, OpenContext, new_version, read_file};
use crate::model::document::{Fields, field_text};
use crate::model::ids::FieldKey;
use crate::model::schema::AttributeValue;
use crate::web::clock;
use crate::web::components::dialogs::report_text::version_report;
use crate::web::i18n::tr_with;
use crate::web::opening::{FileOutcome, Unrelated};
use crate::web::session::{Session, title_of};

/// The field in which people write what they want, where the label set has it.
const NOTES: &str = "notes";

impl Session {
    /// Opens the text of a native file with the work on the open document, as a document of its own.
    /// The open document stays as it is.
    pub fn open_version(self: &Rc<Self>, native: &[u8]) -> FileOutcome {
        let file = match read_file(native) {
            Ok(file) => file,
            Err(error) => return FileOutcome::Failed(error),
        };
        let Some(text) = file.text.clone() else { return FileOutcome::NotText };
        let old = self.store.state();
        if text == old.document.text {
            return FileOutcome::SameText;
        }
        let annotator_id = self.store.annotator();
        let version = self.store.with_ids(|ids| {
            let time_ms = clock::now_ms();
            new_version(&old, text, file.structure(), OpenContext { ids, annotator_id, time_ms })
        });
        let NewVersion { mut opened, is_unrelated } = match version {
            Ok(version) => version,
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
    let note = tr_with("version.note", &[("title", title)]);
    let notes = match field_text(fields, NOTES) {
        Some(notes) => [notes, &*note].join("\n").into(),
        None => note,
    };
    let mut set = |key: &str, text: AttrValue| {
        fields.insert(FieldKey::from(key), AttributeValue::Text(Rc::from(text.as_str())));
    };
    set("title", tr_with("version.of-title", &[("title", title)]));
    if has_notes {
        set(NOTES, notes);
    }
}

//! The work itself, read through `window.sourcier`, and whether it is saved.

use serde_json::{Value, json};

use crate::page::Page;

impl Page {
    /// The open document as its JSON file.
    #[track_caller]
    pub fn exported_text(&self) -> String {
        let files = self.script_later("sourcier.export('json')");
        let file = &files[0];
        assert_eq!(file["mediaType"], "application/json", "{file}");
        file["text"].as_str().expect("the file's text").to_string()
    }

    #[track_caller]
    pub fn exported(&self) -> Value {
        serde_json::from_str(&self.exported_text()).expect("an export is JSON")
    }

    /// Waits until the file is this one, byte for byte; says where it differs. It waits, since
    /// what a gesture opens comes from storage.
    #[track_caller]
    pub fn expect_file(&self, expected: &str) {
        let Err(found) = self.reach(&expected.to_string(), || self.exported_text()) else { return };
        let mut lines = expected.lines().zip(found.lines());
        if let Some((expected, found)) = lines.find(|(expected, found)| expected != found) {
            panic!("the file differs:\n{expected}\n{found}");
        }
        panic!("one file is longer: {} and {} bytes", expected.len(), found.len());
    }

    /// All annotations as lines, `PERSON Vladimir Poutine`, in the order of the text, and of
    /// their labels' letters where the words are the same. Fragments have ` … ` between them.
    #[track_caller]
    pub fn annotations(&self) -> Vec<String> {
        let file = self.exported();
        let text: Vec<char> = file["document"]["text"].as_str().unwrap_or_default().chars().collect();
        let words = |span: &Value| -> String {
            let at = |key: &str| span[key].as_u64().unwrap_or_default() as usize;
            text[at("start")..at("end")].iter().collect()
        };
        let line = |annotation: &Value| {
            let words = match annotation["fragments"].as_array().filter(|fragments| !fragments.is_empty()) {
                Some(fragments) => fragments.iter().map(words).collect::<Vec<_>>().join(" … "),
                None => words(annotation),
            };
            format!("{} {words}", annotation["label"].as_str().unwrap_or_default())
        };
        let mut annotations: Vec<&Value> = file["annotations"].as_array().into_iter().flatten().collect();
        let key = |key: &str, annotation: &Value| annotation[key].as_u64().unwrap_or_default();
        annotations.sort_by_cached_key(|annotation| {
            let label = annotation["label"].as_str().unwrap_or_default().to_string();
            (key("start", annotation), key("end", annotation), label)
        });
        annotations.into_iter().map(line).collect()
    }

    /// Waits until the annotations are these; see [`Page::annotations`].
    #[track_caller]
    pub fn expect_annotations(&self, expected: &[&str]) {
        self.expect(expected.iter().map(|line| (*line).to_string()).collect(), || self.annotations());
    }

    /// All relations as lines, `SOURCE autorités → le pays`, in the order of their letters. The
    /// words are those between both ends of an annotation.
    #[track_caller]
    pub fn relations(&self) -> Vec<String> {
        let file = self.exported();
        let words = |id: &Value| -> String {
            let mut all = file["annotations"].as_array().into_iter().flatten();
            let found = all.find(|annotation| annotation["id"] == *id);
            found.and_then(|annotation| annotation["surface"].as_str()).unwrap_or("?").to_string()
        };
        let line = |relation: &Value| {
            let kind = relation["type"].as_str().unwrap_or("?");
            format!("{kind} {} → {}", words(&relation["from"]), words(&relation["to"]))
        };
        let mut lines: Vec<String> = file["relations"].as_array().into_iter().flatten().map(line).collect();
        lines.sort();
        lines
    }

    /// Waits until the relations are these; see [`Page::relations`].
    #[track_caller]
    pub fn expect_relations(&self, expected: &[&str]) {
        self.expect(expected.iter().map(|line| (*line).to_string()).collect(), || self.relations());
    }

    /// The only annotation with this label in full, as exported.
    #[track_caller]
    pub fn annotation(&self, label: &str) -> Value {
        let file = self.exported();
        let all = file["annotations"].as_array().cloned().unwrap_or_default();
        let mut found = all.into_iter().filter(|annotation| annotation["label"] == label);
        match (found.next(), found.next()) {
            (Some(annotation), None) => annotation,
            (None, _) => panic!("no {label}"),
            _ => panic!("more than one {label}"),
        }
    }

    /// All entities as lines, `Tokaïev: M. Tokaïev | il`: the name, then the words of the mentions.
    #[track_caller]
    pub fn entities(&self) -> Vec<String> {
        let file = self.exported();
        let list = |key: &str| file[key].as_array().cloned().unwrap_or_default();
        let annotations = list("annotations");
        let line = |entity: &Value| {
            let mentions = annotations.iter().filter(|annotation| annotation["entity"] == entity["id"]);
            let words: Vec<&str> = mentions.filter_map(|mention| mention["surface"].as_str()).collect();
            format!("{}: {}", entity["name"].as_str().unwrap_or_default(), words.join(" | "))
        };
        let mut lines: Vec<String> = list("entities").iter().map(line).collect();
        lines.sort();
        lines
    }

    /// Waits until the entities are these; see [`Page::entities`].
    #[track_caller]
    pub fn expect_entities(&self, expected: &[&str]) {
        self.expect(expected.iter().map(|line| (*line).to_string()).collect(), || self.entities());
    }

    /// Asks for a command by its name, through the list of commands.
    #[track_caller]
    pub fn ask_for(&self, command: &str) {
        // Under a dialog no key is a command; one that was left goes a moment later.
        self.wait_for("!document.querySelector('dialog')");
        self.press(&["Ctrl+k"]);
        self.wait_for("document.activeElement.getAttribute('role') === 'combobox'");
        self.type_text(command);
        self.press(&["Enter"]);
        self.wait_for("!document.querySelector('[role=combobox]')");
    }

    /// Opens a document by script: see README on `window.sourcier`.
    #[track_caller]
    pub fn open_document(&self, document: &Value, options: &Value) {
        self.script_later_with("sourcier.open(arguments[0], arguments[1])", json!([document, options]));
    }

    /// `saved`, `saving`, `not-saved`, `not-kept` or `follows`, as the status line says.
    #[track_caller]
    pub fn save_status(&self) -> String {
        self.text("document.querySelector('[data-status]')?.dataset.status ?? ''")
    }

    #[track_caller]
    pub fn wait_saved(&self) {
        self.expect("saved".to_string(), || self.save_status());
    }

    /// What the page last said, in the words of the live region.
    #[track_caller]
    pub fn message(&self) -> String {
        self.text("document.querySelector('[role=status]')?.textContent.trim() ?? ''")
    }

    /// Waits until the page refuses something, and gives its words.
    #[track_caller]
    pub fn wait_refusal(&self) -> String {
        self.wait_for("document.querySelector('.status-line__message--refusal')?.textContent.trim()");
        self.message()
    }
}

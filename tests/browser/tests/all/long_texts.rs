//! A long text on the disk: in pieces, all of them or none, beside what older versions stored.

use serde_json::Value;
use sourcier_browser_tests::bench::{bench, visit};
use sourcier_browser_tests::page::{Page, Visit};

/// The most that is handed to the database in one go, in bytes.
const PIECE_BYTES: u64 = 512 * 1024;
/// 1.3 MB. Cut after so many bytes, the first piece would end inside a letter.
const LONG_TEXT: &str = "'xy' + 'éé '.repeat(260_000)";

/// Does something with the table of texts, and gives the keys and sizes of all that is in it then.
const IN_TEXTS: &str = "new Promise((resolve, reject) => {
    const request = indexedDB.open('sourcier');
    request.onerror = reject;
    request.onsuccess = () => {
        const database = request.result;
        const transaction = database.transaction('texts', 'readwrite');
        const texts = transaction.objectStore('texts');
        const [keys, values] = [texts.getAllKeys(), texts.getAll()];
        values.onsuccess = () => (CHANGE)(texts, keys.result, values.result);
        const [left, sizes] = [[], []];
        transaction.oncomplete = () => {
            const after = database.transaction('texts').objectStore('texts').openCursor();
            after.onsuccess = () => {
                const cursor = after.result;
                if (!cursor) return database.close(), resolve(left);
                left.push({ key: cursor.key, size: cursor.value.byteLength ?? cursor.value.length });
                cursor.continue();
            };
        };
    };
})";

#[test]
fn a_long_text_is_kept_in_pieces_and_goes_with_its_document() {
    visit(|page| {
        let file = open_long(page);
        let pieces = long_ones(page, "() => {}");
        assert!(pieces.len() > 2, "{pieces:?}");
        assert!(pieces.iter().all(|piece| piece["size"].as_u64() <= Some(PIECE_BYTES)), "{pieces:?}");
        page.reload();
        page.expect_file(&file);
        page.press(&["Ctrl+k"]);
        page.wait_for("document.activeElement.getAttribute('role') === 'combobox'");
        page.type_text("Supprimer ce document");
        page.wait_for("document.querySelectorAll('[role=option]').length === 1");
        page.press(&["Enter"]);
        page.click(".button--danger");
        page.expect(Vec::<Value>::new(), || long_ones(page, "() => {}"));
    });
}

#[test]
fn a_long_text_that_an_older_version_stored_is_read() {
    visit(|page| {
        let file = open_long(page);
        for whole in ["text", "new TextEncoder().encode(text)"] {
            let change = format!(
                "(texts, keys, values) => {{
                    const of = keys.find((_, idx) => (values[idx].byteLength ?? values[idx].length) > 100_000);
                    const sha256 = Array.isArray(of) ? of[0] : of;
                    const text = {LONG_TEXT};
                    texts.delete(IDBKeyRange.bound([sha256], [sha256, Infinity]));
                    texts.put({whole}, sha256);
                }}"
            );
            let stored = long_ones(page, &change);
            assert_eq!(stored.len(), 1, "{stored:?}");
            assert!(stored[0]["key"].is_string(), "{stored:?}");
            page.reload();
            page.expect_file(&file);
        }
    });
}

#[test]
fn a_disk_that_is_full_between_two_pieces_has_none_of_them() {
    let full = "const put = IDBObjectStore.prototype.put;
        IDBObjectStore.prototype.put = function (value, key) {
            if (this.name === 'texts' && key[1] === 2) throw new DOMException('full', 'QuotaExceededError');
            return put.call(this, value, key);
        };";
    bench(|bench| {
        let page = bench.visit(&Visit { before: vec![full.into()], ..Visit::default() });
        page.wait_saved();
        page.script_later(&format!("sourcier.open({{ text: {LONG_TEXT} }})"));
        page.expect("not-saved".to_string(), || page.save_status());
        assert_eq!(long_ones(&page, "() => {}"), Vec::<Value>::new());
        // What is on the screen goes on being worked with, and can be saved as a file.
        assert!(page.exported_text().len() > 700_000);
    });
}

/// Opens a long text. The file of it, once all is on the disk.
fn open_long(page: &Page) -> String {
    page.wait_saved();
    page.script_later(&format!("sourcier.open({{ text: {LONG_TEXT} }})"));
    page.wait_saved();
    page.exported_text()
}

/// What the table of texts has of long texts, after `change` was done to it.
fn long_ones(page: &Page, change: &str) -> Vec<Value> {
    let all = page.script_later(&IN_TEXTS.replace("CHANGE", change));
    let all = all.as_array().cloned().unwrap_or_default();
    all.into_iter().filter(|text| text["size"].as_u64() > Some(100_000)).collect()
}

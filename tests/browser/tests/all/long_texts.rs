//! A long text on the disk: in pieces, all of them or none, beside what older versions stored. And in the
//! page: what was once looked at is not held on to.

use serde_json::{Value, json};
use sourcier_browser_tests::bench::{bench, visit};
use sourcier_browser_tests::page::{Page, Visit};
use sourcier_samples::{Kind, Sample};

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
        page.ask_for("Supprimer ce document");
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

#[test]
fn marks_that_nobody_is_near_any_more_are_let_go_of() {
    const MARKS: &str = "document.querySelectorAll('#article mark').length";
    /// As many as a few sections have.
    const MARKS_MAX: f64 = 700.0;
    const NODES_MAX: u64 = 2_500;
    visit(|page| {
        let arguments = json!([Sample::new(Kind::MIDDLE).native_json(), { "keep": false }]);
        page.script_later_with("sourcier.open(arguments[0], arguments[1])", arguments);
        page.wait_for("!document.querySelector('.section--empty')");
        let (nodes, listeners) = page.nodes_and_listeners();
        // A selection stays where it is, and so do the elements that it ends in.
        page.script("selectIn(2, 0, 8)");
        let seen = page.script_later(
            "(async () => {
                const main = document.querySelector('main');
                let seen = 0;
                for (let part = 0; part < 1; part += 0.01) {
                    main.scrollTop = part * main.scrollHeight;
                    for (let frame = 0; frame < 3; frame++) await new Promise(requestAnimationFrame);
                    seen = Math.max(seen, document.querySelectorAll('#article mark').length);
                }
                return seen;
            })()",
        );
        assert!(seen.as_f64() > Some(2.0 * MARKS_MAX), "the walk comes by many marks: {seen}");
        page.expect(true, || page.number(MARKS) < MARKS_MAX);
        page.expect(true, || page.nodes_and_listeners().0 < nodes + NODES_MAX);
        assert!(page.nodes_and_listeners().1 <= listeners + 10);
        assert!(page.is("getSelection().anchorNode.parentElement.closest('[data-block=\"2\"]')"));
        // Who comes back finds them.
        assert!(!page.is("document.querySelector('[data-section=\"20\"] mark')"));
        page.script("document.querySelector('[data-section=\"20\"]').scrollIntoView()");
        page.wait_for("document.querySelector('[data-section=\"20\"] mark')");
    });
}

#[test]
fn the_page_ends_with_its_text_also_when_that_gets_shorter() {
    visit(|page| {
        let native = Sample::new(Kind::MIDDLE).native_json();
        page.script_later_with("sourcier.open(arguments[0], { keep: false })", json!([native]));
        page.wait_for("!document.querySelector('.section--empty')");
        page.script("document.querySelector('main').scrollTop = 1e9");
        page.wait_for("blocks().at(-1).querySelector('mark')");
        page.wait_frames();
        // As when heights that were guessed become known.
        page.script(
            "[...document.querySelectorAll('.section')].slice(10).forEach((section) => (section.hidden = true))",
        );
        page.wait_for(
            "(() => {
                const [main, sections] = [document.querySelector('main'), document.querySelectorAll('.section')];
                const view = main.getBoundingClientRect();
                const last = sections[9].getBoundingClientRect();
                return last.bottom > view.top && last.bottom <= view.bottom;
            })()",
        );
    });
}

#[test]
fn wherever_one_jumps_there_are_marks() {
    visit(|page| {
        for kind in [Kind::ONE_LINE, Kind::LARGE] {
            let native = Sample::new(kind).native_json();
            page.script_later_with("sourcier.open(arguments[0], { keep: false })", json!([native]));
            // There and back, within a frame, while sections are left, and after they were.
            let missing = page.script_later(
                "(async () => {
                    const main = document.querySelector('main');
                    const frame = () => new Promise(requestAnimationFrame);
                    const pause = (ms) => new Promise((done) => setTimeout(done, ms));
                    const inSight = () => {
                        const view = main.getBoundingClientRect();
                        return blocks().some((block) => {
                            const rect = block.getBoundingClientRect();
                            return rect.bottom > view.top && rect.top < view.bottom && block.querySelector('mark');
                        });
                    };
                    for (let jump = 0; jump < 24; jump++) {
                        main.scrollTop = main.scrollHeight * [0, 1, 0.5, 0.2, 0.8][(jump * 3) % 5];
                        if (jump % 4 === 1) await frame();
                        if (jump % 4 === 2) await pause(150);
                        if (jump % 4 === 3) await pause(jump % 8 === 3 ? 1050 : 1400);
                        if (jump % 4 !== 0) continue;
                        const start = performance.now();
                        while (!inSight()) {
                            if (performance.now() - start > 10_000) return jump;
                            await frame();
                        }
                    }
                    return null;
                })()",
            );
            assert_eq!(missing, Value::Null, "after this jump nothing in sight has marks");
        }
    });
}

#[test]
fn a_document_that_is_closed_leaves_no_node_and_no_listener() {
    visit(|page| {
        let sample = Sample::new(Kind::SMALL).native_json();
        let open = |times: usize| {
            for _ in 0..times {
                page.script_later_with(
                    "sourcier.open(arguments[0], { keep: false }).then(() => sourcier.close())",
                    json!([sample]),
                );
            }
        };
        open(3);
        let (nodes, listeners) = page.nodes_and_listeners();
        open(10);
        page.expect(true, || {
            let (nodes_now, listeners_now) = page.nodes_and_listeners();
            nodes_now < nodes + 60 && listeners_now < listeners + 6
        });
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

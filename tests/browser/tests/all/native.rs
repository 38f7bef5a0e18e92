//! What a browser does by itself with a page of text, at three megabytes and in a line of one: find,
//! select and copy, print, read aloud, keep the place. At once when a document is open, while most of
//! its sections are still empty, and later.

use std::ops::Range;

use serde_json::{Value, json};
use sourcier_browser_tests::actions::{Move, Point};
use sourcier_browser_tests::bench::{visit, visit_as};
use sourcier_browser_tests::page::{Page, Screen, Visit};
use sourcier_samples::{Kind, Sample};

use crate::opening::WATCH;

/// Until the text of all sections is in the page.
const IS_WHOLE: &str = "!document.querySelector('.section--empty')";
/// How many blocks a section holds.
const SECTION_BLOCKS: usize = 32;
/// How far a line may be from where it was.
const TOLERANCE_PX: f64 = 3.0;

#[test]
fn find_sees_the_last_words_the_moment_it_is_asked_for() {
    visit(|page| {
        let sample = Sample::new(Kind::LARGE);
        let words = last_words(&sample.text);
        for ask in [
            "key({ key: 'f', code: 'KeyF', ctrlKey: true })",
            "key({ key: 'g', code: 'KeyG', metaKey: true })",
            "key({ key: 'F3', code: 'F3' })",
            "dispatchEvent(new Event('blur'))",
        ] {
            // In one go with the opening: little may be drawn in between.
            let found = page.script_later_with(
                &format!(
                    "sourcier.open(arguments[0], {{ keep: false }}).then(async () => {{
                        const key = (init) => document.querySelector('#article').dispatchEvent(
                            new KeyboardEvent('keydown', {{ ...init, bubbles: true, cancelable: true }}));
                        const wasWhole = {IS_WHOLE};
                        const isFree = {ask};
                        // Some tasks at most, in which a few sections would come by themselves: where drawing takes
                        // long, Yew goes on with it in a task of its own, and what is asked for follows.
                        for (let task = 0; task < 5; task++) await new Promise((next) => setTimeout(next));
                        return [wasWhole, isFree, {IS_WHOLE}, find(arguments[1])?.idx ?? null];
                    }})"
                ),
                json!([sample.native_json(), words]),
            );
            assert_eq!(found[0], false, "this document is drawn piece by piece: {found}");
            assert_eq!(found[1], true, "{ask} is left to the browser");
            assert_eq!(found[2], true, "all the text is in the page when {ask}");
        }
        expect_found(page, &words);
    });
}

#[test]
fn find_sees_a_word_at_the_end_of_one_line() {
    visit(|page| {
        let sample = open(page, Kind::ONE_LINE);
        page.wait_for(IS_WHOLE);
        expect_found(page, &last_words(&sample.text));
    });
}

/// The browser's find selects the words, and what it found can be marked.
fn expect_found(page: &Page, words: &str) {
    page.script("getSelection().removeAllRanges()");
    // Backwards, as Shift+F3: the last place is the first that is found.
    let is_found = page.script_with("window.find(arguments[0], true, true, true)", json!([words]));
    assert_eq!(is_found, true, "the page has {words:?}");
    // A find by script selects and leaves it at that; a person's brings the words into sight.
    page.script(
        "getSelection().anchorNode.parentElement.scrollIntoView({ behavior: 'instant', block: 'end' })",
    );
    page.wait_for("document.querySelector('.quick-palette')");
    page.press(&["p"]);
    page.wait_for("document.querySelector('mark.on')");
    assert_eq!(page.chosen_words().replace('|', ""), words);
    assert!(page.is("blocks().at(-1).querySelector('mark.on')"), "in the last paragraph");
}

#[test]
fn all_is_selected_and_copied_exactly() {
    visit(|page| {
        for kind in [Kind::LARGE, Kind::ONE_LINE] {
            let text = Sample::new(kind).text;
            open(page, kind);
            expect_copied(page, "at once", "Ctrl+a", &text);
            page.wait_for(IS_WHOLE);
            expect_copied(page, "later", "Ctrl+a", &text);
        }
        // By the browser's own command, which selects the page round the article too.
        let text = Sample::new(Kind::ONE_LINE).text;
        page.press(&["Escape", "Escape"]);
        page.script("document.execCommand('selectAll')");
        expect_copied(page, "by the browser's menu", "", &text);
    });
}

#[test]
fn a_selection_of_all_is_drawn_without_laying_it_out_and_can_be_marked() {
    visit(|page| {
        let sample = open(page, Kind::LARGE);
        page.wait_for(IS_WHOLE);
        page.press(&["Ctrl+a"]);
        // The browser lays out what it has selected, and what is far away it should leave alone.
        page.wait_for("CSS.highlights.get('selected')?.size === 1");
        let selected = page.number("String([...CSS.highlights.get('selected')][0]).length");
        assert!(selected > sample.text.chars().count() as f64 * 0.9, "{selected} letters");
        let middle = sample.paragraphs().len() / 2;
        let sees = format!(
            "document.querySelector('#b{middle}').checkVisibility({{ contentVisibilityAuto: true }})"
        );
        assert!(!page.is(&sees), "the middle is not laid out");
        expect_marked(page, &sample, 0..sample.text.trim_end().len());
        page.press(&["Ctrl+Home"]);
        page.wait_for("CSS.highlights.size === 0");
    });
}

#[test]
fn what_is_selected_is_copied_before_it_has_come_to_rest() {
    visit(|page| {
        let sample = open(page, Kind::ONE_LINE);
        page.wait_for(IS_WHOLE);
        // From one piece into the next but one, as a finger or a screen reader selects.
        let start = page.script(
            "(() => {
                const [from, to] = [blocks()[0], blocks()[2]].map((block) => textNodes(block)[0]);
                const end = to.data.indexOf(' ');
                getSelection().setBaseAndExtent(from, 0, to, end);
                return blocks().slice(0, 2).map((block) => block.textContent).join('') + to.data.slice(0, end);
            })()",
        );
        let selected = start.as_str().unwrap_or_default();
        assert!(selected.len() > 8_000 && sample.text.starts_with(selected), "{}", selected.len());
        expect_copied(page, "at once", "", selected);
    });
}

/// What the browser puts on the clipboard after these keys, with its own key for copying.
fn expect_copied(page: &Page, when: &str, keys: &str, text: &str) {
    page.script("noteCopies()");
    if !keys.is_empty() {
        page.press(&[keys]);
    }
    page.press(&["Ctrl+c"]);
    page.wait_for("window.lastCopy !== null");
    let copied = page.text("lastCopy");
    let same = copied.bytes().zip(text.bytes()).take_while(|(copied, text)| copied == text).count();
    assert!(copied == text, "{when}: {} bytes of {}, the same up to {same}", copied.len(), text.len());
}

#[test]
fn a_selection_over_sections_is_marked_to_the_letter() {
    visit(|page| {
        let sample = open(page, Kind::LARGE);
        // Over the border of two sections, by dragging.
        let (from, to) = (word(&sample, SECTION_BLOCKS - 1, 2), word(&sample, SECTION_BLOCKS, 5));
        go_to_block(page, SECTION_BLOCKS);
        let (start, end) = (from.first_letter(page), to.last_letter(page));
        page.mouse(None, &[Move::To(start), Move::Down, Move::To(end), Move::Up]);
        expect_marked(page, &sample, from.span.start..to.span.end);
        // From the first section to the last, by Shift and a click.
        let (from, to) = (word(&sample, 1, 0), word(&sample, sample.paragraphs().len() - 1, 3));
        go_to_block(page, from.block);
        page.mouse(None, &[Move::To(from.first_letter(page)), Move::Down, Move::Up]);
        go_to_block(page, to.block);
        page.mouse(Some("Shift"), &[Move::To(to.last_letter(page)), Move::Down, Move::Up]);
        expect_marked(page, &sample, from.span.start..to.span.end);
    });
}

/// A label's key makes an annotation of exactly these bytes.
fn expect_marked(page: &Page, sample: &Sample, span: Range<usize>) {
    page.press(&["a"]);
    page.wait_for("document.querySelector('mark.on')");
    let file = page.exported();
    let place = |at: usize| sample.text[..at].chars().count() as u64;
    let (start, end) = (place(span.start), place(span.end));
    let is_it = |annotation: &&Value| {
        annotation["label"] == "ALLEGATION" && annotation["start"] == start && annotation["end"] == end
    };
    let mut annotations = file["annotations"].as_array().into_iter().flatten();
    let found = annotations.find(is_it).unwrap_or_else(|| panic!("none from {start} to {end}"));
    assert_eq!(found["surface"], sample.text[span]);
    assert!(found["fragments"].is_null(), "it is of one piece");
    page.press(&["Ctrl+z"]);
}

/// A word of a block, and where its letters are.
struct Word {
    block: usize,
    /// In bytes of the text.
    span: Range<usize>,
    /// In UTF-16 units of the block.
    in_block: Range<usize>,
}

/// The blocks of this sample are its paragraphs.
fn word(sample: &Sample, block: usize, nth: usize) -> Word {
    let paragraph = sample.paragraphs()[block].clone();
    let text = &sample.text[paragraph.clone()];
    let word = text.split_whitespace().filter(|word| word.chars().all(char::is_alphanumeric)).nth(nth);
    let word = word.expect("the paragraph has so many words");
    let start = word.as_ptr().addr() - text.as_ptr().addr();
    let utf16 = |at: usize| text[..at].encode_utf16().count();
    Word {
        block,
        span: paragraph.start + start..paragraph.start + start + word.len(),
        in_block: utf16(start)..utf16(start + word.len()),
    }
}

impl Word {
    /// On the left half of its first letter, without scrolling.
    fn first_letter(&self, page: &Page) -> Point {
        self.letter(page, self.in_block.start, "left + 1")
    }

    /// On the right half of its last letter, without scrolling.
    fn last_letter(&self, page: &Page) -> Point {
        self.letter(page, self.in_block.end - 1, "right - 1")
    }

    fn letter(&self, page: &Page, at: usize, x: &str) -> Point {
        let expression = format!(
            "(({{ left, right, top, height }}) => [{x}, top + height / 2])(
                letterRect(document.querySelector('[data-block=\"{}\"]'), {at}))",
            self.block
        );
        let point = page.script(&expression);
        let number = |at: usize| point[at].as_f64().expect("a letter is somewhere");
        Point { x: number(0), y: number(1) }
    }
}

fn go_to_block(page: &Page, idx: usize) {
    let block = format!("document.querySelector('[data-block=\"{idx}\"]')");
    page.wait_for(&block);
    page.script(&format!("{block}.scrollIntoView({{ block: 'center', behavior: 'instant' }})"));
    page.wait_frames();
}

/// A browser lays out what it left out a frame after it came into sight: a hand that drags the scrollbar sees nothing
/// meanwhile.
#[test]
fn what_a_far_move_brings_into_sight_is_laid_out_in_the_same_frame() {
    visit(|page| {
        open(page, Kind::LARGE);
        page.wait_for(IS_WHOLE);
        let seen = page.script_later(
            "(async () => {
                const scroller = document.querySelector('main');
                const { left, top, width, height } = scroller.getBoundingClientRect();
                const frame = () => new Promise((done) => requestAnimationFrame(done));
                const isText = (by) =>
                    document.elementFromPoint(left + width / 2, top + height / 2 + by)?.closest('.block') != null;
                const seen = [];
                for (const part of [0.9, 0.1, 0.5, 0.3, 0.7, 1, 0.2, 0]) {
                    await frame();
                    scroller.scrollTop = part * scroller.scrollHeight;
                    await frame();
                    // One of three heights is between two paragraphs at most.
                    seen.push([-20, 0, 20].filter(isText).length >= 2);
                }
                return seen;
            })()",
        );
        assert_eq!(seen, json!([true, true, true, true, true, true, true, true]));
        // Few sections are kept so, wherever one was.
        assert!(page.number("document.querySelectorAll('[data-shown]').length") < 4.0);
    });
}

#[test]
fn the_whole_article_is_printed_with_its_marks() {
    visit(|page| {
        let sample = open(page, Kind::LARGE);
        // What the browser says before it prints, while most sections are empty.
        page.script_later("(dispatchEvent(new Event('beforeprint')), Promise.resolve())");
        expect_all_drawn(page, &sample);
        let sample = open(page, Kind::SMALL);
        page.script_later("(dispatchEvent(new Event('beforeprint')), Promise.resolve())");
        expect_all_drawn(page, &sample);
        // On paper nothing is left out that would be out of sight on a screen.
        let is_laid_out = "blocks().at(-1).checkVisibility({ contentVisibilityAuto: true })";
        assert!(!page.is(is_laid_out), "the last paragraph is out of sight");
        page.set_print();
        page.wait_for(is_laid_out);
    });
}

#[test]
fn a_long_article_gets_its_marks_for_print_with_progress_and_stops_when_asked() {
    visit(|page| {
        let sample = open(page, Kind::LARGE);
        page.script("(window.printed = 0, window.print = () => printed++, true)");
        page.script(WATCH);
        page.script(
            "((now, late) => Date.now = () => now() + (late += 100))(Date.now.bind(Date), 0) && true",
        );
        page.script("window.isImpatient = true");
        page.press(&["Ctrl+p"]);
        page.wait_for("told.length > 0 && !document.querySelector('.banner')");
        page.script_later("new Promise((done) => setTimeout(done, 500))");
        let unmarked = "blocks().filter((block) => !block.querySelector('mark')).length";
        assert!(page.number(unmarked) > 100.0, "it was stopped in the midst");
        page.script("(window.isImpatient = false, told.length = 0)");
        // Who presses once more, since nothing is printed yet, gets it once.
        page.script(
            "[1, 2].forEach(() => dispatchEvent(new KeyboardEvent('keydown',
                { key: 'p', ctrlKey: true, cancelable: true })))",
        );
        page.wait_for("printed > 0");
        assert!(page.is("told.length > 1 && !document.querySelector('.banner')"), "{}", page.script("told"));
        expect_all_drawn(page, &sample);
        // Now nothing is missing: the browser prints by itself, as it does a short text.
        page.script("(window.kept = [], addEventListener('keydown', (event) => kept.push(event.defaultPrevented)), true)");
        page.press(&["Ctrl+p"]);
        assert!(page.is("kept.at(-1) === false"), "{}", page.script("kept"));
        assert!(page.is("printed === 1"));
    });
}

/// Every paragraph is in the page, with its marks.
fn expect_all_drawn(page: &Page, sample: &Sample) {
    let marked = page.script(
        "[blocks().length, blocks().filter((block) => block.querySelector('mark')).length,
          document.querySelectorAll('[data-block] mark').length, blocks().at(-1).textContent]",
    );
    let paragraphs = sample.paragraphs();
    let mut starts: Vec<usize> = sample
        .annotations
        .iter()
        .flat_map(|annotation| annotation.fragments.iter().map(|fragment| fragment.start))
        .collect();
    starts.sort_unstable();
    let has_mark = |paragraph: &&Range<usize>| {
        let next = starts.partition_point(|start| *start < paragraph.start);
        starts.get(next).is_some_and(|start| *start < paragraph.end)
    };
    let last = paragraphs.last().expect("the sample has a paragraph").clone();
    assert_eq!(marked[0], paragraphs.len(), "all paragraphs are there");
    assert_eq!(marked[1], paragraphs.iter().filter(has_mark).count(), "with their marks");
    assert!(marked[2].as_u64() >= Some(sample.annotations.len() as u64 * 9 / 10), "{}", marked[2]);
    assert_eq!(marked[3], sample.text[last]);
}

#[test]
fn a_screen_reader_has_the_text_that_is_out_of_sight_and_its_marks_when_it_comes_there() {
    visit_as(&Visit { is_read_aloud: true, ..Visit::default() }, |page| {
        let sample = open(page, Kind::LARGE);
        page.wait_for(IS_WHOLE);
        let paragraphs = sample.paragraphs();
        let last = format!("#b{}", paragraphs.len() - 1);
        assert!(
            !page.is(&format!(
                "document.querySelector('{last}').checkVisibility({{ contentVisibilityAuto: true }})"
            )),
            "the last paragraph is out of sight"
        );
        let spoken = page.spoken(&last);
        let text: String =
            spoken.iter().filter(|node| node.role == "StaticText").map(|node| &*node.name).collect();
        assert_eq!(text, sample.text[paragraphs[paragraphs.len() - 1].clone()]);
        // A screen reader brings what it reads into sight, as a person does.
        page.script(&format!("document.querySelector('{last}').scrollIntoView({{ behavior: 'instant' }})"));
        page.wait_for(&format!("document.querySelector('{last} mark')"));
        let spoken = page.spoken(&last);
        let marks: Vec<_> = spoken.iter().filter(|node| node.role == "mark").collect();
        assert!(!marks.is_empty() && marks.iter().all(|mark| !mark.description.is_empty()), "{marks:?}");
    });
}

#[test]
fn the_line_at_the_top_stays_when_heights_become_known() {
    visit(|page| {
        open(page, Kind::LARGE);
        page.script("scrollToPart(0.5)");
        page.wait_frames();
        let before = top_block(page);
        page.wait_for(IS_WHOLE);
        page.wait_frames();
        expect_same_place(page, "when all text is there", &before);
        // Heights above become known while one scrolls up: what is in sight moves as far as the wheel says.
        for step in 0..40 {
            let before = top_block(page);
            let moved = page.script_later(
                "(async () => {
                    const main = document.querySelector('main');
                    main.scrollBy({ top: -400, behavior: 'instant' });
                    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
                    return null;
                })()",
            );
            assert!(moved.is_null());
            let after = page.number(&format!("topOf({})", before.idx));
            assert!(
                (after - before.top - 400.0).abs() <= TOLERANCE_PX,
                "step {step}: block {} went from {} to {after}",
                before.idx,
                before.top
            );
        }
        // Another width of the window, and back.
        let before = top_block(page);
        page.set_screen(Screen { width: 900, ..Screen::DESKTOP });
        page.wait_frames();
        assert!(top_block(page).idx.abs_diff(before.idx) <= 1, "the paragraph stays: {before:?}");
        page.set_screen(Screen::DESKTOP);
        page.wait_frames();
        expect_same_place(page, "when the window has its size again", &before);
    });
}

/// The first block that can be seen whole, and how far its top is from that of the window.
#[derive(Debug)]
struct Top {
    idx: usize,
    top: f64,
}

fn top_block(page: &Page) -> Top {
    page.wait_for("blocksInSight().length > 0");
    let top = page.script("topBlock()");
    Top { idx: top[0].as_u64().expect("a block") as usize, top: top[1].as_f64().expect("a place") }
}

fn expect_same_place(page: &Page, when: &str, before: &Top) {
    let top = page.number(&format!("topOf({})", before.idx));
    assert!((top - before.top).abs() <= TOLERANCE_PX, "{when}: {before:?} is at {top}");
}

/// Opens a sample that is not kept; most of its sections are still empty.
fn open(page: &Page, kind: Kind) -> Sample {
    let sample = Sample::new(kind);
    page.script_later_with("sourcier.open(arguments[0], { keep: false })", json!([sample.native_json()]));
    sample
}

/// The last three words of a text.
fn last_words(text: &str) -> String {
    let words = text.trim_end_matches(|letter: char| !letter.is_alphanumeric());
    let (start, _) = words.rmatch_indices(' ').nth(2).expect("it has so many words");
    words[start + 1..].to_owned()
}

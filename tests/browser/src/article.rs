//! The article on the screen: its words under the hand, and the marks that are drawn.

use serde_json::{Value, json};

use crate::actions::{Move, Point};
use crate::page::Page;

/// Where words are on the screen.
#[derive(Clone, Copy, Debug)]
pub struct Place {
    /// Before the first letter.
    pub start: Point,
    /// Behind the last letter.
    pub end: Point,
    /// On a letter in the middle.
    pub middle: Point,
}

/// A run of text drawn as marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    pub words: String,
    /// The names of its labels, outermost first, as they are read out.
    pub labels: String,
    /// Annotations here that are only counted: `+2`.
    pub deeper: String,
    /// Whether it belongs to the chosen annotation.
    pub is_chosen: bool,
}

/// Where a word of the article is.
#[derive(Clone, Debug, PartialEq)]
pub struct WordPlace {
    pub word: String,
    /// Left, top, right and bottom on each line that it is on, in CSS pixels from the article's
    /// upper left corner.
    pub rects: Vec<[f64; 4]>,
    /// How many times the text of its lines is cut into pieces before its end.
    pub cuts: u64,
}

impl Page {
    /// Where the words are on the screen, after bringing them there. `…` stands for any text
    /// between two parts. Panics where the article does not have them.
    #[track_caller]
    pub fn place_of(&self, words: &str) -> Place {
        let place = self.script_with("placeOf(arguments[0])", json!([words]));
        assert!(place.is_object(), "the article does not show {words:?}");
        let point = |key: &str| Point::of_json(&place[key]);
        Place { start: point("start"), end: point("end"), middle: point("middle") }
    }

    /// Selects words by dragging over them.
    #[track_caller]
    pub fn drag_over(&self, words: &str) {
        self.drag_over_with(None, words);
    }

    /// As [`Page::drag_over`], with a key held.
    #[track_caller]
    pub fn drag_over_with(&self, held: Option<&str>, words: &str) {
        let Place { start, end, middle } = self.place_of(words);
        self.check_free(start, words);
        self.mouse(held, &[Move::To(start), Move::Down, Move::To(middle), Move::To(end), Move::Up]);
    }

    /// Panics where something lies over the text, so that a hand would hit that instead.
    #[track_caller]
    fn check_free(&self, Point { x, y }: Point, words: &str) {
        let over = self.script_with("whatLiesOver(arguments[0], arguments[1])", json!([x, y]));
        assert!(over.is_null(), "{words:?} cannot be reached: {over} is over it");
    }

    #[track_caller]
    pub fn click_on(&self, words: &str) {
        self.clicks_on(None, 1, words);
    }

    #[track_caller]
    pub fn double_click_on(&self, words: &str) {
        self.clicks_on(None, 2, words);
    }

    #[track_caller]
    pub fn triple_click_on(&self, words: &str) {
        self.clicks_on(None, 3, words);
    }

    /// Clicks on the words, in quick succession.
    #[track_caller]
    pub fn clicks_on(&self, held: Option<&str>, times: usize, words: &str) {
        let middle = self.place_of(words).middle;
        self.check_free(middle, words);
        let mut moves = vec![Move::To(middle)];
        moves.extend([Move::Down, Move::Up].repeat(times));
        self.mouse(held, &moves);
    }

    /// Clicks behind the last letter of the words.
    #[track_caller]
    pub fn click_behind(&self, held: Option<&str>, words: &str) {
        let end = self.place_of(words).end;
        self.mouse(held, &[Move::To(end), Move::Down, Move::Up]);
    }

    /// Where the margin is, beside the first line of the paragraph with these words.
    #[track_caller]
    pub fn margin_beside(&self, words: &str) -> Point {
        Point::of_json(&self.script_with("marginBeside(arguments[0])", json!([words])))
    }

    /// What the margin says of each paragraph: `v` seen, `0` nothing to mark, `·` nothing said.
    #[track_caller]
    pub fn margins(&self) -> String {
        self.text("margins()")
    }

    /// Drags a handle of the chosen annotation (`start` or `end`) behind or before words.
    #[track_caller]
    pub fn drag_handle(&self, end: &str, to: Point) {
        self.mouse(None, &self.handle_moves(end, to));
    }

    /// As [`Page::drag_handle`], with a finger.
    #[track_caller]
    pub fn touch_handle(&self, end: &str, to: Point) {
        self.finger(&self.handle_moves(end, to));
    }

    #[track_caller]
    fn handle_moves(&self, end: &str, to: Point) -> [Move; 5] {
        self.wait(&format!("the handle at the {end} can be held"), || {
            self.script_with("handlePoint(arguments[0])", json!([end])).is_object()
        });
        let handle = Point::of_json(&self.script_with("handlePoint(arguments[0])", json!([end])));
        let between = Point { x: (handle.x + to.x) / 2.0, y: (handle.y + to.y) / 2.0 };
        [Move::To(handle), Move::Down, Move::To(between), Move::To(to), Move::Up]
    }

    /// Selects words without a hand, as a find in the page would, and waits until the page has
    /// taken that up.
    #[track_caller]
    pub fn select_by_script(&self, words: &str) {
        self.select_at_end_of(words, words);
    }

    /// As [`Page::select_by_script`], the words that a longer text ends with.
    #[track_caller]
    pub fn select_at_end_of(&self, longer: &str, words: &str) {
        // What is drawn anew at this very moment takes a selection away that the page does not know of yet.
        // Whoever searches sees that and searches again, which is told here since it should be rare.
        self.script_with("selectByScript(arguments[0], arguments[1])", json!([words, longer]));
        let is_taken_up = || self.is("document.querySelector('.quick-palette')");
        let is_lost = || self.is("getSelection().isCollapsed");
        self.wait("the selection is taken up", || {
            if !is_taken_up() && is_lost() {
                eprintln!("the selection of {words:?} was lost, and is made again");
                self.script_with("selectByScript(arguments[0], arguments[1])", json!([words, longer]));
            }
            is_taken_up()
        });
    }

    /// The words that the page shows as selected.
    #[track_caller]
    pub fn selected_words(&self) -> String {
        self.text("String(getSelection())")
    }

    /// The text of the paragraph from the text cursor on.
    #[track_caller]
    pub fn text_after_cursor(&self) -> String {
        self.text("textAfterCursor()")
    }

    /// The marks in the order of the text.
    #[track_caller]
    pub fn marks(&self) -> Vec<Mark> {
        let marks = self.script("marks()");
        let text = |mark: &Value, key: &str| mark[key].as_str().unwrap_or_default().to_string();
        let mark = |mark: &Value| Mark {
            words: text(mark, "words"),
            labels: text(mark, "labels"),
            deeper: text(mark, "deeper"),
            is_chosen: mark["chosen"] == true,
        };
        marks.as_array().into_iter().flatten().map(mark).collect()
    }

    /// The words drawn as chosen, `|` between runs that are not one.
    #[track_caller]
    pub fn chosen_words(&self) -> String {
        self.text("chosenWords()")
    }

    /// Where every word of the article is.
    #[track_caller]
    pub fn word_places(&self) -> Vec<WordPlace> {
        let words = self.script("wordPlaces()");
        let rect = |rect: &Value| [0, 1, 2, 3].map(|side| rect[side].as_f64().unwrap_or(f64::NAN));
        let word = |word: &Value| WordPlace {
            word: word["word"].as_str().unwrap_or_default().to_string(),
            rects: word["rects"].as_array().into_iter().flatten().map(rect).collect(),
            cuts: word["cuts"].as_u64().unwrap_or_default(),
        };
        words.as_array().into_iter().flatten().map(word).collect()
    }
}

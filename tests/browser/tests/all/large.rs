//! Three megabytes, thirty thousand annotations: a walk of edits, scrolls, jumps and undos, taken
//! from a seed. Wherever it comes by, what is marked on the screen is what a naive model says that
//! knows nothing of sections, trees or lanes, and at the end so is the exported file.

use std::collections::HashMap;
use std::ops::Range;

use serde_json::{Value, json};
use sourcier_browser_tests::bench::visit;
use sourcier_browser_tests::page::{Page, project_folder};
use sourcier_samples::{Kind, Random, Sample};

const SEED: u64 = 20_260_210;
const STEPS: usize = 40;
/// Labels with their keys; those beside each other are of one group.
const LABEL_KEYS: [(&str, &str); 4] = [("PERSON", "p"), ("ORG", "o"), ("CLAIM", "c"), ("ALLEGATION", "a")];

/// An annotation, as the model has it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Mark {
    /// In bytes of the text.
    fragments: Vec<Range<usize>>,
    label: String,
}

/// All marks in one list, and what each step did to it.
struct Model {
    text: String,
    paragraphs: Vec<Range<usize>>,
    marks: Vec<Mark>,
    /// What was there before, and after.
    done: Vec<(Option<Mark>, Option<Mark>)>,
    /// The names of the labels, as the page reads them out.
    names: HashMap<String, String>,
}

/// A walk through the document.
struct Walk<'p> {
    page: &'p Page,
    model: Model,
    random: Random,
    /// What the step before marked or changed.
    chosen: Option<Mark>,
}

#[test]
fn what_is_marked_is_what_the_model_says_wherever_one_looks() {
    visit(|page| {
        let sample = Sample::new(Kind::LARGE);
        let arguments = json!([sample.native_json(), { "keep": false }]);
        page.script_later_with("sourcier.open(arguments[0], arguments[1])", arguments);
        let mut walk = Walk { page, model: Model::new(sample), random: Random::new(SEED), chosen: None };
        walk.compare_after("opened");
        for step in 0..STEPS {
            let what = walk.step();
            walk.compare_after(&format!("seed {SEED}, step {step}: {what}"));
        }
        assert!(walk.model.done.len() > STEPS / 8, "the walk edits: {}", walk.model.done.len());
        walk.compare_file();
    });
}

impl Walk<'_> {
    /// Does something and says what.
    fn step(&mut self) -> &'static str {
        // Two moves of one end made in one go are one step of the history: never two in a row.
        let chosen = self.chosen.take();
        match (self.random.below(10), chosen) {
            (0, _) => {
                let part = self.random.below(1_000) as f64 / 1_000.0;
                self.page.script_with("scrollToPart(arguments[0])", json!([part]));
            }
            (1, _) => self.page.press(&[["Ctrl+Home", "Ctrl+End"][self.random.below(2)]]),
            (2, _) => {
                let by = self.random.below(4_000) as i64 - 1_500;
                self.page
                    .script_with("document.querySelector('main').scrollBy(0, arguments[0])", json!([by]));
            }
            (3, _) if !self.model.done.is_empty() => {
                self.page.press(&["Ctrl+z"]);
                self.model.undo();
                return "undo";
            }
            (4 | 5, Some(chosen)) => return self.relabel(chosen),
            (6, Some(chosen)) => return self.shorten(&chosen),
            (7, _) => return self.remove(),
            _ => return self.add(),
        }
        "look elsewhere"
    }

    /// A block whose words are all in the middle of the screen, as far as there is one.
    fn block(&mut self) -> usize {
        let blocks = self.blocks_in_sight();
        let idx = self.random.below(blocks.len().saturating_sub(2).max(1)) + usize::from(blocks.len() > 2);
        blocks[idx].0
    }

    /// Marks some words of a block in sight.
    fn add(&mut self) -> &'static str {
        let block = self.block();
        let words = self.model.words(block);
        let first = self.random.below(words.len());
        let last = (first + self.random.below(4)).min(words.len() - 1);
        let span = words[first].start..words[last].end;
        let (label, key) = self.random.pick(&LABEL_KEYS);
        let mark = Mark { fragments: vec![span.clone()], label: label.to_owned() };
        if self.model.marks.contains(&mark) {
            return "nothing: it is there";
        }
        self.select(block, &span);
        self.page.press(&[key]);
        self.model.change(None, Some(mark.clone()));
        self.chosen = Some(mark);
        "add"
    }

    /// Gives what was just marked the other label of its group.
    fn relabel(&mut self, chosen: Mark) -> &'static str {
        let at = LABEL_KEYS.iter().position(|(label, _)| *label == chosen.label).expect("one of ours");
        let (label, key) = LABEL_KEYS[at ^ 1];
        let relabelled = Mark { label: label.to_owned(), ..chosen.clone() };
        if self.model.marks.contains(&relabelled) {
            return "nothing: it is there";
        }
        self.page.press(&[key]);
        self.model.change(Some(chosen), Some(relabelled.clone()));
        self.chosen = Some(relabelled);
        "relabel"
    }

    /// Moves the end of what was just marked back by a letter.
    fn shorten(&mut self, chosen: &Mark) -> &'static str {
        let span = chosen.fragments[0].clone();
        let letters = self.model.text[span.clone()].char_indices().rev();
        let mut last = letters.take(2).map(|(at, letter)| (span.start + at, letter.is_alphanumeric()));
        let (Some((end, true)), Some((_, true))) = (last.next(), last.next()) else {
            return "nothing: too short";
        };
        let short = Mark { fragments: std::iter::once(span.start..end).collect(), ..chosen.clone() };
        if self.model.marks.contains(&short) {
            return "nothing: it is there";
        }
        self.page.press(&["z", "ArrowLeft", "Enter"]);
        self.model.change(Some(chosen.clone()), Some(short));
        "move an end"
    }

    /// Clicks on a mark that lies alone, and takes it away.
    fn remove(&mut self) -> &'static str {
        let block = self.block();
        let paragraph = self.model.paragraphs[block].clone();
        let here: Vec<Mark> = self.model.in_paragraph(&paragraph).cloned().collect();
        let is_alone = |mark: &&Mark| here.iter().filter(|other| touch(mark, other)).count() == 1;
        let Some(mark) = here.iter().find(is_alone).cloned() else { return "nothing: none lies alone" };
        let place = mark.fragments[0].start;
        self.select(block, &(place..place));
        self.page.press(&["Delete"]);
        self.model.change(Some(mark), None);
        "remove"
    }

    fn select(&self, block: usize, span: &Range<usize>) {
        let text = &self.model.text[self.model.paragraphs[block].clone()];
        let from = self.model.paragraphs[block].start;
        let utf16 = |place: usize| text[..place - from].encode_utf16().count();
        let arguments = json!([block, utf16(span.start), utf16(span.end)]);
        self.page.script_with("selectIn(arguments[0], arguments[1], arguments[2])", arguments);
    }

    /// The blocks in sight with their runs: words, and the names of labels in alphabetical order.
    fn blocks_in_sight(&self) -> Vec<(usize, Vec<(String, String)>)> {
        let blocks = self.page.script("blocksInSight()");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let run = |run: &Value| (text(&run[0]), in_order(text(&run[1]).split(", ").collect()));
        let block = |block: &Value| {
            let idx = block["idx"].as_u64().expect("a block has a number") as usize;
            (idx, block["runs"].as_array().into_iter().flatten().map(run).collect())
        };
        blocks.as_array().into_iter().flatten().map(block).collect()
    }

    /// Waits until what is in sight is as the model says.
    fn compare_after(&self, what: &str) {
        let differences = || -> Vec<String> {
            let blocks = self.blocks_in_sight();
            if blocks.is_empty() {
                return vec![format!("{what}: nothing is in sight")];
            }
            let all = blocks.iter().filter(|(idx, runs)| *runs != self.model.runs(*idx));
            all.map(|(idx, runs)| {
                format!("{what}: block {idx} shows\n{runs:#?}\nand not\n{:#?}", self.model.runs(*idx))
            })
            .collect()
        };
        self.page.expect(Vec::new(), differences);
    }

    /// The exported file has the same annotations.
    fn compare_file(&self) {
        let file = self.page.exported();
        let places: Vec<usize> =
            self.model.text.char_indices().map(|(at, _)| at).chain([self.model.text.len()]).collect();
        let span = |value: &Value| {
            let place = |key: &str| places[value[key].as_u64().expect("a place") as usize];
            place("start")..place("end")
        };
        let mark = |annotation: &Value| Mark {
            fragments: match annotation["fragments"].as_array() {
                Some(fragments) => fragments.iter().map(span).collect(),
                None => vec![span(annotation)],
            },
            label: annotation["label"].as_str().unwrap_or_default().to_owned(),
        };
        let mut found: Vec<Mark> = file["annotations"].as_array().into_iter().flatten().map(mark).collect();
        let mut expected = self.model.marks.clone();
        found.sort_by(order);
        expected.sort_by(order);
        let first = found.iter().zip(&expected).find(|(found, expected)| found != expected);
        assert_eq!((first, found.len()), (None, expected.len()), "seed {SEED}: the file");
    }
}

impl Model {
    fn new(sample: Sample) -> Model {
        let paragraphs = sample.paragraphs();
        let mark = |annotation: sourcier_samples::Annotation| Mark {
            fragments: annotation.fragments,
            label: annotation.label.to_owned(),
        };
        let marks = sample.annotations.into_iter().map(mark).collect();
        let schema = std::fs::read_to_string(project_folder().join("schemas/news-claims.json"));
        let schema: Value = serde_json::from_str(&schema.expect("the schema")).expect("JSON");
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let labels = schema["labels"].as_array().into_iter().flatten();
        let names = labels.map(|label| (text(&label["id"]), text(&label["name"]["fr"]))).collect();
        Model { text: sample.text, paragraphs, marks, done: Vec::new(), names }
    }

    fn change(&mut self, before: Option<Mark>, after: Option<Mark>) {
        self.replace(before.as_ref(), after.clone());
        self.done.push((before, after));
    }

    fn undo(&mut self) {
        if let Some((before, after)) = self.done.pop() {
            self.replace(after.as_ref(), before);
        }
    }

    fn replace(&mut self, old: Option<&Mark>, new: Option<Mark>) {
        if let Some(old) = old {
            let at = self.marks.iter().position(|mark| mark == old).expect("the model has it");
            self.marks.remove(at);
        }
        self.marks.extend(new);
    }

    fn in_paragraph(&self, paragraph: &Range<usize>) -> impl Iterator<Item = &Mark> {
        let paragraph = paragraph.clone();
        let is_here = move |fragment: &Range<usize>| paragraph.contains(&fragment.start);
        self.marks.iter().filter(move |mark| mark.fragments.iter().any(&is_here))
    }

    /// A paragraph cut at every end of a mark, each piece with the names of the labels on it.
    fn runs(&self, paragraph: usize) -> Vec<(String, String)> {
        let paragraph = self.paragraphs[paragraph].clone();
        let marks: Vec<&Mark> = self.in_paragraph(&paragraph).collect();
        let ends = marks.iter().flat_map(|mark| &mark.fragments);
        let mut cuts: Vec<usize> = ends.flat_map(|fragment| [fragment.start, fragment.end]).collect();
        cuts.extend([paragraph.start, paragraph.end]);
        cuts.sort_unstable();
        cuts.dedup();
        let run = |cut: &[usize]| {
            let is_on = |mark: &&&Mark| mark.fragments.iter().any(|fragment| fragment.contains(&cut[0]));
            let names = marks.iter().filter(is_on).map(|mark| &*self.names[&mark.label]);
            (self.text[cut[0]..cut[1]].to_owned(), in_order(names.collect()))
        };
        cuts.windows(2).map(run).collect()
    }

    /// The words of a paragraph, in bytes, without the punctuation round them.
    fn words(&self, paragraph: usize) -> Vec<Range<usize>> {
        let place = |word: &str| word.as_ptr().addr() - self.text.as_ptr().addr();
        let words = self.text[self.paragraphs[paragraph].clone()].split_whitespace();
        let words = words.map(|word| word.trim_matches(|letter: char| !letter.is_alphanumeric()));
        let words = words.filter(|word| !word.is_empty());
        words.map(|word| place(word)..place(word) + word.len()).collect()
    }
}

/// Whether two marks share a letter or meet.
fn touch(left: &Mark, right: &Mark) -> bool {
    let meets =
        |left: &Range<usize>, right: &Range<usize>| left.start <= right.end && right.start <= left.end;
    left.fragments.iter().any(|left| right.fragments.iter().any(|right| meets(left, right)))
}

fn in_order(mut names: Vec<&str>) -> String {
    names.sort_unstable();
    names.join(", ")
}

/// Any order will do, so long as it is one.
fn order(left: &Mark, right: &Mark) -> std::cmp::Ordering {
    let key = |mark: &Mark| -> Vec<usize> {
        mark.fragments.iter().flat_map(|fragment| [fragment.start, fragment.end]).collect()
    };
    key(left).cmp(&key(right)).then_with(|| left.label.cmp(&right.label))
}

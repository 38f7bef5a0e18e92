//! Work that is put on a new version of its text.

use std::rc::Rc;

use crate::edit::state::State;
use crate::formats::json::offsets::{Ends, StatedPlace};
use crate::formats::json::place::{Placed, Placer};
use crate::formats::json::tests::random::random_state;
use crate::formats::json::tests::support::{context, drawn, exported, marked, opened, plain};
use crate::formats::json::version::Versions;
use crate::formats::json::{
    Fact, NativeFile, NewVersion, OffsetUnit, Problem, Remedy, SEARCHED_BYTES_MAX, encode_file, make_version,
    read_file,
};
use crate::formats::{Content, ExportOptions};
use crate::model::annotation::Target;
use crate::model::document::Document;
use crate::model::entity::Entity;
use crate::model::ids::{AnnotationId, DocumentId, EntityId, IdSource};
use crate::model::paragraphs::ParagraphState::{self, NothingHere, Seen};
use crate::model::relation::Relation;
use crate::text::alignment::{Aligning, Alignment};
use crate::text::samples::Random;
use crate::text::span::TextSpan;

fn aligned(old: &str, new: &str) -> Alignment {
    let mut aligning = Aligning::new(old, new);
    while aligning.step() {}
    aligning.finish()
}

fn put_on(state: &State, text: &str) -> NewVersion {
    let mut ids = IdSource::new(7);
    let context = context(&mut ids);
    let options = ExportOptions {
        content: Content::WithoutText,
        annotator_id: context.annotator_id.clone(),
        annotator_name: None,
    };
    let bytes = encode_file(state, &options).expect("a small state");
    let read = || read_file(&bytes).expect("our own");
    let new = NativeFile { text: Some(Rc::from(text)), structure: crate::json::Value::Null, ..read() };
    let file = make_version(read(), state, &new, context.time_ms);
    let versions = Versions::new(&state.document, text, aligned(&state.document.text, text));
    let mut building = versions.building(&file, context).expect("it has a text");
    while building.step() {}
    versions.finish(state, building.finish())
}

/// The old and the new places of stretches of a text, and how many bytes were searched for them.
fn places(old: &str, new: &str, spans: &[TextSpan], budget: u64) -> (Vec<Result<TextSpan, Fact>>, u64) {
    let document = |text: &str| Document::new(DocumentId::from("d"), Rc::from(text), 0);
    let (old, new) = (document(old), document(new));
    let versions = Versions::new(&old, &new.text, aligned(&old.text, &new.text));
    let mut placer = Placer::new(&new, OffsetUnit::CodePoint, false);
    placer.budget.bytes_left = budget;
    let stated = StatedPlace { start: Ok(0), end: Ok(0), fragments: Vec::new() };
    let mut found: Vec<_> =
        spans.iter().map(|span| Some((versions.place)(&versions, &mut placer, *span, &stated))).collect();
    let ends: Vec<Ends> =
        spans.iter().map(|span| Ends { start: Ok(span.start()), end: Ok(span.end()) }).collect();
    (versions.settle)(&ends, &mut found);
    let place = |found: Option<Result<Placed, Fact>>| {
        found.unwrap_or(Err(Fact::NothingToFind)).map(|placed| placed.target.envelope())
    };
    (found.into_iter().map(place).collect(), budget - placer.budget.bytes_left)
}

/// What moved, what has no place and why, and where everything is.
fn told(version: &NewVersion) -> String {
    let opened = &version.opened;
    let mut told: Vec<String> = Vec::new();
    for moved in &opened.moved {
        let ambiguous = if moved.is_ambiguous { " ambiguous" } else { "" };
        let (from, to) = (moved.from.unwrap_or_default(), moved.to);
        told.push(format!("{} {}>{} {}{ambiguous}", moved.surface, from.0, to.0, moved.score_percent));
    }
    for unplaced in &opened.unplaced {
        let surface = unplaced.json.get("surface").and_then(|surface| surface.as_str());
        told.push(format!("{} gone: {:?}", surface.unwrap_or_default(), unplaced.fact));
    }
    told.push(drawn(&opened.state));
    told.join("; ")
}

/// An annotation for each drawing in `text`, and what becomes of them in `new`.
#[track_caller]
fn check(text: &str, drawings: &[&str], new: &str, expected: &str) {
    let marks: Vec<(&str, &str)> = drawings.iter().map(|drawing| ("CUE", *drawing)).collect();
    let version = put_on(&marked(text, &marks), new);
    assert_eq!(told(&version), expected, "{new:?}");
    assert_eq!(version.opened.state.annotations.check_invariants(), Ok(()));
}

const TEXT: &str = "Le ministre a menti.\nElle part.\nLe ministre part.";

#[test]
fn annotations_go_with_their_words() {
    check(TEXT, &["menti"], "Le ministre a menti.\nElle part.\nLe ministre dort.", "CUE 14-19 menti");
    check(
        TEXT,
        &["menti", "Elle |part|"],
        "👩 dit :\nLe ministre a menti.\nElle part.\nLe ministre part.",
        "menti 14>22 100; part 26>34 100; CUE 22-27 menti; CUE 34-38 part",
    );
    // The paragraph changed; the words did not.
    check(
        TEXT,
        &["menti"],
        "Le ministre n’a pas menti du tout.\nElle part.\nLe ministre part.",
        "menti 14>20 51; CUE 20-25 menti",
    );
    // The paragraph went past others.
    check(
        "Anna Lind dit non à tous ceux qui le lui demandent.\nElle part.\nOn reste.\nIl dort.",
        &["Anna Lind |dit non|"],
        "Elle part.\nOn reste.\nIl dort.\nAnna Lind dit non à tous ceux qui le lui demandent.",
        "dit non 10>40 100; CUE 40-47 dit non",
    );
    // Words that stand elsewhere by chance are other words.
    check(
        "Anna dit non.\nElle part.",
        &["Anna"],
        "Elle part.\nPierre et Anna restent.",
        "Anna gone: WordsGone; ",
    );
    check(TEXT, &["menti", "part"], "", "menti gone: WordsGone; part gone: WordsGone; ");
}

#[test]
fn of_equal_words_the_context_decides() {
    // One of three is gone; which one, what stands round them says.
    check(
        "Anna dit oui, ici. Zoé dit oui, là. Max dit oui, hier.",
        &["Anna dit |oui|", "Zoé dit |oui|", "Max dit |oui|"],
        "Anna dit oui, ici. Max dit oui, hier.",
        "oui 44>27 71; oui gone: WordsGone; CUE 9-12 oui; CUE 27-30 oui",
    );
    // Lines that are all equal keep their order.
    check(
        "Oui.\nOui.\nOui.\nNon.",
        &["Oui.\n|Oui|", "|Non|"],
        "Oui.\nOui.\nOui.\nOui.\nNon.",
        "Non 15>20 100; CUE 5-8 Oui; CUE 20-23 Non",
    );
}

#[test]
fn line_ends_and_emoji_are_no_hindrance() {
    check(
        "👩 part.\r\nElle dort.\r\n\r\nOn reste.",
        &["👩", "part.\r\nElle", "On |reste|"],
        "👩 part.\nElle dort.\n\nOn reste.",
        "part.\nElle 2>2 100; reste 26>23 100; CUE 0-1 👩; CUE 2-12 part.\nElle; CUE 23-28 reste",
    );
    // What now is one with what follows is not the same character.
    check("Une e.", &["|e|."], "Une e\u{301}.", "e gone: WordsGone; ");
    check("👩 dit.", &["👩"], "👩🏽 dit.", "👩 gone: WordsGone; ");
}

#[test]
fn fragments_go_each_with_its_words() {
    let text = "Non, a-t-il ajouté hier.";
    for (new, expected) in [
        // All of it elsewhere; more and other words between; the one part or the other gone.
        ("Oui ? Non, a-t-il ajouté hier.", "a-t-il ajouté 5>11 100; CUE 11-24 a … ajouté"),
        ("Non, a-t-elle enfin ajouté hier.", "a-t-elle enfin ajouté 5>5 75; CUE 5-26 a … ajouté"),
        ("Non, a-t-il dit hier.", "a-t-il ajouté gone: PartsGone { given: 2, found: 1 }; "),
        ("Rien.", "a-t-il ajouté gone: WordsGone; "),
    ] {
        check(text, &["|a|-t-il |ajouté|"], new, expected);
    }
}

#[test]
fn another_article_is_told() {
    let state = marked(TEXT, &[("CUE", "menti"), ("CUE", "part")]);
    for (text, is_unrelated) in [
        ("Il pleut sur la côte, et demain aussi.", true),
        ("", true),
        // Every line is broken elsewhere: no line is the same, and all words are.
        ("Le ministre\na menti. Elle\npart. Le ministre\npart.", false),
        ("Le ministre a menti.", false),
    ] {
        assert_eq!(put_on(&state, text).is_unrelated, is_unrelated, "{text:?}");
    }
}

/// PERSON a0 and a2 of one entity and CLAIM a1 of a0, CUE a3 of a1, with a paragraph for each.
fn linked(text: &str) -> State {
    let mut state = marked(text, &[("PERSON", "Anna"), ("CLAIM", "non"), ("PERSON", "Elle"), ("CUE", "dit")]);
    let provenance = state.annotations.nth(0).expect("an annotation").provenance.clone();
    let id = EntityId::from("e1");
    for mention in ["a0", "a2"] {
        let mention = state.annotations.remove(&AnnotationId::from(mention)).expect("it is there");
        let entity = Some(id.clone());
        state
            .annotations
            .insert(Rc::new(crate::model::annotation::Annotation { entity, ..(*mention).clone() }));
    }
    let entity = Entity {
        id: id.clone(),
        label: "PERSON".into(),
        name: "Anna".into(),
        identifier: "".into(),
        provenance: provenance.clone(),
        extra: None,
    };
    state.entities = Rc::new([(id, Rc::new(entity))].into());
    for (id, kind, from, to) in [("r1", "SOURCE", "a0", "a1"), ("r2", "CUE_OF", "a3", "a1")] {
        let (kind, from, to, provenance) = (kind.into(), from.into(), to.into(), provenance.clone());
        state.relations.insert(Rc::new(Relation { id: id.into(), kind, from, to, provenance, extra: None }));
    }
    state
}

#[test]
fn what_does_not_fit_waits_in_the_file() {
    let state = linked("Elle part. Anna, elle, dit non.");
    let version = put_on(&state, "Elle part. Zoé, elle, dit non.");
    let json = exported(&version.opened.state, Content::WithText);
    let file: serde_json::Value = serde_json::from_str(&json).expect("an export is JSON");
    let ids = |key: &str| {
        let list = file[key].as_array().cloned().unwrap_or_default();
        list.iter()
            .map(|entry| entry["id"].as_str().unwrap_or_default().to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    };
    assert_eq!(ids("annotations"), "a2 a3 a1");
    assert_eq!((ids("entities"), ids("relations")), ("e1".to_owned(), "r2".to_owned()));
    assert_eq!((ids("unplaced"), ids("unplacedRelations")), ("a0".to_owned(), "r1".to_owned()));
    assert_eq!(
        (ids("unplacedEntities"), &file["unplaced"][0]["suffix"]),
        (String::new(), &", elle, dit non.".into())
    );
    assert_eq!(file["document"]["versionOf"]["id"], "d-test");
    assert_eq!(file["document"]["versionOf"]["sha256"], &**state.document.sha256());
    assert_ne!(version.opened.state.document.id, state.document.id);
    let waits = |problem: &&Problem| problem.remedy == Remedy::Kept;
    assert_eq!(version.opened.problems.iter().filter(waits).count(), 1, "{:?}", version.opened.problems);
    // It comes back from the file as it went in.
    let again = opened(&json, None);
    assert_eq!(exported(&again.state, Content::WithText), json);
    // Without its last mention an entity is still there, and told.
    let version = put_on(&state, "Paris dit non.");
    let is_told =
        |problem: &Problem| matches!(&problem.fact, Fact::Entity { fact, .. } if **fact == Fact::NoMentions);
    assert!(version.opened.state.entities.len() == 1 && version.opened.problems.iter().any(is_told));
}

#[test]
fn what_was_said_of_paragraphs_goes_with_those_that_are_the_same() {
    let mut state = marked("Un.\n\nDeux\r\nici.\n\nTrois.\n\nQuatre.", &[("CUE", "Trois")]);
    let said = [(0, Seen), (1, NothingHere), (2, Seen), (3, NothingHere)];
    state.paragraphs = Rc::new(said.into_iter().collect());
    for (text, expected) in [
        (
            "Zéro.\n\nUn.\n\nDeux\nici.\n\nTrois !\n\nQuatre.",
            &[(1, Seen), (2, NothingHere), (4, NothingHere)][..],
        ),
        ("Deux\r\nici.\n\nUn. Plus.\n\nQuatre.\n\nFin.", &[(0, NothingHere), (2, NothingHere)]),
        ("Rien.", &[]),
    ] {
        let version = put_on(&state, text);
        let found: Vec<(u32, ParagraphState)> =
            version.opened.state.paragraphs.iter().map(|(paragraph, said)| (*paragraph, *said)).collect();
        assert_eq!(found, expected, "{text:?}");
    }
}

/// With words added at the end, everything is as it was; with a paragraph before it, everything
/// is as it was so many characters on; and whatever the text, nothing is lost.
#[test]
fn nothing_moves_without_reason_and_nothing_is_lost() {
    for seed in 0..300 {
        let state = random_state(seed);
        let text = &*state.document.text;
        let all = state.annotations.len();
        let places = |state: &State, step: u32| {
            let by = |part: &TextSpan| (part.start().0 - step, part.end().0 - step);
            let line = |id: &AnnotationId, target: &Target| {
                (id.to_string(), target.fragments().iter().map(by).collect::<Vec<_>>())
            };
            state.annotations.iter().map(|found| line(&found.id, &found.target)).collect::<Vec<_>>()
        };
        for (before, behind) in [("", "\n\nLa fin."), ("Tout neuf 👩.\n\n", "")] {
            let version = put_on(&state, &format!("{before}{text}{behind}"));
            let found = &version.opened.state;
            let is_cut = found.annotations.len() < all;
            assert!(!is_cut, "seed {seed}: {:?} {}", text, told(&version));
            assert_eq!(places(found, before.len() as u32), places(&state, 0), "seed {seed}");
            assert!(found.relations == state.relations && found.fields == state.fields, "seed {seed}");
        }
        let other = random_state(seed + 1000);
        {
            let version = put_on(&state, &other.document.text);
            let json = exported(&version.opened.state, Content::WithText);
            let file: serde_json::Value = serde_json::from_str(&json).expect("an export is JSON");
            let new_len = |key: &str| {
                let carried =
                    state.carried.get("file").and_then(|file| Some(file.get(key)?.as_array()?.len()));
                file[key].as_array().map_or(0, Vec::len) - carried.unwrap_or(0)
            };
            assert_eq!(new_len("annotations") + new_len("unplaced"), all, "seed {seed}");
            let relations = new_len("relations") + new_len("unplacedRelations");
            assert_eq!(relations, state.relations.iter().count(), "seed {seed}");
            let entities = new_len("entities") + new_len("unplacedEntities");
            assert_eq!(entities, state.entities.len(), "seed {seed}");
        }
    }
}

/// Against the slow and sure way: lines that all differ are dropped, kept and made up, and it is
/// known of each kept one where it went.
#[test]
fn words_of_kept_lines_are_where_the_lines_went() {
    for seed in 0..300 {
        let mut random = Random::new(seed);
        let lines: Vec<String> =
            (0..1 + random.below(12)).map(|idx| format!("Le {idx} 👩 dit é{idx}.")).collect();
        let text = lines.join("\n");
        let (mut new, mut places): (String, Vec<Option<usize>>) = (String::new(), Vec::new());
        for line in &lines {
            for _ in 0..random.below(3) {
                new += &format!("Autre {}.\n", random.below(99));
            }
            places.push((random.below(4) > 0).then_some(new.len()));
            if places.last() != Some(&None) {
                new += &format!("{line}\r\n");
            }
        }
        let mut state = marked(&text, &[]);
        let mut start = 0;
        for (idx, line) in lines.iter().enumerate() {
            let at = start + line.find("dit").expect("it says so");
            let span = TextSpan::from_range(at..at + 3).expect("three bytes");
            state.annotations.insert(Rc::new(plain(&format!("a{idx:02}"), "CUE", Target::span(span))));
            start += line.len() + 1;
        }
        let version = put_on(&state, &new);
        for (idx, place) in places.iter().enumerate() {
            let found =
                version.opened.state.annotations.get(&AnnotationId::from(format!("a{idx:02}").as_str()));
            let found = found.map(|found| found.target.start().to_usize());
            let expected = place.map(|place| place + lines[idx].find("dit").expect("it says so"));
            assert_eq!(found, expected, "seed {seed}, line {idx}: {new:?}");
        }
    }
}

/// A text without lines whose two halves changed places: the first words of each are searched for,
/// and the others lie as far from where they were.
#[test]
fn what_moved_together_is_searched_for_once() {
    const COUNT: usize = 1000;
    let sentence = |idx: usize| format!("En {idx:04}, selon {idx:04}, le ministre a menti. ");
    let (old, new): (String, String) =
        ((0..COUNT).map(sentence).collect(), (COUNT / 2..COUNT).chain(0..COUNT / 2).map(sentence).collect());
    let len = old.len() / COUNT;
    let place = |idx: usize| TextSpan::from_range(idx * len + 25..idx * len + 33).expect("eight bytes");
    let spans: Vec<TextSpan> = (0..COUNT).map(place).collect();
    let (found, searched) = places(&old, &new, &spans, SEARCHED_BYTES_MAX);
    for (idx, found) in found.into_iter().enumerate() {
        assert_eq!(found, Ok(place((idx + COUNT / 2) % COUNT)), "sentence {idx}");
    }
    assert!(searched < 10 * old.len() as u64, "{searched} bytes were searched");
}

#[test]
fn a_search_that_costs_too_much_ends_and_says_so() {
    let span = TextSpan::from_range(7..12).expect("five bytes");
    for (budget, fact) in [(1000, Fact::WordsGone), (20, Fact::SearchEnded)] {
        assert_eq!(places("Elle a menti.", "Il dort.", &[span], budget).0, [Err(fact)]);
    }
}

/// Three megabytes with thirty thousand annotations and a change in four paragraphs of a hundred:
/// what is searched is counted in bytes.
#[test]
fn small_changes_to_a_long_text_cost_little() {
    const COUNT: usize = 30_000;
    let line = |idx: usize| {
        format!(
            "{idx:05} : le ministre, selon é 👩, a menti, et il est parti, puis revenu, dit-on ici ou là, hier soir vers minuit.\n"
        )
    };
    let old: String = (0..COUNT).map(line).collect();
    assert!(old.len() > 3_000_000);
    let changed = |idx: usize| match idx % 100 {
        7 => format!("Nouveau {idx}.\n{}", line(idx)),
        50 => line(idx).replace("menti", "dit la vérité"),
        70 => line(idx).replace("le ministre", "la ministre"),
        90 => String::new(),
        _ => line(idx),
    };
    let new: String = (0..COUNT).map(changed).collect();
    let len = old.len() / COUNT;
    let span = |idx: usize| {
        let start = idx * len + old[idx * len..].find("menti").expect("it is in each line");
        TextSpan::from_range(start..start + 5).expect("five bytes")
    };
    let spans: Vec<TextSpan> = (0..COUNT).map(span).collect();
    let (found, searched) = places(&old, &new, &spans, SEARCHED_BYTES_MAX);
    let gone = found.iter().filter(|found| found.is_err()).count();
    assert_eq!(gone, 2 * COUNT / 100, "in the lines that lost them");
    assert!(searched < 100 * old.len() as u64, "{searched} bytes were searched");
}

use std::rc::Rc;

use crate::edit::state::{
    Edge, Focus, LinkPurpose, Linking, LinksShown, MarksShown, Mode, MovingEnds, Selection,
};
use crate::edit::tests::random::{actions, start};
use crate::edit::transaction::{Change, Edit, Origin, Transaction, UserEvent};
use crate::formats::presets::default_schema;
use crate::journal::frame::seal;
use crate::journal::record::{Record, RecordError, decode_record, encode_record, record_line};
use crate::json::{Map, from_str};
use crate::model::annotation::{Annotation, AnnotationOrigin, Certainty, Provenance, Target};
use crate::model::dated::{DatedValue, DatedValues};
use crate::model::entity::Entity;
use crate::model::paragraphs::ParagraphState;
use crate::model::relation::Relation;
use crate::model::schema::{AttributeValue, Schema};
use crate::text::samples::Random;
use crate::text::span::{TextOffset, TextSpan};

fn pick<'v, T>(random: &mut Random, values: &'v [T]) -> &'v T {
    &values[random.below(values.len())]
}

fn text(random: &mut Random) -> String {
    random.text(6)
}

fn value(random: &mut Random) -> AttributeValue {
    const NUMBERS: [f64; 12] = [
        0.0,
        -0.0,
        1.0,
        0.1,
        1.0 / 3.0,
        5e-324,
        2.225073858507201e-308,
        f64::MAX,
        f64::MIN_POSITIVE,
        9007199254740993.0,
        f64::INFINITY,
        f64::NEG_INFINITY,
    ];
    match random.below(5) {
        0 => AttributeValue::Flag(random.below(2) == 0),
        1 => AttributeValue::Text(Rc::from(text(random))),
        2 => AttributeValue::Number(*pick(random, &NUMBERS)),
        3 => {
            let bits = random.below(usize::MAX) as u64;
            let number = f64::from_bits(bits);
            AttributeValue::Number(if number.is_nan() { 0.5 } else { number })
        }
        _ => {
            AttributeValue::Other(Rc::from(*pick(random, &["null", "[1,2]", "{\"a\":\"\\n\"}", "not JSON"])))
        }
    }
}

fn target(random: &mut Random) -> Target {
    let spans = (0..=random.below(3)).map(|_| {
        let start = random.below(1_000);
        TextSpan::new(TextOffset::new(start), TextOffset::new(start + 1 + random.below(50))).expect("a span")
    });
    Target::fragments_of(spans.collect()).expect("a target")
}

fn provenance(random: &mut Random) -> Provenance {
    Provenance {
        annotator: text(random).as_str().into(),
        created_ms: *pick(random, &[0, 1_700_000_000_000, u64::MAX]),
        changed_ms: random.below(usize::MAX) as u64,
        origin: *pick(random, &[AnnotationOrigin::ByHand, AnnotationOrigin::Imported]),
    }
}

fn extra(random: &mut Random) -> Option<Rc<Map>> {
    let extra = ["{}", "{\"z\":1,\"a\":[0.1,1e300,18446744073709551615,null,{\"é\":\"\\u0000\"}]}"];
    let extra = from_str(extra[random.below(2)]).expect("JSON");
    (random.below(3) == 0).then(|| Rc::new(extra.as_object().expect("an object").clone()))
}

fn dated_values(random: &mut Random) -> DatedValues {
    let value = |random: &mut Random| DatedValue {
        value: value(random),
        as_of: Rc::from(text(random)),
        set_ms: *pick(random, &[0, 1_700_000_000_000, u64::MAX]),
    };
    (0..random.below(3)).map(|_| value(random)).collect()
}

fn relation(random: &mut Random) -> Relation {
    Relation {
        id: text(random).as_str().into(),
        kind: text(random).as_str().into(),
        from: text(random).as_str().into(),
        to: text(random).as_str().into(),
        provenance: provenance(random),
        extra: extra(random),
    }
}

fn entity(random: &mut Random) -> Entity {
    Entity {
        id: text(random).as_str().into(),
        label: text(random).as_str().into(),
        name: Rc::from(text(random)),
        identifier: Rc::from(text(random)),
        provenance: provenance(random),
        extra: extra(random),
    }
}

fn schema(random: &mut Random) -> Rc<Schema> {
    Rc::new(Schema { guidelines: Rc::from(text(random)), ..default_schema() })
}

/// Before and after, either perhaps absent.
fn change<T: Clone>(random: &mut Random, side: impl Fn(&mut Random) -> T) -> Change<T> {
    let some = |random: &mut Random| (random.below(3) > 0).then(|| side(random));
    Change { before: some(random), after: some(random) }
}

fn edit(random: &mut Random) -> Edit {
    match random.below(13) {
        0..=3 => Edit::Annotation(change(random, |random| Rc::new(annotation(random)))),
        4..=5 => Edit::Relation(change(random, |random| Rc::new(relation(random)))),
        6..=7 => Edit::Entity(change(random, |random| Rc::new(entity(random)))),
        8..=9 => Edit::Field { key: text(random).as_str().into(), change: change(random, value) },
        10..=11 => Edit::Paragraph {
            paragraph: *pick(random, &[0, 7, u32::MAX]),
            change: change(random, |random| {
                *pick(random, &[ParagraphState::Seen, ParagraphState::NothingHere])
            }),
        },
        _ => Edit::Schema(change(random, schema)),
    }
}

fn annotation(random: &mut Random) -> Annotation {
    let keys: Vec<String> = (0..random.below(4)).map(|_| text(random)).collect();
    Annotation {
        id: text(random).as_str().into(),
        label: text(random).as_str().into(),
        target: target(random),
        attributes: keys.iter().map(|key| (key.as_str().into(), value(random))).collect(),
        by_hand: keys.iter().filter(|_| random.below(2) == 0).map(|key| key.as_str().into()).collect(),
        dated: keys.iter().map(|key| (key.as_str().into(), dated_values(random))).collect(),
        certainty: *pick(random, &[Certainty::Sure, Certainty::Unsure]),
        note: Rc::from(text(random)),
        entity: (random.below(2) == 0).then(|| text(random).as_str().into()),
        provenance: provenance(random),
        extra: extra(random),
    }
}

fn focus(random: &mut Random) -> Focus {
    let place = |random: &mut Random| TextOffset::new(random.below(2_000));
    Focus {
        selection: (random.below(2) == 0).then(|| Selection { anchor: place(random), head: place(random) }),
        chosen: (random.below(2) == 0).then(|| text(random).as_str().into()),
        armed: (random.below(2) == 0).then(|| text(random).as_str().into()),
        mode: match random.below(3) {
            0 => Mode::MovingEnds(MovingEnds {
                edge: *pick(random, &[Edge::Start, Edge::End]),
                original: target(random),
            }),
            _ => Mode::Normal,
        },
        marks: match random.below(3) {
            0 => MarksShown::All,
            1 => MarksShown::Only(text(random).as_str().into()),
            _ => MarksShown::None,
        },
        links: *pick(random, &[LinksShown::OfChosen, LinksShown::All]),
    }
}

fn transaction(random: &mut Random) -> Transaction {
    let edits = (0..random.below(4)).map(|_| edit(random)).collect();
    let (id, key) = (text(random), text(random));
    let events = [
        UserEvent::Select,
        UserEvent::Annotate,
        UserEvent::Relabel,
        UserEvent::Remove,
        UserEvent::MoveEnd(id.as_str().into()),
        UserEvent::AddFragment,
        UserEvent::RemoveFragment,
        UserEvent::SetAttribute(id.as_str().into(), key.as_str().into()),
        UserEvent::SetCertainty,
        UserEvent::SetNote(id.as_str().into()),
        UserEvent::SetField(key.as_str().into()),
        UserEvent::Replace,
        UserEvent::Link,
        UserEvent::Unlink,
        UserEvent::Relink,
        UserEvent::SameEntity,
        UserEvent::SplitEntity,
        UserEvent::SetEntity(id.as_str().into()),
        UserEvent::SetParagraph,
        UserEvent::ChangeSchema,
        UserEvent::Repair,
    ];
    Transaction {
        edits,
        focus: (random.below(4) > 0).then(|| focus(random)),
        event: pick(random, &events).clone(),
        origin: *pick(random, &[Origin::User, Origin::Undo, Origin::Redo]),
        time_ms: *pick(random, &[0, 1_700_000_000_123, u64::MAX]),
        active_ms: *pick(random, &[0, 1, 59_999, u32::MAX]),
    }
}

#[test]
fn every_record_comes_back_as_it_was() {
    for seed in 0..1_000 {
        let mut random = Random::new(seed);
        let (seq, focus_before, transaction) =
            (*pick(&mut random, &[1, 42, u64::MAX]), focus(&mut random), transaction(&mut random));
        let raw = encode_record(seq, &focus_before, &transaction);
        assert!(!raw.contains('\n'), "seed {seed}");
        let mut line = record_line(seq, &focus_before, &transaction);
        transaction.edits.chunks(1 + random.below(3)).for_each(|edits| line.push(edits));
        assert_eq!(line.finish(), raw, "seed {seed}: some edits at a time");
        let record = decode_record(&raw).unwrap_or_else(|error| panic!("seed {seed}: {error:?} {raw}"));
        // As text too: 0.0 and -0.0 are equal.
        assert_eq!(format!("{:?}", record.transaction), format!("{transaction:?}"), "seed {seed}: {raw}");
        let expected = Record { seq, version: 2, focus_before, transaction };
        assert_eq!(record, expected, "seed {seed}: {raw}");
    }
}

#[test]
fn the_form_is_the_one_described() {
    let mut session = start();
    for action in ["drag:ministre", "p", "set:mention=pronoun"] {
        session.act(action);
    }
    let (focus_before, transaction) = &session.journal[0];
    let raw = encode_record(1, focus_before, transaction);
    let id = session.state().chosen().expect("chosen").id.clone();
    let json = format!(
        "{{\"e\":[{{\"a\":[null,{{\"i\":\"{id}\",\"l\":\"PERSON\",\"s\":[[7,15]],\
         \"a\":{{\"mention\":\"name\"}},\"p\":\"u1\",\"c\":10002,\"m\":10002}}]}}],\
         \"b\":{{\"s\":[7,15]}},\"f\":{{\"s\":[15,15],\"c\":\"{id}\"}},\"k\":\"annotate\",\"t\":10002}}"
    );
    assert_eq!(raw, seal(&format!("r 2 1 {json}")));
}

/// What is being linked is asked for again, not stored.
#[test]
fn a_link_that_is_looked_for_is_not_stored() {
    let linking = Linking { purpose: LinkPurpose::SameEntity, candidate: None, options: Vec::new() };
    let focus = Focus { mode: Mode::Linking(linking), links: LinksShown::All, ..Focus::default() };
    let transaction = Transaction::focus(focus.clone(), 1);
    let record = decode_record(&encode_record(1, &focus, &transaction)).expect("a record");
    let normal = Focus { mode: Mode::Normal, ..focus };
    assert_eq!(record.focus_before, normal);
    assert_eq!(record.transaction.focus, Some(normal));
}

#[test]
fn every_single_damage_is_found() {
    let mut session = start();
    actions(3, 40).into_iter().for_each(|action| session.take(action));
    let longest = session.journal.iter().max_by_key(|(_, transaction)| transaction.edits.len());
    let (focus_before, transaction) = longest.expect("a transaction");
    let raw = encode_record(7, focus_before, transaction);
    for end in (0..raw.len()).filter(|end| raw.is_char_boundary(*end)) {
        assert_eq!(decode_record(&raw[..end]), Err(RecordError::Damaged), "cut at {end}");
    }
    for place in 0..raw.len() {
        for bit in 0..8 {
            let mut bytes = raw.clone().into_bytes();
            bytes[place] ^= 1 << bit;
            let damaged = String::from_utf8_lossy(&bytes);
            assert_eq!(decode_record(&damaged), Err(RecordError::Damaged), "bit {bit} at {place}");
        }
    }
}

#[test]
fn what_is_no_record_of_this_version_says_so() {
    let whole = |body: &str| decode_record(&seal(body)).expect_err(body);
    for version in ["3", "0", "1.5", "01", "+1", "-1"] {
        let unknown = RecordError::UnknownVersion(version.to_string());
        assert_eq!(whole(&format!("r {version} 1 {{}}")), unknown);
    }
    let empty = "{\"e\":[],\"k\":\"select\",\"t\":1}";
    for version in [1, 2] {
        let record = decode_record(&seal(&format!("r {version} 1 {empty}")));
        assert_eq!(record.map(|record| record.version), Ok(version));
    }
    for body in [
        "",
        "r",
        "r 1",
        "r 1 1",
        "r 1 1 ",
        "r 1 -1 {}",
        "r 1 x {}",
        "s 1 1 {}",
        "r 1 1 {}",
        "r 1 1 []",
        "r 1 1 {\"e\":[],\"k\":\"select\",\"t\":1,\"new\":1}",
        "r 1 1 {\"e\":[],\"k\":\"unknown\",\"t\":1}",
        "r 1 1 {\"e\":[{\"x\":[]}],\"k\":\"select\",\"t\":1}",
        "r 1 1 {\"e\":[],\"k\":\"select\",\"t\":-1}",
        "r 2 1 {\"e\":[],\"k\":\"select\",\"t\":1,\"d\":-1}",
        "r 2 1 {\"e\":[{\"p\":[0,\"read\",null]}],\"k\":\"select\",\"t\":1}",
        "r 2 1 {\"e\":[{\"p\":[-1,\"seen\",null]}],\"k\":\"select\",\"t\":1}",
        "r 2 1 {\"e\":[{\"s\":[null,\"{}\"]}],\"k\":\"select\",\"t\":1}",
        "r 2 1 {\"e\":[{\"r\":[null,{\"i\":\"r1\"}]}],\"k\":\"select\",\"t\":1}",
        "r 2 1 {\"e\":[{\"e\":[null,{\"i\":\"e1\",\"l\":\"P\"}]}],\"k\":\"select\",\"t\":1}",
        // Fragments that are empty, turned round, out of order, touching.
        "r 1 1 {\"e\":[{\"a\":[null,{\"i\":\"\",\"l\":\"\",\"s\":[],\"p\":\"\",\"c\":1,\"m\":1}]}],\"k\":\"select\",\"t\":1}",
        "r 1 1 {\"e\":[{\"a\":[null,{\"i\":\"\",\"l\":\"\",\"s\":[[3,2]],\"p\":\"\",\"c\":1,\"m\":1}]}],\"k\":\"select\",\"t\":1}",
        "r 1 1 {\"e\":[{\"a\":[null,{\"i\":\"\",\"l\":\"\",\"s\":[[5,6],[1,2]],\"p\":\"\",\"c\":1,\"m\":1}]}],\"k\":\"select\",\"t\":1}",
        "r 1 1 {\"e\":[{\"a\":[null,{\"i\":\"\",\"l\":\"\",\"s\":[[1,2],[2,3]],\"p\":\"\",\"c\":1,\"m\":1}]}],\"k\":\"select\",\"t\":1}",
    ] {
        assert_eq!(whole(body), RecordError::Malformed, "{body}");
    }
}

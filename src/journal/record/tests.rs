use std::rc::Rc;

use crate::edit::state::{Edge, Focus, MarksShown, Mode, MovingEnds, Selection};
use crate::edit::tests::random::{actions, start};
use crate::edit::transaction::{Change, Edit, Origin, Transaction, UserEvent};
use crate::journal::frame::seal;
use crate::journal::record::{Record, RecordError, decode_record, encode_record};
use crate::model::annotation::{Annotation, AnnotationOrigin, Certainty, Provenance, Target};
use crate::model::schema::AttributeValue;
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

fn annotation(random: &mut Random) -> Annotation {
    let keys: Vec<String> = (0..random.below(4)).map(|_| text(random)).collect();
    let extra = ["{}", "{\"z\":1,\"a\":[0.1,1e300,18446744073709551615,null,{\"é\":\"\\u0000\"}]}"];
    Annotation {
        id: text(random).as_str().into(),
        label: text(random).as_str().into(),
        target: target(random),
        attributes: keys.iter().map(|key| (key.as_str().into(), value(random))).collect(),
        by_hand: keys.iter().filter(|_| random.below(2) == 0).map(|key| key.as_str().into()).collect(),
        certainty: *pick(random, &[Certainty::Sure, Certainty::Unsure]),
        dated: Default::default(),
        note: Rc::from(text(random)),
        entity: (random.below(2) == 0).then(|| text(random).as_str().into()),
        provenance: Provenance {
            annotator: text(random).as_str().into(),
            created_ms: *pick(random, &[0, 1_700_000_000_000, u64::MAX]),
            changed_ms: random.below(usize::MAX) as u64,
            origin: *pick(random, &[AnnotationOrigin::ByHand, AnnotationOrigin::Imported]),
        },
        extra: (random.below(3) == 0)
            .then(|| Rc::new(serde_json::from_str(extra[random.below(2)]).expect("an object"))),
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
        links: Default::default(),
    }
}

fn transaction(random: &mut Random) -> Transaction {
    let side = |random: &mut Random| (random.below(3) > 0).then(|| Rc::new(annotation(random)));
    let field = |random: &mut Random| (random.below(3) > 0).then(|| value(random));
    let edits = (0..random.below(4)).map(|_| match random.below(2) {
        0 => Edit::Annotation(Change { before: side(random), after: side(random) }),
        _ => Edit::Field {
            key: text(random).as_str().into(),
            change: Change { before: field(random), after: field(random) },
        },
    });
    let edits = edits.collect();
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
    ];
    Transaction {
        edits,
        focus: (random.below(4) > 0).then(|| focus(random)),
        event: pick(random, &events).clone(),
        origin: *pick(random, &[Origin::User, Origin::Undo, Origin::Redo]),
        time_ms: *pick(random, &[0, 1_700_000_000_123, u64::MAX]),
        active_ms: 0,
    }
}

#[test]
fn every_record_comes_back_as_it_was() {
    for seed in 0..2_000 {
        let mut random = Random::new(seed);
        let (seq, focus_before, transaction) =
            (*pick(&mut random, &[1, 42, u64::MAX]), focus(&mut random), transaction(&mut random));
        let raw = encode_record(seq, &focus_before, &transaction);
        assert!(!raw.contains('\n'), "seed {seed}");
        let record = decode_record(&raw).unwrap_or_else(|error| panic!("seed {seed}: {error:?} {raw}"));
        // As text too: 0.0 and -0.0 are equal.
        assert_eq!(format!("{:?}", record.transaction), format!("{transaction:?}"), "seed {seed}: {raw}");
        assert_eq!(record, Record { seq, focus_before, transaction }, "seed {seed}: {raw}");
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
    assert_eq!(raw, seal(&format!("r 1 1 {json}")));
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
    assert_eq!(whole("r 2 1 {}"), RecordError::UnknownVersion("2".to_string()));
    assert_eq!(whole("r 1.5 1 {}"), RecordError::UnknownVersion("1.5".to_string()));
    let empty = "{\"e\":[],\"k\":\"select\",\"t\":1}";
    assert!(decode_record(&seal(&format!("r 1 1 {empty}"))).is_ok());
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
        // Fragments that are empty, turned round, out of order, touching.
        "r 1 1 {\"e\":[{\"a\":[null,{\"i\":\"\",\"l\":\"\",\"s\":[],\"p\":\"\",\"c\":1,\"m\":1}]}],\"k\":\"select\",\"t\":1}",
        "r 1 1 {\"e\":[{\"a\":[null,{\"i\":\"\",\"l\":\"\",\"s\":[[3,2]],\"p\":\"\",\"c\":1,\"m\":1}]}],\"k\":\"select\",\"t\":1}",
        "r 1 1 {\"e\":[{\"a\":[null,{\"i\":\"\",\"l\":\"\",\"s\":[[5,6],[1,2]],\"p\":\"\",\"c\":1,\"m\":1}]}],\"k\":\"select\",\"t\":1}",
        "r 1 1 {\"e\":[{\"a\":[null,{\"i\":\"\",\"l\":\"\",\"s\":[[1,2],[2,3]],\"p\":\"\",\"c\":1,\"m\":1}]}],\"k\":\"select\",\"t\":1}",
    ] {
        assert_eq!(whole(body), RecordError::Malformed, "{body}");
    }
}

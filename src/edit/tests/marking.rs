//! What a label's key does, and what annotations carry.

use crate::edit::notice::{Notice, Refusal};
use crate::edit::tests::drawing::{check, check_focus, check_under, draw, session_after};
use crate::edit::tests::support::{ALLOWED, FORBIDDEN, schema, text_value};
use crate::model::ids::{AttributeKey, LabelId};
use crate::model::schema::{AttributeValue, Schema, SpanPolicy};

#[test]
fn a_label_key_marks_the_selection() {
    for (before, actions, after) in [
        ("The |minister| lied", "p", "The [PERSON minister] lied"),
        ("The |minister| lied", "Shift+p", "The [PERSON minister] lied"),
        ("The |minister lied", "p", "The minister lied"),
        ("|The minister lied|", "c", "[CLAIM The minister lied]"),
        ("The |minister| lied", "w", "The minister lied ?"),
        ("The |minister| lied", "u", "The minister lied ?"),
        ("The |minister| lied", "Ctrl+p", "The minister lied ?"),
        ("The |minister| lied", "p p", "The [PERSON minister] lied !AlreadyThere"),
        // A person can mark the same words again with another label, over them or across them.
        ("The |minister| lied", "p drag:The…lied c", "[CLAIM The [PERSON minister] lied]"),
        (
            "The |minister| lied",
            "drag:The…minister c drag:minister…lied m",
            "[CLAIM The [CUE minister]CLAIM lied]",
        ),
        ("The |minister| lied", "p drag:minister c", "The [PERSON [CLAIM minister]] lied"),
        ("un deux trois", "drag:un p drag:deux o drag:trois l", "[PERSON un] [ORG deux] [PLACE trois]"),
        ("undeux", "letters drag:un p drag:deux o", "[PERSON un][ORG deux]"),
    ] {
        check(before, actions, after);
    }
}

#[test]
fn outer_white_space_stays_outside_and_no_grapheme_is_cut() {
    for (before, actions, after) in [
        ("The| minister |lied", "p", "The [PERSON minister] lied"),
        ("The| |minister", "p", "The minister !NothingSelected"),
        ("| The minister|", "p", " [PERSON The minister]"),
        ("«|\u{A0}Non\u{202F}|»", "q", "«\u{A0}[QUOTE Non]\u{202F}»"),
        ("a|\r\n\r\n|b", "p", "a\r\n\r\nb !NothingSelected"),
        ("|un\r\n|deux", "p", "[PERSON un]\r\ndeux"),
        ("|un\r\ndeux|", "c", "[CLAIM un\r\ndeux]"),
        ("👨\u{200D}👩\u{200D}👧 et 👍🏽", "letters drag:👩 p", "[PERSON 👨\u{200D}👩\u{200D}👧] et 👍🏽"),
        ("et 👍🏽!", "letters drag:🏽 p", "et [PERSON 👍🏽]!"),
        ("🇫🇷🇰🇿", "letters drag:🇷 l", "[PLACE 🇫🇷]🇰🇿"),
        ("e\u{301}te\u{301}", "letters drag:t…e p", "e\u{301}[PERSON te\u{301}]"),
        ("cafe\u{301}", "letters drag:e p", "caf[PERSON e\u{301}]"),
        ("co\u{AD}opé\u{AD}ra", "drag:opé p", "[PERSON co\u{AD}opé\u{AD}ra]"),
        ("co\u{AD}opé\u{AD}ra tion", "letters drag:opé p", "co\u{AD}[PERSON opé]\u{AD}ra tion"),
        ("قال الوزير: لا", "drag:لوزي p", "قال [PERSON الوزير]: لا"),
        ("שר החוץ אמר", "drag:חו p", "שר [PERSON החוץ] אמר"),
        ("部长说谎。", "letters drag:部长 p", "[PERSON 部长]说谎。"),
        ("Il dit l’ONU.", "drag:ON o", "Il dit l’[ORG ONU]."),
        ("\u{FEFF}Le titre", "drag:Le p", "\u{FEFF}[PERSON Le] titre"),
        ("The minister lied", "drag:inist p", "The [PERSON minister] lied"),
        ("The minister lied", "back:inist p", "The [PERSON minister] lied"),
        ("The minister lied", "letters drag:inist p", "The m[PERSON inist]er lied"),
        ("The minister lied", "drag:he_…_l c", "[CLAIM The minister lied]"),
    ] {
        check(before, actions, after);
    }
}

#[test]
fn what_was_marked_is_chosen_and_the_cursor_stays() {
    for (before, actions, after) in [
        ("The |minister| lied", "p", "The [PERSON* minister]| lied"),
        ("The minister lied", "back:minister p", "The |[PERSON* minister] lied"),
        ("The |minister| lied", "p drag:lied m", "The [PERSON minister] [CUE* lied]|"),
        ("The minister lied", "p", "The minister lied (armed PERSON)"),
        ("The minister lied", "p o", "The minister lied (armed ORG)"),
        ("The minister lied", "p p", "The minister lied"),
        ("The |minister lied", "Shift+p", "The |minister lied (armed PERSON)"),
        ("The minister lied", "p drag:lied Enter", "The minister [PERSON* lied]|"),
        ("The minister lied", "p drag:lied m", "The minister [CUE* lied]|"),
        ("The minister lied", "drag:lied Enter", "The minister |lied| screen choose-here"),
        ("[PERSON The] minister", "p click:The", "[PERSON* T|he] minister (armed PERSON)"),
    ] {
        check_focus(before, actions, after);
    }
}

#[test]
fn a_label_key_on_the_chosen_annotation() {
    for (before, actions, after) in [
        // The same group relabels.
        ("The [PERSON* minister] lied", "o", "The [ORG minister] lied"),
        ("[CLAIM* The minister lied]", "a", "[ALLEGATION The minister lied]"),
        ("[ALLEGATION* The minister lied]", "c", "[CLAIM The minister lied]"),
        ("The minister [CUE* lied]", "j", "The minister [EVIDENCE lied]"),
        ("The [PERSON* minister] lied", "p", "The [PERSON minister] lied !AlreadyThere"),
        // Except between a quote and another statement.
        ("[QUOTE* The minister lied]", "c", "[QUOTE [CLAIM The minister lied]]"),
        ("[QUOTE* The minister lied]", "a", "[QUOTE [ALLEGATION The minister lied]]"),
        ("[CLAIM* The minister lied]", "q", "[CLAIM [QUOTE The minister lied]]"),
        ("[QUOTE* The minister lied]", "q", "[QUOTE The minister lied] !AlreadyThere"),
        // The statement is chosen now, and can be relabelled.
        ("[QUOTE* The minister lied]", "c a", "[QUOTE [ALLEGATION The minister lied]]"),
        // Another group adds over the same words, and so does Shift.
        ("The [PERSON* minister] lied", "c", "The [PERSON [CLAIM minister]] lied"),
        ("The [PERSON* minister] lied", "m", "The [PERSON [CUE minister]] lied"),
        ("The [PERSON* minister] lied", "Shift+o", "The [PERSON [ORG minister]] lied"),
        ("[CLAIM* The minister lied]", "Shift+a", "[CLAIM [ALLEGATION The minister lied]]"),
        ("The [PERSON* minister] lied", "Shift+p", "The [PERSON minister] lied !AlreadyThere"),
        // A selection goes before what is chosen.
        ("The [PERSON* minister] |lied|", "o", "The [PERSON minister] [ORG lied]"),
        // Fragments go along.
        ("[CLAIM* The] minister […CLAIM lied]", "m", "[CLAIM [CUE The]] minister […CLAIM […CUE lied]]"),
        ("[CLAIM* The] minister […CLAIM lied]", "a", "[ALLEGATION The] minister […ALLEGATION lied]"),
    ] {
        check(before, actions, after);
    }
}

#[test]
fn single_keys_can_be_switched_off() {
    let mut session = session_after(schema(), "The |minister| lied", "");
    session.single_keys = false;
    session.run("p + z");
    assert_eq!((draw(session.state()).as_str(), session.answer.as_str()), ("The minister lied", "?"));
    session.single_keys = true;
    session.run("p");
    session.single_keys = false;
    session.run("Ctrl+z");
    assert_eq!(draw(session.state()), "The minister lied");
}

#[test]
fn the_schema_says_what_may_overlap() {
    let flat = || Schema { policy: FORBIDDEN, ..schema() };
    let policy = |policy: SpanPolicy| Schema { policy, ..schema() };
    let no_crossing = || policy(SpanPolicy { overlap: false, ..ALLOWED });
    let no_nesting = || policy(SpanPolicy { nesting: false, ..ALLOWED });
    let whole = || policy(SpanPolicy { discontinuous: false, ..ALLOWED });
    let with_flat_person = || {
        let mut schema = schema();
        schema.labels.iter_mut().filter(|label| label.id == LabelId::from("PERSON")).for_each(|label| {
            label.policy = Some(FORBIDDEN);
        });
        schema
    };
    for (schema, before, actions, after) in [
        (flat(), "[PERSON a] b", "drag:b o", "[PERSON a] [ORG b]"),
        (flat(), "[PERSON a b] c", "drag:b…c o", "[PERSON a b] c !Overlap"),
        (flat(), "[PERSON a b] c", "drag:a o", "[PERSON a b] c !Overlap"),
        (flat(), "[PERSON b] c", "drag:b o", "[PERSON b] c !Overlap"),
        (flat(), "[PERSON* b] c", "o", "[ORG b] c"),
        (flat(), "[PERSON* a] [ORG b]", "end:b", "[PERSON a] [ORG b] !Overlap"),
        (flat(), "[PERSON* a] b", "end:b", "[PERSON a b]"),
        (flat(), "[PERSON* a] b c", "drag:c +", "[PERSON a] b c !FragmentsForbidden"),
        (no_crossing(), "[PERSON a b] c", "drag:b…c o", "[PERSON a b] c !Overlap"),
        (no_crossing(), "[PERSON a b] c", "drag:a o", "[PERSON [ORG a] b] c"),
        (no_crossing(), "[PERSON a] b", "drag:a…b c", "[CLAIM [PERSON a] b]"),
        (no_nesting(), "[PERSON a b] c", "drag:b…c o", "[PERSON a [ORG b]PERSON c]"),
        (no_nesting(), "[PERSON a b] c", "drag:a o", "[PERSON a b] c !Overlap"),
        (no_nesting(), "[PERSON a b] c", "drag:a…c o", "[PERSON a b] c !Overlap"),
        // What lies in the gap of a discontinuous one shares no words with it.
        (no_nesting(), "[CLAIM a] b […CLAIM c]", "drag:b p", "[CLAIM a] [PERSON b] […CLAIM c]"),
        // Words shared with one fragment only are an overlap, even within the other's reach.
        (no_crossing(), "[CLAIM a b] c […CLAIM d]", "drag:b…c p", "[CLAIM a b] c […CLAIM d] !Overlap"),
        (no_crossing(), "[CLAIM a b] c […CLAIM d]", "drag:b p", "[CLAIM a [PERSON b]] c […CLAIM d]"),
        (whole(), "[CLAIM* a] b c", "drag:c +", "[CLAIM a] b c !FragmentsForbidden"),
        (whole(), "[CLAIM* a] b", "letters drag:_b +", "[CLAIM a] b !FragmentsForbidden"),
        // The policy of a label holds whichever of two comes first.
        (with_flat_person(), "[CUE a b] c", "drag:b…c p", "[CUE a b] c !Overlap"),
        (with_flat_person(), "[PERSON a b] c", "drag:b…c m", "[PERSON a b] c !Overlap"),
        (with_flat_person(), "[CUE a b] c", "drag:b…c j", "[CUE a [EVIDENCE b]CUE c]"),
    ] {
        check_under(schema, before, actions, after);
    }
}

#[test]
fn a_refusal_names_the_other_annotation() {
    let mut session = session_after(Schema { policy: FORBIDDEN, ..schema() }, "[PERSON a b] c", "drag:b…c");
    let label = LabelId::from("ORG");
    session.command(|state, ctx| {
        let result = crate::edit::commands::annotate::use_label(state, ctx, &label, false);
        match &result {
            Err(Refusal::Overlap { other_label, surface, .. }) => {
                assert_eq!((other_label.as_str(), &**surface), ("PERSON", "a b"));
            }
            other => panic!("{other:?}"),
        }
        result
    });
}

/// The attributes of the chosen annotation, with `!` behind those that were chosen by hand.
fn check_attributes(before: &str, actions: &str, after: &str) {
    let session = session_after(schema(), before, actions);
    let chosen = session.state().chosen().expect("something chosen");
    let shown = chosen.attributes.iter().map(|(key, value)| {
        let value = match value {
            AttributeValue::Text(text) => text.to_string(),
            AttributeValue::Flag(flag) => flag.to_string(),
            AttributeValue::Number(number) => number.to_string(),
            AttributeValue::Other(json) => json.to_string(),
        };
        format!("{key}={value}{}", if chosen.by_hand.contains(key) { "!" } else { "" })
    });
    let shown: Vec<String> =
        shown.chain((!session.answer.is_empty()).then(|| session.answer.clone())).collect();
    assert_eq!(shown.join(" "), after, "{before:?} {actions}");
    assert!(chosen.by_hand.iter().all(|key| chosen.attributes.contains_key(key)), "{before:?} {actions}");
}

#[test]
fn attributes_take_defaults_until_a_hand_chooses() {
    for (before, actions, after) in [
        ("|a|", "p", "mention=name"),
        ("|a|", "p set:mention=pronoun", "mention=pronoun!"),
        ("|a|", "p set:mention=name", "mention=name!"),
        ("|a|", "p set:mention=pronoun unset:mention", "mention=name"),
        ("|a|", "p set:mention=other", "mention=name !BadValue"),
        ("|a|", "c", "attribution=named evidence=some"),
        ("|a|", "c set:verified=true", "attribution=named evidence=some verified=true!"),
        ("|a|", "c set:verified=yes", "attribution=named evidence=some !BadValue"),
        ("|a|", "c set:verified=true unset:verified", "attribution=named evidence=some"),
        // Text is taken as typed, up to its length in code points; emptied it is as never typed.
        ("|a|", "c set:topic=␣été␣", "attribution=named evidence=some topic= été !"),
        ("|a|", "c set:topic=éééééééééééé", "attribution=named evidence=some topic=éééééééééééé!"),
        ("|a|", "c set:topic=ééééééééééééé", "attribution=named evidence=some !BadValue"),
        ("|a|", "c set:topic=x set:topic=", "attribution=named evidence=some"),
        ("|a|", "a set:gravity=2", "attribution=anonymous evidence=none gravity=2!"),
        ("|a|", "a set:when=2024-05", "attribution=anonymous evidence=none gravity=0.5 when=2024-05!"),
        // An attribute that the schema does not know may come from a file; a hand may set it.
        ("|a|", "p set:odd=1 o", "mention=name odd=1!"),
        ("|a|", "p set:odd=1 o p", "mention=name odd=1!"),
    ] {
        check_attributes(before, actions, after);
    }
}

#[test]
fn relabelling_keeps_what_was_chosen_by_hand() {
    for (before, actions, after) in [
        ("|a|", "c a", "attribution=anonymous evidence=none gravity=0.5"),
        ("|a|", "c a c", "attribution=named evidence=some"),
        ("|a|", "c set:evidence=none a", "attribution=anonymous evidence=none! gravity=0.5"),
        ("|a|", "c set:evidence=none a c", "attribution=named evidence=none!"),
        ("|a|", "c set:evidence=some a", "attribution=anonymous evidence=some! gravity=0.5"),
        ("|a|", "c set:attribution=named a c", "attribution=named! evidence=some"),
        ("|a|", "c set:topic=x a c", "attribution=named evidence=some topic=x!"),
        // A value that the new label does not allow goes, and its default comes.
        ("|a|", "c set:evidence=unclear a", "attribution=anonymous evidence=none gravity=0.5"),
        // An attribute of the old label alone goes, and does not come back.
        ("|a|", "c set:verified=true a", "attribution=anonymous evidence=none gravity=0.5"),
        ("|a|", "c set:verified=true a c", "attribution=named evidence=some"),
        // Undo brings it back.
        ("|a|", "c set:verified=true a Ctrl+z", "attribution=named evidence=some verified=true!"),
        ("|a|", "p set:mention=pronoun o l p", "mention=pronoun!"),
        ("|a|", "p set:mention=pronoun relabel:CUE relabel:PERSON", "mention=name"),
    ] {
        check_attributes(before, actions, after);
    }
}

#[test]
fn relabelling_keeps_all_else_and_says_what_was_dropped() {
    let session = session_after(
        schema(),
        "|a| b c",
        "c drag:c + note:why unsure set:verified=true set:evidence=unclear set:topic=x",
    );
    let before = session.state().chosen().expect("chosen").clone();
    let mut after = session.clone();
    after.run("a");
    let relabelled = after.state().chosen().expect("chosen").clone();
    assert_eq!(
        (&relabelled.id, &relabelled.target, &relabelled.note, relabelled.certainty),
        (&before.id, &before.target, &before.note, before.certainty)
    );
    assert_eq!(relabelled.provenance.created_ms, before.provenance.created_ms);
    assert_eq!(relabelled.provenance.changed_ms, after.time_ms);
    let dropped = ["evidence", "verified"].map(AttributeKey::from).to_vec();
    let is_told =
        matches!(after.notices.last(), Some(Notice::Relabelled { dropped: told, .. }) if *told == dropped);
    assert!(is_told, "{:?}", after.notices.last());
}

#[test]
fn a_label_that_the_schema_lacks_keeps_its_attributes() {
    let mut session = session_after(schema(), "|a|", "p set:mention=pronoun set:odd=1");
    let mut chosen = session.state().chosen().expect("chosen").as_ref().clone();
    chosen.label = LabelId::from("UNKNOWN");
    let relabelled =
        chosen.relabelled(None, session.state().schema.label(&LabelId::from("ORG")).expect("ORG"), 5);
    let keys: Vec<&str> = relabelled.by_hand.iter().map(AttributeKey::as_str).collect();
    assert_eq!(keys, ["mention", "odd"]);
    assert_eq!(relabelled.attributes[&AttributeKey::from("mention")], text_value("pronoun"));
    session.run("Delete");
}

#[test]
fn fields_of_the_document() {
    let session =
        session_after(schema(), "a", "field:headline=x field:headline=y field:agency=z field:agency=");
    let fields: Vec<String> = session
        .state()
        .fields
        .iter()
        .map(|(key, value)| format!("{key}={}", value.as_text().unwrap_or_default()))
        .collect();
    assert_eq!(fields, ["headline=y"]);
    assert_eq!(session.editor.history().done().len(), 4);
}

//! Links and entities, by key and by hand.

use crate::edit::notice::Notice;
use crate::edit::tests::drawing::{draw, draw_entities, draw_links, session_after};
use crate::edit::tests::support::Session;
use crate::edit::transaction::Edit;
use crate::formats::presets::default_schema;

const SAID: &str =
    "Les [ORG autorités] [CUE affirmant], [EVIDENCE sans preuve], que [ALLEGATION le pays est victime].";

fn after(before: &str, actions: &str) -> Session {
    session_after(default_schema(), before, actions)
}

/// Does `actions`, and compares the relations and the answer.
fn check(before: &str, actions: &str, links: &str) {
    let session = after(before, actions);
    let drawn = format!("{} {}", draw_links(session.state()), session.answer);
    assert_eq!(drawn.trim(), links, "{before:?} {actions}");
}

fn check_entities(before: &str, actions: &str, entities: &str) {
    let session = after(before, actions);
    let drawn = format!("{} {}", draw_entities(session.state()), session.answer);
    assert_eq!(drawn.trim(), entities, "{before:?} {actions}");
}

#[test]
fn a_relation_key_then_enter_links_with_the_likeliest_end() {
    for (actions, links) in [
        ("click:victime s Enter", "SOURCE(autorités, le pays est victime)"),
        ("click:autorités s Enter", "SOURCE(autorités, le pays est victime)"),
        ("click:affirmant r Enter", "CUE_OF(affirmant, le pays est victime)"),
        ("click:victime r Enter", "CUE_OF(affirmant, le pays est victime)"),
        ("click:victime b Enter", "EVIDENCE_LACKING(sans preuve, le pays est victime)"),
        ("click:preuve set:bearing=for b Enter", "EVIDENCE_FOR(sans preuve, le pays est victime)"),
        ("click:victime s Escape Enter", ""),
        ("click:victime s take:autorités", "SOURCE(autorités, le pays est victime)"),
        ("click:victime s take:affirmant", "!LinkForbidden"),
        ("click:victime s take:Les", ""),
        ("click:victime s Enter s", "SOURCE(autorités, le pays est victime) !NoOtherEnd"),
        ("s", "!NothingChosen"),
        ("click:autorités b", "!NoSuchLink"),
        // TARGET ends at organisations too.
        ("click:autorités x", ""),
        ("click:victime s c", "!StillLinking"),
        ("click:victime s Enter unlink", ""),
        ("click:victime s Enter Ctrl+z", ""),
        ("click:victime s Enter Ctrl+z Ctrl+y", "SOURCE(autorités, le pays est victime)"),
    ] {
        check(SAID, actions, links);
    }
}

#[test]
fn ends_are_walked_from_the_likeliest_on() {
    let text = "[PERSON Anna] et [PERSON Boris]. [PERSON Claire] [CUE dit] que [CLAIM [PERSON Dora] part].";
    for (actions, links) in [
        // Without a cue the nearest to the statement, with one the nearest to the cue; those inside
        // the statement come last.
        ("click:part s Enter", "SOURCE(Claire, Dora part)"),
        ("click:part s ArrowRight Enter", "SOURCE(Boris, Dora part)"),
        ("click:part s ; ; Enter", "SOURCE(Anna, Dora part)"),
        ("click:part s s s s Enter", "SOURCE(Dora, Dora part)"),
        ("click:part s ArrowLeft Enter", "SOURCE(Dora, Dora part)"),
        ("click:part s ArrowDown ArrowUp Enter", "SOURCE(Claire, Dora part)"),
        ("click:part s Enter click:part s Enter", "SOURCE(Boris, Dora part) SOURCE(Claire, Dora part)"),
    ] {
        check(text, actions, links);
    }
    let far = "[CUE dit] [PERSON Anna]. Et puis [PERSON Boris] : [CLAIM il part].";
    check(far, "click:part s Enter", "SOURCE(Boris, il part)");
    check(far, "click:part r Enter s Enter", "CUE_OF(dit, il part) SOURCE(Anna, il part)");
}

#[test]
fn where_several_types_fit_the_person_is_asked() {
    let text = "[CLAIM la terre tourne], or [ALLEGATION elle est fixe], dit [QUOTE lui].";
    for (actions, links) in [
        ("click:tourne b take:fixe", ""),
        ("click:tourne b take:fixe 1", "EVIDENCE_FOR(la terre tourne, elle est fixe)"),
        ("click:tourne b take:fixe 2", "EVIDENCE_AGAINST(la terre tourne, elle est fixe)"),
        ("click:tourne b take:fixe 3", "EVIDENCE_AGAINST(elle est fixe, la terre tourne)"),
        ("click:tourne b take:fixe 4", "!NothingChosen"),
        ("click:tourne b take:fixe Enter", "EVIDENCE_FOR(la terre tourne, elle est fixe)"),
        ("click:tourne b take:fixe Escape Escape Enter", ""),
        // An allegation can only be evidence against.
        ("click:fixe b take:tourne 1", "EVIDENCE_AGAINST(elle est fixe, la terre tourne)"),
        ("click:tourne b take:fixe 1 relink", "EVIDENCE_AGAINST(la terre tourne, elle est fixe)"),
    ] {
        check(text, actions, links);
    }
}

#[test]
fn links_follow_what_their_ends_become() {
    let linked = "click:victime s Enter r Enter b Enter ";
    let all = "SOURCE(autorités, le pays est victime) CUE_OF(affirmant, le pays est victime)";
    for (actions, links) in [
        ("", format!("{all} EVIDENCE_LACKING(sans preuve, le pays est victime)")),
        ("click:preuve set:bearing=for", format!("{all} EVIDENCE_FOR(sans preuve, le pays est victime)")),
        (
            "click:preuve set:bearing=against Ctrl+z",
            format!("{all} EVIDENCE_LACKING(sans preuve, le pays est victime)"),
        ),
        ("click:victime c", format!("{all} EVIDENCE_LACKING(sans preuve, le pays est victime)")),
        ("click:victime relabel:QUOTE", all.to_string()),
        ("click:victime relabel:PERSON", String::new()),
        ("click:victime Delete", String::new()),
        ("click:victime Delete Ctrl+z", format!("{all} EVIDENCE_LACKING(sans preuve, le pays est victime)")),
    ] {
        check(SAID, &format!("{linked}{actions}"), &links);
    }
    // A claim that supports does not come to contradict because it became an allegation.
    let text = "[CLAIM la terre tourne], or [ALLEGATION elle est fixe].";
    check(text, "click:tourne b take:fixe 1 click:tourne a", "");
    check(
        text,
        "click:tourne b take:fixe 2 click:tourne a",
        "EVIDENCE_AGAINST(la terre tourne, elle est fixe)",
    );
}

#[test]
fn what_goes_with_an_annotation_is_told() {
    let session = after(SAID, "click:victime s Enter r Enter Delete");
    match session.notices.last() {
        Some(Notice::Removed { links, .. }) => assert_eq!(*links, 2),
        other => panic!("{other:?}"),
    }
    let session = after(SAID, "click:victime s Enter r Enter relabel:PERSON");
    match session.notices.last() {
        Some(Notice::Relabelled { links, .. }) => assert_eq!(*links, 2),
        other => panic!("{other:?}"),
    }
}

const MENTIONS: &str =
    "[PERSON Kassym Tokaïev], [PERSON Tokaïev], [PERSON il], [PERSON Poutine], [PERSON tokaïev], [ORG ONU].";

#[test]
fn mentions_become_those_of_one_entity() {
    for (actions, entities) in [
        // The same name first, whatever its case; then one that shares a word, then the nearest.
        ("click:Tokaïev g Enter", "Kassym Tokaïev{Kassym Tokaïev; Tokaïev}"),
        ("click:,_Tokaïev g Enter", "Tokaïev{Tokaïev; tokaïev}"),
        ("click:tokaïev g ArrowRight Enter", "Kassym Tokaïev{Kassym Tokaïev; tokaïev}"),
        ("click:il set:mention=pronoun g Enter", "Tokaïev{Tokaïev; il}"),
        ("click:il g take:Kassym g take:Poutine", "Kassym Tokaïev{Kassym Tokaïev; il; Poutine}"),
        ("click:il g take:ONU", "!OtherLabel"),
        ("click:il g take:Kassym g take:Kassym", "Kassym Tokaïev{Kassym Tokaïev; il} !AlreadyOneEntity"),
        // The one that is left keeps its entity: its name and identifier may be known.
        ("click:il g take:Kassym split", "Kassym Tokaïev{Kassym Tokaïev}"),
        ("click:il g take:Kassym g take:Poutine split", "Kassym Tokaïev{Kassym Tokaïev; Poutine}"),
        ("click:il g take:Kassym dissolve", ""),
        ("click:il g take:Kassym name:Président", "Président{Kassym Tokaïev; il}"),
        ("click:il g take:Kassym name:_", "Kassym Tokaïev{Kassym Tokaïev; il}"),
        ("click:il g take:Kassym Delete", "Kassym Tokaïev{Kassym Tokaïev}"),
        ("click:il g take:Kassym Delete click:Kassym Delete", ""),
        ("click:il g take:Kassym Delete Ctrl+z", "Kassym Tokaïev{Kassym Tokaïev; il}"),
        ("click:il g take:Kassym c", "Kassym Tokaïev{Kassym Tokaïev; il}"),
        ("click:il g take:Kassym o", "Kassym Tokaïev{Kassym Tokaïev}"),
        ("click:il g take:Kassym relabel:CLAIM", "Kassym Tokaïev{Kassym Tokaïev}"),
        ("click:il g take:Kassym o split", "Kassym Tokaïev{Kassym Tokaïev} !NoEntity"),
        ("click:il g take:Kassym Delete click:Kassym o", "Kassym Tokaïev{Kassym Tokaïev}"),
        // Two entities become one, under the name of the larger.
        (
            "click:Kassym g take:il g take:,_Tokaïev click:Poutine g take:tokaïev g take:il",
            "Kassym Tokaïev{Kassym Tokaïev; Tokaïev; il; Poutine; tokaïev}",
        ),
        ("click:ONU g", "!NoOtherMention"),
    ] {
        check_entities(MENTIONS, actions, entities);
    }
    check_entities("[CLAIM Il pleut].", "click:pleut g", "!NoEntityLabel");
}

#[test]
fn escape_leaves_the_link_and_keeps_what_was_chosen() {
    let session = after(SAID, "click:victime s Escape");
    assert!(draw(session.state()).contains("ALLEGATION"));
    assert_eq!(
        session.state().chosen().map(|chosen| chosen.label.as_str().to_string()).as_deref(),
        Some("ALLEGATION")
    );
}

#[test]
fn edits_that_concern_entities_are_told_from_others() {
    for (actions, expected) in [
        ("click:il g take:Kassym", true),
        ("click:il g take:Kassym split", true),
        ("click:il g take:Kassym name:Président", true),
        ("click:il Delete", true),
        ("click:il o", true),
        ("click:il set:mention=pronoun", true),
        ("drag:ONU p", true),
        ("click:Kassym start:Tokaïev", true),
        ("click:il note:lui", false),
        ("click:il unsure", false),
        ("click:il set:number=group", false),
        ("field:agency=AFP", false),
        ("paragraph:0", false),
    ] {
        let session = after(MENTIONS, actions);
        let (_, transaction) = session.journal.last().expect("an edit");
        assert_eq!(transaction.edits.iter().any(Edit::concerns_entities), expected, "{actions}");
    }
}

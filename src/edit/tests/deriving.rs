//! Values that fill themselves, their history, and the state of paragraphs.

use std::rc::Rc;

use crate::edit::checks::broken_rules;
use crate::edit::commands::paragraph::unseen_paragraphs;
use crate::edit::commands::status::{go_to_first_open, is_open, next_status, set_status, status};
use crate::edit::notice::{Notice, Refusal};
use crate::edit::tests::drawing::{draw_links, session_after};
use crate::edit::tests::support::{Session, state_of};
use crate::formats::presets::default_schema;
use crate::model::ids::AttributeKey;
use crate::model::paragraphs::ParagraphState;
use crate::model::schema::AttributeValue;

fn after(before: &str, actions: &str) -> Session {
    session_after(default_schema(), before, actions)
}

/// The value of the chosen annotation, marked with `!` where a person chose it.
fn value(session: &Session, key: &str) -> String {
    let chosen = session.state().chosen().expect("something is chosen");
    let key = AttributeKey::from(key);
    let value = match chosen.attributes.get(&key) {
        Some(AttributeValue::Text(text)) => text.to_string(),
        Some(other) => format!("{other:?}"),
        None => String::new(),
    };
    if chosen.by_hand.contains(&key) { format!("{value}!") } else { value }
}

fn check(before: &str, actions: &str, key: &str, expected: &str) {
    assert_eq!(value(&after(before, actions), key), expected, "{before:?} {actions} {key}");
}

#[test]
fn the_kind_of_a_quotation_is_seen_from_its_shape() {
    for (before, kind) in [
        ("«|terroristes|»", "scare"),
        ("«|affaire interne|»", "partial"),
        ("«|fait tout pour normaliser la situation|»", "partial"),
        ("«|La Russie fera tout|»", "full"),
        ("«|La Russie fera|»", "partial"),
        ("«|… Elle ne fera rien|»", "full"),
        ("«|12 morts à Almaty|»", "partial"),
    ] {
        check(before, "q", "quote_kind", kind);
    }
    check("«|terroristes|»", "q set:quote_kind=title", "quote_kind", "title!");
    check("«|terroristes|»", "q set:quote_kind=title unset:quote_kind", "quote_kind", "scare");
    // The shape changes with the ends; a value chosen by hand stays.
    check("«|La Russie| fera tout»", "q end:tout", "quote_kind", "full");
    check("«|La Russie| fera tout»", "q set:quote_kind=scare end:tout", "quote_kind", "scare!");
}

#[test]
fn what_a_justification_does_is_seen_from_its_words() {
    for (before, bearing) in [
        ("|sans avoir apporté de preuves|", "lacking"),
        ("|Aucune preuve| n’est donnée", "lacking"),
        ("l’AFP |n’a pas pu vérifier|", "lacking"),
        ("|selon des documents consultés|", "for"),
        ("|Sanson l’a vu|", "for"),
        ("|without evidence|", "lacking"),
        ("|a note says so|", "for"),
    ] {
        check(before, "j", "bearing", bearing);
    }
    check("|sans preuve|", "j set:bearing=for", "bearing", "for!");
    // A link goes with what its justification says, also when that comes to say something else.
    let text = "[EVIDENCE des documents] sans valeur, [ALLEGATION il neige].";
    let linked = after(text, "click:documents b Enter end:sans");
    assert_eq!(draw_links(linked.state()), "EVIDENCE_LACKING(des documents sans, il neige)");
}

#[test]
fn whose_words_a_statement_is_in() {
    for (before, actions, expected) in [
        ("Il a dit que |le pays va bien|.", "c", "indirect"),
        ("« |Le pays va bien ici| »", "q Shift+c", "direct"),
        ("« |le pays va bien| »", "q Shift+c", "mixed"),
        ("|une « affaire interne » du pays|", "c drag:affaire…interne q click:pays", "mixed"),
        // A quotation that comes, changes or goes changes it.
        ("|une « affaire interne » du pays|", "c drag:affaire…interne q Delete click:pays", "indirect"),
        ("|une « affaire interne » du pays|", "c drag:affaire…interne q Ctrl+z click:pays", "indirect"),
        ("« |le pays va bien| »", "q set:quote_kind=full Shift+c", "direct"),
        ("|Le pays va bien.|", "c set:source_type=reporter", "none"),
        ("|Le pays va bien.|", "c set:source_type=reporter unset:source_type", "indirect"),
        ("|Le pays va bien.|", "c set:quote_type=direct set:source_type=reporter", "direct!"),
    ] {
        check(before, actions, "quote_type", expected);
    }
}

#[test]
fn the_source_fills_what_is_known_of_it() {
    let text =
        "[PERSON Anna] et [PERSON elle], l’[ORG ONU], [PLACE Moscou], [DOC le rapport] : [CLAIM il pleut].";
    for (actions, source_type, asserted_by) in [
        ("click:pleut", "unclear", ""),
        ("click:pleut s take:Anna", "named_person", "Anna"),
        ("click:elle set:mention=pronoun click:pleut s take:elle", "anonymous", "elle"),
        ("click:elle set:mention=pronoun g take:Anna click:pleut s take:elle", "named_person", "Anna"),
        (
            "click:pleut s take:elle click:elle set:mention=pronoun g take:Anna name:Anna_B. click:pleut",
            "named_person",
            "Anna B.",
        ),
        ("click:Anna set:number=group click:pleut s take:Anna", "group", "Anna"),
        ("click:pleut s take:Anna click:Anna set:number=group click:pleut", "group", "Anna"),
        ("click:pleut s take:ONU", "institution", "ONU"),
        ("click:pleut s take:Moscou", "institution", "Moscou"),
        ("click:pleut s take:rapport", "document", "le rapport"),
        // Of several the first in the text; all of their names.
        ("click:pleut s take:ONU s take:Anna", "named_person", "Anna; ONU"),
        ("click:pleut s take:ONU unlink", "unclear", ""),
        ("click:pleut s take:ONU click:ONU Delete click:pleut", "unclear", ""),
        ("field:agency=AFP click:pleut set:source_type=reporter", "reporter!", "AFP"),
        ("click:pleut set:source_type=reporter field:agency=AFP", "reporter!", "AFP"),
        ("click:pleut set:source_type=reporter field:agency=AFP field:agency=", "reporter!", ""),
        ("click:pleut set:source_type=anonymous s take:ONU", "anonymous!", "ONU"),
        ("click:pleut s take:ONU a", "institution", "ONU"),
    ] {
        check(text, actions, "source_type", source_type);
        check(text, actions, "asserted_by", asserted_by);
    }
    check(text, "click:pleut set:asserted_by=X s take:ONU", "asserted_by", "X!");
}

#[test]
fn the_evidence_keeps_its_history() {
    let history = |session: &Session| -> String {
        let chosen = session.state().chosen().expect("something is chosen");
        let values = chosen.dated.get(&AttributeKey::from("evidence_status")).cloned().unwrap_or_default();
        let drawn =
            values.iter().map(|value| format!("{}:{}", value.as_of, value.value.as_text().unwrap_or("")));
        drawn.collect::<Vec<_>>().join(" ")
    };
    for (actions, expected, value_now) in [
        ("", "", "not_stated"),
        ("set:evidence_status=cited", "1970-01-01:cited", "cited!"),
        ("set:evidence_status=cited set:evidence_status=disputed", "1970-01-01:disputed", "disputed!"),
        ("set:evidence_status=cited unset:evidence_status", "", "not_stated"),
        ("set:evidence_status=cited a", "1970-01-01:cited", "cited!"),
        ("a", "", "no_evidence"),
        ("set:evidence_status=cited as-of:evidence_status=2022-02", "2022-02:cited", "cited!"),
    ] {
        let session = after("|Il pleut|.", &format!("c {actions}"));
        assert_eq!(history(&session), expected, "{actions}");
        assert_eq!(value(&session, "evidence_status"), value_now, "{actions}");
    }
    // Another day adds an entry; the latest date counts.
    let mut session = after("|Il pleut|.", "c set:evidence_status=cited");
    session.time_ms += 86_400_000;
    session.run("set:evidence_status=refuted");
    assert_eq!(history(&session), "1970-01-01:cited 1970-01-02:refuted");
    session.run("as-of:evidence_status=1970-01-05");
    assert_eq!(history(&session), "1970-01-02:refuted 1970-01-05:cited");
    assert_eq!(value(&session, "evidence_status"), "cited!");
    session.run("unset:evidence_status");
    assert_eq!(value(&session, "evidence_status"), "refuted!");
    session.run("as-of:evidence_status=hier");
    assert_eq!(session.answer, "!BadDate");
}

#[test]
fn paragraphs_are_seen_or_have_nothing() {
    let text = "[PERSON Un].\n\nDeux.\n\nTrois.";
    let states = |session: &Session| -> String {
        let of = |idx: u32| match session.state().paragraphs.get(&idx) {
            None => '·',
            Some(ParagraphState::Seen) => 'v',
            Some(ParagraphState::NothingHere) => '0',
        };
        (0..3).map(of).collect()
    };
    for (actions, expected) in [
        ("click:Deux y", "·v·"),
        ("click:Deux y y", "·0·"),
        ("click:Deux y y y", "···"),
        // Where something is marked there is not nothing.
        ("click:Un y", "v··"),
        ("click:Un y y", "···"),
        ("click:Deux y y drag:Deux p", "·v·"),
        ("click:Deux y y drag:Deux p Ctrl+z", "·0·"),
        ("y", "···"),
        ("paragraph:2 paragraph:1", "·vv"),
        ("paragraph:3", "···"),
        ("paragraph:0 Shift+y y", "vv·"),
        ("paragraph:1 Ctrl+Home Shift+y y", "·vv"),
    ] {
        let session = after(text, actions);
        assert_eq!(states(&session), expected, "{actions}");
        let unseen = expected.chars().filter(|state| *state == '·').count();
        assert_eq!(unseen_paragraphs(session.state()), unseen, "{actions}");
    }
    assert_eq!(after(text, "paragraph:0 paragraph:1 paragraph:2 Shift+y").answer, "!AllSeen");
}

#[test]
fn checks_find_what_the_schema_asks() {
    let broken = |session: &Session| -> String {
        let state = session.state();
        let chosen = state.chosen().expect("something is chosen");
        let rules = broken_rules(state, chosen);
        rules.into_iter().map(|idx| state.schema.rules[idx].id.to_string()).collect::<Vec<_>>().join(" ")
    };
    let text = "[ORG ONU] [CUE dit] [CLAIM il « pleut] », [EVIDENCE sans preuve], [ALLEGATION il neige].";
    for (actions, expected) in [
        ("click:neige", "R3"),
        ("click:neige s Enter", ""),
        ("click:neige s Enter set:evidence_status=cited", "R1"),
        ("click:neige set:source_type=anonymous", ""),
        ("click:neige set:source_type=institution", "R3"),
        ("click:pleut", "R3 R7"),
        ("click:pleut s Enter set:evidence_status=disputed", "R2 R7"),
        ("click:pleut s Enter set:evidence_status=disputed repair", "R7"),
        ("click:dit", "R4"),
        ("click:dit r Enter", ""),
        ("click:preuve", "R4"),
        ("click:preuve b Enter", ""),
        ("click:ONU", ""),
    ] {
        assert_eq!(broken(&after(text, actions)), expected, "{actions}");
    }
    for (words, unpaired) in [
        ("« a »", false),
        ("« a", true),
        ("a »", true),
        ("“a”", false),
        ("“a", true),
        ("„a“", false),
        ("„a", true),
        ("« a » « b", true),
        ("l’« a »", false),
    ] {
        let session = after(&format!("|{words}|."), "p");
        assert_eq!(broken(&session) == "R7", unpaired, "{words}");
    }
}

#[test]
fn warnings_are_walked_round_and_mended() {
    let text = "[CLAIM Un]. [PERSON Deux]. [CLAIM Trois]. [CUE Quatre].";
    for (actions, chosen) in [
        ("F8", "Un"),
        ("F8 F8", "Trois"),
        ("F8 F8 F8", "Quatre"),
        ("F8 F8 F8 F8", "Un"),
        ("Shift+F8", "Quatre"),
        ("click:Deux F8", "Trois"),
        ("click:Deux Shift+F8", "Un"),
        ("F8 set:source_type=reporter F8", "Trois"),
    ] {
        let session = after(text, actions);
        let state = session.state();
        let surface = state.chosen().map(|chosen| chosen.target.surface(&state.document.text));
        assert_eq!(surface.as_deref(), Some(chosen), "{actions}");
    }
    // Of several remarks on one annotation the first is said; the others count.
    let said = |actions: &str| {
        let session = after("[CLAIM Un « a]. [CUE Deux]. [CLAIM Trois].", actions);
        let Some(Notice::Warning { rule, position, total }) = session.notices.last() else {
            panic!("no remark: {:?}", session.notices)
        };
        format!("{} {position}/{total}", session.state().schema.rules[*rule].id)
    };
    for (actions, expected) in [
        ("F8", "R3 1/4"),
        ("F8 F8", "R4 3/4"),
        ("F8 F8 F8", "R3 4/4"),
        ("Shift+F8 Shift+F8 Shift+F8", "R3 1/4"),
    ] {
        assert_eq!(said(actions), expected, "{actions}");
    }
    assert_eq!(after("[PERSON Deux].", "F8").answer, "!NoWarning");
    assert_eq!(after(text, "F8 repair").answer, "!NoRepair");
}

#[test]
fn the_work_is_said_to_be_complete_whatever_is_open() {
    let text = "[CLAIM Un].\n\nDeux.\n\n[PERSON Trois].";
    let said = |session: &Session| status(session.state()).map(|status| status.to_string());
    let mut session = after(text, "");
    assert_eq!(said(&session).as_deref(), Some("draft"), "as long as nothing was said");
    for expected in ["complete", "reviewed", "draft", "complete"] {
        let next = next_status(session.state()).expect("a schema with statuses");
        session.command(|state, ctx| set_status(state, ctx, &next));
        assert_eq!(said(&session).as_deref(), Some(expected));
        assert_eq!(session.notices.last(), Some(&Notice::Status { value: Rc::from(expected) }));
    }
    session.run("Ctrl+z");
    assert_eq!(said(&session).as_deref(), Some("draft"));
    assert_eq!(next_status(&state_of("Un.")), Err(Refusal::NoStatus), "a schema without the field");
}

#[test]
fn what_is_still_open_is_gone_to_in_text_order() {
    let text = "[PERSON Zéro].\n\n[CLAIM Un].\n\nDeux.\n\n[CUE Trois].";
    for (actions, expected) in [
        ("", "0"),
        ("paragraph:0", "chosen Un"),
        ("paragraph:0 paragraph:1", "chosen Un"),
        ("paragraph:0 paragraph:1 click:Un set:source_type=reporter", "13"),
        ("paragraph:0 paragraph:2 click:Un set:source_type=reporter", "8"),
        ("paragraph:0 paragraph:1 paragraph:2 click:Un set:source_type=reporter", "chosen Trois"),
        ("paragraph:0 paragraph:1 paragraph:2 paragraph:3 click:Un set:source_type=reporter", "chosen Trois"),
        (
            "paragraph:0 paragraph:1 paragraph:2 paragraph:3 click:Un set:source_type=reporter click:Trois Delete",
            "nothing",
        ),
    ] {
        let mut session = after(text, actions);
        session.press("Escape");
        let is_open = is_open(session.state());
        session.command(|state, ctx| go_to_first_open(state, ctx));
        let state = session.state();
        let found = match (state.chosen(), state.focus.selection, session.answer.as_str()) {
            (_, _, "!NoWarning") => "nothing".to_string(),
            (Some(chosen), ..) => format!("chosen {}", chosen.target.surface(&state.document.text)),
            (None, selection, _) => {
                selection.map_or_else(String::new, |selection| selection.head.0.to_string())
            }
        };
        assert_eq!(found, expected, "{actions}");
        assert_eq!(is_open, expected != "nothing", "{actions}");
    }
}

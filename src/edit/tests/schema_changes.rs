//! Drafts of schemas, what they do to a work, and what holds after any sequence of them.

mod following;
mod laws;

use std::rc::Rc;

use crate::edit::commands::schema::{add_label, change_schema, set_guidelines};
use crate::edit::schema_change::ids::{IdCase, free_key, key_owner, new_id};
use crate::edit::schema_change::labels::{Fate, NewLabel, next_line};
use crate::edit::schema_change::plan::Preview;
use crate::edit::schema_change::preparing::prepare;
use crate::edit::schema_change::{DraftRefusal, DraftResult, KeyOwner, SchemaDraft};
use crate::edit::tests::drawing::{draw, draw_entities, draw_focus, draw_links, session_after};
use crate::edit::tests::support::{Session, text_value};
use crate::edit::transaction::{Change, Edit};
use crate::formats::presets::{default_schema, preset};
use crate::formats::schema_json::{decode_schema, encode_schema};
use crate::model::ids::{AttributeKey, GroupId, LabelId, RelationTypeId};
use crate::model::schema::{AttributeKind, Label, LineStyle, Localized, Schema, SpanPolicy};

const TEXT: &str = "[CLAIM* Il pleut], dit [PERSON Anna]. [ALLEGATION Il neige]. [PERSON Elle] rit.";
const NONE: Preview = Preview { relabelled: 0, removed: 0, unknown: 0, values: 0, links: 0, entities: 0 };

fn named(name: &str) -> Localized {
    Localized { fr: Rc::from(name), en: Rc::from(name) }
}

fn new_label(name: &str, hotkey: Option<char>) -> NewLabel {
    NewLabel { name: named(name), group: GroupId::from("statement"), hotkey, color: Rc::from("#60E080") }
}

/// A person with a draft of the news schema, after `actions`.
fn with_draft(before: &str, actions: &str) -> (Session, SchemaDraft) {
    let session = session_after(default_schema(), before, actions);
    let draft = SchemaDraft::new(session.state().schema.clone());
    (session, draft)
}

/// Changes the schema and takes the change back and does it again, with the same outcome.
fn apply(session: &mut Session, draft: &SchemaDraft) {
    let before = session.state().clone();
    session.command(|state, ctx| change_schema(state, ctx, draft));
    assert_eq!(session.answer, "");
    let after = session.state().clone();
    session.act("Ctrl+z");
    assert!(session.state().same_work(&before), "undo");
    session.act("Ctrl+y");
    assert!(session.state().same_work(&after), "redo");
}

/// Does `change` to a draft, then that to the work.
fn changed(
    before: &str,
    actions: &str,
    change: impl Fn(&mut SchemaDraft) -> DraftResult,
) -> (Session, Preview) {
    let (mut session, mut draft) = with_draft(before, actions);
    assert_eq!(change(&mut draft), Ok(()), "{before:?} {actions}");
    check_readable(draft.schema());
    let preview = prepare(session.state(), &draft, 0).preview;
    apply(&mut session, &draft);
    (session, preview)
}

/// A file of the schema would be read again, as the same schema.
fn check_readable(schema: &Schema) {
    let read = decode_schema(&encode_schema(schema));
    assert!(read.as_ref() == Ok(schema), "{:?}", read.map(|_| "another schema"));
}

#[test]
fn what_becomes_of_the_annotations_of_a_label_that_goes() {
    type Case = (fn(&mut SchemaDraft) -> DraftResult, &'static str, Preview);
    let cases: [Case; 5] = [
        (
            |draft| draft.merge_label(&"CLAIM".into(), &"ALLEGATION".into()),
            "[ALLEGATION Il pleut], dit [PERSON Anna]. [ALLEGATION Il neige]. [PERSON Elle] rit.",
            Preview { relabelled: 1, ..NONE },
        ),
        (
            |draft| draft.remove_label(&"CLAIM".into(), Fate::Remove),
            "Il pleut, dit [PERSON Anna]. [ALLEGATION Il neige]. [PERSON Elle] rit.",
            Preview { removed: 1, links: 1, ..NONE },
        ),
        (
            |draft| draft.remove_label(&"CLAIM".into(), Fate::Keep),
            "[CLAIM Il pleut], dit [PERSON Anna]. [ALLEGATION Il neige]. [PERSON Elle] rit.",
            Preview { unknown: 1, links: 1, ..NONE },
        ),
        (
            |draft| {
                draft.merge_label(&"PERSON".into(), &"ORG".into())?;
                draft.merge_label(&"ORG".into(), &"PLACE".into())
            },
            "[CLAIM Il pleut], dit [PLACE Anna]. [ALLEGATION Il neige]. [PLACE Elle] rit.",
            Preview { relabelled: 2, ..NONE },
        ),
        (
            // What is no entity takes its mentions out of theirs; links that were made stay.
            |draft| draft.merge_label(&"PERSON".into(), &"DATE".into()),
            "[CLAIM Il pleut], dit [DATE Anna]. [ALLEGATION Il neige]. [DATE Elle] rit.",
            Preview { relabelled: 2, entities: 1, ..NONE },
        ),
    ];
    for (change, after, expected) in cases {
        let actions = "click:Anna g take:Elle click:pleut s take:Anna";
        let (session, preview) = changed(TEXT, actions, change);
        assert_eq!(draw(session.state()), after);
        assert_eq!(preview, expected, "{after}");
    }
}

#[test]
fn links_and_entities_go_along() {
    let actions = "click:Anna g take:Elle click:pleut s take:Anna";
    let (session, _) = changed(TEXT, actions, |draft| {
        draft.merge_label(&"PERSON".into(), &"ORG".into())?;
        draft.merge_label(&"CLAIM".into(), &"ALLEGATION".into())
    });
    assert_eq!(draw_links(session.state()), "SOURCE(Anna, Il pleut)");
    assert_eq!(draw_entities(session.state()), "Anna{Anna; Elle}");
    let kinds: Vec<&str> = session.state().entities.values().map(|entity| entity.label.as_str()).collect();
    assert_eq!(kinds, ["ORG"]);
    let (session, preview) = changed(TEXT, actions, |draft| draft.remove_relation(&"SOURCE".into()));
    assert_eq!((draw_links(session.state()).as_str(), preview.links), ("", 1));
    // A relation that its type no longer allows.
    let (session, preview) = changed(TEXT, actions, |draft| {
        draft.change_relation(&"SOURCE".into(), Box::new(|kind| kind.from = vec!["ORG".into()]))
    });
    assert_eq!((draw_links(session.state()).as_str(), preview.links), ("", 1));
}

#[test]
fn a_label_is_split_by_the_values_of_a_choice() {
    let actions = "click:Elle set:number=group click:Anna g take:Elle";
    let (session, preview) = changed(TEXT, actions, |draft| {
        let parts = draft.split_label(&"PERSON".into(), &"number".into())?;
        assert_eq!(parts, ["PERSON_ONE".into(), "PERSON_GROUP".into()]);
        Ok(())
    });
    assert_eq!(
        draw(session.state()),
        "[CLAIM Il pleut], dit [PERSON_ONE Anna]. [ALLEGATION Il neige]. [PERSON_GROUP Elle] rit."
    );
    // The entity stays with one of the two, and the value became the label.
    assert_eq!(preview, Preview { relabelled: 2, ..NONE });
    assert_eq!(draw_entities(session.state()).matches('{').count(), 1);
    let schema = &session.state().schema;
    assert!(schema.label(&"PERSON".into()).expect("kept").retired);
    assert!(schema.attribute(&"PERSON_ONE".into(), &"number".into()).is_none());
    assert!(schema.relation(&"SOURCE".into()).expect("kept").from.contains(&"PERSON_GROUP".into()));
}

#[test]
fn values_follow_the_values_of_their_choice() {
    let key = AttributeKey::from("evidence_status");
    let value = |session: &Session| {
        let chosen = session.state().chosen().expect("something is chosen");
        let by_hand = if chosen.by_hand.contains(&key) { "!" } else { "" };
        let history = chosen.dated.get(&key).map_or(0, |values| values.len());
        format!(
            "{}{by_hand} {history}",
            chosen.attributes.get(&key).and_then(|value| value.as_text()).unwrap_or("-")
        )
    };
    type Case = (&'static str, fn(&mut SchemaDraft) -> DraftResult, &'static str, usize);
    let cases: [Case; 8] = [
        (
            "set:evidence_status=cited",
            |draft| remove_status(draft, "CLAIM", "cited", Some("disputed")),
            "disputed! 1",
            0,
        ),
        (
            "set:evidence_status=cited",
            |draft| remove_status(draft, "CLAIM", "cited", None),
            "not_stated 0",
            1,
        ),
        // Both labels have the same attribute: a change of one is a change of the other.
        (
            "set:evidence_status=cited",
            |draft| remove_status(draft, "ALLEGATION", "cited", Some("disputed")),
            "disputed! 1",
            0,
        ),
        ("", |draft| remove_status(draft, "CLAIM", "not_stated", Some("cited")), "cited 0", 0),
        (
            "set:evidence_status=cited",
            |draft| draft.remove_attribute(&"CLAIM".into(), &"evidence_status".into()),
            "- 0",
            1,
        ),
        (
            "set:evidence_status=cited",
            |draft| change_status(draft, |kind| *kind = AttributeKind::Text { len_max: None }),
            "cited! 1",
            0,
        ),
        (
            "set:evidence_status=cited",
            |draft| change_status(draft, |kind| *kind = AttributeKind::Number),
            "- 0",
            1,
        ),
        (
            "set:evidence_status=cited",
            |draft| {
                let change =
                    Box::new(|status: &mut crate::model::schema::AttributeType| status.is_dated = false);
                draft.change_attribute(&"CLAIM".into(), &"evidence_status".into(), change)
            },
            "cited! 0",
            0,
        ),
    ];
    for (actions, change, expected, gone) in cases {
        let (session, preview) = changed(TEXT, actions, change);
        assert_eq!(value(&session), expected, "{actions}");
        assert_eq!(preview, Preview { values: gone, ..NONE }, "{actions} {expected}");
    }
}

fn remove_status(draft: &mut SchemaDraft, label: &str, value: &str, to: Option<&str>) -> DraftResult {
    draft.remove_value(&label.into(), &"evidence_status".into(), &value.into(), to.map(Rc::from).as_ref())
}

fn change_status(draft: &mut SchemaDraft, change: fn(&mut AttributeKind)) -> DraftResult {
    draft.change_attribute(
        &"CLAIM".into(),
        &"evidence_status".into(),
        Box::new(move |status| change(&mut status.kind)),
    )
}

#[test]
fn what_hangs_on_a_value_follows_it() {
    let (_, mut draft) = with_draft(TEXT, "");
    let (evidence, key) = (LabelId::from("EVIDENCE"), AttributeKey::from("bearing"));
    let lacking = RelationTypeId::from("EVIDENCE_LACKING");
    assert_eq!(draft.remove_value(&evidence, &key, &"lacking".into(), Some(&"against".into())), Ok(()));
    let condition =
        |draft: &SchemaDraft| draft.schema().relation(&lacking).expect("a relation").when_from.clone();
    assert_eq!(condition(&draft), Some((key.clone(), "against".into())));
    assert_eq!(draft.remove_value(&evidence, &key, &"against".into(), None), Ok(()));
    assert_eq!(condition(&draft), None);
    assert_eq!(draft.remove_value(&evidence, &key, &"for".into(), None), Err(DraftRefusal::LastValue));
    check_readable(draft.schema());
}

#[test]
fn keys_have_one_owner_and_the_other_is_named() {
    let taken = |key, by| Err(DraftRefusal::KeyTaken { key, by });
    let cases = [
        ('k', Ok(())),
        ('1', Ok(())),
        ('a', taken('a', KeyOwner::Label("ALLEGATION".into()))),
        ('s', taken('s', KeyOwner::Relation("SOURCE".into()))),
        ('z', Err(DraftRefusal::ReservedKey { key: 'z' })),
        ('?', Err(DraftRefusal::ReservedKey { key: '?' })),
        ('A', Err(DraftRefusal::BadKey)),
        (' ', Err(DraftRefusal::BadKey)),
    ];
    for (key, expected) in cases {
        let (_, mut draft) = with_draft(TEXT, "");
        let change = draft.change_label(&"CLAIM".into(), Box::new(|label| label.hotkey = Some(key)));
        assert_eq!(change, expected, "{key}");
        assert_eq!(draft.is_changed(), expected.is_ok(), "{key}");
    }
    let (_, mut draft) = with_draft(TEXT, "");
    // Relations may share theirs, and a label that is no longer offered has none.
    let share = |draft: &mut SchemaDraft| {
        draft.change_relation(&"TARGET".into(), Box::new(|kind| kind.key = Some('s')))
    };
    assert_eq!(share(&mut draft), Ok(()));
    let retire = |draft: &mut SchemaDraft, retired| {
        draft.change_label(&"CLAIM".into(), Box::new(move |label| label.retired = retired))
    };
    assert_eq!(retire(&mut draft, true), Ok(()));
    assert_eq!(draft.add_label(new_label("Other", Some('c'))), Ok("OTHER".into()));
    assert_eq!(retire(&mut draft, false), Ok(()));
    assert_eq!(draft.schema().label(&"CLAIM".into()).and_then(|label| label.hotkey), None);
    check_readable(draft.schema());
}

#[test]
fn identifiers_come_from_names_and_stay() {
    for (name, upper) in [
        ("Claim", "CLAIM"),
        ("Écho d’une rumeur", "ECHO_D_UNE_RUMEUR"),
        ("  œuvre, ßüß!  ", "OEUVRE_SSUSS"),
        ("谣言", "LABEL"),
        ("", "LABEL"),
        ("<script>alert(1)</script>", "SCRIPT_ALERT_1_SCRIPT"),
    ] {
        assert_eq!(&*new_id(name, IdCase::Upper, "label", |_| false), upper, "{name:?}");
    }
    let taken = |id: &str| id == "a" || id == "a_2";
    assert_eq!(&*new_id("A", IdCase::Lower, "x", taken), "a_3");
    assert!(new_id(&"x".repeat(1_000), IdCase::Lower, "x", |_| false).len() <= 41);

    let (_, mut draft) = with_draft(TEXT, "");
    let rename = Box::new(|label: &mut crate::model::schema::Label| label.name = named("Thesis"));
    assert_eq!(draft.change_label(&"CLAIM".into(), rename), Ok(()));
    assert_eq!(draft.add_label(new_label("Claim", None)), Ok("CLAIM_2".into()));
    // Nor is the id of a label that goes in the same draft given to another one.
    assert_eq!(draft.remove_label(&"CUE".into(), Fate::Keep), Ok(()));
    assert_eq!(draft.add_label(new_label("Cue", None)), Ok("CUE_2".into()));
}

#[test]
fn a_name_is_there_in_both_languages_or_is_refused() {
    let rename = |fr: &str, en: &str| {
        let (_, mut draft) = with_draft(TEXT, "");
        let name = Localized { fr: Rc::from(fr), en: Rc::from(en) };
        let change = draft.change_label(&"CLAIM".into(), Box::new(|label| label.name = name));
        let name = draft.schema().label(&"CLAIM".into()).expect("a label").name.clone();
        change.map(|()| format!("{} {}", name.fr, name.en))
    };
    assert_eq!(rename("a", "b"), Ok("a b".to_string()));
    assert_eq!(rename(" ", "b"), Ok("b b".to_string()));
    assert_eq!(rename("a", ""), Ok("a a".to_string()));
    assert_eq!(rename("", " "), Err(DraftRefusal::NoName));
}

#[test]
fn the_log_says_what_was_done_and_the_version_goes_on() {
    let (mut session, mut draft) = with_draft(TEXT, "");
    let done: [DraftResult; 6] = [
        draft.change_label(&"CLAIM".into(), Box::new(|label| label.name = named("Thesis"))),
        draft.change_label(&"CUE".into(), Box::new(|label| label.color = "#112233".into())),
        draft.merge_label(&"ORG".into(), &"PLACE".into()),
        draft.add_value(&"EVIDENCE".into(), &"bearing".into(), named("Mixed")).map(drop),
        draft.step_label(&"CLAIM".into(), false),
        draft.set_policy(SpanPolicy { overlap: false, nesting: true, discontinuous: true }),
    ];
    assert_eq!(done, [(); 6].map(Ok));
    apply(&mut session, &draft);
    let schema = session.state().schema.clone();
    assert_eq!(&*schema.version, "1.0.1");
    let [change] = schema.changes.as_slice() else { panic!("one entry") };
    assert_eq!(&*change.version, "1.0.1");
    let what: Vec<&str> = change.what.iter().map(|what| &**what).collect();
    assert_eq!(
        what,
        [
            "merge-label ORG PLACE",
            "change-policy",
            "rename-label CLAIM",
            "change-label CUE",
            "change-label EVIDENCE",
            "remove-label ORG",
            "reorder-label",
            "change-attribute EVIDENCE bearing",
            "add-value EVIDENCE bearing mixed",
            "change-relation SOURCE",
            "change-relation TARGET",
            "change-relation ROLE_OF",
        ]
    );
    session.command(|state, ctx| set_guidelines(state, ctx, "Ask *Ada*."));
    assert_eq!(
        (&*session.state().schema.version, &*session.state().schema.guidelines),
        ("1.0.2", "Ask *Ada*.")
    );
    // A draft of the schema of before is not put in the place of a newer one.
    session.command(|state, ctx| change_schema(state, ctx, &draft));
    assert_eq!(session.answer, "!SchemaDiffers");
    // Nothing changed is no step.
    let steps = session.editor.history().done().len();
    session.command(|state, ctx| set_guidelines(state, ctx, "Ask *Ada*."));
    assert_eq!(session.editor.history().done().len(), steps);
}

#[test]
fn another_schema_deletes_nothing() {
    let actions = "click:Anna g take:Elle click:pleut s take:Anna click:pleut set:evidence_status=cited";
    let mut session = session_after(default_schema(), TEXT, actions);
    let before = session.state().clone();
    for (id, unknown) in [("ner-conll", 4), ("propaganda-semeval2020", 4), ("attribution-parc", 4)] {
        let other = preset(id).expect("a preset");
        let draft = SchemaDraft::replacing(before.schema.clone(), other.clone());
        assert_eq!(prepare(&before, &draft, 0).preview, Preview { unknown, ..NONE }, "{id}");
        apply(&mut session, &draft);
        let after = session.state().clone();
        assert_eq!(*after.schema, other, "{id}: as it comes");
        assert_eq!(draw(&after), draw(&before), "{id}");
        assert_eq!(draw_links(&after), draw_links(&before), "{id}");
        assert_eq!(draw_entities(&after), draw_entities(&before), "{id}");
        let back = SchemaDraft::replacing(after.schema.clone(), default_schema());
        apply(&mut session, &back);
        assert_eq!(session.state().annotations, before.annotations, "{id}: and back");
        session.run("Ctrl+z Ctrl+z");
        assert!(session.state().same_work(&before), "{id}");
    }
    // The notes of the team come along.
    session.command(|state, ctx| set_guidelines(state, ctx, "Ask Ada."));
    let draft =
        SchemaDraft::replacing(session.state().schema.clone(), preset("ner-conll").expect("a preset"));
    apply(&mut session, &draft);
    assert_eq!(&*session.state().schema.guidelines, "Ask Ada.");
}

#[test]
fn a_label_is_added_while_annotating() {
    let add = |before: &str, actions: &str, hotkey: Option<char>| {
        let mut session = session_after(default_schema(), before, actions);
        session.command(|state, ctx| add_label(state, ctx, new_label("Rumeur", hotkey)));
        let steps = session.editor.history().done().len();
        format!("{} {steps}{}", draw_focus(session.state()), session.answer)
    };
    for (before, hotkey, after) in [
        ("Il |pleut|.", Some('k'), "Il [RUMEUR* pleut]|. 1"),
        ("Il [CLAIM* pleut].", Some('k'), "Il [CLAIM* pleut]. (armed RUMEUR) 1"),
        ("Il |pleut|.", Some('c'), "Il |pleut|. 0!Draft"),
    ] {
        assert_eq!(add(before, "", hotkey), after, "{before}");
    }
    // Where the schema forbids it here, the label waits.
    let mut session = session_after(preset("ner-conll").expect("a preset"), "[PER Anna Bo] rit.", "drag:Bo");
    let label = NewLabel { group: GroupId::from("name"), ..new_label("Rumeur", None) };
    session.command(|state, ctx| add_label(state, ctx, label));
    assert_eq!(draw_focus(session.state()), "[PER Anna |Bo]| rit. (armed RUMEUR)");
}

#[test]
fn a_key_and_a_line_are_proposed() {
    let schema = default_schema();
    assert_eq!(free_key(&schema, "Rumeur"), Some('u'));
    assert_eq!(free_key(&schema, "Kayak"), Some('k'));
    assert_eq!(free_key(&schema, "çà"), Some('k'), "another letter");
    assert_eq!(key_owner(&schema, 'c', None), Some(KeyOwner::Label("CLAIM".into())));
    assert_eq!(key_owner(&schema, 'c', Some(&KeyOwner::Label("CLAIM".into()))), None);
    assert_eq!(next_line(&schema, &"statement".into()), LineStyle::Double);
    assert_eq!(next_line(&schema, &"unknown".into()), LineStyle::Solid);
}

#[test]
fn parts_that_cannot_be() {
    let (_, mut draft) = with_draft(TEXT, "");
    let claim = LabelId::from("CLAIM");
    let reads = |draft: &mut SchemaDraft, reads: &str| {
        let reads = named(reads);
        draft.change_relation(&"SOURCE".into(), Box::new(move |kind| kind.reads = reads))
    };
    let color = |draft: &mut SchemaDraft, color: &'static str| {
        draft.change_label(&"CLAIM".into(), Box::new(move |label| label.color = color.into()))
    };
    let default = |draft: &mut SchemaDraft, value: &'static str| {
        let change = Box::new(move |attribute: &mut crate::model::schema::AttributeType| {
            attribute.default = Some(text_value(value));
        });
        draft.change_attribute(&"CLAIM".into(), &"polarity".into(), change)
    };
    let not_there = Err(DraftRefusal::NotThere);
    assert_eq!(draft.remove_group(&"statement".into()), Err(DraftRefusal::GroupInUse));
    assert_eq!(draft.merge_label(&claim, &claim), not_there);
    assert_eq!(draft.merge_label(&claim, &"NONE".into()), not_there);
    assert_eq!(draft.remove_label(&"NONE".into(), Fate::Remove), not_there);
    assert_eq!(draft.split_label(&claim, &"plain_text".into()).map(drop), not_there);
    assert_eq!(color(&mut draft, "red"), Err(DraftRefusal::BadColor));
    assert_eq!(default(&mut draft, "maybe"), Err(DraftRefusal::BadDefault));
    assert_eq!(reads(&mut draft, "{from} …"), Err(DraftRefusal::PlaceholderMissing { placeholder: "{to}" }));
    assert!(!draft.is_changed());
    assert_eq!(default(&mut draft, "negated"), Ok(()));
    assert_eq!(draft.sharers(&claim, &"polarity".into()), ["ALLEGATION".into()]);
    assert!(draft.is_changed());
}

#[test]
fn another_name_leaves_the_values_that_a_file_brought() {
    let (session, mut draft) = with_draft(TEXT, "");
    let state = session.state();
    let claim = state.annotations.nth(0).expect("a claim");
    // Not what would be computed, and not chosen by a person.
    let mut brought = claim.as_ref().clone();
    brought.attributes.insert(AttributeKey::from("quote_type"), text_value("direct"));
    let edit = Edit::Annotation(Change::replaced(claim.clone(), Rc::new(brought)));
    let (state, _) = state.apply(&[edit]).expect("it fits");
    let rename = Box::new(|label: &mut Label| label.name = named("Thèse"));
    assert_eq!(draft.change_label(&"CLAIM".into(), rename), Ok(()));
    let prepared = prepare(&state, &draft, 9);
    assert!(matches!(&prepared.edits[..], [Edit::Schema(_)]), "{:?}", prepared.edits);
    assert_eq!(prepared.preview, NONE);
    // Other attributes have it computed anew.
    assert_eq!(draft.remove_attribute(&"CLAIM".into(), &"source_type".into()), Ok(()));
    assert_eq!(prepare(&state, &draft, 9).edits.len(), 2);
}

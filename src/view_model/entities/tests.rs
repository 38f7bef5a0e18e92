use std::rc::Rc;

use super::{EntityRow, Names, Proposal, entity_rows, merge_options, rows_with};
use crate::edit::state::State;
use crate::edit::tests::drawing::session_after;
use crate::edit::transaction::{Change, Edit};
use crate::formats::presets::default_schema;
use crate::model::annotation::Annotation;
use crate::model::ids::{AnnotationId, AttributeKey, EntityId};
use crate::model::schema::AttributeValue;
use crate::text::samples::Random;

const TEXT: &str = "[PERSON Kassym Tokaïev], [PERSON Tokaïev], [PERSON il], [PLACE Moscou], [PERSON il], \
                    [PERSON Poutine], [PERSON TOKAÏEV], [PLACE Almaty], [ORG Tokaïev], [PLACE Moscou].";

fn state_after(actions: &str) -> State {
    session_after(default_schema(), TEXT, actions).state().clone()
}

fn drawn(proposals: &[Proposal]) -> String {
    let draw = |proposal: &Proposal| format!("{} × {}", proposal.words, proposal.mentions.len());
    proposals.iter().map(draw).collect::<Vec<_>>().join("; ")
}

#[test]
fn entities_stand_by_label_then_by_their_first_mention() {
    for (actions, expected) in [
        ("", ""),
        ("click:Poutine g take:il", "Poutine 2"),
        (
            "click:Almaty g take:Moscou click:Poutine g take:Kassym click:,_Tokaïev g take:TOKAÏEV",
            "Kassym Tokaïev 2; Tokaïev 2; Almaty 2",
        ),
        // A new name, or another mention, moves no row.
        ("click:Poutine g take:Kassym name:Zoé click:,_Tokaïev g take:TOKAÏEV g take:il", "Zoé 2; Tokaïev 3"),
    ] {
        let rows = entity_rows(&state_after(actions));
        let drawn: Vec<String> =
            rows.iter().map(|row| format!("{} {}", row.entity.name, row.mentions)).collect();
        assert_eq!(drawn.join("; "), expected, "{actions}");
    }
}

#[test]
fn mentions_of_one_name_are_proposed_until_they_are_one_entity() {
    for (actions, expected) in [
        ("", "Tokaïev × 2; il × 2; Moscou × 2"),
        ("click:il set:mention=pronoun", "Tokaïev × 2; Moscou × 2"),
        ("click:,_Tokaïev g take:TOKAÏEV", "il × 2; Moscou × 2"),
        ("click:,_Tokaïev g take:TOKAÏEV split", "Tokaïev × 2; il × 2; Moscou × 2"),
        ("click:,_Tokaïev g take:Kassym", "Tokaïev × 2; il × 2; Moscou × 2"),
        ("click:,_Tokaïev g take:Kassym click:TOKAÏEV g take:Poutine", "Tokaïev × 2; il × 2; Moscou × 2"),
        ("click:,_Tokaïev g take:Kassym click:TOKAÏEV g take:Kassym", "il × 2; Moscou × 2"),
        ("click:Moscou Delete", "Tokaïev × 2; il × 2"),
        ("click:TOKAÏEV o", "il × 2; Moscou × 2; TOKAÏEV × 2"),
    ] {
        let state = state_after(actions);
        assert_eq!(drawn(&Names::default().proposals(&state)), expected, "{actions}");
    }
}

#[test]
fn names_kept_up_are_those_found_anew() {
    let mut random = Random::new(11);
    let mut state = state_after("");
    let texts = state.annotations.iter().map(|annotation| annotation.target.clone()).collect::<Vec<_>>();
    let mut names = Names::default();
    for round in 0..300 {
        let id = AnnotationId::from(format!("n{}", random.below(12)).as_str());
        let labels = ["PERSON", "PLACE", "CLAIM"].map(|id| state.schema.label(&id.into()).expect("a label"));
        let target = texts[random.below(texts.len())].clone();
        let mut after = Annotation::new(id.clone(), labels[random.below(3)], target, "u1".into(), 1);
        if random.below(3) == 0 {
            after.attributes.insert(AttributeKey::from("mention"), AttributeValue::Text(Rc::from("pronoun")));
        }
        let before = state.annotations.get(&id).cloned();
        let after = (before.is_none() || random.below(3) > 0).then(|| Rc::new(after));
        state = state.apply(&[Edit::Annotation(Change { before, after })]).expect("it fits").0;
        if random.below(3) == 0 {
            assert_eq!(names.proposals(&state), Names::default().proposals(&state), "round {round}");
        }
    }
}

#[test]
fn another_document_has_other_names() {
    let mut names = Names::default();
    names.proposals(&state_after(""));
    let other = session_after(default_schema(), "[PERSON Anna], [PERSON anna].", "").state().clone();
    assert_eq!(drawn(&names.proposals(&other)), "Anna × 2");
}

#[test]
fn rows_are_found_by_name_and_identifier() {
    let state = state_after(
        "click:,_Tokaïev g take:TOKAÏEV identifier:https://www.wikidata.org/entity/Q1 click:Moscou g take:Almaty",
    );
    let rows = entity_rows(&state);
    for (text, expected) in
        [("", vec![0, 1]), ("TOKA", vec![0]), (" q1 ", vec![0]), ("o", vec![0, 1]), ("x", vec![])]
    {
        assert_eq!(rows_with(&rows, text), expected, "{text:?}");
    }
}

#[test]
fn an_entity_can_be_joined_with_those_of_its_label_the_alike_first() {
    let state = state_after(
        "click:Kassym g take:Poutine name:Zoé click:Poutine split g take:il name:Tokaïev_bis \
         click:,_Tokaïev g take:TOKAÏEV click:Moscou g take:Almaty",
    );
    let rows = entity_rows(&state);
    let merges = |row: &EntityRow| {
        let names = merge_options(&rows, &row.entity.id).into_iter().map(|entity| entity.name.to_string());
        format!("{}: {}", row.entity.name, names.collect::<Vec<_>>().join(", "))
    };
    let drawn: Vec<String> = rows.iter().map(merges).collect();
    assert_eq!(
        drawn,
        ["Zoé: Tokaïev, Tokaïev bis", "Tokaïev: Tokaïev bis, Zoé", "Tokaïev bis: Tokaïev, Zoé", "Moscou: "]
    );
    assert!(merge_options(&rows, &EntityId::from("none")).is_empty());
}

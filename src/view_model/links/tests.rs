use super::*;
use crate::edit::tests::drawing::session_after;
use crate::edit::tests::support::Session;
use crate::formats::presets::default_schema;

const SAID: &str =
    "Les [ORG autorités] [CUE affirmant], [EVIDENCE sans preuve], que [ALLEGATION le pays est victime].";

fn after(before: &str, actions: &str) -> Session {
    session_after(default_schema(), before, actions)
}

#[test]
fn links_are_told_from_the_end_that_is_chosen() {
    let tell = |session: &Session| -> String {
        let state = session.state();
        let chosen = state.chosen().expect("something is chosen");
        let told = link_rows(state, chosen).into_iter().map(|row| {
            let words = row.words.map_or_else(|| "?".to_string(), |words| words.fr.to_string());
            format!("{words} {}", row.other.target.surface(&state.document.text))
        });
        told.collect::<Vec<_>>().join(", ")
    };
    let linked = "click:victime r Enter s Enter click:preuve b Enter ";
    for (actions, told) in [
        ("click:victime", "dit par autorités, introduit par affirmant, preuve absente sans preuve"),
        ("click:autorités", "dit le pays est victime"),
        ("click:affirmant", "introduit le pays est victime"),
        ("click:preuve", "dit non prouvé le pays est victime"),
        ("click:victime Delete click:preuve", ""),
    ] {
        assert_eq!(tell(&after(SAID, &format!("{linked}{actions}"))), told, "{actions}");
    }
}

#[test]
fn keys_begin_links_in_the_words_of_the_chosen_end() {
    for (before, actions, starts) in [
        (
            SAID,
            "click:victime",
            "s:dit par r:introduit par,atténué par b:appuyé par,contredit par,preuve absente x:vise",
        ),
        (SAID, "click:autorités", "s:dit x:visé par r:a pour fonction"),
        (SAID, "click:affirmant", "r:introduit"),
        (SAID, "click:preuve", "b:dit non prouvé"),
        (SAID, "click:preuve set:bearing=for", "b:appuie"),
        ("[DATE hier]", "click:hier", "r:atténué par"),
        ("[LOADED hélas]", "click:hélas", ""),
    ] {
        let session = after(before, actions);
        let state = session.state();
        let told =
            link_starts(state, state.chosen().expect("something is chosen")).into_iter().map(|start| {
                let words: Vec<&str> = start.words.iter().map(|words| &*words.fr).collect();
                format!("{}:{}", start.key, words.join(","))
            });
        assert_eq!(told.collect::<Vec<_>>().join(" "), starts, "{before} {actions}");
    }
}

#[test]
fn labels_that_a_link_cannot_end_at_are_known() {
    for (actions, expected) in [
        ("click:victime", None),
        ("click:victime s", Some("PERSON ORG PLACE DOC")),
        ("click:victime s Escape", None),
        ("click:affirmant r", Some("QUOTE CLAIM ALLEGATION")),
        ("click:preuve b", Some("CLAIM ALLEGATION")),
        ("click:victime b", Some("QUOTE CLAIM ALLEGATION EVIDENCE")),
    ] {
        let session = after(SAID, actions);
        let state = session.state();
        let linkable = linkable_labels(state).map(|linkable| {
            let labels = state.schema.labels.iter().zip(linkable).filter(|(_, is_linkable)| *is_linkable);
            labels.map(|(label, _)| label.id.to_string()).collect::<Vec<_>>().join(" ")
        });
        assert_eq!(linkable.as_deref(), expected, "{actions}");
    }
    let mentions = after("[PERSON Anna], [PERSON elle].", "click:elle g");
    let linkable = linkable_labels(mentions.state()).expect("an end is looked for");
    assert_eq!(linkable.iter().filter(|is_linkable| **is_linkable).count(), 1);
}

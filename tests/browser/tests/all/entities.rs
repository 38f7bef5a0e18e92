//! Mentions of one person or thing: joined, named, taken apart, by mouse and by key.

use sourcier_browser_tests::bench::visit;
use sourcier_browser_tests::page::Page;

/// Marks mentions; the last stays chosen.
fn mark(page: &Page, mentions: &[&str], key: &str) {
    page.script("document.querySelector('.hint__close')?.click()");
    for words in mentions {
        page.press(&["Escape", "Escape", "Escape"]);
        page.select_by_script(words);
        page.press(&[key]);
        page.wait_for("document.querySelector('.mark.on')");
    }
}

/// Goes to the list of entities.
fn open_list(page: &Page) {
    page.ask_for("Entités");
    page.wait_for("document.querySelector('.entity-list')");
}

#[test]
fn mentions_of_one_name_are_joined_named_and_split_by_mouse() {
    visit(|page| {
        page.script("document.querySelector('.hint__close')?.click()");
        for longer in ["(Moscou", "à Moscou", "l’aide inestimable de Moscou"] {
            page.press(&["Escape", "Escape", "Escape"]);
            page.select_at_end_of(longer, "Moscou");
            page.press(&["l"]);
            page.wait_for("document.querySelector('.mark.on')");
        }
        page.expect(3, || page.annotations().len());
        page.click("label:has(> input[name=side-tab][value=entities])");
        page.expect("«\u{A0}Moscou\u{A0}» × 3\u{A0}: même lieu\u{202F}?".to_string(), || {
            page.text("document.querySelector('.entity-list__question').textContent")
        });
        // The question itself shows the mentions, one after the other.
        page.click(".entity-list__question");
        page.expect("Moscou".to_string(), || page.chosen_words());
        page.click(".entity-list__answers .button--main");
        page.expect_entities(&["Moscou: Moscou | Moscou | Moscou"]);
        page.wait_for("!document.querySelector('.entity-list__proposal')");
        // The card is open: name and identifier.
        page.click("#entity-name");
        page.press(&["Ctrl+a"]);
        page.type_text("Moscou (capitale)");
        page.press(&["Enter"]);
        page.expect_entities(&["Moscou (capitale): Moscou | Moscou | Moscou"]);
        page.click("#entity-identifier");
        page.type_text("Q649");
        page.press(&["Enter"]);
        page.wait_for("document.querySelector('#entity-identifier-problem')");
        page.press(&["Ctrl+a"]);
        page.type_text("https://www.wikidata.org/entity/Q649");
        page.press(&["Enter"]);
        page.wait_for("!document.querySelector('#entity-identifier-problem')");
        page.expect("https://www.wikidata.org/entity/Q649".into(), || {
            page.exported()["entities"][0]["identifier"].clone()
        });
        page.click(".entity-list__mention:nth-child(2) .entity-list__split");
        page.expect_entities(&["Moscou (capitale): Moscou | Moscou"]);
        page.wait_saved();
        page.reload();
        page.expect_entities(&["Moscou (capitale): Moscou | Moscou"]);
    });
}

#[test]
fn entities_are_joined_and_taken_apart_by_key() {
    visit(|page| {
        mark(
            page,
            &["Kassym-Jomart Tokaïev", "Noursoultan Nazarbaïev", "Dmitri Peskov", "Vladimir Poutine"],
            "p",
        );
        page.press(&["g", "Enter"]);
        page.expect(1, || page.entities().len());
        let joined = page.entities();
        open_list(page);
        // The entity of the chosen mention is open, and marked.
        page.wait_for("document.querySelector('.entity-list__name[aria-current][aria-expanded=true]')");
        page.script("document.querySelector('.entity-list__split').focus()");
        page.press(&["Enter"]);
        page.wait("a mention is out", || page.entities() != joined);
        // The keys stay in the list, on the next mention.
        assert!(page.is("document.activeElement.closest('.entity-list')"));
        page.press(&["Enter"]);
        page.expect_entities(&[]);
        page.wait_for("document.querySelector('.entity-list__empty')");
        assert!(page.is("document.activeElement.closest('.entity-list')"), "the keys stay in the list");
        page.press(&["Escape", "Ctrl+z", "Ctrl+z"]);
        page.expect(joined.clone(), || page.entities());
    });
}

#[test]
fn two_entities_become_one_only_when_asked() {
    visit(|page| {
        mark(page, &["Kassym-Jomart Tokaïev", "Vladimir Poutine"], "p");
        page.press(&["g", "Enter"]);
        page.expect(1, || page.entities().len());
        mark(page, &["Dmitri Peskov", "porte-parole"], "p");
        page.press(&["g", "Enter"]);
        page.expect(2, || page.entities().len());
        open_list(page);
        page.wait_for("document.querySelector('#entity-merge')");
        page.script("document.querySelector('#entity-merge').focus()");
        // Looking through the list joins nothing.
        page.press(&["ArrowDown", "ArrowUp"]);
        page.wait_frames();
        page.expect(2, || page.entities().len());
        page.press(&["Tab", "Enter"]);
        page.expect(1, || page.entities().len());
        page.press(&["Escape", "Ctrl+z"]);
        page.expect(2, || page.entities().len());
    });
}

//! The sample article annotated in full, once by keys alone and once by hand: every label, nested
//! and crossing spans, a discontinuous cue, who says it on what evidence, one person named several
//! times, a checked date, the fields, the paragraphs, and “complete”. Then the file, opened in a
//! fresh browser, gives the same bytes.

use serde_json::{Value, json};
use sourcier_browser_tests::actions::{Move, Point};
use sourcier_browser_tests::bench::{bench, visit};
use sourcier_browser_tests::page::{Page, Visit};

const ALLEGATION: &str = "le pays a été victime de groupes de « bandits » et de « terroristes » \
                          formés à l’étranger";

/// Labels with their keys and the words they take, in the order of marking.
const WORK: [(&str, &str, &str); 27] = [
    ("d", "DATE", "2022-02"),
    ("f", "ROLE", "président russe"),
    ("p", "PERSON", "Vladimir Poutine"),
    ("p", "PERSON", "Kassym-Jomart Tokaïev"),
    ("e", "EVENT", "émeutes meurtrières"),
    ("l", "PLACE", "Kazakhstan"),
    ("o", "ORG", "Agence France-Presse"),
    ("n", "QUANTITY", "Plus de 200 personnes"),
    ("c", "CLAIM", "Plus de 200 personnes ont été tuées"),
    ("p", "PERSON", "Tokaïev « fait"),
    ("q", "QUOTE", "fait tout pour normaliser la situation"),
    ("m", "CUE", "a plaidé"),
    ("p", "PERSON", "Poutine lors d’une conférence"),
    ("w", "DOC", "conférence de presse"),
    ("q", "QUOTE", "l’aide inestimable de Moscou pour repousser une attaque sans précédent"),
    ("t", "LOADED", "inestimable"),
    ("o", "ORG", "autorités kazakhes"),
    ("m", "CUE", "affirmant"),
    ("j", "EVIDENCE", "sans avoir apporté de preuves"),
    ("q", "QUOTE", "bandits"),
    ("q", "QUOTE", "terroristes"),
    ("a", "ALLEGATION", ALLEGATION),
    ("a", "ALLEGATION", "terroristes » formés à l’étranger"),
    // Across the end of a quotation.
    ("c", "CLAIM", "attaque sans précédent », les autorités kazakhes"),
    ("h", "HEDGE", "notamment"),
    ("p", "PERSON", "Vladimir Poutine entretenait"),
    ("c", "CLAIM", "la transition en cours était une « affaire interne » du Kazakhstan"),
];

/// Only so many letters of the words above are marked.
const SHORTER: [(&str, usize); 3] =
    [("Tokaïev « fait", 7), ("Poutine lors d’une conférence", 7), ("Vladimir Poutine entretenait", 16)];

const RELATIONS: [&str; 4] = [
    "CUE_OF affirmant → le pays a été victime de groupes de « bandits » et de « terroristes » formés à l’étranger",
    "EVIDENCE_LACKING sans avoir apporté de preuves → le pays a été victime de groupes de « bandits » et de « terroristes » formés à l’étranger",
    "SOURCE Agence France-Presse → Plus de 200 personnes ont été tuées",
    "SOURCE autorités kazakhes → le pays a été victime de groupes de « bandits » et de « terroristes » formés à l’étranger",
];

fn marked(words: &str) -> String {
    let shorter = SHORTER.iter().find(|(longer, _)| *longer == words);
    shorter.map_or_else(|| words.to_string(), |(_, len)| words.chars().take(*len).collect())
}

#[test]
fn by_keys_alone() {
    let mut file = String::new();
    bench(|bench| {
        let count = "window.pointerEvents = [];
            for (const name of ['pointerdown', 'pointermove', 'mousedown', 'mousemove', 'touchstart', 'wheel'])
                addEventListener(name, () => pointerEvents.push(name), { capture: true });";
        let page = bench.visit(&Visit { before: vec![count.into()], ..Visit::default() });
        for (key, _, words) in WORK {
            select_by_keys(&page, words, marked(words).chars().count());
            page.press(&[key]);
        }
        select_by_keys(&page, "a-t-il", 1);
        page.press(&["m"]);
        select_by_keys(&page, "ajouté", 6);
        page.press(&["+"]);
        link_by_keys(&page);
        date_and_fields_by_keys(&page);
        paragraphs_by_keys(&page);
        complete_by_keys(&page);
        assert_eq!(page.script("pointerEvents"), json!([]));
        check(&page);
        page.wait_saved();
        file = page.exported_text();
    });
    reopen(&file);
}

#[test]
fn by_hand() {
    let mut file = String::new();
    bench(|bench| {
        let page = bench.visit(&Visit::default());
        page.script("document.querySelector('.hint__close')?.click()");
        for (_, label, words) in WORK {
            select_by_hand(&page, words);
            page.click(&format!(".palette__label[data-label={label}]"));
        }
        let a = page.place_of("a-t-il").start;
        let after = Point { x: a.x + 6.0, ..a };
        page.mouse(None, &[Move::To(Point { x: a.x + 1.0, ..a }), Move::Down, Move::To(after), Move::Up]);
        page.click(".palette__label[data-label=CUE]");
        page.drag_over_with(Some("Ctrl"), "ajouté");
        link_by_hand(&page);
        date_and_fields_by_hand(&page);
        paragraphs_by_hand(&page);
        complete_by_hand(&page);
        check(&page);
        page.wait_saved();
        file = page.exported_text();
    });
    reopen(&file);
}

/// What the file must hold, however it came about.
fn check(page: &Page) {
    let annotations = page.annotations();
    for (_, label, words) in WORK {
        let line = format!("{label} {}", marked(words));
        assert!(annotations.contains(&line), "no {line} in {annotations:#?}");
    }
    assert!(annotations.contains(&"CUE a … ajouté".to_string()), "{annotations:#?}");
    assert_eq!(annotations.len(), WORK.len() + 1);
    page.expect_relations(&RELATIONS);
    let file = page.exported();
    let entities = file["entities"].as_array().expect("entities");
    let mentions = |entity: &Value| {
        let all = file["annotations"].as_array().into_iter().flatten();
        all.filter(|annotation| annotation["entity"] == entity["id"]).count()
    };
    let poutine = entities.iter().find(|entity| entity["name"] == "Vladimir Poutine").expect("one Poutine");
    assert_eq!((poutine["label"].as_str(), mentions(poutine)), (Some("PERSON"), 3));
    let allegation = annotation(&file, "ALLEGATION", ALLEGATION);
    for (key, value) in [
        ("evidence_status", "no_evidence"),
        ("source_type", "institution"),
        ("asserted_by", "autorités kazakhes"),
        ("quote_type", "mixed"),
    ] {
        assert_eq!(allegation["attributes"][key], value, "{key}");
    }
    let date = annotation(&file, "DATE", "2022-02");
    assert_eq!((&date["attributes"]["value"], &date["byHand"]), (&json!("2022-02"), &json!(["value"])));
    let (document, fields) = (&file["document"], &file["document"]["fields"]);
    assert_eq!(fields["headline"], "Le soutien de Moscou");
    assert_eq!(fields["status"], "complete");
    let states: Vec<&str> = document["paragraphs"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|it| it["state"].as_str())
        .collect();
    assert_eq!(states, ["seen", "nothing"]);
    assert!(file["timing"]["document"].as_u64().is_some_and(|seconds| seconds > 0), "{}", file["timing"]);
}

fn annotation<'f>(file: &'f Value, label: &str, surface: &str) -> &'f Value {
    let mut all = file["annotations"].as_array().into_iter().flatten();
    all.find(|annotation| annotation["label"] == label && annotation["surface"] == surface)
        .expect("it is there")
}

/// The file in a browser that never saw the work gives the same bytes.
fn reopen(file: &str) {
    // Nothing was done where there is no browser.
    if !file.is_empty() {
        visit(|page| {
            page.script_later_with("sourcier.open(arguments[0])", json!([file]));
            page.expect_file(file);
        });
    }
}

// By keys.

/// Selects the first letters of some words: the caret goes to their paragraph, then letter by
/// letter.
fn select_by_keys(page: &Page, words: &str, len: usize) {
    let place = page.script_with(
        "(() => { const found = find(arguments[0]); return [found.idx, [...found.block.textContent.slice(0, found.start)].length] })()",
        json!([words]),
    );
    let number = |idx: usize| place[idx].as_u64().unwrap_or_default() as usize;
    let mut keys = vec!["Ctrl+Home"];
    keys.extend(vec!["Ctrl+ArrowDown"; number(0) + 1]);
    keys.push("Ctrl+ArrowUp");
    keys.extend(vec!["ArrowRight"; number(1)]);
    keys.extend(vec!["Shift+ArrowRight"; len]);
    page.press(&keys);
}

/// Chooses the annotation over the last letter of some words, by Enter on it until it is the one.
fn choose_by_keys(page: &Page, words: &str) {
    page.press(&["Escape", "Escape", "Escape"]);
    select_by_keys(page, words, 0);
    for _ in 0..6 {
        page.press(&["Enter"]);
        page.wait_frames();
        if page.chosen_words().replace('|', "") == words {
            return;
        }
    }
    panic!("{words:?} cannot be chosen");
}

fn link_by_keys(page: &Page) {
    choose_by_keys(page, "sans avoir apporté de preuves");
    // Its words say what it does.
    page.wait_for("document.querySelector('[name=attribute-bearing][value=lacking]').checked");
    // Of the two allegations the whole one: the likeliest are walked until it is in hand.
    link_to(page, "b", ALLEGATION);
    choose_by_keys(page, "affirmant");
    link_to(page, "r", ALLEGATION);
    choose_by_keys(page, "autorités kazakhes");
    link_to(page, "s", ALLEGATION);
    choose_by_keys(page, "Agence France-Presse");
    link_to(page, "s", "Plus de 200 personnes ont été tuées");
    choose_by_keys(page, "Vladimir Poutine");
    link_to(page, "g", "Poutine");
    choose_by_keys(page, "Vladimir Poutine");
    link_to(page, "g", "Vladimir Poutine");
}

/// Walks the ends that a link could have until the words are in hand, and takes them.
fn link_to(page: &Page, key: &str, words: &str) {
    page.press(&[key]);
    page.wait_for("document.querySelector('.page--linking')");
    for _ in 0..20 {
        page.wait_frames();
        let in_hand =
            page.text("[...document.querySelectorAll('.mark.to')].map((mark) => mark.textContent).join('')");
        if in_hand == words {
            page.press(&["Enter"]);
            page.wait_for("!document.querySelector('.page--linking')");
            return;
        }
        page.press(&["ArrowRight"]);
    }
    panic!("{words:?} is never in hand");
}

fn date_and_fields_by_keys(page: &Page) {
    choose_by_keys(page, "2022-02");
    page.press(&["i"]);
    tab_until(page, "document.activeElement.id === 'attribute-value'");
    // What is no date is not taken, and what was typed stays to be mended.
    page.type_text("février");
    page.press(&["Tab"]);
    page.wait_for("document.querySelector('#attribute-value-problem')");
    page.expect("février".to_string(), || page.text("document.querySelector('#attribute-value').value"));
    page.press(&["Shift+Tab", "Ctrl+a"]);
    page.type_text("2022-02");
    page.press(&["Tab", "Escape"]);
    command_by_keys(page, "fiche");
    page.wait_for("document.querySelector('dialog[open] #field-headline')");
    tab_until(page, "document.activeElement.id === 'field-headline'");
    page.type_text("Le soutien de Moscou");
    page.press(&["Tab", "Escape"]);
    page.wait_for("!document.querySelector('dialog')");
}

fn command_by_keys(page: &Page, name: &str) {
    page.press(&["Ctrl+k"]);
    page.wait_for("document.activeElement.getAttribute('role') === 'combobox'");
    page.type_text(name);
    page.wait_for("document.querySelectorAll('[role=option]').length > 0");
    page.press(&["Enter"]);
}

/// The first paragraph is seen; the last has nothing else to mark, and one in the middle nothing at
/// all.
fn paragraphs_by_keys(page: &Page) {
    page.press(&["Escape", "Escape", "Escape", "Ctrl+Home", "y"]);
    select_by_keys(page, "Depuis les troubles", 0);
    page.press(&["y", "y"]);
}

fn complete_by_keys(page: &Page) {
    command_by_keys(page, "terminé");
    page.wait_for("document.querySelector('dialog[open]')");
    tab_until(page, "document.activeElement.textContent.includes('quand même')");
    page.press(&["Enter"]);
    page.wait_for("!document.querySelector('dialog')");
}

fn tab_until(page: &Page, condition: &str) {
    for _ in 0..60 {
        if page.is(condition) {
            return;
        }
        page.press(&["Tab"]);
    }
    panic!("Tab never leads to: {condition}");
}

// By hand.

fn select_by_hand(page: &Page, words: &str) {
    page.press(&["Escape", "Escape", "Escape"]);
    // Where only the first letters are meant, the hand stops there.
    let (start, rest) = (page.place_of(words).start, words.chars().skip(marked(words).chars().count()));
    let end = match rest.collect::<String>() {
        rest if rest.is_empty() => page.place_of(words).end,
        rest => page.place_of(&rest).start,
    };
    page.mouse(None, &[Move::To(start), Move::Down, Move::To(end), Move::Up]);
    page.expect(marked(words), || page.selected_words());
}

fn choose_by_hand(page: &Page, words: &str) {
    page.press(&["Escape", "Escape", "Escape"]);
    for _ in 0..6 {
        page.click_on(words);
        page.wait_frames();
        if page.chosen_words().replace('|', "") == words {
            return;
        }
    }
    panic!("{words:?} cannot be chosen");
}

fn link_by_hand(page: &Page) {
    choose_by_hand(page, "sans avoir apporté de preuves");
    start_link(page, "b");
    page.click_on("le pays a été");
    choose_by_hand(page, ALLEGATION);
    start_link(page, "r");
    page.click_on("affirmant");
    start_link(page, "s");
    page.click_on("kazakhes");
    choose_by_hand(page, "Plus de 200 personnes ont été tuées");
    start_link(page, "s");
    page.click_on("Agence France");
    choose_by_hand(page, "Vladimir Poutine");
    start_link(page, "g");
    page.click_on("M. Poutine");
    choose_by_hand(page, "Vladimir Poutine");
    start_link(page, "g");
    page.click_on("que Vladimir Poutine");
}

/// Clicks on the key of a link in the inspector.
fn start_link(page: &Page, key: &str) {
    page.script_with(
        "[...document.querySelectorAll('.links__start')].find((start) => start.textContent === arguments[0]).click()",
        json!([key]),
    );
    page.wait_for("document.querySelector('.page--linking')");
}

fn date_and_fields_by_hand(page: &Page) {
    choose_by_hand(page, "2022-02");
    page.click("#attribute-value");
    page.type_text("2022-02");
    page.press(&["Tab"]);
    page.click(".article-head__edit");
    page.wait_for("document.querySelector('dialog[open] #field-headline')");
    page.click("#field-headline");
    page.type_text("Le soutien de Moscou");
    page.press(&["Tab", "Escape"]);
    page.wait_for("!document.querySelector('dialog')");
}

fn paragraphs_by_hand(page: &Page) {
    for (words, clicks) in [(" date", 1), ("Depuis les troubles", 2)] {
        for _ in 0..clicks {
            let start = page.place_of(words).start;
            let margin = Point { x: start.x - 24.0, ..start };
            page.mouse(None, &[Move::To(margin), Move::Down, Move::Up]);
            page.wait_frames();
        }
    }
}

fn complete_by_hand(page: &Page) {
    page.script(
        "(() => {
            const status = document.querySelector('.header__status');
            status.value = 'complete';
            status.dispatchEvent(new Event('change', { bubbles: true }));
         })()",
    );
    page.wait_for("document.querySelector('dialog[open] .dialog__actions')");
    page.click("dialog[open] .dialog__actions button:first-child");
    page.wait_for("!document.querySelector('dialog')");
}

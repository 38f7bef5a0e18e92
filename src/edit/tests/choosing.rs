//! Choosing, the text cursor, leaving modes, showing marks.

use crate::edit::state::MarksShown;
use crate::edit::tests::drawing::{check_focus, session_after};
use crate::edit::tests::support::schema;

#[test]
fn a_click_chooses_the_innermost_and_again_walks_outwards() {
    for (before, actions, after) in [
        ("[CLAIM the [PERSON man] lied]", "click:man", "[CLAIM the [PERSON* m|an] lied]"),
        ("[CLAIM the [PERSON man] lied]", "click:man click:man", "[CLAIM* the [PERSON m|an] lied]"),
        ("[CLAIM the [PERSON man] lied]", "click:man click:man click:man", "[CLAIM the [PERSON* m|an] lied]"),
        // Elsewhere it begins anew: with the innermost there.
        (
            "[CLAIM the [PERSON man] lied]",
            "click:man click:lied click:man",
            "[CLAIM the [PERSON* m|an] lied]",
        ),
        (
            "[CLAIM the [PERSON man] lied]",
            "click:man click:man click:lied",
            "[CLAIM* the [PERSON man] li|ed]",
        ),
        // Another letter of the same words is the same place.
        ("[CLAIM the [PERSON man] lied]", "click:ma click:an", "[CLAIM* the [PERSON ma|n] lied]"),
        ("[CLAIM the [PERSON* man] lied]", "click:man", "[CLAIM the [PERSON* m|an] lied]"),
        ("[CLAIM the man] lied", "click:man click:lied", "[CLAIM the man] li|ed"),
        ("lied", "click:lied", "li|ed"),
        ("[CLAIM a] man […CLAIM b]", "click:man", "[CLAIM a] m|an […CLAIM b]"),
        ("[CLAIM the [CUE man]CLAIM lied]", "click:man", "[CLAIM* the [CUE m|an]CLAIM lied]"),
        ("[CLAIM the [CUE man]CLAIM lied]", "click:man click:man", "[CLAIM the [CUE* m|an]CLAIM lied]"),
    ] {
        check_focus(before, actions, after);
    }
}

#[test]
fn enter_chooses_at_the_cursor() {
    for (before, actions, after) in [
        ("[CLAIM the [PERSON m|an] lied]", "Enter", "[CLAIM the [PERSON* m|an] lied]"),
        ("[CLAIM the [PERSON m|an] lied]", "Enter Enter", "[CLAIM* the [PERSON m|an] lied]"),
        ("[CLAIM the [PERSON m|an] lied]", "Enter Enter Enter", "[CLAIM the [PERSON* m|an] lied]"),
        ("the man", "Enter", "the man !NoTextCursor"),
        ("the |man", "Enter", "the |man !NoAnnotationHere"),
        // Behind the last letter is still at the annotation, where nothing begins.
        ("the [PERSON man]| lied", "Enter", "the [PERSON* ma|n] lied"),
        ("the [PERSON man]|[ORG s] lied", "Enter", "the [PERSON man]|[ORG* s] lied"),
        ("the [PERSON 👨\u{200D}👩]|", "Enter", "the |[PERSON* 👨\u{200D}👩]"),
    ] {
        check_focus(before, actions, after);
    }
}

#[test]
fn the_next_and_the_previous_annotation() {
    for (before, actions, after) in [
        ("[CUE a] [CUE b] [CUE c]", ";", "|[CUE* a] [CUE b] [CUE c]"),
        ("[CUE a] [CUE b] [CUE c]", "; .", "[CUE a] |[CUE* b] [CUE c]"),
        ("[CUE a] [CUE b] [CUE c]", "; ; ; ;", "|[CUE* a] [CUE b] [CUE c]"),
        ("[CUE a] [CUE b] [CUE c]", ",", "[CUE a] [CUE b] |[CUE* c]"),
        ("[CUE a] [CUE b] [CUE c]", "; ,", "[CUE a] [CUE b] |[CUE* c]"),
        ("[CUE a] | [CUE b] [CUE c]", ";", "[CUE a]  |[CUE* b] [CUE c]"),
        ("[CUE a] | [CUE b] [CUE c]", ",", "|[CUE* a]  [CUE b] [CUE c]"),
        ("[CLAIM a [CUE b]]", "; ;", "[CLAIM a |[CUE* b]]"),
        ("a", ";", "a !NoAnnotation"),
        ("a|", ",", "a| !NoAnnotation"),
        ("[CUE* a]", ";", "|[CUE* a]"),
    ] {
        check_focus(before, actions, after);
    }
}

#[test]
fn escape_leaves_the_innermost_first() {
    let before = "a [CLAIM* b] c";
    for (actions, after) in [
        ("Escape", "a [CLAIM b] c"),
        ("Escape Escape", "a [CLAIM b] c"),
        ("Escape p", "a [CLAIM b] c (armed PERSON)"),
        ("Escape p click:b drag:c", "a [CLAIM* b] |c| (armed PERSON)"),
        ("Escape p click:b drag:c Escape", "a [CLAIM* b] c| (armed PERSON)"),
        ("Escape p click:b drag:c Escape Escape", "a [CLAIM* b] c|"),
        ("Escape p click:b drag:c Escape Escape Escape", "a [CLAIM b] c|"),
        ("Escape p click:b z", "a [CLAIM* b]| c (armed PERSON) (moving End)"),
        ("Escape p click:b z Escape", "a [CLAIM* b]| c (armed PERSON)"),
        ("Escape p click:b z Escape Escape", "a [CLAIM* b]| c"),
        ("Escape p click:b z Escape Escape Escape", "a [CLAIM b]| c"),
    ] {
        check_focus(before, actions, after);
    }
}

#[test]
fn the_cursor_moves_by_letter_word_sentence_and_paragraph() {
    let text = "Un été. Il a dit.\r\n\r\nFin 👍🏽.";
    for (actions, after) in [
        ("ArrowRight", "|Un été. Il a dit.\r\n\r\nFin 👍🏽."),
        ("ArrowRight ArrowRight", "U|n été. Il a dit.\r\n\r\nFin 👍🏽."),
        ("ArrowRight ArrowLeft", "|Un été. Il a dit.\r\n\r\nFin 👍🏽."),
        ("ArrowRight Ctrl+ArrowRight", "Un| été. Il a dit.\r\n\r\nFin 👍🏽."),
        ("ArrowRight Ctrl+ArrowRight Ctrl+ArrowRight Ctrl+ArrowLeft", "Un |été. Il a dit.\r\n\r\nFin 👍🏽."),
        ("ArrowRight Alt+ArrowDown", "Un été.| Il a dit.\r\n\r\nFin 👍🏽."),
        ("ArrowRight Alt+ArrowDown Alt+ArrowDown Alt+ArrowUp", "Un été. |Il a dit.\r\n\r\nFin 👍🏽."),
        ("ArrowRight Ctrl+ArrowDown", "Un été. Il a dit.|\r\n\r\nFin 👍🏽."),
        ("Ctrl+End", "|Un été. Il a dit.\r\n\r\nFin 👍🏽."),
        ("ArrowRight Ctrl+End", "Un été. Il a dit.\r\n\r\nFin 👍🏽.|"),
        ("ArrowRight Ctrl+End ArrowLeft ArrowLeft", "Un été. Il a dit.\r\n\r\nFin |👍🏽."),
        ("ArrowRight Ctrl+End Ctrl+Home", "|Un été. Il a dit.\r\n\r\nFin 👍🏽."),
        ("ArrowRight Shift+ArrowRight Shift+ArrowRight", "|Un| été. Il a dit.\r\n\r\nFin 👍🏽."),
        ("ArrowRight Shift+ArrowRight Shift+ArrowRight ArrowLeft", "|Un été. Il a dit.\r\n\r\nFin 👍🏽."),
        ("ArrowRight Shift+ArrowRight Shift+ArrowRight ArrowRight", "Un| été. Il a dit.\r\n\r\nFin 👍🏽."),
        ("ArrowRight Ctrl+Shift+ArrowRight p", "[PERSON* Un]| été. Il a dit.\r\n\r\nFin 👍🏽."),
        ("ArrowRight Ctrl+End Shift+ArrowLeft", "Un été. Il a dit.\r\n\r\nFin 👍🏽‹|.|"),
        ("Ctrl+a", "|Un été. Il a dit.\r\n\r\nFin 👍🏽.|"),
        ("drag:été", "Un |été|. Il a dit.\r\n\r\nFin 👍🏽."),
        ("back:été", "Un ‹|été|. Il a dit.\r\n\r\nFin 👍🏽."),
    ] {
        check_focus(text, actions, after);
    }
    check_focus("", "ArrowRight Ctrl+ArrowLeft ArrowLeft Ctrl+End", "|");
    // The chosen annotation stays chosen.
    check_focus("[CUE* a] b", "ArrowRight ArrowRight ArrowRight", "[CUE* a] |b");
}

#[test]
fn marks_are_all_shown_or_those_of_one_label_or_none() {
    use MarksShown::{All, None, Only};
    for (before, actions, marks) in [
        ("[CUE a]", "v", None),
        ("[CUE a]", "v v", All),
        ("[CUE* a]", "v", Only("CUE".into())),
        ("[CUE* a]", "v v", None),
        ("[CUE* a]", "v v v", All),
        ("[CUE a]", "p v", Only("PERSON".into())),
    ] {
        let session = session_after(schema(), before, actions);
        assert_eq!(session.state().focus.marks, marks, "{before} {actions}");
    }
}

#[test]
fn deleting_the_chosen() {
    for (before, actions, after) in [
        ("[CLAIM a [CUE* b]]|", "Delete", "[CLAIM a b]|"),
        ("[CLAIM* a [CUE b]]|", "Backspace", "a [CUE b]|"),
        ("[CLAIM a]|", "Delete", "[CLAIM a]| !NothingChosen"),
        ("[CLAIM* a] b", "z Delete", "a| b"),
    ] {
        check_focus(before, actions, after);
    }
}

//! Moving ends, by key and by hand, and fragments.

use crate::edit::tests::drawing::{check, check_focus};

#[test]
fn ends_move_by_key() {
    for (before, actions, after) in [
        ("The [PERSON* man] lied now", "z", "The [PERSON* man]| lied now (moving End)"),
        ("The [PERSON* man] lied now", "z z", "The |[PERSON* man] lied now (moving Start)"),
        ("The [PERSON* man] lied now", "z ArrowLeft", "The [PERSON* ma]|n lied now (moving End)"),
        // A space at an end would be taken away: the end goes on to the next letter.
        ("The [PERSON* man] lied now", "z ArrowRight", "The [PERSON* man l]|ied now (moving End)"),
        ("The [PERSON* man l]ied now", "z ArrowLeft", "The [PERSON* man]| lied now (moving End)"),
        ("The [PERSON* man] lied now", "z z ArrowLeft", "Th|[PERSON* e man] lied now (moving Start)"),
        ("The [PERSON* man] lied now", "z Ctrl+ArrowRight", "The [PERSON* man lied]| now (moving End)"),
        ("The [PERSON* man lied] now", "z Ctrl+ArrowLeft", "The [PERSON* man]| lied now (moving End)"),
        ("The [PERSON* man] lied now", "z Alt+ArrowDown", "The [PERSON* man lied now]| (moving End)"),
        ("The [PERSON* man] lied now", "z z Ctrl+ArrowLeft", "|[PERSON* The man] lied now (moving Start)"),
        ("[PERSON* man]", "z ArrowRight", "[PERSON* man]| (moving End)"),
        ("[PERSON* m]", "z ArrowLeft", "[PERSON* m]| (moving End) !EndBlocked"),
        ("[PERSON* 👍🏽👍🏽]", "z ArrowLeft", "[PERSON* 👍🏽]|👍🏽 (moving End)"),
        ("[PERSON* a]\r\n\r\nb", "z ArrowRight", "[PERSON* a\r\n\r\nb]| (moving End)"),
        ("The [PERSON* man] lied", "z ArrowLeft Enter", "The [PERSON* ma]|n lied"),
        ("The [PERSON* man] lied", "z ArrowLeft z ArrowRight Escape", "The |[PERSON* man] lied"),
        ("The [PERSON* man] lied", "z Ctrl+ArrowRight z ArrowLeft Escape", "The |[PERSON* man] lied"),
        ("The [PERSON man] lied", "z", "The [PERSON man] lied !NothingChosen"),
        // A mark over the same words is another annotation: its ends are not in hand.
        ("The [PERSON* man] lied", "z ArrowLeft c", "The [PERSON [CLAIM* ma]]|n lied"),
        ("The [PERSON* man] lied", "z ArrowLeft o Escape", "The [ORG* man]| lied"),
    ] {
        check_focus(before, actions, after);
    }
}

#[test]
fn undo_while_ends_are_moved() {
    for (before, actions, after) in [
        ("The [PERSON* man] lied", "z ArrowLeft Ctrl+z", "The [PERSON* man]| lied (moving End)"),
        ("The [PERSON* man] lied", "z ArrowLeft Ctrl+z Escape", "The [PERSON* man]| lied"),
        ("The [PERSON* man] lied", "z ArrowLeft Ctrl+z Ctrl+Shift+z Enter", "The [PERSON* ma]|n lied"),
        // The step undone is of another annotation, or made this one: nothing is in hand then.
        ("The |man| lied", "p z Ctrl+z", "The |man| lied"),
        ("The |man| lied", "p z Ctrl+z Escape Escape", "The man| lied"),
        ("[CUE* The] man", "set:x=1 drag:man p z Ctrl+z Ctrl+z", "[CUE* The] man"),
    ] {
        check_focus(before, actions, after);
    }
}

#[test]
fn ends_move_by_hand() {
    for (before, actions, after) in [
        ("The [PERSON* man] lied now", "end:lie", "The [PERSON man lied] now"),
        ("The [PERSON* man] lied now", "letters end:lie", "The [PERSON man lie]d now"),
        ("The [PERSON* man] lied now", "start:he", "[PERSON The man] lied now"),
        ("The [PERSON* man] lied now", "end:The", "The [PERSON man] lied now !EndBlocked"),
        ("The [PERSON* man] lied now", "start:lied", "The [PERSON man] lied now !EndBlocked"),
        ("The [PERSON* man lied] now", "end:man_", "The [PERSON man] lied now"),
        ("The [PERSON* man lied] now", "start:_lied", "The man [PERSON lied] now"),
        ("The [PERSON* man] lied", "end:man", "The [PERSON man] lied"),
        // The other end stays where it is, even in a word.
        ("The m[PERSON* an] lied now", "end:lied", "The m[PERSON an lied] now"),
        ("The [PERSON* ma]n lied now", "start:he", "[PERSON The ma]n lied now"),
    ] {
        check(before, actions, after);
    }
}

#[test]
fn ends_of_a_discontinuous_annotation() {
    for (before, actions, after) in [
        ("a [CLAIM* b] c […CLAIM d] e", "end:e", "a [CLAIM b] c […CLAIM d e]"),
        ("a [CLAIM* b] c […CLAIM d] e", "start:a", "[CLAIM a b] c […CLAIM d] e"),
        // An end that goes back over a fragment takes it away, and the gap before it.
        ("a [CLAIM* b] c […CLAIM d] e", "end:c", "a [CLAIM b] c d e"),
        ("a [CLAIM* b] c […CLAIM d] e", "start:c", "a b c [CLAIM d] e"),
        ("a [CLAIM* b] c […CLAIM d] e", "end:b", "a [CLAIM b] c d e"),
        ("a [CLAIM* b b] c […CLAIM d] e", "letters end:b", "a [CLAIM b] b c d e"),
        ("a [CLAIM* b] c […CLAIM d] e", "end:a", "a [CLAIM b] c […CLAIM d] e !EndBlocked"),
        ("a [CLAIM* b] c […CLAIM d] e", "z ArrowLeft", "a [CLAIM b] c d e"),
        ("a [CLAIM* b] c […CLAIM d] e", "z ArrowLeft Escape", "a [CLAIM b] c […CLAIM d] e"),
    ] {
        check(before, actions, after);
    }
}

#[test]
fn fragments_come_and_go() {
    for (before, actions, after) in [
        ("[CLAIM* a] b |c|", "+", "[CLAIM* a] b […CLAIM* c]|"),
        ("a b [CLAIM* c] |d|", "+ drag:a +", "[CLAIM* a]| b […CLAIM* c] […CLAIM* d]"),
        ("[CLAIM* a] b c", "letters drag:_b +", "[CLAIM* a] […CLAIM* b]| c"),
        // Touching or shared words join.
        ("[CLAIM* ab]|cd|", "+", "[CLAIM* abcd]|"),
        ("[CLAIM* a b] c", "drag:b…c +", "[CLAIM* a b c]|"),
        ("[CLAIM* a] b […CLAIM c]", "drag:a…c +", "[CLAIM* a b c]|"),
        ("[CLAIM* a b] c", "drag:b +", "[CLAIM* a |b]| c !AlreadyThere"),
        ("[CLAIM* a] b |c", "+", "[CLAIM* a] b |c !NothingSelected"),
        ("[CLAIM* a] b| |c", "+", "[CLAIM* a] b| |c !NothingSelected"),
        ("[CLAIM a] b |c|", "+", "[CLAIM a] b |c| !NothingChosen"),
        ("[CLAIM* a] b […CLAIM c]|", "-", "[CLAIM* a] b c|"),
        ("[CLAIM* a]| b […CLAIM c]", "-", "a| b [CLAIM* c]"),
        ("[CLAIM* a] b| […CLAIM c]", "-", "[CLAIM* a] b| […CLAIM* c] !NoFragmentHere"),
        ("[CLAIM* a|]", "-", "[CLAIM* a]| !LastFragment"),
        ("[CLAIM* a] b […CLAIM c]", "-", "[CLAIM* a] b […CLAIM* c] !NoTextCursor"),
        ("[CLAIM* a] b |c|", "+ Ctrl+z", "[CLAIM* a] b |c|"),
        ("[CLAIM* a] b |c|", "+ - Ctrl+z", "[CLAIM* a] b […CLAIM* c]|"),
    ] {
        check_focus(before, actions, after);
    }
}

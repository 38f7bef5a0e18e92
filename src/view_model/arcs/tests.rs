use super::*;
use crate::edit::tests::drawing::session_after;
use crate::formats::presets::default_schema;

#[test]
fn the_lines_of_the_moment() {
    let text =
        "[PERSON Anna] [CUE dit] que [CLAIM il pleut]. [PERSON Boris] [CUE croit] que [CLAIM il neige].";
    let linked = "click:pleut r Enter s Enter click:neige r Enter s Enter ";
    for (actions, lines) in [
        ("Escape", ""),
        ("", "Boris→il neige! croit→il neige!"),
        ("click:Anna", "Anna→il pleut!"),
        ("click:Anna links", "Anna→il pleut! Boris→il neige croit→il neige dit→il pleut"),
        ("click:pleut b", "Anna→il pleut! dit→il pleut! il pleut→il neige?"),
        ("click:pleut b Escape", "Anna→il pleut! dit→il pleut!"),
    ] {
        let session = session_after(default_schema(), text, &format!("{linked}{actions}"));
        let state = session.state();
        let all = TextSpan::from_range(0..state.document.text.len());
        let words = |annotation: &Annotation| annotation.target.surface(&state.document.text);
        let mut drawn: Vec<String> = arcs_of(state, all)
            .iter()
            .map(|arc| {
                let kind = match arc.kind {
                    ArcKind::OfChosen => "!",
                    ArcKind::Other => "",
                    ArcKind::Candidate => "?",
                };
                format!("{}→{}{kind}", words(&arc.from), words(&arc.to))
            })
            .collect();
        drawn.sort();
        assert_eq!(drawn.join(" "), lines, "{actions}");
    }
}

#[test]
fn a_line_begins_and_ends_at_its_rectangles() {
    let rect = |x: f64, y: f64| Rect { x, y, width: 40.0, height: 20.0 };
    for (from, to, path) in [
        // One line of text: through the room above it, both ways.
        (
            rect(0.0, 100.0),
            rect(200.0, 100.0),
            "M20.0 100.0Q20.0 91.0 29.0 91.0L211.0 91.0Q220.0 91.0 220.0 100.0",
        ),
        (
            rect(200.0, 100.0),
            rect(0.0, 100.0),
            "M220.0 100.0Q220.0 91.0 211.0 91.0L29.0 91.0Q20.0 91.0 20.0 100.0",
        ),
        // Down, and up.
        (rect(0.0, 0.0), rect(100.0, 80.0), "M20.0 20.0C20.0 50.0 120.0 50.0 120.0 80.0"),
        (rect(100.0, 80.0), rect(0.0, 0.0), "M120.0 80.0C120.0 50.0 20.0 50.0 20.0 20.0"),
    ] {
        assert_eq!(path_of(from, to), path);
    }
}

#[test]
fn lengths_have_one_decimal() {
    for (number, written) in [
        (0.0, "0.0"),
        (0.04, "0.0"),
        (-0.04, "0.0"),
        (0.06, "0.1"),
        (-0.06, "-0.1"),
        (-12.34, "-12.3"),
        (812.96, "813.0"),
    ] {
        assert_eq!(tenths(number), written);
    }
}

use serde_json::{Value, json};

use crate::losses::LossKind;
use crate::options::{Options, Review, Verdict};
use crate::samples::{check_golden, export_of, sample};

const ALLEGATION: &str = "a8dmwhnftfndbg";

fn review(reviewer: &str, url: &str, verdict: &str) -> Options {
    let verdict = Verdict { annotation: ALLEGATION.to_owned(), text: verdict.to_owned() };
    let review = Review { reviewer: reviewer.to_owned(), url: url.to_owned(), verdicts: vec![verdict] };
    Options { review: Some(review), language: "fr".to_owned(), ..Options::default() }
}

#[test]
fn golden_files() {
    check_golden("claims", &Options::default());
    check_golden(
        "claimreview",
        &review("Rédaction Exemple", "https://redaction.example/verification", "Non prouvé </script>"),
    );
}

#[test]
fn claims_have_no_rating_and_name_their_source() {
    let exported = export_of("claims", &[&sample("annotated")], Options::default());
    let [file] = &exported.files[..] else { panic!("one file") };
    let json: Value = serde_json::from_slice(&file.bytes).unwrap();
    assert!(!json.to_string().contains("ating"));
    let graph = json["@graph"].as_array().unwrap();
    assert_eq!(graph[0]["@type"], "NewsArticle");
    assert_eq!(graph[1]["author"], json!({"@type": "Person", "name": "Autorités kazakhes"}));
    assert_eq!(graph[1]["appearance"]["@id"], graph[0]["@id"]);
    // One is not checkable.
    assert_eq!(graph.len() - 1, 3);
}

#[test]
fn nothing_is_written_without_a_reviewer_an_address_and_a_verdict() {
    for (options, count) in [
        (Options::default(), 0),
        (review("", "https://x.example/a", "Faux"), 0),
        (review("R", "", "Faux"), 0),
        (review("R", "x.example", "Faux"), 0),
        (review("R", "javascript:alert(1)", "Faux"), 0),
        (review("R", "https://x.example/a", " "), 0),
        (review("R", "https://x.example/a", "Faux"), 2),
    ] {
        assert_eq!(export_of("claimreview", &[&sample("annotated")], options).files.len(), count);
    }
}

#[test]
fn a_review_cannot_end_the_script_that_it_stands_in() {
    let options = review("</script>", "https://x.example/a", "</script><b>");
    for file in export_of("claimreview", &[&sample("annotated")], options).files {
        let text = String::from_utf8(file.bytes).unwrap();
        assert!(!text.contains("</"));
        let json: Value = serde_json::from_str(&text).unwrap();
        let json = json["@graph"].get(0).unwrap_or(&json);
        assert_eq!(json["reviewRating"]["alternateName"], "</script><b>");
    }
}

#[test]
fn what_is_written_is_not_told_as_lost() {
    let exported = export_of("claims", &[&sample("annotated")], Options::default());
    let sources = sample("annotated").relations.iter().filter(|link| link.kind.as_str() == "SOURCE").count();
    let lost =
        exported.losses.iter().find(|(kind, name, _)| *kind == LossKind::Relation && *name == "SOURCE");
    let lost = lost.map_or(0, |(.., loss)| loss.count);
    assert!(lost < sources, "{lost} of {sources}");
    assert_eq!(exported.losses.count_of(LossKind::NotChosen), 0, "nothing can be chosen");
    assert_eq!(exported.annotation_count, 3);
}

//! Very many of what there is little of in a good file: labels, attributes, entities, ids, layers,
//! columns, sources, documents. What costs the square of their number would not end here.

use super::forms::{FORMS, Form, file};
use super::reading::{Outcome, outcome};
use sourcier_exchange::import::InFile;

const MANY: usize = 5_000;

fn many(item: impl Fn(usize) -> String) -> String {
    // In no order, as numbers that are multiplied have none.
    (0..MANY).map(|idx| item(idx * 7_919 % MANY)).collect()
}

fn form(id: &str) -> Form {
    FORMS.into_iter().find(|form| form.id == id).expect("a form")
}

fn attacked(name: &str, id: &str, junk: &str) -> Outcome {
    let form = form(id);
    let outcome = outcome(name, id, &form.beside_good(form.with(&[("$JUNK", junk)])));
    assert!(outcome.has("GOOD", "Lui"), "{name}: {id}");
    outcome
}

/// Each annotation has a label, an entity and an id of its own.
#[test]
fn labels_and_entities() {
    let json = |before: &str, item: &dyn Fn(usize) -> String, after: &str| {
        format!("{before}{}{after}", many(|idx| item(idx) + ","))
    };
    let rows = |idx: usize| {
        format!("{{\"id\":\"i{idx}\",\"start\":0,\"end\":3,\"label\":\"L{idx}\",\"entity\":\"e{idx}\"}}")
    };
    let cas = |idx: usize| {
        let id = idx + 100;
        format!(
            "{{\"%ID\":{id},\"%TYPE\":\"custom.Span\",\"begin\":0,\"end\":3,\"label\":\"L{idx}\",\"entity\":\"e{idx}\"}}"
        )
    };
    let task = |idx: usize| {
        format!(
            "{{\"id\":\"i{idx}\",\"from_name\":\"label\",\"type\":\"labels\",\"value\":{{\"start\":0,\"end\":3,\"labels\":[\"L{idx}\"]}}}}"
        )
    };
    let web = |idx: usize| {
        format!(
            "{{\"id\":\"i{idx}\",\"type\":\"Annotation\",\"body\":{{\"type\":\"TextualBody\",\"purpose\":\"tagging\",\"value\":\"L{idx}\"}},\"news:entity\":{{\"id\":\"e{idx}\"}},\"target\":{{\"source\":\"x.txt\",\"selector\":{{\"type\":\"TextPositionSelector\",\"start\":0,\"end\":3}}}}}}"
        )
    };
    for (id, junk) in [
        ("prodigy", json("0},", &rows, "{\"x\":0")),
        ("spacy", json("0},", &rows, "{\"x\":0")),
        ("cas-json", json("0},", &cas, "{\"x\":0")),
        ("label-studio", json("0}},", &task, "{\"value\":{\"x\":0")),
        ("w3c", json("{}],\"target\":\"x\"},", &web, "{\"body\":[{}")),
        (
            "xmi",
            many(|idx| {
                format!(
                    "<custom:Span xmi:id=\"{}\" begin=\"0\" end=\"3\" label=\"L{idx}\" entity=\"e{idx}\"/>",
                    idx + 100
                )
            }),
        ),
        ("brat", many(|idx| format!("T1{idx}\tL{idx} 0 3\tLui\nN1{idx}\tReference T1{idx} W:Q{idx}\tx\n"))),
        ("semeval-tsv", many(|idx| format!("12\tL{idx}\t0\t3\n"))),
        ("iob2", many(|idx| format!("x\tB-L{idx}\n"))),
        ("conll2003", many(|idx| format!("x -X- _ B-L{idx}\n"))),
        ("bilou", many(|idx| format!("x\tU-L{idx}\n"))),
        ("webanno-tsv", many(|idx| format!("1-{}\t0-3\tLui\tL{idx}\t_\t_\t_\n", idx + 3))),
    ] {
        let outcome = attacked("labels", id, &junk);
        assert!(outcome.annotations.len() > MANY, "{id}: {}", outcome.annotations.len());
    }
}

/// One annotation has them all; or the document has, where a format says things of documents only.
#[test]
fn attributes_and_fields() {
    let keys = |before: &str| format!("{before}{}\"z\":0}}", many(|idx| format!("\"k{idx}\":\"v\",")));
    for (id, junk) in [
        ("prodigy", format!("0,\"attributes\":{}", keys("{"))),
        ("spacy", format!("0}}],\"fields\":{},\"x\":[{{\"x\":0", keys("{"))),
        ("doccano", format!("0,\"meta\":{}", keys("{"))),
        ("cas-json", many(|idx| format!("0,\"k{idx}\":")) + "0"),
        (
            "label-studio",
            format!(
                "0}},\"x\":{{\"x\":0}}}},{}{{\"value\":{{\"x\":0",
                many(|idx| {
                    format!(
                        "{{\"id\":\"8\",\"from_name\":\"k{idx}\",\"type\":\"textarea\",\"value\":{{\"start\":0,\"end\":3,\"text\":[\"x\"]}}}},"
                    )
                })
            ),
        ),
        (
            "label-studio",
            format!(
                "0}},\"x\":{{\"x\":0}}}},{}{{\"value\":{{\"x\":0",
                many(|idx| {
                    format!(
                        "{{\"from_name\":\"k{idx}\",\"type\":\"textarea\",\"value\":{{\"text\":[\"x\"]}}}},"
                    )
                })
            ),
        ),
        (
            "xmi",
            format!(
                "<custom:Span xmi:id=\"55\" begin=\"0\" end=\"3\"{}/>",
                many(|idx| format!(" k{idx}=\"v\""))
            ),
        ),
        ("brat", many(|idx| format!("A1{idx}\tk{idx} T8 v\n"))),
        (
            "w3c",
            many(|idx| {
                format!("{{\"type\":\"TextualBody\",\"purpose\":\"classifying\",\"value\":\"k{idx}=v\"}},")
            }) + "{}",
        ),
        (
            "w3c",
            many(|_| "{\"type\":\"TextualBody\",\"purpose\":\"commenting\",\"value\":\"v\"},".to_owned())
                + "{}",
        ),
    ] {
        attacked("attributes", id, &junk);
    }
}

/// Each row has a column of its own.
#[test]
fn columns() {
    let rows = many(|idx| format!("{{\"k{idx}\":\"v\"}}\n"));
    let wide: String = (0..1_000).map(|idx| format!("\"k{idx}\":\"\",")).collect();
    let narrow = "{\"k999\":\"v\"}\n".repeat(MANY);
    for rows in [
        rows,
        format!("{{{wide}\"z\":\"\"}}\n{narrow}"),
        format!("{{{wide}\"z\":\"\"}}\n{}", "{}\n".repeat(MANY)),
    ] {
        let text = format!("{{\"text\":\"Lui\"}}\n{rows}");
        let outcome = outcome("columns", "rows", &[file("x.jsonl", text)]);
        assert_eq!(outcome.texts, ["Lui"]);
    }
}

#[test]
fn layers() {
    let layers = many(|idx| format!("#T_SP=custom.L{idx}|label\n"));
    let rows = many(|idx| format!("3-{idx}\t20-23\tx\n"));
    attacked("layers", "webanno-tsv", &format!("{layers}{rows}"));
    let relations = many(|idx| format!("3-{idx}\t20-23\tx\t_\t_\tR\t9-{idx}\n"));
    attacked("relations", "webanno-tsv", &format!("{layers}{relations}"));
}

#[test]
fn packages_and_types() {
    let good = form("xmi");
    let root = many(|idx| format!(" xmlns:p{idx}=\"http:///p{idx}.ecore\""));
    let xmi = format!(
        "<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\"{root}><p1:X xmi:id=\"1\" begin=\"0\" end=\"3\"/></xmi:XMI>"
    );
    let types = many(|idx| {
        format!(
            "<featureDescription><name>f{idx}</name><rangeTypeName>uima.cas.String</rangeTypeName></featureDescription>"
        )
    });
    let types = format!("<typeSystemDescription>{types}</typeSystemDescription>");
    let files = good.beside_good(vec![file("x.xmi", xmi), file("t.xml", types)]);
    assert!(outcome("packages", "xmi", &files).has("GOOD", "Lui"));
}

/// Each annotation is about a text of its own, which is not there; then each about one that is.
#[test]
fn sources() {
    let one = |source: &str| {
        format!(
            "{{\"type\":\"Annotation\",\"body\":{{\"value\":\"X\"}},\"target\":{{\"source\":\"{source}\",\"selector\":{{\"type\":\"TextPositionSelector\",\"start\":0,\"end\":3}}}}}}"
        )
    };
    let all = |source: &dyn Fn(usize) -> String| {
        format!(
            "{{\"@context\":\"http://www.w3.org/ns/anno.jsonld\",\"type\":\"AnnotationPage\",\"items\":[{}{{}}]}}",
            many(|idx| one(&source(idx)) + ",")
        )
    };
    let good = form("w3c");
    for text in [all(&|idx| format!("urn:{idx}")), all(&|idx| format!("t{}.txt", idx % 3_000))] {
        let mut files = good.beside_good(vec![file("x.jsonld", text)]);
        files.extend((0..3_000).map(|idx| file(&format!("t{idx}.txt"), "Oui")));
        let outcome = outcome("sources", "w3c", &files);
        assert!(outcome.has("GOOD", "Lui") && outcome.told > 0);
    }
}

/// As many small files as an archive may hold.
#[test]
fn files() {
    for (id, content) in [("iob2", "Lui\tB-X\n"), ("brat", "T1\tX 0 3\tLui\n"), ("text", "Lui")] {
        let extension = match id {
            "iob2" => "iob2",
            "brat" => "ann",
            _ => "txt",
        };
        let mut files: Vec<InFile> = form(id).beside_good(Vec::new());
        for idx in 0..2_000 {
            files.push(file(&format!("d/{idx}.{extension}"), content));
            if id != "text" {
                files.push(file(&format!("d/{idx}.txt"), "Lui"));
            }
        }
        let outcome = outcome("files", id, &files);
        assert!(outcome.drafts.len() > 2_000, "{id}");
    }
}

use serde_json::{Value, json};

use super::{JSON, XMI};
use crate::draft::Draft;
use crate::formats::recognise;
use crate::import::InFile;
use crate::options::Options;
use crate::problems::{Problem, ProblemKind};
use crate::samples::content::Content;
use crate::samples::mutate::check_mutations;
use crate::samples::{
    SAMPLES, as_input, check_golden, check_round_trip, export_of, opened_draft, read, sample,
};

#[test]
fn golden_files() {
    check_golden("cas-json", &Options::default());
    check_golden("xmi", &Options::default());
}

#[test]
fn what_is_written_comes_back() {
    // The document is called as its file is.
    let untitled = |content: &mut Content| content.fields.retain(|(key, _)| key != "title");
    check_round_trip("cas-json", JSON.carries, untitled);
    check_round_trip("xmi", XMI.carries, untitled);
}

#[test]
fn damaged_files_are_read_or_told() {
    check_mutations("cas-json", 60);
    check_mutations("xmi", 60);
}

#[test]
fn each_format_is_recognised() {
    for format in ["cas-json", "xmi"] {
        let exported = export_of(format, &[&sample("bare")], Options::default());
        assert_eq!(recognise(&as_input(&exported)).map(|reader| reader.id), Some(format));
    }
}

/// As UIMA counts: the covered words at each place are whole, and every structure is a member.
#[test]
fn places_count_utf16_and_all_structures_are_members() {
    for name in SAMPLES {
        let state = sample(name);
        let exported = export_of("cas-json", &[&state], Options::default());
        let cas: Value = serde_json::from_slice(&exported.files[0].bytes).unwrap();
        let structures = cas["%FEATURE_STRUCTURES"].as_array().unwrap();
        let units: Vec<u16> = structures[0]["sofaString"].as_str().unwrap().encode_utf16().collect();
        for structure in structures.iter().filter(|structure| structure.get("begin").is_some()) {
            let place = |key: &str| structure[key].as_u64().unwrap() as usize;
            assert!(String::from_utf16(&units[place("begin")..place("end")]).is_ok());
        }
        let members = cas["%VIEWS"]["_InitialView"]["%MEMBERS"].as_array().unwrap();
        assert_eq!(members.len(), structures.len() - 1);
        let known = cas["%TYPES"].as_object().unwrap();
        let is_known = |kind: &str| known.contains_key(kind) || kind.starts_with("uima.");
        assert!(structures.iter().all(|structure| is_known(structure["%TYPE"].as_str().unwrap())));
    }
}

#[test]
fn a_project_has_one_type_system() {
    let states = SAMPLES.map(sample);
    let options = Options { is_project: true, ..Options::default() };
    let exported = export_of("xmi", &states.each_ref(), options);
    let paths: Vec<&str> = exported.files.iter().map(|file| file.path.as_str()).collect();
    assert_eq!(paths.iter().filter(|path| **path == "TypeSystem.xml").count(), 1);
    let (drafts, problems) = read("xmi", &as_input(&exported));
    assert_eq!((drafts.len(), &problems[..]), (4, &[][..]));
}

const TEXT: &str = "👍 Moscou dit\tnon.\nA";

fn json_file(types: Value, structures: Value) -> InFile {
    let cas = json!({"%TYPES": types, "%FEATURE_STRUCTURES": structures, "%VIEWS": {}});
    InFile { path: "a.json".to_owned(), bytes: cas.to_string().into_bytes() }
}

fn xmi_file(elements: &str) -> InFile {
    let text = "👍 Moscou dit&#9;non.&#10;A";
    let bytes = format!(
        r#"<?xml version="1.0"?><xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore"
        xmlns:ner="http:///de/tudarmstadt/ukp/dkpro/core/api/ner/type.ecore" xmlns:c="http:///webanno/custom.ecore"
        xmlns:tcas="http:///uima/tcas.ecore" xmlns:noNamespace="http:///uima/noNamespace.ecore" xmi:version="2.0">
        <cas:NULL xmi:id="0"/>{elements}<cas:Sofa xmi:id="9" sofaID="_InitialView" sofaString="{text}"/></xmi:XMI>"#
    );
    InFile { path: "a.xmi".to_owned(), bytes: bytes.into_bytes() }
}

fn sofa() -> Value {
    json!({"%ID": 9, "%TYPE": "uima.cas.Sofa", "sofaNum": 1, "sofaID": "_InitialView", "sofaString": TEXT})
}

fn check_foreign((mut drafts, problems): (Vec<Draft>, Vec<Problem>), unsupported_count: usize) {
    assert_eq!((drafts.len(), problems.len()), (1, unsupported_count), "{problems:?}");
    let draft = drafts.remove(0);
    assert_eq!(draft.text, TEXT);
    let (opened, problems) = opened_draft(draft, &sample("empty"));
    assert_eq!(problems, []);
    let state = &opened.state;
    let found: Vec<(&str, &str)> = state
        .annotations
        .iter()
        .map(|annotation| (annotation.label.as_str(), state.document.slice(annotation.target.envelope())))
        .collect();
    assert_eq!(found, [("CLAIM", "Moscou dit"), ("LOC", "Moscou"), ("CLAIM", "non")]);
    let relation = state.relations.iter().next().unwrap();
    assert_eq!((state.relations.len(), relation.kind.as_str()), (1, "because"));
    let entity = state.entities.values().next().unwrap();
    assert_eq!((state.entities.len(), &*entity.identifier), (1, "http://www.wikidata.org/entity/Q649"));
}

const NER: &str = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";
const QID: &str = "http://www.wikidata.org/entity/Q649";

#[test]
fn files_of_inception_are_read() {
    let structures = json!([
        {"%ID": 1, "%TYPE": NER, "@sofa": 9, "begin": 3, "end": 9, "value": "LOC", "identifier": QID},
        {"%ID": 2, "%TYPE": "webanno.custom.Claim", "@sofa": 9, "begin": 3, "end": 13, "kind": "x", "@Roles": [7]},
        {"%ID": 3, "%TYPE": "webanno.custom.Claim", "@sofa": 9, "begin": 14, "end": 17},
        {"%ID": 4, "%TYPE": "webanno.custom.Link", "@sofa": 9, "begin": 14, "end": 17, "label": "because",
         "@Governor": 2, "@Dependent": 3},
        {"%ID": 5, "%TYPE": "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type.Token", "@sofa": 9, "begin": 0, "end": 2},
        {"%ID": 6, "%TYPE": "de.tudarmstadt.ukp.dkpro.core.api.metadata.type.DocumentMetaData", "@sofa": 9,
         "begin": 0, "end": 20, "documentTitle": "t"},
        {"%ID": 7, "%TYPE": "webanno.custom.ClaimRoleLink", "role": "x", "@target": 3},
        sofa()
    ]);
    check_foreign(read("cas-json", &[json_file(json!({}), structures.clone())]), 2);
    // The same by id, as older writers have it.
    let by_id: serde_json::Map<String, Value> = structures
        .as_array()
        .unwrap()
        .iter()
        .map(|structure| (structure["%ID"].to_string(), structure.clone()))
        .collect();
    check_foreign(read("cas-json", &[json_file(json!({}), by_id.into())]), 2);
    let elements = format!(
        r#"<ner:NamedEntity xmi:id="1" sofa="9" begin="3" end="9" value="LOC" identifier="{QID}"/>
        <c:Claim xmi:id="2" sofa="9" begin="3" end="13" kind="x"/><c:Claim xmi:id="3" sofa="9" begin="14" end="17"/>
        <c:Link xmi:id="4" sofa="9" begin="14" end="17" label="because" Governor="2" Dependent="3"/>
        <c:Role xmi:id="7" role="x"><values>a</values></c:Role>"#
    );
    check_foreign(read("xmi", &[xmi_file(&elements)]), 1);
}

#[test]
fn chains_are_entities() {
    let structures = json!([
        sofa(),
        {"%ID": 1, "%TYPE": "webanno.custom.CoreferenceChain", "@first": 2},
        {"%ID": 2, "%TYPE": "webanno.custom.CoreferenceLink", "@sofa": 9, "begin": 3, "end": 9, "@next": 3},
        {"%ID": 3, "%TYPE": "webanno.custom.CoreferenceLink", "@sofa": 9, "begin": 14, "end": 17},
    ]);
    let (mut drafts, problems) = read("cas-json", &[json_file(json!({}), structures)]);
    assert_eq!(problems, []);
    let (opened, _) = opened_draft(drafts.remove(0), &sample("empty"));
    assert_eq!((opened.state.entities.len(), opened.state.annotations.len()), (1, 2));
}

#[test]
fn hostile_files_are_told() {
    let span = |begin: Value, end: Value| json!([sofa(), {"%ID": 1, "%TYPE": "x.Y", "@sofa": 9, "begin": begin, "end": end}]);
    for (begin, end) in [
        (json!(-1), json!(3)),
        (json!(5), json!(2)),
        (json!(1), json!(3)),
        (json!(3), json!(3)),
        (json!("3"), json!(4)),
        (json!(3.5), json!(4)),
        (json!(0), json!(u64::MAX)),
        (json!(0), Value::Null),
    ] {
        let (mut drafts, _) = read("cas-json", &[json_file(json!({}), span(begin.clone(), end.clone()))]);
        let (opened, problems) = opened_draft(drafts.remove(0), &sample("empty"));
        assert_eq!(
            (opened.state.annotations.len(), problems[0].kind),
            (0, ProblemKind::BadOffsets),
            "{begin} {end}"
        );
    }
    let double = json!([sofa(),
        {"%ID": 1, "%TYPE": "x.Y", "begin": 0, "end": 2}, {"%ID": 1, "%TYPE": "x.Y", "begin": 3, "end": 9},
        {"%ID": 2, "%TYPE": "x.R", "begin": 3, "end": 9, "@Governor": 1, "@Dependent": 77}, {"%ID": 4}, 7]);
    let (mut drafts, problems) = read("cas-json", &[json_file(json!([]), double)]);
    assert_eq!(problems.iter().map(|problem| problem.kind).collect::<Vec<_>>(), [ProblemKind::Malformed]);
    let (opened, problems) = opened_draft(drafts.remove(0), &sample("empty"));
    assert_eq!(opened.state.annotations.len(), 1);
    let kinds: Vec<ProblemKind> = problems.iter().map(|problem| problem.kind).collect();
    assert_eq!(kinds, [ProblemKind::DuplicateId, ProblemKind::DanglingId]);
    for (bytes, kind) in [
        (&b"{\"%TYPES\": {}"[..], ProblemKind::Malformed),
        (b"{\"%TYPES\": {}}", ProblemKind::Missing),
        (b"{\"%TYPES\": {}, \"%FEATURE_STRUCTURES\": []}", ProblemKind::Missing),
        (b"{\"%TYPES\": \"\xFF\"}", ProblemKind::BadEncoding),
    ] {
        let file = InFile { path: "a.json".to_owned(), bytes: bytes.to_vec() };
        assert_eq!(read("cas-json", &[file]).1[0].kind, kind);
    }
    for text in [
        "<x xmlns='http://www.omg.org/XMI'>".to_owned() + &"<a>".repeat(100_000),
        "<!DOCTYPE x [<!ENTITY a \"http://www.omg.org/XMI\"><!ENTITY b \"&a;&a;\">]><x y='&b;'/>".to_owned(),
        "<x xmlns='http://www.omg.org/XMI'".to_owned(),
    ] {
        let file = InFile { path: "a.xmi".to_owned(), bytes: text.into_bytes() };
        let (drafts, problems) = read("xmi", &[file]);
        assert!(drafts.is_empty() && !problems.is_empty());
    }
}

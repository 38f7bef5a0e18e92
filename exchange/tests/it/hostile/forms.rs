//! A small good file for each reader, with holes that attacks are put into.
//!
//! Each has a document that no attack touches, with the label `GOOD` on “Lui”; and one with holes, in
//! which `ALSO` on “Lui” stands beside the attacked annotation `$LABEL` on “oui”.

use sourcier_exchange::import::InFile;

/// How a text is written in a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Syntax {
    Json,
    Xml,
    /// As it is.
    Plain,
    /// Cells in quotes.
    Csv,
}

#[derive(Clone, Copy)]
pub struct Form {
    pub id: &'static str,
    pub syntax: Syntax,
    /// The files with holes, each with its path.
    pub files: &'static [(&'static str, &'static str)],
    pub good: &'static [(&'static str, &'static str)],
    /// Whether places count UTF-16 units, as UIMA has it.
    pub is_utf16: bool,
}

/// What stands in the holes of a good file: of texts as they are, of all others as they are written.
const TEXTS: [(&str, &str); 10] = [
    ("$TEXT", "Lui, 👍 oui.\nFin"),
    ("$LABEL", "BAD"),
    ("$ID", "7"),
    ("$NOTE", "une note"),
    ("$NAME", "Aïcha"),
    ("$KIND", "REL"),
    ("$FROM", "7"),
    ("$TO", "8"),
    ("$KEY", "degree"),
    ("$TITLE", "Un titre"),
];
const WRITTEN: [(&str, &str); 2] = [("$PROLOG", ""), ("$JUNK", "")];
/// “oui”, in code points and in UTF-16 units.
const PLACE: (&str, &str) = ("7", "10");
const PLACE_UTF16: (&str, &str) = ("8", "11");

impl Form {
    /// The files with these in their holes. Texts are escaped, all else stands as it is.
    pub fn with(&self, filled: &[(&str, &str)]) -> Vec<InFile> {
        let (start, end) = if self.is_utf16 { PLACE_UTF16 } else { PLACE };
        let junk = if self.syntax == Syntax::Json { "null" } else { "" };
        let fill = |content: &str| {
            // From a hole to the next one, so that nothing is put into what was put in.
            let mut out = String::new();
            let mut rest = content;
            while let Some(at) = rest.find('$') {
                out.push_str(&rest[..at]);
                rest = &rest[at..];
                let len = 1 + rest[1..].find(|it: char| !it.is_ascii_uppercase()).unwrap_or(rest.len() - 1);
                let (hole, after) = rest.split_at(len);
                let given = filled.iter().find(|(name, _)| *name == hole).map(|(_, value)| *value);
                let text = TEXTS.iter().find(|(name, _)| *name == hole);
                match (text, hole) {
                    (Some((_, text)), _) => self.escape(given.unwrap_or(text), &mut out),
                    (None, "$START") => out.push_str(given.unwrap_or(start)),
                    (None, "$END") => out.push_str(given.unwrap_or(end)),
                    (None, "$JUNK") => out.push_str(given.unwrap_or(junk)),
                    (None, _) => {
                        let written = WRITTEN.iter().find(|(name, _)| *name == hole);
                        out.push_str(given.or(written.map(|(_, written)| *written)).unwrap_or(hole));
                    }
                }
                rest = after;
            }
            out.push_str(rest);
            out
        };
        self.files.iter().map(|(path, content)| file(path, fill(content))).collect()
    }

    /// The good documents, and these files.
    pub fn beside_good(&self, files: Vec<InFile>) -> Vec<InFile> {
        let good = self.good.iter().map(|(path, content)| file(path, *content));
        good.chain(files).collect()
    }

    pub fn has(&self, hole: &str) -> bool {
        self.files.iter().any(|(_, content)| content.contains(hole))
    }

    fn escape(&self, text: &str, out: &mut String) {
        match self.syntax {
            Syntax::Plain => out.push_str(text),
            Syntax::Csv => out.push_str(&text.replace('"', "\"\"")),
            Syntax::Json => {
                let json = serde_json::to_string(text).expect("a text");
                out.push_str(&json[1..json.len() - 1]);
            }
            Syntax::Xml => {
                for character in text.chars() {
                    match character {
                        '<' | '>' | '&' | '"' | '\'' | '\n' | '\r' | '\t' => {
                            out.push_str(&format!("&#{};", u32::from(character)));
                        }
                        other => out.push(other),
                    }
                }
            }
        }
    }
}

pub fn file(path: &str, bytes: impl Into<Vec<u8>>) -> InFile {
    InFile { path: path.to_owned(), bytes: bytes.into() }
}

pub const FORMS: [Form; 21] = [
    W3C,
    CAS_JSON,
    XMI,
    WEBANNO,
    LABEL_STUDIO,
    BRAT,
    CONLL2003,
    IOB2,
    BILOU,
    PRODIGY,
    DOCCANO_RELATIONS,
    DOCCANO,
    SPACY,
    SEMEVAL,
    PAGE,
    PAGE_WHOLE,
    DOCX,
    TEXT,
    CSV,
    TSV,
    ROWS,
];

/// The tables that are no JSON.
pub const CSV_FORMS: [Form; 2] = [CSV, TSV];

const JSON: Form = Form { id: "", syntax: Syntax::Json, files: &[], good: &[], is_utf16: false };
const PLAIN: Form = Form { syntax: Syntax::Plain, ..JSON };

const W3C: Form = Form {
    id: "w3c",
    files: &[
        (
            "x.jsonld",
            r#"{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationPage","items":[
{"id":"8","type":"Annotation","body":{"type":"TextualBody","purpose":"tagging","value":"ALSO"},"target":{"source":"x.txt","selector":{"type":"TextPositionSelector","start":0,"end":3}}},
{"id":"$ID","type":"Annotation","body":[{"type":"TextualBody","purpose":"tagging","value":"$LABEL"},{"type":"TextualBody","purpose":"commenting","value":"$NOTE"},$JUNK],"target":{"source":"x.txt","selector":{"type":"TextPositionSelector","start":$START,"end":$END}}},
{"type":"Annotation","motivation":"linking","body":[{"type":"TextualBody","purpose":"tagging","value":"$KIND"},{"type":"SpecificResource","purpose":"linking","source":"$TO"}],"target":"$FROM"}]}"#,
        ),
        ("x.txt", "Lui, 👍 oui.\nFin"),
    ],
    good: &[
        (
            "good.jsonld",
            r#"{"@context":"http://www.w3.org/ns/anno.jsonld","type":"Annotation","body":{"type":"TextualBody","purpose":"tagging","value":"GOOD"},"target":{"source":"good.txt","selector":{"type":"TextPositionSelector","start":0,"end":3}}}"#,
        ),
        ("good.txt", "Lui"),
    ],
    ..JSON
};

const CAS_JSON: Form = Form {
    id: "cas-json",
    files: &[(
        "x.json",
        r#"{"%TYPES":{},"%FEATURE_STRUCTURES":[
{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaID":"_InitialView","sofaString":"$TEXT"},
{"%ID":8,"%TYPE":"custom.Span","@sofa":1,"begin":0,"end":3,"label":"ALSO"},
{"%ID":$ID,"%TYPE":"custom.Span","@sofa":1,"begin":$START,"end":$END,"label":"$LABEL","note":"$NOTE","entity":"e","entity_name":"$NAME","$KEY":"x","junk":$JUNK},
{"%ID":9,"%TYPE":"custom.Rel","@sofa":1,"begin":0,"end":3,"label":"$KIND","@Governor":$FROM,"@Dependent":$TO}]}"#,
    )],
    good: &[(
        "good.json",
        r#"{"%TYPES":{},"%FEATURE_STRUCTURES":[{"%ID":1,"%TYPE":"uima.cas.Sofa","sofaID":"_InitialView","sofaString":"Lui"},{"%ID":2,"%TYPE":"custom.Span","@sofa":1,"begin":0,"end":3,"label":"GOOD"}]}"#,
    )],
    is_utf16: true,
    ..JSON
};

const XMI: Form = Form {
    id: "xmi",
    syntax: Syntax::Xml,
    files: &[(
        "x.xmi",
        r#"<?xml version="1.0"?>$PROLOG<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///custom.ecore" xmi:version="2.0">
<cas:Sofa xmi:id="1" sofaID="_InitialView" sofaString="$TEXT"/>
<custom:Span xmi:id="8" sofa="1" begin="0" end="3" label="ALSO"/>
<custom:Span xmi:id="$ID" sofa="1" begin="$START" end="$END" label="$LABEL" note="$NOTE" entity="e" entity_name="$NAME"/>
<custom:Rel xmi:id="9" sofa="1" begin="0" end="3" label="$KIND" Governor="$FROM" Dependent="$TO"/>
$JUNK</xmi:XMI>"#,
    )],
    good: &[(
        "good.xmi",
        r#"<xmi:XMI xmlns:xmi="http://www.omg.org/XMI" xmlns:cas="http:///uima/cas.ecore" xmlns:custom="http:///custom.ecore"><cas:Sofa xmi:id="1" sofaID="_InitialView" sofaString="Lui"/><custom:Span xmi:id="2" sofa="1" begin="0" end="3" label="GOOD"/></xmi:XMI>"#,
    )],
    is_utf16: true,
};

const WEBANNO: Form = Form {
    id: "webanno-tsv",
    files: &[(
        "x.tsv",
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label|note\n#T_RL=custom.Rel|label|BT_custom.Span\n\n\n#Text=Lui, 👍 oui.\n1-1\t0-3\tLui\tALSO[8]\t_[8]\t_\t_\n1-2\t$START-$END\toui\t$LABEL[$ID]\t$NOTE[$ID]\t$KIND\t1-1[$TO_$FROM]\n$JUNK\n\n#Text=Fin\n2-1\t13-16\tFin\t_\t_\t_\t_\n",
    )],
    good: &[(
        "good.tsv",
        "#FORMAT=WebAnno TSV 3.3\n#T_SP=custom.Span|label\n\n\n#Text=Lui\n1-1\t0-3\tLui\tGOOD\n",
    )],
    is_utf16: true,
    ..PLAIN
};

const LABEL_STUDIO: Form = Form {
    id: "label-studio",
    files: &[(
        "x.json",
        r#"[{"data":{"text":"$TEXT"},"meta":{"fields":{"headline":"$TITLE"}},"annotations":[{"result":[
{"id":"8","from_name":"label","to_name":"text","type":"labels","value":{"start":0,"end":3,"labels":["ALSO"]}},
{"id":"$ID","from_name":"label","to_name":"text","type":"labels","value":{"start":$START,"end":$END,"labels":["$LABEL"],"junk":$JUNK},"meta":{"text":["$NOTE"]}},
{"id":"$ID","from_name":"$KEY","to_name":"text","type":"textarea","value":{"start":$START,"end":$END,"text":["$NAME"]}},
{"type":"relation","from_id":"$FROM","to_id":"$TO","labels":["$KIND"]}]}]}]"#,
    )],
    good: &[(
        "good.json",
        r#"[{"data":{"text":"Lui"},"annotations":[{"result":[{"id":"1","from_name":"label","to_name":"text","type":"labels","value":{"start":0,"end":3,"labels":["GOOD"]}}]}]}]"#,
    )],
    ..JSON
};

const BRAT: Form = Form {
    id: "brat",
    files: &[
        (
            "x.ann",
            "T8\tALSO 0 3\tLui\nT$ID\t$LABEL $START $END\toui\n#1\tAnnotatorNotes T$ID\t$NOTE\nA1\t$KEY T$ID x\nN1\tReference T$ID W:Q1\t$NAME\nR1\t$KIND Arg1:T$FROM Arg2:T$TO\n$JUNK\n",
        ),
        ("x.txt", "$TEXT"),
    ],
    good: &[("good.ann", "T1\tGOOD 0 3\tLui\n"), ("good.txt", "Lui")],
    ..PLAIN
};

const CONLL2003: Form = Form {
    id: "conll2003",
    files: &[(
        "x.conll",
        "-DOCSTART- -X- -X- O\n\nLui -X- _ B-ALSO\n, -X- _ O\noui -X- _ B-$LABEL\n$JUNK\n\nFin -X- _ O\n",
    )],
    good: &[("good.conll", "Lui -X- _ B-GOOD\n")],
    ..PLAIN
};
const IOB2: Form = Form {
    id: "iob2",
    files: &[("x.iob2", "Lui\tB-ALSO\n,\tO\noui\tB-$LABEL\n$JUNK\n\nFin\tO\n")],
    good: &[("good.iob2", "Lui\tB-GOOD\n")],
    ..PLAIN
};
const BILOU: Form = Form {
    id: "bilou",
    files: &[("x.bilou", "Lui\tU-ALSO\n,\tO\noui\tU-$LABEL\n$JUNK\n\nFin\tO\n")],
    good: &[("good.bilou", "Lui\tU-GOOD\n")],
    ..PLAIN
};

const PRODIGY: Form = Form {
    id: "prodigy",
    files: &[(
        "x.jsonl",
        r#"{"text":"Lui","spans":[{"start":0,"end":3,"label":"GOOD"}],"_view_id":"relations"}
{"text":"$TEXT","spans":[{"id":"8","start":0,"end":3,"label":"ALSO"},{"id":"$ID","start":$START,"end":$END,"label":"$LABEL","note":"$NOTE","attributes":{"$KEY":"x"},"junk":$JUNK}],"relations":[{"label":"$KIND","from":"$FROM","to":"$TO"}],"_view_id":"relations","meta":{"document":"$TITLE"}}"#,
    )],
    ..JSON
};
const SPACY: Form = Form {
    id: "spacy",
    files: &[(
        "x.jsonl",
        r#"{"text":"Lui","entities":[[0,3,"GOOD"]],"spans_key":"sc"}
{"text":"$TEXT","entities":[[0,3,"ALSO"]],"spans":[{"id":"8","start":0,"end":3,"label":"ALSO"},{"id":"$ID","start":$START,"end":$END,"label":"$LABEL","note":"$NOTE","attributes":{"$KEY":"x"},"entity":"e","junk":$JUNK}],"relations":[{"type":"$KIND","from":"$FROM","to":"$TO"}],"clusters":[{"id":"e","name":"$NAME"}],"spans_key":"sc","meta":{"document":"$TITLE"}}"#,
    )],
    ..JSON
};
const DOCCANO: Form = Form {
    id: "doccano",
    files: &[(
        "x.jsonl",
        r#"{"text":"Lui","label":[[0,3,"GOOD"]]}
{"text":"$TEXT","label":[[0,3,"ALSO"],[$START,$END,"$LABEL"]],"fields":{"headline":"$TITLE"},"junk":$JUNK}"#,
    )],
    ..JSON
};
const DOCCANO_RELATIONS: Form = Form {
    id: "doccano-relations",
    files: &[(
        "x.jsonl",
        r#"{"text":"Lui","entities":[{"id":1,"start_offset":0,"end_offset":3,"label":"GOOD"}],"relations":[]}
{"text":"$TEXT","entities":[{"id":8,"start_offset":0,"end_offset":3,"label":"ALSO"},{"id":$ID,"start_offset":$START,"end_offset":$END,"label":"$LABEL"}],"relations":[{"id":2,"from_id":$FROM,"to_id":$TO,"type":"$KIND"}],"document":"$TITLE","junk":$JUNK}"#,
    )],
    ..JSON
};

const SEMEVAL: Form = Form {
    id: "semeval-tsv",
    files: &[
        ("x.labels.tsv", "12\tALSO\t0\t3\n12\t$LABEL\t$START\t$END\n$JUNK\n"),
        ("article12.txt", "$TEXT"),
    ],
    good: &[("good.labels.tsv", "7\tGOOD\t0\t3\n"), ("article7.txt", "Lui")],
    ..PLAIN
};

const PAGE: Form = Form {
    id: "page",
    files: &[(
        "x.html",
        r#"{"sourcierPage":"article","title":"$TITLE","whole":["$TEXT"],"article":{"content":[["p"],"$TEXT",["/p"]],"byline":"$NAME"},"junk":$JUNK}"#,
    )],
    good: &[("good.html", r#"{"sourcierPage":"article","article":{"content":[["p"],"Lui",["/p"]]}}"#)],
    ..JSON
};
const PAGE_WHOLE: Form = Form {
    id: "page-whole",
    files: &[(
        "x.html",
        r#"{"sourcierPage":"","title":"$TITLE","whole":[["p"],"$TEXT",["/p"]],"junk":$JUNK}"#,
    )],
    good: &[("good.html", r#"{"sourcierPage":"","whole":["Lui"]}"#)],
    ..JSON
};

const DOCX: Form = Form {
    id: "docx",
    syntax: Syntax::Xml,
    files: &[(
        "x.docx",
        r#"<?xml version="1.0"?>$PROLOG<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>$TEXT</w:t></w:r></w:p>$JUNK</w:body></w:document>"#,
    )],
    good: &[(
        "good.docx",
        r#"<w:document><w:body><w:p><w:r><w:t>Lui</w:t></w:r></w:p></w:body></w:document>"#,
    )],
    ..JSON
};

const TEXT: Form =
    Form { id: "text", files: &[("x.txt", "$TEXT$JUNK")], good: &[("good.txt", "Lui")], ..PLAIN };

const CSV: Form = Form {
    id: "rows",
    syntax: Syntax::Csv,
    files: &[("x.csv", "id,title,text\n1,Bon,Lui\n2,\"$TITLE\",\"$TEXT\"\n$JUNK")],
    ..JSON
};
const TSV: Form = Form {
    id: "rows",
    syntax: Syntax::Csv,
    files: &[("x.tsv", "id\ttitle\ttext\n1\tBon\tLui\n2\t\"$TITLE\"\t\"$TEXT\"\n$JUNK")],
    ..JSON
};
const ROWS: Form = Form {
    id: "rows",
    files: &[(
        "x.jsonl",
        "{\"title\":\"Bon\",\"text\":\"Lui\"}\n{\"title\":\"$TITLE\",\"text\":\"$TEXT\",\"junk\":$JUNK}\n",
    )],
    ..JSON
};

mod tests {
    use super::*;
    use crate::hostile::reading::outcome;

    #[test]
    fn every_reader_has_a_form_and_reads_it() {
        for reader in sourcier_exchange::formats::READERS {
            assert!(FORMS.iter().any(|form| form.id == reader.id), "{}", reader.id);
        }
        for form in FORMS {
            let outcome = outcome("good", form.id, &form.beside_good(form.with(&[])));
            assert_eq!((outcome.format.as_str(), outcome.told), (form.id, 0), "{outcome:?}");
            assert!(outcome.texts.iter().any(|text| text == "Lui" || text == "Lui\n"), "{outcome:?}");
            if form.has("$LABEL") {
                let all = [("GOOD", "Lui"), ("ALSO", "Lui"), ("BAD", "oui")];
                assert!(all.iter().all(|(label, words)| outcome.has(label, words)), "{outcome:?}");
            }
            if form.has("$KIND") {
                assert_eq!(outcome.relation_count, 1, "{outcome:?}");
            }
        }
    }
}

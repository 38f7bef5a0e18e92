//! The table of all formats, for the dialogs: what the page must know without the worker that
//! writes and reads them (the package `exchange`). Its tests hold the two together.

/// What a format is for; the dialog groups by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum FormatUse {
    /// Keeping and handing on the work.
    Keep,
    /// Training and measuring models.
    Train,
    /// Going on in another annotator.
    Annotate,
    /// Publishing, reading, counting.
    Publish,
}

/// The unit in which a format counts places in the text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatUnit {
    CodePoints,
    Utf16,
    /// Places are those of tokens.
    Tokens,
    /// The format has no places.
    None,
}

/// What is known of a format without exporting anything.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FormatInfo {
    /// The id that exports and the scripting interface take.
    pub id: &'static str,
    /// A name of its own, the same in all languages.
    pub name: &'static str,
    pub used_to: FormatUse,
    pub unit: FormatUnit,
    /// Whether the program reads the format too.
    pub is_read: bool,
    /// What a person may choose at an export, beside which documents.
    pub choices: &'static [FormatChoice],
}

/// Something to choose at an export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FormatChoice {
    /// How much of the text goes into the native file.
    Content,
    /// One group of labels, where a format has one layer.
    Labels,
    /// Places without the words of the article.
    PositionsOnly,
    /// No cell of a table is read as a formula.
    Formulas,
    /// Reviewer, address and verdicts.
    Review,
}

/// The formats in the order of the export dialog.
pub const FORMATS: [FormatInfo; 24] = {
    use FormatChoice::*;
    use FormatUnit::*;
    use FormatUse::*;
    [
        read(format("json", "Sourcier JSON", Keep, CodePoints, &[Content])),
        read(format("jsonl", "Sourcier JSONL", Keep, CodePoints, &[])),
        read(format("spacy", "spaCy JSONL", Train, CodePoints, &[])),
        read(format("prodigy", "Prodigy JSONL", Train, CodePoints, &[])),
        format("hf-spans", "Hugging Face, spans", Train, CodePoints, &[]),
        format("hf-tokens", "Hugging Face, tokens", Train, Tokens, &[Labels]),
        read(format("conll2003", "CoNLL-2003", Train, Tokens, &[Labels])),
        read(format("iob2", "IOB2", Train, Tokens, &[Labels])),
        read(format("bilou", "BILOU", Train, Tokens, &[Labels])),
        read(format("semeval-tsv", "SemEval TSV", Train, CodePoints, &[])),
        read(format("brat", "brat standoff", Annotate, CodePoints, &[])),
        read(format("doccano", "doccano JSONL", Annotate, CodePoints, &[])),
        read(format("doccano-relations", "doccano JSONL, relations", Annotate, CodePoints, &[])),
        read(format("label-studio", "Label Studio JSON", Annotate, CodePoints, &[])),
        read(format("cas-json", "UIMA CAS JSON 0.4", Annotate, Utf16, &[])),
        read(format("xmi", "UIMA CAS XMI", Annotate, Utf16, &[])),
        read(format("webanno-tsv", "WebAnno TSV 3.3", Annotate, Utf16, &[])),
        read(format("w3c", "W3C Web Annotation", Publish, CodePoints, &[PositionsOnly])),
        format("claims", "schema.org Claim", Publish, None, &[]),
        format("claimreview", "schema.org ClaimReview", Publish, None, &[Review]),
        format("tei", "TEI P5", Publish, CodePoints, &[]),
        format("html", "HTML", Publish, None, &[]),
        format("csv", "CSV", Publish, CodePoints, &[Formulas]),
        format("tsv", "TSV", Publish, CodePoints, &[Formulas]),
    ]
};

const fn format(
    id: &'static str,
    name: &'static str,
    used_to: FormatUse,
    unit: FormatUnit,
    choices: &'static [FormatChoice],
) -> FormatInfo {
    FormatInfo { id, name, used_to, unit, is_read: false, choices }
}

/// The same, for a format that is read too.
const fn read(format: FormatInfo) -> FormatInfo {
    FormatInfo { is_read: true, ..format }
}

/// The id of native files on the lines of one file.
pub const NATIVE_LINES: &str = "jsonl";

/// The format with this id.
pub fn format_info(id: &str) -> Option<&'static FormatInfo> {
    FORMATS.iter().find(|format| format.id == id)
}

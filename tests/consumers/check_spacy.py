"""spaCy's JSON Lines, by spaCy: its tokens, `Doc.ents`, `Doc.spans`, DocBin and `Example`.

Prodigy is commercial and cannot be installed. Its tasks are checked by its documented rules, and by
making of the tokens the `Doc` that Prodigy makes of them.
"""

import json
import re
from collections import Counter
from contextlib import chdir, redirect_stdout
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from harness import expect, package, reads, the_file
from sample import TESTS_DATA, Annotation, Sample

# What spaCy's French tokens do not fit: they do not cut Chinese words, nor after U+FEFF, which this
# text has in front of its first word.
_MISFITS = {"linked": {"a0", "a3", "a4", "a5", "a6"}}


def _row(folder: Path) -> dict:
    lines = the_file(folder, ".jsonl").read_bytes().decode("utf-8").split("\n")
    assert len(lines) == 2 and not lines[1], "one line for the document"
    return json.loads(lines[0])


@reads("spacy", by=package("spacy"))
def spacy_docs(sample: Sample, folder: Path) -> None:
    import spacy
    from spacy.training import Example

    row, written = _row(folder), sample.trimmed()
    expect("text", row["text"], sample.text)
    expect(
        "entities", Counter((label, start, end) for start, end, label in row["entities"]), sample.flat_layer()
    )
    expect(
        "spans",
        {span["id"]: _read(span) for span in row["spans"]},
        {it.id: _expected(it) for it in written.annotations},
    )
    words = {span["id"]: span["text"] for span in row["spans"]}
    expect("words", words, {it.id: written.words(it) for it in written.annotations})
    found = Counter((it["type"], it["from"], it["to"]) for it in row["relations"])
    expect("relations", found, Counter((it.type, it.source, it.target) for it in written.relations))
    clusters = {it["id"]: (it["label"], it["name"], it["kb_id"]) for it in row["clusters"]}
    entities = written.entities.values()
    expect(
        "clusters",
        clusters,
        {it["id"]: (it["label"], it["name"], it.get("identifier", "")) for it in entities},
    )

    nlp = spacy.blank("fr")
    doc = nlp.make_doc(row["text"])
    misfits = {span["id"] for span in row["spans"] if doc.char_span(span["start"], span["end"]) is None}
    expect("spans that do not fit spaCy's tokens", misfits, _MISFITS.get(sample.name, set()))
    fitting = [(start, end, label) for start, end, label in row["entities"] if doc.char_span(start, end)]
    # Where an entity does not fit this warns, and the runner makes errors of warnings.
    example = Example.from_dict(doc, {"entities": fitting})
    found = Counter((it.label_, it.start_char, it.end_char) for it in example.reference.ents)
    expect("entities of an example", found, Counter((label, start, end) for start, end, label in fitting))


@reads("spacy", by=f"the recipe in spacy.md, {package('spacy')}")
def recipe(sample: Sample, folder: Path) -> None:
    """Runs what the documentation says, and reads the training data that it makes."""
    import spacy
    from spacy.tokens import DocBin

    page = (TESTS_DATA.parent.parent / "docs" / "formats" / "spacy.md").read_text(encoding="utf-8")
    code = re.search(r"```python\n(.*?)```", page, re.DOTALL)[1]
    with TemporaryDirectory() as directory, chdir(directory), redirect_stdout(StringIO()):
        Path("x.jsonl").write_bytes(the_file(folder, ".jsonl").read_bytes())
        exec(compile(code, "spacy.md", "exec"), {})
        [doc] = DocBin().from_disk("train.spacy").get_docs(spacy.blank("fr").vocab)
    expect("text", doc.text, sample.text)
    written, misfits = sample.trimmed(), _MISFITS.get(sample.name, set())
    fitting = written.with_only([it for it in written.annotations if it.id not in misfits])
    found = Counter((span.label_, span.start_char, span.end_char) for span in doc.spans["sc"])
    expect("spans", found, fitting.labelled_places())
    entities = Counter((span.label_, span.start_char, span.end_char) for span in doc.ents)
    expect("entities", entities, fitting.flat_layer())


def _read(span: dict) -> tuple:
    fragments = tuple(map(tuple, span.get("fragments", [[span["start"], span["end"]]])))
    place = span["start"], span["end"]
    other = (span.get(key) for key in ("note", "certainty", "entity"))
    return span["label"], place, fragments, span.get("attributes", {}), *other


def _expected(annotation: Annotation) -> tuple:
    certainty = "unsure" if annotation.is_unsure else None
    other = annotation.note, certainty, annotation.entity
    return annotation.label, annotation.place, annotation.fragments, annotation.attributes, *other


@reads("prodigy", by=f"documented rules, {package('spacy')}")
def prodigy_task(sample: Sample, folder: Path) -> None:
    import spacy
    from spacy.tokens import Doc

    row, written = _row(folder), sample.trimmed().with_same_as()
    tokens = row["tokens"]
    expect("ids of tokens", [token["id"] for token in tokens], list(range(len(tokens))))
    words, blanks = [token["text"] for token in tokens], [token["ws"] for token in tokens]
    doc = Doc(spacy.blank("fr").vocab, words=words, spaces=blanks)
    expect("text", (row["text"], doc.text), (sample.text, sample.text))
    expect(
        "places of tokens",
        [(it["start"], it["end"]) for it in tokens],
        [(it.idx, it.idx + len(it)) for it in doc],
    )

    def place(span: dict) -> tuple:
        """By tokens, of which Prodigy counts the last in."""
        there = doc[span["token_start"] : span["token_end"] + 1]
        expect("place by tokens", (there.start_char, there.end_char), (span["start"], span["end"]))
        return span["label"], span["start"], span["end"]

    expect("spans", Counter(map(place, row["spans"])), written.labelled_places())
    values = {span["id"]: (span.get("attributes", {}), span.get("note")) for span in row["spans"]}
    expect("attributes and notes", values, {it.id: (it.attributes, it.note) for it in written.annotations})
    relations = row.get("relations", [])
    found = Counter((it["label"], *place(it["head_span"]), *place(it["child_span"])) for it in relations)
    expect("relations", found, written.related_places())
    for it in relations:
        ends = it["head_span"]["token_end"], it["child_span"]["token_end"]
        expect("relation between last tokens", (it["head"], it["child"]), ends)
    expect("view", row["_view_id"], "relations" if written.relations else "spans_manual")
    expect("answer", row["answer"], "accept")
    # Prodigy makes these itself, and drops tasks whose hashes it knows.
    expect("hashes", {"_input_hash", "_task_hash"} & set(row), set())

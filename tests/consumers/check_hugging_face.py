"""Data sets for Hugging Face, by `datasets` from a folder as it would be on the Hub, and as Parquet."""

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from harness import NothingToReadError, expect, package, reads
from sample import Annotation, Sample
from tagging import check_tags

# Before `datasets` is imported: nothing is asked of the Hub.
os.environ |= {"HF_HUB_OFFLINE": "1", "HF_DATASETS_OFFLINE": "1", "HF_DATASETS_DISABLE_PROGRESS_BARS": "1"}

_CONSUMER = f"{package('datasets')}, {package('pyarrow')}"


def _rows(folder: Path, work: Path) -> tuple[list[dict], object]:
    """The rows and features of the train split, which must be the same after Parquet."""
    import datasets
    import pyarrow.parquet

    datasets.disable_progress_bars()
    shutil.copytree(folder, work / "set", ignore=shutil.ignore_patterns("losses.txt"))
    train = datasets.load_dataset(str(work / "set"), cache_dir=str(work / "cache"))["train"]
    train.to_parquet(work / "train.parquet")
    expect(
        "rows of the Parquet file",
        pyarrow.parquet.read_table(work / "train.parquet").to_pylist(),
        list(train),
    )
    again = datasets.Dataset.from_parquet(str(work / "train.parquet"), cache_dir=str(work / "cache"))
    expect("features after Parquet", again.features, train.features)
    return list(train), train.features


@reads("hf-tokens", by=_CONSUMER)
def tokens(sample: Sample, folder: Path) -> None:
    if not sample.text:
        raise NothingToReadError("a set without a row cannot be loaded")
    with TemporaryDirectory() as work:
        rows, features = _rows(folder, Path(work))
    names = features["ner_tags"].feature.names
    labels = sample.entity_labels or sample.labels
    expect("names of the tags", names, ["O", *(f"{mark}-{label}" for label in labels for mark in "BI")])
    ids = [row["id"] for row in rows]
    expect("ids", ids, [f"{sample.document_id}-{number}" for number in range(len(rows))])
    for row in rows:
        expect("number of tags", len(row["ner_tags"]), len(row["tokens"]))
    tags = [[names[tag] for tag in row["ner_tags"]] for row in rows]
    check_tags(
        [list(zip(row["tokens"], of, strict=True)) for row, of in zip(rows, tags, strict=True)],
        "IOB2",
        sample,
    )


@reads("hf-spans", by=_CONSUMER)
def spans(sample: Sample, folder: Path) -> None:
    with TemporaryDirectory() as work:
        [row], features = _rows(folder, Path(work))
    expect("columns", set(features), {"id", "text", "spans", "relations", "entities", "fields"})
    expect("document", (row["id"], row["text"]), (sample.document_id, sample.text))
    found = {span["id"]: _read(span) for span in row["spans"]}
    expect("spans", found, {it.id: _expected(it, sample) for it in sample.annotations})
    relations = {it["id"]: (it["type"], it["source"], it["target"]) for it in row["relations"]}
    expect("relations", relations, {it.id: (it.type, it.source, it.target) for it in sample.relations})
    entities = {it["id"]: (it["label"], it["name"], it["identifier"]) for it in row["entities"]}
    native = sample.entities.values()
    expect(
        "entities", entities, {it["id"]: (it["label"], it["name"], it.get("identifier", "")) for it in native}
    )
    fields = {it["key"]: it["value"] for it in row["fields"]}
    expect("fields", fields, sample.native["document"]["fields"])


def _read(span: dict) -> tuple:
    fragments = tuple((it["start"], it["end"]) for it in span["fragments"])
    attributes = {it["key"]: it["value"] for it in span["attributes"]}
    other = (span[key] for key in ("text", "note", "certainty", "entity"))
    return span["label"], (span["start"], span["end"]), fragments, attributes, *other


def _expected(annotation: Annotation, sample: Sample) -> tuple:
    certainty = "unsure" if annotation.is_unsure else "sure"
    other = sample.words(annotation), annotation.note or "", certainty, annotation.entity or ""
    return annotation.label, annotation.place, annotation.fragments, annotation.attributes, *other

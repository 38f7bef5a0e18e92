"""doccano, by its own import into a project that is set up as docs/formats/doccano.md says."""

from collections import Counter
from pathlib import Path

from doccano_project import Example, doccano_import
from harness import expect, reads, the_file
from sample import Sample

_CONSUMER = {"by": "doccano's import of JSONL", "of": "doccano"}


@reads("doccano", **_CONSUMER)
def spans(sample: Sample, folder: Path) -> None:
    for example in _imported(sample, folder, "SequenceLabeling"):
        expect("relations", example.relations, [])


@reads("doccano-relations", **_CONSUMER)
def relations(sample: Sample, folder: Path) -> None:
    for example in _imported(sample, folder, "RelationExtraction"):
        found = Counter((kind, *source, *target) for kind, source, target in example.relations)
        expect("relations", found, sample.with_same_as().related_places())


def _imported(sample: Sample, folder: Path, task: str) -> list[Example]:
    examples, errors = doccano_import(the_file(folder, ".jsonl"), "JSONL", task)
    # doccano takes no document without text.
    expect("errors", errors, [] if sample.text else ["Invalid data in line 1"])
    expect("texts", [example.text for example in examples], [sample.text] if sample.text else [])
    for example in examples:
        expect("spans", Counter(example.spans), sample.labelled_places())
        expect("document", example.meta["document"], sample.document_id)
    return examples

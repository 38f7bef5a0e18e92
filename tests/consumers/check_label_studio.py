"""Label Studio, by its SDK: the validation that its server calls, and its converter of exports.

The page itself is not run: that its places are code points, and that it drops carriage returns, is
known from its sources.
"""

import json
from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory

from harness import expect, package, reads, the_file
from sample import Annotation, Sample

_SDK = package("label-studio-sdk")


def _files(folder: Path) -> tuple[str, list[dict]]:
    config = the_file(folder, ".label-studio.xml").read_text(encoding="utf-8")
    return config, json.loads(the_file(folder, ".label-studio.json").read_text(encoding="utf-8"))


def _written(sample: Sample) -> Sample:
    return sample.with_line_feeds()


@reads("label-studio", by=f"label_interface of {_SDK}")
def label_interface(sample: Sample, folder: Path) -> None:
    from label_studio_sdk.label_interface import LabelInterface

    config, [task] = _files(folder)
    interface = LabelInterface(config)
    interface.validate()
    written = _written(sample)
    expect("the data has what the configuration names", interface.validate_task({"data": task["data"]}), True)
    expect("text", task["data"]["text"], written.text)
    [annotation] = task["annotations"]
    # The same rules as for annotations, which it answers with yes or no only.
    expect("errors", interface.validate_prediction(annotation, return_errors=True), [])
    expect("valid", interface.validate_annotation(annotation), True)

    regions = [item for item in annotation["result"] if item["type"] == "labels"]
    found = {
        item["id"]: (item["value"]["labels"], item["value"]["start"], item["value"]["end"])
        for item in regions
    }
    expect("regions", found, {it.id: ([it.label], *it.place) for it in written.annotations})
    words = {item["id"]: item["value"]["text"] for item in regions}
    expect("words", words, {it.id: written.words(it) for it in written.annotations})
    relations = [item for item in annotation["result"] if item["type"] == "relation"]
    expect(
        "relations",
        Counter((*item["labels"], item["from_id"], item["to_id"], item["direction"]) for item in relations),
        Counter((it.type, it.source, it.target, "right") for it in written.relations),
    )
    expect(
        "values",
        _values(annotation["result"]),
        {it.id: _expected_values(it, written) for it in written.annotations},
    )


def _values(result: list[dict]) -> dict[str, dict[str, str]]:
    values: dict[str, dict[str, str]] = {item["id"]: {} for item in result if item["type"] == "labels"}
    for item in result:
        if item["type"] in {"choices", "textarea", "number"}:
            content = item["value"][{"textarea": "text"}.get(item["type"], item["type"])]
            values[item["id"]][item["from_name"]] = content[0] if isinstance(content, list) else content
    return values


def _expected_values(annotation: Annotation, sample: Sample) -> dict[str, object]:
    values = dict(annotation.attributes)
    if annotation.is_unsure:
        values["certainty"] = "unsure"
    if annotation.entity:
        entity = sample.entities[annotation.entity]
        values |= {"entity": entity["name"], "entity_id": entity["id"]}
        values |= {"identifier": entity["identifier"]} if "identifier" in entity else {}
    return values


@reads("label-studio", by=f"converter of {_SDK}")
def converter(sample: Sample, folder: Path) -> None:
    """As if a project had imported the file and now exported it as JSON-MIN."""
    from label_studio_sdk.converter import Converter

    config, tasks = _files(folder)
    written = _written(sample)
    for number, task in enumerate(tasks, start=1):
        # What Label Studio gives each on import.
        task["id"] = number
        for annotation in task["annotations"]:
            annotation |= {"id": number, "completed_by": 1, "created_at": "2026-11-23T09:00:00Z"}
    with TemporaryDirectory() as out:
        exported, output = Path(out) / "export.json", Path(out) / "out"
        exported.write_text(json.dumps(tasks), encoding="utf-8")
        Converter(config, out, download_resources=False).convert_to_json_min(
            str(exported), str(output), is_dir=False
        )
        [found] = json.loads((output / "result.json").read_text(encoding="utf-8")) or [{"text": written.text}]
    expect("text", found["text"], written.text)
    labels = Counter(
        (*item["labels"], item["start"], item["end"], item["text"]) for item in found.get("label", [])
    )
    expect("labels", labels, Counter((it.label, *it.place, written.words(it)) for it in written.annotations))

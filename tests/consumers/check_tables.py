"""CSV and TSV, by pandas without its own words for nothing, as docs/formats/csv.md says."""

from pathlib import Path

from harness import expect, package, reads, the_file
from sample import Annotation, Place, Sample

_SEPARATORS = {"csv": ",", "tsv": "\t"}


@reads("csv", "tsv", by=package("pandas"))
def tables(sample: Sample, folder: Path) -> None:
    annotations, relations = (_rows(folder, name) for name in ("annotations", "relations"))
    expect(
        "annotations",
        {row["id"]: _read(row) for row in annotations},
        {it.id: _expected(it, sample) for it in sample.annotations},
    )
    expect("ids that occur twice", len(annotations) - len({row["id"] for row in annotations}), 0)
    found = {row["id"]: tuple(row[key] for key in ("type", "from", "to")) for row in relations}
    expect("relations", found, {it.id: (it.type, it.source, it.target) for it in sample.relations})
    of = {row["id"]: row for row in annotations}
    for row in relations:
        for end in ("from", "to"):
            for key in ("label", "start", "end", "surface"):
                expect(f"{end}_{key}", row[f"{end}_{key}"], of[row[end]][key])
    expect("hashes", {row["sha256"] for row in annotations}, {sample.sha256} if annotations else set())


def _rows(folder: Path, name: str) -> list[dict[str, str]]:
    import pandas

    kind = folder.parent.name
    path = the_file(folder, f".{name}.{kind}")
    assert not path.read_bytes().startswith(b"\xef\xbb\xbf"), "a mark of the byte order"
    # lineterminator is not told: pandas finds it, and must keep those within quotes.
    table = pandas.read_csv(path, sep=_SEPARATORS[kind], keep_default_na=False, dtype=str)
    return table.to_dict(orient="records")


def _read(row: dict[str, str]) -> dict[str, object]:
    attributes = {
        key.removeprefix("attribute."): value for key, value in row.items() if key.startswith("attribute.")
    }
    columns = (
        "document",
        "label",
        "surface",
        "certainty",
        "note",
        "entity",
        "entity_name",
        "entity_identifier",
    )
    places = row["fragments"] or f"{row['start']}-{row['end']}"
    return {
        **{key: row[key] for key in columns},
        "place": (int(row["start"]), int(row["end"])),
        "fragments": tuple(_place(place) for place in places.split(" ")),
        "attributes": {key: value for key, value in attributes.items() if value},
    }


def _place(text: str) -> Place:
    start, end = text.split("-")
    return int(start), int(end)


def _expected(annotation: Annotation, sample: Sample) -> dict[str, object]:
    entity = sample.entities.get(annotation.entity or "", {})
    return {
        "document": sample.document_id,
        "label": annotation.label,
        "surface": sample.words(annotation),
        "certainty": "unsure" if annotation.is_unsure else "sure",
        "note": annotation.note or "",
        "entity": entity.get("id", ""),
        "entity_name": entity.get("name", ""),
        "entity_identifier": entity.get("identifier", ""),
        "place": annotation.place,
        "fragments": annotation.fragments,
        "attributes": annotation.attributes,
    }

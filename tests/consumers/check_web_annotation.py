"""Web Annotations, by PyLD: what is left of a file when it is read as JSON-LD and not as JSON.

`anno_terms.json` holds the terms of the published context that our files use, each as the
Recommendation maps it, so that nothing is fetched. A key or value that is in no context disappears
here as it does for every JSON-LD program.
"""

import json
import re
from collections import Counter
from pathlib import Path

from harness import expect, package, reads, the_file
from sample import Annotation, Sample

_CONTEXT = "http://www.w3.org/ns/anno.jsonld"
_OA = "http://www.w3.org/ns/oa#"
_AS = "http://www.w3.org/ns/activitystreams#"
_DCTERMS = "http://purl.org/dc/terms/"
_RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"

# The most UTF-16 units of a prefix or suffix that clients take.
_AROUND_UTF16_MAX = 32

# What is no IRI and no term becomes one below this.
_BASE = "https://relative.example/"


def _load_context(url: str, _options: dict) -> dict:
    assert url == _CONTEXT, f"{url} would be fetched"
    document = json.loads(Path(__file__).with_name("anno_terms.json").read_text(encoding="utf-8"))
    return {
        "contextUrl": None,
        "documentUrl": url,
        "document": document,
        "contentType": "application/ld+json",
    }


@reads("w3c", by=package("PyLD"))
def json_ld(sample: Sample, folder: Path) -> None:
    from pyld import jsonld

    document = json.loads(the_file(folder, ".jsonld").read_text(encoding="utf-8"))
    options = {"documentLoader": _load_context, "base": _BASE}
    expect("keys in no context", _lost_keys(document, lambda it: jsonld.expand(it, options)), set())
    [collection] = jsonld.expand(document, options)
    expect("type", collection["@type"], [_AS + "OrderedCollection"])
    expect("names that are not IRIs", [iri for iri in _names(collection) if iri.startswith(_BASE)], [])

    items = [item for page in collection.get(_AS + "first", []) for item in page[_AS + "items"][0]["@list"]]
    expect("total", _value(collection, _AS + "totalItems"), len(items))
    expect(
        "names that occur twice", [k for k, n in Counter(item["@id"] for item in items).items() if n > 1], []
    )
    expect(
        "types", {kind for item in items for kind in item["@type"]}, {_OA + "Annotation"} if items else set()
    )
    for item in items:
        time = _value(item, _DCTERMS + "created")
        assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", time), (
            f"{time} is no xsd:dateTime in UTC"
        )

    links = [item for item in items if _OA + "linking" in _ids(item, _OA + "motivatedBy")]
    read = {item["@id"]: _read_annotation(item, sample.text) for item in items if item not in links}
    expect(
        "annotations", sorted(read.values(), key=repr), sorted(map(_expected, sample.annotations), key=repr)
    )

    def place(iri: str) -> tuple:
        label, fragments, *_ = read[iri]
        return label, fragments[0][0], fragments[-1][1]

    relations = Counter(
        (_bodies(item, "tagging")[0], *place(item[_OA + "hasTarget"][0]["@id"]), *place(_linked(item)))
        for item in links
    )
    expect("relations", relations, sample.related_places())
    text_file = the_file(folder, ".txt").read_bytes().decode("utf-8")
    expect("text file", text_file, sample.text)


def _lost_keys(document: dict, expand) -> set[str]:
    keys: set[str] = set()

    def collect(value: object) -> None:
        if isinstance(value, dict):
            keys.update(value)
        for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            collect(part)

    collect({key: value for key, value in document.items() if key != "@context"})
    keys -= {"id", "type"}
    # A resource stands for values of all kinds.
    return {
        key
        for key in keys
        if not expand({"@context": document["@context"], key: {"id": "urn:x:y", "type": "Text"}})
    }


def _names(value: object) -> list[str]:
    """All ids and types."""
    if isinstance(value, list):
        return [name for part in value for name in _names(part)]
    if not isinstance(value, dict):
        return []
    own = [value["@id"]] if "@id" in value else []
    types = value.get("@type", [])
    own += types if isinstance(types, list) else [types]
    return own + [name for part in value.values() for name in _names(part)]


def _value(item: dict, key: str):
    [value] = item[key]
    return value["@value"]


def _ids(item: dict, key: str) -> list[str]:
    return [value["@id"] for value in item.get(key, [])]


def _bodies(item: dict, purpose: str) -> list[str]:
    bodies = [
        body for body in item.get(_OA + "hasBody", []) if _OA + purpose in _ids(body, _OA + "hasPurpose")
    ]
    return [_value(body, _RDF + "value") for body in bodies if _OA + "TextualBody" in body["@type"]]


def _linked(item: dict) -> str:
    [body] = [it for it in item[_OA + "hasBody"] if _OA + "linking" in _ids(it, _OA + "hasPurpose")]
    [source] = _ids(body, _OA + "hasSource")
    return source


def _read_annotation(item: dict, text: str) -> tuple:
    [label] = _bodies(item, "tagging")
    fragments = tuple(_place(target, text) for target in item[_OA + "hasTarget"])
    return label, fragments, frozenset(_bodies(item, "classifying")), tuple(_bodies(item, "commenting"))


def _expected(annotation: Annotation) -> tuple:
    attributes = frozenset(f"{key}={value}" for key, value in annotation.attributes.items())
    return annotation.label, annotation.fragments, attributes, (annotation.note,) if annotation.note else ()


def _place(target: dict, text: str) -> tuple[int, int]:
    selectors = {selector["@type"][0]: selector for selector in target[_OA + "hasSelector"]}
    position, quote = selectors[_OA + "TextPositionSelector"], selectors[_OA + "TextQuoteSelector"]
    start, end = _value(position, _OA + "start"), _value(position, _OA + "end")
    prefix, suffix = _value(quote, _OA + "prefix"), _value(quote, _OA + "suffix")
    expect("quote", _value(quote, _OA + "exact"), text[start:end])
    expect("prefix", prefix, text[start - len(prefix) : start])
    expect("suffix", suffix, text[end : end + len(suffix)])
    for words in (prefix, suffix):
        assert len(words.encode("utf-16-le")) // 2 <= _AROUND_UTF16_MAX, f"{words!r} is too long for clients"
    return start, end

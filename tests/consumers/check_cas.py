"""UIMA CAS JSON and XMI, by dkpro-cassis; XMI also by lxml against the rules of XMI.

cassis only warns of offsets that it cannot use: the runner makes errors of warnings.
"""

import json
import logging
from collections import Counter
from pathlib import Path

from harness import expect, package, reads, the_file
from sample import Annotation, Sample

_SPAN = "webanno.custom.SourcierSpan"
_RELATION = "webanno.custom.SourcierRelation"
_FIELD = "webanno.custom.SourcierField"
_SEGMENTATION = "de.tudarmstadt.ukp.dkpro.core.api.segmentation.type"


@reads("cas-json", by=package("dkpro-cassis"))
def cas_json(sample: Sample, folder: Path) -> None:
    import cassis

    path = the_file(folder, ".cas.json")
    with path.open("rb") as file:
        cas = _without_warnings(lambda: cassis.load_cas_from_json(file))
    _check(cas, sample)
    # What cassis writes of it and reads again is the same.
    _check(_without_warnings(lambda: cassis.load_cas_from_json(cas.to_json())), sample)


@reads("xmi", by=package("dkpro-cassis"))
def xmi(sample: Sample, folder: Path) -> None:
    import cassis

    with (folder / "TypeSystem.xml").open("rb") as file:
        types = cassis.load_typesystem(file)
    with the_file(folder, ".xmi").open("rb") as file:
        cas = _without_warnings(lambda: cassis.load_cas_from_xmi(file, typesystem=types))
    _check(cas, sample)
    _check(_without_warnings(lambda: cassis.load_cas_from_xmi(cas.to_xmi(), typesystem=types)), sample)


@reads("xmi", by=package("lxml"))
def well_formed(sample: Sample, folder: Path) -> None:
    from lxml import etree

    root = etree.parse(the_file(folder, ".xmi")).getroot()
    identifier = "{http://www.omg.org/XMI}id"
    ids = [element.get(identifier) for element in root if element.get(identifier) is not None]
    expect("ids that occur twice", [item for item, count in Counter(ids).items() if count > 1], [])
    [view] = root.findall("{http:///uima/cas.ecore}View")
    # What is in no view is invisible.
    invisible = set(ids) - set(view.get("members").split()) - {"0", view.get("sofa")}
    expect("structures in no view", invisible, set())
    [sofa] = root.findall("{http:///uima/cas.ecore}Sofa")
    expect("text", sofa.get("sofaString"), sample.text)


def _without_warnings(load):
    """cassis warns by the module for logs too."""
    told = []

    class Listener(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            told.append(record.getMessage())

    listener = Listener(logging.WARNING)
    logging.getLogger().addHandler(listener)
    try:
        loaded = load()
    finally:
        logging.getLogger().removeHandler(listener)
    expect("warnings", told, [])
    return loaded


def _check(cas, sample: Sample) -> None:
    expect("text", cas.sofa_string, sample.text)
    spans = cas.select(_SPAN)
    found = Counter((item.label, item.begin, item.end) for item in spans)
    expect("annotations", found, sample.labelled_places())
    expect(
        "covered words",
        [item.get_covered_text() for item in spans],
        [sample.text[i.begin : i.end] for i in spans],
    )
    expect(
        "features",
        {_id(item): _features(item) for item in spans},
        {i.id: _expected(i, sample) for i in sample.annotations},
    )

    relations = [
        (item.label, *((end.label, end.begin, end.end) for end in (item.Governor, item.Dependent)))
        for item in cas.select(_RELATION)
    ]
    expect(
        "relations",
        Counter((kind, *source, *target) for kind, source, target in relations),
        sample.related_places(),
    )
    places = [
        (item.begin, item.end) == (item.Dependent.begin, item.Dependent.end) for item in cas.select(_RELATION)
    ]
    expect("relations stand at their targets", places, [True] * len(places))

    _check_segmentation(cas, sample)


def _check_segmentation(cas, sample: Sample) -> None:
    sentences = [(item.begin, item.end) for item in cas.select(f"{_SEGMENTATION}.Sentence")]
    tokens = [(item.begin, item.end) for item in cas.select(f"{_SEGMENTATION}.Token")]
    for name, places in (("sentences", sentences), ("tokens", tokens)):
        overlapping = [pair for pair in zip(places, places[1:], strict=False) if pair[0][1] > pair[1][0]]
        expect(f"{name} that overlap", overlapping, [])
        untrimmed = [place for place in places if not _is_trimmed(sample.text[slice(*place)])]
        expect(f"{name} with white space at their ends", untrimmed, [])
    outside = [token for token in tokens if not any(s <= token[0] and token[1] <= e for s, e in sentences)]
    expect("tokens outside of sentences", outside, [])


def _is_trimmed(words: str) -> bool:
    return bool(words) and words == words.strip()


def _id(item) -> str:
    return json.loads(item.sourcier)["id"]


def _features(item) -> dict[str, object]:
    """All features that have a value, without those of UIMA and what only we read."""
    names = [
        feature.name
        for feature in item.type.all_features
        if feature.name not in {"sofa", "begin", "end", "sourcier"}
    ]
    return {name: item[name] for name in names if item[name] is not None}


def _expected(annotation: Annotation, sample: Sample) -> dict[str, object]:
    features = {"label": annotation.label, **annotation.attributes}
    if annotation.is_unsure:
        features["certainty"] = "unsure"
    if annotation.note:
        features["note"] = annotation.note
    if annotation.entity:
        entity = sample.entities[annotation.entity]
        features |= {"entity": entity["id"], "entity_name": entity["name"]}
        features |= {"identifier": entity["identifier"]} if "identifier" in entity else {}
    return features

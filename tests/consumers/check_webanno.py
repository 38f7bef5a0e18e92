"""WebAnno TSV 3.3, by the reader of PyPI that there is, and by the rules of INCEpTION's importer.

INCEpTION is a program in Java and on no registry that we use. web-anno-tsv knows sentences, tokens and
one feature of spans; webanno2spacy knows no stacked annotations, and is not used. What INCEpTION's
importer does with a file is done here once more, and fails where the importer would.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

from harness import NothingToReadError, expect, package, reads, the_file
from sample import Annotation, Place, Sample

_SPAN = "webanno.custom.SourcierSpan"
_RELATION = "webanno.custom.SourcierRelation"

_NO_TOKENS = "a document without tokens cannot be imported"

_STACK_SEPARATOR = re.compile(r"(?<!\\)\|")
_ESCAPED = re.compile(r"\\(->|.)", re.DOTALL)


@dataclass
class _Span:
    """Its place in UTF-16 units."""

    start: int
    end: int
    values: dict[str, str] = field(default_factory=dict)


@dataclass
class _Document:
    text: str
    spans: list[_Span]
    # Type, source, target.
    relations: list[tuple[str, _Span, _Span]]


@reads("webanno-tsv", by="rules of INCEpTION's importer")
def importer(sample: Sample, folder: Path) -> None:
    if not sample.text:
        raise NothingToReadError(_NO_TOKENS)
    document = _imported(the_file(folder, ".tsv").read_bytes().decode("utf-8"))
    written = sample.trimmed()
    _check_text(document.text, sample.text)
    points = _code_points(sample.text)

    def place(span: _Span) -> Place:
        return points[span.start], points[span.end]

    found = Counter((span.values["label"], *place(span)) for span in document.spans)
    expect("annotations", found, written.labelled_places())
    features = [_without_ours(span.values) for span in document.spans]
    expected = [_expected(it, sample) for it in written.annotations]
    expect("features", sorted(features, key=repr), sorted(expected, key=repr))
    relations = Counter(
        (kind, source.values["label"], *place(source), target.values["label"], *place(target))
        for kind, source, target in document.relations
    )
    expect("relations", relations, written.related_places())


def _imported(content: str) -> _Document:
    header, _, body = content.partition("\n\n\n")
    first, *declarations = header.split("\n")
    expect("format", first, "#FORMAT=WebAnno TSV 3.3")
    columns = [
        (kind, column)
        for declaration in declarations
        for kind, *names in [declaration.removeprefix("#T_SP=").removeprefix("#T_RL=").split("|")]
        for column in names
    ]
    document, by_id, by_unit, waiting = _Document("", [], []), {}, {}, []
    for sentence in body.removesuffix("\n").split("\n\n"):
        lines = sentence.removesuffix("\n").split("\n")
        texts = [_unescaped(line.removeprefix("#Text=")) for line in lines if line.startswith("#Text=")]
        for number, line in enumerate(line for line in lines if not line.startswith("#")):
            unit, place, _, *cells = line.split("\t")
            assert len(cells) >= len(columns), f"too few fields in {line!r}"
            start, end = map(int, place.split("-"))
            if number == 0:
                _add_sentence(document, start, "\n".join(texts))
            spans = by_unit[unit] = _spans_of_unit(columns, cells, start, end, by_id, document)
            waiting += [(unit, spans, relation) for relation in _relations_of_unit(columns, cells)]
    for unit, spans, (kind, source_unit, source_id, target_id) in waiting:
        source = by_id[source_id] if source_id else by_unit[source_unit][0]
        target = by_id[target_id] if target_id else spans[0]
        assert source in by_unit[source_unit] and target in spans, f"{kind} at {unit} has no such end"
        document.relations.append((kind, source, target))
    return document


def _add_sentence(document: _Document, start: int, text: str) -> None:
    """Puts it where its first token starts: after a line break, and blanks where there is more room."""
    before = document.text if start > _utf16_len(document.text) else document.text.removesuffix("\n")
    assert _utf16_len(before) <= start, f"the sentence {text!r} starts within the one before"
    document.text = before + " " * (start - _utf16_len(before)) + text + "\n"


def _spans_of_unit(columns, cells, start: int, end: int, by_id: dict, document: _Document) -> list[_Span]:
    spans: list[_Span] = []
    for (kind, column), cell in zip(columns, cells, strict=False):
        if kind != _SPAN or cell == "_":
            continue
        for index, value in enumerate(_STACK_SEPARATOR.split(cell)):
            value, number = _without_id(value)
            if index == len(spans):
                span = by_id.get(number) or _Span(start, end)
                if not any(span is known for known in document.spans):
                    document.spans.append(span)
                span.end = end
                spans.append(span)
            if number:
                assert by_id.setdefault(number, spans[index]) is spans[index], (
                    f"{column} has another {number}"
                )
            if value != "*":
                value = _unescaped(value)
                expect(f"{column} from token to token", value, spans[index].values.setdefault(column, value))
    return spans


def _relations_of_unit(columns, cells) -> list[tuple[str, str, str, str]]:
    """Type, unit of the source, ids of both ends (empty for the only span there)."""
    there = [
        cell for (kind, _), cell in zip(columns, cells, strict=False) if kind == _RELATION and cell != "_"
    ]
    if not there:
        return []
    kinds, ends = map(_STACK_SEPARATOR.split, there)
    relations = []
    for kind, end in zip(kinds, ends, strict=True):
        unit, ids = _without_id(end)
        source, target = ids.split("_") if ids else ("0", "0")
        relations.append(
            (_unescaped(kind), unit, "" if source == "0" else source, "" if target == "0" else target)
        )
    return relations


def _without_id(value: str) -> tuple[str, str]:
    """The value, and what stands in brackets behind it."""
    if value.endswith("]") and not value.endswith("\\]"):
        value, _, number = value[:-1].rpartition("[")
        return value, number
    return value, ""


def _unescaped(value: str) -> str:
    names = {"t": "\t", "n": "\n", "r": "\r", "f": "\f", "b": "\b"}
    return _ESCAPED.sub(lambda found: names.get(found[1], found[1]), value)


def _utf16_len(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _code_points(text: str) -> dict[int, int]:
    """For each place in UTF-16 units the one in code points; none within a surrogate pair."""
    points, units = {0: 0}, 0
    for index, character in enumerate(text, start=1):
        units += _utf16_len(character)
        points[units] = index
    return points


def _check_text(found: str, expected: str) -> None:
    """That only white space differs, which the format does not hold, and nothing has moved."""
    found, expected = found.rstrip(), expected.rstrip()
    expect("length of the text", len(found), len(expected))
    pairs = [(one, other) for one, other in zip(found, expected, strict=True) if one != other]
    expect("text", [pair for pair in pairs if not all(it.isspace() or it == "\ufeff" for it in pair)], [])


def _without_ours(values: dict[str, str]) -> dict[str, str]:
    return {key: value for key, value in values.items() if key != "sourcier"}


def _expected(annotation: Annotation, sample: Sample) -> dict[str, object]:
    features = {"label": annotation.label, **annotation.attributes}
    features |= {"certainty": "unsure"} if annotation.is_unsure else {}
    features |= {"note": annotation.note} if annotation.note else {}
    if annotation.entity:
        entity = sample.entities[annotation.entity]
        features |= {"entity": entity["id"], "entity_name": entity["name"]}
        features |= {"identifier": entity["identifier"]} if "identifier" in entity else {}
    return features


@reads("webanno-tsv", by=package("web-anno-tsv"))
def spans_by_sentence(sample: Sample, folder: Path) -> None:
    from web_anno_tsv import open_web_anno_tsv

    if not sample.text:
        raise NothingToReadError(_NO_TOKENS)
    lines = the_file(folder, ".tsv").read_bytes().decode("utf-8").split("\n")
    with TemporaryDirectory() as directory:
        path = Path(directory) / "x.tsv"
        path.write_text("\n".join(map(_with_label_for_reader, lines)), encoding="utf-8", newline="\n")
        with open_web_anno_tsv(str(path)) as reader:
            sentences = [sentence for sentence in reader if sentence.text]
    found, starts, end = Counter(), [], 0
    for sentence in sentences:
        start = sample.text.index(sentence.text, end)
        end = start + len(sentence.text)
        starts.append((start, end))
        found.update((it.label, start + it.start, start + it.stop) for it in sentence.annotations)
    # It has a span for each sentence that an annotation reaches into.
    expected = Counter(
        (it.label, max(it.start, start), min(it.end, end))
        for it in sample.trimmed().annotations
        for start, end in starts
        if it.start < end and start < it.end
    )
    expect("spans", found, expected)


def _with_label_for_reader(line: str) -> str:
    """With the label where the reader looks for it, behind an identifier."""
    cells = line.split("\t")
    return line if line.startswith("#") or len(cells) < 4 else "\t".join([*cells[:3], "_", cells[3] or "_"])

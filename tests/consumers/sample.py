"""The sample documents as their native files have them: what every consumer must see.

Offsets are code points, as in the native file and as in Python. The exports that a format changes
on the way out (line ends, white space, layers) are derived here once more, from the rules in
docs/formats, and not read from the exporter.
"""

import json
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

TESTS_DATA = Path(__file__).resolve().parent.parent / "data"
GOLDEN = TESTS_DATA / "exchange"

FOLDERS = {"annotated": "exchange/samples", "linked": "native", "bare": "exchange/samples", "empty": "native"}

# Some programs take these for white space as well.
_WITHOUT_WIDTH = "\u200b\ufeff"

Place = tuple[int, int]


@dataclass(frozen=True)
class Annotation:
    id: str
    label: str
    # In ascending order; one that is not discontinuous has one.
    fragments: tuple[Place, ...]
    attributes: dict[str, object]
    is_unsure: bool
    note: str | None
    entity: str | None

    @property
    def start(self) -> int:
        return self.fragments[0][0]

    @property
    def end(self) -> int:
        return self.fragments[-1][1]

    @property
    def place(self) -> Place:
        return self.start, self.end


@dataclass(frozen=True)
class Relation:
    id: str
    type: str
    source: str
    target: str


@dataclass(frozen=True)
class Sample:
    name: str
    document_id: str
    text: str
    language: str | None
    sha256: str
    # In the order of the native file, which is that of the text.
    annotations: tuple[Annotation, ...]
    relations: tuple[Relation, ...]
    entities: dict[str, dict]
    # The schema's ids in its order.
    labels: tuple[str, ...]
    entity_labels: tuple[str, ...]
    native: dict = field(repr=False)

    def annotation(self, annotation_id: str) -> Annotation:
        return next(annotation for annotation in self.annotations if annotation.id == annotation_id)

    def words(self, annotation: Annotation) -> str:
        return self.text[annotation.start : annotation.end]

    def labelled_places(self) -> Counter:
        return Counter((annotation.label, *annotation.place) for annotation in self.annotations)

    def related_places(self) -> Counter:
        """Relations by what they are between, for consumers that do not keep our ids."""
        return Counter(
            (relation.type, *self._end(relation.source), *self._end(relation.target))
            for relation in self.relations
        )

    def _end(self, annotation_id: str) -> tuple[str, int, int]:
        annotation = self.annotation(annotation_id)
        return annotation.label, *annotation.place

    def with_same_as(self) -> "Sample":
        """With a relation from each mention of an entity to the one before it, as some formats have it."""
        links = []
        for entity_id in self.entities:
            mentions = [annotation for annotation in self.annotations if annotation.entity == entity_id]
            pairs = zip(mentions, mentions[1:], strict=False)
            links += [Relation(f"{b.id}={a.id}", "SAME_AS", b.id, a.id) for a, b in pairs]
        return replace(self, relations=(*self.relations, *links))

    def flat_layer(self) -> Counter:
        """For formats with one label a word: those of entities; the outer one where annotations nest, the
        earlier one where they cross."""
        layer, last_end = Counter(), 0
        for annotation in self.trimmed().annotations:
            is_chosen = annotation.label in self.entity_labels or not self.entity_labels
            if is_chosen and annotation.start >= last_end:
                layer[annotation.label, *annotation.place] += 1
                last_end = annotation.end
        return layer

    def token_places(self, tokens: list[str]) -> list[Place]:
        """Where tokens stand in the text, which must hold nothing else but white space."""
        places, end = [], 0
        for token in tokens:
            start = self.text.find(token, end)
            assert start >= 0 and all(map(self._is_white, range(end, start))), (
                f"no token {token!r} after {end}"
            )
            end = start + len(token)
            places.append((start, end))
        assert all(map(self._is_white, range(end, len(self.text)))), f"no token after {end}"
        return places

    def _is_white(self, at: int) -> bool:
        return self.text[at].isspace() or self.text[at] in _WITHOUT_WIDTH

    def with_line_feeds(self) -> "Sample":
        """With LF for CR LF and CR, as the formats write that cannot hold a CR."""
        text, moved = "", []
        for index, character in enumerate(self.text):
            moved.append(len(text))
            if character == "\r":
                is_pair = self.text[index + 1 : index + 2] == "\n"
                text += "" if is_pair else "\n"
            else:
                text += character
        moved.append(len(text))
        return replace(self.moved(lambda place: (moved[place[0]], moved[place[1]])), text=text)

    def trimmed(self) -> "Sample":
        """Without white space at the ends of annotations; those of nothing else are left out."""

        def trim(place: Place) -> Place | None:
            start, end = place
            while start < end and self._is_white(start):
                start += 1
            while start < end and self._is_white(end - 1):
                end -= 1
            return (start, end) if start < end else None

        return self.moved(trim)

    def split_at_line_feeds(self) -> "Sample":
        """With one fragment a line; empty lines have none."""

        def lines(place: Place) -> list[Place]:
            start, end = place
            breaks = [at for at in range(start, end) if self.text[at] == "\n"]
            parts = zip([start, *(at + 1 for at in breaks)], [*breaks, end], strict=True)
            return [(start, end) for start, end in parts if start < end]

        return replace(
            self,
            annotations=tuple(
                replace(
                    annotation,
                    fragments=tuple(line for place in annotation.fragments for line in lines(place)),
                )
                for annotation in self.annotations
            ),
        )

    def moved(self, move: Callable[[Place], Place | None]) -> "Sample":
        """With other places; annotations that have none go, and their relations with them."""
        annotations = []
        for annotation in self.annotations:
            fragments = tuple(place for place in map(move, annotation.fragments) if place)
            if fragments:
                annotations.append(replace(annotation, fragments=fragments))
        return self.with_only(annotations)

    def with_only(self, annotations: list[Annotation]) -> "Sample":
        """With these annotations, and the relations between them."""
        there = {annotation.id for annotation in annotations}
        relations = tuple(
            relation for relation in self.relations if relation.source in there and relation.target in there
        )
        return replace(self, annotations=tuple(annotations), relations=relations)


def load(name: str) -> Sample:
    native = json.loads((TESTS_DATA / FOLDERS[name] / f"{name}.json").read_text(encoding="utf-8"))
    document, schema = native["document"], native["schema"]
    return Sample(
        name=name,
        document_id=document["id"],
        text=document["text"],
        language=document["fields"].get("language"),
        sha256=document["sha256"],
        annotations=tuple(map(_annotation, native["annotations"])),
        relations=tuple(
            Relation(relation["id"], relation["type"], relation["from"], relation["to"])
            for relation in native["relations"]
        ),
        entities={entity["id"]: entity for entity in native["entities"]},
        labels=tuple(label["id"] for label in schema["labels"]),
        entity_labels=tuple(label["id"] for label in schema["labels"] if label.get("entity")),
        native=native,
    )


def _annotation(native: dict) -> Annotation:
    fragments = native.get("fragments") or [native]
    return Annotation(
        id=native["id"],
        label=native["label"],
        fragments=tuple((fragment["start"], fragment["end"]) for fragment in fragments),
        attributes=native["attributes"],
        is_unsure=native["certainty"] == "unsure",
        note=native.get("note") or None,
        entity=native.get("entity"),
    )

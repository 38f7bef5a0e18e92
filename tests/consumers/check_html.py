"""The report for people, as a browser parses it: by html5lib, which raises what a browser forgives.

How it looks, and that it loads and runs nothing, only a browser tells; here are its words.
"""

from collections.abc import Iterator
from pathlib import Path

from harness import expect, package, reads, the_file
from sample import Sample

_NAMESPACE = "{http://www.w3.org/1999/xhtml}"


@reads("html", by=package("html5lib"))
def report(sample: Sample, folder: Path) -> None:
    import html5lib

    page = html5lib.HTMLParser(strict=True).parse(
        the_file(folder, ".html").read_bytes(), transport_encoding="utf-8"
    )
    forbidden = {
        f"{_NAMESPACE}{name}" for name in ("script", "link", "img", "iframe", "object", "form", "base")
    }
    expect("elements that load or run", [it.tag for it in page.iter() if it.tag in forbidden], [])
    names = _label_names(sample)
    [article] = page.iter(f"{_NAMESPACE}article")
    # An empty document's page says so.
    marked = list(_marked(article, "")) if sample.text else []
    written = [(at, character) for at, character in enumerate(sample.text) if not character.isspace()]
    expect(
        "text", "".join(character for character, _ in marked), "".join(character for _, character in written)
    )
    for (at, character), (_, title) in zip(written, marked, strict=True):
        labels = sorted(
            names[it.label] for it in sample.annotations if any(s <= at < e for s, e in it.fragments)
        )
        expect(f"labels on {character!r} at {at}", sorted(title.split(" · ")) if title else [], labels)
    rows = [row for table in page.iter(f"{_NAMESPACE}details") for row in table.iter(f"{_NAMESPACE}tr")][1:]
    found = [tuple("".join(cell.itertext()) for cell in list(row)[:2]) for row in rows]
    listed = sorted((label, words.rsplit(" ", 1)[1]) for label, words in found)
    expect("list", listed, sorted((names[it.label], f"{it.start}–{it.end}") for it in sample.annotations))


def _label_names(sample: Sample) -> dict[str, str]:
    return {label["id"]: label["name"]["fr"] for label in sample.native["schema"]["labels"]}


def _marked(element, title: str) -> Iterator[tuple[str, str]]:
    """Each character that is no white space, with the title of the outermost mark on it."""
    for character in element.text or "":
        if not character.isspace():
            yield character, title
    for child in element:
        # Numbers that lead to the statements are no part of the text.
        if child.get("class") != "n":
            yield from _marked(child, title or child.get("title", ""))
        for character in child.tail or "":
            if not character.isspace():
                yield character, title

"""Our own JSON Lines, by pandas as people load such files: a row for each document."""

from pathlib import Path

from harness import expect, package, reads, the_file
from sample import Sample


@reads("jsonl", by=package("pandas"))
def json_lines(sample: Sample, folder: Path) -> None:
    import pandas

    # Without guessing: pandas takes texts that look like dates for dates.
    table = pandas.read_json(the_file(folder, ".jsonl"), lines=True, dtype=False, convert_dates=False)
    [row] = table.to_dict(orient="records")
    expect("row", _in_order(row), _in_order(sample.native))


def _in_order(document: dict) -> dict:
    """The page has its own order of annotations and relations."""
    lists = {key: sorted(document[key], key=lambda it: it["id"]) for key in ("annotations", "relations")}
    return document | lists

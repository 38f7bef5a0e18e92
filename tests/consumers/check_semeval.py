"""SemEval's tables, by pandas as docs/formats/semeval.md says.

The scorers of the tasks are on no registry. What they demand is checked here: four columns, each
article beside the table, and places within the text as Python reads it.
"""

from collections import Counter
from pathlib import Path

from harness import expect, package, reads, the_file
from sample import Sample


@reads("semeval-tsv", by=package("pandas"))
def table(sample: Sample, folder: Path) -> None:
    import pandas

    path, written = the_file(folder, ".labels.tsv"), sample.with_line_feeds()
    text = the_file(folder, ".txt").read_text(encoding="utf-8")
    expect("text", text, written.text)
    names = ["id", "label", "begin", "end"]
    try:
        # Labels such as "null" are words.
        read = pandas.read_csv(path, sep="\t", header=None, names=names, quoting=3, keep_default_na=False)
    except pandas.errors.EmptyDataError:
        read = pandas.DataFrame(columns=names)
    rows = list(read.itertuples(index=False))
    expect("documents", {str(row.id) for row in rows}, {sample.document_id} if rows else set())
    expect("rows", Counter((row.label, row.begin, row.end) for row in rows), written.labelled_places())
    outside = [row for row in rows if not 0 <= row.begin < row.end <= len(text)]
    expect("places outside of the text", outside, [])

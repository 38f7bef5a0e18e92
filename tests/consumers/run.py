"""Runs the checks of all formats, or of those named: `python tests/consumers/run.py [format…]`.

The programs that our files are for read the golden files of the sample documents, and must see in
them what the native files say. `cargo xtask test --consumers` sets up the packages and calls this.
"""

import importlib
import sys
import traceback
import warnings
from pathlib import Path

from harness import CHECKS, Check, NothingToReadError
from sample import FOLDERS, GOLDEN, Sample, load

# Each file of checks declares its own on import.
for path in sorted(Path(__file__).parent.glob("check_*.py")):
    importlib.import_module(path.stem)


def main(formats: list[str]) -> int:
    unknown = set(formats) - {check.format for check in CHECKS}
    if unknown:
        print(f"no check knows {', '.join(sorted(unknown))}")
        return 2
    samples = [load(name) for name in FOLDERS]
    failures, notes, lines = [], [], []
    counts = {"passed": 0, "failed": 0, "skipped": 0}
    for check in sorted(CHECKS, key=lambda check: (check.format, check.consumer)):
        if formats and check.format not in formats:
            continue
        words = {sample.name: _outcome(check, sample, failures, notes) for sample in samples}
        for word in words.values():
            counts[word] += 1
        lines.append((check.format, check.consumer, *words.values()))
    _print_table([("format", "read by", *FOLDERS), *lines])
    for note in dict.fromkeys(notes):
        print(f"  {note}")
    for failure in failures:
        print(f"\n{failure}")
    # Formats whose golden files nobody looks at would pass by themselves.
    unread = sorted(
        path.name
        for path in GOLDEN.iterdir()
        if path.name not in {"samples", *(check.format for check in CHECKS)}
    )
    if unread and not formats:
        print(f"\nno consumer reads {', '.join(unread)}")
    print(f"\n{counts['passed']} passed, {counts['failed']} failed, {counts['skipped']} skipped")
    return 1 if failures or (unread and not formats) else 0


def _outcome(check: Check, sample: Sample, failures: list[str], notes: list[str]) -> str:
    if not (GOLDEN / check.format).is_dir():
        notes.append(f"{check.format} has no golden files yet")
        return "skipped"
    try:
        # What a consumer only warns of, its users do not see.
        with warnings.catch_warnings(action="error", category=UserWarning):
            check.run(sample, GOLDEN / check.format / sample.name)
    except NothingToReadError as reason:
        notes.append(f"{check.format}/{sample.name} was not read: {reason}")
        return "skipped"
    except Exception as error:
        # Where a consumer failed, its own lines tell why; where it saw something else, the message does.
        limit = -2 if isinstance(error, AssertionError) else None
        lines = traceback.format_exception(error, limit=limit)
        failures.append(f"{check.format}/{sample.name}, read by {check.consumer}:\n{''.join(lines)}".rstrip())
        return "failed"
    return "passed"


def _print_table(rows: list[tuple[str, ...]]) -> None:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        print("  ".join(cells).rstrip())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

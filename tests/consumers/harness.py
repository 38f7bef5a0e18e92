"""How a check is declared, and what it says when a consumer sees something else."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from sample import Sample

# Of a failure's message, so that a whole text does not hide the rest.
_PART_LEN_MAX = 300


@dataclass(frozen=True)
class Check:
    format: str
    consumer: str
    # Gets a sample and the folder of golden files that the format wrote of it.
    run: Callable[[Sample, Path], None]


CHECKS: list[Check] = []


class NothingToReadError(Exception):
    """Raised by a check of a sample that its consumer cannot take, which our documentation says."""


def reads(*formats: str, by: str, of: str | None = None):
    """Declares a check of formats by a consumer, which is named with the version of its package.

    `of` is the package where the consumer has another name; None means that documented rules are
    checked here and no package.
    """

    def declare(run: Callable[[Sample, Path], None]) -> Callable[[Sample, Path], None]:
        consumer = f"{by}, {of} {_version(of)}" if of else by
        CHECKS.extend(Check(name, consumer, run) for name in formats)
        return run

    return declare


def package(name: str) -> str:
    """The name of a consumer that is called as its package is."""
    return f"{name} {_version(name)}"


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "(not installed)"


def expect(what: str, found: object, expected: object) -> None:
    """Fails with what differs, not with all of both."""
    if found == expected:
        return
    if isinstance(found, dict) and isinstance(expected, dict):
        parts = [
            f"{key!r}: {found.get(key, '(nothing)')!r}, not {expected.get(key, '(nothing)')!r}"
            for key in [*expected, *(key for key in found if key not in expected)]
            if found.get(key) != expected.get(key)
        ]
    elif isinstance(found, list) and isinstance(expected, list):
        parts = [f"not expected {item!r}" for item in found if item not in expected]
        parts += [f"missing {item!r}" for item in expected if item not in found]
        parts = parts or [f"in another order or number: {found!r}, not {expected!r}"]
    else:
        parts = [f"{found!r}, not {expected!r}"]
    parts = [part if len(part) <= _PART_LEN_MAX else f"{part[:_PART_LEN_MAX]}…" for part in parts]
    shown = parts[:8] + ([f"and {len(parts) - 8} more"] if len(parts) > 8 else [])
    raise AssertionError("\n".join([what, *("  " + part for part in shown)]))


def the_file(folder: Path, ending: str) -> Path:
    """The only golden file with that ending."""
    found = sorted(
        path for path in folder.iterdir() if path.name.endswith(ending) and path.name != "losses.txt"
    )
    assert len(found) == 1, (
        f"one file *{ending} is expected in {folder.name}, there are {[p.name for p in found]}"
    )
    return found[0]

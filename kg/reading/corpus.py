"""Many sources at once: the files of folders and patterns, and what of them cannot be read."""

from __future__ import annotations

import glob
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.errors import InputError
from kg.model import Report
from kg.reading.formats.sniff import SUFFIXES

Source = str | Path
# Files beside the tables that are none: decisions, mappings, descriptions.
_BESIDE = frozenset(("curation", "mapping", "readme", "licence", "license", "changelog"))


@dataclass(frozen=True, slots=True)
class Failure:
    """A file of a corpus that is left out, and why, in one sentence."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Corpus:
    """The reports of some sources.

    Attributes:
        paths: The files that were read.
        reports: What each of them tells.
        failures: The files that could not be read.
    """

    paths: tuple[Path, ...]
    reports: tuple[Report, ...]
    failures: tuple[Failure, ...] = ()


def read_corpus(sources: Sequence[Source], read: Callable[[Path], Report]) -> Corpus:
    """Read the files that the sources name.

    A folder or a pattern stands for all tables in it; one that cannot be read, or is the same
    report as another, does not stop the others. A file named by itself must be readable.

    Args:
        sources: Files, folders, and patterns such as `2021/*.pdf`.
        read: What reads a file.

    Raises:
        InputError: A file named by itself cannot be read or is the same report as one before it, a
            folder or pattern holds no table, or none of its files can be read.
    """
    paths: dict[Path, Report] = {}
    failures: list[Failure] = []
    told: dict[str, Path] = {}
    for source in sources:
        found = files(source)
        for path in [Path(source)] if found is None else found:
            if path in paths and found is not None:
                continue
            try:
                report = read(path)
                if report.identifier in told:
                    raise InputError(
                        f"{path}: is the same report as {told[report.identifier]} "
                        f"({report.identifier}); give only one of them"
                    )
            except InputError as error:
                if found is None:
                    raise
                failures.append(Failure(path, str(error)))
                continue
            paths[path] = report
            told[report.identifier] = path
    if not paths:
        count = len(failures)
        raise InputError(
            f"{sources[0]}: none of its {count} files can be read; {failures[0].reason}"
        )
    return Corpus(tuple(paths), tuple(paths.values()), tuple(failures))


def files(source: Source) -> list[Path] | None:
    """Return the tables that a folder or a pattern stands for, or None for a file.

    Raises:
        InputError: There is none.
    """
    path = Path(source)
    if path.is_dir():
        candidates = sorted(path.rglob("*"))
    elif glob.has_magic(str(source)) and not path.exists():
        candidates = sorted(map(Path, glob.glob(str(source), recursive=True)))  # noqa: PTH207
    else:
        return None
    found = [candidate for candidate in candidates if _is_table(candidate)]
    if not found:
        raise InputError(
            f"{source}: holds no file that may be a table; give one of {' '.join(sorted(SUFFIXES))}"
        )
    return found


def _is_table(path: Path) -> bool:
    """Tell whether a file may be a table by its name; programs hide their own with `.` and `~$`."""
    return (
        path.suffix.lower() in SUFFIXES
        and path.name.partition(".")[0].lower() not in _BESIDE
        and not path.name.startswith((".", "~$"))
        and path.is_file()
    )

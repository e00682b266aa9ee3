"""The review list of a source, after its curation file was applied."""

from __future__ import annotations

from pathlib import Path

from kg.curation.apply import apply_entries
from kg.curation.doubts import Doubt, find_doubts
from kg.curation.entries import Entry, load_curation
from kg.extraction.facts import extract
from kg.reading import read

CURATIONS = ("curation.yaml", "curation.csv")


def load_decisions(source: str | Path, given: str | Path | None = None) -> tuple[Entry, ...]:
    """Return the entries of a source's curation file: the given one, or one beside the source.

    Raises:
        InputError: The file cannot be read, or its entries are incomplete or contradict each other.
    """
    path = find_curation_file(source, given)
    return () if path is None else load_curation(path)


def find_curation_file(source: str | Path, given: str | Path | None = None) -> Path | None:
    """Return the curation file of a source: the given one, or one beside the source, if any."""
    if given is not None:
        return Path(given)
    beside = (Path(source).parent / name for name in CURATIONS)
    return next((path for path in beside if path.is_file()), None)


def review(
    source: str | Path,
    jurisdiction: str | None = None,
    curation: str | Path | None = None,
    mapping: str | Path | None = None,
) -> tuple[list[Doubt], tuple[Entry, ...]]:
    """Return what is doubtful in a source, and the entries that match nothing in it.

    Args:
        source: The file to read.
        jurisdiction: Code of the place, if the title does not name it.
        curation: A curation file; by default the one beside the source, if any.
        mapping: A file that maps unusual headings to columns, as for `kg.read`.

    Raises:
        InputError: The source or the curation file cannot be read.
    """
    report = read(source, jurisdiction, mapping)
    result = apply_entries(extract(report), load_decisions(source, curation))
    return find_doubts(report, result.facts, result.applied), result.unmatched

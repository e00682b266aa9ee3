"""From a source to its review list, with the decisions on it carried out."""

from __future__ import annotations

from pathlib import Path

from kg.curation.apply import apply
from kg.curation.doubts import Doubt, find_doubts
from kg.curation.entries import Entry, load_curation
from kg.extraction.facts import extract
from kg.reading import read

CURATIONS = ("curation.yaml", "curation.csv")


def decisions(source: str | Path, given: str | Path | None = None) -> tuple[Entry, ...]:
    """Return what a person decided about a source: the file given, or one that lies beside it.

    Raises:
        InputError: The file cannot be read, or its entries are incomplete or contradict each other.
    """
    path = curation_file(source, given)
    return () if path is None else load_curation(path)


def curation_file(source: str | Path, given: str | Path | None = None) -> Path | None:
    """Return the curation file of a source: the one given, or one that lies beside it, if any."""
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
    """Return what is doubtful in a source, and the decisions that match nothing in it.

    Args:
        source: The file to read.
        jurisdiction: Code of the place that it is of, where the title does not tell it.
        curation: A curation file; without it the one beside the source, if there is one.
        mapping: A file that tells what unusual headings mean, as for `kg.read`.

    Raises:
        InputError: The source or the curation file cannot be read.
    """
    report = read(source, jurisdiction, mapping)
    result = apply(extract(report), decisions(source, curation))
    return find_doubts(report, result.facts, result.applied), result.unmatched

"""Sources that were read, stored on disk so that memory does not grow with their number."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from kg.graph.digest import Job, Outline, read_outline


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A source that was read and stored.

    Attributes:
        source: The file it was read from.
        identifier: Identifier of its report.
        plan: Identifier of the report's plan.
        file: The file with its pickled outline.
    """

    source: str | Path
    identifier: str
    plan: str
    file: Path

    def outline(self) -> Outline:
        """Load the outline."""
        with self.file.open("rb") as file:
            outline: Outline = pickle.load(file)
        return outline


def store_source(job: Job, folder: Path) -> StoredSource:
    """Read a source, and store its outline in a folder.

    Raises:
        InputError: As for `read_outline`.
    """
    read_source = read_outline(job)
    with NamedTemporaryFile(dir=folder, delete=False) as file:
        pickle.dump(read_source, file)
    report = read_source.report
    return StoredSource(job.source, report.identifier, report.plan, Path(file.name))

"""Sources that were read wait on disk for their turn: memory does not grow with their number."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from kg.graph.digest import Job, Outline, outline


@dataclass(frozen=True, slots=True)
class Waiting:
    """A source that was read.

    Attributes:
        source: The file it was read from.
        identifier: Identifier of its report.
        plan: Identifier of the report's plan.
        file: Where its outline waits.
    """

    source: str | Path
    identifier: str
    plan: str
    file: Path

    def outline(self) -> Outline:
        """Return what was read."""
        with self.file.open("rb") as file:
            found: Outline = pickle.load(file)
        return found


def wait(job: Job, room: Path) -> Waiting:
    """Read a source, and let what was read wait.

    Args:
        job: The source.
        room: The folder in which it waits.

    Raises:
        InputError: As for `outline`.
    """
    read_source = outline(job)
    with NamedTemporaryFile(dir=room, delete=False) as file:
        pickle.dump(read_source, file)
    report = read_source.report
    return Waiting(job.source, report.identifier, report.plan, Path(file.name))

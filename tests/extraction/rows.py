"""Rows of invented text, and the facts in them."""

from __future__ import annotations

from kg.extraction.facts import extract
from kg.model import Cell, Jurisdiction, Report, Task, TaskFacts


def row(promise: str = "", progress: str = "", number: int = 1) -> Task:
    """Return a task with these cells and one department."""
    return Task("r", number, ("类", None), Cell(promise), Cell(progress), Cell("民政局"), ())


def facts_of(
    *rows: tuple[str, str], code: str | None = None, year: int = 2019, as_of: str = "2019-10"
) -> list[TaskFacts]:
    """Return the facts of an invented report, given by the promise and progress of its tasks."""
    tasks = tuple(row(*texts, number=number) for number, texts in enumerate(rows, 1))
    return list(extract(Report("r", "r", "", Jurisdiction(code, "柳江区"), year, as_of, tasks)))

"""Rows of invented text."""

from __future__ import annotations

from kg.model import Cell, Task


def row(promise: str = "", progress: str = "", number: int = 1) -> Task:
    """Return a task with these cells, answered for by one department."""
    return Task("r", number, ("类", None), Cell(promise), Cell(progress), Cell("民政局"), ())

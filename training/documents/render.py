"""Render a document with the tasks of one government, in a random layout."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from training.documents.indicators import make_indicator_rows
from training.documents.lists import write_list
from training.documents.rows import Row, choose_contents, make_rows
from training.documents.surroundings import (
    make_other_table,
    write_beginning,
    write_end,
    write_other_kind,
)
from training.documents.tables import write_table
from training.documents.writer import RoleSpan, Writer
from training.markup import MarkedTask


@dataclass(frozen=True, slots=True)
class RenderedDocument:
    """An invented document.

    Attributes:
        text: Its text.
        spans: The roles of its parts, in order; other text surrounds the tasks.
        rows: Its rows.
    """

    text: str
    spans: tuple[RoleSpan, ...]
    rows: tuple[Row, ...]


def render_document(tasks: Sequence[MarkedTask], chance: random.Random) -> RenderedDocument:
    """Return a document with marked tasks of one government.

    Args:
        tasks: The tasks, at least one.
        chance: The random generator for layout and wording.
    """
    government, year = tasks[0].government, int(tasks[0].as_of[:4] or 2020)
    table = chance.random() < 0.6
    contents = choose_contents(tasks, chance, listed=not table)
    rows = make_rows(tasks, contents, chance)
    if table and chance.random() < 0.2:
        rows = make_indicator_rows(tasks, contents, chance) or rows
    writer = Writer()
    gap = chance.choice(("\n", "\n\n"))
    write_beginning(government, year, gap, writer, chance)
    if chance.random() < 0.03:
        write_other_kind(government, year, gap, writer, chance)
        rows = []
    elif table:
        write_table(rows, contents, writer, chance)
    else:
        write_list(rows, writer, chance)
    if chance.random() < 0.04:
        writer.mark(gap + make_other_table(government, year, chance))
    write_end(government, year, gap, writer, chance)
    return RenderedDocument(writer.text, tuple(writer.spans), tuple(rows))

"""A document with the tasks of one government, laid out in one of many ways."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

from training.documents.inventions import (
    invent_breadcrumbs,
    invent_end,
    invent_letter,
    invent_meta_line,
    invent_other_table,
    invent_page_table,
    invent_title,
)
from training.documents.indicators import make_indicator_rows
from training.documents.lists import write_list
from training.documents.rows import Row, choose_contents, make_rows
from training.documents.tables import write_table
from training.documents.writer import RoleSpan, Writer
from training.markup import MarkedTask


@dataclass(frozen=True, slots=True)
class RenderedDocument:
    """An invented document.

    Attributes:
        text: Its text.
        spans: The roles of its parts, in order; what is in none stands around the tasks.
        rows: What it tells, row by row.
    """

    text: str
    spans: tuple[RoleSpan, ...]
    rows: tuple[Row, ...]


def render_document(tasks: Sequence[MarkedTask], chance: random.Random) -> RenderedDocument:
    """Return a document with some marked tasks of one government.

    Args:
        tasks: The tasks, at least one.
        chance: What decides layout, wording and all that is invented.
    """
    government, year = tasks[0].government, int(tasks[0].as_of[:4] or 2020)
    contents = choose_contents(tasks, chance)
    rows = make_rows(tasks, contents, chance)
    table = chance.random() < 0.6
    if table and chance.random() < 0.12:
        rows = make_indicator_rows(tasks, contents, chance) or rows
    writer = Writer()
    gap = chance.choice(("\n", "\n\n"))
    if chance.random() < 0.25:
        writer.mark(invent_breadcrumbs(chance) + gap)
    if chance.random() < 0.08:
        writer.mark(invent_page_table(government, year, chance))
    if chance.random() < 0.85:
        title = invent_title(government, year, chance)
        writer.write(title, "title")
        writer.mark(gap)
        if chance.random() < 0.1:
            writer.write(title, "title")
            writer.mark(gap)
    while chance.random() < 0.35:
        writer.mark(invent_meta_line(government, year, chance) + gap)
    if chance.random() < 0.3:
        writer.mark("".join(line + gap for line in invent_letter(government, year, chance)))
    if chance.random() < 0.02:
        # A document of another kind: it holds no task.
        writer.mark(invent_other_table(chance))
        return RenderedDocument(writer.text, tuple(writer.spans), ())
    write = write_table if table else write_list
    write(rows, contents, writer, chance)
    if chance.random() < 0.04:
        writer.mark(gap + invent_other_table(chance))
    if chance.random() < 0.45:
        writer.mark("".join(gap + line for line in invent_end(government, year, chance)))
    return RenderedDocument(writer.text, tuple(writer.spans), tuple(rows))

"""The text of a cell with the words marked on which facts stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from kg.server.parts.reader import Link, Reader

# Kinds of facts that are marked, the first in front where several stand on the same words.
_MARKED = ("obstacle", "step", "observation", "target", "quantity", "date")


class Span(NamedTuple):
    """Words of a cell: their places, the kind of fact that stands on them or the thing named."""

    start: int
    end: int
    mark: str
    thing: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a text: facts of a kind stand on it, or it names a thing, or neither."""

    text: str
    mark: str
    thing: Link | None


def spans_by_cell(reader: Reader, task: str, report: str) -> dict[str, list[Span]]:
    """Return by cell the words of a task in a report on which facts stand."""
    found: dict[str, list[Span]] = {}
    things = {*reader.all(task, "tkg:mentions"), *reader.all(task, "tkg:responsible")}
    for evidence in reader.subjects("tkg:task", task):
        if reader.prefix(evidence) != "evidence" or reader.one(evidence, "tkg:report") != report:
            continue
        for fact in reader.all(evidence, "tkg:supports"):
            kind = reader.prefix(fact)
            if fact in things or kind in _MARKED:
                cell = reader.one(evidence, "oa:hasSource/tkg:column")
                start, end = (
                    int(reader.one(evidence, f"oa:hasSelector/oa:{place}"))
                    for place in ("start", "end")
                )
                named = fact if fact in things else ""
                found.setdefault(cell, []).append(Span(start, end, "" if named else kind, named))
    return found


def split_text(reader: Reader, text: str, found: Iterable[Span]) -> list[Piece]:
    """Return a text in pieces, with what stands on each."""
    within = [span for span in found if span.end <= len(text)]
    places = sorted({0, len(text), *(place for span in within for place in span[:2])})
    whole: list[Piece] = []
    for start, end in pairwise(places):
        here = [span for span in within if span.start <= start and end <= span.end]
        # Of names within names the whole is what the text speaks of.
        names = sorted((span for span in here if span.thing), key=lambda it: it.start - it.end)
        thing = reader.link(names[0].thing) if names else None
        marks = {span.mark for span in here}
        mark = next((mark for mark in _MARKED if mark in marks), "")
        if whole and (whole[-1].mark, whole[-1].thing) == (mark, thing):
            whole[-1] = Piece(whole[-1].text + text[start:end], mark, thing)
        else:
            whole.append(Piece(text[start:end], mark, thing))
    return whole

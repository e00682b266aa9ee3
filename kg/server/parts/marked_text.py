"""The text of a cell, with the words marked that are the evidence of facts."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from kg.server.parts.reader import Link, Reader

# Kinds of facts whose words are marked; if several kinds share words, the first one counts.
_MARKED = ("obstacle", "step", "observation", "target", "quantity", "date")


class Span(NamedTuple):
    """A span of a cell's text that is evidence of a fact or names a thing.

    Attributes:
        start: Where it begins.
        end: Where it ends.
        mark: The kind of fact, or empty.
        thing: IRI of the thing that is named, or empty.
    """

    start: int
    end: int
    mark: str
    thing: str


@dataclass(frozen=True, slots=True)
class TextPart:
    """A part of a text, with the kind of fact that it is evidence of, or the thing it names."""

    text: str
    mark: str
    thing: Link | None


def spans_by_cell(reader: Reader, task: str, report: str) -> dict[str, list[Span]]:
    """Return the spans in a task's row of a report that are evidence of facts, by cell."""
    spans: dict[str, list[Span]] = {}
    things = {*reader.values(task, "tkg:mentions"), *reader.values(task, "tkg:responsible")}
    for evidence in reader.subjects("tkg:task", task):
        if reader.kind(evidence) != "evidence" or reader.value(evidence, "tkg:report") != report:
            continue
        for fact in reader.values(evidence, "tkg:supports"):
            kind = reader.kind(fact)
            if fact in things or kind in _MARKED:
                cell = reader.value(evidence, "oa:hasSource/tkg:column")
                start, end = (
                    int(reader.value(evidence, f"oa:hasSelector/oa:{place}"))
                    for place in ("start", "end")
                )
                thing = fact if fact in things else ""
                spans.setdefault(cell, []).append(Span(start, end, "" if thing else kind, thing))
    return spans


def split_text(reader: Reader, text: str, spans: Iterable[Span]) -> list[TextPart]:
    """Split a text at the ends of spans."""
    within = [span for span in spans if span.end <= len(text)]
    places = sorted({0, len(text), *(place for span in within for place in span[:2])})
    parts: list[TextPart] = []
    for start, end in pairwise(places):
        here = [span for span in within if span.start <= start and end <= span.end]
        # If a name contains another one, the longest name is linked.
        names = sorted((span for span in here if span.thing), key=lambda it: it.start - it.end)
        thing = reader.link(names[0].thing) if names else None
        marks = {span.mark for span in here}
        mark = next((mark for mark in _MARKED if mark in marks), "")
        if parts and (parts[-1].mark, parts[-1].thing) == (mark, thing):
            parts[-1] = TextPart(parts[-1].text + text[start:end], mark, thing)
        else:
            parts.append(TextPart(text[start:end], mark, thing))
    return parts

"""What stops tasks and what they plan next, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from kg.server.parts.quotes import Quote, quotes_of
from kg.server.parts.reader import Link, Reader


@dataclass(frozen=True, slots=True)
class Told:
    """An obstacle or a next step.

    Attributes:
        path: Path of its own page.
        what: Its words.
        kind: Which kind of obstacle; empty for next steps.
        quote: The sentence; None where the latest report has none.
        awaited: The departments that are waited for.
        laws: The laws that make them competent; empty where the words name them.
    """

    path: str | None
    what: str
    kind: str
    quote: Quote | None
    awaited: tuple[Link, ...]
    laws: tuple[str, ...]


def obstacles(reader: Reader, task: str) -> list[Told]:
    """Return what stops a task, as the latest report tells it."""
    return [_reported_obstacle(reader, iri) for iri in reader.all(task, "tkg:obstacle")]


def next_steps(reader: Reader, task: str) -> list[Told]:
    """Return what a task plans next, as the latest report tells it."""
    latest = reader.one(task, "tkg:latestState/tkg:report")
    found = (_reported_obstacle(reader, iri) for iri in reader.all(task, "tkg:nextStep"))
    return [step for step in found if step.quote and step.quote.report.iri == latest]


def _reported_obstacle(reader: Reader, iri: str) -> Told:
    kind = reader.one(iri, "tkg:obstacleKind")
    ties = sorted(reader.subjects("tkg:through", iri))
    return Told(
        reader.link(iri).path,
        reader.name(iri),
        reader.name(kind) if kind else "",
        next(iter(quotes_of(reader, iri, most=1)), None),
        tuple(reader.sorted({one for tie in ties for one in reader.all(tie, "tkg:awaits")})),
        tuple({law: None for tie in ties for law in reader.all(tie, "tkg:act/dcterms:source")}),
    )

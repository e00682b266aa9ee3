"""Obstacles and next steps of tasks, as pages show them."""

from __future__ import annotations

from dataclasses import dataclass

from kg.server.parts.quotes import Quote, quotes_of
from kg.server.parts.reader import Link, Reader


@dataclass(frozen=True, slots=True)
class ObstacleOrStep:
    """An obstacle or a next step.

    Attributes:
        path: Path of its own page.
        what: Its words.
        kind: The kind of obstacle; empty for next steps.
        quote: The sentence, or None if the latest report has none.
        awaited: The departments that are waited for.
        laws: The laws that make them competent; empty if the sentence names them.
    """

    path: str | None
    what: str
    kind: str
    quote: Quote | None
    awaited: tuple[Link, ...]
    laws: tuple[str, ...]


def obstacles(reader: Reader, task: str) -> list[ObstacleOrStep]:
    """Return the obstacles of a task in the latest report."""
    return [_obstacle_or_step(reader, iri) for iri in reader.values(task, "tkg:obstacle")]


def next_steps(reader: Reader, task: str) -> list[ObstacleOrStep]:
    """Return the next steps of a task in the latest report."""
    latest = reader.value(task, "tkg:latestState/tkg:report")
    steps = (_obstacle_or_step(reader, iri) for iri in reader.values(task, "tkg:nextStep"))
    return [step for step in steps if step.quote and step.quote.report.iri == latest]


def _obstacle_or_step(reader: Reader, iri: str) -> ObstacleOrStep:
    kind = reader.value(iri, "tkg:obstacleKind")
    ties = sorted(reader.subjects("tkg:through", iri))
    return ObstacleOrStep(
        reader.link(iri).path,
        reader.name(iri),
        reader.name(kind) if kind else "",
        next(iter(quotes_of(reader, iri, limit=1)), None),
        tuple(
            reader.sorted_links(
                {department for tie in ties for department in reader.values(tie, "tkg:awaits")}
            )
        ),
        tuple({law: None for tie in ties for law in reader.values(tie, "tkg:act/dcterms:source")}),
    )

"""Tasks and targets as rows of the tables of pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from kg.server.data.judgement_reasons import reason_text
from kg.server.parts.reader import Link, Reader

_DIGITS = re.compile(r"\d+")
_SIGNS = {"at_least": "≥", "at_most": "≤", "exactly": "", "about": "≈"}


@dataclass(frozen=True, slots=True)
class TaskRow:
    """A task as a row of a table.

    Attributes:
        iri: Its IRI.
        path: Path of its page.
        plan: The plan that it belongs to.
        number: Its number there.
        promise: What it promises.
        status: Code of its state; empty where none is told.
        departments: Who answers for it.
    """

    iri: str
    path: str
    plan: str
    number: int
    promise: str
    status: str
    departments: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A target as a row of a table.

    Attributes:
        iri: Its IRI.
        path: Path of its page.
        indicator: What is measured.
        promised: The promised value with its sign and unit.
        observed: The reported value with its unit, or empty.
        share: How much of the promise is reached, from 0 to 1; None where that cannot be told.
        judgement: Code of the judgement.
        reason: The arithmetic or the words behind it.
        as_of: Up to when the value is told, or empty.
        task: Path of its task.
        number: Number of its task.
    """

    iri: str
    path: str | None
    indicator: Link
    promised: str
    observed: str
    share: float | None
    judgement: str
    reason: str
    as_of: str
    task: str | None
    number: str


def natural_key(text: str) -> str:
    """Return a text by which names are sorted so that 任务 10 stands behind 任务 9."""
    return _DIGITS.sub(lambda found: found[0].rjust(12), text)


def task_row(reader: Reader, iri: str) -> TaskRow:
    """Return a task as a row."""
    link = reader.link(iri)
    return TaskRow(
        iri,
        link.path or "",
        # The IRI of a task is made of its plan and its number.
        link.iri.rpartition("/")[0].rpartition("/")[2],
        int(reader.one(iri, "tkg:number") or 0),
        reader.one(iri, "tkg:promise"),
        reader.code(iri, "tkg:status"),
        tuple(reader.links(iri, "tkg:responsible")),
    )


def task_rows(reader: Reader, iris: Iterable[str], most: int) -> list[TaskRow]:
    """Return tasks as rows, up to some: those of the last plan in front, each plan by number."""
    by_plan: dict[str, list[str]] = {}
    for iri in iris:
        by_plan.setdefault(iri.rpartition("/")[0], []).append(iri)
    # The names of plans end with the year.
    plans = sorted(by_plan, key=lambda plan: (plan.rpartition("-")[2], plan), reverse=True)
    ordered = [iri for plan in plans for iri in sorted(by_plan[plan], key=natural_key)]
    return [task_row(reader, iri) for iri in ordered[:most]]


def target_row(reader: Reader, iri: str, told: str = "") -> TargetRow:
    """Return a target as a row.

    Args:
        reader: Reads the graph.
        iri: The target.
        told: An assessment of it in one report; the latest where it is left out.
    """
    observation = reader.one(told or iri, "prov:wasDerivedFrom" if told else "tkg:observation")
    task = reader.one(told, "tkg:task") if told else reader.one(iri, "^tkg:target")
    promised, unit = reader.one(iri, "tkg:value"), reader.one(iri, "tkg:unit")
    sign = _SIGNS.get(reader.code(iri, "tkg:comparator"), "")
    value = reader.one(observation, "tkg:value")
    observed_unit = reader.one(observation, "tkg:unit") or unit
    return TargetRow(
        iri,
        reader.link(iri).path,
        reader.link(reader.one(iri, "tkg:indicator")),
        f"{sign}{promised}{unit}",
        f"{value}{observed_unit}" if value else "",
        _reached_share(reader, iri, observation),
        reader.code(told or iri, "tkg:judgement"),
        reason_text(reader.one(told or iri, "tkg:judgementReason"), reader.language),
        reader.one(observation, "tkg:asOf"),
        reader.link(task).path if task else None,
        reader.one(task, "tkg:number"),
    )


def _reached_share(reader: Reader, target: str, observation: str) -> float | None:
    """Return how much of a promise is reached, by the values in standard units or as written."""
    if not observation:
        return None
    for value, unit in (("tkg:standardValue", "tkg:ucum"), ("tkg:value", "tkg:unit")):
        promised, observed = reader.one(target, value), reader.one(observation, value)
        if promised and observed and reader.one(target, unit) == reader.one(observation, unit):
            whole = Decimal(promised)
            return float(Decimal(observed) / whole) if whole > 0 else None
    return None

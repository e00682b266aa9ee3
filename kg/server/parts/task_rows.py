"""Tasks and targets as rows of tables on pages."""

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
        status: Code of its state, or empty.
        departments: The departments that answer for it.
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
        share: Which share of the promise is reached, where 1 is all of it; None if unknown.
        judgement: Code of the judgement.
        reason: The reason of the judgement.
        as_of: Date of the reported value, or empty.
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
    """Return a key that sorts numbers in names by size, so that 任务 10 comes after 任务 9."""
    return _DIGITS.sub(lambda found: found[0].rjust(12), text)


def task_row(reader: Reader, iri: str) -> TaskRow:
    """Return a task as a row."""
    link = reader.link(iri)
    return TaskRow(
        iri,
        link.path or "",
        # The IRI of a task is made of its plan and its number.
        link.iri.rpartition("/")[0].rpartition("/")[2],
        int(reader.value(iri, "tkg:number") or 0),
        reader.value(iri, "tkg:promise"),
        reader.code(iri, "tkg:status"),
        tuple(reader.links(iri, "tkg:responsible")),
    )


def task_rows(reader: Reader, iris: Iterable[str], limit: int) -> list[TaskRow]:
    """Return tasks as rows, up to a limit: the newest plan first, within a plan by number."""
    by_plan: dict[str, list[str]] = {}
    for iri in iris:
        by_plan.setdefault(iri.rpartition("/")[0], []).append(iri)
    # The names of plans end with the year.
    plans = sorted(by_plan, key=lambda plan: (plan.rpartition("-")[2], plan), reverse=True)
    ordered = [iri for plan in plans for iri in sorted(by_plan[plan], key=natural_key)]
    return [task_row(reader, iri) for iri in ordered[:limit]]


def target_row(reader: Reader, iri: str, assessment: str = "") -> TargetRow:
    """Return a target as a row.

    Args:
        reader: Reads the graph.
        iri: The target.
        assessment: An assessment of the target in one report; the latest by default.
    """
    if assessment:
        observation = reader.value(assessment, "prov:wasDerivedFrom")
        task = reader.value(assessment, "tkg:task")
    else:
        observation = reader.value(iri, "tkg:observation")
        task = reader.value(iri, "^tkg:target")
    promised, unit = reader.value(iri, "tkg:value"), reader.value(iri, "tkg:unit")
    sign = _SIGNS.get(reader.code(iri, "tkg:comparator"), "")
    value = reader.value(observation, "tkg:value")
    observed_unit = reader.value(observation, "tkg:unit") or unit
    return TargetRow(
        iri,
        reader.link(iri).path,
        reader.link(reader.value(iri, "tkg:indicator")),
        f"{sign}{promised}{unit}",
        f"{value}{observed_unit}" if value else "",
        _reached_share(reader, iri, observation),
        reader.code(assessment or iri, "tkg:judgement"),
        reason_text(reader.value(assessment or iri, "tkg:judgementReason"), reader.language),
        reader.value(observation, "tkg:asOf"),
        reader.link(task).path if task else None,
        reader.value(task, "tkg:number"),
    )


def _reached_share(reader: Reader, target: str, observation: str) -> float | None:
    """Return which share of a target is reached, by standard units, else by units as written."""
    if not observation:
        return None
    for value, unit in (("tkg:standardValue", "tkg:ucum"), ("tkg:value", "tkg:unit")):
        promised, observed = reader.value(target, value), reader.value(observation, value)
        if promised and observed and reader.value(target, unit) == reader.value(observation, unit):
            goal = Decimal(promised)
            return float(Decimal(observed) / goal) if goal > 0 else None
    return None

"""The page of a task."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice
from typing import Any

from kg.server.parts import obstacles
from kg.server.parts.marked_text import spans_by_cell, split_text
from kg.server.parts.quotes import quotes_of
from kg.server.parts.reader import Link, Reader
from kg.server.parts.task_rows import TargetRow, TaskRow, natural_key, target_row, task_row

TEMPLATE = "task.html"
REQUIRED_PATHS = ("tkg:number", "tkg:promise", "tkg:latestState/tkg:report")
_MAX_NEIGHBOURS = 8
# A thing that more tasks name says little about any two of them.
_MAX_NAMING_TASKS = 60


@dataclass(frozen=True, slots=True)
class State:
    """The state of a task in one report."""

    report: Link
    as_of: str
    row: str
    sure: bool
    status: str
    departments: tuple[Link, ...]
    targets: tuple[TargetRow, ...]
    promise: str
    progress: str
    changed: bool


def page_context(reader: Reader, iri: str) -> dict[str, Any]:
    """Return the context of a task's page."""
    state = reader.value(iri, "tkg:latestState")
    report = reader.value(state, "tkg:report")
    spans = spans_by_cell(reader, iri, report)
    status = reader.value(iri, "tkg:status")
    things = reader.links(iri, "tkg:mentions")
    return {
        "row": task_row(reader, iri),
        "report": reader.link(report),
        "roles": [
            (one, _department_role(reader, iri, one.iri))
            for one in reader.links(iri, "tkg:responsible")
        ],
        "named": set(reader.values(state, "tkg:named")),
        "groups": [link.name for link in reader.links(iri, "tkg:group")],
        "leaders": [link.name for link in reader.links(iri, "tkg:leader")],
        "categories": _task_categories(reader, iri),
        "status": reader.code(iri, "tkg:status"),
        "status_quotes": quotes_of(reader, state, limit=2) if status else [],
        "promise": split_text(reader, reader.value(iri, "tkg:promise"), spans.get("task", [])),
        "progress": split_text(
            reader, reader.value(iri, "tkg:progress"), spans.get("progress", [])
        ),
        "targets": [
            (
                target_row(reader, target),
                quotes_of(reader, target, limit=1),
                _target_observations(reader, target),
            )
            for target in reader.values(iri, "tkg:target")
        ],
        "sections": [
            (reader.link(part), reader.code(part, "tkg:status"), quotes_of(reader, part, limit=1))
            for part in sorted(reader.values(iri, "tkg:part"), key=natural_key)
        ],
        "obstacles": obstacles.obstacles(reader, iri),
        "steps": obstacles.next_steps(reader, iri),
        "quantities": [
            _quantity_cell(reader, one) for one in _in_text_order(reader, iri, "tkg:quantity")
        ],
        "dates": [
            (
                reader.link(one).path,
                reader.value(one, "tkg:iso"),
                _concept_label(reader, one, "tkg:dateRole"),
            )
            for one in _in_text_order(reader, iri, "tkg:date")
        ],
        "things": things,
        "history": _reported_states(reader, iri),
        "neighbours": _tasks_with_same_things(reader, iri, things),
        "before": _adjacent_task_path(reader, iri, -1),
        "after": _adjacent_task_path(reader, iri, 1),
    }


def _department_role(reader: Reader, task: str, department: str) -> str:
    roles = ("lead", "cooperating")
    return next((role for role in roles if department in reader.values(task, f"tkg:{role}")), "")


def _task_categories(reader: Reader, task: str) -> list[Link]:
    """Return the categories of a task, upper ones first."""
    lower = reader.links(task, "tkg:category")
    return [*(up for one in lower for up in reader.links(one.iri, "skos:broader")), *lower]


def _target_observations(reader: Reader, target: str) -> list[Any]:
    observation = reader.value(target, "tkg:observation")
    return quotes_of(reader, observation, limit=1) if observation else []


def _in_text_order(reader: Reader, task: str, path: str) -> list[str]:
    """Return facts in the order of their words, by the positions in their IRIs."""
    return sorted(reader.values(task, path), key=natural_key)


def _quantity_cell(reader: Reader, iri: str) -> tuple[str | None, str, str, bool]:
    return (
        reader.link(iri).path,
        reader.value(iri, "tkg:measured"),
        reader.value(iri, "tkg:value") + reader.value(iri, "tkg:unit"),
        reader.value(iri, "tkg:approximate") == "true",
    )


def _concept_label(reader: Reader, iri: str, path: str) -> str:
    concept = reader.value(iri, path)
    return reader.name(concept) if concept else ""


def _reported_states(reader: Reader, task: str) -> list[State]:
    """Return the states of a task in all reports, the latest first."""
    states = [
        iri for iri in reader.subjects("tkg:task", task) if iri.startswith(f"{reader.base}/state/")
    ]
    states.sort(key=lambda iri: (reader.value(iri, "tkg:asOf") + "-99", iri))
    rows: list[State] = []
    before = ""
    for iri in states:
        progress = reader.value(iri, "tkg:progress")
        rows.append(
            State(
                reader.link(reader.value(iri, "tkg:report")),
                reader.value(iri, "tkg:asOf"),
                reader.value(iri, "tkg:number"),
                float(reader.value(iri, "tkg:matchConfidence") or 1) >= 0.7,
                reader.code(iri, "tkg:status"),
                tuple(reader.links(iri, "tkg:named")),
                tuple(_judged_targets(reader, iri)),
                reader.value(iri, "tkg:promise"),
                progress,
                progress != before,
            )
        )
        before = progress
    return rows[::-1]


def _judged_targets(reader: Reader, state: str) -> list[TargetRow]:
    assessments = sorted(
        iri for iri in reader.subjects("tkg:toldIn", state) if reader.kind(iri) == "assessment"
    )
    return [target_row(reader, reader.value(iri, "tkg:assesses"), iri) for iri in assessments]


def _tasks_with_same_things(
    reader: Reader, task: str, things: list[Link]
) -> list[tuple[TaskRow, list[Link]]]:
    """Return other tasks that name the same things, those with the rarest things first."""
    shared: dict[str, list[Link]] = {}
    score: dict[str, float] = {}
    for thing in things:
        tasks = list(islice(reader.subjects("tkg:mentions", thing.iri), _MAX_NAMING_TASKS + 1))
        if 1 < len(tasks) <= _MAX_NAMING_TASKS:
            for other in tasks:
                shared.setdefault(other, []).append(thing)
                score[other] = score.get(other, 0) + 1 / (len(tasks) - 1)
    score.pop(task, None)
    nearest = sorted(score, key=lambda other: (-score[other], natural_key(other)))[:_MAX_NEIGHBOURS]
    return [(task_row(reader, other), shared[other]) for other in nearest]


def _adjacent_task_path(reader: Reader, task: str, step: int) -> str | None:
    """Return the path of the previous or next task in a plan, or None."""
    plan, _, number = task.rpartition("/")
    iri = f"{plan}/{int(number) + step}"
    return reader.link(iri).path if reader.value(iri, "tkg:number") else None

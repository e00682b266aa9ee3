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
NEEDS = ("tkg:number", "tkg:promise", "tkg:latestState/tkg:report")
_NEIGHBOURS = 8
# What is named by more tasks than these says little about any two of them.
_COMMON = 60


@dataclass(frozen=True, slots=True)
class State:
    """A task as one report tells it."""

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
    """Return what the page of a task shows."""
    state = reader.one(iri, "tkg:latestState")
    report = reader.one(state, "tkg:report")
    found = spans_by_cell(reader, iri, report)
    status = reader.one(iri, "tkg:status")
    things = reader.links(iri, "tkg:mentions")
    return {
        "row": task_row(reader, iri),
        "report": reader.link(report),
        "roles": [
            (one, _department_role(reader, iri, one.iri))
            for one in reader.links(iri, "tkg:responsible")
        ],
        "named": set(reader.all(state, "tkg:named")),
        "groups": [link.name for link in reader.links(iri, "tkg:group")],
        "leaders": [link.name for link in reader.links(iri, "tkg:leader")],
        "categories": _task_categories(reader, iri),
        "status": reader.code(iri, "tkg:status"),
        "status_quotes": quotes_of(reader, state, most=2) if status else [],
        "promise": split_text(reader, reader.one(iri, "tkg:promise"), found.get("task", [])),
        "progress": split_text(reader, reader.one(iri, "tkg:progress"), found.get("progress", [])),
        "targets": [
            (
                target_row(reader, target),
                quotes_of(reader, target, most=1),
                _target_observations(reader, target),
            )
            for target in reader.all(iri, "tkg:target")
        ],
        "sections": [
            (reader.link(part), reader.code(part, "tkg:status"), quotes_of(reader, part, most=1))
            for part in sorted(reader.all(iri, "tkg:part"), key=natural_key)
        ],
        "obstacles": obstacles.obstacles(reader, iri),
        "steps": obstacles.next_steps(reader, iri),
        "quantities": [
            _quantity_cell(reader, one) for one in _in_text_order(reader, iri, "tkg:quantity")
        ],
        "dates": [
            (
                reader.link(one).path,
                reader.one(one, "tkg:iso"),
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
    return next((role for role in roles if department in reader.all(task, f"tkg:{role}")), "")


def _task_categories(reader: Reader, task: str) -> list[Link]:
    """Return the headings of a task, the upper in front."""
    lower = reader.links(task, "tkg:category")
    return [*(up for one in lower for up in reader.links(one.iri, "skos:broader")), *lower]


def _target_observations(reader: Reader, target: str) -> list[Any]:
    observation = reader.one(target, "tkg:observation")
    return quotes_of(reader, observation, most=1) if observation else []


def _in_text_order(reader: Reader, task: str, path: str) -> list[str]:
    """Return facts in the order of their words, which their IRIs tell."""
    return sorted(reader.all(task, path), key=natural_key)


def _quantity_cell(reader: Reader, iri: str) -> tuple[str | None, str, str, bool]:
    return (
        reader.link(iri).path,
        reader.one(iri, "tkg:measured"),
        reader.one(iri, "tkg:value") + reader.one(iri, "tkg:unit"),
        reader.one(iri, "tkg:approximate") == "true",
    )


def _concept_label(reader: Reader, iri: str, path: str) -> str:
    concept = reader.one(iri, path)
    return reader.name(concept) if concept else ""


def _reported_states(reader: Reader, task: str) -> list[State]:
    """Return a task as its reports tell it, the latest in front."""
    states = [
        iri for iri in reader.subjects("tkg:task", task) if iri.startswith(f"{reader.base}/state/")
    ]
    states.sort(key=lambda iri: (reader.one(iri, "tkg:asOf") + "-99", iri))
    found: list[State] = []
    before = ""
    for iri in states:
        progress = reader.one(iri, "tkg:progress")
        found.append(
            State(
                reader.link(reader.one(iri, "tkg:report")),
                reader.one(iri, "tkg:asOf"),
                reader.one(iri, "tkg:number"),
                float(reader.one(iri, "tkg:matchConfidence") or 1) >= 0.7,
                reader.code(iri, "tkg:status"),
                tuple(reader.links(iri, "tkg:named")),
                tuple(_judged_targets(reader, iri)),
                reader.one(iri, "tkg:promise"),
                progress,
                progress != before,
            )
        )
        before = progress
    return found[::-1]


def _judged_targets(reader: Reader, state: str) -> list[TargetRow]:
    told_there = (
        iri for iri in reader.subjects("tkg:toldIn", state) if reader.prefix(iri) == "assessment"
    )
    return [target_row(reader, reader.one(iri, "tkg:assesses"), iri) for iri in sorted(told_there)]


def _tasks_with_same_things(
    reader: Reader, task: str, things: list[Link]
) -> list[tuple[TaskRow, list[Link]]]:
    """Return the tasks that name the same things, those with the rarest things in front."""
    shared: dict[str, list[Link]] = {}
    score: dict[str, float] = {}
    for thing in things:
        tasks = list(islice(reader.subjects("tkg:mentions", thing.iri), _COMMON + 1))
        if 1 < len(tasks) <= _COMMON:
            for other in tasks:
                shared.setdefault(other, []).append(thing)
                score[other] = score.get(other, 0) + 1 / (len(tasks) - 1)
    score.pop(task, None)
    nearest = sorted(score, key=lambda other: (-score[other], natural_key(other)))[:_NEIGHBOURS]
    return [(task_row(reader, other), shared[other]) for other in nearest]


def _adjacent_task_path(reader: Reader, task: str, step: int) -> str | None:
    """Return the path of the task before or behind one in its plan."""
    plan, _, number = task.rpartition("/")
    iri = f"{plan}/{int(number) + step}"
    return reader.link(iri).path if reader.one(iri, "tkg:number") else None

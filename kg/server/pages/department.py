"""The page of a department."""

from __future__ import annotations

from collections import Counter
from typing import Any

from kg.labels import MISSED
from kg.network.neighbours import DepartmentTie, department_ties, neighbours
from kg.server.pages import obstacles
from kg.server.pages.reader import Reader
from kg.server.pages.strands import strand
from kg.server.pages.tasks import natural, target_row, task_rows

TEMPLATE = "department.html"
_TASKS, _TIED, _STRANDS, _TARGETS, _TOLD, _THROUGH = 30, 12, 10, 20, 12, 4


def told(reader: Reader, iri: str) -> dict[str, Any]:
    """Return what the page of a department shows."""
    tasks = reader.all(iri, "^tkg:responsible")
    rows = task_rows(reader, tasks, _TASKS)
    targets = [target for task in tasks for target in reader.all(task, "tkg:target")]
    judged = {target: reader.code(target, "tkg:judgement") for target in targets}
    stops = [found for task in tasks for found in obstacles.obstacles(reader, task)]
    steps = [found for task in tasks for found in obstacles.steps(reader, task)]
    tied = neighbours(reader.graph, iri)
    # A thing that ties two through a part of it, or that ties nobody, is not shown.
    counted = {tie.iri: tie for one in tied for tie in one.ties}
    through = sorted(counted.values(), key=lambda tie: (-tie.weight, tie.iri))
    shared = [tie for tie in through if tie.kind != "waiting"]
    waiting = [tie for tie in department_ties(reader.graph, iri) if tie.kind == "waiting"]
    mentions = [task for task in reader.all(iri, "^tkg:mentions") if task not in tasks]
    return {
        "others": reader.all(iri, "skos:altLabel"),
        "authority": reader.links(iri, "^org:hasUnit"),
        "count": len(tasks),
        "joint": sum(len(reader.all(task, "tkg:responsible")) > 1 for task in tasks),
        "states": Counter(reader.code(task, "tkg:status") for task in tasks),
        "missed": sum(judged[target] in MISSED for target in targets),
        "tasks": [(row, _role(reader, row.iri, iri), _named(reader, row.iri, iri)) for row in rows],
        "roles_told": any(
            _role(reader, row.iri, iri) or not _named(reader, row.iri, iri) for row in rows
        ),
        "tied": [
            (reader.link(one.department), one.weight, _through(reader, one.ties), len(one.ties))
            for one in tied[:_TIED]
        ],
        "tied_count": len(tied),
        "strands": [strand(reader, tie, (iri,)) for tie in shared[:_STRANDS]],
        "strand_count": len(shared),
        "waits": [strand(reader, tie, (iri,)) for tie in waiting if iri not in tie.awaited],
        "awaited": [strand(reader, tie, (iri,)) for tie in waiting if iri in tie.awaited],
        "targets": [
            target_row(reader, target)
            for target in sorted(targets, key=lambda it: (judged[it] not in MISSED, natural(it)))[
                :_TARGETS
            ]
        ],
        "target_count": len(targets),
        "obstacles": stops[:_TOLD],
        "obstacle_count": len(stops),
        "steps": steps[:_TOLD],
        "step_count": len(steps),
        "mentions": task_rows(reader, mentions, _TOLD),
        "mention_count": len(mentions),
    }


def _role(reader: Reader, task: str, department: str) -> str:
    """Return the role that the document tells, or empty."""
    roles = ("lead", "cooperating")
    return next((role for role in roles if department in reader.all(task, f"tkg:{role}")), "")


def _named(reader: Reader, task: str, department: str) -> bool:
    """Return whether the latest report still names a department for a task."""
    return department in reader.all(task, "tkg:latestState/tkg:named")


def _through(reader: Reader, found: tuple[DepartmentTie, ...]) -> list[tuple[str, Any]]:
    return [(tie.kind, reader.link(tie.through)) for tie in found[:_THROUGH]]

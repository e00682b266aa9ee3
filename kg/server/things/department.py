"""The page of a department."""

from __future__ import annotations

from collections import Counter
from typing import Any

from kg.labels import MISSED
from kg.network.neighbours import Bond, bonds, neighbours
from kg.server.parts import obstacles
from kg.server.parts.reader import Reader
from kg.server.parts.task_rows import natural_key, target_row, task_rows
from kg.server.parts.ties import tie_details

TEMPLATE = "department.html"
# How many of each the page shows; `_MAX_THROUGH` are the things of each tied department.
_MAX_TASKS, _MAX_TIED, _MAX_SHARED_TIES, _MAX_TARGETS, _MAX_OTHERS, _MAX_THROUGH = (
    30,
    12,
    10,
    20,
    12,
    4,
)


def page_context(reader: Reader, iri: str) -> dict[str, Any]:
    """Return the context of a department's page."""
    tasks = reader.values(iri, "^tkg:responsible")
    rows = task_rows(reader, tasks, _MAX_TASKS)
    targets = [target for task in tasks for target in reader.values(task, "tkg:target")]
    judged = {target: reader.code(target, "tkg:judgement") for target in targets}
    stops = [found for task in tasks for found in obstacles.obstacles(reader, task)]
    steps = [found for task in tasks for found in obstacles.next_steps(reader, task)]
    tied = neighbours(reader.graph, iri)
    # Things that tie departments only through a part of them, or that tie nobody, are not shown.
    counted = {bond.iri: bond for one in tied for bond in one.bonds}
    through = sorted(counted.values(), key=lambda bond: (-bond.weight, bond.iri))
    shared = [bond for bond in through if bond.kind != "waiting"]
    waiting = [bond for bond in bonds(reader.graph, iri) if bond.kind == "waiting"]
    mentions = [task for task in reader.values(iri, "^tkg:mentions") if task not in tasks]
    return {
        "others": reader.values(iri, "skos:altLabel"),
        "authority": reader.links(iri, "^org:hasUnit"),
        "count": len(tasks),
        "joint": sum(len(reader.values(task, "tkg:responsible")) > 1 for task in tasks),
        "states": Counter(reader.code(task, "tkg:status") for task in tasks),
        "missed": sum(judged[target] in MISSED for target in targets),
        "tasks": [
            (row, _role(reader, row.iri, iri), _is_still_named(reader, row.iri, iri))
            for row in rows
        ],
        "has_roles": any(
            _role(reader, row.iri, iri) or not _is_still_named(reader, row.iri, iri) for row in rows
        ),
        "tied": [
            (
                reader.link(one.department),
                one.weight,
                _tied_through(reader, one.bonds),
                len(one.bonds),
            )
            for one in tied[:_MAX_TIED]
        ],
        "tied_count": len(tied),
        "shared_ties": [tie_details(reader, bond, (iri,)) for bond in shared[:_MAX_SHARED_TIES]],
        "shared_tie_count": len(shared),
        "waits": [tie_details(reader, bond, (iri,)) for bond in waiting if iri not in bond.awaited],
        "awaited": [tie_details(reader, bond, (iri,)) for bond in waiting if iri in bond.awaited],
        "targets": [
            target_row(reader, target)
            for target in sorted(
                targets, key=lambda it: (judged[it] not in MISSED, natural_key(it))
            )[:_MAX_TARGETS]
        ],
        "target_count": len(targets),
        "obstacles": stops[:_MAX_OTHERS],
        "obstacle_count": len(stops),
        "steps": steps[:_MAX_OTHERS],
        "step_count": len(steps),
        "mentions": task_rows(reader, mentions, _MAX_OTHERS),
        "mention_count": len(mentions),
    }


def _role(reader: Reader, task: str, department: str) -> str:
    """Return the role of a department in a task according to the report, or an empty text."""
    roles = ("lead", "cooperating")
    return next((role for role in roles if department in reader.values(task, f"tkg:{role}")), "")


def _is_still_named(reader: Reader, task: str, department: str) -> bool:
    """Return whether the latest report still names a department for a task."""
    return department in reader.values(task, "tkg:latestState/tkg:named")


def _tied_through(reader: Reader, found: tuple[Bond, ...]) -> list[tuple[str, Any]]:
    return [(bond.kind, reader.link(bond.through)) for bond in found[:_MAX_THROUGH]]

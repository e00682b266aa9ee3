"""The page of a report."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from typing import Any

from kg.labels import MISSED
from kg.server.parts.reader import Link, Reader
from kg.server.parts.task_rows import natural_key, target_row

TEMPLATE = "report.html"
_MAX_SHOWN = 30


def page_context(reader: Reader, iri: str) -> dict[str, Any]:
    """Return the context of a report's page."""
    identifier = reader.value(iri, "dcterms:identifier")
    entries = reader.build.about["reports"]
    entry: dict[str, Any] = next((one for one in entries if one["identifier"] == identifier), {})
    # Some thousand things refer to a report, however large the store is.
    things_by_kind: dict[str, list[str]] = {}
    for thing in reader.subjects("tkg:report", iri):
        things_by_kind.setdefault(reader.kind(thing), []).append(thing)
    states = sorted(things_by_kind.get("state", ()), key=natural_key)
    status = {state: reader.code(state, "tkg:status") for state in states}
    categories: dict[str, Counter[str]] = {}
    for state in states:
        for category in reader.values(state, "tkg:task/tkg:category") or [""]:
            categories.setdefault(category, Counter())[status[state]] += 1
    judged = {it: reader.code(it, "tkg:judgement") for it in things_by_kind.get("assessment", ())}
    missed = sorted((it for it in judged if judged[it] in MISSED), key=natural_key)
    obstacles = [
        (obstacle, state)
        for state in states
        for obstacle in sorted(reader.subjects("tkg:toldIn", state))
        if reader.kind(obstacle) == "obstacle"
    ]
    return {
        "identifier": identifier,
        "district": reader.links(iri, "tkg:jurisdiction"),
        "year": reader.value(iri, "tkg:year"),
        "as_of": reader.value(iri, "tkg:asOf"),
        # Only the file's name, as folders reveal details of the machine that read it.
        "source": PurePath(str(entry.get("source", ""))).name,
        "sha256": str(entry.get("sha256", "")),
        "count": len(states),
        "states": Counter(status.values()),
        "categories": _category_rows(reader, categories),
        "missed": [
            target_row(reader, reader.value(it, "tkg:assesses"), it) for it in missed[:_MAX_SHOWN]
        ],
        "missed_count": len(missed),
        "obstacles": [
            (
                reader.link(obstacle),
                reader.link(reader.value(state, "tkg:task")),
                reader.value(state, "tkg:number"),
            )
            for obstacle, state in obstacles[:_MAX_SHOWN]
        ],
        "obstacle_count": len(obstacles),
        "siblings": _other_reports(reader, entry, identifier),
    }


def _category_rows(
    reader: Reader, counted: dict[str, Counter[str]]
) -> list[tuple[Link | None, Link | None, Counter[str]]]:
    """Return the upper category, the category, and the states of its tasks for each category."""
    found = []
    for category, states in counted.items():
        upper = reader.links(category, "skos:broader") if category else []
        link = reader.link(category) if category else None
        found.append((upper[0] if upper else None, link, states))
    return sorted(
        found,
        key=lambda one: ((one[0] or one[1]).name if one[1] else "", one[1].name if one[1] else ""),
    )


def _other_reports(
    reader: Reader, entry: dict[str, Any], identifier: str
) -> list[tuple[Link, str]]:
    """Return the other reports of the plan, the latest first."""
    plan = entry.get("plan")
    others = [
        (str(one["identifier"]), str(one["as_of"] or ""))
        for one in reader.build.about["reports"]
        if one["plan"] == plan and one["identifier"] != identifier
    ]
    others.sort(key=lambda one: (one[1] + "-99", one[0]), reverse=True)
    return [(reader.link(f"{reader.base}/report/{name}"), name) for name, _ in others]

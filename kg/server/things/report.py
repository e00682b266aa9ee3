"""The page of a report."""

from __future__ import annotations

from collections import Counter
from pathlib import PurePath
from typing import Any

from kg.labels import MISSED
from kg.server.parts.reader import Link, Reader
from kg.server.parts.task_rows import natural_key, target_row

TEMPLATE = "report.html"
_SHOWN = 30


def page_context(reader: Reader, iri: str) -> dict[str, Any]:
    """Return what the page of a report shows."""
    identifier = reader.one(iri, "dcterms:identifier")
    entries = reader.found.about["reports"]
    entry: dict[str, Any] = next((one for one in entries if one["identifier"] == identifier), {})
    # A report has some thousand things that tell of it, whatever else the store holds.
    told_there: dict[str, list[str]] = {}
    for thing in reader.subjects("tkg:report", iri):
        told_there.setdefault(reader.prefix(thing), []).append(thing)
    states = sorted(told_there.get("state", ()), key=natural_key)
    status = {state: reader.code(state, "tkg:status") for state in states}
    categories: dict[str, Counter[str]] = {}
    for state in states:
        for category in reader.all(state, "tkg:task/tkg:category") or [""]:
            categories.setdefault(category, Counter())[status[state]] += 1
    judged = {it: reader.code(it, "tkg:judgement") for it in told_there.get("assessment", ())}
    missed = sorted((it for it in judged if judged[it] in MISSED), key=natural_key)
    obstacles = [
        (obstacle, state)
        for state in states
        for obstacle in sorted(reader.subjects("tkg:toldIn", state))
        if reader.prefix(obstacle) == "obstacle"
    ]
    return {
        "identifier": identifier,
        "district": reader.links(iri, "tkg:jurisdiction"),
        "year": reader.one(iri, "tkg:year"),
        "as_of": reader.one(iri, "tkg:asOf"),
        # Only the file's name: folders tell of the machine on which it was read.
        "source": PurePath(str(entry.get("source", ""))).name,
        "sha256": str(entry.get("sha256", "")),
        "count": len(states),
        "states": Counter(status.values()),
        "categories": _category_rows(reader, categories),
        "missed": [
            target_row(reader, reader.one(it, "tkg:assesses"), it) for it in missed[:_SHOWN]
        ],
        "missed_count": len(missed),
        "obstacles": [
            (
                reader.link(obstacle),
                reader.link(reader.one(state, "tkg:task")),
                reader.one(state, "tkg:number"),
            )
            for obstacle, state in obstacles[:_SHOWN]
        ],
        "obstacle_count": len(obstacles),
        "siblings": _other_reports(reader, entry, identifier),
    }


def _category_rows(
    reader: Reader, counted: dict[str, Counter[str]]
) -> list[tuple[Link | None, Link | None, Counter[str]]]:
    """Return the headings with their upper ones and the states of their tasks."""
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
    """Return the other reports of the plan, with which it can be compared, the latest in front."""
    plan = entry.get("plan")
    others = [
        (str(one["identifier"]), str(one["as_of"] or ""))
        for one in reader.found.about["reports"]
        if one["plan"] == plan and one["identifier"] != identifier
    ]
    others.sort(key=lambda one: (one[1] + "-99", one[0]), reverse=True)
    return [(reader.link(f"{reader.base}/report/{name}"), name) for name, _ in others]

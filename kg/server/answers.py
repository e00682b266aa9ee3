"""Answers of the catalogue as pages show them: cells with words in two languages and with links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import NamedNode
from starlette.requests import Request

from kg.graph.terms import mint, term
from kg.questions.parameters import concepts, thing_names
from kg.questions.sparql import select
from kg.server.addresses import path_of
from kg.server.kept import kept_of
from kg.server.language import language
from kg.server.plans import report_labels
from kg.server.question_words import CELLS, SCHEMES
from kg.server.reasons import reason
from kg.server.snapshot import Snapshot, snapshot
from kg.server.words import KINDS
from kg.tables import Answer, Plain
from kg.views.kinds import TIES

_NAMED = ("Department", "PublicBody", "NamedThing", "Indicator", "Category", "Jurisdiction")
# Columns that hold one name, several names and what parts them, and numbers of tasks.
_ONE = frozenset(("name", "department", "indicator", "awaits", "district", "affected"))
_MANY = {
    "category": " / ",
    "communities": "、",
    "departments": "、",
    "districts": "、",
    "part_of": "、",
}
_NUMBERS = frozenset(("task", "tasks", "numbers"))
_TASK = re.compile(r"(?:(?P<report>[^,\s/]+)/)?(?P<number>\d+)")
# Columns of values with those of their units.
_UNITS = {"target": "unit", "actual": "actual_unit"}
_SIGNS = {">=": "≥", "<=": "≤", "~": "约"}
_SIGNS_EN = {**_SIGNS, "~": "≈"}
_TIES = {tie.name: (tie.zh, tie.en) for tie in TIES}


class Piece(NamedTuple):
    """A piece of a cell: its text, and the address that it leads to, or nothing."""

    text: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Places:
    """Where things of a graph are found.

    Attributes:
        names: Paths of the things of each name.
        tasks: For each report, the IRI of its plan's tasks without their number.
        words: What concepts are called, by scheme and code, in Chinese and English.
    """

    names: Mapping[str, tuple[str, ...]]
    tasks: Mapping[str, str]
    words: Mapping[tuple[str, str], tuple[str, str]]


def cells(request: Request, answer: Answer) -> list[list[tuple[str, list[Piece]]]]:
    """Return for each row of an answer its columns, with what stands in each."""
    found, spoken = snapshot(request), language(request)
    places = places_of(found)
    made = []
    for row in answer.rows:
        told = dict(zip(answer.fields, row, strict=True))
        made.append(
            [
                (name, list(_pieces(name, told, found, places, spoken)))
                for name in page_fields(answer.fields)
            ]
        )
    return made


def page_fields(fields: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of an answer that a page shows: units and signs stand with their values.

    >>> page_fields(("indicator", "comparator", "target", "unit"))
    ('indicator', 'target')
    """
    beside = {"comparator": "target", **{unit: value for value, unit in _UNITS.items()}}
    return tuple(name for name in fields if beside.get(name) not in fields)


def _pieces(
    name: str, row: Mapping[str, Plain], found: Snapshot, places: Places, spoken: str
) -> Iterator[Piece]:
    value = row[name]
    if value is None:
        return
    text = str(value)
    if isinstance(value, bool):
        yield Piece({"zh": ("否", "是"), "en": ("no", "yes")}[spoken][value])
    elif name == "report":
        label = report_labels(found).get(text, (text, text))[spoken != "zh"]
        yield Piece(label, path_of(mint(found.base, "report", text).value, found.base))
    elif name in _UNITS:
        signs = _SIGNS if spoken == "zh" else _SIGNS_EN
        sign = signs.get(str(row.get("comparator")), "") if name == "target" else ""
        yield Piece(f"{sign}{text}{row.get(_UNITS[name]) or ''}")
    elif name == "reason":
        yield Piece(reason(text, spoken))
    elif name in _ONE:
        yield _named(text, places)
    elif name in _MANY:
        for index, part in enumerate(text.split(_MANY[name])):
            yield from (Piece(_MANY[name]),) if index else ()
            yield _named(part, places)
    elif name in _NUMBERS:
        yield from _tasks(text, str(row.get("report") or ""), found, places)
    else:
        yield Piece(_word(name, text, places, spoken))


def _named(text: str, places: Places) -> Piece:
    paths = places.names.get(text, ())
    return Piece(text, paths[0] if len(paths) == 1 else f"/search?q={text}" if paths else None)


def _tasks(text: str, report: str, found: Snapshot, places: Places) -> Iterator[Piece]:
    """Yield numbers of tasks; without a report they lead on where there is but one plan."""
    plans = set(places.tasks.values())
    at = 0
    for match in _TASK.finditer(text):
        plan = places.tasks.get(match["report"] or report)
        if plan is None and len(plans) == 1:
            (plan,) = plans
        task = NamedNode(f"{plan}/{match['number']}") if plan else None
        known = task and any(found.graph.quads_for_pattern(task, term("tkg:number"), None, None))
        if match.start() > at:
            yield Piece(text[at : match.start()])
        yield Piece(match[0], path_of(task.value, found.base) if task and known else None)
        at = match.end()
    if text[at:]:
        yield Piece(text[at:])


def _word(name: str, text: str, places: Places, spoken: str) -> str:
    second = spoken != "zh"
    if name == "tie":
        return ", ".join(_TIES.get(one, (one, one))[second] for one in text.split(", "))
    if name == "cell" and text in CELLS:
        return CELLS[text][second]
    if name == "kind" and text.lower() in KINDS:
        word = KINDS[text.lower()]
        return word.en if second else word.zh
    return places.words.get((SCHEMES.get(name, ""), text), (text, text))[second]


def places_of(found: Snapshot) -> Places:
    """Return where the things of a build are found, worked out once."""
    return kept_of(found, "places of names", _places)


def _places(found: Snapshot) -> Places:
    graph, base = found.graph, found.base
    known = {
        label: tuple(path for iri in iris if (path := path_of(iri, base)))
        for label, iris in thing_names(graph, _NAMED).items()
    }
    tasks = {
        str(report): str(task).rpartition("/")[0] for report, task in select(graph, _PLANS).rows
    }
    words = {
        (scheme, code): labels
        for scheme in SCHEMES.values()
        for code, labels in concepts(graph, scheme).items()
    }
    return Places(known, tasks, words)


_PLANS = """SELECT ?identifier (SAMPLE(?task) AS ?one) WHERE {
  ?state a tkg:TaskState ; tkg:task ?task ; tkg:report/dcterms:identifier ?identifier
} GROUP BY ?identifier"""

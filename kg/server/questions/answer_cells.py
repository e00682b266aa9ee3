"""Cells of answers as pages show them: with labels in the page's language and with links."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from pyoxigraph import NamedNode
from starlette.requests import Request

from kg.graph.rdf.terms import mint, term
from kg.questions.parameters import concepts, thing_names
from kg.questions.sparql import select
from kg.server.data.addresses import path_of
from kg.server.data.build_cache import cached_for_build
from kg.server.data.judgement_reasons import reason_text
from kg.server.data.labels import KINDS
from kg.server.data.plans import report_labels
from kg.server.data.snapshot import Snapshot, snapshot
from kg.server.http.language import language
from kg.server.questions.labels import CELLS, SCHEMES
from kg.tables import Answer, Plain
from kg.views.kinds import TIES

_NAMED_CLASSES = ("Department", "PublicBody", "NamedThing", "Indicator", "Category", "Jurisdiction")
# Columns with one name, columns with several names and their separators, and columns with numbers
# of tasks.
_NAME_COLUMNS = frozenset(("name", "department", "indicator", "awaits", "district", "affected"))
_SEPARATORS = {
    "category": " / ",
    "communities": "、",
    "departments": "、",
    "districts": "、",
    "part_of": "、",
}
_TASK_COLUMNS = frozenset(("task", "tasks", "numbers"))
_TASK = re.compile(r"(?:(?P<report>[^,\s/]+)/)?(?P<number>\d+)")
# Columns of values and the columns of their units.
_UNITS = {"target": "unit", "actual": "actual_unit"}
_SIGNS = {">=": "≥", "<=": "≤", "~": "约"}
_SIGNS_EN = {**_SIGNS, "~": "≈"}
_TIES = {tie.name: (tie.zh, tie.en) for tie in TIES}


class CellPart(NamedTuple):
    """A part of a cell: its text, and the address of its link, or None."""

    text: str
    address: str | None = None


@dataclass(frozen=True, slots=True)
class AnswerLookup:
    """Tables to find the links and labels of values in answers.

    Attributes:
        names: Paths of the things with each name.
        tasks: For each report, the IRI of its plan's tasks without the number.
        words: Labels of concepts in Chinese and English, by scheme and code.
    """

    names: Mapping[str, tuple[str, ...]]
    tasks: Mapping[str, str]
    words: Mapping[tuple[str, str], tuple[str, str]]


def answer_cells(request: Request, answer: Answer) -> list[list[tuple[str, list[CellPart]]]]:
    """Return for each row of an answer the visible columns and the parts of their cells."""
    build, lang = snapshot(request), language(request)
    lookup = answer_lookup(build)
    cells = []
    for row in answer.rows:
        values = dict(zip(answer.fields, row, strict=True))
        cells.append(
            [
                (name, list(_cell_parts(name, values, build, lookup, lang)))
                for name in visible_fields(answer.fields)
            ]
        )
    return cells


def visible_fields(fields: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of an answer that a page shows; units and signs are shown with values.

    >>> visible_fields(("indicator", "comparator", "target", "unit"))
    ('indicator', 'target')
    """
    shown_with = {"comparator": "target", **{unit: value for value, unit in _UNITS.items()}}
    return tuple(name for name in fields if shown_with.get(name) not in fields)


def _cell_parts(
    name: str, row: Mapping[str, Plain], build: Snapshot, lookup: AnswerLookup, lang: str
) -> Iterator[CellPart]:
    value = row[name]
    if value is None:
        return
    text = str(value)
    if isinstance(value, bool):
        yield CellPart({"zh": ("否", "是"), "en": ("no", "yes")}[lang][value])
    elif name == "report":
        label = report_labels(build).get(text, (text, text))[lang != "zh"]
        yield CellPart(label, path_of(mint(build.base, "report", text).value, build.base))
    elif name in _UNITS:
        signs = _SIGNS if lang == "zh" else _SIGNS_EN
        sign = signs.get(str(row.get("comparator")), "") if name == "target" else ""
        yield CellPart(f"{sign}{text}{row.get(_UNITS[name]) or ''}")
    elif name == "reason":
        yield CellPart(reason_text(text, lang))
    elif name in _NAME_COLUMNS:
        yield _link_to_name(text, lookup)
    elif name in _SEPARATORS:
        for index, part in enumerate(text.split(_SEPARATORS[name])):
            yield from (CellPart(_SEPARATORS[name]),) if index else ()
            yield _link_to_name(part, lookup)
    elif name in _TASK_COLUMNS:
        yield from _task_links(text, str(row.get("report") or ""), build, lookup)
    else:
        yield CellPart(_value_label(name, text, lookup, lang))


def _link_to_name(text: str, lookup: AnswerLookup) -> CellPart:
    paths = lookup.names.get(text, ())
    return CellPart(text, paths[0] if len(paths) == 1 else f"/search?q={text}" if paths else None)


def _task_links(
    text: str, report: str, build: Snapshot, lookup: AnswerLookup
) -> Iterator[CellPart]:
    """Yield numbers of tasks; without a report they are only links if there is one plan."""
    plans = set(lookup.tasks.values())
    at = 0
    for match in _TASK.finditer(text):
        plan = lookup.tasks.get(match["report"] or report)
        if plan is None and len(plans) == 1:
            (plan,) = plans
        task = NamedNode(f"{plan}/{match['number']}") if plan else None
        exists = task and any(build.graph.quads_for_pattern(task, term("tkg:number"), None, None))
        if match.start() > at:
            yield CellPart(text[at : match.start()])
        yield CellPart(match[0], path_of(task.value, build.base) if task and exists else None)
        at = match.end()
    if text[at:]:
        yield CellPart(text[at:])


def _value_label(name: str, text: str, lookup: AnswerLookup, lang: str) -> str:
    english = lang != "zh"
    if name == "tie":
        return ", ".join(_TIES.get(one, (one, one))[english] for one in text.split(", "))
    if name == "cell" and text in CELLS:
        return CELLS[text][english]
    if name == "kind" and text.lower() in KINDS:
        word = KINDS[text.lower()]
        return word.en if english else word.zh
    return lookup.words.get((SCHEMES.get(name, ""), text), (text, text))[english]


def answer_lookup(build: Snapshot) -> AnswerLookup:
    """Return the tables for the answers about a build, which are cached."""
    return cached_for_build(build, "answer lookup", _build_lookup)


def _build_lookup(build: Snapshot) -> AnswerLookup:
    graph, base = build.graph, build.base
    paths = {
        label: tuple(path for iri in iris if (path := path_of(iri, base)))
        for label, iris in thing_names(graph, _NAMED_CLASSES).items()
    }
    tasks = {
        str(report): str(task).rpartition("/")[0] for report, task in select(graph, _PLANS).rows
    }
    words = {
        (scheme, code): labels
        for scheme in SCHEMES.values()
        for code, labels in concepts(graph, scheme).items()
    }
    return AnswerLookup(paths, tasks, words)


_PLANS = """SELECT ?identifier (SAMPLE(?task) AS ?one) WHERE {
  ?state a tkg:TaskState ; tkg:task ?task ; tkg:report/dcterms:identifier ?identifier
} GROUP BY ?identifier"""

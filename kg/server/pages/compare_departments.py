"""Comparison of two departments: their ties, common partners, tasks and targets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.errors import InputError
from kg.labels import MISSED
from kg.network.neighbours import Bond, Neighbour, bonds, neighbours
from kg.questions.parameters import Parameter, names, terms
from kg.server.data.addresses import iri_of
from kg.server.data.build_cache import cached_result
from kg.server.http import responses
from kg.server.http.language import language, say
from kg.server.http.problems import Problem
from kg.server.http.templating import render_page as render
from kg.server.parts.reader import Link, Reader, reader
from kg.server.parts.table_files import table_file, table_formats
from kg.server.parts.task_rows import TargetRow, natural_key, target_row
from kg.server.parts.ties import TieDetails, tie_details
from kg.tables import Answer, Plain

_DEPARTMENT = Parameter("department", ("Department",), "")
_TASKS, _THIRD, _TARGETS = 6, 12, 15
_FIELDS = (
    ("tie", "方式", "Tie"),
    ("through", "通过", "Through"),
    ("weight", "权重", "Weight"),
    ("departments", "部门", "Departments"),
    ("report", "报告", "Report"),
    ("task", "任务", "Task"),
    ("cell", "单元格", "Cell"),
    ("quote", "原文", "Words"),
    ("sentence", "所在句", "Sentence"),
)


@responses.cacheable
def comparison_page(request: Request) -> Response:
    """Return the comparison of the departments `?a=` and `?b=`, which are paths or names.

    Raises:
        Problem: There is no such department or format.
    """
    ending = request.path_params.get("ending", "")
    reading = reader(request)
    given = [request.query_params.get(name, "").strip() for name in ("a", "b")]
    meant = [_find_departments(request, reading, text) if text else [] for text in given]
    chosen = [those[0] if len(those) == 1 else None for those in meant]
    one, other = chosen
    context: dict[str, Any] = {}
    if one and other:
        if one == other:
            raise Problem(
                400,
                "Both departments are the same; choose two different ones.",
                zh="选的是同一个部门，请选择两个不同的部门。",
            )
        context = _ties_between(reading, one, other)
    elif one or other:
        only = one or other or ""
        context = {"near": [reading.link(it.department) for it in neighbours(reading.graph, only)]}
    if ending:
        if not (one and other):
            raise Problem(
                400,
                "Specify the two departments to compare, as ?a= and ?b=.",
                zh="请先选择要比较的两个部门。",
            )
        names = (reading.name(one), reading.name(other))
        title = say(request, f"{names[0]}与{names[1]}的联系", f"{names[0]} and {names[1]}")
        shown = _comparison_file(request, context["ties"], ending, title)
    else:
        shown = render(
            request,
            "compare_departments.html",
            given=given,
            meant=[reading.sorted_links(those) for those in meant],
            districts={iri: reading.value(iri, "^org:hasUnit/rdfs:label") for iri in chain(*meant)},
            sides=[reading.link(iri) if iri else None for iri in chosen],
            suggested=sorted(_departments_by_name(request)),
            files=table_formats(),
            **({"near": [], "ties": None} | context),
        )
    return shown


def _departments_by_name(request: Request) -> Mapping[str, tuple[str, ...]]:
    """Return the IRIs of departments by each of their names."""
    return cached_result(
        request, "departments by name", lambda found: names(found.graph, ["Department"])
    )


def _find_departments(request: Request, reading: Reader, text: str) -> list[str]:
    """Return the departments that a path, an IRI or a name stands for."""
    path = text.removeprefix(reading.base)
    iri = iri_of(path, reading.base) if path.startswith("/") else ""
    if reading.kind(iri) == "department":
        found = [iri] if reading.value(iri, "^tkg:responsible") else []
    else:
        found = list(_departments_by_name(request).get(text, ())) or _departments_by_short_form(
            reading, text
        )
    if not found:
        raise Problem(
            404,
            f"There is no department “{text[:60]}” in the graph; choose one from the list.",
            zh=f"图谱中没有“{text[:60]}”这个部门，请从列表中选择。",
        )
    return found


def _departments_by_short_form(reading: Reader, text: str) -> list[str]:
    """Return the departments that a short form or pinyin stands for."""
    try:
        return [str(one.value) for one in terms(reading.graph, _DEPARTMENT, text)]
    except InputError:
        return []


def _ties_between(reading: Reader, one: str, other: str) -> dict[str, Any]:
    around = {iri: neighbours(reading.graph, iri) for iri in (one, other)}
    places = {it.department: place for place, it in enumerate(around[one], 1)}
    tied = next((it for it in around[one] if it.department == other), None)
    counted = tied.bonds if tied else ()
    uncounted = [
        bond for bond in bonds(reading.graph, one) if bond.ties(one, other) and bond not in counted
    ]
    return {
        "weight": tied.weight if tied else 0,
        "place": places.get(other),
        "ties": [_tie_of_pair(reading, bond, one, other) for bond in counted],
        "uncounted": [_tie_of_pair(reading, bond, one, other) for bond in uncounted],
        "third": _common_partners(reading, around[one], around[other]),
        "about": [_department_summary(reading, iri) for iri in (one, other)],
    }


def _tie_of_pair(reading: Reader, bond: Bond, one: str, other: str) -> TieDetails:
    """Return a tie with only the sentences of two departments."""
    tasks = {
        task: departments for task, departments in bond.tasks.items() if departments & {one, other}
    }
    return tie_details(reading, replace(bond, tasks=tasks), (one,), _TASKS)


def _common_partners(
    reading: Reader, ones: tuple[Neighbour, ...], others: tuple[Neighbour, ...]
) -> list[tuple[Link, float, float]]:
    """Return the departments that are tied to both, those with the strongest ties first."""
    weights = {it.department: it.weight for it in others}
    both = [
        (it.department, it.weight, weights[it.department])
        for it in ones
        if it.department in weights
    ]
    # The weaker of the two ties counts.
    both.sort(key=lambda it: (-min(it[1], it[2]), it[0]))
    return [(reading.link(iri), first, second) for iri, first, second in both[:_THIRD]]


def _department_summary(reading: Reader, iri: str) -> dict[str, Any]:
    """Return the tasks and targets of a department, missed targets first."""
    tasks = reading.values(iri, "^tkg:responsible")
    targets = [target for task in tasks for target in reading.values(task, "tkg:target")]
    judged = {target: reading.code(target, "tkg:judgement") for target in targets}
    targets.sort(key=lambda it: (judged[it] not in MISSED, natural_key(it)))
    rows: list[TargetRow] = [target_row(reading, target) for target in targets[:_TARGETS]]
    return {
        "link": reading.link(iri),
        "count": len(tasks),
        "states": Counter(reading.code(task, "tkg:status") for task in tasks),
        "targets": rows,
        "target_count": len(targets),
        "missed": sum(judgement in MISSED for judgement in judged.values()),
    }


def _comparison_file(request: Request, ties: list[TieDetails], ending: str, title: str) -> Response:
    rows = tuple(row for one in ties for row in _sentence_rows(one))
    answer = Answer(tuple(name for name, *_ in _FIELDS), rows)
    lang = language(request)
    headings = tuple(zh if lang == "zh" else en for _, zh, en in _FIELDS)
    return table_file(answer, "departments", ending, headings, title)


def _sentence_rows(one: TieDetails) -> Iterator[tuple[Plain, ...]]:
    """Yield a row for each sentence of a tie; a task without sentences has one row."""
    for side in one.sides:
        departments = "、".join(link.name for link in side.departments)
        tie = (one.kind, one.through.name, f"{one.weight:g}", departments)
        for quote in side.quotes:
            sentence = quote.before + quote.words + quote.after
            report = quote.report.iri.rpartition("/")[2]
            yield (*tie, report, int(quote.number), quote.cell, quote.words, sentence)
        if not side.quotes:
            yield (*tie, None, None, "task", one.promise, one.promise)


ROUTES = (
    Route("/compare/departments", comparison_page),
    Route("/compare/departments.{ending}", comparison_page),
)

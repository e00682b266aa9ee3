"""Two departments side by side: what ties them, through which others, and what each promised."""

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
from kg.network.neighbours import DepartmentTie, Neighbour, department_ties, neighbours
from kg.questions.parameters import Parameter, find_terms, thing_names
from kg.server import responses
from kg.server.addresses import iri_of
from kg.server.downloads import download, formats
from kg.server.kept import kept
from kg.server.language import language, say
from kg.server.pages.reader import Link, Reader, reader
from kg.server.pages.strands import Strand, strand
from kg.server.pages.tasks import TargetRow, natural, target_row
from kg.server.problems import Problem
from kg.server.templating import page as render
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


def compare(request: Request) -> Response:
    """Return the comparison of the departments `?a=` and `?b=`: their paths, or their names.

    Raises:
        Problem: There is no such department or format.
    """
    ending = request.path_params.get("ending", "")
    variant = f"departments-{ending}-{language(request)}"
    if known := responses.unchanged(request, variant):
        return known
    reading = reader(request)
    given = [request.query_params.get(name, "").strip() for name in ("a", "b")]
    meant = [_meant(request, reading, text) if text else [] for text in given]
    chosen = [those[0] if len(those) == 1 else None for those in meant]
    one, other = chosen
    told: dict[str, Any] = {}
    if one and other:
        if one == other:
            raise Problem(
                400,
                "These are one department; choose two.",
                zh="选的是同一个部门，请选择两个不同的部门。",
            )
        told = _between(reading, one, other)
    elif one or other:
        only = one or other or ""
        told = {"near": [reading.link(it.department) for it in neighbours(reading.graph, only)]}
    if ending:
        if not (one and other):
            raise Problem(
                400,
                "Say which two departments are compared, as ?a= and ?b=.",
                zh="请先选择要比较的两个部门。",
            )
        names = (reading.name(one), reading.name(other))
        title = say(request, f"{names[0]}与{names[1]}的联系", f"{names[0]} and {names[1]}")
        shown = _file(request, told["strands"], ending, title)
    else:
        shown = render(
            request,
            "compare_departments.html",
            given=given,
            meant=[reading.sorted(those) for those in meant],
            districts={iri: reading.one(iri, "^org:hasUnit/rdfs:label") for iri in chain(*meant)},
            sides=[reading.link(iri) if iri else None for iri in chosen],
            suggested=sorted(_by_name(request)),
            files=formats(),
            **({"near": [], "strands": None} | told),
        )
    shown.headers.update(responses.cached(request, variant))
    return shown


def _by_name(request: Request) -> Mapping[str, tuple[str, ...]]:
    """Return the IRIs of departments by each of their names."""
    return kept(
        request, "departments by name", lambda found: thing_names(found.graph, ["Department"])
    )


def _meant(request: Request, reading: Reader, text: str) -> list[str]:
    """Return the departments that a path, an IRI or a name stands for."""
    path = text.removeprefix(reading.base)
    iri = iri_of(path, reading.base) if path.startswith("/") else ""
    if reading.prefix(iri) == "department":
        found = [iri] if reading.one(iri, "^tkg:responsible") else []
    else:
        found = list(_by_name(request).get(text, ())) or _in_any_form(reading, text)
    if not found:
        raise Problem(
            404,
            f"The graph knows no department “{text[:60]}”; choose one of the list.",
            zh=f"图谱中没有“{text[:60]}”这个部门，请从列表中选择。",
        )
    return found


def _in_any_form(reading: Reader, text: str) -> list[str]:
    """Return the departments that a short form or letters of pinyin stand for."""
    try:
        return [str(one.value) for one in find_terms(reading.graph, _DEPARTMENT, text)]
    except InputError:
        return []


def _between(reading: Reader, one: str, other: str) -> dict[str, Any]:
    around = {iri: neighbours(reading.graph, iri) for iri in (one, other)}
    places = {it.department: place for place, it in enumerate(around[one], 1)}
    tied = next((it for it in around[one] if it.department == other), None)
    counted = tied.ties if tied else ()
    uncounted = [
        tie
        for tie in department_ties(reading.graph, one)
        if tie.is_between(one, other) and tie not in counted
    ]
    return {
        "weight": tied.weight if tied else 0,
        "place": places.get(other),
        "strands": [_strand(reading, tie, one, other) for tie in counted],
        "uncounted": [_strand(reading, tie, one, other) for tie in uncounted],
        "third": _third(reading, around[one], around[other]),
        "about": [_about(reading, iri) for iri in (one, other)],
    }


def _strand(reading: Reader, tie: DepartmentTie, one: str, other: str) -> Strand:
    """Return a tie with the sentences of two departments only."""
    tasks = {task: held for task, held in tie.tasks.items() if held & {one, other}}
    return strand(reading, replace(tie, tasks=tasks), (one,), _TASKS)


def _third(
    reading: Reader, ones: tuple[Neighbour, ...], others: tuple[Neighbour, ...]
) -> list[tuple[Link, float, float]]:
    """Return the departments that are tied to both, those most strongly tied in front."""
    weights = {it.department: it.weight for it in others}
    both = [
        (it.department, it.weight, weights[it.department])
        for it in ones
        if it.department in weights
    ]
    # A way is as strong as its weaker part.
    both.sort(key=lambda it: (-min(it[1], it[2]), it[0]))
    return [(reading.link(iri), first, second) for iri, first, second in both[:_THIRD]]


def _about(reading: Reader, iri: str) -> dict[str, Any]:
    """Return the tasks and targets of a department, those that are missed in front."""
    tasks = reading.all(iri, "^tkg:responsible")
    targets = [target for task in tasks for target in reading.all(task, "tkg:target")]
    judged = {target: reading.code(target, "tkg:judgement") for target in targets}
    targets.sort(key=lambda it: (judged[it] not in MISSED, natural(it)))
    rows: list[TargetRow] = [target_row(reading, target) for target in targets[:_TARGETS]]
    return {
        "link": reading.link(iri),
        "count": len(tasks),
        "states": Counter(reading.code(task, "tkg:status") for task in tasks),
        "targets": rows,
        "target_count": len(targets),
        "missed": sum(judgement in MISSED for judgement in judged.values()),
    }


def _file(request: Request, strands: list[Strand], ending: str, title: str) -> Response:
    rows = tuple(row for one in strands for row in _rows(one))
    answer = Answer(tuple(name for name, *_ in _FIELDS), rows)
    spoken = language(request)
    headings = tuple(zh if spoken == "zh" else en for _, zh, en in _FIELDS)
    return download(answer, "departments", ending, headings, title)


def _rows(one: Strand) -> Iterator[tuple[Plain, ...]]:
    """Yield a row for each sentence of a tie; one that has none is a row of its own."""
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
    Route("/compare/departments", compare),
    Route("/compare/departments.{ending}", compare),
)

"""The coordination page: the matrix of departments, and the pairs that should talk."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.charts.matrix import MARKS, legend_items, matrix_chart, matrix_data, tie_names
from kg.charts.svg import markup
from kg.graph.derive import derived_graph_name
from kg.graph.terms import mint
from kg.labels import TIES
from kg.network.matrix import LITTLE, Cell
from kg.network.pairs import Dependency, Sentence
from kg.network.report import excerpt
from kg.planning.coordination import (
    FACETS,
    Coordination,
    Narrowing,
    TieNetwork,
    coordinate,
    departments_of,
    read_network,
)
from kg.planning.wording import reason_line
from kg.server import responses
from kg.server.addresses import path_of
from kg.server.desk.facets import Choice, Facet, page_address
from kg.server.desk.files import picture_file, picture_formats
from kg.server.desk.plan import chosen_plan, known_plans, plan_title
from kg.server.downloads import download
from kg.server.downloads import formats as table_formats
from kg.server.kept import kept_of
from kg.server.language import language, say
from kg.server.plans import Plan
from kg.server.problems import Problem
from kg.server.snapshot import Snapshot, snapshot
from kg.server.templating import page as render
from kg.server.words import KINDS
from kg.tables import Answer, Plain

# Pairs that the ranked list shows, ties of each, and departments of one choice.
_PAIRS, _TIES, _SENTENCES = 30, 4, 2
_COLUMNS = (
    ("departments", "部门甲", "Department A"),
    ("other", "部门乙", "Department B"),
    ("weight", "联系强度", "Strength"),
    ("kind", "联系方式", "Kind"),
    ("through", "通过什么联系", "Through"),
    ("reason", "对接的理由", "Why they should talk"),
    ("sentence", "部门甲的原句", "Sentence of A"),
    ("other_sentence", "部门乙的原句", "Sentence of B"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence as the page shows it, with the words of the tie marked.

    Attributes:
        before: What stands before the words.
        words: The words.
        after: What stands behind them.
        task: Path of the task.
        number: Its number.
        cell: The cell that holds them.
    """

    before: str
    words: str
    after: str
    task: str | None
    number: int
    cell: str


def page(request: Request) -> Response:
    """Answer a request for the coordination page, or for it as a picture or table.

    Raises:
        Problem: There is no such plan or format, or a number in the address is none.
    """
    ending = request.path_params.get("ending", "")
    variant = f"coordination-{ending}-{language(request)}"
    if known := responses.unchanged(request, variant):
        return known
    plan, wanted = chosen_plan(request), _narrowing(request)
    network = tie_network(snapshot(request), plan)
    found = coordinate(network, wanted)
    title = say(request, f"{plan_title(plan, english=False)}部门协调", "Coordination")
    if ending in ("svg", "png"):
        english = language(request) == "en"
        chart = matrix_chart(found.matrix, network.names, english, has_legend=True)
        shown = picture_file(request, chart, f"{plan.identifier}-coordination", ending, title)
    elif ending:
        answer, headings = _table(request, network, found, in_words=ending == "xlsx")
        shown = download(answer, f"{plan.identifier}-coordination", ending, headings, title)
    else:
        shown = _page(request, plan, network, found, wanted)
    shown.headers.update(responses.cached(request, variant))
    return shown


def tie_network(found: Snapshot, plan: Plan) -> TieNetwork:
    """Return the ties of a plan, read once for a build."""

    def read(build: Snapshot) -> TieNetwork:
        reports = [mint(build.base, "report", name).value for name in plan.reports]
        departments = departments_of(build.graph, reports)
        return read_network(
            build.graph, derived_graph_name(build.base, plan.identifier).value, departments
        )

    return kept_of(found, ("ties", plan.identifier), read)


def _narrowing(request: Request) -> Narrowing:
    """Return which ties the address wants.

    Raises:
        Problem: A number is none.
    """
    asked = request.query_params
    values = {name: value for name in FACETS if (value := asked.get(name, "").strip())}
    try:
        least = float(asked.get("least", "").strip() or LITTLE)
        group = int(text[:4]) if (text := asked.get("group", "").strip()) else None
    except ValueError:
        raise Problem(
            400,
            "least, group: write a number, such as 0.5 or 2.",
            zh="least、group：请写数字，例如 0.5 或 2。",
        ) from None
    if not least >= 0 or (group is not None and group < 1):
        raise Problem(
            400,
            "least: write 0 or more; group: write 1 or more.",
            zh="least 不能小于 0，group 不能小于 1。",
        )
    return Narrowing(values, least, group)


def _page(
    request: Request, plan: Plan, network: TieNetwork, found: Coordination, wanted: Narrowing
) -> Response:
    english, base = language(request) == "en", snapshot(request).base
    matrix = found.matrix
    return render(
        request,
        "coordination.html",
        plan=plan,
        title=plan_title(plan, english),
        plans=[(one.identifier, plan_title(one, english)) for one in known_plans(request)],
        found=found,
        names=network.names,
        path=lambda iri: path_of(iri, base),
        chart=Markup(markup(matrix_chart(matrix, network.names, english))),
        data=Markup(matrix_data(matrix, network.names, english)),
        paths=[path_of(iri, base) for iri in matrix.departments],
        legend=legend_items(),
        facets=_facets(request, found, wanted),
        groups=_groups(network, found),
        partners=_partners(found),
        pairs=[_pair(one, network, plan, base, english) for one in found.must_talk[:_PAIRS]],
        wanted=wanted,
        little=LITTLE,
        address=page_address(request, "/coordination"),
        files=picture_formats() + table_formats(),
    )


def _facets(request: Request, found: Coordination, wanted: Narrowing) -> list[Facet]:
    """Return the filters with the number of ties that each of their choices leaves."""
    english = language(request) == "en"

    def name(facet: str, value: str) -> str:
        if facet == "tie":
            return TIES[value][english]
        return KINDS[value][english] if facet == "kind" else value

    return [
        Facet(
            facet,
            label[english],
            tuple(
                Choice(value, name(facet, value), count, wanted.values.get(facet) == value)
                for value, count in found.facets[facet]
            ),
        )
        for facet, label in FACETS.items()
        if len(found.facets[facet]) > 1 or facet in wanted.values
    ]


def _groups(network: TieNetwork, found: Coordination) -> list[tuple[int, int, str]]:
    """Return the number of each group, its size, and the names of its first members."""
    members: dict[int, list[str]] = defaultdict(list)
    for iri, number in zip(found.matrix.departments, found.matrix.groups, strict=True):
        members[number].append(network.names[iri])
    return [(number, len(those), "、".join(those[:3])) for number, those in members.items()]


def _partners(found: Coordination) -> list[tuple[str, list[tuple[str, Cell]]]]:
    """Return for each department the others that are tied to it, the most strongly tied first."""
    order = found.matrix.departments
    partners: dict[str, list[tuple[str, Cell]]] = {iri: [] for iri in order}
    for cell in found.matrix.cells:
        one, other = order[cell.row], order[cell.column]
        partners[one].append((other, cell))
        partners[other].append((one, cell))
    return list(partners.items())


def _pair(
    found: Dependency, network: TieNetwork, plan: Plan, base: str, english: bool
) -> dict[str, Any]:
    """Return a pair that should talk, with its reason and a few sentences of both sides."""
    iris = {name: iri for iri, name in network.names.items()}

    def shown(one: Sentence) -> Said:
        text = excerpt(one)
        at = max(text.find(one.quote), 0)
        words = one.quote if one.quote in text else ""
        task = path_of(mint(base, "task", plan.identifier, one.task).value, base)
        return Said(text[:at], words, text[at + len(words) :], task, one.task, one.cell)

    return {
        "sides": [(name, path_of(iris[name], base)) for name in found.departments],
        "weight": found.weight,
        "reason": reason_line(found, english),
        "ties": [
            (tie, [[shown(one) for one in side.sentences[:_SENTENCES]] for side in tie.sides])
            for tie in found.ties[:_TIES]
        ],
        "more": len(found.ties) - len(found.ties[:_TIES]),
    }


def _table(
    request: Request, network: TieNetwork, found: Coordination, *, in_words: bool
) -> tuple[Answer, tuple[str, ...]]:
    """Return all pairs that are tied as a table, with what people call its columns.

    Workbooks have kinds in words, CSV has their codes.
    """
    english = language(request) == "en"
    must = {frozenset(one.departments): one for one in found.must_talk}
    rows = []
    for cell in found.matrix.cells:
        iris = [found.matrix.departments[at] for at in (cell.row, cell.column)]
        one, other = (network.names[iri] for iri in iris)
        pair = must.get(frozenset((one, other)))
        sentences = [
            next((q.sentence for tie in cell.ties for q in tie.quotes if iri in q.departments), "")
            for iri in iris
        ]
        row: tuple[Plain, ...] = (
            one,
            other,
            Decimal(f"{cell.weight:g}"),
            MARKS[cell.mark][english] if in_words else cell.mark,
            tie_names(cell, len(cell.ties)),
            reason_line(pair, english) if pair else None,
            *sentences,
        )
        rows.append(row)
    answer = Answer(tuple(name for name, *_ in _COLUMNS), tuple(rows))
    return answer, tuple(column[2 if english else 1] for column in _COLUMNS)


ROUTES = (Route("/coordination", page), Route("/coordination.{ending}", page))

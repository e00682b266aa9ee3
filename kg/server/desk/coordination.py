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
from kg.charts.svg import to_markup
from kg.graph.derive import derived_graph_name
from kg.graph.rdf.terms import mint
from kg.labels import TIES
from kg.network.formatting import excerpt
from kg.network.matrix import WEAK_WEIGHT, Cell
from kg.network.pairs import Dependency
from kg.network.ties import Sentence
from kg.planning.coordination import (
    FACETS,
    Coordination,
    TieFilter,
    TieNetwork,
    find_coordination,
    read_network,
    report_departments,
)
from kg.planning.coordination_lines import reason_line
from kg.server.data.addresses import path_of
from kg.server.data.build_cache import cached_for_build
from kg.server.data.labels import KINDS
from kg.server.data.plans import Plan
from kg.server.data.snapshot import Snapshot, snapshot
from kg.server.http import responses
from kg.server.http.language import language, say
from kg.server.http.problems import Problem
from kg.server.http.templating import render_page as render
from kg.server.parts.chosen_plan import all_plans, chosen_plan, plan_title
from kg.server.parts.facets import Choice, Facet, page_address
from kg.server.parts.picture_files import picture_file, picture_formats
from kg.server.parts.table_files import table_file, table_formats
from kg.tables import Answer, Plain

# How many pairs the ranked list shows, how many ties of each pair, and how many sentences of each
# side.
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
class MarkedSentence:
    """A sentence in which the words of a tie are marked.

    Attributes:
        before: The text before the words.
        words: The words.
        after: The text after the words.
        task: Path of the task.
        number: Number of the task.
        cell: The cell that contains the sentence.
    """

    before: str
    words: str
    after: str
    task: str | None
    number: int
    cell: str


@responses.cacheable
def coordination_page(request: Request) -> Response:
    """Answer a request for the coordination page, or for it as a picture or table.

    Raises:
        Problem: There is no such plan or format, or a number in the address is invalid.
    """
    ending = request.path_params.get("ending", "")
    plan, wanted = chosen_plan(request), _requested_narrowing(request)
    network = tie_network(snapshot(request), plan)
    found = find_coordination(network, wanted)
    title = say(request, f"{plan_title(plan, english=False)}部门协调", "Coordination")
    if ending in ("svg", "png"):
        english = language(request) == "en"
        chart = matrix_chart(found.matrix, network.names, english, has_legend=True)
        shown = picture_file(request, chart, f"{plan.identifier}-coordination", ending, title)
    elif ending:
        answer, headings = _pair_table(request, network, found, in_words=ending == "xlsx")
        shown = table_file(answer, f"{plan.identifier}-coordination", ending, headings, title)
    else:
        shown = _render_matrix(request, plan, network, found, wanted)
    return shown


def tie_network(build: Snapshot, plan: Plan) -> TieNetwork:
    """Return the ties of a plan, which are cached for the build."""

    def read(build: Snapshot) -> TieNetwork:
        reports = [mint(build.base, "report", name).value for name in plan.reports]
        departments = report_departments(build.graph, reports)
        return read_network(
            build.graph, derived_graph_name(build.base, plan.identifier).value, departments
        )

    return cached_for_build(build, ("ties", plan.identifier), read)


def _requested_narrowing(request: Request) -> TieFilter:
    """Return the filters for ties in an address.

    Raises:
        Problem: A number is invalid.
    """
    asked = request.query_params
    values = {name: value for name in FACETS if (value := asked.get(name, "").strip())}
    try:
        least = float(asked.get("least", "").strip() or WEAK_WEIGHT)
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
    return TieFilter(values, least, group)


def _render_matrix(
    request: Request, plan: Plan, network: TieNetwork, found: Coordination, wanted: TieFilter
) -> Response:
    english, base = language(request) == "en", snapshot(request).base
    matrix = found.matrix
    return render(
        request,
        "coordination.html",
        plan=plan,
        title=plan_title(plan, english),
        plans=[(one.identifier, plan_title(one, english)) for one in all_plans(request)],
        found=found,
        names=network.names,
        path=lambda iri: path_of(iri, base),
        chart=Markup(to_markup(matrix_chart(matrix, network.names, english))),
        data=Markup(matrix_data(matrix, network.names, english)),
        paths=[path_of(iri, base) for iri in matrix.departments],
        legend=legend_items(),
        facets=_count_facets(request, found, wanted),
        groups=_member_groups(network, found),
        partners=_tied_departments(found),
        pairs=[
            _pair_to_talk(one, network, plan, base, english) for one in found.must_talk[:_PAIRS]
        ],
        wanted=wanted,
        little=WEAK_WEIGHT,
        address=page_address(request, "/coordination"),
        files=picture_formats() + table_formats(),
    )


def _count_facets(request: Request, found: Coordination, wanted: TieFilter) -> list[Facet]:
    """Return the filters, with the number of ties for each choice."""
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


def _member_groups(network: TieNetwork, found: Coordination) -> list[tuple[int, int, str]]:
    """Return the number of each group, its size, and the names of its first members."""
    members: dict[int, list[str]] = defaultdict(list)
    for iri, number in zip(found.matrix.departments, found.matrix.groups, strict=True):
        members[number].append(network.names[iri])
    return [(number, len(those), "、".join(those[:3])) for number, those in members.items()]


def _tied_departments(found: Coordination) -> list[tuple[str, list[tuple[str, Cell]]]]:
    """Return for each department the departments tied to it, those with the strongest tie first."""
    order = found.matrix.departments
    partners: dict[str, list[tuple[str, Cell]]] = {iri: [] for iri in order}
    for cell in found.matrix.cells:
        one, other = order[cell.row], order[cell.column]
        partners[one].append((other, cell))
        partners[other].append((one, cell))
    return list(partners.items())


def _pair_to_talk(
    found: Dependency, network: TieNetwork, plan: Plan, base: str, english: bool
) -> dict[str, Any]:
    """Return a pair that should talk, with its reason and a few sentences of both sides."""
    iris = {name: iri for iri, name in network.names.items()}

    def mark_words(sentence: Sentence) -> MarkedSentence:
        text = excerpt(sentence)
        at = max(text.find(sentence.quote), 0)
        words = sentence.quote if sentence.quote in text else ""
        task = path_of(mint(base, "task", plan.identifier, sentence.task).value, base)
        after = text[at + len(words) :]
        return MarkedSentence(text[:at], words, after, task, sentence.task, sentence.cell)

    return {
        "sides": [(name, path_of(iris[name], base)) for name in found.departments],
        "weight": found.weight,
        "reason": reason_line(found, english),
        "ties": [
            (tie, [[mark_words(one) for one in side.sentences[:_SENTENCES]] for side in tie.sides])
            for tie in found.ties[:_TIES]
        ],
        "more": len(found.ties) - len(found.ties[:_TIES]),
    }


def _pair_table(
    request: Request, network: TieNetwork, found: Coordination, *, in_words: bool
) -> tuple[Answer, tuple[str, ...]]:
    """Return all tied pairs as a table, and the labels of its columns.

    Workbooks have labels of the kinds, CSV has their codes.
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


ROUTES = (
    Route("/coordination", coordination_page),
    Route("/coordination.{ending}", coordination_page),
)

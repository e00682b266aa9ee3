"""The page at `/sparql` on which people write queries: YASGUI, or a plain form without scripts."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from itertools import islice
from pathlib import Path

from markupsafe import Markup
from pyoxigraph import NamedNode, QueryResultsFormat, QuerySolutions, parse_query_results
from starlette.requests import Request
from starlette.responses import Response

from kg.errors import InputError
from kg.graph.terms import PREFIXES, prefixes
from kg.publishing.statistics import prefixed
from kg.questions.catalogue import Question, bound, questions, without_header
from kg.server.data.addresses import path_of
from kg.server.data.snapshot import snapshot
from kg.server.http import responses
from kg.server.http.language import language, say
from kg.server.http.problems import Problem, translate_problem
from kg.server.http.security_headers import HEADERS
from kg.server.http.templating import render_page as render
from kg.server.questions.answer_cells import Piece
from kg.server.questions.form import given_values, question_title
from kg.server.questions.labels import LABELS
from kg.server.workers.pool import JobResult

# In which of the formats of results and of graphs the page takes an answer.
SHOWN = ("application/sparql-results+json", "text/turtle")
_ROWS = 1000
# Made by `scripts/build_editor.py`; a checkout without npm does not have it.
YASGUI = Path(__file__).parents[1] / "static" / "yasgui"

# A rule that the results' table of YASGUI adds to the page, by which its columns can be widened.
_TABLE_STYLE = "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
_POLICY = HEADERS["Content-Security-Policy"].replace(
    "style-src 'self'", f"style-src 'self' {_TABLE_STYLE}"
)
_PREFIX = re.compile(r"(?<![\w<:])([a-z][a-z-]*):(?=[A-Za-z_])")
_FIRST_TITLE = ("任务最多的部门", "The departments with the most tasks")
_FIRST_COLUMNS = ("department", "name", "tasks")
_FIRST = """SELECT ?department ?name (COUNT(?task) AS ?tasks) WHERE {
  ?task a tkg:Task ; tkg:responsible ?department .
  ?department skos:prefLabel ?name .
} GROUP BY ?department ?name ORDER BY DESC(?tasks) LIMIT 20
"""


@responses.cacheable
def editor_page(request: Request) -> Response:
    """Return the page; `?question=NAME` and its parameters put a query of the catalogue into it.

    Raises:
        Problem: There is no such question, or it does not take these values.
    """
    name = request.query_params.get("question", "")
    if name:
        asked = _question_named(name)
        query, columns = _example_query(request, asked), tuple(asked.fields)
    else:
        query, columns = f"# {say(request, *_FIRST_TITLE)}\n{_FIRST}", _FIRST_COLUMNS
    return _render_editor(request, add_prefixes(query), name, _column_labels(request, columns))


def page_with_answer(request: Request, query: str, done: JobResult) -> Response:
    """Return the page with the answer to a query, for who has no scripts or follows a link.

    Args:
        request: What is answered.
        query: The query.
        done: Its answer, in one of `SHOWN`.
    """
    told, called = None, {}
    if done.outcome["media"] == SHOWN[0]:
        told = parse_query_results(done.content, format=QueryResultsFormat.JSON)
    if isinstance(told, QuerySolutions):
        columns = tuple(variable.value for variable in told.variables)
        if columns == _FIRST_COLUMNS or any(columns == tuple(one.fields) for one in questions()):
            called = _column_labels(request, columns)
        base = snapshot(request).base
        rows = [[_term_cell(term, base) for term in solution] for solution in islice(told, _ROWS)]
        answer: dict[str, object] = {
            "columns": [(name, called.get(name, name)) for name in columns],
            "rows": rows,
            "more": any(True for _ in told),
        }
    else:
        word = say(request, "是" if told else "否", str(bool(told)))
        answer = {"text": done.content.decode() if told is None else word}
    shown = _render_editor(request, query, "", called, answer)
    shown.headers["Cache-Control"] = "no-cache"
    return shown


def _render_editor(
    request: Request,
    query: str,
    chosen: str,
    called: Mapping[str, str],
    answer: dict[str, object] | None = None,
) -> Response:
    base, spoken = snapshot(request).base, language(request)
    told = {"prefixes": prefixes(base), "base": base, "language": spoken, "columns": called}
    shown = render(
        request,
        "editor.html",
        query=query,
        chosen=chosen,
        examples=[(one.name, question_title(request, one)) for one in questions()],
        data=Markup(json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")),
        seconds=request.app.state.settings.limits.seconds,
        answer=answer,
        rows_shown=_ROWS,
        yasgui=YASGUI.is_dir(),
    )
    shown.headers["Content-Security-Policy"] = _POLICY
    return shown


def _column_labels(request: Request, columns: Iterable[str]) -> dict[str, str]:
    """Return what the columns of an example are called; in English they have their own names."""
    return {name: LABELS[name][0] for name in columns} if language(request) == "zh" else {}


def _term_cell(term: object, base: str) -> Piece:
    if isinstance(term, NamedNode):
        address = path_of(term.value, base)
        return Piece(term.value[len(base) :] if address else prefixed(term.value), address)
    return Piece("" if term is None else str(getattr(term, "value", term)))


def add_prefixes(sparql: str) -> str:
    """Return a query with the prefixes that it uses, which other endpoints want to be told.

    >>> add_prefixes("ASK { ?one a tkg:Task }").splitlines()
    ['PREFIX tkg: <https://w3id.org/taskkg/ontology#>', 'ASK { ?one a tkg:Task }']
    """
    used = sorted(set(_PREFIX.findall(sparql)) & set(PREFIXES))
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in used) + sparql


def _question_named(name: str) -> Question:
    found = next((one for one in questions() if one.name == name), None)
    if found is None:
        raise Problem(
            404,
            "There is no such question; /questions lists them.",
            zh="没有这个问题，请从示例查询中选择。",
        )
    return found


def _example_query(request: Request, asked: Question) -> str:
    given = given_values(request, asked, but=("question",))
    if all(one in given for one, about in asked.parameters.items() if about.required):
        try:
            sparql = bound(snapshot(request).graph, asked, given)
        except InputError as error:
            raise Problem(400, f"{error}.", zh=translate_problem(str(error))) from None
    else:
        sparql = asked.sparql
    return f"# {question_title(request, asked)}\n{without_header(sparql)}"

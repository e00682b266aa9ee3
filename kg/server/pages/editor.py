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
from kg.publishing.statistics import prefixed_name
from kg.questions.catalogue import Question, bind_parameters, questions, strip_header
from kg.server import responses
from kg.server.addresses import path_of
from kg.server.answers import Piece
from kg.server.headers import HEADERS
from kg.server.language import language, say
from kg.server.pages.questions import given_values, titled
from kg.server.problems import Problem, in_chinese
from kg.server.question_words import LABELS
from kg.server.snapshot import snapshot
from kg.server.templating import page as render
from kg.server.workers import Done

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


def page(request: Request) -> Response:
    """Return the page; `?question=NAME` and its parameters put a query of the catalogue into it.

    Raises:
        Problem: There is no such question, or it does not take these values.
    """
    variant = f"editor-{language(request)}"
    if known := responses.unchanged(request, variant):
        return known
    name = request.query_params.get("question", "")
    if name:
        asked = _asked(name)
        query, columns = _query(request, asked), tuple(asked.fields)
    else:
        query, columns = f"# {say(request, *_FIRST_TITLE)}\n{_FIRST}", _FIRST_COLUMNS
    shown = _page(request, declared(query), name, _called(request, columns))
    shown.headers.update(responses.cached(request, variant))
    return shown


def answered(request: Request, query: str, done: Done) -> Response:
    """Return the page with the answer to a query, for who has no scripts or follows a link.

    Args:
        request: What is answered.
        query: The query.
        done: Its answer, in one of `SHOWN`.
    """
    told, called = None, {}
    if done.told["media"] == SHOWN[0]:
        told = parse_query_results(done.content, format=QueryResultsFormat.JSON)
    if isinstance(told, QuerySolutions):
        columns = tuple(variable.value for variable in told.variables)
        if columns == _FIRST_COLUMNS or any(columns == tuple(one.fields) for one in questions()):
            called = _called(request, columns)
        base = snapshot(request).base
        rows = [[_piece(term, base) for term in solution] for solution in islice(told, _ROWS)]
        answer: dict[str, object] = {
            "columns": [(name, called.get(name, name)) for name in columns],
            "rows": rows,
            "more": any(True for _ in told),
        }
    else:
        word = say(request, "是" if told else "否", str(bool(told)))
        answer = {"text": done.content.decode() if told is None else word}
    shown = _page(request, query, "", called, answer)
    shown.headers["Cache-Control"] = "no-cache"
    return shown


def _page(
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
        examples=[(one.name, titled(request, one)) for one in questions()],
        data=Markup(json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")),
        seconds=request.app.state.settings.limits.seconds,
        answer=answer,
        rows_shown=_ROWS,
        yasgui=YASGUI.is_dir(),
    )
    shown.headers["Content-Security-Policy"] = _POLICY
    return shown


def _called(request: Request, columns: Iterable[str]) -> dict[str, str]:
    """Return what the columns of an example are called; in English they have their own names."""
    return {name: LABELS[name][0] for name in columns} if language(request) == "zh" else {}


def _piece(term: object, base: str) -> Piece:
    if isinstance(term, NamedNode):
        address = path_of(term.value, base)
        return Piece(term.value[len(base) :] if address else prefixed_name(term.value), address)
    return Piece("" if term is None else str(getattr(term, "value", term)))


def declared(sparql: str) -> str:
    """Return a query with the prefixes that it uses, which other endpoints want to be told.

    >>> declared("ASK { ?one a tkg:Task }").splitlines()
    ['PREFIX tkg: <https://w3id.org/taskkg/ontology#>', 'ASK { ?one a tkg:Task }']
    """
    used = sorted(set(_PREFIX.findall(sparql)) & set(PREFIXES))
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in used) + sparql


def _asked(name: str) -> Question:
    found = next((one for one in questions() if one.name == name), None)
    if found is None:
        raise Problem(
            404,
            "There is no such question; /questions lists them.",
            zh="没有这个问题，请从示例查询中选择。",
        )
    return found


def _query(request: Request, asked: Question) -> str:
    given = given_values(request, asked, but=("question",))
    if all(one in given for one, about in asked.parameters.items() if about.required):
        try:
            sparql = bind_parameters(snapshot(request).graph, asked, given)
        except InputError as error:
            raise Problem(400, f"{error}.", zh=in_chinese(str(error))) from None
    else:
        sparql = asked.sparql
    return f"# {titled(request, asked)}\n{strip_header(sparql)}"

"""The page at `/sparql` for writing queries: YASGUI, or a plain form without scripts."""

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
from kg.graph.rdf.terms import PREFIXES, prefixes
from kg.publishing.statistics import prefixed_name
from kg.questions.catalogue import Question, bind_parameters, questions, strip_header
from kg.server.data.addresses import path_of
from kg.server.data.snapshot import snapshot
from kg.server.http import responses
from kg.server.http.language import language, say
from kg.server.http.problems import Problem, translate_problem
from kg.server.http.security_headers import HEADERS
from kg.server.http.templating import render_page as render
from kg.server.questions.answer_cells import CellPart
from kg.server.questions.form import given_values, question_title
from kg.server.questions.labels import LABELS
from kg.server.workers.pool import JobResult

# The formats of results and of graphs in which the page gets an answer.
PAGE_FORMATS = ("application/sparql-results+json", "text/turtle")
_ROWS = 1000
# Built by `scripts/build_editor.py`, which needs npm.
YASGUI = Path(__file__).parents[1] / "static" / "yasgui"

# A style that YASGUI's table of results adds to the page to make columns resizable.
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
    """Return the page; `?question=NAME` and its parameters select a query of the catalogue.

    Raises:
        Problem: There is no such question, or a value is wrong.
    """
    name = request.query_params.get("question", "")
    if name:
        question = _question_named(name)
        query, columns = _example_query(request, question), tuple(question.fields)
    else:
        query, columns = f"# {say(request, *_FIRST_TITLE)}\n{_FIRST}", _FIRST_COLUMNS
    return _render_editor(request, add_prefixes(query), name, _column_labels(request, columns))


def page_with_answer(request: Request, query: str, result: JobResult) -> Response:
    """Return the page with the answer to a query, for browsers without scripts and for links.

    Args:
        request: The request.
        query: The query.
        result: Its result, in one of `PAGE_FORMATS`.
    """
    parsed, labels = None, {}
    if result.outcome["media"] == PAGE_FORMATS[0]:
        parsed = parse_query_results(result.content, format=QueryResultsFormat.JSON)
    if isinstance(parsed, QuerySolutions):
        columns = tuple(variable.value for variable in parsed.variables)
        if columns == _FIRST_COLUMNS or any(columns == tuple(one.fields) for one in questions()):
            labels = _column_labels(request, columns)
        base = snapshot(request).base
        rows = [[_term_cell(term, base) for term in solution] for solution in islice(parsed, _ROWS)]
        answer: dict[str, object] = {
            "columns": [(name, labels.get(name, name)) for name in columns],
            "rows": rows,
            "more": any(True for _ in parsed),
        }
    else:
        word = say(request, "是" if parsed else "否", str(bool(parsed)))
        answer = {"text": result.content.decode() if parsed is None else word}
    shown = _render_editor(request, query, "", labels, answer)
    shown.headers["Cache-Control"] = "no-cache"
    return shown


def _render_editor(
    request: Request,
    query: str,
    chosen: str,
    labels: Mapping[str, str],
    answer: dict[str, object] | None = None,
) -> Response:
    base, lang = snapshot(request).base, language(request)
    data = {"prefixes": prefixes(base), "base": base, "language": lang, "columns": labels}
    shown = render(
        request,
        "editor.html",
        query=query,
        chosen=chosen,
        examples=[(one.name, question_title(request, one)) for one in questions()],
        data=Markup(json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")),
        seconds=request.app.state.settings.limits.seconds,
        answer=answer,
        rows_shown=_ROWS,
        yasgui=YASGUI.is_dir(),
    )
    shown.headers["Content-Security-Policy"] = _POLICY
    return shown


def _column_labels(request: Request, columns: Iterable[str]) -> dict[str, str]:
    """Return Chinese labels of columns; in English their names are shown."""
    return {name: LABELS[name][0] for name in columns} if language(request) == "zh" else {}


def _term_cell(term: object, base: str) -> CellPart:
    if isinstance(term, NamedNode):
        address = path_of(term.value, base)
        return CellPart(term.value[len(base) :] if address else prefixed_name(term.value), address)
    return CellPart("" if term is None else str(getattr(term, "value", term)))


def add_prefixes(sparql: str) -> str:
    """Declare the prefixes that a query uses, as other endpoints need them.

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


def _example_query(request: Request, question: Question) -> str:
    given = given_values(request, question, also_allowed=("question",))
    if all(one in given for one, about in question.parameters.items() if about.required):
        try:
            sparql = bind_parameters(snapshot(request).graph, question, given)
        except InputError as error:
            raise Problem(400, f"{error}.", zh=translate_problem(str(error))) from None
    else:
        sparql = question.sparql
    return f"# {question_title(request, question)}\n{strip_header(sparql)}"

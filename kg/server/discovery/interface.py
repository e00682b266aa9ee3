"""The HTTP interface as a table: parameters and responses of each address."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.briefing.files import MEDIA
from kg.questions.catalogue import questions
from kg.server.data.entries import KINDS
from kg.server.http.language import LANGUAGES
from kg.server.http.media_types import GRAPHS, HTML, RESULTS
from kg.server.pages.lists import LISTS
from kg.spreadsheet import MEDIA_TYPE
from kg.views.networks.catalogue import VIEWS
from kg.views.page import FILES

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """An operation of OpenAPI: a method at an address.

    Attributes:
        summary: A short description.
        media: Media types of its responses.
        query: Schemas of its query parameters, by name.
        path: Schemas of the parameters in its path, by name.
        required: Names of the query parameters that are required.
        body: Schemas of its request body, by media type.
        is_cacheable: Whether the response does not change until there is a new build.
        statuses: Further statuses of its responses, besides those that any request can have.
        method: The HTTP method.
        may_need_token: Whether it needs the token, or needs it for some requests.
    """

    summary: str
    media: Iterable[str] = (HTML,)
    query: Mapping[str, Schema] = field(default_factory=dict)
    path: Mapping[str, Schema] = field(default_factory=dict)
    required: tuple[str, ...] = ()
    body: Mapping[str, Schema] = field(default_factory=dict)
    is_cacheable: bool = True
    statuses: tuple[int, ...] = ()
    method: str = "get"
    may_need_token: bool = False


_NAMES: Schema = {"type": "array", "items": {"type": "string", "format": "absolute-iri"}}
_QUERY: Schema = {"type": "string", "format": "sparql-query"}
_UPDATE: Schema = {"type": "string", "format": "sparql-update"}
_OF_QUERY: Schema = {"query": _QUERY, "default-graph-uri": _NAMES, "named-graph-uri": _NAMES}
_OF_UPDATE: Schema = {
    "update": _UPDATE,
    "using-graph-uri": _NAMES,
    "using-named-graph-uri": _NAMES,
}
# Parameters of a query are not allowed with an update, and the other way round.
_FORM: Schema = {
    "oneOf": [
        {
            "type": "object",
            "properties": {**dict.fromkeys(others, False), **own},
            "required": [kind],
        }
        for kind, own, others in (
            ("query", _OF_QUERY, _OF_UPDATE),
            ("update", _OF_UPDATE, _OF_QUERY),
        )
    ]
}
_LANGUAGE: Schema = {"type": "string", "description": f"One of {', '.join(LANGUAGES)}."}

_TEXT: Schema = {"type": "string"}
_NUMBER: Schema = {"type": "integer", "minimum": 1, "maximum": 99999}
_TWO: Mapping[str, Schema] = {"a": _TEXT, "b": _TEXT, "lang": _LANGUAGE}
_SAID: Schema = {"type": "string", "pattern": r"\S"}
_BOTH: Mapping[str, Schema] = {"a": _SAID, "b": _SAID}
_TABLES = ("text/csv", MEDIA_TYPE)
# XLSX needs an optional library.
_FILE: Mapping[str, Schema] = {"ending": {"enum": ["csv", "xlsx"]}}
_REFUSED = (400, 404)


def _one_of(names: Iterable[str]) -> Mapping[str, Schema]:
    """Return a path parameter `name` with some allowed values."""
    return {"name": {"enum": list(names)}}


_COLUMNS: Schema = {"type": "array", "items": {**_TEXT, "format": "column"}}
_LIST: Mapping[str, Schema] = {
    "q": _TEXT,
    "sort": {**_TEXT, "format": "column"},
    "column": _COLUMNS,
}
# The filters of the desk's pages; a plan is given by its identifier.
_PLAN: Mapping[str, Schema] = {"plan": {**_TEXT, "format": "plan"}}
_DESK: Mapping[str, Mapping[str, Schema]] = {
    "/coordination": {
        **dict.fromkeys(("tie", "kind", "category", "subdistrict"), _TEXT),
        "least": {"type": "number", "minimum": 0},
        "group": {"type": "integer", "minimum": 1},
    },
    "/targets": dict.fromkeys(("judgement", "department", "category", "sort"), _TEXT),
    "/timeline": dict.fromkeys(("department", "month", "status", "when"), _TEXT),
    "/streets": dict.fromkeys(("department", "status"), _TEXT),
}
_SUMMARIES = {
    "/coordination": "Which departments should talk: a matrix of departments, and a ranking",
    "/targets": "The progress of targets",
    "/timeline": "Deadlines",
    "/streets": "The tasks in each subdistrict",
}
_PICTURES = {"ending": {"enum": ["svg", "png", "csv", "xlsx"]}}
_QUESTION = _one_of(one.name for one in questions())


def _comparison_file(summary: str) -> Operation:
    """Return the operation that compares `a` and `b` in a table."""
    return Operation(summary, _TABLES, _BOTH, _FILE, required=("a", "b"), statuses=(*_REFUSED, 501))


_PAGES: dict[str, Operation] = {
    **{
        path: Operation(
            _SUMMARIES[path], query={**_PLAN, **asked, "lang": _LANGUAGE}, statuses=_REFUSED
        )
        for path, asked in _DESK.items()
    },
    **{
        f"{path}.{{ending}}": Operation(
            "The same as a picture or a table",
            ("image/svg+xml", "image/png", *_TABLES),
            query={**_PLAN, **asked, "lang": _LANGUAGE},
            path=_PICTURES,
            statuses=(*_REFUSED, 501),
        )
        for path, asked in _DESK.items()
    },
    "/brief.{ending}": Operation(
        "A briefing of a plan, a department, a thing or a comparison",
        tuple(MEDIA.values()),
        query={
            "about": {**_TEXT, "format": "name-of-thing"},
            "other": {**_TEXT, "format": "name-of-thing"},
            "inline": _TEXT,
            "lang": _LANGUAGE,
        },
        path={"ending": {"enum": list(MEDIA)}},
        statuses=(*_REFUSED, 501),
    ),
    "/series.{ending}": Operation(
        "The values of a target in successive reports, as a picture",
        ("image/svg+xml", "image/png"),
        query={"target": {**_TEXT, "format": "path-of-target"}, "lang": _LANGUAGE},
        path={"ending": {"enum": ["svg", "png"]}},
        required=("target",),
        statuses=(*_REFUSED, 501),
    ),
    "/feed.atom": Operation(
        "Changes from one report to the next, as an Atom feed",
        ("application/atom+xml",),
        query={**_PLAN, "department": _TEXT, "thing": _TEXT, "lang": _LANGUAGE},
        statuses=_REFUSED,
    ),
    "/": Operation(
        "The front page: the progress of a year's tasks",
        query={"district": _TEXT, "year": _TEXT, "lang": _LANGUAGE},
        statuses=(404,),
    ),
    "/about": Operation(
        "The sources of the data, and what should be checked",
        query={"report": _TEXT, "page": _NUMBER, "lang": _LANGUAGE},
        statuses=_REFUSED,
    ),
    "/search": Operation(
        "Search for names and tasks",
        query={
            "q": {"type": "string", "maxLength": 300},
            "kind": {"enum": [*KINDS, ""]},
            "page": _NUMBER,
            "lang": _LANGUAGE,
        },
        statuses=_REFUSED,
    ),
    "/search.json": Operation(
        "Search suggestions",
        ("application/json",),
        {"q": {"type": "string", "maxLength": 300}, "lang": _LANGUAGE},
    ),
    "/browse": Operation("The lists", query={"lang": _LANGUAGE}),
    "/browse/{name}": Operation(
        "A list, filtered and sorted",
        query={**_LIST, "page": _NUMBER, "lang": _LANGUAGE},
        path=_one_of(LISTS),
        statuses=_REFUSED,
    ),
    "/browse/{name}.{ending}": Operation(
        "The same as a file", _TABLES, _LIST, {**_one_of(LISTS), **_FILE}, statuses=(*_REFUSED, 501)
    ),
    "/compare/departments": Operation(
        "A comparison of two departments", query=_TWO, statuses=_REFUSED
    ),
    "/compare/departments.{ending}": _comparison_file("The ties of two departments"),
    "/compare/reports": Operation(
        "A comparison of two reports",
        query={**_TWO, "kind": _TEXT, "department": _TEXT},
        statuses=_REFUSED,
    ),
    "/compare/reports.{ending}": _comparison_file("The changes between two reports"),
    "/questions": Operation("The questions of the catalogue", query={"lang": _LANGUAGE}),
    # Each question has further parameters of its own.
    "/questions/{name}": Operation(
        "A question with its form and answer",
        query={
            "page": _NUMBER,
            "sort": {**_TEXT, "format": "column"},
            "column": _COLUMNS,
            "lang": _LANGUAGE,
        },
        path=_QUESTION,
        statuses=_REFUSED,
    ),
    "/questions/{name}.{ending}": Operation(
        "The same as a file",
        ("application/json", *_TABLES),
        path={**_QUESTION, "ending": {"enum": ["csv", "json", "xlsx"]}},
        statuses=(*_REFUSED, 501),
    ),
    "/ask": Operation("The answer to a plain question", query={"text": _TEXT, "lang": _LANGUAGE}),
    "/views": Operation("The network views", query={"lang": _LANGUAGE}),
    "/views/{name}": Operation(
        "A network view of the whole graph or around a thing",
        query={"about": {**_TEXT, "format": "name-of-thing"}, "embedded": _TEXT, "lang": _LANGUAGE},
        path=_one_of(VIEWS),
        statuses=(303, *_REFUSED),
    ),
    "/views/files/{name}": Operation(
        "Styles and scripts of the views",
        ("text/css", "text/javascript"),
        path=_one_of(FILES),
        is_cacheable=False,
        statuses=(404,),
    ),
}

OPERATIONS: dict[str, tuple[Operation, ...]] = {
    "/sparql": (
        Operation(
            "The answer to a query; without a query, a description of the endpoint",
            dict.fromkeys((*RESULTS, *GRAPHS, HTML)),
            {**_OF_QUERY, "lang": _LANGUAGE},
            statuses=(400, 405, 406),
        ),
        Operation(
            "A query or an update",
            dict.fromkeys((*RESULTS, *GRAPHS)),
            {"default-graph-uri": _NAMES, "named-graph-uri": _NAMES},
            body={
                "application/x-www-form-urlencoded": _FORM,
                "application/sparql-query": _QUERY,
                "application/sparql-update": _UPDATE,
            },
            is_cacheable=False,
            statuses=(204, 401, 403, 406, 415),
            method="post",
            may_need_token=True,
        ),
    ),
    "/dcat": (
        Operation("A description of the data for portals (DCAT-AP)", GRAPHS, statuses=(406,)),
    ),
    "/void": (Operation("A description of the data for crawlers (VoID)", GRAPHS, statuses=(406,)),),
    "/robots.txt": (
        Operation("Addresses that crawlers should not visit", ("text/plain",), is_cacheable=False),
    ),
    "/sitemap.xml": (Operation("The list of all pages, or of its parts", ("application/xml",)),),
    "/sitemap-{number}.xml": (
        Operation(
            "A part of the list of all pages",
            ("application/xml",),
            path={"number": {"type": "integer", "minimum": 1}},
            statuses=(404,),
        ),
    ),
    "/openapi.json": (Operation("This description", ("application/json",)),),
    **{path: (one,) for path, one in _PAGES.items()},
    "/{path}": (
        Operation(
            "Statements about a thing, at the path of its IRI",
            dict.fromkeys((HTML, *GRAPHS)),
            {"lang": _LANGUAGE},
            path={"path": {"type": "string", "examples": ["ontology", "ontology.ttl"]}},
            statuses=(404, 406),
        ),
    ),
}

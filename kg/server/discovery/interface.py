"""What can be asked at each address and is answered there: the table of the HTTP interface."""

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
from kg.views.catalogue import VIEWS
from kg.views.page import FILES

Schema = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Operation:
    """What one can do at an address.

    Attributes:
        summary: What it is for.
        media: Media types of its answer; none where it has no content.
        asked: Schemas of what stands behind the question mark, by name.
        needed: Which of these must be told.
        path: Schemas of the parts of its path, by name.
        body: Schemas of what is sent, by media type.
        stays: Whether the answer stays the same until there is a new build.
        also: Further statuses of its answers, beside those that any request can have.
        method: How it is asked.
        secured: Whether it needs the token, or can need it.
    """

    summary: str
    media: Iterable[str] = (HTML,)
    asked: Mapping[str, Schema] = field(default_factory=dict)
    path: Mapping[str, Schema] = field(default_factory=dict)
    needed: tuple[str, ...] = ()
    body: Mapping[str, Schema] = field(default_factory=dict)
    stays: bool = True
    also: tuple[int, ...] = ()
    method: str = "get"
    secured: bool = False


_NAMES: Schema = {"type": "array", "items": {"type": "string", "format": "absolute-iri"}}
_QUERY: Schema = {"type": "string", "format": "sparql-query"}
_UPDATE: Schema = {"type": "string", "format": "sparql-update"}
_OF_QUERY: Schema = {"query": _QUERY, "default-graph-uri": _NAMES, "named-graph-uri": _NAMES}
_OF_UPDATE: Schema = {
    "update": _UPDATE,
    "using-graph-uri": _NAMES,
    "using-named-graph-uri": _NAMES,
}
# What belongs to the one is not taken with the other.
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
# XLSX needs a library that is not everywhere.
_FILE: Mapping[str, Schema] = {"ending": {"enum": ["csv", "xlsx"]}}
_REFUSED = (400, 404)


def _one_of(names: Iterable[str]) -> Mapping[str, Schema]:
    """Return the part of a path that is one of some names."""
    return {"name": {"enum": list(names)}}


_COLUMNS: Schema = {"type": "array", "items": {**_TEXT, "format": "column"}}
_LIST: Mapping[str, Schema] = {
    "q": _TEXT,
    "sort": {**_TEXT, "format": "column"},
    "column": _COLUMNS,
}
# What the pages of the desk can be narrowed by; a plan is named by its identifier.
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
    "/coordination": "Tells who should talk to whom: a matrix of departments, and a ranking",
    "/targets": "Tells how far targets are behind",
    "/timeline": "Tells what is due when",
    "/streets": "Tells what is at work in each subdistrict",
}
_PICTURES = {"ending": {"enum": ["svg", "png", "csv", "xlsx"]}}
_QUESTION = _one_of(one.name for one in questions())
_PAGES: dict[str, Operation] = {
    **{
        path: Operation(
            _SUMMARIES[path], asked={**_PLAN, **asked, "lang": _LANGUAGE}, also=_REFUSED
        )
        for path, asked in _DESK.items()
    },
    **{
        f"{path}.{{ending}}": Operation(
            "The same as a picture or a table",
            ("image/svg+xml", "image/png", *_TABLES),
            asked={**_PLAN, **asked, "lang": _LANGUAGE},
            path=_PICTURES,
            also=(*_REFUSED, 501),
        )
        for path, asked in _DESK.items()
    },
    "/brief.{ending}": Operation(
        "A briefing of a plan, a department, a thing or a comparison",
        tuple(MEDIA.values()),
        asked={
            "about": {**_TEXT, "format": "name-of-thing"},
            "other": {**_TEXT, "format": "name-of-thing"},
            "inline": _TEXT,
            "lang": _LANGUAGE,
        },
        path={"ending": {"enum": list(MEDIA)}},
        also=(*_REFUSED, 501),
    ),
    "/series.{ending}": Operation(
        "What reports tell for a target, one after the other, as a picture",
        ("image/svg+xml", "image/png"),
        asked={"target": {**_TEXT, "format": "path-of-target"}, "lang": _LANGUAGE},
        path={"ending": {"enum": ["svg", "png"]}},
        needed=("target",),
        also=(*_REFUSED, 501),
    ),
    "/feed.atom": Operation(
        "What has changed from one report to the next, as Atom",
        ("application/atom+xml",),
        asked={**_PLAN, "department": _TEXT, "thing": _TEXT, "lang": _LANGUAGE},
        also=_REFUSED,
    ),
    "/": Operation(
        "How far the promises of a year are",
        asked={"district": _TEXT, "year": _TEXT, "lang": _LANGUAGE},
        also=(404,),
    ),
    "/about": Operation(
        "Where the data is from, and what to check",
        asked={"report": _TEXT, "page": _NUMBER, "lang": _LANGUAGE},
        also=_REFUSED,
    ),
    "/search": Operation(
        "Finds names and tasks",
        asked={
            "q": {"type": "string", "maxLength": 300},
            "kind": {"enum": [*KINDS, ""]},
            "page": _NUMBER,
            "lang": _LANGUAGE,
        },
        also=_REFUSED,
    ),
    "/search.json": Operation(
        "Finds what fits best while one types",
        ("application/json",),
        {"q": {"type": "string", "maxLength": 300}, "lang": _LANGUAGE},
    ),
    "/browse": Operation("Names the lists", asked={"lang": _LANGUAGE}),
    "/browse/{name}": Operation(
        "A list, narrowed and sorted",
        asked={**_LIST, "page": _NUMBER, "lang": _LANGUAGE},
        path=_one_of(LISTS),
        also=_REFUSED,
    ),
    "/browse/{name}.{ending}": Operation(
        "The same as a file", _TABLES, _LIST, {**_one_of(LISTS), **_FILE}, also=(*_REFUSED, 501)
    ),
    "/compare/departments": Operation("Compares two departments", asked=_TWO, also=_REFUSED),
    "/compare/departments.{ending}": Operation(
        "What ties two departments", _TABLES, _BOTH, _FILE, needed=("a", "b"), also=(*_REFUSED, 501)
    ),
    "/compare/reports": Operation(
        "Compares two reports",
        asked={**_TWO, "kind": _TEXT, "department": _TEXT},
        also=_REFUSED,
    ),
    "/compare/reports.{ending}": Operation(
        "What has changed between two reports",
        _TABLES,
        _BOTH,
        _FILE,
        needed=("a", "b"),
        also=(*_REFUSED, 501),
    ),
    "/questions": Operation("Names the questions of the catalogue", asked={"lang": _LANGUAGE}),
    # What else is asked is what each question asks for.
    "/questions/{name}": Operation(
        "A question with its form and answer",
        asked={
            "page": _NUMBER,
            "sort": {**_TEXT, "format": "column"},
            "column": _COLUMNS,
            "lang": _LANGUAGE,
        },
        path=_QUESTION,
        also=_REFUSED,
    ),
    "/questions/{name}.{ending}": Operation(
        "The same as a file",
        ("application/json", *_TABLES),
        path={**_QUESTION, "ending": {"enum": ["csv", "json", "xlsx"]}},
        also=(*_REFUSED, 501),
    ),
    "/ask": Operation("Answers a plain question", asked={"text": _TEXT, "lang": _LANGUAGE}),
    "/views": Operation("Names the network views", asked={"lang": _LANGUAGE}),
    "/views/{name}": Operation(
        "A network view, of all or around one thing",
        asked={"about": {**_TEXT, "format": "name-of-thing"}, "embedded": _TEXT, "lang": _LANGUAGE},
        path=_one_of(VIEWS),
        also=(303, *_REFUSED),
    ),
    "/views/files/{name}": Operation(
        "What all views load",
        ("text/css", "text/javascript"),
        path=_one_of(FILES),
        stays=False,
        also=(404,),
    ),
}

OPERATIONS: dict[str, tuple[Operation, ...]] = {
    "/sparql": (
        Operation(
            "Answers a query; without one, describes the endpoint",
            dict.fromkeys((*RESULTS, *GRAPHS, HTML)),
            {**_OF_QUERY, "lang": _LANGUAGE},
            also=(400, 405, 406),
        ),
        Operation(
            "Answers a query, or makes an update",
            dict.fromkeys((*RESULTS, *GRAPHS)),
            {"default-graph-uri": _NAMES, "named-graph-uri": _NAMES},
            body={
                "application/x-www-form-urlencoded": _FORM,
                "application/sparql-query": _QUERY,
                "application/sparql-update": _UPDATE,
            },
            stays=False,
            also=(204, 401, 403, 406, 415),
            method="post",
            secured=True,
        ),
    ),
    "/dcat": (Operation("Describes the data for portals (DCAT-AP)", GRAPHS, also=(406,)),),
    "/void": (Operation("Describes the data for crawlers (VoID)", GRAPHS, also=(406,)),),
    "/robots.txt": (Operation("Tells crawlers what to leave", ("text/plain",), stays=False),),
    "/sitemap.xml": (
        Operation("Lists all pages, or the parts of that list", ("application/xml",)),
    ),
    "/sitemap-{number}.xml": (
        Operation(
            "Lists some of the pages",
            ("application/xml",),
            path={"number": {"type": "integer", "minimum": 1}},
            also=(404,),
        ),
    ),
    "/openapi.json": (Operation("This description", ("application/json",)),),
    **{path: (one,) for path, one in _PAGES.items()},
    "/{path}": (
        Operation(
            "Tells what the graph knows of a thing, at the path of its IRI",
            dict.fromkeys((HTML, *GRAPHS)),
            {"lang": _LANGUAGE},
            path={"path": {"type": "string", "examples": ["ontology", "ontology.ttl"]}},
            also=(404, 406),
        ),
    ),
}

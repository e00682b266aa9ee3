"""Search for names: the page at `/search`, and suggestions at `/search.json`."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.answers.ask import AskResult
from kg.errors import InputError
from kg.graph.rdf.terms import normal_name
from kg.questions.parameters import match_short_name
from kg.server.data.addresses import path_of
from kg.server.data.build_cache import cached_for_build
from kg.server.data.entries import KINDS, named_entries
from kg.server.data.labels import KINDS as WORDS
from kg.server.data.name_search import Entry, NameIndex
from kg.server.data.snapshot import Snapshot, snapshot
from kg.server.http import responses
from kg.server.http.language import say
from kg.server.http.problems import Problem
from kg.server.http.templating import render_page as render
from kg.server.parts.page_numbers import requested_page_number
from kg.server.questions.ask import answer_text, lines_with_links

_RESULTS_PER_PAGE = 20
_MAX_SUGGESTIONS = 8
# The most characters of a query, which may also be a plain question.
_MAX_LENGTH = 300
# How many characters of a text are shown before the first match, and in total.
_BEFORE, _SNIPPET = 30, 120

# Parts of a text, each with whether it is a match.
MarkedText = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Result:
    """A search result; in its texts, the words of the query are marked."""

    title: str
    kind: str
    where: str
    weight: int
    path: str
    name: MarkedText
    others: list[MarkedText]
    snippet: MarkedText


@responses.cacheable
def search_page(request: Request) -> Response:
    """Answer a request to `/search`: all matches, best first, by pages and kinds.

    Raises:
        Problem: A parameter is invalid.
    """
    query, kind = _requested_text(request), _requested_kind(request)
    index = name_index(snapshot(request))
    found = _matching_places(index, query)
    answered = _find_answer(request, query) if query and not kind else None
    counts = Counter(index.kinds[place] for place in found)
    chosen = [place for place in found if index.kinds[place] == kind] if kind else found
    last = max(1, -(-len(chosen) // _RESULTS_PER_PAGE))
    number = requested_page_number(request, last)
    first = (number - 1) * _RESULTS_PER_PAGE
    return render(
        request,
        "search.html",
        asked=query,
        kind=kind,
        reply=lines_with_links(request, answered.text) if answered else [],
        understood=answered.understood if answered else "",
        total=len(found),
        counts=[(name, counts[name]) for name in KINDS if counts[name]],
        results=[
            _search_result(request, index.entries[place], query)
            for place in chosen[first : first + _RESULTS_PER_PAGE]
        ],
        first=first,
        number=number,
        last=last,
        address=lambda number: _search_address(query, kind, number),
        of_kind=lambda kind: _search_address(query, kind, 1),
    )


def _matching_places(index: NameIndex, query: str) -> Sequence[int]:
    """Return the indices of matching entries; departments with a matching short form come first."""
    found = index.find(query)
    if any(index.kinds[place] == "department" for place in found[:_MAX_SUGGESTIONS]):
        return found
    departments = [at for at, kind in enumerate(index.kinds) if kind == "department"]
    names = {index.entries[at].name for at in departments}
    short = set(match_short_name(normal_name(query), names)) if query else set()
    first = [at for at in departments if index.entries[at].name in short]
    return [*first, *(place for place in found if place not in first)]


def _find_answer(request: Request, query: str) -> AskResult | None:
    """Return the answer to a query as a plain question, as `kg ask` gives it, or None."""
    try:
        answered = answer_text(request, query)
    except (InputError, Problem):
        return None
    return answered if answered.text else None


@responses.cacheable
def suggest_names(request: Request) -> Response:
    """Answer a request to `/search.json`: the best few matches.

    Raises:
        Problem: A parameter is invalid.
    """
    query = _requested_text(request)
    index = name_index(snapshot(request))
    found = _matching_places(index, query)
    results = [
        {
            "name": result.title,
            "kind": result.kind,
            "kind_name": say(request, WORDS[result.kind].zh, WORDS[result.kind].en),
            "where": result.where,
            "text": "".join(text for text, _ in result.snippet),
            "path": result.path,
        }
        for result in (
            _search_result(request, index.entries[place], query)
            for place in found[:_MAX_SUGGESTIONS]
        )
    ]
    return JSONResponse({"query": query, "total": len(found), "results": results})


ROUTES = (Route("/search", search_page), Route("/search.json", suggest_names))


def name_index(build: Snapshot) -> NameIndex:
    """Return the index of all names of a build, which is cached."""
    return cached_for_build(build, "names", lambda build: NameIndex(named_entries(build)))


def _requested_text(request: Request) -> str:
    query = " ".join(request.query_params.get("q", "").split())
    if len(query) > _MAX_LENGTH:
        raise Problem(
            400,
            f"q: has more than {_MAX_LENGTH} characters; shorten it.",
            zh=f"搜索内容不能超过 {_MAX_LENGTH} 个字，请缩短。",
        )
    return query


def _requested_kind(request: Request) -> str:
    kind = request.query_params.get("kind", "")
    if kind and kind not in KINDS:
        raise Problem(
            400, f"kind: must be one of {', '.join(KINDS)}.", zh="没有这个种类，请从搜索页中选择。"
        )
    return kind


def _search_address(query: str, kind: str, number: int) -> str:
    parameters = {"q": query, "kind": kind, "page": str(number) if number > 1 else ""}
    return "/search?" + urlencode({name: value for name, value in parameters.items() if value})


def _search_result(request: Request, entry: Entry, query: str) -> Result:
    title, others = entry.name, entry.others
    if entry.kind == "task":
        # The name of a task is 任务 and its number; its other name is the same in English.
        title, others = say(request, title, next(iter(others), title)), ()
    words = query.split()
    return Result(
        title,
        entry.kind,
        entry.where,
        entry.weight,
        path_of(entry.iri, snapshot(request).base) or "",
        mark_words(title, words),
        [mark_words(name, words) for name in others],
        mark_words(snippet(entry.text, words), words),
    )


def snippet(text: str, words: Sequence[str]) -> str:
    """Return the part of a text around the first of some words, or its beginning.

    >>> snippet("完成老旧小区改造。" * 30, ["改造"]).startswith("完成老旧小区改造。")
    True
    """
    places = [place for word in words if (place := text.lower().find(word.lower())) >= 0]
    start = max(0, min(places, default=0) - _BEFORE)
    cut = text[start : start + _SNIPPET].replace("\n", " ")
    return f"{'…' * (start > 0)}{cut}{'…' * (len(text) > start + _SNIPPET)}"


def mark_words(text: str, words: Iterable[str]) -> MarkedText:
    """Split a text at some words; each part has a flag whether it is one of the words.

    >>> mark_words("江汉路CBD", ["cbd", "汉"])
    [('江', False), ('汉', True), ('路', False), ('CBD', True)]
    """
    known = sorted(filter(None, words), key=len, reverse=True)
    if not known:
        return [(text, False)] if text else []
    parts = re.split(f"({'|'.join(map(re.escape, known))})", text, flags=re.IGNORECASE)
    return [(part, index % 2 == 1) for index, part in enumerate(parts) if part]

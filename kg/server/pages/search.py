"""Search over all names: the page at `/search`, and `/search.json` for search as one types."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from kg.answers.ask import Answered
from kg.errors import InputError
from kg.graph.terms import normal_name
from kg.questions.parameters import short_for
from kg.server.data.addresses import path_of
from kg.server.data.build_cache import cached_for_build
from kg.server.data.entries import KINDS, named_entries
from kg.server.data.labels import KINDS as WORDS
from kg.server.data.name_search import Entry, Names
from kg.server.data.snapshot import Snapshot, snapshot
from kg.server.http import responses
from kg.server.http.language import say
from kg.server.http.problems import Problem
from kg.server.http.templating import render_page as render
from kg.server.parts.page_numbers import requested_page_number
from kg.server.questions.ask import answer_text, lines_with_links

_ON_A_PAGE = 20
_SUGGESTED = 8
# Characters: a plain question may be asked in the box too.
_LONGEST = 300
# How much of a text is shown around the words that were found.
_BEFORE, _SNIPPET = 30, 120

Marked = list[tuple[str, bool]]


@dataclass(frozen=True, slots=True)
class Result:
    """A thing as results show it, its texts in pieces with whether each was asked for."""

    title: str
    kind: str
    where: str
    weight: int
    path: str
    name: Marked
    others: list[Marked]
    snippet: Marked


@responses.cacheable
def search_page(request: Request) -> Response:
    """Answer a request to `/search`: all that fits, best first, by pages and kinds.

    Raises:
        Problem: A parameter is not what it should be.
    """
    asked, kind = _requested_text(request), _requested_kind(request)
    index = name_index(snapshot(request))
    found = _matching_places(index, asked)
    answered = _find_answer(request, asked) if asked and not kind else None
    counts = Counter(index.kinds[place] for place in found)
    chosen = [place for place in found if index.kinds[place] == kind] if kind else found
    last = max(1, -(-len(chosen) // _ON_A_PAGE))
    number = requested_page_number(request, last)
    first = (number - 1) * _ON_A_PAGE
    return render(
        request,
        "search.html",
        asked=asked,
        kind=kind,
        reply=lines_with_links(request, answered.text) if answered else [],
        understood=answered.understood if answered else "",
        total=len(found),
        counts=[(name, counts[name]) for name in KINDS if counts[name]],
        results=[
            _search_result(request, index.entries[place], asked)
            for place in chosen[first : first + _ON_A_PAGE]
        ],
        first=first,
        number=number,
        last=last,
        address=lambda number: _search_address(asked, kind, number),
        of_kind=lambda kind: _search_address(asked, kind, 1),
    )


def _matching_places(index: Names, asked: str) -> Sequence[int]:
    """Return the places of what fits, departments that are asked for by a short form in front."""
    found = index.find(asked)
    if any(index.kinds[place] == "department" for place in found[:_SUGGESTED]):
        return found
    departments = [at for at, kind in enumerate(index.kinds) if kind == "department"]
    names = {index.entries[at].name for at in departments}
    short = set(short_for(normal_name(asked), names)) if asked else set()
    first = [at for at in departments if index.entries[at].name in short]
    return [*first, *(place for place in found if place not in first)]


def _find_answer(request: Request, asked: str) -> Answered | None:
    """Return the answer to what is asked for, as `kg ask` gives it, or None where it gives none."""
    try:
        found = answer_text(request, asked)
    except (InputError, Problem):
        return None
    return found if found.text else None


@responses.cacheable
def suggest_names(request: Request) -> Response:
    """Answer a request to `/search.json`: the few that fit best.

    Raises:
        Problem: A parameter is not what it should be.
    """
    asked = _requested_text(request)
    index = name_index(snapshot(request))
    found = _matching_places(index, asked)
    results = [
        {
            "name": told.title,
            "kind": told.kind,
            "kind_name": say(request, WORDS[told.kind].zh, WORDS[told.kind].en),
            "where": told.where,
            "text": "".join(text for text, _ in told.snippet),
            "path": told.path,
        }
        for told in (
            _search_result(request, index.entries[place], asked) for place in found[:_SUGGESTED]
        )
    ]
    return JSONResponse({"query": asked, "total": len(found), "results": results})


ROUTES = (Route("/search", search_page), Route("/search.json", suggest_names))


def name_index(found: Snapshot) -> Names:
    """Return the index of all names of a build, which is made once."""
    return cached_for_build(found, "names", lambda build: Names(named_entries(build)))


def _requested_text(request: Request) -> str:
    asked = " ".join(request.query_params.get("q", "").split())
    if len(asked) > _LONGEST:
        raise Problem(
            400,
            f"q: has more than {_LONGEST} characters; shorten it.",
            zh=f"搜索内容不能超过 {_LONGEST} 个字，请缩短。",
        )
    return asked


def _requested_kind(request: Request) -> str:
    kind = request.query_params.get("kind", "")
    if kind and kind not in KINDS:
        raise Problem(
            400, f"kind: is none of {', '.join(KINDS)}.", zh="没有这个种类，请从搜索页中选择。"
        )
    return kind


def _search_address(asked: str, kind: str, number: int) -> str:
    told = {"q": asked, "kind": kind, "page": str(number) if number > 1 else ""}
    return "/search?" + urlencode({name: value for name, value in told.items() if value})


def _search_result(request: Request, entry: Entry, asked: str) -> Result:
    title, others = entry.name, entry.others
    if entry.kind == "task":
        # Its label is a word and its number, in both languages.
        title, others = say(request, title, next(iter(others), title)), ()
    words = asked.split()
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


def mark_words(text: str, words: Iterable[str]) -> Marked:
    """Return a text in pieces, each with whether it is one of some words.

    >>> mark_words("江汉路CBD", ["cbd", "汉"])
    [('江', False), ('汉', True), ('路', False), ('CBD', True)]
    """
    known = sorted(filter(None, words), key=len, reverse=True)
    if not known:
        return [(text, False)] if text else []
    pieces = re.split(f"({'|'.join(map(re.escape, known))})", text, flags=re.IGNORECASE)
    return [(piece, index % 2 == 1) for index, piece in enumerate(pieces) if piece]

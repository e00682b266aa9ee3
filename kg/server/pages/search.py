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

from kg.answers.ask import AskResult
from kg.errors import InputError
from kg.graph.terms import normal_name
from kg.questions.parameters import match_short_name
from kg.server import responses
from kg.server.addresses import path_of
from kg.server.entries import KINDS, entries
from kg.server.kept import kept_of
from kg.server.language import language, say
from kg.server.names import Entry, Names
from kg.server.pages.ask import answer_text, linked_lines
from kg.server.pages.numbers import page_number
from kg.server.problems import Problem
from kg.server.snapshot import Snapshot, snapshot
from kg.server.templating import page as render
from kg.server.words import KINDS as WORDS

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


def page(request: Request) -> Response:
    """Answer a request to `/search`: all that fits, best first, by pages and kinds.

    Raises:
        Problem: A parameter is not what it should be.
    """
    asked, kind = _asked(request), _kind(request)
    variant = f"html-{language(request)}"
    if known := responses.unchanged(request, variant):
        return known
    index = names(snapshot(request))
    found = _places(index, asked)
    answered = _answered(request, asked) if asked and not kind else None
    counts = Counter(index.kinds[place] for place in found)
    chosen = [place for place in found if index.kinds[place] == kind] if kind else found
    last = max(1, -(-len(chosen) // _ON_A_PAGE))
    number = page_number(request, last)
    first = (number - 1) * _ON_A_PAGE
    shown = render(
        request,
        "search.html",
        asked=asked,
        kind=kind,
        reply=linked_lines(request, answered.text) if answered else [],
        understood=answered.understood if answered else "",
        total=len(found),
        counts=[(name, counts[name]) for name in KINDS if counts[name]],
        results=[
            _told(request, index.entries[place], asked)
            for place in chosen[first : first + _ON_A_PAGE]
        ],
        first=first,
        number=number,
        last=last,
        address=lambda number: _address(asked, kind, number),
        of_kind=lambda kind: _address(asked, kind, 1),
    )
    shown.headers.update(responses.cached(request, variant))
    return shown


def _places(index: Names, asked: str) -> Sequence[int]:
    """Return the places of what fits, departments that are asked for by a short form in front."""
    found = index.find(asked)
    if any(index.kinds[place] == "department" for place in found[:_SUGGESTED]):
        return found
    departments = [at for at, kind in enumerate(index.kinds) if kind == "department"]
    names = {index.entries[at].name for at in departments}
    short = set(match_short_name(normal_name(asked), names)) if asked else set()
    first = [at for at in departments if index.entries[at].name in short]
    return [*first, *(place for place in found if place not in first)]


def _answered(request: Request, asked: str) -> AskResult | None:
    """Return the answer to what is asked for, as `kg ask` gives it, or None where it gives none."""
    try:
        found = answer_text(request, asked)
    except (InputError, Problem):
        return None
    return found if found.text else None


def suggestions(request: Request) -> Response:
    """Answer a request to `/search.json`: the few that fit best.

    Raises:
        Problem: A parameter is not what it should be.
    """
    asked = _asked(request)
    variant = f"json-{language(request)}"
    if known := responses.unchanged(request, variant):
        return known
    index = names(snapshot(request))
    found = _places(index, asked)
    results = [
        {
            "name": told.title,
            "kind": told.kind,
            "kind_name": say(request, WORDS[told.kind].zh, WORDS[told.kind].en),
            "where": told.where,
            "text": "".join(text for text, _ in told.snippet),
            "path": told.path,
        }
        for told in (_told(request, index.entries[place], asked) for place in found[:_SUGGESTED])
    ]
    headers = responses.cached(request, variant)
    return JSONResponse({"query": asked, "total": len(found), "results": results}, headers=headers)


ROUTES = (Route("/search", page), Route("/search.json", suggestions))


def names(found: Snapshot) -> Names:
    """Return the index of all names of a build, which is made once."""
    return kept_of(found, "names", lambda build: Names(entries(build)))


def _asked(request: Request) -> str:
    asked = " ".join(request.query_params.get("q", "").split())
    if len(asked) > _LONGEST:
        raise Problem(
            400,
            f"q: has more than {_LONGEST} characters; shorten it.",
            zh=f"搜索内容不能超过 {_LONGEST} 个字，请缩短。",
        )
    return asked


def _kind(request: Request) -> str:
    kind = request.query_params.get("kind", "")
    if kind and kind not in KINDS:
        raise Problem(
            400, f"kind: is none of {', '.join(KINDS)}.", zh="没有这个种类，请从搜索页中选择。"
        )
    return kind


def _address(asked: str, kind: str, number: int) -> str:
    told = {"q": asked, "kind": kind, "page": str(number) if number > 1 else ""}
    return "/search?" + urlencode({name: value for name, value in told.items() if value})


def _told(request: Request, entry: Entry, asked: str) -> Result:
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
        marked(title, words),
        [marked(name, words) for name in others],
        marked(snippet(entry.text, words), words),
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


def marked(text: str, words: Iterable[str]) -> Marked:
    """Return a text in pieces, each with whether it is one of some words.

    >>> marked("江汉路CBD", ["cbd", "汉"])
    [('江', False), ('汉', True), ('路', False), ('CBD', True)]
    """
    known = sorted(filter(None, words), key=len, reverse=True)
    if not known:
        return [(text, False)] if text else []
    pieces = re.split(f"({'|'.join(map(re.escape, known))})", text, flags=re.IGNORECASE)
    return [(piece, index % 2 == 1) for index, piece in enumerate(pieces) if piece]

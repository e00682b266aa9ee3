"""Lists of things: filtered, sorted, page by page, and as files."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.server import responses
from kg.server.downloads import download, formats
from kg.server.kept import kept
from kg.server.language import language, say
from kg.server.pages.list_rows import Item, Row, count, is_number, order, plain, rows, values
from kg.server.pages.lists import LISTS, Field, Listed
from kg.server.pages.reader import Reader, reader
from kg.server.problems import Problem
from kg.server.snapshot import snapshot
from kg.server.templating import page as render
from kg.tables import Answer

PAGE = 50
# A column with more values than these is narrowed by typing, not by choosing.
_CHOICES, _SUGGESTED = 40, 500
# Columns that link to the thing of the row too.
_TITLES = ("promise", "title")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a page: its column, and its values, each with its name and the path it links to."""

    field: Field
    values: tuple[tuple[str, str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value to which a list can be narrowed: how addresses and how people call it."""

    value: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Filter:
    """A column by which a list can be narrowed, with its values."""

    field: Field
    choices: tuple[Choice, ...]
    given: str
    typed: bool


def index(request: Request) -> Response:
    """Return the page about all lists."""
    variant = f"lists-{language(request)}"
    if known := responses.unchanged(request, variant):
        return known
    counts = kept(
        request,
        "counts of lists",
        lambda found: {name: count(found.graph, listed) for name, listed in LISTS.items()},
    )
    found = [(listed, counts[name]) for name, listed in LISTS.items() if counts[name]]
    shown = render(request, "lists.html", lists=found)
    shown.headers.update(responses.cached(request, variant))
    return shown


def browse(request: Request) -> Response:
    """Return a page of a list, or all of it as a file where the address ends with `.csv`.

    Raises:
        Problem: There is no such list, format, column or page.
    """
    name, _, ending = request.path_params["name"].partition(".")
    if name not in LISTS:
        raise Problem(404, f"There is no such list; there are {', '.join(LISTS)}.")
    variant = f"list-{ending}-{language(request)}"
    if known := responses.unchanged(request, variant):
        return known
    listed = LISTS[name]
    found = _sorted(request, listed, _narrowed(request, listed))
    shown = _file(request, listed, found, ending) if ending else _page(request, listed, found)
    shown.headers.update(responses.cached(request, variant))
    return shown


def _all(request: Request, listed: Listed) -> tuple[Row, ...]:
    return kept(request, ("rows", listed.name), lambda found: rows(found.graph, listed))


def _narrowed(request: Request, listed: Listed) -> list[int]:
    """Return the places of the rows that pass all filters."""
    everything = _all(request, listed)
    places: Iterable[int] = range(len(everything))
    for at, field in enumerate(listed.fields):
        if wanted := request.query_params.get(field.name, "").strip():
            places = [
                place
                for place in places
                if any(wanted in (item.text, item.iri) for item in everything[place].cells[at])
            ]
    if words := request.query_params.get("q", "").casefold().split():
        places = [place for place in places if _has(everything[place], words)]
    return list(places)


def _has(row: Row, words: Sequence[str]) -> bool:
    text = "\n".join(item.text for cell in row.cells for item in cell).casefold()
    return all(word in text for word in words)


def _sorted(request: Request, listed: Listed, places: list[int]) -> list[Row]:
    everything = _all(request, listed)
    sort = request.query_params.get("sort", "")
    if not sort:
        return [everything[place] for place in places]
    name, falling = sort.removeprefix("-"), sort.startswith("-")
    names = [field.name for field in listed.fields]
    if name not in names:
        raise Problem(400, f"There is no column “{name}” to sort by; there are {', '.join(names)}.")
    key = ("order", listed.name, sort)
    ordered = kept(request, key, lambda _: order(everything, listed, name, falling))
    wanted = set(places)
    return [everything[place] for place in ordered if place in wanted]


def _file(request: Request, listed: Listed, found: Sequence[Row], ending: str) -> Response:
    fields = listed.fields
    names = ("iri", *(field.name for field in fields))
    headings = (
        say(request, "标识", "IRI"),
        *(say(request, field.zh, field.en) for field in fields),
    )
    answer = Answer(
        names,
        tuple(
            (
                row.iri,
                *(plain(items, field) for items, field in zip(row.cells, fields, strict=True)),
            )
            for row in found
        ),
    )
    title = say(request, listed.zh, listed.en)
    return download(answer, f"{listed.name}-{snapshot(request).tag}", ending, headings, title)


def _page(request: Request, listed: Listed, found: Sequence[Row]) -> Response:
    number, last = _number(request), max(1, -(-len(found) // PAGE))
    if number > last:
        raise Problem(404, f"This list has {last} pages; there is no page {number}.")
    given = {
        name: value for name, value in request.query_params.items() if value and name != "lang"
    }

    def address(page: int = 1, **changed: str) -> str:
        query = {**given, **changed} | ({"page": str(page)} if page > 1 else {})
        if page == 1:
            query.pop("page", None)
        return f"{request.url.path}?{urlencode(query)}" if query else request.url.path

    def file(ending: str) -> str:
        query = {name: value for name, value in given.items() if name != "page"}
        asked = f"?{urlencode(query)}" if query else ""
        return f"{request.url.path}.{ending}{asked}"

    reading = reader(request)
    shown = [at for at in range(len(listed.fields)) if _is_shown(request, listed, at)]
    return render(
        request,
        "browse.html",
        listed=listed,
        columns=[(listed.fields[at], is_number(listed.fields[at])) for at in shown],
        rows=[
            [_cell(reading, row, listed.fields[at], row.cells[at], at == 0) for at in shown]
            for row in found[(number - 1) * PAGE : number * PAGE]
        ],
        count=len(found),
        all_count=len(_all(request, listed)),
        filters=_filters(request, listed, reading),
        words=request.query_params.get("q", ""),
        sort=request.query_params.get("sort", ""),
        number=number,
        last=last,
        address=address,
        files=[(ending, file(ending)) for ending in formats()],
    )


def _cell(reading: Reader, row: Row, field: Field, items: tuple[Item, ...], first: bool) -> Cell:
    """Return a cell; the first of a row, and its title, link to the thing of the row."""
    own = reading.link(row.iri).path
    return Cell(
        field,
        tuple(
            (
                item.text,
                _word(reading, field, item),
                own
                if first or field.name in _TITLES
                else reading.link(item.iri).path
                if field.show == "thing"
                else None,
            )
            for item in items
        ),
    )


def _filters(request: Request, listed: Listed, reading: Reader) -> list[Filter]:
    """Return by which columns the list can be narrowed: those that have more than one value."""
    found = []
    for at, field in enumerate(listed.fields):
        given = request.query_params.get(field.name, "")
        known = _values(request, listed, at) if field.choice else ()
        # A link of another page may narrow to what no choice offers.
        if len(known) > 1 or given:
            choices = tuple(
                Choice(item.text, _word(reading, field, item), given in (item.text, item.iri))
                for item in known[:_SUGGESTED]
            )
            found.append(Filter(field, choices, given, not known or len(known) > _CHOICES))
    return found


def _is_shown(request: Request, listed: Listed, at: int) -> bool:
    """Return whether pages show a column: not where all rows have the same value to choose."""
    field = listed.fields[at]
    return field.shown and (not field.choice or len(_values(request, listed, at)) > 1)


def _values(request: Request, listed: Listed, at: int) -> tuple[Item, ...]:
    everything = _all(request, listed)
    return kept(request, ("values", listed.name, at), lambda _: values(everything, at))


def _word(reading: Reader, field: Field, item: Item) -> str:
    """Return what people call a value: concepts and classes by their names."""
    return reading.name(item.iri) if field.show in ("code", "class") else item.text


def _number(request: Request) -> int:
    text = request.query_params.get("page", "1")
    if not text.isascii() or not text.isdecimal() or int(text[:9]) < 1:
        raise Problem(400, f"“{text[:20]}” is no number of a page; write one such as 2.")
    return int(text[:9])


ROUTES = (Route("/browse", index), Route("/browse/{name}", browse))

"""Lists of things: filtered, sorted, page by page, and as files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.graph.terms import is_address
from kg.server.data.build_cache import cached_for_build, cached_result
from kg.server.data.snapshot import Snapshot, snapshot
from kg.server.http import responses
from kg.server.http.language import language, say
from kg.server.http.problems import Problem
from kg.server.http.templating import render_page as render
from kg.server.pages.list_rows import (
    Item,
    Row,
    distinct_values,
    is_number,
    list_rows,
    plain_cell,
    row_count,
    row_order,
)
from kg.server.pages.lists import LISTS, Field, Listed
from kg.server.parts.reader import Link, Reader, reader
from kg.server.parts.table_files import table_file, table_formats
from kg.tables import Answer, Plain

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
    """A value to which a list can be narrowed: how addresses and how people call it.

    Attributes:
        value: How addresses call it.
        name: How people call it.
        chosen: Whether the list is narrowed to it.
        count: How many rows it would leave, with the other filters as they are.
    """

    value: str
    name: str
    chosen: bool
    count: int


@dataclass(frozen=True, slots=True)
class Filter:
    """A column by which a list can be narrowed, with its values.

    Attributes:
        field: The column.
        choices: Its values.
        given: That to which the list is narrowed, or empty.
        typed: Whether there are so many that one types it.
        thing: The thing to which the list is narrowed, where an IRI tells it.
    """

    field: Field
    choices: tuple[Choice, ...]
    given: str
    typed: bool
    thing: Link | None


def lists_page(request: Request) -> Response:
    """Return the page about all lists."""
    variant = f"lists-{language(request)}"
    if known := responses.not_modified(request, variant):
        return known
    counts = cached_result(
        request,
        "counts of lists",
        lambda found: {name: row_count(found.graph, listed) for name, listed in LISTS.items()},
    )
    found = [(listed, counts[name]) for name, listed in LISTS.items() if counts[name]]
    shown = render(request, "lists.html", lists=found)
    shown.headers.update(responses.cache_headers(request, variant))
    return shown


def list_page(request: Request) -> Response:
    """Return a page of a list, or all of it as a file where the address ends with `.csv`.

    Raises:
        Problem: There is no such list, format, column or page.
    """
    name, _, ending = request.path_params["name"].partition(".")
    if name not in LISTS:
        raise Problem(
            404,
            f"There is no such list; there are {', '.join(LISTS)}.",
            zh=f"没有这个列表。现有列表：{'、'.join(one.zh for one in LISTS.values())}。",
        )
    variant = f"list-{ending}-{language(request)}"
    if known := responses.not_modified(request, variant):
        return known
    listed = LISTS[name]
    found = _sort_rows(request, listed, _filter_rows(request, listed))
    shown = (
        _list_file(request, listed, found, ending)
        if ending
        else _render_list(request, listed, found)
    )
    shown.headers.update(responses.cache_headers(request, variant))
    return shown


def prepare(found: Snapshot) -> None:
    """Read the rows of the lists that the head of each page leads to."""
    for name in ("tasks", "departments"):
        _cached_rows(found, LISTS[name])


def _cached_rows(found: Snapshot, listed: Listed) -> tuple[Row, ...]:
    return cached_for_build(found, ("rows", listed.name), lambda it: list_rows(it.graph, listed))


def _all_items(request: Request, listed: Listed) -> tuple[Row, ...]:
    return _cached_rows(snapshot(request), listed)


def _filter_rows(request: Request, listed: Listed, but: str = "") -> list[int]:
    """Return the places of the rows that pass all filters, or all but one."""
    everything = _all_items(request, listed)
    places: Iterable[int] = range(len(everything))
    for at, field in enumerate(listed.fields):
        if field.name == but:
            continue
        if wanted := request.query_params.get(field.name, "").strip():
            places = [
                place
                for place in places
                if any(wanted in (item.text, item.iri) for item in everything[place].cells[at])
            ]
    if words := request.query_params.get("q", "").casefold().split():
        places = [place for place in places if _row_contains(everything[place], words)]
    return list(places)


def _row_contains(row: Row, words: Sequence[str]) -> bool:
    text = "\n".join(item.text for cell in row.cells for item in cell).casefold()
    return all(word in text for word in words)


def _sort_rows(request: Request, listed: Listed, places: list[int]) -> list[Row]:
    everything = _all_items(request, listed)
    sort = request.query_params.get("sort", "")
    if not sort:
        return [everything[place] for place in places]
    name, falling = sort.removeprefix("-"), sort.startswith("-")
    names = [field.name for field in listed.fields]
    if name not in names:
        raise Problem(
            400,
            f"There is no column “{name}” to sort by; there are {', '.join(names)}.",
            zh=f"没有“{name}”这一列，不能按它排序；请点表头排序。",
        )
    key = ("order", listed.name, sort)
    ordered = cached_result(request, key, lambda _: row_order(everything, listed, name, falling))
    wanted = set(places)
    return [everything[place] for place in ordered if place in wanted]


def _list_file(request: Request, listed: Listed, found: Sequence[Row], ending: str) -> Response:
    title = say(request, listed.zh, listed.en)
    chosen = request.query_params.getlist("column")
    at = [
        place
        for place, field in enumerate(listed.fields)
        if not chosen or field.name in chosen or not place
    ]
    fields = [listed.fields[place] for place in at]
    headings = tuple(say(request, field.zh, field.en) for field in fields)
    if ending == "xlsx":
        # For people: names and states in words, no IRIs.
        reading = reader(request)
        rows = (
            tuple(_cell_word(reading, row.cells[place], listed.fields[place]) for place in at)
            for row in found
        )
        answer = Answer(tuple(field.name for field in fields), tuple(rows))
        return table_file(answer, listed.name, ending, headings, title)
    answer = Answer(
        ("iri", *(field.name for field in fields)),
        tuple(
            (row.iri, *(plain_cell(row.cells[place], listed.fields[place]) for place in at))
            for row in found
        ),
    )
    headings = (say(request, "标识", "IRI"), *headings)
    return table_file(answer, f"{listed.name}-{snapshot(request).tag}", ending, headings, title)


def _cell_word(reading: Reader, items: tuple[Item, ...], field: Field) -> Plain:
    """Return a cell as a workbook has it: numbers as numbers, concepts by their names."""
    if field.show in ("code", "class"):
        return "；".join(_value_label(reading, field, item) for item in items) or None
    return plain_cell(items, field)


def _render_list(request: Request, listed: Listed, found: Sequence[Row]) -> Response:
    number, last = _requested_page(request), max(1, -(-len(found) // PAGE))
    if number > last:
        raise Problem(
            404,
            f"This list has {last} pages; there is no page {number}.",
            zh=f"这个列表共 {last} 页，没有第 {number} 页。",
        )
    given = [
        (name, value)
        for name, value in request.query_params.multi_items()
        if value and name not in ("lang", "page")
    ]

    def address(page: int = 1, **changed: str) -> str:
        query = [pair for pair in given if pair[0] not in changed] + list(changed.items())
        query += [("page", str(page))] if page > 1 else []
        return f"{request.url.path}?{urlencode(query)}" if query else request.url.path

    def file(ending: str) -> str:
        asked = f"?{urlencode(given)}" if given else ""
        return f"{request.url.path}.{ending}{asked}"

    reading = reader(request)
    shown = [at for at in range(len(listed.fields)) if _is_visible_column(request, listed, at)]
    return render(
        request,
        "browse.html",
        listed=listed,
        choosable=[(field, at in shown) for at, field in enumerate(listed.fields) if at],
        columns=[(listed.fields[at], is_number(listed.fields[at])) for at in shown],
        rows=[
            [
                _list_cell(
                    reading,
                    row,
                    listed.fields[at],
                    row.cells[at],
                    at == 0,
                    _value_unit(listed, row, at),
                )
                for at in shown
            ]
            for row in found[(number - 1) * PAGE : number * PAGE]
        ],
        count=len(found),
        all_count=len(_all_items(request, listed)),
        filters=_list_filters(request, listed, reading),
        words=request.query_params.get("q", ""),
        sort=request.query_params.get("sort", ""),
        number=number,
        last=last,
        address=address,
        files=[(ending, file(ending)) for ending in table_formats()],
    )


def _value_unit(listed: Listed, row: Row, at: int) -> str:
    """Return the unit of a value of a row, or empty."""
    name = listed.fields[at].unit
    names = [field.name for field in listed.fields]
    return "".join(item.text for item in row.cells[names.index(name)][:1]) if name else ""


def _list_cell(
    reading: Reader, row: Row, field: Field, items: tuple[Item, ...], first: bool, unit: str
) -> Cell:
    """Return a cell; the first of a row, and its title, link to the thing of the row."""
    own = reading.link(row.iri).path
    return Cell(
        field,
        tuple(
            (
                item.text,
                _value_label(reading, field, item) + unit,
                own
                if first or field.name in _TITLES
                else reading.link(item.iri).path
                if field.show == "thing"
                else None,
            )
            for item in items
        ),
    )


def _list_filters(request: Request, listed: Listed, reading: Reader) -> list[Filter]:
    """Return by which columns the list can be narrowed: those that have more than one value."""
    found = []
    for at, field in enumerate(listed.fields):
        given = request.query_params.get(field.name, "")
        known = _column_values(request, listed, at) if field.choice else ()
        # A link of another page may narrow to what no choice offers.
        if len(known) > 1 or given:
            counted = Counter(
                item.text
                for place in _filter_rows(request, listed, field.name)
                for item in set(_all_items(request, listed)[place].cells[at])
            )
            choices = tuple(
                Choice(
                    item.text,
                    _value_label(reading, field, item),
                    given in (item.text, item.iri),
                    counted[item.text],
                )
                for item in known[:_SUGGESTED]
            )
            typed = not known or len(known) > _CHOICES
            # Names alone do not tell apart things of several districts, IRIs do.
            thing = reading.link(given) if reading.kind(given) and is_address(given) else None
            found.append(Filter(field, choices, given, typed, thing))
    return found


def _is_visible_column(request: Request, listed: Listed, at: int) -> bool:
    """Return whether pages show a column: those that the reader chose, else those of the list.

    Without a choice a column is left out where all rows have the same value to choose.
    """
    field = listed.fields[at]
    if chosen := request.query_params.getlist("column"):
        return at == 0 or field.name in chosen
    return field.shown and (not field.choice or len(_column_values(request, listed, at)) > 1)


def _column_values(request: Request, listed: Listed, at: int) -> tuple[Item, ...]:
    everything = _all_items(request, listed)
    return cached_result(
        request, ("values", listed.name, at), lambda _: distinct_values(everything, at)
    )


def _value_label(reading: Reader, field: Field, item: Item) -> str:
    """Return what people call a value: concepts and classes by their names."""
    return reading.name(item.iri) if field.show in ("code", "class") else item.text


def _requested_page(request: Request) -> int:
    text = request.query_params.get("page", "1")
    if not text.isascii() or not text.isdecimal() or int(text[:9]) < 1:
        raise Problem(
            400,
            f"“{text[:20]}” is no number of a page; write one such as 2.",
            zh=f"“{text[:20]}”不是页码，请填写数字，例如 2。",
        )
    return int(text[:9])


ROUTES = (Route("/browse", lists_page), Route("/browse/{name}", list_page))

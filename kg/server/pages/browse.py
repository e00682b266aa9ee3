"""Lists of things: filtered, sorted, in pages, and as files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from kg.graph.rdf.terms import is_address
from kg.server.data.build_cache import cached_for_build, cached_result
from kg.server.data.snapshot import Snapshot, snapshot
from kg.server.http import responses
from kg.server.http.language import say
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
from kg.server.pages.lists import LISTS, Field, ThingList
from kg.server.parts.facets import Choice
from kg.server.parts.reader import Link, Reader, reader
from kg.server.parts.table_files import table_file, table_formats
from kg.tables import Answer, Plain

PAGE = 50
# The most values of a filter with a list to choose from, and the most suggestions for one to type.
_MAX_CHOICES, _MAX_SUGGESTIONS = 40, 500
# Columns that link to the row's thing, besides the first one.
_TITLES = ("promise", "title")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a page: its column, and for each value the text, the label and the link's path."""

    field: Field
    values: tuple[tuple[str, str, str | None], ...]


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter of a list.

    Attributes:
        field: The column.
        choices: Its values.
        value: The value by which the list is filtered, or empty.
        is_typed: Whether there are too many values to choose from, so that one types it.
        thing: The thing by which the list is filtered, if the value is an IRI.
    """

    field: Field
    choices: tuple[Choice, ...]
    value: str
    is_typed: bool
    thing: Link | None


@responses.cacheable
def lists_page(request: Request) -> Response:
    """Return the page that shows all lists."""
    counts = cached_result(
        request,
        "counts of lists",
        lambda found: {
            name: row_count(found.graph, thing_list) for name, thing_list in LISTS.items()
        },
    )
    found = [(thing_list, counts[name]) for name, thing_list in LISTS.items() if counts[name]]
    return render(request, "lists.html", lists=found)


@responses.cacheable
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
    thing_list = LISTS[name]
    found = _sort_rows(request, thing_list, _filter_rows(request, thing_list))
    return (
        _list_file(request, thing_list, found, ending)
        if ending
        else _render_list(request, thing_list, found)
    )


def prepare(build: Snapshot) -> None:
    """Cache the rows of the lists in the navigation of all pages."""
    for name in ("tasks", "departments"):
        _cached_rows(build, LISTS[name])


def _cached_rows(build: Snapshot, thing_list: ThingList) -> tuple[Row, ...]:
    return cached_for_build(
        build, ("rows", thing_list.name), lambda it: list_rows(it.graph, thing_list)
    )


def _all_items(request: Request, thing_list: ThingList) -> tuple[Row, ...]:
    return _cached_rows(snapshot(request), thing_list)


def _filter_rows(request: Request, thing_list: ThingList, ignored_filter: str = "") -> list[int]:
    """Return the indices of the rows that pass all filters.

    Args:
        request: The request.
        thing_list: The list.
        ignored_filter: Name of a column whose filter is ignored.
    """
    everything = _all_items(request, thing_list)
    places: Iterable[int] = range(len(everything))
    for at, field in enumerate(thing_list.fields):
        if field.name == ignored_filter:
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


def _sort_rows(request: Request, thing_list: ThingList, places: list[int]) -> list[Row]:
    everything = _all_items(request, thing_list)
    sort = request.query_params.get("sort", "")
    if not sort:
        return [everything[place] for place in places]
    name, descending = sort.removeprefix("-"), sort.startswith("-")
    names = [field.name for field in thing_list.fields]
    if name not in names:
        raise Problem(
            400,
            f"There is no column “{name}” to sort by; there are {', '.join(names)}.",
            zh=f"没有“{name}”这一列，不能按它排序；请点表头排序。",
        )
    key = ("order", thing_list.name, sort)
    ordered = cached_result(
        request, key, lambda _: row_order(everything, thing_list, name, descending)
    )
    wanted = set(places)
    return [everything[place] for place in ordered if place in wanted]


def _list_file(
    request: Request, thing_list: ThingList, found: Sequence[Row], ending: str
) -> Response:
    title = say(request, thing_list.zh, thing_list.en)
    chosen = request.query_params.getlist("column")
    at = [
        place
        for place, field in enumerate(thing_list.fields)
        if not chosen or field.name in chosen or not place
    ]
    fields = [thing_list.fields[place] for place in at]
    headings = tuple(say(request, field.zh, field.en) for field in fields)
    if ending == "xlsx":
        # A workbook is for people: labels instead of codes, and no IRIs.
        reading = reader(request)
        rows = (
            tuple(_cell_word(reading, row.cells[place], thing_list.fields[place]) for place in at)
            for row in found
        )
        answer = Answer(tuple(field.name for field in fields), tuple(rows))
        return table_file(answer, thing_list.name, ending, headings, title)
    answer = Answer(
        ("iri", *(field.name for field in fields)),
        tuple(
            (row.iri, *(plain_cell(row.cells[place], thing_list.fields[place]) for place in at))
            for row in found
        ),
    )
    headings = (say(request, "标识", "IRI"), *headings)
    return table_file(answer, f"{thing_list.name}-{snapshot(request).tag}", ending, headings, title)


def _cell_word(reading: Reader, items: tuple[Item, ...], field: Field) -> Plain:
    """Return a cell of a workbook: numbers as numbers, concepts by their names."""
    if field.show in ("code", "class"):
        return "；".join(_value_label(reading, field, item) for item in items) or None
    return plain_cell(items, field)


def _render_list(request: Request, thing_list: ThingList, found: Sequence[Row]) -> Response:
    number, last = _requested_page(request), max(1, -(-len(found) // PAGE))
    if number > last:
        raise Problem(
            404,
            f"There is no page {number}; the last page of this list is {last}.",
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
    shown = [
        at for at in range(len(thing_list.fields)) if _is_visible_column(request, thing_list, at)
    ]
    return render(
        request,
        "browse.html",
        thing_list=thing_list,
        choosable=[(field, at in shown) for at, field in enumerate(thing_list.fields) if at],
        columns=[(thing_list.fields[at], is_number(thing_list.fields[at])) for at in shown],
        rows=[
            [
                _list_cell(
                    reading,
                    row,
                    thing_list.fields[at],
                    row.cells[at],
                    at == 0,
                    _value_unit(thing_list, row, at),
                )
                for at in shown
            ]
            for row in found[(number - 1) * PAGE : number * PAGE]
        ],
        count=len(found),
        all_count=len(_all_items(request, thing_list)),
        filters=_list_filters(request, thing_list, reading),
        words=request.query_params.get("q", ""),
        sort=request.query_params.get("sort", ""),
        number=number,
        last=last,
        address=address,
        files=[(ending, file(ending)) for ending in table_formats()],
    )


def _value_unit(thing_list: ThingList, row: Row, at: int) -> str:
    """Return the unit of a value in a row, or an empty text."""
    name = thing_list.fields[at].unit
    names = [field.name for field in thing_list.fields]
    return "".join(item.text for item in row.cells[names.index(name)][:1]) if name else ""


def _list_cell(
    reading: Reader, row: Row, field: Field, items: tuple[Item, ...], first: bool, unit: str
) -> Cell:
    """Return a cell; the first one of a row, and titles, link to the row's thing."""
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


def _list_filters(request: Request, thing_list: ThingList, reading: Reader) -> list[Filter]:
    """Return the filters of a list: columns with more than one value."""
    found = []
    for at, field in enumerate(thing_list.fields):
        given = request.query_params.get(field.name, "")
        known = _column_values(request, thing_list, at) if field.filterable else ()
        # A link from another page may use a value that is not offered here.
        if len(known) > 1 or given:
            counted = Counter(
                item.text
                for place in _filter_rows(request, thing_list, field.name)
                for item in set(_all_items(request, thing_list)[place].cells[at])
            )
            choices = tuple(
                Choice(
                    item.text,
                    _value_label(reading, field, item),
                    counted[item.text],
                    given in (item.text, item.iri),
                )
                for item in known[:_MAX_SUGGESTIONS]
            )
            is_typed = not known or len(known) > _MAX_CHOICES
            # Unlike IRIs, names do not distinguish things in several districts.
            thing = reading.link(given) if reading.kind(given) and is_address(given) else None
            found.append(Filter(field, choices, given, is_typed, thing))
    return found


def _is_visible_column(request: Request, thing_list: ThingList, at: int) -> bool:
    """Return whether pages show a column.

    By default, filters with the same value in all rows are left out.
    """
    field = thing_list.fields[at]
    if chosen := request.query_params.getlist("column"):
        return at == 0 or field.name in chosen
    return field.visible and (
        not field.filterable or len(_column_values(request, thing_list, at)) > 1
    )


def _column_values(request: Request, thing_list: ThingList, at: int) -> tuple[Item, ...]:
    everything = _all_items(request, thing_list)
    return cached_result(
        request, ("values", thing_list.name, at), lambda _: distinct_values(everything, at)
    )


def _value_label(reading: Reader, field: Field, item: Item) -> str:
    """Return the label of a value: for concepts and classes their names."""
    return reading.name(item.iri) if field.show in ("code", "class") else item.text


def _requested_page(request: Request) -> int:
    text = request.query_params.get("page", "1")
    if not text.isascii() or not text.isdecimal() or int(text[:9]) < 1:
        raise Problem(
            400,
            f"“{text[:20]}” is not a page number; write one such as 2.",
            zh=f"“{text[:20]}”不是页码，请填写数字，例如 2。",
        )
    return int(text[:9])


ROUTES = (Route("/browse", lists_page), Route("/browse/{name}", list_page))

"""Read the rows of a list from the graph."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from pyoxigraph import Store
from pypinyin import lazy_pinyin

from kg.graph.rdf.terms import TKG
from kg.questions.sparql import select
from kg.server.pages.lists import Field, ThingList
from kg.tables import Plain

# How many characters of texts are used for sorting, as the pinyin of whole sentences takes long.
_SORTED_CHARACTERS = 8


class Item(NamedTuple):
    """A value of a cell: its text, and the IRI of the thing that it names, or empty."""

    text: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the IRI of the thing, and the values of each column."""

    iri: str
    cells: tuple[tuple[Item, ...], ...]


def list_rows(graph: Store, thing_list: ThingList) -> tuple[Row, ...]:
    """Return all rows of a list in its default order."""
    columns = [_column_items(graph, thing_list, field) for field in thing_list.fields]
    things = sorted(
        {str(thing) for (thing,) in select(graph, _select_items(thing_list, "?thing")).rows}
    )
    rows: Sequence[Row] = [
        Row(thing, tuple(tuple(column.get(thing, ())) for column in columns)) for thing in things
    ]
    for key in reversed(thing_list.order):
        at = row_order(rows, thing_list, key.removeprefix("-"), key.startswith("-"))
        rows = [rows[place] for place in at]
    return tuple(rows)


def row_count(graph: Store, thing_list: ThingList) -> int:
    """Return how many rows a list has."""
    ((number,),) = select(
        graph, _select_items(thing_list, "(COUNT(DISTINCT ?thing) AS ?count)")
    ).rows
    return int(str(number))


def row_order(rows: Sequence[Row], thing_list: ThingList, name: str, descending: bool) -> list[int]:
    """Return the indices of rows, sorted by a column; rows without a value come last.

    Args:
        rows: The rows.
        thing_list: Their list.
        name: Name of the column.
        descending: Whether the greatest value comes first.
    """
    at = next(place for place, field in enumerate(thing_list.fields) if field.name == name)
    numeric = is_number(thing_list.fields[at])
    keys = {
        place: sort_key(row.cells[at], numeric) for place, row in enumerate(rows) if row.cells[at]
    }
    # Sorting is stable in both directions: equal rows stay in their order.
    with_value = sorted(keys, key=lambda place: keys[place], reverse=descending)
    return [*with_value, *(place for place in range(len(rows)) if place not in keys)]


def sort_key(items: tuple[Item, ...], numeric: bool) -> tuple[Decimal, str]:
    """Return the sort key of a cell: numbers by size, names by pinyin."""
    text = items[0].text
    if numeric:
        return Decimal(text), ""
    return Decimal(0), " ".join(lazy_pinyin(text[:_SORTED_CHARACTERS])) + text


def is_number(field: Field) -> bool:
    """Return whether a column holds numbers."""
    return field.show in ("number", "count") or field.label == "tkg:number"


def plain_cell(items: tuple[Item, ...], field: Field) -> Plain:
    """Return the value of a cell for files."""
    if not items:
        return None
    if is_number(field) and len(items) == 1:
        number = Decimal(items[0].text)
        return int(number) if number == int(number) else number
    return "；".join(item.text for item in items)


def _column_items(graph: Store, thing_list: ThingList, field: Field) -> dict[str, list[Item]]:
    items_by_thing: dict[str, list[Item]] = {}
    for thing, *value in select(graph, _column_query(thing_list, field)).rows:
        item = Item(*("" if part is None else str(part) for part in value))
        items_by_thing.setdefault(str(thing), []).append(_item_text(item, field))
    for items in items_by_thing.values():
        if len(items) > 1:
            items.sort()
    return items_by_thing


def _item_text(item: Item, field: Field) -> Item:
    if field.show == "code":
        return Item(item.text.rpartition("/")[2], item.text)
    return Item(item.text.removeprefix(TKG), item.text) if field.show == "class" else item


def _column_query(thing_list: ThingList, field: Field) -> str:
    """Return the query for the values of a column."""
    if field.show == "class":
        return _select_items(thing_list, "?thing ?class")
    if field.show == "count":
        step = f"OPTIONAL {{ ?thing {field.path} ?value }}"
        return (
            _select_items(thing_list, "?thing (COUNT(DISTINCT ?value) AS ?n)", step)
            + " GROUP BY ?thing"
        )
    if field.show != "thing":
        return _select_items(thing_list, "?thing ?value", f"?thing {field.path} ?value .")
    step = f"?thing {field.path} ?node . " if field.path else "BIND(?thing AS ?node) "
    label = f'?node {field.label} ?name . FILTER(LANG(?name) IN ("zh", ""))'
    return _select_items(thing_list, "?thing ?name ?node", step + label)


def _select_items(thing_list: ThingList, wanted: str, more: str = "") -> str:
    classes = " ".join(thing_list.classes)
    return (
        f"SELECT DISTINCT {wanted} WHERE {{ VALUES ?class {{ {classes} }} ?thing a ?class . "
        f"{thing_list.where} {more} }}"
    )


def distinct_values(rows: Sequence[Row], at: int) -> tuple[Item, ...]:
    """Return the distinct values of a column, the most frequent first."""
    counts = Counter(item for row in rows for item in row.cells[at])
    # Things with the same name in several districts are one value.
    by_text = {item.text: item for item in sorted(counts, key=lambda it: (-counts[it], it))}
    return tuple(by_text.values())

"""The rows of a list, read from the graph once for a build."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from pyoxigraph import Store
from pypinyin import lazy_pinyin

from kg.graph.terms import TKG
from kg.questions.sparql import select
from kg.server.pages.lists import Field, Listed
from kg.tables import Plain

# By so many characters names are put in order; the pinyin of whole sentences takes long.
_ORDERED = 8


class Item(NamedTuple):
    """A value of a cell: its text, and the IRI of the thing that it names, if it names one."""

    text: str
    iri: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row: the thing, and for each column its values."""

    iri: str
    cells: tuple[tuple[Item, ...], ...]


def list_rows(graph: Store, listed: Listed) -> tuple[Row, ...]:
    """Return all rows of a list in its own order."""
    columns = [_column_items(graph, listed, field) for field in listed.fields]
    things = sorted(
        {str(thing) for (thing,) in select(graph, _select_items(listed, "?thing")).rows}
    )
    found: Sequence[Row] = [
        Row(thing, tuple(tuple(column.get(thing, ())) for column in columns)) for thing in things
    ]
    for key in reversed(listed.order):
        at = row_order(found, listed, key.removeprefix("-"), key.startswith("-"))
        found = [found[place] for place in at]
    return tuple(found)


def row_count(graph: Store, listed: Listed) -> int:
    """Return how many rows a list has."""
    ((number,),) = select(graph, _select_items(listed, "(COUNT(DISTINCT ?thing) AS ?count)")).rows
    return int(str(number))


def row_order(found: Sequence[Row], listed: Listed, name: str, falling: bool) -> list[int]:
    """Return the places of rows in the order of a column; rows without a value come last.

    Args:
        found: The rows.
        listed: Their list.
        name: Name of the column.
        falling: Whether the greatest stands in front.
    """
    at = next(place for place, field in enumerate(listed.fields) if field.name == name)
    numeric = is_number(listed.fields[at])
    keys = {
        place: sort_key(row.cells[at], numeric) for place, row in enumerate(found) if row.cells[at]
    }
    # What is equal stays in the order that it had, falling too.
    told = sorted(keys, key=lambda place: keys[place], reverse=falling)
    return [*told, *(place for place in range(len(found)) if place not in keys)]


def sort_key(items: tuple[Item, ...], numeric: bool) -> tuple[Decimal, str]:
    """Return by what cells are put in order: numbers by size, names by their pinyin."""
    text = items[0].text
    if numeric:
        return Decimal(text), ""
    return Decimal(0), " ".join(lazy_pinyin(text[:_ORDERED])) + text


def is_number(field: Field) -> bool:
    """Return whether a column holds numbers."""
    return field.show in ("number", "count") or field.label == "tkg:number"


def plain_cell(items: tuple[Item, ...], field: Field) -> Plain:
    """Return a cell as files have it."""
    if not items:
        return None
    if is_number(field) and len(items) == 1:
        number = Decimal(items[0].text)
        return int(number) if number == int(number) else number
    return "；".join(item.text for item in items)


def _column_items(graph: Store, listed: Listed, field: Field) -> dict[str, list[Item]]:
    found: dict[str, list[Item]] = {}
    for thing, *value in select(graph, _column_query(listed, field)).rows:
        item = Item(*("" if part is None else str(part) for part in value))
        found.setdefault(str(thing), []).append(_item_text(item, field))
    for items in found.values():
        if len(items) > 1:
            items.sort()
    return found


def _item_text(item: Item, field: Field) -> Item:
    if field.show == "code":
        return Item(item.text.rpartition("/")[2], item.text)
    return Item(item.text.removeprefix(TKG), item.text) if field.show == "class" else item


def _column_query(listed: Listed, field: Field) -> str:
    """Return the query for the values of a column."""
    if field.show == "class":
        return _select_items(listed, "?thing ?class")
    if field.show == "count":
        step = f"OPTIONAL {{ ?thing {field.path} ?value }}"
        return (
            _select_items(listed, "?thing (COUNT(DISTINCT ?value) AS ?n)", step)
            + " GROUP BY ?thing"
        )
    if field.show != "thing":
        return _select_items(listed, "?thing ?value", f"?thing {field.path} ?value .")
    step = f"?thing {field.path} ?node . " if field.path else "BIND(?thing AS ?node) "
    label = f'?node {field.label} ?name . FILTER(LANG(?name) IN ("zh", ""))'
    return _select_items(listed, "?thing ?name ?node", step + label)


def _select_items(listed: Listed, wanted: str, more: str = "") -> str:
    classes = " ".join(listed.classes)
    return (
        f"SELECT DISTINCT {wanted} WHERE {{ VALUES ?class {{ {classes} }} ?thing a ?class . "
        f"{listed.where} {more} }}"
    )


def distinct_values(found: Sequence[Row], at: int) -> tuple[Item, ...]:
    """Return the different values of a column, the most frequent in front."""
    counted = Counter(item for row in found for item in row.cells[at])
    # Things of one name in several districts are one choice.
    by_text = {item.text: item for item in sorted(counted, key=lambda it: (-counted[it], it))}
    return tuple(by_text.values())

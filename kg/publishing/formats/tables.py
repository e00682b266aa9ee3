"""Write the tables of a bundle: one row per thing, read from the graph by the columns' paths."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store

from kg.graph.rdf.ontology import Node, classes_above
from kg.graph.rdf.terms import TKG, term
from kg.publishing.columns import SEPARATOR, Column, Table
from kg.publishing.sorting import sort_rows
from kg.tables import escape_formula

_NUMBER = re.compile(r"\d+")
_TYPE = term("rdf:type")


def write_table(store: Store, table: Table, path: Path) -> int:
    """Write a table as CSV and return the number of its rows.

    The file is UTF-8 with a byte order mark, because Excel would otherwise use another encoding.
    Texts that a spreadsheet would parse as formulas begin with an apostrophe.
    """
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(column.name for column in table.columns)
        texts = [column.datatype == "string" for column in table.columns]
        for row in rows(store, table):
            writer.writerow(
                escape_formula(cell) if text else cell
                for cell, text in zip(row, texts, strict=True)
            )
            count += 1
    return count


def rows(store: Store, table: Table) -> Iterator[tuple[str, ...]]:
    """Yield the rows of a table in its order, as texts."""
    names = [column.name for column in table.columns]
    keys = [names.index(name) for name in table.order]

    def sortable(cells: tuple[str, ...]) -> tuple[str, ...]:
        # Numbers in texts are sorted by value: task 10 comes after task 9.
        natural = (_NUMBER.sub(lambda found: found[0].rjust(12), cells[key]) for key in keys)
        return (*natural, *cells)

    found = (
        sortable(tuple(_cell(store, thing, column) for column in table.columns))
        for thing in _things(store, table)
    )
    for row in sort_rows(found):
        yield row[len(keys) :]


def _things(store: Store, table: Table) -> Iterator[NamedNode]:
    general = set(chain.from_iterable(classes_above().values()))
    for name in table.classes:
        for thing in instances(store, name):
            # A department is also a public body, but has a row only among the departments.
            if term(name) in general and f"tkg:{kind(store, thing)}" != name:
                continue
            if table.only is None or _has_path_to(store, thing, *table.only):
                yield thing


def _has_path_to(store: Store, thing: NamedNode, path: str, name: str) -> bool:
    """Return whether a path leads from a thing to a thing of a class."""
    ends = (end for end in follow(store, thing, path) if isinstance(end, NamedNode))
    return any(any(store.quads_for_pattern(end, _TYPE, term(name), DefaultGraph())) for end in ends)


def instances(store: Store, name: str) -> Iterator[NamedNode]:
    """Yield the things of a class."""
    for quad in store.quads_for_pattern(None, _TYPE, term(name), DefaultGraph()):
        if isinstance(quad.subject, NamedNode):
            yield quad.subject


def follow(store: Store, thing: NamedNode, path: str) -> list[Node]:
    """Return the nodes at the end of a path in a store (see `Column.path`)."""
    steps, _, language = path.partition("@")
    found: Iterable[Node] = [thing]
    for step in steps.split("/") if steps else ():
        found = dict.fromkeys(end for node in found for end in _follow_step(store, node, step))
    return [
        node
        for node in found
        if not language or (isinstance(node, Literal) and node.language == language)
    ]


def _follow_step(store: Store, node: Node, step: str) -> Iterator[Node]:
    if step.startswith("^"):
        for quad in store.quads_for_pattern(None, term(step[1:]), node, DefaultGraph()):
            yield quad.subject
    elif isinstance(node, NamedNode):
        for quad in store.quads_for_pattern(node, term(step), None, DefaultGraph()):
            yield quad.object


def _cell(store: Store, thing: NamedNode, column: Column) -> str:
    nodes = follow(store, thing, column.path)
    if column.show == "count":
        return str(len(nodes))
    values = sorted({_node_text(store, node, column) for node in nodes})
    return (SEPARATOR if column.many else "\n").join(values)


def _node_text(store: Store, node: Node, column: Column) -> str:
    assert isinstance(node, NamedNode | Literal)
    if column.show == "kind":
        assert isinstance(node, NamedNode)
        return kind(store, node)
    return node.value.rpartition("/")[2] if column.show == "code" else node.value


def kind(store: Store, thing: NamedNode) -> str:
    """Return the name of the most specific class of a thing in the vocabulary."""
    classes = {quad.object for quad in store.quads_for_pattern(thing, _TYPE, None, DefaultGraph())}
    above = classes_above()
    general = {
        upper for found in classes if isinstance(found, NamedNode) for upper in above.get(found, ())
    }
    closest = [
        found.value.removeprefix(TKG)
        for found in classes - general
        if isinstance(found, NamedNode) and found.value.startswith(TKG)
    ]
    return min(closest, default="")

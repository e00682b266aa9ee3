"""Small reports of an invented district, whose ties can be worked out by hand."""

from __future__ import annotations

import csv
from pathlib import Path

from pyoxigraph import Store

from kg.graph.build import build
from kg.graph.stores.embedded import open_graph
from kg.questions.catalogue import query

HEADER = ("序号", "类别", "工作任务", "进展情况", "责任部门")


def table(path: Path, *rows: str) -> Path:
    """Write a table with a row for each text `heading|task|progress|departments`."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        writer.writerows([number, *row.split("|")] for number, row in enumerate(rows, 1))
    return path


def graph(folder: Path, *rows: str, jurisdiction: str | None = "330106") -> Store:
    """Build the graph of a table with these rows, of 杭州市西湖区 unless told otherwise."""
    build([table(folder / "small.csv", *rows)], folder / "store", jurisdiction=jurisdiction)
    return open_graph(folder / "store")


def answers(store: Path, name: str, **given: str) -> list[dict[str, object]]:
    """Return the rows of the answer to a question of the catalogue, by the names of columns."""
    answer = query(open_graph(store), name, given)
    return [dict(zip(answer.fields, row, strict=True)) for row in answer.rows]

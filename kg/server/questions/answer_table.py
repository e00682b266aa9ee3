"""A page of an answer: sorted, with the columns that the reader wants, and with links."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from math import ceil
from urllib.parse import urlencode

from pypinyin import lazy_pinyin
from starlette.requests import Request

from kg.questions.catalogue import Question
from kg.server.data.snapshot import snapshot
from kg.server.http.language import language
from kg.server.http.problems import Problem
from kg.server.parts.table_files import table_formats
from kg.server.questions.answer_cells import Piece, answer_cells, visible_fields
from kg.server.questions.labels import LABELS
from kg.tables import Answer, Plain

_ROWS = 100
# Cells whose texts are never broken, and those that need room.
_SHORT, _LONG = 16, 30
# Texts are sorted by so many characters; the pinyin of whole sentences takes long.
_ORDERED = 8


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """A page of an answer.

    Attributes:
        columns: Names of the columns, what they are called, and what they mean, in English.
        rows: Rows, in each for each column its name and what stands in it.
        count: How many rows the answer has.
        number: Number of the page.
        last: Number of the last page.
        shapes: For each column `number`, `short` or `long`, by what stands in it, or nothing.
        choosable: All columns, what they are called, and whether they are shown.
    """

    columns: tuple[tuple[str, str, str], ...]
    rows: list[list[tuple[str, list[Piece]]]]
    count: int
    number: int
    last: int
    shapes: Mapping[str, str]
    choosable: tuple[tuple[str, str, bool], ...]


def question_address(
    asked: Question,
    given: Mapping[str, str],
    ending: str = "",
    arranged_by: Sequence[tuple[str, str]] = (),
) -> str:
    """Return the address of a question with values for its parameters, and how it is arranged."""
    query = urlencode([*given.items(), *arranged_by])
    return f"/questions/{asked.name}{ending}" + (f"?{query}" if query else "")


def requested_arrangement(request: Request) -> list[tuple[str, str]]:
    """Return by which column, and with which columns, an address wants an answer."""
    names = ("sort", "column")
    return [pair for pair in request.query_params.multi_items() if pair[0] in names and pair[1]]


def answer_links(request: Request, asked: Question, given: Mapping[str, str]) -> dict[str, object]:
    """Return what a page needs to lead from an answer to its files, its orders and the editor."""
    chosen = requested_arrangement(request)
    sort = dict(chosen).get("sort", "")

    def sorted_by(name: str) -> str:
        order = ("sort", f"-{name}" if sort == name else name)
        return question_address(
            asked, given, "", [order, *(it for it in chosen if it[0] != "sort")]
        )

    return {
        "given": list(given.items()),
        "action": f"/questions/{asked.name}",
        "sort": sort,
        "sorted_by": sorted_by,
        "page_address": lambda number: question_address(
            asked, given, "", [*chosen, ("page", str(number))] if number > 1 else chosen
        ),
        "downloads": [
            (
                {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}[one],
                question_address(asked, given, f".{one}", chosen),
            )
            for one in (*table_formats(), "json")
        ],
        "editor": f"/sparql?{urlencode({'question': asked.name, **given})}",
    }


def arrange_answer(request: Request, answer: Answer) -> Answer:
    """Return an answer as an address wants it: `?sort=` by a column, `?column=` some columns only.

    A column that the answer does not have changes nothing: another question may have it.
    """
    rows = list(answer.rows)
    sort = request.query_params.get("sort", "")
    name, falling = sort.removeprefix("-"), sort.startswith("-")
    if name in answer.fields:
        at = answer.fields.index(name)
        told = [row for row in rows if row[at] is not None]
        numbers = all(isinstance(row[at], int | Decimal) for row in told)

        def key(row: tuple[Plain, ...]) -> tuple[Decimal, str]:
            value = row[at]
            if numbers and isinstance(value, int | Decimal):
                return Decimal(value), ""
            return Decimal(0), " ".join(lazy_pinyin(str(value)[:_ORDERED])) + str(value)

        rows = sorted(told, key=key, reverse=falling) + [row for row in rows if row[at] is None]
    chosen = set(request.query_params.getlist("column"))
    # What stands with a value goes with it.
    beside = {"target": ("comparator", "unit"), "actual": ("actual_unit",)}
    chosen |= {name for one in tuple(chosen) for name in beside.get(one, ())}
    kept = [
        at
        for at, name in enumerate(answer.fields)
        if not chosen & set(answer.fields) or name in chosen
    ]
    return Answer(
        tuple(answer.fields[at] for at in kept),
        tuple(tuple(row[at] for at in kept) for row in rows),
    )


def answer_page(request: Request, asked: Question, answer: Answer) -> AnswerPage:
    """Return the page of an answer that an address asks for by `?page=`.

    Raises:
        Problem: There is no such page.
    """
    last = max(1, ceil(len(answer.rows) / _ROWS))
    told = request.query_params.get("page", "1")
    if not (told.isdecimal() and len(told) < 9 and 1 <= int(told) <= last):
        raise Problem(
            404,
            f"There is no such page of this answer; it has {last}.",
            zh=f"结果共 {last} 页，没有这一页。",
        )
    number = int(told)
    # Which report says it is no question where there is one.
    one_report = len(snapshot(request).about.get("reports", ())) < 2
    hidden = {"report"} if one_report and len(answer.fields) > 1 else set()
    every = [name for name in visible_fields(answer.fields) if name not in hidden]
    answer = arrange_answer(request, answer)
    part = Answer(answer.fields, answer.rows[(number - 1) * _ROWS : number * _ROWS])
    second = language(request) != "zh"
    columns = tuple(
        (name, LABELS[name][second], asked.fields[name])
        for name in visible_fields(answer.fields)
        if name not in hidden
    )
    shapes = {
        name: _column_shape([row[at] for row in part.rows]) for at, name in enumerate(answer.fields)
    }
    choosable = tuple((name, LABELS[name][second], name in answer.fields) for name in every)
    rows = [[cell for cell in row if cell[0] not in hidden] for row in answer_cells(request, part)]
    return AnswerPage(columns, rows, len(answer.rows), number, last, shapes, choosable)


def _column_shape(values: Sequence[Plain]) -> str:
    if all(not isinstance(value, str | bool) for value in values):
        return "number"
    longest = max(len(str(value or "")) for value in values)
    return "short" if longest <= _SHORT else "long" if longest > _LONG else ""

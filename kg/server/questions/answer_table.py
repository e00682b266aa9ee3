"""A page of an answer table: sorted, with selected columns, and with links."""

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
from kg.server.questions.answer_cells import CellPart, answer_cells, visible_fields
from kg.server.questions.labels import LABELS
from kg.tables import Answer, Plain

_ROWS = 100
# Columns with at most so many characters are not wrapped; those with more than the second number
# get more room.
_SHORT, _LONG = 16, 30
# How many characters of texts are used for sorting, as the pinyin of whole sentences takes long.
_SORTED_CHARACTERS = 8


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """A page of an answer.

    Attributes:
        columns: Name, label and English meaning of each column.
        rows: For each row and column, the name of the column and the parts of the cell.
        count: How many rows the answer has.
        number: Number of the page.
        last: Number of the last page.
        shapes: For each column `number`, `short`, `long` or empty, by its content.
        choosable: Name and label of all columns, and whether they are shown.
    """

    columns: tuple[tuple[str, str, str], ...]
    rows: list[list[tuple[str, list[CellPart]]]]
    count: int
    number: int
    last: int
    shapes: Mapping[str, str]
    choosable: tuple[tuple[str, str, bool], ...]


def question_address(
    question: Question,
    given: Mapping[str, str],
    ending: str = "",
    arrangement: Sequence[tuple[str, str]] = (),
) -> str:
    """Return the address of a question with values for its parameters, sorting and columns."""
    query = urlencode([*given.items(), *arrangement])
    return f"/questions/{question.name}{ending}" + (f"?{query}" if query else "")


def requested_arrangement(request: Request) -> list[tuple[str, str]]:
    """Return the parameters for sorting and columns in an address."""
    names = ("sort", "column")
    return [pair for pair in request.query_params.multi_items() if pair[0] in names and pair[1]]


def answer_links(
    request: Request, question: Question, given: Mapping[str, str]
) -> dict[str, object]:
    """Return the context for links from an answer to its files, its sort orders and the editor."""
    chosen = requested_arrangement(request)
    sort = dict(chosen).get("sort", "")

    def sorted_by(name: str) -> str:
        order = ("sort", f"-{name}" if sort == name else name)
        return question_address(
            question, given, "", [order, *(it for it in chosen if it[0] != "sort")]
        )

    return {
        "given": list(given.items()),
        "action": f"/questions/{question.name}",
        "sort": sort,
        "sorted_by": sorted_by,
        "page_address": lambda number: question_address(
            question, given, "", [*chosen, ("page", str(number))] if number > 1 else chosen
        ),
        "downloads": [
            (
                {"csv": "CSV", "xlsx": "Excel", "json": "JSON"}[one],
                question_address(question, given, f".{one}", chosen),
            )
            for one in (*table_formats(), "json")
        ],
        "editor": f"/sparql?{urlencode({'question': question.name, **given})}",
    }


def arrange_answer(request: Request, answer: Answer) -> Answer:
    """Sort an answer by `?sort=` and keep only the columns of `?column=`.

    Columns that the answer does not have are ignored, as another question may have them.
    """
    rows = list(answer.rows)
    sort = request.query_params.get("sort", "")
    name, descending = sort.removeprefix("-"), sort.startswith("-")
    if name in answer.fields:
        at = answer.fields.index(name)
        with_value = [row for row in rows if row[at] is not None]
        are_numbers = all(isinstance(row[at], int | Decimal) for row in with_value)

        def key(row: tuple[Plain, ...]) -> tuple[Decimal, str]:
            value = row[at]
            if are_numbers and isinstance(value, int | Decimal):
                return Decimal(value), ""
            return Decimal(0), " ".join(lazy_pinyin(str(value)[:_SORTED_CHARACTERS])) + str(value)

        without_value = [row for row in rows if row[at] is None]
        rows = sorted(with_value, key=key, reverse=descending) + without_value
    chosen = set(request.query_params.getlist("column"))
    # Signs and units are kept with their values.
    with_values = {"target": ("comparator", "unit"), "actual": ("actual_unit",)}
    chosen |= {name for value in tuple(chosen) for name in with_values.get(value, ())}
    columns = [
        at
        for at, name in enumerate(answer.fields)
        if not chosen & set(answer.fields) or name in chosen
    ]
    return Answer(
        tuple(answer.fields[at] for at in columns),
        tuple(tuple(row[at] for at in columns) for row in rows),
    )


def answer_page(request: Request, question: Question, answer: Answer) -> AnswerPage:
    """Return the page of an answer that `?page=` asks for.

    Raises:
        Problem: There is no such page.
    """
    last = max(1, ceil(len(answer.rows) / _ROWS))
    page = request.query_params.get("page", "1")
    if not (page.isdecimal() and len(page) < 9 and 1 <= int(page) <= last):
        raise Problem(
            404,
            f"This answer does not have such a page; its last page is {last}.",
            zh=f"结果共 {last} 页，没有这一页。",
        )
    number = int(page)
    # The column of the report is left out if there is only one report.
    one_report = len(snapshot(request).about.get("reports", ())) < 2
    hidden = {"report"} if one_report and len(answer.fields) > 1 else set()
    all_names = [name for name in visible_fields(answer.fields) if name not in hidden]
    answer = arrange_answer(request, answer)
    part = Answer(answer.fields, answer.rows[(number - 1) * _ROWS : number * _ROWS])
    english = language(request) != "zh"
    columns = tuple(
        (name, LABELS[name][english], question.fields[name])
        for name in visible_fields(answer.fields)
        if name not in hidden
    )
    shapes = {
        name: _column_shape([row[at] for row in part.rows]) for at, name in enumerate(answer.fields)
    }
    choosable = tuple((name, LABELS[name][english], name in answer.fields) for name in all_names)
    rows = [[cell for cell in row if cell[0] not in hidden] for row in answer_cells(request, part)]
    return AnswerPage(columns, rows, len(answer.rows), number, last, shapes, choosable)


def _column_shape(values: Sequence[Plain]) -> str:
    if all(not isinstance(value, str | bool) for value in values):
        return "number"
    longest = max(len(str(value or "")) for value in values)
    return "short" if longest <= _SHORT else "long" if longest > _LONG else ""

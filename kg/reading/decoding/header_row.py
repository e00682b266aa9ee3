"""Roles by the header row: the order of columns, and the rows that have a line for each."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.reading.decoding.line_forms import flow_lines, raise_scores
from kg.reading.structure.furniture import parse_row_number
from kg.reading.structure.markers import has_heading_mark
from kg.reading.tables.headings import recognise_heading
from kg.reading.units.unit_groups import is_nothing
from kg.reading.units.unit_names import is_unit_list
from kg.tagger.flow import Flow
from kg.tagger.roles import UNITS, Role
from kg.tagger.spans import Scores

# Headings of columns and labels of problems.
PROBLEM = re.compile("问题|困难|原因")
# A header row has at least so many columns.
_FEWEST = 3
_KINDS: dict[str | None, Role] = {
    "number": "number",
    "category": "category",
    "task": "task",
    "progress": "progress",
    "departments": "unit",
    "leader": "leader",
}
_DETAILS: tuple[tuple[Role, re.Pattern[str]], ...] = (
    ("problem", PROBLEM),
    ("plan", re.compile("下一?步|下一?阶段|下一?月|打算|(?:月份?|季度)(?:工作)?(?:计划|安排)")),
    ("deadline", re.compile("时限|时间|期限")),
    ("remark", re.compile("是否")),
)
# The roles of texts that are no units.
_TEXTS: tuple[Role, ...] = ("task", "target", "progress", "plan")
_RATE = re.compile(r"\d+(?:\.\d+)?[%％]?")
# The fewest columns and rows, and by how much the scores of cells are raised.
_COLUMNS, _ROWS, _EVIDENCE = 4, 2, 12.0


def column_roles(heads: Sequence[str]) -> list[Role]:
    """Return the role of each column by its heading, or an empty list if there is no header row.

    The first column of tasks has the role task, further ones target.

    >>> column_roles(("序号", "指标名称", "年度目标", "完成情况", "责任部门"))
    ['number', 'task', 'target', 'progress', 'unit']
    >>> column_roles(("责任单位", "完成时限"))
    []
    """
    roles: list[Role] = []
    for head in heads:
        role = _role_of(head)
        roles.append("target" if role == "task" and "task" in roles else role)
    return roles if "task" in roles and len(roles) >= _FEWEST else []


def column_steps(roles: Sequence[Role]) -> list[tuple[Role, Role]]:
    """Return the pairs of roles that follow each other in the rows of a table with these columns.

    A row begins with the first column, or with the second if the first one is merged.
    """
    steps = list(pairwise(roles))
    steps += [(roles[-1], role) for role in roles[:2]]
    return steps


def _role_of(head: str) -> Role:
    heading = recognise_heading((head,))
    if heading.kind == "departments":
        if re.search("牵头|主办|第一", heading.text):
            return "lead"
        return "cooperating" if re.search("[配协参]", heading.text) else "unit"
    for role, pattern in _DETAILS:
        if pattern.search(heading.text) and not heading.text.endswith("情况"):
            return role
    return _KINDS.get(heading.kind, "remark")


def weigh_rows(flow: Flow, logs: Scores, columns: Sequence[Role]) -> Scores:
    """Return the scores of a document, adjusted for rows with a line for each column.

    Most rows must be such, and their units must be in the columns of units.

    Args:
        flow: The characters.
        logs: Logarithms of probabilities, shape (characters, labels).
        columns: The roles of the columns by the header row, one of which is that of numbers.
    """
    if len(columns) < _COLUMNS or "number" not in columns or not set(UNITS) & set(columns):
        return logs
    # Merged cells before the number are above it in the first of their rows.
    merged = columns.index("number")
    lines = [(start, end, flow.text[start:end]) for start, end in flow_lines(flow)]
    texts = [text for _, _, text in lines]
    starts = list(_row_starts(texts))
    whole = [
        start
        for start, end in pairwise([*starts, len(lines)])
        if _is_whole(texts[start:end], columns[merged:], merged, is_last=end == len(lines))
    ]
    if len(whole) < _ROWS or 2 * len(whole) <= len(starts):
        return logs
    weighed = logs.copy()
    for row in whole:
        for (start, end, text), role in zip(lines[row:], columns[merged:], strict=False):
            if role == "progress" and columns.count(role) > 1 and _RATE.fullmatch(text):
                role = "remark"
            if not is_nothing(text):
                raise_scores(weighed, start, end, role, _EVIDENCE)
    return weighed


def _row_starts(texts: Sequence[str]) -> Iterator[int]:
    """Yield the indexes of the lines that are consecutive row numbers."""
    last = 0
    for place, text in enumerate(texts):
        number = parse_row_number(text)
        if number in (last + 1, 1):
            last = number
            yield place


def _is_whole(row: Sequence[str], columns: Sequence[Role], merged: int, *, is_last: bool) -> bool:
    """Return whether the lines from a row number on are the cells of a row.

    Headings may follow, or the merged cells of the next row; below the last row, any lines.
    """
    size = len(columns)
    return (
        len(row) >= size
        and (is_last or len(row) == size + merged or all(map(has_heading_mark, row[size:])))
        and not any(text.endswith(("，", "、")) for text in row[:size])
        and all(
            is_nothing(text) or is_unit_list(text) == (role in UNITS)
            for text, role in zip(row, columns, strict=False)
            if role in (*UNITS, *_TEXTS)
        )
    )

"""Which column of a table means what, told by the words that head it."""

from __future__ import annotations

import re
from typing import Literal

Column = Literal["number", "category", "task", "progress", "departments"]

# Headings that districts use for the same column; the first that fits decides.
_HEADINGS: tuple[tuple[Column, re.Pattern[str]], ...] = (
    ("number", re.compile(r"序号|编号")),
    ("category", re.compile(r"类目|类别|分类|领域")),
    ("departments", re.compile(r"(责任|牵头|承办|主办)(部门|单位)")),
    ("progress", re.compile(r"(进展|完成|落实|推进|执行)情况|进度")),
    ("task", re.compile(r"(工作|目标|主要|重点)任务|目标(任务|和要求)|重点工作|工作内容|任务内容")),
)

REQUIRED: dict[Column, str] = {
    "task": "工作任务",
    "progress": "进展情况",
    "departments": "责任部门",
}


def column_of(heading: str) -> Column | None:
    """Return what the column under a heading means, or None.

    >>> column_of("主要责任部门"), column_of("工作任务 目标和要求"), column_of("备注")
    ('departments', 'task', None)
    """
    plain = re.sub(r"\s", "", heading)
    return next((column for column, pattern in _HEADINGS if pattern.search(plain)), None)


def columns_in(header: str) -> tuple[Column, ...]:
    """Return the columns that a running header names, each once, from left to right.

    >>> columns_in("序号 工作类目 工作任务 目标和要求 进展情况 主要责任 部门")
    ('number', 'category', 'task', 'progress', 'departments')
    """
    plain = re.sub(r"\s", "", header)
    found = ((pattern.search(plain), column) for column, pattern in _HEADINGS)
    return tuple(column for _, column in sorted((m.start(), c) for m, c in found if m))


def missing_columns(columns: tuple[Column, ...]) -> str:
    """Return the headings of the needed columns that are not there, joined by commas."""
    return ", ".join(heading for column, heading in REQUIRED.items() if column not in columns)

"""Derive the order of roles in the rows of a table from its header row."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from kg.reading.tables.headings import recognise_heading
from kg.tagger.roles import Role

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
    ("problem", re.compile("问题|困难|原因")),
    ("plan", re.compile("下一?步|下一?阶段|下一?月|打算|(?:月份?|季度)(?:工作)?(?:计划|安排)")),
    ("deadline", re.compile("时限|时间|期限")),
    ("remark", re.compile("是否")),
)


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

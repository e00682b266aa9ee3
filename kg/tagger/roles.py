"""What the characters of a document are: task, progress, units that answer for it, and so on."""

from __future__ import annotations

from typing import Literal, get_args

Role = Literal[
    "number",
    "category",
    "task",
    "target",
    "progress",
    "plan",
    "problem",
    "lead",
    "unit",
    "cooperating",
    "leader",
    "deadline",
    "remark",
    "head",
    "title",
]
ROLES: tuple[Role, ...] = get_args(Role)
# Outside all roles, then for each role its beginning and its inside.
ROLE_LABELS = ("O", *(f"{mark}-{role}" for role in ROLES for mark in "BI"))
# What stands in front of a character: nothing, a blank, a tab or several blanks, a new line that is
# shorter than the one above, as long, or longer (then the one above was not full, and nothing was
# wrapped there), a blank line, the edge of a cell, such an edge and a new line.
LAYOUT = (
    "none",
    "blank",
    "gap",
    "shorter line",
    "even line",
    "longer line",
    "blank line",
    "cell",
    "cell line",
)

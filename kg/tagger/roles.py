"""The roles of characters in a document (task, progress, unit …) and the layout before them."""

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
# The roles of units that answer for a task.
UNITS: tuple[Role, ...] = ("lead", "unit", "cooperating")
# Outside, then the beginning and the inside of each role.
ROLE_LABELS = ("O", *(f"{mark}-{role}" for role in ROLES for mark in "BI"))
# What precedes a character: nothing, a blank, a tab or several blanks, a line break before a line
# shorter than the one above, as long, or longer (then the one above was not full, so the text does
# not wrap there), a blank line, the edge of a cell, such an edge and a line break.
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

"""The labels of the network's heads, in the order of its output."""

from __future__ import annotations

from typing import Literal, get_args

from kg.model import Comparator, Judgement, NameKind, StatusValue

StretchType = Literal["done", "under_way", "next_step", "obstacle", "other"]

KINDS: tuple[NameKind, ...] = get_args(NameKind)
# The common ending of the items of a list, written once after them: 甲、乙等2所卫生院.
HEAD = "head"
SPAN_LABELS = (*KINDS, HEAD)
# Outside, then the beginning and the inside of each kind of span.
NAME_LABELS = ("O", *(f"{mark}-{label}" for label in SPAN_LABELS for mark in "BI"))
STRETCHES: tuple[StretchType, ...] = get_args(StretchType)
STATES: tuple[StatusValue, ...] = get_args(StatusValue)
COMPARATORS: tuple[Comparator, ...] = get_args(Comparator)
JUDGEMENTS: tuple[Judgement, ...] = get_args(Judgement)
LINK_SIZE = 48
# Factor of the product of the vectors of a promise and a figure that may answer it.
LINK_SCALE = 0.3

# The number of columns of each head in the network's output.
HEADS = {
    "names": len(NAME_LABELS),
    "stretches": len(STRETCHES),
    "states": len(STATES),
    "state_weight": 1,
    "targets": 2,
    "comparators": len(COMPARATORS),
    "judgements": len(JUDGEMENTS),
    "links": LINK_SIZE,
    "answers": LINK_SIZE,
}


def head_columns() -> dict[str, slice]:
    """Return the columns of each head in the network's output."""
    columns, start = {}, 0
    for name, size in HEADS.items():
        columns[name] = slice(start, start + size)
        start += size
    return columns

"""Describe changes between two reports in one line of Chinese or English."""

from __future__ import annotations

from kg.history.comparison import Change
from kg.labels import CHANGES, JUDGEMENTS, STATES

_CODES = {**STATES, **JUDGEMENTS}
# Kinds of changes whose two values are short enough for one line.
_VALUES = ("status", "judgement", "away", "nearer", "figure", "goal")
_SHORT = 40


def change_line(change: Change, english: bool = False) -> str:
    """Return a change in one line.

    >>> change_line(Change("status", 1, 2, "新增就业。", "", "in_progress", "completed", "", ""))
    '状态变化：进行中 → 已完成（新增就业。）'
    """
    kind = CHANGES[change.kind][english]
    colon = ": " if english else "："
    task = change.task if len(change.task) <= _SHORT else f"{change.task[: _SHORT - 1]}…"
    if change.kind in _VALUES:
        values = " → ".join(value_label(value, english) for value in (change.before, change.after))
        about = change.what or task
        return f"{kind}{colon}{values}" + (f" ({about})" if english else f"（{about}）")
    if change.kind in ("left", "joined"):
        about = f"{change.what}" + (f" · {task}" if task else "")
        return f"{kind}{colon}{about}"
    return f"{kind}{colon}{task}"


def value_label(value: str, english: bool = False) -> str:
    """Return the label of a state or judgement, other values as they are, a dash if empty."""
    if value in _CODES:
        return _CODES[value][english]
    return value or "–"

"""The place of a report's row in its plan."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """The place of a report's row in its plan.

    Attributes:
        number: The task's number in the plan.
        confidence: The confidence that the row is that task, from 0 to 1.
    """

    number: int
    confidence: float = 1.0

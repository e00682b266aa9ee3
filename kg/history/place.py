"""Where a row of a report stands in its plan."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """Where a row of a report stands in the plan.

    Attributes:
        number: The task's number in the plan.
        confidence: How sure it is that the row is that task, from 0 to 1.
    """

    number: int
    confidence: float = 1.0

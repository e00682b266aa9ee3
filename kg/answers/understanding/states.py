"""Find the state of tasks that a question asks for."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from kg.answers.tasks import TaskRecord
from kg.answers.understanding.question import ParsedQuestion


def find_requested_state(question: ParsedQuestion) -> str | None:
    """Return the state that a question asks for, or None; `unfinished` is all but completed."""
    return next(
        (state for state, pattern in _state_patterns().items() if question.has(pattern)), None
    )


@cache
def _state_patterns() -> Mapping[str, re.Pattern[str]]:
    """Return the pattern of each state that a question may ask for, from `states.yaml`."""
    import yaml

    text = Path(__file__).with_name("states.yaml").read_text(encoding="utf-8")
    return {state: re.compile("|".join(words)) for state, words in yaml.safe_load(text).items()}


def filter_by_state(tasks: Sequence[TaskRecord], state: str) -> list[TaskRecord]:
    """Return the tasks in a state."""
    if state == "unfinished":
        return [task for task in tasks if task.status not in ("completed", "ongoing", "")]
    if state == "delayed":
        return [task for task in tasks if task.status == state or task.is_late]
    return [task for task in tasks if task.status == state]

"""Recognise clauses that say who answers for an item, such as 此项由县水利局承办，县财政局配合."""

from __future__ import annotations

import re

from kg.reading.units.unit_names import find_units, is_unit_list
from kg.tagger.flow import Flow
from kg.tagger.roles import LAYOUT, ROLE_LABELS, Role
from kg.tagger.spans import Scores

_ORGANISE = "(?:推进|落实|实施|组织实施|组织落实|建设|办理)?"
_UNITS = "[^，。；：\\n]{2,80}?"
# The clause, and further units with another role behind it.
_CLAUSE = re.compile(
    "(?:(?:[此该本]项|项目)(?:工作|任务|实事|工程|项目)?)?[均都]?由"
    f"(?P<lead>{_UNITS})(?:共同|分别|具体|联合|统筹)?"
    f"(?:负责{_ORGANISE}|牵头{_ORGANISE}|承办|主办|承担|组织实施|实施建设)"
    f"(?:[，,](?P<cooperating>{_UNITS})(?:协办|配合|参与|协助|协同|承办|具体实施|实施|落实){_ORGANISE})?[，,。；]"
)
_ROLES: tuple[Role, ...] = ("lead", "cooperating")
_STOPS = "。；！"
_EVIDENCE = 8.0


def weigh_unit_clauses(flow: Flow, logs: Scores) -> Scores:
    """Return the scores of a document, adjusted for the clauses that name units of an item.

    Args:
        flow: The characters.
        logs: Logarithms of probabilities, shape (characters, labels).
    """
    weighed = logs.copy()
    for at, layout in enumerate(flow.layout):
        if at and flow.text[at - 1] not in _STOPS and "line" not in LAYOUT[layout]:
            continue
        clause = _CLAUSE.match(flow.text, at)
        roles = [role for role in _ROLES if clause and clause[role]]
        if not clause or not all(is_unit_list(clause[role]) for role in roles):
            continue
        _mark(weighed, at, clause.end(), "head")
        for role in roles:
            for unit in find_units(clause[role]):
                start, end = (clause.start(role) + edge for edge in (unit.start, unit.end))
                weighed[start:end] = logs[start:end]
                _mark(weighed, start, end, role)
    return weighed


def _mark(weighed: Scores, start: int, end: int, role: Role) -> None:
    """Raise the scores of a span as one segment with a role, in place."""
    begins = ROLE_LABELS.index(f"B-{role}")
    weighed[start, begins] += _EVIDENCE
    weighed[start + 1 : end, begins + 1] += _EVIDENCE

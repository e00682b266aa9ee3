"""Recognise titles, lines of the page or letterhead, and clauses that name units, by their form."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.reading.structure.deadlines import is_deadline
from kg.reading.structure.labels import COOPERATE, LEAD
from kg.reading.structure.letterhead import is_furniture
from kg.reading.structure.markers import find_marker, has_heading_mark
from kg.reading.tables.group_headings import is_sum
from kg.reading.units.departments import find_heading_units
from kg.reading.units.unit_groups import is_nothing
from kg.reading.units.unit_names import find_units, is_unit_list
from kg.tagger.flow import Flow
from kg.tagger.roles import LAYOUT, ROLE_LABELS, Role
from kg.tagger.spans import Scores

# How titles of official documents end (GB/T 9704 and usage), and a bracket after that.
_TITLE = re.compile(
    r"(?![一二三四五六七八九十]{1,3}、)[^。；：，\d（(][^。；：]{5,58}(?:方案|计划|意见|通知|办法|纲要|要点|清单|台账|一览表|分解表|情况表|进展表|任务表|情况|通报|安排)"
    r"(?:[（(][^（()）]{2,24}[）)])?"
)
# The title of a table in an annex, at any line.
_TABLE = re.compile(
    r"(?:附件?\d{0,2}[：:]?)?[^。；：，\d（(][^。；：，]{3,40}(?:项目|任务|进展|情况|分解|分工|一览|安排)表"
)
# A document that is named in the letter before it: 现将《2024年工作要点》印发给你们.
_QUOTED = re.compile("《([^《》]{6,60})》")
# Units in a box that answer for the items below: 【市教育局、市民政局共同牵头】.
_BOXED = re.compile(
    r"[【\[〔［](?P<units>[^【】\[\]〔〕［］。；]{3,40}?)"
    r"(?:共同|分别)?(?:牵头|负责|承办|主办)?(?:单位|部门)?[】\]〕］]"
)
# How many lines are searched for titles, and by how much a match changes the scores.
_LINES, _EVIDENCE = 8, 6.0
# So many units above items show that such lines are headings, and not the recipients of a letter.
_HEADINGS, _CERTAIN = 2, 12.0

_ORGANISE = "(?:推进|落实|实施|组织实施|组织落实|建设|办理)?"
_UNITS = "[^，。；：\\n]{2,80}?"
# A clause that says who answers for an item: 此项由县水利局承办，县财政局配合。
_CLAUSE = re.compile(
    "(?:[^，。；：\\n]{0,8}(?:项目?|工作|任务|实事|工程|事项))?[均都]?由"
    f"(?P<lead>{_UNITS})(?:共同|分别|具体|联合|统筹)?"
    f"(?:(?:负责|{LEAD}){_ORGANISE}|承办|承担|组织实施|实施建设)"
    f"(?:[，,](?P<cooperating>{_UNITS})(?:{COOPERATE}|承办|具体实施|实施|落实){_ORGANISE})?[，,。；]"
)
# The sentence after it that gives the deadline: 2024年6月底前完成。
_DEADLINE = re.compile("[^，。；：\\n]{4,24}[前内底末][^，。；：\\n]{0,8}(?=[。；])")
# Units in brackets at the end of an item, after its last sentence: 已完工。（县住建局）
_BRACKETED = re.compile(
    r"[（(](?P<unit>(?:(?!牵头|负责|配合|[协主承]办|由)[^（()）：:；;]){3,60})[）)]"
)
# A sentence that sums up all rows: 合计：6项，已办结1项。
_SUM = re.compile("(?:合|总|共)计[：:]")
_UNIT_ROLES: tuple[Role, ...] = ("lead", "cooperating", "unit")
_STOPS = "。；！"


def weigh_lines(flow: Flow, logs: Scores) -> Scores:
    """Return the scores of a document, adjusted for lines with a known form.

    Args:
        flow: The characters.
        logs: Logarithms of probabilities, shape (characters, labels).
    """
    weighed = logs.copy()
    lines = list(flow_lines(flow))
    for start, end, line_end in _unit_headings(flow, lines):
        raise_scores(weighed, start, end, "category", _CERTAIN)
        if end < line_end:
            raise_scores(weighed, end, line_end, "head", _CERTAIN)
        if line_end < len(logs) and _is_above_text(flow, start - 1, line_end):
            weighed[line_end, ROLE_LABELS.index("B-task")] += _CERTAIN
    quoted = set(_QUOTED.findall(flow.text))
    for place, (start, end) in enumerate(lines):
        line = flow.text[start:end]
        if line in quoted:
            raise_scores(weighed, start, end, "title", _CERTAIN)
        elif _TABLE.fullmatch(line) or (place < _LINES and _TITLE.fullmatch(line)):
            raise_scores(weighed, start, end, "title", _EVIDENCE)
        elif (marker := find_marker(line)) and marker.style == "item" and marker.end == len(line):
            raise_scores(weighed, start, end, "number", _CERTAIN)
        elif _is_outside(line):
            weighed[start:end, 0] += _EVIDENCE
    return weighed


def _is_outside(line: str) -> bool:
    """Return whether a line is empty cells, a sum, or one of the page or the letterhead."""
    is_total = is_sum(line) or _SUM.match(line) is not None
    return is_nothing(line) or is_total or (is_furniture(line) and not is_unit_list(line))


def _unit_headings(flow: Flow, lines: Sequence[tuple[int, int]]) -> list[tuple[int, int, int]]:
    """Return the units that are a heading, with a mark or a colon, of the items below.

    Each is given by its start, its end and the end of its line.

    市教育局：, ▍市教育局 and 【市教育局牵头】 are such lines if a first item follows there or at
    other such places.
    """
    found: list[tuple[int, int, int]] = []
    above_items = 0
    for (start, end), (below, after) in pairwise(lines):
        line = flow.text[start:end]
        is_marked = has_heading_mark(line)
        apart = _BRACKETED.fullmatch(line) if _is_above_text(flow, start, below) else None
        boxed = _BOXED.fullmatch(line) or apart
        first = boxed.start(1) if boxed else 0
        units = find_heading_units(boxed[1] if boxed else line.rstrip("：:"))
        if units and (is_marked or boxed or line.endswith(("：", ":"))):
            found.append((start + first, start + first + units[1], end))
            marker = find_marker(flow.text[below:after])
            is_item = marker is not None and (bool(boxed) or marker.number == 1)
            above_items += is_item or apart is not None
    return found if above_items >= _HEADINGS else []


def _is_above_text(flow: Flow, start: int, below: int) -> bool:
    """Return whether a line is below a blank line, and the next one below it is not."""
    above, after = (LAYOUT[flow.layout[at]] for at in (start, below))
    return above == "blank line" != after


def flow_lines(flow: Flow) -> Iterator[tuple[int, int]]:
    """Return the start and the end of each line."""
    starts = [0, *(at for at, kind in enumerate(flow.layout) if at and "line" in LAYOUT[kind])]
    return pairwise([*starts, len(flow.text)])


def weigh_unit_clauses(flow: Flow, logs: Scores) -> Scores:
    """Return the scores of a document, adjusted for the clauses that name units of an item.

    Args:
        flow: The characters.
        logs: Logarithms of probabilities, shape (characters, labels).
    """
    weighed = logs.copy()
    for at, layout in enumerate(flow.layout):
        begins = not at or flow.text[at - 1] in _STOPS or "line" in LAYOUT[layout]
        clause = _find_unit_clause(flow, at) if begins else None
        if clause is None:
            continue
        roles = [role for role in _UNIT_ROLES if clause.groupdict().get(role)]
        if not all(is_unit_list(clause[role]) for role in roles):
            continue
        raise_scores(weighed, at, clause.end(), "head", _CERTAIN)
        for role in roles:
            for unit in find_units(clause[role]):
                start, end = (clause.start(role) + edge for edge in (unit.start, unit.end))
                weighed[start:end] = logs[start:end]
                raise_scores(weighed, start, end, role, _CERTAIN)
        deadline = _DEADLINE.match(flow.text, clause.end())
        if deadline and is_deadline(deadline.group()):
            raise_scores(weighed, *deadline.span(), "deadline", _CERTAIN)
    return weighed


def _find_unit_clause(flow: Flow, at: int) -> re.Match[str] | None:
    """Return the match of a clause that names units, or of units in brackets at a line's end."""
    bracketed = _BRACKETED.match(flow.text, at)
    end = bracketed.end() if bracketed else at
    if bracketed and not (end < len(flow.text) and _is_above_text(flow, at, end)):
        layouts = [LAYOUT[kind] for kind in flow.layout[at + 1 : bracketed.end() + 1]]
        *inside, after = [*layouts, *["line"] * (bracketed.end() - at - len(layouts))]
        if "line" in after and not any("line" in layout for layout in inside):
            return bracketed
    return _CLAUSE.match(flow.text, at)


def raise_scores(weighed: Scores, start: int, end: int, role: Role, evidence: float) -> None:
    """Raise the scores of a span as one segment with a role, in place."""
    begins = ROLE_LABELS.index(f"B-{role}")
    weighed[start, begins] += evidence
    weighed[start + 1 : end, begins + 1] += evidence

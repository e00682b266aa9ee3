"""Find the answerable units in a text, with their roles: single units and groups of units.

Units are separated by commas, semicolons, slashes or spaces. A role precedes its units (牵头单位：A、B),
follows them (A牵头，B、C配合), or follows one in brackets (A（牵头）). Brackets belong to the name
before them.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from kg.model import DepartmentRole
from kg.reading.structure.brackets import Bracket, bracket_at, find_brackets, hide_brackets
from kg.reading.structure.deadlines import is_deadline
from kg.reading.structure.labels import (
    BODY_NOUN,
    COOPERATE,
    LEAD,
    RESPOND,
    ROLE,
    find_labels,
    hide_plain_brackets,
)
from kg.reading.units.unit_groups import is_generic, is_group, is_nothing

_ROLE_IN_BRACKETS = re.compile(rf"[（(\[【](?:各自)?({ROLE})(?:{BODY_NOUN})?[）)\]】]")
# Endings of a clause of names: 负责, 牵头负责, 按职责分工负责, 等部门配合.
_SUFFIX = re.compile(
    r"(?:[，,]?(?:按照?|依)(?:照)?(?:各自)?(?:工作)?职[责能](?:范围)?(?:和)?(?:分工)?|分别|分工|共同|具体|积极|各自|联合|密切|(?<=[道镇街乡府])属地)*"
    rf"(?:{LEAD}|{COOPERATE}|负责|承办|办理|落实|组织实施|实施|推进|抓好)(?:{LEAD}|负责|落实|实施|推进|组织|指导|协调|做好|工作|抓|、)*"
    r"(?:完成)?$"
)
_TOGETHER = re.compile(r"会同|联合(?![会党社体])|协同|(?<![招工电通])商(?=[省市区县])")
_CLAUSE = re.compile(r"[，,；;。！\n]|(?<=牵头|负责|主办)[ \u3000]+(?=\S\S)")
_SEPARATOR = re.compile(
    r"[、，,；;/\\|｜。．!！\n]+|等(?=各|有关|相关)|(?<=[\0局委办会处部队区院社联室所站厅中心司镇乡道庭团校台行馆组署关府街班协])\s+(?=\S\S)"
)
_AND = re.compile(
    r"(?<=[\0局委办部院会处队司府])(?:以及|[及和与])(?=各|相关|有关|其他|[省市区县]|[一-鿿]{2,10}(?:局|委|办|部|院|街道|镇|乡|公司|集团|中心|管委会)$)"
    r"|(?<=单位|部门|街道|公司|集团|中心)(?:以及|[及和与])"
    r"|(?:以及|[及和与])(?=各)"
)
_EDGE_WORDS = re.compile(
    r"^(?:由|以及|并由|并|及|原则上|\s|[：:、，。*★☆※])+|(?:等(?:部门|单位)?|共同|[\s：:、，。*★☆※])+$"
)
# Texts among names that are not names.
NOT_A_NAME = re.compile(
    r"下同|列第|排第|第一位|首位|以下|不再|约束性|预期性|职责分工|按职|按照|负责$|完成|之前|[底末月日年内]前|年度|年底|^[\d\s]*$|落实$|推进$|实施$|^[长坚持续]{2}"
)
UNIT_ENDING = re.compile(
    r"(?:局|委|办|会|处|部|队|院|社|联|室|所|站|厅|中心|公司|镇|乡|街道|街|团|校|行|馆|组|署|关|府|区|县|市|州|旗|协"
    r"|集团|银行|专班|大学|学院|中学|小学|基地|单位|部门|企业|支行|金控|城投|电信|移动|联通|供电|社区|园|村|科|股|台|库|港|庭|店|厂|段|[艺农林牧渔马茶]场)$"
)
_ALIAS = re.compile(
    r"(?:局|委|办|会|处|部|队|院|社|联|室|所|站|厅|中心|公司|馆|署|关|府|局）|集团)$"
)
_PLACE_ONLY = re.compile(
    r"(?:区|县|市|镇|乡|州|旗|街|园|村|社区|店|段|(?<!党)校|小学|中学|库|港|台|(?<![工字合委协商金员])会|科)$"
)
_CONNECTORS = re.compile(
    rf"(?:{ROLE}(?:{BODY_NOUN})?|[\s、，,；;/。．：:（）()\[\]【】]|以及|并|由|会同|联合|共同|等(?:部门|单位)?|[及和与])+"
)
_VERB = re.compile(
    r"推[动进行]|加[快强大]|完善|新建|扩建|做好|深化|强化|打造|提[升高]|鼓励|促进|督促|指导|优化|健全|建立|持续|全面|积极|大力|依托|引导|规范|支持|围绕|通过|对"
)
_STATEMENT = re.compile(
    r"已|\d[家处个所]$|要|制定|编制|修订|出台|办理|推行|应(?!急)|须|认真|主动|切实|抓好|加强|按时|按照|及时|进一步|开展"
)
_BRACKETED = re.compile(r"[（(][^（()）]*[）)]")
_LONGEST_NAME = 40
_LETTER = re.compile(r"[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit in a text.

    Attributes:
        start: Offset of its name.
        end: Offset after its name and a bracket with other names.
        name: Its name, without white space and brackets.
        others: Other names in brackets after it.
        role: Its role, or None if the text has no role.
        group: Whether it is a group of units.
    """

    start: int
    end: int
    name: str
    others: tuple[str, ...]
    role: DepartmentRole | None
    group: bool

    @property
    def is_complete(self) -> bool:
        """Whether the name ends like that of a unit; otherwise it may be cut off."""
        return self.group or bool(UNIT_ENDING.search(self.name))


def role_of(words: str) -> DepartmentRole | None:
    """Return the role in the words of a label or after a name, or None.

    >>> role_of("牵头责任单位"), role_of("责任（配合）单位"), role_of("建设主体"), role_of("单位")
    ('lead', 'cooperating', 'responsible', None)
    """
    if re.search(LEAD, words):
        return "lead"
    if re.search(COOPERATE, words):
        return "cooperating"
    return "responsible" if re.search(f"{RESPOND}|办理", words) else None


@lru_cache(maxsize=256)
def find_units(text: str) -> tuple[Unit, ...]:
    """Return the units in a text, in order; other text is left out.

    >>> found = find_units("牵头单位：市委农办(市农业局)；责任单位：水务局、各区，县级市")
    >>> [(unit.name, unit.others, unit.role, unit.group) for unit in found]  # doctest: +ELLIPSIS
    [('市委农办', ('市农业局',), 'lead', False), ..., ('各区，县级市', (), 'responsible', True)]
    >>> [(unit.name, unit.role) for unit in find_units("区发改局牵头，区财政局、各街道按职责分工负责")]
    [('区发改局', 'lead'), ('区财政局', 'responsible'), ('各街道', 'responsible')]
    >>> [unit.name for unit in find_units("市建设局、各区、县（市）政府")]
    ['市建设局', '各区、县（市）政府']
    """
    brackets = _close_brackets(text, find_brackets(text))
    shown = hide_brackets(text, brackets)
    labels = list(find_labels(hide_plain_brackets(text, brackets)))
    ends = [*(label.start for label in labels), len(text)]
    found = list(_units_between_labels(text, shown, brackets, 0, ends[0], None))
    for label, end in zip(labels, ends[1:], strict=True):
        if label.kind == "units":
            found += _units_between_labels(
                text, shown, brackets, label.end, end, role_of(label.words)
            )
    return tuple(_join_group_members(text, found))


def _close_brackets(text: str, brackets: Sequence[Bracket]) -> list[Bracket]:
    """Return the brackets, with unclosed ones ending at the end of their clause."""
    marks = [mark.start() for mark in _CLAUSE.finditer(text)]
    closed = []
    for bracket in brackets:
        if not bracket.closed:
            place = bisect_right(marks, bracket.start)
            bracket = replace(bracket, end=marks[place] if place < len(marks) else len(text))
        closed.append(bracket)
    return closed


def _units_between_labels(
    text: str,
    shown: str,
    brackets: Sequence[Bracket],
    start: int,
    end: int,
    role: DepartmentRole | None,
) -> Iterator[Unit]:
    """Yield the units between two labels."""
    waiting: list[Unit] = []
    first = start
    for last in [*(mark.start() for mark in _CLAUSE.finditer(shown, start, end)), end]:
        clause = shown[first:last].rstrip()
        suffix = _SUFFIX.search(clause[-30:])
        cut = first + len(clause) - (len(suffix.group()) if suffix else 0)
        own = role_of(suffix.group()) if suffix else None
        together = _TOGETHER.search(shown, first, cut)
        if together:
            waiting = [u if u.role else replace(u, role="lead") for u in waiting]
            waiting += _units_in_clause(text, shown, brackets, first, together.start(), "lead")
            waiting += _units_in_clause(text, shown, brackets, together.end(), cut, "cooperating")
        else:
            waiting += _units_in_clause(text, shown, brackets, first, cut, None)
        if own:
            yield from (u if u.role else replace(u, role=own) for u in waiting)
            waiting = []
        first = last + 1
    yield from (u if u.role else replace(u, role=role) for u in waiting)


def _units_in_clause(
    text: str,
    shown: str,
    brackets: Sequence[Bracket],
    start: int,
    end: int,
    role: DepartmentRole | None,
) -> Iterator[Unit]:
    """Yield the units in a clause."""
    first = start
    separators = [mark.span() for mark in _SEPARATOR.finditer(shown, start, end)]
    for last, following in [*separators, (end, end)]:
        begin = first
        piece = shown[first:last]
        for mark in _AND.finditer(piece):
            yield from _units_in_piece(text, shown, brackets, begin, first + mark.start(), role)
            begin = first + mark.end()
        yield from _units_in_piece(text, shown, brackets, begin, last, role)
        first = following


def _units_in_piece(
    text: str,
    shown: str,
    brackets: Sequence[Bracket],
    start: int,
    end: int,
    role: DepartmentRole | None,
) -> Iterator[Unit]:
    """Yield the unit in a piece between two separators, if there is one."""
    shape = shown[start:end]
    front = _EDGE_WORDS.match(shape)
    start += front.end() if front else 0
    back = _EDGE_WORDS.search(shown[start:end].rstrip())
    end = start + len(shown[start:end].rstrip())
    if back and back.start():
        end = start + back.start()
    # Brackets after the name: its role, other names, or remarks.
    others: list[str] = []
    bare, kept = "", start
    offset = start
    while offset < end:
        if shown[offset] != "\0":
            following = shown.find("\0", offset, end)
            following = end if following < 0 else following
            bare += text[offset:following]
            offset = kept = following
            continue
        bracket = bracket_at(brackets, offset)
        assert bracket is not None
        inside = "".join(text[slice(*bracket.inside)].split())
        role_mark = _ROLE_IN_BRACKETS.fullmatch(text, bracket.start, bracket.end)
        if role_mark:
            role = role_of(role_mark[1])
        elif not bare or bracket.end < end:
            # Brackets before or inside the name are part of it: 各县（市、区）政府.
            bare += text[bracket.start : bracket.end]
            kept = bracket.end
        elif is_group(bare):
            if all(map(is_generic, re.split("[、，,]", inside))):
                bare += text[bracket.start : bracket.end]
            kept = bracket.end
        elif _ALIAS.search(inside) and not NOT_A_NAME.search(inside):
            others += [part for part in re.split("[、，,]", inside) if part]
            kept = bracket.end
        offset = bracket.end
    name = "".join(bare.split())
    lengthy = not (1 < len(name) <= _LONGEST_NAME) and not is_generic(name)
    if lengthy or NOT_A_NAME.search(name) or not _LETTER.search(name) or is_nothing(name):
        return
    yield Unit(start, kept, name, tuple(others), role, is_group(name))


def _join_group_members(text: str, units: Sequence[Unit]) -> Iterator[Unit]:
    """Yield units, with kinds of units joined to the group before: 各区、县级市, 各区、县（市）."""
    before: Unit | None = None
    for unit in units:
        if before and before.group and is_generic(_BRACKETED.sub("", unit.name)):
            between = text[before.end : unit.start]
            if before.role == unit.role and re.fullmatch(r"\s*[、，,和及]\s*", between):
                name = "".join(text[before.start : unit.end].split())
                before = replace(before, end=unit.end, name=name)
                continue
        if before:
            yield before
        before = unit
    if before:
        yield before


def is_unit_list(text: str) -> bool:
    """Return whether a text without labels consists only of units, with or without roles.

    >>> is_unit_list("区教育局、区财政局负责"), is_unit_list("区教育局、市财政局"), is_unit_list("含二期")
    (True, True, False)
    >>> is_unit_list("洪山区、江夏区"), is_unit_list("一期已完成，二期由建设局负责")
    (False, False)
    """
    units = find_units(text)
    if not units or not all(
        unit.is_complete and not _VERB.match(unit.name) and not _STATEMENT.search(unit.name)
        for unit in units
    ):
        return False
    left, last = "", 0
    for unit in units:
        left += text[last : unit.start] + "、"
        last = unit.end
    clauses = _CLAUSE.split(left + text[last:])
    rest = "".join(_SUFFIX.sub("", clause) for clause in clauses if not is_deadline(clause))
    has_role = any(unit.role for unit in units)
    has_name = any(
        (u.group and not is_generic(u.name)) or not _PLACE_ONLY.search(u.name) for u in units
    )
    return (has_name or has_role) and not _CONNECTORS.sub("", rest)

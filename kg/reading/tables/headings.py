"""What a column means, by its heading, and how sure that is."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

import yaml

from kg.errors import InputError
from kg.reading.source import read_text
from kg.reading.structure.normalise import normalise
from kg.reading.tables.columns import Column, column_of, headings_in
from kg.reading.tables.columns import Heading as ColumnMeaning

# What a column may hold: beyond those of a report, names of leaders, and what is kept as it is.
Kind = Column | Literal["leader", "detail"]
# In a mapping file a column of departments may also tell their role.
_MAPPED: dict[str, tuple[Kind, str]] = {
    **{kind: (kind, "") for kind in (*get_args(Column), "leader", "detail")},
    "lead": ("departments", "牵头单位"),
    "cooperating": ("departments", "配合单位"),
}
Mappings = Mapping[str, str]

_LEADER = re.compile(r"(?:领导|责任人|负责人|联系人|联络员|经办人|姓名|电话|联系方式)$")
_BODY = re.compile(r"单位|部门|科室|主体|机构")
_QUARTER_TARGET = re.compile(
    r"[一二三四1-4]季度(?:工作)?(?:目标|任务|计划)|目标类型|是否达序|^序时"
)
_SENTENCE = re.compile("[，。；,;:：]")
_LONGEST = 20
# Characters of what is wrong in a mapping that are told.
_QUOTED = 60
# A level of a header that is as clear as this needs no other.
_CLEAR = 0.9
_TARGET = re.compile(r"(?:(?:20\d\d年|全年|年度|本年)度?)?(?:工作)?目标值?")
# Of levels of indicators the first is a category, the second a task.
_LEVEL = re.compile(r"(?:([一1])|[二三23])级(?:指标|目标|任务|项目)")
_DONE = re.compile(r"(?:实际|累计|当前|已)完成(?:值|数|量|率|情况)?|完成(?:值|数|量|率)|当前值")
_DETAIL = re.compile(
    r"(?:时限|节点|时间|日期|期限|备注|说明|问题|原因|打算|计划|安排|来源|地点|投资)$"
)
# How headings end that no list holds.
_PARTS: tuple[tuple[Kind, float, re.Pattern[str]], ...] = (
    ("number", 0.7, re.compile(r"^(?:№|NO\.?|号|编码|项次)$", re.IGNORECASE)),
    ("departments", 0.7, re.compile(r"(?:单位|部门|主体|科室|机构|牵头|配合|协办|主办)$")),
    ("progress", 0.7, re.compile(r"(?:进展|情况|进度|成效|成果)$")),
    ("category", 0.7, re.compile(r"(?:类别|分类|类型|领域|板块|方面)$")),
    ("task", 0.8, re.compile(r"(?:项目|内容|事项|任务|名称)$|^指标$")),
    ("task", 0.6, re.compile(r"(?:工作|目标值?|指标|要求|举措|措施)$")),
)
_ROLE = re.compile(r"[^、，；：\s]{0,4}?(?:牵头|主办|主责|配合|协办|协同|协助|参与)")
_TWO_ROLES = re.compile(r"[与和及、/]")
_MONTH = re.compile(r"(1[0-2]|0?[1-9])月(?!.*月)")
_QUARTER = re.compile(r"([一二三四1-4])季度(?!.*季度)")
_HALF = re.compile(r"(上|下)半年|(全年|年底|年度|年终)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading and what it means.

    Attributes:
        text: The heading without white space, its levels joined.
        kind: What the column holds, or None where that is not known.
        confidence: How sure that is, from 0 to 1.
        role: The words that tell the role of the departments below it, or nothing.
        month: The month up to which the progress below it is told, or None.
    """

    text: str
    kind: Kind | None
    confidence: float
    role: str = ""
    month: int | None = None


def recognise(levels: tuple[str, ...], mappings: Mappings | None = None) -> Heading:
    """Return what a heading means.

    Args:
        levels: Its texts from the upper row of the header to the lowest.
        mappings: What a person said about headings.

    >>> recognise(("责任单位", "牵 头"))
    Heading(text='责任单位牵头', kind='departments', confidence=1.0, role='牵头单位', month=None)
    >>> recognise(("1–11月推进情况",)).month
    11
    >>> recognise(("分管领导",)).kind, recognise(("意见",)).kind
    ('leader', None)
    """
    shown = tuple(text for level in levels if (text := plain(level)))
    text = "".join(shown)
    for said in (text, *reversed(shown)):
        if mappings and said in mappings:
            meant, role = _MAPPED[mappings[said]]
            return Heading(text, meant, 1.0, role, period_of(text) if meant == "progress" else None)
    kind, confidence = _kind(_bare(shown[-1] if shown else ""))
    if confidence < _CLEAR:
        fits = (_kind(_bare(said)) for said in (text, *reversed(shown)))
        kind, confidence = max(fits, key=lambda pair: pair[1])
    return Heading(
        text,
        kind,
        confidence,
        next(filter(None, map(_role, reversed(shown))), "") if kind == "departments" else "",
        period_of(text) if kind == "progress" else None,
    )


def meanings_of(text: str) -> list[ColumnMeaning]:
    """Return what a heading in a text means: the columns that its words name, or may name.

    >>> meanings_of("责任单位"), meanings_of("总投资（万元）"), meanings_of("意见")
    (['departments'], ['other'], [])
    """
    found = headings_in((text,))
    if not found:
        kind = recognise((text,)).kind
        return ["other" if kind == "detail" else kind] if kind else []
    return found


def plain(text: str) -> str:
    r"""Return a text without white space, its figures and brackets in one form.

    >>> plain("牵 头\n部　门")
    '牵头部门'
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


def load_mapping(path: Path) -> dict[str, str]:
    """Return what a mapping file says: a heading and the column it stands for, one pair a line.

    Raises:
        InputError: The file cannot be read, or names no such column.
    """
    try:
        said = yaml.safe_load(normalise(read_text(path)))
    except yaml.YAMLError as error:
        where = f", line {mark.line + 1}" if (mark := getattr(error, "problem_mark", None)) else ""
        raise InputError(f"{path}{where}: is no YAML; write lines such as “事项: task”") from None
    except (ValueError, RecursionError):
        # A date that there is not, or brackets in brackets without end.
        raise InputError(f"{path}: is no mapping; write lines such as “事项: task”") from None
    if not isinstance(said, dict):
        raise InputError(f"{path}: is no mapping; write lines such as “事项: task”")
    for heading, column in said.items():
        if str(column) not in _MAPPED:
            told = f"{heading}: {column}"[:_QUOTED]
            raise InputError(f"{path}: “{told}” names no column; write one of {', '.join(_MAPPED)}")
    return {plain(str(heading)): str(column) for heading, column in said.items()}


def _bare(text: str) -> str:
    """Return a heading without remarks in brackets: 责任单位（第一个为牵头单位）."""
    return re.sub(r"\([^)]*\)?", "", text) or text


def _kind(text: str) -> tuple[Kind | None, float]:
    if not text or len(text) > _LONGEST or _SENTENCE.search(text):
        return None, 0.0
    if _LEADER.search(text) and not _BODY.search(text):
        return "leader", 0.9
    if _QUARTER_TARGET.search(text) and not re.search(r"情况|进展", text):
        return "detail", 0.9
    if _TARGET.fullmatch(text):
        return "task", 0.9
    if level := _LEVEL.fullmatch(text):
        return "category" if level[1] else "task", 0.9
    if _DONE.fullmatch(text):
        return "progress", 0.9
    column = column_of(text)
    if column:
        # The words around a known one are few, or they may change what it means.
        return column, 1.0 if column_of(text[-8:]) == column and len(text) <= 12 else 0.8
    if _DETAIL.search(text):
        return "detail", 0.9
    if text == "单位":
        return "departments", 0.6
    fits = ((kind, sure) for kind, sure, pattern in _PARTS if pattern.search(text))
    return next(fits, (None, 0.0))


def _role(text: str) -> str:
    """Return the role that a heading tells, as a label for the names below it."""
    found = _ROLE.search(_bare(text))
    if not found or _TWO_ROLES.search(text):
        return ""
    return f"{found[0]}单位"


def period_of(text: str) -> int | None:
    """Return the month up to which a heading says that it tells, or None.

    >>> period_of("1–11月推进情况"), period_of("上半年进展"), period_of("进展情况")
    (11, 6, None)
    """
    if month := _MONTH.search(text):
        return int(month[1])
    if quarter := _QUARTER.search(text):
        return 3 * ("一二三四1234".index(quarter[1]) % 4 + 1)
    if half := _HALF.search(text):
        return 6 if half[1] == "上" else 12
    return None

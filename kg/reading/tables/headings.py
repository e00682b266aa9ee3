"""Find the meaning of a column from its heading, with a confidence."""

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
from kg.reading.structure.labels import PERSON
from kg.reading.structure.normalise import normalise
from kg.reading.tables.columns import Column, column_of, meanings_in
from kg.reading.tables.columns import ColumnMeaning as ColumnMeaning

# The content of a column: a column of reports, names of leaders, or details that are kept as text.
Kind = Column | Literal["leader", "detail"]
# The values of mapping files; a column of departments may have a role.
_MAPPING_VALUES: dict[str, tuple[Kind, str]] = {
    **{kind: (kind, "") for kind in (*get_args(Column), "leader", "detail")},
    "lead": ("departments", "牵头单位"),
    "cooperating": ("departments", "配合单位"),
}
Mappings = Mapping[str, str]

_LEADER = re.compile(rf"(?:{PERSON}|姓名|电话|联系方式)$")
_BODY = re.compile(r"单位|部门|科室|主体|机构")
_QUARTER_TARGET = re.compile(r"[一二三四1-4]季度(?:工作)?(?:目标|任务|计划)|目标类型|^是否|^序时")
_SENTENCE = re.compile("[，。；,;:：]")
_LONGEST = 20
# How many characters of an invalid line are quoted.
_QUOTED = 60
# From this confidence, the lowest level of a header is sufficient.
_CLEAR = 0.9
_TARGET = re.compile(r"(?:(?:20\d\d年|全年|年度|本年)度?)?(?:工作)?目标值?")
# First-level indicators are categories; those of lower levels are tasks.
_LEVEL = re.compile(r"(?:([一1])|[二三23])级(?:指标|目标|任务|项目)")
_DONE = re.compile(r"(?:实际|累计|当前|已)完成(?:值|数|量|率|情况)?|完成(?:值|数|量|率)|当前值")
_DETAIL = re.compile(
    r"(?:时限|节点|时间|日期|期限|备注|说明|问题|原因|打算|计划|安排|来源|地点|地址|投资|经费|资金|金额|规模"
    r"|下一?(?:步|阶段|季度|月).*)$"
)
# Where a task comes from: 任务来源.
_SOURCE = re.compile("(?:来源|依据|出处)$")
# Endings of headings that are not known as a whole.
_PARTS: tuple[tuple[Kind, float, re.Pattern[str]], ...] = (
    ("number", 0.7, re.compile(r"^(?:№|NO\.?|号|编码|项次)$", re.IGNORECASE)),
    ("departments", 0.7, re.compile(r"(?:单位|部门|主体|科室|机构|牵头|配合|协办|主办)$")),
    ("progress", 0.7, re.compile(r"(?:进展|情况|进度|成效|成果)$")),
    ("category", 0.7, re.compile(r"(?:类别|分类|类型|领域|板块|方面)$")),
    ("task", 0.8, re.compile(r"(?:项目|内容|事项|任务|名称|实事)$|^指标$")),
    ("task", 0.6, re.compile(r"(?:工作|目标值?|指标|要求|举措|措施)$")),
)
_ROLE = re.compile(r"[^、，；：\s]{0,4}?(?:牵头|主办|主责|配合|协办|协同|协助|参与)")
_TWO_ROLES = re.compile(r"[与和及、/]")
_MONTH = re.compile(r"(1[0-2]|0?[1-9])月(?!.*月)")
_QUARTER = re.compile(r"([一二三四1-4])季度(?!.*季度)")
_HALF = re.compile(r"(上|下)半年|(全年|年底|年度|年终)")


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading and its meaning.

    Attributes:
        text: The heading without white space, with its levels joined.
        kind: The content of the column, or None if it is unknown.
        confidence: The confidence of the kind, from 0 to 1.
        role: A label for the role of the departments below it, or an empty text.
        month: The last month of the progress below it, or None.
    """

    text: str
    kind: Kind | None
    confidence: float
    role: str = ""
    month: int | None = None


def recognise_heading(levels: tuple[str, ...], mappings: Mappings | None = None) -> Heading:
    """Return a heading with its meaning.

    Args:
        levels: Its texts from the top row of the header to the lowest.
        mappings: The meanings of headings that the user defined.

    >>> recognise_heading(("责任单位", "牵 头"))
    Heading(text='责任单位牵头', kind='departments', confidence=1.0, role='牵头单位', month=None)
    >>> recognise_heading(("1–11月推进情况",)).month
    11
    >>> recognise_heading(("分管领导",)).kind, recognise_heading(("意见",)).kind
    ('leader', None)
    """
    shown = tuple(text for level in levels if (text := plain_text(level)))
    text = "".join(shown)
    for part in (text, *reversed(shown)):
        if mappings and part in mappings:
            meant, role = _MAPPING_VALUES[mappings[part]]
            return Heading(
                text, meant, 1.0, role, heading_month(text) if meant == "progress" else None
            )
    kind, confidence = _heading_kind(_strip_brackets(shown[-1] if shown else ""))
    if confidence < _CLEAR:
        fits = (_heading_kind(_strip_brackets(part)) for part in (text, *reversed(shown)))
        kind, confidence = max(fits, key=lambda pair: pair[1])
    return Heading(
        text,
        kind,
        confidence,
        next(filter(None, map(_role_label, reversed(shown))), "") if kind == "departments" else "",
        heading_month(text) if kind == "progress" else None,
    )


def meanings_of(text: str) -> list[ColumnMeaning]:
    """Return the meanings of a heading in a text: the columns that its words name.

    >>> meanings_of("责任单位"), meanings_of("总投资（万元）"), meanings_of("意见")
    (['departments'], ['other'], [])
    """
    found = meanings_in((text,))
    if not found:
        kind = recognise_heading((text,)).kind
        return ["other" if kind == "detail" else kind] if kind else []
    return found


def plain_text(text: str) -> str:
    r"""Return a text without white space, with characters in their compatibility form (NFKC).

    >>> plain_text("牵 头\n部　门")
    '牵头部门'
    """
    return "".join(unicodedata.normalize("NFKC", text).split())


def load_mapping(path: Path) -> dict[str, str]:
    """Return the mappings in a YAML file, from headings to names of columns.

    Raises:
        InputError: The file cannot be read, is not a mapping, or has an unknown column.
    """
    try:
        content = yaml.safe_load(normalise(read_text(path)))
    except yaml.YAMLError as error:
        where = f", line {mark.line + 1}" if (mark := getattr(error, "problem_mark", None)) else ""
        raise InputError(f"{path}{where}: is not YAML; write lines such as “事项: task”") from None
    except (ValueError, RecursionError):
        # An invalid date, or too deeply nested brackets.
        raise InputError(f"{path}: is not a mapping; write lines such as “事项: task”") from None
    if not isinstance(content, dict):
        raise InputError(f"{path}: is not a mapping; write lines such as “事项: task”")
    for heading, column in content.items():
        if str(column) not in _MAPPING_VALUES:
            line = f"{heading}: {column}"[:_QUOTED]
            raise InputError(
                f"{path}: “{line}” names an unknown column; use one of {', '.join(_MAPPING_VALUES)}"
            )
    return {plain_text(str(heading)): str(column) for heading, column in content.items()}


def _strip_brackets(text: str) -> str:
    """Return a heading without remarks in brackets: 责任单位（第一个为牵头单位）."""
    return re.sub(r"\([^)]*\)?", "", text) or text


def _heading_kind(text: str) -> tuple[Kind | None, float]:
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
    if _SOURCE.search(text):
        return "detail", 0.9
    column = column_of(text)
    if column:
        # Many other words around a known heading may change its meaning.
        return column, 1.0 if column_of(text[-8:]) == column and len(text) <= 12 else 0.8
    if _DETAIL.search(text):
        return "detail", 0.9
    if text == "单位":
        return "departments", 0.6
    fits = ((kind, sure) for kind, sure, pattern in _PARTS if pattern.search(text))
    return next(fits, (None, 0.0))


def _role_label(text: str) -> str:
    """Return the role in a heading as a label for the departments below it, or an empty text."""
    found = _ROLE.search(_strip_brackets(text))
    if not found or _TWO_ROLES.search(text):
        return ""
    return f"{found[0]}单位"


def heading_month(text: str) -> int | None:
    """Return the last month that a heading names, or None.

    >>> heading_month("1–11月推进情况"), heading_month("上半年进展"), heading_month("进展情况")
    (11, 6, None)
    """
    if month := _MONTH.search(text):
        return int(month[1])
    if quarter := _QUARTER.search(text):
        return 3 * ("一二三四1234".index(quarter[1]) % 4 + 1)
    if half := _HALF.search(text):
        return 6 if half[1] == "上" else 12
    return None

"""Which column of a table means what, told by the words that head it."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import Literal, NamedTuple

Column = Literal["number", "category", "task", "progress", "departments"]
# Names of people are told apart from what else is of no use here: they are personal data.
Heading = Column | Literal["leader", "other"]


class ColumnHead(NamedTuple):
    """What heads a column of a text, and what that means; `text` is empty where it is not clear."""

    meaning: Heading
    text: str


_WORK = "(?:任务|工作|目标任务|重点工作|工作任务|目标|项目|指标|事项)"
# Words that districts use; where several fit at one place, the longest decides, then the first.
_HEADINGS: tuple[tuple[Heading, re.Pattern[str]], ...] = (
    ("other", re.compile("目标类型|第?[一二三四1234]季度(?:工作)?目标|是否达序(?:时进度)?")),
    ("number", re.compile(f"序号|编号|{_WORK}(?:序号|编号)")),
    (
        "category",
        re.compile(f"(?:{_WORK}|所属|一级|二级|三级)*(?:类目|类别|分类|类型|领域|板块|大类)"),
    ),
    (
        "departments",
        re.compile(
            "(?:责任|牵头|承办|主办|主责|配合|协办|协同|协助|参与|实施|落实|主管|负责|业主|建设)+"
            "(?:部门|单位|科室|主体)|责任主体与协同单位"
        ),
    ),
    (
        "progress",
        re.compile(
            f"{_WORK}?(?:进展|完成|落实|推进|执行|实施|办理|进度)+(?:情况|成效)"
            f"|{_WORK}?(?:进展|进度)"
        ),
    ),
    (
        "task",
        re.compile(
            "(?:工作|目标|主要|重点|年度|具体|实事|责任|建设|事项)(?:任务|目标|事项|内容|要求)"
            "|(?:重点|主要|具体)工作|目标和要求|目标与任务|指标要求|(?:任务|项目|事项)(?:名称|内容)|任务"
        ),
    ),
    (
        "leader",
        re.compile(
            "(?:责任|分管|牵头|包保|主管|包联|挂点|联系|[市区县旗州]级?|班子)*"
            "(?:领导(?!小组)|责任人|负责人|联系人|联络员|经办人)|包保人|包联人|联系(?:电话|方式)"
        ),
    ),
    (
        "other",
        re.compile(
            "备注|说明|(?:完成|办结|拟?投入运营)?(?:时限|时间)|时间节点|存在的?问题|下一步(?:工作)?(?:计划|打算|安排)?"
        ),
    ),
)
# These head a column only where nothing stands beside them.
_ALONE: dict[str, Heading] = {"项目": "category", "方面": "category", "内容": "task"}

# The characters of these words in traditional writing.
_SIMPLIFIED = str.maketrans(
    "號編務標項進況責門單類別領實點辦處導協聯備註時間內幾與題",
    "号编务标项进况责门单类别领实点办处导协联备注时间内几与题",
)

REQUIRED: dict[Column, str] = {
    "task": "工作任务",
    "progress": "进展情况",
    "departments": "责任部门",
}


def column_of(heading: str) -> Column | None:
    """Return what the column under a heading means, or None.

    >>> column_of("主要责任部门"), column_of("工作任务 目标和要求"), column_of("备注")
    ('departments', 'task', None)
    """
    found = columns_among(headings_in(("".join(heading.split()),)))
    return found[-1] if found else None


def columns_among(headings: Iterable[Heading]) -> list[Column]:
    """Return the headings that a report has columns for."""
    return [h for h in headings if h != "leader" and h != "other"]


def headings_in(pieces: Iterable[str]) -> list[Heading]:
    """Return the headings that stand in pieces of text, equal neighbours taken as one.

    A heading may go on from one piece to the next where the pieces by themselves lack some.
    """
    pieces = list(pieces)
    by_piece = [heading for piece in pieces for heading in _run_of((piece,))]
    if not missing_columns(by_piece):
        return [heading for heading, _ in groupby(by_piece)]
    return _run_of(pieces)


def _run_of(pieces: Iterable[str]) -> list[Heading]:
    found: list[Heading] = []
    run = ""
    for piece in pieces:
        if piece in _ALONE:
            found += [*_scan(run), _ALONE[piece]]
            run = ""
        else:
            run += piece
    return [heading for heading, _ in groupby([*found, *_scan(run)])]


def _scan(text: str) -> Iterator[Heading]:
    text, start = text.translate(_SIMPLIFIED), 0
    while start < len(text):
        matches = [(pattern.match(text, start), heading) for heading, pattern in _HEADINGS]
        fits = [(match.end(), heading) for match, heading in matches if match]
        if fits:
            start, heading = max(fits, key=lambda fit: fit[0])
            yield heading
        else:
            start += 1


def missing_columns(
    columns: Iterable[Heading | None], required: Collection[Column] = tuple(REQUIRED)
) -> str:
    """Return the headings of the needed columns that are not there, joined by commas.

    Args:
        columns: What is there.
        required: What is needed.
    """
    present = set(columns)
    return ", ".join(REQUIRED[column] for column in required if column not in present)

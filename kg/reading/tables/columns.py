"""Find the meaning of a table's columns from the words of their headings."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from itertools import groupby
from typing import Literal, NamedTuple

from kg.reading.structure.labels import PERSON

Column = Literal["number", "category", "task", "progress", "departments"]
# Names of people are distinguished from other columns because they are personal data.
ColumnMeaning = Column | Literal["leader", "other"]


class ColumnHead(NamedTuple):
    """The meaning and text of a column's heading in a text; `text` is empty if it is unclear."""

    meaning: ColumnMeaning
    text: str


_WORK = "(?:任务|工作|目标任务|重点工作|工作任务|目标|项目|指标|事项)"
# Words that districts use; of several that match at one place, the longest counts, then the first.
_HEADINGS: tuple[tuple[ColumnMeaning, re.Pattern[str]], ...] = (
    (
        "other",
        re.compile(
            "目标类型|第?[一二三四1234]季度(?:工作)?目标|是否达序(?:时进度)?"
            "|(?:进度|进展|完成|推进|落实|工作|综合)(?:情况)?(?:评价|评定|评分|评级|等次|状态)"
        ),
    ),
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
            "(?:工作|目标|主要|重点|年度|具体|实事|责任|建设|事项|督[办查]|交办|议定|承诺|改革)"
            "(?:任务|目标|事项|内容|要求)"
            "|(?:重点|主要|具体)工作|目标和要求|目标与任务|指标要求|(?:任务|项目|事项)(?:名称|内容)|任务"
        ),
    ),
    (
        "leader",
        re.compile(
            "(?:责任|分管|牵头|包保|主管|包联|挂点|联系|[市区县旗州]级?|班子)*"
            rf"(?:{PERSON})|联系(?:电话|方式)"
        ),
    ),
    (
        "other",
        re.compile(
            "备注|说明|(?:完成|办结|拟?投入运营)?(?:时限|时间)|时间节点|存在的?问题|下一?步(?:工作)?(?:计划|打算|安排|措施|思路|举措)?"
        ),
    ),
)
# Words that are headings only by themselves.
_WHOLE_HEADINGS: dict[str, ColumnMeaning] = {
    "项目": "category",
    "方面": "category",
    "内容": "task",
    "序": "number",
}

# The traditional characters of these words.
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
    """Return the meaning of a heading if it is a column of a report, or None.

    >>> column_of("主要责任部门"), column_of("工作任务 目标和要求"), column_of("备注")
    ('departments', 'task', None)
    """
    found = report_columns(meanings_in(("".join(heading.split()),)))
    return found[-1] if found else None


def report_columns(headings: Iterable[ColumnMeaning]) -> list[Column]:
    """Return the meanings that are columns of a report."""
    return [h for h in headings if h != "leader" and h != "other"]


def meanings_in(pieces: Iterable[str]) -> list[ColumnMeaning]:
    """Return the meanings of the headings in pieces of text, without repetitions.

    If the pieces lack a required heading by themselves, headings may continue in the next piece.
    """
    pieces = list(pieces)
    by_piece = [heading for piece in pieces for heading in _scan_pieces((piece,))]
    if not missing_columns(by_piece):
        return [heading for heading, _ in groupby(by_piece)]
    return _scan_pieces(pieces)


def _scan_pieces(pieces: Iterable[str]) -> list[ColumnMeaning]:
    found: list[ColumnMeaning] = []
    run = ""
    for piece in pieces:
        if piece in _WHOLE_HEADINGS:
            found += [*_scan(run), _WHOLE_HEADINGS[piece]]
            run = ""
        else:
            run += piece
    return [heading for heading, _ in groupby([*found, *_scan(run)])]


def _scan(text: str) -> Iterator[ColumnMeaning]:
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
    columns: Iterable[ColumnMeaning | None], required: Collection[Column] = tuple(REQUIRED)
) -> str:
    """Return the comma-separated headings of the required columns that are missing.

    Args:
        columns: The columns that are present.
        required: The required columns.
    """
    present = set(columns)
    return ", ".join(REQUIRED[column] for column in required if column not in present)

"""End the tasks of a document where an annex, a note, a closing or the signature begins."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.reading.decoding.record import Record
from kg.reading.decoding.segments import Segment
from kg.reading.structure.flat_document import FlatDocument
from kg.tagger.roles import UNITS, Role

_ANNEX = re.compile(
    r"^[ \u3000]*附[件表录]?\s*[\d一二三四五六七八九十]{0,3}(?:\s*[：:]|\s*$)", re.MULTILINE
)
# The roles with which tasks may begin again in an annex.
_OPENERS: tuple[Role, ...] = ("head", "category", "number", "task")
# Roles of the texts that may be followed by the end of the document.
_TEXTS: tuple[Role, ...] = ("task", "target", "progress", "problem", "plan")
# The end of a sentence before a blank line, or before words that begin a note or a closing.
_NOTE = (
    r"[（(]?(?:备?注[：:]|说明[：:]|附[件表注]|以上|上述|特此|欢迎|请[各市区县]|各[^，。]{0,6}单位|从[^，。]{0,8}情况看"
    r"|[—－-]{2}|(?:19|20)\d\d年\d{1,2}月\d{1,2}日)"
)
_PARAGRAPH = re.compile(
    rf"(?<=[。！？!?）)])\s{{0,40}}?\n[ \t\u3000]{{0,40}}(?:\n|(?={_NOTE}))"
    r"|\s{0,40}?\n[ \t\u3000]{0,40}(?=[（(]?(?:评价|填报|数据|指标)?(?:备注|说明|注)[：:])"
)
# The beginning of a paragraph that addresses all units, or ends the document, whatever is above it.
_DEMAND = re.compile(
    r"\s*\n\s*(?=(?:请|希望|望)各|特此|附件?[：:\d]|[^，。\n]{0,20}，?各[^，。\n]{0,6}(?:单位|部门)要)"
)
# The fewest other records that show what the last one should be like.
_FEWEST = 2
# Headings of the sections after the tasks.
_CLOSING = re.compile(
    r"(?:^|[、）)．.])(?:保障措施|组织(?:保障|实施|领导)|(?:工作|有关|相关|实施)(?:要求|保障)|附则"
    r"|(?:下一?(?:步|阶段|季度)|下半年|明年|今后)(?:的?(?:重点|主要)?工作)?"
    r"(?:要求|打算|安排|计划|措施|建议|思路))。?$"
)
# Headings of sections that sum up all tasks: their records are tasks only if they have units.
_SUMMARY = re.compile(
    r"(?:^|[、）)．.])(?:总体|整体|基本)(?:推进|进展|完成|落实|办理)?(?:情况|进度)。?$|排[名序]。?$"
)
# A place or an office, and its score or rank.
_PLACE = re.compile("[一-鿿]{1,10}(?:街道(?:办(?:事处)?)?|[镇乡区县市旗局委])")
_SCORE = re.compile(r"(?:第?\d[\d.,]*(?:[%％分名位]|个百分点)?\s*)+")


def end_at_annexes(text: str, segments: Sequence[Segment]) -> Iterator[Segment]:
    r"""Yield segments, without those that would continue a task behind the beginning of an annex.

    What follows the mark of an annex on its line is a title.

    >>> text = "建桥。\n已通车。\n附：\n排名\n云山镇"
    >>> segments = [Segment("progress", 4, 8, 1.0), Segment("progress", 15, 18, 1.0)]
    >>> [segment.start for segment in end_at_annexes(text, segments)]
    [4]

    Args:
        text: The text of the document.
        segments: Its segments, in order.
    """
    annexes = [found.start() for found in _ANNEX.finditer(text)]
    passed, is_open = 0, True
    for segment in segments:
        before = bisect_left(annexes, segment.start + 1)
        if before and "\n" not in text[annexes[before - 1] : segment.start].strip():
            segment = replace(segment, role="title")
        is_open = segment.role in _OPENERS or (is_open and before == passed)
        passed = before
        if segment.role == "title" or is_open:
            yield segment


def cut_closing(document: FlatDocument, records: Sequence[Record]) -> None:
    """Remove the text after the last task from its record, in place.

    The other records show what is too much: if none of them has units, progress, or several
    paragraphs or several segments of a text, the last one has not either.

    Args:
        document: The document.
        records: Its records.
    """
    *others, last = records or [Record()]
    if len(others) < _FEWEST:
        return
    if not any(record.segments_of(*UNITS) for record in others):
        for unit in UNITS:
            last.parts.pop(unit, None)
    _cut_at_demand(document, last)
    for role in _TEXTS:
        segments = last.segments_of(role)
        same = [found for record in others if (found := record.segments_of(role))]
        if role == "progress" and not same:
            last.parts.pop(role, None)
        elif role != "task" and len(segments) > 1 and all(len(found) == 1 for found in same):
            last.parts[role] = segments[:1]
        found = [segment for segments in same for segment in segments]
        if found and not any(_PARAGRAPH.search(document.text, s.start, s.end) for s in found):
            last.parts[role] = [
                replace(segment, end=end.start())
                if (end := _PARAGRAPH.search(document.text, segment.start, segment.end))
                else segment
                for segment in last.segments_of(role)
            ]


def _cut_at_demand(document: FlatDocument, record: Record) -> None:
    """Remove the text from a paragraph on that addresses all units, in place."""
    segments = record.segments_of(*_TEXTS)
    demand = _DEMAND.search(document.text, segments[0].start, segments[-1].end)
    if demand is None:
        return
    for role in (*_TEXTS, *UNITS):
        record.parts[role] = [
            replace(segment, end=min(segment.end, demand.start()))
            for segment in record.segments_of(role)
            if segment.start < demand.start()
        ]


def is_after_tasks(document: FlatDocument, record: Record) -> bool:
    """Return whether a record is in a closing section or a ranking list, and no task."""
    return _is_closing_section(document, record) or _is_rank(document, record)


def _is_closing_section(document: FlatDocument, record: Record) -> bool:
    """Return whether a record is in a closing section or a summary: 保障措施, 总体情况."""
    headings = [document.cell(s.start, s.end).text for s in record.categories]
    sums_up = not record.segments_of(*UNITS) and any(map(_SUMMARY.search, headings))
    return sums_up or any(map(_CLOSING.search, headings))


def _is_rank(document: FlatDocument, record: Record) -> bool:
    """Return whether a record is a place or an office with its score: 太和街道 58.9%."""
    tasks, others = (
        "".join(document.cell(s.start, s.end).text for s in record.segments_of(*roles))
        for roles in (("task",), ("target", "progress"))
    )
    return bool(_PLACE.fullmatch(tasks) and _SCORE.fullmatch(others))

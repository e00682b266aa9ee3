"""Headings above rows: categories, and answerable departments."""

from __future__ import annotations

import re

from kg.reading.units.departments import has_body_ending, split_listed_names

_MARKS = (
    re.compile(r"第[一二三四五六七八九十]+(?:部分|章|篇)\s*"),
    re.compile(r"[一二三四五六七八九十]+[、.．]\s*"),
    re.compile(r"[（(][一二三四五六七八九十]+[）)][、.．]?\s*"),
    re.compile(r"\d{1,3}[、.．]\s*(?!\d)"),
)
_UNMARKED = -1
_COUNT = re.compile(r"\s*[（(]\s*(?:共|计)?\s*\d+\s*(?:项|个|件|条)\s*[）)]\s*$")
_NOTE = re.compile(r"\s*[（(]?\s*(?:备?注|说明|填表|制表|填报|审核|合\s*计|总\s*计|小\s*计)")
_SUM = re.compile(r"[合总小共]计(?:[（(]?\d+[个项件条][）)]?)?[:：]?")
# Words such as 轨道 (track) and 通道 (passage) have the same ending as subdistricts (街道).
_NO_BODY = re.compile(r"(?<!街)道$")
# A quantity at the end of a promise: 新增学位810个, 入学率保持95%以上.
_QUANTITY = re.compile(
    r"\d[万千百]?(?:[%％]|[个所条座处套户家人名亩米里元辆台张次场件栋间吨]|平方米|公里|[万亿]元){1,2}"
    r"(?:以上|以内|左右)?[。；]?$"
)
_IN_BRACKETS = re.compile(r"[（(][^（()）]*[）)]")
LONGEST_HEADING = 60


def is_note(text: str) -> bool:
    """Return whether a text begins as a remark or a total does.

    >>> is_note("注：列第一位的为牵头单位"), is_note("一、民生保障")
    (True, False)
    """
    return bool(_NOTE.match(text))


def is_sum(text: str) -> bool:
    """Return whether a row with this first text is a total.

    >>> is_sum("合 计"), is_sum("总计（6个）"), is_sum("合计投资3亿元")
    (True, True, False)
    """
    return bool(_SUM.fullmatch("".join(text.split())))


def is_marked_heading(text: str) -> bool:
    """Return whether a paragraph has the marker of a heading: 一、…, （一）….

    >>> is_marked_heading("（二）优化营商环境"), is_marked_heading("各街道：")
    (True, False)
    """
    return _split_mark(text)[0] in (0, 1, 2) and len(text) <= LONGEST_HEADING and "。" not in text


def is_group_heading(text: str) -> bool:
    """Return whether a line among rows is a heading: it has a marker, or names departments.

    >>> [is_group_heading(text) for text in ("一、民生保障", "区教育局（2项）", "已开工。")]
    [True, True, False]
    """
    return is_marked_heading(text) or is_department_heading(text)


def is_promise(text: str) -> bool:
    """Return whether a text alone in its row is a further promise of the task above.

    >>> [is_promise(text) for text in ("新增学位810个", "一、新建学校3所", "民生保障（5个）")]
    [True, False, False]
    """
    rank, title = _split_mark(text)
    return rank == _UNMARKED and bool(_QUANTITY.search(_IN_BRACKETS.sub("", title)))


def is_department_heading(text: str) -> bool:
    """Return whether a heading names departments, not a subject.

    >>> [is_department_heading(text) for text in ("区教育局", "二、民政局（3项）", "教育")]
    [True, True, False]
    """
    title = title_of(text)
    return bool(title) and all(
        has_body_ending(title[start:end])
        and 3 <= end - start <= 14
        and not _NO_BODY.search(title[start:end])
        for start, end in split_listed_names(title)
    )


def title_of(text: str) -> str:
    """Return a heading without its marker and the number of tasks below it.

    >>> title_of("（一）养老服务（共3项）")
    '养老服务'
    """
    return _COUNT.sub("", _split_mark(text)[1]).strip()


class HeadingStack:
    """The headings above a row, from the outer to the inner."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []
        self._fresh = False

    @property
    def titles(self) -> list[str]:
        """The headings without markers."""
        return [title for _, title in self._open]

    def clear(self) -> None:
        """Remove all headings."""
        self._open.clear()

    def add_heading(self, text: str) -> None:
        """Add a heading below the others, or replace the one with the same kind of marker.

        Of two headings without markers and without a task between them, the second is below the
        first.
        """
        rank, ranks = _split_mark(text)[0], [rank for rank, _ in self._open]
        if rank in ranks and not (rank == _UNMARKED and self._fresh):
            del self._open[ranks.index(rank) :]
        while rank != _UNMARKED and self._open and self._open[-1][0] > rank:
            self._open.pop()
        self._open.append((rank, title_of(text)))
        self._fresh = True

    def add_task(self) -> None:
        """Record that there is a task below the headings."""
        self._fresh = False


def _split_mark(text: str) -> tuple[int, str]:
    """Return the rank of a heading's marker, and the text after the marker."""
    text = text.strip()
    for rank, pattern in enumerate(_MARKS):
        if match := pattern.match(text):
            return rank, text[match.end() :]
    return _UNMARKED, text

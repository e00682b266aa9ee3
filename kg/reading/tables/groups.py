"""Rows and headings that stand above others: categories, and departments that answer for them."""

from __future__ import annotations

import re

from kg.reading.units.departments import ends_like_body, split_listed

_MARKS = (
    re.compile(r"第[一二三四五六七八九十]+(?:部分|章|篇)\s*"),
    re.compile(r"[一二三四五六七八九十]+[、.．]\s*"),
    re.compile(r"[（(][一二三四五六七八九十]+[）)][、.．]?\s*"),
    re.compile(r"\d{1,3}[、.．]\s*(?!\d)"),
)
_UNMARKED = -1
_COUNT = re.compile(r"\s*[（(]\s*(?:共|计)?\s*\d+\s*(?:项|个|件|条)\s*[）)]\s*$")
_NOTE = re.compile(r"\s*[（(]?\s*(?:备?注|说明|填表|制表|填报|审核|合\s*计|总\s*计|小\s*计)")
_SUM = re.compile(r"[合总小共]计[:：]?")
# Tracks, channels and lanes end as subdistricts do.
_NO_BODY = re.compile(r"(?<!街)道$")
_LONGEST = 60


def is_note(text: str) -> bool:
    """Tell whether a row that spans a table is a remark or a sum.

    >>> is_note("注：列第一位的为牵头单位"), is_note("一、民生保障")
    (True, False)
    """
    return bool(_NOTE.match(text)) or len(text) > _LONGEST


def is_sum(text: str) -> bool:
    """Tell whether a row that begins so sums others up.

    >>> is_sum("合 计"), is_sum("合计投资3亿元")
    (True, False)
    """
    return bool(_SUM.fullmatch("".join(text.split())))


def heads_more(text: str) -> bool:
    """Tell whether a paragraph is marked as a heading: 一、…, （一）….

    >>> heads_more("（二）优化营商环境"), heads_more("各街道：")
    (True, False)
    """
    return _mark(text)[0] in (0, 1, 2) and len(text) <= _LONGEST and "。" not in text


def heads_rows(text: str) -> bool:
    """Tell whether a line among rows heads those below it: it is marked, or names departments.

    >>> heads_rows("一、民生保障"), heads_rows("区教育局（2项）"), heads_rows("已开工。")
    (True, True, False)
    """
    return heads_more(text) or names_bodies(text)


def names_bodies(text: str) -> bool:
    """Tell whether a heading names departments, not a subject.

    >>> names_bodies("区教育局"), names_bodies("二、民政局（3项）"), names_bodies("教育")
    (True, True, False)
    """
    shown = title_of(text)
    return bool(shown) and all(
        ends_like_body(shown[start:end])
        and 3 <= end - start <= 14
        and not _NO_BODY.search(shown[start:end])
        for start, end in split_listed(shown)
    )


def title_of(text: str) -> str:
    """Return a heading without its mark and the count of what stands below it.

    >>> title_of("（一）养老服务（共3项）")
    '养老服务'
    """
    return _COUNT.sub("", _mark(text)[1]).strip()


class Levels:
    """The headings that hold for a row, from the outer to the inner."""

    def __init__(self) -> None:
        self._open: list[tuple[int, str]] = []
        self._fresh = False

    @property
    def titles(self) -> list[str]:
        """The headings, without marks."""
        return [title for _, title in self._open]

    def clear(self) -> None:
        """Note that no heading holds any more."""
        self._open.clear()

    def show(self, text: str) -> None:
        """Note a heading: below the one before, or in the place of one of its kind.

        Of two without marks and without a task between them, the second stands below the first.
        """
        rank, ranks = _mark(text)[0], [rank for rank, _ in self._open]
        if rank in ranks and not (rank == _UNMARKED and self._fresh):
            del self._open[ranks.index(rank) :]
        while rank != _UNMARKED and self._open and self._open[-1][0] > rank:
            self._open.pop()
        self._open.append((rank, title_of(text)))
        self._fresh = True

    def pass_row(self) -> None:
        """Note that a task stands below the headings."""
        self._fresh = False


def _mark(text: str) -> tuple[int, str]:
    """Return the rank of the mark before a heading, and what stands behind it."""
    text = text.strip()
    for rank, pattern in enumerate(_MARKS):
        if match := pattern.match(text):
            return rank, text[match.end() :]
    return _UNMARKED, text

"""Find the markers of list items, with their levels: 一、 （一） 1. （1） ① 第一项 ▲."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Literal, get_args

# From the outside to the inside, as official documents nest them (GB/T 9704).
Style = Literal[
    "part",
    "chapter",
    "section",
    "plain",
    "han",
    "item",
    "han_bracket",
    "dash",
    "arabic",
    "decimal",
    "arabic_bracket",
    "circled",
    "bullet",
]
RANK: dict[Style, int] = {style: rank for rank, style in enumerate(get_args(Style))}
# The styles of headings, and of items that no number follows.
HEADING_MARKS: tuple[Style, ...] = ("section", "han", "han_bracket", "bullet", "dash")
_HAN = "[一二三四五六七八九十百〇零]{1,5}"
# A figure before a unit of measure is not a marker: 1.5 亿元.
_MEASURE = r"(?!\s*(?:[万亿千百%％‰元个公里米亩吨倍人户年月日℃分项家所条座台处号]|平方|立方|小时|千瓦|兆瓦|[kKMG]?[WwmMgGt]\b))"
_PATTERNS: tuple[tuple[Style, re.Pattern[str]], ...] = (
    (
        "part",
        re.compile(rf"第\s*(?P<n>{_HAN}|\d{{1,2}})\s*(?:部分|篇|编|板块)[、：:．.\s]*"),
    ),
    ("chapter", re.compile(rf"第\s*(?P<n>{_HAN}|\d{{1,2}})\s*章[、：:．.\s]*")),
    ("section", re.compile(r"[A-Z]\s*[、．.]\s*(?=[一-鿿])")),
    ("arabic", re.compile(r"[A-Z]-?(?P<n>\d{1,2})(?:[、．.]\s*|\s+)(?=[一-鿿])")),
    ("section", re.compile(rf"第\s*(?P<n>{_HAN}|\d{{1,2}})\s*节[、：:．.\s]*")),
    (
        "item",
        re.compile(
            rf"第\s*(?P<n>{_HAN}|\d{{1,3}})\s*(?:项|件(?:实事)?|条|类)(?:[、：:．.\s]+|(?=【)|$)"
            rf"|(?:重点)?(?:工作|目标)?(?:任务|项目|实事|事项)\s*(?P<m>{_HAN}|\d{{1,3}})(?:[、：:．.]|\s+)\s*"
            r"|(?:序号|编号)\s*[：:]\s*(?:[A-Za-z]{1,4}-?)?(?P<k>\d{1,3})(?!\S)"
        ),
    ),
    ("han_bracket", re.compile(rf"[（(\[〔]\s*(?P<n>{_HAN})\s*[）)\]〕][、.．]?\s*")),
    ("han", re.compile(rf"(?P<n>{_HAN})\s*(?:[、．.]|[：:](?!\d)|\s(?=\S{{4}}))\s*(?![、号期至到])")),
    (
        "decimal",
        re.compile(
            rf"\d{{1,3}}(?:[.．]\d{{1,3}}){{0,2}}[.．](?P<n>\d{{1,3}})(?:[、.．]\s*|\s+|(?=[一-鿿《“]))"
            rf"(?!\d){_MEASURE}"
        ),
    ),
    ("arabic_bracket", re.compile(r"[（(\[〔]\s*(?P<n>\d{1,3})\s*[）)\]〕][、.．]?\s*|(?P<m>\d{1,3})[）)][、.．]?\s*")),
    ("arabic", re.compile(rf"[(（]?(?P<n>\d{{1,3}})\s*[.．、。](?!\d)\s*|(?P<m>\d{{1,3}})\s{{1,4}}(?=[一-鿿《“]{{2}}){_MEASURE}")),
    ("circled", re.compile(r"(?P<c>[①-⑳㉑-㉟㊱-㊿❶-❿])[、.．]?\s*")),
    ("dash", re.compile(r"[—–―─－-]{2,}\s*(?=[^\s\d—–―─－-])")),
    ("bullet", re.compile(r"[▲△▼●○◯⚫■□▪◆◇★☆►▶▷➢➤✓✔√×✗✘※◎•·❖✦▌▍▎▐]\s*|[*+－-]\s+(?=\S)")),
)  # fmt: skip
# Decoration before a number or a text.
DECORATION = re.compile(r"[▲△▼●○■□▪◆◇★☆►▶▷➢➤◎•❖✦▌▍▎▐－]\s*")
_DIGITS = {character: value for value, character in enumerate("〇一二三四五六七八九")} | {"零": 0}


@dataclass(frozen=True, slots=True)
class Marker:
    """The marker of an item: its style, its number or None, and the offset of the item's text."""

    style: Style
    number: int | None
    end: int


def has_heading_mark(text: str) -> bool:
    """Return whether a line begins with the marker of a heading.

    >>> has_heading_mark("（二）优化营商环境"), has_heading_mark("2．优化营商环境")
    (True, False)
    """
    marker = find_marker(text)
    return marker is not None and marker.style in HEADING_MARKS


def find_marker(text: str) -> Marker | None:
    """Return the marker at the beginning of a line, or None.

    >>> [found and (found.style, found.number) for found in map(find_marker, ("（十二）教育", "3．新建", "１、扩建"))]
    [('han_bracket', 12), ('arabic', 3), ('arabic', 1)]
    >>> find_marker("★ 实事一：停车").number, find_marker("序号：3").number
    (1, 3)
    >>> [find_marker(text) for text in ("3.5亿元", "2024年，", "12个项目", "1、2号线")]
    [None, None, None, None]
    """
    if decoration := DECORATION.match(text):
        inner = find_marker(text[decoration.end() :])
        if inner and inner.number is not None:
            return replace(inner, end=decoration.end() + inner.end)
    for style, pattern in _PATTERNS:
        match = pattern.match(text)
        if match:
            groups = match.groupdict()
            numeral = groups.get("n") or groups.get("m") or groups.get("k")
            number = parse_han_number(numeral) if numeral else _circled_number(groups.get("c"))
            return Marker(style, number, match.end())
    return None


def parse_han_number(numeral: str) -> int:
    """Return the value of a number in digits or Chinese numerals.

    >>> [parse_han_number(numeral) for numeral in ("十", "二十三", "一百零五", "１２")]
    [10, 23, 105, 12]
    """
    if numeral.isdecimal():
        return int(numeral)
    total, digit = 0, 0
    for character in numeral:
        if character == "十":
            total, digit = total + (digit or 1) * 10, 0
        elif character == "百":
            total, digit = total + (digit or 1) * 100, 0
        else:
            digit = _DIGITS[character]
    return total + digit


def _circled_number(numeral: str | None) -> int | None:
    if not numeral:
        return None
    for first, value in (("①", 1), ("㉑", 21), ("㊱", 36), ("❶", 1)):
        if 0 <= ord(numeral) - ord(first) < 20:
            return ord(numeral) - ord(first) + value
    return None

"""Recognise numbers in names, ordinals, codes and dates: 第3次, 5G, 三年行动, 35幢."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from kg.extraction.numbers.numerals import numeral_values

_SIGNS = "一二两三四五六七八九十百"
# Before a number that is part of a name or an ordinal: 第3次, A3, 1+3, 4•23, 2021-, 1/3, 1:3.
_CODE = r"[第初№#A-Za-z.*×•·\d'’]$|[\dA-Za-z][+＋]$|[A-Za-z][-－]$|20\d\d[-—–]$|\d[/:：]$"
_ORDERED = rf"[第前][\d{_SIGNS}]{{1,3}}[、和至到—-]$"
_NO_COUNT_BEFORE = re.compile(rf"{_CODE}|{_ORDERED}")
_NO_COUNT_AFTER = re.compile(r"号|[•·]\d|级(?![别联])")
# Titles, and short names in quotation marks: “四个百万”, “7天酒店”.
_NAMED = re.compile(r"《[^《》]*》|“[^“”，。；、+＋]{1,12}”")
# Before and after these, 期 is the number of a stage: 3期项目, 工程2期.
_STAGE_AFTER = re.compile(r"项目|建设|工程|改造")
_STAGE_BEFORE = re.compile(r"(?:项目|工程|[区园院线路厂站])$")
# Names of estates, whose houses are numbered: 某某苑35幢.
_ESTATE = re.compile(r"(?:[苑园弄坊庭府轩邸号]|新村)$")
_HOUSES = frozenset({"幢", "栋"})
_STOREYS_BEFORE = re.compile(r"(?:[第至到负]|施工)$")
_STOREYS_COUNTED = re.compile(r"[共高为达]$|地[上下]$")
_BUS = re.compile(r"公交车?$")
_VILLAGE = re.compile(r"[村社湾庄队里]$")
# The first and the last of a list, and the first months of a year.
_FIRST_OR_LAST = re.compile(r"(?<!提)前$|(?<!延)后$|末$")
_PLACED = frozenset({"名", "位", "强", "个月"})
# Adjacent numbers, with nothing between them, are those of houses, stages and groups.
_BESIDE_BEFORE = re.compile(r"\d[幢栋层期组路]?[、和]$")
_BESIDE_AFTER = re.compile(r"[、和]\d+[-—]?\d*[幢栋层期组路]")
_NUMBERED = frozenset({"幢", "栋", "层", "期", "组", "路"})
_TERM = re.compile(r"(?:滚动)?(?:行动|计划|规划|攻坚|方案|工程|一贯|禁)|期|\d{1,2}月")
# Before a Chinese numeral, these make it part of a word or a name.
_WORD_BEFORE = re.compile(r"[第之数几廿初高负]$")
# Nicknames of ordinances: 水十条.
_NICKNAME = re.compile(r"[水气土国]$")
# Years count if something lasts; else a Chinese numeral is part of a programme or a class.
_LASTS_BEFORE = re.compile(r"(?:连续|为期|近|用|满|达|超过|未来|过去|力争|每|第)$")
_LASTS_AFTER = re.compile(r"[^\w]|$|[内来后多以左时间的连]")
_RANK_AFTER = re.compile(r"[甲乙等医残以化（(]|公路|航道|资质|响应|保护|标准")
_PLACE_AFTER = re.compile(
    r"[山渠峡湾井]|(?!乡镇|街道|社区|村级|农村)[^\W\d]{0,2}(?:县(?!级)|[镇乡村河路街]|社区|水库)"
)
_PLACE_UNITS = frozenset({"门", "台", "家", "棵", "方"})
# 一 counts after a verb of building, after 各, or after the name of the thing: 食堂一幢.
_BUILT = re.compile(r"(?:[建设增置购辟修]|引进|完成|举办)了?$|各[^\W\d]{0,2}$")
_EACH = re.compile(r"每[日天周月季年]$")
_WORD_OF_ONE = re.compile(r"[统唯专同逐进万合是为此]$|示范$")
_ALONE = re.compile(r"[^\w]|$")
_THINGS = frozenset("幢座所台套辆条处间栋部家")
_MANY = frozenset("个名人场")
_ONE = frozenset({"一", "二"})


def title_spans(text: str) -> list[tuple[int, int]]:
    """Return the spans of titles and short quoted names in a text, in order.

    >>> title_spans("落实《三年计划》")
    [(2, 8)]
    """
    return [match.span() for match in _NAMED.finditer(text)]


def is_non_quantity(text: str, match: re.Match[str], named: Sequence[tuple[int, int]]) -> bool:
    """Return whether a match is part of a date, an ordinal, a code or a name.

    Args:
        text: The text, folded.
        match: A possible quantity, matched by the pattern of `kg.extraction.numbers.quantities`.
        named: What `title_spans` returns for the text.
    """
    before, after = text[max(0, match.start() - 6) : match.start()], text[match.end() :][:6]
    if _NO_COUNT_BEFORE.search(before) or _NO_COUNT_AFTER.match(after):
        return True
    if _is_in_name(text, match, named) or _is_numbered(before, match, after):
        return True
    if match["chinese"]:
        return _is_word(before, match, after)
    return _is_year(match, after)


def _is_in_name(text: str, match: re.Match[str], named: Sequence[tuple[int, int]]) -> bool:
    """Return whether a number is in a title, or in a quoted name that continues after it."""
    at = bisect_right(named, (match.start(), len(text))) - 1
    if at < 0 or named[at][1] <= match.end():
        return False
    if text[named[at][0]] == "《" or text[match.end()] != "”":
        return True
    return match["chinese"] is not None


def _is_numbered(before: str, match: re.Match[str], after: str) -> bool:
    """Return whether a number is that of a house, a stage, a storey or a group."""
    unit = match["unit"] or match["range_unit"] or match["chinese_unit"]
    if unit not in _NUMBERED:
        return unit in _PLACED and _FIRST_OR_LAST.search(before) is not None
    is_range = match["low"] or match["first"]
    if is_range or _BESIDE_BEFORE.search(before) or _BESIDE_AFTER.match(after):
        return True
    if unit in _HOUSES:
        return bool(_ESTATE.search(before))
    if unit == "层":
        is_counted = _STOREYS_COUNTED.search(before)
        return not is_counted if match["chinese"] else bool(_STOREYS_BEFORE.search(before))
    if unit in ("组", "路"):
        return bool((_VILLAGE if unit == "组" else _BUS).search(before))
    is_stage = _STAGE_AFTER.match(after) or _STAGE_BEFORE.search(before)
    return bool(is_stage) or match["chinese"] not in (None, "两")


def _is_year(match: re.Match[str], after: str) -> bool:
    """Return whether a number in digits is that of a year, a class or a programme of years."""
    unit = match["unit"] or match["range_unit"]
    if unit == "版" and "." in (match["number"] or ""):
        return True
    if unit == "级" and _RANK_AFTER.match(after):
        return True
    numbers = [match[name] for name in ("number", "low", "high") if match[name]]
    if unit in ("年", "级", "大") and any(len(number) == 4 for number in numbers):
        return True
    return unit == "年" and _TERM.match(after) is not None


def _is_word(before: str, match: re.Match[str], after: str) -> bool:
    """Return whether a Chinese numeral is part of a word or a name: 统一, 三年行动, 五台县."""
    numeral, unit = match["chinese"], match["chinese_unit"]
    is_number = numeral_values(numeral, is_more=bool(match["chinese_more"]))
    if _WORD_BEFORE.search(before) or not is_number:
        return True
    if match["first"] is None and numeral in _ONE and not _is_one(before, unit, after):
        return True
    if unit in _PLACE_UNITS and numeral != "两" and _PLACE_AFTER.match(after):
        return True
    if unit == "条":
        return bool(_NICKNAME.search(before))
    if unit == "级":
        return bool(_RANK_AFTER.match(after))
    if unit == "年":
        lasts = _LASTS_BEFORE.search(before) or _LASTS_AFTER.match(after)
        return bool(_TERM.match(after)) or not lasts
    return False


def _is_one(before: str, unit: str, after: str) -> bool:
    """Return whether 一 or 二 counts things and is not an article or an ordinal."""
    if _WORD_OF_ONE.search(before):
        return False
    if _EACH.search(before):
        return True
    if _BUILT.search(before):
        return unit in _THINGS or unit in _MANY
    return unit in _THINGS and before[-1:].isalpha() and _ALONE.match(after) is not None

"""Numbers that measure or count something, with their unit and the thing measured.

What counts follows from the language: a number before a measure word or a unit, unless it is part
of a date, an ordinal, a code or a name. Chinese numerals count only before a measure word.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from kg.extraction.measures import standard_measure
from kg.model import TEXT_CELLS, CellName, Quantity, Task
from kg.sentences import clause_start

# Physical and monetary units (GB 3100, GB 3101), percentages, and scales before them.
_UNITS = (
    r"个百分点|微克/立方米|毫克/立方米|平方公里|平方米|立方米|万?平米|公里|千米|公顷|吨标准煤|蒸吨|"
    r"美元|欧元|港元|日元|元|亩|吨|米|㎡|平方|千瓦时?|兆瓦|度|[%％‰]|小时|分钟|天|年|岁"
)
# Measure words (量词) of counted things, the longer first.
_MEASURES = (
    r"人次|家次|户次|场次|批次|台次|车次|例次|件次|周岁|大类|"
    r"个|名|人|家|户|条|座|处|栋|幢|项|件|台|套|部(?!队)|支|起|批|块|辆|张|份|所|场|期|例|宗|笔|株|棵|次|类|种|"
    r"册|本|间|层|路|片|根|只|盏|门|艘|级|倍|对|位|组|队|轮|篇|枚|艘|孔|口|眼|盆|箱|袋|包|副|双|团|街|版"
)
# Measure words that a Chinese numeral may count without being an idiom.
_CHINESE_MEASURES = (
    r"大类|大|个|条|座|家|所|项|级|类|种|处|名|区|市|县|方|年|门|场|支|件(?!套)|块|栋|户"
)
_SCALE = r"[万亿]"
_MORE = r"余|多|来"
# A number begins where its digits do: else a long run of digits is read again from each of them.
_NUMBER = r"(?<!\d)\d+(?:,\d{3})*(?:\.\d+)?"
_ANY_UNIT = rf"{_UNITS}|{_MEASURES}"
_QUANTITY = re.compile(
    # What no quantity begins with is passed over at once.
    r"(?=[\d两〇零一二三四五六七八九十百千近约超逾])(?:"
    # A range of two numbers with one unit: 3-4个.
    rf"(?P<low>{_NUMBER})(?P<low_unit>[%％])?[-—–~～至到](?P<high>{_NUMBER})"
    rf"(?P<range_unit>{_SCALE}?(?:{_ANY_UNIT}))"
    rf"|(?P<number>{_NUMBER})(?P<more>{_MORE})?"
    rf"(?P<unit>{_SCALE}{{0,2}}(?:{_ANY_UNIT})|{_SCALE}{{1,2}}(?:{_MORE})?(?:{_ANY_UNIT})?)"
    rf"|(?P<chinese>[两〇零一二三四五六七八九十百千]{{1,7}})(?P<chinese_more>{_MORE})?"
    rf"(?P<chinese_unit>{_SCALE}?(?:{_CHINESE_MEASURES}|人次|人))"
    rf"|(?:近|约|超|逾)(?P<scale>万)(?P<scale_unit>{_MEASURES}))"
)
# What stands in front of a number that names or orders, and does not count: 第3次, A3, 1+3, 4•23.
_NO_COUNT_BEFORE = re.compile(r"[第初A-Za-z.*×•·\d]$|[\dA-Za-z][+＋]$|[A-Za-z][-－]$|20\d\d[-—–]$")
_NO_COUNT_AFTER = re.compile(r"号|[•·]\d")
# Before these, 期 and 级 count the stages of one project and the years of a school: 3期项目, 2019级.
_STAGE = re.compile(r"项目|建设|工程|改造")
# Titles, and short names in quotation marks that begin with their number: “四个百万”, “7天酒店”.
_NAMED = re.compile(r"《[^《》]*》|“[^“”，。；、+＋]{1,12}”")
_APPROXIMATE_BEFORE = re.compile(r"(?:(?<![签预合条节违履公协])约|近|超过?|逾|达到?约)$")
_APPROXIMATE_AFTER = re.compile(r"左右|以上|上下")
_CLAUSE = re.compile(r"[，。；：、！？,;（）()]|[一二三四五六七八九十]是")
_LEADING = re.compile(
    r"^(?:其中|目前|同时|现有|现已|已经?|共计?|累计|预计|计划|拟|将|并|至今|对|为)+"
)
_TRAILING = re.compile(
    r"(?:共计?|累计|合计|总计|达到?|为|约|近|超过?|逾|实现|完成|占比为|控制在|不低于|不超过|是|有|了|的|至)+$"
)
# The thing counted follows its measure word; a list of qualities may stand before it.
_FOLLOWING = re.compile(
    r"(?!以上|以下|左右|上下)"
    r"(?:(?:[^\W\d_]{2,6}、){0,4}[^\W\d_]{2,6}的(?P<head>[^\W\d_]{2,14})|[^\W\d_]{2,14})"
)
_LONGEST = 24
_FOLDED = str.maketrans("０１２３４５６７８９．％", "0123456789.%")


def find_quantities(task: Task) -> tuple[Quantity, ...]:
    """Return the quantities of the promise and of the progress, in the order of the text."""
    return tuple(quantity for cell in TEXT_CELLS for quantity in _find(task, cell))


def _find(task: Task, cell: CellName) -> Iterator[Quantity]:
    text = task.cell(cell).text
    folded = fold(text)
    named = [match.span() for match in _NAMED.finditer(folded)]
    for match in _QUANTITY.finditer(folded):
        if _names_or_orders(folded, match) or _in_name(folded, match, named):
            continue
        start, end = _span(folded, match)
        what = _what(folded, match)
        rule = "quantity:chinese" if match["chinese"] else "quantity:number"
        for value, unit in _values(match):
            evidence = task.evidence(cell, start, end, rule)
            measure = standard_measure(value, unit)
            yield Quantity(value, unit, what, _is_approximate(folded, match), evidence, measure)


def _values(match: re.Match[str]) -> Iterator[tuple[Decimal, str]]:
    """Yield the value and the unit as written; a range gives two."""
    if match["low"]:
        unit = match["range_unit"]
        yield _decimal(match["low"]), match["low_unit"] or unit
        yield _decimal(match["high"]), unit
    elif match["number"]:
        yield _decimal(match["number"]), re.sub(_MORE, "", match["unit"])
    elif match["chinese"]:
        yield chinese_value(match["chinese"]), match["chinese_unit"]
    else:
        yield Decimal(10000), match["scale_unit"]


def _decimal(digits: str) -> Decimal:
    return Decimal(digits.replace(",", ""))


@cache
def chinese_value(numeral: str) -> Decimal:
    """Return the value of a Chinese numeral.

    >>> chinese_value("三十六"), chinese_value("两")
    (Decimal('36'), Decimal('2'))
    """
    from cn2an import cn2an

    return Decimal(str(cn2an(numeral.replace("两", "二"), "smart")))


def _names_or_orders(text: str, match: re.Match[str]) -> bool:
    """Tell whether a number is part of a date, an ordinal, a code or a name."""
    before, after = text[max(0, match.start() - 3) : match.start()], text[match.end() :][:3]
    if _NO_COUNT_BEFORE.search(before) or _NO_COUNT_AFTER.match(after):
        return True
    unit = match["unit"] or match["range_unit"]
    if unit in ("年", "级", "届") and match["number"] and len(match["number"]) == 4:
        return True
    if unit == "期" and _STAGE.match(text, match.end()):
        return True
    if match["chinese"]:
        return _is_idiom(before, match, after)
    return False


def _in_name(text: str, match: re.Match[str], named: list[tuple[int, int]]) -> bool:
    """Tell whether a number stands in a title, or in a quoted name that goes on behind it."""
    at = bisect_right(named, (match.start(), len(text))) - 1
    if at < 0 or named[at][1] <= match.end():
        return False
    return text[named[at][0]] == "《" or text[match.end()] != "”"


def _is_idiom(before: str, match: re.Match[str], after: str) -> bool:
    """Tell whether a Chinese numeral belongs to a word: 一个 as an article, 十分, 统一, 一批."""
    numeral, unit = match["chinese"], match["chinese_unit"]
    if numeral == "一" or re.search(r"[统唯万专第之同数几逐进廿]$", before):
        return True
    try:
        chinese_value(numeral)
    except ValueError:
        return True
    # 二年级, 三级医院 and the like name a rank, 三大队 a body.
    return bool((unit == "年" and after.startswith(("级", "制"))) or after.startswith(("化", "学")))


def _span(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Return the words that show the quantity: its clause up to the number and its unit."""
    start = _clause_start(text, match.start())
    end = match.end()
    if near := _APPROXIMATE_AFTER.match(text, end):
        end = near.end()
    return (start if match.start() - start <= _LONGEST else match.start()), end


def _clause_start(text: str, position: int) -> int:
    return clause_start(text, position, _CLAUSE, _LONGEST + 1)


def _what(text: str, match: re.Match[str]) -> str:
    """Return the thing measured: what follows a measure word, or else what leads to the number."""
    unit = match["unit"] or match["chinese_unit"] or match["range_unit"] or match["scale_unit"]
    following = _FOLLOWING.match(text, match.end())
    if following and not re.search(_UNITS + "$", unit):
        return following["head"] or following.group()
    lead = text[_clause_start(text, match.start()) : match.start()]
    return _TRAILING.sub("", _LEADING.sub("", lead)) or (following.group() if following else "")


def _is_approximate(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 4) : match.start()]
    return bool(
        match["more"]
        or match["chinese_more"]
        or match["scale"]
        or re.search(_MORE, match["unit"] or "")
        or _APPROXIMATE_BEFORE.search(before)
        or _APPROXIMATE_AFTER.match(text, match.end())
    )


def fold(text: str) -> str:
    """Return a text with full-width digits and signs made plain, character for character.

    >>> fold("１２．５％")
    '12.5%'
    """
    return text.translate(_FOLDED)

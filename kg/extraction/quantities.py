"""Numbers that measure or count something, with their unit and the thing measured.

What counts follows from the language: a number before a measure word or a unit, unless it is part
of a date, an ordinal, a code or a name. Chinese numerals count only before a measure word.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from decimal import Decimal

from kg.extraction.numerals import chinese_value
from kg.model import CellName, Quantity, Task

# Physical and monetary units (GB 3100, GB 3101), percentages, and scales before them.
_UNITS = (
    r"个百分点|微克/立方米|毫克/立方米|平方公里|平方米|立方米|万?平米|公里|千米|公顷|吨标准煤|蒸吨|"
    r"元|亩|吨|米|㎡|平方|千瓦时?|兆瓦|度|[%％‰]|小时|分钟|天|年|岁"
)
# Measure words (量词) of counted things, the longer first.
_MEASURES = (
    r"人次|家次|户次|场次|批次|台次|车次|例次|件次|周岁|余件|"
    r"个|名|人|家|户|条|座|处|栋|幢|项|件|台|套|部|支|起|批|块|辆|张|份|所|场|期|例|宗|笔|株|棵|次|类|种|"
    r"册|本|间|层|路|片|根|只|盏|门|艘|级|倍|对|位|组|队|轮|篇|枚|艘|孔|口|眼|盆|箱|袋|包|副|双|团|街|版"
)
# Measure words that a Chinese numeral may count without being an idiom.
_CHINESE_MEASURES = r"大|个|条|座|家|所|项|级|类|种|处|名|区|市|县|方|年|门|场|支|件|块|栋|户"
_SCALE = r"[万亿]"
_NEAR_AFTER = r"余|多|来|几"
_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_QUANTITY = re.compile(
    rf"(?P<low>{_NUMBER})(?P<lowunit>{_SCALE}?(?:{_UNITS}|{_MEASURES})?)(?:[-—–~～至到])"
    rf"(?P<high>{_NUMBER})(?P<near2>{_NEAR_AFTER})?(?P<unit2>{_SCALE}?(?:{_UNITS}|{_MEASURES}))"
    rf"|(?P<number>{_NUMBER})(?P<near>{_NEAR_AFTER})?"
    rf"(?P<unit>{_SCALE}{{0,2}}(?P<near3>{_NEAR_AFTER})?(?:{_UNITS}|{_MEASURES})|{_SCALE})"
    rf"|(?P<chinese>[两〇零一二三四五六七八九十百千]{{1,7}})(?P<near4>{_NEAR_AFTER})?"
    rf"(?P<cunit>{_SCALE}?(?:{_CHINESE_MEASURES}|人))"
    rf"|(?P<tens>[十百千万])(?P<near5>{_NEAR_AFTER})(?P<tunit>{_MEASURES})"
    rf"|(?P<about>近|约|超|逾)(?P<scale>万)(?P<sunit>{_MEASURES})"
)
# What stands in front of a number that names or orders, and does not count.
_NO_COUNT_BEFORE = re.compile(r"(?:第|[A-Za-z.+*×/•·:：])$|[A-Za-z][-－]?$|\d$|[\d][+＋.•·]$")
_NO_COUNT_AFTER = re.compile(r"[A-Za-z+＋号]|[•·]\d|月(?!均)|日(?!均)")
_APPROXIMATE_BEFORE = re.compile(r"(?:约|近|超过?|逾|不少于|不低于|达到?约|大约)$")
_APPROXIMATE_AFTER = re.compile(r"(?:左右|以上|上下|以内|余)")
_CLAUSE = re.compile(r"[，。；：、！？,;（）()]|[一二三四五六七八九十]是")
_LEADING = re.compile(
    r"^(?:其中|目前|同时|现有|现已|已经?|共计?|累计|全区|全年|预计|计划|拟|将|并|至今|截至目前|对|为|"
    r"[与和及在]|完成|开展|实现|组织)+"
)
_TRAILING = re.compile(
    r"(?:共计?|累计|合计|总计|达到?|为|约|近|超过?|逾|实现|完成|占比为?|至|到|了|的|有|是|分别|均|数量|不低于|控制在)+$"
)


def find_quantities(task: Task) -> tuple[Quantity, ...]:
    """Return the quantities of the promise and of the progress, in the order of the text."""
    cells: tuple[CellName, ...] = ("task", "progress")
    return tuple(quantity for cell in cells for quantity in _find(task, cell))


def _find(task: Task, cell: CellName) -> Iterator[Quantity]:
    text = task.cell(cell).text
    folded = fold(text)
    for match in _QUANTITY.finditer(folded):
        if _is_name(folded, match):
            continue
        approximate = _is_approximate(folded, match)
        start, end = _span(folded, match)
        what = _what(folded, match)
        for value, unit in _values(match):
            if value is not None:
                rule = "quantity:chinese" if match["chinese"] else "quantity:number"
                evidence = task.evidence(cell, start, end, rule)
                yield Quantity(value, unit, what, approximate, evidence)


def fold(text: str) -> str:
    """Return a text with full-width digits and signs made plain, each character for one.

    >>> fold("１２．５％")
    '12.5%'
    """
    return "".join(
        unicodedata.normalize("NFKC", c) if "\uff10" <= c <= "\uff19" or c in "．％，" else c
        for c in text
    ).replace("，", ",") if False else "".join(map(_fold_character, text))


def _fold_character(character: str) -> str:
    if "\uff10" <= character <= "\uff19" or character in "．％":
        return unicodedata.normalize("NFKC", character)
    return character

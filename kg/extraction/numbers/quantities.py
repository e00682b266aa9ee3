"""Find numbers that measure or count something, with their unit and the thing measured.

A quantity is a number before a measure word or a unit, unless it is part of a date, an ordinal, a
code or a name (`kg.extraction.numbers.non_quantities`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from kg.extraction.numbers.measure_words import CHINESE_UNIT, MORE, UNIT, is_measurement_unit
from kg.extraction.numbers.measures import standard_measure
from kg.extraction.numbers.non_quantities import is_non_quantity, title_spans
from kg.extraction.numbers.numerals import (
    CHINESE,
    NUMBER,
    chinese_value,
    fold_digits,
    numeral_values,
    parse_decimal,
)
from kg.model import TEXT_CELLS, CellName, Quantity, Task
from kg.sentences import clause_start

_TO = "[-—–~～至到]{1,2}"
# A range of two numbers with one unit: 3-4个, 三至五家.
_LOW = rf"(?P<low>{NUMBER})(?P<low_unit>[%％万亿])?"
_RANGE = rf"{_LOW}{_TO}(?P<high>{NUMBER}) ?(?P<range_unit>{UNIT})"
_SINGLE = rf"(?P<number>{NUMBER})(?P<more>{MORE})? ?(?P<unit>{UNIT})"
_FIRST = rf"(?P<first>{CHINESE}){_TO}(?=[两一二三四五六七八九十])"
_CHINESE_ONE = rf"(?P<chinese>{CHINESE})(?P<chinese_more>{MORE})?(?P<chinese_unit>{CHINESE_UNIT})"
_CHINESE = rf"(?:{_FIRST})?{_CHINESE_ONE}"
# 近万人, 上百家.
_ABOUT = rf"(?:近|约|超|逾|上)(?P<scale>[百千万])(?P<scale_unit>{CHINESE_UNIT})"
# The characters with which a quantity can begin, for speed.
_QUANTITY = re.compile(
    rf"(?=[\d两〇零一二三四五六七八九十百千近约超逾上])(?:{_RANGE}|{_SINGLE}|{_CHINESE}|{_ABOUT})"
)
_APPROXIMATE_BEFORE = re.compile(r"(?:(?<![签预合条节违履公协])约|(?<!附)近|超过?|逾)$")
_APPROXIMATE_AFTER = re.compile(r"左右|以上|上下")
_MORE_BEHIND = re.compile(r"[多余](?=[^\w]|$)")
# Units of time before which 近 means “the last”: 近3年.
_SPAN_OF_TIME = frozenset({"年", "个月", "天", "周"})
_MINUS = re.compile(r"(?<![\w%％)）])[-−]$|(?<=[一-鿿])[-−]$")
_MAY_FALL = frozenset({"%", "％", "‰", "个百分点", "℃"})
# Counts have no decimal point, so 2.23所 is 23 after the mark 2 of a list.
_MARK_BEFORE = re.compile(r"(?:^|[。；;：:\s])$")
# For a bridge, 2-32米 means two spans of 32 metres.
_SPANS = re.compile(r"[^\W\d]{0,4}[跨梁]")
_CLAUSE = re.compile(r"[，。；：、！？,;（）()]|[一二三四五六七八九十]是")
_LEADING = re.compile(
    r"^(?:其中|目前|同时|现有|现已|已经?|共计?|累计|预计|计划|拟|将|并|至今|对|为)+"
)
_REACHED = "共计?|累计|合计|总计|达到?|为|约|近|超过?|逾|实现|完成|占比为|控制在|不低于|不超过"
_TRAILING = re.compile(rf"(?:{_REACHED}|[是有了的至−-])+$")
# The thing counted follows its measure word, perhaps after a list of qualities.
_QUALITIES = r"(?:[^\W\d_]{2,6}、){0,4}[^\W\d_]{2,6}的(?P<head>[^\W\d_]{2,14})"
_FOLLOWING = re.compile(rf"(?!以上|以下|左右|上下)(?:{_QUALITIES}|[^\W\d_]{{2,14}})")
# Where the predicate after the thing begins.
_TOLD = re.compile(r"(?<=[^\W\d]{2})(?:[已均将由被并]|全部|正在|完成|实现|投入|用于)")
_LONGEST = 24


def find_quantities(task: Task) -> tuple[Quantity, ...]:
    """Return the quantities of the promise and of the progress, in the order of the text."""
    return tuple(quantity for cell in TEXT_CELLS for quantity in _find_in_cell(task, cell))


def _find_in_cell(task: Task, cell: CellName) -> Iterator[Quantity]:
    text = fold_digits(task.cell(cell).text)
    named = title_spans(text)
    for match in _QUANTITY.finditer(text):
        if is_non_quantity(text, match, named):
            continue
        values = list(_parse_values(text, match))
        if not values:
            continue
        start, end = _quote_span(text, match)
        what = _measured_thing(text, match)
        approximate = _is_approximate(text, match) or _is_approximate_numeral(match)
        rule = "quantity:chinese" if match["chinese"] else "quantity:number"
        for value, unit in values:
            evidence = task.evidence(cell, start, end, rule)
            # 三方 means parties; cubic metres are written in digits.
            is_party = unit == "方" and match["chinese"]
            measure = None if is_party else standard_measure(value, unit)
            yield Quantity(value, unit, what, approximate, evidence, measure)


def written_unit(match: re.Match[str]) -> str:
    """Return the unit of a quantity as written, without 余 or 多 inside it."""
    names = ("unit", "range_unit", "chinese_unit", "scale_unit")
    written = next(match[name] for name in names if match[name])
    return re.sub(rf"(?<=[万亿])(?:{MORE})", "", written)


def _parse_values(text: str, match: re.Match[str]) -> Iterator[tuple[Decimal, str]]:
    """Yield the value and the unit; ranges and approximate numerals have two values."""
    unit = written_unit(match)
    if match["low"]:
        if not _SPANS.match(text, match.end()):
            yield parse_decimal(match["low"]), _low_unit(match, unit)
        yield parse_decimal(match["high"]), unit
    elif match["number"]:
        yield _signed_value(text, match, unit), unit
    elif match["chinese"]:
        for numeral in filter(None, (match["first"], match["chinese"])):
            for value in numeral_values(numeral, is_more=bool(match["chinese_more"])):
                yield value, unit
    else:
        yield chinese_value(match["scale"]), unit


def _low_unit(match: re.Match[str], unit: str) -> str:
    """Return the unit of the first number of a range: 万元 in 1-2万元, 元 in 8000-1万元."""
    written = match["low_unit"]
    if written in ("万", "亿"):
        return unit if unit.startswith(written) else written + unit.lstrip("万亿")
    is_greater = parse_decimal(match["low"]) > parse_decimal(match["high"])
    return written or (unit.lstrip("万亿") if is_greater else unit) or unit


def _signed_value(text: str, match: re.Match[str], unit: str) -> Decimal:
    """Return the value of a number with its sign, without the mark of a list before it."""
    number = match["number"]
    before = text[max(0, match.start() - 2) : match.start()]
    if unit in _MAY_FALL and _MINUS.search(before):
        return -parse_decimal(number)
    mark, point, rest = number.partition(".")
    is_count = point and not is_measurement_unit(unit) and unit[0] not in "万亿倍"
    if is_count and len(mark) < 3 and rest[0] != "0" and _MARK_BEFORE.search(before):
        return parse_decimal(rest)
    return parse_decimal(number)


def _quote_span(text: str, match: re.Match[str]) -> tuple[int, int]:
    """Return the span of the quote: the clause up to the number and its unit."""
    start = _clause_start(text, match.start())
    end = match.end()
    if near := _APPROXIMATE_AFTER.match(text, end):
        end = near.end()
    return (start if match.start() - start <= _LONGEST else match.start()), end


def _clause_start(text: str, position: int) -> int:
    return clause_start(text, position, _CLAUSE, _LONGEST + 1)


def _measured_thing(text: str, match: re.Match[str]) -> str:
    """Return the thing measured: the words after a measure word, or else before the number."""
    following = _FOLLOWING.match(text, match.end())
    if following and not is_measurement_unit(written_unit(match)):
        return _TOLD.split(following["head"] or following.group(), maxsplit=1)[0]
    lead = text[_clause_start(text, match.start()) : match.start()]
    return _TRAILING.sub("", _LEADING.sub("", lead)) or (following.group() if following else "")


def _is_approximate(text: str, match: re.Match[str]) -> bool:
    before = text[max(0, match.start() - 4) : match.start()]
    near = _APPROXIMATE_BEFORE.search(before)
    return bool(
        match["more"]
        or match["chinese_more"]
        or match["scale"]
        or written_unit(match) != (match["unit"] or match["chinese_unit"] or match["range_unit"])
        or (near and not (near.group() == "近" and written_unit(match) in _SPAN_OF_TIME))
        or _APPROXIMATE_AFTER.match(text, match.end())
        or _MORE_BEHIND.match(text, match.end())
    )


def _is_approximate_numeral(match: re.Match[str]) -> bool:
    return match["chinese"] is not None and len(numeral_values(match["chinese"])) > 1

"""Units as written to units of UCUM and QUDT.

The table follows China's legal units of measurement (GB 3100); codes are those of UCUM
(https://ucum.org) and QUDT (https://qudt.org/vocab/unit/). What is counted has the unit 1.
"""

from __future__ import annotations

import re
from decimal import Decimal

from kg.model import Measure

_SCALES = {"万": Decimal(10_000), "亿": Decimal(100_000_000)}
_SCALED = re.compile(r"^([万亿]*)(.*)$")
# Unit as written: factor, UCUM code, QUDT name. UCUM has no currencies; an annotation stands for them.
_UNITS: dict[str, tuple[str, str, str]] = {
    "元": ("1", "{CNY}", "CCY_CNY"),
    "美元": ("1", "{USD}", "CCY_USD"),
    "欧元": ("1", "{EUR}", "CCY_EUR"),
    "港元": ("1", "{HKD}", "CCY_HKD"),
    "日元": ("1", "{JPY}", "CCY_JPY"),
    "%": ("1", "%", "PERCENT"),
    "‰": ("1", "[ppth]", "PERMILLE"),
    "个百分点": ("1", "%", "PERCENT"),
    "米": ("1", "m", "M"),
    "千米": ("1", "km", "KiloM"),
    "公里": ("1", "km", "KiloM"),
    "㎡": ("1", "m2", "M2"),
    "平方米": ("1", "m2", "M2"),
    "平方": ("1", "m2", "M2"),
    "平米": ("1", "m2", "M2"),
    "平方公里": ("1", "km2", "KiloM2"),
    "亩": ("666.6667", "m2", "M2"),
    "公顷": ("1", "har", "HA"),
    "立方米": ("1", "m3", "M3"),
    "方": ("1", "m3", "M3"),
    "吨": ("1", "t", "TONNE"),
    "蒸吨": ("1", "t/h", "TONNE-PER-HR"),
    "微克/立方米": ("1", "ug/m3", "MicroGM-PER-M3"),
    "毫克/立方米": ("1", "mg/m3", "MilliGM-PER-M3"),
    "千瓦": ("1", "kW", "KiloW"),
    "千瓦时": ("1", "kW.h", "KiloW-HR"),
    "兆瓦": ("1", "MW", "MegaW"),
    "度": ("1", "kW.h", "KiloW-HR"),
    "分钟": ("1", "min", "MIN"),
    "小时": ("1", "h", "HR"),
    "天": ("1", "d", "DAY"),
    "年": ("1", "a", "YR"),
    "岁": ("1", "a", "YR"),
    "周岁": ("1", "a", "YR"),
}
# Words that divide or rank, and so count nothing.
_NO_COUNT = frozenset({"级", "倍", "大"})


def unscaled(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Return a value without the scale words before its unit, and the bare unit.

    Money is told with and without its unit (1065.51亿, 255亿元), so a bare scale is of 元.

    >>> unscaled(Decimal("4.87"), "万㎡"), unscaled(Decimal(255), "亿")
    ((Decimal('48700.00'), '㎡'), (Decimal('25500000000'), '元'))
    """
    match = _SCALED.match(unit)
    assert match is not None
    for mark in match[1]:
        value *= _SCALES[mark]
    return value, match[2].replace("％", "%") or "元"


def standard_measure(value: Decimal, unit: str) -> Measure | None:
    """Return a value in the unit of UCUM and QUDT, or None for a unit that ranks.

    >>> standard_measure(Decimal("4.87"), "万㎡")
    Measure(value=Decimal('48700.00'), ucum='m2', qudt='M2')
    >>> standard_measure(Decimal(12), "座").ucum
    '1'
    """
    if not unit:
        return None
    number, bare = unscaled(value, unit)
    if bare in _NO_COUNT:
        return None
    factor, ucum, qudt = _UNITS.get(bare, ("1", "1", "NUM"))
    return Measure(number if factor == "1" else number * Decimal(factor), ucum, qudt)

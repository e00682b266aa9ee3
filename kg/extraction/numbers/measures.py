"""Convert Chinese units to units of UCUM and QUDT.

The table follows China's legal units of measurement (GB 3100); codes are those of UCUM
(https://ucum.org) and QUDT (https://qudt.org/vocab/unit/). Counts have the unit 1.
"""

from __future__ import annotations

import re
from decimal import Decimal

from kg.model import Measure, Quantity

_POWERS = (("百", 2), ("千", 3), ("万", 4), ("亿", 8))
_SCALES = {sign: Decimal(10) ** power for sign, power in _POWERS}
_SCALED = re.compile(r"([百千]?[万亿]+|[百千](?=[元人户家亩套吨名]))?(.*)", re.DOTALL)
# Unit as written: factor, UCUM code, QUDT name. UCUM has no currencies, so annotations are used.
_UNITS: dict[str, tuple[str, str, str]] = {
    "元": ("1", "{CNY}", "CCY_CNY"),
    "美元": ("1", "{USD}", "CCY_USD"),
    "欧元": ("1", "{EUR}", "CCY_EUR"),
    "港元": ("1", "{HKD}", "CCY_HKD"),
    "日元": ("1", "{JPY}", "CCY_JPY"),
    "%": ("1", "%", "PERCENT"),
    "‰": ("1", "[ppth]", "PERMILLE"),
    "个百分点": ("1", "%", "PERCENT"),
    "毫米": ("1", "mm", "MilliM"),
    "mm": ("1", "mm", "MilliM"),
    "厘米": ("1", "cm", "CentiM"),
    "cm": ("1", "cm", "CentiM"),
    "米": ("1", "m", "M"),
    "延米": ("1", "m", "M"),
    "m": ("1", "m", "M"),
    "千米": ("1", "km", "KiloM"),
    "公里": ("1", "km", "KiloM"),
    "km": ("1", "km", "KiloM"),
    "㎡": ("1", "m2", "M2"),
    "m²": ("1", "m2", "M2"),
    "m2": ("1", "m2", "M2"),
    "平方米": ("1", "m2", "M2"),
    "平方": ("1", "m2", "M2"),
    "平米": ("1", "m2", "M2"),
    "平方公里": ("1", "km2", "KiloM2"),
    "平方千米": ("1", "km2", "KiloM2"),
    "亩": ("666.6667", "m2", "M2"),
    "公顷": ("1", "har", "HA"),
    "立方米": ("1", "m3", "M3"),
    "立方": ("1", "m3", "M3"),
    "方": ("1", "m3", "M3"),
    "m³": ("1", "m3", "M3"),
    "m3": ("1", "m3", "M3"),
    "升": ("1", "L", "L"),
    "毫克": ("1", "mg", "MilliGM"),
    "克": ("1", "g", "GM"),
    "斤": ("0.5", "kg", "KiloGM"),
    "公斤": ("1", "kg", "KiloGM"),
    "千克": ("1", "kg", "KiloGM"),
    "kg": ("1", "kg", "KiloGM"),
    "吨": ("1", "t", "TONNE"),
    "吨标准煤": ("29.3076", "GJ", "GigaJ"),
    "蒸吨": ("1", "t/h", "TONNE-PER-HR"),
    "微克/立方米": ("1", "ug/m3", "MicroGM-PER-M3"),
    "毫克/立方米": ("1", "mg/m3", "MilliGM-PER-M3"),
    "毫克/升": ("1", "mg/L", "MilliGM-PER-L"),
    "千瓦": ("1", "kW", "KiloW"),
    "kW": ("1", "kW", "KiloW"),
    "千瓦时": ("1", "kW.h", "KiloW-HR"),
    "kWh": ("1", "kW.h", "KiloW-HR"),
    "兆瓦": ("1", "MW", "MegaW"),
    "MW": ("1", "MW", "MegaW"),
    "吉瓦": ("1", "GW", "GigaW"),
    "GW": ("1", "GW", "GigaW"),
    "兆瓦时": ("1", "MW.h", "MegaW-HR"),
    "兆伏安": ("1", "MV.A", "MegaV-A"),
    "千伏安": ("1", "kV.A", "KiloV-A"),
    "度": ("1", "kW.h", "KiloW-HR"),
    "℃": ("1", "Cel", "DEG_C"),
    "分钟": ("1", "min", "MIN"),
    "小时": ("1", "h", "HR"),
    "个小时": ("1", "h", "HR"),
    "天": ("1", "d", "DAY"),
    "周": ("1", "wk", "WK"),
    "个月": ("1", "mo", "MO"),
    "年": ("1", "a", "YR"),
    "岁": ("1", "a", "YR"),
    "周岁": ("1", "a", "YR"),
}
# Units of one dimension: factor and base unit.
_BASES: dict[str, tuple[str, str]] = {
    "mm": ("0.001", "m"),
    "cm": ("0.01", "m"),
    "km": ("1000", "m"),
    "km2": ("1000000", "m2"),
    "har": ("10000", "m2"),
    "mg": ("0.000001", "kg"),
    "g": ("0.001", "kg"),
    "t": ("1000", "kg"),
    "MW": ("1000", "kW"),
    "GW": ("1000000", "kW"),
    "MW.h": ("1000", "kW.h"),
    "MV.A": ("1000", "kV.A"),
    "mg/m3": ("1000", "ug/m3"),
}
# All units of measurement; all other units count things.
MEASURED = frozenset(_UNITS)
# Words for ranks and multiples, which do not count things.
_NO_COUNT = frozenset({"级", "倍", "大"})


def remove_scale(value: Decimal, unit: str) -> tuple[Decimal, str]:
    """Return a value without the scale words before its unit, and the bare unit.

    Money is written with and without its unit (1065.51亿, 255亿元), so a bare scale means 元.

    >>> remove_scale(Decimal("4.87"), "万㎡"), remove_scale(Decimal(255), "亿")
    ((Decimal('48700.00'), '㎡'), (Decimal('25500000000'), '元'))
    """
    match = _SCALED.fullmatch(unit)
    assert match is not None
    for mark in match[1] or "":
        value *= _SCALES[mark]
    return value, match[2].replace("％", "%") or "元"


def standard_measure(value: Decimal, unit: str) -> Measure | None:
    """Return a value in a unit of UCUM and QUDT, or None if there is no such unit.

    >>> standard_measure(Decimal("4.87"), "万㎡")
    Measure(value=Decimal('48700.00'), ucum='m2', qudt='M2')
    >>> standard_measure(Decimal(12), "座").ucum
    '1'
    >>> standard_measure(Decimal(800), "元/人·月")
    """
    if not unit:
        return None
    number, bare = remove_scale(value, unit)
    if bare in _NO_COUNT:
        return None
    if "/" in bare and bare not in _UNITS:
        return None
    factor, ucum, qudt = _UNITS.get(bare, ("1", "1", "NUM"))
    return Measure(number if factor == "1" else number * Decimal(factor), ucum, qudt)


def comparable_values(one: Quantity, other: Quantity) -> tuple[Decimal, Decimal] | None:
    """Return two quantities' values in one unit, or None if their dimensions differ.

    Counts have one dimension only if their measure words are the same.
    """
    (first, unit), (second, other_unit) = (remove_scale(q.value, q.unit) for q in (one, other))
    if unit == other_unit:
        return first, second
    bases = [_base_value(q.measure) for q in (one, other) if q.measure and q.measure.ucum != "1"]
    if len(bases) < 2 or bases[0][1] != bases[1][1]:
        return None
    return bases[0][0], bases[1][0]


def _base_value(measure: Measure) -> tuple[Decimal, str]:
    factor, base = _BASES.get(measure.ucum, ("1", measure.ucum))
    return measure.value * Decimal(factor), base

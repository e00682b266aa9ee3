"""Patterns of the words after a number: units of measurement and measure words (量词).

Measure words are a closed class of the language. If one is also the first character of a common
word (部门, 条例, 项目标), the next character decides. After a Chinese numeral fewer of them count,
since many words and names begin with a numeral (三道岭, 九龙, 五年级).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from decimal import Decimal

from kg.extraction.numbers.measures import MEASURED, remove_scale


def _any_of(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


def _parse_pairs(listed: str) -> dict[str, str]:
    """Return words, each with the characters before which it begins another word."""
    return dict(pair.split(":") for pair in listed.split())


def _guard_words(words: Mapping[str, str]) -> str:
    return "|".join(f"{word}(?![{signs}])" for word, signs in words.items())


_LETTERS = "mm cm km KM Km kg KG m² m2 m³ m3 m kWh kW KW MW GW".split()
_LATIN = rf"(?:{'|'.join(_LETTERS)})(?![A-Za-z\d])"
_AMBIGUOUS = _parse_pairs("方:案面式向便位法针 度:假过 年:级制代 天:津然河 周:年期边围 升:级 克:拉")
_PLAIN = [unit for unit in MEASURED if not unit.isascii() and unit not in _AMBIGUOUS]
_PHYSICAL = rf"{_any_of(_PLAIN)}|[%％]|{_LATIN}|{_guard_words(_AMBIGUOUS)}"

_TIMES = [f"{it}次" for it in "人家户场批台车例件剂班架航辆项"] + ["人份", "台班"]
_LONG = "个工作日 工作日 课时 学时 标准箱 标箱 张床位 车位 泊位 学位 托位 床位".split()
_SINGLE = "名户座栋幢盏辆张册宗笔株棵艘篇枚箱袋副根只间孔眼盆床席头羽尾匹榀幅卷封桶趟档颗"
_WORDLIKE = _parse_pairs(
    "个:体半 人:民均制 家:庭长具电禽 处:理置于罚 条:例款 "
    "项:目 件:套 台:阶账 套:餐 部:队门分署委 支:持付撑部 "
    "起:草来 批:准复 块:状 份:额 所:需 场:所地景 "
    "期:间限 例:如外 次:要性干 类:别似型 种:植子养 本:次市区县级 "
    "层:面级次 片:区 门:诊店口 级:别配 倍:增 "
    "对:接于口应外 位:于列居数 组:织建成 队:伍员 轮:换车 口:径岸 "
    "包:括含保 双:向拥 团:队员体 版:本 节:能约点 "
    "段:落 道:路 列:入为 股:权份东 路:公口段灯网基车线 点:位 "
    "把:握关控 基:地站金层本 款:项 单:位元"
)
_SORTS = r"大类(?!别)|大(?=类别)|大(?!类|[队桥厦楼道型学])"
# A thing may be counted without a measure word if it is not part of a longer word.
_EDGE = r"(?=[^\w]|[一两三四五六七八九十\d和]|$)"
_BARE = rf"[县镇乡村省街班分]{_EDGE}"
# 台（套）, 家(次): either of two measure words.
_EITHER = r"(?:[(（][人户家件个台套辆次处所项园条座栋幢组名间亩批][)）])?"
_SHARE = rf"[人户亩家个件]?[·•.]?[年月日天季周次时秒]|[百千万亿]?[人户亩件元村校]|{_any_of(_PLAIN)}"
# 元/人·年, 吨/日, 件/万人, 元/人/月.
_PER = rf"(?:/(?:{_SHARE})(?:/[年月日天次人])?)?"
_COUNTING = rf"{_any_of(_TIMES + _LONG)}|{_SORTS}|[{_SINGLE}]|{_guard_words(_WORDLIKE)}|{_BARE}"
_COUNT = rf"(?:{_COUNTING}){_EITHER}"
_SCALE = r"(?:[百千]?[万亿]|[百千](?=[元人户家亩套吨名]))"
MORE = "余|多|来|几"
_BASE = rf"(?:{_PHYSICAL}|{_COUNT}){_PER}"
# After a number in digits: a unit, a scale and a unit, or a scale alone.
UNIT = rf"(?:{_SCALE}?(?:{MORE})?{_BASE}|{_SCALE}[万亿]?(?:{MORE})?(?:{_BASE})?)"

_FEW = "名户座栋幢盏辆张册宗笔株棵艘篇枚间"
_FEW_WORDLIKE = "个人家处条项件台套部支起批块份所场例次类种本门倍对组轮级层期"
_LASTING = "小时 个小时 分钟 个月 岁 周岁".split()
_FEW_PHYSICAL = [*_LASTING, *"公里 千米 平方公里 平方米 个百分点 亩 吨 美元".split()]
_COUNTED = _guard_words({word: _WORDLIKE[word] for word in _FEW_WORDLIKE})
_SOME_AMBIGUOUS = _guard_words({it: _AMBIGUOUS[it] for it in "方年天"})
_MEASURED = rf"{_any_of(_FEW_PHYSICAL)}|{_SOME_AMBIGUOUS}|[元米]{_EDGE}"
# Administrative areas are counted without a measure word: 两区, 三县.
_LAND = rf"(?<=两)[区县镇乡省市校]|[县镇乡省]{_EDGE}|(?<=[两三四五六七八九十])位(?!一体|[于列居数])"
_CHINESE_BASE = rf"{_any_of(_TIMES)}|{_MEASURED}|{_SORTS}|[{_FEW}]|{_COUNTED}|{_LAND}"
# After a Chinese numeral.
CHINESE_UNIT = rf"(?:[万亿]{{0,2}}(?:{MORE})?(?:{_CHINESE_BASE}){_EITHER})"


def is_measurement_unit(unit: str) -> bool:
    """Return whether a unit is one of measurement, not a measure word.

    >>> is_measurement_unit("万元/年"), is_measurement_unit("万个")
    (True, False)
    """
    return remove_scale(Decimal(1), unit)[1].split("/")[0] in MEASURED

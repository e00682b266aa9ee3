"""Match names of the same event: 军运会 is 第七届世界军人运动会.

Editions of an event are different events; a name without an edition means the one that the report
mentions.
"""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.extraction.linking.matching import extra_parts
from kg.extraction.linking.regions import strip_region

_EDITION = re.compile(r"20\d\d年?|第[一二三四五六七八九十\d]{1,3}届|[春夏秋冬]季(?=.{4})")
# A short name may contain the number of the edition: 七军会 is 第七届军运会.
_NUMERAL = re.compile(r"([二三四五六七八九十]{1,2})(?=[一-鿿]会$)")
_WIDE = re.compile(r"^(?:全国|国际|世界|中国)+")
# The setting of an event, which a name may omit.
_SETTING = re.compile(r"(?:社区|基层|行业|系列|主题|专场)+")
_SETTING_FIRST = re.compile(rf"^{_SETTING.pattern}(?=.{{4}})")
_SHORTEST = 4


def event_core(name: str, regions: Collection[str]) -> str:
    """Return the name of an event without its edition, region and level.

    >>> event_core("第七届世界军人运动会", ()), event_core("七军会", ()), event_core("军运", ())
    ('军人运动会', '军会', '军运会')
    """
    name = _EDITION.sub("", _expand_numeral(name))
    core = _WIDE.sub("", strip_region(name, regions)) or name
    core = _SETTING_FIRST.sub("", core)
    return core + "会" if len(core) == 2 and not core.endswith("会") else core


def is_same_event(short: str, long: str, regions: Collection[str]) -> bool:
    """Return whether two names, the second one fuller, mean the same event.

    >>> is_same_event("军运会", "第七届世界军人运动会", ())
    True
    >>> is_same_event("八军会", "第七届世界军人运动会", ())
    False
    >>> is_same_event("省绿色创业大赛", "全省第六届社区绿色创业大赛", ())
    True
    """
    one, other = _find_editions(short), _find_editions(long)
    if one and other and not one <= other:
        return False
    levels = {
        level for level in (_event_level(short, regions), _event_level(long, regions)) if level
    }
    if len(levels) > 1:
        return False
    core, fuller = event_core(short, regions), event_core(long, regions)
    if core == fuller:
        return len(core) > 2
    gaps = extra_parts(core, fuller)
    if gaps is None or core[0] != fuller[0] or core[-1] != fuller[-1]:
        return False
    if all(_SETTING.fullmatch(gap) for gap in gaps):
        return len(core) >= _SHORTEST
    # An abbreviation of all words of the name: 园博会.
    return len(core) <= _SHORTEST + 1 and core[-2] != fuller[-2] and len(fuller) >= len(core) + 2


def _expand_numeral(name: str) -> str:
    return _NUMERAL.sub(r"第\1届", name) if len(name) <= _SHORTEST else name


def _find_editions(name: str) -> set[str]:
    return {match.group().removesuffix("年") for match in _EDITION.finditer(_expand_numeral(name))}


def _event_level(name: str, regions: Collection[str]) -> str:
    """Return the level in the name of an event as one character, or an empty text."""
    name = _EDITION.sub("", _expand_numeral(name))
    if _WIDE.match(name):
        return "国"
    front = name[: len(name) - len(strip_region(name, regions))]
    return front[-1] if front[-1:] in tuple("省市区县") else ""

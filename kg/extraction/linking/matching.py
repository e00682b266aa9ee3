"""Decide whether two names, one fuller than the other, mean the same thing."""

from __future__ import annotations

import re
from collections.abc import Collection

from kg.extraction.linking.abbreviations import Domain, expand_abbreviations

WORKS = re.compile(r"(?:项目|工程|计划|行动)$")
LEGAL_FORM = re.compile(r"(?:有限责任公司|股份有限公司|有限公司|股份公司|集团)")
# Kinds of bodies for which one more word makes another body: 东湖大学, 东湖理工大学.
_STRICT = re.compile(r"(?:大学|学院|中学|小学|学校|幼儿园|银行|医院|局|委|厅|办)$")
# Characters that make a name mean another thing: numbers, letters, directions, sizes, stages.
_DISTINCTIVE = re.compile(
    r"[\dA-Za-z一二三四五六七八九十百零东南西北前后左右上下内外新旧老大小高中低第分副]|期|区|号"
)
_OMITTED = re.compile(r"(?:综合|提升|改造|升级|建设|整治|修复|环境|区域|专项|工程|项目|全面)+")
_MARKS = re.compile(r"[\s“”‘’《》〈〉（）()·•—-]")
# The seat of a firm before its legal form: 某某（上海）有限公司.
_SEAT = re.compile(r"[（(][一-鿿]{2,4}[）)](?=(?:股份)?(?:有限)?(?:责任)?(?:公司|集团))")
# The grounds of a factory, under various words: 柳钢厂地块, 柳钢厂片.
_GROUNDS = re.compile(r"(?P<works>[一-鿿]{2,10}厂)(?:厂区|地块|片区?)?")
# An area named after a place, if the name of the place has no ending for its kind: 武广商圈.
_AREA = re.compile(r"(?<![湖河江港渠山岛寺塔堤湾桥站园场馆院校路街道巷里村])(?:商圈|片区?)$")
# Schools of one founder are numbered in one sequence, whatever their stages.
_SCHOOL = re.compile(
    r"(?P<school>[一-鿿]{2,12}(?<![省市区县镇乡])第[一二三四五六七八九十]{1,3})(?P<stage>小学|中学|学校)"
)
_SHORTEST = 4
_LOST = 1


def expand_name(name: str, domain: Domain) -> str:
    """Return a name without marks, with abbreviations expanded."""
    return _MARKS.sub("", expand_abbreviations(name, domain))


def is_same_name(short: str, long: str, regions: Collection[str] = ()) -> bool:
    """Return whether two expanded names mean the same thing.

    Args:
        short: A name.
        long: A fuller name.
        regions: Names of the regions that the report is about, which make no difference.

    >>> is_same_name("东湖路改造工程", "东湖路综合改造工程")
    True
    >>> is_same_name("东湖大学", "东湖理工大学")
    False
    """
    short, long = LEGAL_FORM.sub("", short), LEGAL_FORM.sub("", long)
    if short == long:
        return True
    bare_short, bare_long = WORKS.sub("", short), WORKS.sub("", long)
    if len(bare_short) < _SHORTEST or bare_short[0] != bare_long[0]:
        return False
    if bare_short == bare_long:
        return True
    if bare_short[-1] != bare_long[-1]:
        return False
    gaps = extra_parts(bare_short, bare_long)
    if gaps is None or any(_DISTINCTIVE.search(_remove_regions(part, regions)) for part in gaps):
        return False
    if _STRICT.search(short):
        return False
    if all(_OMITTED.fullmatch(part) for part in gaps):
        return True
    if len(gaps) > 1:
        return False
    middle = bare_long.startswith(bare_short[:-2]) and bare_long.endswith(bare_short[-2:])
    return len(gaps[0]) <= _LOST or (middle and len(bare_short) >= _SHORTEST + 2)


def _remove_regions(words: str, regions: Collection[str]) -> str:
    for region in regions:
        words = words.replace(region, "")
    return words


def is_same_firm(short: str, long: str) -> bool:
    """Return whether the full name of a firm is the short one with its seat in brackets.

    >>> is_same_firm("柳信科技", "柳信科技（东海）有限公司")
    True
    >>> is_same_firm("柳信（西山）有限公司", "柳信（东海）有限公司")
    False
    """
    seatless = _SEAT.sub("", long)
    return seatless != long and LEGAL_FORM.sub("", seatless) == LEGAL_FORM.sub("", short)


def is_same_area(short: str, long: str) -> bool:
    """Return whether two names mean the same area: the grounds of a factory or around a place.

    >>> is_same_area("东广", "东广商圈"), is_same_area("柳钢厂片", "柳钢厂地块")
    (True, True)
    >>> is_same_area("东湖", "东湖片区")
    False
    """
    if len(short) > 1 and _AREA.sub("", long) == short != long:
        return True
    one, other = _GROUNDS.fullmatch(short), _GROUNDS.fullmatch(long)
    return bool(one and other and one["works"] == other["works"])


def is_same_school(short: str, long: str) -> bool:
    """Return whether two names mean the same numbered school, once named by its stage.

    >>> is_same_school("柳花第二小学", "柳花第二学校"), is_same_school("柳花二小", "柳花小学")
    (True, False)
    """
    one, other = (_SCHOOL.fullmatch(WORKS.sub("", name)) for name in (short, long))
    if not one or not other or one["school"] != other["school"]:
        return False
    return "学校" in (one["stage"], other["stage"])


def extra_parts(short: str, long: str) -> list[str] | None:
    """Return the parts of `long` between the characters of `short`, or None if one is missing.

    >>> extra_parts("东湖工程", "东湖综合改造工程"), extra_parts("东湖", "西湖")
    (['综合改造'], None)
    """
    gaps, at, gap = [], 0, ""
    for character in long:
        if at < len(short) and short[at] == character:
            if gap:
                gaps.append(gap)
            at, gap = at + 1, ""
        else:
            gap += character
    if gap:
        gaps.append(gap)
    return gaps if at == len(short) else None

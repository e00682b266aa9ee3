"""Which names of one report are the same thing: short forms, and slightly different spellings.

Nothing is linked across kinds, and no roads, subdistricts or communities are: their names differ by
single characters on purpose. What two names differ in must be an abbreviation, a word for works that
a name may lack (综合, 改造, 工程), the middle of a long name, or one character that a spelling has lost.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from kg.extraction.abbreviations import Domain, expand
from kg.model import NameKind

_DOMAINS: dict[NameKind, Domain] = {
    "organization": "organization",
    "place": "place",
    "project": "place",
    "event": "event",
    "body": "department",
}
# Kinds of bodies that are told by one more word only: 东湖大学 is not 东湖理工大学.
_STRICT = re.compile(r"(?:大学|学院|中学|小学|学校|幼儿园|银行|医院|局|委|厅|办)$")
_LEGAL_FORM = re.compile(r"(?:有限责任公司|股份有限公司|有限公司|股份公司|集团)")
# What makes another thing of a name: numbers, letters, directions, sizes, stages.
_DISTINCTIVE = re.compile(
    r"[\dA-Za-z一二三四五六七八九十百零东南西北前后左右上下内外新旧老大小高中低第分副]|期|区|号"
)
_WORKS = re.compile(r"(?:项目|工程|计划|行动)$")
_OMITTED = re.compile(r"(?:综合|提升|改造|升级|建设|整治|修复|环境|区域|专项|工程|项目|全面)+")
_MARKS = re.compile(r"[\s“”‘’《》〈〉（）()·•—-]")
_SHORTEST = 4
_LOST = 1
_GAPS = 2
# The level of the district itself, but not a quarter of it: 区发改局, 江汉区发改局; 开发区管委会.
_LEVEL = re.compile(
    r"^[^区县旗]{0,3}(?<!开发)(?<!商务)(?<!园)(?<!景)(?<!社)[区县旗](?!政府|委|纪委|人大|政协)(?=.{2,})"
)
_BODY_ENDING = re.compile(r"(?:委员会|办公室|分局|局|委|办)$")
_BODY_FILLER = re.compile(r"执法|工作|监督|和|与|及|、")


def link_names(counts: Mapping[tuple[NameKind, str], int]) -> dict[tuple[NameKind, str], str]:
    """Return, for each name that a fuller one of the report stands for, that fuller name.

    Args:
        counts: How often the report uses each name of each kind.

    >>> link_names({("organization", "红会医院"): 4, ("organization", "红十字会医院"): 2})
    {('organization', '红会医院'): '红十字会医院'}
    >>> link_names({("organization", "东湖大学"): 1, ("organization", "东湖理工大学"): 1})
    {}
    """
    links: dict[tuple[NameKind, str], str] = {}
    for kind, domain in _DOMAINS.items():
        if kind == "body":
            continue
        names = sorted({name for of, name in counts if of == kind}, key=lambda n: (-len(n), n))
        plain = {name: _written_out(name, domain) for name in names}
        # Forms of one name begin alike, so that only those are compared.
        fuller: dict[str, list[str]] = {}
        for name in names:
            begun = fuller.setdefault(plain[name][:1], [])
            same = [other for other in begun if _is_same(plain[name], plain[other])]
            if not same:
                begun.append(name)
            if len(same) == 1:
                links[kind, name] = same[0]
            elif same:
                # Of several the most frequent; none of equals, since either could be meant.
                ranked = sorted(same, key=lambda other: -counts[kind, other])
                if counts[kind, ranked[0]] > counts[kind, ranked[1]]:
                    links[kind, name] = ranked[0]
    return links


def _written_out(name: str, domain: Domain) -> str:
    """Return a name without its marks, its short forms written out."""
    return _MARKS.sub("", expand(name, domain))


def _is_same(short: str, long: str) -> bool:
    """Return whether two names written out name the same thing; `long` is the fuller one."""
    if short == long:
        return True
    short, long = _LEGAL_FORM.sub("", short), _LEGAL_FORM.sub("", long)
    if short == long:
        return True
    bare_short, bare_long = _WORKS.sub("", short), _WORKS.sub("", long)
    if len(bare_short) < _SHORTEST or bare_short[0] != bare_long[0]:
        return False
    if bare_short == bare_long:
        return True
    if bare_short[-1] != bare_long[-1]:
        return False
    missing = _missing(bare_short, bare_long)
    if missing is None or any(_DISTINCTIVE.search(part) for part in missing):
        return False
    if _STRICT.search(short):
        return False
    if all(_OMITTED.fullmatch(part) for part in missing):
        return True
    if len(missing) > 1:
        return False
    middle = bare_long.startswith(bare_short[:-2]) and bare_long.endswith(bare_short[-2:])
    return len(missing[0]) <= _LOST or (middle and len(bare_short) >= _SHORTEST + 2)


def _missing(short: str, long: str) -> list[str] | None:
    """Return what `long` has besides the characters of `short`, or None if it lacks one."""
    missing, at, gap = [], 0, ""
    for character in long:
        if at < len(short) and short[at] == character:
            if gap:
                missing.append(gap)
            at, gap = at + 1, ""
        else:
            gap += character
    if gap:
        missing.append(gap)
    return missing if at == len(short) else None


def link_departments(names: Iterable[str], bodies: Sequence[str] = ()) -> dict[str, str]:
    """Return, for each other form of a department's name, the form that the report uses most.

    Bodies of the city, the province and the state keep their level in front (市城管委), so they are
    never taken for the district's own.

    Args:
        names: The departments of all rows, as often as they stand there.
        bodies: Bodies that the cells name.

    >>> link_departments(["发展和改革局", "发展和改革局", "发改局"], ["区发展改革局", "市发改委"])
    {'区发展改革局': '发展和改革局', '发改局': '发展和改革局'}
    >>> link_departments(["城管执法局"], ["城管委", "区城管局"])
    {'区城管局': '城管执法局', '城管委': '城管执法局'}
    """
    counts = Counter(names)
    preferred: dict[str, str] = {}
    for name, _ in sorted(counts.items(), key=lambda item: (-item[1], -len(item[0]), item[0])):
        preferred.setdefault(department_key(name), name)
    links = {}
    for name in sorted({*counts, *bodies}):
        known = preferred.get(department_key(name))
        if known is not None and known != name:
            links[name] = known
    return links


def department_key(name: str) -> str:
    """Return what the forms of a department's name have in common.

    >>> [department_key(name) for name in ("区发改局", "发展改革局", "市发改委")]
    ['发展改革', '发展改革', '市发展改革']
    """
    bare = _LEVEL.sub("", name)
    stem = _BODY_FILLER.sub("", _BODY_ENDING.sub("", expand(bare, "department")))
    return stem if len(stem) > 1 else name


def standard_department(name: str) -> str:
    """Return a department's name without the district's level in front, its short forms written out.

    >>> standard_department("区发改局"), standard_department("建设局")
    ('发展和改革局', '建设局')
    """
    return expand(_LEVEL.sub("", name), "department")


def similar_names(named: Iterable[tuple[NameKind, str]]) -> list[tuple[NameKind, str, str]]:
    """Return pairs of names that look alike, for a person to decide.

    Args:
        named: The names of different things, each with its kind.
    """
    things = sorted(set(named))
    pairs: list[tuple[NameKind, str, str]] = []
    for kind, domain in _DOMAINS.items():
        names = [name for of, name in things if of == kind]
        plain = [_WORKS.sub("", _written_out(name, domain)) for name in names]
        heads: dict[str, list[int]] = {}
        for at, words in enumerate(plain):
            if len(words) >= _SHORTEST:
                heads.setdefault(words[:2], []).append(at)
        for members in heads.values():
            for place, one in enumerate(members):
                for other in members[place + 1 :]:
                    short, long = sorted((plain[one], plain[other]), key=len)
                    missing = _missing(short, long)
                    alike = missing is not None and len(missing) <= _GAPS
                    if alike and short[-1] == long[-1] and len(long) <= 2 * len(short):
                        pairs.append((kind, names[one], names[other]))
    return pairs

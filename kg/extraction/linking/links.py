"""Link the names of a report that mean the same thing: short forms and variant spellings.

Names of different kinds are never linked, nor are roads, subdistricts and communities, whose names
may differ by a single character. Two names may differ by an abbreviation, a word for works that a
name may omit (综合, 改造, 工程), the middle of a long name, one missing character, the region
before the name, or what the rules for firms, schools, areas and events allow.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache

from kg.extraction.linking.abbreviations import Domain
from kg.extraction.linking.event_names import event_core, is_same_event
from kg.extraction.linking.matching import (
    LEGAL_FORM,
    WORKS,
    expand_name,
    extra_parts,
    is_same_area,
    is_same_firm,
    is_same_name,
    is_same_school,
)
from kg.extraction.linking.regions import is_same_but_region, own_regions, strip_region
from kg.model import NameKind

_DOMAINS: dict[NameKind, Domain] = {
    "organization": "organization",
    "place": "place",
    "project": "place",
    "event": "event",
    "body": "department",
}
# A policy is linked only to the same title with the name of the region before it.
_LINKED: tuple[NameKind, ...] = ("organization", "place", "project", "event", "policy")
_SHORTEST = 4
_GAPS = 2


def link_names(counts: Mapping[tuple[NameKind, str], int]) -> dict[tuple[NameKind, str], str]:
    """Return the most used form of a name for each other form of it.

    Of forms that are used equally often, the fuller one is taken.

    Args:
        counts: How often the report uses each name of each kind.

    >>> link_names({("organization", "红会医院"): 4, ("organization", "红十字会医院"): 2})
    {('organization', '红十字会医院'): '红会医院'}
    >>> link_names({("organization", "东湖大学"): 1, ("organization", "东湖理工大学"): 1})
    {}
    """
    links: dict[tuple[NameKind, str], str] = {}
    regions = own_regions(name for _, name in counts)
    for kind in _LINKED:
        names = sorted({name for of, name in counts if of == kind}, key=lambda n: (-len(n), n))
        # Forms of a name have the same first character, so only such names are compared.
        fuller: dict[str, list[str]] = {}
        for name in names:
            begun = fuller.setdefault(_first_character(kind, name, regions), [])
            same = [other for other in begun if _is_same_thing(kind, name, other, regions)]
            if not same:
                begun.append(name)
            if len(same) == 1:
                links[kind, name] = same[0]
            elif same:
                # Of several, the most frequent is taken; if two are equally frequent, none.
                ranked = sorted(same, key=lambda other: -counts[kind, other])
                if counts[kind, ranked[0]] > counts[kind, ranked[1]]:
                    links[kind, name] = ranked[0]
    return _link_to_most_used(links, counts)


def _link_to_most_used(
    links: Mapping[tuple[NameKind, str], str], counts: Mapping[tuple[NameKind, str], int]
) -> dict[tuple[NameKind, str], str]:
    """Return the links with the most used form as target instead of the fuller one."""
    groups: dict[tuple[NameKind, str], list[str]] = {}
    for kind, name in links:
        fullest = name
        while (kind, fullest) in links:
            fullest = links[kind, fullest]
        groups.setdefault((kind, fullest), [fullest]).append(name)
    found: dict[tuple[NameKind, str], str] = {}
    for (kind, _), forms in groups.items():
        preferred = max(forms, key=lambda form: (counts[kind, form], len(form), form))
        found |= {(kind, form): preferred for form in forms if form != preferred}
    return found


def _first_character(kind: NameKind, name: str, regions: frozenset[str]) -> str:
    """Return the first character of all forms of a name, apart from the region before it."""
    plain = _expand_for_kind(kind, name)
    if kind == "event":
        return event_core(plain, regions)[:1]
    return _strip_region(plain, regions)[:1]


def _strip_region(plain: str, regions: frozenset[str]) -> str:
    return strip_region(plain.removeprefix("原"), regions)


def _is_same_thing(kind: NameKind, name: str, other: str, regions: frozenset[str]) -> bool:
    """Return whether two names of a kind mean the same thing; `other` is the fuller one."""
    short, long = _expand_for_kind(kind, name), _expand_for_kind(kind, other)
    if short == long:
        return True
    if is_same_but_region(LEGAL_FORM.sub("", short), LEGAL_FORM.sub("", long), regions):
        return True
    if kind == "organization" and is_same_firm(name, other):
        return True
    if kind == "event" and is_same_event(short, long, regions):
        return True
    if is_same_school(short, long):
        return True
    if kind in ("place", "project") and is_same_area(
        _strip_region(short, regions), _strip_region(long, regions)
    ):
        return True
    return kind != "policy" and is_same_name(short, long, regions)


@lru_cache(maxsize=4096)
def _expand_for_kind(kind: NameKind, name: str) -> str:
    return expand_name(name, _DOMAINS.get(kind, "place"))


def similar_names(named: Iterable[tuple[NameKind, str]]) -> list[tuple[NameKind, str, str]]:
    """Return pairs of similar names, for a person to decide.

    Args:
        named: The names of different things, each with its kind.
    """
    things = sorted(set(named))
    pairs: list[tuple[NameKind, str, str]] = []
    for kind, domain in _DOMAINS.items():
        names = [name for of, name in things if of == kind]
        plain = [WORKS.sub("", expand_name(name, domain)) for name in names]
        heads: dict[str, list[int]] = {}
        for at, words in enumerate(plain):
            if len(words) >= _SHORTEST:
                heads.setdefault(words[:2], []).append(at)
        for members in heads.values():
            for place, one in enumerate(members):
                for other in members[place + 1 :]:
                    short, long = sorted((plain[one], plain[other]), key=len)
                    gaps = extra_parts(short, long)
                    alike = gaps is not None and len(gaps) <= _GAPS
                    if alike and short[-1] == long[-1] and len(long) <= 2 * len(short):
                        pairs.append((kind, names[one], names[other]))
    return pairs

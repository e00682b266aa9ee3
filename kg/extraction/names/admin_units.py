"""Find the administrative units of the gazetteer in cells."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from kg.extraction.lexicon import lexicon_pattern
from kg.extraction.names.mentions import Mention
from kg.gazetteer import Gazetteer
from kg.model import NameKind

# For how many districts patterns are cached.
_DISTRICTS = 16
_OFFICE = re.compile(r"(?P<stem>.{2,6}?)街?街道(?:办事处)?")
_COMMITTEE = re.compile(r"(?:居民委员会|居委会)$")


@lru_cache(_DISTRICTS)
def _forms_pattern(gazetteer: Gazetteer) -> re.Pattern[str]:
    """Return a pattern of all names and aliases."""
    return lexicon_pattern({*gazetteer.subdistricts, *gazetteer.communities, *gazetteer.aliases})


@lru_cache(_DISTRICTS)
def _neighbour_patterns(gazetteer: Gazetteer) -> dict[str, re.Pattern[str]]:
    """Return a pattern of the subdistricts of each other district of the city."""
    return {
        district: re.compile(r"[、和及与]?(" + "|".join(sorted(names, key=len, reverse=True)) + ")")
        for district, names in gazetteer.neighbours.items()
    }


@lru_cache(_DISTRICTS)
def _stem_patterns(gazetteer: Gazetteer) -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str]]:
    """Return subdistricts by stem, a pattern of a list of stems, and one of a stem."""
    stems = {name[:-1]: name for name in gazetteer.subdistricts if name.endswith("街")}
    stems |= {a.removesuffix("街"): s for a, s in gazetteer.aliases.items() if a.endswith("街")}
    stem = "|".join(map(re.escape, sorted(stems, key=len, reverse=True)))
    counted = r"(?:等)?(?:[\d一二三四五六七八九十]{1,3}[个条])?街道?"
    items = rf"(?:(?:{stem})街?[、和及与]){{1,40}}(?:{stem})街?"
    return stems, re.compile(items + counted), re.compile(stem)


def find_admin_units(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Yield the mentions of listed units in a cell, also of those in a list of stems."""
    for match in _forms_pattern(gazetteer).finditer(text):
        form, (start, end) = match.group(), match.span()
        name = gazetteer.aliases.get(form, form)
        kind: NameKind = "community" if name in gazetteer.communities else "subdistrict"
        if kind == "subdistrict" and form == name and text[end : end + 1] == "道":
            continue
        yield Mention(kind, name, start, end, "gazetteer")
    if gazetteer.neighbours:
        for match in re.finditer("|".join(gazetteer.neighbours), text):
            pattern, at = _neighbour_patterns(gazetteer)[match.group()], match.end()
            while found := pattern.match(text, at):
                at = found.end()
                yield Mention("subdistrict", found[1], *found.span(1), "gazetteer:neighbour")
    yield from _unfold_stems(text, gazetteer)


def _unfold_stems(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Yield the subdistricts in lists of stems."""
    stems, pattern, stem = _stem_patterns(gazetteer)
    if not stems:
        return
    for match in pattern.finditer(text):
        words = match.group()
        items = list(stem.finditer(words))
        if all(words[item.end() : item.end() + 1] == "街" for item in items):
            continue  # complete names, which the main pattern matches
        for item in items:
            yield Mention("subdistrict", stems[item.group()], *match.span(), "gazetteer:list")


def admin_unit_name(kind: NameKind, name: str, gazetteer: Gazetteer) -> str:
    """Return the short form of a unit's name; other names stay as they are.

    >>> admin_unit_name("subdistrict", "柳林街道办事处", Gazetteer())
    '柳林街'
    """
    if name in gazetteer.aliases:
        return gazetteer.aliases[name]
    if kind == "subdistrict" and (office := _OFFICE.fullmatch(name)):
        return office["stem"] + "街"
    return _COMMITTEE.sub("", name) if kind == "community" else name

"""The administrative units that a cell names: subdistricts and residents' communities."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extraction.lexicon import lexicon
from kg.extraction.mentions import Mention
from kg.extraction.words import chunks, is_proper
from kg.gazetteer import Gazetteer
from kg.model import NameKind

_STREET_OFFICE = re.compile(r"(?P<stem>[一-鿿]{2,6}?)街?街道(?:办事处)?")
_COMMUNITY = re.compile(r"(?P<name>[^\W_a-z]{1,16}?社区)(?:居民委员会|居委会)?")
# What a community's name is not followed by: then 社区 belongs to the next word.
_SERVICE = re.compile(r"卫生|医院|服务|工作|教育|治理|养老|文化|物业|嵌入|党|网格|矫正|警务")
_LONGEST_CORE = 5
_NO_CORE = re.compile(r"[进个届次]$|^[进入持届逐跨]|优秀|获")
_ABOVE = re.compile(r".*(?:街道?(?:办事处)?|[区镇乡县市])(?=.{2})")


@cache
def _forms(gazetteer: Gazetteer) -> re.Pattern[str]:
    """Return a pattern of every written form."""
    return lexicon({*gazetteer.subdistricts, *gazetteer.communities, *gazetteer.aliases})


@cache
def _neighbours(gazetteer: Gazetteer) -> dict[str, re.Pattern[str]]:
    """Return, for each other district of the city, a pattern of its subdistricts."""
    return {
        district: re.compile(r"[、和及与]?(" + "|".join(sorted(names, key=len, reverse=True)) + ")")
        for district, names in gazetteer.neighbours.items()
    }


def _listed(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Yield the units that the gazetteer lists, wherever they stand."""
    for match in _forms(gazetteer).finditer(text):
        form, (start, end) = match.group(), match.span()
        name = gazetteer.aliases.get(form, form)
        kind: NameKind = "community" if name in gazetteer.communities else "subdistrict"
        if kind == "subdistrict" and form == name and text[end : end + 1] == "道":
            continue
        yield Mention(kind, name, start, end, "gazetteer")
    if gazetteer.neighbours:
        for match in re.finditer("|".join(gazetteer.neighbours), text):
            pattern, at = _neighbours(gazetteer)[match.group()], match.end()
            while found := pattern.match(text, at):
                at = found.end()
                yield Mention("subdistrict", found[1], *found.span(1), "gazetteer:neighbour")


@cache
def _stems(gazetteer: Gazetteer) -> tuple[dict[str, str], re.Pattern[str], re.Pattern[str]]:
    """Return subdistricts by stem, a pattern of an enumeration of stems, and one of a stem."""
    stems = {name[:-1]: name for name in gazetteer.subdistricts if name.endswith("街")}
    stems |= {a.removesuffix("街"): s for a, s in gazetteer.aliases.items() if a.endswith("街")}
    stem = "|".join(map(re.escape, sorted(stems, key=len, reverse=True)))
    pattern = re.compile(
        rf"(?:(?:{stem})街?[、和及与]){{1,40}}(?:{stem})街?(?:等)?(?:[\d一二三四五六七八九十]{{1,3}}[个条])?街道?"
    )
    return stems, pattern, re.compile(stem)


def _unfolded(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Yield subdistricts of which an enumeration gives the stems only."""
    stems, pattern, stem = _stems(gazetteer)
    if not stems:
        return
    for match in pattern.finditer(text):
        words = match.group()
        items = list(stem.finditer(words))
        if all(words[item.end() : item.end() + 1] == "街" for item in items):
            continue  # whole names, which the list of units holds
        for item in items:
            yield Mention("subdistrict", stems[item.group()], *match.span(), "enumeration:街道")


def find_units(text: str, gazetteer: Gazetteer) -> Iterator[Mention]:
    """Yield the subdistricts and communities that a cell names.

    Listed units are found anywhere; others by their suffix, behind what ends a name on the left.

    >>> [m.name for m in find_units("在柳树社区、河西社区等2个社区试点", Gazetteer())]
    ['柳树社区', '河西社区']
    """
    yield from _listed(text, gazetteer)
    yield from _unfolded(text, gazetteer)
    for chunk in chunks(text):
        words = text[chunk.start : chunk.end]
        for match in _COMMUNITY.finditer(words):
            if _SERVICE.match(words, match.end()):
                continue
            above = _ABOVE.match(match["name"])
            begin = above.end() if above else 0
            name = match["name"][begin:]
            core = name.removesuffix("社区")
            if len(core) <= _LONGEST_CORE and is_proper(core) and not _NO_CORE.search(core):
                at = chunk.start + match.start() + begin
                yield Mention("community", name, at, chunk.start + match.end(), "suffix:社区")
        if not gazetteer.subdistricts:
            for match in _STREET_OFFICE.finditer(words):
                if is_proper(match["stem"]):
                    at = chunk.start
                    span = at + match.start(), at + match.end()
                    yield Mention("subdistrict", match["stem"] + "街", *span, "suffix:街道")

"""The subdistricts, communities and regions that a document of one place may name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from kg.gazetteer.divisions import (
    FOLDER,
    current_names,
    jurisdiction,
    read_divisions,
    stem,
    townships,
    upper_divisions,
)
from kg.model import NameKind
from kg.resources import resource

# The level of a government; a few codes belong to areas without one (三沙市西沙群岛).
_LEVEL = re.compile("(?:自治区|街道|[省市州盟区县旗镇乡])$")
# How many gazetteers are cached.
_DISTRICTS = 16
HIGHEST_TOWNSHIP = 399  # codes from 400 on are development zones and farms (GB/T 10114)


@dataclass(frozen=True, slots=True)
class Subdivision:
    """A subdistrict, town, township or community: its code and its official name."""

    code: str
    official: str


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """The subdivisions and regions that a report of one place may name.

    Attributes:
        subdistricts: Subdistricts by short form, which ends in 街, 镇 or 乡.
        communities: Communities by short form, which ends in 社区.
        aliases: Other written forms of both, each with its short form.
        neighbours: Short forms of the subdistricts of the city's other districts, by district.
        level: The word before the names of the government's own offices: 区, 市.
        regions: Names of the place itself, and of all cities and provinces.
    """

    subdistricts: Mapping[str, Subdivision] = field(default_factory=dict)
    communities: Mapping[str, Subdivision] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    neighbours: Mapping[str, frozenset[str]] = field(default_factory=dict)
    level: str = ""
    regions: frozenset[str] = frozenset()

    def code(self, kind: NameKind, name: str) -> str | None:
        """Return the statistical code of a subdistrict or community by its short form."""
        listed = {"subdistrict": self.subdistricts, "community": self.communities}.get(kind, {})
        subdivision = listed.get(name)
        return subdivision.code if subdivision else None


def short_subdistrict(official: str) -> str:
    """Return the short form of a subdistrict's, town's or township's name.

    >>> [short_subdistrict(name) for name in ("民权街街道", "长轩岭街道办事处", "李集镇")]
    ['民权街', '长轩岭街', '李集镇']
    """
    return re.sub(r"街?街道$", "街", re.sub(r"(?:办事处|人民政府)$", "", official))


def short_community(official: str) -> str:
    """Return the short form of a community's name.

    >>> [short_community(name) for name in ("万年社区居委会", "锦里社区居民委员会", "蕃瓜弄居委会")]
    ['万年社区', '锦里社区', '蕃瓜弄社区']
    """
    return re.sub(r"(?:社区)?(?:居民?委员?会)?$", "", official) + "社区"


def _subdistricts(district: str) -> Iterator[tuple[str, str]]:
    for code, name in townships().items():
        within = code.startswith(district) and code != district
        if within and int(code[6:]) <= HIGHEST_TOWNSHIP:
            yield code, name


@lru_cache(_DISTRICTS)
def load_gazetteer(code: str | None) -> Gazetteer:
    """Return the gazetteer of the place with that code; an empty one if the code is None.

    >>> load_gazetteer("420103").subdistricts["民权街"]
    Subdivision(code='420103004', official='民权街街道')
    >>> load_gazetteer("420103").level
    '区'

    Raises:
        InputError: No place has that code.
    """
    if code is None:
        return Gazetteer()
    own = jurisdiction(code).name
    aliases: dict[str, str] = {}

    def by_short_form(listing: Iterator[tuple[str, str]]) -> Iterator[tuple[str, Subdivision]]:
        """Yield short forms with their subdivisions, and record their aliases."""
        for listed_code, listed in listing:
            official, others = current_names().get(listed_code, (listed, []))
            is_community = len(listed_code) == 12
            short = short_community(official) if is_community else short_subdistrict(official)
            forms = [] if is_community else [short + "道", short + "办事处", short + "道办事处"]
            for form in (*others, official, *forms):
                if form != short:
                    aliases[form] = short
            yield short, Subdivision(listed_code, official)

    path = resource(*FOLDER, "communities", f"{code[:2]}.csv.gz")
    subdistricts: dict[str, Subdivision] = {}
    for short, subdivision in by_short_form(_subdistricts(code)):
        subdistricts.setdefault(short, subdivision)
    communities = dict(
        by_short_form(row for row in read_divisions(path) if row[0].startswith(code))
    )
    above = (name for division, name in upper_divisions().items() if len(division) <= 4)
    neighbours: dict[str, set[str]] = {}
    for sub, name in _subdistricts(code[:4]):
        if not sub.startswith(code):
            neighbours.setdefault(upper_divisions()[sub[:6]], set()).add(short_subdistrict(name))
    return Gazetteer(
        subdistricts,
        communities,
        aliases,
        {district: frozenset(names) for district, names in neighbours.items()},
        level[0] if (level := _LEVEL.search(own)) else "",
        frozenset({own, *(form for name in above for form in (name, stem(name)))}),
    )

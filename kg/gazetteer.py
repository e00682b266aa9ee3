"""Which administrative units there are: districts, and the subdistricts and communities of one."""

from __future__ import annotations

import csv
import gzip
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path

from kg.errors import InputError
from kg.model import Jurisdiction, NameKind
from kg.resources import resource

_FOLDER = ("data", "gazetteer")
_NO_NAME = re.compile(r"市辖区|县|(省|自治区)直辖县级行政区划")
# Names that are also common nouns: they count only behind their city's name.
_COMMON_NOUN = frozenset({"城区", "郊区", "矿区", "新城区", "市中区", "城中区"})
# The peoples whose names stand in those of autonomous regions and prefectures.
_PEOPLE = (
    "(?:壮|回|维吾尔|土家|苗|藏|羌|彝|布依|侗|哈尼|傣|白|景颇|傈僳|蒙古|哈萨克|柯尔克孜|朝鲜)族?"
)
_KIND_OF_UNIT = re.compile(rf"(?:(?:{_PEOPLE}){{0,3}}自治[区州]|[省市盟]|地区)$")
_KIND_OF_DISTRICT = re.compile(r"(?<=.)(新区|自治县|区|县|市|旗)$")
# What may stand before a district's name in a title, if not its city.
_LEAD_IN = re.compile(r"(?:^|[^一-鿿]|关于|印发|年度?)$")
# What follows a city's name in the title of a report of its own.
_CITY = re.compile(
    r"(?<=[市州盟区])(?=人民政府|政府|委|20\d\d|《|〈|“|「|办公|关于|年度|重点|民生|为民|十|市级|本级|[区市]?政府工作)"
)
# The level of a government; a few codes are of areas without one (三沙市西沙群岛).
_LEVEL = re.compile("(?:自治区|[省市州盟区县旗])$")
# How many districts' units are kept at a time.
_DISTRICTS = 16
_LONGEST_DISTRICT = 15
_LONGEST_TITLE = 300
_HIGHEST_TOWNSHIP = 399  # codes from 400 on are development zones and farms (GB/T 10114)


@dataclass(frozen=True, slots=True)
class Unit:
    """A subdistrict, town, township or community: its code and its official name."""

    code: str
    official: str


@dataclass(frozen=True, slots=True, eq=False)
class Gazetteer:
    """The units that a report of one district may name.

    Attributes:
        subdistricts: Units by short form, which ends in 街, 镇 or 乡.
        communities: Units by short form, which ends in 社区.
        aliases: Other written forms of both, with the short form they stand for.
        neighbours: Short forms of the subdistricts of the city's other districts, by district.
        level: The word that stands in front of the names of the government's own offices: 区, 市.
        regions: Names of the report's own area, and of all cities and provinces.
    """

    subdistricts: Mapping[str, Unit] = field(default_factory=dict)
    communities: Mapping[str, Unit] = field(default_factory=dict)
    aliases: Mapping[str, str] = field(default_factory=dict)
    neighbours: Mapping[str, frozenset[str]] = field(default_factory=dict)
    level: str = ""
    regions: frozenset[str] = frozenset()

    def code(self, kind: NameKind, name: str) -> str | None:
        """Return the statistical code of a subdistrict or community by its short form."""
        units = {"subdistrict": self.subdistricts, "community": self.communities}.get(kind, {})
        unit = units.get(name)
        return unit.code if unit else None


def _rows(path: Path, digits: str = "+") -> list[tuple[str, str]]:
    """Return the codes and names in a table; `digits` is how many a code has, as in a pattern."""
    text = gzip.decompress(path.read_bytes()).decode("utf-8")
    return re.findall(rf"^(\d{digits}),(.*)$", text, re.MULTILINE)


@cache
def _divisions() -> dict[str, str]:
    return dict(_rows(resource(*_FOLDER, "divisions.csv.gz")))


@cache
def _upper() -> dict[str, str]:
    """Return the names of provinces, cities and districts by code: few, and often all one needs."""
    return dict(_rows(resource(*_FOLDER, "divisions.csv.gz"), "{2,6}"))


@cache
def _districts() -> dict[str, list[str]]:
    """Return the codes of the districts by name."""
    districts: dict[str, list[str]] = {}
    for code, name in _upper().items():
        if len(code) == 6:
            districts.setdefault(name, []).append(code)
    return districts


def _stem(name: str) -> str:
    """Return the name of a province or city without what kind of unit it is.

    >>> _stem("武汉市"), _stem("广西壮族自治区"), _stem("恩施土家族苗族自治州")
    ('武汉', '广西', '恩施')
    """
    return _KIND_OF_UNIT.sub("", name) or name


@cache
def _above() -> dict[str, list[str]]:
    """Return the codes of provinces and cities by full name and by stem."""
    above: dict[str, list[str]] = {}
    for code, name in _upper().items():
        if len(code) <= 4 and not _NO_NAME.fullmatch(name):
            for form in {name, _stem(name)}:
                above.setdefault(form, []).append(code)
    return above


def _containers(text: str) -> list[str]:
    """Return the codes of the province or city whose name ends `text`."""
    above = _above()
    for start in range(max(0, len(text) - _LONGEST_DISTRICT), len(text) - 1):
        if codes := above.get(text[start:]):
            return codes
    return []


def find_jurisdiction(text: str) -> Jurisdiction | None:
    """Return the district that a report's title names, or None where it is not certain.

    The city or the province before the name tells districts of the same name apart.

    >>> find_jurisdiction("江汉区《2019政府工作报告》责任事项进展情况表")
    Jurisdiction(code='420103', name='江汉区')
    >>> find_jurisdiction("朝阳区2020年重点任务表") is None
    True
    >>> find_jurisdiction("长春市朝阳区2020年重点任务表")
    Jurisdiction(code='220104', name='朝阳区')
    """
    text = text[:_LONGEST_TITLE]
    districts = _districts()
    for start in range(len(text)):
        containers = _containers(text[:start])
        if not containers and not _LEAD_IN.search(text[:start]):
            continue
        for end in range(min(len(text), start + _LONGEST_DISTRICT), start + 1, -1):
            name = text[start:end]
            codes = districts.get(name)
            if codes is None or (name in _COMMON_NOUN and not containers):
                continue
            if containers:
                codes = [code for code in codes if code.startswith(tuple(containers))]
            return Jurisdiction(codes[0], name) if len(codes) == 1 else None
    return None


def find_city(text: str) -> Jurisdiction | None:
    """Return the city whose own report a title names: its name, and no district behind it.

    >>> find_city("湖州市2020年重点工作责任分解"), find_city("湖州市某某区2020年重点工作")
    (Jurisdiction(code='330500', name='湖州市'), None)
    """
    for match in _CITY.finditer(text[:_LONGEST_TITLE]):
        for start in range(max(0, match.start() - _LONGEST_DISTRICT), match.start()):
            codes = _above().get(text[start : match.start()], ())
            found = [code for code in codes if len(code) == 4]
            if len(found) == 1 and _KIND_OF_UNIT.search(text[start : match.start()]):
                return Jurisdiction(f"{found[0]}00", _upper()[found[0]])
    return None


def jurisdiction(code: str) -> Jurisdiction:
    """Return the district, city or province with that code.

    >>> jurisdiction("420103"), jurisdiction("330500")
    (Jurisdiction(code='420103', name='江汉区'), Jurisdiction(code='330500', name='湖州市'))
    >>> jurisdiction("350000")
    Jurisdiction(code='350000', name='福建省')

    Raises:
        InputError: Nothing has that code.
    """
    above = [code[:size] for size in (4, 2) if code[size:] == "0" * (6 - size)]
    name = next((name for part in (code, *above) if (name := _upper().get(part))), None)
    if name is None or len(code) != 6:
        raise InputError(
            f"{code}: not the code of a district, city or province; give the six-digit "
            "GB/T 2260 code, such as 420103 for a district or 330500 for a city"
        )
    return Jurisdiction(code, name)


@cache
def _romanised() -> Counter[str]:
    """Return how many districts and cities are called alike in pinyin."""
    return Counter(_pinyin(name) for code, name in _upper().items() if len(code) > 2)


def _pinyin(name: str) -> str:
    from pypinyin import lazy_pinyin

    # With the kind of district, which tells how 朝阳 is read.
    return "".join(lazy_pinyin(name)[: len(_KIND_OF_DISTRICT.sub("", name))])


def romanised(place: Jurisdiction) -> str:
    """Return the name of a district or city in pinyin; its code tells it from others of that name.

    >>> romanised(Jurisdiction("420103", "江汉区")), romanised(Jurisdiction("330106", "西湖区"))
    ('jianghan', 'xihu-330106')
    """
    name = _pinyin(place.name)
    return f"{name}-{place.code}" if place.code and _romanised()[name] > 1 else name


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


@cache
def _renamed() -> dict[str, tuple[str, list[str]]]:
    """Return the present official name and the further aliases of a code."""
    renamed: dict[str, tuple[str, list[str]]] = {}
    with resource(*_FOLDER, "aliases.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            _, aliases = renamed.setdefault(row["code"], (row["name"], []))
            if row["alias"]:
                aliases.append(row["alias"])
    return renamed


def _subdistricts(district: str) -> Iterator[tuple[str, str]]:
    for code, name in _divisions().items():
        if len(code) == 9 and code.startswith(district) and int(code[6:]) <= _HIGHEST_TOWNSHIP:
            yield code, name


@lru_cache(_DISTRICTS)
def load_gazetteer(code: str | None) -> Gazetteer:
    """Return the units of the district with that code; none where the code is not known.

    >>> load_gazetteer("420103").subdistricts["民权街"]
    Unit(code='420103004', official='民权街街道')
    >>> load_gazetteer("420103").level
    '区'

    Raises:
        InputError: Nothing has that code.
    """
    if code is None:
        return Gazetteer()
    own = jurisdiction(code).name
    aliases: dict[str, str] = {}

    def named(rows: Iterator[tuple[str, str]]) -> Iterator[tuple[str, Unit]]:
        """Yield short forms with their units, and note their aliases."""
        for unit, listed in rows:
            official, others = _renamed().get(unit, (listed, []))
            is_community = len(unit) == 12
            short = short_community(official) if is_community else short_subdistrict(official)
            forms = [] if is_community else [short + "道", short + "办事处", short + "道办事处"]
            for form in (*others, official, *forms):
                if form != short:
                    aliases[form] = short
            yield short, Unit(unit, official)

    path = resource(*_FOLDER, "communities", f"{code[:2]}.csv.gz")
    subdistricts: dict[str, Unit] = {}
    for short, unit in named(_subdistricts(code)):
        subdistricts.setdefault(short, unit)
    communities = dict(named(row for row in _rows(path) if row[0].startswith(code)))
    neighbours: dict[str, set[str]] = {}
    for sub, name in _subdistricts(code[:4]):
        if not sub.startswith(code):
            neighbours.setdefault(_upper()[sub[:6]], set()).add(short_subdistrict(name))
    return Gazetteer(
        subdistricts,
        communities,
        aliases,
        {district: frozenset(names) for district, names in neighbours.items()},
        level[0] if (level := _LEVEL.search(own)) else "",
        frozenset({own, *_above()}),
    )

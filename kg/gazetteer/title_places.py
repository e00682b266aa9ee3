"""Find the place whose document it is in a title or letterhead."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg.gazetteer.divisions import jurisdiction, stem, townships, upper_divisions
from kg.gazetteer.subdivisions import HIGHEST_TOWNSHIP, short_subdistrict
from kg.model import Jurisdiction

# Names that are also common nouns: they count only after their city's name.
_COMMON_NOUN = frozenset({"城区", "郊区", "矿区", "新城区", "市中区", "城中区"})
# The kind in short names of autonomous areas: 恩施州, 长阳县.
_SHORT_KIND = re.compile(r"自治([州县旗])$")
# What may precede the name of the place whose document it is.
_LEAD_IN = re.compile(
    r"(?:^|[^一-鿿、，,]|[一二三四五六七八九十]、|关于(?:对|做好|调整)?|印发|下达|公布|年度?|中共|总局|通知|附[件表])$"
)
# What forms a common word with a place's last character: 市场, 市民热线, 区域.
_WORD = re.compile(
    r"(?<=市)(?:场(?!馆)|容|民(?=热线|中心|群众|服务|素质|文明|满意)|政(?=工程|设施|道路|园林|公用|基础|建设))"
    r"|(?<=区)域|(?<=[镇乡])村"
)
# What follows the addressees of a letter: 江汉区、硚口区人民政府：
_ADDRESSED = re.compile("(?:人民)?(?:政府)?[、：:]")
# What must follow the stem of a city's name, or a town's name without its county's before it.
_YEAR = re.compile(r"[\s“《]*20\d\d")
_ITS_OWN = re.compile(rf"{_YEAR.pattern}|人民政府|办事处|党[委工]|关于")
# A prefix of all codes.
_ANYWHERE = ("",)
_LONGEST_NAME = 18
_LONGEST_TITLE = 300
_LONGEST_LEAD_IN = 4


@dataclass(frozen=True, slots=True)
class NamedPlace:
    """A place that a text names, with several codes if the name is ambiguous.

    Attributes:
        name: Its name as written.
        codes: The codes of the places with that name, of two to nine digits.
        end: Where the name ends in the text.
    """

    name: str
    codes: tuple[str, ...]
    end: int

    @property
    def places(self) -> tuple[Jurisdiction, ...]:
        """The places with that name."""
        return tuple(jurisdiction(code.ljust(6, "0")) for code in self.codes)


def find_jurisdiction(text: str) -> Jurisdiction | None:
    """Return the place that a report's title names, or None if it is not certain.

    A city or province before the name distinguishes districts with the same name.

    >>> find_jurisdiction("江汉区《2019政府工作报告》责任事项进展情况表")
    Jurisdiction(code='420103', name='江汉区')
    >>> find_jurisdiction("朝阳区2020年重点任务表") is None
    True
    >>> find_jurisdiction("长春市朝阳区2020年重点任务表")
    Jurisdiction(code='220104', name='朝阳区')
    >>> find_jurisdiction("湖州市2020年重点工作责任分解")
    Jurisdiction(code='330500', name='湖州市')
    """
    named = find_place(text)
    return named.places[0] if named and len(named.codes) == 1 else None


def find_place(text: str) -> NamedPlace | None:
    """Return the first place that a text names as a title does; of several in a row, the lowest.

    >>> find_place("关于印发上海市普陀区2021年重点工作的通知")
    NamedPlace(name='普陀区', codes=('310107',), end=10)
    >>> find_place("坚持市场驱动，与武汉市合作") is None
    True
    """
    text = text[:_LONGEST_TITLE]
    starts = (
        at for at in range(len(text)) if _LEAD_IN.search(text, max(0, at - _LONGEST_LEAD_IN), at)
    )
    return next((named for at in starts if (named := _place_at(text, at))), None)


def has_listed_ending(name: str) -> bool:
    """Return whether a name ends with the shorter name of a listed place.

    >>> has_listed_ending("督查江汉区"), has_listed_ending("江汉区")
    (True, False)
    """
    ends = (name[at:] for at in range(1, len(name)))
    return any(end in _codes_by_name() and end not in _COMMON_NOUN for end in ends)


def _place_at(text: str, at: int) -> NamedPlace | None:
    """Return the lowest of the places in a row: 湖北省武汉市江汉区."""
    found = None
    within: tuple[str, ...] = _ANYWHERE
    while named := _longest_place(text, at, within):
        at, within = named.end, named.codes
        is_stem = named.name in _codes_by_stem() and named.name not in _codes_by_name()
        if (not is_stem or _YEAR.match(text, at)) and not _WORD.match(text, at):
            found = named
    return None if found is None or _ADDRESSED.match(text, found.end) else found


def _longest_place(text: str, at: int, within: tuple[str, ...]) -> NamedPlace | None:
    """Return the place with the longest name at a position, within the places before it."""
    for end in range(min(len(text), at + _LONGEST_NAME), at + 1, -1):
        name = text[at:end]
        if name in _COMMON_NOUN and within == _ANYWHERE:
            continue
        listed = (*_codes_by_name().get(name, ()), *_codes_by_stem().get(name, ()))
        if codes := _codes_within(listed, within):
            return NamedPlace(name, codes, end)
    return _township_at(text, at, within)


def _township_at(text: str, at: int, within: tuple[str, ...]) -> NamedPlace | None:
    """Return the town at a position, if a place above it or words of an author surround it."""
    for end in range(min(len(text), at + _LONGEST_NAME), at + 2, -1):
        if text[end - 1] not in "镇乡街道":
            continue
        codes = _codes_within(_codes_by_township().get(short_subdistrict(text[at:end]), ()), within)
        if codes and (within != _ANYWHERE or _ITS_OWN.match(text, end)):
            return NamedPlace(text[at:end], codes, end)
    return None


def _codes_within(codes: Iterable[str], places: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in codes if any(code.startswith(p) and code != p for p in places))


@cache
def _codes_by_name() -> dict[str, tuple[str, ...]]:
    """Return the codes of provinces, cities and districts by their full and short names."""
    names: dict[str, tuple[str, ...]] = {}
    for code, name in upper_divisions().items():
        # A city without districts is also listed as its only district.
        if len(code) < 6 or upper_divisions().get(code[:4]) != name:
            names[name] = (*names.get(name, ()), code)
    for name in [name for name in names if _SHORT_KIND.search(name)]:
        kind = _SHORT_KIND.search(name)
        assert kind
        names.setdefault(stem(name) + kind[1], names[name])
    return names


@cache
def _codes_by_stem() -> dict[str, tuple[str, ...]]:
    """Return the codes of provinces and cities by their names without the kind of division."""
    stems: dict[str, tuple[str, ...]] = {}
    for code, name in upper_divisions().items():
        if len(code) <= 4:
            stems[stem(name)] = (*stems.get(stem(name), ()), code)
    return stems


@cache
def _codes_by_township() -> dict[str, tuple[str, ...]]:
    """Return the codes of subdistricts, towns and townships by their short names."""
    names: dict[str, tuple[str, ...]] = {}
    for code, name in townships().items():
        if int(code[6:]) <= HIGHEST_TOWNSHIP:
            short = short_subdistrict(name)
            names[short] = (*names.get(short, ()), code)
    return names

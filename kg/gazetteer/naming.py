"""Which listed place a title or a letterhead names as the one whose document it is."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from kg.gazetteer.divisions import jurisdiction, stem, townships, upper
from kg.gazetteer.units import HIGHEST_TOWNSHIP, short_subdistrict
from kg.model import Jurisdiction

# Names that are also common nouns: they count only behind their city's name.
_COMMON_NOUN = frozenset({"城区", "郊区", "矿区", "新城区", "市中区", "城中区"})
# How autonomous areas are called in short: 恩施州, 长阳县.
_SHORT_KIND = re.compile(r"自治([州县旗])$")
# What may stand before the name of the place whose document it is.
_LEAD_IN = re.compile(
    r"(?:^|[^一-鿿、，,]|[一二三四五六七八九十]、|关于(?:对|做好|调整)?|印发|下达|公布|年度?|中共|总局|通知|附[件表])$"
)
# What makes a common word of a place's last character: 市场, 市民热线, 区域.
_WORD = re.compile(
    r"(?<=市)(?:场(?!馆)|容|民(?=热线|中心|群众|服务|素质|文明|满意)|政(?=工程|设施|道路|园林|公用|基础|建设))"
    r"|(?<=区)域|(?<=[镇乡])村"
)
# Those to whom a letter is sent: 江汉区、硚口区人民政府：
_ADDRESSED = re.compile("(?:人民)?(?:政府)?[、：:]")
# What follows the stem of a city's name, or a town's name without its county's before it.
_YEAR = re.compile(r"[\s“《]*20\d\d")
_ITS_OWN = re.compile(rf"{_YEAR.pattern}|人民政府|办事处|党[委工]|关于")
# What all codes begin with.
_ANYWHERE = ("",)
_LONGEST_NAME = 18
_LONGEST_TITLE = 300
_LONGEST_LEAD_IN = 4


@dataclass(frozen=True, slots=True)
class Named:
    """A place that a text names: its codes, of which there are several where its name is of many.

    Attributes:
        name: Its name as written.
        codes: The codes of the places of that name, in two to nine digits.
        end: Where the name ends in the text.
    """

    name: str
    codes: tuple[str, ...]
    end: int

    @property
    def places(self) -> tuple[Jurisdiction, ...]:
        """The places of that name."""
        return tuple(jurisdiction(code.ljust(6, "0")) for code in self.codes)


def find_jurisdiction(text: str) -> Jurisdiction | None:
    """Return the place that a report's title names, or None where it is not certain.

    The city or the province before the name tells districts of the same name apart.

    >>> find_jurisdiction("江汉区《2019政府工作报告》责任事项进展情况表")
    Jurisdiction(code='420103', name='江汉区')
    >>> find_jurisdiction("朝阳区2020年重点任务表") is None
    True
    >>> find_jurisdiction("长春市朝阳区2020年重点任务表")
    Jurisdiction(code='220104', name='朝阳区')
    >>> find_jurisdiction("湖州市2020年重点工作责任分解")
    Jurisdiction(code='330500', name='湖州市')
    """
    named = find_named(text)
    return named.places[0] if named and len(named.codes) == 1 else None


def find_named(text: str) -> Named | None:
    """Return the first place that stands in a text as in a title, the lowest of those in a row.

    >>> find_named("关于印发上海市普陀区2021年重点工作的通知")
    Named(name='普陀区', codes=('310107',), end=10)
    >>> find_named("坚持市场驱动，与武汉市合作") is None
    True
    """
    text = text[:_LONGEST_TITLE]
    starts = (
        at for at in range(len(text)) if _LEAD_IN.search(text, max(0, at - _LONGEST_LEAD_IN), at)
    )
    return next((named for at in starts if (named := _named_at(text, at))), None)


def ends_in_listed(name: str) -> bool:
    """Tell whether the name of a listed place stands at the end of what looks like another.

    >>> ends_in_listed("督查江汉区"), ends_in_listed("江汉区")
    (True, False)
    """
    ends = (name[at:] for at in range(1, len(name)))
    return any(end in _names() and end not in _COMMON_NOUN for end in ends)


def _named_at(text: str, at: int) -> Named | None:
    """Return the lowest of the places that stand in a row: 湖北省武汉市江汉区."""
    found = None
    within: tuple[str, ...] = _ANYWHERE
    while named := _next(text, at, within):
        at, within = named.end, named.codes
        is_whole = named.name not in _stems() or named.name in _names() or _YEAR.match(text, at)
        if is_whole and not _WORD.match(text, at):
            found = named
    return None if found is None or _ADDRESSED.match(text, found.end) else found


def _next(text: str, at: int, within: tuple[str, ...]) -> Named | None:
    """Return the place with the longest name at a position, within those named before."""
    for end in range(min(len(text), at + _LONGEST_NAME), at + 1, -1):
        name = text[at:end]
        if name in _COMMON_NOUN and within == _ANYWHERE:
            continue
        listed = (*_names().get(name, ()), *_stems().get(name, ()))
        if codes := _within(listed, within):
            return Named(name, codes, end)
    return _township(text, at, within)


def _township(text: str, at: int, within: tuple[str, ...]) -> Named | None:
    """Return the town at a position: of a place named before it, or plainly the author."""
    for end in range(min(len(text), at + _LONGEST_NAME), at + 2, -1):
        if text[end - 1] not in "镇乡街道":
            continue
        codes = _within(_townships().get(short_subdistrict(text[at:end]), ()), within)
        if codes and (within != _ANYWHERE or _ITS_OWN.match(text, end)):
            return Named(text[at:end], codes, end)
    return None


def _within(codes: Iterable[str], places: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(code for code in codes if any(code.startswith(p) and code != p for p in places))


@cache
def _names() -> dict[str, tuple[str, ...]]:
    """Return the codes of provinces, cities and districts by their names, whole or usual."""
    names: dict[str, tuple[str, ...]] = {}
    for code, name in upper().items():
        # A city without districts is listed as its only one too.
        if len(code) < 6 or upper().get(code[:4]) != name:
            names[name] = (*names.get(name, ()), code)
    for name in [name for name in names if _SHORT_KIND.search(name)]:
        kind = _SHORT_KIND.search(name)
        assert kind
        names.setdefault(stem(name) + kind[1], names[name])
    return names


@cache
def _stems() -> dict[str, tuple[str, ...]]:
    """Return the codes of provinces and cities by their names without the kind of unit."""
    stems: dict[str, tuple[str, ...]] = {}
    for code, name in upper().items():
        if len(code) <= 4:
            stems[stem(name)] = (*stems.get(stem(name), ()), code)
    return stems


@cache
def _townships() -> dict[str, tuple[str, ...]]:
    """Return the codes of subdistricts, towns and townships by their short names."""
    names: dict[str, tuple[str, ...]] = {}
    for code, name in townships().items():
        if int(code[6:]) <= HIGHEST_TOWNSHIP:
            short = short_subdistrict(name)
            names[short] = (*names.get(short, ()), code)
    return names

"""Find the place whose document it is, in its title or in the letterhead around it.

A place in the gazetteer is recognised by its name alone. An unlisted one (a new zone, a county
that has since been merged) is recognised only if the words after the name show that it is an
author. Sentences are ignored.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.gazetteer.title_places import NamedPlace, find_place, has_listed_ending
from kg.model import Jurisdiction

_OF_NAME = r"(?:(?![委政办关印的]|人民)[一-鿿])"
_UNLISTED = re.compile(
    rf"{_OF_NAME}{{1,12}}?(?:新区|地区|自治[区州县旗]|街道|[省市州盟区县旗镇乡])"
)
# What follows the name of an author in a title or a letterhead.
_AUTHOR = re.compile(
    r"(?:人民)?政府|党?委|人大|政协|办[公事]|[\s“《〈]*20\d\d|[《〈“「]|关于|年度|重点|为民|民生|十"
    r"|[一-鿿]{2,14}局|$"
)
# A province, city or county, unless these characters follow: 市场, 县域, 市民.
_HIGH = re.compile(r"[省市县](?![场容域城区级直辖属乡镇民政内外]|$)|[市县](?=民生|政府)")
# What only looks like a name: 各市, 老旧小区, 坚持市, 示范区, 重点乡镇.
_NO_NAME = re.compile(
    r"^(?:[^某]|自治)?(?:街道|.)$|[小园景街片校辖库厂灾牧社]区$|[城乡小]镇$|(?:..|[主老新大])城.$"
    r"|(?:[各全本我该级强个两]|示范|试[点验]|实验|重点|农村|美丽|特色|城乡)(?:新区|地区|街道|.)$"
    r"|推[进动]|加[强快]|坚持|提升|促进|支持|落实|深化|实施|完善|建设|打造|开展|做好|保障|服务"
)
_BEFORE = re.compile(
    r"\W{0,3}(?:附[件表]\d{0,2}\W{0,2})?(?:中共|(?:关于)?(?:印发|下达|公布)?)[《“]?"
)
# Lines that name the issuer, or the document that is sent: 发布机构：…, 现将《…》印发.
_LABEL = re.compile(
    r"(?:(?:发布|发文|制发|公开|印发|填报|编制|制表|报送|主办)(?:机构|单位|机关|部门)?|(?:信息|文章)?来\s*源)\s*[：:]"
)
_SENT = re.compile("现将(《[^《》]+》)(?!转发)")
_LABELLED = re.compile(r"^[^《]{1,10}[：:]")
_SENTENCE = re.compile(r"[。；]|[，,：:、]\s*$|^\W*各")
_LONGEST = 60
_LONGEST_HIGH = 5


def find_author(title: str, context: str = "") -> Jurisdiction:
    r"""Return the place whose document it is, without a code if the place is not certain.

    Args:
        title: The document's title.
        context: The lines around it, used if the title names no place.

    >>> find_author("2024年重点工作任务清单", "江汉区人民政府办公室文件")
    Jurisdiction(code='420103', name='江汉区')
    >>> find_author("朝阳区2024年重点工作", "吉林省长春市人民政府办公厅").code
    '220104'
    >>> find_author("2024年行动计划", "各市、县（市、区）人民政府：\n坚持市场驱动。")
    Jurisdiction(code=None, name='')
    """
    lines = list(_letterhead_lines(context))
    letterhead_places = [place for line in lines if (place := _letterhead_place(line))]
    named = find_place(title)
    if name := _find_unlisted(title, named):
        return Jurisdiction(None, name)
    if named is None and letterhead_places:
        named = letterhead_places[0]
    if named is None:
        names = (name for line in lines if (name := _find_unlisted(line, None, issues=True)))
        return Jurisdiction(None, next(names, ""))
    return _resolve_place(named, letterhead_places)


def has_place(title: str) -> bool:
    """Return whether a title names the place whose document it is."""
    named = find_place(title)
    return named is not None or bool(_find_unlisted(title, named))


def _resolve_place(named: NamedPlace, letterhead_places: list[NamedPlace]) -> Jurisdiction:
    """Return the place of a name; the letterhead decides between several of that name."""
    places = named.places
    if len(places) > 1:
        above = tuple(one.codes[0] for one in letterhead_places if len(one.codes) == 1)
        places = tuple(place for place in places if place.code and place.code.startswith(above))
    return places[0] if len(places) == 1 else Jurisdiction(None, named.name)


def _letterhead_lines(context: str) -> Iterator[str]:
    """Yield the lines that may name an author: no sentences, addressees or other labels."""
    for line in map(str.strip, context.split("\n")):
        if sent := _SENT.search(line):
            yield sent[1]
        elif label := _LABEL.match(line):
            yield line[label.end() :].strip()
        elif len(line) <= _LONGEST and not _SENTENCE.search(line) and not _LABELLED.match(line):
            yield line


def _letterhead_place(line: str) -> NamedPlace | None:
    """Return the place that a line names as an author, or None."""
    named = find_place(line)
    return named if named and line[named.end :] and _AUTHOR.match(line, named.end) else None


def _find_unlisted(text: str, listed: NamedPlace | None, *, issues: bool = False) -> str:
    """Return the name of an author that the gazetteer does not list, or an empty text.

    Args:
        text: A title or a line.
        listed: The listed place in it, which precedes the unlisted one: 湖州市某某区.
        issues: Whether the words after the name must show that it is an author.
    """
    start = _BEFORE.match(text)
    at = listed.end if listed else start.end() if start else 0
    found = ""
    while match := _UNLISTED.match(text, at):
        name, at = match.group(), match.end()
        if _NO_NAME.search(name) or has_listed_ending(name):
            break
        is_high = (
            not (listed or issues) and len(name) <= _LONGEST_HIGH and _HIGH.match(text, at - 1)
        )
        if is_high or (at < len(text) and _AUTHOR.match(text, at)):
            found = name
    return found

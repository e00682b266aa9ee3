"""Lists that say what they list: 甲、乙、丙等3个公园 names three parks, whatever they are called."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.mentions import Mention
from kg.extraction.words import COUNT, LEADING_VERB, chunks, is_common, is_proper
from kg.model import NameKind
from kg.sentences import clause_start

_KIND_OF: dict[str, NameKind] = {
    **dict.fromkeys(("道路", "路段", "街巷", "主干道", "主次干道"), "road"),
    **dict.fromkeys(
        ("地块", "区域", "公园", "广场", "楼宇", "商圈", "景点", "景区", "园区", "小区"), "place"
    ),
    **dict.fromkeys(
        ("企业 单位 公司 机构 高校 院校 大学 医院 学校 银行 众创空间 商户 协会 商会").split(),
        "organization",
    ),
    **dict.fromkeys(("项目", "工程", "行动", "平台", "计划"), "project"),
    **dict.fromkeys(("活动", "讨论会", "赛事", "论坛", "展会", "节会"), "event"),
}
# A facility's items lack the last word: 东湖路、西湖路等人行天桥.
_FACILITY = ("人行天桥", "过街天桥", "天桥", "地下通道")
_TYPE = "|".join(sorted([*_KIND_OF, *_FACILITY], key=len, reverse=True))
_NUMBER = r"(?:\d{1,4}|[一二两三四五六七八九十]{1,3})"
_QUALITY = (
    r"(?:(?:重点|重大|主要|亮点|知名|优质|龙头|重要|大型|竣工|在建|新建|改建|专项|旧城改造|综合改造|整治|征收|入驻|落户|参会|会员|下属|上市"
    r"|国内外|有引资意向的|总部型|区域总部型|金融|风投|创投|行业|智慧|科技|高新|民营|代表性){1,3})?"
)
_END = re.compile(
    rf"等(?:(?P<count>{_NUMBER})(?P<measure>[个条座家所处栋项场支大]))?"
    rf"(?:{_QUALITY}|[^，。；、]{{2,12}}的[^，。；、]{{0,4}}?)(?P<etc>{_TYPE})(?!活动|部门|人员)"
    rf"|等(?P<houses>{_NUMBER}家)"
    rf"|(?<=[^\W\d])(?P<exact>{_NUMBER})[个条座家所处栋](?P<bare>{_TYPE})"
)
# Items that share the last word with the one that has it: 甲、乙、丙项目已开工.
_SHARED = re.compile(
    r"(?<=[^\W\d])(?P<of>项目|工程|地块)(?=[，；。]|已|均|正在|目前|也|预计|进展|可行)"
)
_CLAUSE = re.compile(r"[，。；：！？,;:“”《》]")
_SEPARATOR = re.compile(r"[、—]+|以及|(?<![共中永太人大协])和(?![平谐睦])|(?<![普涉])及|(?<!参)与")
# Who works together: 与甲、乙合作; 对接甲、乙.
_PARTNERS = re.compile(
    r"(?:(?<!参)与|携手|联合|支持)(?P<list>[^，。；：（）()“”《》]{2,40}?)"
    r"(?:等(?:单位|企业|机构)?)?(?:开展|进行|达成|签订|签署|签约|共同|合作|共建|洽谈|召开)"
    r"|对接(?P<met>[^，。；：（）()“”《》]{2,30})(?=[，。；])"
)
_LEAD = re.compile(
    r"^(?:其中|包括|重点|分别为|组织|如|以|对|为|在|使|及|和|与|向|将|等){1,3}(?=.{2})"
)
_NO_ITEM = re.compile(
    r"[的各等]$|^[等各该其本]|情况|工作$|方面|问题|需求$|资源$|市场$|发展$|^\d|\d$|^调动"
)
_ROAD = re.compile(r"\w{2,6}(?:路|大道|步行街)")
# A stretch of a road is the road: 东湖大道柳江段, 东湖路沿线.
_STRETCH = re.compile(r"\w{2,6}(?:路|大道|街|隧道|高架)(?:\w{0,6}段|沿线|两侧|两厢)")
# Blocks to clear are called by two characters: 柳园、梅湾等旧城改造项目.
_BLOCKS = re.compile(r"旧城改造|征收|棚户区改造|棚改|拆迁")
_WORKS = re.compile(r"(?:改造|提升|整治|建设|连通|修复|扩建|工程)$")
_CHINESE = {digit: value for value, digit in enumerate("一二三四五六七八九十", 1)} | {"两": 2}
_LONGEST_LIST = 300
_LONGEST = 20
_LONGEST_PARTNER = 12


def list_start(text: str, end: int) -> int:
    """Return where the clause begins that holds a list which ends at an offset."""
    return clause_start(text, end, _CLAUSE, _LONGEST_LIST)


def list_items(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Return the spans of a list's items; it begins behind the last verb that governs it.

    Args:
        text: A cell's text.
        start: Where the clause begins that holds the list.
        end: Where the list ends.
    """
    governed, vague = start, False
    for chunk in chunks(text[start:end], wide=True):
        if chunk.cut in ("word", "date") or chunk.before in ("对", "将", "为", "在", "于"):
            governed = start + chunk.start
            vague = chunk.before in ("各类", "各种", "各项", "相关", "各")
    if vague:
        return []
    edges = [governed]
    for match in _SEPARATOR.finditer(text, governed, end):
        edges += match.span()
    edges.append(end)
    spans = []
    for first, last in zip(edges[::2], edges[1::2], strict=True):
        lead = _LEAD.match(text[first:last])
        begin = first + (lead.end() if lead else 0)
        while verb := LEADING_VERB.match(text, begin, last):
            begin = verb.end()
        if begin < last:
            spans.append((begin, last))
    return spans


def _joined(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans with roads put together that one undertaking is about: 甲路及乙路改造."""
    joined: list[tuple[int, int]] = []
    for start, end in spans:
        before = joined[-1] if joined else (0, 0)
        if _ROAD.fullmatch(text[slice(*before)]) and text[before[1] : start] in ("及", "和", "与"):
            works = _WORKS.search(text[start:end])
            joined[-1:] = [(before[0], end)] if works else [before, (start, end)]
        else:
            joined.append((start, end))
    return joined


def _value(number: str) -> int:
    """Return a count's value; 0 for a longer Chinese numeral."""
    return int(number) if number.isdigit() else _CHINESE.get(number, 0)


def _is_name(words: str, kind: NameKind, *, blocks: bool = False) -> bool:
    """Return whether a list's item can be the name of what the list is of."""
    if kind == "place" and _STRETCH.fullmatch(words):
        return False
    if not 2 <= len(words) <= _LONGEST or _NO_ITEM.search(words) or is_common(words):
        return False
    if re.match(COUNT, words) or words.count("（") != words.count("）"):
        return False
    if kind in ("event", "project"):
        return len(words) > 2 or (blocks and is_proper(words))
    return is_proper(words) and [c.end - c.start for c in chunks(words)] == [len(words)]


def _lists(text: str, departments: frozenset[str]) -> Iterator[Mention]:
    """Yield the items of lists that say what they are of."""
    for match in _END.finditer(text):
        of = match["etc"] or match["bare"] or "企业"
        kind = _KIND_OF.get(of, "project")
        if match["measure"] == "家" and kind != "place":
            kind = "organization"
        spans = list_items(text, list_start(text, match.start()), match.start())
        if match["exact"] and _value(match["exact"]) != len(spans):
            continue
        if kind == "project":
            spans = _joined(text, spans)
        blocks = _BLOCKS.search(match.group()) is not None
        counted = match["count"] or match["houses"] or of in _FACILITY or kind == "event"
        if len(spans) < 2 and not counted:
            continue
        for start, end in spans:
            words = text[start:end]
            if of in _FACILITY:
                if (
                    not words.endswith("桥")
                    and is_proper(words)
                    and not (len(spans) < 2 and _ROAD.fullmatch(words))
                ):
                    yield Mention("project", words + of, start, match.end(), f"enumeration:{of}")
            elif _is_name(words, kind, blocks=blocks) and words not in departments:
                if kind == "project" and _ROAD.fullmatch(words):
                    continue
                yield Mention(kind, words, start, end, f"enumeration:{of}")


def _sharing(text: str, departments: frozenset[str]) -> Iterator[Mention]:
    """Yield the items before the last of a list whose last item alone has the shared word."""
    for match in _SHARED.finditer(text):
        spans = list_items(text, list_start(text, match.start()), match.start())
        kind = _KIND_OF[match["of"]]
        words = [text[start:end] for start, end in spans]
        if len(spans) < 3 or any(re.search(r"等|项目|工程|地块", item) for item in words):
            continue
        for (start, end), item in zip(spans[:-1], words[:-1], strict=True):
            if _is_name(item, kind) and len(item) <= _LONGEST_PARTNER and item not in departments:
                yield Mention(kind, item, start, end, f"enumeration:{match['of']}")


def _partners(text: str, departments: frozenset[str]) -> Iterator[Mention]:
    """Yield those with whom something is done together."""
    for match in _PARTNERS.finditer(text):
        group = "list" if match["list"] else "met"
        if any(chunk.cut in ("word", "count", "date") for chunk in chunks(match[group], wide=True)):
            continue
        for start, end in list_items(text, *match.span(group)):
            words = text[start:end]
            short = len(words) <= _LONGEST_PARTNER and words not in departments
            if short and _is_name(words, "organization"):
                yield Mention("organization", words, start, end, "partner")


def find_enumerated(text: str, departments: frozenset[str]) -> Iterator[Mention]:
    """Yield what lists name that say what they are of, and the partners of a cooperation.

    >>> [m.name for m in find_enumerated("对柳园、梅湾等2个公园进行改造", frozenset())]
    ['柳园', '梅湾']
    """
    yield from _lists(text, departments)
    yield from _sharing(text, departments)
    yield from _partners(text, departments)

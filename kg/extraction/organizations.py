"""The organisations that a cell names, and the district's own government bodies."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from kg.extraction.companies import KNOWN_COMPANY
from kg.extraction.lexicon import lexicon
from kg.extraction.mentions import Mention
from kg.extraction.words import LEADING_VERB, chunks, is_common, is_proper
from kg.model import NameKind

_KINDS = (
    "人民医院 医院 卫生院 卫生服务中心 卫生服务站 大学(?!生) 学院 党校 中学(?![生校]) "
    "小学(?![生校]) 初级中学 实验小学 附小 附中 幼儿园 银行 分行 支行 农商行 研究会 基金会 红十字会 研究所 设计院 测绘院 "
    "科学院 事务所 干休所 福利院 敬老院 养老院 总队 联盟 俱乐部 证券 人寿 财险 信托 控股 药业 出版社 报社 电视台 电视总台 书店 超市 "
    "器材厂 电镀厂 油漆厂 涂料厂 机械厂 制造厂 总厂 金服 金控 评估中心 (?<!示范)(?<!实训)(?<!孵化)(?<!生产)基地"
).split()
_SUFFIX = re.compile("|".join(sorted(set(_KINDS), key=len, reverse=True)))
# Suffixes that name an organisation only where they end the stretch: 深兰科技, 五矿创投.
_FINAL = re.compile(
    r"(?:[省市]|[一-鿿A-Za-z]{2,6})(?:科技|创投|高投|电信|移动|联通|路桥|地产|置业|文旅|传媒|轻机|重工|股份|国投|城投)$"
)
# Offices of other governments: of the city, the province, the state.
_OFFICE = re.compile(
    r"(?<![全城我各本两县区])(?:[省市](?!级|场|民(?!政|宗)|区|政设|容|域|直|内|外|委市|主)|国家(?=[一-鿿]{2,8}(?:总局|局|委))|教育部|财政部|住建部|民政部)"
    r"(?:[一-鿿]{0,8}?(?:局|厅|委员会|测绘院|科学院|领导小组|指挥部|联席会议|(?<![全])办公厅|政府办公室|政府|信用办|法院|检察院|总工会|妇联|残联|工商联)"
    r"|委|纪委|发改委|卫健委|经信委|国资委|政法委)?"
)
_BODY = re.compile(
    r"(?:工作|试点工作|专项工作|建设|协调)?领导小组|指挥部|联席会议(?:制度)?|工作专班|专班|办公室|管理委员会|管委会|工作站"
    r"|常务会议|常务会|常委会|综治中心|街道办"
)
_DISTRICT_BODY = re.compile(
    r"^(?:[报由经拟]*)(?P<own>[一-鿿]{2,3}区(?=[^级域]{3})|区级?|本级)(?P<core>[一-鿿]{2,14}?)(?:(?<!政务)(?<!文体)(?<!文化)(?<!体育)中心|局|办|委|政府|委员会)$"
)
_DISTRICT_OFFICE = re.compile(
    r"(?<![小社片园辖城我市校街商地全各本两区新景湖山])区(?:政府办公室|政府常务会议?|委常委会|人民政府|政府|纪委监?委?|人大|政协|委)(?![托员])"
)
_COMPANY = re.compile(
    "有限责任公司|股份有限公司|有限公司|股份公司|总公司|分公司|协会|学会|商会|联合会|(?<!议)促进会|公司(?!法|化)|集团(?!化|军)|分中心|研究院"
)
_QUOTED = re.compile(r"“([^“”，。；]{2,30}(?:公司|集团|协会|商会|联盟|基金会|研究院))”")
# A district's or a city's own institution is told by its level alone: 区福利院, 市十一医院.
_LEVEL = re.compile(r"[省市区县](?!属|级|场|政|域|内|外|区|民)[一-鿿]{0,6}")
# What says of a company which it is, before its name: 上市企业某某公司.
_LEAD = re.compile(
    r"(?:[^、]*?(?:企业|项目|公司|园区)(?=[^、]{4,}公司$)|[^、]*?(?:上市|龙头|强|会员)企业(?=[^、]{4,}$)|[^、]*街道?(?=[^、]{2,}社区卫生)|(?:重点|知名|优质|以|与|为|向|同|报|请|据|获|国内外|大型|本土|辖区|引进如|如|企业|首家|新|代表|名义出资代表|加强|应由|计划)+(?=.{4}))"
)
# Whose office is not the district's: 东湖大学附属医院博士后工作站.
_FOREIGN = re.compile(r"大学|医院|公司|集团|协会|商会|银行")
_COMPASS = re.compile("[东西华中][南北东西中]")
_SUBMITTED = re.compile(r"[报由经拟]+[区市]")
_HELD = re.compile(r"(?:举办|举行|召开)(?:了|各类|各种|多场)?$")
_HELD_BEFORE = 4
_LONGEST = 24


def _institutions(text: str, suffix: re.Pattern[str], *, wide: bool) -> Iterator[Mention]:
    """Yield what ends in one of the suffixes; a branch goes together with its company."""
    for chunk in chunks(text, wide=wide):
        if chunk.cut == "count":
            continue
        begin, found = chunk.start, None
        while wide and (verb := LEADING_VERB.match(text, begin, chunk.end)):
            begin = verb.end()
        for match in suffix.finditer(text, begin, chunk.end):
            first = max(begin, match.end() - 2 * _LONGEST)
            lead = _LEAD.match(text[first : match.end()])
            at = first + (lead.end() if lead else 0)
            joint = text[found.end : match.start()] if found else ""
            if found and (joint in _JOINTS or (match.group() in _BRANCHES and len(joint) <= 6)):
                at = found.start
            core = text[at : match.start()]
            # 东南大学, 中南大学: a part of the country alone names nothing else.
            compass = match.group() == "大学" and _COMPASS.fullmatch(core)
            if not (compass or _is_core(core)) or is_meeting(text, at, match.end()):
                continue
            found = Mention(
                "organization", text[at : match.end()], at, match.end(), f"suffix:{match.group()}"
            )
            yield found
            begin = match.end()


def is_meeting(text: str, start: int, end: int) -> bool:
    """Return whether what stands at a span is held and so a meeting, though called like a body.

    >>> is_meeting("举办各类柳商促进会、培训会", 4, 9), is_meeting("组建柳商促进会", 2, 7)
    (True, False)
    """
    before = text[max(0, start - _HELD_BEFORE) : start]
    ends = end == len(text) or not text[end].isalnum()
    return text[end - 1] == "会" and ends and _HELD.search(before) is not None


def _is_core(core: str) -> bool:
    """Return whether `core` before a kind of institution makes a name."""
    if len(core) > _LONGEST or _CITY_ONLY.fullmatch(core):
        return False
    if core.endswith(("中小学", "各")) or "届" in core:
        return False
    if core.count("（") + core.count("(") != core.count("）") + core.count(")"):
        return False
    return is_proper(core) or _LEVEL.fullmatch(core) is not None


def _short_forms(text: str) -> Iterator[Mention]:
    """Yield companies by their customary short forms."""
    for match in _QUOTED.finditer(text):
        yield Mention("organization", match[1], *match.span(1), "quoted")
    for match in KNOWN_COMPANY.finditer(text):
        yield Mention("organization", match.group(), *match.span(), "list:companies")
    for match in re.finditer(r"\d{5}部队", text):
        yield Mention("organization", match.group(), *match.span(), "suffix:部队")
    for chunk in chunks(text):
        words = text[chunk.start : chunk.end]
        if (
            chunk.cut != "count"
            and _FINAL.fullmatch(words)
            and (words[0] in "省市" or not is_common(words[:-2]))
        ):
            yield Mention("organization", words, chunk.start, chunk.end, f"suffix:{words[-2:]}")


# What may stand between two institutions that are one: 东湖大学附属医院, 某某集团湖北分公司.
_BRANCHES = frozenset({"有限公司", "有限责任公司", "股份有限公司", "分公司", "分行", "支行"})
_JOINTS = frozenset({"附属", "第一", "第二", "第三", "武汉", ""})
_CITY_ONLY = re.compile(r"(?:我市|全市|本市|.{1,2}[省市])")


def find_organizations(text: str, departments: frozenset[str]) -> Iterator[Mention]:
    """Yield the organisations and the district's bodies that a cell names.

    Args:
        text: A cell's text.
        departments: Names of the district's own departments, which are bodies.

    >>> found = find_organizations("与东湖大学合作，报市规划局审批，成立区重点项目指挥部", frozenset())
    >>> [(mention.kind, mention.name) for mention in found]
    [('organization', '东湖大学'), ('organization', '市规划局'), ('body', '区重点项目指挥部')]
    """
    yield from _institutions(text, _SUFFIX, wide=False)
    yield from _institutions(text, _COMPANY, wide=True)
    yield from _short_forms(text)
    for match in _OFFICE.finditer(text):
        if len(match.group()) > 2 or match.group() in {"市委", "省委"}:
            yield Mention("organization", match.group(), *match.span(), "office")
    for match in _DISTRICT_OFFICE.finditer(text):
        yield Mention("body", match.group(), *match.span(), "office:区")
    for chunk in chunks(text, wide=True):
        words = text[chunk.start : chunk.end]
        if chunk.cut == "count":
            continue
        if own := _DISTRICT_BODY.search(words):
            at = chunk.start + own.start("own")
            yield Mention("body", text[at : chunk.end], at, chunk.end, "office:区")
    for chunk in chunks(text, wide=True):
        if chunk.cut == "count":
            continue
        for match in _BODY.finditer(text, chunk.start, chunk.end):
            name = text[chunk.start : match.end()].removesuffix("制度")
            core = name[: match.start() - chunk.start]
            if (
                len(core) >= 2
                and len(name) <= _LONGEST
                and not core.startswith(("各", "相关", "每"))
                and not _SUBMITTED.match(core)
            ):
                city = re.search(r"(?<![城全我])[市省]", core)
                kind: NameKind = "organization" if city or _FOREIGN.search(core) else "body"
                at = chunk.start + (city.start() if city else 0)
                yield Mention(
                    kind,
                    text[at : chunk.start + len(name)],
                    at,
                    chunk.start + len(name),
                    f"suffix:{match.group()}",
                )
    for match in _names_of(departments).finditer(text):
        start, end = match.span()
        above = text[max(0, start - 1) : start]
        if above in {"市", "省"}:
            yield Mention("organization", text[start - 1 : end], start - 1, end, "office")
        else:
            yield Mention("body", text[start:end], start, end, "department")


@cache
def _names_of(departments: frozenset[str]) -> re.Pattern[str]:
    return lexicon(departments)

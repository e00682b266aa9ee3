"""The undertakings that a cell names: projects, programmes, platforms and things to build."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.mentions import Mention
from kg.extraction.words import LEADING_VERB, chunks, is_common, is_proper

# What somebody builds: part of the town like a place, but named as a task.
_FACILITY = re.compile(r"人行天桥|天桥|地下通道|人行通道|书院|书吧|书房")
_HEADS = re.compile(
    r"项目(?!公司|部|经理|团队|单位|资金|建议|书|化|方|清单)|工程(?!有限|公司|局|院|师|量|处|款)|专项行动|行动|专项计划|行动计划|计划|平台|系统(?!培训|性|集成|内)|生态圈|集聚区|示范带|示范区|典型区|实验区|试验区|先行区"
    r"|试点工作(?!领导小组)|试点|专项斗争|攻坚战|保卫战|改造提升|引导基金|发展基金|综合体|示范区域"
)
_FEW = re.compile(
    r"^(?:全区|全市|全县|主体|装修|室内外|二次|土方|配套|附属|桩基|主线|桥梁|安装|代表性|征收|闲置土地|基于|直接|中介|起|行政|教育|卫生|政法|该|各|本|等|类|上述|以上|部分|相关|所有|其他|重大|重点|民生|教育|创新|建设|投资|改造|招商|产业|优质|续建|新建|在建|帮扶|实施|一批|文体|公益服务|服务|社区|电子|信息|网络|管理|监管|智慧|综合|区域|管理服务|公共服务|研究|基础|企业|创业|工作|活动|个|年|月|整治|协调|行业交流|交流|线上|线下|创投|此次|整个|这|业态|中小|多部门|合作|旧城|申报|储备|签约|落地|在谈|专项|示范|开展|工业|年度|前期|发展|增长|目标|年|全年|后续|下一步)*$"
)
_QUOTED = re.compile(r"“([^“”]{2,28})”")
# Undertakings in a row are of one sort, so that one tells of all.
_ROW = re.compile(rf"{_QUOTED.pattern}(?:[、和]?{_QUOTED.pattern}){{1,6}}")
_NAMING = re.compile(
    r"[一-鿿]{0,6}?(?:行动|活动|项目|工程|计划)|(?:贷款|模式|试点|运动|战役|品牌|建设|产品|广播|专栏)|已?(?:通过|入选|获评|获批)|已(?:获|建成|投入|启动|上线)|为(?:引领|抓手|载体|依托|牵引|龙头|支撑)"
)
_WHOLE = re.compile(
    r"(?:[一-鿿]{2}(?:计划|工程)|改革|产业体系|智慧管理系统|课程建设|管理系统|体系|系统|服务平台|平台|智慧平台)"
)
_GIVEN = re.compile(
    r"(?:实施|推进|推行|推广|开展|打造|启动|构建|创建|一体化推进|研究|深化|推出|扩大|实行|发放|开通|落实|推动|继续|完善|持续提升|争创|建设|做好|(?:争创|创建|申报|获评)(?:全国|国家级|省级|市级|全省|全市)|公众号|微博|专栏|栏目)$"
)
_ENDED = re.compile(
    r"(?:工程|项目|计划|行动|平台|革命|贷|攻坚|联动|一化|一公开|通|奖|优秀案例|进(?:社区|校园|企业|万家|剧场|家庭|机关|农村|乡村))$"
)
# What verbs leave behind, and the level before a road: 搭建起…, 区东湖路….
_PREFIX = re.compile(r"[起出好]|[区市](?=[一-鿿]{2,5}(?:路|街|大道))")
# Before a date or a figure 计划 is a verb.
_AHEAD = re.compile(r"\d")
_QUALITY = re.compile(r"^(?:.{1,2}[化式型性]|.*的.*)$|\\d强")
# 500强 and the like describe a firm.
_RANKED = re.compile(r"\d强")
# A district's own institution is told by its level: 区中医院二期项目.
_OWN = re.compile(
    r"[省市区县].{0,6}(?:医院|学校|中学|小学|幼儿园|福利院|图书馆|体育馆|文化馆|博物馆)"
)
_LONGEST = 30


def _quoted(text: str) -> Iterator[Mention]:
    for row in _ROW.finditer(text):
        items = list(_QUOTED.finditer(text, *row.span()))
        names = [item[1] for item in items]
        if any(map(_ENDED.search, names)) and not any(map(_QUALITY.search, names)):
            for item in items:
                yield Mention("project", item[1], *item.span(1), "quoted")
    for match in _QUOTED.finditer(text):
        name, behind = match[1], text[match.end() : match.end() + 8]
        listed = re.match(r"(?:[、和]?“[^“”]{2,28}”){1,6}", text[match.end() : match.end() + 120])
        if listed:
            behind = text[match.end() + listed.end() :][:8]
        before = text[max(0, match.start() - 6) : match.start()]
        if (_QUALITY.search(name) or re.search(r"[，、。；]", name)) and not _WHOLE.match(behind):
            continue
        if not listed and (whole := _WHOLE.match(behind)):
            end = match.end() + whole.end()
            yield Mention("project", text[match.start() : end], match.start(), end, "quoted")
        elif _NAMING.match(behind) or _GIVEN.search(before) or _ENDED.search(name):
            yield Mention("project", name, match.start(1), match.end(1), "quoted")


def find_projects(text: str) -> Iterator[Mention]:
    """Yield the undertakings that a cell names.

    >>> sorted(p.name for p in find_projects("推进柳河综合管廊工程和“清洁家园”行动"))
    ['柳河综合管廊工程', '清洁家园']
    """
    yield from sorted(_quoted(text), key=lambda mention: mention.start)
    for chunk in chunks(text, wide=True):
        if chunk.cut == "count":
            continue
        begin = chunk.start
        while verb := _PREFIX.match(text, begin, chunk.end) or LEADING_VERB.match(
            text, begin, chunk.end
        ):
            begin = verb.end()
        last = None
        for match in _HEADS.finditer(text, begin, chunk.end):
            if not 2 <= match.start() - begin <= _LONGEST:
                continue
            core = text[begin : match.start()]
            if _RANKED.search(core) or _FEW.match(core):
                continue
            if is_common(core) and len(core) < 4 and core.isalpha() and not core.isascii():
                continue
            if (
                match.group().endswith("计划")
                and match.end() == chunk.end
                and _AHEAD.match(chunk.after)
            ):
                continue
            common = is_common(core) and not _OWN.match(core)
            plain = common and match.group() == "项目"
            if match.group() == "综合体" and is_common(core):
                continue
            counted = match.end() == chunk.end and _AHEAD.match(chunk.after)
            if counted and match.group() == "项目":
                continue
            if plain or (len(core) < 4 and match.group() in {"平台", "系统"}):
                continue
            last = match
        if last:
            name = text[begin : last.end()]
            if name.endswith("工程项目"):
                name = name.removesuffix("项目")
            yield Mention("project", name, begin, begin + len(name), f"suffix:{last.group()}")


def find_facilities(text: str) -> Iterator[Mention]:
    """Yield the named things to build that a cell names: footbridges, underpasses.

    >>> [facility.name for facility in find_facilities("新建东湖路天桥、人行天桥5座")]
    ['东湖路天桥']
    """
    for chunk in chunks(text):
        begin = chunk.start
        for match in _FACILITY.finditer(text, chunk.start, chunk.end):
            if is_proper(text[begin : match.start()]):
                yield Mention(
                    "project",
                    text[begin : match.end()],
                    begin,
                    match.end(),
                    f"suffix:{match.group()}",
                )
            begin = match.end()


def is_facility(mention: Mention) -> bool:
    """Return whether a mention is of a thing to build that is part of the town."""
    return mention.kind == "project" and mention.rule.endswith(("天桥", "通道"))

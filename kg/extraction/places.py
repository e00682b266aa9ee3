"""The places that a cell names: parks, squares, stations, business districts, buildings, plots."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.mentions import Mention
from kg.extraction.words import chunks, holds_common, is_proper

# Kinds of places whose name may have any length.
_KINDS = (
    "公园 游园 广场 植物园 动物园 火车站 高铁站 汽车站 客运站 地铁站 客运中心 机场 港区 商务区 商圈 大厦 产业园 科技园 "
    "创意园 工业园 物流园 软件园 产业园区 科技园区 工业园区 创意园区 街区 公寓 花园 家园 小区 酒店 宾馆 饭店 影城 影剧院 剧院 剧场 大剧院 "
    "体育馆 体育场 体育中心 体育公园 文体中心 文化中心 艺术中心 会展中心 国际中心 时代中心 金融中心 商务中心 广电中心 购物中心 购物广场 "
    "博物馆 图书馆 美术馆 纪念馆 展览馆 科技馆 文化馆 档案馆 陈列馆 水塔 钟楼 码头 大市场 市场 停车场 停保场 校区 地块 地铁口 "
    "旗舰店 服务大厅 政务大厅 政务中心 CBD 商城 百货 国际城 新城 古城 广场 湿地 水库 公墓 陵园 教堂 祠堂 故居 旧址 遗址 "
    "立交桥 长江大桥 大桥 SOHO城 SOHO 示范园 江滩 绿道"
).split()
# Short suffixes, which many other words share: they count behind two or three characters only.
_SHORT = re.compile(
    r"[一-鿿]{2,3}(?<![照影图名卡大动唱城中一])(?:[湖河江港渠山岛寺塔堤湾桥里片垸闸]|片区)$"
)
_NO_SHORT = re.compile(
    r"[一二三四五六七八九十百千万两几]公?里$|^(?:相关|各类|重点|沿线|内|全|整|部分)|(?:影|照|图|名|大|成|连)片$"
    r"|(?:心|手|眼|这|哪|那|夜|家|邻|乡|城|怀|屋|园|校)里$|(?:沿|长|大|内|出|滨|临)(?:江|河|湖)$|架桥$|天桥$|泊$"
)
_SUFFIX = re.compile("|".join(sorted(set(_KINDS), key=len, reverse=True)))
# A plot may be told by its letters and numbers: 东湖村C包地块, 65、66号地块.
_QUALIFIER = re.compile(
    r"^(?:重点|原有|对|各|老|环|新型|大型|部分|周边|附近|加强|提升|改造|新(?!能源|材料|型|区|城)|现代|中心城区|以)+(?=.{4})"
)
_NO_MARKET = re.compile(
    r"(?:资本|金融|证券|人才|劳动力|房地产|消费|国际|国内|良好|公平|实践)市场|市场[化性主监需秩经]|5G\w*CBD"
)
_NO_CORE = re.compile(r"[进入到]$|步行$|^.*(?:群众|居民)进")
# A road with its surroundings is named by the road: 东湖路周边街区.
_ALONG = re.compile(r"(?:路|街|大道)(?:周边|沿线)?$")
_DIRECTION = re.compile(r"[东南西北]{1,2}")
_QUOTED = re.compile(r"“(\w{2,10}?(?:酒店|宾馆|饭店|公寓|大厦|广场|公园|商场|市场|小区|KTV|网吧))”")
# Waters and hills, where what is done there follows without a mark: 某某湖综合治理工程.
_WATER = re.compile(
    r"([一-鿿]{2}[湖河江港渠山])(?=区域|流域|沿线|沿岸|周边|综合|环境|水环境|水系|治理|整治|片区|生态|现代|岸线|干流|清淤)"
)
_PLOT = re.compile(r"[一-鿿]{1,5}[路街村片](?:[A-Z]?\d{1,4}、){0,5}[A-Z]?\d{1,4}号?地块")
# A district's own venue is told by its level alone: 区图书馆, 市体育中心.
_LEVEL = re.compile(r"[省市区县][一-鿿]{0,4}")
# A building called 某某中心: a short name, none of its words a common noun.
_CENTRE = re.compile(r"(?:(?![一二三四五六七八九十几])[一-鿿]){2,4}中心")
# Works and plots with a code for a name: 八一二厂地块.
_CODED = re.compile(r"[零〇一二三四五六七八九]{3,4}(?:厂|库|基地|医院|研究所)(?:地块)?")
_LONGEST = 16


def _is_core(core: str) -> bool:
    """Return whether `core` before a kind of place makes a name."""
    if len(core) > _LONGEST or _NO_CORE.search(core):
        return False
    return is_proper(core) or _LEVEL.fullmatch(core) is not None


def find_places(text: str) -> Iterator[Mention]:
    """Yield the places that a cell names.

    >>> [place.name for place in find_places("对柳林公园、东湖商圈和老旧小区周边开展整治")]
    ['柳林公园', '东湖商圈']
    """
    for match in _QUOTED.finditer(text):
        yield Mention("place", match[1], *match.span(1), "quoted")
    for match in _PLOT.finditer(text):
        yield Mention("place", match.group(), *match.span(), "suffix:地块")
    for match in _CODED.finditer(text):
        yield Mention("place", match.group(), *match.span(), "code")
    for chunk in chunks(text):
        if _CENTRE.fullmatch(text, chunk.start, chunk.end) and chunk.cut != "count":
            core = text[chunk.start : chunk.end - 2]
            if not holds_common(core):
                yield Mention(
                    "place", text[chunk.start : chunk.end], chunk.start, chunk.end, "suffix:中心"
                )
        begin, last = chunk.start, None
        for match in _SUFFIX.finditer(text, chunk.start, chunk.end):
            if last and match.start() - last.end <= 1:
                begin = last.start
            if match.start() - begin > 2 * _LONGEST:
                continue
            qualifier = _QUALIFIER.match(text[begin : match.end()])
            at = begin + (qualifier.end() if qualifier else 0)
            core = text[at : match.start()]
            along = match.group() == "街区" and _ALONG.search(core)
            if along or _NO_MARKET.search(text[at : match.end() + 1]):
                continue
            if _is_core(core) and chunk.cut != "count":
                last = Mention(
                    "place", text[at : match.end()], at, match.end(), f"suffix:{match.group()}"
                )
                yield last
                begin = match.end()
        if water := _WATER.match(text, chunk.start, chunk.end):
            yield Mention("place", water[1], *water.span(1), f"suffix:{water[1][-1]}")
        words = text[begin : chunk.end]
        if begin == chunk.start and chunk.cut != "count" and _SHORT.fullmatch(words):
            core = words.removesuffix("片区").rstrip("湖河江港渠山岛寺塔堤湾桥里片垸闸")
            if (is_proper(core) or _DIRECTION.fullmatch(core)) and not _NO_SHORT.search(words):
                yield Mention("place", words, chunk.start, chunk.end, f"suffix:{words[-1]}")

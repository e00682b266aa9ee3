"""The roads that a cell names: 路, 大道, 街, 巷, tunnels and pedestrian streets."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.mentions import Mention
from kg.extraction.words import chunks, is_common

_SUFFIX = re.compile(
    r"步行街|大道|大街|高架桥?|隧道|快速路|[一二三四五六七八九十]环线?|路|街(?!道|区|坊|镇|乡|办)|巷(?!子|道)"
)
# Words that end like a road and are none, whole or as the last word of what is written.
_NO_ROAD = re.compile(
    r"^.?[道公铁线思出马电网管回支干环领引问探修通沿一各上半水陆岔多同全本带让套末活销绿红黄老新]路$"
    r"|(?:道|公|铁|线|思|出|马|电|回|支|干|环|断头|销|堵|路|小径)路$|发展路$"
    r"|(?:沿|各|本|上|逛|大|老|全|主|临|跨|背|美食|特色|商业|一条|风情|文化|示范|小|条)[街巷]$"
)
# Words of the language that streets all over the country are called after.
_CUSTOMARY = frozenset(
    "人民 解放 建设 发展 和平 文化 科技 健康 工业 创业 创新 平安 教育 体育 青年 中心 公园 车站 机场 滨江 沿江 滨湖 "
    "中央 城东 城西 城南 城北 环城 江滨 河滨 广场 学院 大学 民生 劳动 生产 团结 胜利 友谊 幸福".split()
)
# What a road lies in or what stands before it without a mark: 某某区, letters and figures.
_ABOVE = re.compile(r"(?:.*(?:[^\W\d]{2}[市县园]|[^\W\d]区|[A-Za-z\d]|^区)(?=[^\W\d]{3,}))?")
_LONGEST = 9


def find_roads(text: str) -> Iterator[Mention]:
    """Yield the roads that a cell names.

    >>> [road.name for road in find_roads("东湖路柳林一路连通工程和解放大道均已完工")]
    ['东湖路', '柳林一路', '解放大道']
    """
    for chunk in chunks(text):
        begin = chunk.start
        for match in _SUFFIX.finditer(text, chunk.start, chunk.end):
            begin += _ABOVE.match(text[begin : match.end()]).end()  # type: ignore[union-attr]
            name = text[begin : match.end()]
            before = name[: len(name) - len(match.group())]
            if match.group() == "步行街" and begin > chunk.start and not before:
                before = text[chunk.start : begin]
                name = text[chunk.start : match.end()]
            at = match.end() - len(name)
            if (
                len(name) > _LONGEST
                or _NO_ROAD.search(name)
                or (is_common(before) and before not in _CUSTOMARY)
            ):
                begin = match.end()
                continue
            yield Mention("road", name, at, match.end(), f"suffix:{match.group()}")
            begin = match.end()

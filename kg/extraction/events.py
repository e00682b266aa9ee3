"""The events that a cell names: contests, festivals, fairs, meetings, drills, accidents."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.mentions import Mention
from kg.extraction.words import LEADING_VERB, chunks

_HEADS = re.compile(
    r"运动会|邀请赛|锦标赛|大赛|竞赛|联赛|马拉松|时装周|设计周|艺术季|文化节|艺术节|读书节|旅游节|美食节|购物节|音乐节|电影节|读书日|开放日|宣传月|质量月|博览会|展览会"
    r"|风尚展|双年展|发布会|展销会|论坛|峰会|年会|座谈会|推介会|交流会|研讨会|洽谈会|宣讲会|讨论会|圆桌会|双选会|招聘会|报告会|启动仪式|开幕式|闭幕式|签约仪式|揭牌仪式"
    r"|嘉年华|专场活动|主题活动|系列活动|志愿服务活动|读书活动|惠民演出|经济普查|人口普查|大演练|应急演练|演练|招聘周|援助月|垮塌事故|事故|事件|讲座|专题培训班|专题培训"
)
_SHORT = re.compile(
    r"(?:第[一二三四五六七八九十\d]{1,3}届)?(?:军运会|七军会|全运会|冬奥会|奥运会|亚运会|世博会|进博会|园博会|世园会|青运会|省运会|残运会|东盟博览会|广交会|服贸会)"
)
# Known by its name without the last character where one gets ready for it: 迎军运, 保军运.
_AWAITED = re.compile(
    r"(?<=[迎保])(?:军运|全运|冬奥|奥运|亚运|世博|进博|园博|青运|省运|残运)(?!会)"
)
_NUMBERED = re.compile(
    r"(?:[一-鿿]{2}(?<![办行加展织开]))?第[一二三四五六七八九十\d]{1,3}届[^\W_]{2,16}?(?:活动|评选|大会)"
)
_DATED = re.compile(r"\d{1,2}[.·•]\d{1,2}(?:、\d{1,2}[.·•]\d{1,2}){0,9}”?(事故|事件|专案)")
_COUNTED = re.compile(r"20\d\d|第.{1,3}届")
_YEAR = re.compile(r"20\d\d年?(?:[一-鿿]{2,5}[区县市])?$")
_QUOTE = re.compile(r"“[^“”]{1,30}”$")
_VAGUE = re.compile(
    r"^(?:各类|各种|相关|有关|多场|系列|大型|群体性|突发|安全生产|安全|生产|专题|专业|主题|年度|应急|志愿服务|文化|宣传|公益|集中|一般|质量|重大|此次|本次|民营企业|金融|全区|企业|招聘|行业|线下|线上|工作|项目|推进|创投|培训|评审)*$"
)
_HOLDING = re.compile(
    r"举办|举行|召开|承办|参加|组织|开展|完成|参与|协办|筹办|举办了|主办|成功|协助"
)
# Heads that common nouns share: they count behind a verb of holding or taking part.
_SERIES = frozenset({"系列活动", "主题活动"})
_WEAK = _SERIES | frozenset({"座谈会", "专题培训", "讲座", "演练", "论坛", "招聘会"})
_LONGEST = 40


def _left(text: str, start: int) -> int:
    """Return where an event's name begins that goes on before `start`: quotation or year."""
    for _ in range(3):
        before = text[max(0, start - _LONGEST) : start]
        found = _QUOTE.search(before) or _YEAR.search(before)
        if not found:
            break
        start -= len(found.group())
    return start


def find_events(text: str) -> Iterator[Mention]:
    """Yield the events that a cell names.

    >>> [event.name for event in find_events("举办第三届柳河龙舟大赛，参加2020年全市防汛演练")]
    ['第三届柳河龙舟大赛', '2020年全市防汛演练']
    """
    for match in _SHORT.finditer(text):
        yield Mention("event", match.group(), *match.span(), "list:events")
    for match in _AWAITED.finditer(text):
        yield Mention("event", match.group(), *match.span(), "list:events")
    for match in _NUMBERED.finditer(text):
        yield Mention("event", match.group(), *match.span(), "numbered")
    for match in _DATED.finditer(text):
        for date in re.finditer(r"\d{1,2}[.·•]\d{1,2}", match.group()):
            yield Mention("event", f"{date.group()}{match[1]}", *match.span(), "dated")
    for chunk in chunks(text, wide=True):
        if chunk.cut == "count":
            continue
        last = None
        for match in _HEADS.finditer(text, chunk.start, chunk.end):
            last = match
        if last is None:
            continue
        start = chunk.start
        while verb := LEADING_VERB.match(text, start, last.start()):
            start = verb.end()
        start = _left(text, start)
        core = text[start : last.start()]
        held = _HOLDING.search(text[max(0, start - 6) : start]) and last.group() not in _SERIES
        weak = last.group() in _WEAK and not held and not _COUNTED.search(core)
        if len(core) < 2 or len(core) > _LONGEST or _VAGUE.match(core) or weak:
            continue
        yield Mention(
            "event", text[start : last.end()], start, last.end(), f"suffix:{last.group()}"
        )

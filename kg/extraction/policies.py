"""The plans, rules and documents that a cell names."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.mentions import Mention

_TITLE = re.compile(r"《[^《》]{2,60}》")
_VERB = re.compile(
    r"(?:制定下发|制定并下发|制定印发|制定出台|研究制定|修订完善|制定|制订|制发|拟定|印发|出台|修订|编制完成|编制|编撰|下发|签订|签署|完善|落实|实施(?!细则|方案|意见|办法)|完成|起草|发布|推行|列入)了?"
)
_DOCUMENT = re.compile(
    r"实施方案|工作方案|行动方案|规划方案|方案|实施细则|细则|规划导则|导则|专项规划|总体规划|奖励办法|办法|实施意见|意见|应急预案|预案"
    r"|责任清单|项目清单|清单|条例|规定|合作协议|协议|研究报告|行动计划|工作计划|规范指引|指引|月报制度|制度|政策"
)
_VAGUE = re.compile(
    r"^(?:相关|有关|各项|各类|各|一系列|专项|配套|具体|系列|正式|上述|重新|该|本|年度|能耗|完善|工作|实施|应急|新)*$"
)
_STOP = re.compile(r"[，。；：！？（）()《》“”]|(?<=.)(?:制定|修订|推进|开展|建立|组织|指导|督促)")
_PLAIN_TITLE = re.compile(
    r"(?:促进|关于)[一-鿿]{4,24}?(?:奖励办法|管理办法|实施办法|实施意见|若干意见|条例)"
)
_SYSTEM = re.compile(
    r"(?:落实|实行|推行|执行|列入|纳入)"
    r"([一-鿿]{2,5}[长任诺]制(?!度)|[一-鿿]{2,6}计划(?=[，。；后]|予以)|“[^“”]{2,24}”制度)"
)
_NO_DOCUMENT = re.compile(r"(?:项目|设计|施工|装修)方案$")
_LONGEST = 40


def find_policies(text: str) -> Iterator[Mention]:
    """Yield the plans, rules and documents that a cell names.

    Titles are what stands in 《》; without these, a document's name runs from the verb that makes
    or applies it to its last word.

    >>> [policy.name for policy in find_policies("制定全区柳河治理工作方案，落实《柳河保护办法》")]
    ['《柳河保护办法》', '全区柳河治理工作方案']
    """
    found = list(_TITLE.finditer(text))
    for match in found:
        yield Mention("policy", match.group(), *match.span(), "title:《》")
    for match in _PLAIN_TITLE.finditer(text):
        yield Mention("policy", match.group(), *match.span(), "suffix:办法")
    for match in _SYSTEM.finditer(text):
        yield Mention("policy", match[1], *match.span(1), "suffix:制")
    for verb in _VERB.finditer(text):
        stop = _STOP.search(text, verb.end(), verb.end() + _LONGEST)
        end = stop.start() if stop else min(len(text), verb.end() + _LONGEST)
        if another := _VERB.search(text, verb.end(), end):
            end = another.start()
        last = None
        for document in _DOCUMENT.finditer(text, verb.end(), end):
            last = document
            if text[document.end() : document.end() + 1] in "、和及与":
                break
        if (
            last is None
            or text[last.start() - 1] == "等"
            or _NO_DOCUMENT.search(text[verb.end() : last.end()])
        ):
            continue
        core = text[verb.end() : last.start()]
        long_enough = len(core) >= 4 or (len(core) >= 2 and len(last.group()) >= 4)
        if long_enough and not _VAGUE.match(core):
            start = verb.end()
            yield Mention(
                "policy", text[start : last.end()], start, last.end(), f"suffix:{last.group()}"
            )

"""Correct where tagged names begin and end: no marks or amounts, only complete brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from kg.tagger.spans import LabelledSpan

# Marks of lists and quotation marks are not part of a name.
_FRONT = re.compile(r"[\s①-⑳,，.．、:：;；。“‘”’《〈—●■★-]+|[(（]\d+[)）]|[我本][省市区县州](?=..)")
_BACK = re.compile(
    r"[\s,，.．、:：;；。”’“‘》〉—-]+$|的(?:项目|工程)$|(?<=..)(?<![高中初平优上下同均一二三特])等[^级]?.?$"
)
# A verb before the name of a project is not part of the name.
_FRONT_VERB = re.compile(r"(?:新建(?![区县镇])|续建|推进|完成|启动|加快|实施|开展)(?=...)")
# Verbs before the name of an office that is waited for, asked or joined.
_FRONT_OF_OFFICE = re.compile(r"(?:[待由]|会同|提请|报请|商请|等待)(?=..)")
# Words that join a name to the text before it; inside quotation marks they are part of it.
_JOINING = re.compile(r"(?:与|及|并(?![州购])|把)(?=..)")
# The rest of a word in Latin letters that was cut.
_LATIN = re.compile(r"(?<=[A-Za-z])[A-Za-z]+")
# A name contains at least one letter, digit or Chinese character.
_WORD = re.compile(r"\w")
# Words for works after the name of a project belong to it.
_DONE = "[新改扩迁续重]{1,3}建|改造|提升|整治|治理|修缮|升级|综合|加固|试点|建设"
_TITLE_WORD = re.compile(rf"(?:{_DONE})*[”’]?(?:项目|工程)(?!部|师|量|款|化|建设用)")
# The word for the kind of a document, event or programme after its name belongs to it.
_HEADS: dict[str, re.Pattern[str]] = {
    "policy": re.compile("(?:合作|实施|工作|管理)?(?:方案|协议|意见|办法|细则|制度|清单|条例)"),
    "event": re.compile("[”’]?(?:文化|主题)?(?:活动|大会|大赛|论坛|仪式|演出|晚会)(?![周月])"),
    "project": re.compile("(?:专项)?(?:行动|战略|改革|试点|计划(?![于在年今明至到将]))"),
}
_PHASE = re.compile(r"[（(][一二三四五六]期[）)]|[一二三四五六]期(?!限|间|末|初)")
_QUOTATION = re.compile("“([^“”，。；]{2,30})”")
_QUOTES = {"”": "“", "’": "‘"}
_OPENING, _CLOSING = "（(", "）)"
_LONGEST_BRACKET = 12
# Amounts before or after a name: 12万亩…工程, 滨河路820米.
_UNIT = "[万亿]?(?:亩|平方米|平方公里|公里|千米|㎡|km|米|元)|[余多]?[个处座条所家户栋幢套]"
_AMOUNT = rf"(?:约|共|全长|长)?\d[\d.,]*(?:{_UNIT})"
_FRONT_AMOUNT = re.compile(rf"{_AMOUNT}(?=..)")
_BACK_AMOUNT = re.compile(rf"{_AMOUNT}$")
# Roads at which works begin and end: 东至怡康路, 学院路至怡康路段.
_FROM = re.compile(r"[东南西北](?:起|至|止|到|接)[自于]?")
_TO = re.compile(r"[东南西北]?[至到—–~～-]")
_SECTION = re.compile(r"路?段|[）)]")
# A remark in brackets is not part of a name: (3441米), (暂名), (含新开联络线).
_REMARK = re.compile(rf"[（(](?:{_AMOUNT}|暂定?名?|(?:含|以下简称)[^）)]*)[）)]")


def trim_spans(text: str, spans: Sequence[LabelledSpan]) -> Iterator[LabelledSpan]:
    """Yield spans with corrected bounds; spans without a word are left out.

    >>> spans = [LabelledSpan(0, 5, "place", 0.9), LabelledSpan(6, 9, "road", 0.9)]
    >>> [(span.start, span.end) for span in trim_spans("①碧水湖、学院路", spans)]
    [(1, 4), (6, 9)]
    """
    for span, following in zip(spans, [*spans[1:], None], strict=False):
        start = _name_start(text, span)
        limit = following.start if following else len(text)
        end = _bracket_end(text, start, span.end, limit)
        if latin := _LATIN.match(text, end):
            end = latin.end()
        if span.label == "project":
            start, end = _extend_title(text, start, end, limit)
        if (pattern := _HEADS.get(span.label)) and (head := pattern.match(text, end, limit)):
            end = head.end()
        start, end = _complete_quotes(text, start, end, span.label)
        for pattern in (_BACK, _BACK_AMOUNT, _BACK):
            if back := pattern.search(text[start:end]):
                end = start + back.start()
        if _WORD.search(text[start:end]):
            yield LabelledSpan(start, end, span.label, span.probability)


def cover_quotations(text: str, spans: Sequence[LabelledSpan]) -> Iterator[LabelledSpan]:
    """Yield spans that cover all of a quotation if they overlap it; several become one.

    In the marked text, 3,286 of 3,293 names that overlap a quotation cover it.

    >>> text = "开展“与军运同行”活动"
    >>> [text[s.start : s.end] for s in cover_quotations(text, [LabelledSpan(4, 6, "event", 0.9)])]
    ['与军运同行']
    """
    left = list(spans)
    for quotation in _QUOTATION.finditer(text):
        start, end = quotation.span(1)
        parts = [span for span in left if span.start < end and span.end > start]
        if parts:
            best = max(parts, key=lambda span: span.probability)
            first, last = min(start, parts[0].start), max(end, parts[-1].end)
            whole = LabelledSpan(first, last, best.label, best.probability)
            left = [span for span in left if span not in parts] + [whole]
    yield from sorted(left, key=lambda span: span.start)


def _complete_quotes(text: str, start: int, end: int, label: str) -> tuple[int, int]:
    """Return a span without an unpaired quotation mark; it is completed (“四清”行动) or cut."""
    for closing, opening in _QUOTES.items():
        at = text.find(closing, start, end)
        if at < 0 or opening in text[start:at]:
            continue
        if label != "project" and text[start - 1 : start] == opening:
            start -= 1
        else:
            end = at
    return start, end


def _extend_title(text: str, start: int, end: int, limit: int) -> tuple[int, int]:
    """Return the span of a project with the words for works and its phase after the name."""
    if word := _TITLE_WORD.match(text, end, limit):
        opening = _QUOTES.get(text[end : end + 1])
        if opening is None or text[start - 1 : start] == opening:
            start, end = start - (opening is not None), word.end()
    phase = _PHASE.match(text, end, limit)
    return start, phase.end() if phase else end


def remove_end_roads(text: str, spans: Sequence[LabelledSpan]) -> Iterator[LabelledSpan]:
    """Yield spans without the roads at which works begin or end.

    >>> spans = [LabelledSpan(3, 6, "road", 0.9), LabelledSpan(7, 10, "road", 0.9)]
    >>> list(remove_end_roads("改造（学院路至怡康路段）", spans))
    []
    """
    roads = [span for span in spans if span.label == "road"]
    ends = {
        road
        for road in roads
        if _FROM.match(text, road.start, road.end)
        or _FROM.search(text, max(0, road.start - 3), road.start)
    }
    for one, other in pairwise(roads):
        if _TO.fullmatch(text, one.end, other.start) and _SECTION.match(text, other.end):
            ends |= {one, other}
    yield from (span for span in spans if span not in ends)


def _name_start(text: str, span: LabelledSpan) -> int:
    """Return where a name begins after marks, amounts and joining words."""
    start = span.start
    patterns = [_FRONT, _FRONT_AMOUNT, _FRONT]
    if span.label == "project":
        patterns.append(_FRONT_VERB)
    elif span.label in ("body", "organization"):
        patterns.append(_FRONT_OF_OFFICE)
    for pattern in patterns:
        if front := pattern.match(text, start, span.end):
            start = front.end()
    if text[start - 1 : start] not in _QUOTES.values() and start < span.end:
        joining = _JOINING.match(text, start, span.end)
        start = joining.end() if joining else start
    return start


def _bracket_end(text: str, start: int, end: int, limit: int) -> int:
    """Return where a name ends so that its brackets are complete."""
    words = text[start:end]
    opened = sum(words.count(mark) for mark in _OPENING)
    closed = sum(words.count(mark) for mark in _CLOSING)
    if opened == closed:
        return end
    if opened < closed:
        return end - 1 if words[-1] in _CLOSING else end
    ahead = text[end : min(limit, end + _LONGEST_BRACKET)]
    closing = min((at for mark in _CLOSING if (at := ahead.find(mark)) >= 0), default=None)
    if closing is not None and not set(ahead[:closing]) & set("，。；、"):
        return end + closing + 1
    return start + max(words.rfind(mark) for mark in _OPENING)


def remove_remarks(name: str) -> str:
    """Return a name without amounts and remarks in brackets.

    >>> remove_remarks("黄桥中学管网工程（2233米）"), remove_remarks("颐康中心（二期）")
    ('黄桥中学管网工程', '颐康中心（二期）')
    """
    return _REMARK.sub("", name)

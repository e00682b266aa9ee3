"""Where a tagged name begins and ends: without marks, verbs and amounts, with whole brackets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from kg.tagger.spans import LabelledSpan

# Marks of lists and of quotation belong to no name.
_FRONT = re.compile(r"[\s①-⑳,，.．、:：;；。“‘”’《〈—●■★-]+|[(（]\d+[)）]")
_BACK = re.compile(r"[\s,，.．、:：;；。”’“‘》〉-]+$")
# A name has a letter, a digit or a character of its own.
_WORD = re.compile(r"\w")
# A title is as long as it is written: the word for what it is belongs to it.
_TITLE_WORD = re.compile(r"(?:项目|工程)(?!部|师|量|款|化|建设用)")
_OPENING, _CLOSING = "（(", "）)"
_LONGEST_BRACKET = 12
# Amounts of what a name is said of: 12万亩…工程, 滨河路820米.
_UNIT = "[万亿]?(?:亩|平方米|平方公里|公里|千米|㎡|km|米|元)|[余多]?[个处座条所家户栋幢套]"
_AMOUNT = rf"(?:约|共|全长|长)?\d[\d.,]*(?:{_UNIT})"
_FRONT_AMOUNT = re.compile(rf"{_AMOUNT}(?=..)")
_BACK_AMOUNT = re.compile(rf"{_AMOUNT}$")
# Where a road leads is told by a verb of direction: 东至怡康路, 西起学院路.
_DIRECTION = re.compile(r"[东南西北](?:起|至|临|接)于?(?=..)")
# A remark in brackets is no part of a name: (3441米), (暂名), (含新开联络线).
_REMARK = re.compile(rf"[（(](?:{_AMOUNT}|暂定?名?|(?:含|以下简称)[^）)]*)[）)]")


def trim_spans(text: str, spans: Sequence[LabelledSpan]) -> Iterator[LabelledSpan]:
    """Yield spans with whole brackets, without what belongs to no name; the empty are dropped.

    >>> spans = [LabelledSpan(0, 5, "road", 0.9), LabelledSpan(6, 9, "road", 0.9)]
    >>> [(span.start, span.end) for span in trim_spans("东至怡康路、学院路", spans)]
    [(2, 5), (6, 9)]
    """
    for span, following in zip(spans, [*spans[1:], None], strict=False):
        start = _front(text, span)
        limit = following.start if following else len(text)
        end = _bracket_end(text, start, span.end, limit)
        if span.label == "project" and (word := _TITLE_WORD.match(text, end, limit)):
            end = word.end()
        for pattern in (_BACK, _BACK_AMOUNT, _BACK):
            if back := pattern.search(text[start:end]):
                end = start + back.start()
        if _WORD.search(text[start:end]):
            yield LabelledSpan(start, end, span.label, span.probability)


def _front(text: str, span: LabelledSpan) -> int:
    """Return where a name begins behind marks, amounts and verbs of direction."""
    start = span.start
    patterns = (_FRONT, _DIRECTION) if span.label == "road" else (_FRONT, _FRONT_AMOUNT, _FRONT)
    for pattern in patterns:
        if front := pattern.match(text, start, span.end):
            start = front.end()
    return start


def _bracket_end(text: str, start: int, end: int, limit: int) -> int:
    """Return where a name ends so that what is opened in it is closed in it."""
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


def without_remarks(name: str) -> str:
    """Return a name without amounts and remarks in brackets.

    >>> without_remarks("黄桥中学管网工程（2233米）"), without_remarks("颐康中心（二期）")
    ('黄桥中学管网工程', '颐康中心（二期）')
    """
    return _REMARK.sub("", name)

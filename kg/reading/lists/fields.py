"""Part what is written of a task: its promise, who answers, up to when, how far it is.

The answerable units stand in brackets at the end of a sentence, on a line of their own behind a
label, or in a sentence that says who leads (由…牵头).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.model import Cell
from kg.reading.people import without_posts
from kg.reading.structure.brackets import Bracket, find_brackets, hide
from kg.reading.structure.cells import cut, trim
from kg.reading.structure.deadlines import is_deadline
from kg.reading.structure.labels import (
    Label,
    LabelKind,
    find_labels,
    is_label,
    label_at_start,
    shown,
)
from kg.reading.units.unit_names import BODY_LIKE, find_units, lists_units, tells_what_to_do

FieldKind = LabelKind

_STOP = re.compile(r"[。\n]")
_CLAUSE = re.compile(r"[，,；;。]")
_END = re.compile(r"[\s。；;，,.、]*$")
_BY = re.compile(
    r"(?:^|(?<=[，。；：]))由(?=[^，。；]{2,80}?(?:牵头|会同|负责|承办|组织实施|主办))"
)
_TO_PROGRESS = re.compile(
    r"(?:截[至止]|目前|当前|现已|(?:均|全部|现)?已|(?:超额|提前|圆满|全面|顺利)完成|今年以来|全年[共已累]|累计|[一二三四上下前]{1,2}(?:季度|半年)|\d{1,2}月[底份]|1[-—–~至]\d{1,2}月|正在|进展|\d+[^\W\d]{1,3}(?:均|全部)?(?:已|正在|完工|竣工|开工|施工|投用|开放))"
)
_WINDOW = 200
_OPENING = re.compile(r"[（(\[【〔。]")
_DEEPEST = 2
_SHORTEST = 6
# A paragraph that begins with who tells it: 区教育局：已建成3所。
_SPEAKER = re.compile(
    r"(?P<units>[^：:。；，\s（()）【\[〔\]】〕]{3,40}(?:[（(][^（()）：:]{2,20}[）)])?)[：:]\s*(?=\S)"
)
# A sentence and the label behind it: 增长6%以上.牵头单位
_LABEL_INSIDE = re.compile(r"[.．%％\d]|(?:牵头|责任|配合|主办|协办|承办)(?:单位|部门)$")
_COUNTED = re.compile(r"\d.$")
# Where a sentence may be done with names and roles.
_NAME_END = re.compile(
    r"[局委办会部院府司社队]|中心|街道|镇|乡|集团|(?:牵头|负责|配合|承办|实施|落实|推进)(?=[，。；]|$)"
)
_LONGEST_LIST = 3000
_WORD = re.compile(r"\w")


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a text: what it tells, its words, and the label in front of them."""

    kind: FieldKind
    cell: Cell
    label: str = ""


def is_progress_like(text: str) -> bool:
    """Tell whether a paragraph without a label begins as those that tell progress do.

    >>> is_progress_like("截至6月底，已竣工。"), is_progress_like("新建学校3所。")
    (True, False)
    """
    return bool(_TO_PROGRESS.match(text))


def parse_fields(cell: Cell, numbered: bool = False) -> tuple[Field, ...]:
    """Return the fields of a paragraph in their order; `task` is what no label or bracket tells.

    Args:
        cell: The paragraph.
        numbered: Whether it is an item, which a letter's address to all (各单位：…) is not.

    >>> found = parse_fields(Cell("新建学校3所。（责任领导：某某；责任单位：区教育局；完成时限：年底）"))
    >>> [(field.kind, field.cell.text) for field in found]
    [('task', '新建学校3所。'), ('people', '某某'), ('units', '责任单位：区教育局'), ('deadline', '年底')]
    """
    return tuple(field for field in _fields(cell, numbered) if field.cell.text)


def _fields(cell: Cell, numbered: bool = False) -> Iterator[Field]:
    text = cell.text
    speaker = _SPEAKER.match(text)
    if speaker and label_at_start(text) is None and _names_bodies(speaker["units"], numbered):
        yield Field("units", cut(cell, 0, speaker.end("units")))
        rest = cut(cell, speaker.end(), len(text))
        kind: FieldKind = "progress" if is_progress_like(rest.text) else "task"
        for found in _fields(rest):
            yield Field(kind, found.cell, found.label) if found.kind == "task" else found
        return
    brackets = find_brackets(text)
    told = list(_annotations(text, brackets))
    closed = [bracket for bracket in brackets if bracket.closed]
    hidden = shown(text, sorted([*closed, *told], key=lambda bracket: bracket.start))
    labels = [label for label in find_labels(hidden) if label.kind != "task" or label.start == 0]
    marks: list[Bracket | Label] = sorted([*told, *labels], key=lambda mark: mark.start)
    stops = [stop.end() for stop in _STOP.finditer(hidden)]
    kind = "task"
    words, start, last = "", 0, 0
    for mark in [*marks, None]:
        end = mark.start if mark else len(text)
        if kind in ("units", "deadline", "people"):
            # A field ends with its sentence; what follows is text again.
            place = bisect_right(stops, last)
            stop = min(stops[place] if place < len(stops) else end, end)
            yield from _labelled(kind, words, cell, start, last, stop)
            kind, words, start, last = "task", "", stop, stop
        yield from _labelled(kind, words, cell, start, last, end)
        if isinstance(mark, Label):
            kind, words, start, last = mark.kind, mark.words, mark.start, mark.end
        elif mark:
            yield from _annotation(cell, mark)
            start = last = mark.end


def _names_bodies(text: str, groups: bool) -> bool:
    return (
        not _LABEL_INSIDE.search(text)
        and lists_units(text)
        and (groups or not any(unit.group for unit in find_units(text)))
    )


def _labelled(
    kind: FieldKind, words: str, cell: Cell, start: int, last: int, end: int
) -> Iterator[Field]:
    """Yield the field that a label begins at `start`, with its words from `last` to `end`."""
    if kind in ("task", "progress", "problem", "plan"):
        text = cell.text[last:end]
        if kind == "task":
            told = _said_at_end(text)
            if told is not None:
                yield from _units(cell, last + told, end, last + told)
                end = last + told
            if not _WORD.search(cell.text, last, end):
                return
        while end > last and cell.text[end - 1] in "｜| ":
            end -= 1
        yield Field(kind, cut(cell, last, end), words)
        return
    if kind == "units" and tells_what_to_do(cell.text[last:end]):
        yield Field("task", cut(cell, start, end))
    elif kind == "units":
        yield from _units(cell, start, end, last)
    else:
        yield Field(kind, trim(cut(cell, last, end)), words)


def _said_at_end(text: str) -> int | None:
    """Return where the last sentence begins, if it only says who answers (市教育局牵头)."""
    stops = [stop.end() for stop in _STOP.finditer(text.rstrip("。 \u3000"))]
    start = stops[-1] if stops else 0
    sentence = text[start : start + _WINDOW].rstrip("。 \u3000")
    return start if lists_units(sentence) and _is_told(sentence) else None


def _annotations(text: str, brackets: Sequence[Bracket]) -> Iterator[Bracket]:
    """Yield the brackets that tell who answers, none inside another of them."""
    behind = 0
    above = list(find_labels(hide(text, [b for b in brackets if b.closed])))
    for bracket in brackets:
        if bracket.start < behind or bracket.depth > _DEEPEST:
            continue
        start, end = bracket.inside
        end = min(end, start + _LONGEST_LIST)
        inside = text[start:end]
        if not inside.strip() or is_label(inside):
            continue
        hidden = shown(inside, [b for b in find_brackets(inside) if b.closed])
        labels = list(find_labels(hidden))
        if not bracket.closed and labels and _OPENING.search(inside, 0, labels[0].start):
            continue
        kinds = {label.kind for label in labels}
        if kinds & {"units", "people", "deadline", "other"} or (
            bracket.closed
            and lists_units(without_posts(inside))
            and (_is_told(inside) or _is_apart(text, bracket, above))
        ):
            yield bracket
            behind = bracket.end


def _is_apart(text: str, bracket: Bracket, labels: Sequence[Label]) -> bool:
    """Tell whether a bracket ends a clause, and is not the other name of a body before it."""
    if bracket.end - bracket.start < _SHORTEST:
        return False
    place = bisect_right(labels, bracket.start, key=lambda label: label.end)
    above = labels[place - 1] if place else None
    if above and above.kind == "units" and not _STOP.search(text, above.end, bracket.start):
        return False
    if _END.match(text, bracket.end):
        return True
    before = text[: bracket.start][-4:]
    named = BODY_LIKE.search(before) and not _COUNTED.search(before)
    return text[bracket.end] in "；;。" and not named


def _is_told(text: str) -> bool:
    return any(unit.role for unit in find_units(text))


def _annotation(cell: Cell, bracket: Bracket) -> Iterator[Field]:
    """Yield the fields in a bracket."""
    start, end = bracket.inside
    inside = cell.text[start:end]
    hidden = shown(inside, [b for b in find_brackets(inside) if b.closed])
    labels = list(find_labels(hidden))
    first = labels[0].start if labels else len(inside)
    if lists_units(without_posts(inside[:first])):
        yield from _units(cell, start, start + first, start)
    elif is_deadline(inside[:first].strip("，,；; ")):
        yield Field("deadline", trim(cut(cell, start, start + first)))
    ends = [*(label.start for label in labels[1:]), len(inside)]
    for label, last in zip(labels, ends, strict=False):
        begin, after = start + label.start, start + label.end
        yield from _labelled(label.kind, label.words, cell, begin, after, start + last)


def _units(cell: Cell, start: int, end: int, last: int) -> Iterator[Field]:
    """Yield the units between two offsets, and the deadlines that stand among them."""
    if not _WORD.search(cell.text, last, end):
        return
    hidden = hide(cell.text[last:end], find_brackets(cell.text[last:end]))
    marks = [last + mark.start() for mark in _CLAUSE.finditer(hidden)]
    begin = start
    clause = last
    for mark in [*marks, end]:
        words = cell.text[clause:mark]
        if is_deadline(words):
            yield Field("units", trim(cut(cell, begin, clause)))
            yield Field("deadline", trim(cut(cell, clause, mark)))
            begin = mark
        clause = mark + 1
    yield Field("units", trim(cut(cell, begin, end)))


def spoken_units(text: str) -> Iterator[tuple[int, int]]:
    """Yield where running text says who answers: 由…会同…, 由…牵头.

    >>> text = "打造品牌。由市商务局会同市财政局制定办法，由市教育局牵头，市文旅局配合。"
    >>> [text[start:end] for start, end in spoken_units(text)]
    ['由市商务局会同市财政局', '由市教育局牵头，市文旅局配合']
    """
    behind = 0
    for match in _BY.finditer(text):
        if match.start() < behind:
            continue
        stop = _STOP.search(text, match.end(), match.end() + _WINDOW)
        floor = stop.start() if stop else min(len(text), match.end() + _WINDOW)
        ends = [mark.end() for mark in _NAME_END.finditer(text, match.end(), floor)]
        for end in reversed(ends):
            said = text[match.start() : end]
            if lists_units(said) and _is_told(said):
                yield match.start(), end
                behind = end
                break

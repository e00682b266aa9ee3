"""Adjust scores so that the numbers of a list are all numbers of tasks, or all parts of a text."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from kg.reading.decoding.line_forms import flow_lines
from kg.reading.structure.markers import DECORATION, find_marker, parse_han_number
from kg.tagger.flow import Flow
from kg.tagger.roles import ROLE_LABELS, Role
from kg.tagger.spans import Scores

_SPOKEN = re.compile("(?:第([一二三四五六七八九十]{1,3})，|([一二三四五六七八九十]{1,3})是)")
_LONGEST = 12
_SENTENCE = "。；;：:"
_CLAUSE = _SENTENCE + "，,"
# Roles of texts whose numbered parts may be mistaken for tasks.
_TEXTS: tuple[Role, ...] = ("progress", "target", "plan", "problem")
_REPORTS: tuple[Role, ...] = ("progress", "plan", "problem")
# Roles that occur between the rows of a table or the items of a list.
_OTHERS: tuple[Role, ...] = ("number", "category", "lead", "unit", "cooperating")
# By how much a list changes the scores of its numbers (a logarithm), and the share of the numbers
# for which the model must agree.
_EVIDENCE, _AGREED = 6.0, 0.3
# The share of the numbers from which on one that looks like a heading is a number too.
_MOST = 0.6


def weigh_numbers(flow: Flow, logs: Scores, labels: NDArray[np.int64]) -> Scores:
    """Return the scores of a document, adjusted by the numbering of its lists.

    The first number of a list decides: if it is the number of a task, so are the others; if it is
    inside a text, the numbers are those of the text's parts.

    Args:
        flow: The characters.
        logs: Logarithms of probabilities, shape (characters, labels).
        labels: The likeliest labels so far.
    """
    weighed = logs.copy()
    kinds = (np.arange(len(ROLE_LABELS)) + 1) // 2
    number, task, category = (
        ROLE_LABELS.index(f"B-{role}") for role in ("number", "task", "category")
    )
    other = [ROLE_LABELS.index(f"B-{role}") for role in _OTHERS]
    reports = [place for place, name in enumerate(ROLE_LABELS) if name[2:] in _REPORTS]
    counted = set(np.flatnonzero(kinds[labels] == kinds[number]).tolist())
    _weigh_bullets(weighed, flow, labels)
    lists = list(_numbered_lists(flow, labels == number))
    inner = Counter(style for style, spans in lists if _is_inside_text(labels[spans[0][0]]))
    styles = Counter(style for style, _ in lists)
    for style, spans in lists:
        # A promise may begin with its number: 一是建桥; 二是…, unless another number precedes it.
        is_spoken = flow.text[spans[0][1] - 1] == "是" and spans[0][0] - 1 not in counted
        begins = (number, task) if is_spoken else (number,)
        numbered = [labels[start] in begins for start, _ in spans]
        share = sum(numbered) / len(spans)
        (first, after), last = spans[0], spans[-1]
        if (
            numbered[0]
            and style == "circled"
            and 2 * inner[style] > styles[style] > 1
            and kinds[labels[first - 1]] == kinds[task]
        ):
            # Lists of this style are the parts of texts.
            end = _clause_end(flow, last[1])
            weighed[first:end, (kinds != kinds[task]) & (kinds != 0)] -= _EVIDENCE
        elif (numbered[0] and share >= _AGREED) or (labels[first] == category and share >= _MOST):
            for start, end in spans:
                weighed[start, number] += _EVIDENCE
                weighed[start + 1 : end, number + 1] += _EVIDENCE
                if labels[after] == task:
                    weighed[end, task] += _EVIDENCE
                    # Spoken numbers may be those of the parts of a report.
                    if flow.text[end - 1] != "是":
                        weighed[end : _clause_end(flow, end), reports] -= _EVIDENCE
        elif _is_inside_text(labels[first]) and share <= 1 - _AGREED and task in labels[:first]:
            if np.isin(labels[first : last[0]], other).sum() > sum(numbered):
                # Other rows begin between the numbers.
                continue
            same = kinds[labels[first]]
            end = _clause_end(flow, last[1])
            weighed[first:end, (kinds != same) & (kinds != 0)] -= _EVIDENCE
    return weighed


def _weigh_bullets(weighed: Scores, flow: Flow, labels: NDArray[np.int64]) -> None:
    """Adjust the scores of lines with bullets, in place.

    If most bullets of one character begin an item, all do. The lines of other bullets below it are
    inside the items; if more of them are progress than tasks, none is a task.
    """
    number, task, progress = (
        ROLE_LABELS.index(f"B-{role}") for role in ("number", "task", "progress")
    )
    promises = [at for at, name in enumerate(ROLE_LABELS) if name[2:] in ("task", "target")]
    lines: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for start, end in flow_lines(flow):
        if end - start > 1 and DECORATION.match(flow.text[start]):
            lines[flow.text[start]].append((start, end))
    inside = False
    for found in lines.values():
        starts = np.array([start for start, _ in found])
        marks = labels[starts], labels[starts + 1]
        begins = np.isin(marks[0], (number, task))
        if begins.sum() > _MOST * len(found) > 1:
            weighed[starts, number] += _EVIDENCE
            weighed[starts + 1, task] += _EVIDENCE
            inside = True
        elif inside:
            weighed[starts, number] -= _EVIDENCE
            reports, tasks = (np.isin(marks, role).any(axis=0).sum() for role in (progress, task))
            for start, end in found if reports > tasks else ():
                weighed[start:end, promises] -= _EVIDENCE


def _clause_end(flow: Flow, start: int) -> int:
    """Return where the clause ends that begins at a place, or the line with it."""
    end = start + 1
    while end < len(flow.text) and not flow.layout[end] and flow.text[end - 1] not in _CLAUSE:
        end += 1
    return end


def _is_inside_text(label: int) -> bool:
    """Return whether a number with this label is inside a text."""
    mark, _, role = ROLE_LABELS[label].partition("-")
    return role in _TEXTS or (role == "task" and mark == "I")


def _numbered_lists(
    flow: Flow, numbered: NDArray[np.bool_]
) -> Iterator[tuple[str, list[tuple[int, int]]]]:
    """Yield the style and the spans of the numbers of each list, which count from 1.

    Lists of one style may be nested. A number that continues several of them belongs to one whose
    first number has the same label, if there is one.
    """
    going: dict[str, list[list[tuple[int, int]]]] = {}
    for start in range(len(flow.text)):
        if not flow.layout[start] and start and flow.text[start - 1] not in _SENTENCE:
            continue
        style, number, length = _number_at(flow.text[start : start + _LONGEST])
        if not number or start + length >= len(flow.text):
            continue
        lists = going.setdefault(style, [])
        if number == 1:
            lists.append([])
        fits = [place for place, spans in enumerate(lists) if len(spans) == number - 1]
        alike = [p for p in fits if lists[p] and numbered[lists[p][0][0]] == numbered[start]]
        if fits:
            place = (alike or fits)[-1]
            lists[place].append((start, start + length))
            yield from ((style, spans) for spans in lists[place + 1 :] if len(spans) > 1)
            del lists[place + 1 :]
    for style, lists in going.items():
        yield from ((style, spans) for spans in lists if len(spans) > 1)


def _number_at(text: str) -> tuple[str, int | None, int]:
    """Return the style, the value and the length of the number with which a text begins.

    >>> _number_at("二是建桥"), _number_at("（3）建桥"), _number_at("建桥")
    (('spoken', 2, 2), ('arabic_bracket', 3, 3), ('', None, 0))
    """
    if spoken := _SPOKEN.match(text):
        return "spoken", parse_han_number(spoken[1] or spoken[2]), spoken.end()
    marker = find_marker(text)
    return (marker.style, marker.number, marker.end) if marker else ("", None, 0)

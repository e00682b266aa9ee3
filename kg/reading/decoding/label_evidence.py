"""Adjust scores by the labels in a document (责任单位：), known ones and those that it repeats."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from kg.reading.structure.labels import Label, LabelKind, column_label_kind, find_labels
from kg.reading.structure.markers import find_marker
from kg.tagger.flow import Flow
from kg.tagger.roles import LAYOUT, ROLE_LABELS, ROLES, Role
from kg.tagger.spans import Scores

# The roles that the text after a known label may have.
_ROLES_OF: Mapping[LabelKind, tuple[Role, ...]] = {
    "units": ("lead", "unit", "cooperating"),
    "people": ("leader",),
    "deadline": ("deadline",),
    "progress": ("progress",),
    "problem": ("problem",),
    "plan": ("plan",),
    "task": ("task", "target"),
    "other": ("remark",),
}
# The roles of the text after any other label.
_ANY: tuple[Role, ...] = (
    *("task", "target", "progress", "problem", "plan", "deadline", "leader", "remark"),
    *("lead", "unit", "cooperating"),
)
# A word before a colon or blanks; it may be spread over its column: 工 作 内 容：.
_WORDS = re.compile(
    r"[├└│—【▲●■→\s]*(?P<words>[一-鿿]{2,8}|\d{1,2}月份?|[一-鿿](?: +[一-鿿]){1,7})】?"
    r"(?:(?<=】)(?=[^\n])| *[：:](?=[^\n])|(?<=情况|进展|实况|进度|动态)。(?=[^\n])"
    r"|(?P<gap> {1,2})(?=\S))"
)
_PERIOD = re.compile(r"第?[一二三四]季度|[上下]半年|(?:[一二三四五六七八九十]{1,2}|\d{1,2})月份?")
# Roles of texts that go through the periods of a year.
_YEARLY: tuple[Role, ...] = ("progress", "plan", "target", "task")
# The kinds of labels before lists of names, and where these end.
_LISTS: tuple[LabelKind, ...] = ("units", "people", "deadline")
_LIST_END = re.compile(r"[）)】\]。；;]|(?<![、，,])\n")
# How many others support a proposal: 陈某某（等6名代表）.
_OTHERS = re.compile(r"[一-鿿]{2,4}[（(]等\d{1,3}[名位](?:代表|委员|人)[）)]")
_REPORT = re.compile(r".*\d.*[。；，]")
_NEWLINE = re.compile(r"\n")
_LINE = re.compile(r"[^\n]+")
# The most characters of the mark of an item.
_MARKER = 20
# What the layout of a flow is in the text that is searched for labels.
_GAPS = {"none": "", "gap": "  ", "blank line": "\n\n", "cell": "\n\n", "cell line": "\n\n"}
# A remark such as 办理结果：A类 is at most so long.
_SHORT = 12
# Roles of texts after the report, which are sentences.
_LATER: tuple[Role, ...] = ("problem", "plan")
# By how much a label changes the scores (a logarithm).
_EVIDENCE = 6.0
# By how much it lowers the score of characters of a list of units that they are outside of it.
_UNBROKEN = 2.0
# A word with a blank behind it at the beginning of so many lines is a label.
_OFTEN = 3
# How much more often than not a label follows another one directly.
_DIRECT = 2
_SENTENCE = "。！？!?；;"


@dataclass(frozen=True, slots=True)
class _Labelled:
    """A label, as offsets in the flow, and where the text after it ends."""

    words: str
    kind: LabelKind | None
    start: int
    content: int
    end: int


def weigh_labels(flow: Flow, logs: Scores, labels: NDArray[np.int64]) -> Scores:
    """Return the scores of a document, adjusted by the labels in it.

    All texts after the same label have the same role: the one that the label names, or else the
    one for which the scores of all of them are highest.

    Args:
        flow: The characters.
        logs: Logarithms of probabilities, shape (characters, labels).
        labels: The likeliest labels so far.
    """
    weighed = logs.copy()
    groups: dict[str, list[_Labelled]] = defaultdict(list)
    heads = [*np.flatnonzero(labels == ROLE_LABELS.index("B-head")).tolist(), len(labels)]
    # The kind of label that is directly before a place.
    kinds: dict[int, LabelKind | None] = {}
    for found in _find_labelled(flow):
        kinds[found.content] = found.kind
        if found.end > found.content:
            # Another heading may follow directly: 完成时限：长期坚持进展情况：….
            end = min(found.end, heads[bisect_right(heads, found.content)])
            groups[found.words].append(replace(found, end=end))
    _weigh_periods(weighed, logs, groups, kinds)
    done: set[Role] = set()
    repeated = {words for words, group in groups.items() if _is_repeated_label(group, labels)}
    has_reports = any(group[0].kind == "progress" for group in groups.values())
    for words, group in groups.items():
        known = group[0].kind
        if not known and words not in repeated:
            continue
        role = _best_role(group, logs, _ROLES_OF[known] if known else _ANY)
        # An item has one task and one report; other such texts are its contents, or remarks.
        is_short = all(g.end - g.content <= _SHORT for g in group)
        has_report = role in done or (not known and has_reports)
        if role == "task" and role in done:
            role = "target"
        elif is_short and ((role == "progress" and has_report) or (not known and role in _LATER)):
            role = "remark"
        if len(group) > 1:
            done.add(role)
        for found in group:
            _mark_label(weighed, flow, found, role)
    return weighed


def _weigh_periods(
    weighed: Scores,
    logs: Scores,
    groups: dict[str, list[_Labelled]],
    kinds: Mapping[int, LabelKind | None],
) -> None:
    """Give one role to texts that go through the year, in place: 一季度：…二季度：….

    Args:
        weighed: The scores that are adjusted.
        logs: The scores of the network.
        groups: The labels; periods are removed from them, for they are words of the texts.
        kinds: The kind of label before each place.
    """
    periods = {words for words in groups if _PERIOD.fullmatch(words)}
    if len(periods) < 2:
        return
    parts = [found for words in periods for found in groups.pop(words)]
    named = sorted(place for place, kind in kinds.items() if kind and kind not in _LISTS)
    places = (bisect_right(named, found.start) for found in parts)
    above = {kinds[named[place - 1]] for place in places if place}
    roles = [role for kind in above if kind for role in _ROLES_OF[kind]]
    role = _best_role(parts, logs, roles or _YEARLY)
    for found in parts:
        _exclude_others(weighed, found.start, found.end, (role,))


def _find_labelled(flow: Flow) -> Iterator[_Labelled]:
    """Yield the labels in a document, with the texts after them.

    If a label mostly follows another one directly, all paragraphs between these two belong to the
    first.
    """
    text, offsets = _lines_of(flow)
    at = np.searchsorted(np.array(offsets), np.arange(len(text) + 1)).tolist()
    order = list(_revise_kinds(text, _label_places(text)))
    followers = [*(label.start for label in order[1:]), len(text)]
    ends = [
        _content_end(text, label.end, following, label.kind not in _LISTS)
        for label, following in zip(order, followers, strict=False)
    ]
    pairs = [(before.words, after.words) for before, after in pairwise(order)]
    direct = Counter(
        pair
        for pair, end, following in zip(pairs, ends, followers, strict=False)
        if not text[end:following].strip()
    )
    apart = Counter(pairs) - direct
    for place, (label, end) in enumerate(zip(order, ends, strict=True)):
        pair = pairs[place] if place < len(pairs) else ("", "")
        if direct[pair] > _DIRECT * apart[pair] and label.kind not in _LISTS:
            end = len(text[: followers[place]].rstrip())
        yield _Labelled(label.words, label.kind, at[label.start], at[label.end], at[end])


def _label_places(text: str) -> list[Label]:
    """Return the labels in a text, in order."""
    labels = list(find_labels(text))
    starts = Counter(m["words"].replace(" ", "") for m in map(_WORDS.match, text.split("\n")) if m)
    certain = {label.words for label in labels} | {w for w, n in starts.items() if n >= _OFTEN}
    found: dict[int, Label] = {}
    for line in _LINE.finditer(text):
        marker = find_marker(line.group())
        if match := _WORDS.match(text, line.start() + (marker.end if marker else 0), line.end()):
            words, gap = match["words"].replace(" ", ""), match["gap"]
            kind = column_label_kind(words) if gap or words != match["words"] else None
            # One blank is enough after a word that has a colon elsewhere.
            if not gap or (kind and (gap != " " or words in certain)):
                found[match.start("words")] = Label(kind, words, match.start(), match.end())
    for label in labels:
        place = text.index(label.words[:1], label.start)
        start = found[place].start if place in found else label.start
        found[place] = replace(label, start=start)
    return sorted(found.values(), key=lambda label: label.start)


def _revise_kinds(text: str, labels: Sequence[Label]) -> Iterator[Label]:
    """Yield labels; verbs before reports are of no known kind: 落实：建成学校3所。 (no unit)."""
    reports: dict[str, list[bool]] = defaultdict(list)
    for label in labels:
        reports[label.words].append(bool(_REPORT.match(text, label.end)))
    for label in labels:
        is_report = 2 * sum(reports[label.words]) > len(reports[label.words])
        is_verb = label.kind == "units" and len(label.words) == len("落实")
        yield replace(label, kind=None) if is_verb and is_report else label


def _lines_of(flow: Flow) -> tuple[str, list[int]]:
    """Return the text of a flow with line breaks and blanks, and the offset of each character."""
    parts: list[str] = []
    offsets: list[int] = []
    length = 0
    for character, layout in zip(flow.text, flow.layout.tolist(), strict=True):
        name = LAYOUT[layout]
        gap = _GAPS.get(name, "\n" if "line" in name else " ")
        parts += [gap, character]
        offsets.append(length + len(gap))
        length += len(gap) + 1
    return "".join(parts), offsets


def _content_end(text: str, start: int, following: int, is_text: bool) -> int:
    """Return where the text after a label ends.

    A list of units or people ends with its bracket or sentence, any other text with its paragraph:
    a line that does not end with a sentence may go on in the next line, unless that is an item.
    """
    if not is_text:
        others = _OTHERS.match(text, start, following)
        end = _LIST_END.search(text, others.end() if others else start, following)
        return end.start() if end else following
    for newline in _NEWLINE.finditer(text, start + 1, following):
        ends = text[newline.start() - 1] in _SENTENCE
        below = text[newline.end() : newline.end() + _MARKER]
        if ends or below.startswith("\n") or find_marker(below):
            return newline.start()
    return following


def _is_repeated_label(group: Sequence[_Labelled], labels: NDArray[np.int64]) -> bool:
    """Return whether a word before a colon is at most of its places at the edge of a segment."""
    begins = [bool((labels[g.start : g.content + 1] % 2 == 1).any()) for g in group]
    return len(group) > 1 and 2 * sum(begins) > len(group)


def _best_role(group: Sequence[_Labelled], logs: Scores, roles: Sequence[Role]) -> Role:
    """Return the role with the highest scores in the texts after a label."""

    def score(role: Role) -> float:
        begins = 1 + 2 * ROLES.index(role)
        return sum(
            float(logs[g.content : g.end, begins : begins + 2].max(axis=1).mean()) for g in group
        )

    return max(roles, key=score)


def _mark_label(weighed: Scores, flow: Flow, found: _Labelled, role: Role) -> None:
    """Raise the scores of a label as a heading, and those of the role in the text after it."""
    head, own = ROLE_LABELS.index("B-head"), ROLE_LABELS.index(f"B-{role}")
    weighed[found.start, head] += _EVIDENCE
    weighed[found.start + 1 : found.content, head + 1] += _EVIDENCE
    weighed[found.content, own] += _EVIDENCE
    # A unit may be followed by the person in charge.
    allowed: tuple[Role, ...] = (role,)
    if role in _ROLES_OF["units"]:
        allowed = (role, "leader")
        words = [at for at in range(found.content + 1, found.end) if flow.text[at].isalnum()]
        weighed[words, 0] -= _UNBROKEN
    _exclude_others(weighed, found.content, found.end, allowed)


def _exclude_others(weighed: Scores, start: int, end: int, allowed: Sequence[Role]) -> None:
    """Lower the scores of all roles but the allowed ones."""
    others = [place for place, name in enumerate(ROLE_LABELS) if name[2:] not in ("", *allowed)]
    weighed[start:end, others] -= _EVIDENCE

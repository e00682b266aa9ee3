"""Find departments by short forms of their names, in Chinese and English."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from kg.answers.understanding.words import read_words
from kg.extraction.linking.abbreviations import expand_abbreviations
from kg.questions.parameters import is_subsequence, match_short_name

# How many departments a short form may stand for.
MOST_EQUAL = 3
# What may follow a short form of a department, and what may precede it.
_BEHIND = re.compile(
    r"[，,、。？?！!：:\s]|[局委办口系统和与跟同的在有要都还今手这那最干做管负落完到归明年]|$"
)
_BEFORE = tuple("跟和与同找归给把")
_ENDS = "局办委会队联院处"
# Names ending in 区 that are longer than this are departments: 江汉经开区, not 江汉区.
_LONG_ZONE = 3
_BODY = re.compile(
    r"\b(?:the )?((?:[a-z'-]+ ){0,4}?[a-z'-]+) (?:bureaus?|departments?|offices?|commissions?"
    r"|committees?|authority|administration|federation|council|agency)\b"
)


def find_short_departments(
    text: str, known: Sequence[str]
) -> Iterator[tuple[int, int, tuple[str, ...]]]:
    """Yield the spans of full and short names of departments with their full names.

    Args:
        text: The text.
        known: The full names, longer ones first.

    >>> list(find_short_departments("科经局忙啥", ["科技和经信局", "教育局"]))
    [(0, 3, ('科技和经信局',))]
    >>> list(find_short_departments("教育口的", ["科技和经信局", "教育局"]))
    [(0, 2, ('教育局',))]
    """
    at = 0
    while at < len(text):
        end, names = _match_department(text, at, known)
        if names:
            yield at, end, names
        at = max(end, at + 1)


def find_english_departments(text: str, known: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the spans of English names of departments with their full Chinese names.

    Args:
        text: The text, in lower case.
        known: The full names, longer ones first; the shortest one that matches is returned.

    >>> list(find_english_departments("is the commerce bureau late", ["商务区规划局", "商务局"]))
    [(7, 22, '商务局')]
    """
    for match in _BODY.finditer(text):
        words = match[1].split()
        for first in range(len(words)):
            called = " ".join(words[first:])
            stems = bureau_names().get(called) or bureau_names().get(called.removesuffix("s")) or ()
            names = [name for stem in stems for name in reversed(known) if stem in name]
            if names:
                yield match.end(1) - len(called), match.end(), names[0]
                break


def _match_department(text: str, at: int, known: Sequence[str]) -> tuple[int, tuple[str, ...]]:
    """Return the end and the full names of the department at a position, if there is one."""
    for name in known:
        if text.startswith(name, at):
            return at + len(name), (name,)
    for end in range(min(len(text), at + 12), at + 2, -1):
        form = text[at:end]
        if form[-1] in _ENDS or (form.endswith("区") and len(form) > _LONG_ZONE):
            changed = (form, f"{form[:-1]}局") if form[-1] == "委" else (form,)
            for short in changed:
                if same := match_short_name(short, known):
                    return end, (same[0],)
    for end in range(min(len(text), at + 6), at + 1, -1):
        if not (_BEHIND.match(text, end) or text[max(0, at - 1) : at] in _BEFORE):
            continue
        same = _expand_short_name(text[at:end], known)
        if 0 < len(same) <= MOST_EQUAL:
            return end, tuple(same)
    return at, ()


def _expand_short_name(form: str, known: Sequence[str]) -> list[str]:
    """Return the departments that a name without 局 or 委 may stand for: 公安, 卫健, 金融街."""
    if not re.fullmatch("[一-鿿]+", form):
        return []
    full = expand_abbreviations(f"{form}局", "department").removesuffix("局")
    if full != form and (same := [n for n in known if len(n) > 3 and is_subsequence(n[:-1], full)]):
        return same
    if len(form) > 2 and (within := [name for name in known if form in name]):
        return within
    if begin := [name for name in known if name.startswith(form)]:
        return begin
    pattern = re.compile(".*".join(map(re.escape, form)))
    return [name for name in known if name[0] == form[0] and pattern.match(name)]


@cache
def bureau_names() -> Mapping[str, Sequence[str]]:
    """Return the Chinese stems of department names by their English names."""
    return {called: stems.split() for called, stems in read_words("bureaus.tsv").items()}

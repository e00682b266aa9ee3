"""Find departments and things in a question: by full, short, pinyin or misspelt names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from kg.answers.tasks import TaskRecord
from kg.answers.understanding.short_names import (
    MOST_EQUAL,
    bureau_names,
    find_english_departments,
    find_short_departments,
)
from kg.answers.understanding.words import glossary
from kg.graph.rdf.terms import normal_name
from kg.pinyin.sounds import Sounds, is_homophone, match_typed_names, sounds_of

_QUOTES = re.compile(r"[《》“”\"‘’]")
# Digits and dates are not names, even if they were extracted as such.
_NO_NAME = re.compile(r"[\d.年月日/-]*")
_BEFORE_PLACE = re.compile(r"(?:^|[^一-鿿]|[在的和与跟把给住去到、])$")
_BEHIND_PLACE = re.compile(
    r"[，,、。？?！!\s]|[街社片区里上和与跟同来参]|的|在|有|这|那|都|还|今|$"
)
# Endings that may be missing from the name of a place: 民族 for 民族街, 打铜 for 打铜社区.
_ENDINGS = {"Subdistrict": ("街道", "街", "镇", "乡"), "Community": ("社区", "村")}
_CHINESE = re.compile("[一-鿿]{2,}")
# Words that show that a question is in English, even if it contains Chinese names.
_ENGLISH = re.compile(
    r"\b(?:the|of|is|are|was|were|has|have|had|do|does|did|what|which|who|whom|whose|how|when|where"
    r"|why|in|on|at|by|for|to|from|with|and|about|many|much|any|all|list|show|tell|give|task|tasks"
    r"|department|departments|status|progress|behind|late|done)\b"
)
_UNIVERSITY = re.compile("(?:(?![与和及请在])[一-鿿]){2,4}大学")
_LATIN = re.compile(r"[a-z]{2,}(?: ?[a-z]{1,6}){0,5}")
# English words after the name of a place, and the Chinese ending for each.
_PLACE_WORDS = {
    "road": "路",
    "avenue": "大道",
    "street": "街",
    "subdistrict": "街",
    "lake": "湖",
    "park": "公园",
    "community": "社区",
    "square": "广场",
}
_KINDS_OF_PLACES = re.compile(rf" ({'|'.join(_PLACE_WORDS)})s?\b")
# Minimum lengths of a name to be found by its sound, and by pinyin or initials.
_SHORTEST_SOUND, _SHORTEST_PINYIN = 3, 4


@dataclass(frozen=True, slots=True)
class Mention:
    """A name in a question.

    Attributes:
        start: The start of its span in the question.
        end: The end of its span.
        names: The full names that it may stand for; several if they match equally well.
        kind: `Department`, or the class of the thing.
    """

    start: int
    end: int
    names: tuple[str, ...]
    kind: str


class Gazetteer:
    """The names in the tasks of a graph."""

    def __init__(self, tasks: Sequence[TaskRecord], districts: Iterable[str]) -> None:
        """Collect the names of departments and things.

        Args:
            tasks: The tasks.
            districts: The names of the places of the reports, which are ignored.
        """
        own = {form for name in districts for form in (name, name[:-1])}
        self._texts = [task.text.lower() for task in tasks]
        departments = {name for task in tasks for name in task.departments}
        self.departments = sorted(departments, key=lambda name: (-len(name), name))
        kinds = {name: kind for task in tasks for name, kind in task.names}
        self._things: dict[str, tuple[str, str]] = {}
        for name, kind in sorted(kinds.items()):
            form = _normalise(name)
            if len(form) < 2 or _NO_NAME.fullmatch(form) or form in own:
                continue
            if name not in departments:
                self._things.setdefault(form, (name, kind))
        self._sizes = sorted({len(form) for form in self._things}, reverse=True)
        self._stems = dict(self._find_stems())
        self._sound_table: Mapping[str, Sounds] = {}

    def find(self, text: str) -> list[Mention]:
        """Return the names in a question in text order, without overlaps.

        Args:
            text: The question.
        """
        folded = text.lower()
        found = _drop_overlaps([*self._find_things(folded), *self._find_departments(folded)], [])
        if not is_chinese(text):
            found += _drop_overlaps(self._find_words(blank_out(folded, found)), found)
        found += _drop_overlaps(self._find_english_departments(blank_out(folded, found)), found)
        if is_chinese(text) or not _CHINESE.search(folded):
            found += _drop_overlaps(self._find_pinyin_names(blank_out(folded, found)), found)
        if not found:
            found += _drop_overlaps(self._find_misspelt_names(folded), found)
        return sorted(found, key=lambda mention: mention.start)

    def _find_things(self, text: str) -> Iterator[Mention]:
        at = 0
        while at < len(text):
            mention = self._match_thing(text, at)
            # The name of a department has priority over a shorter thing.
            longer = next((d for d in self.departments if text.startswith(d, at)), "")
            if mention and mention.end - at >= len(longer):
                yield mention
                at = mention.end
            else:
                at += max(1, len(longer))

    def _match_thing(self, text: str, at: int) -> Mention | None:
        for size in self._sizes:
            if (known := self._things.get(text[at : at + size])) and at + size <= len(text):
                return Mention(at, at + size, (known[0],), known[1])
        for size in (5, 4, 3, 2):
            form = text[at : at + size]
            if form not in self._stems or not _BEFORE_PLACE.search(text, 0, at):
                continue
            if _BEHIND_PLACE.match(text, at + size):
                name, kind = self._stems[form]
                return Mention(at, at + size, (name,), kind)
        return None

    def _find_stems(self) -> Iterator[tuple[str, tuple[str, str]]]:
        """Yield short forms of things: places without their ending, and universities."""
        for form, (name, kind) in self._things.items():
            for ending in _ENDINGS.get(kind, ()):
                stem = form.removesuffix(ending)
                if stem != form and len(stem) > 1 and stem not in self._things:
                    yield stem, (name, kind)
                    yield f"{stem}街道", (name, kind)
        for university in sorted(set(_UNIVERSITY.findall("。".join(self._texts))), key=len)[::-1]:
            yield f"{university[0]}大", (university, "Organization")

    def _find_departments(self, text: str) -> Iterator[Mention]:
        for start, end, names in find_short_departments(text, self.departments):
            yield Mention(start, end, names, "Department")

    def _find_english_departments(self, text: str) -> Iterator[Mention]:
        for start, end, name in find_english_departments(text, self.departments):
            yield Mention(start, end, (name,), "Department")

    def _find_words(self, text: str) -> Iterator[Mention]:
        """Yield Chinese words in an English question that occur in tasks."""
        for match in _CHINESE.finditer(text):
            if any(match[0] in task_text for task_text in self._texts):
                kind = next((k for k, ends in _ENDINGS.items() if match[0].endswith(ends)), "Thing")
                yield Mention(match.start(), match.end(), (match[0],), kind)

    def _find_pinyin_names(self, text: str) -> Iterator[Mention]:
        """Yield names typed in pinyin or as its initials: xibeihu, jhl, Xibei Lake."""
        for match in _LATIN.finditer(text):
            words = match[0].split(" ")
            starts = [match.start() + len(" ".join(words[:n])) + (n > 0) for n in range(len(words))]
            for first, last in _word_spans(len(words)):
                end = starts[last - 1] + len(words[last - 1])
                behind = _KINDS_OF_PLACES.match(text, end)
                typed = "".join(words[first:last])
                ending = _PLACE_WORDS[behind[1]] if behind else text[end : end + 1]
                if len(typed) < _SHORTEST_PINYIN - 1 or typed in _common_words():
                    continue
                if any(typed in task_text for task_text in self._texts):
                    continue
                forms = match_typed_names(typed, ending.strip(), self._sounds())[:MOST_EQUAL]
                if forms:
                    names = tuple(self._things[f][0] if f in self._things else f for f in forms)
                    kind = self._things.get(forms[0], ("", "Department"))[1]
                    yield Mention(starts[first], behind.end() if behind else end, names, kind)
                    break

    def _sounds(self) -> Mapping[str, Sounds]:
        """Return the names with their sounds, computed when first needed."""
        if not self._sound_table:
            self._sound_table = sounds_of([*self.departments, *self._things])
        return self._sound_table

    def _find_misspelt_names(self, text: str) -> Iterator[Mention]:
        """Yield names that sound alike or differ in one character: 西北胡, 汉江大到."""
        names = dict.fromkeys(self.departments, "Department")
        names |= {form: kind for form, (_, kind) in self._things.items()}
        for form, kind in names.items():
            size = len(form)
            if size < _SHORTEST_SOUND or not re.fullmatch("[一-鿿]+", form):
                continue
            for at in range(len(text) - size + 1):
                part = text[at : at + size]
                other = [(a, b) for a, b in zip(part, form, strict=True) if a != b]
                if len(other) == 1 and (size > _SHORTEST_SOUND or is_homophone(*other[0])):
                    full = self._things[form][0] if form in self._things else form
                    yield Mention(at, at + size, (full,), kind)


def is_chinese(text: str) -> bool:
    """Return whether a question is in Chinese, not in English with Chinese names.

    >>> is_chinese("who leads 金桥书院 (金桥)?"), is_chinese("jhl 有哪些任务")
    (False, True)
    """
    return bool(_CHINESE.search(text)) and not _ENGLISH.search(text.lower())


def blank_out(text: str, found: Iterable[Mention]) -> str:
    """Return a text with spaces in place of the names found in it."""
    for mention in found:
        text = text[: mention.start] + " " * (mention.end - mention.start) + text[mention.end :]
    return text


def _drop_overlaps(mentions: Iterable[Mention], others: Sequence[Mention]) -> list[Mention]:
    """Return the mentions that overlap neither others nor longer ones, the longest first."""
    kept: list[Mention] = []
    for one in sorted(mentions, key=lambda m: (m.start - m.end, m.start)):
        if all(one.end <= other.start or other.end <= one.start for other in (*others, *kept)):
            kept.append(one)
    return kept


def _normalise(name: str) -> str:
    return _QUOTES.sub("", normal_name(name)).lower()


@cache
def _common_words() -> frozenset[str]:
    """Return English words that are not pinyin: those of the glossaries."""
    keys = (word for key in (*glossary(), *bureau_names()) for word in key.split())
    return frozenset(keys)


def _word_spans(count: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of consecutive words, the longest first."""
    for size in range(count, 0, -1):
        yield from ((first, first + size) for first in range(count - size + 1))

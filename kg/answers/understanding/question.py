"""Parse a question: its names, dates and numbers, and the families that it may belong to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from kg.answers.tasks import TaskRecord
from kg.answers.understanding.families import SLOTS, rank_families
from kg.answers.understanding.names import Gazetteer, Mention, blank_out, is_chinese
from kg.answers.understanding.short_names import find_english_departments
from kg.graph.rdf.literals import date_bounds
from kg.kinds import PLACES
from kg.questions.periods import find_periods, translate_dates

_NUMBER = re.compile(
    r"第\s*(\d{1,4})\s*[条项号个]|(?:任务|序号|编号)\s*(\d{1,4})|(?<![月\d路街道巷])(\d{1,4})\s*号(?!线|楼|院|地块|公馆|\d)"
    r"|\b(?:tasks?|items?|rows?|and) (?:no\.? |number )?#?(\d{1,4})\b"
)
# A name followed by its Chinese form in brackets.
_SAME = re.compile(r"([ＤＳＸ]) ?[（(][ＤＳＸ][）)]")
_DAY = re.compile(r"(?<=月)(\d{1,2})号")
_ENGLISH_DAY = re.compile(
    r"\b(\d{1,2})(?:st|nd|rd|th)? (?:of )?(january|february|march|april|may|june|july|august"
    r"|september|october|november|december)\b"
)
_PLACE_CLASSES = frozenset(kind.rdf_class for kind in PLACES)
_SHORTEST_HEADING, _SHORTEST_PART = 3, 4
# What must follow a heading that is as short as a word.
_HEADED = "(?:类|领域|板块|方面|大类|这块)"
# Measures that a question may ask for: the words that ask, and what an answer must then contain.
_MEASURES = (
    (
        "多少钱|花了多少|几个亿|多少个亿|多少[万亿]?元|总投资|造价|花费|成本|预算(?:是|有)?多少"
        "|how much money|cost|spent|budget for",
        r"\d[万亿]?余?元|资金",
    ),
    (
        "多少居民|多少人口|多少人住|人口|how many (?:residents|people live|inhabitants)|population",
        r"人口|居民\D{0,6}\d|\d\D{0,3}居民",
    ),
    ("微克|μg|microgram", "微克|μg"),
    ("多少公里|几公里|多长|how (?:long is|many kilomet)", r"公里|\d余?米|里程"),
    ("百分之几|百分之多少|what percentage|by what per ?cent", r"\d%|百分之|百分点"),
    ("多少吨|tonn?es", r"\d余?万?吨"),
    ("几度|多少度", r"\d度"),
    ("多少分贝|decibel", "分贝"),
)
_ANSWER_IN = tuple((re.compile(asked), re.compile(measure)) for asked, measure in _MEASURES)


@dataclass(frozen=True, slots=True)
class Period:
    """The period that a question names.

    Attributes:
        first: The first ISO day; empty for none.
        last: The last ISO day; empty for none.
        words: The words for it in the question.
    """

    first: str
    last: str
    words: str


@dataclass(frozen=True)
class ParsedQuestion:
    """A parsed question.

    Attributes:
        text: The question.
        is_chinese: Whether it is in Chinese or only a Chinese name in pinyin.
        mentions: The names in it.
        numbers: The numbers of tasks.
        period: The period that it names, or None.
        categories: The headings of the report that it names.
        families: The families that it may belong to with their probabilities, the best first.
    """

    text: str
    is_chinese: bool
    mentions: tuple[Mention, ...]
    numbers: tuple[int, ...]
    period: Period | None
    categories: tuple[str, ...]
    families: tuple[tuple[str, float], ...]

    @cached_property
    def departments(self) -> tuple[str, ...]:
        """The departments that it names, the most likely one for each mention."""
        found = (m.names[0] for m in self.mentions if m.kind == "Department")
        return tuple(dict.fromkeys(found))

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The other things that it names, the longest first."""
        found = {name for m in self.mentions if m.kind != "Department" for name in m.names}
        return tuple(sorted(found, key=lambda name: (-len(name), name)))

    @cached_property
    def text_without_names(self) -> str:
        """The question without the names in it."""
        rest = self.text
        for mention in reversed(self.mentions):
            rest = f"{rest[: mention.start]} {rest[mention.end :]}"
        return rest

    @cached_property
    def text_with_full_names(self) -> str:
        """The question with full names in place of short, pinyin and misspelt ones."""
        text = self.text
        for mention in reversed(self.mentions):
            written = text[mention.start : mention.end]
            if mention.kind != "Department" and written not in mention.names[0]:
                text = f"{text[: mention.start]} {mention.names[0]} {text[mention.end :]}"
        return text

    def localise(self, zh: str, en: str) -> str:
        """Return the text in the language of the question."""
        return zh if self.is_chinese else en

    def has(self, pattern: re.Pattern[str]) -> bool:
        """Return whether a pattern matches the question in lower case."""
        return bool(pattern.search(self.text.lower()))

    def is_answered_in(self, answer: str) -> bool:
        """Return whether an answer contains the measure in question: money, residents, length."""
        low = self.text.lower()
        return all(measure.search(answer) for asked, measure in _ANSWER_IN if asked.search(low))


def read_question(text: str, gazetteer: Gazetteer, tasks: Sequence[TaskRecord]) -> ParsedQuestion:
    """Parse a question.

    Args:
        text: The question.
        gazetteer: The names in the tasks.
        tasks: The tasks, for their headings and dates.
    """
    mentions = gazetteer.find(text)
    # Lower the case first: the slot characters are capitals.
    masked = _mask_names(text.lower(), mentions)
    as_of = max((task.as_of for task in tasks), default="")
    masked, period = _mask_period(masked, as_of)
    headings = {heading for task in tasks for heading in task.categories}
    parts = {heading: _find_heading_part(heading, text) for heading in sorted(headings)}
    named = tuple(heading for heading, part in parts.items() if part)
    for part in parts.values():
        masked = masked.replace(part.lower(), SLOTS["category"]) if part else masked
    found = [next(filter(None, m.groups())) for m in _NUMBER.finditer(text.lower())]
    masked = _NUMBER.sub(lambda m: re.sub(r"\d+", SLOTS["number"], m[0]), masked)
    masked = _SAME.sub(r"\1", masked)
    slots = [slot for slot, mark in SLOTS.items() if mark in masked]
    if len({mention.names for mention in mentions if mention.kind == "Department"}) > 1:
        slots.append("departments")
    return ParsedQuestion(
        text,
        is_chinese(text) or _is_only_pinyin(text, mentions, gazetteer),
        tuple(mentions),
        tuple(dict.fromkeys(map(int, found))),
        period,
        named,
        tuple(rank_families(masked, slots)),
    )


def _is_only_pinyin(text: str, mentions: Sequence[Mention], gazetteer: Gazetteer) -> bool:
    """Return whether a question consists of names in pinyin only, as readers of Chinese type."""
    low = text.lower()
    return (
        bool(mentions)
        and not re.search("[a-z]", blank_out(low, mentions))
        and not any(find_english_departments(low, gazetteer.departments))
    )


def _find_heading_part(heading: str, text: str) -> str:
    """Return the longest part of a heading in a question, or an empty string.

    Short headings must occur in full.

    >>> _find_heading_part("立足普惠民生，实现幸福共享", "普惠民生那块有几项任务")
    '普惠民生'
    """
    least = min(_SHORTEST_PART, len(heading))
    if len(heading) < _SHORTEST_HEADING:
        return heading if re.search(re.escape(heading) + _HEADED, text) else ""
    for size in range(len(heading), least - 1, -1):
        for at in range(len(heading) - size + 1):
            if heading[at : at + size] in text:
                return heading[at : at + size]
    return ""


def _mask_names(text: str, mentions: Sequence[Mention]) -> str:
    """Return a question with slot characters in place of the names."""
    masked, at = "", 0
    for mention in mentions:
        kind = "place" if mention.kind in _PLACE_CLASSES else "thing"
        mark = SLOTS["department" if mention.kind == "Department" else kind]
        masked += text[at : mention.start] + mark
        at = mention.end
    return masked + text[at:]


def _mask_period(text: str, as_of: str) -> tuple[str, Period | None]:
    """Return a question with its first period masked, and that period."""
    year = as_of[:4]
    if not year.isdigit():
        return text, None
    month = as_of[:7] if len(as_of) >= len("2019-10") else None
    shown = _DAY.sub(r"\1日", text.replace("前后", ""))
    shown = translate_dates(_ENGLISH_DAY.sub(r"\2 \1", shown), month)
    now = date_bounds(as_of)[1]
    for start, end, said in find_periods(shown, int(year), month):
        if said and "from" not in said and said["until"] <= now:
            # 截至10月底 means up to now: it is no restriction.
            return shown[:start] + shown[end:], None
        if said:
            period = Period(said.get("from", ""), said.get("until", ""), shown[start:end])
            return shown[:start] + SLOTS["date"] + shown[end:], period
    return text, None

"""Split a question into names of things, states, numbers, dates and words with a meaning.

At each position the longest name, date or word is taken. Other text becomes an unknown part: it may
be a name that is not in the graph, or show that the question is about something else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from kg.extraction.lexicon import lexicon_pattern
from kg.gazetteer import load_gazetteer
from kg.graph.rdf.terms import normal_name
from kg.graph.stores.protocol import Graph
from kg.questions.parameters import match_short_name, thing_names
from kg.questions.periods import find_periods, translate_dates
from kg.questions.sparql import select
from kg.questions.words import Words, find_unknown_end

_QUOTES = re.compile(r"[“”‘’\"'`《》〈〉「」『』]")
_CONTROL = re.compile(r"[\s\x00-\x1f\x7f]+")
_NUMBER = re.compile(
    r"(?:第|number |no\.? ?|#|(?<=task )|(?<=任务))(\d{1,6})(?:[号项条]|(?![a-z\d]))"
    r"|(\d{1,6})[号项条]"
)
# Last characters of department names, and the minimum and maximum length of short forms.
_BODY_ENDS = frozenset("局办委会队区联心处")
_SHORTEST, _LONGEST = 3, 12
_BODY = re.compile(rf"[{''.join(sorted(_BODY_ENDS))}]$|\b(?:bureau|office|department|committee)$")


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of a question.

    Attributes:
        text: The text.
        start: The start of its span.
        word: The group of words that it belongs to; empty for words without meaning.
        values: The values that it stands for, by kind of parameter; a name has a value for each
            class with a thing of that name. An unknown part has neither word nor values.
    """

    text: str
    start: int
    word: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def end(self) -> int:
        """The end of its span."""
        return self.start + len(self.text)

    @property
    def is_unknown(self) -> bool:
        """Whether it is neither a word nor a value."""
        return self.word is None and not self.values

    @property
    def key(self) -> tuple[str, ...]:
        """What identifies its meaning: equal parts have equal keys."""
        return (self.text,) if self.is_unknown else (self.word or "", *self.values.values())

    @property
    def is_name(self) -> bool:
        """Whether it is the name of a thing other than a department."""
        return "NamedThing" in self.values

    @property
    def is_body(self) -> bool:
        """Whether it ends like the name of a department."""
        return bool(_BODY.search(_lower(self.text)))

    def is_continuation_of(self, last: Part, text: str) -> bool:
        """Return whether it belongs to the name before it: 月亮湖公园, 西北湖项目, Moon Lake."""
        if self.is_unknown and last.is_unknown:
            return not text[last.end : self.start].strip()
        return "class" in self.values and self.start == last.end


class Recogniser:
    """Recognises the names, values and words in questions to one graph."""

    def __init__(self, store: Graph, classes: Iterable[str], words: Words) -> None:
        """Collect the names.

        Args:
            store: The graph.
            classes: Classes whose things can be named.
            words: Words with a meaning.
        """
        self._words = words
        self._names: dict[str, dict[str, str]] = {}
        # Specific classes take precedence over NamedThing.
        for name in sorted(classes, key="NamedThing".__eq__):
            for label in thing_names(store, [name]):
                if not label.isdecimal():
                    self._add_name(label, name, label)
        for label in thing_names(store, ["Jurisdiction"]):
            if label.isdecimal():
                self._add_gazetteer(label)
            else:
                self._names.setdefault(label, {})  # the district itself is no restriction
        self._departments = list(thing_names(store, ["Department"]))
        for values in self._names.values():
            if "Department" in values:
                values.pop("NamedThing", None)
        self._pattern = lexicon_pattern(self._names)
        found = select(store, _REPORTS).rows
        self._year = int(str(found[0][0])) if found else None
        as_of = str(found[0][1])[:7] if found else ""
        self._as_of = as_of if len(as_of) == 7 else None

    def split_question(self, question: str) -> list[Part]:
        """Return the parts of a question, without words that have no meaning."""
        text = self._normalise(question)
        found: list[Part] = []
        for part in self._scan(text):
            last = found[-1] if found else None
            if last and last.is_unknown and part.is_continuation_of(last, text):
                found[-1] = Part(text[last.start : part.end], last.start)
            elif last and last.is_name and part.is_continuation_of(last, text):
                found.append(replace(part, values={}))
            elif part.word != "":
                found.append(part)
        # Parts that occur twice count once.
        return list({one.key: one for one in reversed(found)}.values())[::-1]

    def example_name(self, kind: str, but: Iterable[str]) -> str:
        """Return the shortest name of a thing of a class that is not in `but`."""
        labels = {values[kind] for values in self._names.values() if kind in values}
        return min(labels.difference(but), key=lambda label: (len(label), label), default="…")

    def _normalise(self, question: str) -> str:
        text = _CONTROL.sub(" ", _QUOTES.sub("", unicodedata.normalize("NFKC", question)))
        low = _lower(text)
        dated = translate_dates(low, self._as_of)
        return text if dated == low else dated

    def _add_name(self, form: str, kind: str, label: str) -> None:
        self._names.setdefault(_lower(normal_name(form)), {}).setdefault(kind, label)

    def _add_gazetteer(self, code: str) -> None:
        units = load_gazetteer(code)
        for form, short in units.aliases.items():
            if short in units.subdistricts:
                self._add_subdistrict(form, short)
        for short in units.subdistricts:
            self._add_subdistrict(short, short)

    def _add_subdistrict(self, form: str, short: str) -> None:
        self._add_name(form, "Subdistrict", short)
        self._add_name(form, "NamedThing", short)

    def _scan(self, text: str) -> Iterator[Part]:
        """Yield the longest part at each position."""
        low = _lower(text)
        dates = {
            start: (end, said) for start, end, said in find_periods(low, self._year, self._as_of)
        }
        at = 0
        while at < len(text):
            ends: dict[int, tuple[str | None, Mapping[str, str]]] = {}
            if word := self._words.match_at(low, at):
                end, group = word
                ends[end] = group.name, group.values
            if at in dates:
                end, said = dates[at]
                ends[end] = None if said else "", said
            if number := _NUMBER.match(low, at):
                ends[number.end()] = None, {"integer": number[1] or number[2]}
            if body := self._match_department(low, at):
                end, label = body
                ends[end] = None, self._names[label]
            if name := self._pattern.match(low, at):
                values = self._names[name[0]]
                # A word without meaning (全区) has none as a name either.
                if ends.get(name.end()) != ("", {}):
                    ends[name.end()] = None if values else "", values
            if not ends:
                silent = "" if not text[at].isalnum() else None
                ends[find_unknown_end(low, at)] = silent, {}
            end = max(ends)
            yield Part(text[at:end], at, *ends[end])
            at = end

    def _match_department(self, low: str, at: int) -> tuple[int, str] | None:
        """Return the end and the name of the department whose short form begins at a position."""
        for end in range(min(len(low), at + _LONGEST), at + _SHORTEST - 1, -1):
            if low[end - 1] in _BODY_ENDS:
                same = match_short_name(low[at:end], self._departments)
                if same:
                    return end, _lower(normal_name(same[0]))
        return None


_REPORTS = """SELECT ?year ?asOf WHERE {
  ?report a tkg:Report ; tkg:year ?year OPTIONAL { ?report tkg:asOf ?asOf }
} ORDER BY DESC(?year) DESC(?asOf) LIMIT 1"""


def _lower(text: str) -> str:
    """Return a text in lower case, character for character.

    >>> _lower("CBD İ")
    'cbd İ'
    """
    return "".join(c.lower() if c.isascii() else c for c in text)

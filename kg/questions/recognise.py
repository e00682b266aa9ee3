"""What a question names: things of the graph, states, numbers, dates, and words that say something.

The longest name, date or word at each place counts. What is none of these is unknown, and kept: it
may be a name that the graph lacks, or tell that the question is about something else.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from kg.extraction.lexicon import lexicon_pattern
from kg.gazetteer import load_gazetteer
from kg.graph.protocol import Graph
from kg.graph.terms import normal_name
from kg.questions.parameters import names, short_for
from kg.questions.periods import in_chinese, periods
from kg.questions.sparql import select
from kg.questions.words import Words, unknown_end

_QUOTES = re.compile(r"[“”‘’\"'`《》〈〉「」『』]")
_CONTROL = re.compile(r"[\s\x00-\x1f\x7f]+")
_NUMBER = re.compile(
    r"(?:第|number |no\.? ?|#|(?<=task )|(?<=任务))(\d{1,6})(?:[号项条]|(?![a-z\d]))"
    r"|(\d{1,6})[号项条]"
)
# What ends the name of a department, and how long short forms of it are.
_BODY_ENDS = frozenset("局办委会队区联心处")
_SHORTEST, _LONGEST = 3, 12
_BODY = re.compile(rf"[{''.join(sorted(_BODY_ENDS))}]$|\b(?:bureau|office|department|committee)$")


@dataclass(frozen=True, slots=True, eq=False)
class Part:
    """A part of a question.

    Attributes:
        text: As it is written.
        start: Where it begins.
        word: The group of words that it belongs to; empty for words that say nothing.
        values: What it stands for, by kind of parameter; a name stands for a thing of each class
            that has one of that name. An unknown part has neither word nor values.
    """

    text: str
    start: int
    word: str | None = None
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def unknown(self) -> bool:
        """Whether nothing is known of it."""
        return self.word is None and not self.values

    @property
    def key(self) -> tuple[str, ...]:
        """What it says."""
        return (self.text,) if self.unknown else (self.word or "", *self.values.values())

    @property
    def is_name(self) -> bool:
        """Whether it names a thing that is no department."""
        return "NamedThing" in self.values

    @property
    def is_body(self) -> bool:
        """Whether its name is one of a department."""
        return bool(_BODY.search(_lower(self.text)))

    def goes_on(self, last: Part, text: str) -> bool:
        """Whether it belongs to the name before it: 月亮湖公园, 西北湖项目, Moon Lake."""
        if self.unknown and last.unknown:
            return not text[last.end : self.start].strip()
        return "class" in self.values and self.start == last.end


class Recogniser:
    """Recognises what questions to one graph name."""

    def __init__(self, store: Graph, classes: Iterable[str], words: Words) -> None:
        """Collect the names.

        Args:
            store: The graph.
            classes: Classes whose things can be named.
            words: Words that say something.
        """
        self._words = words
        self._names: dict[str, dict[str, str]] = {}
        # A name of a class of its own is more particular than NamedThing.
        for name in sorted(classes, key="NamedThing".__eq__):
            for label in names(store, [name]):
                if not label.isdecimal():
                    self._name(label, name, label)
        for label in names(store, ["Jurisdiction"]):
            if label.isdecimal():
                self._gazetteer(label)
            else:
                self._names.setdefault(label, {})  # all is of this district: it says nothing
        self._departments = list(names(store, ["Department"]))
        for values in self._names.values():
            if "Department" in values:
                values.pop("NamedThing", None)
        self._pattern = lexicon_pattern(self._names)
        found = select(store, _REPORTS).rows
        self._year = int(str(found[0][0])) if found else None
        as_of = str(found[0][1])[:7] if found else ""
        self._as_of = as_of if len(as_of) == 7 else None

    def parts(self, question: str) -> list[Part]:
        """Return what a question consists of, without words that say nothing."""
        text = self._plain(question)
        found: list[Part] = []
        for part in self._scan(text):
            last = found[-1] if found else None
            if last and last.unknown and part.goes_on(last, text):
                found[-1] = Part(text[last.start : part.end], last.start)
            elif last and last.is_name and part.goes_on(last, text):
                found.append(replace(part, values={}))
            elif part.word != "":
                found.append(part)
        # What is said twice counts once.
        return list({one.key: one for one in reversed(found)}.values())[::-1]

    def example(self, kind: str, but: Iterable[str]) -> str:
        """Return the name of some thing of a class, a short one and not one of some others."""
        labels = {values[kind] for values in self._names.values() if kind in values}
        return min(labels.difference(but), key=lambda label: (len(label), label), default="…")

    def _plain(self, question: str) -> str:
        text = _CONTROL.sub(" ", _QUOTES.sub("", unicodedata.normalize("NFKC", question)))
        low = _lower(text)
        dated = in_chinese(low, self._as_of)
        return text if dated == low else dated

    def _name(self, form: str, kind: str, label: str) -> None:
        self._names.setdefault(_lower(normal_name(form)), {}).setdefault(kind, label)

    def _gazetteer(self, code: str) -> None:
        units = load_gazetteer(code)
        for form, short in units.aliases.items():
            if short in units.subdistricts:
                self._unit(form, short)
        for short in units.subdistricts:
            self._unit(short, short)

    def _unit(self, form: str, short: str) -> None:
        self._name(form, "Subdistrict", short)
        self._name(form, "NamedThing", short)

    def _scan(self, text: str) -> Iterator[Part]:
        """Yield the longest part at each place."""
        low = _lower(text)
        dates = {start: (end, said) for start, end, said in periods(low, self._year, self._as_of)}
        at = 0
        while at < len(text):
            ends: dict[int, tuple[str | None, Mapping[str, str]]] = {}
            if word := self._words.at(low, at):
                end, group = word
                ends[end] = group.name, group.values
            if at in dates:
                end, said = dates[at]
                ends[end] = None if said else "", said
            if number := _NUMBER.match(low, at):
                ends[number.end()] = None, {"integer": number[1] or number[2]}
            if body := self._department(low, at):
                end, label = body
                ends[end] = None, self._names[label]
            if name := self._pattern.match(low, at):
                values = self._names[name[0]]
                # A word that says nothing (全区) says nothing as a name either.
                if ends.get(name.end()) != ("", {}):
                    ends[name.end()] = None if values else "", values
            if not ends:
                silent = "" if not text[at].isalnum() else None
                ends[unknown_end(low, at)] = silent, {}
            end = max(ends)
            yield Part(text[at:end], at, *ends[end])
            at = end

    def _department(self, low: str, at: int) -> tuple[int, str] | None:
        """Return the end and the name of the department whose short form begins at a place."""
        for end in range(min(len(low), at + _LONGEST), at + _SHORTEST - 1, -1):
            if low[end - 1] in _BODY_ENDS:
                same = short_for(low[at:end], self._departments)
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

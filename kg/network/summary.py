"""A summary of a graph and its unexpected ties, in about ten lines."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from unicodedata import east_asian_width

from kg.graph.stores.protocol import Graph
from kg.network.analysis import analyse
from kg.network.formatting import Language
from kg.network.pairs import Dependency
from kg.questions.sparql import select

# The width of a line, and the minimum width of a sentence.
_WIDTH, _LEAST = 80, 20
_SURPRISES = 3
_TEXTS: Mapping[Language, Mapping[str, str]] = {
    "zh": {
        "report": "读入：{title}",
        "reports": "读入：{title}，另有{more}份报告",
        "surprises": "{tasks}项任务，{departments}个部门；{apart}对部门有联系却没有共同任务，"
        "最出人意料的是：",
        "no surprises": "{tasks}项任务，{departments}个部门；没有出人意料的联系。",
        "shared": "{one}与{other}，都涉及{name}：",
        "several": "{one}与{other}，都涉及{name}，另有{more}项：",
        "waiting": "{one}等待{other}，{name}：",
        "side": "{department}，任务{task}：",
    },
    "en": {
        "report": "Read: {title}",
        "reports": "Read: {title}, and {more} more",
        "surprises": "{tasks} tasks, {departments} departments; {apart} pairs have ties but "
        "no joint task. Least expected:",
        "no surprises": "{tasks} tasks, {departments} departments; no tie is unexpected.",
        "shared": "{one} and {other} both mention {name}:",
        "several": "{one} and {other} both mention {name}, and {more} more:",
        "waiting": "{one} waits for {other}, {name}:",
        "side": "{department}, task {task}: ",
    },
}
_BLANKS = re.compile(r"[\s\x00-\x1f\x7f-\x9f]+")


@dataclass(frozen=True, slots=True)
class Summary:
    """A summary of a graph and its unexpected ties.

    Attributes:
        reports: The titles of the reports.
        tasks: The number of tasks.
        departments: The number of departments.
        apart: The number of pairs of departments with ties but without a joint task.
        surprises: The strongest of them that are unexpected, three at most.
    """

    reports: tuple[str, ...]
    tasks: int
    departments: int
    apart: int
    surprises: tuple[Dependency, ...]


def summarise(store: Graph) -> Summary:
    """Summarise a graph.

    Args:
        store: The graph.
    """
    found = analyse(store)
    ((tasks,),) = select(store, "SELECT (COUNT(?task) AS ?n) WHERE { ?task a tkg:Task }").rows
    about = found.overview
    return Summary(
        found.reports,
        int(str(tasks)),
        about.departments,
        about.without_joint,
        found.surprising[:_SURPRISES],
    )


def summary_lines(summary: Summary, language: Language = "zh") -> Iterator[str]:
    """Yield a summary as lines of at most 80 columns; names and sentences remain as in the reports.

    Args:
        summary: The summary.
        language: The language.
    """
    words = _TEXTS[language]
    more = len(summary.reports) - 1
    for title in summary.reports[:1]:
        yield _format_line(words["reports" if more else "report"], title=title, more=more)
    counts = {"tasks": summary.tasks, "departments": summary.departments, "apart": summary.apart}
    yield _format_line(words["surprises" if summary.surprises else "no surprises"], **counts)
    for number, pair in enumerate(summary.surprises, 1):
        yield _format_line(f"{number}. {_describe_tie(pair, words)}")
        for side in pair.ties[0].sides:
            for said in side.sentences[:1]:
                before = words["side"].format(department=side.department, task=said.task)
                room = max(_WIDTH - _display_width(f"   {before}“”"), _LEAST)
                yield f"   {before}“{shorten_around(said.sentence, said.quote, room)}”"


def shorten_around(sentence: str, quote: str, width: int) -> str:
    """Return a sentence; if it is wider than `width`, shorten it to the text around a quote.

    >>> shorten_around("一是建设公园，二是改造西北湖，三是整治道路", "西北湖", 20)
    '…是改造西北湖，三是…'
    """
    sentence, quote = _BLANKS.sub(" ", sentence), _BLANKS.sub(" ", quote)
    if _display_width(sentence) <= width:
        return sentence
    first = max(sentence.find(quote), 0)
    last = first + len(quote)
    while _display_width(sentence[first:last]) > width - 2:
        last -= 1
    grown = (first, last)
    while _display_width(sentence[slice(*grown)]) <= width - 2:
        first, last = grown
        grown = (max(first - 1, 0), min(last + 1, len(sentence)))
    before, after = "…" if first else "", "…" if last < len(sentence) else ""
    return f"{before}{sentence[first:last]}{after}"


def _describe_tie(pair: Dependency, words: Mapping[str, str]) -> str:
    one, other = pair.departments
    tie, more = pair.ties[0], len(pair.ties) - 1
    if tie.awaits:
        waiting = other if tie.awaits == one else one
        return words["waiting"].format(one=waiting, other=tie.awaits, name=tie.name)
    shared = words["several" if more else "shared"]
    return shared.format(one=one, other=other, name=tie.name, more=more)


def _format_line(text: str, **values: str | int) -> str:
    return shorten_around(text.format(**values) if values else text, "", _WIDTH)


def _display_width(text: str) -> int:
    """Return the width of a text in columns of a terminal."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)

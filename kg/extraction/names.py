"""All named things of a task, each once, with every place where the task names it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from kg.extraction.known import find_known, known_names
from kg.extraction.linking import link_names
from kg.extraction.lists import unfold_lists
from kg.extraction.mentions import Mention, longest
from kg.extraction.units import find_units, unit_name
from kg.gazetteer import Gazetteer
from kg.model import TEXT_CELLS, CellName, Evidence, Name, NameKind, Task
from kg.tagger.spans import LabelledSpan
from kg.tagger.tagging import Tagging

_RULE = "tagger"
# A name that is less likely is left out: more of these are wrong than right.
_LEAST = 0.35
# Marks of lists and of quotation belong to no name.
_FRONT = re.compile(r"[\s①-⑳,，.．、:：;；。“‘”’《〈—●■★-]+|[(（]\d+[)）]")
_BACK = re.compile(r"[\s,，.．、:：;；。”’“‘》〉-]+$")
# A name has a letter, a digit or a character of its own.
_WORD = re.compile(r"\w")
# A title is as long as it is written: the word for what it is belongs to it.
_TITLE_WORD = re.compile(r"(?:项目|工程)(?!部|师|量|款|化|建设用)")
_OPENING, _CLOSING = "（(", "）)"
_LONGEST_BRACKET = 12


def find_mentions(text: str, spans: Sequence[LabelledSpan], gazetteer: Gazetteer) -> list[Mention]:
    """Return what a cell names, in the order of the text; no two overlap.

    Args:
        text: The cell's text.
        spans: What the model finds in it.
        gazetteer: Units of the report's district.
    """
    tagged = []
    for span, name in unfold_lists(text, list(_trimmed(text, spans))):
        kind: NameKind = span.label  # type: ignore[assignment]
        start, end = span.start, span.end
        if kind == "policy" and text[start - 1 : start] == "《" and text[end : end + 1] == "》":
            start, end, name = start - 1, end + 1, f"《{name}》"
        if span.probability < _LEAST:
            continue
        name = unit_name(kind, name, gazetteer)
        if len(name) > 1:
            tagged.append(Mention(kind, name, start, end, _RULE, span.probability))
    return longest([*find_units(text, gazetteer), *tagged])


def _trimmed(text: str, spans: Sequence[LabelledSpan]) -> Iterator[LabelledSpan]:
    """Yield spans with whole brackets, without the marks at their edges; the empty are dropped."""
    for span, following in zip(spans, [*spans[1:], None], strict=False):
        front = _FRONT.match(text, span.start, span.end)
        start = front.end() if front else span.start
        limit = following.start if following else len(text)
        end = _bracket_end(text, start, span.end, limit)
        if span.label == "project" and (word := _TITLE_WORD.match(text, end, limit)):
            end = word.end()
        if back := _BACK.search(text[start:end]):
            end = start + back.start()
        if _WORD.search(text[start:end]):
            yield LabelledSpan(start, end, span.label, span.probability)


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


def find_names(
    tasks: Sequence[Task], taggings: Sequence[Tagging], gazetteer: Gazetteer
) -> Iterator[tuple[Name, ...]]:
    """Yield the named things of each task, in the order in which it names them.

    A name that is sure in one task is recognised in all others of the report.

    Args:
        tasks: The tasks of a report.
        taggings: What the model finds in each.
        gazetteer: Units of the report's district.
    """
    found: list[dict[CellName, list[Mention]]] = [
        {
            cell: find_mentions(task.cell(cell).text, spans, gazetteer)
            for cell, spans in zip(
                TEXT_CELLS, (tagging.first_names, tagging.second_names), strict=True
            )
        }
        for task, tagging in zip(tasks, taggings, strict=True)
    ]
    known = known_names(m for cells in found for mentions in cells.values() for m in mentions)
    cells = [
        (task.cell(cell).text, mentions)
        for task, of_task in zip(tasks, found, strict=True)
        for cell, mentions in of_task.items()
    ]
    for (_, mentions), more in zip(cells, list(find_known(cells, known)), strict=True):
        mentions += more
        mentions.sort(key=lambda mention: (mention.start, mention.end))
    links = link_names(Counter((m.kind, m.name) for _, mentions in cells for m in mentions))
    for task, of_task in zip(tasks, found, strict=True):
        yield tuple(_names(task, of_task, links, gazetteer))


def _names(
    task: Task,
    cells: Mapping[CellName, Sequence[Mention]],
    links: Mapping[tuple[NameKind, str], str],
    gazetteer: Gazetteer,
) -> Iterator[Name]:
    """Yield a task's names; one that it writes in several ways has the fullest name."""

    def known_as(mention: Mention) -> tuple[NameKind, str]:
        return mention.kind, links.get((mention.kind, mention.name), mention.name)

    fullest: dict[tuple[NameKind, str], str] = {}
    for mention in (mention for mentions in cells.values() for mention in mentions):
        thing = known_as(mention)
        fullest[thing] = max(fullest.get(thing, ""), mention.name, key=len)
    places: dict[tuple[NameKind, str], list[Evidence]] = {}
    for cell, mentions in cells.items():
        for mention in mentions:
            evidence = task.evidence(
                cell, mention.start, mention.end, mention.rule, mention.confidence
            )
            places.setdefault(known_as(mention), []).append(evidence)
    for (kind, preferred), found in places.items():
        name = fullest[kind, preferred]
        thing_name = "" if name == preferred else preferred
        yield Name(kind, name, tuple(found), thing_name, gazetteer.code(kind, name))

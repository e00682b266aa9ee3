"""Number the paragraphs of a Word document as Word shows them: its lists are not in its text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml.ns import qn
from docx.oxml.simpletypes import ST_SignedTwipsMeasure

from kg.reading.formats.word.docx_symbols import UNKNOWN, in_font
from kg.reading.formats.word.docx_text import is_seen, words
from kg.reading.formats.word.numerals import numeral
from kg.reading.structure.markers import RANK, find_marker

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement

_LEVELS = range(9)
_LONGEST_HEADING = 45
_SENTENCE = re.compile(r"[。；;]|[）)]$")


@dataclass(frozen=True, slots=True)
class Mark:
    """What Word shows in front of a paragraph.

    Attributes:
        text: The number or bullet.
        bullet: Whether it is a bullet.
        place: The list and the level in it.
        depth: How far inside it stands, to be compared with that of others.
    """

    text: str
    bullet: bool
    place: tuple[str, int]
    depth: tuple[int, int]

    def before(self, text: str) -> str:
        """Return a text with the mark in front."""
        return f"{self.text}{'' if self.text.endswith(tuple('、）．：')) else ' '}{text}".strip()


@dataclass(frozen=True, slots=True)
class _List:
    """A list: its key, what its levels look like, and where a use of it begins them anew."""

    key: str
    levels: dict[int, BaseOxmlElement]
    begins: dict[int, int]


def marks_of(
    word: WordDocument, paragraphs: Iterable[BaseOxmlElement]
) -> dict[BaseOxmlElement, Mark]:
    """Return the marks of those paragraphs of a document that have one.

    Args:
        word: The document.
        paragraphs: Its paragraphs, also those in tables, in their order.
    """
    try:
        numbering = word.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        return {}
    lists = _lists(numbering.element)  # type: ignore[attr-defined]
    styles = {style.get(qn("w:styleId")): style for style in word.styles.element}
    counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
    begun: set[tuple[str, int]] = set()
    marks: dict[BaseOxmlElement, Mark] = {}
    for paragraph in paragraphs:
        properties = list(_properties(paragraph, styles))
        number, at = _asked(properties)
        used = lists.get(number)
        if used is None:
            continue
        at = _linked(paragraph, used) if at is None else at
        level = used.levels.get(at)
        if level is None:
            continue
        count = counts[used.key]
        _count(count, used, at, (number, at) not in begun)
        begun.add((number, at))
        bullet = _value(level, "numFmt") == "bullet"
        text = _bullet(level) if bullet else _number(used, at, count)
        if text and is_seen(level):
            depth = _indent([*properties[:1], level.find(qn("w:pPr")), *properties[1:]])
            marks[paragraph] = Mark(text, bullet, (used.key, at), (depth, at))
    return marks


def levels_of(marks: dict[BaseOxmlElement, Mark]) -> dict[BaseOxmlElement, int]:
    """Return the levels, from 1, of the headings that their numbers do not tell to be such.

    They stand further outside than numbers of the same look: 1. over 1., one indented.

    Args:
        marks: The marks of paragraphs, in their order.
    """
    outer: set[tuple[str, int]] = set()
    depths = {mark.place: mark.depth for mark in marks.values()}
    ranks = {mark.place: _rank(mark) for mark in marks.values()}
    for mark, following in pairwise(marks.values()):
        under = following.depth > mark.depth and ranks[following.place] < len(RANK)
        if under and ranks[mark.place] >= ranks[following.place]:
            outer.add(mark.place)
    # What stands above one of them is none of its items either.
    inmost = max((depths[place] for place in outer), default=(0, 0))
    outer |= {
        place for place in depths if depths[place] < inmost and ranks[place] > RANK["han_bracket"]
    }
    outer -= {
        mark.place for paragraph, mark in marks.items() if not _may_head(words(paragraph).strip())
    }
    order = sorted({depths[place] for place in outer})
    return {
        paragraph: order.index(mark.depth) + 1
        for paragraph, mark in marks.items()
        if mark.place in outer
    }


def _lists(numbering: BaseOxmlElement) -> dict[str, _List]:
    """Return the lists of a document by the numbers under which they are used."""
    abstract = {
        element.get(qn("w:abstractNumId")): element
        for element in numbering.iterchildren(qn("w:abstractNum"))
    }
    styled = {_value(element, "styleLink"): key for key, element in abstract.items()}
    found: dict[str, _List] = {}
    for use in numbering.iterchildren(qn("w:num")):
        key = _value(use, "abstractNumId")
        if key in abstract and (link := _value(abstract[key], "numStyleLink")):
            key = styled.get(link, key)
        if key not in abstract:
            continue
        levels = {_at(level): level for level in abstract[key].iterchildren(qn("w:lvl"))}
        begins: dict[int, int] = {}
        for override in use.iterchildren(qn("w:lvlOverride")):
            if (level := override.find(qn("w:lvl"))) is not None:
                levels[_at(override)] = level
            if begin := _value(override, "startOverride"):
                begins[_at(override)] = int(begin)
        found[use.get(qn("w:numId")) or ""] = _List(key, levels, begins)
    return found


def _properties(
    paragraph: BaseOxmlElement, styles: dict[str | None, BaseOxmlElement]
) -> Iterator[BaseOxmlElement | None]:
    """Yield the properties of a paragraph, of its style, and of those on which that is based."""
    own = paragraph.find(qn("w:pPr"))
    yield own
    name = _value(own, "pStyle") if own is not None else ""
    seen = set[str]()
    while name in styles and name not in seen:
        seen.add(name)
        yield styles[name].find(qn("w:pPr"))
        name = _value(styles[name], "basedOn")


def _asked(properties: Iterable[BaseOxmlElement | None]) -> tuple[str, int | None]:
    """Return which list some properties ask for, the nearest first, and which of its levels."""
    at: int | None = None
    for told in properties:
        asked = told.find(qn("w:numPr")) if told is not None else None
        if asked is None:
            continue
        if at is None and (level := _value(asked, "ilvl")):
            at = int(level)
        if number := _value(asked, "numId"):
            return number, at
    return "", at


def _linked(paragraph: BaseOxmlElement, used: _List) -> int:
    """Return the level of a list that belongs to the style of a paragraph, or the first."""
    own = paragraph.find(qn("w:pPr"))
    style = _value(own, "pStyle") if own is not None else ""
    linked = (at for at, level in used.levels.items() if style and _value(level, "pStyle") == style)
    return next(linked, 0)


def _count(count: dict[int, int], used: _List, at: int, first: bool) -> None:
    """Count a paragraph at a level; the levels inside it begin anew."""
    if first and at in used.begins:
        count[at] = used.begins[at]
    else:
        count[at] = count[at] + 1 if at in count else _start(used, at)
    for inner in [inner for inner in count if inner > at]:
        after = _value(used.levels[inner], "lvlRestart")
        if not after or at < int(after):
            del count[inner]


def _number(used: _List, at: int, count: dict[int, int]) -> str:
    """Return the number of a paragraph as its level tells it, with those of the levels above."""
    level = used.levels[at]
    digits = level.find(qn("w:isLgl")) is not None

    def shown(found: re.Match[str]) -> str:
        other = int(found[1]) - 1
        style = _value(used.levels[other], "numFmt") if other in used.levels else ""
        style = style if style and not (digits and other != at) else "decimal"
        return numeral(count.get(other, _start(used, other)), style)

    return re.sub(r"%([1-9])", shown, _value(level, "lvlText")).strip()


def _bullet(level: BaseOxmlElement) -> str:
    """Return a bullet; what is a letter or a picture of a font is shown as a round one."""
    fonts = level.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    font = fonts.get(qn("w:ascii")) if fonts is not None else None
    text = in_font(_value(level, "lvlText"), font).strip()
    return "•" if text.isalnum() or not text or UNKNOWN in text else text


def _start(used: _List, at: int) -> int:
    begin = _value(used.levels[at], "start") if at in used.levels else ""
    return int(begin) if begin else 1


def _indent(properties: Iterable[BaseOxmlElement | None]) -> int:
    """Return where the first line begins, by properties of which the nearest come first."""
    told: dict[str, int] = {}
    for holder in properties:
        indent = holder.find(qn("w:ind")) if holder is not None else None
        for name in ("left", "start", "firstLine", "hanging"):
            if indent is not None and (measure := indent.get(qn(f"w:{name}"))):
                told.setdefault(name, ST_SignedTwipsMeasure.convert_from_xml(measure).twips)
    left = told.get("left", told.get("start", 0))
    return left + told.get("firstLine", 0) - told.get("hanging", 0)


def _rank(mark: Mark) -> int:
    """Return how far inside a mark stands by its look; beyond all where that tells nothing."""
    found = find_marker(mark.before("工作"))
    return RANK[found.style] if found else len(RANK)


def _may_head(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not _SENTENCE.search(text)


def _at(element: BaseOxmlElement) -> int:
    return int(element.get(qn("w:ilvl")) or 0)


def _value(element: BaseOxmlElement, name: str) -> str:
    """Return the value of a child of an element, or nothing."""
    child = element.find(qn(f"w:{name}"))
    return (child.get(qn("w:val")) or "") if child is not None else ""

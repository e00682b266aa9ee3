"""Compute the numbers of a Word document's lists, which are not part of its text."""

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

from kg.reading.formats.word.docx_symbols import UNKNOWN, decode_symbols
from kg.reading.formats.word.docx_text import is_visible, paragraph_text
from kg.reading.formats.word.numerals import format_numeral
from kg.reading.structure.markers import RANK, find_marker

if TYPE_CHECKING:
    from docx.document import Document as WordDocument
    from docx.oxml.xmlchemy import BaseOxmlElement

_LEVELS = range(9)
_LONGEST_HEADING = 45
_SENTENCE = re.compile(r"[。；;]|[）)]$")


@dataclass(frozen=True, slots=True)
class Mark:
    """The number or bullet in front of a paragraph.

    Attributes:
        text: The number or bullet.
        bullet: Whether it is a bullet.
        place: The list and the level in it.
        depth: The indent and the level, to compare marks by.
    """

    text: str
    bullet: bool
    place: tuple[str, int]
    depth: tuple[int, int]

    def prefix(self, text: str) -> str:
        """Return a text with the mark in front."""
        return f"{self.text}{'' if self.text.endswith(tuple('、）．：')) else ' '}{text}".strip()


@dataclass(frozen=True, slots=True)
class _NumberedList:
    """A list: its key, its levels, and the numbers with which a use of it restarts them."""

    key: str
    levels: dict[int, BaseOxmlElement]
    begins: dict[int, int]


def paragraph_marks(
    word: WordDocument, paragraphs: Iterable[BaseOxmlElement]
) -> dict[BaseOxmlElement, Mark]:
    """Return the marks of the paragraphs that have one.

    Args:
        word: The document.
        paragraphs: Its paragraphs in order, including those in tables.
    """
    try:
        numbering = word.part.part_related_by(RELATIONSHIP_TYPE.NUMBERING)
    except KeyError:
        return {}
    lists = _numbered_lists(numbering.element)  # type: ignore[attr-defined]
    styles = {style.get(qn("w:styleId")): style for style in word.styles.element}
    counts: defaultdict[str, dict[int, int]] = defaultdict(dict)
    begun: set[tuple[str, int]] = set()
    marks: dict[BaseOxmlElement, Mark] = {}
    for paragraph in paragraphs:
        properties = list(_paragraph_properties(paragraph, styles))
        number, at = _list_reference(properties)
        used = lists.get(number)
        if used is None:
            continue
        at = _style_level(paragraph, used) if at is None else at
        level = used.levels.get(at)
        if level is None:
            continue
        count = counts[used.key]
        _advance_count(count, used, at, (number, at) not in begun)
        begun.add((number, at))
        bullet = _value(level, "numFmt") == "bullet"
        text = _bullet_text(level) if bullet else _number_text(used, at, count)
        if text and is_visible(level):
            depth = _first_line_indent([*properties[:1], level.find(qn("w:pPr")), *properties[1:]])
            marks[paragraph] = Mark(text, bullet, (used.key, at), (depth, at))
    return marks


def heading_levels(marks: dict[BaseOxmlElement, Mark]) -> dict[BaseOxmlElement, int]:
    """Return the levels, from 1, of numbered paragraphs that are headings only by their indent.

    They are less indented than numbers of the same style after them: 1. above an indented 1.

    Args:
        marks: The marks of paragraphs, in order.
    """
    outer: set[tuple[str, int]] = set()
    depths = {mark.place: mark.depth for mark in marks.values()}
    ranks = {mark.place: _rank(mark) for mark in marks.values()}
    for mark, following in pairwise(marks.values()):
        under = following.depth > mark.depth and ranks[following.place] < len(RANK)
        if under and ranks[mark.place] >= ranks[following.place]:
            outer.add(mark.place)
    # Less indented marks than these are not those of items either.
    inmost = max((depths[place] for place in outer), default=(0, 0))
    outer |= {
        place for place in depths if depths[place] < inmost and ranks[place] > RANK["han_bracket"]
    }
    outer -= {
        mark.place
        for paragraph, mark in marks.items()
        if not _can_be_heading(paragraph_text(paragraph).strip())
    }
    order = sorted({depths[place] for place in outer})
    return {
        paragraph: order.index(mark.depth) + 1
        for paragraph, mark in marks.items()
        if mark.place in outer
    }


def _numbered_lists(numbering: BaseOxmlElement) -> dict[str, _NumberedList]:
    """Return the lists of a document by the numbers that refer to them."""
    abstract = {
        element.get(qn("w:abstractNumId")): element
        for element in numbering.iterchildren(qn("w:abstractNum"))
    }
    styled = {_value(element, "styleLink"): key for key, element in abstract.items()}
    found: dict[str, _NumberedList] = {}
    for use in numbering.iterchildren(qn("w:num")):
        key = _value(use, "abstractNumId")
        if key in abstract and (link := _value(abstract[key], "numStyleLink")):
            key = styled.get(link, key)
        if key not in abstract:
            continue
        levels = {_level_index(level): level for level in abstract[key].iterchildren(qn("w:lvl"))}
        begins: dict[int, int] = {}
        for override in use.iterchildren(qn("w:lvlOverride")):
            if (level := override.find(qn("w:lvl"))) is not None:
                levels[_level_index(override)] = level
            if begin := _value(override, "startOverride"):
                begins[_level_index(override)] = int(begin)
        found[use.get(qn("w:numId")) or ""] = _NumberedList(key, levels, begins)
    return found


def _paragraph_properties(
    paragraph: BaseOxmlElement, styles: dict[str | None, BaseOxmlElement]
) -> Iterator[BaseOxmlElement | None]:
    """Yield the properties of a paragraph, its style, and the styles on which that is based."""
    own = paragraph.find(qn("w:pPr"))
    yield own
    name = _value(own, "pStyle") if own is not None else ""
    seen = set[str]()
    while name in styles and name not in seen:
        seen.add(name)
        yield styles[name].find(qn("w:pPr"))
        name = _value(styles[name], "basedOn")


def _list_reference(properties: Iterable[BaseOxmlElement | None]) -> tuple[str, int | None]:
    """Return the number of the list that properties refer to, and the level in it or None.

    Args:
        properties: The properties of a paragraph and its styles, the nearest first.
    """
    at: int | None = None
    for holder in properties:
        reference = holder.find(qn("w:numPr")) if holder is not None else None
        if reference is None:
            continue
        if at is None and (level := _value(reference, "ilvl")):
            at = int(level)
        if number := _value(reference, "numId"):
            return number, at
    return "", at


def _style_level(paragraph: BaseOxmlElement, used: _NumberedList) -> int:
    """Return the level of a list that is linked to the style of a paragraph, or the first."""
    own = paragraph.find(qn("w:pPr"))
    style = _value(own, "pStyle") if own is not None else ""
    levels = (at for at, level in used.levels.items() if style and _value(level, "pStyle") == style)
    return next(levels, 0)


def _advance_count(count: dict[int, int], used: _NumberedList, at: int, first: bool) -> None:
    """Count a paragraph at a level, and restart the levels below."""
    if first and at in used.begins:
        count[at] = used.begins[at]
    else:
        count[at] = count[at] + 1 if at in count else _start_number(used, at)
    for inner in [inner for inner in count if inner > at]:
        after = _value(used.levels[inner], "lvlRestart")
        if not after or at < int(after):
            del count[inner]


def _number_text(used: _NumberedList, at: int, count: dict[int, int]) -> str:
    """Return the number of a paragraph in the format of its level, with those of upper levels."""
    level = used.levels[at]
    digits = level.find(qn("w:isLgl")) is not None

    def format_level(match: re.Match[str]) -> str:
        other = int(match[1]) - 1
        style = _value(used.levels[other], "numFmt") if other in used.levels else ""
        style = style if style and not (digits and other != at) else "decimal"
        return format_numeral(count.get(other, _start_number(used, other)), style)

    return re.sub(r"%([1-9])", format_level, _value(level, "lvlText")).strip()


def _bullet_text(level: BaseOxmlElement) -> str:
    """Return a bullet as text; letters and unknown symbols become a round bullet."""
    fonts = level.find(f"{qn('w:rPr')}/{qn('w:rFonts')}")
    font = fonts.get(qn("w:ascii")) if fonts is not None else None
    text = decode_symbols(_value(level, "lvlText"), font).strip()
    return "•" if text.isalnum() or not text or UNKNOWN in text else text


def _start_number(used: _NumberedList, at: int) -> int:
    begin = _value(used.levels[at], "start") if at in used.levels else ""
    return int(begin) if begin else 1


def _first_line_indent(properties: Iterable[BaseOxmlElement | None]) -> int:
    """Return the indent of the first line, by properties of which the nearest come first."""
    measures: dict[str, int] = {}
    for holder in properties:
        indent = holder.find(qn("w:ind")) if holder is not None else None
        for name in ("left", "start", "firstLine", "hanging"):
            if indent is not None and (measure := indent.get(qn(f"w:{name}"))):
                measures.setdefault(name, ST_SignedTwipsMeasure.convert_from_xml(measure).twips)
    left = measures.get("left", measures.get("start", 0))
    return left + measures.get("firstLine", 0) - measures.get("hanging", 0)


def _rank(mark: Mark) -> int:
    """Return the rank of a mark by its style; after all others if the style is unknown."""
    found = find_marker(mark.prefix("工作"))
    return RANK[found.style] if found else len(RANK)


def _can_be_heading(text: str) -> bool:
    return len(text) <= _LONGEST_HEADING and not _SENTENCE.search(text)


def _level_index(element: BaseOxmlElement) -> int:
    return int(element.get(qn("w:ilvl")) or 0)


def _value(element: BaseOxmlElement, name: str) -> str:
    """Return the value of a child of an element, or an empty text."""
    child = element.find(qn(f"w:{name}"))
    return (child.get(qn("w:val")) or "") if child is not None else ""

"""Join cards, which have a label beside each value, to one table with a row for each task."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from kg.reading.structure.document import Document, GridCell, Table
from kg.reading.structure.labels import column_label_kind
from kg.reading.tables.headings import Mappings, plain_text, recognise_heading
from kg.reading.tables.table_header import Cells

# A value, by the label beside it.
Card = dict[str, GridCell]

_FEWEST = 2
_LONGEST_LABEL = 14
# The share of rows that begin with a known label.
_LABELLED = 0.5


def join_cards(document: Document, mappings: Mappings | None = None) -> Document:
    """Return a document with its cards, in one table or in several, as the rows of one table.

    A card is one task: 任务内容 | 新建学校, 责任单位 | 教育局, 进展情况 | 已开工. A document
    without cards is not changed.

    Args:
        document: The content of a file.
        mappings: The meanings of headings that the user defined.
    """
    found = {
        place: cards
        for place, block in enumerate(document.blocks)
        if isinstance(block, Table) and (cards := _read_cards(block, mappings))
    }
    cards = list(chain.from_iterable(found.values()))
    if len(cards) < _FEWEST:
        return document
    first = min(found)
    labels = list(dict.fromkeys(chain.from_iterable(cards)))
    header = tuple(GridCell(label, cards[0][labels[0]].line) for label in labels)
    rows = (_make_row(card, labels) for card in cards)
    joined = Table((header, *rows), document.blocks[first].name)  # type: ignore[union-attr]
    blocks = tuple(
        joined if place == first else block
        for place, block in enumerate(document.blocks)
        if place == first or place not in found
    )
    return replace(document, blocks=blocks)


def _make_row(card: Card, labels: Sequence[str]) -> Cells:
    line = next(iter(card.values())).line
    return tuple(card.get(label, GridCell("", line)) for label in labels)


def _read_cards(table: Table, mappings: Mappings | None) -> list[Card]:
    """Return the cards in a table, or [] if it has other rows, or cards that are no tasks."""
    rows = [[cell for cell in row if not cell.continued] for row in table.rows]
    rows = [row for row in rows if sum(bool(cell.text.strip()) for cell in row) > 1]
    known = [_kind(plain_text(row[0].text), mappings) for row in rows]
    if sum(map(bool, known)) <= _LABELLED * len(rows):
        return []
    cards: list[Card] = []
    for label, value in chain.from_iterable(map(_pairs, rows)):
        if len(label) > _LONGEST_LABEL or _kind(value.text, mappings) == "task":
            return []
        if not cards or label in cards[-1]:
            cards.append({})
        cards[-1][label] = value
    return cards if all(_is_task(card, mappings) for card in cards) else []


def _pairs(row: Sequence[GridCell]) -> Iterator[tuple[str, GridCell]]:
    """Yield the labels of a row with the values beside them, without names of people."""
    for label, value in zip(row[::2], row[1::2], strict=False):
        text = plain_text(label.text).rstrip(":：")
        if text and column_label_kind(text) != "people":
            yield text, value


def _is_task(card: Card, mappings: Mappings | None) -> bool:
    """Return whether a card has a promise, and a report on it or answerable departments."""
    kinds = {_kind(label, mappings) for label in card}
    return "task" in kinds and bool(kinds & {"progress", "departments"})


def _kind(label: str, mappings: Mappings | None) -> str | None:
    return recognise_heading((label,), mappings).kind

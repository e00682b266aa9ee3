"""Join values with a label beside them to rows: cards, and labelled rows below those of tasks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import chain

from kg.reading.structure.document import Block, Document, GridCell, Paragraph, Table
from kg.reading.structure.labels import column_label_kind
from kg.reading.tables.headings import Mappings, plain_text, recognise_heading
from kg.reading.tables.table_header import Cells, find_header

# A value, by the label beside it.
Card = dict[str, GridCell]

_FEWEST = 2
_LONGEST_LABEL = 14
# The share of rows that begin with a known label.
_LABELLED = 0.5
# The fewest labelled rows below other rows, as a share of these.
_LABELLED_BELOW = 0.5


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
    labels = list(dict.fromkeys(chain.from_iterable(cards)))
    header = tuple(GridCell(label, cards[0][labels[0]].line) for label in labels)
    rows = (_make_row(card, labels) for card in cards)
    blocks: list[Block] = []
    for place, block in enumerate(document.blocks):
        if place not in found or not isinstance(block, Table):
            blocks.append(block)
            continue
        blocks += _titles(block)
        if place == min(found):
            blocks.append(Table((header, *rows), block.name))
    return replace(document, blocks=tuple(blocks))


def join_labelled_rows(table: Table, mappings: Mappings | None = None) -> Table:
    """Return a table with each labelled row as further cells of the row above.

    Such a row has two cells: 办理情况 | 已完工. A table without such rows is not changed.

    Args:
        table: A table of tasks.
        mappings: The meanings of headings that the user defined.
    """
    header = find_header(table.rows, mappings)
    if header is None or "task" not in header.kinds:
        return table
    labels: list[str] = []
    rows: list[list[GridCell]] = []
    further: list[Card] = []
    for place, row in enumerate(table.rows):
        shown = _filled_cells(row)
        label = plain_text(shown[0].text) if len(shown) == 2 and place >= header.end else ""
        if further and label and column_label_kind(label) == "progress":
            further[-1][label] = shown[1]
            labels.append(label)
        else:
            rows.append(list(row))
            further.append({})
    if len(labels) < max(_FEWEST, _LABELLED_BELOW * len(rows)) or "progress" in header.kinds:
        return table
    columns = list(dict.fromkeys(labels))
    further[header.end - 1] = {label: GridCell(label, rows[0][0].line) for label in columns}
    return replace(
        table,
        rows=tuple(
            (*row, *(card.get(label, GridCell("", row[0].line)) for label in columns))
            for row, card in zip(rows, further, strict=True)
        ),
    )


def _titles(table: Table) -> Iterator[Paragraph]:
    """Yield the rows of a card that have only a title."""
    for row in table.rows:
        shown = _filled_cells(row)
        if len(shown) == 1 and row[0].text.strip():
            yield Paragraph(plain_text(shown[0].text), shown[0].line)


def _make_row(card: Card, labels: Sequence[str]) -> Cells:
    line = next(iter(card.values())).line
    return tuple(card.get(label, GridCell("", line)) for label in labels)


def _read_cards(table: Table, mappings: Mappings | None) -> list[Card]:
    """Return the cards in a table, or [] if it has other rows, or cards that are no tasks."""
    rows = [[cell for cell in row if not cell.continued] for row in table.rows]
    labels = [plain_text(row[0].text) for row in rows if len(_filled_cells(row)) > 1]
    if sum(bool(_kind(label, mappings)) for label in labels) <= _LABELLED * len(labels):
        return []
    cards: list[Card] = []
    for row in rows:
        shown = _filled_cells(row)
        if len(shown) < 2:
            if shown and cards and not row[0].text.strip():
                # A cell without a label continues the one above.
                last, value = list(cards[-1].items())[-1]
                cards[-1][last] = replace(value, text=f"{value.text}\n{shown[0].text}")
            continue
        for label, value in _pairs(row, mappings):
            if len(label) > _LONGEST_LABEL:
                return []
            if not cards or label in cards[-1]:
                cards.append({})
            cards[-1][label] = value
    return cards if all(_is_task(card, mappings) for card in cards) else []


def _filled_cells(row: Sequence[GridCell]) -> list[GridCell]:
    """Return the cells with text, each merged cell once."""
    return [cell for cell in row if cell.text.strip() and not cell.continued]


def _pairs(row: Sequence[GridCell], mappings: Mappings | None) -> Iterator[tuple[str, GridCell]]:
    """Yield the labels of a row with the values beside them, without those who filled it in."""
    for label, value in zip(row[::2], row[1::2], strict=False):
        text = plain_text(label.text).rstrip(":：")
        if text and (column_label_kind(text) != "people" or _kind(text, mappings) == "leader"):
            yield text, value


def _is_task(card: Card, mappings: Mappings | None) -> bool:
    """Return whether a card has a promise, and a report on it or answerable departments."""
    kinds = {_kind(label, mappings) for label in card}
    return "task" in kinds and bool(kinds & {"progress", "departments"})


def _kind(label: str, mappings: Mappings | None) -> str | None:
    return recognise_heading((label,), mappings).kind

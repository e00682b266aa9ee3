"""Open OpenDocument files with odfdo, and read their paragraphs and tables."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.errors import InputError
from kg.reading.budget import check_table
from kg.reading.formats.archive import check_archive, readable_as
from kg.reading.formats.losses import count_characters
from kg.reading.formats.placed_cells import PlacedCell
from kg.reading.formats.sheets.visible_cells import Sheet

if TYPE_CHECKING:
    from odfdo import Document as OpenDocument
    from odfdo.element import Element

_T = TypeVar("_T")

PARAGRAPHS = ("text:p", "text:h")
# Elements that contain paragraphs and tables of the text, unlike notes, changes and indexes.
CONTAINERS = frozenset(
    "text:list text:list-header text:list-item text:numbered-paragraph text:section".split()
)
_ROW_GROUPS = frozenset("table:table-header-rows table:table-row-group table:table-rows".split())
_COLUMN_GROUPS = frozenset(
    "table:table-columns table:table-header-columns table:table-column-group".split()
)
_SPACES = frozenset(("text:s", "text:tab"))
# Elements in a paragraph that are not part of its text.
_NOT_IN_TEXT = frozenset("draw:frame office:annotation text:note text:ruby-text".split())
# Elements that are hidden, or in the margin or at the foot of a page.
_NOT_COUNTED = frozenset(
    (
        *("office:annotation", "office:forms", "svg:desc", "svg:title", "table:covered-table-cell"),
        *("text:note", "text:ruby-text", "text:table-of-content", "text:tracked-changes"),
    )
)
_MANIFEST = "META-INF/manifest.xml"


def read_open_document(path: Path, kind_name: str, convert: Callable[[OpenDocument], _T]) -> _T:
    """Open an OpenDocument file and return it converted.

    The parts of the file are checked first; references to other files are not followed.

    Args:
        path: The file.
        kind_name: The kind of file, named in messages.
        convert: Makes the result from the open document.

    Raises:
        InputError: The file is damaged, encrypted, or not safe to unpack.
    """
    check_archive(path)
    with zipfile.ZipFile(path) as archive:
        names = archive.namelist()
        manifest = archive.read(_MANIFEST) if _MANIFEST in names else b""
    if b"encryption-data" in manifest:
        raise InputError(f"{path}: is encrypted; open it with its password and save it without one")
    import odfdo

    with readable_as(path, kind_name):
        return convert(odfdo.Document(path))


def paragraph_text(paragraph: Element) -> str:
    """Return the text of a paragraph without notes, comments and the content of frames."""
    text = re.sub(r"\s+", " ", paragraph.text)
    for child in paragraph.children:
        if child.tag in _SPACES:
            text += " "
        elif child.tag == "text:line-break":
            text += "\n"
        elif child.tag not in _NOT_IN_TEXT:
            text += paragraph_text(child)
        text += re.sub(r"\s+", " ", child.tail or "")
    return text


def count_visible_characters(element: Element) -> int:
    """Return how many visible characters an element has (see `kg.reading.formats.losses`)."""
    if element.tag in _NOT_COUNTED:
        return 0
    return count_characters(element.text) + sum(
        count_visible_characters(child) + count_characters(child.tail or "")
        for child in element.children
    )


def text_boxes(paragraph: Element) -> list[Element]:
    """Return the text boxes in a paragraph, without nested ones."""
    inside = "draw:frame/draw:text-box"
    return paragraph.get_elements(f"{inside}|*[not(self::draw:frame)]//{inside}")


def sheet_of(path: Path, table: Element, before: int = 0, hidden: bool = False) -> Sheet:
    """Return a table as a sheet, with a cell for each repetition of a repeated one.

    Args:
        path: The source file, named in messages.
        table: The table.
        before: The number of paragraphs and rows before its first row.
        hidden: Whether it is a hidden sheet.

    Raises:
        InputError: The table is too large to be a table of tasks.
    """
    cells: list[PlacedCell] = []
    hidden_rows: list[range] = []
    top = 0
    for row in _children(table, "table:table-row", _ROW_GROUPS):
        times = _count_attribute(row, "table:number-rows-repeated")
        row_cells = list(_cells(path, row, top, before))
        if row_cells:
            check_table(path, top + times, max(cell.column + cell.columns for cell in row_cells))
            cells += row_cells
            for further in range(1, times):
                line = before + top + further
                cells += [
                    PlacedCell(c.text, line + 1, top + further, c.column, 1, c.columns)
                    for c in row_cells
                ]
        if row.get_attribute_string("table:visibility") in ("collapse", "filter"):
            hidden_rows.append(range(top, top + times))
        top += times
    height = max((cell.row + 1 for cell in cells), default=0)
    return Sheet(
        table.get_attribute_string("table:name") or "",
        cells,
        {row for rows in hidden_rows for row in range(rows.start, min(rows.stop, height))},
        _hidden_columns(table, max((cell.column + 1 for cell in cells), default=0)),
        hidden,
    )


def _cells(path: Path, row: Element, top: int, before: int) -> Iterator[PlacedCell]:
    """Yield the filled cells of a row, without those covered by a merged cell."""
    column = 0
    for cell in row.children:
        times = _count_attribute(cell, "table:number-columns-repeated")
        if cell.tag == "table:table-cell" and (text := _cell_text(cell)):
            check_table(path, top + 1, column + times)
            rows, columns = (
                _count_attribute(cell, f"table:number-{what}-spanned")
                for what in ("rows", "columns")
            )
            for place in range(column, column + times):
                yield PlacedCell(text, before + top + 1, top, place, rows, columns)
        column += times


def _cell_text(cell: Element) -> str:
    """Return the text of a cell, or its value if it has no text."""
    text = "\n".join(line for line in _lines(cell) if line.strip())
    value = cell.get_attribute_string("office:value")
    if text or not value:
        return text or cell.get_attribute_string("office:date-value") or ""
    if cell.get_attribute_string("office:value-type") == "percentage":
        return f"{float(value) * 100:.12g}%"
    return value


def _lines(element: Element) -> Iterator[str]:
    """Yield the paragraphs in a cell, including those in lists, text boxes and nested tables."""
    for child in element.children:
        if child.tag in PARAGRAPHS:
            yield paragraph_text(child)
            for box in text_boxes(child):
                yield from _lines(box)
        elif child.tag in CONTAINERS:
            yield from _lines(child)
        elif child.tag == "table:table":
            for row in _children(child, "table:table-row", _ROW_GROUPS):
                for cell in row.children:
                    yield from _lines(cell)


def _children(element: Element, tag: str, containers: frozenset[str]) -> Iterator[Element]:
    """Yield the children with a tag, including those inside the given containers."""
    for child in element.children:
        if child.tag == tag:
            yield child
        elif child.tag in containers:
            yield from _children(child, tag, containers)


def _hidden_columns(table: Element, width: int) -> set[int]:
    hidden: set[int] = set()
    left = 0
    for column in _children(table, "table:table-column", _COLUMN_GROUPS):
        right = left + _count_attribute(column, "table:number-columns-repeated")
        if column.get_attribute_string("table:visibility") in ("collapse", "filter"):
            hidden.update(range(left, min(right, width)))
        left = right
    return hidden


def _count_attribute(element: Element, name: str) -> int:
    return max(1, element.get_attribute_integer(name) or 1)

"""Open OpenDocument files with odfdo, and read the words and tables in them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from kg.errors import InputError
from kg.reading.budget import check_table
from kg.reading.formats.archive import check_archive
from kg.reading.formats.losses import count_letters
from kg.reading.formats.sheets.visible_cells import Sheet
from kg.reading.formats.unfold import Placed

if TYPE_CHECKING:
    from odfdo import Document as OpenDocument
    from odfdo.element import Element

_T = TypeVar("_T")

PARAGRAPHS = ("text:p", "text:h")
# What holds paragraphs and tables of the text itself, unlike notes, changes and indexes.
HOLDERS = frozenset(
    "text:list text:list-header text:list-item text:numbered-paragraph text:section".split()
)
_ROWS = frozenset("table:table-header-rows table:table-row-group table:table-rows".split())
_COLUMNS = frozenset(
    "table:table-columns table:table-header-columns table:table-column-group".split()
)
_SPACES = frozenset(("text:s", "text:tab"))
# What stands in a paragraph but is none of its words.
_ASIDE = frozenset("draw:frame office:annotation text:note text:ruby-text".split())
# What of a text is not seen, or stands at its margin or foot.
_UNSEEN = frozenset(
    (
        *("office:annotation", "office:forms", "svg:desc", "svg:title", "table:covered-table-cell"),
        *("text:note", "text:ruby-text", "text:table-of-content", "text:tracked-changes"),
    )
)
_MANIFEST = "META-INF/manifest.xml"


def opened(path: Path, what: str, make: Callable[[OpenDocument], _T]) -> _T:
    """Return what is made of an OpenDocument file.

    Its parts are checked first; references to other files are not followed.

    Args:
        path: The file.
        what: What it is, for messages.
        make: Makes the result of the open document.

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

    try:
        return make(odfdo.Document(path))
    except InputError:
        raise
    except ModuleNotFoundError:
        raise
    except Exception as error:  # What odfdo meets in a damaged file is not of one kind.
        raise InputError(
            f"{path}: cannot be read as {what} ({type(error).__name__}); "
            "open it in its program and save it again"
        ) from None


def words(paragraph: Element) -> str:
    """Return the text of a paragraph without notes, comments and what frames in it hold."""
    text = re.sub(r"\s+", " ", paragraph.text)
    for child in paragraph.children:
        if child.tag in _SPACES:
            text += " "
        elif child.tag == "text:line-break":
            text += "\n"
        elif child.tag not in _ASIDE:
            text += words(child)
        text += re.sub(r"\s+", " ", child.tail or "")
    return text


def letters_in(element: Element) -> int:
    """Return how many characters of an element are seen (`kg.reading.formats.losses`)."""
    if element.tag in _UNSEEN:
        return 0
    return count_letters(element.text) + sum(
        letters_in(child) + count_letters(child.tail or "") for child in element.children
    )


def text_boxes(paragraph: Element) -> list[Element]:
    """Return the text boxes in a paragraph, without those in other text boxes."""
    inside = "draw:frame/draw:text-box"
    return paragraph.get_elements(f"{inside}|*[not(self::draw:frame)]//{inside}")


def sheet_of(path: Path, table: Element, before: int = 0, hidden: bool = False) -> Sheet:
    """Return a table with its cells placed, those that are told once but repeat each by itself.

    Args:
        path: The source file, named in messages.
        table: The table.
        before: What stands before its first row, counted as its rows are.
        hidden: Whether it is a sheet that is not shown.

    Raises:
        InputError: It is too large to be a table of tasks.
    """
    cells: list[Placed] = []
    hidden_rows: list[range] = []
    top = 0
    for row in _inside(table, "table:table-row", _ROWS):
        times = _count(row, "table:number-rows-repeated")
        told = list(_cells(path, row, top, before))
        if told:
            check_table(path, top + times, max(cell.column + cell.columns for cell in told))
            cells += told
            for further in range(1, times):
                line = before + top + further
                cells += [
                    Placed(c.text, line + 1, top + further, c.column, 1, c.columns) for c in told
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


def _cells(path: Path, row: Element, top: int, before: int) -> Iterator[Placed]:
    """Yield the filled cells of a row; those that a merged one covers are not seen."""
    column = 0
    for cell in row.children:
        times = _count(cell, "table:number-columns-repeated")
        if cell.tag == "table:table-cell" and (text := _cell_text(cell)):
            check_table(path, top + 1, column + times)
            rows, columns = (
                _count(cell, f"table:number-{what}-spanned") for what in ("rows", "columns")
            )
            for place in range(column, column + times):
                yield Placed(text, before + top + 1, top, place, rows, columns)
        column += times


def _cell_text(cell: Element) -> str:
    """Return what a cell shows, or where no text is kept with it, its value."""
    text = "\n".join(line for line in _lines(cell) if line.strip())
    value = cell.get_attribute_string("office:value")
    if text or not value:
        return text or cell.get_attribute_string("office:date-value") or ""
    if cell.get_attribute_string("office:value-type") == "percentage":
        return f"{float(value) * 100:.12g}%"
    return value


def _lines(element: Element) -> Iterator[str]:
    """Yield the paragraphs in a cell, those in lists, text boxes and tables in it too."""
    for child in element.children:
        if child.tag in PARAGRAPHS:
            yield words(child)
            for box in text_boxes(child):
                yield from _lines(box)
        elif child.tag in HOLDERS:
            yield from _lines(child)
        elif child.tag == "table:table":
            for row in _inside(child, "table:table-row", _ROWS):
                for cell in row.children:
                    yield from _lines(cell)


def _inside(element: Element, tag: str, holders: frozenset[str]) -> Iterator[Element]:
    """Yield the children of a kind, also those that stand in groups."""
    for child in element.children:
        if child.tag == tag:
            yield child
        elif child.tag in holders:
            yield from _inside(child, tag, holders)


def _hidden_columns(table: Element, width: int) -> set[int]:
    hidden: set[int] = set()
    left = 0
    for column in _inside(table, "table:table-column", _COLUMNS):
        right = left + _count(column, "table:number-columns-repeated")
        if column.get_attribute_string("table:visibility") in ("collapse", "filter"):
            hidden.update(range(left, min(right, width)))
        left = right
    return hidden


def _count(element: Element, name: str) -> int:
    return max(1, element.get_attribute_integer(name) or 1)

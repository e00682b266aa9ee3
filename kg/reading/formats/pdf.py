"""Read ruled tables and the text around them from a PDF, with pdfplumber."""

from __future__ import annotations

import logging
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

from kg.errors import InputError
from kg.reading.document import Block, Document, Paragraph, Table
from kg.reading.formats.pdf_lines import GAP, Line, lines_of
from kg.reading.formats.unfold import Placed, unfold

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

# How far apart, in points, two rules are that are one.
_NEAR = 3.0
# How wide a gap in a line is, in sizes of its letters, that stands for a space.
_SPACE = 0.35
_PAGE_MARK = re.compile(r"[—–\-\s第·]*\d{1,4}[—–\-\s页·]*(?:(?:/|共)\s*\d{1,4}\s*页?)?")
_BROKEN = "is damaged; print or export the PDF again"


@dataclass(frozen=True, slots=True)
class _Ruled:
    """A ruled table of a page: where its columns begin and end, and its cells by row."""

    edges: tuple[float, ...]
    cells: tuple[Placed, ...]
    height: int


def read(path: Path) -> Document:
    """Return the tables that rules draw and the lines of text outside them, page by page.

    A table that goes on on the next page is one, also below its title or header shown again.

    Raises:
        InputError: The file is encrypted, damaged, or has no text layer.
    """
    blocks: list[Block | _Ruled] = []
    with _opened(path) as pdf:
        letters = 0
        for page in _pages(pdf):
            letters += sum(not char["text"].startswith("(cid:") for char in page.chars)
            blocks += _page_blocks(page)
            page.close()
        _check_text(path, letters)
        title = (pdf.metadata or {}).get("Title")
    return Document(
        tuple(_joined(path, blocks)), title if isinstance(title, str) else "", unit="page"
    )


def word_lines(path: Path) -> list[list[Line]]:
    """Return the lines of the text layer of each page, from top to bottom.

    Raises:
        InputError: The file is encrypted, damaged, or has no text layer.
    """
    pages: list[list[Line]] = []
    with _opened(path) as pdf:
        for page in _pages(pdf):
            words = page.extract_words(x_tolerance_ratio=GAP, keep_blank_chars=True)
            pages.append(lines_of(words))
            page.close()
        _check_text(path, sum(map(len, pages)))
    return pages


@contextmanager
def _opened(path: Path) -> Iterator[PDF]:
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    # Its remarks on what it mended are no news to who reads a table.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with path.open("rb") as file, _bounded(path, file) as pdf:
            if not pdf.pages:
                raise InputError(f"{path}: {_BROKEN}")
            yield pdf
    except Exception as error:  # What pdfminer meets in a damaged file is not of one kind.
        for cause in (error, *error.args):
            if isinstance(cause, InputError):
                raise cause from None
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in (error, *error.args)):
            raise InputError(
                f"{path}: is encrypted; open it with its password and print it to a new PDF"
            ) from None
        raise InputError(f"{path}: {_BROKEN}") from None


def _bounded(path: Path, file: BinaryIO) -> PDF:
    """Open a PDF whose streams are counted before they are unpacked."""
    import pdfplumber

    from kg.reading.formats.pdf_size import BoundedDocument

    document = BoundedDocument(path, file)
    # What opening unpacks has been counted by now.
    pdf = pdfplumber.open(path)
    pdf.doc = document
    return pdf


def _check_text(path: Path, letters: int) -> None:
    if not letters:
        raise InputError(
            f"{path}: has no text layer that can be read, as scanned pages have none; "
            "run OCR (text recognition) first, as ocrmypdf -l chi_sim --force-ocr does"
        )


def _pages(pdf: PDF) -> Iterator[Page]:
    """Yield the pages as one reads them: those whose text does not run to the right are turned."""
    from pdfplumber.page import Page

    for page in pdf.pages:
        turns = Counter(_turn(char["matrix"]) for char in page.chars).most_common(1)
        if not turns or not turns[0][0]:
            yield page
            continue
        turned = page.page_obj
        turned.rotate = (turned.rotate + turns[0][0]) % 360
        page.close()
        yield Page(pdf, turned, page.page_number, page.initial_doctop)


def _turn(matrix: Sequence[float]) -> int:
    """Return by how many degrees a letter must be turned to stand upright."""
    across, up = matrix[:2]
    if abs(across) >= abs(up):
        return 0 if across >= 0 else 180
    return 90 if up > 0 else 270


def _page_blocks(page: Page) -> Iterator[Block | _Ruled]:
    """Yield the lines of text and the ruled tables of a page, from top to bottom."""
    boxes = [table.bbox for table in page.find_tables() if len(table.cells) > 2]
    # A merged cell that a page breaks is open there.
    ends = sorted({y for _, top, _, bottom in boxes for y in (top, bottom)})
    found_again = page.find_tables({"explicit_horizontal_lines": ends}) if boxes else []
    tables = [table for table in found_again if len(table.cells) > 2]
    boxes = [table.bbox for table in tables]

    def outside(thing: dict[str, Any]) -> bool:
        if "x0" not in thing:
            return True
        across, down = (thing["x0"] + thing["x1"]) / 2, (thing["top"] + thing["bottom"]) / 2
        return not any(x0 <= across <= x1 and y0 <= down <= y1 for x0, y0, x1, y1 in boxes)

    found: list[tuple[float, Block | _Ruled]] = [
        (table.bbox[1], _ruled(table, page.page_number)) for table in tables
    ]
    for line in page.filter(outside).extract_text_lines(
        return_chars=False, x_tolerance_ratio=_SPACE
    ):
        text = " ".join(line["text"].split())
        if text and not _PAGE_MARK.fullmatch(text):
            found.append((line["top"], Paragraph(text, page.page_number)))
    yield from (block for _, block in sorted(found, key=lambda pair: pair[0]))


def _ruled(table: Any, number: int) -> _Ruled:  # noqa: ANN401  (pdfplumber does not export it)
    """Return a table with its cells placed by the rules between which they stand."""
    boxes: list[tuple[float, float, float, float]] = table.cells
    xs = _edges(x for box in boxes for x in (box[0], box[2]))
    ys = _edges(y for box in boxes for y in (box[1], box[3]))
    texts: dict[tuple[float, float, float, float], str] = {}
    for row, values in zip(table.rows, table.extract(x_tolerance_ratio=_SPACE), strict=True):
        texts.update((box, text or "") for box, text in zip(row.cells, values, strict=True) if box)
    placed = []
    for box in boxes:
        left, top, right, bottom = (
            _place(xs, box[0]),
            _place(ys, box[1]),
            _place(xs, box[2]),
            _place(ys, box[3]),
        )
        text = texts.get(box, "")
        placed.append(Placed(text, number, top, left, max(1, bottom - top), max(1, right - left)))
    placed.sort(key=lambda cell: (cell.row, cell.column))
    return _Ruled(tuple(xs), tuple(placed), len(ys) - 1)


def _edges(values: Iterable[float]) -> list[float]:
    """Return the places of rules, those near each other as one."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _place(edges: Sequence[float], value: float) -> int:
    """Return the index of the rule nearest to a value."""
    index = bisect_left(edges, value)
    near = [i for i in (index - 1, index) if 0 <= i < len(edges)]
    return min(near, key=lambda i: abs(edges[i] - value))


def _joined(path: Path, blocks: Sequence[Block | _Ruled]) -> Iterator[Block]:
    """Yield the blocks, tables that go on over pages as one.

    Lines between two parts of a table that stand above its first part too are its title again.
    """
    above: set[str] = set()
    waiting: list[Paragraph] = []
    parts: list[_Ruled] = []
    for block in blocks:
        if isinstance(block, Table):
            continue
        if isinstance(block, Paragraph):
            if not (parts and block.text in above):
                waiting.append(block)
            continue
        if parts and not waiting and _fits(parts, block):
            parts.append(block)
            continue
        if parts:
            yield _table(path, parts)
        yield from waiting
        above |= {paragraph.text for paragraph in waiting}
        parts, waiting = [block], []
    if parts:
        yield _table(path, parts)
    yield from waiting


def _fits(parts: Sequence[_Ruled], part: _Ruled) -> bool:
    """Tell whether the columns of a part stand below those of the parts before."""
    edges = max((p.edges for p in parts), key=len)
    fewer, more = sorted((edges, part.edges), key=len)
    return len(fewer) > 2 and all(abs(more[_place(more, x)] - x) <= 2 * _NEAR for x in fewer)


def _table(path: Path, parts: Sequence[_Ruled]) -> Table:
    """Return the table that its parts on the pages make."""
    edges = max((part.edges for part in parts), key=len)
    cells: list[Placed] = []
    above = 0
    for part in parts:
        for cell in part.cells:
            left = _place(edges, part.edges[cell.column])
            right = _place(edges, part.edges[cell.column + cell.columns])
            cells.append(
                Placed(
                    cell.text, cell.line, above + cell.row, left, cell.rows, max(1, right - left)
                )
            )
        above += part.height
    return unfold(path, cells)

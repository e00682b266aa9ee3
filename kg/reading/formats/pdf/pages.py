"""Read ruled tables and the text around them from a PDF, with pdfplumber."""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import groupby, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from kg.errors import InputError
from kg.model import Problem
from kg.reading.formats.pdf.letters import stand_on_lines, text_lines, turn, words
from kg.reading.formats.pdf.lines import GAP, Line, lines_of
from kg.reading.formats.pdf.marks import Letter, is_slanted, without_doubles, without_watermarks
from kg.reading.formats.pdf.ruled_tables import Ruled, is_inside, joined, ruled_tables
from kg.reading.structure.document import Block, Document, Paragraph

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

# How far, in points, a rule may be from level or upright.
_ASLANT = 3.0
_PAGE_MARK = re.compile(r"[—–\-\s第·]*\d{1,4}[—–\-\s页·]*(?:(?:/|共)\s*\d{1,4}\s*页?)?")
_BROKEN = "is damaged; print or export the PDF again"


def read(path: Path) -> Document:
    """Return the tables that rules draw and the lines of text outside them, page by page.

    A table that goes on on the next page is one, also below its title or header shown again.

    Raises:
        InputError: The file is encrypted, damaged, or has no text layer.
    """
    blocks: list[Block | Ruled] = []
    with _opened(path) as pdf:
        letters = 0
        far: list[Letter] = []
        near: list[str] = []
        for page in _pages(pdf, far):
            near += (char["text"] for char in page.chars)
            letters += sum(not char["text"].startswith("(cid:") for char in page.chars)
            blocks += _page_blocks(page)
        _check_text(path, letters)
        title = (pdf.metadata or {}).get("Title")
    notes = tuple(_far_notes(far, "".join(near)))
    return Document(
        tuple(joined(path, blocks)), title if isinstance(title, str) else "", "page", notes
    )


def _far_notes(far: Sequence[Letter], near: str) -> Iterator[Problem]:
    """Yield a note on letters far off their page; a cell that a page cuts is told on both."""
    lines = groupby(far, key=lambda letter: (letter["page_number"], letter["top"]))
    texts = [(page, "".join(letter["text"] for letter in line)) for (page, _), line in lines]
    lost = [(page, text.strip()) for page, text in texts if text.strip() not in near]
    if lost:
        count = sum(len(text) for _, text in lost)
        reason = f"{count} letters stand far off their page and are left out"
        yield Problem(None, lost[0][0], reason, "")


def word_lines(path: Path) -> list[list[Line]]:
    """Return the lines of the text layer of each page, from top to bottom.

    Raises:
        InputError: The file is encrypted, damaged, or has no text layer.
    """
    pages: list[list[Line]] = []
    with _opened(path) as pdf:
        for page in _pages(pdf, []):
            pages.append(lines_of(words(page.chars, GAP)))
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

    from kg.reading.formats.pdf.size import BoundedDocument

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


def _pages(pdf: PDF, far: list[Letter]) -> Iterator[Page]:
    """Yield the pages as one reads them: upright, each letter once, without watermarks.

    Args:
        pdf: The file.
        far: Takes the letters that stand far off their pages.
    """
    for page in pdf.pages:
        upright = _upright(pdf, page)
        kinds = upright.objects
        for kind in ("line", "curve"):
            kinds[kind] = [thing for thing in kinds.get(kind, ()) if _is_rule(thing["pts"])]
        shown = [letter for letter in upright.chars if _is_near(letter, upright)]
        far += (letter for letter in upright.chars if not _is_near(letter, upright))
        letters = without_watermarks(without_doubles(shown), upright.edges)
        kinds["char"] = stand_on_lines(letters)
        yield upright
        upright.close()


def _is_near(letter: Letter, page: Page) -> bool:
    """Tell whether a letter stands on its page or hardly beside it, and not where nobody sees it.

    The letters of a page that was turned stand up to a side of it off its box.
    """
    side = max(page.width, page.height)
    across = -side < letter["x0"] and letter["x1"] < 2 * side
    return bool(across and -side < letter["top"] and letter["bottom"] < 2 * side)


def _upright(pdf: PDF, page: Page) -> Page:
    """Return a page, turned where its text does not run to the right."""
    from pdfplumber.page import Page

    texts = (letter["matrix"] for letter in page.chars if not is_slanted(letter))
    turns = Counter(map(turn, texts)).most_common(1)
    if not turns or not turns[0][0]:
        return page
    turned = page.page_obj
    turned.rotate = (turned.rotate + turns[0][0]) % 360
    page.close()
    return Page(pdf, turned, page.page_number, page.initial_doctop)


def _is_rule(points: Sequence[tuple[float, float]]) -> bool:
    """Tell whether a line runs across and down only; pictures and drawn letters do not."""
    return all(
        min(abs(x - before_x), abs(y - before_y)) <= _ASLANT
        for (before_x, before_y), (x, y) in pairwise(points)
    )


def _page_blocks(page: Page) -> Iterator[Block | Ruled]:
    """Yield the lines of text and the ruled tables of a page, from top to bottom."""
    tables = ruled_tables(page)
    found: list[tuple[float, Block | Ruled]] = [(table.box[1], table) for table in tables]
    outside = [x for x in page.chars if not any(is_inside(x, table.box) for table in tables)]
    for top, line in text_lines(outside):
        text = " ".join(line.split())
        if text and not _PAGE_MARK.fullmatch(text):
            found.append((top, Paragraph(text, page.page_number)))
    yield from (block for _, block in sorted(found, key=lambda pair: pair[0]))

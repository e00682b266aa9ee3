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
from kg.reading.formats.pdf.letters import align_baselines, find_words, letter_rotation, text_lines
from kg.reading.formats.pdf.lines import GAP, Line, group_lines
from kg.reading.formats.pdf.ruled_tables import (
    RuledTable,
    find_ruled_tables,
    is_inside,
    join_tables,
)
from kg.reading.formats.pdf.watermarks import Letter, is_slanted, remove_doubles, remove_watermarks
from kg.reading.structure.document import Block, Document, Paragraph

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.pdf import PDF

# How far a rule may be from horizontal or vertical, in points.
_ASLANT = 3.0
_PAGE_MARK = re.compile(r"[—–\-\s第·]*\d{1,4}[—–\-\s页·]*(?:(?:/|共)\s*\d{1,4}\s*页?)?")
_DAMAGED = "is damaged; print or export the PDF again"


def read(path: Path) -> Document:
    """Return the ruled tables and the lines of text outside them, in the order of the pages.

    A table that continues on the next page is joined, even below a repeated title or header row.

    Raises:
        InputError: The file is encrypted, damaged, or has no text layer.
    """
    blocks: list[Block | RuledTable] = []
    with _open_pdf(path) as pdf:
        letters = 0
        far: list[Letter] = []
        near: list[str] = []
        for page in _pages(pdf, far):
            near += (char["text"] for char in page.chars)
            letters += sum(not char["text"].startswith("(cid:") for char in page.chars)
            blocks += _page_blocks(page)
        _check_text(path, letters)
        title = (pdf.metadata or {}).get("Title")
    notes = tuple(_off_page_notes(far, "".join(near)))
    return Document(
        tuple(join_tables(path, blocks)), title if isinstance(title, str) else "", "page", notes
    )


def _off_page_notes(far: Sequence[Letter], near: str) -> Iterator[Problem]:
    """Yield a note on letters far off their page whose text is not on any page either."""
    lines = groupby(far, key=lambda letter: (letter["page_number"], letter["top"]))
    texts = [(page, "".join(letter["text"] for letter in line)) for (page, _), line in lines]
    lost = [(page, text.strip()) for page, text in texts if text.strip() not in near]
    if lost:
        count = sum(len(text) for _, text in lost)
        reason = f"{count} letters are far off their page and are left out"
        yield Problem(None, lost[0][0], reason, "")


def word_lines(path: Path) -> list[list[Line]]:
    """Return the lines of the text layer of each page, from top to bottom.

    Raises:
        InputError: The file is encrypted, damaged, or has no text layer.
    """
    pages: list[list[Line]] = []
    with _open_pdf(path) as pdf:
        for page in _pages(pdf, []):
            pages.append(group_lines(find_words(page.chars, GAP)))
        _check_text(path, sum(map(len, pages)))
    return pages


@contextmanager
def _open_pdf(path: Path) -> Iterator[PDF]:
    from pdfminer.pdfdocument import PDFPasswordIncorrect

    # pdfminer logs repairs of the file, which do not concern users.
    logging.getLogger("pdfminer").setLevel(logging.ERROR)
    try:
        with path.open("rb") as file, _open_bounded(path, file) as pdf:
            if not pdf.pages:
                raise InputError(f"{path}: {_DAMAGED}")
            yield pdf
    except Exception as error:  # For damaged files, pdfminer raises exceptions of many types.
        for cause in (error, *error.args):
            if isinstance(cause, InputError):
                raise cause from None
        if any(isinstance(cause, PDFPasswordIncorrect) for cause in (error, *error.args)):
            raise InputError(
                f"{path}: is encrypted; open it with its password and print it to a new PDF"
            ) from None
        raise InputError(f"{path}: {_DAMAGED}") from None


def _open_bounded(path: Path, file: BinaryIO) -> PDF:
    """Open a PDF with a limit on the size of its unpacked streams."""
    import pdfplumber

    from kg.reading.formats.pdf.stream_size import BoundedDocument

    document = BoundedDocument(path, file)
    # The streams that this unpacks have been counted already.
    pdf = pdfplumber.open(path)
    pdf.doc = document
    return pdf


def _check_text(path: Path, letters: int) -> None:
    if not letters:
        raise InputError(
            f"{path}: has no text layer that can be read, as in scanned pages; "
            "run OCR (text recognition) first, such as ocrmypdf -l chi_sim --force-ocr"
        )


def _pages(pdf: PDF, far: list[Letter]) -> Iterator[Page]:
    """Yield the pages upright, without doubles of letters and without watermarks.

    Args:
        pdf: The file.
        far: The list to which letters far off their pages are added.
    """
    for page in pdf.pages:
        upright = _rotate_upright(pdf, page)
        kinds = upright.objects
        for kind in ("line", "curve"):
            kinds[kind] = [thing for thing in kinds.get(kind, ()) if _is_rule(thing["pts"])]
        shown = [letter for letter in upright.chars if _is_on_page(letter, upright)]
        far += (letter for letter in upright.chars if not _is_on_page(letter, upright))
        letters = remove_watermarks(remove_doubles(shown), upright.edges)
        kinds["char"] = align_baselines(letters)
        yield upright
        upright.close()


def _is_on_page(letter: Letter, page: Page) -> bool:
    """Return whether a letter is on its page or at most a side's length off it.

    The letters of rotated pages may be up to this distance off the page's box.
    """
    side = max(page.width, page.height)
    across = -side < letter["x0"] and letter["x1"] < 2 * side
    return bool(across and -side < letter["top"] and letter["bottom"] < 2 * side)


def _rotate_upright(pdf: PDF, page: Page) -> Page:
    """Return a page, rotated if its text does not run to the right."""
    from pdfplumber.page import Page

    texts = (letter["matrix"] for letter in page.chars if not is_slanted(letter))
    turns = Counter(map(letter_rotation, texts)).most_common(1)
    if not turns or not turns[0][0]:
        return page
    turned = page.page_obj
    turned.rotate = (turned.rotate + turns[0][0]) % 360
    page.close()
    return Page(pdf, turned, page.page_number, page.initial_doctop)


def _is_rule(points: Sequence[tuple[float, float]]) -> bool:
    """Return whether a path has only horizontal and vertical segments, unlike pictures."""
    return all(
        min(abs(x - before_x), abs(y - before_y)) <= _ASLANT
        for (before_x, before_y), (x, y) in pairwise(points)
    )


def _page_blocks(page: Page) -> Iterator[Block | RuledTable]:
    """Yield the lines of text and the ruled tables of a page, from top to bottom."""
    tables = find_ruled_tables(page)
    found: list[tuple[float, Block | RuledTable]] = [(table.box[1], table) for table in tables]
    outside = [x for x in page.chars if not any(is_inside(x, table.box) for table in tables)]
    for top, line in text_lines(outside):
        text = " ".join(line.split())
        if text and not _PAGE_MARK.fullmatch(text):
            found.append((top, Paragraph(text, page.page_number)))
    yield from (block for _, block in sorted(found, key=lambda pair: pair[0]))

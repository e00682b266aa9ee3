"""Print a table like the text layer of a PDF: cell after cell, or side by side."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

TITLE = "临江区2022年政府工作报告责任事项进展情况表（截至2022年9月底）"

Category = tuple[str, str | None]


@dataclass(frozen=True)
class Entry:
    """One row of a table before it is printed."""

    number: int
    category: Category
    task: str
    progress: str
    departments: tuple[str, ...]


@dataclass(frozen=True)
class Style:
    """How a table is printed; widths are in full-width characters, 0 means no such column.

    Attributes:
        layout: Cell after cell, side by side, or one row a line with tabs or bars between.
        order: The columns from left to right.
        names: What heads the number, the category, the task, the progress and the departments.
        header: The lines of the header, where they are not the names on one line.
        between: What stands between the departments of a cell.
        role: What follows the first of several departments.
        gaps: Blank lines between cells as a printer shows them, everywhere, or nowhere.
        gutter: Spaces between columns side by side.
        centred: Whether numbers, categories and departments stand in the middle of their row.
        merged: Whether a category that spans rows is printed once, in its first row.
        glyphs: Whether columns side by side align by width or by count of characters.
        page_mark: What stands at the end of a page; `{page}` and `{pages}` stand for numbers.
    """

    layout: Literal["running", "aligned", "tabs", "bars"] = "running"
    category: int = 4
    task: int = 12
    progress: int = 44
    departments: int = 4
    order: str = "nctpd"
    names: tuple[str, ...] = ("序号", "工作类目", "工作任务 目标和要求", "进展情况", "主要责任部门")
    header: tuple[str, ...] = ()
    page: int = 4
    lose_numbers: bool = True
    repeat_categories: bool = True
    share_lines: bool = True
    blank_tails: bool = True
    break_numbers: bool = False
    hang_marks: bool = False
    between: str = "\n"
    role: str = ""
    gaps: Literal["some", "all", "rows", "none"] = "some"
    number_late: bool = False
    gutter: int = 2
    centred: bool = False
    merged: bool = True
    glyphs: bool = False
    feed: str = ""
    newline: str = "\n"
    repeat_header: bool = False
    page_mark: str = ""

    @property
    def columns(self) -> str:
        """The letters of the columns that are printed."""
        return self.order if self.category else re.sub("[ck]", "", self.order)


JIANGHAN = Style(
    header=("序号 工作类目 工作任务 目标和要求 进展情况", "主要责任", "", "部门"),
)

_WORD = re.compile(r"[0-9A-Za-z.%+]+|.")


def width(text: str) -> float:
    return sum(1.0 if unicodedata.east_asian_width(c) in "WFA" else 0.5 for c in text)


def wrap(
    text: str, size: float, break_numbers: bool = False, hang_marks: bool = False
) -> list[str]:
    """Break a text into lines, and at each `\\n`; marks may be at the beginning of a line."""
    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        pieces = list(part) if break_numbers else _WORD.findall(part)
        for piece in pieces:
            hangs = hang_marks and piece in "，。、；：" and line
            if width(line + piece) > size and line and not hangs:
                lines.append(line)
                line = ""
            line += piece
        lines.append(line)
    return [line.strip() for line in lines]


def render(entries: Sequence[Entry], style: Style, title: str = TITLE) -> str:
    """Print a table like a text layer."""
    from tests.reading.side_by_side import print_header, print_row

    running = style.layout == "running"
    if not running and any(entry.category[1] for entry in entries):
        style = replace(style, order=style.order.replace("c", "ck"))
    header = list(style.header or print_header(style))
    lines = [title, "", *header, *([""] if running else [])]
    pages = -(-len(entries) // style.page)
    for start in range(0, len(entries), style.page):
        page = entries[start : start + style.page]
        if start and style.repeat_header:
            lines += ["", *header, ""] if running else header
        first = len(lines)
        for index, entry in enumerate(page):
            begins = index == 0 and start > 0
            above = entries[start + index - 1].category if start + index else None
            if running:
                lines += _print_entry(entry, style, above, begins, last=index == len(page) - 1)
            else:
                lines += print_row(entry, style, None if begins else above)
        if start and style.feed:
            lines[first] = style.feed + lines[first]
        if style.page_mark:
            lines += [style.page_mark.format(page=start // style.page + 1, pages=pages)]
    return style.newline.join(lines) + style.newline


def shown_departments(entry: Entry, style: Style) -> str:
    """Return the text of the departments' cell."""
    names = list(entry.departments)
    if len(names) > 1:
        names[0] += style.role
    return style.between.join(names)


def shown_categories(entry: Entry, style: Style, above: Category | None, begins: bool) -> list[str]:
    """Return the merged category cells that are printed in a row."""
    if not style.category:
        return []
    first, second = entry.category
    if above is None or above[0] != first or (begins and style.repeat_categories):
        return [first, second] if second else [first]
    return [second] if second and second != above[1] else []


def _print_entry(
    entry: Entry, style: Style, above: Category | None, begins: bool, last: bool
) -> list[str]:
    """Return the lines of one row; `begins` and `last` give its position on the page."""
    lost = begins and style.lose_numbers
    cells = {letter: _print_cells(letter, entry, style, above, begins) for letter in style.columns}
    numbers = [] if lost else [[str(entry.number)]]
    cells |= {"n": numbers} if style.columns[0] == "n" else {}
    order = style.columns
    if style.number_late:
        order = order.replace("n", "").replace("t", "nt")
    printed = [(letter, cell) for letter in order for cell in cells[letter]]
    lines: list[str] = []
    for index, (letter, cell) in enumerate(printed):
        before = printed[index - 1] if index else None
        if style.share_lines and before and _share(before[0], letter, before[1], cell):
            lines[-1] += " " + cell[0]
            lines += cell[1:]
            continue
        if before and _apart(style, before[0], before[1], cell):
            lines.append("")
        lines += cell
    if lost:
        lines[0] = " " + lines[0]
    return lines if last or style.gaps == "none" else [*lines, ""]


def _print_cells(
    letter: str, entry: Entry, style: Style, above: Category | None, begins: bool
) -> list[list[str]]:
    tails = style.blank_tails
    if letter == "n":
        return [[str(entry.number)]]
    if letter == "c":
        texts = shown_categories(entry, style, above, begins)
        return [_print_cell(text, style.category, style, tails) for text in texts]
    if letter == "d":
        text = shown_departments(entry, style)
        parts = [_print_cell(p, style.departments, style, tails) for p in text.split("\n")]
        return [[line for part in parts for line in part]]
    text, size = (entry.task, style.task) if letter == "t" else (entry.progress, style.progress)
    return [_print_cell(text, size, style)] if text else []


def _share(before: str, letter: str, above: list[str], cell: list[str]) -> bool:
    """Return whether two short cells are printed on one line."""
    pair = before + letter
    return len(above) == 1 == len(cell) and pair in ("nt", "pd")


def _apart(style: Style, before: str, above: list[str], cell: list[str]) -> bool:
    """Return whether there is a blank line between two cells of a row."""
    if style.gaps == "some":
        if before == "n":
            return len(cell) > 2
        return not (before == "p" and len(above) == 1 and len(cell) == 3)
    return style.gaps == "all"


def _print_cell(text: str, size: int, style: Style, tails: bool = False) -> list[str]:
    lines = wrap(text, size, style.break_numbers, style.hang_marks)
    if tails and len(lines) > 1 and width(lines[-1]) < size - 0.5 and len(lines) % 2 == 0:
        lines.insert(-1, "")
    return lines

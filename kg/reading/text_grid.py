"""The table in a text whose cells stand apart for certain: parted by bars, or by lines."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from kg.reading.delimited import BARS
from kg.reading.document import Document, GridCell, Paragraph, Table
from kg.reading.formats.unfold import check_size
from kg.reading.furniture import is_page_mark, is_rule, row_number
from kg.reading.groups import heads_rows
from kg.reading.headings import Mappings
from kg.reading.heads import Cells, Head, find_head, repeats
from kg.reading.stacked_cells import TextRows, stacked_rows

_MARKS = re.compile(r"[|│┃║｜\t]")
_CHINESE = frozenset("一二三四五六七八九十（）()、.")


def text_grid(path: Path, lines: Sequence[str], mappings: Mappings) -> Document | None:
    """Return the table in a text with the lines around it, or None where its cells do not stand so.

    Args:
        path: The source file, named in messages.
        lines: The lines of the text.
        mappings: What a person said about headings.

    Raises:
        InputError: It is too large to be one of tasks, or its cells stand column by column, and
            where they end is not certain.
    """
    check_size(path, 1, max(len(_MARKS.findall(line)) + 1 for line in lines))
    bare = ["" if is_rule(line) or is_page_mark(line) else line.strip("\f") for line in lines]
    found = _barred_rows(bare, mappings) or stacked_rows(path, bare, mappings)
    if not found:
        return None
    around = [
        Paragraph(text, index + 1)
        for index, line in enumerate(lines)
        if not found.first <= index < found.last and (text := " ".join(line.split()))
    ]
    above = [paragraph for paragraph in around if paragraph.line <= found.first]
    return Document((*above, Table(found.rows), *around[len(above) :]), notes=found.notes)


def _barred_rows(lines: Sequence[str], mappings: Mappings) -> TextRows | None:
    """Return the rows of a table of bars, where each has one line, or stands above others."""
    barred = {
        index: _cells(line, index + 1)
        for index, line in enumerate(lines)
        if len(BARS.findall(line)) > 1
    }
    shown = list(barred.values())
    if len(shown) < 2 or len({len(cells) for cells in shown}) > 1:
        return None
    head = find_head(shown, mappings)
    if head is None or (not {"task", "progress"} <= head.kinds and not head.is_whole):
        return None
    body = [cells for cells in shown[head.end :] if not repeats(cells, shown, head)]
    if not all(_is_whole(cells, head) for cells in body):
        return None
    rows: list[Cells] = []
    first, last = min(barred), max(barred) + 1
    for index in range(first, last):
        text = lines[index].strip()
        if index in barred:
            rows.append(barred[index])
        elif text and not heads_rows(text):
            return None
        elif text:
            rows.append(
                tuple(GridCell(text, index + 1, place > 0) for place in range(len(shown[0])))
            )
    return TextRows(tuple(rows), first, last)


def _cells(line: str, number: int) -> Cells:
    """Return the cells of a line, where bars may stand around them too."""
    shown = line.strip()
    parts = BARS.split(shown)
    start, end = bool(BARS.match(shown)), len(parts) - bool(BARS.match(shown[-1:]))
    return tuple(GridCell(part.strip(), number) for part in parts[start:end])


def _is_whole(cells: Cells, head: Head) -> bool:
    """Tell whether a line is a row by itself: it has its number and task, or heads others."""
    filled = [cell.text for cell in cells if cell.text]
    if len(filled) < 2:
        return all(map(heads_rows, filled))
    if len(filled) == 2 and set(filled[0]) <= _CHINESE:
        return True
    texts = {
        kind: [c.text for c, h in zip(cells, head.headings, strict=True) if h.kind == kind]
        for kind in ("number", "task", "progress", "departments")
    }
    if texts["number"]:
        return all(texts["task"]) and row_number(texts["number"][0]) is not None
    return all(all(found) for found in texts.values())

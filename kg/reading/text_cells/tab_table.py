"""Read a table whose cells are separated by tabs, as copied from a spreadsheet or a document.

A cell may contain line breaks, then a spreadsheet puts it in quotation marks. Empty cells have tabs
around them, so a row ends when it has as many tabs as the widest.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import dropwhile

from kg.reading.structure.document import Document, GridCell, Paragraph, Table
from kg.reading.structure.letterhead import is_furniture
from kg.reading.tables.cards import join_cards, join_labelled_rows
from kg.reading.tables.column_roles import complete_header
from kg.reading.tables.group_headings import is_marked_heading, is_note
from kg.reading.tables.headings import Mappings
from kg.reading.tables.table_header import Cells, Header, find_header
from kg.reading.text_cells.text_lines import Line

# The fewest tabs in a row, the fewest rows, the most tabs in a row, and the share of rows that have
# all of them.
_TABS, _ROWS, _MOST, _WHOLE = 2, 3, 16, 0.8
# The confidence of headings such as 名称 and 单位.
_DOUBTFUL = 0.6
# The share of rows without a number from which on they are lines of other rows.
_WRAPPED = 0.3
_SENTENCE = ("。", "！", "；")


def tab_table(lines: Sequence[Line], mappings: Mappings) -> Document | None:
    """Return the document of a text with a table of tabs, or None if there is none.

    Args:
        lines: The lines with text and their numbers.
        mappings: The headings in the mapping file.
    """
    places = [p for p, (_, line) in enumerate(lines) if "\t" in line and not is_furniture(line)]
    places = list(dropwhile(lambda place: _is_merged(lines[place][1]), places))
    if len(places) < _ROWS:
        return None
    first, end = places[0], _table_end(lines, places[-1])
    body = _cut_end_tabs(lines[first:end])
    width = _row_width(body)
    if not _TABS <= width <= _MOST:
        return None
    rows = tuple(_make_row(row, width + 1) for row in _join_rows(body, width))
    header = find_header(rows, mappings)
    header = header and complete_header(header, rows)
    if header is None or not _is_sure(header) or _has_wrapped_rows(rows[header.end :], header):
        return None
    above, below = (
        [Paragraph(text.strip(), number) for number, text in part if not is_furniture(text)]
        for part in (lines[:first], lines[end:])
    )
    return Document((*above, Table(rows), *below))


def labelled_table(lines: Sequence[Line], mappings: Mappings) -> Document | None:
    """Return the document of a text with cards or labelled rows, with tabs after labels, or None.

    Args:
        lines: The lines with text and their numbers.
        mappings: The headings in the mapping file.
    """
    rows: list[list[Line]] = []
    for number, line in lines:
        if "\t" in line:
            rows.append([(number, line)])
        elif rows and number == rows[-1][-1][0] + 1:
            rows[-1].append((number, line))
    if not rows:
        return None
    size = max(row[0][1].count("\t") for row in rows) + 1
    table = Table(tuple(_make_row(row, size) for row in rows))
    used = {number for row in rows for number, _ in row}
    above = (Paragraph(text.strip(), n) for n, text in lines if n not in used)
    document = Document((*above, table))
    joined = join_cards(document, mappings)
    if joined is document and join_labelled_rows(table, mappings) is table:
        return None
    return joined


def _is_merged(line: str) -> bool:
    """Return whether a line is one cell over several columns: a title with tabs around it."""
    return line.count("\t") >= _TABS and "\t" not in line.strip()


def _cut_end_tabs(lines: Sequence[Line]) -> list[Line]:
    """Return lines without the tabs at the end of the header that no row has."""
    (number, head), *rows = lines
    longest = max(line.count("\t") for _, line in rows)
    surplus = head.count("\t") - longest if head.rstrip("\t").count("\t") == longest else 0
    return [(number, head[: len(head) - max(surplus, 0)]), *rows]


def _row_width(lines: Sequence[Line]) -> int:
    """Return the number of tabs in a row: at least that of any line, more if rows have several."""
    shares: dict[int, float] = {}
    least = max(line.count("\t") for _, line in lines)
    for width in range(least, _MOST + 1):
        rows = list(_join_rows(lines, width))
        counts = [sum(line.count("\t") for _, line in row) for row in rows]
        # Headings have no tabs.
        shares[width] = counts.count(width) / sum(map(bool, counts))
        if shares[width] >= _WHOLE:
            return width
    return max(shares, key=lambda width: (shares[width], -width), default=least)


def _table_end(lines: Sequence[Line], last: int) -> int:
    """Return the index after the last line of the table, which may continue the line with tabs."""
    end = last + 1
    while end < len(lines):
        above, text = lines[end - 1], lines[end]
        adjacent = text[0] == above[0] + 1 and not _ends_sentence(above[1])
        if not adjacent or is_note(text[1]) or is_furniture(text[1]):
            break
        end += 1
    return end


def _join_rows(lines: Sequence[Line], width: int) -> Iterator[list[Line]]:
    """Yield the lines of each row.

    A line without tabs continues the last cell of the row above, unless it is a heading, or the
    beginning of a first cell of several lines, after the last sentence of the row above.
    """
    row: list[Line] = []
    tabs = 0
    for (number, line), (_, below) in zip(lines, [*lines[1:], (0, "")], strict=False):
        own = line.count("\t")
        is_heading = not own and tabs in (0, width) and is_marked_heading(line.strip())
        is_between = tabs == width > 0 and _is_complete(row) and "\t" in below
        is_first = not own and is_between and not _ends_sentence(line)
        if row and (is_heading or is_first or tabs + own > width or (own and tabs == width)):
            yield row
            row, tabs = [], 0
        row.append((number, line))
        tabs += own
        if is_heading:
            yield row
            row, tabs = [], 0
    if row:
        yield row


def _ends_sentence(line: str) -> bool:
    """Return whether a line ends with a sentence; a tab after it begins another cell."""
    return line.rstrip(" \u3000").endswith(_SENTENCE)


def _is_complete(row: Sequence[Line]) -> bool:
    """Return whether a row ends with a sentence, and not inside quotation marks."""
    return _ends_sentence(row[-1][1]) and sum(line.count('"') for _, line in row) % 2 == 0


def _make_row(lines: Sequence[Line], size: int) -> Cells:
    """Return the cells of a row, without the quotation marks of a spreadsheet."""
    cells: list[tuple[list[str], int]] = []
    for place, (number, line) in enumerate(lines):
        first, *others = line.split("\t")
        if place:
            cells[-1][0].append(first)
        else:
            others.insert(0, first)
        cells += [([part], number) for part in others]
    cells += [([], lines[-1][0])] * (size - len(cells))
    return tuple(GridCell(_unquote("\n".join(parts).strip()), line) for parts, line in cells)


def _is_sure(header: Header) -> bool:
    """Return whether its headings are certainly those of tasks, not of goods with their units."""
    kinds = {h.kind for h in header.headings if h.confidence > _DOUBTFUL}
    return "task" in kinds and bool(kinds & {"progress", "departments"})


def _has_wrapped_rows(rows: Sequence[Cells], header: Header) -> bool:
    """Return whether the lines of cells side by side are rows of their own, without a number."""
    numbers = [place for place, heading in enumerate(header.headings) if heading.kind == "number"]
    tasks = [place for place, heading in enumerate(header.headings) if heading.kind == "task"]
    bare = sum(
        not any(row[place].text for place in numbers) and any(row[place].text for place in tasks)
        for row in rows
    )
    return bool(numbers) and bare > _WRAPPED * len(rows)


def _unquote(text: str) -> str:
    r"""Return the text of a cell without quotation marks around it.

    >>> _unquote('"新建\n3座"'), _unquote('"四好"农村路')
    ('新建\n3座', '"四好"农村路')
    """
    inner = text[1:-1].replace('""', "")
    quoted = len(text) > 1 and text[0] == text[-1] == '"' and '"' not in inner
    return text[1:-1].replace('""', '"') if quoted else text

"""Find the ruled tables of a PDF's pages, and join those that continue on the next page."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.reading.budget import CROSSINGS
from kg.reading.formats.pdf.letters import text_lines
from kg.reading.formats.pdf.watermarks import Letter, Rule
from kg.reading.formats.placed_cells import PlacedCell, table_from_cells
from kg.reading.structure.document import Block, Paragraph, Table

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.table import Table as FoundTable
    from pdfplumber.table import TableFinder

Box = tuple[float, float, float, float]

# Rules up to this distance apart, in points, count as one.
_NEAR = 3.0


@dataclass(frozen=True, slots=True)
class RuledTable:
    """A ruled table of a page.

    Attributes:
        box: Its left, top, right and bottom on the page.
        edges: The left and right edges of its columns.
        cells: Its cells by row.
        height: The number of its rows.
    """

    box: Box
    edges: tuple[float, ...]
    cells: tuple[PlacedCell, ...]
    height: int


def find_ruled_tables(page: Page) -> list[RuledTable]:
    """Return the ruled tables of a page, including those with open sides.

    A page whose rules cross in too many places is taken for a drawing.
    """
    letters = sorted(page.chars, key=_middle)
    upright = {round(edge["x0"]) for edge in page.edges if edge["orientation"] == "v"}
    level = {round(edge["top"]) for edge in page.edges if edge["orientation"] == "h"}
    if len(upright) * len(level) > CROSSINGS:
        return []
    return [
        _make_ruled_table(table, letters, page.page_number)
        for table in page.find_tables(_outer_rules(page))
        if len(table.cells) > 2
    ]


def _outer_rules(page: Page) -> dict[str, Any]:
    """Return the missing outer rules of tables, as settings of pdfplumber.

    The sides of a table may be open, and so is a merged cell at a page break.
    """
    from pdfplumber.utils.geometry import objects_to_bbox

    upright: list[Rule] = []
    level: list[float] = []
    for rules in _crossing_groups(page.debug_tablefinder()):
        left, top, right, bottom = objects_to_bbox(rules)
        columns = [rule["x0"] for rule in rules if rule["orientation"] == "v"]
        rows = [rule["top"] for rule in rules if rule["orientation"] == "h"]
        # The axis of a chart has rules on one side only.
        if not any(left + _NEAR < x < right - _NEAR for x in columns):
            continue
        level += top, bottom
        for side, x in (("x0", left), ("x1", right)):
            ends = [rule for rule in rules if abs(rule[side] - x) <= _NEAR]
            _, start, _, end = objects_to_bbox(ends)
            # The top and the bottom rule may be missing as well.
            start, end = top if start <= min(rows) else start, bottom if end >= max(rows) else end
            rule = {"object_type": "line_edge", "orientation": "v", "x0": x, "x1": x}
            upright.append({**rule, "top": start, "bottom": end, "height": end - start})
    return {"explicit_vertical_lines": upright, "explicit_horizontal_lines": level}


def _crossing_groups(found: TableFinder) -> list[list[Rule]]:
    """Return the rules of a page in groups that cross, directly or through other rules."""
    groups: list[set[int]] = []
    for crossing in found.intersections.values():
        joined = set(map(id, (*crossing["v"], *crossing["h"])))
        joined = joined.union(*(group for group in groups if group & joined))
        groups = [*(group for group in groups if not group & joined), joined]
    return [[rule for rule in found.edges if id(rule) in group] for group in groups]


def _make_ruled_table(table: FoundTable, letters: Sequence[Letter], number: int) -> RuledTable:
    """Return a table with the rows and columns of its cells.

    Args:
        table: The table found by pdfplumber.
        letters: The letters of the page, from top to bottom.
        number: The number of the page.
    """
    boxes: list[Box] = table.cells
    xs = _merge_edges(x for box in boxes for x in (box[0], box[2]))
    ys = _merge_edges(y for box in boxes for y in (box[1], box[3]))
    placed = []
    for box in boxes:
        left, top, right, bottom = (
            _nearest_edge(xs, box[0]),
            _nearest_edge(ys, box[1]),
            _nearest_edge(xs, box[2]),
            _nearest_edge(ys, box[3]),
        )
        first, last = (bisect_left(letters, y, key=_middle) for y in (box[1], box[3]))
        lines = text_lines([x for x in letters[first:last] if is_inside(x, box)])
        text = "\n".join(line for _, line in lines)
        placed.append(
            PlacedCell(text, number, top, left, max(1, bottom - top), max(1, right - left))
        )
    placed.sort(key=lambda cell: (cell.row, cell.column))
    return RuledTable(table.bbox, tuple(xs), tuple(placed), len(ys) - 1)


def _middle(letter: Letter) -> float:
    """Return the distance of the middle of a letter from the top of the page."""
    return float(letter["top"] + letter["bottom"]) / 2


def is_inside(letter: Letter, box: Box) -> bool:
    """Return whether the middle of a letter is in a box."""
    across = (letter["x0"] + letter["x1"]) / 2
    return bool(box[0] <= across < box[2] and box[1] <= _middle(letter) < box[3])


def _merge_edges(values: Iterable[float]) -> list[float]:
    """Return the sorted places of rules, with one place for those near each other."""
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return found


def _nearest_edge(edges: Sequence[float], value: float) -> int:
    """Return the index of the rule nearest to a value."""
    index = bisect_left(edges, value)
    near = [i for i in (index - 1, index) if 0 <= i < len(edges)]
    return min(near, key=lambda i: abs(edges[i] - value))


def join_tables(path: Path, blocks: Sequence[Block | RuledTable]) -> Iterator[Block]:
    """Yield the blocks, with tables that continue over pages joined.

    Lines between two parts of a table that are also above its first part are its repeated title.
    """
    above: set[str] = set()
    waiting: list[Paragraph] = []
    parts: list[RuledTable] = []
    for block in blocks:
        if isinstance(block, Table):
            continue
        if isinstance(block, Paragraph):
            if not (parts and block.text in above):
                waiting.append(block)
            continue
        if parts and not waiting and _is_continuation(parts, block):
            parts.append(block)
            continue
        if parts:
            yield _combine_parts(path, parts)
        yield from waiting
        above |= {paragraph.text for paragraph in waiting}
        parts, waiting = [block], []
    if parts:
        yield _combine_parts(path, parts)
    yield from waiting


def _is_continuation(parts: Sequence[RuledTable], part: RuledTable) -> bool:
    """Return whether the columns of a part have the same edges as those of the parts before."""
    edges = max((p.edges for p in parts), key=len)
    fewer, more = sorted((edges, part.edges), key=len)
    return len(fewer) > 2 and all(abs(more[_nearest_edge(more, x)] - x) <= 2 * _NEAR for x in fewer)


def _combine_parts(path: Path, parts: Sequence[RuledTable]) -> Table:
    """Return the table of parts on several pages."""
    edges = max((part.edges for part in parts), key=len)
    cells: list[PlacedCell] = []
    above = 0
    for part in parts:
        for cell in part.cells:
            left = _nearest_edge(edges, part.edges[cell.column])
            right = _nearest_edge(edges, part.edges[cell.column + cell.columns])
            cells.append(
                PlacedCell(
                    cell.text, cell.line, above + cell.row, left, cell.rows, max(1, right - left)
                )
            )
        above += part.height
    return table_from_cells(path, cells)

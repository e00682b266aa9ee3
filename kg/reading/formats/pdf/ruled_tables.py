"""Ruled tables of a PDF: found on its pages, and joined where they go on on the next."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.reading.budget import CROSSINGS
from kg.reading.formats.pdf.letters import text_lines
from kg.reading.formats.pdf.marks import Letter, Rule
from kg.reading.formats.unfold import Placed, unfold
from kg.reading.structure.document import Block, Paragraph, Table

if TYPE_CHECKING:
    from pdfplumber.page import Page
    from pdfplumber.table import Table as FoundTable
    from pdfplumber.table import TableFinder

Box = tuple[float, float, float, float]

# How far apart, in points, two rules are that are one.
_NEAR = 3.0
# Where rules cross in more places, they are a drawing or squared paper, not a table of tasks.


@dataclass(frozen=True, slots=True)
class Ruled:
    """A ruled table of a page.

    Attributes:
        box: Where it stands on the page: left, top, right and bottom.
        edges: Where its columns begin and end.
        cells: Its cells by row.
        height: How many rows it has.
    """

    box: Box
    edges: tuple[float, ...]
    cells: tuple[Placed, ...]
    height: int


def ruled_tables(page: Page) -> list[Ruled]:
    """Return the tables that the rules of a page draw, also those that are open at their sides."""
    letters = sorted(page.chars, key=_middle)
    upright = {round(edge["x0"]) for edge in page.edges if edge["orientation"] == "v"}
    level = {round(edge["top"]) for edge in page.edges if edge["orientation"] == "h"}
    if len(upright) * len(level) > CROSSINGS:
        return []
    return [
        _ruled(table, letters, page.page_number)
        for table in page.find_tables(_missing_rules(page))
        if len(table.cells) > 2
    ]


def _missing_rules(page: Page) -> dict[str, Any]:
    """Return the outer rules that tables lack, as pdfplumber is told them.

    Their sides may be left open, and a merged cell that a page breaks is open there.
    """
    from pdfplumber.utils.geometry import objects_to_bbox

    upright: list[Rule] = []
    level: list[float] = []
    for rules in _crossing(page.debug_tablefinder()):
        left, top, right, bottom = objects_to_bbox(rules)
        columns = [rule["x0"] for rule in rules if rule["orientation"] == "v"]
        rows = [rule["top"] for rule in rules if rule["orientation"] == "h"]
        # The axis of a diagram has its lines on one side only.
        if not any(left + _NEAR < x < right - _NEAR for x in columns):
            continue
        level += top, bottom
        for side, x in (("x0", left), ("x1", right)):
            ends = [rule for rule in rules if abs(rule[side] - x) <= _NEAR]
            _, start, _, end = objects_to_bbox(ends)
            # The uppermost and the lowest rule may lack as well.
            start, end = top if start <= min(rows) else start, bottom if end >= max(rows) else end
            rule = {"object_type": "line_edge", "orientation": "v", "x0": x, "x1": x}
            upright.append({**rule, "top": start, "bottom": end, "height": end - start})
    return {"explicit_vertical_lines": upright, "explicit_horizontal_lines": level}


def _crossing(found: TableFinder) -> list[list[Rule]]:
    """Return the rules of a page in groups that cross, directly or by way of others."""
    groups: list[set[int]] = []
    for crossing in found.intersections.values():
        joined = set(map(id, (*crossing["v"], *crossing["h"])))
        joined = joined.union(*(group for group in groups if group & joined))
        groups = [*(group for group in groups if not group & joined), joined]
    return [[rule for rule in found.edges if id(rule) in group] for group in groups]


def _ruled(table: FoundTable, letters: Sequence[Letter], number: int) -> Ruled:
    """Return a table with its cells placed by the rules between which they stand.

    Args:
        table: The table, as pdfplumber finds it.
        letters: Those of the page, from the upper to the lower ones.
        number: That of the page.
    """
    boxes: list[Box] = table.cells
    xs = _edges(x for box in boxes for x in (box[0], box[2]))
    ys = _edges(y for box in boxes for y in (box[1], box[3]))
    placed = []
    for box in boxes:
        left, top, right, bottom = (
            _place(xs, box[0]),
            _place(ys, box[1]),
            _place(xs, box[2]),
            _place(ys, box[3]),
        )
        first, last = (bisect_left(letters, y, key=_middle) for y in (box[1], box[3]))
        lines = text_lines([x for x in letters[first:last] if is_inside(x, box)])
        text = "\n".join(line for _, line in lines)
        placed.append(Placed(text, number, top, left, max(1, bottom - top), max(1, right - left)))
    placed.sort(key=lambda cell: (cell.row, cell.column))
    return Ruled(table.bbox, tuple(xs), tuple(placed), len(ys) - 1)


def _middle(letter: Letter) -> float:
    """Return how far from the top of the page the middle of a letter is."""
    return float(letter["top"] + letter["bottom"]) / 2


def is_inside(letter: Letter, box: Box) -> bool:
    """Tell whether the middle of a letter is in a box."""
    across = (letter["x0"] + letter["x1"]) / 2
    return bool(box[0] <= across < box[2] and box[1] <= _middle(letter) < box[3])


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


def joined(path: Path, blocks: Sequence[Block | Ruled]) -> Iterator[Block]:
    """Yield the blocks, tables that go on over pages as one.

    Lines between two parts of a table that stand above its first part too are its title again.
    """
    above: set[str] = set()
    waiting: list[Paragraph] = []
    parts: list[Ruled] = []
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


def _fits(parts: Sequence[Ruled], part: Ruled) -> bool:
    """Tell whether the columns of a part stand below those of the parts before."""
    edges = max((p.edges for p in parts), key=len)
    fewer, more = sorted((edges, part.edges), key=len)
    return len(fewer) > 2 and all(abs(more[_place(more, x)] - x) <= 2 * _NEAR for x in fewer)


def _table(path: Path, parts: Sequence[Ruled]) -> Table:
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

"""Write the columns of a table as text, as in converted files and copied pages."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from kg.tagger.roles import Role
from training.documents.writer import Writer

UNIT_ROLES: tuple[Role, ...] = ("lead", "unit", "cooperating")
_NARROW: tuple[Role, ...] = ("number", "deadline", "leader", "remark")

# The parts of a cell: texts with their roles.
Parts = tuple[tuple[str, Role | None], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        role: The role of most of its cells.
        heading: Its heading; a second header row follows after a line break.
        cells: Its cells, a tuple of parts for each row; merged cells are empty except the first.
    """

    role: Role
    heading: str
    cells: list[Parts] = field(default_factory=list)


Layout = Callable[[Sequence[Column], dict[int, str], Writer, random.Random], None]


def _write_heads(columns: Sequence[Column], writer: Writer, between: str, end: str) -> None:
    """Write the headings; those of a second header row follow after the first row."""
    lines = [column.heading.partition("\n") for column in columns]
    for place, (first, _, _) in enumerate(lines):
        writer.write(first, "head")
        writer.mark(between if place < len(lines) - 1 else end)
    seconds = [second for _, _, second in lines if second]
    for place, second in enumerate(seconds):
        writer.write(second, "head")
        writer.mark(between if place < len(seconds) - 1 else end)


def _write_parts(parts: Parts, writer: Writer, flat: str = "\n") -> None:
    for text, role in parts:
        text = text.replace("\n", flat)
        writer.write(text, role if text.strip() else None)


def _is_empty(parts: Parts) -> bool:
    return not any(text.strip() for text, _ in parts)


def _wrap(parts: Parts, width: int, mark: str) -> Parts:
    """Return a cell broken into lines of a given width; each part stays one span."""
    return tuple(
        (mark.join(text[at : at + width] for at in range(0, len(text), width)), role)
        for text, role in parts
    )


def write_cells_a_line(
    columns: Sequence[Column], categories: dict[int, str], writer: Writer, chance: random.Random
) -> None:
    """Write one line for each cell, as in copied pages; cells may be wrapped."""
    gap = chance.choice(("\n", "\n\n", "\n\n", "\n\n\n"))
    width = chance.choice((8, 10, 14, 24, 40)) if chance.random() < 0.2 else 0
    mark = chance.choice(("\n", "\n", "\n\n"))
    empty = chance.choice(("", "", gap, f"\u3000{gap}"))
    between = gap if chance.random() < 0.8 else " "
    _write_heads(columns, writer, between, gap)
    again = chance.randrange(1, 9) if chance.random() < 0.1 else 0
    for place in range(len(columns[0].cells)):
        if again and place and place % again == 0:
            _write_heads(columns, writer, between, gap)
        if place in categories:
            writer.write(categories[place], "category")
            writer.mark(gap)
        for column in columns:
            parts = column.cells[place]
            if _is_empty(parts):
                writer.mark(empty)
                continue
            if width and column.role not in _NARROW:
                narrow = column.role in (*UNIT_ROLES, "category")
                parts = _wrap(parts, max(4, width // 2) if narrow else width, mark)
            _write_parts(parts, writer)
            writer.mark(gap)


def write_rows_a_line(
    columns: Sequence[Column], categories: dict[int, str], writer: Writer, chance: random.Random
) -> None:
    """Write one line for each row, with cells separated by bars, spaces or tabs."""
    between = chance.choice((" | ", " | ", "|", "\t", " ", " ", "  "))
    barred = "|" in between
    edge = "| " if barred and chance.random() < 0.5 else ""
    end = " |\n" if edge or (barred and chance.random() < 0.6) else "\n"
    # Some copies leave out merged cells entirely.
    traceless = chance.random() < 0.5
    inner = "\n" if barred and chance.random() < 0.2 else " "
    writer.mark(edge)
    _write_heads(columns, writer, between, end)
    if barred and chance.random() < 0.2:
        writer.mark("---|" * len(columns) + "\n")
    if chance.random() < 0.06:
        writer.mark(f"合 计{between}{chance.randint(1000, 99999)}{end}")
    for place in range(len(columns[0].cells)):
        if place in categories:
            writer.mark(edge)
            writer.write(categories[place], "category")
            writer.mark(end)
        writer.mark(edge)
        for at, column in enumerate(columns):
            parts = column.cells[place]
            if _is_empty(parts) and traceless and column.role in ("category", "number"):
                continue
            _write_parts(parts, writer, inner)
            writer.mark(between if at < len(columns) - 1 else end)


def write_cells_with_bars(
    columns: Sequence[Column], categories: dict[int, str], writer: Writer, chance: random.Random
) -> None:
    """Write one line for each cell, with a bar at its end."""
    end = chance.choice(("|\n", "|\n||||\n", ""))
    _write_heads(columns, writer, " |\n", " |\n")
    for place in range(len(columns[0].cells)):
        if place in categories:
            writer.write(categories[place], "category")
            writer.mark(" |\n")
        for column in columns:
            _write_parts(column.cells[place], writer)
            writer.mark(" |\n")
        if chance.random() < 0.3:
            writer.mark(end)


def write_rows_without_gaps(
    columns: Sequence[Column], categories: dict[int, str], writer: Writer, chance: random.Random
) -> None:
    """Write one line for each row, with nothing between its cells."""
    _write_heads(columns, writer, " " if chance.random() < 0.3 else "", "\n")
    inner = "\n    " if chance.random() < 0.2 else ""
    for place in range(len(columns[0].cells)):
        if place in categories:
            writer.write(categories[place], "category")
            writer.mark("\n")
        for column in columns:
            _write_parts(column.cells[place], writer, inner)
        writer.mark("\n")


def write_column_by_column(
    columns: Sequence[Column], _: dict[int, str], writer: Writer, chance: random.Random
) -> None:
    """Write all cells of a column, then those of the next, as in some PDF files."""
    heads_first = chance.random() < 0.5
    if heads_first:
        _write_heads(columns, writer, "\n", "\n")
    for column in columns:
        if not heads_first:
            writer.write(column.heading.replace("\n", ""), "head")
            writer.mark("\n")
        for parts in column.cells:
            _write_parts(parts, writer)
            writer.mark("" if _is_empty(parts) else "\n")


def write_text_layer(
    columns: Sequence[Column], categories: dict[int, str], writer: Writer, chance: random.Random
) -> None:
    """Write the text of a PDF file: pages of wrapped cells with various white space between."""
    widths = {
        column.role: chance.randint(4, 9)
        if column.role in (*UNIT_ROLES, "category")
        else chance.randint(9, 16)
        if column.role in ("task", "target", "deadline")
        else chance.randint(18, 48)
        for column in columns
    }
    torn = chance.choice((0.0, 0.05, 0.3))
    page = chance.randint(2, 6)
    for column in columns:
        _write_parts(_wrap(((column.heading, "head"),), max(4, widths[column.role]), "\n"), writer)
        writer.mark(chance.choice((" ", "\n", "\n\n")))
    for place in range(len(columns[0].cells)):
        if place and place % page == 0 and chance.random() < 0.7:
            writer.mark(chance.choice(("\n\f", f"\n{place} / 20\n", f"\n— {place} —\n", "\n\n")))
        if place in categories:
            writer.write(categories[place], "category")
            writer.mark("\n\n")
        for column in columns:
            parts = column.cells[place]
            if _is_empty(parts):
                continue
            for text, role in parts:
                step = widths[column.role]
                lines = [text[at : at + step] for at in range(0, len(text), step)]
                marks = ["\n\n" if chance.random() < torn else "\n" for _ in lines]
                shown = "".join(a + b for a, b in zip(lines, marks, strict=True)).rstrip("\n")
                writer.write(shown, role if text.strip() else None)
            writer.mark(chance.choice(("\n", "\n\n", "\n\n", " ")))
        writer.mark("\n")


# The layouts with their weights.
LAYOUTS: tuple[tuple[Layout, int], ...] = (
    (write_cells_a_line, 34),
    (write_rows_a_line, 28),
    (write_cells_with_bars, 7),
    (write_rows_without_gaps, 10),
    (write_column_by_column, 5),
    (write_text_layer, 16),
)

"""Rows laid out as a table: what a file or a copied page keeps of one."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.tagger.roles import Role
from training.documents.headings import GROUP_HEADINGS, HEADINGS
from training.documents.inventions import invent_person
from training.documents.rows import Contents, Row
from training.documents.writer import Writer

_UNIT_ROLES: tuple[Role, ...] = ("lead", "unit", "cooperating")
_UNIT_SEPARATORS = ("、", "、", "、", "，", ",", " ", "；", ";", "\n", "/")
_NUMERALS = "一二三四五六七八九十"
_NARROW: tuple[Role, ...] = ("number", "deadline", "leader", "remark")

# The parts of a cell: texts with their roles.
Parts = tuple[tuple[str, Role | None], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Attributes:
        role: What it mostly holds.
        heading: What stands at its top; a second line of headings is behind a line break.
        cells: Its cells, a tuple of parts for each row; a merged one is empty but for its first.
    """

    role: Role
    heading: str
    cells: list[Parts] = field(default_factory=list)


def write_table(
    rows: Sequence[Row], contents: Contents, writer: Writer, chance: random.Random
) -> None:
    """Write rows as a table in one of the usual ways."""
    columns = _columns(rows, contents, chance)
    headed = all(column.role != "category" for column in columns) and chance.random() < 0.6
    layouts = (
        _cells_a_line,
        _rows_a_line,
        _cells_with_bars,
        _run_together,
        _column_by_column,
        _text_layer,
    )
    layout = chance.choices(layouts, (36, 28, 7, 12, 5, 12))[0]
    layout(columns, _category_rows(rows) if headed else {}, writer, chance)


def _category_rows(rows: Sequence[Row]) -> dict[int, str]:
    """Return the text of the category row in front of each row that begins a category."""
    found: dict[int, str] = {}
    before = ""
    for place, row in enumerate(rows):
        if row.category and row.category != before:
            found[place] = f"{_NUMERALS[len(found) % 10]}、{row.category}"
        before = row.category
    return found


def _columns(rows: Sequence[Row], contents: Contents, chance: random.Random) -> list[Column]:
    """Return the columns of a table in the order in which they stand."""
    grouped = any(row.category for row in rows) and chance.random() < 0.4
    inner = grouped and chance.random() < 0.25
    columns = [_number_column(rows, inner, chance)] if inner or chance.random() < 0.9 else []
    task = Column("task", chance.choice(HEADINGS["task"]))
    for row in rows:
        number: Parts = ((f"{row.number}. ", "number"),) if inner else ()
        task.cells.append((*number, (row.task, "task")))
    columns.append(task)
    if contents.target:
        columns.append(_plain("target", [row.target for row in rows], chance))
    behind = _unit_columns(rows, contents, chance)
    if contents.progress:
        progress = _progress_columns(rows, chance)
        behind = [*progress, *behind] if chance.random() < 0.25 else [*behind, *progress]
    columns += behind
    further: list[tuple[Role, list[str]]] = [
        ("plan", [row.plan for row in rows]),
        ("problem", [row.problem for row in rows]),
    ]
    chance.shuffle(further)
    columns += [_plain(role, texts, chance) for role, texts in further if any(texts)]
    for role, texts in (
        ("deadline", [row.deadline for row in rows]),
        ("leader", [row.leader for row in rows]),
    ):
        if any(texts):
            at = chance.randrange(min(2, len(columns)), len(columns) + 1)
            columns.insert(at, _plain(role, texts, chance))  # type: ignore[arg-type]
    for place, heading in enumerate(contents.remarks if rows[0].remarks else ()):
        remark = Column("remark", heading, [((r.remarks[place], "remark"),) for r in rows])
        columns.insert(chance.randrange(1, len(columns) + 1), remark)
    if grouped:
        texts = [row.category for row in rows]
        merged = inner or chance.random() < 0.8
        shown = [
            "" if merged and place and texts[place - 1] == text else text
            for place, text in enumerate(texts)
        ]
        at = 1 if inner else chance.choices((0, min(1, len(columns))), (60, 40))[0]
        columns.insert(at, _plain("category", shown, chance))
    return columns


def _plain(role: Role, texts: Sequence[str], chance: random.Random) -> Column:
    return Column(role, chance.choice(HEADINGS[role]), [((text, role),) for text in texts])


def _number_column(rows: Sequence[Row], inner: bool, chance: random.Random) -> Column:
    """Return the column of numbers; with `inner` those of the categories, a merged cell each."""
    form = chance.choices(("{}", "1.{}", "（{}）", "{}.", "{}、"), (84, 4, 4, 4, 4))[0]
    start = chance.choice((0, 0, 0, 0, 5, 17, 60))
    column = Column("number", chance.choice(HEADINGS["number"]))
    seen, before = 0, None
    for row in rows:
        text = form.format(row.number + start)
        if inner:
            again = before is not None and row.category == before
            seen += not again
            text, before = "" if again else str(seen), row.category
        column.cells.append(((text, "number"),))
    return column


def _unit_columns(rows: Sequence[Row], contents: Contents, chance: random.Random) -> list[Column]:
    """Return the columns of units; a person may stand behind a unit, or in a line below."""
    separator = chance.choice(_UNIT_SEPARATORS)
    people = chance.random() < 0.06
    once = chance.random() < 0.15
    columns = []
    for role in _UNIT_ROLES:
        named = [row.units_of(role) for row in rows]
        if not any(named):
            continue
        star = "*" if role == "lead" and chance.random() < 0.03 else ""
        column = Column(role, chance.choice(HEADINGS[role]))
        for place, names in enumerate(named):
            # A unit that answers for several rows may have one merged cell.
            again = once and place and names == named[place - 1]
            parts = unit_parts([star + name for name in names], role, separator) if not again else ()
            if people and parts:
                between = (chance.choice((" ", "\n", "")), None)
                parts = (*parts, between, (invent_person(chance), "leader"))
            column.cells.append(parts)
        columns.append(column)
    if chance.random() < 0.1:
        columns.reverse()
    return columns


def unit_parts(names: Sequence[str], role: Role, separator: str) -> Parts:
    """Return units with what parts them; each unit is a part of its own."""
    parts: list[tuple[str, Role | None]] = []
    for name in names:
        parts += [(separator, None), (name, role)]
    return tuple(parts[1:])


def _progress_columns(rows: Sequence[Row], chance: random.Random) -> list[Column]:
    """Return the column of progress, sometimes beside the plan of the period."""
    progress = _plain("progress", [row.progress for row in rows], chance)
    if chance.random() < 0.1:
        plans = [row.plan or "按计划推进。" for row in chance.sample(rows, len(rows))]
        month = chance.randint(1, 12)
        plan = Column("plan", f"{month}月工作计划", [((text, "plan"),) for text in plans])
        return [plan, progress]
    if chance.random() < 0.1:
        group = chance.choice(GROUP_HEADINGS)
        return [Column("progress", f"{group}\n{progress.heading}", progress.cells)]
    return [progress]


def _write_heads(columns: Sequence[Column], writer: Writer, between: str, end: str) -> None:
    """Write the headings, those of a second row behind all of the first."""
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
    """Return a cell broken into lines of a width; a part stays one span."""
    return tuple(
        (mark.join(text[at : at + width] for at in range(0, len(text), width)), role)
        for text, role in parts
    )


def _cells_a_line(
    columns: Sequence[Column], categories: dict[int, str], writer: Writer, chance: random.Random
) -> None:
    """A line for each cell, as copied pages have them; cells may be wrapped."""
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
                narrow = column.role in (*_UNIT_ROLES, "category")
                parts = _wrap(parts, max(4, width // 2) if narrow else width, mark)
            _write_parts(parts, writer)
            writer.mark(gap)


def _rows_a_line(
    columns: Sequence[Column], categories: dict[int, str], writer: Writer, chance: random.Random
) -> None:
    """A line for each row, its cells parted by bars, blanks or tabs."""
    between = chance.choice((" | ", " | ", "|", "\t", " ", " ", "  "))
    barred = "|" in between
    edge = "| " if barred and chance.random() < 0.5 else ""
    end = " |\n" if edge or (barred and chance.random() < 0.6) else "\n"
    # A merged cell leaves no trace in some copies.
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


def _cells_with_bars(
    columns: Sequence[Column], categories: dict[int, str], writer: Writer, chance: random.Random
) -> None:
    """A line for each cell, with a bar behind it."""
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


def _run_together(
    columns: Sequence[Column], categories: dict[int, str], writer: Writer, chance: random.Random
) -> None:
    """A line for each row, with nothing between its cells."""
    _write_heads(columns, writer, " " if chance.random() < 0.3 else "", "\n")
    inner = "\n    " if chance.random() < 0.2 else ""
    for place in range(len(columns[0].cells)):
        if place in categories:
            writer.write(categories[place], "category")
            writer.mark("\n")
        for column in columns:
            _write_parts(column.cells[place], writer, inner)
        writer.mark("\n")


def _column_by_column(
    columns: Sequence[Column], _: dict[int, str], writer: Writer, chance: random.Random
) -> None:
    """All cells of a column, then those of the next, as some PDF files have them."""
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


def _text_layer(
    columns: Sequence[Column], categories: dict[int, str], writer: Writer, chance: random.Random
) -> None:
    """The text of a PDF file: wrapped cells with all kinds of white space between them, pages."""
    widths = {
        column.role: chance.randint(4, 9)
        if column.role in (*_UNIT_ROLES, "category")
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

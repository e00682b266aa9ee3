"""The content of a briefing, independent of the file format."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree import ElementTree


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a report.

    Attributes:
        sentence: The sentence, or an excerpt of it.
        source: Its location, such as “任务48 · 进展情况”.
    """

    sentence: str
    source: str


@dataclass(frozen=True, slots=True)
class Point:
    """A line with the sentences that are its evidence."""

    text: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: the names of its columns, and its rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A section of a briefing, which becomes one or more slides.

    Attributes:
        title: The title.
        message: The message in one sentence.
        points: The lines.
        chart: A chart, or None.
        table: A table, or None.
    """

    title: str
    message: str
    points: tuple[Point, ...] = ()
    chart: ElementTree.Element | None = None
    table: Table | None = None


@dataclass(frozen=True, slots=True)
class Briefing:
    """A briefing.

    Attributes:
        name: The name of its file, without extension.
        title: The title.
        message: The message in one sentence.
        figures: A few figures, each with its label.
        sections: The sections.
        picture: The message as a 16:9 picture.
        source: The reports that it is based on.
        english: Whether it is in English.
    """

    name: str
    title: str
    message: str
    figures: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    picture: ElementTree.Element
    source: str
    english: bool = field(default=False)


def column_widths(table: Table, room: float) -> list[float]:
    """Return the widths of the columns of a table, by the length of their texts.

    Args:
        table: The table.
        room: The total width.

    >>> column_widths(Table(("任务", "任务要求"), (("8", "完成老旧小区改造二十个"),)), 14)
    [4.94, 9.06]
    """
    lengths = [
        max(6, min(max(map(len, column)), 10 if at == 0 else 30))
        for at, column in enumerate(zip(table.columns, *table.rows, strict=True))
    ]
    return [round(room * length / sum(lengths), 2) for length in lengths]

"""What a briefing says, whatever file it becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree import ElementTree


@dataclass(frozen=True, slots=True)
class Quote:
    """A sentence of a report.

    Attributes:
        sentence: The sentence, or the part of it around the words.
        source: Where it stands, such as “任务48 · 进展情况”.
    """

    sentence: str
    source: str


@dataclass(frozen=True, slots=True)
class Point:
    """Something that is told in a line, with the sentences that it stands on."""

    text: str
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A table: names of its columns, and its rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a briefing, which is a slide too.

    Attributes:
        title: What it is about.
        message: What it says, in one sentence.
        points: What it tells, line by line.
        chart: A picture, or None.
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
        name: What its file is called, without an ending.
        title: Its title.
        message: What it says, in one sentence.
        figures: A few figures, each with what it counts.
        sections: Its parts.
        picture: The message as a picture of 16:9.
        source: The reports that it is from.
        english: Whether its words are English.
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
    """Return how wide each column of a table is, by the length of its texts.

    Args:
        table: The table.
        room: How wide all are together.

    >>> column_widths(Table(("任务", "任务要求"), (("8", "完成老旧小区改造二十个"),)), 14)
    [4.94, 9.06]
    """
    lengths = [
        max(6, min(max(map(len, column)), 10 if at == 0 else 30))
        for at, column in enumerate(zip(table.columns, *table.rows, strict=True))
    ]
    return [round(room * length / sum(lengths), 2) for length in lengths]

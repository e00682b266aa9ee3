"""Marked text: tasks with their names, stretches of progress, states and targets.

A file contains blocks that are separated by blank lines, one block for each task:

    gov: 浙江省某市某区 | 330100 | 2023-09
    cat: 一级类目 / 二级类目
    dep: 区住建局(lead)、区财政局(cooperating)
    task: 实施[[P:青川桥工程]]，新增停车位1500个。
    prog: <d>桩基完成，<u>桥面施工中，新增停车位1213个。<n>12月完工。
    status: in_progress | 桥面施工中
    tgt: 停车位 | >= | 新增停车位1500个 | 1213个 | on_track

`gov` (government, GB/T 2260 code, month of the report) is valid until the next `gov`. A name is
`[[CODE:words]]`; `[[S:民权=民权街]]` gives the full name of something that is named in part. In
`prog` a stretch mark gives the type of the words up to the next mark. A `tgt` line contains
indicator, comparator, words of the task, words of the progress (or `-`) and judgement; the value is
the last number in the words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import get_args

from kg.model import Comparator, Judgement, NameKind, StatusValue

NAME_CODES: dict[str, NameKind] = {
    "S": "subdistrict",
    "C": "community",
    "R": "road",
    "L": "place",
    "P": "project",
    "O": "organization",
    "B": "body",
    "D": "policy",
    "E": "event",
}
STRETCH_CODES = {"d": "done", "u": "under_way", "n": "next_step", "o": "obstacle", "x": "other"}
_TOKEN = re.compile(r"\[\[([SCRLPOBDE]):|\]\]|<([dunox])>")
# Not within brackets: 各县（市、区）人民政府.
_UNIT_SEPARATOR = re.compile(r"[、，；;](?![^（(]*[）)])")
_UNIT_ROLE = re.compile(r"\((lead|cooperating|responsible|groups)\)$")
_LINE = re.compile(r"(gov|cat|dep|task|prog|status|tgt):\s?(.*)")


class MarkupError(ValueError):
    """Marked text in a wrong format."""


@dataclass(frozen=True, slots=True)
class Span:
    """A marked name: offsets in the cell's plain text, kind, and full name."""

    start: int
    end: int
    kind: NameKind
    name: str


@dataclass(frozen=True, slots=True)
class MarkedCell:
    """A cell's plain text, the names in it, and its stretches as pairs of offset and type."""

    text: str
    names: tuple[Span, ...] = ()
    stretches: tuple[tuple[int, str], ...] = ()


@dataclass(frozen=True, slots=True)
class MarkedTarget:
    """A numeric promise: words of the task, words of the progress or None, and the judgement."""

    indicator: str
    comparator: Comparator
    promise: str
    report: str | None
    judgement: Judgement


@dataclass(frozen=True, slots=True)
class MarkedUnit:
    """A unit that is answerable for a task; its role is empty if none is given."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class MarkedTask:
    """One marked task of a government."""

    government: str
    code: str
    as_of: str
    task: MarkedCell
    progress: MarkedCell
    category: str = ""
    units: tuple[MarkedUnit, ...] = ()
    status: StatusValue | None = None
    status_quote: str = ""
    targets: tuple[MarkedTarget, ...] = field(default=())


def parse_cell(marked: str) -> MarkedCell:
    """Return the plain text of marked text, with its names and stretches.

    >>> parse_cell("<d>[[P:青川桥]]通车")
    MarkedCell(text='青川桥通车', names=(Span(start=0, end=3, kind='project', name='青川桥'),), \
stretches=((0, 'done'),))

    Raises:
        MarkupError: A mark is not closed, closes nothing, or is inside a name.
    """
    out: list[str] = []
    length = position = 0
    stack: list[tuple[NameKind, int, int]] = []
    names: list[Span] = []
    stretches: list[tuple[int, str]] = []
    for match in _TOKEN.finditer(marked):
        words = marked[position : match.start()]
        out.append(words)
        length += len(words)
        position = match.end()
        if match[1] and stack:
            raise MarkupError(f"name inside a name: {marked[max(0, match.start() - 20) :][:40]}")
        if match[1]:
            stack.append((NAME_CODES[match[1]], length, len(out)))
        elif match[2]:
            stretches.append((length, STRETCH_CODES[match[2]]))
        elif stack:
            kind, start, index = stack.pop()
            quote, _, whole = "".join(out[index:]).partition("=")
            out[index:] = [quote]
            length = start + len(quote)
            if not quote:
                raise MarkupError(f"empty name at: {marked[max(0, match.start() - 20) :][:40]}")
            names.append(Span(start, length, kind, whole or quote))
        else:
            raise MarkupError(f"]] without [[: {marked[max(0, match.start() - 20) :][:40]}")
    out.append(marked[position:])
    text = "".join(out)
    if stack or "[[" in text or "]]" in text:
        raise MarkupError(f"mark that is not closed or of unknown kind: {marked[:60]}")
    if found := re.search(r"<[a-z]?>?", text):
        raise MarkupError(f"stretch mark of unknown type: {text[found.start() :][:20]}")
    return MarkedCell(text, tuple(sorted(names, key=lambda s: (s.start, -s.end))), tuple(stretches))


def number_span(text: str, words: str) -> tuple[int, int]:
    """Return the offsets of the words of a target in `text`, where they must occur exactly once.

    Raises:
        MarkupError: The words are missing, or occur more than once.
    """
    if (count := text.count(words)) != 1:
        raise MarkupError(f"target words occur {count} times, not once: {words}")
    start = text.index(words)
    return start, start + len(words)


def _parse_target(line: str, task: str, progress: str) -> MarkedTarget:
    parts = [part.strip() for part in line.split("|")]
    if len(parts) != 5:
        raise MarkupError(f"tgt does not have five fields: {line}")
    indicator, comparator, promise, report, judgement = parts
    if comparator not in get_args(Comparator):
        raise MarkupError(f"comparator {comparator} in: {line}")
    if judgement not in get_args(Judgement):
        raise MarkupError(f"judgement {judgement} in: {line}")
    number_span(task, promise)
    if report != "-":
        number_span(progress, report)
    return MarkedTarget(
        indicator,
        comparator,  # type: ignore[arg-type]
        promise,
        None if report == "-" else report,
        judgement,  # type: ignore[arg-type]
    )


def _parse_fields(block: str) -> dict[str, list[str]]:
    fields: dict[str, list[str]] = {}
    for line in block.splitlines():
        if not (match := _LINE.fullmatch(line.strip())):
            raise MarkupError(f"line of unknown kind: {line[:60]}")
        if match[1] in fields and match[1] != "tgt":
            raise MarkupError(f"second line of {match[1]}: {line[:60]}")
        fields.setdefault(match[1], []).append(match[2].strip())
    return fields


def parse_blocks(text: str) -> Iterator[MarkedTask]:
    """Yield the marked tasks of a text.

    Raises:
        MarkupError: A block has a wrong format; the message begins with its number.
    """
    government = ("", "", "")
    for number, block in enumerate(re.split(r"\n\s*\n", text.strip()), 1):
        try:
            fields = _parse_fields(block)
            if "gov" in fields:
                parts = [part.strip() for part in fields["gov"][0].split("|")]
                if len(parts) != 3:
                    raise MarkupError("gov does not have three fields: name | code | month")
                government = parts[0], parts[1], parts[2]
            yield _parse_task(government, fields)
        except MarkupError as error:
            raise MarkupError(f"block {number}: {error}") from error


def _parse_unit(words: str) -> MarkedUnit:
    if match := _UNIT_ROLE.search(words):
        return MarkedUnit(words[: match.start()], match[1])
    return MarkedUnit(words)


def _parse_task(government: tuple[str, str, str], fields: dict[str, list[str]]) -> MarkedTask:
    task = parse_cell(fields.get("task", [""])[0])
    progress = parse_cell(fields.get("prog", [""])[0])
    value, _, quote = fields.get("status", ["null"])[0].partition("|")
    value, quote = value.strip(), quote.strip()
    if value not in ("null", *get_args(StatusValue)):
        raise MarkupError(f"status {value}")
    if (value == "null") == bool(progress.text):
        raise MarkupError("a task must have a status if it has progress, and only then")
    if quote not in progress.text:
        raise MarkupError(f"status words are not in the progress: {quote}")
    if progress.text and (not progress.stretches or progress.stretches[0][0]):
        raise MarkupError("progress does not begin with a stretch mark")
    if task.stretches:
        raise MarkupError("the task has a stretch mark")
    units = _UNIT_SEPARATOR.split(fields.get("dep", [""])[0])
    return MarkedTask(
        *government,
        task,
        progress,
        fields.get("cat", [""])[0],
        tuple(_parse_unit(words.strip()) for words in units if words.strip()),
        None if value == "null" else value,  # type: ignore[arg-type]
        quote,
        tuple(_parse_target(line, task.text, progress.text) for line in fields.get("tgt", [])),
    )


def read_marked_tasks(folder: Path) -> Iterator[MarkedTask]:
    """Yield the marked tasks of all `.txt` files in a folder, in the order of their names.

    Raises:
        MarkupError: A file has a wrong format; the message begins with its name.
    """
    for path in sorted(folder.glob("*.txt")):
        try:
            yield from parse_blocks(path.read_text(encoding="utf-8"))
        except MarkupError as error:
            raise MarkupError(f"{path.name}: {error}") from error

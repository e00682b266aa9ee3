"""The paragraphs of running text as entries: cleaned, wrapped lines joined, numbers told apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.model import Cell
from kg.reading.lists.fields import Field, parse_fields
from kg.reading.structure.brackets import find_brackets
from kg.reading.structure.cells import cut, join
from kg.reading.structure.document import Paragraph
from kg.reading.structure.labels import HEADED, is_task_label, label_at_start, unspread
from kg.reading.structure.letterhead import ends_document, is_furniture
from kg.reading.structure.markers import RANK, Marker, find_marker
from kg.reading.structure.tokens import width
from kg.reading.units.unit_groups import is_group

# Marks that look like the usual ones: small forms, those of vertical text, the colon of ratios.
_LOOKALIKES = str.maketrans(
    "∶﹕︰︓﹔︔﹐︐､﹑﹒﹙﹚︵︶﹝﹞﹇﹈", "：：：：；；，，、、．（）（）〔〕［］"
)
_FIRST_ANNEX = re.compile(r"附\s*件\s*[：:]\s*1\s*[.．、]")
_BREAK = re.compile(r"\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_SPACE = re.compile(r"[ \t\u3000\xa0]+")
_STOP = re.compile(r"[。；;！!？?：:…][”」』）)】\]]*$|[）)】\]〕]$")
_MID = re.compile(r"[、，,（(“《〈和与及的]$")
# How labels end that have a line of their own.
_ALONE = ("单位", "部门", "情况", "时限", "问题", "打算", "计划", "安排", "：", ":")
_BOXED = re.compile(r"[【〔\[][^】〕\]]{2,20}[】〕\]]")
_LONGEST_HEADING = 45
_LONGEST_WRAP = 62.0
_LONG_LINE = 20.0
_OPEN_FOR = 800
_KIND_OF_LIST = re.compile(
    r"20\d\d|《|(?:表|清单|方案|分工|分解|台账|通知|计划|安排|情况|要点|通报|公示|实事)(?:[（(].*[）)])?$|^附件"
)
_TITLE = re.compile(
    r"任务|分工|分解|实事|清单|重点工作|责任|目标|台账|要点|事项|项目|计划|安排|方案|进展|完成情况|一览表"
)


@dataclass(slots=True)
class Entry:
    """A paragraph, with the lines it was printed on.

    Attributes:
        cell: Its text without the number in front.
        marker: What numbers it, or None.
        shown: Its text as printed.
        level: Level of a heading, where the format tells one.
        source: Line number and text of each of its lines.
        fields: What it tells.
    """

    cell: Cell
    marker: Marker | None
    shown: Cell
    level: int
    source: list[tuple[int, str]]
    fields: tuple[Field, ...] = field(default=())

    def tells(self, *kinds: str) -> bool:
        """Return whether a field of one of these kinds is in it."""
        return any(found.kind in kinds for found in self.fields)

    @property
    def heading(self) -> bool:
        """Whether it reads like a heading: short, and no sentence."""
        text = "".join(found.cell.text for found in self.fields if found.kind == "task")
        bare = text.strip().rstrip("。：:")
        return (
            0 < len(bare) <= _LONGEST_HEADING
            and not re.search(r"[。；;！？，,].*[。；;！？，,]|[。；;！？]", bare)
            and not _MID.search(bare)
            and not self.tells("progress", "problem", "plan")
        )

    @property
    def title(self) -> bool:
        """Whether it reads like the title of a list, with its year or what kind of list it is."""
        text = self.cell.text
        plain = self.marker is None and self.heading and not text.endswith(("。", "：", ":"))
        return plain and bool(_TITLE.search(text)) and bool(_KIND_OF_LIST.search(text))


def clean_lines(text: str) -> list[str]:
    r"""Return the lines of a text, whatever ends them, marks in their usual form.

    >>> clean_lines("新建学校\x0b扩建\r\n改建∶\r")
    ['新建学校', '扩建', '改建：', '']
    """
    return [line.translate(_LOOKALIKES) for line in _BREAK.split(text)]


def paragraphs_of(text: str) -> Iterator[Paragraph]:
    """Yield the lines of a text that hold something, each as a paragraph."""
    for number, line in enumerate(re.split(r"\r\n|\n|\r", text), start=1):
        for part in clean_lines(line):
            if part.strip():
                yield Paragraph(part, number)


def find_entries(
    paragraphs: Iterable[Paragraph],
) -> tuple[list[Entry], list[tuple[int, str]]]:
    """Return the entries of some paragraphs, and the lines that belong to none.

    A line goes on with the entry before it where a bracket is open there, or where that line is
    full and no sentence ends with it.
    """
    rest: list[tuple[int, str]] = []
    shown: list[Paragraph] = []
    over = False
    annexes = 0
    for paragraph in paragraphs:
        for part in clean_lines(paragraph.text):
            line = _SPACE.sub(" ", part).strip()
            if not line:
                continue
            over = over or (bool(shown) and ends_document(line))
            annexes = _annex(line, annexes)
            if over or annexes or (is_furniture(line) and not paragraph.level):
                rest.append((paragraph.line, line))
            else:
                indent = len(part) - len(part.lstrip())
                text = unspread(line)
                shown.append(
                    Paragraph(" " * min(indent, 1) + text, paragraph.line, paragraph.level)
                )
    return list(_joined(list(_unnumbered(shown)))), rest


def _unnumbered(paragraphs: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """Yield paragraphs, the labels of one item's parts without the numbers that they may have.

    （二）责任单位 begins no item; nor does （一）目标任务 where such a label comes next.
    """
    parts = [_numbered_label(paragraph.text.strip()) for paragraph in paragraphs]
    following: tuple[str, int, bool] | None = None
    for place in range(len(paragraphs) - 1, -1, -1):
        part = parts[place]
        if part is None:
            continue
        style, number, of_task = part
        below = paragraphs[place + 1].text.strip() if place + 1 < len(paragraphs) else ""
        # Over items it is a heading: 二、完成情况.
        heads = paragraphs[place].text.strip().endswith(_ALONE) and find_marker(below) is not None
        if heads or (of_task and (following is None or following[:2] != (style, number + 1))):
            parts[place] = None
        else:
            following = part
    for paragraph, kept in zip(paragraphs, parts, strict=True):
        marker = find_marker(paragraph.text.strip()) if kept else None
        if marker:
            text = paragraph.text.strip()[marker.end :]
            label = text if label_at_start(text) else f"{text}："
            yield replace(paragraph, text=unspread(label))
        else:
            yield paragraph


def _numbered_label(text: str) -> tuple[str, int, bool] | None:
    """Return how the label of an item's part is numbered, and whether it is that of the promise."""
    marker = find_marker(text)
    if marker is None or marker.number is None:
        return None
    rest = unspread(text[marker.end :])
    label = label_at_start(rest)
    if is_task_label(rest):
        return marker.style, marker.number, True
    known = label is not None and label.kind not in ("task", "other")
    return (marker.style, marker.number, False) if known else None


def _annex(line: str, before: int) -> int:
    """Return which of the annexes that a letter lists a line names, or 0."""
    if _FIRST_ANNEX.match(line):
        return 1
    marker = find_marker(line) if before else None
    return before + 1 if marker and marker.number == before + 1 else 0


def _joined(paragraphs: Sequence[Paragraph]) -> Iterator[Entry]:
    full = _full_width([paragraph.text for paragraph in paragraphs])
    held: list[Paragraph] = []
    opened, length = 0, 0
    last: dict[str, int] = {}
    for paragraph in paragraphs:
        text = paragraph.text.strip()
        marker = find_marker(text)
        before = held[-1].text.strip() if held else ""
        wrapped = bool(before) and width(before) >= full and not _STOP.search(before)
        if marker and wrapped and marker.number is not None:
            # In the middle of a sentence a figure numbers something only where it comes next.
            comes_next = marker.number in (1, last.get(marker.style, 0) + 1)
            marker = marker if comes_next else None
        wrapped = wrapped or _broken(before, held[0] if held else None)
        labelled = label_at_start(text) or HEADED.match(text) or _BOXED.fullmatch(text)
        goes_on = marker is None and not paragraph.level and not labelled
        inside = opened > 0 and length < _OPEN_FOR
        if held and not held[-1].level and goes_on and (wrapped or inside or _MID.search(before)):
            held.append(paragraph)
        else:
            if held:
                yield from _entries(held)
            held, opened, length = [paragraph], 0, 0
        if marker and marker.number is not None:
            last[marker.style] = marker.number
        opened += sum(text.count(c) for c in "（(【[〔") - sum(text.count(c) for c in "）)】]〕")
        length += len(text)
    if held:
        yield from _entries(held)


def _broken(line: str, first: Paragraph | None) -> bool:
    """Tell whether a line is too long to be a heading and ends in the middle of a sentence."""
    if first is None or width(line) < _LONG_LINE or _STOP.search(line):
        return False
    marker = find_marker(first.text.strip())
    return marker is not None and RANK[marker.style] >= RANK["arabic"]


def _full_width(lines: Sequence[str]) -> float:
    """Return from which width on a line is full, infinite where each paragraph has one line."""
    sizes = sorted(width(line.strip()) for line in lines)
    if len(sizes) < 4:
        return float("inf")
    top = sizes[int(len(sizes) * 0.95)]
    near = sum(0.85 * top <= size <= 1.15 * top for size in sizes)
    if top > _LONGEST_WRAP or top < 12 or near < 0.25 * len(sizes):
        return float("inf")
    return 0.85 * top


def _entries(held: Sequence[Paragraph]) -> Iterator[Entry]:
    """Yield the entry that some lines make; an item and the first under it may share a line."""
    text = held[0].text.strip()
    marker = find_marker(text)
    inner = find_marker(text[marker.end :]) if marker else None
    if marker and inner and inner.number is not None and RANK[inner.style] > RANK[marker.style]:
        yield _entry([replace(held[0], text=text[: marker.end])])
        held = [replace(held[0], text=text[marker.end :]), *held[1:]]
    yield _entry(held)


def _entry(held: Sequence[Paragraph]) -> Entry:
    shown = join(Cell(p.text.strip(), ((0, p.line),)) for p in held)
    marker = find_marker(shown.text)
    cell = cut(shown, marker.end if marker else 0, len(shown.text))
    entry = Entry(
        cell=cell,
        marker=marker,
        shown=shown,
        level=held[0].level,
        source=[(p.line, p.text.strip()) for p in held],
        fields=parse_fields(cell, numbered=marker is not None),
    )
    units = [found.cell.text for found in entry.fields if found.kind == "units"]
    if entry.title and units and all(map(is_group, units)):
        # A title may tell for whom the list is: 2024年重点工作（区级部门）.
        entry.fields = (Field("task", cell),)
    return entry


def is_complete(text: str) -> bool:
    """Tell whether a text ends as a sentence does, with no bracket open."""
    return bool(_STOP.search(text)) and all(b.closed for b in find_brackets(text))

"""The entries of a list as a tree: which numbered items stand under which."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.model import Cell
from kg.reading.lists.entries import Entry, is_complete
from kg.reading.lists.fields import Field, is_progress_like, spoken_units
from kg.reading.lists.unit_lines import (
    level_above,
    level_of_units,
    only_units,
    units_alone,
    units_stand_above,
)
from kg.reading.structure.labels import HEADED, label_at_start
from kg.reading.structure.markers import RANK

# A level of its own below all numbers: paragraphs that are tasks without a number.
PARAGRAPH = len(RANK)
_NEW_TASK = re.compile(
    r"(?:项目|任务|实事|事项)名称|(?:工作|重点|目标|主要|年度)任务|重点工作|实事(?:项目|内容)|任务|事项"
)
_HOW_FAR = re.compile(
    r"(?:已|正在|全部|基本)|(?:进行|推进|实施)中|(?:未|尚未|暂未)(?:完成|启动|开工)|滞后"
)
# A line with a label of which nothing is known.
_LABELLED = re.compile(r"[一-鿿]{2,6}[：:]\S")
# A heading that is no title, right under the title of a list.
_SHORT = 15
_ANSWERED = ("units", "progress", "people", "deadline")


@dataclass(slots=True)
class Node:
    """An item of a list: a category or a task.

    Attributes:
        rank: Its level, the lower the further outside.
        head: The paragraph that begins it.
        body: Further paragraphs of its own.
        children: The items that stand under it.
        kinds: The kinds of fields in its own paragraphs.
    """

    rank: float
    head: Entry
    body: list[Entry] = field(default_factory=list)
    children: list[Node] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        """Note what its paragraphs tell."""
        for entry in self.entries:
            self.kinds.update(found.kind for found in entry.fields)

    def add(self, entry: Entry) -> None:
        """Add a further paragraph of its own."""
        self.body.append(entry)
        self.kinds.update(found.kind for found in entry.fields)

    @property
    def number(self) -> int | None:
        """The number it shows."""
        return self.head.marker.number if self.head.marker else None

    @property
    def body_text(self) -> bool:
        """Whether paragraphs behind the first tell more of what is promised."""
        return any(entry.tells("task") for entry in self.body)

    @property
    def entries(self) -> Iterator[Entry]:
        """Its own paragraphs."""
        yield self.head
        yield from self.body

    @property
    def everything(self) -> Iterator[Entry]:
        """Its paragraphs and those of all items under it, in order."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            yield from node.entries
            waiting += reversed(node.children)

    def tells(self, *kinds: str) -> bool:
        """Return whether one of its own paragraphs tells a field of one of these kinds."""
        return not self.kinds.isdisjoint(kinds)

    @property
    def answered(self) -> bool:
        """Whether it tells itself who answers for it or how far it is."""
        return self.tells("units", "progress") or bool(self.named_units)

    @property
    def named_units(self) -> tuple[Field, ...]:
        """The units where its heading is nothing but their names."""
        return units_alone(self.head) if self.children else ()


def build_tree(entries: Sequence[Entry]) -> tuple[list[Node], list[Entry]]:
    """Return the outermost items of a text, and the paragraphs before the first of them."""
    before: list[Entry] = []
    root = Node(-1, Entry(Cell(""), None, Cell(""), 0, []))
    stack = [root]
    titled = False
    above = units_stand_above(entries)
    for index, entry in enumerate(entries):
        node = stack[-1]
        following = entries[index + 1] if index + 1 < len(entries) else None
        if _goes_on_with_field(node, entry):
            node.add(_as_field(node, entry))
            continue
        titled = titled or (bool(before) and before[-1].title)
        _settle(entry, node, following)
        if above and only_units(entry) and following and following.marker:
            rank: float | None = level_above(following.marker.style)
        else:
            rank = _rank(entry, node, following, stack, titled)
        if rank is None:
            if node is not root:
                node.add(entry)
            elif entry.tells(*_ANSWERED) and before and not entry.tells("task"):
                # What answers for the paragraph above, though it has no number.
                task = Node(PARAGRAPH, before.pop(), [entry])
                root.children.append(task)
                stack = [root, task]
            else:
                before.append(entry)
            continue
        while stack[-1].rank >= rank or 0 < entry.level <= stack[-1].head.level:
            stack.pop()
        child = Node(rank, entry)
        stack[-1].children.append(child)
        stack.append(child)
    return root.children, before


def _settle(entry: Entry, node: Node, following: Entry | None) -> None:
    """Tell what an entry is by where it stands: 单位：… within an item, a mark of how far it is."""
    if HEADED.match(entry.cell.text) and not (following and following.marker):
        entry.fields = units_alone(entry) or entry.fields
    marked = entry.marker is not None and entry.marker.style == "bullet"
    if marked and _done(node) and _HOW_FAR.match(entry.cell.text):
        entry.marker = None
        entry.fields = (Field("progress", entry.cell),)


def _rank(
    entry: Entry, node: Node, following: Entry | None, stack: Sequence[Node], titled: bool
) -> float | None:
    """Return the level of the item that an entry begins, or None where it goes on with one."""
    if entry.marker:
        rank = RANK[entry.marker.style]
        above = level_of_units(entry, following)
        if above is not None and rank in (RANK["dash"], RANK["bullet"]):
            return above
        if entry.marker.style == "bullet" and _heads(entry, following):
            return RANK["dash"]
        if entry.marker.style == "dash" and not _heads(entry, following):
            return RANK["bullet"]
        return rank
    if entry.level:
        # Headings that the format tells nest among themselves.
        return RANK["dash" if _outer(stack) else "plain"] + min(entry.level, 9) / 10
    label = label_at_start(entry.shown.text)
    if label and label.kind == "task" and _NEW_TASK.fullmatch(label.words):
        begins = node.rank in (-1, PARAGRAPH) or _done(node)
        return PARAGRAPH if begins or HEADED.match(node.head.cell.text) else None
    if label:
        return None
    if _plain_heading(entry, node, following, titled):
        return RANK["dash"] if _outer(stack) and not entry.title else RANK["plain"]
    if entry.tells("units", "people") and entry.tells("task"):
        under_heading = node.rank == -1 or (node.head.heading and not node.body)
        if under_heading or node.rank == PARAGRAPH or _done(node):
            return PARAGRAPH
    return None


def _heads(entry: Entry, following: Entry | None) -> bool:
    """Tell whether a marked line is a heading over items that are numbered otherwise."""
    if following is None or following.marker is None or not entry.heading:
        return False
    assert entry.marker is not None
    return following.marker.style != entry.marker.style and following.marker.style in (
        "arabic",
        "decimal",
        "arabic_bracket",
        "han_bracket",
    )


def _plain_heading(entry: Entry, node: Node, following: Entry | None, titled: bool) -> bool:
    """Tell whether a line without a number is a heading or the title of a list."""
    if not entry.heading or entry.tells(*_ANSWERED) or following is None:
        return False
    if entry.cell.text.startswith(("（", "(")):
        return False
    if entry.cell.text.endswith(("。", "：", ":")) or is_progress_like(entry.cell.text):
        return False
    if HEADED.match(entry.cell.text):
        return following.marker is not None or not units_alone(entry)
    if _LABELLED.match(entry.cell.text):
        return False
    ended = node.rank == -1 or _done(node) or is_complete(_last(node).shown.text)
    if not ended and not entry.title:
        return False
    if following.marker is not None:
        return node.rank != -1 or entry.title or (titled and len(entry.cell.text) <= _SHORT)
    if following.title and entry.title:
        return True
    # A heading over paragraphs without numbers, each of which tells who answers.
    return following.tells("units") and following.tells("task") and not following.heading


def _outer(stack: Sequence[Node]) -> bool:
    return any(
        RANK["part"] <= node.rank <= RANK["han_bracket"] for node in stack[1:] if node.head.marker
    )


def _last(node: Node) -> Entry:
    return node.body[-1] if node.body else node.head


def _done(node: Node) -> bool:
    """Tell whether an item has told who answers, so that another one may begin."""
    return node.rank != -1 and node.tells("units", "people", "progress")


def _goes_on_with_field(node: Node, entry: Entry) -> bool:
    """Tell whether an entry goes on with the field that the entry before it begins.

    A label may stand alone, what it labels on the next line; progress goes on over paragraphs and
    over numbers that stand further inside.
    """
    if node.rank == -1 or entry.level or label_at_start(entry.shown.text):
        return False
    last = _last(node)
    label = label_at_start(last.cell.text if last is node.head else last.shown.text)
    if label and label.end >= len(last.cell.text if last is node.head else last.shown.text):
        return True
    kind = last.fields[-1].kind if last.fields else "task"
    if kind not in ("progress", "problem", "plan"):
        if entry.marker or kind != "units" or not is_progress_like(entry.cell.text):
            return False
        return not entry.tells(*_ANSWERED)
    if entry.tells("units", "people", "deadline"):
        return False
    if entry.marker:
        return RANK[entry.marker.style] > max(node.rank, RANK["dash"])
    return (not entry.title and not entry.heading) or is_complete(entry.shown.text)


def _as_field(node: Node, entry: Entry) -> Entry:
    """Return an entry as the field with which it goes on."""
    last = _last(node)
    text = last.cell.text if last is node.head else last.shown.text
    label = label_at_start(text)
    words = ""
    if label and label.end >= len(text):
        kind, words = label.kind, label.words
    else:
        kind = last.fields[-1].kind
        kind = "progress" if kind == "units" else kind
    cell = entry.shown
    if kind == "units" and words:
        cell = Cell(f"{words}：{cell.text}", tuple((at, line) for at, line in cell.lines))
    entry.fields = (Field(kind, cell, words),)
    return entry


def spoken_fields(node: Node) -> Iterator[Field]:
    """Yield who answers by the words of the running text, where no label tells it."""
    for entry in node.everything:
        for found in entry.fields:
            if found.kind == "task":
                for start, end in spoken_units(found.cell.text):
                    text = found.cell.text[start:end]
                    line = found.cell.line_at(start)
                    yield Field("units", Cell(text, ((0, line),) if line is not None else ()))

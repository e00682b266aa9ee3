"""Choose which items of a tree are tasks, which are categories, and which are neither.

What tells who answers, or how far it is, is a task, unless items under it do. Where no item tells
either, the innermost items of a list of tasks are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kg.reading.lists.fields import Field
from kg.reading.lists.tree import PARAGRAPH, Node, spoken_fields
from kg.reading.structure.markers import RANK

# What is said of the work as a whole, in a letter or behind a list.
_ABOUT = re.compile(
    r"要求|组织领导|保障|督[查导办]|考核|加强领导|提高认识|政治站位|压实责任|强化责任|统一思想|高度重视|指导思想|总体目标|基本原则|总体思路"
    r"|总体要求|起草|背景|报送|有关事项|说明|通报|基本情况|总体情况|总体进展|精心组织|宣传|协同配合|附则|下一步"
)
# How the sections behind the tasks of a plan are headed.
_CLOSING = re.compile(
    r"(?:保障措施|组织(?:保障|实施|领导)|(?:工作|有关|相关|实施)(?:要求|保障)|附则)(?:[。：:\s]|$)"
)
_INNER = frozenset({RANK["arabic_bracket"], RANK["circled"], RANK["decimal"]})
_PARTS = _INNER | {RANK["bullet"]}
_LONGEST_HEADING = 60


@dataclass(slots=True)
class Chosen:
    """An item that is a task.

    Attributes:
        node: The item.
        above: The items over it, from the outside.
        merged: Whether the items under it are parts of it.
        inherited: The units of the item over it, where it tells none itself.
    """

    node: Node
    above: tuple[Node, ...]
    merged: bool
    inherited: tuple[Field, ...] = field(default=())


def choose(roots: Sequence[Node]) -> list[Chosen]:
    """Return the tasks of a tree in order."""
    told = _answered(roots)
    if told:
        ranks = {node.rank for node in _walk(roots) if node.answered and not _below(node, told)}
        ranks |= _answered_at_the_end(roots, told)
        return list(_told(roots, (), (), told, ranks))
    spoken = {id(node) for node in _walk(roots) if not node.children and any(spoken_fields(node))}
    if spoken:
        for node in reversed(list(_walk(roots))):
            if any(id(child) in spoken for child in node.children):
                spoken.add(id(node))
        ranks = {node.rank for node in _walk(roots) if not node.children and id(node) in spoken}
        return list(_told(roots, (), (), spoken, ranks))
    return list(_untold(roots, ()))


def _walk(nodes: Sequence[Node]) -> Iterator[Node]:
    waiting = list(reversed(nodes))
    while waiting:
        node = waiting.pop()
        yield node
        waiting += reversed(node.children)


def _answered(roots: Sequence[Node]) -> set[int]:
    """Return the items that tell who answers, and all over them."""
    nodes = list(_walk(roots))
    found: set[int] = set()
    for node in reversed(nodes):
        if node.answered or any(id(child) in found for child in node.children):
            found.add(id(node))
    return found


def _answered_at_the_end(roots: Sequence[Node], told: set[int]) -> set[float]:
    """Return the levels whose items tell units behind their last part, for all of its parts."""
    whole: set[float] = set()
    single: set[float] = set()
    for node in _walk(roots):
        *others, last = node.children or [node]
        if last is node or node.answered or id(last) not in told:
            continue
        if last.rank not in _PARTS and (last.children or last.head.tells("units", "progress")):
            single.add(node.rank)
            continue
        if any(id(other) in told for other in others):
            single.add(node.rank)
        elif others:
            whole.add(node.rank)
    return whole - single


def _below(node: Node, told: set[int]) -> bool:
    return any(id(child) in told for child in node.children)


def _told(
    nodes: Sequence[Node],
    above: tuple[Node, ...],
    inherited: tuple[Field, ...],
    told: set[int],
    ranks: set[float],
) -> Iterator[Chosen]:
    """Yield the tasks among some items of one parent."""
    for run in _runs(nodes):
        known = [node for node in run if id(node) in told]
        if not known and not inherited and (_is_about(run) or not _carries_on(run, above, ranks)):
            continue
        leaf = any(not _below(node, told) for node in known)
        inside = any(_below(node, told) for node in run)
        for node in run:
            if inside and _closes(node):
                continue
            yield from _of(node, above, inherited, told, ranks, leaf or bool(inherited), not inside)


def _of(
    node: Node,
    above: tuple[Node, ...],
    inherited: tuple[Field, ...],
    told: set[int],
    ranks: set[float],
    among_tasks: bool,
    apart: bool,
) -> Iterator[Chosen]:
    """Yield the tasks that an item is or holds.

    Args:
        node: The item.
        above: The items over it.
        inherited: The units of the nearest item over it that tells some.
        told: The items that tell units or progress, and all over them.
        ranks: The levels on which such items stand.
        among_tasks: Whether an item beside it is a task.
        apart: Whether no item beside it holds tasks.
    """
    own = tuple(f for entry in node.entries for f in entry.fields if f.kind == "units")
    own = own or node.named_units
    single = len(node.children) == 1 and node.children[0].rank == PARAGRAPH
    if single and (node.rank >= RANK["arabic"] or node.answered):
        # A heading over one paragraph is one task with it, where it is a figure's or tells units.
        yield Chosen(node, above, True, () if id(node) in told else inherited)
    elif _below(node, told) and not _last_speaks_for_all(node, told, node.rank in ranks):
        yield from _told(node.children, (*above, node), own or inherited, told, ranks)
    elif node.answered and node.children and _hands_down(node):
        for child in node.children:
            yield Chosen(child, (*above, node), True, own)
    elif id(node) in told:
        yield Chosen(node, above, True, () if own else inherited)
    elif inherited or node.rank in ranks:
        if among_tasks or (apart and not _is_about([node])):
            yield Chosen(node, above, True, inherited)
    elif not _is_about([node]):
        for child in node.children:
            if child.rank in ranks:
                yield Chosen(child, (*above, node), True)


def _runs(nodes: Sequence[Node]) -> Iterator[list[Node]]:
    """Yield items side by side, parted where their numbers begin anew or their level changes."""
    run: list[Node] = []
    for node in nodes:
        if run:
            last = run[-1]
            again = (
                node.number is not None and last.number is not None and node.number <= last.number
            )
            if node.rank != last.rank or again:
                yield run
                run = []
        run.append(node)
    if run:
        yield run


def _is_about(run: Sequence[Node]) -> bool:
    """Tell whether items speak of the work as a whole."""
    return any(_ABOUT.search(node.head.cell.text[:30]) for node in run)


def _closes(node: Node) -> bool:
    """Tell whether an item is the section on how the work is to be done, beside those of tasks."""
    return bool(_CLOSING.match(node.head.cell.text))


def _carries_on(run: Sequence[Node], above: tuple[Node, ...], ranks: set[float]) -> bool:
    """Tell whether items that tell no unit are numbered as the tasks are, inside a category."""
    return bool(above) and run[0].rank in ranks and not _is_about(above)


def _last_speaks_for_all(node: Node, told: set[int], as_task: bool) -> bool:
    """Tell whether only the last part of an item names units: those of the whole item."""
    *others, last = node.children
    # A second part alone goes on with a first one that stands in the line of the item itself.
    if node.answered or (not others and last.number in (None, 1) and not as_task):
        return False
    return (
        not last.children
        and not any(id(other) in told for other in others)
        and (as_task or (bool(others) and last.rank in _PARTS and not node.head.heading))
    )


def _hands_down(node: Node) -> bool:
    """Tell whether the units of a heading are those of each item under it."""
    if node.named_units:
        return True
    first = node.children[0].rank
    words = "".join(f.cell.text for f in node.head.fields if f.kind == "task")
    if not words and not node.body:
        return True
    short = len(words) <= _LONGEST_HEADING and node.head.heading and not node.body_text
    if node.tells("progress"):
        return False
    return short and first not in _INNER


def _untold(nodes: Sequence[Node], above: tuple[Node, ...]) -> Iterator[Chosen]:
    """Yield the innermost items; parts of an item in figures stay with it."""
    for node in nodes:
        if _is_about([node]):
            continue
        parts = bool(node.children) and all(child.rank in _INNER for child in node.children)
        if not node.children or (parts and node.rank >= RANK["arabic"]):
            yield Chosen(node, above, True)
        else:
            yield from _untold(node.children, (*above, node))

"""Read a numbered list of tasks in running text: paragraphs -> tasks.

Headings give the categories, brackets and labelled lines the answerable units, labelled paragraphs
the progress. What stands before the list (a covering letter) or on the page (web furniture,
letterhead, page marks) is left out and told.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

from kg.model import Cell, Coverage, Problem, Report
from kg.reading.assemble import NoListError, RawTask, assemble
from kg.reading.lists.choosing import Chosen, choose
from kg.reading.lists.entries import Entry, find_entries
from kg.reading.lists.fields import Field, is_progress_like
from kg.reading.lists.tree import Node, build_tree, spoken_fields
from kg.reading.people import masked, names_among_units, names_in, spans_to_cut
from kg.reading.structure.cells import cut, join, without
from kg.reading.structure.document import Document, Paragraph
from kg.reading.structure.labels import HEADED
from kg.reading.tables.headings import period_of
from kg.reading.title import best_title, is_list, tells_progress
from kg.reading.units.leads import LeadRule, lead_rules
from kg.reading.units.unit_names import Unit, find_units
from kg.sentences import sentence_spans

_END = re.compile(r"[。；;：:，,、！？!?）)】\]”]$")
_HEAD = 30
_TELLING = ("units", "people", "deadline", "progress", "problem", "plan")
# What stands around the words of a heading: 单位：区教育局（2项）.
_AROUND = re.compile(rf"^{HEADED.pattern}|[（(]\s*共?\s*\d+\s*[项件个条]\s*[）)]$")
_BOXED = re.compile(r"^[【\[〔](.+)[】\]〕]$")
_QUOTED = 60


def read_prose(path: Path, document: Document, jurisdiction: str | None = None) -> Report:
    """Return the report in the paragraphs of a document.

    Args:
        path: The source file, named in messages.
        document: What it shows.
        jurisdiction: Code of the place that it is of, where the title does not tell it.

    Raises:
        NoListError: The paragraphs are no list of tasks.
    """
    paragraphs = [block for block in document.blocks if isinstance(block, Paragraph)]
    entries, dropped = find_entries(paragraphs)
    roots, before = build_tree(entries)
    chosen = choose(roots)
    lines = [*(text for _, text in dropped[:_HEAD]), *_titles(before, roots, chosen)]
    title, context = best_title([document.title, *_titles(before, roots, chosen)]), "\n".join(lines)
    if not is_list(_telling(chosen), len(chosen), title or context):
        raise NoListError(
            f"{path}: holds no list of tasks: no numbered items that name who answers for them, "
            "and no title of such a list; give a table or a list of tasks with their departments"
        )
    leading = _leading(entries)
    lists = {id(node) for task in chosen for node in task.above if node.head.title}
    several = len(lists) > 1
    rows = [_raw_task(task, leading, several) for task in chosen]
    if tells_progress(title) and not any(row.progress.text for row in rows):
        rows = [_parted(row) for row in rows]
    used = {
        id(entry)
        for task in chosen
        for node in (task.node, *task.above)
        for entry in _used(node, task)
    }
    rest = sorted([*dropped, *(line for e in entries if id(e) not in used for line in e.source)])
    placed = sum(_size(text) for e in entries if id(e) in used for _, text in e.source)
    coverage = Coverage(
        characters=placed + sum(_size(text) for _, text in rest),
        placed=placed,
        rest=tuple((line, masked(text)) for line, text in rest),
    )
    report = assemble(path, title, _numbered(rows), coverage, jurisdiction, context=context)
    left = list(_left_out(entries, used, chosen[0].node.head))
    return replace(report, problems=(*left, *report.problems))


def _left_out(entries: Sequence[Entry], used: set[int], first: Entry) -> Iterator[Problem]:
    """Yield a note on the letter that stands before the first task."""
    for entry in entries:
        if entry is first:
            return
        text = entry.shown.text
        if id(entry) not in used and "。" in text and not lead_rules(text):
            reason = "a letter or introduction before the list is left out"
            yield Problem(None, entry.source[0][0], reason, masked(entry.shown.text)[:_QUOTED])
            return


def _size(text: str) -> int:
    return len("".join(text.split()))


def _used(node: Node, task: Chosen) -> Iterable[Entry]:
    if node is task.node:
        return node.everything if task.merged else node.entries
    heads = [] if node.head.title else [node.head]
    return [*heads, *(entry for entry in node.body if entry.tells("units"))]


def _titles(before: Sequence[Entry], roots: Sequence[Node], chosen: Sequence[Chosen]) -> list[str]:
    """Return the texts among which the title stands: what comes before the first task."""
    first = id(chosen[0].node.head) if chosen else 0
    found = [
        entry.shown.text
        for entry in before
        if not entry.tells(*_TELLING) and not lead_rules(entry.shown.text)
    ]
    for root in roots:
        for entry in root.everything:
            if id(entry) == first:
                return found
            if lead_rules(entry.shown.text):
                continue
            told = entry.marker and not entry.level
            if not told and not entry.tells(*_TELLING) and (entry.title or not entry.heading):
                # Headings that the format tells stand each for itself.
                found += ["", entry.shown.text, ""] if entry.level else [entry.shown.text]
    return found


def _telling(chosen: Sequence[Chosen]) -> int:
    """Return how many of what was found tell who answers, or what is reported."""
    return sum(
        bool(task.inherited)
        or any(entry.tells("units", "progress") for entry in _used(task.node, task))
        or any(spoken_fields(task.node))
        for task in chosen
    )


def _leading(entries: Sequence[Entry]) -> dict[int, frozenset[LeadRule]]:
    """Return by entry what is said of who leads: from where that is said on.

    A remark says it of the whole list.
    """
    said = [lead_rules(entry.shown.text) for entry in entries]
    rules = frozenset[LeadRule]().union(
        *(found for entry, found in zip(entries, said, strict=True) if entry.tells("other"))
    )
    told: dict[int, frozenset[LeadRule]] = {}
    for entry, found in zip(entries, said, strict=True):
        rules |= found
        told[id(entry)] = rules
    return told


def _raw_task(task: Chosen, leading: dict[int, frozenset[LeadRule]], several: bool) -> RawTask:
    node = task.node
    fields = [found for entry in _used(node, task) for found in entry.fields]
    units = [found.cell for found in fields if found.kind == "units"]
    units = units or [found.cell for found in task.inherited]
    units = units or [found.cell for found in spoken_fields(node)]
    people = tuple(name for f in fields if f.kind == "people" for name in names_in(f.cell.text))
    people += tuple(name for cell in units for name in names_among_units(cell.text))
    cells = [without(cell, spans_to_cut(cell.text)) for cell in units]
    answerable = join(cells, "；")
    found = find_units(answerable.text)
    latest, earlier = _periods([field for field in fields if field.kind == "progress"])
    return RawTask(
        number=node.number,
        line=node.head.source[0][0],
        category=_category(task.above, several),
        task=_promise(node, task),
        progress=join(field.cell for field in latest),
        department_cell=answerable,
        department_spans=tuple((unit.start, unit.end) for unit in found),
        notes=tuple(_notes(found)),
        details=tuple((field.label, field.cell) for field in earlier),
        roles=tuple(unit.role for unit in found),
        leads=frozenset[LeadRule]().union(*(leading[id(entry)] for entry in _used(node, task))),
        deadline=_of_kind(fields, "deadline", "；"),
        problem=_of_kind(fields, "problem"),
        plan=_of_kind(fields, "plan"),
        leaders=tuple(dict.fromkeys(people)),
    )


def _periods(progress: Sequence[Field]) -> tuple[list[Field], list[Field]]:
    """Return what is told of the latest of several periods, or of none, and of earlier ones."""
    months = [period_of(field.label) or 0 for field in progress]
    last = max(months, default=0)
    both = list(zip(progress, months, strict=True))
    return (
        [field for field, month in both if month in (last, 0)],
        [field for field, month in both if month not in (last, 0)],
    )


def _parted(row: RawTask) -> RawTask:
    """Return a row whose text tells the promise, then the progress, with both apart."""
    for start, _ in sentence_spans(row.task.text):
        if start and is_progress_like(row.task.text[start : start + _QUOTED]):
            end = len(row.task.text)
            progress = cut(row.task, start, end)
            return replace(row, task=cut(row.task, 0, start), progress=progress)
    return row


def _of_kind(fields: Iterable[Field], kind: str, between: str = "") -> Cell:
    return join((found.cell for found in fields if found.kind == kind), between)


def _promise(node: Node, task: Chosen) -> Cell:
    """Return what a task promises: its own words, and those of its parts with their numbers."""
    cells: list[Cell] = []
    for entry in _used(node, task):
        marker = entry.marker
        own = [found.cell for found in entry.fields if found.kind == "task"]
        if marker and entry is not node.head and own:
            shown = entry.shown.text[: marker.end]
            own = [Cell(shown.strip(), entry.shown.lines[:1]), *own]
        text = join(own)
        if text.text:
            cells.append(text)
    joined: list[Cell] = []
    for cell, following in pairwise([*cells, None]):
        assert cell is not None
        gap = " " if following and not _END.search(cell.text) else ""
        joined.append(Cell(cell.text + gap, cell.lines))
    return join(joined)


def _category(above: Sequence[Node], several: bool) -> tuple[str, str | None]:
    """Return the category that headings give; those deeper than two levels are joined.

    The title of a list is none, unless there are several lists and nothing else tells them apart.
    """
    names = [name for node in above if not node.head.title and (name := heading_of(node))]
    if not names:
        titles = [node.head.cell.text for node in above if node.head.title]
        return (titles[-1] if titles and several else ""), None
    return names[0], "·".join(names[1:]) or None


def heading_of(node: Node) -> str:
    """Return the words of a heading, without units, figures in front, or names of people."""
    words = "".join(f.cell.text for f in node.head.fields if f.kind == "task")
    words = re.split(r"[。；]", masked(words), maxsplit=1)[0]
    words = _BOXED.sub(r"\1", words.strip(" ：:，,、—-"))
    return _AROUND.sub("", words)


def _notes(units: Sequence[Unit]) -> Iterator[str]:
    for unit in units:
        if not unit.whole:
            yield f"“{unit.name}” does not end as the name of a unit does; it may be cut"


def _numbered(rows: Sequence[RawTask]) -> list[RawTask]:
    """Return the rows with the numbers of the source, or counted where these begin anew."""
    numbers = [row.number for row in rows]
    rising = all(
        one is not None and other is not None and one < other for one, other in pairwise(numbers)
    )
    if rising and numbers[0] is not None:
        return list(rows)
    return [replace(row, number=index) for index, row in enumerate(rows, start=1)]

"""Find the meaning of columns from their cells if the headings are not sufficient."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from kg.reading.structure.document import GridCell
from kg.reading.tables.headings import Heading

Cells = tuple[GridCell, ...]
# 2月：召开大会；3月：印发纪要
_STEP = re.compile(r"(?:^|[；;。\n])\s*\d{1,2}月(?:份|底|底前)?[：:，,]")
_FIGURE = re.compile(r"[≥≤＞＜><约]?\s*[\d.,]+\s*[^\d，。；：\s]{0,8}$")
# The heading of a column of rates or scores, and such a cell.
_RATE_HEADING = re.compile(r"(?:率|比例|百分比|得分|评分|分数)(?:[（(].*)?$|[（(][%％][）)]$")
_RATE = re.compile(r"[\d.]+\s*[%％分]?$")
_NUMBER = re.compile(r"[（(]?(?:[一二三四五六七八九十]{1,3}|\d{1,3})[）)、.．]?$")
# Headings of categories, or of tasks if their targets are in the column beside them.
_ITEMS = frozenset({"项目", "类别", "内容"})
_SPANNED_CONFIDENCE = 0.6


def revise_headings(headings: Sequence[Heading], body: Sequence[Cells]) -> tuple[Heading, ...]:
    """Return the headings of a table with meanings revised by the cells below them.

    A task column with cells that span several tasks has categories. Plans by month are not
    progress, nor are rates beside a column of progress. A column of figures is the target of the
    indicator in the column before it.

    Args:
        headings: The headings with the meanings of their words.
        body: The rows below them.
    """
    found = list(headings)
    columns = [_column_texts(body, place) for place in range(len(found))]
    for place, (heading, texts) in enumerate(zip(headings, columns, strict=True)):
        if heading.kind == "task" and _is_mostly(texts, _NUMBER) and not _are_figures(texts):
            found[place] = replace(heading, kind="number")
        if heading.kind == "category" and heading.text == "项目" and _are_different(body, place):
            found[place] = replace(heading, kind="task", confidence=_SPANNED_CONFIDENCE)
    tasks = [place for place, heading in enumerate(found) if heading.kind == "task"]
    for place, inner in pairwise(tasks):
        if _is_spanning(body, place, inner) or _has_blanks_below(body, place, inner):
            found[place] = replace(found[place], kind="category", confidence=0.7)
    below = _inner_task_column(found, body, tasks[0]) if len(tasks) == 1 else None
    if below is not None:
        found[tasks[0]] = replace(found[tasks[0]], kind="category", confidence=_SPANNED_CONFIDENCE)
        found[below] = replace(found[below], kind="task", confidence=_SPANNED_CONFIDENCE)
    progress = [place for place, heading in enumerate(found) if heading.kind == "progress"]
    rates = [place for place in progress if _is_rate(found[place], columns[place])]
    further = rates if len(rates) < len(progress) else []
    for place, heading in enumerate(found):
        texts = columns[place]
        if heading.kind == "progress" and (_is_mostly(texts, _STEP) or place in further):
            found[place] = replace(heading, kind="detail", month=None)
        before = found[place - 1] if place else None
        if heading.kind != "task" or before is None or not before.text:
            continue
        unclear = before.kind in ("detail", None) or before.text in _ITEMS
        if unclear and _is_mostly(texts, _FIGURE):
            found[place - 1] = replace(
                found[place - 1], kind="task", confidence=_SPANNED_CONFIDENCE
            )
    return tuple(found)


def _are_different(body: Sequence[Cells], place: int) -> bool:
    """Return whether the cells of a column, at least two, differ: they name tasks, not groups."""
    rows = [row for row in body if sum(bool(cell.text.strip()) for cell in row) > 2]
    texts = [row[place].text.strip() for row in rows if not _is_one_text(row)]
    return len(texts) > 1 and all(texts) and len(set(texts)) == len(texts)


def _is_one_text(row: Cells) -> bool:
    """Return whether a row has one text in all its cells, as a heading that spans them."""
    return len({cell.text for cell in row}) == 1


def _are_figures(texts: Sequence[str]) -> bool:
    """Return whether some of the numbers in a column do not rise by one from row to row."""
    values = [int(text) for text in texts if text.isdecimal()]
    return any(below != above + 1 for above, below in pairwise(values))


def _is_rate(heading: Heading, texts: Sequence[str]) -> bool:
    """Return whether a column of progress has mostly rates or scores."""
    return bool(_RATE_HEADING.search(heading.text)) and _is_mostly(texts, _RATE)


def _column_texts(body: Sequence[Cells], place: int) -> list[str]:
    return [text for row in body if (text := row[place].text.strip())]


def _is_spanning(body: Sequence[Cells], place: int, inner: int) -> bool:
    """Return whether cells of a column span rows with different cells in another column."""
    return any(
        below[place].continued
        and below[place].text == above[place].text
        and below[inner].text != above[inner].text
        for above, below in pairwise(body)
    )


def _has_blanks_below(body: Sequence[Cells], place: int, inner: int) -> bool:
    """Return whether a column is blank in rows below a filled one, where another is filled."""
    filled = [bool(row[place].text.strip()) for row in body if row[inner].text.strip()]
    return filled[:1] == [True] and not all(filled) and sum(filled) > 1


def _inner_task_column(
    headings: Sequence[Heading], body: Sequence[Cells], place: int
) -> int | None:
    """Return the column of unclear meaning with the tasks that cells of a task column span."""
    for inner in range(place + 1, len(headings)):
        if headings[inner].kind in ("progress", "departments"):
            return None
        texts = [row[inner].text.strip() for row in body]
        if headings[inner].confidence == 0 and all(texts) and _is_spanning(body, place, inner):
            return inner
    return None


def _is_mostly(texts: Sequence[str], pattern: re.Pattern[str]) -> bool:
    """Return whether most texts match a pattern at their beginning."""
    found = sum(bool(pattern.match(text)) for text in texts)
    return bool(texts) and 2 * found > len(texts)

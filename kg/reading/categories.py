"""Give each row its category and repair merged cells that a text layer cut, doubled or lost.

A category cell spans many rows and is printed once on each page, so most rows have none of their
own. A damaged cell is replaced by the clean form in other rows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Category = tuple[str, str | None]


@dataclass(frozen=True, slots=True)
class CategoryCells:
    """The category cells of a row as printed.

    Attributes:
        texts: The category cells from left to right; empty if the row inherits them.
        lost: Whether the row begins a page and lost its number; merged cells are repeated there.
        levels: The text of each category column, if the columns are known; empty where inherited.
    """

    texts: tuple[str, ...]
    lost: bool
    levels: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class AssignedCategory:
    """The category of a row and, if it is not the printed one, how it was found."""

    category: Category
    repair: str | None = None


def assign_categories(rows: Sequence[CategoryCells]) -> Iterator[AssignedCategory]:
    """Yield the complete category of each row.

    If most pages repeat the merged cell in their first row, a page without one has lost it. Its
    rows then get the category of the next page, unless a numbered row begins a new one.

    >>> shown = [("办好实事", "养老"), (), ("教育",), ("好实事", "教育")]
    >>> [found.category for found in assign_categories([CategoryCells(s, False) for s in shown])]
    [('办好实事', '养老'), ('办好实事', '养老'), ('办好实事', '教育'), ('办好实事', '教育')]
    """
    pairs = [row.texts for row in rows if len(set(row.texts)) > 1]
    seconds = {texts[1] for texts in pairs}
    begins = [bool(row.texts) for row in rows if row.lost]
    repeated = 2 * sum(begins) > len(begins)
    carried: Category = ("", None)
    waiting = 0
    for row in rows:
        if row.levels is not None:
            carried = inherit_category(row.levels, carried)
            yield AssignedCategory(carried)
            continue
        if not row.texts and (waiting or (repeated and row.lost)):
            # The merged cell was lost with the number: wait for the next page that has one.
            waiting += 1
            continue
        found = _row_category(row.texts, carried, seconds)
        for _ in range(waiting):
            if row.lost:
                yield AssignedCategory(found.category, "taken from the next row that shows one")
            else:
                yield AssignedCategory(carried, "taken from the last row that shows one")
        waiting = 0
        carried = found.category
        yield found
    for _ in range(waiting):
        yield AssignedCategory(carried, "taken from the last row that shows one")


def inherit_category(levels: Sequence[str], above: Category) -> Category:
    """Return the category of a row; empty cells continue those of the row above.

    >>> [inherit_category(cells, ("民生", "养老")) for cells in (("", "教育"), ("", ""))]
    [('民生', '教育'), ('民生', '养老')]
    """
    first, second = [*levels, "", ""][:2]
    if first and first != above[0]:
        return first, second or None
    return (above[0], second) if second else above


def _row_category(texts: tuple[str, ...], carried: Category, seconds: set[str]) -> AssignedCategory:
    """Return the category of a row with these cells, given that of the row before."""
    if not texts:
        return AssignedCategory(carried)
    if len(texts) > 1:
        first, second = texts[0], "".join(texts[1:])
        if first == second:
            return AssignedCategory((first, None))
        if first != carried[0] and _is_damaged(first, carried[0]):
            return AssignedCategory((carried[0], second), f"“{first}” read as “{carried[0]}”")
        return AssignedCategory((first, second))
    text = texts[0]
    if text in (carried[0], carried[1]):
        return AssignedCategory(carried)
    if _is_damaged(text, carried[0]):
        return AssignedCategory(carried, f"“{text}” read as “{carried[0]}”")
    if text in seconds and carried[0]:
        return AssignedCategory((carried[0], text))
    if carried[1] is not None and seconds:
        return AssignedCategory((carried[0], text), f"“{text}” read as a second-level category")
    return AssignedCategory((text, None))


def _is_damaged(text: str, clean: str) -> bool:
    """Return whether a text is a clean category that was cut, or printed twice.

    >>> _is_damaged("现幸福共享", "实现幸福共享"), _is_damaged("预期预期目标目标", "预期目标")
    (True, True)
    """
    if not clean or text == clean:
        return False
    doubled = sorted(text) == sorted(clean + clean)
    return (doubled and _is_subsequence(clean, text)) or (
        len(text) < len(clean) and _is_subsequence(text, clean)
    )


def _is_subsequence(part: str, whole: str) -> bool:
    """Return whether the characters of `part` occur in `whole` in the same order."""
    rest = iter(whole)
    return all(character in rest for character in part)

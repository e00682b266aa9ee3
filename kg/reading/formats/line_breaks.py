"""Remove the line breaks inside words, numbers and sentences of a cell."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.reading.people import is_person_name
from kg.reading.structure.labels import label_at_start
from kg.reading.structure.markers import find_marker
from kg.reading.units.departments import has_name_ending
from kg.reading.units.unit_names import UNIT_ENDING

_STOP = re.compile(r"[。；;：:！!？?…]$|[。；;！!？?][）)】\]”』」]$")
_WORD = re.compile(r"[A-Za-z]")
# Similar lines are items of a list: figures, or counted things.
_FIGURE = re.compile(r"[\d.,，]+[%％‰]?")
_COUNTED = re.compile(r"\d[万亿]?(?:[一-鿿]|平方米|公里|%|％)$")


def join_wrapped_lines(text: str) -> str:
    r"""Return a text without the line breaks at which a sentence, word or number continues.

    Line breaks between sentences, items and names are kept.

    >>> join_wrapped_lines("推进新华\n路改造，新建公寓500\n0套。")
    '推进新华路改造，新建公寓5000套。'
    >>> for text in ("1.建校\n2.修路", "民政局\n住建局", "开工。\n建成。", "建校2所\n修路3条"):
    ...     assert join_wrapped_lines(text) == text
    """
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line]
    names = all(map(UNIT_ENDING.search, lines)) or all(map(is_person_name, lines))
    joined = lines[0] if lines else ""
    for before, after in pairwise(lines):
        joined += "\n" + after if names or _is_break(before, after) else after
    return joined


def _is_break(before: str, after: str) -> bool:
    """Return whether a sentence, item or name ends at the end of the line `before`."""
    if _STOP.search(before) or find_marker(after) or label_at_start(after):
        return True
    if has_name_ending(before) or (_WORD.match(before[-1]) and _WORD.match(after)):
        return True
    if _FIGURE.fullmatch(before) or _FIGURE.fullmatch(after):
        return bool(_FIGURE.fullmatch(before) and _FIGURE.fullmatch(after))
    return before[-1] == after[-1] or bool(_COUNTED.search(before) and _COUNTED.search(after))

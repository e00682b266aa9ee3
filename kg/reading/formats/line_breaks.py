"""Take out the line breaks that stand inside the words, numbers and sentences of a cell."""

from __future__ import annotations

import re
from itertools import pairwise

from kg.reading.people import is_person_name
from kg.reading.structure.labels import label_at_start
from kg.reading.structure.markers import find_marker
from kg.reading.units.departments import ends_like_name
from kg.reading.units.unit_names import BODY_LIKE

_STOP = re.compile(r"[。；;：:！!？?…]$|[。；;！!？?][）)】\]”』」]$")
_WORD = re.compile(r"[A-Za-z]")
# Lines that are alike are a list: of figures, or of things with their numbers.
_FIGURE = re.compile(r"[\d.,，]+[%％‰]?")
_COUNTED = re.compile(r"\d[万亿]?(?:[一-鿿]|平方米|公里|%|％)$")


def unwrapped(text: str) -> str:
    r"""Return a text without the line breaks at which a sentence, word or number goes on.

    Those that part sentences, items or names stay.

    >>> unwrapped("推进新华\n路改造，新建公寓500\n0套。"), unwrapped("已完\n成。")
    ('推进新华路改造，新建公寓5000套。', '已完成。')
    >>> for listed in ("1.建校\n2.修路", "民政局\n住建局", "开工。\n建成。", "建校2所\n修路3条"):
    ...     assert unwrapped(listed) == listed
    """
    lines = [line.strip() for line in text.split("\n")]
    lines = [line for line in lines if line]
    names = all(map(BODY_LIKE.search, lines)) or all(map(is_person_name, lines))
    joined = lines[0] if lines else ""
    for before, after in pairwise(lines):
        apart = names or _is_break(before, after)
        joined += "\n" + after if apart else after
    return joined


def _is_break(before: str, after: str) -> bool:
    """Tell whether what stands on one line ends there."""
    if _STOP.search(before) or find_marker(after) or label_at_start(after):
        return True
    if ends_like_name(before) or (_WORD.match(before[-1]) and _WORD.match(after)):
        return True
    if _FIGURE.fullmatch(before) or _FIGURE.fullmatch(after):
        return bool(_FIGURE.fullmatch(before) and _FIGURE.fullmatch(after))
    return before[-1] == after[-1] or bool(_COUNTED.search(before) and _COUNTED.search(after))

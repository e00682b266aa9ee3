"""Costs of reading a text as a cell of a column: departments list units, deadlines are dates."""

from __future__ import annotations

import re

from kg.reading.structure.deadlines import is_deadline
from kg.reading.structure.labels import column_label_kind
from kg.reading.tables.headings import Heading
from kg.reading.units.unit_names import is_unit_list

# Costs of a text that does not fit a column, or fits badly; only their order matters.
UNLIKE, LIKELY = 3.0, 1.0
_DATE = re.compile(
    r"(?:20\d\d[年./-])?(?:\d{1,2}月(?:\d{1,2}日|[上中下]旬)?|[一二三四1-4]季度|[上下]半年|年[底末内]|全年|长期|持续推进)?(?:底|前|底前|末)?"
)
_NAME = re.compile(r"[一-鿿]{2,4}(?:[、 ][一-鿿]{2,4})*")
_PERSON = re.compile(r"[一-鿿]{2,3}")

_TO_PROGRESS = re.compile(
    r"(?:截[至止]|目前|当前|现已|(?:均|全部|现)?已|(?:超额|提前|圆满|全面|顺利)完成|今年以来|全年[共已累]|累计"
    r"|[一二三四上下前]{1,2}(?:季度|半年)|\d{1,2}月[底份]|1[-—–~至]\d{1,2}月|正在|进展"
    r"|\d+[^\W\d]{1,3}(?:均|全部)?(?:已|正在|完工|竣工|开工|施工|投用|开放))"
)


def column_content(heading: Heading) -> str:
    """Return the kind of content of a column, from its heading or a label in it."""
    labelled = column_label_kind(heading.text) if heading.kind in (None, "detail") else None
    return labelled or heading.kind or "detail"


def mismatch_cost(text: str, content: str) -> float:
    """Return the cost of reading a text as a cell of a column with this content.

    >>> mismatch_cost("区教育局", "departments"), mismatch_cost("新建学校2所", "departments")
    (0.0, 3.0)
    """
    if content == "departments":
        return 0.0 if is_unit_list(text.strip("（）()")) else UNLIKE
    if content == "deadline":
        return 0.0 if _DATE.fullmatch(text) or is_deadline(text) else UNLIKE
    if content in ("leader", "people"):
        return 0.0 if _NAME.fullmatch(text) and not is_unit_list(text) else UNLIKE
    if is_unit_list(text):
        return UNLIKE
    if content in ("task", "progress"):
        dated = LIKELY if _DATE.fullmatch(text) or _PERSON.fullmatch(text) else 0.0
        return dated + (LIKELY if content == "task" and _TO_PROGRESS.match(text) else 0.0)
    return 0.0

"""Find the role of a date: the date of a figure, or when something was done or is planned."""

from __future__ import annotations

import re

from kg.model import CellName, DateRole

# A share of a plan is a report: 完成年度计划的80%.
_SHARE = r"(?!的|任务|\d)"
_PLANNED = re.compile(rf"预计|(?:计划|目标){_SHARE}|拟|将(?!近)|力争|争取|确保|待|延[至期]|推迟")
_BEFORE_DEADLINE = re.compile(r"[底末]?(?:之|以)?前")
_DONE = re.compile(r"已|完工|建成|通车|竣工|投入使用|挂牌")
_ALREADY = re.compile(r"已[于在经]?$")
_COMING = re.compile(r"完成|完工|建成|通车|竣工|交付|开[工业放馆]|启[动用]|上线")
_MARK = re.compile(r"[。；，！？]")
# A period from January on; figures are reported up to its end.
_SINCE_JANUARY = re.compile(r"(\d{4})-(?:01/\1-\d\d|Q1)")
_NEAR = 40


def date_role(
    text: str,
    match: re.Match[str],
    iso: str,
    cell: CellName,
    *,
    is_later: bool,
    is_marked: bool,
) -> DateRole:
    """Return the role of a date by its form, its cell and the words of its clause.

    Args:
        text: The cell's text.
        match: The date, as `kg.extraction.dates.match_dates` yields it.
        iso: Its ISO form.
        cell: The cell that contains it.
        is_later: Whether it is later than the report.
        is_marked: Whether 截至 or the like precedes it.
    """
    floor = max(0, match.start() - _NEAR)
    before = _MARK.split(text[floor : match.start()])[-1]
    after = _MARK.split(text[match.end() : match.end() + _NEAR], maxsplit=1)[0]
    if is_marked and not _BEFORE_DEADLINE.match(after):
        return "as_of"
    if cell in ("deadline", "plan"):
        return "planned"
    if match["same"] or match["before"] or match["last"]:
        return "other"
    if match["after"] or match["next"] or (match["within"] or "").startswith("年"):
        return "planned"
    if _PLANNED.search(before) or _PLANNED.search(after) or _BEFORE_DEADLINE.match(after):
        return "planned"
    if _SINCE_JANUARY.fullmatch(iso):
        return "as_of" if cell == "progress" else "planned"
    if cell == "task" and (match["within"] or match["whole"]):
        return "planned"
    # A text written some days after the date of the report may say that it is done: 已于11月1日.
    if is_later and not _ALREADY.search(before) and _COMING.search(after):
        return "planned"
    if _DONE.search(before) or _DONE.search(after) or match["whole"]:
        return "done"
    return "other"

"""Dates and deadlines in a task, resolved against the year and the month of the report."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.quantities import fold
from kg.model import TEXT_CELLS, CellName, Date, DateRole, Task

_DATE = re.compile(
    # What no date begins with is passed over at once.
    r"(?=[\d今本当明次去上下元第一二三四年同])(?:"
    r"(?P<span>(?:(?P<y1>20\d\d)年)?(?P<m1>1[0-2]|0?[1-9])月(?P<d1>[0-3]?\d)日?"
    r"[-—–~～至到](?:(?P<m2>1[0-2]|0?[1-9])月)?(?P<d2>[0-3]?\d)日)"
    r"|(?P<terms>20\d\d)[-—–](?P<terms2>20\d\d)学?年"
    r"|(?:(?P<year>20\d\d)年|(?P<this>今年|本年|当年)|(?P<next>明年|次年)|(?P<last>去年|上年))?"
    r"(?:(?P<month>1[0-2]|0?[1-9]|元)月份?(?:(?P<day>[0-3]?\d)日)?(?![均度])"
    r"|第?(?P<quarter>[一二三四1-4])季度|(?P<half>[上下])半年)"
    r"|(?P<only>(?:19|20)\d\d)年(?!第?[一二三四上下])"
    r"|(?P<within>年内|年底前?|年末|年前|今年|本年度?)|(?P<after>明年|次年)"
    r"|(?P<same>去年同期|上年同期|同比)|(?P<before>去年|上年))"
)
_AS_OF = re.compile(r"截[至止]到?$")
_PLANNED = re.compile(r"预计|计划|拟|将(?!近)|力争|争取|确保|目标|待|延[至期]|推迟")
_BEFORE_DEADLINE = re.compile(r"[底末]?前")
_DONE = re.compile(r"已|完工|建成|通车|竣工|投入使用|挂牌")
_ALREADY = re.compile(r"已[于在经]?$")
_COMING = re.compile(r"完成|完工|建成|通车|竣工|交付|开[工业放馆]|启[动用]|上线")
_QUARTERS = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MARK = re.compile(r"[。；，！？]")
_NEAR = 40
# What stands in these cells is still to come.
_AHEAD: tuple[CellName, ...] = ("deadline", "plan")
_CELLS = (*TEXT_CELLS, *_AHEAD)


def find_dates(task: Task, year: int | None, as_of: str | None) -> tuple[Date, ...]:
    """Return the dates of the promise, of the progress, and of what is planned, in their order.

    Args:
        task: The task.
        year: The year that the report plans, to which dates without a year belong.
        as_of: The ISO month up to which the report tells.
    """
    return tuple(date for cell in _CELLS for date in _find(task, cell, year, as_of))


def written_dates(
    text: str, year: int | None, as_of: str | None
) -> Iterator[tuple[re.Match[str], str]]:
    """Yield what is written as a date in a folded text, each with its ISO form.

    >>> [(match.group(), iso) for match, iso in written_dates("11月底前，明年", 2019, None)]
    [('11月', '2019-11'), ('明年', '2020')]
    """
    for match in _DATE.finditer(text):
        iso = _iso(match, year, as_of)
        if iso is not None and not (match.start() and text[match.start() - 1].isdecimal()):
            yield match, iso


def _find(task: Task, cell: CellName, year: int | None, as_of: str | None) -> Iterator[Date]:
    text = fold(task.cell(cell).text)
    for match, iso in written_dates(text, year, as_of):
        start = match.start()
        marked = _AS_OF.search(text, max(0, start - 3), start)
        later = as_of is not None and iso[: len(as_of)] > as_of
        role = "as_of" if marked else "planned" if cell in _AHEAD else _role(text, match, later)
        evidence = task.evidence(
            cell, marked.start() if marked else start, match.end(), _rule(match)
        )
        yield Date(iso, role, evidence)


def _iso(match: re.Match[str], year: int | None, as_of: str | None) -> str | None:
    """Return the ISO form, or None where the year cannot be told or the day does not exist."""
    if match["terms"]:
        return f"{match['terms']}/{match['terms2']}"
    if match["only"]:
        return match["only"]
    if match["same"]:
        if match["same"] == "同比" or as_of is None:
            return None
        return f"{int(as_of[:4]) - 1}{as_of[4:]}"
    own = match["year"] or match["y1"]
    base = int(own) if own else year
    if base is None:
        return None
    base += 1 if match["next"] or match["after"] else -1 if match["last"] or match["before"] else 0
    if match["span"]:
        first, second = int(match["m1"]), int(match["m2"] or match["m1"])
        return f"{_day(base, first, match['d1'])}/{_day(base, second, match['d2'])}"
    if match["month"]:
        month = 1 if match["month"] == "元" else int(match["month"])
        return _day(base, month, match["day"])
    if match["quarter"]:
        return f"{base}-Q{_QUARTERS[match['quarter']]}"
    if match["half"]:
        return f"{base}-01/{base}-06" if match["half"] == "上" else f"{base}-07/{base}-12"
    return str(base)


def _day(year: int, month: int, day: str | None) -> str:
    if day is None or not 1 <= int(day) <= 31:
        return f"{year}-{month:02d}"
    return f"{year}-{month:02d}-{int(day):02d}"


def _role(text: str, match: re.Match[str], later: bool) -> DateRole:
    """Tell what a date is for by the words of its clause, and whether it is later than the report."""
    floor = max(0, match.start() - _NEAR)
    before = _MARK.split(text[floor : match.start()])[-1]
    after = _MARK.split(text[match.end() : match.end() + _NEAR], maxsplit=1)[0]
    if match["same"] or match["before"] or match["last"]:
        return "other"
    if match["within"] or match["after"] or match["next"]:
        return "planned"
    if _PLANNED.search(before) or _PLANNED.search(after) or _BEFORE_DEADLINE.match(after):
        return "planned"
    # What is told some days after the date of the report is done all the same: 已于11月1日.
    if later and not _ALREADY.search(before) and _COMING.search(after):
        return "planned"
    if _DONE.search(before) or _DONE.search(after):
        return "done"
    return "other"


def _rule(match: re.Match[str]) -> str:
    relative = ("this", "next", "last", "within", "after", "same", "before")
    return "date:relative" if any(match[name] for name in relative) else "date:calendar"

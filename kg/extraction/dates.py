"""Find dates and deadlines in a task, resolved with the year and the month of the report."""

from __future__ import annotations

import re
from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterator

from kg.extraction.date_roles import date_role
from kg.extraction.numbers.numerals import chinese_value, fold_digits
from kg.model import TEXT_CELLS, CellName, Date, Task

_YEAR = "(?:19|20)\\d\\d|二〇[〇零一二三四五六七八九]{2}"
_MONTH = "1[0-2]|0?[1-9]"
_DAY = "[12]\\d|3[01]|0?[1-9]"
_TO = " ?[-—–~～至到]{1,2} ?"
_NEXT = "明年|次年|来年|翌年"
# A year before a month: written, or relative to the year of the report.
_WRITTEN = rf"(?P<year>{_YEAR}) ?年度? ?|[’'](?P<short>\d\d)年|(?P<two>[12]\d)年(?=\d)"
_RELATIVE = rf"(?P<this>今年|本年|当年)度?|(?P<next>{_NEXT})|(?P<last>去年|上一?年)"
_BASE = rf"(?<!\d)(?:{_WRITTEN}|{_RELATIVE})?"
# Characters after 月 that make another word of it: 月均, 月度, 12月龄.
_END = "份?(?![均度龄])"
_ON = rf"(?<!\d)(?P<month>{_MONTH}|元) ?月{_END}(?: ?(?P<day>\d\d?) ?(?:日|号(?![线楼])))?"
# A month in Chinese characters counts only if a day or a part follows: 十月底, 六月三十日.
_SPELT_DAY = "(?P<spelt_day>[二三]?十[一二三四五六七八九]?|[一二三四五六七八九])日"
_SPELT_MONTH = "(?<![一二三四五六七八九十个])(?P<spelt>十[一二]?|[一二三四五六七八九])月"
_SPELT = rf"{_SPELT_MONTH}(?:{_SPELT_DAY}|(?=[份底末初上中下前]))"
# 9月19日-27日, 2020年10月至2021年3月.
_FROM = rf"(?<!\d)(?P<month1>{_MONTH}) ?月份?(?:(?P<day1>{_DAY}) ?日?)?"
_UNTIL_YEAR = rf"(?:(?P<year2>{_YEAR})年|(?P<next2>{_NEXT})|今年|当年)?"
_UNTIL_MONTH = rf"(?P<month2>{_MONTH}) ?月{_END}(?:(?P<day2>{_DAY}) ?日)?"
_UNTIL = rf"{_UNTIL_YEAR}{_UNTIL_MONTH}|(?P<day3>{_DAY}) ?日"
_SPAN = rf"{_FROM}{_TO}(?:{_UNTIL})"
_MONTHS = rf"(?<!\d)(?P<first>{_MONTH}){_TO}(?P<second>{_MONTH}) ?月{_END}(?!\d)"
_TERMS_END = rf"(?P<terms2>{_YEAR})学?年(?:(?P<terms_month>{_MONTH})月)?"
_TERMS = rf"(?<!\d)(?P<terms>{_YEAR})年?{_TO}{_TERMS_END}"
# The first months or quarters of a year, and its other parts.
_RUN = "一[-—至到](?P<run>[二三四])季度|前(?P<quarters>[二两三23])个?季度"
_FIRST = rf"{_RUN}|(?<!提)前(?P<months>1[01]|\d|十一?|[两二三四五六七八九])个月"
_PART = rf"(?P<half>[上下])半年|{_FIRST}|第?(?P<quarter>[一二三四1-4])季度"
_OPENS = "开学|招生|投用|启用|投入使用"
_AUTUMN = rf"(?P<autumn>秋季)(?=(?:学期)?(?:如期|正常|按时|顺利|正式)?(?:{_OPENS}))"
_FEASTS = {"国庆": "10-01", "五一": "05-01", "劳动": "05-01", "七一": "07-01", "八一": "08-01"}
_FEAST = rf"(?P<feast>{'|'.join(_FEASTS)})[”\"]?(?:节|假期)?(?=前)"
_OF_YEAR = rf"{_SPAN}|{_MONTHS}|{_ON}|{_SPELT}|{_PART}|{_AUTUMN}|{_FEAST}"
_DOTTED = rf"(?P<iso>(?:19|20)\d\d)(?P<sign>[-./])(?P<iso_month>{_MONTH})"
_DOTTED_DAY = rf"(?P=sign)(?P<iso_day>{_DAY})日?(?!\d)|(?![\w%.])"
_NUMERIC = rf"(?<![\d.-]){_DOTTED}(?:{_DOTTED_DAY})"
_ONLY = rf"(?<!\d)(?P<only>{_YEAR}) ?年|[’'](?P<only_short>\d\d)年"
# In 较上年增长, the year is not a date but a comparison.
_BEFORE = "(?P<same>去年同期|上年同期|同比)|(?<![比较于])(?P<before>去年|上年)"
_WITHIN = "(?<![一二两三四五六七八九十几多每])(?P<within>年内|年底前?|年末|年前|今年|本年度?|当年)"
# 全年 is a date if something is done in it, but not in a share of a plan (占全年计划的80%).
_WHOLE = "(?<![占达为是成的])(?<![日底末][，,])(?P<whole>全年)"
_DOING = "(?=[新建共增]|完成|实现|计划[^的，。；、]|预计|力争|累计|组织|开展|举办|引进|发放)"
_OTHER = rf"{_NUMERIC}|{_ONLY}|{_BEFORE}|{_WITHIN}|(?P<after>{_NEXT})|{_WHOLE}{_DOING}"
# The characters with which a date can begin, for speed.
_START = "[\\d今本当明次来翌去上下元前第一二三四五六七八九十同年全秋国劳’']"
_DATE = re.compile(rf"(?={_START})(?:{_TERMS}|{_BASE}(?:{_OF_YEAR})|(?<!\d)(?:{_OTHER}))")
_AS_OF = re.compile(r"截[至止]到?$|(?:^|[，。；])至$")
# A date in a document's title is part of its name.
_TITLE = re.compile(r"《[^《》]*》")
# The dates in these cells are in the future.
_AHEAD: tuple[CellName, ...] = ("deadline", "plan")
_CELLS = (*TEXT_CELLS, *_AHEAD)
_RELATIVES = ("this", "next", "last", "within", "after", "same", "before", "whole")


def find_dates(task: Task, year: int | None, as_of: str | None) -> tuple[Date, ...]:
    """Return the dates in the task, the progress, the deadline and the plan, in order.

    Args:
        task: The task.
        year: The year of the plan, used for dates without a year.
        as_of: The ISO date up to which the task is reported.
    """
    return tuple(date for cell in _CELLS for date in _find_in_cell(task, cell, year, as_of))


def match_dates(
    text: str, year: int | None, as_of: str | None
) -> Iterator[tuple[re.Match[str], str]]:
    """Yield the dates in a folded text, each with its ISO form.

    Days that do not exist, and dates without a known year, are left out.

    Args:
        text: The text.
        year: The year for dates without a year; by default that of `as_of`.
        as_of: The ISO date up to which the task is reported.

    >>> [(match.group(), iso) for match, iso in match_dates("11月底前，明年", 2019, None)]
    [('11月', '2019-11'), ('明年', '2020')]
    >>> [iso for _, iso in match_dates("2月30日前；5-6月招标；前三季度", 2021, None)]
    ['2021-05/2021-06', '2021-01/2021-09']
    """
    if year is None and as_of is not None:
        year = int(as_of[:4])
    for match in _DATE.finditer(text):
        iso = _iso_date(match, year, as_of)
        if iso is not None:
            yield match, iso


def last_date(iso: str) -> str:
    """Return an ISO date, or the last year, month or day of an ISO interval or a quarter.

    >>> last_date("2021-01/2021-09"), last_date("2021-Q1"), last_date("2021-05-03")
    ('2021-09', '2021-03', '2021-05-03')
    """
    last = iso.rpartition("/")[2]
    year, quarter, number = last.partition("-Q")
    return f"{year}-{3 * int(number):02d}" if quarter else last


def _find_in_cell(
    task: Task, cell: CellName, year: int | None, as_of: str | None
) -> Iterator[Date]:
    text = fold_digits(task.cell(cell).text)
    titles = [title.span() for title in _TITLE.finditer(text)]
    for match, iso in match_dates(text, year, as_of):
        start = match.start()
        at = bisect_right(titles, (start, len(text))) - 1
        if at >= 0 and titles[at][1] > start:
            continue
        marked = _AS_OF.search(text[max(0, start - 3) : start])
        is_later = as_of is not None and last_date(iso)[: len(as_of)] > as_of
        role = date_role(text, match, iso, cell, is_later=is_later, is_marked=marked is not None)
        if marked and role == "as_of":
            start -= len(marked.group().lstrip("，。；"))
        rule = "date:relative" if any(match[name] for name in _RELATIVES) else "date:calendar"
        yield Date(iso, role, task.evidence(cell, start, match.end(), rule))


def _iso_date(match: re.Match[str], year: int | None, as_of: str | None) -> str | None:
    """Return the ISO form, or None if the year is unknown or the day does not exist."""
    if match["terms"]:
        first, last = _numeral_value(match["terms"]), _numeral_value(match["terms2"])
        month = match["terms_month"]
        return f"{first}-01/{_iso_day(last, int(month), None)}" if month else f"{first}/{last}"
    if match["iso"]:
        return _iso_day(int(match["iso"]), int(match["iso_month"]), match["iso_day"])
    if match["only"] or match["only_short"]:
        return str(_numeral_value(match["only"] or f"20{match['only_short']}"))
    if match["same"]:
        if match["same"] == "同比" or as_of is None:
            return None
        return f"{int(as_of[:4]) - 1}{as_of[4:]}"
    short = match["short"] or match["two"]
    own = match["year"] or (f"20{short}" if short else None)
    if own is None and year is None:
        return None
    base = _numeral_value(own) if own else year
    assert base is not None
    base += bool(match["next"] or match["after"]) - bool(match["last"] or match["before"])
    return _iso_in_year(match, base)


def _iso_in_year(match: re.Match[str], year: int) -> str | None:
    """Return the ISO form of a part of a year, or of the year."""
    if match["month1"]:
        return _iso_interval(match, year)
    if match["first"]:
        first, second = int(match["first"]), int(match["second"])
        return f"{year}-{first:02d}/{year + (second < first)}-{second:02d}"
    if match["month"]:
        return _iso_day(year, 1 if match["month"] == "元" else int(match["month"]), match["day"])
    if match["spelt"]:
        day = match["spelt_day"]
        return _iso_day(
            year, _numeral_value(match["spelt"]), str(_numeral_value(day)) if day else None
        )
    if match["quarter"]:
        return f"{year}-Q{_numeral_value(match['quarter'])}"
    if match["half"]:
        return f"{year}-01/{year}-06" if match["half"] == "上" else f"{year}-07/{year}-12"
    if quarters := match["quarters"] or match["run"]:
        return f"{year}-01/{year}-{3 * _numeral_value(quarters):02d}"
    if match["months"]:
        return f"{year}-01/{year}-{_numeral_value(match['months']):02d}"
    if match["feast"]:
        return f"{year}-{_FEASTS[match['feast']]}"
    return f"{year}-09" if match["autumn"] else str(year)


def _iso_interval(match: re.Match[str], year: int) -> str | None:
    """Return the ISO interval between two days or months, or None if one does not exist."""
    month = int(match["month1"])
    until = int(match["month2"] or month)
    last_year = int(match["year2"]) if match["year2"] else year + bool(match["next2"])
    if not match["year2"] and not match["next2"] and until < month:
        last_year += 1
    first = _iso_day(year, month, match["day1"])
    last = _iso_day(last_year, until, match["day2"] or match["day3"])
    return f"{first}/{last}" if first and last and first[:7] <= last[:7] else None


def _iso_day(year: int, month: int, day: str | None) -> str | None:
    if day is None:
        return f"{year}-{month:02d}"
    if not 1 <= int(day) <= monthrange(year, month)[1]:
        return None
    return f"{year}-{month:02d}-{int(day):02d}"


def _numeral_value(numeral: str) -> int:
    return int(numeral) if numeral.isdecimal() else int(chinese_value(numeral))

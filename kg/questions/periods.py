"""Find periods in a question: 11月底前, by the end of November, 第四季度, next month."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from kg.extraction.dates import match_dates
from kg.graph.rdf.literals import date_bounds

_MONTHS = (
    "january february march april may june july august september october november december".split()
)
_UNTIL = r"by|until|till|before|no later than|up to|to"
_SINCE = r"after|since|from"
_ENGLISH = re.compile(
    rf"(?<![a-z0-9])(?:(?:(?P<until>{_UNTIL})|(?P<since>{_SINCE})|in|during|of|on) )?(?:the )?"
    r"(?P<end>end of )?(?:the )?(?:"
    rf"(?P<month>{'|'.join(_MONTHS)})(?: (?P<day>\d\d?)(?:st|nd|rd|th)?)?(?:,? (?P<year>20\d\d))?"
    r"|(?P<iso>20\d\d-\d\d(?:-\d\d)?)|q(?P<quarter>[1-4])|(?P<which>this|next) (?P<unit>month|year)"
    r"|(?P<end_of_year>year(?:[- ]end)?))(?![a-z0-9-])"
)
_MONTH = re.compile(r"(本月|这个月)|下个?月")
_BEFORE = re.compile(r"份?(?P<end>[底末])?(?:之前|以前|前|为止|截止)")
_AFTER = re.compile(r"份?[底末]?(?:之后|以后|后|起|以来)")
_REST = re.compile(r"份?[底末]?")


def translate_dates(text: str, as_of: str | None) -> str:
    """Return a text with English dates and relative months as Chinese dates.

    Args:
        text: A question, in lower case.
        as_of: The ISO month up to which the report covers progress.

    >>> translate_dates("due by the end of november", "2019-10")
    'due 11月底前'
    >>> translate_dates("下个月", "2019-12")
    '2020年1月'
    >>> translate_dates("may it be in may", None)
    'may it be 5月'
    """

    def month(is_this: bool) -> str:
        assert as_of is not None
        year, number = int(as_of[:4]), int(as_of[5:7]) + (not is_this)
        return f"{year + number // 13}年{(number - 1) % 12 + 1}月"

    def english(match: re.Match[str]) -> str:
        if match["month"]:
            if match["month"] == match.group() and match["month"] in ("may", "march"):
                return match.group()  # a verb
            number = _MONTHS.index(match["month"]) + 1
            year = f"{match['year']}年" if match["year"] else ""
            day = f"{match['day']}日" if match["day"] else ""
            said = f"{year}{number}月{day}"
        elif match["iso"]:
            said = _format_chinese_date(match["iso"])
        elif match["quarter"]:
            said = f"第{match['quarter']}季度"
        elif match["unit"] == "month" and as_of:
            said = month(match["which"] == "this")
        elif match["unit"] == "year":
            said = "今年" if match["which"] == "this" else "明年"
        elif match["end_of_year"] and (match["end"] or match["end_of_year"] != "year"):
            return "年底前"
        else:
            return match.group()
        until = "底前" if match["end"] or match["until"] != "before" else "前"
        return said + (until if match["until"] else "以后" if match["since"] else "")

    text = _ENGLISH.sub(english, text)
    return _MONTH.sub(lambda match: month(bool(match[1])), text) if as_of else text


def _format_chinese_date(iso: str) -> str:
    year, month, *day = iso.split("-")
    return f"{year}年{int(month)}月" + (f"{int(day[0])}日" if day else "")


def find_periods(
    text: str, year: int | None, as_of: str | None
) -> Iterator[tuple[int, int, dict[str, str]]]:
    """Yield the spans of periods in a text, each with its first day `from` and last day `until`.

    The current year as a whole is no restriction: it has neither.

    Args:
        text: A question, as `translate_dates` returns it.
        year: The year of dates without a year.
        as_of: The ISO month up to which the report covers progress.

    >>> [said for _, _, said in find_periods("11月底前和12月前", 2019, None)]
    [{'until': '2019-11-30'}, {'until': '2019-11-30'}]
    >>> [said for _, _, said in find_periods("第四季度", 2019, None)]
    [{'from': '2019-10-01', 'until': '2019-12-31'}]
    """
    for match, iso in match_dates(text, year, as_of):
        try:
            first, last = (date.fromisoformat(day) for day in date_bounds(iso))
        except ValueError:
            continue  # no such day
        before = _BEFORE.match(text, match.end())
        after = None if before else _AFTER.match(text, match.end())
        rest = before or after or _REST.match(text, match.end())
        end = rest.end() if rest else match.end()
        said: dict[str, date]
        if iso == str(year) and not (before or after or match.group().startswith("年")):
            said = {}  # 今年: all is of this year
        elif match["within"]:
            said = {"until": last}
        elif before:
            # 11月底前 and 11月30日前 include these days; 11月前 ends before the month begins.
            is_day = first == last or before["end"]
            said = {"until": last if is_day else first - timedelta(days=1)}
        elif after:
            said = {"from": first}
        else:
            said = {"from": first, "until": last}
        yield match.start(), end, {name: day.isoformat() for name, day in said.items()}

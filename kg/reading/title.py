"""Read a title: its place, its year, and the date up to which progress is reported."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from kg.gazetteer import romanised_name
from kg.model import Jurisdiction
from kg.reading.author import find_author, has_place
from kg.reading.structure.letterhead import is_furniture

_YEAR = re.compile(r"(20\d\d)\s*(?:年|政府工作报告)")
_AS_OF = re.compile(
    r"(?:截[至止]到?|(?:截止|统计|填[报表])(?:日期|时间)\s*[：:])\s*(?:(?P<ends>20\d\d)\s*年[底末]"
    r"|(?:(?P<year>20\d\d)\s*年)?\s*(?P<month>1[0-2]|0?[1-9])\s*月(?:\s*(?P<day>[0-3]?\d)\s*日)?)"
)
# 截至2024.6.30 and the like.
_DOTTED = re.compile(r"(截[至止]到?\s*20\d\d)([-./])(\d\d?)(?:\2(\d\d?))?(?!\d)")
# The part of the year that a report covers: 上半年, 前三季度, 1-11月.
_PERIOD = re.compile(
    r"(?:1|一)\s*月?\s*[-—–~～至到]\s*(?P<month>1[0-2]|[1-9])\s*月|(?P<half>上半年|(?<![上下])半年度)"
    r"|(?:前|第)?(?P<quarter>[一二三四1-4])\s*个?季度|(?P<whole>全年(?=.{0,8}(?:完成|落实|进展)))"
    r"|(?<!\d)(?P<within>1[0-2]|[1-9])\s*月份?(?:工作)?(?:进展|完成|推进|落实|办理|执行)"
    r"|年\s*(?P<only>1[0-2]|[1-9])\s*月份?(?!\s*\d|\s*[-—–~～至到日])"
)
_QUARTERS = dict(zip("一二三四1234", (3, 6, 9, 12) * 2, strict=True))
_ANY_YEAR = re.compile(r"(?<!\d)20\d\d(?!\d)")
# The years of a plan of several years; none of them is the year of the report.
_YEARS = re.compile(r"(?<!\d)20\d\d\s*年?\s*[-—–－~～至到]+\s*20\d\d\s*年?")
_LISTED = re.compile(
    r"任务|分工|分解|实事|清单|重点工作|责任|目标|台账|要点|事项|项目|进展|完成情况"
)
_LIST_TITLE = re.compile(
    r"任务|分工|分解|实事|清单|重点(?:工作|项目|事项)|责任|工作(?:目标|要点|计划|安排)|台账|项目(?:表|安排|计划|进展|完成)|目标"
)
_ABOUT_PROGRESS = re.compile(r"进展|完成情况|落实情况|推进情况|分解|分工|清单|一览")
_NO_TITLE = re.compile(r"[。；，：:;]$|[|｜│]|^(?:附件|附|附表)\s*\d{0,2}\s*[：:]?$|^各.*[：:]")
_SUBTITLE = re.compile(r"[（(][^（()）]{3,20}[）)]")
# The number of a section: 一、民生实事, （二）重点项目.
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]")
# Who signs the letter before the list.
_SIGNED = re.compile(r"(?!.*关于)[一-鿿]{2,20}(?:局|委|办|办公[室厅]|委员会|政府|中心|指挥部)")
_ATTACHED = re.compile(r"^(?:附件|附|附表)\s*\d{0,2}\s*[：:]\s*")
_SPACED = re.compile(r"(?:[一-鿿][ \u3000]+){3}")
# The year of a goal: 到2027年，产业规模翻一番.
_GOAL = re.compile(r"(?<!截)(?<!截止)[到至]\s*20\d\d\s*年(?![^，。]{0,8}[日底末止])")
_LONGEST = 60
_MOST_LINES = 4
# So many characters at the beginning of a title identify it.
_BEGINNING = 10


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """The place, the year and the ISO date (month or day) in a title."""

    place: Jurisdiction
    year: int | None
    as_of: str | None

    @property
    def district(self) -> str | None:
        """The name of the place, if there is one."""
        return self.place.name or None


def read_title(title: str, context: str = "") -> TitleFacts:
    """Return the facts in a title; the lines around it supply those that are missing.

    >>> read_title("江汉区《2021年政府工作报告》任务进展表（截至2021年6月底）")
    TitleFacts(place=Jurisdiction(code='420103', name='江汉区'), year=2021, as_of='2021-06')
    >>> [read_title(f"2023年{when}重点工作推进情况").as_of for when in ("1-9月", "半年度")]
    ['2023-09', '2023-06']
    >>> read_title("2025—2027年行动计划", "2025年3月1日").year is None
    True
    >>> read_title("产业实施方案", "到2027年，规模翻一番。").year is None
    True
    """
    year = _find_year(title)
    if year is None and not has_year_range(title):
        year = _find_year(_GOAL.sub("", context))
    as_of = _end_date(title, year, _PERIOD) or _end_date(context, year, None)
    return TitleFacts(find_author(title, context), year, as_of)


def has_year_range(title: str) -> bool:
    """Return whether a title is that of a plan of several years.

    >>> has_year_range("行动计划（2025—2027年）"), has_year_range("2025年1-9月工作")
    (True, False)
    """
    return bool(_YEARS.search(title))


def _find_year(text: str) -> int | None:
    """Return the year in a text, first that of a plan; the years of a range do not count."""
    if has_year_range(text):
        text = _AS_OF.sub("", _YEARS.sub("", text))
    found = _YEAR.search(text) or _ANY_YEAR.search(text)
    return int(found.group()[:4]) if found else None


def _end_date(text: str, plan: int | None, periods: re.Pattern[str] | None) -> str | None:
    """Return the ISO date up to which a text reports: 截至 and a date, or else a period."""
    text = _DOTTED.sub(lambda it: f"{it[1]}年{it[3]}月" + (f"{it[4]}日" if it[4] else ""), text)
    until = _AS_OF.search(text)
    if until and until["ends"]:
        return f"{until['ends']}-12"
    year = int(until["year"]) if until and until["year"] else plan
    if until and year:
        month, day = int(until["month"]), until["day"]
        exists = day and 1 <= int(day) <= monthrange(year, month)[1]
        return f"{year}-{month:02d}" + (f"-{int(day):02d}" if exists else "")
    period = periods.search(text) if periods else None
    if not period or not plan:
        return None
    if period["half"] or period["whole"]:
        return f"{plan}-{6 if period['half'] else 12:02d}"
    last = (
        _QUARTERS[period["quarter"]]
        if period["quarter"]
        else (period["month"] or period["within"] or period["only"])
    )
    return f"{plan}-{int(last):02d}"


def remove_letter_spaces(title: str) -> str:
    """Return a title without the spaces between the characters of spaced-out words.

    >>> [remove_letter_spaces(title) for title in ("2021 年 重 点 工 作 表", "东湖区 2021年工作表")]
    ['2021年重点工作表', '东湖区 2021年工作表']
    """
    return re.sub(r"(?<=\w)[ \u3000]+(?=\w)", "", title) if _SPACED.search(title) else title


def is_list(telling: int, items: int, title: str) -> bool:
    """Return whether items are a list of tasks, not just any text with numbers.

    Args:
        telling: How many of them name a unit or report progress.
        items: How many there are.
        title: The title above them, or the lines that may contain it.

    >>> is_list(0, 3, "2024年重点任务分工"), is_list(0, 3, "名单"), is_list(2, 9, "名单")
    (True, False, True)
    """
    if telling >= 2 or (telling and telling == items):
        return True
    return items >= 2 and bool(_LIST_TITLE.search(title))


def is_list_title(text: str) -> bool:
    """Return whether a line is the title of a list of tasks, or a line in brackets below it.

    >>> [is_list_title(text) for text in ("柳园区2024年重点任务分工", "（柳园区）", "一、任务")]
    [True, True, False]
    """
    if _SUBTITLE.fullmatch(text):
        return True
    return bool(_ANY_YEAR.search(text) and _LIST_TITLE.search(text)) and not text.endswith("。")


def best_title(lines: Sequence[str]) -> str:
    """Return the title in some lines; it may span several of them.

    >>> letter = ["关于印发2023年", "重点工作任务分解的通知", "各单位：", "现印发给你们。"]
    >>> best_title([*letter, "2023年重点工作分解表"]), best_title(["落实情况如下。"])
    ('2023年重点工作分解表', '')
    """
    runs: list[list[str]] = [[]]
    for line in lines:
        text = _ATTACHED.sub("", line.strip())
        patterns = (_NO_TITLE.search, _SIGNED.fullmatch, _NUMBERED.match)
        is_other = any(matches(text) for matches in patterns) or is_furniture(text)
        if not text or len(text) > _LONGEST or is_other:
            runs.append([])
        elif "关于" in text and any("关于" in line for line in runs[-1]):
            runs.append([text])
        elif text not in runs[-1]:
            runs[-1].append(text)
    titles = ["".join(_without_paths(run)[-_MOST_LINES:]) for run in runs if run]
    return max(reversed(titles), key=_title_score, default="")


def _without_paths(lines: Sequence[str]) -> list[str]:
    """Return lines without those that lead to the beginning of another: the path to a page.

    >>> _without_paths(["当前位置：首页 公告 2023年任务", "2023年任务"])
    ['2023年任务']
    """
    starts = [line[:_BEGINNING] for line in lines]
    return [line for line in lines if not any(start in line[1:] for start in starts)]


def _title_score(title: str) -> int:
    patterns = (_LISTED, _ABOUT_PROGRESS, _ANY_YEAR)
    return (
        2 * bool(_LISTED.search(title))
        + sum(bool(pattern.search(title)) for pattern in patterns)
        + has_place(title)
    )


def identifiers(facts: TitleFacts, jurisdiction: Jurisdiction, path: Path) -> tuple[str, str]:
    """Return the readable identifiers of a report and of the plan that it reports on.

    Both begin with the district's name in pinyin; without one, the file name is used.

    >>> title = read_title("东湖区2021年重点工作进展（截至6月底）")
    >>> identifiers(title, Jurisdiction("360102", "东湖区"), Path("x.txt"))
    ('donghu-2021-06', 'donghu-2021')
    """
    district = romanised_name(jurisdiction)
    if not district or not facts.year:
        name = re.sub(r"[^\w]+", "-", path.stem).strip("-") or "report"
        return name, name
    plan = f"{district}-{facts.year}"
    return (f"{district}-{facts.as_of}" if facts.as_of else plan), plan

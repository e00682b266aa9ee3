"""What a table's title tells: the district, the year, and up to when progress is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from kg.model import Jurisdiction

_YEAR = re.compile(r"(20\d\d)\s*(?:年|政府工作报告)")
_AS_OF = re.compile(
    r"截[至止]到?\s*(?:(?P<year>20\d\d)\s*年)?\s*(?P<month>1[0-2]|0?[1-9])\s*月"
    r"(?:\s*(?P<day>[0-3]?\d)\s*日)?"
)
_DISTRICT = re.compile(
    r"^\W{0,3}(?:[^\W\d]{2,12}?[省市州])?([^\W\d]{1,8}?(?:新区|自治县|区|县|市|旗))"
)


@dataclass(frozen=True, slots=True)
class TitleFacts:
    """What a title tells; `as_of` is an ISO month or day."""

    district: str | None
    year: int | None
    as_of: str | None


def read_title(title: str) -> TitleFacts:
    """Return what a title tells.

    >>> read_title("东湖区《2021年政府工作报告》任务进展表（截至2021年6月底）")
    TitleFacts(district='东湖区', year=2021, as_of='2021-06')
    """
    district, year, until = (p.search(title) for p in (_DISTRICT, _YEAR, _AS_OF))
    plan = int(year.group(1)) if year else None
    as_of = None
    if until and (until["year"] or plan):
        as_of = f"{until['year'] or plan}-{int(until['month']):02d}"
        if until["day"]:
            as_of += f"-{int(until['day']):02d}"
    return TitleFacts(district.group(1) if district else None, plan, as_of)


def identifiers(facts: TitleFacts, jurisdiction: Jurisdiction, path: Path) -> tuple[str, str]:
    """Return the readable identifiers of a report and of the plan that it tells of.

    Both begin with the district's name in pinyin; without one, the file's name stands in.

    >>> title = read_title("东湖区2021年重点工作进展（截至6月底）")
    >>> identifiers(title, Jurisdiction("360102", "东湖区"), Path("x.txt"))
    ('donghu-2021-06', 'donghu-2021')
    """
    from pypinyin import lazy_pinyin

    stem = re.sub(r"(?<=.)(新区|自治县|区|县|市|旗)$", "", jurisdiction.name)
    district = "".join(lazy_pinyin(stem))
    if not district or not facts.year:
        name = re.sub(r"[^\w]+", "-", path.stem).strip("-") or "report"
        return name, name
    plan = f"{district}-{facts.year}"
    return (f"{district}-{facts.as_of}" if facts.as_of else plan), plan

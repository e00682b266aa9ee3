from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Jurisdiction
from kg.reading.title import identifiers, read_title


@pytest.mark.parametrize(
    ("title", "district", "year", "as_of"),
    [
        ("江汉区《2019政府工作报告》责任事项表（截至2019年10月底）", "江汉区", 2019, "2019-10"),
        ("武汉市青山区2021年重点工作（截止到6月30日）", "青山区", 2021, "2021-06-30"),
        ("《海曙区2020年政府工作报告》目标任务表", "海曙区", 2020, None),
        ("临江县政府实事项目", "临江县", None, None),
        ("重点工作完成情况", None, None, None),
    ],
)
def test_title_tells_district_year_and_date(
    title: str, district: str | None, year: int | None, as_of: str | None
) -> None:
    facts = read_title(title)
    assert (facts.district, facts.year, facts.as_of) == (district, year, as_of)


def test_file_name_stands_in_for_a_title_that_tells_nothing() -> None:
    facts = read_title("重点工作完成情况")
    path = Path("某区 table (1).txt")
    assert identifiers(facts, Jurisdiction(None, ""), path) == ("某区-table-1", "某区-table-1")

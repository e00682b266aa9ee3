from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Jurisdiction
from kg.reading import read
from kg.reading.review import missing_facts, summary
from kg.reading.title import best_title, identifiers, read_title


@pytest.mark.parametrize(
    ("title", "district", "year", "as_of"),
    [
        ("江汉区《2019政府工作报告》责任事项表（截至2019年10月底）", "江汉区", 2019, "2019-10"),
        ("武汉市青山区2021年重点工作（截止到6月30日）", "青山区", 2021, "2021-06-30"),
        ("《海曙区2020年政府工作报告》目标任务表", "海曙区", 2020, None),
        ("临江县政府实事项目", "临江县", None, None),
        ("重点工作完成情况", None, None, None),
        ("坚持市场导向2022年重点工作", None, 2022, None),
        ("各县2022年重点工作", None, 2022, None),
    ],
)
def test_title_gives_district_year_and_date(
    title: str, district: str | None, year: int | None, as_of: str | None
) -> None:
    facts = read_title(title)
    assert (facts.district, facts.year, facts.as_of) == (district, year, as_of)


@pytest.mark.parametrize(
    ("title", "year", "as_of"),
    [
        ("青川省数字经济行动计划（2024—2026年）", None, None),
        ("青川省数字经济行动计划（2024年-2026年）", None, None),
        ("青川省数字经济行动计划(2024~2026年)", None, None),
        ("青川省三年行动计划（2024至2026年）进展情况（截至2025年6月底）", None, "2025-06"),
        ("青川省三年行动计划（2024—2026年）2025年任务清单", 2025, None),
        ("青川省2024年1-9月重点工作进展", 2024, "2024-09"),
    ],
)
def test_the_years_of_a_long_plan_are_not_the_year_of_the_report(
    title: str, year: int | None, as_of: str | None
) -> None:
    facts = read_title(title, "2024年3月1日")
    assert (facts.year, facts.as_of) == (year, as_of)


@pytest.mark.parametrize(
    ("told", "as_of"),
    [
        ("截至2024年6月30日", "2024-06-30"),
        ("截至6月31日", "2024-06"),
        ("截至2024.6.30", "2024-06-30"),
        ("截至2024-06", "2024-06"),
        ("截止2023年底", "2023-12"),
        ("2024年底前完成", None),
    ],
)
def test_dates_of_progress_are_read_in_all_their_forms(told: str, as_of: str | None) -> None:
    assert read_title(f"乐亭县2024年重点工作（{told}）").as_of == as_of


def test_digits_of_a_longer_number_are_not_a_year() -> None:
    assert read_title("重点工作清单", "联系电话：0571-82012345").year is None
    assert read_title("重点工作清单", "某政办发〔2023〕12号").year == 2023


def test_file_name_is_used_if_the_title_has_no_facts() -> None:
    facts = read_title("重点工作完成情况")
    path = Path("某区 table (1).txt")
    assert identifiers(facts, Jurisdiction(None, ""), path) == ("某区-table-1", "某区-table-1")


@pytest.mark.parametrize(
    ("title", "report", "plan"),
    [
        ("乐亭县2024年重点工作进展（截至6月底）", "laoting-2024-06", "laoting-2024"),
        ("洪洞县2024年民生实事清单", "hongtong-2024", "hongtong-2024"),
        ("陕西省2024年重点任务", "shaanxi-2024", "shaanxi-2024"),
        ("杭州市西湖区2024年实事", "xihu-330106-2024", "xihu-330106-2024"),
        ("绿洲县2024年前三季度重点工作进展", "lvzhou-2024-09", "lvzhou-2024"),
        ("乐亭县行动计划（2024—2026年）", "file", "file"),
    ],
)
def test_identifiers_contain_place_and_period(title: str, report: str, plan: str) -> None:
    facts = read_title(title)
    assert identifiers(facts, facts.place, Path("file.txt")) == (report, plan)


def test_a_title_that_names_a_place_is_preferred() -> None:
    lines = ["2024年重点工作任务", "", "乐亭县2024年重点工作任务", "", "2024年附表任务"]
    assert best_title(lines) == "乐亭县2024年重点工作任务"


PLAN = """青川省{what}行动计划（2024—2026年）

各市、县（市、区）人民政府，省政府直属各单位：
一、重点任务
（一）建设{what}中心。（责任单位：省科技厅）
（二）培训基层人员。（责任单位：省教育厅）
"""


def test_plans_for_the_same_years_are_two_reports(tmp_path: Path) -> None:
    for name, what in (("a", "算力"), ("b", "康养")):
        (tmp_path / f"{name}.txt").write_text(PLAN.format(what=what), encoding="utf-8")
    one, other = (read(tmp_path / f"{name}.txt") for name in "ab")
    assert (one.identifier, other.identifier) == ("a", "b")
    assert one.jurisdiction == other.jurisdiction == Jurisdiction(None, "青川省")


LIST = "{title}\n序号,工作任务,进展情况,责任单位\n1,修路10条,{progress},区建设局\n"


@pytest.mark.parametrize(
    ("title", "progress", "lacks"),
    [
        ("乐亭县2024年重点工作（截至6月底）", "已修3条", ()),
        ("乐亭县2024年重点工作", "", ()),
        ("乐亭县行动计划（2024—2026年）", "", ()),
        ("重点工作", "", ("no place (give --jurisdiction", "no year")),
        ("朝阳区2024年重点工作", "", ("no certain code of 朝阳区",)),
        ("乐亭县2024年重点工作", "已修3条", ("no date of the progress",)),
        ("乐亭县行动计划（2024—2026年）", "已修3条", ("no date of the progress",)),
    ],
)
def test_missing_facts_are_reported_in_one_sentence(
    title: str, progress: str, lacks: tuple[str, ...], tmp_path: Path
) -> None:
    path = tmp_path / "list.csv"
    path.write_text(LIST.format(title=title, progress=progress), encoding="utf-8")
    report = read(path)
    sentence = missing_facts(report)
    assert bool(sentence) == bool(lacks)
    assert sentence.count(") and no") == max(len(lacks) - 1, 0)
    assert all(part in sentence for part in lacks)
    assert (sentence in summary(report)) or not sentence


def test_the_date_beside_a_table_is_read_and_not_part_of_its_title(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(
        "乐亭县2023年实事项目进展情况表,,,\n填报单位：县政府办    统计日期：2023年9月30日,,,\n"
        "序号,项目名称,进展情况,责任单位\n1,新建托位,已建成240个,县卫健局\n",
        encoding="utf-8",
    )
    report = read(path)
    assert report.title == "乐亭县2023年实事项目进展情况表"
    assert (report.year, report.as_of) == (2023, "2023-09-30")


@pytest.mark.parametrize(
    "above",
    [
        "> 政务公开 > 专题专栏 > 民生实事 > 进展\n",
        "当前位置：首页 公告 {title}\n",
        "序号 | 项目 | 进展\n",
        "手机看文章\n",
    ],
)
def test_lines_of_the_page_are_not_part_of_the_title(above: str, tmp_path: Path) -> None:
    title = "乐亭县2024年民生实事进展情况（截至6月底）"
    path = tmp_path / "list.txt"
    path.write_text(
        f"{above.format(title=title)}{title}\n1.新建停车位600个。（责任单位：县城管局）\n进展：已新增410个。\n"
        "2.改造危房120户。（责任单位：县住建局）\n进展：全部改造完毕。\n",
        encoding="utf-8",
    )
    assert read(path).title == title

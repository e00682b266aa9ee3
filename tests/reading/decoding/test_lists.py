"""Texts around and in lists of tasks: letters, page furniture, damage, people."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import InputError
from kg.extraction.facts import extract
from kg.extraction.record import to_record
from kg.model import Date, Department, Group, Obstacle, Plan, Report
from kg.reading import read
from kg.reading.review import summary, to_json
from tests.files import text_file


def read_prose(folder: Path, text: str, code: str | None = None) -> Report:
    path = folder / "list.txt"
    path.write_text(text, encoding="utf-8", newline="")
    return read(path, code)


LETTER = """首页 > 政务公开 > 重点工作
青山区人民政府办公室
关于印发2024年重点任务分工的通知
青政办〔2024〕3号
发布日期：2024-02-05　来源：政府办　【字体：大 中 小】
各街道办事处，区政府各部门：
现将分工方案印发给你们，请各责任单位认真落实。
一、提高认识。各牵头单位要认真履职，各责任单位要主动配合。
二、按时报送。责任单位要在每月5日前报送进展情况，联系人：丁某某，电话：0000。
青山区人民政府办公室
2024年2月1日
附件
2024年重点任务分工
一、绿化
1.植树3000棵。（责任单位：区园林局）
— 2 —
2.建绿道8公里。（责任单位：区园林局、区水务局）
二、保障措施
加强组织领导，确保任务落实。
抄送：区委办公室。
打印本页　关闭窗口
"""


def test_a_letter_and_the_page_around_a_list_are_left_out_and_reported(tmp_path: Path) -> None:
    report = read_prose(tmp_path, LETTER, "150204")
    assert [task.task.text for task in report.tasks] == ["植树3000棵。", "建绿道8公里。"]
    assert [task.category for task in report.tasks] == [("绿化", None)] * 2
    assert report.title == "2024年重点任务分工"
    assert (report.year, report.jurisdiction.name) == (2024, "青山区")
    (note, *_) = report.problems
    assert (note.row, note.line) == (None, 8)
    assert "left out" in note.reason
    rest = dict(report.coverage.rest)
    assert {*range(1, 13), 18, 19, 20, 21} <= set(rest)
    assert not {14, 15, 17} & set(rest)
    assert "丁某某" not in summary(report) + to_json(report)


@pytest.mark.parametrize(
    "text",
    [
        "今年工作很多。我们要努力。\n",
        "2024年政府工作报告\n各位代表：\n一、回顾\n经济增长6%。\n二、安排\n加快发展。\n",
        "关于报送材料的通知\n请各责任单位认真准备，责任单位要在3月1日前报送。\n一、内容\n二、格式\n",
        "1\n2\n3\n",
    ],
)
def test_texts_that_are_not_lists_of_tasks_are_refused_in_one_sentence(
    text: str, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match="no list of tasks") as refused:
        read_prose(tmp_path, text)
    assert "\n" not in str(refused.value)


def test_the_city_itself_may_report(tmp_path: Path) -> None:
    text = (
        "关于2022年重点工作的通知\n湖州市2022年重点工作责任分解\n"
        "1.办展。责任单位：市商务局\n2.修路。责任单位：市交通局\n"
    )
    report = read_prose(tmp_path, text)
    assert (report.jurisdiction.code, report.jurisdiction.name) == ("330500", "湖州市")
    assert read_prose(tmp_path, text, "430100").jurisdiction.name == "长沙市"


@pytest.mark.parametrize(
    ("title", "as_of"),
    [
        ("天心区2023年1-11月重点工作推进情况", "2023-11"),
        ("天心区2023年上半年民生实事进展", "2023-06"),
        ("天心区2023年一季度重点工作进展", "2023-03"),
        ("天心区2023年重点工作进展（截至9月底）", "2023-09"),
        ("天心区2023年10月份民生实事进展情况", "2023-10"),
        ("天心区2023年民生实事清单", None),
    ],
)
def test_a_title_contains_the_date_of_the_report(
    title: str, as_of: str | None, tmp_path: Path
) -> None:
    report = read_prose(
        tmp_path, f"{title}\n1.修路。责任单位：区建设局\n2.架桥。责任单位：区建设局\n"
    )
    assert (report.as_of, report.jurisdiction.code) == (as_of, "430103")


def test_leaders_are_kept_only_on_request(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "list.txt",
        "岳麓区2024年重点工作\n一、戊某某副区长主抓重点工作\n"
        "1.修路。（责任领导：戊某某；责任单位：区建设局（王某某））\n"
        "2.架桥。（己某副区长牵头，区建设局负责）\n分管领导：己某\n责任单位：区交通局\n"
        "3.绿化。责任单位：区园林局；责任人：庚某某\n",
    )
    report = read(path)
    records = json.dumps([to_record(found) for found in extract(report)], ensure_ascii=False)
    for name in ("戊某某", "己某", "庚某某", "王某某"):
        assert name not in to_json(report) + summary(report) + records
    asked = read(path, with_people=True)
    found = [("戊某某", "王某某"), ("己某",), ("庚某某",)]
    assert [task.leaders for task in asked.tasks] == found
    assert to_record(next(extract(asked)))["leaders"] == ["戊某某", "王某某"]
    assert [[d.name for d in task.departments] for task in report.tasks] == [
        ["区建设局"],
        ["区建设局", "区交通局"],
        ["区园林局"],
    ]


def test_a_leader_named_after_a_post_is_left_out_too(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "list.txt",
        "芙蓉区2024年领办实事\n1.副区长李某某：领办停车难治理。责任单位：区城管局。\n"
        "2.区长王某领办建校2所。责任单位：区教育局。\n",
    )
    report = read(path)
    assert "李某某" not in to_json(report)
    assert "王某" not in to_json(report)
    assert report.tasks[0].task.text == "副区长：领办停车难治理。"
    kept = [task.leaders for task in read(path, with_people=True).tasks]
    assert kept == [("李某某",), ("王某",)]


def test_labelled_parts_become_progress_problems_plans_and_dates(tmp_path: Path) -> None:
    report = read_prose(
        tmp_path,
        "开福区2024年重点工作进展情况（截至6月底）\n"
        "1.修路6公里。（责任单位：区建设局；完成时限：2024年12月底前）\n"
        "进展情况：已修4公里。存在问题：管线迁改滞后；资金不足。下步打算：9月完成迁改。\n"
        "2.架桥1座。责任单位：区建设局\n进展情况：已通车。\n存在问题：无\n",
    )
    first, second = extract(report)
    assert first.task.progress.text == "已修4公里。"
    assert [(o.kind, o.what) for o in first.obstacles if o.evidence.cell == "problem"] == [
        ("problem", "管线迁改滞后"),
        ("problem", "资金不足"),
    ]
    assert [plan.what for plan in first.plans] == ["9月完成迁改"]
    planned = {(d.iso, d.evidence.cell) for d in first.dates if d.role == "planned"}
    assert planned == {("2024-12", "deadline"), ("2024-09", "plan")}
    facts: list[Obstacle | Plan | Date] = [*first.obstacles, *first.plans, *first.dates]
    for fact in facts:
        evidence = fact.evidence
        cell = first.task.cell(evidence.cell)
        assert cell.text[evidence.start : evidence.end] == evidence.quote
    assert (second.obstacles, second.plans) == ((), ())


def test_damage(tmp_path: Path) -> None:
    report = read_prose(
        tmp_path,
        "\ufeff２０２４年芙蓉区重点任务分解\r\n"
        "　　１．投\u00ad资1,200万元，新\u200b建泵站。（责任单位:区水务局、区财\r"
        "2、修渠（二期。(牵头单位：区水务局；配合单位：区农业农村局\x0b3.清淤［责任单位：区水务局］\n",
    )
    assert [task.task.text for task in report.tasks] == [
        "投资1,200万元，新建泵站。",
        "修渠（二期。",
        "清淤",
    ]
    assert [[(d.name, d.role) for d in task.departments] for task in report.tasks] == [
        [("区水务局", "responsible"), ("区财", "responsible")],
        [("区水务局", "lead"), ("区农业农村局", "cooperating")],
        [("区水务局", "responsible")],
    ]
    assert any("“区财”" in problem.reason and problem.row == 1 for problem in report.problems)


def test_groups_and_other_names_are_not_departments(tmp_path: Path) -> None:
    report = read_prose(
        tmp_path,
        "开福区2024年任务清单\n1.兴农。责任单位：区委农办(区农业局)、各街道、区直有关部门\n"
        "2.清街。责任单位：通泰街街道、伍家岭街道办事处，市城管局开福分局\n",
    )
    first, second = report.tasks
    assert [d.name for d in first.departments] == ["区委农办", "区农业局"]
    assert [group.name for group in first.groups] == ["各街道", "区直有关部门"]
    assert [d.name for d in second.departments] == [
        "通泰街街道",
        "伍家岭街道办事处",
        "市城管局开福分局",
    ]
    assert "各街道" in summary(report)
    assert to_record(next(extract(report)))["groups"][0] == "各街道"


FIRST = "芙蓉区2024年任务分解\n1.修路。责任单位：区建设局"
PIECES = st.sampled_from(
    "一、|（一）|1.|（2）|①|▲|——|责任单位：|牵头单位：区教育局|（区财政局牵头，各街道配合）|"
    "（|）|【|】|\n|\n|\r|　|"
    "完成情况：|下步打算：|；责任领导：辛某；|由区教育局会同区财政局|"
    "列第一位的为牵头单位|第一项：|附件1|— 2 —|。|，|、|"
    "2024年重点工作任务分解表|截至6月底，|\x0b|\u200b|区|局|1,000|abc ".split("|")
)


@settings(max_examples=200)
@given(st.lists(PIECES, max_size=60).map("".join) | st.text(max_size=80))
def test_any_text_gives_a_report_or_bad_input(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.txt"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    try:
        report = read(path)
    except InputError:
        return
    assert "辛某" not in to_json(report)
    for task in report.tasks:
        units: tuple[Department | Group, ...] = (*task.departments, *task.groups)
        for unit in units:
            span = task.department_cell.text[unit.evidence.start : unit.evidence.end]
            assert span == unit.evidence.quote != ""


@pytest.mark.parametrize(
    "unit",
    "（|（责任单位：区教育局|责任单位：区教育局、|▲植树\n|植树\n|（市（区|由区教育局|一|完成情况：好。\n".split(
        "|"
    ),
)
def test_time_grows_with_the_text(unit: str, tmp_path: Path) -> None:
    path = tmp_path / "long.txt"

    def seconds(length: int) -> float:
        middle = unit * (length // len(unit))
        text = f"{FIRST}\n2.{middle}\n3.架桥（责任单位：区建设局）\n"
        path.write_text(text, encoding="utf-8")
        start = time.process_time()
        read(path, "430102")
        return time.process_time() - start

    seconds(2_000)
    short, long = min(seconds(8_000) for _ in range(2)), seconds(64_000)
    assert long < 24 * max(short, 0.01)


def test_units_above_items_hold_whatever_the_items_have(tmp_path: Path) -> None:
    report = read_prose(
        tmp_path,
        "青山区2024年重点任务进度\n\n区教育局\n1.新建幼儿园2所：1所已建成，1所主体封顶。\n"
        "2.改造校舍1.2万平方米：已完成0.8万平方米。\n区住建局\n3.改造老旧小区6个：全部开工。\n"
        "4.新增停车位600个：已新增410个。\n",
        "150204",
    )
    units = [[unit.name for unit in task.departments] for task in report.tasks]
    assert units == [["区教育局"]] * 2 + [["区住建局"]] * 2


def test_names_of_annexes_are_not_tasks(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="contains no list of tasks"):
        read_prose(
            tmp_path,
            "近日，区政府督查室对民生实事项目1-9月份进展情况进行跟踪督查，老旧小区改造等项目进度缓慢。\n"
            "责任单位要高度重视，倒排时间节点，确保完成年度任务。\n附件1：慢序时项目\n附件2：按序时项目\n",
            "150204",
        )


def test_results_of_a_section_are_not_those_of_its_first_task(tmp_path: Path) -> None:
    report = read_prose(
        tmp_path,
        "现将2021年重点工作上半年完成情况通报如下：\n一、主要指标完成情况\n"
        "上半年，全区完成地区生产总值102.8亿元，比上年同期增长8.6%，增幅全市排第2位。\n"
        "二、其他任务完成情况\n1.新建5G基站400个。已建成310个。\n2.植树3000棵。已植树2600棵。\n",
        "150204",
    )
    assert [task.progress.text for task in report.tasks] == ["已建成310个。", "已植树2600棵。"]
    assert {task.category[0] for task in report.tasks} == {"其他任务完成情况"}
    assert not report.title.startswith(("一、", "二、"))


def test_an_annex_does_not_continue_the_last_task(tmp_path: Path) -> None:
    report = read_prose(
        tmp_path,
        "青山区2023年民生实事进展情况通报\n\n1. 新建城区公共停车位600个。\n责任单位：区城管局\n"
        "进展：已新增车位410个。\n2. 改造农村危房120户。\n"
        "责任单位：区住建局\n进展：全部改造完毕。\n\n"
        "附：各街道完成情况排名\n第1名 云山街道 98.5分\n第2名 白沙街道 97.1分\n",
        "150204",
    )
    assert [task.progress.text for task in report.tasks] == ["已新增车位410个。", "全部改造完毕。"]
    assert "第1名 云山街道 98.5分" in dict(report.coverage.rest).values()


def test_the_section_after_the_tasks_is_not_a_task(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "plan.txt",
        "柳园市夜经济实施方案\n一、重点任务\n1.开放夜市。新增两处。（责任单位：市商务局）\n"
        "2.延长末班车。（责任单位：市交通局）\n"
        "二、保障措施\n建立市商务局牵头，市公安局参与的工作机制。\n",
    )
    assert [task.task.text for task in read(path).tasks] == ["开放夜市。新增两处。", "延长末班车。"]

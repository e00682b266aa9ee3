from __future__ import annotations

import pytest

from kg.reading.structure.document import Paragraph
from kg.reading.tables.grid import Grid, read_grid
from tests.reading.grids import document, grid, pages, table

TITLE = "柳园市2025年重点任务分解表"


def texts(found: Grid) -> list[str]:
    return [task.task.text for task in found.tasks]


# Rows of a table, and the category and text of each of its tasks.
COLUMNS = {
    "cells that span several tasks are categories": (
        [
            ("序号", "工作任务", "实施路径", "责任单位"),
            ("1", "做优文旅（2项）", "开通观光巴士2条。", "市文旅局"),
            ("2", "^", "新增民宿12家。", "市商务局"),
        ],
        [("做优文旅（2项）", "开通观光巴士2条。"), ("做优文旅（2项）", "新增民宿12家。")],
    ),
    "a column of figures is the target of the indicator before it": (
        [
            ("领域", "考核指标", "目标", "责任单位"),
            ("交通", "新增充电桩", "800个", "市交通局"),
            ("住房", "筹集公寓", "1200套以上", "市住建局"),
        ],
        [("交通", "新增充电桩 800个"), ("住房", "筹集公寓 1200套以上")],
    ),
    "blank cells of a first column of tasks continue those above": (
        [
            ("项目名称", "建设任务", "完成情况"),
            ("教育提升", "新建幼儿园2所", "已建成1所"),
            ("", "改造校舍3栋", "全部完成"),
            ("医疗改善", "新增床位120张", "全部完成"),
        ],
        [("教育提升", "新建幼儿园2所"), ("教育提升", "改造校舍3栋"), ("医疗改善", "新增床位120张")],
    ),
    "projects that differ from row to row belong to the task": (
        [
            ("序号", "项目", "主要内容", "责任单位"),
            ("一、交通类", "<", "<", "<"),
            ("1", "青溪大桥", "维修加固", "县交通局"),
            ("2", "环城路", "拓宽3.2公里", "县交通局"),
            ("合计", "2个", "", ""),
        ],
        [("交通类", "青溪大桥 维修加固"), ("交通类", "环城路 拓宽3.2公里")],
    ),
    "figures beside projects are their targets": (
        [
            ("序号", "项目", "目标值", "完成值", "责任部门"),
            ("1", "新增停车位（个）", "600", "410", "县城管局"),
            ("2", "改造农村危房（户）", "120", "120", "县住建局"),
        ],
        [("", "新增停车位（个） 600"), ("", "改造农村危房（户） 120")],
    ),
    "a cell that spans category and task columns is a task": (
        [
            ("重点任务", "<", "责任单位"),
            ("更新机房", "<", "网络科"),
            ("建设食堂", "采购灶具", "后勤科"),
            ("^", "招聘厨师", "后勤科"),
        ],
        [("", "更新机房"), ("建设食堂", "采购灶具"), ("建设食堂", "招聘厨师")],
    ),
    "a task that spans both columns has no category of the rows above": (
        [
            ("序号", "工作任务", "<", "责任单位"),
            ("1", "建设云平台", "采购服务器", "信息科"),
            ("2", "^", "迁移系统", "信息科"),
            ("3", "开展培训", "<", "人事科"),
        ],
        [("建设云平台", "采购服务器"), ("建设云平台", "迁移系统"), ("", "开展培训")],
    ),
    "rows of a blank form are not tasks": (
        [
            ("序号", "工作任务", "进展情况", "责任单位"),
            ("1", "修桥", "已通车", "市交通局"),
            ("2", "", "", ""),
            ("3", "", "", ""),
        ],
        [("", "修桥")],
    ),
    "numbers may be in the category column": (
        [
            ("序号", "领域分类", "项目名称", "责任单位"),
            ("一", "供水", "项目数2个", ""),
            ("", "1", "东线管网", "东区水务局"),
            ("", "2", "西线管网", "西区水务局"),
        ],
        [("供水", "东线管网"), ("供水", "西线管网")],
    ),
}


@pytest.mark.parametrize(("rows", "tasks"), COLUMNS.values(), ids=COLUMNS)
def test_columns_are_categories_or_tasks(
    rows: list[tuple[str, ...]], tasks: list[tuple[str, str]]
) -> None:
    found = grid(TITLE, *rows)
    assert [(task.category[0], task.task.text) for task in found.tasks] == tasks


def test_a_schedule_is_not_progress() -> None:
    found = grid(
        TITLE,
        ("序号", "工作任务", "工作进度", "责任单位"),
        ("1", "修订章程", "3月：起草；5月：表决", "办公室"),
        ("2", "举办运动会", "4月：报名；10月：比赛", "体育部"),
    )
    assert [task.progress.text for task in found.tasks] == ["", ""]
    assert found.tasks[1].details == (("工作进度", found.tasks[1].details[0][1]),)
    assert found.tasks[1].details[0][1].text == "4月：报名；10月：比赛"


def test_a_table_with_its_own_header_does_not_continue_the_one_above() -> None:
    tasks = [("序号", "工作任务", "牵头单位"), ("1", "编制规划。", "市发改委")]
    parks = [("序号", "园区名称", "所在区"), ("1", "云溪产业园", "石桥区")]
    for blocks in ([table(tasks), table(parks)], [table([*tasks, *parks])]):
        found = read_grid(document(TITLE, *blocks))
        assert texts(found) == ["编制规划。"]
        (problem,) = found.left_out
        assert "云溪产业园" in {text for _, row in found.coverage.rest for text in row.split(" | ")}
        assert problem.reason.startswith("a table without columns of tasks")


def test_rows_with_the_same_number_and_task_are_one_task() -> None:
    found = grid(
        TITLE,
        ("序号", "工作任务", "工作措施", "牵头单位"),
        ("1", "稳投资", "逐月调度", "投资科"),
        ("1", "稳投资", "完善台账", "投资科"),
        ("2", "促消费", "发放消费券", "商贸科"),
    )
    assert texts(found) == ["稳投资", "促消费"]
    assert found.tasks[0].details[0][1].text == "逐月调度 完善台账"


def test_rows_without_number_and_task_continue_the_row_above() -> None:
    found = grid(
        TITLE,
        ("序号", "实事项目", "具体措施", "责任单位"),
        ("1", "办好教育", "新建幼儿园2所", "市教育局"),
        ("", "", "改造校舍3栋", "市住建局"),
        ("2", "方便出行", "新增公交车20辆", "市交通局"),
    )
    assert texts(found) == ["办好教育", "方便出行"]
    assert found.tasks[0].details[0][1].text == "新建幼儿园2所 改造校舍3栋"
    assert found.tasks[0].department_cell.text == "市教育局、市住建局"


def test_a_promise_alone_in_its_row_belongs_to_the_task_above() -> None:
    found = grid(
        TITLE,
        ("序号", "工作任务", "责任单位", "进展情况"),
        ("1", "新建学校1所", "市教育局", "主体封顶"),
        ("新增学位810个", "", "", ""),
        ("医疗卫生（1个）", "", "", ""),
        ("2", "新建医院1所", "市卫健局", "已开工"),
        ("", "新增床位300张", "", ""),
    )
    assert texts(found) == ["新建学校1所 新增学位810个", "新建医院1所 新增床位300张"]
    assert [task.category[0] for task in found.tasks] == ["", "医疗卫生"]


@pytest.mark.parametrize(
    ("heading", "rates"), [("完成率", ["80%", "100%"]), ("完成进度（%）", ["80", "100"])]
)
def test_rates_and_scores_beside_progress_are_details(heading: str, rates: list[str]) -> None:
    found = grid(
        TITLE,
        ("序号", "工作任务", "责任单位", heading, "进展情况"),
        ("1", "新建托位300个", "市卫健局", rates[0], "已新增240个"),
        ("2", "改造小区6个", "市住建局", rates[1], "全部竣工"),
    )
    assert [task.progress.text for task in found.tasks] == ["已新增240个", "全部竣工"]
    assert [task.details[0][1].text for task in found.tasks] == rates


def test_rates_alone_are_the_progress() -> None:
    found = grid(
        TITLE,
        ("序号", "工作任务", "责任单位", "完成率"),
        ("1", "新建托位300个", "市卫健局", "80%"),
    )
    assert found.tasks[0].progress.text == "80%"


def test_a_row_without_a_number_continues_after_a_page_break() -> None:
    found = read_grid(
        document(
            TITLE,
            pages(
                [
                    ("对应任务", "细则名称", "牵头部门"),
                    ("（一）", "数据登记", "省数据局"),
                    ("（二）", "数据共享协同", "省市场监管（知识产"),
                ],
                [("", "管理办法", "权）局"), ("（三）", "数据定价", "省财政厅")],
            ),
            unit="page",
        )
    )
    assert texts(found) == ["数据登记", "数据共享协同管理办法", "数据定价"]


def test_headings_of_a_text_are_not_headings_of_its_annex() -> None:
    rows = table([("序号", "工作任务", "责任单位"), ("1", "修桥", "市交通局")])
    heading = Paragraph("五、保障措施", 2)
    text = Paragraph("加强领导，落实经费。", 3)
    found = read_grid(document(TITLE, heading, text, Paragraph("附1", 4), rows))
    assert found.tasks[0].category == ("", None)
    assert read_grid(document(TITLE, heading, rows)).tasks[0].category == ("保障措施", None)


def test_tracks_are_not_subdistricts() -> None:
    found = grid(
        TITLE,
        ("序号", "重点任务", "具体工作", "责任单位"),
        ("一", "新兴赛道（低空）", "", ""),
        ("1", "建设起降点", "选址三处", "市交通局"),
    )
    assert found.tasks[0].category[0] == "新兴赛道（低空）"

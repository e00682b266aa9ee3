from __future__ import annotations

import pytest

from kg.reading.structure.document import Document, Paragraph
from kg.reading.tables.grid import read_grid
from tests.reading.grids import LEFT, departments, document, grid, pages, report, table

XIHU, JINJIANG = "330106", "510104"
XIHU_TITLE = "西湖区2021年政府工作报告重点任务推进情况表"
JINJIANG_TITLE = "锦江区2022年民生实事项目清单"


@pytest.mark.parametrize(
    "task", "工作任务 目标任务 主要任务 重点工作 项目名称 项目内容 实事内容 目标与任务".split()
)
@pytest.mark.parametrize(
    "progress", "进展情况 完成情况 落实情况 执行落实情况 推进情况 当前进度".split()
)
@pytest.mark.parametrize(
    "unit",
    "责任单位 责任部门 主要责任部门 负责科室 业主单位 建设主体 责任主体与协同单位 "
    "牵头责任单位 牵头部门 协办单位 配合部门".split(),
)
def test_headings_that_districts_use_are_recognised(task: str, progress: str, unit: str) -> None:
    found = grid(
        XIHU_TITLE,
        ("序号", task, progress, unit),
        ("1", "建设公园3个。", "已建成2个。", "区园林局"),
        ("2", "改造道路5条。", "正在施工。", "区住建局、区城管局"),
    )
    assert [c.column for c in found.columns] == ["number", "task", "progress", "departments"]
    assert [t.task.text for t in found.tasks] == ["建设公园3个。", "改造道路5条。"]
    assert [t.progress.text for t in found.tasks] == ["已建成2个。", "正在施工。"]
    names = [[name for name, _ in row] for row in departments(report(found, XIHU))]
    assert names == [["区园林局"], ["区住建局", "区城管局"]]


@pytest.mark.parametrize(
    ("heading", "cell"),
    [
        ("完成时限", "deadline"),
        ("时间节点", "deadline"),
        ("拟投入运营时间", "deadline"),
        ("存在问题", "problem"),
        ("下步工作打算", "plan"),
    ],
)
def test_deadlines_problems_and_next_steps_have_their_own_fields(heading: str, cell: str) -> None:
    found = grid(
        JINJIANG_TITLE,
        ("序号", "实事内容", heading, "责任单位"),
        ("1", "新建幼儿园2所。", "11月底验收", "区教育局"),
    )
    (task,) = report(found, JINJIANG).tasks
    assert getattr(task, cell).text == "11月底验收"
    assert task.details == ()


@pytest.mark.parametrize(
    "heading",
    "一季度目标 目标类型 是否达序 备注 说明 资金来源 进一步意见".split(),
)
def test_text_of_other_columns_is_kept_as_details(heading: str) -> None:
    found = grid(
        JINJIANG_TITLE,
        ("序号", "实事内容", heading, "责任单位"),
        ("1", "新建幼儿园2所。", "11月底", "区教育局"),
        ("2", "新增车位800个。", "", "区综合执法局"),
    )
    first, second = report(found, JINJIANG).tasks
    assert [(name, cell.text) for name, cell in first.details] == [(heading, "11月底")]
    assert second.details == ()
    assert found.coverage.placed == sum(
        len(text) for text in ("1新建幼儿园2所。11月底区教育局", "2新增车位800个。区综合执法局")
    )


def test_a_plan_has_no_progress() -> None:
    found = grid(
        JINJIANG_TITLE,
        ("序号", "实事内容", "完成时限", "责任单位"),
        ("1", "新建幼儿园2所。", "11月底", "区教育局"),
        ("2", "新增车位800个。", "12月底", "区综合执法局"),
    )
    assert report(found, JINJIANG).problems == ()
    assert [task.progress.text for task in found.tasks] == ["", ""]


def test_names_of_leaders_are_kept_only_on_demand() -> None:
    shown = document(
        XIHU_TITLE,
        table(
            [
                ("序号", "工作任务", "责任领导", "责任单位"),
                ("1", "建设公园3个。", "张三丰", "区园林局"),
            ]
        ),
    )
    without, kept = read_grid(shown), read_grid(shown, with_people=True)
    assert "张三丰" not in repr(without)
    assert without.coverage.characters == kept.coverage.characters - 3
    assert "责任领导" in [problem.text for problem in without.left_out]
    assert [(name, cell.text) for name, cell in kept.tasks[0].details] == [("责任领导", "张三丰")]


def test_department_columns_have_roles() -> None:
    found = grid(
        XIHU_TITLE,
        ("序号", "工作任务", "牵头单位", "配合单位", "业主单位"),
        ("1", "建设公园3个。", "区园林局", "区财政局、区住建局", "西湖城投公司"),
        ("2", "改造道路5条。", "区住建局", "", ""),
    )
    assert departments(report(found, XIHU)) == [
        [
            ("区园林局", "lead"),
            ("区财政局", "cooperating"),
            ("区住建局", "cooperating"),
            ("西湖城投公司", "responsible"),
        ],
        [("区住建局", "lead")],
    ]
    text = found.tasks[0].department_cell.text
    assert text == "牵头单位：区园林局；配合单位：区财政局、区住建局；责任单位：西湖城投公司"


def test_departments_of_two_levels_of_government_lead() -> None:
    found = grid(
        JINJIANG_TITLE,
        ("项目名称", "市级牵头单位", "区级牵头单位"),
        ("“一网通办”", "市政务服务局", "区行政审批局"),
    )
    assert departments(report(found, JINJIANG)) == [
        [("市政务服务局", "lead"), ("区行政审批局", "lead")]
    ]


def test_a_header_in_two_rows() -> None:
    found = grid(
        XIHU_TITLE,
        ("序\n号", "工 作 任 务", "责任单位", "<", "推进情况", "<"),
        ("^", "^", "牵 头", "配 合", "1–10月", "1–11月"),
        ("1", "建设公园3个。", "区园林局", "区财政局", "建成1个。", "建成2个。"),
        ("2", "改造道路5条。", "区住建局", "区城管局", "进场。", ""),
    )
    made = report(found, XIHU)
    assert departments(made) == [
        [("区园林局", "lead"), ("区财政局", "cooperating")],
        [("区住建局", "lead"), ("区城管局", "cooperating")],
    ]
    assert [task.progress.text for task in made.tasks] == ["建成2个。", "进场。"]
    assert made.tasks[0].details[0][1].text == "建成1个。"


def test_the_later_of_two_progress_columns_is_used_and_dates_the_report() -> None:
    found = grid(
        XIHU_TITLE,
        ("序号", "工作任务", "1–10月推进情况", "1–11月推进情况", "责任部门"),
        ("1", "建设公园3个。", "建成1个。", "建成2个。", "区园林局"),
    )
    made = report(found, XIHU)
    assert made.as_of == "2021-11"
    assert made.tasks[0].progress.text == "建成2个。"
    assert [(n, c.text) for n, c in made.tasks[0].details] == [("1–10月推进情况", "建成1个。")]


def test_task_columns_are_joined_and_progress_columns_too() -> None:
    found = grid(
        JINJIANG_TITLE,
        ("责任单位", "序号", "项目名称", "项目内容", "当前进度", "推进情况"),
        ("区教育局", "1", "幼儿园建设", "新建2所。", "60%", "主体封顶。"),
    )
    (task,) = found.tasks
    assert (task.task.text, task.progress.text) == ("幼儿园建设 新建2所。", "60% 主体封顶。")
    assert task.department_cell.text == "区教育局"


def test_rows_grouped_by_department_and_by_subject() -> None:
    found = grid(
        XIHU_TITLE,
        ("序号", "重点工作", "完成情况"),
        ("一、区教育局（2项）", "<", "<"),
        ("1", "新建学校2所。", "已开工。"),
        ("2", "改造食堂6个。", "已完成。"),
        ("二、区民政局（1项）", "<", "<"),
        ("1", "新建养老站3个。", "已建成。"),
    )
    made = report(found, XIHU)
    names = [[name for name, _ in row] for row in departments(made)]
    assert names == [["区教育局"], ["区教育局"], ["区民政局"]]
    assert [task.number for task in made.tasks] == [1, 2, 3]
    assert [p.reason for p in made.problems] == ["the number 1 is repeated; read as 3"]
    subjects = grid(
        JINJIANG_TITLE,
        ("序号", "实事内容", "责任单位"),
        ("一", "民生保障", "<"),
        ("（一）教育", "<", "<"),
        ("1", "新建幼儿园2所。", "区教育局"),
        ("（二）养老", "<", "<"),
        ("2", "新建养老站3个。", "区民政局"),
        ("二", "城市建设", "<"),
        ("3", "改造道路5条。", "区住建局"),
        ("备注：各项目均须年底前完成", "<", "<"),
    )
    assert [task.category for task in subjects.tasks] == [
        ("民生保障", "教育"),
        ("民生保障", "养老"),
        ("城市建设", None),
    ]
    assert "备注：各项目均须年底前完成" in [text for _, text in subjects.coverage.rest]


def test_merged_cells_apply_to_all_their_rows() -> None:
    found = grid(
        XIHU_TITLE,
        ("序号", "类别", "工作任务", "进展情况", "责任单位"),
        ("1", "民生", "新建学校2所。", "已开工。", "区教育局"),
        ("^", "^", "改造食堂6个。", "已完成。", "^"),
        ("2", "^", "新建养老站3个。", "已建成。", "区民政局"),
    )
    made = report(found, XIHU)
    assert [task.task.text for task in made.tasks] == [
        "新建学校2所。",
        "改造食堂6个。",
        "新建养老站3个。",
    ]
    assert [[d.name for d in task.departments] for task in made.tasks] == [
        ["区教育局"],
        ["区教育局"],
        ["区民政局"],
    ]
    assert {task.category for task in made.tasks} == {("民生", None)}


def test_a_task_may_span_rows_of_several_departments() -> None:
    found = grid(
        XIHU_TITLE,
        ("序号", "工作任务", "进展情况", "责任单位"),
        ("1", "新建学校2所。", "已开工。", "区教育局"),
        ("^", "^", "已供地。", "区规划局"),
        ("2", "新建养老站3个。", "已建成。", "区民政局"),
    )
    made = report(found, XIHU)
    assert [task.progress.text for task in made.tasks] == ["已开工。 已供地。", "已建成。"]
    assert [name for name, _ in departments(made)[0]] == ["区教育局", "区规划局"]


def test_broad_tasks_over_several_rows_are_categories() -> None:
    found = grid(
        XIHU_TITLE,
        ("重点工作", "工作任务", "责任单位"),
        ("教育强区", "新建学校2所。", "区教育局"),
        ("^", "改造食堂6个。", "区教育局"),
        ("颐养之区", "新建养老站3个。", "区民政局"),
    )
    assert [(t.category[0], t.task.text) for t in found.tasks] == [
        ("教育强区", "新建学校2所。"),
        ("教育强区", "改造食堂6个。"),
        ("颐养之区", "新建养老站3个。"),
    ]


def test_repeated_headers_and_rows_split_by_page_breaks() -> None:
    head = ("序号", "类别", "工作任务", "进展情况", "责任部门")
    shown = pages(
        (
            head,
            ("1", "民生", "新建学校\n2所。", "已开工。", "人力资源和社\n会保障局"),
            ("2", "", "改造食堂", "一是已完", "教育局"),
        ),
        (
            head,
            ("", "", "6个。", "成3个。", ""),
            ("3", "", "新建养老站3个。", "已建成。", "民政局"),
        ),
    )
    found = read_grid(document(XIHU_TITLE, shown, unit="page"))
    assert [(t.task.text, t.progress.text) for t in found.tasks] == [
        ("新建学校2所。", "已开工。"),
        ("改造食堂6个。", "一是已完成3个。"),
        ("新建养老站3个。", "已建成。"),
    ]
    assert found.tasks[1].progress.line_at(5) == 2
    names = [[name for name, _ in row] for row in departments(report(found, XIHU))]
    assert names == [["人力资源和社会保障局"], ["教育局"], ["民政局"]]


def test_a_merged_cell_with_its_text_on_a_later_page() -> None:
    head = ("序号", "类别", "工作任务", "进展情况", "责任部门")
    shown = pages(
        (
            head,
            ("1", "经济", "招商20亿元。", "完成。", "商务局"),
            ("2", "", "新建学校2所。", "已开工。", "教育局"),
            ("3", "^", "改造食堂6个。", "已完成。", "教育局"),
        ),
        (
            head,
            ("4", "民生", "新建养老站3个。", "已建成。", "民政局"),
            ("5", "^", "救助500人。", "已救助。", "民政局"),
        ),
        (
            head,
            ("6", "", "新建车位90个。", "已建成。", "城管局"),
            ("7", "^", "修路。", "在建。", "^"),
        ),
    )
    found = read_grid(document(XIHU_TITLE, shown, unit="page"))
    assert [task.category[0] for task in found.tasks] == ["经济", *["民生"] * 6]


def test_tables_below_headings_and_parts_of_tables_are_one_report() -> None:
    head = ("序号", "工作任务", "责任单位")
    found = read_grid(
        document(
            JINJIANG_TITLE,
            Paragraph("一、民生保障", 2, 2),
            table([head, ("1", "新建学校2所。", "区教育局")]),
            table([("2", "改造食堂6个。", "区教育局")]),
            table([("姓名", "职务", "电话"), ("张三丰", "主任", "12345678")]),
            Paragraph("二、城市建设", 3, 2),
            table([head, ("1", "改造道路5条。", "区住建局")]),
        )
    )
    made = report(found, JINJIANG)
    assert [(task.number, task.category[0]) for task in made.tasks] == [
        (1, "民生保障"),
        (2, "民生保障"),
        (3, "城市建设"),
    ]
    assert ["left out" in problem.reason for problem in found.left_out] == [True]
    assert "张三丰" not in repr(found)


def test_sheets_with_names_are_categories() -> None:
    head = ("序号", "工作任务", "责任单位")
    found = read_grid(
        Document(
            (
                table([head, ("1", "新建学校2所。", "区教育局")], name="民生"),
                table([head, ("2", "改造道路5条。", "区住建局")], name="城建"),
            ),
            title=XIHU_TITLE,
        )
    )
    assert [task.category[0] for task in found.tasks] == ["民生", "城建"]
    assert found.title == XIHU_TITLE


def test_titles_remarks_and_totals_are_not_tasks() -> None:
    found = grid(
        "西湖区人民政府办公室关于印发重点任务的通知",
        ("附件1", "", "", "", ""),
        (XIHU_TITLE, "<", "<", "<", "<"),
        ("（截至2021年6月底）", "<", "<", "<", "<"),
        ("填报单位：区府办", "<", "<", "单位：万元", "<"),
        ("序号", "指标名称", "全年目标", "完成情况", "责任单位"),
        ("1", "财政收入", "100亿元", "55亿元", "区财政局"),
        ("合 计", "<", "", "3", ""),
    )
    made = report(found, XIHU)
    assert (made.title, made.as_of) == (f"{XIHU_TITLE}（截至2021年6月底）", "2021-06")
    assert [(t.task.text, t.progress.text) for t in made.tasks] == [("财政收入 100亿元", "55亿元")]


def test_words_of_a_covering_letter_are_not_headings() -> None:
    letter = "现将任务印发给你们，请各责任单位按照完成时限抓好落实，牵头单位要主动协调。"
    rows = [
        ("序号", "目标任务", "责任单位", "<"),
        ("^", "^", "牵头单位", "责任人"),
        ("1", "新建学校2所", "区教育局", "张三丰"),
    ]
    found = read_grid(document("锦江区2022年任务分解", Paragraph(letter, 2), table(rows)))
    assert found.title == "锦江区2022年任务分解"
    assert departments(report(found, JINJIANG)) == [[("区教育局", "lead")]]
    assert "张三丰" not in repr(found)


def test_missing_columns_of_a_table_are_named() -> None:
    found = grid(XIHU_TITLE, ("序号", "责任单位"), ("1", "区教育局"))
    assert (found.tasks, found.missing) == ((), "工作任务, 进展情况")


def test_a_continued_table_may_lack_the_last_columns() -> None:
    head = ("序号", "重点工作", "责任单位", "推进情况", "备注")
    found = read_grid(
        document(
            XIHU_TITLE,
            table([head, ("1", "建设公园3个。", "区园林局", "已建成2个。", "市列")]),
            Paragraph("民生类工作进展如下（续表）", 9),
            table([("2", "改造道路5条。", "区城管局", "正在施工。")]),
            table([("区名", "总数", "完成", "比例")]),
        )
    )
    assert [(t.task.text, t.progress.text) for t in found.tasks] == [
        ("建设公园3个。", "已建成2个。"),
        ("改造道路5条。", "正在施工。"),
    ]


def test_another_header_among_the_rows_has_its_own_columns() -> None:
    found = grid(
        XIHU_TITLE,
        ("序", "实事项目", "完成情况", "承办单位"),
        ("1", "建设公园3个。", "已建成2个。", "区园林局"),
        ("附件2：重点工程建设情况", LEFT, LEFT, LEFT),
        ("序", "责任单位", "包项领导", "工程名称"),
        ("1", "区城管局", "王某某", "改造道路5条。"),
    )
    assert [t.task.text for t in found.tasks] == ["建设公园3个。", "改造道路5条。"]
    assert departments(report(found, XIHU)) == [[("区园林局", None)], [("区城管局", None)]]
    assert "王某某" not in repr(found)


def test_tasks_without_a_column_of_numbers_may_have_their_own_and_break_over_pages() -> None:
    head = ("重点工作任务", "落实情况", "责任部门")
    shown = pages(
        (
            head,
            ("1．改扩建机场\n航站楼。", "已批复。", "乙区政府\n甲区政府\n市人力资源和社\n会保障局"),
            ("2．脱贫9000人。", "预计减贫9126人，甲自", "市扶贫办、甲自"),
        ),
        (
            ("", "治旗各项指标均已达标。", "治旗政府"),
            ("3．新建养殖场50个。", "已建成56个。", "市农牧局、各街道\n（镇）"),
        ),
    )
    found = read_grid(document(XIHU_TITLE, shown, unit="page"))
    assert [(t.number, t.task.text, t.progress.text) for t in found.tasks] == [
        (1, "改扩建机场航站楼。", "已批复。"),
        (2, "脱贫9000人。", "预计减贫9126人，甲自治旗各项指标均已达标。"),
        (3, "新建养殖场50个。", "已建成56个。"),
    ]
    made = report(found, XIHU)
    assert [[name for name, _ in row] for row in departments(made)] == [
        ["乙区政府", "甲区政府", "市人力资源和社会保障局"],
        ["市扶贫办", "甲自治旗政府"],
        ["市农牧局"],
    ]
    assert [group.name for group in made.tasks[2].groups] == ["各街道（镇）"]

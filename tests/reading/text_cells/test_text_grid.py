"""Tables in plain text with cells separated by tabs, bars or spaces, or on lines of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Department, Group, Report, Task
from kg.reading import read

DISTRICTS = {"西湖区": "330106", "锦江区": "510104"}


def read_text(folder: Path, text: str, with_people: bool = False) -> Report:
    path = folder / "table.txt"
    path.write_text(text, encoding="utf-8")
    # More than one district is called 西湖区.
    code = next(code for name, code in DISTRICTS.items() if name in text)
    return read(path, code, with_people=with_people)


def units_of(task: Task) -> list[Department | Group]:
    return [*task.departments, *task.groups]


def shown(report: Report) -> list[tuple[str, str, str, str, str]]:
    """Return the facts of each row: category, task, units with roles, deadline, progress."""
    return [
        (
            "/".join(filter(None, task.category)),
            task.task.text,
            " ".join(f"{unit.name}:{unit.role}" for unit in units_of(task)),
            task.deadline.text,
            task.progress.text,
        )
        for task in report.tasks
    ]


@pytest.mark.parametrize("district", DISTRICTS)
@pytest.mark.parametrize("mark", ["\t", "  ", "|"])
def test_one_row_on_each_line(mark: str, district: str, tmp_path: Path) -> None:
    rows = [
        f"{district}2024年重点工作分解表",
        mark.join(("序号", "工作任务", "牵头单位", "配合单位", "完成时限")),
        "一、产业",
        mark.join(("1", "引进项目20个", "区投促局", "各镇街", "12月")),
        mark.join(("2", "建产业园2个", "区经信局", "区住建局", "11月")),
        "二、民生",
        mark.join(("3", "建医院1家", "区卫健局", "区财政局、区住建局", "12月")),
        "合计",
        "注：本表由区府办解释",
    ]
    report = read_text(tmp_path, "\n".join(rows))
    assert report.jurisdiction.code == DISTRICTS[district]
    assert report.title == rows[0]
    assert shown(report) == [
        ("产业", "引进项目20个", "区投促局:lead 各镇街:cooperating", "12月", ""),
        ("产业", "建产业园2个", "区经信局:lead 区住建局:cooperating", "11月", ""),
        (
            "民生",
            "建医院1家",
            "区卫健局:lead 区财政局:cooperating 区住建局:cooperating",
            "12月",
            "",
        ),
    ]


def test_single_spaces_where_only_the_last_cell_may_be_empty(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "西湖区2024年民生实事推进情况\n序号 项目名称 建设内容 责任单位 进展情况 备注\n"
        "1 停车场 增泊位500个 区城管局 已完成420个\n2 幼儿园 新建2所 区教育局 主体完工 9月投用\n",
    )
    assert [task.progress.text for task in report.tasks] == ["已完成420个", "主体完工"]
    assert [(h, c.text) for t in report.tasks for h, c in t.details] == [("备注", "9月投用")]


def test_aligned_columns_give_roles_deadlines_and_the_latest_period(tmp_path: Path) -> None:
    head = "序号  工作任务        牵 头 部 门  责任部门          完成时限  1-10月进展  1-11月进展\n"
    report = read_text(
        tmp_path,
        f"锦江区2023年重点工作责任分解表\n\n{head}"
        "1     新建公园2座，   区园林局     区城管局、各街道  12月底    建成1座     建成2座\n"
        "      修绿道10公里\n"
        f"                              - 1 -\n{head}"
        "2     建设市集3个     区商务局     区建设局          10月      建成2个     建成3个\n",
    )
    assert shown(report) == [
        (
            "",
            "新建公园2座，修绿道10公里",
            "区园林局:lead 区城管局:responsible 各街道:responsible",
            "12月底",
            "建成2座",
        ),
        ("", "建设市集3个", "区商务局:lead 区建设局:responsible", "10月", "建成3个"),
    ]
    assert [(h, c.text) for h, c in report.tasks[0].details] == [("1-10月进展", "建成1座")]


def test_headings_and_titles_that_are_spaced_out_over_two_lines(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "锦江区 2023 年 重 点 工 作 分 解 表\n"
        "序    目  标 任 务             牵 头       配 合       完 成\n"
        "号                             单 位       单 位       时 限\n"
        "1     新增规上企业30户，净增   区经信局    区商务局    12月底\n"
        "      服务业企业12户                       各街道\n"
        "2     举办美食节               区商务局    区文旅局    10月底\n",
    )
    assert (report.title, report.year) == ("锦江区2023年重点工作分解表", 2023)
    roles = "区经信局:lead 区商务局:cooperating 各街道:cooperating"
    assert [row[1:4] for row in shown(report)] == [
        ("新增规上企业30户，净增服务业企业12户", roles, "12月底"),
        ("举办美食节", "区商务局:lead 区文旅局:cooperating", "10月底"),
    ]


ONE_A_LINE = """{d}2023年民生实事项目完成情况
序号
实事项目
实事内容
责任领导
责任单位
完成时限
完成情况
一、教育
1
扩优学位
新增学位2000个
赵某某
区教育局
各镇街
8月底
已新增2100个，超额完成。
2
阳光食堂
改造食堂6个，
添置冷柜12台
赵某某
区教育局、区市监局
11月底
已完成5个。
二、养老
3
助餐服务
新增助餐点12个
钱某
区民政局
（区老龄办）
12月底
已新增9个。
合计
3项
"""


@pytest.mark.parametrize("district", DISTRICTS)
def test_one_cell_on_each_line(district: str, tmp_path: Path) -> None:
    text = ONE_A_LINE.format(d=district)
    report = read_text(tmp_path, text, with_people=True)
    assert report.jurisdiction.code == DISTRICTS[district]
    assert shown(report) == [
        (
            "教育",
            "扩优学位 新增学位2000个",
            "区教育局:None 各镇街:None",
            "8月底",
            "已新增2100个，超额完成。",
        ),
        (
            "教育",
            "阳光食堂 改造食堂6个，添置冷柜12台",
            "区教育局:None 区市监局:None",
            "11月底",
            "已完成5个。",
        ),
        ("养老", "助餐服务 新增助餐点12个", "区民政局:None 区老龄办:None", "12月底", "已新增9个。"),
    ]
    assert "赵某某" not in str(read_text(tmp_path, text))


def test_merged_cells_before_the_number_are_inherited(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "锦江区2022年目标分解\n责任单位\n序号\n目标任务\n完成情况\n区发改局\n1\n投资增长8%\n增长8.3%\n"
        "2\n储备项目50个\n储备62个\n区教育局\n1\n新建学校2所\n已建成1所\n2\n招聘教师9人\n招聘12人\n",
    )
    assert [(row[1], row[2], row[4]) for row in shown(report)] == [
        ("投资增长8%", "区发改局:None", "增长8.3%"),
        ("储备项目50个", "区发改局:None", "储备62个"),
        ("新建学校2所", "区教育局:None", "已建成1所"),
        ("招聘教师9人", "区教育局:None", "招聘12人"),
    ]


def test_a_category_is_in_its_first_row_only(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "西湖区2024年重点工作清单\n序号\n类别\n工作任务\n牵头领导\n牵头单位\n完成时限\n"
        "1\n产业\n引育企业5家\n王某\n区发改局\n12月\n2\n新增上市2家\n王某\n区金融办\n11月\n"
        "3\n城建\n改造小区15个\n李某某\n区住建局\n12月\n4\n新建绿道9公里\n李某某\n区园林局\n10月\n",
    )
    assert [(row[0], row[1], row[2]) for row in shown(report)] == [
        ("产业", "引育企业5家", "区发改局:lead"),
        ("产业", "新增上市2家", "区金融办:lead"),
        ("城建", "改造小区15个", "区住建局:lead"),
        ("城建", "新建绿道9公里", "区园林局:lead"),
    ]


def test_without_numbers_each_row_has_all_its_lines(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "西湖区2024年实事\n实事内容\n责任单位\n进展情况\n修路2条\n区建设局\n完工1条\n植树90棵\n区园林局\n已完成\n",
    )
    assert [(row[1], row[2], row[4]) for row in shown(report)] == [
        ("修路2条", "区建设局:None", "完工1条"),
        ("植树90棵", "区园林局:None", "已完成"),
    ]


def test_markdown_in_a_text_is_read_as_such(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "# 锦江区2024年重点任务\n\n## 一、产业\n\n**1. 引企业20家。**（牵头单位：区投促局）\n\n"
        "- **进展情况：** 已引15家。\n\n"
        "**2. 建楼3栋。**（牵头单位：区建设局；配合单位：各街道）\n\n"
        "## 二、民生\n\n3. 建学校1所。（牵头单位：区教育局）\n",
    )
    assert report.title == "锦江区2024年重点任务"
    assert shown(report) == [
        ("产业", "引企业20家。", "区投促局:lead", "", "已引15家。"),
        ("产业", "建楼3栋。", "区建设局:lead 各街道:cooperating", "", ""),
        ("民生", "建学校1所。", "区教育局:lead", "", ""),
    ]
    table = read_text(
        tmp_path,
        "**西湖区2023年重点工作**\n\n| 序号 | 工作任务 | 牵头单位 | 完成情况 |\n|---|---|---|---|\n"
        "| 1 | **建**公园3个 | 区园林局 | 已建成 |\n",
    )
    assert (table.title, shown(table)) == (
        "西湖区2023年重点工作",
        [("", "建公园3个", "区园林局:lead", "", "已建成")],
    )


@pytest.mark.parametrize(
    ("remark", "roles"),
    [
        ("注：列第一位的为牵头单位", ["lead None", "lead"]),
        ("注：仅有一个责任单位的，该单位为牵头单位。", ["None None", "lead"]),
        ("注：未明确牵头单位的，责任单位均为牵头单位。", ["lead lead", "lead"]),
        ("注：牵头单位要抓好落实", ["None None", "None"]),
    ],
)
def test_a_remark_on_a_table_says_who_leads(remark: str, roles: list[str], tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "西湖区2024年重点工作\n序号\t工作任务\t责任单位\n"
        f"1\t修路2条\t区建设局、区交通局\n2\t植树90棵\t区园林局\n{remark}\n",
    )
    assert [" ".join(str(d.role) for d in task.departments) for task in report.tasks] == roles


def test_blank_cells_before_filled_ones_are_merged_with_those_above(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "西湖区2024年民生实事任务清单\n序号\t实事项目\t具体措施\t责任单位\n"
        "1\t办好教育\t新建幼儿园2所\t区教育局\n\t\t改造校舍3栋\t区住建局\n"
        "2\t方便出行\t新增公交车20辆\t区交通局\n",
    )
    assert [(row[1], row[2]) for row in shown(report)] == [
        ("办好教育", "区教育局:None 区住建局:None"),
        ("方便出行", "区交通局:None"),
    ]


def test_a_column_of_remarks_on_lines_of_its_own_is_a_column(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "西湖区2022年民生实事进度表\n\n  • 发布日期：2022-12-14\n\n序号\n\n项目内容\n\n"
        "当前进度\n\n牵头单位\n\n备注\n\n1\n\n新建幼儿园5所。\n\n80%\n\n区教育局\n\n市民生实事\n\n"
        "2\n\n建设农村路55公里。\n\n95%\n\n区交通局\n\n区民生实事\n",
    )
    assert report.title == "西湖区2022年民生实事进度表"
    assert [row[:3] + row[4:] for row in shown(report)] == [
        ("", "新建幼儿园5所。", "区教育局:lead", "80%"),
        ("", "建设农村路55公里。", "区交通局:lead", "95%"),
    ]
    assert [task.details[0][1].text for task in report.tasks] == ["市民生实事", "区民生实事"]


def test_cells_may_be_separated_by_commas(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "西湖区2024年微实事项目进展表\n序号,项目名称,实施社区,项目进展,经费（万元）\n"
        "1,青云健身广场改造,青云社区,已完工,12\n2,白沙楼道亮化,白沙社区,正在安装灯具,8\n",
    )
    assert [(row[1], row[4]) for row in shown(report)] == [
        ("青云健身广场改造", "已完工"),
        ("白沙楼道亮化", "正在安装灯具"),
    ]


def test_what_is_below_a_table_with_bars_does_not_make_it_uncertain(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "西湖区2026年拟实施民生实事项目\n1.电子邮箱：xh@example.com；\n2.信函：市民中心412室。\n\n"
        "序号 | 项目名称 | 资金来源 | 责任单位\n1 | 农村供水保障提质 | 中央资金 | 区水利局\n"
        "2 | 普惠托育扩容 | 区级财政 | 区卫健局\n\n西湖区政府办公室\n2025年12月15日\n\n相关阅读\n",
    )
    assert [(row[1], row[2]) for row in shown(report)] == [
        ("农村供水保障提质", "区水利局:None"),
        ("普惠托育扩容", "区卫健局:None"),
    ]
    assert "相关阅读" in dict(report.coverage.rest).values()


def test_an_indented_row_lacks_the_merged_cell_before_it(tmp_path: Path) -> None:
    rows = [
        "西湖区2024年重点工作推进情况",
        "工作板块    重点任务    推进情况    责任分工",
        "园区升级    园区封闭化管理    卡口9处全部建成    牵头：区经信局；配合：区公安局",
        "            建设5万千瓦光伏    并网3.2万千瓦    牵头：区发改局；配合：区供电公司",
    ]
    assert [row[:3] for row in shown(read_text(tmp_path, "\n".join(rows)))] == [
        ("园区升级", "园区封闭化管理", "区经信局:lead 区公安局:cooperating"),
        ("园区升级", "建设5万千瓦光伏", "区发改局:lead 区供电公司:cooperating"),
    ]


def test_cells_in_a_frame_of_box_drawing_characters(tmp_path: Path) -> None:
    rows = [
        "西湖区2016年民生实事推进情况",
        "┌──┬──────────┬────────┬────────────┬──┐",
        "│序号│　　民生实事　　　│　责任部门　　│　　　进展情况　　　　│备注│",
        "├──┼──────────┼────────┼────────────┼──┤",
        "│ 1  │改造供热管网120公里│区城管局、区财政局│改造管网131公里。　　　│完成│",
        "├──┼──────────┼────────┼────────────┼──┤",
        "│ 2  │建设健身步道15条　　│区体育局　　　　│已建成12条。　　　　　│　　│",
        "└──┴──────────┴────────┴────────────┴──┘",
        "说明：备注栏空白的为正在推进项目。",
    ]
    assert [(row[1], row[2], row[4]) for row in shown(read_text(tmp_path, "\n".join(rows)))] == [
        ("改造供热管网120公里", "区城管局:None 区财政局:None", "改造管网131公里。"),
        ("建设健身步道15条", "区体育局:None", "已建成12条。"),
    ]

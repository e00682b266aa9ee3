"""Tables with tabs, as copied from spreadsheets and documents."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from kg.reading.structure.document import Table
from kg.reading.text_cells.tab_table import tab_table
from kg.reading.text_cells.text_lines import content_lines
from tests.reading.texts import read_text, shown


def test_cells_with_line_breaks_and_quotation_marks(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "青溪省2023年重点任务三季度完成情况\n\n序号\t重点任务\t责任领导\t责任部门\t\t三季度完成情况\t备注\n"
        "\t\t\t牵头\t配合\t\t\n"
        '1\t"加快“引水入川”工程，\n推进配套城乡供水工程通水"\t张某某\t省水利厅\t"省发展改革委\n省自然资源厅"\t'
        '"8个县区全部通水。\n主体工程完成92%。"\t\n'
        "2\t建设重点实验室3家\t\t省科技厅\t\t3家实验室挂牌运行。\t提前\n",
    )
    assert shown(report) == [
        (
            "加快“引水入川”工程， 推进配套城乡供水工程通水",
            "8个县区全部通水。 主体工程完成92%。",
            ["省水利厅", "省发展改革委", "省自然资源厅"],
        ),
        ("建设重点实验室3家", "3家实验室挂牌运行。", ["省科技厅"]),
    ]


def test_a_header_on_several_lines_and_paragraphs_in_the_last_cell(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "青溪县2022年重点工作进展情况\n序号\t类别\t重点任务\t牵头单位\n（责任人）\t进展情况\n"
        "1\t产业\t做强滩羊产业。\t县农业农村局\n（冯  某）\t1.养殖方面。饲养量达到326万只。\n\n"
        "2.园区方面。建成圈舍42栋。\n2\t\t建成屠宰线1条。\t县工信局\n（郝  某）\t厂房主体完工。\n",
    )
    assert shown(report) == [
        (
            "做强滩羊产业。",
            "1.养殖方面。饲养量达到326万只。 2.园区方面。建成圈舍42栋。",
            ["县农业农村局"],
        ),
        ("建成屠宰线1条。", "厂房主体完工。", ["县工信局"]),
    ]


def test_rows_of_sums_and_groups_are_no_tasks(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "青溪市2023年重点建设项目进展情况统计表\n序号\t项目名称\t总投资\t形象进度\t责任单位\n"
        "\t总计（2个）\t1,386,200\t\t\n一\t续建项目（1个）\t285,000\t\t\n"
        "1\t钢厂超低排放改造项目\t285,000\t屋面安装完成\t市工信局\n"
        "二\t新建项目（1个）\t325,000\t\t\n2\t风电场（二期）\t325,000\t并网61台\t市发改委\n",
    )
    assert shown(report) == [
        ("钢厂超低排放改造项目", "屋面安装完成", ["市工信局"]),
        ("风电场（二期）", "并网61台", ["市发改委"]),
    ]


def test_a_price_list_is_no_table_of_tasks() -> None:
    rows = ["序号\t名称\t规格\t单位\t单价"] + [f"{n}\t鸡蛋\t一级\t斤\t{n}" for n in range(1, 6)]
    assert tab_table(content_lines(rows), {}) is None


CELL = st.text("建桥修路完成《》", min_size=1, max_size=12)


@settings(deadline=None)
@given(st.lists(st.tuples(CELL, CELL, CELL), min_size=2, max_size=6), st.data())
def test_cells_stay_the_same_wherever_their_lines_break(
    rows: list[tuple[str, str, str]], data: st.DataObject
) -> None:
    lines = ["序号\t工作任务\t进展情况\t责任单位"]
    expected = []
    for number, cells in enumerate(rows, 1):
        broken = []
        for cell in cells:
            at = data.draw(st.integers(0, len(cell) - 1))
            broken.append(f'"{cell[:at]}\n{cell[at:]}"' if at else cell)
        expected.append([str(number), *(cell.replace("\n", "").strip('"') for cell in broken)])
        lines += "\t".join([str(number), *broken]).split("\n")
    document = tab_table(content_lines(lines), {})
    assert document is not None
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert [[cell.text.replace("\n", "") for cell in row] for row in table.rows[1:]] == expected


def test_lines_of_the_page_with_tabs_are_not_rows(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "青溪市2023年重点任务进展情况\n日期：2023-10-20\t【大】【中】【小】\t责任编辑：何某\n\n"
        "分类\t工作任务\t年度目标\t责任单位\t目前进展\t备注\n"
        "城市\t建成涪江六桥，\n改造园艺大道\t涪江六桥通车\t市住建局\n市投控集团\t主桥合龙；\n路面改造完成76%。\t正常\n"
        "\t改造老旧小区325个\t开工率100%\t市住建局\t开工325个。\t\n"
        "教育\t新建幼儿园12所\t竣工10所\t市教育局\t竣工10所。\t\n\n"
        "主办：青溪市人民政府办公室\t承办：青溪市信息中心\t蜀ICP备19000001号-1\n",
    )
    assert [(task, units) for task, _, units in shown(report)] == [
        ("建成涪江六桥， 改造园艺大道 涪江六桥通车", ["市住建局", "市投控集团"]),
        ("改造老旧小区325个 开工率100%", ["市住建局"]),
        ("新建幼儿园12所 竣工10所", ["市教育局"]),
    ]


def test_the_last_cell_may_be_below_its_row(tmp_path: Path) -> None:
    rows = [
        ("新建学校8所。", "已启用6所。", "市教育局"),
        ("优化公交线路10条。", "已优化12条。", "市交通局"),
    ]
    text = "青溪市2024年重点任务完成情况\n工作任务\t完成情况\t责任单位\n" + "".join(
        f"{task}\t{progress}\t\n{unit}\n" for task, progress, unit in [*rows, *rows[:1]]
    )
    assert [units for _, _, units in shown(read_text(tmp_path, text))] == [
        ["市教育局"],
        ["市交通局"],
        ["市教育局"],
    ]


def test_a_merged_title_with_more_tabs_than_the_table(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "青溪县2023年重点任务11月推进情况表\n\t\t\t\t\t\t\t\t填表日期：2023.12.4\n"
        "编号\t领域\t具体任务\t责任部门\t当月进展\t状态\n"
        '1\t农业\t建设高标准农田5万亩\t"牵头：县农业农村局\n配合：县水利局"\t已建成4.6万亩。\t正常\n'
        "2\t\t培育良种基地6千亩\t县农业农村局\t落实基地6300亩。\t完成\n"
        "3\t能源\t推进煤电项目并网\t县发改局\t1号机组试运行。\t正常\n",
    )
    assert shown(report) == [
        ("建设高标准农田5万亩", "已建成4.6万亩。", ["县农业农村局", "县水利局"]),
        ("培育良种基地6千亩", "落实基地6300亩。", ["县农业农村局"]),
        ("推进煤电项目并网", "1号机组试运行。", ["县发改局"]),
    ]


def test_a_merged_first_cell_may_have_several_lines(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "青溪县2023年重点民生工作完成情况\n\n责任单位\t工作任务\t完成情况\t\n"
        "县教育局\t改造县中学运动场\t已交付使用。\n\t新建教师周转房20套\t主体完工。\n"
        "县文化和旅游局\n白马乡人民政府\t新建景区厕所8座\t8座全部投用。\n\t修复古桥1座\t已完工。\n",
    )
    assert shown(report) == [
        ("改造县中学运动场", "已交付使用。", ["县教育局"]),
        ("新建教师周转房20套", "主体完工。", ["县教育局"]),
        ("新建景区厕所8座", "8座全部投用。", ["县文化和旅游局", "白马乡人民政府"]),
        ("修复古桥1座", "已完工。", ["县文化和旅游局", "白马乡人民政府"]),
    ]


def test_the_row_of_the_signature_is_no_task(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "青溪县2022年度重点项目推进表\n序号\t重点项目\t责任单位\t进展情况\n"
        "1\t标准化厂房四期\t县经信局\t6栋主体封顶。\n2\t环线慢行系统\t县文旅局\t建成17公里\n"
        "县重点工程建设管理中心\t\t\t2022.12.28\n",
    )
    assert [task.progress.text for task in report.tasks] == ["6栋主体封顶。", "建成17公里"]


def test_lines_of_a_quoted_cell_begin_no_row(tmp_path: Path) -> None:
    report = read_text(
        tmp_path,
        "青溪县2022年实事项目进展情况\n序号\t实事项目\t责任部门\t三季度进展\n"
        '1\t改造积水点9处\t县城管局\t"完工7处，铺设雨水管6.8公里；\n北街段正在恢复路面"\n'
        "2\t新建文化广场\t县文旅局\t主体完工。\n",
    )
    assert [row[1] for row in shown(report)] == [
        "完工7处，铺设雨水管6.8公里； 北街段正在恢复路面",
        "主体完工。",
    ]

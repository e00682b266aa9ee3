from __future__ import annotations

from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kg.reading import read
from tests.reading import odf, office
from tests.test_cli import kg


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    """A workbook with a hidden row, column and sheet."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (
        ["锦江区2022年重点任务（截至3月底）"],
        ["序号", "工作任务", "推进情况", "责任单位", "内部意见"],
        ["=ROW()-2", "改造道路5条", 0.855, "区住建局", "不公开"],
        [2, "不公开的任务", "已开工", "区住建局", "不公开"],
        [3.0, "新建学校2所", "已开工", "区教育局", "不公开"],
    ):
        sheet.append(row)
    sheet.merge_cells("A1:E1")
    sheet["C3"].number_format = "0.0%"
    sheet.row_dimensions[4].hidden = True
    sheet.column_dimensions["E"].hidden = True
    other = book.create_sheet("底稿")
    other.append(["工作任务", "责任单位"])
    other.append(["不公开的任务", "区教育局"])
    other.sheet_state = "hidden"
    book.create_sheet("空白").sheet_state = "hidden"
    book.save(tmp_path / "t.xlsx")
    return tmp_path / "t.xlsx"


def check_seen(path: Path) -> None:
    report = read(path, "510104")
    assert [(task.number, task.progress.text) for task in report.tasks] == [
        (1, "85.5%"),
        (3, "已开工"),
    ]
    assert report.tasks[1].task.line_at(0) == 5
    assert (report.unit, report.as_of) == ("row", "2022-03")
    assert "不公开" not in repr(report)
    assert [(problem.line, problem.reason, problem.text) for problem in report.problems[-3:]] == [
        (4, "hidden rows are left out: 4", "Sheet"),
        (None, "hidden columns are left out: E", "Sheet"),
        (None, "a hidden sheet is left out", "底稿"),
    ]


def test_only_what_a_workbook_shows_is_read_and_the_rest_is_told(workbook: Path) -> None:
    check_seen(workbook)
    shown = kg("read", workbook, "--jurisdiction", "510104").stdout
    assert "review: row 4, “Sheet”: hidden rows are left out: 4" in shown
    assert "review: “底稿”: a hidden sheet is left out" in shown


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_sheets_of_other_formats_show_the_same(suffix: str, soffice: str, workbook: Path) -> None:
    check_seen(office.convert(soffice, workbook, suffix))


def test_hidden_rows_are_told_as_ranges_and_merged_cells_are_not_lost(tmp_path: Path) -> None:
    head = ("序号", "类别", "工作任务", "责任单位")
    hidden = "visibility", "collapse"
    filled = [
        odf.row(odf.cell("1") + odf.cell("民生", "number-rows-spanned", 3) + rest, *hidden)
        for rest in [odf.cell("不公开") + odf.cell("区教育局")]
    ]
    filled += [
        odf.row(
            odf.cell(str(n)) + covered + odf.cell(f"新建学校{n}所") + odf.cell("区教育局"), *told
        )
        for n, covered, told in (
            (2, "<table:covered-table-cell/>", ()),
            (3, "<table:covered-table-cell/>", ()),
            (4, odf.cell(""), hidden),
            (5, odf.cell(""), hidden),
        )
    ]
    path = odf.write_ods(tmp_path / "t.ods", [*odf.rows_of([head]), *filled])
    report = read(path, "510104")
    assert [(task.number, task.category[0]) for task in report.tasks] == [(2, "民生"), (3, "民生")]
    assert "hidden rows are left out: 2, 5–6" in [problem.reason for problem in report.problems]


def test_a_spreadsheet_tells_what_its_cells_show(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    cells = (
        "<table:table-cell><text:p>新建<text:span>学校</text:span>2<text:s/>所</text:p>"
        f"<text:p>改造食堂</text:p>{note}</table:table-cell>",
        '<table:table-cell office:value-type="percentage" office:value="0.855"/>',
        '<table:table-cell office:value-type="date" office:date-value="2022-11-30"/>',
        "<table:table-cell><text:p>区教育局<text:note><text:note-body><text:p>脚注</text:p>"
        "</text:note-body></text:note><text:line-break/>区财政局</text:p></table:table-cell>",
    )
    head = odf.rows_of([("工作任务", "完成情况", "完成时限", "责任单位")])
    path = odf.write_ods(tmp_path / "t.ods", [*head, odf.row("".join(cells))])
    (task,) = read(path, "510104").tasks
    assert (task.task.text, task.progress.text) == ("新建学校2 所 改造食堂", "85.5%")
    assert task.deadline.text == "2022-11-30"
    assert [department.name for department in task.departments] == ["区教育局", "区财政局"]


def test_a_title_and_rows_that_are_told_once_but_repeat_are_all_read(tmp_path: Path) -> None:
    rows = [
        *odf.rows_of([("工作任务", "责任单位")]),
        odf.row(odf.cell("新建学校2所") + odf.cell("区教育局"), "number-rows-repeated", 3),
    ]
    group = f"<table:table-row-group>{''.join(rows[1:])}</table:table-row-group>"
    path = odf.write_ods(tmp_path / "t.ods", [rows[0], group])
    assert [task.task.line_at(0) for task in read(path, "510104").tasks] == [2, 3, 4]

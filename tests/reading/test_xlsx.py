from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kg.reading import read


def test_only_what_a_workbook_shows_is_read(tmp_path: Path) -> None:
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
    book.save(tmp_path / "t.xlsx")
    report = read(tmp_path / "t.xlsx", "510104")
    assert [(task.number, task.progress.text) for task in report.tasks] == [
        (1, "85.5%"),
        (3, "已开工"),
    ]
    assert report.tasks[1].task.line_at(0) == 5
    assert (report.unit, report.as_of) == ("row", "2022-03")
    assert "不公开" not in repr(report)

from __future__ import annotations

import re
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.reading import read
from tests.reading.excel_xml import cell, workbook, write_rows

RICH = (
    '<Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">改造<B>道路</B>5&#10;0条'
    "</ss:Data><Comment><ss:Data>批注</ss:Data></Comment></Cell>"
)
SHEETS = f"""
<Worksheet ss:Name="Sheet1"><Table><Column ss:Index="4" ss:Hidden="1" ss:Span="1"/>
<Row>{cell("类别")}{cell("工作任务")}{cell("责任单位")}{cell("意见", 'ss:Index="5"')}</Row>
<Row ss:Index="3">{cell("民生", 'ss:MergeDown="2"')}{RICH}{cell("区住建局")}
{cell("不公开", 'ss:Index="5"')}</Row>
<Row ss:Hidden="1">{cell("不公开", 'ss:Index="2"')}</Row>
<Row>{cell("2022-09-01T00:00:00.000", 'ss:Index="2"', "DateTime")}{cell("区教育局")}</Row>
</Table></Worksheet>
<Worksheet ss:Name="底稿"><Table><Row>{cell("不公开")}</Row></Table>
<x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet>
"""


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "gb18030"])
def test_visible_cells_are_read_and_hidden_ones_reported(encoding: str, tmp_path: Path) -> None:
    path = tmp_path / "t.xls"
    path.write_bytes(workbook(SHEETS, encoding=encoding).encode(encoding))
    report = read(path)
    assert [(t.category[0], t.task.text, t.task.line_at(0)) for t in report.tasks] == [
        ("民生", "改造道路50条", 3),
        ("民生", "2022-09-01", 5),
    ]
    assert (report.identifier, report.unit) == ("jinjiang-510104-2022", "row")
    assert "不公开" not in repr(report)
    assert "批注" not in repr(report)
    assert [problem.reason for problem in report.problems[-3:]] == [
        "hidden rows are left out: 4",
        "hidden columns are left out: E",
        "a hidden sheet is left out",
    ]


def test_cells_have_the_number_formats_of_their_rows_columns_and_parents(tmp_path: Path) -> None:
    styles = """<Style ss:ID="a"><NumberFormat ss:Format="Percent"/></Style>
    <Style ss:ID="b" ss:Parent="a"/>
    <Style ss:ID="c"><NumberFormat ss:Format="0&quot;人&quot;"/></Style>"""
    sheet = f"""<Worksheet ss:Name="Sheet1"><Table><Column ss:Index="2" ss:StyleID="b"/>
    <Row>{cell("工作任务")}{cell("进展情况")}{cell("责任单位")}</Row>
    <Row>{cell("修路")}{cell(0.5, kind="Number")}{cell("区住建局")}</Row>
    <Row ss:StyleID="c">{cell("就业")}{cell(40, kind="Number")}{cell("区人社局")}</Row>
    </Table></Worksheet>"""
    path = tmp_path / "t.xls"
    path.write_text(workbook(sheet, styles), encoding="utf-8")
    assert [task.progress.text for task in read(path, "510104").tasks] == ["50.00%", "40人"]


@pytest.mark.parametrize(
    ("name", "change", "says"),
    [
        ("t.xls", ("?>", '?><!DOCTYPE a [<!ENTITY b "c">]>'), "declares XML entities"),
        ("t.xls", ("</Row>", ""), "cannot be read as an Excel 2003 XML workbook"),
        ("t.xls", ("<Row>", '<Row ss:Index="x">'), "cannot be read as an Excel 2003 XML workbook"),
        ("t.xls", ("<Row>", '<Row ss:Index="999999999">'), "999,999,999 rows"),
        ("t.xlsx", ("", ""), "is an Excel 2003 XML workbook, not an Excel workbook; rename it"),
        ("t.csv", ("", ""), "is an Excel 2003 XML workbook, not text; rename it to .xls"),
        ("t.xml", ("", ""), "unknown format “.xml”; save it as .xlsx or .docx"),
    ],
)
def test_unsafe_workbooks_are_refused(
    name: str, change: tuple[str, str], says: str, tmp_path: Path
) -> None:
    path = write_rows(tmp_path / name, [("工作任务", "责任单位")])
    path.write_text(path.read_text(encoding="utf-8").replace(*change, 1), encoding="utf-8")
    with pytest.raises(InputError, match=re.escape(says)):
        read(path, "510104")

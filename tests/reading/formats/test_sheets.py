from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from kg.reading import read
from tests.reading import excel_xml, odf, office
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


HEAD = ("工作任务", "进展情况", "责任单位")


def write(path: Path, *rows: Sequence[object], **formats: str) -> Path:
    """Write a workbook of one sheet with a header, and number formats by the names of cells."""
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (HEAD, *rows):
        sheet.append(row)
    for name, number_format in formats.items():
        sheet[name].number_format = number_format
    book.save(path)
    return path


def repack(path: Path, change: Callable[[str, bytes], tuple[str, bytes]]) -> Path:
    """Change the names and contents of the parts of a workbook."""
    changed = path.with_name(f"changed{path.suffix}")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(changed, "w") as new:
        for name in old.namelist():
            new.writestr(*change(name, old.read(name)))
    return changed


def task_texts(path: Path) -> list[tuple[str, str, list[str]]]:
    return [
        (task.task.text, task.progress.text, [department.name for department in task.departments])
        for task in read(path, "510104").tasks
    ]


def check_visible_cells(path: Path) -> None:
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


def test_only_visible_cells_are_read_and_hidden_ones_are_reported(workbook: Path) -> None:
    check_visible_cells(workbook)
    shown = kg("read", workbook, "--jurisdiction", "510104").stdout
    assert "review: row 4, “Sheet”: hidden rows are left out: 4" in shown
    assert "review: “底稿”: a hidden sheet is left out" in shown


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_sheets_of_other_formats_have_the_same_visible_cells(
    suffix: str, soffice: str, workbook: Path
) -> None:
    check_visible_cells(office.convert(soffice, workbook, suffix))


def test_hidden_rows_are_reported_as_ranges_and_merged_cells_are_kept(tmp_path: Path) -> None:
    head = ("序号", "类别", "工作任务", "责任单位")
    hidden = "visibility", "collapse"
    filled = [
        odf.row(odf.cell("1") + odf.cell("民生", "number-rows-spanned", 3) + rest, *hidden)
        for rest in [odf.cell("不公开") + odf.cell("区教育局")]
    ]
    filled += [
        odf.row(
            odf.cell(str(n)) + covered + odf.cell(f"新建学校{n}所") + odf.cell("区教育局"),
            *attributes,
        )
        for n, covered, attributes in (
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


def test_values_are_read_as_displayed(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>批注</text:p></office:annotation>"
    cells = (
        "<table:table-cell><text:p>新建<text:span>学校</text:span>2<text:s/>所。</text:p>"
        f"<text:p>改造食堂</text:p>{note}</table:table-cell>",
        '<table:table-cell office:value-type="percentage" office:value="0.855"/>',
        '<table:table-cell office:value-type="date" office:date-value="2022-11-30"/>',
        "<table:table-cell><text:p>区教育局<text:note><text:note-body><text:p>脚注</text:p>"
        "</text:note-body></text:note><text:line-break/>区财政局</text:p></table:table-cell>",
    )
    head = odf.rows_of([("工作任务", "完成情况", "完成时限", "责任单位")])
    path = odf.write_ods(tmp_path / "t.ods", [*head, odf.row("".join(cells))])
    (task,) = read(path, "510104").tasks
    assert (task.task.text, task.progress.text) == ("新建学校2 所。 改造食堂", "85.5%")
    assert task.deadline.text == "2022-11-30"
    assert [department.name for department in task.departments] == ["区教育局", "区财政局"]


def test_repeated_rows_of_ods_are_read(tmp_path: Path) -> None:
    rows = [
        *odf.rows_of([("工作任务", "责任单位")]),
        odf.row(odf.cell("新建学校2所") + odf.cell("区教育局"), "number-rows-repeated", 3),
    ]
    group = f"<table:table-row-group>{''.join(rows[1:])}</table:table-row-group>"
    path = odf.write_ods(tmp_path / "t.ods", [rows[0], group])
    assert [task.task.line_at(0) for task in read(path, "510104").tasks] == [2, 3, 4]


def test_line_breaks_inside_words_and_numbers_of_cells_are_removed(tmp_path: Path) -> None:
    rows = (
        (
            "整治锦江大\n道，引进IBM\nCloud项目2\n5个。",
            "已竣\n工。\n待验收。",
            "住房和城\n乡建设局",
        ),
        ("1.新建学校\n2.改造食堂", "50%\n60%", "区教育局\n区财政局"),
    )
    expected = [
        ("整治锦江大道，引进IBM Cloud项目25个。", "已竣工。 待验收。", ["住房和城乡建设局"]),
        ("1.新建学校 2.改造食堂", "50% 60%", ["区教育局", "区财政局"]),
    ]
    assert task_texts(write(tmp_path / "t.xlsx", *rows)) == expected
    lines = [",".join(f'"{text}"' for text in row) for row in (HEAD, *rows)]
    (tmp_path / "t.csv").write_text("\n".join(lines), encoding="utf-8")
    assert task_texts(tmp_path / "t.csv") == expected
    paragraphs = [
        odf.row("".join(odf.cell(text).replace("\n", "</text:p><text:p>") for text in row))
        for row in (HEAD, *rows)
    ]
    assert task_texts(odf.write_ods(tmp_path / "t.ods", paragraphs)) == expected


def test_strict_workbooks_are_read(tmp_path: Path) -> None:
    usual = rb"http://schemas\.openxmlformats\.org/(spreadsheetml|officeDocument|drawingml)/2006/"
    strict = rb"http://purl.oclc.org/ooxml/\1/"
    path = write(tmp_path / "t.xlsx", ("改造道路5条", 0.4, "区住建局"), B2='"完成"0%')
    path = repack(path, lambda name, data: (name, re.sub(usual, strict, data)))
    assert task_texts(path) == [("改造道路5条", "完成40%", ["区住建局"])]


@pytest.mark.parametrize(
    "spell", [str.upper, str.lower, lambda name: name.replace("/", "\\")], ids=["A", "a", "back"]
)
def test_parts_are_found_with_any_spelling_of_their_names(
    spell: Callable[[str], str], tmp_path: Path
) -> None:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for row in (HEAD, ("改造道路5条", "已开工", "区住建局")):
        sheet.append(row)
    book.properties.title = "锦江区2022年重点任务"
    book.save(tmp_path / "t.xlsx")
    report = read(repack(tmp_path / "t.xlsx", lambda name, data: (spell(name), data)))
    assert (report.identifier, len(report.tasks)) == ("jinjiang-510104-2022", 1)


def test_escaped_characters_are_decoded(tmp_path: Path) -> None:
    row = (
        "新建学校2所。_x000D_\n改造食堂_x0007_6个。",
        "见_x005F_x0041_区，_xd83c__xDFEB_已开工",
        "区教育局_x000D_\n区财政局_x000d_",
    )
    assert task_texts(write(tmp_path / "t.xlsx", row)) == [
        ("新建学校2所。 改造食堂6个。", "见_x0041_区，🏫已开工", ["区教育局", "区财政局"])
    ]


def check_errors(path: Path) -> None:
    assert task_texts(path) == [("改造道路5条", "", ["区住建局"]), ("新建学校2所", "已开工", [])]
    (note,) = [p for p in read(path, "510104").problems if "errors" in p.reason]
    assert note.line == 2
    assert note.reason == "errors of formulas are left out: B2 #DIV/0!, C3 #N/A"


def test_errors_of_formulas_are_left_out_and_reported(tmp_path: Path) -> None:
    rows = ("改造道路5条", "#DIV/0!", "区住建局"), ("新建学校2所", "已开工", "#N/A")
    check_errors(write(tmp_path / "t.xlsx", *rows))
    check_errors(odf.write_ods(tmp_path / "t.ods", odf.rows_of([HEAD, *rows])))
    check_errors(excel_xml.write_rows(tmp_path / "t.xls", [HEAD, *rows]))


def test_many_errors_are_reported_in_one_note(tmp_path: Path) -> None:
    rows = [(f"改造道路{n}条", "#REF!", "区住建局") for n in range(1, 14)]
    problems = read(write(tmp_path / "t.xlsx", *rows), "510104").problems
    (note,) = [problem.reason for problem in problems if "errors" in problem.reason]
    assert note.endswith("B10 #REF!, B11 #REF! and 3 more")


FORMATS = {"A2": '"新建学校"0"所"', "B2": '0.0"亿元"', "B3": '[>=10000]0!.0,"万人";0"人"'}


def check_formats(path: Path) -> None:
    assert task_texts(path) == [
        ("新建学校3所", "14.3亿元", ["区教育局"]),
        ("新增就业", "2.4万人", ["区人社局"]),
    ]


def test_units_of_measure_in_number_formats_are_read(tmp_path: Path) -> None:
    rows = ((3, 14.26, "区教育局"), ("新增就业", 23561, "区人社局"))
    check_formats(write(tmp_path / "t.xlsx", *rows, **FORMATS))
    check_formats(excel_xml.write_rows(tmp_path / "t.xls", [HEAD, *rows], FORMATS))


@pytest.mark.slow
@pytest.mark.parametrize("suffix", ["xls", "ods"])
def test_other_formats_have_the_same_units_of_measure_and_errors(
    suffix: str, soffice: str, tmp_path: Path
) -> None:
    rows = ((3, 14.26, "区教育局"), ("新增就业", 23561, "区人社局"))
    path = write(tmp_path / "t.xlsx", *rows, **{**FORMATS, "B3": '0\\.0,"万人"'})
    check_formats(office.convert(soffice, path, suffix))
    path = write(
        tmp_path / "e.xlsx", ("改造道路5条", "=1/0", "区住建局"), ("新建学校2所", "已开工", "=NA()")
    )
    check_errors(office.convert(soffice, path, suffix))


def test_a_date_format_without_day_gives_a_month(tmp_path: Path) -> None:
    rows = [("改造道路5条", date(2022, 9, 1), "区住建局"), ("修桥", date(2022, 9, 1), "区住建局")]
    path = write(tmp_path / "t.xlsx", *rows, B2='yyyy"年"m"月";@', B3='yyyy"年"m"月"d"日"')
    assert [progress for _, progress, _ in task_texts(path)] == ["2022年9月", "2022-09-01"]


def test_built_in_chinese_date_formats_give_dates(
    tmp_path: Path,
) -> None:
    rows = [("改造道路5条", 44805, "区住建局"), ("修桥", 44805, "区住建局")]
    path = write(tmp_path / "t.xlsx", *rows, B2='0"a"', B3='0"b"')

    def change(name: str, data: bytes) -> tuple[str, bytes]:
        data = re.sub(rb"<numFmt .*?/>", b"", data)
        return name, data.replace(b'numFmtId="164"', b'numFmtId="57"').replace(
            b'numFmtId="165"', b'numFmtId="31"'
        )

    assert [progress for _, progress, _ in task_texts(repack(path, change))] == [
        "2022年9月",
        "2022-09-01",
    ]

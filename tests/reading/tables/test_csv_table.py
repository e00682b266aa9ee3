from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.reading import read
from tests.files import text_file

HEADER = "序号,工作类目,工作任务,进展情况,责任部门\n"


def test_the_included_dataset_has_all_tasks(dataset: Path) -> None:
    report = read(dataset)
    assert [task.number for task in report.tasks] == list(range(1, 107))
    assert (report.identifier, report.plan) == ("jianghan-2019-10", "jianghan-2019")
    assert len({d.name for task in report.tasks for d in task.departments}) == 36
    assert sum(len(task.departments) > 1 for task in report.tasks) == 11


def test_title_lines_separators_and_inherited_categories(tmp_path: Path) -> None:
    title = "东湖区2021年重点工作表（截至2021年6月底）,,,,\n"
    rows = "1,养老,建养老站3个,已建成2个,民政局、财政局\n2,,修路,正在施工,交通局；建设局\n"
    path = text_file(tmp_path / "t.csv", title + HEADER + rows)
    report = read(path)
    assert report.as_of == "2021-06"
    assert [task.category for task in report.tasks] == [("养老", None)] * 2
    assert [[d.name for d in t.departments] for t in report.tasks] == [
        ["民政局", "财政局"],
        ["交通局", "建设局"],
    ]
    assert report.tasks[1].progress.line_at(0) == 4


@pytest.mark.parametrize(
    ("content", "says"),
    [
        ("序号,工作任务\n1,建站\n", "进展情况, 责任部门"),
        (HEADER + '1,养老,"建站,已建成,民政局\n', "not valid CSV"),
        (HEADER, "has no rows"),
    ],
)
def test_invalid_tables_are_refused(content: str, says: str, tmp_path: Path) -> None:
    path = text_file(tmp_path / "t.csv", content)
    with pytest.raises(InputError) as caught:
        read(path)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "nothing",
    ["", "无", "暂无", "—", "－－", "/", "待定", "待进一步明确", "N/A", "n/a", "(无)", "不涉及"],
)
@pytest.mark.parametrize("suffix", [".csv", ".txt"])
def test_a_task_without_department_is_noted(nothing: str, suffix: str, tmp_path: Path) -> None:
    path = (tmp_path / "t").with_suffix(suffix)
    rows = (
        HEADER + f"1,水务,清淤,在建,水务局\n2,养老,建站,在建,{nothing}\n3,交通,修路,在建,交通局\n"
    )
    path.write_text(rows.replace(",", "\t" if suffix == ".txt" else ","), encoding="utf-8")
    report = read(path)
    names = [[department.name for department in task.departments] for task in report.tasks]
    assert names == [["水务局"], [], ["交通局"]]
    assert [(p.row, p.line, p.reason) for p in report.problems] == [(2, 3, "names no department")]


def test_an_empty_column_of_one_role_keeps_the_departments_of_the_other(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "t.csv",
        "序号,工作任务,完成情况,牵头部门,配合部门\n1,修路,在建,建设局,/\n2,架桥,在建,无,待定、财政局\n",
    )
    report = read(path)
    assert [[(d.name, d.role) for d in task.departments] for task in report.tasks] == [
        [("建设局", "lead")],
        [("财政局", "cooperating")],
    ]


@pytest.mark.parametrize("delimiter", [";", "\t", "|", ","])
@pytest.mark.parametrize("suffix", [".csv", ".tsv"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "gb18030"])
def test_the_most_frequent_delimiter_is_used(
    delimiter: str, suffix: str, encoding: str, tmp_path: Path
) -> None:
    path = (tmp_path / "t").with_suffix(suffix)
    title = "东湖区2021年重点工作表（截至2021年6月底）\r\n"
    rows = '1,养老,"建站;建院|2所,3处",已建成2所,民政局\r\n2,交通,"修路\r\n架桥",完成,交通局\r\n'
    quoted = '"建站;建院|2所,3处"'
    table = (HEADER.strip() + "\r\n" + rows).replace(quoted, "_").replace(",", delimiter)
    path.write_bytes((title + table.replace("_", quoted)).encode(encoding))
    report = read(path)
    assert report.as_of == "2021-06"
    assert [task.task.text for task in report.tasks] == ["建站;建院|2所,3处", "修路架桥"]
    assert [task.departments[0].name for task in report.tasks] == ["民政局", "交通局"]


def test_separators_of_names_are_not_delimiters(tmp_path: Path) -> None:
    rows = (f"{n},交通,修路{n}条,在建,交通局;财政局;建设局;水务局;民政局\n" for n in range(1, 9))
    path = text_file(tmp_path / "t.csv", HEADER + "".join(rows))
    assert [len(task.departments) for task in read(path).tasks] == [5] * 8


def test_a_line_that_names_the_delimiter_is_not_a_title(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text("sep=;\n" + HEADER.replace(",", ";") + "1;养老;建站;在建;民政局\n", "utf-8")
    report = read(path)
    assert (report.title, report.tasks[0].task.line_at(0)) == ("", 3)


def test_quotation_marks_may_follow_blanks(tmp_path: Path) -> None:
    path = tmp_path / "t.csv"
    path.write_text(HEADER + '1, 养老, "建站, 建院", "在建",  "民政局, 财政局"\n', "utf-8")
    (task,) = read(path).tasks
    assert (task.task.text, task.progress.text) == ("建站, 建院", "在建")
    assert [department.name for department in task.departments] == ["民政局", "财政局"]


def test_rows_below_a_merged_cell_have_its_departments(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "t.csv",
        "责任单位,序号,目标任务,完成情况\n发改局,1,投资8%,8.3%\n,2,储备项目50个,62个\n教育局,1,建校2所,1所\n",
    )
    report = read(path)
    names = [[department.name for department in task.departments] for task in report.tasks]
    assert names == [["发改局"], ["发改局"], ["教育局"]]
    reason = "names no department; that of the row above is used"
    assert [problem.row for problem in report.problems if problem.reason == reason] == [2]
    path.write_text(
        "序号,工作任务,牵头部门,配合部门,完成情况\n1,修路3条,建设局,财政局,已完工\n,架桥2座,,,在建\n",
        encoding="utf-8",
    )
    roles = [[(d.name, d.role) for d in task.departments] for task in read(path).tasks]
    assert roles == [[("建设局", "lead"), ("财政局", "cooperating")]] * 2


def test_a_cell_of_a_megabyte_is_read_completely(tmp_path: Path) -> None:
    cell = "柳园路已完工。" * 50_000
    path = text_file(
        tmp_path / "report.csv", f"工作任务,进展情况,责任部门\n建设柳园,{cell},建设局\n"
    )
    (task,) = read(path).tasks
    assert task.progress.text == cell


def test_a_heading_above_several_columns_without_merged_cells(tmp_path: Path) -> None:
    path = tmp_path / "report.csv"
    path.write_text(
        "青溪区2024年民生实事进度表,,,,,\n序号,民生实事,责任单位,进展情况,,\n,,,1—3月,4—8月,9—12月\n"
        "1,新增学位1.5万个,区教育局,项目动工。,主体完成。,全部投入使用。\n"
        "2,建设口袋公园30个,区住建局,完成选址。,开工22个。,全部建成。\n",
        encoding="utf-8",
    )
    report = read(path, "420103")
    assert [(task.task.text, task.progress.text) for task in report.tasks] == [
        ("新增学位1.5万个", "全部投入使用。"),
        ("建设口袋公园30个", "全部建成。"),
    ]

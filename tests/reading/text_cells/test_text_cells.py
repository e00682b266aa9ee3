from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Report
from kg.reading import read
from kg.reading.review import summary, to_json
from tests.reading.text_cells.test_text_grid import units_of

TITLE = "西湖区2021年重点工作推进情况（截至2021年6月底）"
HEAD = ("序号", "工作任务", "进展情况", "责任领导", "责任单位")
ROWS = (
    ("1", "新建学校2所，新增学位1200个。", "已完成选址，其中1所已开工。", "张三丰", "区教育局"),
    ("2", "改造老旧小区12个。", "已完成8个小区的改造。", "李四光", "区住建局、区城管局"),
    ("3", "建设公园绿地3处。", "已建成2处。", "王五岳", "区园林文旅局"),
)
EXPECTED = [(row[1], row[2], row[4].split("、")) for row in ROWS]


@pytest.fixture
def read_text(tmp_path: Path) -> Callable[..., Report]:
    def read_lines(*lines: str, with_people: bool = False, mapping: str = "") -> Report:
        path = tmp_path / "t.txt"
        path.write_text("\n".join((TITLE, "", *lines, "")), encoding="utf-8")
        told = None
        if mapping:
            told = tmp_path / "m.yaml"
            told.write_text(mapping, encoding="utf-8")
        return read(path, "330106", told, with_people)

    return read_lines


ReadText = Callable[..., Report]


def told(report: Report) -> list[tuple[str, str, list[str]]]:
    return [
        (task.task.text, task.progress.text, [d.name for d in task.departments])
        for task in report.tasks
    ]


def people_of(report: Report) -> list[tuple[str, ...]]:
    return [(*t.leaders, *(cell.text for _, cell in t.details)) for t in report.tasks]


def assert_people_are_noted(report: Report) -> None:
    """A table, whose columns are listed, has a note on the one that is left out."""
    note = "a column of people is left out"
    assert not report.columns or any(note in problem.reason for problem in report.problems)


def row_by_row(rows: tuple[tuple[str, ...], ...]) -> list[str]:
    return [text for row in rows for text in row]


def column_by_column(rows: tuple[tuple[str, ...], ...]) -> list[str]:
    return [text for column in zip(*rows, strict=True) for text in column]


@pytest.mark.parametrize(
    "lines",
    [
        [*HEAD, *row_by_row(ROWS)],
        [" ".join(HEAD), *row_by_row(ROWS)],
        [*"序 号,工 作 任 务,进展情况,责任领导,责 任 单 位".split(","), *row_by_row(ROWS)],
        [*HEAD, *column_by_column(ROWS)],
        [*HEAD, *column_by_column(ROWS[:2]), "— 1 —", *HEAD, *column_by_column(ROWS[2:])],
        column_by_column((HEAD, *ROWS)),
        [*column_by_column((HEAD, *ROWS[:2])), "第1页 共2页", *column_by_column((HEAD, *ROWS[2:]))],
        ["|".join(row) for row in (HEAD, *ROWS)],
        ["\t".join(row) for row in (HEAD, *ROWS)],
        ["  ".join(row) for row in (HEAD, *ROWS)],
        [" ".join(row) for row in (HEAD, *ROWS)],
        ["│ " + " │ ".join(row) + " │" for row in (HEAD, *ROWS)],
    ],
    ids="rows|one line|spaced|columns|pages|headed|headed pages|bars|tabs|wide|single|framed".split(
        "|"
    ),
)
def test_cells_with_a_line_each_are_read_and_people_left_out(
    lines: list[str], read_text: ReadText
) -> None:
    report = read_text(*lines)
    assert told(report) == EXPECTED
    assert (report.title, report.identifier) == (TITLE, "xihu-330106-2021-06")
    for _, _, _, name, _ in ROWS:
        assert name not in repr(report)
    assert_people_are_noted(report)
    kept = read_text(*lines, with_people=True)
    assert people_of(kept) == [(row[3],) for row in ROWS]


def test_columns_give_roles_and_deadlines_and_a_remark_may_follow(read_text: ReadText) -> None:
    rows = (
        ("序号", "工作任务", "牵头单位", "配合单位", "完成时限"),
        ("1", "引进项目20个", "区投促局", "各镇街", "12月底"),
        ("2", "建产业园2个", "区经信局", "区住建局", "11月底"),
        ("3", "建医院1家", "区卫健局", "区财政局、区住建局", "12月底"),
    )
    report = read_text(*rows[0], *column_by_column(rows[1:]), "注：本表由区府办解释")
    assert [([(d.name, d.role) for d in units_of(t)], t.deadline.text) for t in report.tasks] == [
        ([("区投促局", "lead"), ("各镇街", "cooperating")], "12月底"),
        ([("区经信局", "lead"), ("区住建局", "cooperating")], "11月底"),
        (
            [("区卫健局", "lead"), ("区财政局", "cooperating"), ("区住建局", "cooperating")],
            "12月底",
        ),
    ]


def test_each_cell_has_its_line(read_text: ReadText) -> None:
    report = read_text(*HEAD, *column_by_column(ROWS))
    assert [task.task.line_at(0) for task in report.tasks] == [11, 12, 13]
    assert [task.progress.line_at(0) for task in report.tasks] == [14, 15, 16]


@pytest.mark.parametrize("gap", ["\n", "\n\n"], ids=["sentences", "blank lines"])
def test_wrapped_cells_below_their_headings(gap: str, read_text: ReadText) -> None:
    columns = dict(zip(HEAD, zip(*ROWS, strict=True), strict=True))
    parts = [
        "\n".join(("序号", *columns["序号"])),
        "工作任务\n" + gap.join(columns["工作任务"]).replace("新增学位", "新增\n学位"),
        "进展情况\n" + gap.join(columns["进展情况"]).replace("的改造", "\n的改造"),
        "\n".join(("责任单位", *columns["责任单位"])),
        "\n咨询：西湖区人民政府督查室",
    ]
    report = read_text(*parts)
    assert told(report) == EXPECTED
    assert "咨询：西湖区人民政府督查室" in dict(report.coverage.rest).values()


@pytest.mark.parametrize(
    "broken",
    [
        ["新建学校2所，", "新增学位1200个"],
        ["新建学校2所。", "新增学位1200个。"],
    ],
)
def test_columns_whose_cells_are_not_certain_are_refused(
    broken: list[str], read_text: ReadText
) -> None:
    columns = column_by_column(ROWS)
    with pytest.raises(
        InputError, match="line 8: cells are written column by column, and where they end"
    ):
        read_text(*HEAD, *columns[:3], *broken, *columns[4:])


@pytest.mark.parametrize(
    "text",
    [
        "{}/1|新建学校2所。|已开工。/2|改造食堂6个。|已改造3个。/{}/3|改造道路5条。|在建。",
        "|{}| | |/|1|新建学校2所。|已开工。|/|2|改造食堂6个。|已改造3个。|/|{}| | |/"
        "|3|改造道路5条。|在建。|",
    ],
)
def test_bars_below_the_name_of_a_department(text: str, read_text: ReadText) -> None:
    body = text.format("一、区教育局（2项）", "二、区住建局（1项）").split("/")
    head = "序号|工作任务|进展情况" if body[0][0] != "|" else "|序号|工作任务|进展情况|"
    assert told(read_text(head, "|---|---|---|", *body)) == [
        ("新建学校2所。", "已开工。", ["区教育局"]),
        ("改造食堂6个。", "已改造3个。", ["区教育局"]),
        ("改造道路5条。", "在建。", ["区住建局"]),
    ]


def test_people_in_cells_that_are_not_certain_are_left_out(read_text: ReadText) -> None:
    lines = ["1", "新建学校2所，新增", "学位1200个。", *ROWS[0][2:], *row_by_row(ROWS[1:])]
    report = read_text(*HEAD, *lines)
    for row in ROWS:
        assert row[3] not in summary(report) + to_json(report)


@pytest.mark.parametrize(
    ("head", "row"),
    [
        ("责任单位 责任领导", "新建学校2所。 区教育局 张三丰 李四光"),
        ("项目内容 责任领导 责任单位", "停车场 张三丰 李四光 区城管局"),
        ("责任领导 责任单位", "新建学校2所。 张三丰（副区长） 区教育局"),
    ],
    ids=["behind a row", "in a cell that is missing", "with a post"],
)
def test_names_of_people_that_might_be_other_cells_are_left_out(
    head: str, row: str, read_text: ReadText
) -> None:
    columns = ("序号", "工作任务", *head.split())
    report = read_text(*columns, "1", *row.split(), "2", *row.split())
    shown = summary(report) + to_json(report)
    assert "张三丰" not in shown
    assert "李四光" not in shown


ALIGNED = """\
№    抓什么                  抓得怎样            谁负责     谁来抓
1    新建学校2所，新增       已完成选址。        张三丰     区教育局
     学位1200个。
2    改造老旧小区12个。      已完成8个小区       李四光     区住建局
                             的改造。
"""
MAPPING = "№: number\n抓什么: task\n抓得怎样: progress\n谁负责: leader\n谁来抓: lead\n"


@pytest.mark.parametrize(
    "text",
    [
        ALIGNED,
        f"{ALIGNED}— 1 —\n{ALIGNED.splitlines()[0]}\n",
        "№\n抓什么\n抓得怎样\n谁负责\n谁来抓\n1\n新建学校2所，新增学位1200个。\n已完成选址。\n张三丰\n"
        "区教育局\n2\n改造老旧小区12个。\n已完成8个小区的改造。\n李四光\n区住建局\n",
        "№|抓什么|抓得怎样|谁负责|谁来抓\n1|新建学校2所，新增学位1200个。|已完成选址。|张三丰|区教育局\n"
        "2|改造老旧小区12个。|已完成8个小区的改造。|李四光|区住建局\n",
        "№\t抓什么\t抓得怎样\t谁负责\t谁来抓\n1\t新建学校2所，新增学位1200个。\t已完成选址。\t张三丰\t区教育局\n"
        "2\t改造老旧小区12个。\t已完成8个小区的改造。\t李四光\t区住建局\n",
        "№\n抓什么\n抓得怎样\n谁负责\n谁来抓\n1\n2\n新建学校2所，新增学位1200个。\n改造老旧小区12个。\n"
        "已完成选址。\n已完成8个小区的改造。\n张三丰\n李四光\n区教育局\n区住建局\n",
    ],
    ids=["aligned", "header again", "lines", "bars", "tabs", "columns"],
)
def test_a_mapping_file_names_the_columns_of_a_text(text: str, read_text: ReadText) -> None:
    report = read_text(text, mapping=MAPPING)
    assert told(report) == [
        ("新建学校2所，新增学位1200个。", "已完成选址。", ["区教育局"]),
        ("改造老旧小区12个。", "已完成8个小区的改造。", ["区住建局"]),
    ]
    assert "张三丰" not in repr(report)
    assert_people_are_noted(report)
    kept = read_text(text, mapping=MAPPING, with_people=True)
    assert people_of(kept) == [("张三丰",), ("李四光",)]


def test_a_mapping_does_not_change_cells_with_the_same_text(read_text: ReadText) -> None:
    aligned = ALIGNED.replace("改造老旧小区12个。", "抓什么            ")
    tasks = told(read_text(aligned, mapping=MAPPING))
    assert tasks[1][0] == "抓什么"

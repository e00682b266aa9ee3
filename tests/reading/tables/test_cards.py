"""Tables with a label beside each value, a card for each task."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import docx
import pytest

from kg.model import Report
from kg.reading import read
from kg.reading.review import summary, to_json
from tests.reading.texts import read_text, shown

CARDS = [
    {
        "督办编号": "青督〔2016〕11号",
        "任务内容": "改造棚户区，征收1860户",
        "责任单位": "区住建局、桥南街道办事处",
        "进展情况": "签订协议1792户。",
        "存在问题": "部分住户意见不一。",
        "填报人": "王某某",
    },
    {
        "督办编号": "青督〔2016〕12号",
        "任务内容": "建成绿道5公里",
        "责任单位": "区园林局",
        "进展情况": "绿道全线贯通。",
        "存在问题": "",
        "填报人": "李某某",
    },
]
EXPECTED = [
    ("改造棚户区，征收1860户", "签订协议1792户。", ["区住建局", "桥南街道办事处"]),
    ("建成绿道5公里", "绿道全线贯通。", ["区园林局"]),
]
TITLE = "青溪区2016年重点任务督办卡"


def read_lines(folder: Path) -> Report:
    cards = ("\n".join(f"{label}\t{value}" for label, value in card.items()) for card in CARDS)
    return read_text(folder, f"{TITLE}\n\n" + "\n\n".join(cards) + "\n")


def read_tables(folder: Path) -> Report:
    document = docx.Document()
    document.add_paragraph(TITLE)
    for card in CARDS:
        document.add_paragraph("督办卡")
        table = document.add_table(rows=0, cols=2)
        for row in card.items():
            for cell, text in zip(table.add_row().cells, row, strict=True):
                cell.text = text
    document.save(str(folder / "cards.docx"))
    return read(folder / "cards.docx", "420103")


def read_one_table(folder: Path) -> Report:
    lines = (f"{label},{value}" for card in CARDS for label, value in card.items())
    (folder / "cards.csv").write_text("\n".join((f"{TITLE},", *lines)), encoding="utf-8")
    return read(folder / "cards.csv", "420103")


@pytest.mark.parametrize("read_cards", [read_lines, read_tables, read_one_table])
def test_each_card_is_a_task(read_cards: Callable[[Path], Report], tmp_path: Path) -> None:
    report = read_cards(tmp_path)
    assert shown(report) == EXPECTED
    assert report.tasks[0].problem is not None
    assert report.tasks[0].problem.text == "部分住户意见不一。"
    assert not any(name in to_json(report) + summary(report) for name in ("王某某", "李某某"))


def test_leaders_on_cards_are_kept_only_on_request(tmp_path: Path) -> None:
    lines = [f"{TITLE},"]
    for number, name in enumerate(("丁卫国", "白建新"), 1):
        lines += [f"督办卡之{number},", f"任务内容,新建学校{number}所", f"挂钩领导,{name}"]
        lines += ["责任单位,区教育局", "进展情况,已开工。"]
    path = tmp_path / "cards.csv"
    path.write_text("\n".join(lines), encoding="utf-8")
    report = read(path, "420103")
    assert not any(name in to_json(report) + summary(report) for name in ("丁卫国", "白建新"))
    assert any("督办卡之2" in text for _, text in report.coverage.rest)
    asked = read(path, "420103", with_people=True)
    assert all(name in to_json(asked) for name in ("丁卫国", "白建新"))


def test_two_pairs_in_a_row_and_a_value_on_two_lines(tmp_path: Path) -> None:
    text = "".join(
        f"任务序号\t第{number}项\t完成时限\t10月底\n整改任务\t{task}\n责任单位\t{units}\n整改进展\t{progress}\n\n"
        for number, task, units, progress in (
            (7, "完成渗滤液处置。", "尖山区政府、\n岭东区政府", "已完成。"),
            (12, "淘汰燃煤锅炉19台。", "市生态环境局", "已拆除15台。"),
        )
    )
    report = read_text(tmp_path, f"青溪市督察整改任务进展情况公示\n\n{text}")
    assert shown(report) == [
        ("完成渗滤液处置。", "已完成。", ["尖山区政府", "岭东区政府"]),
        ("淘汰燃煤锅炉19台。", "已拆除15台。", ["市生态环境局"]),
    ]


def test_a_cell_without_a_label_continues_the_one_above(tmp_path: Path) -> None:
    text = "".join(
        f"任务{name}\n项目名称\t{task}\n配合部门\t区财政局\n\t桥南街道办事处\n三季度进展\t{progress}\n\n"
        for name, task, progress in (
            ("一", "模组扩产项目", "首台设备搬入。\n完成投资6.4亿元。"),
            ("二", "道路改造项目", "管线迁改完成。"),
        )
    )
    report = read_text(tmp_path, f"青溪区2018年三季度重点项目推进情况通报\n\n{text}")
    assert shown(report) == [
        ("模组扩产项目", "首台设备搬入。 完成投资6.4亿元。", ["区财政局", "桥南街道办事处"]),
        ("道路改造项目", "管线迁改完成。", ["区财政局", "桥南街道办事处"]),
    ]


def test_a_table_with_headings_in_its_first_column_is_none_of_cards(tmp_path: Path) -> None:
    path = tmp_path / "table.csv"
    path.write_text(
        "青溪区2024年重点任务,,\n责任单位,重点任务,进展情况\n区教育局,新建学校2所,已开工。\n"
        "区教育局,改造操场3处,完成2处。\n区水务局,疏浚河道9公里,完成。\n",
        encoding="utf-8",
    )
    assert [row[0] for row in shown(read(path, "420103"))] == [
        "新建学校2所",
        "改造操场3处",
        "疏浚河道9公里",
    ]


@pytest.mark.parametrize("suffix", ["txt", "csv"])
def test_a_labelled_row_below_each_task_is_its_progress(suffix: str, tmp_path: Path) -> None:
    rows = [
        ["青溪市2020年民生实事办理情况", "", ""],
        ["序号", "实事内容", "责任单位"],
        ["1", "检查不少于60万人", "市妇联、市卫健委"],
        ["办理情况", "共检查63.4万人。", ""],
        ["2", "配送流动服务车", "市文旅局"],
        ["办理情况", "110辆全部交付。", ""],
        ["3", "改造服务区32对", "市交通局"],
        ["办理情况", "改造完成32对。", ""],
    ]
    path = tmp_path / f"report.{suffix}"
    mark = "\t" if suffix == "txt" else ","
    path.write_text("\n".join(mark.join(row) for row in rows) + "\n", encoding="utf-8")
    assert shown(read(path, "420103")) == [
        ("检查不少于60万人", "共检查63.4万人。", ["市妇联", "市卫健委"]),
        ("配送流动服务车", "110辆全部交付。", ["市文旅局"]),
        ("改造服务区32对", "改造完成32对。", ["市交通局"]),
    ]

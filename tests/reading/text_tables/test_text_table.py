from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.reading import read
from tests.reading.printing import JIANGHAN
from tests.reading.texts import read_text, shown
from tests.tables import invent, render


def plain(text: str) -> str:
    return "".join(text.split())


def test_real_document_equals_the_reference(shared: Path) -> None:
    report = read(shared / "sources" / "jianghan-2019-10.txt")
    assert [task.number for task in report.tasks] == list(range(1, 107))
    lines = (shared / "evaluation" / "reference-dev.jsonl").read_text(encoding="utf-8")
    tasks = {task.number: task for task in report.tasks}
    for noted in map(json.loads, lines.splitlines()):
        task = tasks[noted["no"]]
        assert plain(task.task.text) == plain(noted["task"])
        assert plain(task.progress.text) == plain(noted["progress"])
        assert list(task.category) == noted["category"]
        assert [d.name for d in task.departments] == noted["departments"]
    assert len({d.name for task in report.tasks for d in task.departments}) == 36
    assert sum(len(task.departments) > 1 for task in report.tasks) == 11
    assert report.identifier == "jianghan-2019-10"
    assert report.jurisdiction.code == "420103"


def test_no_text_of_the_real_document_is_lost(shared: Path) -> None:
    source = shared / "sources" / "jianghan-2019-10.txt"
    report = read(source)
    rest = "".join(text for _, text in report.coverage.rest)
    assert report.coverage.placed + len(plain(rest)) == report.coverage.characters
    assert report.coverage.characters == len(plain(source.read_text(encoding="utf-8")))
    assert report.coverage.share > 0.99
    source_lines = source.read_text(encoding="utf-8").split("\n")
    for task in report.tasks:
        for cell in (task.task, task.progress):
            ends = [*(offset for offset, _ in cell.lines[1:]), len(cell.text)]
            for (offset, line), end in zip(cell.lines, ends, strict=True):
                assert cell.text[offset:end] in source_lines[line - 1]


@pytest.mark.parametrize("seed", range(6))
def test_the_table_of_another_district_is_complete(seed: int, tmp_path: Path) -> None:
    entries = invent(seed, 25)
    path = tmp_path / "table.txt"
    path.write_text(render(entries, JIANGHAN), encoding="utf-8")
    report = read(path)
    assert [task.number for task in report.tasks] == [entry.number for entry in entries]
    for task, entry in zip(report.tasks, entries, strict=True):
        assert plain(task.task.text) == plain(entry.task)
        assert plain(task.progress.text) == plain(entry.progress)
        assert {d.name for d in task.departments} == set(entry.departments)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_encodings_give_the_same_tasks(encoding: str, tmp_path: Path) -> None:
    text = render(invent(1, 8), JIANGHAN)
    path = tmp_path / "table.txt"
    path.write_bytes(text.encode(encoding))
    plain_path = tmp_path / "plain" / "table.txt"
    plain_path.parent.mkdir()
    plain_path.write_text(text, encoding="utf-8")
    assert read(path) == read(plain_path)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("empty.txt", b" \n", "is empty"),
        ("binary.txt", b"\x00\x01\x02", "is not a text file"),
        ("prose.txt", "今年工作很多。\n".encode(), "contains no list of tasks"),
        ("broken.txt", b"\xff\xff\xff", "neither UTF-8 nor GB18030"),
        ("table.xyz", b"x", "unknown format"),
    ],
)
def test_bad_files_are_refused_in_one_line(
    name: str, content: bytes, says: str, tmp_path: Path
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        read(path)
    assert str(path) in str(caught.value)
    assert says in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        read(tmp_path / "nowhere.csv")


ROWS = (
    (
        "1     新建幼儿园12所                    市教育局                ",
        "已完工9所，其余3所正在装修。",
    ),
    ("2     改造农村危房168户                 市住建局、市农业局      ", "全部完成竣工验收。"),
    ("3     改造农村公路300公里               市交通局                ", "完成287公里，占95.7%。"),
)
HEAD = "序号  项 目 内 容                       责任单位                "


def test_a_remark_below_an_aligned_table_does_not_shift_its_columns(tmp_path: Path) -> None:
    rows = "\n".join(first + second for first, second in ROWS)
    text = (
        f"青溪市2021年民生实事项目进度表\n\n{HEAD}进 展 情 况\n\n{rows}\n\n"
        "      说明：进度超过时序的项目由市绩效办核实后予以加分，具体办法由市政府办公室另行通知。\n"
    )
    assert shown(read_text(tmp_path, text)) == [
        ("新建幼儿园12所", "已完工9所，其余3所正在装修。", ["市教育局"]),
        ("改造农村危房168户", "全部完成竣工验收。", ["市住建局", "市农业局"]),
        ("改造农村公路300公里", "完成287公里，占95.7%。", ["市交通局"]),
    ]


def test_headings_across_the_columns_are_no_cells(tmp_path: Path) -> None:
    title = "                              {}、{}"
    lines = [
        line
        for number, heading, (first, second) in zip(
            "一二三", ("教育", "住房", "交通"), ROWS, strict=True
        )
        for line in (title.format(number, f"做好{heading}工作"), first + second)
    ]
    text = f"青溪市2021年民生实事项目进度表\n\n{HEAD}进展情况\n" + "\n".join(lines) + "\n"
    report = read_text(tmp_path, text)
    assert [task for task, _, _ in shown(report)] == [first[6:].split()[0] for first, _ in ROWS]
    assert [task.category[0] for task in report.tasks] == [
        "做好教育工作",
        "做好住房工作",
        "做好交通工作",
    ]


def test_a_sum_above_the_rows_ends_no_table(tmp_path: Path) -> None:
    text = (
        "青溪县2015年上半年重点工作完成情况\n| 实事名称|编号|工作任务和要求|工作推进情况 |\n"
        "合 计|73994 |\n| 供水工程|61|新建水厂2座|正常推进中 |\n"
        "| 道路工程|62|改造道路3条|完成2条 |\n\n特此通报。\n"
    )
    found = [(task, progress) for task, progress, _ in shown(read_text(tmp_path, text))]
    assert found == [("新建水厂2座", "正常推进中"), ("改造道路3条", "完成2条")]


def test_sums_and_recipients_below_an_aligned_table_are_no_cells(tmp_path: Path) -> None:
    text = (
        "青溪镇2020年重点工作督查督办台账\n\n"
        "序号  督办事项                责任单位          办理进展              督办人\n"
        "1     南岭路雨污分流改造，解  镇水利办          已完成雨水管1.35公里  梁某强\n"
        "      决内涝问题              城区管理处        ，剩余300米。\n"
        "2     旧工业园改造，拆除厂房  镇村改办、南塘村  已签订协议47份，拆除  陈某华\n"
        "      15万平方米              委会              11.6万平方米。\n"
        "3     新建第二小学教学楼1栋   镇教育中心        8月25日通过验收。     何某仪\n\n"
        "合计：督办事项3项，其中已办结1项，推进中2项。\n\n"
        "报送：镇党委、政府领导班子成员                     2020年9月11日印发\n"
    )
    report = read_text(tmp_path, text)
    assert shown(report) == [
        (
            "南岭路雨污分流改造，解决内涝问题",
            "已完成雨水管1.35公里，剩余300米。",
            ["镇水利办", "城区管理处"],
        ),
        (
            "旧工业园改造，拆除厂房15万平方米",
            "已签订协议47份，拆除11.6万平方米。",
            ["镇村改办", "南塘村委会"],
        ),
        ("新建第二小学教学楼1栋", "8月25日通过验收。", ["镇教育中心"]),
    ]
    assert "梁某强" not in repr(report)

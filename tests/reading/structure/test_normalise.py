from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from unicodedata import name

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.reading import read
from kg.reading.structure.document import Document, GridCell, Paragraph, Table
from kg.reading.structure.normalise import normalise, normalise_document
from tests.files import text_file
from tests.reading import office

TITLE = "⻄⼭区2023年重点⼯作进展情况（截⾄2023年6⽉底）"
PLAIN_TITLE = "西山区2023年重点工作进展情况（截至2023年6月底）"
HEADER = ["序号", "类别", "小类", "⼯作任\u200b务", "进\xad展情况", "责任单\ufeff位"]
ROWS = [
    HEADER,
    ["1", "⺠⽣", "养⽼", "新建养⽼院3所。", "已建成\u20602所。", "⺠政\u200b局、⽔务局"],
    ["2", "⺠⽣", "⻝品", "检查⻝品500批，⾯积½㎡、①。", "已完\xad成。", "民政局\ufeff"],
]


@pytest.mark.parametrize("block", ["RADICAL", "COMPATIBILITY IDEOGRAPH"])
def test_each_duplicate_becomes_an_ordinary_character(block: str) -> None:
    found = [chr(c) for c in (*range(0x2E80, 0x2FE0), *range(0xF900, 0xFB00), 0x2F81A)]
    doubles = [c for c in found if block in name(c, "") and normalise(c) != c]
    assert len(doubles) > 300
    assert all(name(normalise(c)).startswith("CJK UNIFIED IDEOGRAPH") for c in doubles)


def test_radicals_of_both_blocks_are_replaced() -> None:
    assert normalise("⻓⻔⻘⻚⻛⻢⻥⻋⻩⻬⻰⺟") == "长门青页风马鱼车黄齐龙母"
    assert normalise("⼀⼈⼤⼭⽔⽣⾯⻄⾏⾥") == "一人大山水生面西行里"


@pytest.mark.parametrize("text", ["½㎡①Ａ１％：（㈠Ⅲ℃㎞", "a b\u3000c\xa0d\te\nf", "𠮷乡𡯂"])
def test_characters_with_another_meaning_are_kept(text: str) -> None:
    assert normalise(text) == text


@given(st.text())
def test_normalising_again_changes_nothing(text: str) -> None:
    assert normalise(normalise(text)) == normalise(text)


def test_all_texts_of_a_document_are_normalised_and_blank_paragraphs_left_out() -> None:
    cells = ((GridCell("⺠政\u200b局", 3), GridCell("⺠政\u200b局", 3, True)),)
    document = Document(
        (Paragraph("\u200b", 1), Paragraph("⼀、\xad民⽣", 2, 1), Table(cells, "⼯作")),
        "⽅案",
        "row",
    )
    shown = ((GridCell("民政局", 3), GridCell("民政局", 3, True)),)
    assert normalise_document(document) == Document(
        (Paragraph("一、民生", 2, 1), Table(shown, "工作")), "方案", "row"
    )


@pytest.mark.parametrize(
    ("file", "write"),
    [
        *office.WRITERS,
        ("report.txt", office.write_tsv),
        ("report.pdf", office.write_pdf),
    ],
)
def test_each_format_is_normalised(file: str, write: Callable[..., Path], tmp_path: Path) -> None:
    report = read(write(tmp_path / file, ROWS, title=TITLE), "530112")
    assert report.title == PLAIN_TITLE
    one, two = report.tasks
    assert one.category[0] == two.category[0] == "民生"
    assert (one.task.text, one.progress.text) == ("新建养老院3所。", "已建成2所。")
    assert two.progress.text == "已完成。"
    assert [d.name for task in report.tasks for d in task.departments] == [
        "民政局",
        "水务局",
        "民政局",
    ]
    for task in report.tasks:
        for department in task.departments:
            evidence = department.evidence
            quoted = task.department_cell.text[evidence.start : evidence.end]
            assert quoted == evidence.quote == department.name


def test_a_list_in_prose_is_normalised(tmp_path: Path) -> None:
    path = text_file(
        tmp_path / "list.txt",
        "⻘⽯市2024年重点任务分⼯⽅案\n⼀、交通\n1.新建⻋站2座。（责任\u200b单位：市⻋管所、市⽔利局）\n"
        "2.养护⻓江⼤桥。（责任单位：市⻓江办）\n",
    )
    report = read(path)
    assert report.title == "青石市2024年重点任务分工方案"
    assert [task.task.text for task in report.tasks] == ["新建车站2座。", "养护长江大桥。"]
    assert [[d.name for d in task.departments] for task in report.tasks] == [
        ["市车管所", "市水利局"],
        ["市长江办"],
    ]

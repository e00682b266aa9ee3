from __future__ import annotations

from pathlib import Path

import pytest

from kg.reading import read
from tests.reading import odf, office

HEAD = ("序号", "工作任务", "推进情况", "责任单位")
PROSE = """锦江区2022年重点工作任务分工方案

一、民生保障
1.新建小学2所。（牵头单位：区教育局；责任单位：区财政局）
完成情况：已开工1所。
2.改造老旧院落30个。（牵头单位：区住建局；配合单位：各街道）
完成情况：已改造12个。
"""


def paragraph(text: str) -> str:
    return f"<text:p>{text}</text:p>"


def test_text_around_and_inside_a_table_is_read(tmp_path: Path) -> None:
    changes = (
        "<text:tracked-changes><text:changed-region><text:deletion>"
        "<text:p>已删除的话</text:p></text:deletion></text:changed-region></text:tracked-changes>"
    )
    inner = odf.table(odf.rows_of([("改造食堂6个。",)]))
    cells = (
        odf.cell("1")
        + f"<table:table-cell>{paragraph('新建学校2所。')}{inner}</table:table-cell>"
        + odf.cell("已开工。")
        + odf.cell("区教育局")
    )
    body = (
        changes
        + '<text:h text:outline-level="1">锦江区2022年重点任务（截至3月底）</text:h>'
        + paragraph(
            "<draw:frame><draw:text-box><text:p>填报：区府办</text:p></draw:text-box></draw:frame>"
        )
        + odf.table([*odf.rows_of([HEAD]), odf.row(cells)])
    )
    report = read(odf.write_odt(tmp_path / "t.odt", body), "510104")
    (task,) = report.tasks
    assert (report.title, report.as_of) == ("锦江区2022年重点任务（截至3月底）", "2022-03")
    assert task.task.text == "新建学校2所。 改造食堂6个。"
    assert (report.unit, task.task.line_at(0)) == ("paragraph", 5)
    assert "填报：区府办" in [text for _, text in report.coverage.rest]
    assert "已删除" not in repr(report)


@pytest.mark.slow
def test_a_list_in_prose_that_libreoffice_writes_is_read(soffice: str, tmp_path: Path) -> None:
    path = tmp_path / "t.txt"
    path.write_text(PROSE, encoding="utf-8")
    expected = read(path, "510104")
    assert len(expected.tasks) == 2
    for suffix in ("odt", "docx"):
        filters = ":MS Word 2007 XML" if suffix == "docx" else ""
        report = read(office.convert(soffice, path, suffix, filters), "510104")
        for task, other in zip(report.tasks, expected.tasks, strict=True):
            assert (task.task.text, task.progress.text) == (other.task.text, other.progress.text)
            assert [(d.name, d.role) for d in task.departments] == [
                (d.name, d.role) for d in other.departments
            ]

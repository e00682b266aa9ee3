from __future__ import annotations

from pathlib import Path

import pytest

from kg.model import Report
from kg.reading import read
from kg.reading.formats.load import load
from kg.reading.structure.document import Document, Paragraph, Table

HEAD = ("序号", "工作任务", "推进情况", "责任单位")
ROWS = (
    ("1", "改造人<br>民路，种树1<br/>200棵。", "已竣<br>工。", "区住建局<br>区园<br>林局"),
    ("2", "新建公园：<br>1.东山公园。<br>2.西山公园。", "编制方案，\n  \t年底\n开工。", "区园林局"),
)


def table(*rows: tuple[str, ...]) -> str:
    shown = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    return f"<table>{''.join(f'<tr>{cells}</tr>' for cells in shown)}</table>"


def page(path: Path, body: str, head: str = "") -> Path:
    path.write_text(f"<html><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    return path


def report_of(path: Path, body: str, head: str = "") -> Report:
    return read(page(path / "t.html", f"<h1>锦江区2022年重点任务</h1>{body}", head), "510104")


def document_of(path: Path, body: str) -> Document:
    return load(page(path / "t.html", body), "html")


def test_line_breaks_inside_words_and_numbers_of_a_cell(tmp_path: Path) -> None:
    first, second = report_of(tmp_path, table(HEAD, *ROWS)).tasks
    assert (first.task.text, first.progress.text) == ("改造人民路，种树1200棵。", "已竣工。")
    assert [d.name for d in first.departments] == ["区住建局", "区园林局"]
    assert second.task.text == "新建公园： 1.东山公园。 2.西山公园。"
    assert second.progress.text == "编制方案，年底开工。"


def test_a_program_that_breaks_the_source_only_at_spaces(tmp_path: Path) -> None:
    rows = ("1", "编印《健康\n食品》手册。", "已编印。", "区教育局")
    head = '<meta name="generator" content="LibreOffice 7.4"/>'
    assert report_of(tmp_path, table(HEAD, rows)).tasks[0].task.text == "编印《健康食品》手册。"
    report = report_of(tmp_path, table(HEAD, rows), head)
    assert report.tasks[0].task.text == "编印《健康 食品》手册。"


def test_source_lines_of_a_paragraph_and_line_breaks_in_its_elements(tmp_path: Path) -> None:
    document = document_of(tmp_path, "<p>推进\n 改革<span>：<br>建 学校\n2所</span></p>")
    assert document.blocks == (Paragraph("推进改革：", 1), Paragraph("建 学校 2所", 1))


ARTICLE = (
    "<p>锦江区2022年重点任务分工</p><p>一、教育</p><p>1.新建学校2所。（责任单位：区教育局）</p>"
    "<p>2.改造操场3个。（责任单位：区体育局）</p><p>3.培训教师60名。（责任单位：区教育局）</p>"
)


@pytest.mark.parametrize(
    "body",
    [
        table((ARTICLE,)),
        table(("锦江区人民政府",), ("首页", ARTICLE), ("版权所有",)),
        table((table(("索引号", "1", "主题", "教育"), ("文号", "2", "日期", "3")) + ARTICLE,)),
    ],
)
def test_an_article_in_a_layout_table_is_prose(body: str, tmp_path: Path) -> None:
    report = read(page(tmp_path / "t.html", body), "510104")
    assert [task.task.text for task in report.tasks] == [
        "新建学校2所。",
        "改造操场3个。",
        "培训教师60名。",
    ]
    assert {task.category for task in report.tasks} == {("教育", None)}


def test_a_header_in_its_own_table_remains_a_table(tmp_path: Path) -> None:
    document = document_of(tmp_path, table(HEAD) + table(("1", "新建学校", "已开工", "区教育局")))
    assert [type(block) for block in document.blocks] == [Table, Table]

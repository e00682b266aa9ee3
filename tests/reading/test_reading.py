"""Reading of every format: tables by their grid, lists of tasks by their text."""

from __future__ import annotations

from pathlib import Path

import docx
import pytest

from kg.reading import read

TITLE = "开福区2024年重点任务分工（截至6月底）"
ITEMS = (
    "1.改造小区8个。（责任领导：丁一鸣；牵头单位：区住建局；责任单位：区财政局、各街道）",
    "2.新建公园2座。（区园林局牵头，区财政局配合）",
)


def as_docx(path: Path) -> None:
    made = docx.Document()
    made.add_heading(TITLE, 0)
    made.add_heading("一、城市更新", 1)
    for item in ITEMS:
        made.add_paragraph(item)
    made.save(str(path))


def as_markdown(path: Path) -> None:
    items = "\n".join(item.replace(".", ". ", 1) for item in ITEMS)
    path.write_text(f"# {TITLE}\n\n## 一、城市更新\n\n{items}\n", encoding="utf-8")


def as_html(path: Path) -> None:
    paragraphs = "".join(f"<p>{item}</p>" for item in ("一、城市更新", *ITEMS))
    page = f"<html><head><title>{TITLE}</title></head><body>{paragraphs}</body></html>"
    path.write_text(page, encoding="utf-8")


def as_text(path: Path) -> None:
    path.write_text("\n".join((TITLE, "一、城市更新", *ITEMS)), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "write", "unit"),
    [
        ("list.docx", as_docx, "paragraph"),
        ("list.md", as_markdown, "line"),
        ("list.html", as_html, "line"),
        ("list.txt", as_text, "line"),
    ],
)
def test_a_list_of_tasks_is_read_from_any_format(
    name: str, write: object, unit: str, tmp_path: Path
) -> None:
    assert callable(write)
    write(tmp_path / name)
    report = read(tmp_path / name)
    assert (report.identifier, report.unit) == ("kaifu-2024-06", unit)
    assert [task.category[0] for task in report.tasks] == ["城市更新", "城市更新"]
    assert [[(d.name, d.role) for d in task.departments] for task in report.tasks] == [
        [("区住建局", "lead"), ("区财政局", "responsible")],
        [("区园林局", "lead"), ("区财政局", "cooperating")],
    ]
    assert [group.name for group in report.tasks[0].groups] == ["各街道"]
    assert "某某" not in repr(report)
    assert read(tmp_path / name, with_people=True).tasks[0].leaders == ("丁一鸣",)

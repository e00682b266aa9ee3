"""Columns whose headings are not known have the meaning of their cells."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.reading import read
from tests.reading.texts import shown

ROWS = [
    (
        "1",
        "新建公办幼儿园4所，新增学位1200个",
        "市教育局、市住建局",
        "4所全部开工，其中2所主体封顶。",
    ),
    ("2", "改造老旧小区26个", "市住建局", "已完工19个，其余正在铺设管网。"),
    ("3", "农村适龄妇女“两癌”免费检查1.6万人", "市卫健局、市妇联", "已检查1.72万人，完成107%。"),
]
ROLES = ("序号", "要办的事", "谁来办", "目前到了哪一步")


def write(folder: Path, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    path = folder / "青溪市2024年民生实事办理进度.csv"
    lines = ["\t".join(row) for row in (heads, *rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


@pytest.mark.parametrize("order", [(0, 1, 2, 3), (3, 2, 1, 0), (1, 3, 0, 2)])
def test_unknown_headings(order: tuple[int, ...], tmp_path: Path) -> None:
    heads, *rows = ([row[place] for place in order] for row in (ROLES, *ROWS))
    report = read(write(tmp_path, heads, rows), "420103")
    assert shown(report) == [(task, said, units.split("、")) for _, task, units, said in ROWS]
    confidences = {column.heading: column.confidence for column in report.columns}
    assert all(0.5 <= confidences[heading] < 1 for heading in ROLES[1:])


def test_a_known_heading_keeps_its_meaning(tmp_path: Path) -> None:
    heads = ("序号", "实事内容", "责任单位", "备注")
    report = read(write(tmp_path, heads, ROWS), "420103")
    assert not any(task.progress.text for task in report.tasks)


def test_names_below_an_unknown_heading_are_people(tmp_path: Path) -> None:
    names = ("许明远", "丁安然", "蔡知行")
    rows = [(*row, name) for row, name in zip(ROWS, names, strict=True)]
    heads = ("序号", "实事内容", "责任单位", "目前到了哪一步", "谁挂帅")
    report = read(write(tmp_path, heads, rows), "420103")
    assert len(report.tasks) == 3
    assert not any(name in str(report) for name in names)


def test_names_with_their_post_before_units_are_no_units(tmp_path: Path) -> None:
    names = ("许明远（副市长）；", "丁安然（市委常委）；", "蔡知行（副市长）；")
    rows = [(n, t, name + u, p) for (n, t, u, p), name in zip(ROWS, names, strict=True)]
    report = read(write(tmp_path, ("序号", "实事", "承办单位", "进展情况"), rows), "420103")
    assert [units for _, _, units in shown(report)] == [
        units.split("、") for _, _, units, _ in ROWS
    ]


def test_a_list_of_prices_is_still_refused(tmp_path: Path) -> None:
    rows = [("1", "螺纹钢", "φ12", "吨", "3850"), ("2", "水泥", "42.5", "吨", "420")] * 2
    heads = ("序号", "货名", "型号", "计量", "单价")
    with pytest.raises(InputError):
        read(write(tmp_path, heads, rows), "420103")

"""Clauses that say who answers for an item."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.reading.texts import Row, read_text, shown

ITEMS = [
    (
        "提升供水保障。铺设主管网22公里。",
        "铺设主管网22.8公里，水质检测合格。",
        "县水利局",
        "县财政局",
    ),
    ("改善交通环境。打通断头路3条。", "涧河路、新安路已通车。", "县住建局、县交通局", "各镇政府"),
    ("实施危房改造。改造农村危房680户。", "全部竣工入住，补助资金已拨付。", "县住建局", "县民政局"),
]


@pytest.mark.parametrize(
    "clause",
    [
        "此项由{lead}承办，{others}配合。",
        "该项工作由{lead}牵头负责，{others}协助。",
        "由{lead}负责推进，",
    ],
)
def test_the_units_are_taken_and_the_clause_is_left_out(clause: str, tmp_path: Path) -> None:
    lines = ["青溪县2016年民生工程办理结果公告", ""]
    rows: list[Row] = []
    for number, (task, progress, lead, others) in zip("一二三", ITEMS, strict=True):
        lines += [f"{number}是{task}", clause.format(lead=lead, others=others) + progress, ""]
        units = [*lead.split("、"), *([others] if "others" in clause else [])]
        rows.append((task, progress, [unit for unit in units if not unit.startswith("各")]))
    assert shown(read_text(tmp_path, "\n".join(lines))) == rows


def test_a_sentence_with_other_words_between_is_no_such_clause(tmp_path: Path) -> None:
    progress = "资金由县财政局、县教育局及社会各界捐助解决，负责人已落实。"
    lines = [f"{n}. 新建学校{n}所。\n完成情况：{progress}\n责任单位：县教育局" for n in (1, 2, 3)]
    report = read_text(tmp_path, "青溪县2016年民生工程完成情况\n" + "\n".join(lines) + "\n")
    assert [row[1:] for row in shown(report)] == [(progress, ["县教育局"])] * 3

"""Cells of a megabyte, whatever they repeat: read again from each sign, one would take hours."""

from __future__ import annotations

import pytest

from kg.extraction.facts import extract
from kg.model import Cell, Jurisdiction, Report, Task, TaskFacts

# One of each kind that a pattern could read again and again: signs, suffixes, verbs, numbers,
# dates, opened and closed marks, and a sentence.
SIGNS = "1 一 “ 《 （ 、 ， 。 a Ａ 的 与 等 区 第 路 因 待"
WORDS = "取消 正在 完成 促进 一是 社区 公司 项目 公园 大学 活动 办法 运动会 委员会"
NUMBERS = "等3个 20余家 20% 10月底"
NAMES = "柳园路、 某甲、 《某某办法》 “某某工程” （一）"
SENTENCE = "柳园路新建微循环道路3条，已完工；因征收未完成，待用地批复后开工。"
KINDS = (" ", *f"{SIGNS} {WORDS} {NUMBERS} {NAMES} {SENTENCE}".split())


def report(text: str) -> Report:
    """Return a report of one task whose promise and progress are the same text."""
    task = Task("r", 1, ("类", None), Cell(text), Cell(text), Cell("民政局"), ())
    return Report("r", "r", "", Jurisdiction("420103", "江汉区"), 2019, "2019-10", (task,))


def facts(text: str) -> TaskFacts:
    (found,) = extract(report(text))
    return found


@pytest.mark.slow
@pytest.mark.parametrize("unit", KINDS)
def test_a_megabyte_of_anything_is_read(unit: str) -> None:
    repeated = unit * (1_000_000 // len(unit.encode()))
    found = facts(repeated)
    assert found.task.task.text == repeated

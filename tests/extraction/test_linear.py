"""Cells of a megabyte: patterns must not start again at each character."""

from __future__ import annotations

import pytest

from kg.extraction.dates import find_dates
from kg.extraction.numbers.list_counts import check_counts
from kg.extraction.numbers.quantities import find_quantities
from kg.extraction.status import part_spans
from tests.extraction.rows import facts_of, row

# Texts at which a pattern could start again at each character: marks, suffixes, verbs, numbers,
# dates, opening and closing marks, and a sentence.
SIGNS = "1 一 “ 《 （ 、 ， 。 a Ａ 的 与 等 区 第 路 因 待"
WORDS = "取消 正在 完成 促进 一是 社区 公司 项目 公园 大学 活动 办法 运动会 委员会"
NUMBERS = "等3个 20余家 20% 10月底"
NAMES = "柳园路、 某甲、 《某某办法》 “某某工程” （一）"
SENTENCE = "柳园路新建微循环道路3条，已完工；因征收未完成，待用地批复后开工。"
KINDS = (" ", *f"{SIGNS} {WORDS} {NUMBERS} {NAMES} {SENTENCE}".split())


_MEGABYTE = 1_000_000


@pytest.mark.slow
@pytest.mark.parametrize("unit", KINDS)
def test_rules_read_a_megabyte_of_anything(unit: str) -> None:
    task = row(unit * (_MEGABYTE // len(unit.encode())), "已完工")
    quantities = find_quantities(task)
    find_dates(task, 2019, "2019-10")
    part_spans(task.task.text)
    list(check_counts(task, ()))
    assert all(task.task.text[q.evidence.start : q.evidence.end] for q in quantities)


@pytest.mark.slow
def test_a_megabyte_of_sentences_is_read_as_far_as_a_cell_may_reach() -> None:
    repeated = SENTENCE * (_MEGABYTE // len(SENTENCE.encode()))
    (found,) = facts_of((repeated, repeated))
    assert found.task.task.text == repeated
    assert any(name.name.startswith("柳园路") for name in found.names)

"""What the figures of a model, and of two readers, count."""

from __future__ import annotations

import pytest

from training.__main__ import split_by_government
from training.agreement import compare_readers
from training.markup import parse_blocks
from training.measure import Figures, count_names, fit_calibration

FIRST = """\
gov: 浙江省青川市 | 330100 | 2023-09
task: 实施[[P:青川桥工程]]，改造[[R:柳林路]]2条
prog: <d>[[P:青川桥工程]]完工，<u>改造1条。
status: partly_completed | 完工
tgt: 道路 | = | 2条 | 1条 | behind"""


@pytest.mark.parametrize(
    ("got", "exact", "overlapping"),
    [
        ({("project", "青川桥工程"), ("road", "柳林路")}, 1.0, 1.0),
        ({("project", "青川桥"), ("road", "柳林路")}, 0.5, 1.0),
        ({("project", "青川"), ("road", "柳林路")}, 0.5, 0.5),
        ({("place", "青川桥工程"), ("road", "柳林路")}, 1.0, 1.0),
        (set(), 0.0, 0.0),
    ],
)
def test_names_are_counted_whole_and_overlapping(
    got: set[tuple[str, str]], exact: float, overlapping: float
) -> None:
    figures = Figures()
    count_names(figures, {("project", "青川桥工程"), ("road", "柳林路")}, got)
    table = figures.table()
    assert (table["names"], table["names, overlapping"]) == (exact, overlapping)


def test_two_readers_are_compared_on_the_tasks_that_both_marked() -> None:
    second = FIRST.replace("[[R:柳林路]]", "柳林路").replace("partly_completed", "completed")
    other = "gov: 甲 | 330100 | 2023\ntask: 建桥\nprog: <d>完成。\nstatus: completed | 完成"
    first = [*parse_blocks(FIRST), *parse_blocks(other)]
    table = compare_readers(first, parse_blocks(second)).table()
    assert table["states"] == 0
    assert table["project"] == table["targets judged"] == table["stretches, characters"] == 1
    assert table["road"] == 0


def test_a_government_is_trained_with_or_measured_with_never_both() -> None:
    blocks = [FIRST.replace("青川市", f"青川{number}市") for number in range(60)]
    parts = split_by_government(parse_blocks("\n\n".join(blocks + blocks)))
    first, second = ({task.government for task in part} for part in parts)
    assert not first & second
    assert len(first | second) == 60
    assert 0 < len(second) < 15


def test_calibration_never_falls_and_draws_on_what_was_right() -> None:
    cases = [(0.9, at % 5 < 3) for at in range(100)] + [(0.3, False)] * 100
    points = fit_calibration(cases)
    shares = [share for _, share in points]
    assert shares == sorted(shares)
    assert shares[-1] == pytest.approx(0.6, abs=0.1)
    assert fit_calibration([]) == []

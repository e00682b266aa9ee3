from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.history.matching import Match, match_rows
from kg.model import Cell, Task
from kg.reading import read
from tests.history.mutate import mutate_report, rows, scores
from tests.history.plans import write_plan


def test_three_reports_of_a_plan(tmp_path: Path) -> None:
    may, october, december = (read(path).tasks for path in write_plan(tmp_path))
    found = match_rows(may, october)
    assert [(it.before, it.after) for it in found.matches] == [
        (1, 2),
        (3, 3),
        (4, 4),
        (5, 5),
        (6, 6),
    ]
    assert all(it.is_sure for it in found.matches)
    assert found.matches[0] == Match(1, 2, 1.0)
    assert found.matches[1].confidence < 1  # reworded
    assert (found.vanished, found.new) == ((2,), (1,))
    again = match_rows(october, december)
    assert [(it.before, it.after) for it in again.matches] == [(n, n) for n in range(1, 7)]
    assert (again.vanished, again.new) == ((), ())


def test_alike_tasks_are_told_apart_by_department_and_number() -> None:
    before = rows((1, "新建学校一所。", "教育局"), (2, "新建学校一所。", "城投公司"))
    after = rows((4, "新建学校一所。", "城投公司"), (5, "新建学校一所。", "教育局"))
    assert {(it.before, it.after) for it in match_rows(before, after).matches} == {(1, 5), (2, 4)}
    same = rows((1, "新建学校一所。", "教育局"), (2, "新建学校一所。", "教育局"))
    assert {(it.before, it.after) for it in match_rows(same, same).matches} == {(1, 1), (2, 2)}


def test_what_could_be_two_is_doubtful() -> None:
    before = rows((5, "建设湖滨公园步道。", "园林局"))
    after = rows((5, "建设湖滨公园绿道。", "园林局"), (9, "建设湖滨公园跑道。", "园林局"))
    (found,) = match_rows(before, after).matches
    assert found.after == 5
    assert not found.is_sure


def test_what_could_as_well_be_the_other_stays_apart() -> None:
    before = rows((5, "建设湖滨公园步道。", "园林局"))
    after = rows((4, "建设湖滨公园绿道。", "园林局"), (6, "建设湖滨公园跑道。", "园林局"))
    found = match_rows(before, after)
    assert (found.matches, found.vanished, found.new) == ((), (5,), (4, 6))


def test_other_tasks_are_not_matched() -> None:
    before = rows((1, "举办荷花文化节活动。", "文化和旅游局"))
    after = rows((1, "新增城镇就业五千人。", "人力资源和社会保障局"))
    found = match_rows(before, after)
    assert (found.matches, found.vanished, found.new) == ((), (1,), (1,))


def series(*works: tuple[str, int]) -> tuple[Task, ...]:
    """Return works of one kind, each with a road and a number of metres."""
    told = (f"加快推进{road}改造工程，全年完成{metres}米。" for road, metres in works)
    return rows(*((number, words, "住房和建设局") for number, words in enumerate(told, 1)))


def test_works_of_one_kind_are_told_apart_by_place_and_figure() -> None:
    before = series(("文汇路", 120), ("新华路", 90), ("桂香路", 340), ("柳林路", 75))
    after = series(("文汇路", 120), ("石桥路", 210), ("桂香路", 340), ("柳林路", 75))
    found = match_rows(before, after)
    assert [(it.before, it.after) for it in found.matches] == [(1, 1), (3, 3), (4, 4)]
    assert (found.vanished, found.new) == ((2,), (2,))


def test_a_plan_of_many_rows_that_are_all_reworded() -> None:
    before = series(*((f"{number % 40}号路", number) for number in range(3000)))
    after = tuple(
        replace(task, task=Cell(task.task.text.replace("加快推进", "全力抓好").replace("完成", "")))
        for task in before
    )
    found = match_rows(before, after)
    assert {it.before - it.after for it in found.matches} == {0}
    assert (found.vanished, found.new) == ((), ())


def test_what_was_split_from_one_of_many_rows() -> None:
    before = series(*((f"{number}号路", number) for number in range(1000)))
    whole = before[499].task.text
    before = (
        *before[:499],
        replace(before[499], task=Cell(f"{whole}新建社区食堂12家。")),
        *before[500:],
    )
    after = (
        *before[:499],
        *rows((500, whole, ""), (1001, "新建社区食堂12家。", "")),
        *before[500:],
    )
    found = match_rows(before, after)
    (left,) = found.new
    assert left in (500, 1001)
    assert found.split == {left: 500}


def test_rows_that_are_split_and_merged() -> None:
    whole = rows(
        (1, "完成老旧小区改造20个；新建社区食堂12家并投入使用。", "民政局"), (2, "修路。", "")
    )
    parts = rows(
        (1, "完成老旧小区改造20个。", "民政局"),
        (2, "新建社区食堂12家并投入使用。", "民政局"),
        (3, "修路。", ""),
    )
    split = match_rows(whole, parts)
    assert {it.before for it in split.matches} == {1, 2}
    (left,) = split.new
    assert split.split == {left: 1}
    merged = match_rows(parts, whole)
    assert merged.merged == {left: 1}


@pytest.mark.parametrize("seed", range(8))
def test_a_later_report_of_the_dataset(dataset: Path, seed: int) -> None:
    report = read(dataset)
    later, truth = mutate_report(report, seed)
    found = match_rows(report.tasks, later.tasks).matches
    precision, recall = scores({it.after: it.before for it in found}, truth)
    assert precision >= 0.98
    assert recall >= 0.95


WORDS = st.text(alphabet="推进建设完成公园道路学校医院老旧小区改造个0123456789，。", max_size=24)
ROWS = st.lists(st.tuples(WORDS, st.sampled_from(["教育局", "民政局", ""])), max_size=12).map(
    lambda found: rows(*((number, *row) for number, row in enumerate(found, 1)))
)


@given(ROWS, ROWS)
def test_no_task_is_matched_twice_and_each_is_told(before: tuple, after: tuple) -> None:  # type: ignore[type-arg]
    found = match_rows(before, after)
    firsts, seconds = ([getattr(it, side) for it in found.matches] for side in ("before", "after"))
    assert len(set(firsts)) == len(firsts)
    assert len(set(seconds)) == len(seconds)
    assert sorted([*firsts, *found.vanished]) == [task.number for task in before]
    assert sorted([*seconds, *found.new]) == [task.number for task in after]
    assert all(0 < it.confidence <= 1 for it in found.matches)


@given(ROWS)
def test_the_same_report_matches_fully(tasks: tuple) -> None:  # type: ignore[type-arg]
    told = tuple(task for task in tasks if task.task.text.strip("，。"))
    found = match_rows(told, told)
    assert (found.vanished, found.new) == ((), ())
    for it in found.matches:
        assert told[[t.number for t in told].index(it.before)].task == next(
            task.task for task in told if task.number == it.after
        )


@given(ROWS, ROWS)
def test_it_does_not_matter_which_report_is_first(before: tuple, after: tuple) -> None:  # type: ignore[type-arg]
    here = {(it.before, it.after) for it in match_rows(before, after).matches if it.is_sure}
    there = {(it.after, it.before) for it in match_rows(after, before).matches if it.is_sure}
    assert here == there

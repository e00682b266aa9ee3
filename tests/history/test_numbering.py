from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from kg.history.numbering import NumberedReport, number_reports, number_rows
from kg.reading import read
from tests.history.mutate import mutate_report
from tests.history.plans import write_plan

OCTOBER = {1: 7, 2: 1, 3: 3, 4: 4, 5: 5, 6: 6}


def numbers(found: NumberedReport) -> dict[int, int]:
    return {row: place.number for row, place in found.rows.items()}


def test_the_first_report_gives_the_numbers_and_new_tasks_follow(tmp_path: Path) -> None:
    reports = [read(path) for path in write_plan(tmp_path)]
    found = number_reports(reversed(reports), {}, {})
    told = {name: {row: it.number for row, it in rows.items()} for name, rows in found.items()}
    assert told == {
        "donghu-2021-05": {number: number for number in range(1, 7)},
        "donghu-2021-10": OCTOBER,
        "donghu-2021-12": OCTOBER,
    }


def test_a_task_that_was_left_out_once_is_the_same_when_it_returns(tmp_path: Path) -> None:
    may, october, _ = (read(path) for path in write_plan(tmp_path))
    first = number_rows(may, [], {})
    second = number_rows(october, [first], {})
    again = number_rows(may, [first, second], {})
    assert numbers(again) == {number: number for number in range(1, 7)}


def test_numbers_stay_when_an_earlier_report_comes_later(tmp_path: Path) -> None:
    may, october, december = (read(path) for path in write_plan(tmp_path))
    first = number_rows(october, [], {})
    second = number_rows(december, [first], {})
    assert numbers(second) == {number: number for number in range(1, 7)}
    late = number_rows(may, [first, second], {})
    assert numbers(late) == {1: 2, 2: 7, 3: 3, 4: 4, 5: 5, 6: 6}


def test_what_a_person_decided_goes_first(tmp_path: Path) -> None:
    may, october, _ = (read(path) for path in write_plan(tmp_path))
    first = number_rows(may, [], {})
    decided = number_rows(october, [first], {1: 2, 3: 0})
    assert numbers(decided) == {1: 2, 2: 1, 3: 7, 4: 4, 5: 5, 6: 6}


def test_a_year_of_reports_each_made_of_the_one_before(dataset: Path) -> None:
    report = replace(read(dataset), as_of="2019-01", identifier="01")
    known = [number_rows(report, [], {})]
    truth = {task.number: task.number for task in report.tasks}
    right: list[bool] = []
    for month in range(2, 13):
        later, rows = mutate_report(report, month)
        report = replace(later, as_of=f"2019-{month:02d}", identifier=f"{month:02d}")
        truth = {row: truth[before] for row, before in rows.items()}
        known.append(number_rows(report, known, {}))
        found = numbers(known[-1])
        assert len(set(found.values())) == len(found)
        right += [found[row] == number for row, number in truth.items()]
    assert sum(right) / len(right) >= 0.98

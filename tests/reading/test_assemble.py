from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import InputError
from kg.model import Cell, Coverage, Report
from kg.reading.assemble import RawTask, assemble

TITLE = "武汉市青山区2021年重点工作进展表（截至6月底）"


def row(
    number: int | None,
    category: str = "民生",
    progress: str = "已建成。",
    departments: str = "民政局",
) -> RawTask:
    spans = ((0, len(departments)),) if departments else ()
    cells = Cell("建站。"), Cell(progress), Cell(departments)
    return RawTask(number, 7, (category, None), *cells, spans)


def made(*rows: RawTask, code: str | None = None) -> Report:
    return assemble(Path("t.txt"), TITLE, rows, Coverage(9, 9), code)


def test_title_names_the_report_and_its_district() -> None:
    report = made(row(1))
    assert (report.identifier, report.plan) == ("qingshan-420107-2021-06", "qingshan-420107-2021")
    assert report.jurisdiction.code == "420107"
    assert made(row(1), code="150204").jurisdiction.code == "150204"


def test_numbers_follow_the_sequence_with_notes_on_gaps() -> None:
    report = made(row(1), row(None), row(2), row(6))
    assert [task.number for task in report.tasks] == [1, 2, 3, 6]
    assert [problem.row for problem in report.problems] == [2, 3, 6]
    assert "4 to 5" in report.problems[-1].reason


def test_missing_cells_of_a_row_are_noted() -> None:
    report = made(row(1, progress=""), row(2, departments=""), row(3, category=""))
    assert [(p.row, p.reason) for p in report.problems] == [
        (1, "no text in the progress cell"),
        (2, "names no department"),
        (3, "no category"),
    ]


def test_table_without_categories_lacks_none() -> None:
    assert made(row(1, category=""), row(2, category="")).problems == ()


def test_departments_keep_their_evidence() -> None:
    department = made(row(1)).tasks[0].departments[0]
    assert (department.name, department.evidence.quote) == ("民政局", "民政局")


def test_table_without_rows_is_refused() -> None:
    with pytest.raises(InputError, match="has no rows"):
        made()

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from click.testing import CliRunner
from rich.cells import cell_len

from kg.cli import cli
from kg.commands.terminal import table_lines
from kg.questions.catalogue import questions
from kg.tables import Answer

LONG = "推进新华路、黄孝河综合管廊等综合改造工程，" * 6


def kg(*arguments: str | Path) -> str:
    done = CliRunner().invoke(cli, list(map(str, arguments)), env={"COLUMNS": "80"})
    assert done.exit_code == 0, done.output
    return done.stdout


def fits(text: str, width: int = 80) -> bool:
    return all(cell_len(line) <= width for line in text.splitlines())


def test_every_question_fits_eighty_columns_and_a_screenful(store: Path) -> None:
    for asked in questions():
        named = ["建设局", "商务局"][: sum(it.required for it in asked.parameters.values())]
        shown = kg("query", asked.name, *named, "--store", store)
        assert fits(shown), asked.name
        assert len(shown.splitlines()) < 60, asked.name


@pytest.mark.parametrize(
    "arguments", [("reports",), ("stats",), ("validate",), ("stats", "--by", "department")]
)
def test_other_tables_fit_too(arguments: tuple[str, ...], store: Path) -> None:
    assert fits(kg(*arguments, "--store", store))


def test_rows_are_cut_unless_all_are_asked_for(store: Path) -> None:
    shown = kg("query", "tasks", "--store", store)
    assert shown.endswith("… 86 more (--all)\n")
    whole = kg("query", "tasks", "--all", "--store", store)
    assert whole.endswith("106 rows\n")
    assert whole.startswith(shown[: shown.index("also:")])


@pytest.mark.parametrize("form", ["csv", "md"])
def test_other_formats_are_never_cut(form: str, store: Path) -> None:
    shown = kg("query", "tasks", "--format", form, "--store", store)
    assert shown == kg("query", "tasks", "--format", form, "--all", "--store", store)
    if form == "csv":
        rows = list(csv.reader(io.StringIO(shown)))
        assert len(rows) == 107
        assert rows[0] == ["report", "task", "category", "status", "departments", "promise"]
        assert "…" not in shown


def test_the_most_telling_columns_come_first(store: Path) -> None:
    lines = kg("query", "tasks", "--store", store).splitlines()
    assert lines[0] == "report: jianghan-2019-10"
    assert lines[2].split() == ["task", "departments", "status", "promise"]
    assert lines[-2] == "also: column category (--format csv)"


def test_one_value_in_all_rows_is_told_once_and_none_not_at_all() -> None:
    answer = Answer(
        ("iri", "report", "task", "unit", "promise"),
        tuple((f"https://example.org/{n}", "r", n, None, LONG) for n in (1, 2)),
    )
    shown = list(table_lines(answer))
    assert shown[0] == "report:  r"
    assert shown[1].startswith("promise: 推进新华路")
    assert "task  iri" in shown
    assert not any("unit" in line for line in shown)


def test_one_row_is_told_a_line_for_each_value() -> None:
    answer = Answer(("sha256", "name", "count"), (("0" * 64, "西北湖", 3),))
    assert list(table_lines(answer)) == [
        "name:   西北湖",
        "count:  3",
        f"sha256: {'0' * 64}",
        "1 rows",
    ]


@pytest.mark.parametrize("width", [1, 12, 40, 80, 200])
def test_a_table_is_no_wider_than_the_terminal(width: int) -> None:
    rows = tuple((n, f"部门{n}", LONG[:n], f"{LONG}{n}", "x" * 90) for n in range(1, 60))
    lines = list(table_lines(Answer(("task", "department", "kind", "quote", "x"), rows), width))
    if width > 1:
        assert fits("\n".join(lines), width)
    assert len(lines) >= 59


def test_a_table_takes_no_more_lines_than_the_terminal_has() -> None:
    rows = tuple((n, f"{LONG}{n}") for n in range(1, 60))
    lines = list(table_lines(Answer(("task", "quote"), rows), height=24))
    assert len(lines) in (22, 23)
    assert lines[-1].startswith("… ")
    assert len(list(table_lines(Answer(("task", "quote"), rows), height=2))) > 5


def test_what_controls_a_terminal_is_not_printed() -> None:
    (line, _) = table_lines(Answer(("name",), (("a\x1b[2Jb\nc",),)))
    assert line == "name: a [2Jb c"


def test_no_rows_are_told_in_one_line() -> None:
    assert list(table_lines(Answer(("name",), ()))) == ["0 rows"]


def test_a_reading_is_cut_unless_all_is_asked_for(dataset: Path) -> None:
    shown, whole = kg("read", dataset), kg("read", dataset, "--all")
    assert fits(shown)
    assert "… 101 more (--all)" in shown
    assert "task 106: " not in shown
    assert "task 106: " in whole

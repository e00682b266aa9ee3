from __future__ import annotations

import json
import random
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

from benchmarks.corpus import Sizes, list_districts, make_corpus
from benchmarks.invented_plans import Plan, Row
from benchmarks.report_formats import FORMATS
from benchmarks.scores import score_linking, score_matching
from kg.graph.build import build
from kg.reading import read

ALONE = sorted(FORMATS.keys() - {"xls"})
SMALL = Sizes(months=3, tasks=40)


def check_read(folder: Path, truth: dict[str, list[Row]]) -> None:
    """Check that the files of a corpus hold what was invented."""
    assert truth
    for file, rows in truth.items():
        report = read(folder / file)
        assert [
            (task.number, task.category, task.task.text, [it.name for it in task.departments])
            for task in report.tasks
        ] == [
            (number, row.heading, row.promise, list(row.departments))
            for number, row in enumerate(rows, 1)
        ]
        assert all(
            row.subject in task.progress.text for row, task in zip(rows, report.tasks, strict=True)
        )
        assert report.jurisdiction.code == file[:6]
        assert report.as_of == file[7:14]


@pytest.mark.parametrize("form", ALONE)
def test_each_format_holds_what_was_invented(form: str, tmp_path: Path) -> None:
    check_read(
        tmp_path, make_corpus(tmp_path, list_districts(1), Sizes(months=2, tasks=30), 3, [form])
    )


@pytest.mark.slow
@pytest.mark.usefixtures("soffice")
def test_xls_holds_what_was_invented(tmp_path: Path) -> None:
    check_read(
        tmp_path, make_corpus(tmp_path, list_districts(1), Sizes(months=1, tasks=30), 3, ["xls"])
    )


def contents(paths: Iterable[Path]) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in paths}


def test_the_same_seed_gives_the_same_bytes(tmp_path: Path) -> None:
    made = []
    for name, seed in (("one", 5), ("again", 5), ("other", 6)):
        folder = tmp_path / name
        folder.mkdir()
        make_corpus(folder, list_districts(2), Sizes(months=5, tasks=12), seed, ALONE)
        made.append(contents(folder.iterdir()))
    assert made[0] == made[1]
    assert made[0].keys() == made[2].keys()
    assert all(made[0][name] != made[2][name] for name in made[0])


def test_rows_of_a_plan_change_from_report_to_report() -> None:
    plan = Plan.invent(random.Random(1), 200)
    first = {row.task: row for row in plan.rows}
    plan.advance()
    second = {row.task: row for row in plan.rows}
    assert len(first) == len(second) == 200
    assert first.keys() - second.keys()
    assert second.keys() - first.keys()
    assert len({row.promise for row in second.values()}) == 200
    both = first.keys() & second.keys()
    assert any(first[task].promise != second[task].promise for task in both)
    assert any(first[task].departments != second[task].departments for task in both)
    assert [row.task for row in plan.rows] != sorted(second)


def test_the_truth_tells_what_is_one_and_what_never_is(tmp_path: Path) -> None:
    places = list_districts(3)
    truth = make_corpus(tmp_path, places, Sizes(months=1, tasks=150), 1, ["csv"])
    told = json.loads((tmp_path / "truth.json").read_text(encoding="utf-8"))
    assert told["tasks"] == {file: [row.task for row in rows] for file, rows in truth.items()}
    codes = [str(place.code) for place in places]
    assert told["things"]["市城建局"]["one_in"] == sorted({code[:4] for code in codes})
    assert told["things"]["远景科技有限公司"]["one_in"] == ["CN"]
    assert told["things"]["教育局"] == {"one_in": codes, "named_in": codes}


def test_matching_and_linking_are_over_the_marks(tmp_path: Path) -> None:
    truth = make_corpus(tmp_path, list_districts(2), SMALL, 2, ALONE)
    build([tmp_path / file for file in truth], tmp_path / "store")
    for score in (score_matching, score_linking):
        found = score(tmp_path / "store", truth)
        assert found.precision >= 0.98
        assert found.recall >= 0.95
    # The scores detect errors: here all rows have wrong tasks.
    wrong = {file: rows[::-1] for file, rows in truth.items()}
    wrong[next(iter(truth))] = truth[next(iter(truth))]
    assert score_matching(tmp_path / "store", wrong).precision < 0.98


def test_the_command_tells_time_and_scores(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "benchmarks.corpus", "--districts", "1", "--months", "2"]
    command += ["--tasks", "8", "--formats", "csv,md", "--keep", str(tmp_path)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "2 reports" in done.stdout
    assert "matching: precision 1.0000  recall 1.0000" in done.stdout
    assert "linking:  precision 1.0000  recall 1.0000" in done.stdout
    assert {path.suffix for path in tmp_path.iterdir()} == {".csv", ".md", ".json"}
    command[command.index("csv,md")] = "csv,doc"
    refused = subprocess.run(command, capture_output=True, text=True, check=False)
    assert refused.returncode == 2
    assert "no such format: doc" in refused.stderr

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import InputError
from kg.graph.build import build
from kg.reading.corpus import expand_sources
from tests.test_cli import kg

TABLE = "{title},,\n工作任务,进展情况,责任单位\n新建学校2所。,已开工。,区教育局\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "reports"
    (folder / "2021").mkdir(parents=True)
    for month in (5, 10):
        title = f"西湖区2021年重点工作推进情况（截至{month}月底）"
        path = folder / "2021" / f"{month}.csv"
        path.write_text(TABLE.format(title=title), encoding="utf-8")
    for name in ("README.md", "curation.csv", ".hidden.csv", "~$t.xlsx", "notes.doc"):
        (folder / name).write_text("x", encoding="utf-8")
    return folder


def test_a_folder_and_a_pattern_are_the_tables_in_them(folder: Path) -> None:
    tables = [folder / "2021" / "10.csv", folder / "2021" / "5.csv"]
    assert expand_sources([folder]) == (tables, True)
    assert expand_sources([f"{folder}/**/*.csv"]) == (tables, True)
    assert expand_sources([tables[1]]) == ([tables[1]], False)
    assert expand_sources([tables[1], folder]) == ([tables[1], tables[0]], True)


def test_a_bad_file_is_reported_and_the_others_are_built(folder: Path, tmp_path: Path) -> None:
    (folder / "bad.docx").write_bytes(b"no archive")
    (folder / "again.csv").write_text((folder / "2021" / "5.csv").read_text(encoding="utf-8"))
    result = kg("build", folder, "--store", tmp_path / "store", "--jurisdiction", "330106")
    assert result.returncode == 1
    assert "again.csv: is the same report as 5.csv (xihu-330106-2021-05)" in result.stderr
    assert "bad.docx: is text, not a Word document" in result.stderr
    assert result.stderr.splitlines()[-1] == "2 reports are built, 2 left out"
    assert "xihu-330106-2021-10: 1 tasks" in result.stdout


def test_a_bad_file_given_alone_is_an_error(folder: Path, tmp_path: Path) -> None:
    bad = folder / "bad.docx"
    bad.write_bytes(b"no archive")
    with pytest.raises(InputError, match="is text, not a Word document"):
        build([folder / "2021" / "5.csv", bad], tmp_path / "store", jurisdiction="330106")


def test_a_pattern_without_tables_is_reported(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="contains no file that may be a table"):
        expand_sources([tmp_path / "reports" / "*.pdf"])


def test_missing_place_and_date_of_a_report_are_reported_when_it_is_built(
    tmp_path: Path,
) -> None:
    (tmp_path / "in").mkdir()
    rows = "序号,工作任务,进展情况,责任单位\n1,新建道路10条。,已建成3条道路。,区建设局\n"
    for name, title in (("1", "重点工作"), ("2", "乐亭县2024年重点工作（截至6月底）")):
        (tmp_path / "in" / f"{name}.csv").write_text(f"{title}\n{rows}", encoding="utf-8")
    result = kg("build", tmp_path / "in", "--store", tmp_path / "store")
    assert result.returncode == 0
    assert result.stderr.strip().splitlines() == [
        "1: has no place (give --jurisdiction CODE) and no year (add it to the title); facts and "
        "judgements that need it are left out"
    ]
    targets = kg("query", "indicators", "--store", tmp_path / "store", "--format", "json").stdout
    found = {row["report"]: row["judgement"] for row in json.loads(targets)}
    assert found == {"1": "unknown", "laoting-2024-06": "behind"}

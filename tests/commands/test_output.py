from __future__ import annotations

import csv
import json
from pathlib import Path

from openpyxl import load_workbook

from kg.questions.catalogue import query
from tests.test_cli import kg


def test_answers_are_written_as_the_ending_tells(store: Path, tmp_path: Path) -> None:
    expected = query(store, "behind")
    for ending in ("csv", "xlsx", "json", "md"):
        path = tmp_path / f"behind.{ending}"
        done = kg("query", "behind", "--store", str(store), "-o", str(path))
        assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    data = (tmp_path / "behind.csv").read_bytes()
    # Without it Excel takes Chinese for another encoding.
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(data.decode("utf-8-sig").splitlines()))
    assert tuple(rows[0]) == expected.fields
    assert len(rows) == len(expected.rows) + 1
    sheet = load_workbook(tmp_path / "behind.xlsx").active
    assert sheet is not None
    assert sheet.title == "落后的目标"
    assert sheet.max_row == len(rows)
    assert len(json.loads((tmp_path / "behind.json").read_text("utf-8"))) == len(expected.rows)
    assert (tmp_path / "behind.md").read_text("utf-8").count("\n") == len(rows) + 1


def test_what_cannot_be_written_is_told(store: Path, tmp_path: Path) -> None:
    for name, told in (("a.doc", "unknown format"), ("no/a.csv", "cannot be written")):
        done = kg("query", "behind", "--store", str(store), "-o", str(tmp_path / name))
        assert done.returncode == 2
        assert told in done.stderr
        assert done.stderr.count("\n") == 1
    assert list(tmp_path.iterdir()) == []

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]


def test_dataset_says_what_the_original_says(shared: Path, dataset: Path) -> None:
    original = shared / "sources" / "jianghan-2019-10.txt"
    checker = [sys.executable, str(ROOT / "scripts" / "check_dataset.py")]
    result = subprocess.run(
        [*checker, str(original), str(dataset)], capture_output=True, text=True, check=False
    )
    assert result.returncode == 0, result.stdout


def test_checker_notices_a_changed_figure(shared: Path, dataset: Path, tmp_path: Path) -> None:
    changed = tmp_path / "report.csv"
    text = dataset.read_text(encoding="utf-8")
    changed.write_text(text.replace("217.6亿元", "271.6亿元"), encoding="utf-8")
    original = shared / "sources" / "jianghan-2019-10.txt"
    checker = [sys.executable, str(ROOT / "scripts" / "check_dataset.py")]
    result = subprocess.run(
        [*checker, str(original), str(changed)], capture_output=True, text=True, check=False
    )
    assert result.returncode == 1
    assert "task 2: figures" in result.stdout

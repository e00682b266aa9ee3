from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


def analyse(store: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg.cli", "analyse", "--store", str(store)]
    return subprocess.run(
        [*command, *map(str, arguments)], capture_output=True, text=True, check=False
    )


def test_the_report_is_chinese_unless_asked_otherwise(store: Path) -> None:
    assert analyse(store).stdout.startswith("部门联系分析\n")
    assert analyse(store, "--language", "en", "--format", "md").stdout.startswith(
        "# Ties between depart"
    )


def test_a_file_is_written(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "analysis.json"
    result = analyse(store, "--format", "json", "-o", path)
    assert (result.returncode, result.stdout) == (0, f"{path}\n")
    assert json.loads(path.read_text(encoding="utf-8"))["overview"]["departments"] == 36


def test_who_is_hit(store: Path) -> None:
    shown = analyse(store, "--slips", "汉口辅仁小学CBD校区项目", "--steps", "1").stdout
    assert "任务 81" in shown
    assert "第 2 步" not in shown


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("--slips", "汉口辅仁"), "did you mean 汉口辅仁小学CBD校区"),
        (("-o", "no/folder/x.md"), "cannot be written"),
        (("--steps", "0", "--slips", "48"), "0 is not in the range"),
    ],
)
def test_bad_input_ends_with_code_2(arguments: tuple[str, ...], says: str, store: Path) -> None:
    result = analyse(store, *arguments)
    assert result.returncode == 2
    assert says in result.stderr
    assert not result.stdout

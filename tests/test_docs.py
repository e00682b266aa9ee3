from __future__ import annotations

import re
import runpy
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.resources import resource

ROOT = Path(__file__).parents[1]
SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def commands(name: str) -> list[str]:
    blocks = SHELL.findall((ROOT / name).read_text(encoding="utf-8"))
    lines = (line.partition("#")[0].strip() for block in blocks for line in block.splitlines())
    return [line for line in lines if line.startswith("kg ")]


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "README.zh.md",
        "docs/questions.md",
        "docs/review.md",
        "docs/reading.md",
        "docs/evaluation.md",
        "docs/publish.md",
    ],
)
def test_the_commands_of_the_documents_run(name: str, store: Path, tmp_path: Path) -> None:
    shutil.copytree(store, tmp_path / "store")
    for file in ("report.csv", "report.csv-metadata.json", "curation.yaml"):
        (tmp_path / file).symlink_to(resource("data", "jianghan-2019", file))
    found = commands(name)
    assert found
    for command in found:
        arguments = [sys.executable, "-m", "kg.cli", *shlex.split(command)[1:]]
        result = subprocess.run(
            arguments, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, (command, result.stderr)


def test_the_page_of_questions_is_what_the_catalogue_says() -> None:
    page = runpy.run_path(str(ROOT / "scripts" / "write_questions.py"))["page"]
    assert (ROOT / "docs" / "questions.md").read_text(encoding="utf-8") == page()

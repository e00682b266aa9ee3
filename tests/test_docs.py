from __future__ import annotations

import re
import runpy
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.graph.store import open_graph
from kg.questions.catalogue import query
from kg.resources import resource
from tests.history.plans import write_plan

ROOT = Path(__file__).parents[1]
LIST = re.compile(r"```text\n(.*?)```", re.DOTALL)
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
        "docs/ask.md",
        "docs/history.md",
        "docs/questions.md",
        "docs/review.md",
        "docs/reading.md",
        "docs/way-of-a-document.md",
        "docs/evaluation.md",
        "docs/publish.md",
        "docs/ties.md",
        "docs/analysis.md",
        "docs/views.md",
        "docs/desk.md",
        "docs/trust.md",
        "docs/prose.md",
    ],
)
def test_the_commands_of_the_documents_run(name: str, store: Path, tmp_path: Path) -> None:
    shutil.copytree(store, tmp_path / "store")
    for file in ("report.csv", "report.csv-metadata.json", "curation.yaml"):
        (tmp_path / file).symlink_to(resource("data", "jianghan-2019", file))
    write_plan(tmp_path)
    (shown,) = LIST.findall((ROOT / "docs" / "prose.md").read_text(encoding="utf-8"))
    (tmp_path / "list.txt").write_text(shown, encoding="utf-8")
    found = commands(name)
    assert found
    for command in found:
        arguments = [sys.executable, "-m", "kg.cli", *shlex.split(command)[1:]]
        result = subprocess.run(
            arguments, cwd=tmp_path, capture_output=True, text=True, check=False
        )
        assert result.returncode == 0, (command, result.stderr)


def test_the_page_of_questions_is_what_the_catalogue_says() -> None:
    page = runpy.run_path(str(ROOT / "scripts" / "write_questions.py"))["render_page"]
    assert (ROOT / "docs" / "questions.md").read_text(encoding="utf-8") == page()


def test_the_page_of_answers_is_what_is_answered(store: Path) -> None:
    page = runpy.run_path(str(ROOT / "scripts" / "write_answers.py"))["render_page"]
    text = (ROOT / "docs" / "answers.md").read_text(encoding="utf-8")
    assert text == page(store)
    assert text.count("\n## ") == 20


def test_the_weights_in_the_page_of_ties_are_those_of_the_graph(store: Path) -> None:
    page = (ROOT / "docs" / "ties.md").read_text(encoding="utf-8")
    worked = re.findall(
        r"^\| (\S+) \| .* \| ([\d.]+(?: [×÷] \d+)+) = ([\d.]+) \|$", page, re.MULTILINE
    )
    assert len(worked) == 6
    for thing, sum_, weight in worked:
        first, *factors = re.split(r" (?=[×÷])", sum_)
        value = float(first)
        for factor in factors:
            by = float(factor[2:])
            value = value * by if factor[0] == "×" else value / by
        assert round(value, 3) == float(weight)
        answer = query(open_graph(store), "shared-things", {"thing": thing})
        (found,) = (row for row in answer.rows if row[0] == thing)
        told = dict(zip(answer.fields, found, strict=True))
        assert float(str(told["weight"])) == float(weight)
        tasks, departments, others = (int(float(factor[2:])) for factor in factors)
        assert len(str(told["tasks"]).split(", ")) == tasks
        assert len(str(told["departments"]).split("、")) == departments == others + 1

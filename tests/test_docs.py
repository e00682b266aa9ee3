from __future__ import annotations

import re
import runpy
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from kg.graph.stores.embedded import open_graph
from kg.questions.catalogue import query
from kg.resources import resource
from tests.history.plans import write_plan

ROOT = Path(__file__).parents[1]
LIST = re.compile(r"```text\n(.*?)```", re.DOTALL)
SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)
BLOCK = re.compile(r"```.*?```", re.DOTALL)
LINK = re.compile(r"\]\(([^)\s]+)\)")
HEADING = re.compile(r"^#+ +(.+)$", re.MULTILINE)
DOCUMENTS = sorted(
    str(path.relative_to(ROOT))
    for pattern in ("*.md", "docs/*.md", "ontology/*.md", "visualizations/*.md", "data/*/README.md")
    for path in ROOT.glob(pattern)
)
# What scripts make of the code counts for itself.
GENERATED = ("answers.md", "questions.md")


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
        "docs/architecture.md",
        "docs/evaluation.md",
        "docs/guide-analysts.md",
        "docs/guide-analysts.zh.md",
        "docs/guide-planners.zh.md",
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


def _anchors(path: Path) -> set[str]:
    text = BLOCK.sub("", path.read_text(encoding="utf-8"))
    kept = (re.sub(r"[^\w\s-]", "", heading).strip().lower() for heading in HEADING.findall(text))
    return {re.sub(r"\s+", "-", heading) for heading in kept}


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_links_of_the_documents_lead_to_something(name: str) -> None:
    page = ROOT / name
    links = LINK.findall(BLOCK.sub("", page.read_text(encoding="utf-8")))
    for link in links:
        if "://" in link:
            continue
        file, _, anchor = link.partition("#")
        target = page.parent / file if file else page
        assert target.exists(), link
        assert not anchor or anchor in _anchors(target), link


def test_each_page_is_linked() -> None:
    linked = {
        (ROOT / name).parent.joinpath(link.partition("#")[0]).resolve()
        for name in DOCUMENTS
        for link in LINK.findall((ROOT / name).read_text(encoding="utf-8"))
        if "://" not in link
    }
    assert set((ROOT / "docs").glob("*.md")) <= linked


def test_the_documents_are_short() -> None:
    pages = [path for path in (ROOT / "docs").glob("*.md") if path.name not in GENERATED]
    words = {path.name: len(path.read_text(encoding="utf-8").split()) for path in pages}
    assert sum(words.values()) <= 12_000, words

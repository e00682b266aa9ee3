from __future__ import annotations

import re
import shlex
import subprocess
import sys
from pathlib import Path

from kg.graph.build import build
from tests.history.plans import write_plan
from tests.stores.servers import PAGE, oxigraph
from tests.test_docs import commands


def run(folder: Path, arguments: list[str]) -> str:
    said = subprocess.run(
        [sys.executable, "-m", "kg.cli", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 0, (arguments, said.stderr)
    return said.stdout


def test_the_commands_of_the_page_run(tmp_path: Path) -> None:
    first, *_ = write_plan(tmp_path)
    first.rename(tmp_path / "report.csv")
    (tmp_path / "server").mkdir()
    found = commands("docs/stores.md")
    assert found
    with oxigraph(tmp_path / "server") as url:
        for command in found:
            run(tmp_path, shlex.split(command.replace("http://127.0.0.1:7878/query", url))[1:])


def test_two_districts_are_asked_as_one(tmp_path: Path) -> None:
    (asked,) = re.findall(r"```sparql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
    first, second, *_ = write_plan(tmp_path)
    second.write_text(second.read_text(encoding="utf-8").replace("东湖区", "西湖区"), "utf-8")
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
    with oxigraph(tmp_path / "a") as one, oxigraph(tmp_path / "b") as other:
        build([first], one)
        build([second], other)
        asked = asked.replace("http://a.example/query", one)
        asked = asked.replace("http://b.example/query", other)
        told = run(tmp_path, ["sparql", asked, "--store", one, "--format", "csv"])
        assert "东湖区" in told
        assert "西湖区" in told

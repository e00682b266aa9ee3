from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

from tests.history.plans import write_plan
from tests.programs import program
from tests.test_docs import ROOT, SHELL

RUN = "from kg.cli import main; main()"


def kg(*arguments: str, code: str = RUN, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )


def spark(*arguments: str, code: str = RUN, **environment: str) -> str:
    """Return why a build on Spark is refused."""
    result = kg("build", "corpus", "--engine", "spark", *arguments, code=code, **environment)
    assert result.returncode == 2, result.stderr
    assert result.stdout == ""
    return result.stderr


def test_what_is_missing_is_told_with_how_to_get_it(tmp_path: Path) -> None:
    out = ("--out", str(tmp_path / "out"))
    assert "set it with --out PATH" in spark()
    assert "writes a folder of files, no store" in spark(*out, "--store", "store")
    assert "takes one SOURCE" in spark("another", *out)
    assert "“mesos”: is not a Spark master" in spark(*out, "--master", "mesos")
    without = "import sys; sys.modules['pyspark'] = None; " + RUN
    assert "pip install 'taskkg[spark]'" in spark(*out, code=without)
    assert "Java 17" in spark(*out, PATH=str(tmp_path), JAVA_HOME="")
    assert f"not found in JAVA_HOME ({tmp_path})" in spark(*out, JAVA_HOME=str(tmp_path))
    assert "--out: is for --engine spark" in kg("build", "corpus", *out).stderr
    assert list(tmp_path.iterdir()) == []


def test_the_commands_of_the_page_run(tmp_path: Path) -> None:
    program("java", "Debian: openjdk-17-jre-headless")
    (tmp_path / "corpus").mkdir()
    write_plan(tmp_path / "corpus")
    page = (ROOT / "docs" / "spark.md").read_text(encoding="utf-8")
    lines = "".join(SHELL.findall(page)).splitlines()
    assert [line.split()[0] for line in lines] == ["kg", "kg", "find", "find"]
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = {**os.environ, "PATH": path, "PYTHONPATH": str(ROOT)}

    def run(command: str) -> str:
        return subprocess.run(
            ["bash", "-o", "pipefail", "-c", command],
            cwd=tmp_path,
            env=environment,
            capture_output=True,
            text=True,
            check=True,
        ).stdout

    told = run(lines[0])
    about = json.loads((tmp_path / "graph" / "build.json").read_text(encoding="utf-8"))
    assert f"graph: 3 reports, {about['facts']} facts, {about['statements']} statements" in told
    assert run(lines[1]).splitlines()[-1].endswith(" rows")
    for line in lines[2:]:
        run(line)
    count = (
        "SELECT (COUNT(DISTINCT ?d) AS ?n) WHERE { ?d a <https://w3id.org/taskkg/ontology#Task> }"
    )
    answer = run(f"oxigraph query -l db -q '{count}' --results-format csv")
    assert answer.split() == ["n", "7"]


def test_spark_submit_runs_a_build(tmp_path: Path) -> None:
    submit = program("spark-submit", "pip install 'taskkg[spark]'")
    corpus, out = tmp_path / "corpus", tmp_path / "graph"
    corpus.mkdir()
    write_plan(corpus)[0].with_name("empty.pdf").touch()
    nobody = "重点工作\n序号,工作任务,责任单位\n1,新建道路10条。,区建设局\n"
    (corpus / "nobody.csv").write_text(nobody, "utf-8")
    decisions = tmp_path / "decisions.yaml"
    decisions.write_text("- {action: reject, kind: road, name: 无此路, reason: 没有。}\n", "utf-8")
    page = (ROOT / "docs" / "spark.md").read_text(encoding="utf-8")
    (script,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    (tmp_path / "run.py").write_text(script, encoding="utf-8")
    options = ("--base", "https://example.org/kg/", "--curation", str(decisions))
    result = subprocess.run(
        [
            *(submit, "--master", "local[2]", "run.py", "build", "corpus"),
            *("--engine", "spark", "--out", "graph", *options),
        ],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 1, result.stderr
    # Spark puts the two together.
    said = result.stdout + result.stderr
    assert "graph: 4 reports" in said
    assert "nobody: has no place (give --jurisdiction CODE)" in said
    assert "match nothing in their sources any more: 4 (graph/unmatched)" in said
    assert f"left out: file:{corpus}/empty.pdf: is empty" in said
    assert "4 reports are built, 1 left out (graph/failed)" in said
    about = json.loads((out / "build.json").read_text(encoding="utf-8"))
    assert about["base"] == "https://example.org/kg"
    unmatched = "".join(path.read_text("utf-8") for path in (out / "unmatched").glob("*.txt"))
    assert unmatched.count(f'"place": "{decisions}') == 4

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest


def kg(*arguments: str | Path, folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg.cli", *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=folder)


def test_the_whole_way(dataset: Path, tmp_path: Path) -> None:
    built = kg("build", dataset, "--store", "s", folder=tmp_path)
    assert built.returncode == 0, built.stderr
    assert "106 tasks" in built.stdout
    rows = kg("review", dataset, "--all", folder=tmp_path).stdout.splitlines()[-1]
    assert rows.endswith(" rows")
    assert f"{rows.removesuffix(' rows')} doubts for review" in built.stdout
    shared = kg("query", "shared-projects", "--store", "s", "--format", "json", folder=tmp_path)
    assert {"name", "kind", "tie", "departments", "tasks", "count"} == set(
        json.loads(shared.stdout)[0]
    )
    count = "SELECT (COUNT(*) AS ?n) WHERE { ?t a tkg:Task }"
    assert (
        kg("sparql", count, "--store", "s", "--format", "csv", folder=tmp_path).stdout == "n\n106\n"
    )
    assert (
        kg("view", "departments", "--store", "s", "-o", "d.html", folder=tmp_path).returncode == 0
    )
    assert kg("export", "--store", "s", "-o", "g.ttl", folder=tmp_path).returncode == 0
    assert (tmp_path / "d.html").stat().st_size > 100_000
    assert (tmp_path / "g.ttl").stat().st_size > 100_000


def test_extract_prints_one_object_a_task(dataset: Path) -> None:
    lines = kg("extract", dataset, "--format", "jsonl").stdout.splitlines()
    assert [json.loads(line)["no"] for line in lines] == list(range(1, 107))


def test_read_tells_what_was_recognised_and_what_was_not(shared: Path) -> None:
    shown = kg("read", shared / "sources" / "jianghan-2019-10.txt").stdout
    assert "jurisdiction: 江汉区 420103" in shown
    assert "review: task 13, line 210: the number is lost; 13 follows from the sequence" in shown


def test_a_query_from_a_file(store: Path, tmp_path: Path) -> None:
    path = tmp_path / "q.rq"
    path.write_text("ASK { ?d a tkg:Department }", encoding="utf-8")
    assert kg("sparql", path, "--store", store, "--format", "csv").stdout == "answer\ntrue\n"


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (("build", "nowhere.csv"), "nowhere.csv: no such file"),
        (("query", "shared-project", "--store", "STORE"), "did you mean shared-projects"),
        (("sparql", "SELECT", "--store", "STORE"), "SPARQL syntax error at line 1"),
        (("query", "tasks", "--store", "nowhere"), "nowhere: no store here"),
        (("export", "-o", "no/folder/x.ttl", "--store", "STORE"), "cannot be written"),
        (("query", "timeline", "--task", "x", "--store", "STORE"), "is no number"),
        (("query", "between", "建设厅", "x", "--store", "STORE"), "did you mean 建设局"),
        (
            ("extract", "DATASET", "--jurisdiction", "1"),
            "is not the code of a province, city, district or town",
        ),
    ],
)
def test_bad_input_ends_with_one_line_and_code_2(
    arguments: tuple[str, ...], says: str, store: Path, dataset: Path
) -> None:
    named = {"STORE": str(store), "DATASET": str(dataset)}
    result = kg(*(named.get(argument, argument) for argument in arguments))
    assert result.returncode == 2
    assert says in result.stderr
    assert len(result.stderr.strip().splitlines()) == 1


def test_a_suffix_tells_the_format_of_changes(dataset: Path, tmp_path: Path) -> None:
    text = dataset.read_text(encoding="utf-8").replace(
        "汉江大道全线", "<script>alert(1)</script>全线"
    )
    (tmp_path / "after.csv").write_text(text, encoding="utf-8")
    beside = dataset.with_name(f"{dataset.name}-metadata.json")
    (tmp_path / "after.csv-metadata.json").write_bytes(beside.read_bytes())
    for name, begin in (("d.html", "<!DOCTYPE html>"), ("d.json", "{"), ("d.md", "# ")):
        done = kg("diff", dataset, tmp_path / "after.csv", "-o", tmp_path / name)
        assert done.returncode == 0, done.stderr
        written = (tmp_path / name).read_text(encoding="utf-8")
        assert written.startswith(begin)
    assert "<script>alert" not in (tmp_path / "d.html").read_text(encoding="utf-8")


def test_help_loads_no_heavy_library() -> None:
    code = (
        "import sys; from kg.cli import cli; cli(['--help'], standalone_mode=False); "
        "print(sorted({'rdflib', 'pyoxigraph', 'networkx', 'numpy', 'rich'} & set(sys.modules)))"
    )
    shown = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout
    assert shown.splitlines()[-1] == "[]"

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from click.testing import CliRunner
from rich.cells import cell_len

from kg.cli import cli
from kg.graph.stores.embedded import open_graph
from kg.network.analysis import analyse
from kg.network.summary import summarise, summary_lines
from kg.reading import read
from tests.small import graph


def summary(*arguments: str | Path) -> str:
    done = CliRunner().invoke(cli, ["summary", *map(str, arguments)])
    assert done.exit_code == 0, done.output
    return done.stdout


def test_a_summary_tells_three_surprises_in_words_of_the_report(store: Path, dataset: Path) -> None:
    shown = summary("--store", store, "--page", "d.html", "--turtle", "g.ttl")
    lines = shown.replace(str(store), "store").splitlines()
    assert all(cell_len(line) <= 80 for line in lines)
    assert len(lines) <= 15
    assert "106项任务，36个部门" in lines[1]
    assert [line[:2] for line in lines if line[0] in "123"] == ["10", "1.", "2.", "3."]
    said = [line.partition("：“")[2].rstrip("”") for line in lines if "：“" in line]
    assert len(said) == 6
    text = "".join(task.progress.text for task in read(dataset).tasks)
    for words in said:
        assert words.strip("…") in text
    assert "d.html" in lines[-3]
    assert "g.ttl" in lines[-2]
    assert "serve --store" in lines[-1]


def test_a_summary_in_english_tells_how_files_are_made(store: Path) -> None:
    shown = summary("--store", store, "--language", "en")
    assert "106 tasks, 36 departments" in shown
    assert "view departments --store" in shown
    assert "export --store" in shown


def test_who_waits_for_whom_is_told(store: Path) -> None:
    opened = open_graph(store)
    pairs = (pair for pair in analyse(opened).surprising if pair.ties[0].awaits)
    found = replace(summarise(opened), surprises=tuple(pairs))
    zh, en = list(summary_lines(found, "zh")), list(summary_lines(found, "en"))
    assert "1. 教育局等待自然资源和规划分局，军事用地权属变更协调完成：" in zh
    assert "1. 教育局 waits for 自然资源和规划分局, 军事用地权属变更协调完成:" in en


def test_a_graph_without_ties_is_told_in_two_lines(tmp_path: Path) -> None:
    store = graph(tmp_path, "城建|修建公园。|已完成。|建设局", "民生|办好学校。|已完成。|教育局")
    lines = list(summary_lines(summarise(store), "en"))
    assert lines[-1] == "2 tasks, 2 departments; no tie is unexpected."
    assert len(lines) <= 2

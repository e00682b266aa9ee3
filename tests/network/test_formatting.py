from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import fields
from pathlib import Path

import pytest
from pyoxigraph import Store

from kg.graph.stores.embedded import open_graph
from kg.network.analysis import Analysis, Department, Group, Overview, analyse
from kg.network.formatting import Form, Language, format_report
from kg.network.measures import Cut
from kg.network.pairs import Dependency, PairTie, Side
from kg.network.slips import Slip, slips
from kg.network.ties import Sentence

NASTY = "</script><img src=x onerror=alert(1)>|*_`[x](y)\x1b[31m\n# 局"


def create_analysis(name: str) -> Analysis:
    """Return an analysis of two departments, one of them with a given name."""
    said = Sentence("r", 1, "task", name, name, 2)
    sides = (Side("甲局", (1,), ("城建",), (said,)), Side(name, (2,), ("民生",), (said,)))
    tie = PairTie("shared", name, "https://example.org/x", "project", 1.0, None, (), sides)
    pair = Dependency(("甲局", name), 1.0, ("groups", "headings"), (tie,))
    return Analysis(
        (name,),
        Overview(2, 2, 1, 0, 1, 0, 1, 1),
        (Department(name, "https://example.org/d", 1, 1.0, 0.5, 1),),
        None,
        (Group(1, 2, ("甲局", name)),),
        0.0,
        (Cut(("甲局",), ((name,), ("乙局",))),),
        1,
        (Cut(("甲局", name), ((name,),)),),
        1,
        (pair,),
        (pair,),
        (name,),
    )


@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_cannot_become_markup_or_lines(language: Language) -> None:
    text = format_report(create_analysis(NASTY), "md", language)
    assert "<" not in text.replace("\\<", "")
    assert "\x1b" not in text
    assert "\\# 局" in text
    headings = [line for line in text.splitlines() if line.startswith("#")]
    assert len(headings) == 9
    assert "\x1b" not in format_report(create_analysis(NASTY), "text", language)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_names_of_500_characters_are_shortened_but_for_json(language: Language) -> None:
    found = create_analysis("建" * 500)
    assert all(len(line) < 500 for line in format_report(found, "text", language).splitlines()[3:])
    assert json.loads(format_report(found, "json"))["isolated"] == ["建" * 500]


@pytest.mark.parametrize(
    ("language", "says"),
    [
        ("zh", ("{}与{}，权重 {:.3g}", "{}，任务 {}：", "【没有联系的部门】", "36 个部门")),
        (
            "en",
            ("{} and {}, weight {:.3g}", "{}, task {}:", "Departments without ties", "36 depart"),
        ),
    ],
)
def test_a_page_in_plain_words(language: Language, says: tuple[str, ...], store: Path) -> None:
    found = analyse(open_graph(store))
    text = format_report(found, "text", language)
    assert 40 < len(text.splitlines()) < 90
    pair_words, side_words, *others = says
    first = found.must_talk[0]
    assert pair_words.format(*first.departments, first.weight) in text
    for side in first.ties[0].sides:
        assert side_words.format(side.department, side.tasks[0]) in text
    assert all(words in text for words in others)


@pytest.mark.parametrize(
    ("language", "says"), [("zh", "图中没有部门。"), ("en", "The graph has no departments.")]
)
def test_an_empty_graph_says_so(language: Language, says: str) -> None:
    assert says in format_report(analyse(Store()), "text", language)


@pytest.mark.parametrize(
    ("language", "says"), [("zh", "没有任务写到它。"), ("en", "No task mentions")]
)
def test_nobody_is_hit(language: Language, says: str) -> None:
    assert says in format_report(Slip("柳园路", 2, (), (), ()), "text", language)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("form", ["text", "md"])
def test_who_is_hit_with_the_way_to_them(form: Form, language: Language, store: Path) -> None:
    text = format_report(slips(open_graph(store), "汉口辅仁小学CBD校区项目"), form, language)
    assert "自然资源和规划分局" in text
    assert "《中华人民共和国土地管理法》第五条" in text
    assert text.count("“") == text.count("”") >= 4


def test_json_has_the_whole_content_under_stable_keys(store: Path) -> None:
    told = json.loads(format_report(analyse(open_graph(store)), "json"))
    assert list(told) == [field.name for field in fields(Analysis)]
    assert set(told["overview"]) == {field.name for field in fields(Overview)}
    assert set(told["departments"][0]) == {field.name for field in fields(Department)}
    assert set(told["must_talk"][0]) == {"departments", "weight", "apart", "ties"}
    (side, *_) = told["must_talk"][0]["ties"][0]["sides"]
    assert set(side["sentences"][0]) == {"report", "task", "cell", "quote", "sentence", "line"}
    hit = json.loads(format_report(slips(open_graph(store), "48"), "json"))
    assert list(hit) == ["name", "steps", "things", "tasks", "hits"]
    assert set(hit["hits"][-1]["path"][0]) == {
        *("kind", "name", "weight", "report", "task", "basis", "sentences"),
    }


def test_the_documents_tell_every_key(store: Path) -> None:
    page = (Path(__file__).parents[2] / "docs" / "analysis.md").read_text(encoding="utf-8")
    graph = open_graph(store)

    def keys(value: object) -> set[str]:
        if isinstance(value, dict):
            return set(value).union(*map(keys, value.values()))
        return set().union(*map(keys, value)) if isinstance(value, list) else set()

    for found in (analyse(graph), slips(graph, "西北湖", 3)):
        for key in keys(json.loads(format_report(found, "json"))):
            assert f"`{key}`" in page, key


def test_the_same_graph_gives_the_same_bytes(store: Path) -> None:
    shown = set()
    for seed in ("1", "2"):
        for arguments in ([], ["--slips", "西北湖", "--steps", "4"]):
            command = [sys.executable, "-m", "kg.cli", "analyse", "--store", str(store), *arguments]
            environment = os.environ | {"PYTHONHASHSEED": seed}
            shown.add(
                subprocess.run(
                    [*command, "--format", "json"], env=environment, capture_output=True, check=True
                ).stdout
            )
    assert len(shown) == 2

"""The questions that Spark answers, beside the same ones put to an embedded store."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pytest
from pyoxigraph import NamedNode

from benchmarks.corpus import Sizes, list_districts, make_corpus
from kg import tables
from kg.errors import InputError
from kg.graph.build import build
from kg.graph.stores.embedded import about_build, open_graph
from kg.questions.catalogue import query as query_store
from kg.spark.output import Output
from kg.spark.questions import query
from kg.spark.session import session
from tests.programs import program

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

# Two districts whose departments have the same names, and that name the same university.
REPORT = r"""{district}2021年政府工作报告任务进展表（截至2021年{month}月底）,,,,
序号,类别,工作任务,进展情况,责任部门
1,发展,新增就业2万人，与武汉大学共建创新园。,截至{month}月底，新增就业1.2万人。,人力资源局、建设局
2,发展,"改造新华路，建设""智慧\灯杆""200个。",建成智慧灯杆{month}0个，等待{other}批复。,建设局
3,发展,整治新华路，扩建育才小学，新增学位300个。,育才小学已开工。,教育局
4,发展,建设江滩公园，完成投资5亿元。,江滩公园已完工，完成投资{month}亿元。,{other}、教育局
5,发展,改造江滩公园二期，引进武汉大学。,江滩公园二期正在施工。,建设局
6,发展,江滩公园二期绿化1000平方米。,江滩公园已绿化400平方米。,园林局
"""
JIANGHAN = "https://w3id.org/taskkg/department/420103"


class Graph(NamedTuple):
    """A graph in an embedded store and in the form that Spark writes."""

    store: Path
    out: Path


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    """A session in one process, with settings that make Spark fast for little data."""
    program("java", "Debian: openjdk-17-jre-headless")
    settings = {
        "spark.sql.shuffle.partitions": "1",
        "spark.sql.codegen.wholeStage": "false",
        "spark.sql.codegen.factoryMode": "NO_CODEGEN",
        "spark.sql.adaptive.enabled": "false",
    }
    with session("local[2]") as spark:
        for name, value in settings.items():
            spark.conf.set(name, value)
        yield spark


@pytest.fixture(scope="module")
def graph(spark: SparkSession, dataset: Path, tmp_path_factory: pytest.TempPathFactory) -> Graph:
    folder = tmp_path_factory.mktemp("questions")
    corpus = folder / "corpus"
    corpus.mkdir()
    for district, other in (("武昌区", "应急管理局"), ("汉阳区", "城管局")):
        for month in (5, 6):
            text = REPORT.format(district=district, month=month, other=other)
            (corpus / f"{district}-{month}.csv").write_text(text, encoding="utf-8")
    make_corpus(corpus, list_districts(2), Sizes(1, 2, 12), 7, ("csv",))
    found = Graph(folder / "store", folder / "out")
    build([*corpus.glob("*.csv"), dataset], found.store)
    write(spark, found)
    return found


def write(spark: SparkSession, graph: Graph) -> None:
    """Write the named graphs of a store as a build on Spark does."""
    lines: defaultdict[str, list[str]] = defaultdict(list)
    for quad in open_graph(graph.store).quads_for_pattern(None, None, None):
        if isinstance(quad.graph_name, NamedNode):
            lines[quad.graph_name.value.partition("/graph/")[2]].append(f"{quad} .\n")
    texts = {name: "".join(of_graph) for name, of_graph in lines.items()}
    statements, derived = [], {}
    for report in about_build(graph.store)["reports"]:
        identifier, plan = report["identifier"], report["plan"]
        where = report["place"], int(plan.rpartition("-")[2])
        statements.append(
            (*where, texts[f"report/{identifier}"] + texts.get(f"curation/{identifier}", ""))
        )
        derived[plan] = (*where, texts[f"derived/{plan}"])
    output = Output.open(spark, str(graph.out))
    for part, rows in (("statements", statements), ("derived", [*derived.values()])):
        made = spark.createDataFrame(rows, "place string, year int, quads string")
        output.write_quads(part, made, tasks=1)
    output.write_ontology(texts["ontology"])
    output.finish({})


@pytest.mark.parametrize(
    ("name", "given", "least"),
    [
        ("shared-projects", {}, 100),
        ("shared-projects", {"department": "建设局"}, 30),
        ("shared-projects", {"department": "科经局", "kind": "organization"}, 10),
        ("behind", {"department": "建设局"}, 2),
        ("indicators", {}, 60),
        ("indicators", {"department": "建设局", "judgement": "on_track"}, 2),
        ("indicators", {"indicator": "新增就业"}, 2),
        ("indicators", {"judgement": "behind"}, 1),
        ("dependencies", {"department": "建设局"}, 40),
        ("dependencies", {"department": f"{JIANGHAN}/园林局"}, 10),
    ],
)
def test_spark_answers_what_a_store_answers(
    graph: Graph, name: str, given: dict[str, str], least: int
) -> None:
    expected = query_store(open_graph(graph.store), name, given)
    assert len(expected.rows) >= least
    found = query(graph.out, name, given)
    assert found == expected
    assert tables.to_csv(found) == tables.to_csv(expected)


@pytest.mark.parametrize(
    ("name", "given"),
    [
        ("behind", {"department": "建没局"}),
        ("indicators", {"judgement": "good"}),
        ("shared-projects", {"kind": "Lake"}),
        ("behind", {"kind": "Road"}),
        ("dependencies", {}),
        ("dependency", {}),
    ],
)
def test_spark_refuses_what_a_store_refuses(graph: Graph, name: str, given: dict[str, str]) -> None:
    with pytest.raises(InputError) as expected:
        query_store(open_graph(graph.store), name, given)
    with pytest.raises(InputError) as found:
        query(graph.out, name, given)
    assert str(found.value) == str(expected.value)


def test_only_the_districts_of_a_department_are_read(graph: Graph, tmp_path: Path) -> None:
    department = {"department": f"{JIANGHAN}/发展和改革局"}
    expected = query(graph.out, "behind", department)
    assert expected.rows
    copy = tmp_path / "copy"
    shutil.copytree(graph.out, copy)
    for file in copy.glob("derived/place=*/*/*.parquet"):
        if file.parts[-3] != "place=420103":
            file.write_bytes(b"broken")
            file.with_name(f".{file.name}.crc").unlink()
    assert query(copy, "behind", department) == expected
    with pytest.raises(Exception, match="is not a Parquet file"):
        query(copy, "behind")


def test_what_spark_cannot_answer_is_told(graph: Graph, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no graph of a build on Spark here; make one with"):
        query(tmp_path, "behind")
    for arguments, told in {
        (
            "tasks",
            "--engine",
            "spark",
        ): "Spark only answers behind, dependencies, indicators, shared",
        ("behind", "--master", "local[1]"): "is for --engine spark",
    }.items():
        command = [sys.executable, "-m", "kg.cli", "query", *arguments, "--store", str(graph.out)]
        refused = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (refused.returncode, refused.stdout) == (2, "")
        assert told in refused.stderr
        assert "Traceback" not in refused.stderr

from __future__ import annotations

import gzip
import json
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import psutil
import pytest
from pyoxigraph import DefaultGraph, RdfFormat, Store

from kg.errors import InputError
from kg.graph.build import BuildResult as Embedded
from kg.graph.build import build as build_embedded
from kg.graph.stores.embedded import about_build, open_graph
from kg.spark.build import BuildResult, build
from kg.spark.files import Files
from tests.programs import program
from tests.spark.cluster import cluster
from tests.spark.corpus import write_corpus

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


class Both(NamedTuple):
    """The graph of one corpus, built by both engines."""

    corpus: Path
    store: Path
    embedded: Embedded
    out: Path
    built: BuildResult


@pytest.fixture(scope="module")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """A local cluster with two executor processes."""
    program("java", "Debian: openjdk-17-jre-headless")
    scratch = tmp_path_factory.mktemp("scratch")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SPARK_LOCAL_DIRS", str(scratch))
        environment.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
        with cluster(executors=2) as spark:
            yield spark
    assert not list(scratch.rglob("taskkg-*"))


@pytest.fixture(scope="module")
def both(spark: SparkSession, tmp_path_factory: pytest.TempPathFactory) -> Both:
    """A build that loses an executor, is interrupted and resumed, and loses another executor."""
    folder = tmp_path_factory.mktemp("both")
    corpus, out, store = write_corpus(folder / "corpus [1]"), folder / "out {1}", folder / "store"
    with ThreadPoolExecutor() as pool:
        first = pool.submit(build, corpus, out)
        begins(out, "outlines")
        kill_an_executor()
        begins(out, "digests")
        while not first.done():
            spark.sparkContext.cancelAllJobs()
            time.sleep(0.1)
        assert first.exception() is not None
        (whole,) = out.glob("_work/*/outlines")
        read = sorted(path.name for path in whole.glob("*.parquet"))
        assert read
        assert not (out / "build.json").exists()
        second = pool.submit(build, corpus, out)
        begins(out, "digests")
        assert sorted(path.name for path in whole.glob("*.parquet")) == read
        kill_an_executor()
        built = second.result()
    return Both(corpus, store, build_embedded([corpus], store), out, built)


def begins(out: Path, step: str) -> None:
    """Wait until a step of a build writes."""
    until = time.monotonic() + 600
    while not list(out.glob(f"_work/*/{step}/_temporary")):
        assert time.monotonic() < until
        time.sleep(0.01)


def kill_an_executor() -> None:
    """Kill an executor of this cluster."""
    for process in psutil.Process().children(recursive=True):
        with suppress(psutil.Error):
            if "CoarseGrainedExecutorBackend" in " ".join(process.cmdline()):
                process.kill()
                return
    pytest.fail("there is no executor")


def quads(texts: list[bytes]) -> list[str]:
    """Return statements in the form that a store returns, sorted."""
    store = Store()
    for text in texts:
        store.bulk_load(input=text, format=RdfFormat.N_QUADS, lenient=True)
    return sorted(map(str, store))


def named_quads(store: Path) -> list[str]:
    graph = open_graph(store)
    found = graph.quads_for_pattern(None, None, None, None)
    return sorted(str(quad) for quad in found if quad.graph_name != DefaultGraph())


def read_objects(out: Path, part: str) -> list[dict[str, Any]]:
    lines = (path.read_text(encoding="utf-8") for path in (out / part).glob("*.txt"))
    return sort_objects(json.loads(line) for text in lines for line in text.splitlines())


def sort_objects(objects: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(objects, key=lambda it: json.dumps(it, sort_keys=True))


def test_nquads_are_those_of_a_build_on_one_machine(both: Both) -> None:
    files = (both.out / "nquads").rglob("*.gz")
    texts = [gzip.decompress(path.read_bytes()) for path in files]
    assert quads(texts) == named_quads(both.store)
    assert sum(text.count(b"\n") for text in texts) == both.built.about["statements"]


def test_parquet_holds_the_same_by_place_and_year(both: Both, spark: SparkSession) -> None:
    columns = ("subject", "predicate", "object", "graph")
    out = Files(spark, str(both.out))
    texts = []
    for part in ("statements", "derived", "ontology"):
        rows = spark.read.parquet(out.glob_pattern(part)).select(*columns).collect()
        assert all(value is not None for row in rows for value in row)
        texts.append("".join(f"{' '.join(row)} .\n" for row in rows).encode())
    assert quads(texts) == named_quads(both.store)
    reports = about_build(both.store)["reports"]
    where = {f"place={report['place']}/year=2021" for report in reports if report["as_of"]}
    assert len(where) == 4
    where.add("place=untitled/year=__HIVE_DEFAULT_PARTITION__")
    for part in ("statements", "derived", "nquads/statements", "nquads/derived"):
        found = (both.out / part).glob("place=*/year=*")
        assert {str(path.relative_to(both.out / part)) for path in found} == where


def test_what_is_told_of_reports_and_sources_is_the_same(both: Both) -> None:
    assert read_objects(both.out, "reports") == sort_objects(about_build(both.store)["reports"])
    reasons = {str(one["reason"]) for one in read_objects(both.out, "failed")}
    assert len(reasons) == 4
    assert {reason.replace("file:", "") for reason in reasons} == set(both.embedded.failed)
    assert set(both.built.failed) == reasons
    findings = [
        {key: value for key, value in one.items() if key not in ("report", "plan")}
        for one in read_objects(both.out, "findings")
    ]
    assert findings == sort_objects(map(asdict, both.embedded.findings))
    unmatched = [
        {
            key: value.replace("file:", "") if key == "place" else value
            for key, value in one.items()
            if key != "report"
        }
        for one in read_objects(both.out, "unmatched")
    ]
    assert unmatched == sort_objects(map(asdict, both.embedded.unmatched))


def test_the_build_counts_what_it_made_and_leaves_nothing_else(both: Both) -> None:
    about = both.built.about
    assert json.loads((both.out / "build.json").read_text(encoding="utf-8")) == about
    assert about["reports"] == len(both.embedded.reports)
    assert about["tasks"] == sum(report["tasks"] for report in both.embedded.reports)
    assert about["facts"] == sum(report["facts"] for report in both.embedded.reports)
    assert (about["failed"], about["unmatched"]) == (4, len(both.embedded.unmatched))
    assert about["unmatched"] > 0
    assert {path.name for path in both.out.iterdir() if path.suffix != ".crc"} == {
        *"build.json statements derived ontology nquads reports failed findings unmatched".split()
    }


@pytest.mark.usefixtures("spark")
def test_a_folder_that_is_no_graph_is_not_touched(tmp_path: Path) -> None:
    out = tmp_path / "out"
    (out / "reports").mkdir(parents=True)
    (out / "reports" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(InputError, match="is not a graph; name another folder"):
        build(tmp_path / "corpus", out)
    assert [path.name for path in out.rglob("*")] == ["reports", "mine.txt"]
    with pytest.raises(InputError, match="is in the corpus"):
        build(tmp_path, tmp_path / "graph")


@pytest.mark.usefixtures("spark")
@pytest.mark.parametrize(
    ("corpus", "says"),
    [
        ("nowhere", "cannot be reached"),
        ("s3a://bucket/tables", "cannot be reached.*connector"),
        ("none", "contains no file that may be a table"),
        ("empty", "a.pdf: is empty, not a PDF"),
        ("damaged", "a.csv.*cannot be read"),
    ],
)
def test_a_corpus_that_cannot_be_read_is_told(corpus: str, says: str, tmp_path: Path) -> None:
    for name in ("none", "empty", "damaged"):
        (tmp_path / name).mkdir()
    (tmp_path / "none" / "readme.md").touch()
    (tmp_path / "empty" / "a.pdf").touch()
    (tmp_path / "damaged" / "a.csv").write_text("工作任务\n", encoding="utf-8")
    # Hadoop reads this as the file's checksum, which is wrong.
    (tmp_path / "damaged" / ".a.csv.crc").write_bytes(b"crc\0\0\0\2\0" + bytes(4))
    address = corpus if ":" in corpus else str(tmp_path / corpus)
    with pytest.raises(InputError, match=says):
        build(address, tmp_path / "out")
    assert not (tmp_path / "out" / "build.json").exists()

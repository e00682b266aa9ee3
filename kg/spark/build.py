"""Build the graph of a corpus on Spark: what `kg.graph.build` does, spread over machines.

Each step is written to disk before the next begins: a lost executor costs its own tasks, and a
build that is begun again goes on behind the last step that is whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.curation.entries import load_curation
from kg.errors import InputError
from kg.graph.ontology import ontology_quads
from kg.graph.terms import BASE, checked_base
from kg.reading.corpus import no_table
from kg.reading.tables.headings import load_mapping
from kg.spark import steps
from kg.spark.files import Files
from kg.spark.output import Output
from kg.spark.session import session
from kg.spark.sources import Corpus
from kg.version import __version__

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import DataFrame, SparkSession

_Step = Callable[[Iterable[Any]], Iterator[tuple[Any, ...]]]

# Reports that one task of an executor makes: what is lost with it at most.
_REPORTS = 32
# Tasks for each core of a small corpus, so that none has much more to do than the others.
_TURNS = 4
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class Built:
    """What a build made.

    Attributes:
        out: The folder of the graph.
        about: What is known of the build, as its `build.json` keeps it.
        failed: Why sources were left out, a sentence each, of the first of them; all are in
            `failed` in the folder.
        unsettled: Of which reports it is not told whose or of when they are, a sentence each, of
            the first of them; all are in `reports` in the folder.
    """

    out: str
    about: Mapping[str, Any]
    failed: tuple[str, ...]
    unsettled: tuple[str, ...]


def build(
    corpus: str | Path,
    out: str | Path,
    master: str | None = None,
    base: str = BASE,
    jurisdiction: str | None = None,
    curation: str | Path | None = None,
    mapping: str | Path | None = None,
    with_people: bool = False,
) -> Built:
    """Build the graph of a corpus on Spark, as Parquet and N-Quads.

    Sources that cannot be read are left out and told. A graph that is in the folder is replaced.

    Args:
        corpus: A folder, or a pattern such as `hdfs:///tasks/{2021,2022}/*`, wherever Spark's
            connectors reach.
        out: The folder of the graph, likewise.
        master: As for `kg.spark.session.session`.
        base: The base of all IRIs.
        jurisdiction: Code of the place that it is of, where the titles do not tell it.
        curation: A curation file of this machine for all sources; without it the one beside each.
        mapping: A file of this machine that tells what unusual headings mean, likewise.
        with_people: Whether names of leaders, which are personal data, are kept.

    Raises:
        InputError: The corpus cannot be reached or holds no table that can be read, the folder
            holds something else, or Spark cannot begin.
    """
    base = checked_base(base)
    files = {}
    for what, given, load in (
        ("curation", curation, load_curation),
        ("mapping", mapping, load_mapping),
    ):
        if given is not None:
            load(Path(given))
            files[what] = str(given), Path(given).read_bytes()
    for_all = steps.Given(base, jurisdiction, with_people, files)
    with session(master) as spark:
        return _build(spark, str(corpus), Output.at(spark, str(out)), for_all)


def _build(spark: SparkSession, corpus: str, output: Output, given: steps.Given) -> Built:
    from pyspark.sql import functions as f

    outlines, digests, derived, tasks = _steps(spark, corpus, output, given)
    reports = digests.where("error IS NULL")
    failed = outlines.select("uri", "error").union(digests.select("uri", "error"))
    failed = failed.where("error IS NOT NULL")
    unmatched = reports.select(f.explode("unmatched"))
    lacks = (f.get_json_object("about", f"$.{name}") for name in ("identifier", "unsettled"))
    unsettled = reports.select("uri", f.concat_ws(": ", *lacks).alias("told"))
    unsettled = unsettled.where("NOT endswith(told, ': ')")
    ontology = "".join(sorted(f"{quad} .\n" for quad in ontology_quads(given.base)))
    output.begin()
    output.quads("statements", reports, tasks)
    output.quads("derived", derived, tasks)
    output.ontology(ontology)
    output.lines("reports", reports.select("about"))
    told = f.to_json(f.struct(f.col("uri").alias("source"), f.col("error").alias("reason")))
    output.lines("failed", failed.select(told))
    findings = reports.select("findings").union(derived.select("findings"))
    output.lines("findings", findings.select(f.explode("findings")))
    output.lines("unmatched", unmatched)
    counts = _sums(reports, "tasks", "facts", "statements", "violations", "warnings")
    for name, count in _sums(derived, "statements", "violations", "warnings").items():
        counts[name] += count
    counts["statements"] += ontology.count("\n")
    about = {
        "built": datetime.now(UTC).isoformat(timespec="seconds"),
        "version": __version__,
        "base": given.base,
        "reports": reports.count(),
        "failed": failed.count(),
        "unmatched": unmatched.count(),
        "unsettled": unsettled.count(),
        **counts,
    }
    shown, lacking = (
        rows.orderBy(f.split("uri", "/")).limit(_SHOWN).collect() for rows in (failed, unsettled)
    )
    output.end(about)
    return Built(
        output.files.address,
        about,
        tuple(row.error for row in shown),
        tuple(row.told for row in lacking),
    )


def _steps(
    spark: SparkSession, corpus: str, output: Output, given: steps.Given
) -> tuple[DataFrame, DataFrame, DataFrame, int]:
    """Return what is read, made and derived, and over how many tasks it is best spread."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    # Paths are put in order folder by folder, as a build on one machine does.
    order = f.split("uri", "/")
    source = Corpus(spark, corpus)
    if Files(spark, corpus).holds(output.files):
        raise InputError(f"{output.files.address}: lies in the corpus; name a folder outside of it")
    told = f"{__version__} {given} {source.state()}"
    key = hashlib.sha256(told.encode()).hexdigest()

    def step(name: str, columns: str, work: _Step, rows: Callable[[], DataFrame]) -> DataFrame:
        def make() -> RDD[tuple[Any, ...]]:
            return rows().rdd.mapPartitions(work)

        return output.step(key, name, columns, make)

    def together(rows: DataFrame, by: str) -> DataFrame:
        return rows.repartition(tasks, by).sortWithinPartitions(by, order)

    def first() -> DataFrame:
        """Return the reports without rivals: what is refused must not lend its numbers."""
        turn = f.row_number().over(Window.partitionBy("identifier").orderBy(order))
        return readable.drop("packed").withColumn("turn", turn).where("turn = 1")

    read = partial(steps.read_sources, given)
    outlines = step("outlines", steps.OUTLINES, read, source.documents)
    readable = outlines.where("error IS NULL")
    count = readable.count()
    if not count:
        refused = outlines.orderBy(order).first()
        output.forget()
        raise InputError(refused.error) if refused else no_table(corpus)
    tasks = max(ceil(count / _REPORTS), min(count, _TURNS * spark.sparkContext.defaultParallelism))
    places = step("places", steps.PLACES, steps.number_plans, lambda: together(first(), "plan"))
    digests = step(
        "digests",
        steps.DIGESTS,
        steps.digest_reports,
        lambda: together(readable.join(places, "identifier"), "identifier"),
    )
    derive = partial(steps.derive_plans, given.base)
    made = digests.where("error IS NULL").select("uri", "plan", "place", "year", "quads")
    derived = step("derived", steps.DERIVED, derive, lambda: together(made, "plan"))
    return outlines, digests, derived, tasks


def _sums(made: DataFrame, *columns: str) -> dict[str, int]:
    """Return the sums of columns, by their names."""
    from pyspark.sql import functions as f

    row = made.agg(*(f.coalesce(f.sum(name), f.lit(0)).alias(name) for name in columns)).first()
    assert row
    return {name: int(row[name]) for name in columns}

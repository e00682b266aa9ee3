"""Build the graph of a corpus on Spark: the same as `kg.graph.build`, on several machines.

Each step is written to disk before the next begins. If an executor is lost, only its own tasks are
repeated, and a build that is started again continues after the last complete step.
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
from kg.graph.rdf.ontology import ontology_quads
from kg.graph.rdf.terms import BASE, check_base
from kg.reading.corpus import no_table_error
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

# Reports in one task of an executor, which are the most that are lost with it.
_REPORTS = 32
# Tasks for each core if the corpus is small, so that the load is balanced.
_TURNS = 4
_SHOWN = 10


@dataclass(frozen=True, slots=True)
class BuildResult:
    """The result of a build.

    Attributes:
        out: The folder of the graph.
        about: The metadata of the build, as in its `build.json`.
        failed: Why the first of the skipped sources were skipped, one sentence each; all are in
            `failed` in the folder.
        unsettled: What is unknown about the first of the reports without a place or date, one
            sentence each; all are in `reports` in the folder.
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
) -> BuildResult:
    """Build the graph of a corpus on Spark, as Parquet and N-Quads.

    Sources that cannot be read are skipped and reported. An existing graph in the folder is
    replaced.

    Args:
        corpus: A folder, or a pattern such as `hdfs:///tasks/{2021,2022}/*`; any address for which
            Spark has a connector.
        out: The folder of the graph; also any such address.
        master: As for `kg.spark.session.session`.
        base: The base of all IRIs.
        jurisdiction: Code of the place whose reports these are, if the titles do not name it.
        curation: A local curation file for all sources; by default the one beside each source.
        mapping: A local file that maps unusual headings to columns; by default the one beside each
            source.
        with_people: Whether to keep names of leaders, which are personal data.

    Raises:
        InputError: The corpus cannot be reached or has no table that can be read, the folder holds
            something else, or Spark cannot start.
    """
    base = check_base(base)
    files = {}
    for what, given, load in (
        ("curation", curation, load_curation),
        ("mapping", mapping, load_mapping),
    ):
        if given is not None:
            load(Path(given))
            files[what] = str(given), Path(given).read_bytes()
    for_all = steps.BuildOptions(base, jurisdiction, with_people, files)
    with session(master) as spark:
        return _build(spark, str(corpus), Output.open(spark, str(out)), for_all)


def _build(
    spark: SparkSession, corpus: str, output: Output, given: steps.BuildOptions
) -> BuildResult:
    from pyspark.sql import functions as f

    outlines, digests, derived, tasks = _run_steps(spark, corpus, output, given)
    reports = digests.where("error IS NULL")
    failed = outlines.select("uri", "error").union(digests.select("uri", "error"))
    failed = failed.where("error IS NOT NULL")
    unmatched = reports.select(f.explode("unmatched"))
    lacks = (f.get_json_object("about", f"$.{name}") for name in ("identifier", "unsettled"))
    unsettled = reports.select("uri", f.concat_ws(": ", *lacks).alias("sentence"))
    unsettled = unsettled.where("NOT endswith(sentence, ': ')")
    ontology = "".join(sorted(f"{quad} .\n" for quad in ontology_quads(given.base)))
    output.clear()
    output.write_quads("statements", reports, tasks)
    output.write_quads("derived", derived, tasks)
    output.write_ontology(ontology)
    output.write_lines("reports", reports.select("about"))
    failures = f.to_json(f.struct(f.col("uri").alias("source"), f.col("error").alias("reason")))
    output.write_lines("failed", failed.select(failures))
    findings = reports.select("findings").union(derived.select("findings"))
    output.write_lines("findings", findings.select(f.explode("findings")))
    output.write_lines("unmatched", unmatched)
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
    output.finish(about)
    return BuildResult(
        output.files.address,
        about,
        tuple(row.error for row in shown),
        tuple(row.sentence for row in lacking),
    )


def _run_steps(
    spark: SparkSession, corpus: str, output: Output, given: steps.BuildOptions
) -> tuple[DataFrame, DataFrame, DataFrame, int]:
    """Return outlines, digests and derived statements, and the best number of Spark tasks."""
    from pyspark.sql import Window
    from pyspark.sql import functions as f

    # Paths are sorted folder by folder, as in a build on one machine.
    order = f.split("uri", "/")
    source = Corpus(spark, corpus)
    if Files(spark, corpus).has_inside(output.files):
        raise InputError(f"{output.files.address}: is in the corpus; name a folder outside of it")
    inputs = f"{__version__} {given} {source.fingerprint()}"
    key = hashlib.sha256(inputs.encode()).hexdigest()

    def step(name: str, columns: str, work: _Step, rows: Callable[[], DataFrame]) -> DataFrame:
        def make() -> RDD[tuple[Any, ...]]:
            return rows().rdd.mapPartitions(work)

        return output.run_step(key, name, columns, make)

    def group_rows(rows: DataFrame, by: str) -> DataFrame:
        return rows.repartition(tasks, by).sortWithinPartitions(by, order)

    def first_sources() -> DataFrame:
        """Return the first source of each report: refused sources are not numbered."""
        turn = f.row_number().over(Window.partitionBy("identifier").orderBy(order))
        return readable.drop("packed").withColumn("turn", turn).where("turn = 1")

    read = partial(steps.read_sources, given)
    outlines = step("outlines", steps.OUTLINES, read, source.documents)
    readable = outlines.where("error IS NULL")
    count = readable.count()
    if not count:
        refused = outlines.orderBy(order).first()
        output.remove_work()
        raise InputError(refused.error) if refused else no_table_error(corpus)
    tasks = max(ceil(count / _REPORTS), min(count, _TURNS * spark.sparkContext.defaultParallelism))
    places = step(
        "places", steps.PLACES, steps.number_plans, lambda: group_rows(first_sources(), "plan")
    )
    digests = step(
        "digests",
        steps.DIGESTS,
        steps.digest_reports,
        lambda: group_rows(readable.join(places, "identifier"), "identifier"),
    )
    derive = partial(steps.derive_plans, given.base)
    made = digests.where("error IS NULL").select("uri", "plan", "place", "year", "quads")
    derived = step("derived", steps.DERIVED, derive, lambda: group_rows(made, "plan"))
    return outlines, digests, derived, tasks


def _sums(made: DataFrame, *columns: str) -> dict[str, int]:
    """Return the sums of columns, by their names."""
    from pyspark.sql import functions as f

    row = made.agg(*(f.coalesce(f.sum(name), f.lit(0)).alias(name) for name in columns)).first()
    assert row
    return {name: int(row[name]) for name in columns}

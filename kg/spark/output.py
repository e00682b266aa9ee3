"""The output folder of a build on Spark: its parts, and the results of steps in `_work`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.spark.files import Files, unread_file_error

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import Column, DataFrame, SparkSession

# A statement's terms in N-Triples syntax, the last of them the named graph.
COLUMNS = ("subject", "predicate", "object", "graph")
_ABOUT, _WORK = "build.json", "_work"
_PARTS = "statements derived ontology nquads reports failed findings unmatched".split()
_PLACED = ("place", "year")


@dataclass(frozen=True, slots=True)
class Output:
    """The folder of a graph.

    Attributes:
        spark: The session.
        files: The folder.
    """

    spark: SparkSession
    files: Files

    @classmethod
    def open(cls, spark: SparkSession, address: str) -> Output:
        """Return the folder of a graph, which may contain an earlier or an incomplete graph.

        Raises:
            InputError: The folder cannot be reached, or contains something else.
        """
        files = Files(spark, address)
        names = set(files.list_names())
        ours = {_ABOUT, f"_{_ABOUT}", _WORK, *_PARTS}
        if files.is_file() or names - ours or (names and not names & {_ABOUT, _WORK}):
            raise InputError(
                f"{address}: holds other files and is not a graph; name another folder"
            )
        return cls(spark, files)

    def run_step(
        self, key: str, name: str, columns: str, make: Callable[[], RDD[Any]]
    ) -> DataFrame:
        """Return the rows of a step; if they were written already, these are read again.

        Args:
            key: Identifies the sources and options of the build.
            name: The step's name.
            columns: Names and types of its columns.
            make: Makes its rows.

        Raises:
            InputError: A source cannot be read.
        """
        from py4j.protocol import Py4JJavaError
        from pyspark.errors import PySparkException

        where = f"{_WORK}/{key}/{name}"
        address = f"{self.files.address}/{where}"
        if not self.files.exists(f"{where}/_SUCCESS"):
            try:
                made = self.spark.createDataFrame(make(), columns, verifySchema=False)
                made.write.mode("overwrite").option("compression", "zstd").parquet(address)
            except (Py4JJavaError, PySparkException) as error:
                raise unread_file_error(error) or error from None
        return self.spark.read.schema(columns).parquet(self.files.glob_pattern(where))

    def clear(self) -> None:
        """Remove an earlier graph; until `finish` the folder contains no complete graph."""
        for name in (_ABOUT, *_PARTS):
            self.files.remove(name)

    def write_quads(self, name: str, made: DataFrame, tasks: int) -> None:
        """Write statements as Parquet and N-Quads, by place and year.

        Args:
            name: The part of the output.
            made: Columns `place`, `year` and `quads`, many statements as N-Quads in each row.
            tasks: The number of Spark tasks.
        """
        target = f"{self.files.address}/{name}"
        spread = made.select(*_PLACED, "quads").repartition(tasks, *_PLACED)
        rows = _split_statements(spread).sortWithinPartitions(
            *_PLACED, "predicate", "subject", "object"
        )
        written = rows.write.option("compression", "zstd").partitionBy(*_PLACED)
        written.mode("overwrite").parquet(target)
        columns = ", ".join(f"{name} string" for name in COLUMNS)
        # Read again: the rows of a file belong together, so that Spark need not shuffle them.
        again = self.spark.read.schema(f"{columns}, place string, year int")
        text = again.parquet(self.files.glob_pattern(name)).select(*_PLACED, _nquads_line())
        self._write_text(text, f"nquads/{name}", *_PLACED)

    def write_ontology(self, quads: str) -> None:
        """Write the statements of the ontology, given as N-Quads."""
        rows = _split_statements(self.spark.createDataFrame([(quads,)], "quads string"))
        rows.write.mode("overwrite").parquet(f"{self.files.address}/ontology")
        self._write_text(rows.select(_nquads_line()), "nquads/ontology")

    def write_lines(self, name: str, made: DataFrame) -> None:
        """Write JSON objects, one a line.

        Args:
            name: The part of the output.
            made: One column, with an object in each row.
        """
        made.write.mode("overwrite").text(f"{self.files.address}/{name}")

    def finish(self, about: Mapping[str, Any]) -> None:
        """Write the metadata of the build, which marks the graph as complete."""
        self.files.write(_ABOUT, json.dumps(about, ensure_ascii=False, indent=2) + "\n")
        self.remove_work()

    def remove_work(self) -> None:
        """Remove the results of steps."""
        self.files.remove(_WORK)

    def _write_text(self, made: DataFrame, name: str, *by: str) -> None:
        written = made.write.mode("overwrite").option("compression", "gzip")
        written.partitionBy(*by).text(f"{self.files.address}/{name}")


def _split_statements(made: DataFrame) -> DataFrame:
    """Return a row for each statement in N-Quads; of the four terms only the third has spaces."""
    from pyspark.sql import functions as f

    kept = [name for name in made.columns if name != "quads"]
    lines = made.select(*kept, f.explode(f.split("quads", " \\.\n")).alias("line"))
    parts = f.split("line", " ", 3)
    rest = lines.where("line <> ''").select(
        *kept, parts[0].alias("subject"), parts[1].alias("predicate"), parts[2].alias("rest")
    )
    graph = f.substring_index("rest", " ", -1)
    value = f.left("rest", f.length("rest") - f.length(graph) - 1)
    return rest.select(*kept, "subject", "predicate", value.alias("object"), graph.alias("graph"))


def _nquads_line() -> Column:
    from pyspark.sql import functions as f

    return f.concat_ws(" ", *COLUMNS, f.lit(".")).alias("line")

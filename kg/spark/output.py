"""The folder that a build on Spark writes: its parts, and the steps that wait in `_work`."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from kg.errors import InputError
from kg.spark.files import Files, unread

if TYPE_CHECKING:
    from pyspark import RDD
    from pyspark.sql import Column, DataFrame, SparkSession

# A statement's terms as N-Triples writes them, the last that of the named graph.
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
    def at(cls, spark: SparkSession, address: str) -> Output:
        """Return the folder of a graph, which may hold an earlier one or one half made.

        Raises:
            InputError: It cannot be reached, or holds something else.
        """
        files = Files(spark, address)
        names = set(files.names())
        ours = {_ABOUT, f"_{_ABOUT}", _WORK, *_PARTS}
        if files.is_file() or names - ours or (names and not names & {_ABOUT, _WORK}):
            raise InputError(f"{address}: holds files that are no graph; name another folder")
        return cls(spark, files)

    def step(self, key: str, name: str, columns: str, make: Callable[[], RDD[Any]]) -> DataFrame:
        """Return what a step makes; where it was made already, as it was written then.

        Args:
            key: What tells builds of other sources and options apart.
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
                raise unread(error) or error from None
        return self.spark.read.schema(columns).parquet(self.files.pattern(where))

    def begin(self) -> None:
        """Take away the graph that was there; from here on the folder holds no whole one."""
        for name in (_ABOUT, *_PARTS):
            self.files.remove(name)

    def quads(self, name: str, made: DataFrame, tasks: int) -> None:
        """Write statements as Parquet and N-Quads, by place and year.

        Args:
            name: The part that they are.
            made: Columns `place`, `year` and `quads`, many statements as N-Quads in each row.
            tasks: Over how many tasks they are spread.
        """
        target = f"{self.files.address}/{name}"
        spread = made.select(*_PLACED, "quads").repartition(tasks, *_PLACED)
        rows = _statements(spread).sortWithinPartitions(*_PLACED, "predicate", "subject", "object")
        written = rows.write.option("compression", "zstd").partitionBy(*_PLACED)
        written.mode("overwrite").parquet(target)
        columns = ", ".join(f"{name} string" for name in COLUMNS)
        # Read again, since what lies in a file belongs together: nothing moves between machines.
        again = self.spark.read.schema(f"{columns}, place string, year int")
        text = again.parquet(self.files.pattern(name)).select(*_PLACED, _line())
        self._text(text, f"nquads/{name}", *_PLACED)

    def ontology(self, quads: str) -> None:
        """Write the statements of the ontology, given as N-Quads."""
        rows = _statements(self.spark.createDataFrame([(quads,)], "quads string"))
        rows.write.mode("overwrite").parquet(f"{self.files.address}/ontology")
        self._text(rows.select(_line()), "nquads/ontology")

    def lines(self, name: str, made: DataFrame) -> None:
        """Write JSON objects, a line each.

        Args:
            name: The part that they are.
            made: One column, with an object in each row.
        """
        made.write.mode("overwrite").text(f"{self.files.address}/{name}")

    def end(self, about: Mapping[str, Any]) -> None:
        """Tell what is known of the build, which makes the graph whole."""
        self.files.write(_ABOUT, json.dumps(about, ensure_ascii=False, indent=2) + "\n")
        self.forget()

    def forget(self) -> None:
        """Remove what the steps have left."""
        self.files.remove(_WORK)

    def _text(self, made: DataFrame, name: str, *by: str) -> None:
        written = made.write.mode("overwrite").option("compression", "gzip")
        written.partitionBy(*by).text(f"{self.files.address}/{name}")


def _statements(made: DataFrame) -> DataFrame:
    """Return a row for each statement of N-Quads; only literals, third of four, have spaces."""
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


def _line() -> Column:
    from pyspark.sql import functions as f

    return f.concat_ws(" ", *COLUMNS, f.lit(".")).alias("line")

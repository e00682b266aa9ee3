"""The documents of a corpus as Spark rows, each with its side files.

Spark and Hadoop ignore files and folders whose names begin with `_` or `.`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from kg.curation.review import CURATIONS
from kg.reading import MAPPING
from kg.reading.corpus import is_table_name
from kg.reading.formats.sniff import SUFFIXES
from kg.spark.files import Files, unreachable_error

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

# Larger files are not tables of tasks, and too large for an executor's memory.
LARGEST = 128 * 1024**2
_METADATA = "-metadata.json"


class Corpus:
    """The files of a corpus, listed once."""

    def __init__(self, spark: SparkSession, address: str) -> None:
        """List the files.

        Args:
            spark: The session.
            address: A folder, or a pattern such as `hdfs:///tasks/{2021,2022}/*`.

        Raises:
            InputError: It cannot be reached.
        """
        here = Files(spark, address)
        around = here
        if here.is_file() or not here.exists():
            # A pattern for documents does not match their side files.
            around = Files(spark, address.rpartition("/")[0] or ("/" if "/" in address else "."))
        # Listing many files takes long.
        empty = list(here.empty_files())
        empty_around = empty if around is here else list(around.empty_files())
        self._tables = _read_files(
            spark, here, _table_pattern(), _filter_names(empty, is_table_name)
        )
        self._beside = _read_files(
            spark, around, _side_file_pattern(), _filter_names(empty_around, _is_side_file)
        )

    def fingerprint(self) -> str:
        """Return a text that changes if any file changes; contents are not read."""
        from pyspark.sql import functions as f

        each = f.xxhash64("path", "length", "modificationTime")
        sums = (
            files.agg(f.count("*"), f.bit_xor(each)).first()
            for files in (self._tables, self._beside)
        )
        return " ".join(str(tuple(one or ())) for one in sums)

    def documents(self) -> DataFrame:
        """Return the files that may be tables.

        The columns are `uri`; `content`, which is null for files larger than `LARGEST`; and
        `beside`, the names and contents of side files.
        """
        from pyspark.sql import functions as f

        read = self._tables.where(f.col("length") <= LARGEST).select("path", "content")
        left = self._tables.where(f.col("length") > LARGEST)
        left = left.select("path", f.lit(None).cast("binary").alias("content"))
        found = read.union(left).select(f.col("path").alias("uri"), "content", _folder_column())
        beside = self._side_files_by_subject()
        for key in ("uri", "folder"):
            side_files = beside.select(f.col("key").alias(key), f.col("files").alias(f"of_{key}"))
            found = found.join(side_files, key, "left")
        none = f.array().cast("array<struct<name:string,content:binary>>")
        together = f.concat(f.coalesce("of_uri", none), f.coalesce("of_folder", none))
        return found.select("uri", "content", together.alias("beside"))

    def _side_files_by_subject(self) -> DataFrame:
        """Return the names and contents of side files, by their table or folder."""
        from pyspark.sql import functions as f

        table = f.left("path", f.length("path") - len(_METADATA))
        about = f.when(f.endswith("path", f.lit(_METADATA)), table).otherwise(_folder_column())
        name = f.substring_index("path", "/", -1).alias("name")
        keyed = self._beside.select(about.alias("key"), f.struct(name, "content").alias("file"))
        return keyed.groupBy("key").agg(f.collect_list("file").alias("files"))


def _read_files(spark: SparkSession, files: Files, pattern: str, empty: list[str]) -> DataFrame:
    """Return files whose names match a pattern; `empty` are the addresses of empty ones."""
    from pyspark.errors import AnalysisException
    from pyspark.sql import functions as f

    reader = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
    try:
        found = reader.option("pathGlobFilter", pattern).load(files.glob_pattern())
    except AnalysisException as error:
        raise unreachable_error(files.address, error) from None
    if not empty:
        return found
    # Literals, so that Spark knows their size.
    each = f.explode(f.array(*map(f.lit, empty))).alias("path")
    none = f.lit(None).cast("timestamp"), f.lit(0), f.lit(b"")
    return found.union(spark.range(1).select(each, *none))


def _filter_names(addresses: Iterable[str], wanted: Callable[[str], bool]) -> list[str]:
    """Return the addresses of files whose names satisfy a predicate."""
    return [address for address in addresses if wanted(address.rpartition("/")[2])]


def _folder_column() -> Column:
    from pyspark.sql import functions as f

    return f.regexp_replace("path", "/[^/]*$", "").alias("folder")


def _table_pattern() -> str:
    """Return a pattern for the names of tables, with suffixes in any case."""
    endings = ("".join(f"[{sign}{sign.upper()}]" for sign in suffix[1:]) for suffix in SUFFIXES)
    return f"*.{{{','.join(endings)}}}"


def _side_file_pattern() -> str:
    return f"{{{','.join((*CURATIONS, MAPPING, f'*{_METADATA}'))}}}"


def _is_side_file(name: str) -> bool:
    return name in (*CURATIONS, MAPPING) or name.endswith(_METADATA)

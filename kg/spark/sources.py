"""The documents of a corpus as rows of Spark, each with the files that lie beside it.

Spark and Hadoop leave out what begins with `_` or `.`, files and folders.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from kg.curation.review import CURATIONS
from kg.reading import MAPPING
from kg.reading.corpus import is_table_name
from kg.reading.formats.sniff import SUFFIXES
from kg.spark.files import Files, unreachable

if TYPE_CHECKING:
    from pyspark.sql import Column, DataFrame, SparkSession

# A file that is larger is no table of tasks, and more than an executor should hold.
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
            # What lies beside files that a pattern matches is not matched itself.
            around = Files(spark, address.rpartition("/")[0] or ("/" if "/" in address else "."))
        # Listing takes long where there are many files.
        empty = list(here.empty())
        empty_around = empty if around is here else list(around.empty())
        self._tables = _files(spark, here, _tables(), _called(empty, is_table_name))
        self._beside = _files(spark, around, _besides(), _called(empty_around, _is_beside))

    def state(self) -> str:
        """Return what tells whether any file has changed; contents are not read."""
        from pyspark.sql import functions as f

        each = f.xxhash64("path", "length", "modificationTime")
        sums = (
            files.agg(f.count("*"), f.bit_xor(each)).first()
            for files in (self._tables, self._beside)
        )
        return " ".join(str(tuple(one or ())) for one in sums)

    def documents(self) -> DataFrame:
        """Return the files that may be tables.

        The columns are `uri`; `content`, which is null where there is more than `LARGEST`; and
        `beside`, names and contents of the files that tell something about it.
        """
        from pyspark.sql import functions as f

        read = self._tables.where(f.col("length") <= LARGEST).select("path", "content")
        left = self._tables.where(f.col("length") > LARGEST)
        left = left.select("path", f.lit(None).cast("binary").alias("content"))
        found = read.union(left).select(f.col("path").alias("uri"), "content", _folder())
        beside = self._by_what_it_is_about()
        for key in ("uri", "folder"):
            told = beside.select(f.col("key").alias(key), f.col("files").alias(f"of_{key}"))
            found = found.join(told, key, "left")
        none = f.array().cast("array<struct<name:string,content:binary>>")
        together = f.concat(f.coalesce("of_uri", none), f.coalesce("of_folder", none))
        return found.select("uri", "content", together.alias("beside"))

    def _by_what_it_is_about(self) -> DataFrame:
        """Return names and contents of side files, by their table or their folder."""
        from pyspark.sql import functions as f

        table = f.left("path", f.length("path") - len(_METADATA))
        about = f.when(f.endswith("path", f.lit(_METADATA)), table).otherwise(_folder())
        name = f.substring_index("path", "/", -1).alias("name")
        keyed = self._beside.select(about.alias("key"), f.struct(name, "content").alias("file"))
        return keyed.groupBy("key").agg(f.collect_list("file").alias("files"))


def _files(spark: SparkSession, files: Files, pattern: str, empty: list[str]) -> DataFrame:
    """Return files by the pattern of their names, with those that are empty, given by address."""
    from pyspark.errors import AnalysisException
    from pyspark.sql import functions as f

    reader = spark.read.format("binaryFile").option("recursiveFileLookup", "true")
    try:
        found = reader.option("pathGlobFilter", pattern).load(files.pattern())
    except AnalysisException as error:
        raise unreachable(files.address, error) from None
    if not empty:
        return found
    # Literals, of which Spark knows how many bytes they are.
    each = f.explode(f.array(*map(f.lit, empty))).alias("path")
    none = f.lit(None).cast("timestamp"), f.lit(0), f.lit(b"")
    return found.union(spark.range(1).select(each, *none))


def _called(addresses: Iterable[str], wanted: Callable[[str], bool]) -> list[str]:
    """Return the addresses of files whose names are wanted."""
    return [address for address in addresses if wanted(address.rpartition("/")[2])]


def _folder() -> Column:
    from pyspark.sql import functions as f

    return f.regexp_replace("path", "/[^/]*$", "").alias("folder")


def _tables() -> str:
    """Return the pattern of names of tables, whose endings are written large or small."""
    endings = ("".join(f"[{sign}{sign.upper()}]" for sign in suffix[1:]) for suffix in SUFFIXES)
    return f"*.{{{','.join(endings)}}}"


def _besides() -> str:
    return f"{{{','.join((*CURATIONS, MAPPING, f'*{_METADATA}'))}}}"


def _is_beside(name: str) -> bool:
    return name in (*CURATIONS, MAPPING) or name.endswith(_METADATA)

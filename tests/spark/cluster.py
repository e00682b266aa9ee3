"""A cluster of Spark on this machine, whose executors are processes of their own."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.spark.session import session

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@contextmanager
def cluster(executors: int) -> Iterator[SparkSession]:
    """Yield a session with executors of one core and 1 GB each, and remove their logs."""
    import pyspark

    with session(f"local-cluster[{executors},1,1024]") as spark:
        logs = Path(pyspark.__file__).parent / "work" / spark.sparkContext.applicationId
        yield spark
    shutil.rmtree(logs, ignore_errors=True)

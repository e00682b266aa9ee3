from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.programs import program
from tests.spark.cluster import cluster

if TYPE_CHECKING:
    from pyspark.sql import SparkSession


@pytest.fixture(scope="package")
def spark(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SparkSession]:
    """A cluster on this machine: two executors, each a process of its own."""
    program("java", "Debian: openjdk-17-jre-headless")
    scratch = tmp_path_factory.mktemp("scratch")
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("SPARK_LOCAL_DIRS", str(scratch))
        environment.setenv("SPARK_LOCAL_IP", "127.0.0.1")
        environment.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
        with cluster(executors=2) as spark:
            yield spark
    assert not list(scratch.rglob("taskkg-*"))

"""Sessions of Spark, with the settings that we need, and plain words where one cannot begin."""

from __future__ import annotations

import os
import re
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from kg.errors import InputError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_MASTER = re.compile(r"local(-cluster)?(\[.+\])?|yarn|(spark|k8s)://.+")
_JAVA = (
    "Spark runs on Java 17 or later; install it (Debian: openjdk-17-jre-headless), or tell by "
    "JAVA_HOME where it is"
)
_SETTINGS = {
    # Codes of districts are names: `420103` is no number, and beside them stand 西湖区 and others.
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
}
# A session that lives in this machine alone is open to nobody else.
_LOCAL = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
}


@contextmanager
def session(master: str | None = None) -> Iterator[SparkSession]:
    """Give a session of Spark; one that runs already is used, and goes on afterwards.

    Args:
        master: Spark's master, such as `local[4]`, `spark://host:7077`, `yarn` or
            `k8s://https://host:6443`; without one that of `spark-submit` or `spark-defaults.conf`,
            and all cores of this machine where these tell none.

    Raises:
        InputError: PySpark or Java is missing, or there is no such master.
    """
    try:
        from pyspark import SparkContext
        from pyspark.errors import PySparkRuntimeError
        from pyspark.sql import SparkSession
    except ImportError:
        raise InputError(
            "PySpark is not installed; install it with: pip install 'taskkg[spark]'"
        ) from None
    # What Spark calls the active session is that of this thread.
    if SparkContext._active_spark_context is not None:
        yield SparkSession.builder.getOrCreate()
        return
    if master is not None and not _MASTER.fullmatch(master):
        raise InputError(
            f"master “{master}”: is none of Spark's; give local[*], spark://host:7077, yarn or "
            "k8s://https://host:6443"
        )
    _check_java()
    builder = SparkSession.builder.appName("taskkg")
    if master:
        builder = builder.master(master)
    local = master is not None and master.startswith("local")
    bar = {"spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower()}
    for name, value in {**_SETTINGS, **bar, **(_LOCAL if local else {})}.items():
        builder = builder.config(name, value)
    try:
        with _environment():
            spark = builder.getOrCreate()
    except PySparkRuntimeError as error:
        if error.getCondition() != "JAVA_GATEWAY_EXITED":
            raise
        raise InputError(f"Java: ends at once; what it says stands above. {_JAVA}") from None
    try:
        yield spark
    finally:
        spark.stop()


def _check_java() -> None:
    """Refuse to begin without Java, for which Spark's own scripts have no clear words."""
    home = os.environ.get("JAVA_HOME")
    found = (Path(home) / "bin" / "java").exists() if home else shutil.which("java")
    if not found and not _submitted():
        where = f"there is none in JAVA_HOME ({home})" if home else "there is none on this machine"
        raise InputError(f"Java: {where}. {_JAVA}")


def _submitted() -> bool:
    """Tell whether `spark-submit` runs us, which has begun Java and chosen a Python."""
    return "PYSPARK_GATEWAY_PORT" in os.environ


@contextmanager
def _environment() -> Iterator[None]:
    """Add what only the environment tells Spark while it begins: its Python, and quiet logs."""
    added = {}
    if not _submitted():
        added["PYSPARK_PYTHON"] = sys.executable
        if "SPARK_HOME" not in os.environ:
            added["SPARK_CONF_DIR"] = str(Path(__file__).parent / "conf")
    added = {name: value for name, value in added.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]

"""Spark sessions with the settings that we need, and clear errors if one cannot start."""

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
    "Spark needs Java 17 or later; install it (Debian: openjdk-17-jre-headless), or set JAVA_HOME "
    "to its folder"
)
_SETTINGS = {
    # Places are codes such as `420103` or names such as 西湖区, so they must not become numbers.
    "spark.sql.sources.partitionColumnTypeInference.enabled": "false",
}
# A local session does not accept connections from other machines.
_LOCAL = {
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.driver.host": "127.0.0.1",
    "spark.ui.enabled": "false",
}


@contextmanager
def session(master: str | None = None) -> Iterator[SparkSession]:
    """Yield a Spark session; one that is already running is used and not stopped.

    Args:
        master: Spark's master, such as `local[4]`, `spark://host:7077`, `yarn` or
            `k8s://https://host:6443`; by default that of `spark-submit` or `spark-defaults.conf`,
            or else all cores of this machine.

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
    # Not `SparkSession.getActiveSession`, which is that of this thread only.
    if SparkContext._active_spark_context is not None:
        yield SparkSession.builder.getOrCreate()
        return
    if master is not None and not _MASTER.fullmatch(master):
        raise InputError(
            f"master “{master}”: is not a Spark master; give local[*], spark://host:7077, yarn or "
            "k8s://https://host:6443"
        )
    _check_java()
    if master is None and not _is_configured():
        master = "local[*]"
    builder = SparkSession.builder.appName("taskkg")
    if master:
        builder = builder.master(master)
    local = master is not None and master.startswith("local")
    bar = {"spark.ui.showConsoleProgress": str(sys.stderr.isatty()).lower()}
    for name, value in {**_SETTINGS, **bar, **(_LOCAL if local else {})}.items():
        builder = builder.config(name, value)
    try:
        with _spark_environment():
            spark = builder.getOrCreate()
    except PySparkRuntimeError as error:
        if error.getCondition() != "JAVA_GATEWAY_EXITED":
            raise
        raise InputError(f"Java: exits at once; its message is above. {_JAVA}") from None
    try:
        yield spark
    finally:
        spark.stop()


def _check_java() -> None:
    """Raise an error if Java is missing; that of Spark's own scripts is unclear."""
    home = os.environ.get("JAVA_HOME")
    found = (Path(home) / "bin" / "java").exists() if home else shutil.which("java")
    if not found and not _is_submitted():
        where = f"in JAVA_HOME ({home})" if home else "on this machine"
        raise InputError(f"Java: was not found {where}. {_JAVA}")


def _is_submitted() -> bool:
    """Return whether `spark-submit` runs us, which has started Java and chosen a Python."""
    return "PYSPARK_GATEWAY_PORT" in os.environ


def _is_configured() -> bool:
    """Return whether the user has configured Spark, perhaps with a master."""
    return _is_submitted() or not {"SPARK_HOME", "SPARK_CONF_DIR"}.isdisjoint(os.environ)


@contextmanager
def _spark_environment() -> Iterator[None]:
    """Set the environment variables that Spark needs at its start: its Python, and quiet logs."""
    added = {}
    if not _is_submitted():
        added["PYSPARK_PYTHON"] = sys.executable
        if not _is_configured():
            added["SPARK_CONF_DIR"] = str(Path(__file__).parent / "conf")
    added = {name: value for name, value in added.items() if name not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for name in added:
            del os.environ[name]

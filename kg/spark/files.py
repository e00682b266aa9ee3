"""Files at any address for which Spark has a connector: local, in HDFS, in S3."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from kg.errors import InputError

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

_UNREAD = re.compile(r"\[FAILED_READ_FILE\S*\] .*? file (\S.*?)\.?  SQLSTATE")
_SIGNS = re.compile(r"[\[\]{}*?\\]")
_CAUSE = re.compile(r"^Caused by: (.*)$", re.MULTILINE)


class Files:
    """The files at one address, such as `hdfs://name/graph`.

    Attributes:
        address: The address.
    """

    def __init__(self, spark: SparkSession, address: str) -> None:
        """Get the connector for the address.

        Raises:
            InputError: There is no connector for it, or it cannot be reached.
        """
        from py4j.protocol import Py4JJavaError

        self.address = address.rstrip("/") or address
        context: Any = spark.sparkContext
        self._jvm = context._jvm
        try:
            path = self._path()
            self._system = path.getFileSystem(context._jsc.hadoopConfiguration())
            self._system.exists(path)
        except Py4JJavaError as error:
            raise unreachable_error(address, error) from None

    def glob_pattern(self, *names: str) -> str:
        """Return the address, or that of something in the folder, as a pattern for Spark.

        Special characters are escaped, unless the address itself is a pattern.
        """
        address = "/".join((self.address, *names))
        return _SIGNS.sub(r"\\\g<0>", address) if self.exists() else address

    def has_inside(self, other: Files) -> bool:
        """Return whether another address is in this folder or is the same."""
        here, there = (
            f"{files._system.makeQualified(files._path()).toString()}/" for files in (self, other)
        )
        return there.startswith(here)

    def list_names(self) -> list[str]:
        """Return the names in the folder; none if there is no folder.

        Checksum files, which Hadoop writes beside local files, are ignored.
        """
        if not self.exists():
            return []
        names = (one.getPath().getName() for one in self._system.listStatus(self._path()))
        return sorted(name for name in names if not name.endswith(".crc"))

    def exists(self, name: str = "") -> bool:
        """Return whether a name exists in the folder; by default, whether the folder exists."""
        return bool(self._system.exists(self._path(name)))

    def is_file(self) -> bool:
        """Return whether the address is that of a file."""
        return self.exists() and bool(self._system.getFileStatus(self._path()).isFile())

    def empty_files(self) -> Iterator[str]:
        """Yield the empty files below the address, which may be a pattern.

        Spark ignores empty files. Like Spark, this ignores names that begin with `_` or `.`.
        """
        matched = self._jvm.org.apache.hadoop.fs.Path(self.glob_pattern())
        for found in self._system.globStatus(matched) or ():
            root = found.getPath()
            files = self._system.listFiles(root, True)
            while files.hasNext():
                file = files.next()
                if not file.getLen():
                    address = str(file.getPath().toString())
                    parts = address.removeprefix(root.toString()).split("/")
                    if not any(part.startswith(("_", ".")) for part in parts):
                        yield address

    def write(self, name: str, text: str) -> None:
        """Write a small file completely or not at all."""
        draft = self._path(f"_{name}")
        stream = self._system.create(draft, True)
        stream.write(text.encode())
        stream.close()
        self._system.rename(draft, self._path(name))

    def remove(self, name: str) -> None:
        """Remove a file or a folder with its contents, if it exists."""
        self._system.delete(self._path(name), True)

    def _path(self, name: str = "") -> Any:  # noqa: ANN401  (an object of Java)
        address = f"{self.address}/{name}" if name else self.address
        return self._jvm.org.apache.hadoop.fs.Path(address)


def unread_file_error(error: Exception) -> InputError | None:
    """Return the error for a file that executors could not read, or None for other errors."""
    found = _UNREAD.search(str(error))
    if found is None:
        return None
    why = [cause for cause in _CAUSE.findall(str(error)) if "FAILED_READ_FILE" not in cause]
    return InputError(
        f"{found[1]}: cannot be read ({why[0] if why else 'Spark gives no reason'}); check the "
        "file and its permissions"
    )


def unreachable_error(address: str, error: Exception) -> InputError:
    """Return the error for an address that Spark's connectors cannot read or write."""
    lines = str(getattr(error, "java_exception", error)).splitlines()
    return InputError(
        f"{address}: cannot be reached ({lines[0]}); check the address, its permissions, and that "
        "Spark has a connector for it"
    )

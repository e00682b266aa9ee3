"""Files wherever Spark's own connectors reach: on this machine, in HDFS, in S3."""

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
    """Whatever stands under one address, such as `hdfs://name/graph`.

    Attributes:
        address: The address.
    """

    def __init__(self, spark: SparkSession, address: str) -> None:
        """Take the connector of the address.

        Raises:
            InputError: There is no connector for it, or what it names cannot be reached.
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
            raise unreachable(address, error) from None

    def pattern(self, *names: str) -> str:
        """Return the address of what is there, or of something in it, as Spark reads patterns."""
        address = "/".join((self.address, *names))
        return _SIGNS.sub(r"\\\g<0>", address) if self.exists() else address

    def holds(self, other: Files) -> bool:
        """Tell whether something lies in this folder, or is it."""
        here, there = (
            f"{files._system.makeQualified(files._path()).toString()}/" for files in (self, other)
        )
        return there.startswith(here)

    def names(self) -> list[str]:
        """Return the names of what lies in the folder; none where there is no folder.

        Checksums are left out, which Hadoop puts beside files of this machine.
        """
        if not self.exists():
            return []
        names = (one.getPath().getName() for one in self._system.listStatus(self._path()))
        return sorted(name for name in names if not name.endswith(".crc"))

    def exists(self, name: str = "") -> bool:
        """Tell whether there is something of that name, or the folder itself."""
        return bool(self._system.exists(self._path(name)))

    def is_file(self) -> bool:
        """Tell whether the address is that of a file."""
        return self.exists() and bool(self._system.getFileStatus(self._path()).isFile())

    def empty(self) -> Iterator[str]:
        """Yield the files without content below the address, or below what it is a pattern of.

        Spark passes over these, as over names that begin with `_` or `.`, which are left out.
        """
        matched = self._jvm.org.apache.hadoop.fs.Path(self.pattern())
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
        """Write a small file, which is there as a whole or not at all."""
        draft = self._path(f"_{name}")
        stream = self._system.create(draft, True)
        stream.write(text.encode())
        stream.close()
        self._system.rename(draft, self._path(name))

    def remove(self, name: str) -> None:
        """Remove a file or a folder with all that is in it, if it is there."""
        self._system.delete(self._path(name), True)

    def _path(self, name: str = "") -> Any:  # noqa: ANN401  (an object of Java)
        address = f"{self.address}/{name}" if name else self.address
        return self._jvm.org.apache.hadoop.fs.Path(address)


def unread(error: Exception) -> InputError | None:
    """Return what is wrong with a file that executors could not read, if that ended their work."""
    found = _UNREAD.search(str(error))
    if found is None:
        return None
    why = [cause for cause in _CAUSE.findall(str(error)) if "FAILED_READ_FILE" not in cause]
    return InputError(
        f"{found[1]}: cannot be read ({why[0] if why else 'Spark does not tell why'}); check the "
        "file and your rights"
    )


def unreachable(address: str, error: Exception) -> InputError:
    """Return what is wrong with an address that Spark's connectors cannot read or write."""
    lines = str(getattr(error, "java_exception", error)).splitlines()
    return InputError(
        f"{address}: cannot be reached ({lines[0]}); check the address, your rights, and that "
        "Spark has the connector for it"
    )

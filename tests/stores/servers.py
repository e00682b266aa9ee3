"""Real SPARQL servers, each a process of its own."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.programs import program

INI = """[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
LockFile = virtuoso.lck
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa

[TempDatabase]
DatabaseFile = virtuoso-temp.db
TransactionFile = virtuoso-temp.trx

[Parameters]
ServerPort = {sql}
NumberOfBuffers = 10000
MaxDirtyBuffers = 7500
DirsAllowed = .

[HTTPServer]
ServerPort = {http}

[SPARQL]
ResultSetMaxRows = {rows}
"""


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def _running(arguments: list[str], folder: Path, port: int) -> Iterator[None]:
    with (
        (folder / "out").open("w") as out,
        subprocess.Popen(arguments, cwd=folder, stdout=out, stderr=out) as process,
    ):
        try:
            for _ in range(600):
                assert process.poll() is None, (folder / "out").read_text()
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.1)
            yield
        finally:
            process.kill()
            process.wait()


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """Serve an empty store by `oxigraph serve`."""
    port = free_port()
    bind = ["--bind", f"127.0.0.1:{port}"]
    arguments = [
        program("oxigraph", "PyPI: oxigraph"),
        "serve",
        "--location",
        str(folder / "data"),
        *bind,
    ]
    with _running(arguments, folder, port):
        yield f"http://127.0.0.1:{port}/query"


@contextmanager
def virtuoso(folder: Path, rows: int = 0) -> Iterator[str]:
    """Serve an empty store by Virtuoso, which gives so many rows at most (0: any number)."""
    port = free_port()
    text = INI.format(sql=free_port(), http=port, rows=rows)
    (folder / "virtuoso.ini").write_text(text, encoding="utf-8")
    arguments = [
        program("virtuoso-t", "Debian: virtuoso-opensource-7-bin"),
        "+foreground",
        "+configfile",
        "virtuoso.ini",
    ]
    with _running(arguments, folder, port):
        yield f"http://127.0.0.1:{port}/sparql"

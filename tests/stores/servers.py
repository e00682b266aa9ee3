"""Real SPARQL servers, each a process of its own."""

from __future__ import annotations

import re
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Protocol

from tests.programs import program

PAGE = Path(__file__).parents[2] / "docs" / "stores.md"

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
DirsAllowed = {folder}

[HTTPServer]
ServerPort = {http}

[SPARQL]
ResultSetMaxRows = {rows}
"""


class Server(Protocol):
    """Serves a store: empty, or loaded with graph.nq of the folder."""

    def __call__(self, folder: Path, load: bool = False) -> AbstractContextManager[str]: ...


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@contextmanager
def _running(arguments: list[str], folder: Path, *ports: int) -> Iterator[None]:
    with (
        (folder / "out").open("w") as out,
        subprocess.Popen(arguments, cwd=folder, stdout=out, stderr=out) as process,
    ):
        try:
            for _ in range(600):
                assert process.poll() is None, (folder / "out").read_text()
                if all(map(_hears, ports)):
                    break
                time.sleep(0.1)
            yield
        finally:
            process.kill()
            process.wait()


def _hears(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True


@contextmanager
def oxigraph(folder: Path, load: bool = False) -> Iterator[str]:
    """Serve a store by `oxigraph serve`: empty, or loaded with graph.nq of the folder."""
    port = free_port()
    server, place = program("oxigraph", "PyPI: oxigraph"), ["--location", str(folder / "data")]
    if load:
        subprocess.run([server, "load", *place, "--file", str(folder / "graph.nq")], check=True)
    with _running([server, "serve", *place, "--bind", f"127.0.0.1:{port}"], folder, port):
        yield f"http://127.0.0.1:{port}/query"


@contextmanager
def virtuoso(folder: Path, load: bool = False, rows: int = 0) -> Iterator[str]:
    """Serve a store by Virtuoso: empty, or loaded with graph.nq of the folder.

    Args:
        folder: The server's folder.
        load: Whether the commands of docs/stores.md load graph.nq.
        rows: How many rows it gives at most (0: any number).
    """
    sql, port = free_port(), free_port()
    text = INI.format(sql=sql, http=port, rows=rows, folder=folder)
    (folder / "virtuoso.ini").write_text(text, encoding="utf-8")
    package = "Debian: virtuoso-opensource-7-bin"
    server = [program("virtuoso-t", package), "+foreground", "+configfile", "virtuoso.ini"]
    with _running(server, folder, port, sql):
        if load:
            (told,) = re.findall(r"```sql\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
            asking = [program("isql-vt", package), str(sql), "dba", "dba", "ERRORS=stdout"]
            commands = told.replace("/srv/load", str(folder))
            said = subprocess.run(
                asking, input=commands, capture_output=True, text=True, check=True
            ).stdout
            assert "Error" not in said, said
        yield f"http://127.0.0.1:{port}/sparql"

"""What whoever starts a server decides."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Settings:
    """How a server behaves.

    Attributes:
        store: Folder of the graph.
        address: Where people reach it, without a slash at its end.
        hosts: Names under which it may be called; others are refused. `*` stands for any.
        token: Who shows it may change the graph; without one nobody may.
        publisher: Who publishes the data, as `/dcat` tells it.
        licence: IRI of its licence.
        seconds: How long a query may take.
        update_seconds: How long an update may take.
        workers: How many queries run at once.
        waiting: How many queries may wait for their turn.
        concurrency: How many requests are answered at once.
        rate: How many requests a client may make each second, over a longer time.
        burst: How many it may make at once.
        request_bytes: How large what a client sends may be.
        result_bytes: How large the answer of a query may be.
        worker_bytes: How much memory a query may take, where the system can limit it.
    """

    store: Path
    address: str = "http://127.0.0.1:8000"
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    token: str | None = None
    publisher: str | None = None
    licence: str | None = None
    seconds: float = 10
    update_seconds: float = 60
    workers: int = 2
    waiting: int = 100
    concurrency: int = 200
    rate: float = 500
    burst: int = 1000
    request_bytes: int = _MEGABYTE
    result_bytes: int = 50 * _MEGABYTE
    worker_bytes: int = 2048 * _MEGABYTE

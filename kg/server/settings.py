"""What whoever starts a server decides."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How much clients may ask.

    Attributes:
        seconds: How long a query may take.
        update_seconds: How long an update may take.
        worker_bytes: How much memory a query or update may take, where the system can limit it.
        result_bytes: How large the answer of a query may be.
        request_bytes: How large what a client sends may be.
        patience: How long a client may take to send a request, or to take more of an answer.
        connections: How many connections there may be; a further one replaces an idle one.
        workers: How many queries run at once.
        waiting: How many queries may wait for their turn.
        concurrency: How many requests are answered at once.
        rate: How many requests a client may make each second, over a longer time.
        burst: How many it may make at once.
    """

    seconds: float = 10
    update_seconds: float = 60
    worker_bytes: int = 2048 * MEGABYTE
    result_bytes: int = 50 * MEGABYTE
    request_bytes: int = MEGABYTE
    patience: float = 20
    connections: int = 500
    workers: int = 2
    waiting: int = 100
    concurrency: int = 200
    rate: float = 500
    burst: int = 1000


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
        limits: How much clients may ask.
        embedding: Origins whose pages may show pages of the server in a frame.
    """

    store: Path
    address: str
    hosts: tuple[str, ...]
    token: str | None = None
    publisher: str | None = None
    licence: str | None = None
    limits: Limits = Limits()
    embedding: tuple[str, ...] = ()

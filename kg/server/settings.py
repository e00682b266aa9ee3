"""Settings of a server that its operator chooses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits for clients.

    Attributes:
        seconds: How long a query may take.
        update_seconds: How long an update may take.
        worker_bytes: How much memory a query or update may use, if the system can limit it.
        result_bytes: How large the answer to a query may be.
        request_bytes: How large a request body may be.
        patience: How many seconds a client may take to send a request, or to read on in a response.
        connections: How many connections there may be; a further one replaces an idle one.
        workers: How many queries run at once.
        waiting: How many queries may wait for their turn.
        concurrency: How many requests are answered at once.
        rate: How many requests a client may send per second on average.
        burst: How many requests a client may send at once.
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
    """Settings of a server.

    Attributes:
        store: Folder of the graph.
        address: Its public address, without a slash at the end.
        hosts: Allowed host names; requests for others are refused. `*` allows any.
        token: The token for updates; without one, updates are not accepted.
        publisher: Who publishes the data, for `/dcat`.
        licence: IRI of the data's licence.
        limits: Limits for clients.
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

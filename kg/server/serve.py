"""Run the server until the process is stopped."""

from __future__ import annotations

import asyncio
import logging
import re
import signal
import socket
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

import uvicorn

from kg.errors import InputError
from kg.graph.rdf.terms import is_address, is_base
from kg.publishing.licences import find_licence as licence_of
from kg.server.app import create_app
from kg.server.http.access_log import JsonFormatter
from kg.server.http.allowed_hosts import netloc_name
from kg.server.http.connections import connection_class
from kg.server.settings import Limits, Settings

# Seconds that requests have to finish when the server stops, besides the time of a query.
_GRACE = 5
_LOCAL = ("127.0.0.1", "localhost", "[::1]")


def serve(
    store: str | Path = "store",
    host: str = "127.0.0.1",
    port: int = 8000,
    address: str | None = None,
    hosts: Sequence[str] = (),
    publisher: str | None = None,
    licence: str | None = None,
    token: str | None = None,
    limits: Limits | None = None,
    embedding: Sequence[str] = (),
    started: Callable[[str], None] = print,
) -> None:
    """Serve a graph until the process is stopped; running requests are finished.

    Args:
        store: Folder of the graph.
        host: The address to listen on; 0.0.0.0 for all.
        port: The port; 0 for any free port.
        address: Public address of the server, if it is not the one that it listens on.
        hosts: Allowed host names besides those of its addresses; `*` for any.
        publisher: Who publishes the data.
        licence: SPDX identifier of the data's licence.
        token: The token for updates; without one, updates are not accepted.
        limits: Limits for clients, if not the default ones.
        embedding: Origins whose pages may show pages of the server in a frame, such as
            https://www.example.org.
        started: Called with the address that it listens on when the server has started.

    Raises:
        InputError: There is no store, the server cannot listen on the address, or an option is
            invalid.
    """
    if address is not None and not (is_address(address) and is_base(address)):
        raise InputError(
            f"address “{address}”: is not an address; write one such as https://data.example.org"
        )
    if token is not None and not token.strip():
        raise InputError("token: is empty; use a long random text")
    for origin in embedding:
        if not is_origin(origin):
            raise InputError(
                f"embedding “{origin}”: is not an origin; write one such as https://www.example.org"
            )
    with listen_at(host, port) as listener:
        name = f"[{host}]" if ":" in host else host
        here = f"http://{name}:{listener.getsockname()[1]}"
        public = (address or here).rstrip("/")
        allowed = {*_LOCAL, name, netloc_name(urlsplit(public).netloc), *hosts}
        settings = Settings(
            Path(store),
            public,
            tuple(allowed),
            token and token.strip(),
            publisher,
            licence_of(licence).iri if licence else None,
            limits or Limits(),
            tuple(embedding),
        )
        _log_to_stderr()
        config = uvicorn.Config(
            create_app(settings),
            log_config=None,
            http=connection_class(settings.limits),
            ws="none",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=int(settings.limits.seconds) + _GRACE,
        )
        server = uvicorn.Server(config)
        with _end_on_signals():
            asyncio.run(_run(server, listener, lambda: started(here)))


def is_origin(text: str) -> bool:
    """Return whether a text is an origin: only a scheme, a host and perhaps a port.

    >>> is_origin("https://www.example.org"), is_origin("https://a.example/x"), is_origin("*")
    (True, False, False)
    """
    return is_address(text) and re.fullmatch(r"https?://[\w.-]+(?::\d+)?", text) is not None


async def _run(
    server: uvicorn.Server, listener: socket.socket, started: Callable[[], None]
) -> None:
    serving = asyncio.ensure_future(server.serve(sockets=[listener]))
    while not server.started and not serving.done():
        await asyncio.sleep(0.01)
    if server.started:
        started()
    await serving


@contextmanager
def listen_at(host: str, port: int) -> Iterator[socket.socket]:
    """Listen on an address within a `with` block.

    Raises:
        InputError: This is not possible.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        bound = socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, OverflowError) as error:
        reason = getattr(error, "strerror", None) or error
        raise InputError(
            f"{host}:{port}: the server cannot listen here ({reason}); choose another with --port"
        ) from None
    # asyncio sets TCP_NODELAY only if the socket's protocol is given as TCP; otherwise each
    # response waits 40 ms for the client to acknowledge the first packet.
    with socket.socket(family, bound.type, socket.IPPROTO_TCP, bound.detach()) as listener:
        yield listener


@contextmanager
def _end_on_signals() -> Iterator[None]:
    """Ignore signals outside of uvicorn, which raises them again after it has stopped."""
    numbers = (signal.SIGINT, signal.SIGTERM)
    before = [signal.signal(number, lambda *_: None) for number in numbers]
    try:
        yield
    finally:
        for number, handler in zip(numbers, before, strict=True):
            with suppress(TypeError):
                signal.signal(number, handler)


def _log_to_stderr() -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    for name, level in (("", logging.WARNING), ("kg.server", logging.INFO)):
        logger = logging.getLogger(name)
        logger.handlers, logger.propagate = [handler], False
        logger.setLevel(level)
    # uvicorn's own messages about starting and stopping are not needed.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)

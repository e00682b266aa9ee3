"""Run the server until it is told to end."""

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
from kg.graph.terms import is_address, is_base
from kg.publishing.licences import find_licence as licence_of
from kg.server.access_log import JsonFormatter
from kg.server.app import create_app
from kg.server.connections import connection_of
from kg.server.hosts import netloc_name
from kg.server.settings import Limits, Settings

# Seconds that requests have to come to their end, beside the time of a query.
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
    """Serve a graph until the process is told to end; requests that are being answered finish.

    Args:
        store: Folder of the graph.
        host: The address to listen at; 0.0.0.0 for all.
        port: The port; 0 for any that is free.
        address: Where people reach it, if that is not where it listens.
        hosts: Names under which it may be called, beside those of its addresses; `*` for any.
        publisher: Who publishes the data.
        licence: SPDX identifier of the data's licence.
        token: Who shows it may change the graph; without one nobody may.
        limits: How much clients may ask, if not as much as usual.
        embedding: Origins whose pages may show pages of the server in a frame, such as
            https://www.example.org.
        started: What is called with the address where it listens when the server is there.

    Raises:
        InputError: There is no store, the server cannot listen there, or an option is not what it
            should be.
    """
    if address is not None and not (is_address(address) and is_base(address)):
        raise InputError(f"address “{address}”: is none; write such as https://data.example.org")
    if token is not None and not token.strip():
        raise InputError("token: is empty; write a long random text into it")
    for origin in embedding:
        if not is_origin(origin):
            raise InputError(
                f"embedding “{origin}”: is none; write such as https://www.example.org"
            )
    with listening(host, port) as listener:
        name = f"[{host}]" if ":" in host else host
        here = f"http://{name}:{listener.getsockname()[1]}"
        found = (address or here).rstrip("/")
        own = {*_LOCAL, name, netloc_name(urlsplit(found).netloc), *hosts}
        settings = Settings(
            Path(store),
            found,
            tuple(own),
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
            http=connection_of(settings.limits),
            ws="none",
            access_log=False,
            server_header=False,
            timeout_graceful_shutdown=int(settings.limits.seconds) + _GRACE,
        )
        server = uvicorn.Server(config)
        with _signals_end_it():
            asyncio.run(_run(server, listener, lambda: started(here)))


def is_origin(text: str) -> bool:
    """Return whether a text is an origin: a scheme and a host, and nothing behind them.

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
def listening(host: str, port: int) -> Iterator[socket.socket]:
    """Listen at an address, until the end.

    Raises:
        InputError: It cannot be listened there.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        made = socket.create_server((host, port), family=family, backlog=2048)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", None) or error
        raise InputError(
            f"{host}:{port}: cannot be listened at ({why}); name another with --port"
        ) from None
    # asyncio sends small pieces at once (TCP_NODELAY) only where it is told that this is TCP; else
    # each answer waits 40 ms for the client's system to confirm its first piece.
    with socket.socket(family, made.type, socket.IPPROTO_TCP, made.detach()) as listener:
        yield listener


@contextmanager
def _signals_end_it() -> Iterator[None]:
    """Let signals end the server and nothing else: uvicorn raises them once more at its end."""
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
    # What uvicorn tells as it starts and ends is told otherwise.
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)

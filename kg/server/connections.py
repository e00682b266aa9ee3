"""Connections that clients hold without asking or reading: uvicorn itself waits for ever."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.server.settings import Limits


def connection_of(limits: Limits) -> type[H11Protocol]:
    """Return what uvicorn makes of each connection: one that is closed where nothing moves.

    h11 is the stricter of uvicorn's parsers, so it is taken whether or not the other is installed.
    """

    class Connection(H11Protocol):
        _waiting: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            if len(self.connections) > limits.connections:
                transport.abort()
            else:
                self._wait()

        def data_received(self, data: bytes) -> None:
            super().data_received(data)
            if self.cycle and not self.cycle.response_complete:
                self._wait_no_more()
            elif self._waiting is None:
                self._wait()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            self._watch()

        def connection_lost(self, exc: Exception | None) -> None:
            self._wait_no_more()
            super().connection_lost(exc)

        def _watch(self, before: int = -1) -> None:
            """Give up an answer of which the client takes nothing more."""
            left = self.transport.get_write_buffer_size()
            if left and left == before:
                self.transport.abort()
            elif left:
                self.loop.call_later(limits.patience, self._watch, left)

        def _wait(self) -> None:
            self._waiting = self.loop.call_later(limits.patience, self.transport.abort)

        def _wait_no_more(self) -> None:
            if self._waiting:
                self._waiting.cancel()
                self._waiting = None

    return Connection

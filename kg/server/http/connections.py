"""Connections that clients hold without asking or reading: uvicorn itself waits for ever."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.server.settings import Limits


def connection_class(limits: Limits) -> type[H11Protocol]:
    """Return uvicorn's class for connections, which here are closed when nothing moves.

    Where there are as many as there may be, a new one takes the place of the one that has been idle
    longest, so that idle connections do not keep others out.

    h11 is the stricter of uvicorn's parsers, so it is taken whether or not the other is installed.
    """

    class Connection(H11Protocol):
        _waiting: asyncio.TimerHandle | None = None

        _active = 0.0

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._active = self.loop.time()
            self._wait()
            if len(self.connections) > limits.connections:
                # This one is idle too, and the last to be chosen.
                idle = [
                    it for it in self.connections if isinstance(it, Connection) and it.is_idle()
                ]
                min(idle, key=lambda it: it._active).transport.abort()

        def is_idle(self) -> bool:
            """Return whether no request of it is being answered."""
            is_answering = self.cycle and not self.cycle.response_complete
            return not (is_answering or self.transport.is_closing())

        def data_received(self, data: bytes) -> None:
            self._active = self.loop.time()
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

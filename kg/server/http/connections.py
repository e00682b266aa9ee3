"""Close idle and stalled connections, for which uvicorn itself has no time limit."""

from __future__ import annotations

import asyncio

from uvicorn.protocols.http.h11_impl import H11Protocol

from kg.server.settings import Limits


def connection_class(limits: Limits) -> type[H11Protocol]:
    """Return a class of connections for uvicorn that are closed after some time without activity.

    If the limit of connections is exceeded, the one that has been idle longest is closed, so that
    idle connections do not keep others out.

    h11 is the stricter of uvicorn's parsers, so it is used even if httptools is installed.
    """

    class Connection(H11Protocol):
        _timer: asyncio.TimerHandle | None = None
        _last_active = 0.0

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            self._last_active = self.loop.time()
            self._start_timer()
            if len(self.connections) > limits.connections:
                # The new connection is idle too, but not longer than any other.
                idle = [
                    it for it in self.connections if isinstance(it, Connection) and it.is_idle()
                ]
                min(idle, key=lambda it: it._last_active).transport.abort()

        def is_idle(self) -> bool:
            """Return whether no request is being answered on this connection."""
            is_answering = self.cycle and not self.cycle.response_complete
            return not (is_answering or self.transport.is_closing())

        def data_received(self, data: bytes) -> None:
            self._last_active = self.loop.time()
            super().data_received(data)
            if self.cycle and not self.cycle.response_complete:
                self._stop_timer()
            elif self._timer is None:
                self._start_timer()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            self._check_unsent_bytes()

        def connection_lost(self, exc: Exception | None) -> None:
            self._stop_timer()
            super().connection_lost(exc)

        def _check_unsent_bytes(self, before: int = -1) -> None:
            """Close the connection if the client has not read any bytes since the last check."""
            unsent = self.transport.get_write_buffer_size()
            if unsent and unsent == before:
                self.transport.abort()
            elif unsent:
                self.loop.call_later(limits.patience, self._check_unsent_bytes, unsent)

        def _start_timer(self) -> None:
            self._timer = self.loop.call_later(limits.patience, self.transport.abort)

        def _stop_timer(self) -> None:
            if self._timer:
                self._timer.cancel()
                self._timer = None

    return Connection

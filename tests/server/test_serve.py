from __future__ import annotations

import asyncio
import socket

from kg.server.serve import listen_at


def test_answers_are_sent_at_once() -> None:
    """With Nagle's algorithm each response would wait for an acknowledgement."""

    async def option() -> int:
        found: asyncio.Future[int] = asyncio.get_running_loop().create_future()

        def connected(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            accepted = writer.get_extra_info("socket")
            found.set_result(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
            writer.close()

        with listen_at("127.0.0.1", 0) as listener:
            address = listener.getsockname()
            async with await asyncio.start_server(connected, sock=listener):
                _, writer = await asyncio.open_connection(*address)
                writer.close()
                return await found

    assert asyncio.run(option())

"""Works out what the first reader of a new build would otherwise wait for."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.concurrency import run_in_threadpool

from kg.errors import InputError
from kg.server import desk
from kg.server.pages import ask, browse, front
from kg.server.pages.search import names
from kg.server.snapshot import Snapshot, Snapshots

# How often it looks for a new build, in seconds.
_EVERY = 1


async def keep_warm(snapshots: Snapshots) -> None:
    """Look for new builds until cancelled, and make for each what pages keep of it."""
    warm: Snapshot | None = None
    while True:
        # While there is no store, those who ask for a page are told.
        with suppress(InputError):
            found = await run_in_threadpool(snapshots.current)
            if found is not warm:
                await run_in_threadpool(names, found)
                await run_in_threadpool(front.prepare, found)
                await run_in_threadpool(desk.prepare, found)
                await run_in_threadpool(browse.prepare, found)
                await run_in_threadpool(ask.prepare, found)
                warm = found
        await asyncio.sleep(_EVERY)

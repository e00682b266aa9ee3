"""Works out what the first reader of a new build would otherwise wait for."""

from __future__ import annotations

import asyncio
from contextlib import suppress

from starlette.concurrency import run_in_threadpool

from kg.errors import InputError
from kg.server.data.snapshot import Snapshot, Snapshots
from kg.server.desk import coordination, streets, targets, timeline
from kg.server.pages import browse, front
from kg.server.pages.search import name_index
from kg.server.parts.chosen_plan import newest_plan
from kg.server.questions import ask

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
                await run_in_threadpool(name_index, found)
                await run_in_threadpool(front.prepare, found)
                await run_in_threadpool(prepare_desk, found)
                await run_in_threadpool(browse.prepare, found)
                await run_in_threadpool(ask.prepare_answers, found)
                warm = found
        await asyncio.sleep(_EVERY)


def prepare_desk(build: Snapshot) -> None:
    """Read what the pages of the newest plan of a build need."""
    if plan := newest_plan(build):
        coordination.tie_network(build, plan)
        targets.plan_targets(build, plan)
        timeline.plan_deadlines(build, plan)
        streets.plan_subdistricts(build, plan)

"""Compute cached results for a new build, so that the first reader need not wait for them."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from starlette.concurrency import run_in_threadpool

from kg.errors import InputError
from kg.server.data.snapshot import Snapshot, Snapshots
from kg.server.desk import coordination, streets, targets, timeline
from kg.server.desk.plan_page import PlanPage, plan_rows
from kg.server.pages import browse, front
from kg.server.pages.search import name_index
from kg.server.parts.chosen_plan import newest_plan
from kg.server.questions import ask

# How often it looks for a new build, in seconds.
_EVERY = 1


async def keep_warm(snapshots: Snapshots) -> None:
    """Look for new builds until cancelled, and fill the cache of each."""
    warm: Snapshot | None = None
    while True:
        # If there is no store, requests get an error response.
        with suppress(InputError):
            build = await run_in_threadpool(snapshots.current)
            if build is not warm:
                await run_in_threadpool(name_index, build)
                await run_in_threadpool(front.prepare, build)
                await run_in_threadpool(prepare_desk, build)
                await run_in_threadpool(browse.prepare, build)
                await run_in_threadpool(ask.prepare_answers, build)
                warm = build
        await asyncio.sleep(_EVERY)


def prepare_desk(found: Snapshot) -> None:
    """Read what the pages of the newest plan of a build need."""
    if plan := newest_plan(found):
        coordination.tie_network(found, plan)
        pages: tuple[PlanPage[Any], ...] = (targets.PAGE, timeline.PAGE, streets.PAGE)
        for page in pages:
            plan_rows(found, plan, page)

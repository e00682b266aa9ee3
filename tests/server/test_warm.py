from __future__ import annotations

import asyncio
from pathlib import Path

from kg.graph.build import build
from kg.server.data.snapshot import Snapshots
from kg.server.warm import keep_warm
from tests.small import table


def test_what_pages_need_is_made_for_each_new_build_before_anybody_asks(tmp_path: Path) -> None:
    source = table(tmp_path / "a.csv", "修路|完成学府路改造。|已完成。|建设局")
    build([source], tmp_path / "store")
    snapshots = Snapshots(tmp_path / "store")

    async def until_warm() -> None:
        while {"names", "overview data", "kinds"} - set(snapshots.current().cache):
            await asyncio.sleep(0.05)

    async def story() -> None:
        warming = asyncio.create_task(keep_warm(snapshots))
        async with asyncio.timeout(60):
            await until_warm()
            before = snapshots.current()
            await asyncio.to_thread(build, [source], tmp_path / "store")
            await until_warm()
            assert snapshots.current() is not before
        warming.cancel()

    asyncio.run(story())

"""Measure the memory of a server whose store is rebuilt many times while it answers requests.

usage: python -m benchmarks.rebuilds [--times 200]

It prints the memory (PSS, in MB) of the server and of its query processes, and at the end of how
many builds they hold files open.
"""

from __future__ import annotations

import argparse
import tempfile
import threading
import time
from pathlib import Path

import httpx
import psutil

from kg.graph.build import build
from tests.server.conftest import Served, serving
from tests.small import table

_PATHS = (
    *("/", "/coordination", "/browse/tasks", "/targets", "/questions/tasks"),
    *("/search?q=教育", "/sparql?query=ASK%7B%7D"),
)
_TASKS = [f"民生|新建学校{n}所。|已开工。|教育局、财政局" for n in range(1, 30)]


def processes(server: Served) -> list[psutil.Process]:
    """Return the server process and its query processes."""
    found = psutil.Process(server.process.pid)
    return [found, *found.children()]


def process_memory(server: Served) -> list[int]:
    """Return the memory of each process in MB."""
    return [round(one.memory_full_info().pss / 1e6) for one in processes(server)]


def held_builds(server: Served) -> set[str]:
    """Return the builds of which a process holds a file open."""
    files = [file.path for one in processes(server) for file in one.open_files()]
    return {part for path in files for part in Path(path).parts if part.startswith("build-")}


def send_requests(server: Served, ended: threading.Event) -> None:
    """Request pages and queries until `ended` is set."""
    with server.client() as client:
        while not ended.wait(0.05):
            for path in _PATHS:
                try:
                    client.get(path)
                except httpx.HTTPError:
                    return


def main() -> None:
    """Rebuild the store, and print the memory ten times meanwhile."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--times", type=int, default=200)
    times = parser.parse_args().times
    with tempfile.TemporaryDirectory() as room:
        folder = Path(room)
        source = table(folder / "small.csv", *_TASKS)
        build([source], folder / "store", jurisdiction="330106")
        with serving(folder / "store", folder / "log", "--rate", "100000") as server:
            ended = threading.Event()
            threading.Thread(target=send_requests, args=(server, ended), daemon=True).start()
            time.sleep(3)
            print("rebuilds | server and its processes, MB")
            for at in range(times + 1):
                if at % max(1, times // 10) == 0:
                    print(f"{at} | {process_memory(server)}", flush=True)
                build([source], folder / "store", jurisdiction="330106")
            time.sleep(1)
            print(f"builds held: {len(held_builds(server))}")
            ended.set()


if __name__ == "__main__":
    main()

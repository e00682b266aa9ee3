"""Measure the planner's desk: its pages, a large matrix, and briefings.

usage: python -m benchmarks.desk [--store STORE]

Pages are requested one after the other from a local server: first for a new build, then with
another filter, for which they are computed again. The matrix has 300 departments with random ties;
the time includes painting it in headless Chromium.
"""

from __future__ import annotations

import argparse
import random
import shutil
import tempfile
import time
from collections.abc import Iterator
from itertools import combinations
from pathlib import Path

import httpx
from playwright.sync_api import sync_playwright

from benchmarks.portal import start_server
from kg.briefing.brief import brief
from kg.briefing.files import MEDIA, to_file
from kg.charts.matrix import matrix_chart
from kg.charts.svg import chart_style, to_markup
from kg.graph.build import build
from kg.graph.stores.embedded import open_graph
from kg.network.matrix import MOST, department_matrix
from kg.network.ties import Quote, Tie
from kg.palette import style_sheet
from kg.resources import resource

_PAGES = {
    "/coordination": "/coordination?least=0.3",
    "/targets": "/targets?sort=share",
    "/timeline": "/timeline?when=due",
    "/streets": "/streets?lang=en",
    "/compare/reports": "/compare/reports?lang=en",
    "/": "/?lang=en",
}
_DENSITY = 0.05


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--store", type=Path, help="a store; by default that of the dataset")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = given.store or _build_dataset(Path(folder))
        print("page | first, ms | computed again, ms")
        for line in _page_times(store):
            print(line)
        graph = open_graph(store)
        print("briefing | seconds")
        for form in MEDIA:
            start = time.perf_counter()
            to_file(brief(graph), form)
            print(f"{form} | {time.perf_counter() - start:.2f}")
    print(f"matrix of {MOST} departments | {_matrix_time():.2f} seconds until it is painted")


def _build_dataset(folder: Path) -> Path:
    build([resource("data", "jianghan-2019", "report.csv")], folder / "store")
    return folder / "store"


def _page_times(store: Path) -> Iterator[str]:
    with start_server(store) as address, httpx.Client(base_url=address, timeout=300) as client:
        # Wait until the server has prepared its caches for the build.
        while client.get("/search.json?q=a").status_code != 200:
            time.sleep(0.5)
        time.sleep(5)
        for path, changed in _PAGES.items():
            taken = []
            for asked in (path, changed):
                start = time.perf_counter()
                client.get(asked, headers={"Accept": "text/html"}).raise_for_status()
                taken.append(1000 * (time.perf_counter() - start))
            yield f"{path} | {taken[0]:.0f} | {taken[1]:.0f}"


def _matrix_time() -> float:
    """Return the seconds from the ties of a matrix until Chromium has painted it."""
    start = time.perf_counter()
    matrix = department_matrix(_random_ties())
    chart = to_markup(matrix_chart(matrix, {iri: iri for iri in matrix.departments}))
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        made = time.perf_counter() - start
        file = Path(folder) / "matrix.html"
        file.write_text(f"<style>{style_sheet()}{chart_style()}</style>{chart}", encoding="utf-8")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        page = browser.new_page(viewport={"width": 1440, "height": 1440})
        start = time.perf_counter()
        page.goto(file.as_uri())
        page.evaluate("() => new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        shown = time.perf_counter() - start
        browser.close()
    return made + shown


def _random_ties() -> list[Tie]:
    """Return ties of random pairs, with more pairs within one of ten groups."""
    draw = random.Random(7)
    found = []
    for number, (one, other) in enumerate(combinations(range(MOST), 2)):
        same = one % 10 == other % 10
        if draw.random() > (0.35 if same else _DENSITY):
            continue
        names = tuple(f"部门{at:03}" for at in (one, other))
        quotes = tuple(
            Quote("r", 2 * number + at, "progress", "x", "x", None, frozenset((name,)))
            for at, name in enumerate(names)
        )
        found.append(
            Tie(
                f"urn:t:{number}", "shared", f"urn:x:{number}", "某项目", "project",
                draw.choice((0.3, 0.5, 1.0, 2.0)), names, tuple(q.task for q in quotes), quotes,
                frozenset(), frozenset(), (),
            )
        )  # fmt: skip
    return found


if __name__ == "__main__":
    main()

"""Part `page`: our network page and pyvis's, the time until they are usable and while zooming.

For each size one network (with communities, from a fixed seed) gives four pages: ours by default,
ours with all communities unfolded, pyvis's with its physics, and pyvis's with precomputed positions
and without physics. The time is from opening the file, in headless Chromium, until the picture is
drawn and the page answers a script. Frames are those in which the picture was really drawn while
the mouse wheel turns for two seconds.
"""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from math import isinf
from pathlib import Path

import networkx as nx
from playwright.sync_api import Browser, Page, TimeoutError, sync_playwright
from pyvis.edge import Edge
from pyvis.network import Network
from pyvis.node import Node

from benchmarks.peers.results import US, Part, Result
from benchmarks.peers.runs import run_in_turn
from kg.views.kinds import KINDS
from kg.views.layout import positions
from kg.views.networks.view import View
from kg.views.page import render_page

TITLE = "The network page, opened from a file in headless Chromium."
PATIENCE = 20.0
ZOOMING = 2.0
_CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = "--no-sandbox --disable-gpu --no-first-run --disable-background-networking --disable-sync"

# A draw begins with clearing the canvas: both pages use vis-network, which does that.
COUNT_DRAWS = """
(() => {
  let drawn = false;
  window.frames_drawn = 0;
  const clear = CanvasRenderingContext2D.prototype.clearRect;
  CanvasRenderingContext2D.prototype.clearRect = function (...box) {
    drawn = true;
    return clear.apply(this, box);
  };
  const tick = () => {
    if (drawn) window.frames_drawn += 1;
    drawn = false;
    requestAnimationFrame(tick);
  };
  requestAnimationFrame(tick);
})();
"""
# pyvis's page has its network in a global variable; it is ready when it has stabilised and drawn.
PYVIS_READY = """
() => new Promise((done) => {
  const wait = () => {
    if (!window.network || !network.body.nodeIndices.length) return setTimeout(wait, 20);
    const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() => done(true)));
    if (!network.physics.physicsEnabled || network.physics.stabilized) return drawn();
    network.once("stabilized", drawn);
  };
  wait();
})
"""


# One turn of the wheel per frame, made in the page, as Playwright sends at most thirty a second.
ZOOM = """
(seconds) => new Promise((done) => {
  const canvas = document.querySelector("canvas");
  const box = canvas.getBoundingClientRect();
  const at = { clientX: box.x + box.width / 2, clientY: box.y + box.height / 2, bubbles: true };
  const [start, before] = [performance.now(), window.frames_drawn];
  let turn = 0;
  const step = () => {
    const passed = (performance.now() - start) / 1000;
    if (passed > seconds) return done([window.frames_drawn - before, passed]);
    const deltaY = turn % 10 < 5 ? -60 : 60;
    turn += 1;
    canvas.dispatchEvent(new WheelEvent("wheel", { ...at, deltaY, cancelable: true }));
    requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
})
"""


def random_network(nodes: int, edges: int) -> nx.Graph:
    """Return a network with communities: seven of eight ties are within one."""
    chance = random.Random(5)
    size = max(12, min(150, nodes // 12))
    graph: nx.Graph = nx.Graph()
    for index in range(nodes):
        graph.add_node(
            f"urn:node:{index:05}",
            label=f"第{index}号建设项目",
            kind=KINDS[index % len(KINDS)].name,
            weight=chance.paretovariate(1.2),
        )
    ends: set[tuple[int, int]] = set()
    while len(ends) < edges:
        first = chance.randrange(nodes)
        near = min(first // size * size + chance.randrange(size), nodes - 1)
        second = near if chance.random() < 7 / 8 else chance.randrange(nodes)
        if first != second:
            ends.add((min(first, second), max(first, second)))
    for first, second in sorted(ends):
        about = {"tie": chance.choice(["joint", "shared"]), "weight": chance.random()}
        graph.add_edge(f"urn:node:{first:05}", f"urn:node:{second:05}", **about)
    return graph


def pyvis_page(graph: nx.Graph, placed: bool) -> str:
    """Return pyvis's page, with its libraries inline."""
    network = Network(cdn_resources="in_line", height="800px")
    spots = positions(graph) if placed else {}
    for node, about in graph.nodes(data=True):
        made = {"x": spots[node][0], "y": spots[node][1]} if placed else {}
        # Appended directly, as `add_node` and `add_edge` would take minutes for the largest.
        options = Node(node, "dot", about["label"], title=about["label"], **made).options
        network.nodes.append(options)
        network.node_ids.append(node)
    network.edges.extend(Edge(first, second).options for first, second in graph.edges())
    if placed:
        network.toggle_physics(False)
    return str(network.generate_html())


def open_page(browser: Browser, file: Path, ready: Callable[[Page], None]) -> tuple[float, float]:
    """Return seconds until usable (infinite if never) and frames per second while zooming."""
    context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
    page = context.new_page()
    page.set_default_timeout(PATIENCE * 1000)
    page.add_init_script(COUNT_DRAWS)
    start = time.perf_counter()
    try:
        page.goto(file.as_uri(), wait_until="commit")
        ready(page)
        seconds = time.perf_counter() - start
        return seconds, count_frames(page)
    except TimeoutError:
        return float("inf"), 0.0
    finally:
        context.close()


def count_frames(page: Page) -> float:
    """Turn the mouse wheel over the picture, in and out; return the frames drawn per second."""
    drawn, seconds = page.evaluate(ZOOM, ZOOMING)
    return float(drawn / seconds)


def wait_for_ours(page: Page) -> None:
    """Wait until our page is drawn and answers a script."""
    page.wait_for_selector("body[data-drawn=true]", state="attached")
    page.evaluate("1")


def wait_for_pyvis(page: Page) -> None:
    """Wait until pyvis's page has stabilised, is drawn and answers a script, or time out."""
    start = time.perf_counter()
    page.wait_for_function("() => window.vis")
    page.evaluate(
        f"window.ready = 0; ({PYVIS_READY})().then(() => {{ window.ready = 1; }}); undefined"
    )
    left = PATIENCE - (time.perf_counter() - start)
    page.wait_for_function("() => window.ready", timeout=max(left, 1) * 1000)


def measure(folder: Path, sizes: Sequence[int], rounds: int) -> Part:
    """Measure all sizes.

    Args:
        folder: A folder for temporary files.
        sizes: Numbers of nodes; there are three times as many ties.
        rounds: How often each page is opened; a slow one is opened once.
    """
    path = next(filter(None, map(shutil.which, _CHROMIUM)), None)
    if path is None:
        why = "no page is measured: Chromium is missing; install Debian's package chromium"
        return Part("page", TITLE, (), (why,))
    found: list[Result] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=QUIET.split())
        for size in sizes:
            found += _measure_size(browser, folder / "page.html", size, rounds)
        browser.close()
    return Part("page", TITLE, tuple(found))


def _measure_size(browser: Browser, file: Path, size: int, rounds: int) -> Iterator[Result]:
    graph = random_network(size, 3 * size)
    view = View("synthetic", "合成网络", "Synthetic network", "", graph)
    pages = {
        US: (render_page(view), wait_for_ours),
        f"{US}, all unfolded": (render_page(view, fold_above=size), wait_for_ours),
        "pyvis, its physics": (pyvis_page(graph, placed=False), wait_for_pyvis),
        "pyvis, placed before": (pyvis_page(graph, placed=True), wait_for_pyvis),
    }

    def open_html(html: str, ready: Callable[[Page], None]) -> tuple[float, float]:
        file.write_text(html, encoding="utf-8")
        return open_page(browser, file, ready)

    contenders = {name: partial(open_html, *page) for name, page in pages.items()}
    runs = list(run_in_turn(contenders, rounds, []))
    case = f"{size:,} nodes, {3 * size:,} ties"
    never = {name for name in pages if any(isinf(it[name][0]) for it in runs if name in it)}
    for name, (html, _) in pages.items():
        seconds = tuple(min(it[name][0], PATIENCE) for it in runs if name in it)
        note = f"{len(html.encode()) / 1e6:.1f} MB" + ("; given up" if name in never else "")
        yield Result(case, "seconds until usable", name, seconds, at_least=name in never, note=note)
    for name in (it for it in pages if it not in never):
        frames = tuple(it[name][1] for it in runs if name in it)
        yield Result(case, "frames a second", name, frames, more_is_better=True)

"""Measure the portal under load: pages, requests per second, and the time limit of queries.

usage: python benchmarks/portal.py [--store DIR] [--seconds N] [--seed N]

Starts `kg serve` on a store (by default that of the dataset of the package) and prints

- pages: milliseconds for single requests to addresses in the sitemap;
- load: `wrk` requests pages of things with 16 connections, then `/sparql` with 50;
- rebuild: the same pages while the store is rebuilt three times (for the dataset only);
- time limit: for a query that would never end, the time until its answer, how many pages the server
  answers meanwhile, and whether the next query is answered.

Needs `wrk` (Debian: apt-get install wrk).
"""

from __future__ import annotations

import argparse
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote, urlsplit

import httpx

DATASET = Path(__file__).parent.parent / "data" / "jianghan-2019" / "report.csv"
PAGES = ("/", "/search?q=江汉", "/search?q=jhl", "/search.json?q=建设", "/browse/tasks", "/about")
KINDS = ("task", "department", "project", "road", "place", "organization", "policy", "indicator")
QUERIES = (
    "SELECT ?name WHERE { ?it a tkg:Department ; rdfs:label ?name }",
    "SELECT ?task (COUNT(*) AS ?n) WHERE { ?task tkg:mentions ?it } GROUP BY ?task LIMIT 50",
    "ASK { ?task a tkg:Task ; tkg:responsible ?it }",
    "SELECT ?road ?task WHERE { ?task tkg:mentions ?road . ?road a tkg:Road } LIMIT 100",
)
ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
# Requests one address after the other; wrk runs it in each of its threads.
SCRIPT = """local paths = {{}}
for line in io.lines("{file}") do paths[#paths + 1] = line end
local at = 0
function setup(thread) thread:set("at", math.random(#paths)) end
function request()
  at = at % #paths + 1
  return wrk.format("GET", paths[at])
end
"""


def main() -> None:
    """Start the server and print each figure."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--store", type=Path, help="an existing store")
    parser.add_argument("--seconds", type=int, default=10, help="how long each load lasts")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    if not shutil.which("wrk"):
        sys.exit("wrk: is not installed; install it (apt-get install wrk)")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        store = options.store or folder / "store"
        if not options.store:
            build(store)
        with start_server(store) as address:
            chosen = sample_paths(address, random.Random(options.seed))
            measure_pages(address, chosen)
            paths = [path for kind in KINDS for path in chosen[kind]]
            queries = [f"/sparql?query={quote(query)}" for query in QUERIES]
            measure_load(address, "pages of things", paths, 16, options.seconds, folder)
            measure_load(address, "SPARQL, 50 at once", queries, 50, options.seconds, folder)
            if not options.store:
                again = threading.Thread(target=build, args=(store, 3))
                again.start()
                seconds = 2 * options.seconds
                measure_load(address, "pages during rebuilds", paths, 16, seconds, folder)
                again.join()
            measure_time_limit(address, paths)


def build(store: Path, times: int = 1) -> None:
    """Build the dataset of the package, one or more times."""
    arguments = (sys.executable, "-m", "kg.cli", "build", str(DATASET), "--store", str(store))
    for _ in range(times):
        subprocess.run(arguments, check=True, capture_output=True)


@contextmanager
def start_server(store: Path) -> Iterator[str]:
    """Start the server without a limit on requests of a client; yield its address."""
    arguments = [sys.executable, "-m", "kg.cli", "serve", "--store", str(store), "--port", "0"]
    with subprocess.Popen(
        [*arguments, "--rate", "1000000"],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    ) as process:
        try:
            assert process.stdout
            yield process.stdout.readline().split()[0]
        finally:
            process.terminate()


def sample_paths(address: str, chance: random.Random) -> dict[str, list[str]]:
    """Return paths of up to 100 things of each kind."""
    found: dict[str, list[str]] = defaultdict(list)
    with httpx.Client(base_url=address, timeout=60) as client:
        maps = [f"{address}/sitemap.xml"]
        for place in maps:
            listed = re.findall("<loc>(.*?)</loc>", client.get(urlsplit(place).path).text)
            maps += [each for each in listed if each.endswith(".xml")]
            for each in listed:
                path = urlsplit(each).path
                found[path.split("/")[1]].append(path)
    return {kind: chance.sample(all_, min(100, len(all_))) for kind, all_ in found.items()} | {
        kind: [] for kind in KINDS if kind not in found
    }


def measure_pages(address: str, chosen: dict[str, list[str]]) -> None:
    """Print the times of pages, one after the other."""
    groups = {path: [path] * 10 for path in PAGES} | {kind: chosen[kind] for kind in KINDS}
    print(f"{'page':28} {'requests':>8} {'median ms':>10} {'p95 ms':>8} {'failed':>7}")
    with httpx.Client(base_url=address, timeout=60, headers={"Accept": "text/html"}) as client:
        client.get("/robots.txt")
        for group, paths in groups.items():
            took, failed = [], 0
            for path in paths:
                before = time.perf_counter()
                failed += client.get(path).status_code != 200
                took.append(1000 * (time.perf_counter() - before))
            if took:
                p95 = sorted(took)[max(0, round(0.95 * len(took)) - 1)]
                middle = statistics.median(took)
                print(f"{group:28} {len(took):8} {middle:10.1f} {p95:8.1f} {failed:7}")


def measure_load(
    address: str, name: str, paths: Sequence[str], connections: int, seconds: int, folder: Path
) -> None:
    """Print the requests per second, their times, and the errors."""
    (folder / "paths").write_text("\n".join(paths) + "\n", encoding="utf-8")
    (folder / "load.lua").write_text(SCRIPT.format(file=folder / "paths"), encoding="utf-8")
    arguments = ["wrk", "-t2", f"-c{connections}", f"-d{seconds}s", "--latency", "--timeout", "30s"]
    arguments += ["-H", "Accept: text/html, application/sparql-results+json;q=0.5"]
    said = subprocess.run(
        [*arguments, "-s", str(folder / "load.lua"), address],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    rate, middle, high = (
        found[1] if (found := re.search(pattern, said)) else "?"
        for pattern in (r"Requests/sec:\s+(\S+)", r"50%\s+(\S+)", r"99%\s+(\S+)")
    )
    errors = " ".join(re.findall(r"(?:Non-2xx.*|Socket errors.*)", said)) or "none"
    print(f"{name}: {rate} requests a second; median {middle}, 99% {high}; errors: {errors}")


def measure_time_limit(address: str, paths: Sequence[str]) -> None:
    """Print when an endless query is stopped, and what happens meanwhile."""
    with httpx.Client(base_url=address, timeout=60) as client:
        ended: list[float] = []

        def ask() -> None:
            before = time.perf_counter()
            answer = httpx.get(f"{address}/sparql", params={"query": ENDLESS}, timeout=60)
            print(f"endless query: {answer.status_code} {answer.text.strip()[:100]}")
            ended.append(time.perf_counter() - before)

        asking = [threading.Thread(target=ask) for _ in range(2)]
        for each in asking:
            each.start()
        took = []
        while not ended:
            before = time.perf_counter()
            client.get(random.choice(paths)).raise_for_status()
            took.append(1000 * (time.perf_counter() - before))
        for each in asking:
            each.join()
        before = time.perf_counter()
        client.get("/sparql", params={"query": QUERIES[0]}).raise_for_status()
        after = time.perf_counter() - before
    print(
        f"two of them ended after {max(ended):.1f} s; meanwhile {len(took)} pages, median "
        f"{statistics.median(took):.1f} ms; the next query took {after:.2f} s"
    )


if __name__ == "__main__":
    main()

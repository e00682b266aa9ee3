"""Answer queries over a graph in memory with rdflib: one line of JSON in, one line out.

usage: python -m benchmarks.peers.rdflib_server GRAPH.nt

Input: `query`, `fields` of its answer, and `limit`, in seconds. Output: `seconds`, and `rows`
unless the query was stopped. A forked process answers each query, so that it can be stopped and has
no side effects.
"""

from __future__ import annotations

import json
import os
import select
import signal
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.graph.rdf.terms import PREFIXES

if TYPE_CHECKING:
    from rdflib import Graph


def main() -> None:
    """Load the graph, and answer all lines of standard input."""
    from rdflib import Graph

    graph = Graph().parse(Path(sys.argv[1]), format="nt")
    print(json.dumps({"statements": len(graph)}), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        print(_answer(graph, PREFIXES, asked), flush=True)


def _answer(graph: Graph, prefixes: Mapping[str, str], asked: Mapping[str, Any]) -> str:
    """Answer a query in a forked process, which is killed at the time limit."""
    from rdflib import Variable

    limit = asked["limit"]
    out, into = os.pipe()
    child = os.fork()
    if not child:
        start = time.perf_counter()
        try:
            found = graph.query(asked["query"], initNs=prefixes).bindings
            rows = [[_text(row.get(Variable(name))) for name in asked["fields"]] for row in found]
            reply = {"seconds": time.perf_counter() - start, "rows": rows}
        except Exception as error:
            reply = {"seconds": time.perf_counter() - start, "error": f"{error}"[:200]}
        with os.fdopen(into, "w", encoding="utf-8") as file:
            json.dump(reply, file)
        os._exit(0)
    os.close(into)
    with os.fdopen(out, encoding="utf-8") as file:
        ready, _, _ = select.select([file], [], [], limit)
        text = file.read() if ready else json.dumps({"seconds": limit})
    if not ready:
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return text


def _text(term: object) -> str | None:
    return None if term is None else str(term)


if __name__ == "__main__":
    main()

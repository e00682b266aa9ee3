"""A worker process that runs queries, draws views, or makes updates.

It is started with `python -m kg.server.workers.process`. It reads jobs from standard input, one
JSON object per line, and writes for each a line of JSON, whose `size` is the number of bytes of
content that follow. The parent process kills it if a job takes too long; it exits at the end of
its input. If the system allows, its memory and time are limited and it has no network.
"""

from __future__ import annotations

import json
import sys
from io import BytesIO
from pathlib import Path
from typing import Any, cast

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    NamedNode,
    QueryBoolean,
    QueryTriples,
    Store,
)

from kg.errors import InputError
from kg.graph.rdf.terms import PREFIXES, prefixes
from kg.graph.stores.embedded import new_build, open_graph
from kg.publishing.formats.rdfxml import UnwritableError
from kg.questions.sparql import syntax_error_message
from kg.server.http.media_types import RESULTS, replace_forbidden_characters, serialize_graph
from kg.server.workers.confinement import leave_network, limit_memory, limit_time
from kg.server.workers.dataset import DatasetError, with_dataset
from kg.server.workers.tokens import remote_keyword

Node = NamedNode | BlankNode | DefaultGraph


_OFF = "{} is not allowed here: this server sends no requests to others; query that server directly"


class _TooLargeError(Exception):
    """An answer is too large."""


class _BoundedBytes(BytesIO):
    """A buffer of limited size."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._limit = limit

    def write(self, data: Any) -> int:  # noqa: ANN401
        """Write bytes.

        Raises:
            _TooLargeError: The limit is exceeded.
        """
        if self.tell() + len(data) > self._limit:
            raise _TooLargeError
        return super().write(data)


def main() -> None:
    """Run jobs until there are no more."""
    builds: dict[Path, Store] = {}
    for line in sys.stdin.buffer:
        job = json.loads(line)
        limit_time(job["seconds"])
        outcome, content = _run_job(job, builds)
        sys.stdout.buffer.write(json.dumps({**outcome, "size": len(content)}).encode() + b"\n")
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def _run_job(job: dict[str, Any], builds: dict[Path, Store]) -> tuple[dict[str, Any], bytes]:
    """Run a job; return its outcome and the content of the answer."""
    try:
        text = job.get("update") or job.get("query", "")
        if keyword := remote_keyword(text):
            return {"status": "wrong", "message": _OFF.format(keyword)}, b""
        if "update" in job:
            _make_update(job)
            return {"status": "done"}, b""
        graph = _open_build(Path(job["build"]), builds)
        limit_memory(job["memory"])
        return _draw_view(graph, job) if "view" in job else _answer_query(graph, job)
    except SyntaxError as error:
        return {"status": "wrong", "message": syntax_error_message(text, error)}, b""
    except UnwritableError:
        return {"status": "unwritable"}, b""
    except DatasetError as error:
        return {"status": "wrong", "message": str(error)}, b""
    except InputError:
        # Another process is building the store.
        return {"status": "busy"}, b""
    except _TooLargeError:
        return {"status": "large"}, b""
    except MemoryError:
        return {"status": "memory"}, b""
    except (OSError, RuntimeError, ValueError) as error:
        return {"status": "failed", "message": str(error)}, b""


def _open_build(build: Path, builds: dict[Path, Store]) -> Store:
    """Return the graph of a build; only that of the last build is kept open."""
    if build not in builds:
        builds.clear()
        builds[build] = open_graph(build=build)
    return builds[build]


def _answer_query(store: Store, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    default, named = (
        None if job[name] is None else [NamedNode(iri) for iri in job[name]]
        for name in ("default_graph", "named_graphs")
    )
    answer = store.query(
        job["query"],
        base_iri=job["base"],
        prefixes=PREFIXES,
        default_graph=cast("list[Node] | None", default),
        named_graphs=cast("list[NamedNode | BlankNode] | None", named),
    )
    has_triples = isinstance(answer, QueryTriples)
    media = job["graph" if has_triples else "results"]
    if media is None:
        return {"status": "unacceptable", "triples": has_triples}, b""
    output = _BoundedBytes(job["room"])
    if isinstance(answer, QueryTriples):
        serialize_graph(answer, media, prefixes(job["space"]), output)
        return {"status": "done", "media": media}, output.getvalue()
    if isinstance(answer, QueryBoolean):
        output.write(answer.serialize(format=RESULTS[media]))
    else:
        answer.serialize(output, RESULTS[media])
    return {"status": "done", "media": media}, replace_forbidden_characters(
        media, output.getvalue()
    )


def _draw_view(store: Store, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    # These modules take a second to import, which queries need not wait for.
    from kg.views.networks.catalogue import view
    from kg.views.page import Site, render_page

    try:
        network = view(store, job["view"], job["about"])
    except InputError as error:
        return {"status": "wrong", "message": str(error)}, b""
    return {"status": "done"}, render_page(network, site=Site(**job["site"])).encode()


def _make_update(job: dict[str, Any]) -> None:
    text = job["update"]
    if job["default_graph"] or job["named_graphs"]:
        text = with_dataset(text, job["default_graph"], job["named_graphs"])
    with new_build(Path(job["store"]), keep=True) as draft:
        limit_memory(job["memory"])
        draft.graph.update(text, base_iri=job["base"], prefixes=PREFIXES)


if __name__ == "__main__":
    leave_network()
    main()

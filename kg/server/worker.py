"""A process that answers queries, draws views, or makes one update: `python -m kg.server.worker`.

It reads jobs from its standard input, one JSON object a line, and writes for each a line of JSON
and as many bytes as it says. Whoever started it ends it when a job takes too long; it ends itself
when its standard input does. Where the system allows, it cannot take more memory and time than a
job may have, and reaches no network.
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
from kg.graph.store import new_build, open_graph
from kg.graph.terms import PREFIXES, prefixes
from kg.publishing.rdfxml import UnwritableError
from kg.questions.sparql import syntax_error_message
from kg.server.confinement import leave_network, limit_memory, limit_time
from kg.server.dataset import DatasetError, with_dataset
from kg.server.formats import RESULTS, serialize_graph, well_formed
from kg.server.tokens import remote

Node = NamedNode | BlankNode | DefaultGraph


_OFF = "{} is off here: this server asks no other; ask that one yourself"


class _TooLargeError(Exception):
    """An answer is larger than it may be."""


class _Bounded(BytesIO):
    """Takes what is written until it is too much."""

    def __init__(self, room: int) -> None:
        super().__init__()
        self._room = room

    def write(self, data: Any) -> int:  # noqa: ANN401
        """Take bytes.

        Raises:
            _TooLargeError: There is no room for them.
        """
        if self.tell() + len(data) > self._room:
            raise _TooLargeError
        return super().write(data)


def main() -> None:
    """Do jobs until there are no more."""
    builds: dict[Path, Store] = {}
    for line in sys.stdin.buffer:
        job = json.loads(line)
        limit_time(job["seconds"])
        told, content = _done(job, builds)
        sys.stdout.buffer.write(json.dumps({**told, "size": len(content)}).encode() + b"\n")
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()


def _done(job: dict[str, Any], builds: dict[Path, Store]) -> tuple[dict[str, Any], bytes]:
    """Do a job; return how it ended and the answer."""
    try:
        text = job.get("update") or job.get("query", "")
        if found := remote(text):
            return {"ended": "wrong", "told": _OFF.format(found)}, b""
        if "update" in job:
            _update(job)
            return {"ended": "done"}, b""
        graph = _opened(Path(job["build"]), builds)
        limit_memory(job["memory"])
        return _view(graph, job) if "view" in job else _answer(graph, job)
    except SyntaxError as error:
        return {"ended": "wrong", "told": syntax_error_message(text, error)}, b""
    except UnwritableError:
        return {"ended": "unwritable"}, b""
    except DatasetError as error:
        return {"ended": "wrong", "told": str(error)}, b""
    except InputError:
        # Its store is being built by another process.
        return {"ended": "busy"}, b""
    except _TooLargeError:
        return {"ended": "large"}, b""
    except MemoryError:
        return {"ended": "memory"}, b""
    except (OSError, RuntimeError, ValueError) as error:
        return {"ended": "failed", "told": str(error)}, b""


def _opened(build: Path, builds: dict[Path, Store]) -> Store:
    """Return the graph of a build; that of one build is kept open."""
    if build not in builds:
        builds.clear()
        builds[build] = open_graph(build=build)
    return builds[build]


def _answer(store: Store, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    default, named = (
        None if job[name] is None else [NamedNode(iri) for iri in job[name]]
        for name in ("default_graph", "named_graphs")
    )
    found = store.query(
        job["query"],
        base_iri=job["base"],
        prefixes=PREFIXES,
        default_graph=cast("list[Node] | None", default),
        named_graphs=cast("list[NamedNode | BlankNode] | None", named),
    )
    tells_triples = isinstance(found, QueryTriples)
    media = job["graph" if tells_triples else "results"]
    if media is None:
        return {"ended": "unacceptable", "triples": tells_triples}, b""
    output = _Bounded(job["room"])
    if isinstance(found, QueryTriples):
        serialize_graph(found, media, prefixes(job["space"]), output)
        return {"ended": "done", "media": media}, output.getvalue()
    if isinstance(found, QueryBoolean):
        output.write(found.serialize(format=RESULTS[media]))
    else:
        found.serialize(output, RESULTS[media])
    return {"ended": "done", "media": media}, well_formed(media, output.getvalue())


def _view(store: Store, job: dict[str, Any]) -> tuple[dict[str, Any], bytes]:
    # What networks are made with takes a second to load, which queries need not wait for.
    from kg.views.catalogue import view
    from kg.views.page import Site, render_page

    try:
        found = view(store, job["view"], job["about"])
    except InputError as error:
        return {"ended": "wrong", "told": str(error)}, b""
    return {"ended": "done"}, render_page(found, site=Site(**job["site"])).encode()


def _update(job: dict[str, Any]) -> None:
    text = job["update"]
    if job["default_graph"] or job["named_graphs"]:
        text = with_dataset(text, job["default_graph"], job["named_graphs"])
    with new_build(Path(job["store"]), keep=True) as draft:
        limit_memory(job["memory"])
        draft.graph.update(text, base_iri=job["base"], prefixes=PREFIXES)


if __name__ == "__main__":
    leave_network()
    main()

"""The interface of graphs that can be read: in a folder (pyoxigraph's store) or on a server."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pyoxigraph import (
        BlankNode,
        DefaultGraph,
        Literal,
        NamedNode,
        Quad,
        QueryBoolean,
        QuerySolutions,
        QueryTriples,
        Triple,
    )


class Graph(Protocol):
    """A graph that can be read: `pyoxigraph.Store` or `kg.graph.stores.remote.RemoteGraph`."""

    def query(
        self,
        query: str,
        *,
        prefixes: dict[str, str] | None = None,
        default_graph: NamedNode | None = None,
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Answer a SPARQL query over one named graph or over all statements."""

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | Triple | None,
        predicate: NamedNode | None,
        object: NamedNode | BlankNode | Literal | Triple | None,
        graph_name: NamedNode | BlankNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """Yield the statements with the given terms; None matches any term."""

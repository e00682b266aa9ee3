"""A graph on a SPARQL 1.1 server: queried there; built locally and sent graph by graph."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from typing import Any, cast

from pyoxigraph import (
    BlankNode,
    DefaultGraph,
    Literal,
    NamedNode,
    Quad,
    QueryBoolean,
    QueryResultsFormat,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Store,
    Triple,
    parse_query_results,
    serialize,
)

from kg.errors import InputError
from kg.graph.stores.endpoint import Endpoint
from kg.graph.stores.server_graphs import ALL, BUILD, about_triples, read_about

_TRIPLES = "application/n-triples"
_RESULTS = "application/sparql-results+json"
# Bytes of statements that are sent in one request, and statements that are deleted in one request:
# servers limit both.
_PART = 4 * 1024 * 1024
_FEW = 500
_NAMED = re.compile(r"\bGRAPH\b", re.IGNORECASE)
_FROM = re.compile(r"\bFROM\s+(NAMED\s+)?(<|\w*:)", re.IGNORECASE)
_SERVICE = re.compile(r"\bSERVICE\b", re.IGNORECASE)
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
# Virtuoso 7.2 corrupts non-ASCII characters in separators and CONCAT: they are sent as code points.
_STRING = re.compile(r'^\s*#.*$|"(?:[^"\\]|\\.)*"', re.MULTILINE)
_SIGN = re.compile(rb"~\|([0-9a-f]+)\|~")
# Virtuoso writes booleans as numbers.
_TRUTH = re.compile(rb'("datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": )"([01])"')


class RemoteGraph:
    """A graph on a server that can be read.

    Args:
        url: The address for queries.
    """

    def __init__(self, url: str) -> None:
        self.endpoint = Endpoint(url)

    @cached_property
    def about(self) -> dict[str, Any]:
        """The metadata of the build; empty if taskkg did not put the statements there."""
        query = (
            f"SELECT ?predicate ?value WHERE {{ GRAPH <{BUILD.value}> "
            "{ ?build ?predicate ?value } }"
        )
        found = self._ask(query, [("named-graph-uri", BUILD.value)])
        assert isinstance(found, QuerySolutions)
        return read_about(cast("Iterator[tuple[NamedNode, Literal]]", map(tuple, found)))

    @property
    def about_build(self) -> dict[str, Any]:
        """The metadata of a complete build.

        Raises:
            InputError: There is no complete build, or the server cannot be reached or refuses.
        """
        if "built" not in self.about:
            url = self.endpoint.url
            raise InputError(
                f"{url}: holds no complete build: none was made, or one is being written or was "
                f"interrupted; wait for its end, or make one with `kg build SOURCE --store {url}`"
            )
        return self.about

    def check(self) -> None:
        """Check that the server answers and accepts writing.

        Raises:
            InputError: The server cannot be reached or refuses.
        """
        _write_about(self.endpoint, self.about)

    def query(
        self,
        query: str,
        *,
        prefixes: dict[str, str] | None = None,
        default_graph: NamedNode | None = None,
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Answer a SPARQL query over one named graph or over all statements.

        Raises:
            SyntaxError: The query is not valid SPARQL.
            InputError: The server cannot be reached, refuses, or sends an incomplete answer.
        """
        fields = []
        if not _FROM.search(_COMMENT.sub("", query)):
            if default_graph or self.about:
                fields.append(("default-graph-uri", (default_graph or ALL).value))
            if fields and _NAMED.search(query):
                # A request that names the default graph must name the others too.
                fields += [("named-graph-uri", name) for name in self.about.get("graphs", ())]
        return self._ask(query, fields, prefixes or {})

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | Triple | None,
        predicate: NamedNode | None,
        object: NamedNode | BlankNode | Literal | Triple | None,
        graph_name: NamedNode | BlankNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """Yield the statements with the given terms, each once, from one named graph or all."""
        terms = (subject, predicate, object)
        what = " ".join(
            str(one) if one else f"?{name}" for one, name in zip(terms, "spo", strict=True)
        )
        graph = graph_name if isinstance(graph_name, NamedNode) else None
        # CONSTRUCT also works for a pattern without variables, for which SELECT returns no terms.
        found = self.query(f"CONSTRUCT {{ {what} }} WHERE {{ {what} }}", default_graph=graph)
        assert isinstance(found, QueryTriples)
        for triple in found:
            yield Quad(*triple)

    def _ask(
        self,
        query: str,
        fields: list[tuple[str, str]],
        prefixes: Mapping[str, str] | None = None,
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        kind = _result_type(query, dict(prefixes or {}))
        # On one line, so that line numbers in a server's messages are those of the query.
        known = "".join(
            f"PREFIX {name}: <{iri}> "
            for name, iri in (prefixes or {}).items()
            if f"{name}:" in query and not re.search(rf"PREFIX\s+{name}:", query, re.IGNORECASE)
        )
        accept = _TRIPLES if kind is QueryTriples else _RESULTS
        answer = self.endpoint.ask(known + _escape_symbols(query), accept, fields)
        try:
            return _parse_answer(_SIGN.sub(lambda m: chr(int(m[1], 16)).encode(), answer), kind)
        except (SyntaxError, ValueError):
            raise InputError(
                f"{self.endpoint.url}: sends no SPARQL answer or an incomplete one; check that it "
                "is the address of a SPARQL endpoint"
            ) from None


def _escape_symbols(query: str) -> str:
    """Escape strings without letters, such as separators, in ASCII; `_SIGN` finds the escapes."""

    def ascii_only(found: re.Match[str]) -> str:
        text = found[0]
        if text[0] != '"' or re.search(r"\w", text):
            return text
        return "".join(sign if sign.isascii() else f"~|{ord(sign):x}|~" for sign in text)

    return _STRING.sub(ascii_only, query)


def _result_type(query: str, prefixes: dict[str, str]) -> type:
    """Return the type of a query's result.

    Raises:
        SyntaxError: The query is not valid SPARQL; an empty local store checks this.
    """
    if not _SERVICE.search(query):
        return type(Store().query(query, prefixes=prefixes))
    # Even an empty store would query the other servers.
    form = _FORM.search(query)
    kinds = {"ASK": QueryBoolean, "CONSTRUCT": QueryTriples, "DESCRIBE": QueryTriples}
    return kinds.get(form[1].upper() if form else "", QuerySolutions)


def _parse_answer(answer: bytes, kind: type) -> QuerySolutions | QueryBoolean | QueryTriples:
    if kind is QueryTriples:
        store = Store()
        store.load(input=answer, format=RdfFormat.N_TRIPLES)
        return store.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    text = _TRUTH.sub(lambda m: m[1] + (b'"true"' if m[2] == b"1" else b'"false"'), answer)
    results = parse_query_results(text, format=QueryResultsFormat.JSON)
    if isinstance(results, QuerySolutions):
        found = list(results)  # raise an error for an incomplete answer before any of it is used
        if kind is QueryBoolean:
            # Virtuoso answers ASK with a table if the request names graphs.
            value = found[0][0] if found else None
            is_so = isinstance(value, Literal) and value.value in ("1", "true")
            text = json.dumps({"head": {}, "boolean": is_so}).encode()
        return parse_query_results(text, format=QueryResultsFormat.JSON)
    return results


def fetch_statements(graph: RemoteGraph, into: Store) -> None:
    """Copy all statements of a server into a store, in the graphs that builds use.

    Raises:
        InputError: The server cannot be reached, refuses, or sends an incomplete answer.
    """
    for name in (*graph.about.get("graphs", ()), None):
        fields = [("default-graph-uri", name or ALL.value)] if graph.about else []
        query = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
        text = graph.endpoint.ask(query, _TRIPLES, fields)
        try:
            into.bulk_load(
                input=text,
                format=RdfFormat.N_TRIPLES,
                to_graph=NamedNode(name) if name else DefaultGraph(),
            )
        except SyntaxError:
            raise InputError(f"{graph.endpoint.url}: an answer is incomplete; try again") from None


def send_build(
    local: Store, about: Mapping[str, Any], graph: RemoteGraph, before: Store | None
) -> None:
    """Write a local build to a server; only graphs that differ are written.

    Each graph is replaced in one request, or in parts if it is large. Queries meanwhile may see old
    and new statements together, but `RemoteGraph.about_build` raises an error. After an
    interruption, a build that replaces everything repairs the server.

    Args:
        local: The build.
        about: Its metadata.
        graph: The server's graph.
        before: What the server holds, if that was fetched; if None, everything is replaced.

    Raises:
        InputError: The server cannot be reached or refuses.
    """
    server, old = graph.endpoint, set(graph.about.get("graphs", ()))
    new = {name.value for name in local.named_graphs() if isinstance(name, NamedNode)}
    # Mark the build as incomplete. The list names all graphs that may exist, so that none is
    # forgotten after an interruption.
    _write_about(server, {"graphs": sorted(old | new)})
    for name in sorted(new):
        node = NamedNode(name)
        if before is None or set(_triples(before, node)) != set(_triples(local, node)):
            _replace_graph(server, name, local, node)
    for name in sorted(old - new):
        server.delete_graph(name)
    if before is None:
        _replace_graph(server, ALL.value, local, DefaultGraph())
    else:
        _update_all_graph(server, before, local)
    _write_about(server, {**about, "graphs": sorted(new)})
    graph.__dict__.pop("about", None)


def _triples(store: Store, graph: NamedNode | DefaultGraph) -> Iterator[Triple]:
    return (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))


def _update_all_graph(server: Endpoint, before: Store, local: Store) -> None:
    """Add new statements to the graph `ALL`, and delete those that are gone."""
    there, here = (set(_triples(store, DefaultGraph())) for store in (before, local))
    gone = list(there - here)
    for start in range(0, len(gone), _FEW):
        lines = "\n".join(f"{triple} ." for triple in gone[start : start + _FEW])
        server.update(f"DELETE DATA {{ GRAPH <{ALL.value}> {{\n{lines}\n}} }}")
    added = serialize(here - there, format=RdfFormat.N_TRIPLES) or b""
    for part in _split_triples([added]):
        server.put_graph(ALL.value, part, first=False)


def _replace_graph(
    server: Endpoint, name: str, local: Store, graph: NamedNode | DefaultGraph
) -> None:
    with tempfile.TemporaryFile() as file:
        local.dump(file, format=RdfFormat.N_TRIPLES, from_graph=graph)
        file.seek(0)
        for number, part in enumerate(_split_triples(file)):
            server.put_graph(name, part, first=number == 0)


def _split_triples(text: Iterable[bytes]) -> Iterator[bytes]:
    """Yield N-Triples in parts that are small enough for servers."""
    part = bytearray()
    for lines in text:
        for line in lines.splitlines(keepends=True):
            part += line
            if len(part) > _PART:
                yield bytes(part)
                part.clear()
    if part:
        yield bytes(part)


def _write_about(server: Endpoint, about: Mapping[str, Any]) -> None:
    text = serialize(about_triples(about), format=RdfFormat.N_TRIPLES) or b""
    server.put_graph(BUILD.value, text, first=True)

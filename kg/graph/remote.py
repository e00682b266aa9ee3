"""A graph on any SPARQL 1.1 server: asked there, built here and sent there graph by graph."""

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
from kg.graph.endpoint import Endpoint
from kg.graph.placing import ALL, BUILD, about_told, about_triples

_TRIPLES = "application/n-triples"
_RESULTS = "application/sparql-results+json"
# Bytes of statements that are sent at once, and statements that are taken out at once: servers have
# limits for both.
_PART = 4 * 1024 * 1024
_FEW = 500
_NAMED = re.compile(r"\bGRAPH\b", re.IGNORECASE)
_FROM = re.compile(r"\bFROM\s+(NAMED\s+)?(<|\w*:)", re.IGNORECASE)
_SERVICE = re.compile(r"\bSERVICE\b", re.IGNORECASE)
_FORM = re.compile(r"\b(SELECT|ASK|CONSTRUCT|DESCRIBE)\b", re.IGNORECASE)
_COMMENT = re.compile(r"^\s*#.*$", re.MULTILINE)
# Virtuoso 7.2 spoils signs that are not ASCII in separators and CONCAT: they are sent as numbers.
_STRING = re.compile(r'^\s*#.*$|"(?:[^"\\]|\\.)*"', re.MULTILINE)
_SIGN = re.compile(rb"~\|([0-9a-f]+)\|~")
# Virtuoso writes truth values as numbers.
_TRUTH = re.compile(rb'("datatype": "http://www.w3.org/2001/XMLSchema#boolean", "value": )"([01])"')


class RemoteGraph:
    """A graph on a server, to read.

    Args:
        url: The address that answers queries.
    """

    def __init__(self, url: str) -> None:
        self.endpoint = Endpoint(url)

    @cached_property
    def about(self) -> dict[str, Any]:
        """What is known of the build; nothing where the statements came there in another way."""
        query = f"SELECT ?which ?told WHERE {{ GRAPH <{BUILD.value}> {{ ?thing ?which ?told }} }}"
        found = self._ask(query, [("named-graph-uri", BUILD.value)])
        assert isinstance(found, QuerySolutions)
        return about_told(cast("Iterator[tuple[NamedNode, Literal]]", map(tuple, found)))

    @property
    def build(self) -> dict[str, Any]:
        """What is known of the build.

        Raises:
            InputError: No whole build is there, or the server is away or refuses.
        """
        if "built" not in self.about:
            url = self.endpoint.url
            raise InputError(
                f"{url}: no whole build is there: none was made, or one is being written or was "
                f"broken off; wait for its end, or make one with `kg build SOURCE --store {url}`"
            )
        return self.about

    def check(self) -> None:
        """See that the server answers and can be written.

        Raises:
            InputError: It is away or refuses.
        """
        _write_about(self.endpoint, self.about)

    def query(
        self,
        query: str,
        *,
        prefixes: dict[str, str] | None = None,
        default_graph: NamedNode | None = None,
    ) -> QuerySolutions | QueryBoolean | QueryTriples:
        """Answer SPARQL, over one named graph or over all statements.

        Raises:
            SyntaxError: The query is not valid SPARQL.
            InputError: The server is away, refuses, or gives no whole answer.
        """
        fields = []
        if not _FROM.search(_COMMENT.sub("", query)):
            if default_graph or self.about:
                fields.append(("default-graph-uri", (default_graph or ALL).value))
            if fields and _NAMED.search(query):
                # Whoever names the default graph must name the others too.
                fields += [("named-graph-uri", name) for name in self.about.get("graphs", ())]
        return self._ask(query, fields, prefixes or {})

    def quads_for_pattern(
        self,
        subject: NamedNode | BlankNode | Triple | None,
        predicate: NamedNode | None,
        object: NamedNode | BlankNode | Literal | Triple | None,
        graph_name: NamedNode | BlankNode | DefaultGraph | None = None,
    ) -> Iterator[Quad]:
        """Yield the statements that have these terms, each once, of one named graph or of all."""
        terms = (subject, predicate, object)
        what = " ".join(
            str(one) if one else f"?{name}" for one, name in zip(terms, "spo", strict=True)
        )
        graph = graph_name if isinstance(graph_name, NamedNode) else None
        # Of a pattern without variables CONSTRUCT gives what is there, SELECT nothing to read.
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
        kind = _kind(query, dict(prefixes or {}))
        # In one line, so that the lines that a server tells are those of the query.
        known = "".join(
            f"PREFIX {name}: <{iri}> "
            for name, iri in (prefixes or {}).items()
            if f"{name}:" in query and not re.search(rf"PREFIX\s+{name}:", query, re.IGNORECASE)
        )
        accept = _TRIPLES if kind is QueryTriples else _RESULTS
        answer = self.endpoint.ask(known + _portable(query), accept, fields)
        try:
            return _parsed(_SIGN.sub(lambda m: chr(int(m[1], 16)).encode(), answer), kind)
        except (SyntaxError, ValueError):
            raise InputError(
                f"{self.endpoint.url}: gives no SPARQL answer, or only a part of one; see that it "
                "is the address of a SPARQL endpoint"
            ) from None


def _portable(query: str) -> str:
    """Write texts of mere signs, such as separators, in ASCII; `_SIGN` finds them in the answer."""

    def ascii_only(found: re.Match[str]) -> str:
        text = found[0]
        if text[0] != '"' or re.search(r"\w", text):
            return text
        return "".join(sign if sign.isascii() else f"~|{ord(sign):x}|~" for sign in text)

    return _STRING.sub(ascii_only, query)


def _kind(query: str, prefixes: dict[str, str]) -> type:
    """Return what a query gives; a store that is empty tells its faults as our own always do."""
    if not _SERVICE.search(query):
        return type(Store().query(query, prefixes=prefixes))
    # Even an empty store would ask the other servers.
    form = _FORM.search(query)
    kinds = {"ASK": QueryBoolean, "CONSTRUCT": QueryTriples, "DESCRIBE": QueryTriples}
    return kinds.get(form[1].upper() if form else "", QuerySolutions)


def _parsed(answer: bytes, kind: type) -> QuerySolutions | QueryBoolean | QueryTriples:
    if kind is QueryTriples:
        held = Store()
        held.load(input=answer, format=RdfFormat.N_TRIPLES)
        return held.query("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    text = _TRUTH.sub(lambda m: m[1] + (b'"true"' if m[2] == b"1" else b'"false"'), answer)
    results = parse_query_results(text, format=QueryResultsFormat.JSON)
    if isinstance(results, QuerySolutions):
        found = list(results)  # an answer that was cut is told before any of it is used
        if kind is QueryBoolean:
            # Virtuoso answers ASK by a table where graphs are named in the request.
            value = found[0][0] if found else None
            is_so = isinstance(value, Literal) and value.value in ("1", "true")
            text = json.dumps({"head": {}, "boolean": is_so}).encode()
        return parse_query_results(text, format=QueryResultsFormat.JSON)
    return results


def fetch(graph: RemoteGraph, into: Store) -> None:
    """Put all statements of a server into a store in the way that builds have them.

    Raises:
        InputError: The server is away, refuses, or gives no whole answer.
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
            raise InputError(f"{graph.endpoint.url}: an answer was cut; try again") from None


def send(local: Store, about: Mapping[str, Any], graph: RemoteGraph, before: Store | None) -> None:
    """Make a server hold what a local build holds; only graphs that differ are written.

    Each graph is replaced in one request, or in parts where it is large; who asks meanwhile may
    see old and new side by side, but finds no build to copy. When this was broken off, a build that
    replaces all mends it.

    Args:
        local: The build.
        about: What is known of it.
        graph: The server's graph.
        before: What the server holds, if that was fetched; else all is replaced.

    Raises:
        InputError: The server is away or refuses.
    """
    server, old = graph.endpoint, set(graph.about.get("graphs", ()))
    new = {name.value for name in local.named_graphs() if isinstance(name, NamedNode)}
    # Until all is there it is no build. It names all graphs that may be there, so that none is
    # forgotten when this is broken off.
    _write_about(server, {"graphs": sorted(old | new)})
    for name in sorted(new):
        node = NamedNode(name)
        if before is None or set(_triples(before, node)) != set(_triples(local, node)):
            _replace(server, name, local, node)
    for name in sorted(old - new):
        server.delete(name)
    if before is None:
        _replace(server, ALL.value, local, DefaultGraph())
    else:
        _change_all(server, before, local)
    _write_about(server, {**about, "graphs": sorted(new)})
    graph.__dict__.pop("about", None)


def _triples(store: Store, graph: NamedNode | DefaultGraph) -> Iterator[Triple]:
    return (quad.triple for quad in store.quads_for_pattern(None, None, None, graph))


def _change_all(server: Endpoint, before: Store, local: Store) -> None:
    """Put into the graph of all statements what is new, and take out what is gone."""
    there, here = (set(_triples(store, DefaultGraph())) for store in (before, local))
    gone = list(there - here)
    for start in range(0, len(gone), _FEW):
        lines = "\n".join(f"{triple} ." for triple in gone[start : start + _FEW])
        server.update(f"DELETE DATA {{ GRAPH <{ALL.value}> {{\n{lines}\n}} }}")
    added = serialize(here - there, format=RdfFormat.N_TRIPLES) or b""
    for part in _parts([added]):
        server.put(ALL.value, part, first=False)


def _replace(server: Endpoint, name: str, local: Store, graph: NamedNode | DefaultGraph) -> None:
    with tempfile.TemporaryFile() as file:
        local.dump(file, format=RdfFormat.N_TRIPLES, from_graph=graph)
        file.seek(0)
        for number, part in enumerate(_parts(file)):
            server.put(name, part, first=number == 0)


def _parts(text: Iterable[bytes]) -> Iterator[bytes]:
    """Yield N-Triples in parts that servers take."""
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
    server.put(BUILD.value, text, first=True)

"""Put SPARQL to a store and get plain values back."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    QueryBoolean,
    QuerySolutions,
    QueryTriples,
    RdfFormat,
    Triple,
    serialize,
)

from kg.errors import InputError
from kg.graph.protocol import Graph
from kg.graph.terms import PREFIXES
from kg.tables import Answer, Plain

Term = NamedNode | BlankNode | Literal | Triple

_XSD = "http://www.w3.org/2001/XMLSchema#"
_POSITION = re.compile(r"^error at (\d+):(\d+): (.+)", re.DOTALL)


def select(store: Graph, query: str, fields: tuple[str, ...] | None = None) -> Answer:
    """Answer a SELECT query over all that a store holds, each statement once.

    Args:
        store: The graph.
        query: SPARQL; the prefixes of the vocabulary need not be declared.
        fields: The columns to return; all that the query names where it is left out.

    Raises:
        InputError: The query is not valid SPARQL, or no SELECT.
    """
    found = _query(store, query)
    if not isinstance(found, QuerySolutions):
        raise InputError("the query is no SELECT; only a SELECT gives a table")
    return table(found, fields)


def sparql(store: Graph, query: str) -> Answer | str:
    """Answer any query: a table for SELECT and ASK, N-Triples for CONSTRUCT and DESCRIBE.

    Raises:
        InputError: The query is not valid SPARQL.
    """
    found = _query(store, query)
    if isinstance(found, QueryBoolean):
        return Answer(("answer",), ((bool(found),),))
    if isinstance(found, QueryTriples):
        return _n_triples(found)
    return table(found)


def only(variable: str, iris: Iterable[str] | None) -> str:
    """Return what narrows a variable of a query to some things, to stand first in its WHERE.

    >>> only("task", ["urn:a", "urn:b"]), only("task", None)
    ('VALUES ?task { <urn:a> <urn:b> }', '')
    """
    if iris is None:
        return ""
    # Terms that the library has written, never text of the query.
    return f"VALUES ?{variable} {{ {' '.join(str(NamedNode(iri)) for iri in iris)} }}"


def plain(term: Term | None) -> Plain:
    """Return the plain value of a term: a number, a truth value, or its text or IRI.

    >>> plain(Literal("2.5", datatype=NamedNode(_XSD + "decimal")))
    Decimal('2.5')
    """
    if term is None:
        return None
    if isinstance(term, Triple):
        return str(term)
    if not isinstance(term, Literal):
        return term.value
    kind = term.datatype.value.removeprefix(_XSD)
    if kind == "boolean":
        return term.value in ("true", "1")
    if kind == "decimal":
        return Decimal(term.value)
    if kind in ("integer", "nonNegativeInteger", "positiveInteger"):
        return int(term.value)
    return term.value


def table(found: QuerySolutions, fields: tuple[str, ...] | None = None) -> Answer:
    """Return solutions as plain values, of some variables or of all."""
    names = fields or tuple(variable.value for variable in found.variables)
    return Answer(
        names, tuple(tuple(plain(solution[name]) for name in names) for solution in found)
    )


def _query(store: Graph, query: str) -> QuerySolutions | QueryBoolean | QueryTriples:
    try:
        return store.query(query, prefixes=PREFIXES)
    except SyntaxError as error:
        raise InputError(syntax_message(query, error)) from None


def syntax_message(query: str, error: SyntaxError) -> str:
    """Say on one line where a query or update is wrong, as Oxigraph tells it."""
    message = str(error)
    match = _POSITION.match(message)
    if not match:
        return f"SPARQL syntax error: {' '.join(message.split())}"
    line, column, reason = int(match[1]), int(match[2]), " ".join(match[3].split())
    shown = query.splitlines()[line - 1][max(0, column - 21) : column + 9] if query else ""
    return f"SPARQL syntax error at line {line}, column {column} (near “{shown}”): {reason}"


def _n_triples(triples: Iterable[Triple]) -> str:
    text = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return "".join(sorted(set(text.decode().splitlines(keepends=True))))

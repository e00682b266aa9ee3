"""Evaluate SPARQL on a store and return plain values."""

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
from kg.graph.rdf.terms import PREFIXES
from kg.graph.stores.protocol import Graph
from kg.tables import Answer, Plain

Term = NamedNode | BlankNode | Literal | Triple

_XSD = "http://www.w3.org/2001/XMLSchema#"
_POSITION = re.compile(r"^error at (\d+):(\d+): (.+)", re.DOTALL)


def select(store: Graph, query: str, fields: tuple[str, ...] | None = None) -> Answer:
    """Evaluate a SELECT query over all statements of a store.

    Args:
        store: The graph.
        query: SPARQL; the prefixes of the vocabulary need not be declared.
        fields: The columns to return; all columns of the query by default.

    Raises:
        InputError: The query is not valid SPARQL, or not a SELECT query.
    """
    found = _evaluate(store, query)
    if not isinstance(found, QuerySolutions):
        raise InputError("not a SELECT query; only SELECT returns a table")
    return solutions_table(found, fields)


def run_query(store: Graph, query: str) -> Answer | str:
    """Evaluate a query; return a table for SELECT and ASK, N-Triples for CONSTRUCT and DESCRIBE.

    Raises:
        InputError: The query is not valid SPARQL.
    """
    found = _evaluate(store, query)
    if isinstance(found, QueryBoolean):
        return Answer(("answer",), ((bool(found),),))
    if isinstance(found, QueryTriples):
        return _serialize_triples(found)
    return solutions_table(found)


def values_clause(variable: str, iris: Iterable[str] | None) -> str:
    """Return a VALUES clause that restricts a variable, or an empty string without IRIs.

    >>> values_clause("task", ["urn:a", "urn:b"]), values_clause("task", None)
    ('VALUES ?task { <urn:a> <urn:b> }', '')
    """
    if iris is None:
        return ""
    # Terms are serialised by the library, so that no text of a user gets into the query.
    return f"VALUES ?{variable} {{ {' '.join(str(NamedNode(iri)) for iri in iris)} }}"


def plain_value(term: Term | None) -> Plain:
    """Return the plain value of a term: a number, a boolean, or its text or IRI.

    >>> plain_value(Literal("2.5", datatype=NamedNode(_XSD + "decimal")))
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


def solutions_table(found: QuerySolutions, fields: tuple[str, ...] | None = None) -> Answer:
    """Return the solutions of a query as a table of plain values."""
    names = fields or tuple(variable.value for variable in found.variables)
    return Answer(
        names, tuple(tuple(plain_value(solution[name]) for name in names) for solution in found)
    )


def _evaluate(store: Graph, query: str) -> QuerySolutions | QueryBoolean | QueryTriples:
    try:
        return store.query(query, prefixes=PREFIXES)
    except SyntaxError as error:
        raise InputError(syntax_error_message(query, error)) from None


def syntax_error_message(query: str, error: SyntaxError) -> str:
    """Return a one-line message for a syntax error of Oxigraph in a query or update."""
    message = str(error)
    match = _POSITION.match(message)
    if not match:
        return f"SPARQL syntax error: {' '.join(message.split())}"
    line, column, reason = int(match[1]), int(match[2]), " ".join(match[3].split())
    shown = query.splitlines()[line - 1][max(0, column - 21) : column + 9] if query else ""
    return f"SPARQL syntax error at line {line}, column {column} (near “{shown}”): {reason}"


def _serialize_triples(triples: Iterable[Triple]) -> str:
    text = serialize(triples, format=RdfFormat.N_TRIPLES) or b""
    return "".join(sorted(set(text.decode().splitlines(keepends=True))))

"""Statements as lines of N-Triples: a build makes millions, so they are bytes from the start.

What follows from the IRI of a thing is told by a pattern: a statement a line, with `?names` in the
places of terms. Each other statement comes for itself. So whoever leaves out what has come before
tells each statement once.

Source: RDF 1.1 N-Triples, https://www.w3.org/TR/n-triples/
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from itertools import islice
from json.encoder import encode_basestring as _quoted
from operator import itemgetter

from kg.graph.literals import bounds, plain
from kg.graph.ontology import classes_above
from kg.graph.terms import term

# `_quoted` escapes as JSON does, of which N-Triples knows all.
# A term, and lines of one or several statements, which want a graph and a full stop; in UTF-8.
Term = bytes
Lines = bytes
_SOME = 256


def iri(value: str) -> Term:
    """Return an IRI; that it is one is left to who makes it.

    >>> iri("https://example.org/road").decode()
    '<https://example.org/road>'
    """
    return f"<{value}>".encode()


@cache
def vocabulary(name: str) -> Term:
    """Return the IRI of a prefixed vocabulary term.

    >>> vocabulary("tkg:Task").decode()
    '<https://w3id.org/taskkg/ontology#Task>'
    """
    return iri(term(name).value)


def string(text: str) -> Term:
    r"""Return a text without a language.

    >>> string('a "b"\n').decode()
    '"a \\"b\\"\\n"'
    """
    return _quoted(text).encode()


def zh(text: str) -> Term:
    """Return a Chinese text."""
    return b"%b@zh" % _quoted(text).encode()


def en(text: str) -> Term:
    """Return an English text."""
    return b"%b@en" % _quoted(text).encode()


def typed(text: str, datatype: str) -> Term:
    """Return a literal of an XSD type, whose text needs no escapes."""
    return b'"%b"^^%b' % (text.encode(), _datatype(datatype))


def integer(number: int) -> Term:
    """Return a whole number."""
    return typed(str(number), "integer")


def decimal(number: Decimal) -> Term:
    """Return a decimal number.

    >>> decimal(Decimal("1.50")).decode()
    '"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    return typed(plain(number), "decimal")


def dated(iso: str) -> Term:
    """Return a year, month or day as its XSD type; anything longer by its last day.

    >>> dated("2019-10").decode(), dated("2019-Q3")[:12].decode()
    ('"2019-10"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>', '"2019-09-30"')
    """
    types = {4: "gYear", 7: "gYearMonth", 10: "date"}
    if len(iso) in types and "Q" not in iso:
        return typed(iso, types[len(iso)])
    return typed(bounds(iso)[1], "date")


def statement(subject: Term, predicate: str, value: Term) -> Lines:
    r"""Return a statement; its predicate is a prefixed name.

    >>> statement(b"<s:a>", "rdf:value", b"<o:c>")
    b'<s:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> <o:c>\n'
    """
    return b"%b %b %b\n" % (subject, vocabulary(predicate), value)


def kinds(thing: Term, name: str) -> Iterator[Lines]:
    """Yield that a thing is of a class and of those above it, which other classes have too."""
    for each in _classes(name):
        yield statement(thing, "rdf:type", each)


def filled(pattern: str, **terms: Term) -> Lines:
    r"""Return the statements of a pattern, and with each class those above it.

    Args:
        pattern: A statement a line, of variables and prefixed names of the vocabularies.
        terms: The terms in the places of the variables.

    >>> filled("?a rdf:value ?b", a=b"<s:a>", b=b"<o:b>")
    b'<s:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> <o:b>\n'
    """
    form, places = _form(pattern)
    return form % places(terms)


def written(statements: Iterable[Lines], graph: Term | None = None) -> bytes:
    r"""Return statements as N-Triples, or as N-Quads of a graph.

    >>> written([statement(b"<s:a>", "rdf:value", b"<o:c>")], b"<g:d>")
    b'<s:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> <o:c> <g:d> .\n'
    """
    end = b" %b .\n" % graph if graph else b" .\n"
    rest, text = iter(statements), []
    # A few at a time, so that what is not kept stays in the processor's cache.
    while some := b"".join(islice(rest, _SOME)):
        # Inside a literal there is no end of line.
        text.append(some.replace(b"\n", end))
    return b"".join(text)


@cache
def _form(pattern: str) -> tuple[bytes, Callable[[Mapping[str, Term]], object]]:
    """Return a pattern as lines with places for terms, and what takes the terms of the places."""
    lines, names = [], []
    for subject, predicate, value in map(str.split, pattern.strip().splitlines()):
        for each in _classes(value) if predicate == "rdf:type" else (_place(value),):
            lines.append(statement(_place(subject), predicate, each))
            names += [name[1:] for name in (subject, value) if name.startswith("?")]
    return b"".join(lines), itemgetter(*names)


@cache
def _datatype(name: str) -> Term:
    return vocabulary(f"xsd:{name}")


def _place(name: str) -> bytes:
    return b"%b" if name.startswith("?") else vocabulary(name)


@cache
def _classes(name: str) -> tuple[Term, ...]:
    """Return a class and those above it."""
    above = classes_above().get(term(name), ())
    return (vocabulary(name), *(iri(upper.value) for upper in above))

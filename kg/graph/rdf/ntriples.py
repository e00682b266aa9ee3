"""Statements as lines of N-Triples, in bytes, since a build makes millions of them.

`fill_pattern` makes the statements that follow from the IRI of a thing, as one item of several
lines; `statement` makes a single one. Removing duplicate items therefore removes all duplicate
statements.

Source: RDF 1.1 N-Triples, https://www.w3.org/TR/n-triples/
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from decimal import Decimal
from functools import cache
from itertools import islice
from json.encoder import encode_basestring as _quoted
from operator import itemgetter

from kg.graph.rdf.literals import canonical_decimal, date_bounds
from kg.graph.rdf.ontology import classes_above
from kg.graph.rdf.terms import term

# `_quoted` escapes as JSON does; all escapes of JSON are valid in N-Triples.
# A term, and lines of one or more statements without their graph and full stop; in UTF-8.
Term = bytes
Lines = bytes
_CHUNK = 256


def iri(value: str) -> Term:
    """Return an IRI; it is not checked.

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
    r"""Return a string literal without a language tag.

    >>> string('a "b"\n').decode()
    '"a \\"b\\"\\n"'
    """
    return _quoted(text).encode()


def zh(text: str) -> Term:
    """Return a Chinese literal."""
    return b"%b@zh" % _quoted(text).encode()


def en(text: str) -> Term:
    """Return an English literal."""
    return b"%b@en" % _quoted(text).encode()


def typed_literal(text: str, datatype: str) -> Term:
    """Return a literal of an XSD type; the text is not escaped."""
    return b'"%b"^^%b' % (text.encode(), _datatype(datatype))


def integer(number: int) -> Term:
    """Return an integer literal."""
    return typed_literal(str(number), "integer")


def decimal(number: Decimal) -> Term:
    """Return a decimal literal.

    >>> decimal(Decimal("1.50")).decode()
    '"1.5"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    return typed_literal(canonical_decimal(number), "decimal")


def date_literal(iso: str) -> Term:
    """Return a year, month or day as a literal of its XSD type; for other periods, the last day.

    >>> date_literal("2019-10").decode(), date_literal("2019-Q3")[:12].decode()
    ('"2019-10"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>', '"2019-09-30"')
    """
    types = {4: "gYear", 7: "gYearMonth", 10: "date"}
    if len(iso) in types and "Q" not in iso:
        return typed_literal(iso, types[len(iso)])
    return typed_literal(date_bounds(iso)[1], "date")


def statement(subject: Term, predicate: str, value: Term) -> Lines:
    r"""Return a statement; `predicate` is a prefixed name.

    >>> statement(b"<s:a>", "rdf:value", b"<o:c>")
    b'<s:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> <o:c>\n'
    """
    return b"%b %b %b\n" % (subject, vocabulary(predicate), value)


def type_statements(thing: Term, name: str) -> Iterator[Lines]:
    """Yield a type statement for a class and for each of its superclasses.

    They are separate items, since another class may have the same superclass.
    """
    for each in _classes(name):
        yield statement(thing, "rdf:type", each)


def fill_pattern(pattern: str, **terms: Term) -> Lines:
    r"""Return the statements of a pattern, with type statements for superclasses.

    Args:
        pattern: Statements of variables (`?name`) and prefixed names. As in Turtle, `;` separates
            those about one subject, and `.` separates subjects.
        terms: The values of the variables.

    >>> fill_pattern("?a rdf:value ?b", a=b"<s:a>", b=b"<o:b>")
    b'<s:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> <o:b>\n'
    """
    form, places = _compile_pattern(pattern)
    return form % places(terms)


def write_statements(statements: Iterable[Lines], graph: Term | None = None) -> bytes:
    r"""Return statements as N-Triples, or as N-Quads of a graph.

    >>> write_statements([statement(b"<s:a>", "rdf:value", b"<o:c>")], b"<g:d>")
    b'<s:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> <o:c> <g:d> .\n'
    """
    end = b" %b .\n" % graph if graph else b" .\n"
    rest, text = iter(statements), []
    # A few at a time, so that intermediate results stay in the processor's cache.
    while some := b"".join(islice(rest, _CHUNK)):
        # Literals contain no line breaks, as these are escaped.
        text.append(some.replace(b"\n", end))
    return b"".join(text)


@cache
def _compile_pattern(pattern: str) -> tuple[bytes, Callable[[Mapping[str, Term]], object]]:
    """Return a pattern as a format string, and a function that gets its arguments from terms."""
    lines, names = [], []
    for block in pattern.strip().removesuffix(".").split(" ."):
        subject, statements = block.split(maxsplit=1)
        for predicate, value in map(str.split, statements.split(";")):
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
    """Return a class and its superclasses."""
    above = classes_above().get(term(name), ())
    return (vocabulary(name), *(iri(upper.value) for upper in above))

"""Terms as N-Triples writes them: a build makes millions, so they are text from the start.

Source: RDF 1.1 N-Triples, https://www.w3.org/TR/n-triples/
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from itertools import islice

from kg.graph.literals import bounds
from kg.graph.ontology import classes_above
from kg.graph.terms import term

# A term, and a statement: its subject, the prefixed name of its predicate, and its object.
Term = str
Statement = tuple[Term, str, Term]
_SOME = 256


def iri(value: str) -> Term:
    """Return an IRI; that it is one is left to who makes it.

    >>> iri("https://example.org/建设局")
    '<https://example.org/建设局>'
    """
    return f"<{value}>"


@cache
def vocabulary(name: str) -> Term:
    """Return the IRI of a prefixed vocabulary term.

    >>> vocabulary("tkg:Task")
    '<https://w3id.org/taskkg/ontology#Task>'
    """
    return iri(term(name).value)


def string(text: str) -> Term:
    r"""Return a text without a language.

    >>> string('a "b"\n')
    '"a \\"b\\"\\n"'
    """
    return f'"{_escaped(text)}"'


def zh(text: str) -> Term:
    """Return a Chinese text."""
    return f'"{_escaped(text)}"@zh'


def en(text: str) -> Term:
    """Return an English text."""
    return f'"{_escaped(text)}"@en'


def typed(text: str, datatype: str) -> Term:
    """Return a literal of an XSD type, whose text needs no escapes."""
    return f'"{text}"^^{vocabulary(f"xsd:{datatype}")}'


def integer(number: int) -> Term:
    """Return a whole number."""
    return typed(str(number), "integer")


def dated(iso: str) -> Term:
    """Return a year, month or day as its XSD type; anything longer by its last day.

    >>> dated("2019-10"), dated("2019-Q3")[:12]
    ('"2019-10"^^<http://www.w3.org/2001/XMLSchema#gYearMonth>', '"2019-09-30"')
    """
    types = {4: "gYear", 7: "gYearMonth", 10: "date"}
    if len(iso) in types and "Q" not in iso:
        return typed(iso, types[len(iso)])
    return typed(bounds(iso)[1], "date")


def distinct(statements: Iterable[Statement]) -> dict[Statement, None]:
    """Return statements, each once, in their order.

    With each class of a thing come those above it.
    """
    found: dict[Statement, None] = {}
    above = _above()
    for statement in statements:
        found[statement] = None
        if statement[1] == "rdf:type":
            subject, predicate, value = statement
            for upper in above.get(value, ()):
                found[subject, predicate, upper] = None
    return found


def written(statements: Iterable[Statement], graph: Term | None = None) -> bytes:
    r"""Return statements as N-Triples, or as N-Quads of a graph.

    >>> statement = "<s:a>", "rdf:value", "<o:c>"
    >>> written([statement])
    b'<s:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> <o:c> .\n'
    >>> written([statement], "<g:d>")
    b'<s:a> <http://www.w3.org/1999/02/22-rdf-syntax-ns#value> <o:c> <g:d> .\n'
    """
    end = f" {graph} .\n" if graph else " .\n"
    rest, text = iter(statements), []
    # A few at a time, so that what is not kept stays in the processor's cache.
    while some := list(islice(rest, _SOME)):
        lines = [
            f"{subject} {vocabulary(predicate)} {value}{end}" for subject, predicate, value in some
        ]
        text.append("".join(lines).encode())
    return b"".join(text)


def _escaped(text: str) -> str:
    # Faster than `translate`, since hardly any text has one of them.
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")


@cache
def _above() -> dict[Term, tuple[Term, ...]]:
    return {
        iri(found.value): tuple(iri(upper.value) for upper in above)
        for found, above in classes_above().items()
    }

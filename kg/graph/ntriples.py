"""Terms as N-Triples writes them: a build makes millions, so they are text from the start.

Source: RDF 1.1 N-Triples, https://www.w3.org/TR/n-triples/
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from functools import cache

from kg.graph.literals import bounds
from kg.graph.ontology import classes_above
from kg.graph.terms import term

# A term, and a statement: its subject, the prefixed name of its predicate, and its object.
Term = str
Statement = tuple[Term, str, Term]


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


def lines(statements: Iterable[Statement]) -> dict[str, None]:
    """Return statements as lines that lack their end, each once, in their order.

    With each class of a thing come those above it.
    """
    found: dict[str, None] = {}
    above = _above()
    for subject, predicate, value in statements:
        found[f"{subject} {vocabulary(predicate)} {value}"] = None
        if predicate == "rdf:type":
            for upper in above.get(value, ()):
                found[f"{subject} {vocabulary(predicate)} {upper}"] = None
    return found


def written(unended: Collection[str], graph: Term | None = None) -> bytes:
    r"""Return lines as N-Triples, or as N-Quads of a graph.

    >>> written(["<s:a> <p:b> <o:c>"]), written(["<s:a> <p:b> <o:c>"], "<g:d>")
    (b'<s:a> <p:b> <o:c> .\n', b'<s:a> <p:b> <o:c> <g:d> .\n')
    """
    end = f" {graph} .\n" if graph else " .\n"
    return f"{end.join(unended)}{end if unended else ''}".encode()


def _escaped(text: str) -> str:
    # Faster than `translate`, since hardly any text has one of them.
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")


@cache
def _above() -> dict[Term, tuple[Term, ...]]:
    return {
        iri(found.value): tuple(iri(upper.value) for upper in above)
        for found, above in classes_above().items()
    }

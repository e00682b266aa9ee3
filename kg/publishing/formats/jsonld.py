"""Write statements as JSON-LD 1.1 with the context of the package, one subject after the other."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from kg.graph.rdf.ontology import Node
from kg.graph.rdf.terms import term
from kg.resources import resource

_TYPE = term("rdf:type")
_STRING = term("xsd:string")
_INTEGER, _BOOLEAN = term("xsd:integer"), term("xsd:boolean")


def write_jsonld(triples: Iterable[Triple], path: Path) -> None:
    """Write statements as a JSON-LD document; see `jsonld_parts`.

    Args:
        triples: The statements, grouped by subject.
        path: The file to write.
    """
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(jsonld_parts(triples))


def jsonld_parts(triples: Iterable[Triple]) -> Iterator[str]:
    """Yield the parts of a JSON-LD document.

    The context is included, so that the document can be read offline. Each subject is an object on
    a line of its own.

    Args:
        triples: The statements, grouped by subject.
    """
    context, names = _context()
    yield '{\n"@context": '
    yield json.dumps(context, ensure_ascii=False, indent=1)
    yield ',\n"@graph": ['
    separator = "\n"
    for subject, group in groupby(triples, key=lambda triple: triple.subject):
        assert isinstance(subject, NamedNode | BlankNode)
        yield separator + json.dumps(_build_object(subject, group, names), ensure_ascii=False)
        separator = ",\n"
    yield "\n]\n}\n"


class _Names:
    """The terms and prefixes of a context, by IRI."""

    def __init__(self, context: Mapping[str, Any]) -> None:
        self._prefixes = {
            iri: name
            for name, iri in context.items()
            if isinstance(iri, str) and iri.endswith(("#", "/"))
        }
        self._seen: dict[str, str] = {}
        self.terms: dict[str, tuple[str, Mapping[str, str]]] = {}
        for name, meaning in context.items():
            if name in ("@version", *self._prefixes.values()):
                continue
            details = {"@id": meaning} if isinstance(meaning, str) else meaning
            prefix, local = details["@id"].split(":", 1)
            self.terms[context[prefix] + local] = name, details

    def compact(self, iri: str) -> str:
        """Return the compact IRI of a vocabulary term if there is a prefix for it."""
        if iri not in self._seen:
            fitting = (space for space in self._prefixes if iri.startswith(space))
            space = max(fitting, key=len, default="")
            self._seen[iri] = f"{self._prefixes[space]}:{iri[len(space) :]}" if space else iri
        return self._seen[iri]


@cache
def _context() -> tuple[Mapping[str, Any], _Names]:
    text = resource("ontology", "context.jsonld").read_text(encoding="utf-8")
    context = json.loads(text)["@context"]
    return context, _Names(context)


def _build_object(
    subject: NamedNode | BlankNode, triples: Iterable[Triple], names: _Names
) -> dict[str, Any]:
    found: dict[str, Any] = {"@id": _id(subject)}
    for triple in triples:
        value = triple.object
        if triple.predicate == _TYPE:
            assert isinstance(value, NamedNode)
            _add(found, "@type", names.compact(value.value))
            continue
        iri = triple.predicate.value
        name, details = names.terms.get(iri, (names.compact(iri), {}))
        if details.get("@container") != "@language":
            _add(found, name, _value(value, details))
        elif isinstance(value, Literal) and value.language:
            _add(found.setdefault(name, {}), value.language, value.value)
        else:
            # A text without a language cannot be in a language map.
            _add(found, names.compact(iri), _value(value, {}))
    return found


def _value(value: Node, details: Mapping[str, str]) -> object:
    if not isinstance(value, Literal):
        iri = _id(value)
        return iri if details.get("@type") == "@id" else {"@id": iri}
    if value.language:
        if value.language == details.get("@language"):
            return value.value
        return {"@value": value.value, "@language": value.language}
    if value.datatype == _STRING and not details.keys() & {"@type", "@language"}:
        return value.value
    _, _, local = value.datatype.value.rpartition("#")
    if details.get("@type") == f"xsd:{local}":
        return _native_value(value)
    return {"@value": value.value, "@type": value.datatype.value}


def _native_value(value: Literal) -> object:
    """Return a value of the type of its term as a JSON value if that loses nothing."""
    if value.datatype == _BOOLEAN and value.value in ("true", "false"):
        return value.value == "true"
    # Many JSON parsers read numbers as binary floating-point numbers (RFC 8259, section 6).
    if value.datatype == _INTEGER and abs(int(value.value)) < 2**53:
        return int(value.value)
    return value.value


def _id(node: Node) -> str:
    assert isinstance(node, NamedNode | BlankNode)
    return node.value if isinstance(node, NamedNode) else f"_:{node.value}"


def _add(found: dict[str, Any], key: str, value: object) -> None:
    """Add a value to a key; with a second value it becomes a list."""
    if key not in found:
        found[key] = value
    elif isinstance(found[key], list):
        found[key].append(value)
    else:
        found[key] = [found[key], value]

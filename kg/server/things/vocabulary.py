"""The page of the vocabulary: its classes and properties, each with an anchor."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from pyoxigraph import Literal, NamedNode

from kg.graph.rdf.ontology import ontology_triples
from kg.graph.rdf.terms import TKG, term
from kg.server.parts.reader import Reader

TEMPLATE = "vocabulary.html"
_KINDS = {
    "owl:Class": ("类", "Classes"),
    "owl:ObjectProperty": ("关系", "Relations"),
    "owl:DatatypeProperty": ("属性", "Attributes"),
    "owl:AnnotationProperty": ("注释", "Annotations"),
}


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the vocabulary: its local name, names and definitions in Chinese and English."""

    name: str
    labels: tuple[str, str]
    definitions: tuple[str, str]


def page_context(reader: Reader, iri: str) -> dict[str, Any]:  # noqa: ARG001
    """Return the context of the vocabulary's page."""
    return {"sections": _vocabulary_sections()}


@cache
def _vocabulary_sections() -> tuple[tuple[str, str, tuple[Term, ...]], ...]:
    texts: dict[tuple[str, str, str], str] = {}
    of_kind: dict[str, set[str]] = {kind: set() for kind in _KINDS}
    kinds = {term(kind).value: kind for kind in _KINDS}
    for triple in ontology_triples():
        subject = triple.subject
        if not isinstance(subject, NamedNode) or not subject.value.startswith(TKG):
            continue
        name = subject.value.removeprefix(TKG)
        if isinstance(triple.object, Literal):
            key = triple.predicate.value, name, triple.object.language or ""
            texts[key] = triple.object.value
        elif triple.predicate == term("rdf:type") and isinstance(triple.object, NamedNode):
            of_kind.setdefault(kinds.get(triple.object.value, ""), set()).add(name)

    def texts_of(predicate: str, name: str) -> tuple[str, str]:
        iri = term(predicate).value
        return texts.get((iri, name, "zh"), ""), texts.get((iri, name, "en"), "")

    return tuple(
        (
            *_KINDS[kind],
            tuple(
                Term(name, texts_of("rdfs:label", name), texts_of("skos:definition", name))
                for name in sorted(of_kind[kind])
            ),
        )
        for kind in _KINDS
        if of_kind[kind]
    )

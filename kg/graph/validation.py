"""Check a graph against the SHACL shapes that ship, and tell what is wrong task by task."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pyoxigraph as ox
import rdflib
from pyoxigraph import Quad, RdfFormat, parse
from rdflib import RDF, SH, XSD, BNode, Literal, URIRef
from rdflib.plugins.stores.memory import SimpleMemory

from kg.graph.ontology import Node
from kg.graph.protocol import Graph
from kg.graph.store import statements
from kg.graph.terms import PREFIXES, TKG
from kg.resources import resource
from kg.tables import Answer

_CLASS, _TASK, _NUMBER = (URIRef(TKG + name) for name in ("Task", "task", "number"))
_Triple = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]
_TYPE = f"<{RDF.type}>".encode()
_NAME = re.compile(r"\b([a-z]+):(\w+)")
_SUPPORTS, _SENTENCE = URIRef(f"{TKG}supports"), URIRef(f"{TKG}sentence")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a shape finds wrong.

    Attributes:
        task: Number of the task that it is about, or None where it is about none.
        severity: `violation` or `warning`.
        message: What is wrong, in Chinese and English.
        focus: IRI of the thing that is wrong.
        evidence: The sentence that the thing stands on, or an empty text.
    """

    task: int | None
    severity: str
    message: str
    focus: str
    evidence: str


def validate(store: Graph) -> tuple[Finding, ...]:
    """Return what the shapes find wrong in a store, by task, the gravest first within each."""
    return validate_graph(to_rdflib(statements(store)))


def validate_facts(triples: bytes) -> tuple[Finding, ...]:
    """Return what the shapes find wrong in the facts of a report.

    How the evidence of a fact is written down is left to `validate`: it does not depend on what a
    report says, and most of a graph is evidence.

    Args:
        triples: Statements as N-Triples, each once.
    """
    shapes, asked = _shapes_of_facts()
    facts = []
    for line in triples.splitlines(keepends=True):
        _, predicate, value = line.split(b" ", 2)
        if predicate in asked and (predicate != _TYPE or value.removesuffix(b" .\n") in asked):
            facts.append(line)
    return validate_graph(to_rdflib(parse(b"".join(facts), RdfFormat.N_TRIPLES)), shapes)


@cache
def _shapes_of_facts() -> tuple[rdflib.Graph, frozenset[bytes]]:
    """Return the shapes without those of evidence, and the IRIs that they look at, in brackets."""
    shapes = _shapes()
    for kind in (f"{TKG}Evidence", f"{TKG}Cell", f"{PREFIXES['oa']}TextPositionSelector"):
        for shape in list(shapes.subjects(SH.targetClass, URIRef(kind))):
            shapes -= shapes.cbd(shape)
    return shapes, frozenset(f"<{name}>".encode() for name in _names(shapes))


def _names(shapes: rdflib.Graph) -> frozenset[str]:
    """Return the IRIs that shapes and what is told of findings look at."""
    told = {str(name) for name in (_SUPPORTS, _SENTENCE, _TASK, _NUMBER, _CLASS)}
    queries = " ".join(map(str, shapes.objects(None, SH.select)))
    names = {PREFIXES[prefix] + name for prefix, name in _NAME.findall(queries)}
    return frozenset(told | names | {str(each) for each in shapes.objects()} | {str(RDF.type)})


def validate_graph(graph: rdflib.Graph, shapes: rdflib.Graph | None = None) -> tuple[Finding, ...]:
    """Return what the shapes find wrong in a graph; all of them where none are given."""
    # Loaded here: it takes long, and few commands need it.
    from pyshacl import validate as check

    _, results, _ = check(graph, shacl_graph=shapes or _shapes(), inference="none", advanced=False)
    assert isinstance(results, rdflib.Graph)
    each = results.subjects(RDF.type, SH.ValidationResult)
    found = (_finding(results, result, graph) for result in each)
    return tuple(
        sorted(set(found), key=lambda it: (it.task or 0, it.severity, it.focus, it.message))
    )


def _shapes() -> rdflib.Graph:
    """Return the shapes, each property shape with the targets of the node shape around it.

    They mean the same; pySHACL checks such a shape once for all nodes, not once for each.
    """
    shapes = rdflib.Graph().parse(resource("ontology", "shapes.ttl"), format="turtle")
    for around, inner in list(shapes.subject_objects(SH.property)):
        targets = list(shapes.objects(around, SH.targetClass))
        if targets:
            shapes.remove((around, SH.property, inner))
            shapes.add((inner, RDF.type, SH.PropertyShape))
            for target in targets:
                shapes.add((inner, SH.targetClass, target))
    return shapes


def severities(findings: Iterable[Finding]) -> dict[str, int]:
    """Return how many violations and warnings there are.

    >>> severities([Finding(8, "warning", "没有单位。", "https://example.org/t", "")])
    {'violation': 0, 'warning': 1}
    """
    found = Counter(finding.severity for finding in findings)
    return {severity: found[severity] for severity in ("violation", "warning")}


def to_answer(findings: Iterable[Finding]) -> Answer:
    """Return findings as a table."""
    fields = ("task", "severity", "message", "focus", "evidence")
    rows = ((it.task, it.severity, it.message, it.focus, it.evidence) for it in findings)
    return Answer(fields, tuple(rows))


class _OneGraph(SimpleMemory):
    """rdflib's fastest store, which holds one graph, with what pySHACL asks of any store."""

    context_aware = True
    graph_aware = True
    _length = 0

    def add(self, triple: _Triple, context: rdflib.Graph, quoted: bool = False) -> None:
        """Put in a statement that is not there yet."""
        super().add(triple, context, quoted)
        self._length += 1

    def __len__(self, context: rdflib.Graph | None = None) -> int:
        # pySHACL asks for it shape by shape; the store above counts anew each time.
        return self._length


def to_rdflib(quads: Iterable[Quad]) -> rdflib.Graph:
    """Return statements, each given once, as one rdflib graph."""
    graph = rdflib.Graph(store=_OneGraph())

    # Faster than serialising and parsing again; most nodes stand in many statements.
    @cache
    def same(node: Node) -> rdflib.term.Node:
        if isinstance(node, ox.NamedNode):
            return URIRef(node.value)
        if isinstance(node, ox.BlankNode):
            return BNode(node.value)
        assert isinstance(node, ox.Literal)
        datatype = URIRef(node.datatype.value)
        # rdflib tells plain texts from those of type xsd:string, which RDF 1.1 does not.
        plain = node.language or datatype == XSD.string
        return Literal(node.value, lang=node.language, datatype=None if plain else datatype)

    for quad in quads:
        graph.add((same(quad.subject), same(quad.predicate), same(quad.object)))
    return graph


def _finding(results: rdflib.Graph, result: rdflib.term.Node, graph: rdflib.Graph) -> Finding:
    focus, value = results.value(result, SH.focusNode), results.value(result, SH.value)
    if (result, SH.sourceConstraintComponent, SH.SPARQLConstraintComponent) in results:
        # The query finds what is wrong for the node that it is asked about.
        focus = value
    severity = str(results.value(result, SH.resultSeverity)).rpartition("#")[2].lower()
    # pySHACL drops the language of messages of SPARQL constraints: Chinese is what is not ASCII.
    texts = map(str, results.objects(result, SH.resultMessage))
    message = " ".join(sorted(texts, key=str.isascii))
    about = [node for node in (focus, value) if node is not None]
    proofs = (words for node in about for words in graph.subjects(_SUPPORTS, node))
    evidence = min(proofs, key=str, default=None)
    sentence = graph.value(evidence, _SENTENCE) if evidence is not None else None
    return Finding(
        _task(graph, focus, evidence), severity, message, str(focus), str(sentence or "")
    )


def _task(
    graph: rdflib.Graph, focus: rdflib.term.Node | None, evidence: rdflib.term.Node | None
) -> int | None:
    """Return the number of the task that a thing is, stands in, or whose words it stands on."""
    for node in (focus, graph.value(focus, _TASK), graph.value(evidence, _TASK)):
        if node is not None and (node, RDF.type, _CLASS) in graph:
            number = graph.value(node, _NUMBER)
            return int(number) if isinstance(number, Literal) else None
    return None

"""Validate a graph with the SHACL shapes of the package; findings are listed by task."""

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

from kg.graph.rdf.ontology import Node
from kg.graph.rdf.terms import PREFIXES, TKG
from kg.graph.stores.embedded import all_statements
from kg.graph.stores.protocol import Graph
from kg.resources import resource
from kg.tables import Answer

_CLASS, _TASK, _NUMBER = (URIRef(TKG + name) for name in ("Task", "task", "number"))
_Triple = tuple[rdflib.term.Node, rdflib.term.Node, rdflib.term.Node]
_TYPE = f"<{RDF.type}>".encode()
_NAME = re.compile(r"\b([a-z]+):(\w+)")
_SUPPORTS, _SENTENCE = URIRef(f"{TKG}supports"), URIRef(f"{TKG}sentence")


@dataclass(frozen=True, slots=True)
class Finding:
    """A result of the validation.

    Attributes:
        task: Number of the task, or None if the finding is about no task.
        severity: `violation` or `warning`.
        message: What is wrong, in Chinese and English.
        focus: IRI of the thing that is wrong.
        evidence: The sentence that is the thing's evidence, or an empty string.
    """

    task: int | None
    severity: str
    message: str
    focus: str
    evidence: str


def validate(store: Graph) -> tuple[Finding, ...]:
    """Return the findings about a store, by task, the most severe first within each."""
    return validate_graph(to_rdflib(all_statements(store)))


def validate_facts(triples: bytes) -> tuple[Finding, ...]:
    """Return the findings about the facts of a report.

    Only `validate` also checks the form of the evidence, which is most of a graph but does not
    depend on what a report says.

    Args:
        triples: Statements as N-Triples, without duplicates.
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
    """Return the shapes except those for evidence, and the IRIs that they use, in brackets."""
    shapes = _shapes()
    for kind in (f"{TKG}Evidence", f"{TKG}Cell", f"{PREFIXES['oa']}TextPositionSelector"):
        for shape in list(shapes.subjects(SH.targetClass, URIRef(kind))):
            shapes -= shapes.cbd(shape)
    return shapes, frozenset(f"<{name}>".encode() for name in _used_iris(shapes))


def _used_iris(shapes: rdflib.Graph) -> frozenset[str]:
    """Return the IRIs that the shapes and the attributes of findings use."""
    used = {str(name) for name in (_SUPPORTS, _SENTENCE, _TASK, _NUMBER, _CLASS)}
    queries = " ".join(map(str, shapes.objects(None, SH.select)))
    names = {PREFIXES[prefix] + name for prefix, name in _NAME.findall(queries)}
    return frozenset(used | names | {str(each) for each in shapes.objects()} | {str(RDF.type)})


def validate_graph(graph: rdflib.Graph, shapes: rdflib.Graph | None = None) -> tuple[Finding, ...]:
    """Return the findings about a graph; by default all shapes are used."""
    # Imported here: it takes long, and few commands need it.
    from pyshacl import validate as check

    _, results, _ = check(graph, shacl_graph=shapes or _shapes(), inference="none", advanced=False)
    assert isinstance(results, rdflib.Graph)
    each = results.subjects(RDF.type, SH.ValidationResult)
    found = (_finding(results, result, graph) for result in each)
    return tuple(sorted(set(found), key=lambda f: (f.task or 0, f.severity, f.focus, f.message)))


def _shapes() -> rdflib.Graph:
    """Return the shapes, with each property shape made independent of its node shape.

    The meaning is the same, but pySHACL then checks a property shape once for all nodes.
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


def count_severities(findings: Iterable[Finding]) -> dict[str, int]:
    """Return the numbers of violations and warnings.

    >>> count_severities([Finding(8, "warning", "没有单位。", "https://example.org/t", "")])
    {'violation': 0, 'warning': 1}
    """
    found = Counter(finding.severity for finding in findings)
    return {severity: found[severity] for severity in ("violation", "warning")}


def findings_table(findings: Iterable[Finding]) -> Answer:
    """Return findings as a table."""
    fields = ("task", "severity", "message", "focus", "evidence")
    rows = ((f.task, f.severity, f.message, f.focus, f.evidence) for f in findings)
    return Answer(fields, tuple(rows))


class _OneGraph(SimpleMemory):
    """rdflib's fastest store, which holds one graph, with the attributes that pySHACL needs."""

    context_aware = True
    graph_aware = True
    _length = 0

    def add(self, triple: _Triple, context: rdflib.Graph, quoted: bool = False) -> None:
        """Add a statement that the store does not hold yet."""
        super().add(triple, context, quoted)
        self._length += 1

    def __len__(self, context: rdflib.Graph | None = None) -> int:
        # pySHACL asks for it for each shape; the base class counts again each time.
        return self._length


def to_rdflib(quads: Iterable[Quad]) -> rdflib.Graph:
    """Return statements, which must have no duplicates, as one rdflib graph."""
    graph = rdflib.Graph(store=_OneGraph())

    # Faster than serialising and parsing again, as most nodes occur in many statements.
    @cache
    def convert_node(node: Node) -> rdflib.term.Node:
        if isinstance(node, ox.NamedNode):
            return URIRef(node.value)
        if isinstance(node, ox.BlankNode):
            return BNode(node.value)
        assert isinstance(node, ox.Literal)
        datatype = URIRef(node.datatype.value)
        # rdflib distinguishes plain literals from those of type xsd:string; RDF 1.1 does not.
        plain = node.language or datatype == XSD.string
        return Literal(node.value, lang=node.language, datatype=None if plain else datatype)

    for quad in quads:
        subject, predicate, value = map(convert_node, (quad.subject, quad.predicate, quad.object))
        graph.add((subject, predicate, value))
    return graph


def _finding(results: rdflib.Graph, result: rdflib.term.Node, graph: rdflib.Graph) -> Finding:
    focus, value = results.value(result, SH.focusNode), results.value(result, SH.value)
    if (result, SH.sourceConstraintComponent, SH.SPARQLConstraintComponent) in results:
        # The query returns the wrong thing as the value, not as the focus node.
        focus = value
    severity = str(results.value(result, SH.resultSeverity)).rpartition("#")[2].lower()
    # pySHACL drops the language tags in messages of SPARQL constraints: non-ASCII is Chinese.
    texts = map(str, results.objects(result, SH.resultMessage))
    message = " ".join(sorted(texts, key=str.isascii))
    about = [node for node in (focus, value) if node is not None]
    proofs = (words for node in about for words in graph.subjects(_SUPPORTS, node))
    evidence = min(proofs, key=str, default=None)
    sentence = graph.value(evidence, _SENTENCE) if evidence is not None else None
    return Finding(
        _task_number(graph, focus, evidence), severity, message, str(focus), str(sentence or "")
    )


def _task_number(
    graph: rdflib.Graph, focus: rdflib.term.Node | None, evidence: rdflib.term.Node | None
) -> int | None:
    """Return the number of the task that a thing is, belongs to, or has its evidence in."""
    for node in (focus, graph.value(focus, _TASK), graph.value(evidence, _TASK)):
        if node is not None and (node, RDF.type, _CLASS) in graph:
            number = graph.value(node, _NUMBER)
            return int(number) if isinstance(number, Literal) else None
    return None

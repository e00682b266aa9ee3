"""The ontology's page, made by pyLODE from its Turtle files."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path

import rdflib
from rdflib import DCTERMS, RDF, RDFS, SKOS, Literal, URIRef

from kg.graph.terms import TKG
from kg.resources import resource

_SCRIPT = re.compile(r'(<script[^>]*type="application/ld\+json"[^>]*>)(.*?)(</script>)', re.DOTALL)
_CLASSES = re.compile(r'<div[^>]* id="classes"[^>]*>')

# Texts that pyLODE shows once each: it would run two languages together.
_ONE_LINE = (RDFS.label, DCTERMS.title)


def write_documentation(path: Path) -> None:
    """Write one HTML page that tells of each term of the ontology, for people.

    It shows the diagram that stands beside it as `diagram.svg`.
    """
    # Loaded here: it takes long, and publishing alone needs it.
    with _quiet():
        from pylode import OntPub

        page = OntPub(_vocabulary(), sort_subjects=True).make_html()
    assert isinstance(page, str)
    page = _SCRIPT.sub(_sorted, page)
    page, inserted = _CLASSES.subn(lambda found: _diagram() + _concepts() + found[0], page, count=1)
    assert inserted, "pyLODE’s page has no section of classes"
    path.write_text(page, encoding="utf-8", newline="\n")


def _vocabulary() -> rdflib.Graph:
    """Return our terms and how they stand to others, names in both languages in one text."""
    graph = rdflib.Graph().parse(resource("ontology", "taskkg.ttl"), format="turtle")
    others = rdflib.Graph().parse(resource("ontology", "alignments.ttl"), format="turtle")
    for triple in others:
        if str(triple[0]).startswith(TKG):
            graph.add(triple)
    for predicate in _ONE_LINE:
        for subject in set(graph.subjects(predicate)):
            names = _both(graph, subject, predicate)
            graph.set((subject, predicate, Literal(names)))
    return graph


def _diagram() -> str:
    return (
        '<div class="section" id="diagram"><h2>Diagram 结构图</h2>'
        '<a href="diagram.svg"><img src="diagram.svg" alt="Classes and properties" '
        'style="max-width: 100%"></a></div>'
    )


def _concepts() -> str:
    """Return the concepts by scheme, which pyLODE has no section for."""
    graph = rdflib.Graph().parse(resource("ontology", "concepts.ttl"), format="turtle")
    sections = []
    for scheme in sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        rows = (
            f"<tr><td><code>{escape(str(concept).rpartition('/')[2])}</code></td>"
            f"<td>{escape(_both(graph, concept, SKOS.prefLabel))}</td>"
            f"<td>{escape(_both(graph, concept, SKOS.definition))}</td></tr>"
            for concept in sorted(graph.subjects(SKOS.inScheme, scheme), key=str)
        )
        title = escape(_both(graph, scheme, RDFS.label))
        table = "<table>" + "".join(rows) + "</table>"
        sections.append(f"<h3>{title}</h3><p><code>{escape(str(scheme))}</code></p>{table}")
    return f'<div class="section" id="concepts"><h2>Concepts 概念</h2>{"".join(sections)}</div>'


def _both(graph: rdflib.Graph, subject: rdflib.term.Node, predicate: URIRef) -> str:
    """Return the English and the Chinese text of a property, in this order."""
    texts = (text for text in graph.objects(subject, predicate) if isinstance(text, Literal))
    return " ".join(sorted(map(str, texts), key=lambda text: not text.isascii()))


def _sorted(script: re.Match[str]) -> str:
    """Return the page's description for search engines in a fixed order; pyLODE's has none."""
    nodes = sorted(json.loads(script[2]), key=lambda node: str(node["@id"]))
    text = json.dumps(nodes, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{script[1]}\n{text}\n{script[3]}"


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep pyLODE's import from switching on the log of the whole process."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
        root.handlers[:], root.level = handlers, level

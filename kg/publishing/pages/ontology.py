"""The page of the ontology, generated with pyLODE from its Turtle files."""

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

from kg.graph.rdf.terms import TKG
from kg.resources import resource

_SCRIPT = re.compile(r'(<script[^>]*type="application/ld\+json"[^>]*>)(.*?)(</script>)', re.DOTALL)
_CLASSES = re.compile(r'<div[^>]* id="classes"[^>]*>')

# Properties of which pyLODE shows only one text: both languages are joined into it.
_ONE_LINE = (RDFS.label, DCTERMS.title)


def write_documentation(path: Path) -> None:
    """Write an HTML page that documents each term of the ontology.

    It shows the diagram in `diagram.svg` in the same folder.
    """
    # Imported here because it takes long and only publishing needs it.
    with _disable_logging():
        from pylode import OntPub

        page = OntPub(_vocabulary(), sort_subjects=True).make_html()
    assert isinstance(page, str)
    page = _SCRIPT.sub(_sort_script, page)
    page, inserted = _CLASSES.subn(
        lambda found: _diagram_section() + _concepts_section() + found[0], page, count=1
    )
    assert inserted, "pyLODE’s page has no section of classes"
    path.write_text(page, encoding="utf-8", newline="\n")


def _vocabulary() -> rdflib.Graph:
    """Return our terms and their alignments, with labels in both languages in one text."""
    graph = rdflib.Graph().parse(resource("ontology", "taskkg.ttl"), format="turtle")
    others = rdflib.Graph().parse(resource("ontology", "alignments.ttl"), format="turtle")
    for triple in others:
        if str(triple[0]).startswith(TKG):
            graph.add(triple)
    for predicate in _ONE_LINE:
        for subject in set(graph.subjects(predicate)):
            names = _bilingual_text(graph, subject, predicate)
            graph.set((subject, predicate, Literal(names)))
    return graph


def _diagram_section() -> str:
    return (
        '<div class="section" id="diagram"><h2>Diagram 结构图</h2>'
        '<a href="diagram.svg"><img src="diagram.svg" alt="Classes and properties" '
        'style="max-width: 100%"></a></div>'
    )


def _concepts_section() -> str:
    """Return a section with the concepts by scheme, which pyLODE does not have."""
    graph = rdflib.Graph().parse(resource("ontology", "concepts.ttl"), format="turtle")
    sections = []
    for scheme in sorted(graph.subjects(RDF.type, SKOS.ConceptScheme), key=str):
        rows = (
            f"<tr><td><code>{escape(str(concept).rpartition('/')[2])}</code></td>"
            f"<td>{escape(_bilingual_text(graph, concept, SKOS.prefLabel))}</td>"
            f"<td>{escape(_bilingual_text(graph, concept, SKOS.definition))}</td></tr>"
            for concept in sorted(graph.subjects(SKOS.inScheme, scheme), key=str)
        )
        title = escape(_bilingual_text(graph, scheme, RDFS.label))
        table = "<table>" + "".join(rows) + "</table>"
        sections.append(f"<h3>{title}</h3><p><code>{escape(str(scheme))}</code></p>{table}")
    return f'<div class="section" id="concepts"><h2>Concepts 概念</h2>{"".join(sections)}</div>'


def _bilingual_text(graph: rdflib.Graph, subject: rdflib.term.Node, predicate: URIRef) -> str:
    """Return the English and the Chinese text of a property, joined in this order."""
    texts = (text for text in graph.objects(subject, predicate) if isinstance(text, Literal))
    return " ".join(sorted(map(str, texts), key=lambda text: not text.isascii()))


def _sort_script(script: re.Match[str]) -> str:
    """Sort the metadata for search engines in the page, whose order is not fixed in pyLODE."""
    nodes = sorted(json.loads(script[2]), key=lambda node: str(node["@id"]))
    text = json.dumps(nodes, ensure_ascii=False, indent=1, sort_keys=True)
    return f"{script[1]}\n{text}\n{script[3]}"


@contextmanager
def _disable_logging() -> Iterator[None]:
    """Prevent pyLODE's import from enabling the logging of the whole process."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    logging.disable(logging.CRITICAL)
    try:
        yield
    finally:
        logging.disable(logging.NOTSET)
        root.handlers[:], root.level = handlers, level

from __future__ import annotations

import logging
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import rdflib
from rdflib import OWL, RDF, SKOS

from kg.graph.rdf.terms import TKG
from kg.publishing.pages.diagram import write_diagram
from kg.publishing.pages.ontology import write_documentation
from kg.resources import resource

SVG = "{http://www.w3.org/2000/svg}"


def terms(*kinds: rdflib.URIRef) -> set[str]:
    graph = rdflib.Graph().parse(resource("ontology", "taskkg.ttl"))
    return {str(found) for kind in kinds for found in graph.subjects(RDF.type, kind)}


def test_the_page_tells_of_every_term_and_concept_in_both_languages(tmp_path: Path) -> None:
    level = logging.getLogger().level
    write_documentation(tmp_path / "index.html")
    page = (tmp_path / "index.html").read_text(encoding="utf-8")
    for found in terms(OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty):
        assert f"<code>{found}</code>" in page
    concepts = rdflib.Graph().parse(resource("ontology", "concepts.ttl"))
    for concept in concepts.subjects(RDF.type, SKOS.Concept):
        for label in concepts.objects(concept, SKOS.prefLabel):
            assert str(label) in page
    assert "Government task ontology 政府任务本体" in page
    # No script, style or picture from elsewhere.
    assert not re.search(r'(?:src|<link[^>]*href)="https?:', page)
    assert logging.getLogger().level == level


def test_the_diagram_shows_each_class_once_and_apart(tmp_path: Path) -> None:
    write_diagram(tmp_path / "diagram.svg")
    root = ET.parse(tmp_path / "diagram.svg").getroot()
    boxes = {}
    for group in root.findall(f"{SVG}g"):
        x, y = map(int, re.findall(r"-?\d+", group.get("transform") or ""))
        box = group.find(f"{SVG}rect")
        assert box is not None
        name = group.findtext(f"{SVG}text") or ""
        assert name not in boxes
        boxes[name] = (x, y, x + int(box.get("width") or 0), y + int(box.get("height") or 0))
    classes = {found.removeprefix(TKG) for found in terms(OWL.Class)}
    assert classes <= set(boxes)
    width, height = int(root.get("width") or 0), int(root.get("height") or 0)
    for name, (left, top, right, bottom) in boxes.items():
        assert 0 <= left < right <= width
        assert 0 <= top < bottom <= height
        for other, (left2, top2, right2, bottom2) in boxes.items():
            apart = right <= left2 or right2 <= left or bottom <= top2 or bottom2 <= top
            assert name == other or apart
    labels = {text.text for text in root.findall(f"{SVG}text")}
    assert {"mentions", "responsible", "target", "supports"} <= labels

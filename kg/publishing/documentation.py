"""The ontology's page, made by pyLODE from its Turtle files."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from kg.graph.ontology import FILES
from kg.resources import resource

_SCRIPT = re.compile(r'(<script[^>]*type="application/ld\+json"[^>]*>)(.*?)(</script>)', re.DOTALL)


def write_documentation(path: Path) -> None:
    """Write one HTML page that tells of each term of the ontology, for people."""
    # Loaded here: it takes long, and publishing alone needs it.
    with _quiet():
        from pylode import OntPub
        from rdflib import Graph

        ontology = Graph()
        for name in FILES:
            ontology.parse(resource("ontology", name), format="turtle")
        page = OntPub(ontology, sort_subjects=True).make_html()
    assert isinstance(page, str)
    path.write_text(_SCRIPT.sub(_sorted, page), encoding="utf-8")


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

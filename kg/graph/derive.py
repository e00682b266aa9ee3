"""Derive current states and ties between departments by SPARQL rules: one graph for each plan.

Each rule is a CONSTRUCT query in `rules/` that begins with its meaning; `docs/ties.md` explains the
weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, QueryTriples, RdfFormat, Store

from kg.graph.rdf.ontology import classes_above, ontology_quads
from kg.graph.rdf.terms import graph_name, mint, prefixes, term

_RULES = Path(__file__).parent / "rules"


def derived_quads(reports: Iterable[bytes], base: str, plan: str) -> Iterator[Quad]:
    """Yield what the rules derive from the reports of one plan; there may be duplicates.

    Args:
        reports: The statements of each of the plan's reports, as N-Triples.
        base: The base of their IRIs.
        plan: Identifier of the plan.
    """
    store = Store()
    store.bulk_extend(Quad(*quad.triple) for quad in ontology_quads(base))
    # All in one graph, so that equal statements of several reports count once.
    for report in reports:
        store.bulk_load(input=report, format=RdfFormat.N_TRIPLES, lenient=True)
    graph, above, is_a = derived_graph_name(base, plan), classes_above(), term("rdf:type")
    ties = mint(base, "tie", plan)
    known = prefixes(base) | {"base": f"{base}/", "tie": f"{ties.value}/"}
    for rule in sorted(_RULES.glob("*.rq")):
        found = store.query(rule.read_text(encoding="utf-8"), prefixes=known)
        assert isinstance(found, QueryTriples)
        triples = list(found)
        # Rules run in order of name; each sees what the rules before it derived.
        store.extend(Quad(*triple) for triple in triples)
        for triple in triples:
            yield Quad(triple.subject, triple.predicate, triple.object, graph)
            if triple.predicate == is_a and isinstance(triple.object, NamedNode):
                for upper in above.get(triple.object, ()):
                    yield Quad(triple.subject, is_a, upper, graph)


def derived_graph_name(base: str, plan: str) -> NamedNode:
    """Return the IRI of the named graph with the derived statements of a plan."""
    return graph_name(base, "derived", plan)

"""Derive what holds now and what ties departments, by SPARQL rules: a graph for each plan.

Each rule is a CONSTRUCT query in `rules/`, with its meaning in front; `docs/ties.md` tells how the
weights come about.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from pyoxigraph import NamedNode, Quad, QueryTriples, Store

from kg.graph.ontology import classes_above
from kg.graph.terms import graph_name, mint, prefixes, term

_RULES = Path(__file__).parent / "rules"


def derived_quads(quads: Iterable[Quad], base: str, plan: str) -> Iterator[Quad]:
    """Yield what the rules derive from the reports of one plan; some may come more than once.

    Args:
        quads: The graph of the plan's reports, with the vocabulary.
        base: The base of its IRIs.
        plan: Identifier of the plan.
    """
    store = Store()
    # All in one graph: what several reports say alike is asked once.
    store.bulk_extend(Quad(quad.subject, quad.predicate, quad.object) for quad in quads)
    graph, above, is_a = derived_graph(base, plan), classes_above(), term("rdf:type")
    ties = mint(base, "tie", plan)
    known = prefixes(base) | {"base": f"{base}/", "tie": f"{ties.value}/"}
    for rule in sorted(_RULES.glob("*.rq")):
        found = store.query(rule.read_text(encoding="utf-8"), prefixes=known)
        assert isinstance(found, QueryTriples)
        triples = list(found)
        # What one rule derives the next, by name, can build on.
        store.extend(Quad(*triple) for triple in triples)
        for triple in triples:
            yield Quad(triple.subject, triple.predicate, triple.object, graph)
            if triple.predicate == is_a and isinstance(triple.object, NamedNode):
                for upper in above.get(triple.object, ()):
                    yield Quad(triple.subject, is_a, upper, graph)


def derived_graph(base: str, plan: str) -> NamedNode:
    """Return the IRI of the named graph that holds what is derived for a plan."""
    return graph_name(base, "derived", plan)

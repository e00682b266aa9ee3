"""Read the graph for a page: values, names and links, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store
from starlette.requests import Request

from kg.graph.terms import term
from kg.publishing.statistics import prefixed_name
from kg.publishing.tables import follow
from kg.publishing.tables import kind as closest_class
from kg.server.addresses import path_of
from kg.server.language import language
from kg.server.snapshot import Snapshot, snapshot

# What stands in a path of several steps, or one that is followed backwards.
_LONG = frozenset("/^@")
# What things that have no name are called by.
_TOLD_BY = {
    "assessment": ("tkg:assesses/tkg:indicator/rdfs:label", "tkg:judgement/skos:prefLabel@zh"),
    "cell": ("tkg:task/rdfs:label@zh", "tkg:column"),
    "date": ("tkg:iso",),
    "evidence": ("oa:hasSelector/oa:exact",),
    "observation": ("sosa:observedProperty/rdfs:label", "tkg:value", "tkg:unit"),
    "quantity": ("tkg:measured", "tkg:value", "tkg:unit"),
    "quote": ("oa:exact",),
    "responsibility": ("^prov:qualifiedAttribution/rdfs:label@zh", "prov:agent/rdfs:label"),
    "target": ("tkg:indicator/rdfs:label", "tkg:value", "tkg:unit"),
    "tie": ("tkg:connects/skos:prefLabel",),
}


@dataclass(frozen=True, slots=True)
class Link:
    """A thing as a page names it.

    Attributes:
        iri: Its IRI.
        name: What it is called.
        path: Where its page stands; None for things of others.
        kind: The first part of its path, such as `road`; empty for things of others.
    """

    iri: str
    name: str
    path: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Reader:
    """A build as the pages of one language read it.

    Attributes:
        found: The build.
        language: `zh` or `en`.
    """

    found: Snapshot
    language: str
    _links: dict[str, Link] = field(default_factory=dict, repr=False)
    _dates: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def graph(self) -> Store:
        """The graph."""
        return self.found.graph

    @property
    def base(self) -> str:
        """Base of the graph's IRIs."""
        return self.found.base

    def all(self, iri: str, path: str) -> list[str]:
        """Return the values to which a path leads (see `kg.publishing.columns.Column.path`).

        What is not there, told by an empty IRI, has none.
        """
        if not iri:
            return []
        start = NamedNode(iri)
        if _LONG.isdisjoint(path):
            quads = self.graph.quads_for_pattern(start, term(path), None, DefaultGraph())
            found: list[object] = [quad.object for quad in quads]
        else:
            found = [*follow(self.graph, start, path)]
        return sorted(node.value for node in found if isinstance(node, NamedNode | Literal))

    def one(self, iri: str, path: str) -> str:
        """Return the value to which a path leads; the first of several, empty where none is."""
        return next(iter(self.all(iri, path)), "")

    def code(self, iri: str, path: str) -> str:
        """Return the last part of the IRI of a concept, such as `in_progress`; or empty."""
        return self.one(iri, path).rpartition("/")[2]

    def link(self, iri: str) -> Link:
        """Return a thing as a page names it."""
        if iri not in self._links:
            path = path_of(iri, self.base)
            self._links[iri] = Link(iri, self.name(iri), path, self.prefix(iri))
        return self._links[iri]

    def prefix(self, iri: str) -> str:
        """Return the first part of the path of a thing; empty for things of others."""
        inside = iri.startswith(f"{self.base}/")
        return iri[len(self.base) + 1 :].partition("/")[0] if inside else ""

    def links(self, iri: str, path: str) -> list[Link]:
        """Return the things to which a path leads, by name."""
        return self.sorted(self.all(iri, path))

    def sorted(self, iris: Iterable[str]) -> list[Link]:
        """Return things by name."""
        return sorted(map(self.link, iris), key=lambda link: (link.name, link.iri))

    def name(self, iri: str) -> str:
        """Return the name of a thing: in the page's language, else in Chinese, else any."""
        for predicate in ("skos:prefLabel", "rdfs:label"):
            if labels := list(self._texts(iri, predicate)):
                return min(labels, key=self._rank).value
        paths = _TOLD_BY.get(self.prefix(iri), ())
        if words := [word for path in paths if (word := "、".join(self.all(iri, path)))]:
            return " ".join(words)
        short = prefixed_name(iri)
        if short != iri or not iri.startswith(f"{self.base}/"):
            return short
        parts = iri[len(self.base) + 1 :].split("/")
        return " / ".join(map(unquote, parts[1:] or parts))

    def until(self, report: str) -> str:
        """Return by what reports are put in order: up to when one tells."""
        if report not in self._dates:
            # A month counts as its last day.
            self._dates[report] = self.one(report, "tkg:asOf") + "-99"
        return self._dates[report]

    def kind(self, iri: str) -> str:
        """Return the class of the vocabulary that tells most closely what a thing is; or empty."""
        return closest_class(self.graph, NamedNode(iri))

    def subjects(self, predicate: str, iri: str) -> Iterator[str]:
        """Yield the things that stand to a thing as a property says."""
        quads = self.graph.quads_for_pattern(None, term(predicate), NamedNode(iri), DefaultGraph())
        return (quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))

    def named(self, iri: str) -> Iterator[str]:
        """Yield the things that have a name of a thing, with the thing itself."""
        for label in self._texts(iri, "rdfs:label"):
            quads = self.graph.quads_for_pattern(None, term("rdfs:label"), label, DefaultGraph())
            for quad in quads:
                if isinstance(quad.subject, NamedNode):
                    yield quad.subject.value

    def _texts(self, iri: str, predicate: str) -> Iterator[Literal]:
        quads = self.graph.quads_for_pattern(NamedNode(iri), term(predicate), None, DefaultGraph())
        return (quad.object for quad in quads if isinstance(quad.object, Literal))

    def _rank(self, label: Literal) -> tuple[bool, bool, str]:
        return label.language != self.language, label.language != "zh", label.value


def reader(request: Request) -> Reader:
    """Return what reads the build in force for the page that a request asks for."""
    return Reader(snapshot(request), language(request))

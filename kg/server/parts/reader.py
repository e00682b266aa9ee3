"""Read values, names and links from the graph, in the language of a page."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote

from pyoxigraph import DefaultGraph, Literal, NamedNode, Store
from starlette.requests import Request

from kg.graph.rdf.terms import term
from kg.publishing.formats.tables import follow
from kg.publishing.formats.tables import kind as closest_class
from kg.publishing.statistics import prefixed_name
from kg.server.data.addresses import path_of
from kg.server.data.snapshot import Snapshot, snapshot
from kg.server.http.language import language

# Characters of paths that have several steps, inverse steps or languages.
_PATH_OPERATORS = frozenset("/^@")
# The values of which the names of things without labels are made, by kind.
_NAME_PATHS = {
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
    """A link to a thing.

    Attributes:
        iri: Its IRI.
        name: Its name.
        path: Path of its page; None if it is defined elsewhere.
        kind: The first part of its path, such as `road`; empty if it is defined elsewhere.
    """

    iri: str
    name: str
    path: str | None
    kind: str


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads a build in one language.

    Attributes:
        build: The build.
        language: `zh` or `en`.
    """

    build: Snapshot
    language: str
    _links: dict[str, Link] = field(default_factory=dict, repr=False)
    _dates: dict[str, str] = field(default_factory=dict, repr=False)

    @property
    def graph(self) -> Store:
        """The graph."""
        return self.build.graph

    @property
    def base(self) -> str:
        """Base of the graph's IRIs."""
        return self.build.base

    def values(self, iri: str, path: str) -> list[str]:
        """Return the sorted values at the end of a path (see `kg.publishing.columns.Column.path`).

        An empty IRI, which stands for a missing thing, has no values.
        """
        if not iri:
            return []
        start = NamedNode(iri)
        if _PATH_OPERATORS.isdisjoint(path):
            quads = self.graph.quads_for_pattern(start, term(path), None, DefaultGraph())
            nodes: list[object] = [quad.object for quad in quads]
        else:
            nodes = [*follow(self.graph, start, path)]
        return sorted(node.value for node in nodes if isinstance(node, NamedNode | Literal))

    def value(self, iri: str, path: str) -> str:
        """Return the first value at the end of a path, or an empty text if there is none."""
        return next(iter(self.values(iri, path)), "")

    def code(self, iri: str, path: str) -> str:
        """Return the last part of a concept's IRI, such as `in_progress`, or an empty text."""
        return self.value(iri, path).rpartition("/")[2]

    def link(self, iri: str) -> Link:
        """Return a link to a thing."""
        if iri not in self._links:
            path = path_of(iri, self.base)
            self._links[iri] = Link(iri, self.name(iri), path, self.kind(iri))
        return self._links[iri]

    def kind(self, iri: str) -> str:
        """Return the first part of the path of a thing; empty if it is defined elsewhere."""
        inside = iri.startswith(f"{self.base}/")
        return iri[len(self.base) + 1 :].partition("/")[0] if inside else ""

    def links(self, iri: str, path: str) -> list[Link]:
        """Return links to the things at the end of a path, sorted by name."""
        return self.sorted_links(self.values(iri, path))

    def sorted_links(self, iris: Iterable[str]) -> list[Link]:
        """Return links to things, sorted by name."""
        return sorted(map(self.link, iris), key=lambda link: (link.name, link.iri))

    def name(self, iri: str) -> str:
        """Return the name of a thing: in the page's language, else in Chinese, else any."""
        for predicate in ("skos:prefLabel", "rdfs:label"):
            if labels := list(self._texts(iri, predicate)):
                return min(labels, key=self._rank).value
        paths = _NAME_PATHS.get(self.kind(iri), ())
        if words := [word for path in paths if (word := "、".join(self.values(iri, path)))]:
            return " ".join(words)
        short = prefixed_name(iri)
        if short != iri or not iri.startswith(f"{self.base}/"):
            return short
        parts = iri[len(self.base) + 1 :].split("/")
        return " / ".join(map(unquote, parts[1:] or parts))

    def report_sort_key(self, report: str) -> str:
        """Return the key by which reports are sorted: the end of the time that they cover."""
        if report not in self._dates:
            # A month counts as its last day.
            self._dates[report] = self.value(report, "tkg:asOf") + "-99"
        return self._dates[report]

    def class_of(self, iri: str) -> str:
        """Return the local name of the most specific class of a thing, or an empty text."""
        return closest_class(self.graph, NamedNode(iri))

    def subjects(self, predicate: str, iri: str) -> Iterator[str]:
        """Yield the subjects of statements with a property and a thing as their object."""
        quads = self.graph.quads_for_pattern(None, term(predicate), NamedNode(iri), DefaultGraph())
        return (quad.subject.value for quad in quads if isinstance(quad.subject, NamedNode))

    def things_with_same_label(self, iri: str) -> Iterator[str]:
        """Yield the things that share a label with a thing, including the thing itself."""
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
    """Return a reader of the request's build in the request's language."""
    return Reader(snapshot(request), language(request))

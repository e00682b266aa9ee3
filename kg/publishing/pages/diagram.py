"""The diagram of the ontology: its classes in layers, their attributes and properties."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import networkx as nx
import rdflib
from rdflib import OWL, RDF, RDFS, Literal, URIRef

from kg.graph.rdf.terms import TKG
from kg.publishing.templates import render
from kg.resources import resource

# Sizes in pixels; the height of a box depends on its lines.
_WIDTH, _GAP, _LINE, _HEAD, _SPACE = 190, 150, 17, 44, 22
_SWEEPS = 8


@dataclass(frozen=True, slots=True)
class Box:
    """A class in the diagram: its names, attributes, upper left corner and size."""

    name: str
    zh: str
    attributes: tuple[str, ...]
    x: int
    y: int
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two classes, labelled with properties; no label for a subclass."""

    label: str
    path: str
    x: int
    y: int


def write_diagram(path: Path) -> None:
    """Write the diagram as SVG.

    Object properties without domain or range begin or end at `Thing`. Inverse properties and
    subproperties are only on the page of the ontology.
    """
    graph = rdflib.Graph().parse(resource("ontology", "taskkg.ttl"), format="turtle")
    ties = _class_ties(graph)
    layers = _layers(ties)
    boxes = _boxes(graph, layers, ties)
    lines = list(_lines(boxes, ties))
    width = max(box.x + box.width for box in boxes.values()) + _SPACE
    height = max(box.y + box.height for box in boxes.values()) + _SPACE
    text = render(
        "diagram.svg", boxes=list(boxes.values()), lines=lines, width=width, height=height
    )
    path.write_text(text, encoding="utf-8", newline="\n")


Ties = Mapping[tuple[str, str], tuple[str, ...]]


def _class_ties(graph: rdflib.Graph) -> Ties:
    """Return the properties between pairs of classes; empty for a class and its superclass."""
    ties: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for found in sorted(graph.subjects(RDF.type, OWL.ObjectProperty), key=str):
        if (found, OWL.inverseOf, None) in graph or (found, RDFS.subPropertyOf, None) in graph:
            continue
        ends = (graph.value(found, RDFS.domain), graph.value(found, RDFS.range))
        source, target = (_local_name(end or OWL.Thing) for end in ends)
        ties[source, target].append(_local_name(found))
    for lower, upper in sorted(graph.subject_objects(RDFS.subClassOf)):
        ties.setdefault((_local_name(upper), _local_name(lower)), [])
    return {ends: tuple(labels) for ends, labels in ties.items()}


def _layers(ties: Ties) -> list[list[str]]:
    """Return the classes in layers, so that lines lead to later layers and cross rarely.

    Layers are assigned by longest path and ordered by the mean position of neighbours (K. Sugiyama,
    S. Tagawa, M. Toda, *Methods for visual understanding of hierarchical system structures*, 1981).
    """
    network = nx.DiGraph(sorted(ties))
    layers = [sorted(layer) for layer in nx.topological_generations(network)]
    for sweep in range(_SWEEPS):
        for layer in layers if sweep % 2 else layers[::-1]:
            place = {name: index / len(each) for each in layers for index, name in enumerate(each)}

            def mean(name: str, place: Mapping[str, float] = place) -> float:
                around = [*network.predecessors(name), *network.successors(name)]
                return sum(place[other] for other in around) / len(around)

            layer.sort(key=lambda name: (mean(name), name))
    return layers


def _boxes(graph: rdflib.Graph, layers: list[list[str]], ties: Ties) -> dict[str, Box]:
    named = {name for layer in layers for name in layer}
    alone = {_local_name(found) for found in graph.subjects(RDF.type, OWL.Class)} - named
    # Classes without properties are placed below the first layers.
    columns = [layer[:] for layer in layers]
    for index, name in enumerate(sorted(alone)):
        columns[index % 2].append(name)
    arriving = Counter(target for _, target in ties)
    heights = {
        name: max(_HEAD + _LINE * len(_attributes(graph, name)), _LINE * (arriving[name] + 1))
        for column in columns
        for name in column
    }
    tallest = max(sum(heights[name] + _SPACE for name in column) for column in columns)
    boxes: dict[str, Box] = {}
    for index, column in enumerate(columns):
        space = (tallest - sum(heights[name] for name in column)) / (len(column) + 1)
        x, y = _SPACE + index * (_WIDTH + _GAP), space
        for name in column:
            boxes[name] = Box(
                name,
                _chinese_label(graph, name),
                _attributes(graph, name),
                x,
                round(y),
                _WIDTH,
                heights[name],
            )
            y += heights[name] + space
    return boxes


def _lines(boxes: Mapping[str, Box], ties: Ties) -> Iterator[Line]:
    """Yield the lines; those that end at the same box end below each other."""
    for name, target in sorted(boxes.items()):
        sources = sorted(
            (source for source, end in ties if end == name), key=lambda it: boxes[it].y
        )
        for index, source in enumerate(boxes[it] for it in sources):
            x1, y1 = source.x + source.width, source.y + source.height // 2
            x2, y2 = target.x, target.y + target.height * (index + 1) // (len(sources) + 1)
            bend = (x2 - x1) // 2
            path = f"M{x1} {y1} C{x1 + bend} {y1} {x2 - bend} {y2} {x2} {y2}"
            yield Line(", ".join(ties[source.name, name]), path, x2 - 10, y2 - 4)


def _attributes(graph: rdflib.Graph, name: str) -> tuple[str, ...]:
    subject = OWL.Thing if name == "Thing" else URIRef(TKG + name)
    found = graph.subjects(RDF.type, OWL.DatatypeProperty)
    if name == "Thing":
        return tuple(sorted(_local_name(p) for p in found if (p, RDFS.domain, None) not in graph))
    return tuple(sorted(_local_name(p) for p in found if (p, RDFS.domain, subject) in graph))


def _chinese_label(graph: rdflib.Graph, name: str) -> str:
    others = {"Thing": "任何事物", "Concept": "概念（SKOS）"}
    labels = graph.objects(URIRef(TKG + name), RDFS.label)
    return next(
        (str(it) for it in labels if isinstance(it, Literal) and it.language == "zh"),
        others.get(name, ""),
    )


def _local_name(node: rdflib.term.Node) -> str:
    return str(node).rpartition("#")[2]

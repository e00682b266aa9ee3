"""From what a person gives for a parameter of a question to the terms that the graph holds."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode

from kg.errors import InputError
from kg.extraction.departments import department_key
from kg.graph.literals import integer, typed_literal
from kg.graph.protocol import Graph
from kg.graph.terms import PREFIXES, TKG, normal_name, term
from kg.questions.sparql import select
from kg.sounds import match_typed_names, sounds_of

# Kinds of things that tie departments together, as `--kind` names them.
CLASSES = ("Project", "Place", "Road", "Organization", "Policy", "Event", "Subdistrict")
_NEAREST = 5


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that narrows a question.

    Attributes:
        name: Its name.
        kinds: What it is: classes of the vocabulary whose things have the name that is given
            (`Department`), a scheme of concepts (`status`), `class`, `integer` or `date`.
        meaning: What it does, in one sentence.
        required: Whether the question cannot do without it.
    """

    name: str
    kinds: tuple[str, ...]
    meaning: str
    required: bool = False


def terms(store: Graph, parameter: Parameter, value: str) -> list[NamedNode | Literal]:
    """Return the terms that a value stands for; in several districts a name has several.

    Args:
        store: The graph.
        parameter: The parameter.
        value: What was given: a name in any form that the graph knows, an IRI, a code, a number, a
            date.

    Raises:
        InputError: The graph knows nothing of that name, or the value is not what it should be.
    """
    kind = parameter.kinds[0]
    if kind == "integer":
        if not value.strip().lstrip("-").isdecimal():
            raise InputError(f"{parameter.name} “{value}”: is no number; write one such as 8")
        return [integer(int(value))]
    if kind == "date":
        try:
            return [typed_literal(date.fromisoformat(value.strip()).isoformat(), "date")]
        except ValueError:
            raise InputError(
                f"{parameter.name} “{value}”: is no date; write it as 2019-12-31"
            ) from None
    if kind == "class":
        return [_class(parameter, value)]
    if kind in PREFIXES:
        return [_concept(store, parameter, value)]
    return _things(store, parameter, value)


def _named(store: Graph, classes: Iterable[str], name: str) -> list[NamedNode | Literal]:
    """Return the things that have exactly this name or code, without reading all names."""
    told = (Literal(name), Literal(name, language="zh"), Literal(name, language="en"))
    found: dict[str, None] = {}
    for each in classes:
        query = _NAMES.replace("tkg:Thing", f"tkg:{each}")
        values = f"WHERE {{ VALUES ?label {{ {' '.join(map(str, told))} }}"
        rows = select(store, query.replace("WHERE {", values), ("iri",)).rows
        found.update((str(iri), None) for (iri,) in rows)
    return [NamedNode(iri) for iri in found]


def names(store: Graph, classes: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return all names of things: preferred and other names, codes too, with their IRIs.

    Args:
        store: The graph.
        classes: Classes of the vocabulary, such as `Department`.
    """
    found: dict[str, list[str]] = {}
    for name in classes:
        for label, iri in select(store, _NAMES.replace("tkg:Thing", f"tkg:{name}")).rows:
            found.setdefault(str(label), []).append(str(iri))
    return {label: tuple(dict.fromkeys(iris)) for label, iris in found.items()}


_NAMES = """SELECT ?label ?iri WHERE {
  ?iri a tkg:Thing ; rdfs:label|skos:prefLabel|skos:altLabel|dcterms:identifier ?label
} ORDER BY ?label ?iri"""


def _things(store: Graph, parameter: Parameter, value: str) -> list[NamedNode | Literal]:
    if thing := _of_iri(store, parameter, value):
        return [thing]
    if exact := _named(store, parameter.kinds, value):
        return exact
    known = names(store, parameter.kinds)
    wanted = normal_name(value)
    same = [label for label in known if normal_name(label) == wanted]
    if not same and {"Department", "PublicBody"} & set(parameter.kinds):
        same = short_for(wanted, known)
    if not same and wanted.isascii():
        same = match_typed_names(wanted.lower(), "", sounds_of(known))
    if not same:
        raise InputError(_unknown(parameter, value, known))
    return [NamedNode(iri) for iri in dict.fromkeys(i for label in same for i in known[label])]


def _of_iri(store: Graph, parameter: Parameter, value: str) -> NamedNode | None:
    """Return the thing whose IRI was given."""
    try:
        thing = NamedNode(value)
    except ValueError:
        return None
    kinds = (NamedNode(TKG + kind) for kind in parameter.kinds)
    found = (store.quads_for_pattern(thing, term("rdf:type"), kind) for kind in kinds)
    return thing if any(any(quads) for quads in found) else None


def short_for(short: str, known: Iterable[str]) -> list[str]:
    """Return the one department that a short form can stand for, or nothing.

    >>> short_for("科经局", ["科技和经信局", "科技馆", "商务局"])
    ['科技和经信局']
    """
    key = department_key(short)
    same = [label for label in known if department_key(label) == key]
    # Short forms drop characters and keep the last: 科经局, 金融街管委会.
    inside = [label for label in known if label[-1:] == short[-1:] and is_in_order(short, label)]
    return same or (inside if len(inside) == 1 and len(short) > 2 else [])


def is_in_order(short: str, label: str) -> bool:
    """Tell whether the characters of a short form stand in a name, in their order.

    >>> is_in_order("科经局", "科技和经信局"), is_in_order("经科局", "科技和经信局")
    (True, False)
    """
    rest = iter(label)
    return all(character in rest for character in short)


def concepts(store: Graph, scheme: str) -> Mapping[str, tuple[str, str]]:
    """Return the concepts of a scheme by their codes: what they are called in Chinese and English.

    Args:
        store: The graph.
        scheme: One of the prefixes whose names are concepts, such as `status`.
    """
    space = PREFIXES[scheme]
    found: dict[str, dict[str, str]] = {}
    for iri, label, tag in select(store, _CONCEPTS.replace("scheme:", f"<{space[:-1]}>")).rows:
        found.setdefault(str(iri).removeprefix(space), {})[str(tag)] = str(label)
    return {
        code: (labels.get("zh", code), labels.get("en", code)) for code, labels in found.items()
    }


def _concept(store: Graph, parameter: Parameter, value: str) -> NamedNode:
    known = concepts(store, parameter.kinds[0])
    for code, labels in known.items():
        if value.strip().lower() in (code, *map(str.lower, labels)):
            return NamedNode(PREFIXES[parameter.kinds[0]] + code)
    raise InputError(f"{parameter.name} “{value}”: is none of {', '.join(sorted(known))}")


_CONCEPTS = """SELECT ?iri ?label (LANG(?label) AS ?tag) WHERE {
  ?iri skos:inScheme scheme: ; skos:prefLabel ?label } ORDER BY ?iri ?label"""


def _class(parameter: Parameter, value: str) -> NamedNode:
    for name in CLASSES:
        if value.strip().lower() == name.lower():
            return NamedNode(TKG + name)
    raise InputError(f"{parameter.name} “{value}”: is none of {', '.join(CLASSES)}")


def _unknown(parameter: Parameter, value: str, known: Iterable[str]) -> str:
    shown = value if len(value) <= 40 else f"{value[:40]}…"
    near = nearest(value, known)
    tail = f"; did you mean {', '.join(near)}?" if near else ""
    return f"{parameter.name} “{shown}”: the graph knows no such name{tail}"


def nearest(value: str, known: Iterable[str]) -> list[str]:
    """Return the names nearest to a text, the nearest first.

    >>> nearest("建设", ["财政局", "建设局", "商务区规划建设局"])
    ['建设局', '商务区规划建设局']
    """
    wanted = value[:100]
    labels = sorted(known, key=lambda label: (len(label), label))
    held = [label for label in labels if wanted and (wanted in label or label in wanted)]
    close = get_close_matches(wanted, labels, n=_NEAREST, cutoff=0.4)
    return list(dict.fromkeys((*held, *close)))[:_NEAREST]

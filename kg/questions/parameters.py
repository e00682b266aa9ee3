"""Convert the values of a question's parameters to terms of the graph."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from pyoxigraph import Literal, NamedNode

from kg.errors import InputError
from kg.extraction.linking.departments import department_key
from kg.graph.rdf.literals import integer, typed_literal
from kg.graph.rdf.terms import PREFIXES, TKG, normal_name, term
from kg.graph.stores.protocol import Graph
from kg.kinds import SHARED
from kg.pinyin.sounds import match_typed_names, sounds_of
from kg.questions.sparql import select

# Classes of things that connect departments; the values of `--kind`.
CLASSES = tuple(kind.rdf_class for kind in SHARED)
_NEAREST = 5


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a question.

    Attributes:
        name: Its name.
        kinds: Its type: classes of the vocabulary whose things have names (`Department`), a concept
            scheme (`status`), `class`, `integer` or `date`.
        meaning: What it does, in one sentence.
        required: Whether it is required.
    """

    name: str
    kinds: tuple[str, ...]
    meaning: str
    required: bool = False


def find_terms(store: Graph, parameter: Parameter, value: str) -> list[NamedNode | Literal]:
    """Return the terms for a value; a name that occurs in several districts has several.

    Args:
        store: The graph.
        parameter: The parameter.
        value: A name in any known form, an IRI, a code, a number or a date.

    Raises:
        InputError: The name is not in the graph, or the value has the wrong type.
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
        return [_find_class(parameter, value)]
    if kind in PREFIXES:
        return [_find_concept(store, parameter, value)]
    return _find_things(store, parameter, value)


def _find_by_exact_name(
    store: Graph, classes: Iterable[str], name: str
) -> list[NamedNode | Literal]:
    """Return the things with exactly this name or code, without reading all names."""
    labels = (Literal(name), Literal(name, language="zh"), Literal(name, language="en"))
    found: dict[str, None] = {}
    for each in classes:
        query = _NAMES.replace("tkg:Thing", f"tkg:{each}")
        values = f"WHERE {{ VALUES ?label {{ {' '.join(map(str, labels))} }}"
        rows = select(store, query.replace("WHERE {", values), ("iri",)).rows
        found.update((str(iri), None) for (iri,) in rows)
    return [NamedNode(iri) for iri in found]


def thing_names(store: Graph, classes: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """Return the names of things with their IRIs: preferred and alternative names, and codes.

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


def _find_things(store: Graph, parameter: Parameter, value: str) -> list[NamedNode | Literal]:
    if thing := _find_by_iri(store, parameter, value):
        return [thing]
    if exact := _find_by_exact_name(store, parameter.kinds, value):
        return exact
    known = thing_names(store, parameter.kinds)
    wanted = normal_name(value)
    same = [label for label in known if normal_name(label) == wanted]
    if not same and {"Department", "PublicBody"} & set(parameter.kinds):
        same = match_short_name(wanted, known)
    if not same and wanted.isascii():
        same = match_typed_names(wanted.lower(), "", sounds_of(known))
    if not same:
        raise InputError(_unknown_name_message(parameter, value, known))
    return [NamedNode(iri) for iri in dict.fromkeys(i for label in same for i in known[label])]


def _find_by_iri(store: Graph, parameter: Parameter, value: str) -> NamedNode | None:
    """Return the thing with an IRI, or None."""
    try:
        thing = NamedNode(value)
    except ValueError:
        return None
    kinds = (NamedNode(TKG + kind) for kind in parameter.kinds)
    found = (store.quads_for_pattern(thing, term("rdf:type"), kind) for kind in kinds)
    return thing if any(any(quads) for quads in found) else None


def match_short_name(short: str, known: Iterable[str]) -> list[str]:
    """Return the department that a short form can stand for; empty if there is none or several.

    >>> match_short_name("科经局", ["科技和经信局", "科技馆", "商务局"])
    ['科技和经信局']
    """
    key = department_key(short)
    same = [label for label in known if department_key(label) == key]
    # Short forms leave out characters, but not the last one: 科经局, 金融街管委会.
    inside = [label for label in known if label[-1:] == short[-1:] and is_subsequence(short, label)]
    return same or (inside if len(inside) == 1 and len(short) > 2 else [])


def is_subsequence(short: str, label: str) -> bool:
    """Return whether a name contains the characters of a short form in the same order.

    >>> is_subsequence("科经局", "科技和经信局"), is_subsequence("经科局", "科技和经信局")
    (True, False)
    """
    rest = iter(label)
    return all(character in rest for character in short)


def concepts(store: Graph, scheme: str) -> Mapping[str, tuple[str, str]]:
    """Return the Chinese and English labels of the concepts of a scheme, by their codes.

    Args:
        store: The graph.
        scheme: The prefix of the scheme, such as `status`.
    """
    space = PREFIXES[scheme]
    found: dict[str, dict[str, str]] = {}
    for iri, label, tag in select(store, _CONCEPTS.replace("scheme:", f"<{space[:-1]}>")).rows:
        found.setdefault(str(iri).removeprefix(space), {})[str(tag)] = str(label)
    return {
        code: (labels.get("zh", code), labels.get("en", code)) for code, labels in found.items()
    }


def _find_concept(store: Graph, parameter: Parameter, value: str) -> NamedNode:
    known = concepts(store, parameter.kinds[0])
    for code, labels in known.items():
        if value.strip().lower() in (code, *map(str.lower, labels)):
            return NamedNode(PREFIXES[parameter.kinds[0]] + code)
    raise InputError(f"{parameter.name} “{value}”: is none of {', '.join(sorted(known))}")


_CONCEPTS = """SELECT ?iri ?label (LANG(?label) AS ?tag) WHERE {
  ?iri skos:inScheme scheme: ; skos:prefLabel ?label } ORDER BY ?iri ?label"""


def _find_class(parameter: Parameter, value: str) -> NamedNode:
    for name in CLASSES:
        if value.strip().lower() == name.lower():
            return NamedNode(TKG + name)
    raise InputError(f"{parameter.name} “{value}”: is none of {', '.join(CLASSES)}")


def _unknown_name_message(parameter: Parameter, value: str, known: Iterable[str]) -> str:
    shown = value if len(value) <= 40 else f"{value[:40]}…"
    near = nearest_names(value, known)
    tail = f"; did you mean {', '.join(near)}?" if near else ""
    return f"{parameter.name} “{shown}”: the graph knows no such name{tail}"


def nearest_names(value: str, known: Iterable[str]) -> list[str]:
    """Return the names nearest to a text, the nearest first.

    >>> nearest_names("建设", ["财政局", "建设局", "商务区规划建设局"])
    ['建设局', '商务区规划建设局']
    """
    wanted = value[:100]
    labels = sorted(known, key=lambda label: (len(label), label))
    contained = [label for label in labels if wanted and (wanted in label or label in wanted)]
    close = get_close_matches(wanted, labels, n=_NEAREST, cutoff=0.4)
    return list(dict.fromkeys((*contained, *close)))[:_NEAREST]

"""The form of a question of the catalogue: its fields, and the values in an address."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from kg.graph.rdf.terms import PREFIXES
from kg.questions.catalogue import Question
from kg.questions.parameters import CLASSES, Parameter, concepts, thing_names
from kg.server.data.build_cache import cached_result
from kg.server.data.labels import KINDS
from kg.server.data.snapshot import Snapshot
from kg.server.http.language import language, say
from kg.server.http.problems import Problem
from kg.server.questions.labels import LABELS

# The most names that are listed as suggestions for a field.
_MAX_NAMES = 1000
# Parameters of an address besides those of the question.
_OTHERS = ("lang", "page", "sort", "column")


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a question's form.

    Attributes:
        name: Name of the parameter.
        label: Its label.
        meaning: Its meaning, in English.
        required: Whether the question needs it.
        kind: `choice`, `number`, `date` or `text`.
        options: Values and labels to choose from, or suggestions for a text.
        value: Its value, or empty.
    """

    name: str
    label: str
    meaning: str
    required: bool
    kind: str
    options: tuple[tuple[str, str], ...]
    value: str


def given_values(
    request: Request, question: Question, also_allowed: tuple[str, ...] = ()
) -> dict[str, str]:
    """Return the values in an address for a question's parameters, without empty ones.

    Args:
        request: The request.
        question: The question.
        also_allowed: Further parameters that the address may have.

    Raises:
        Problem: The address has an unknown parameter.
    """
    given = request.query_params
    for name in given:
        if name not in question.parameters and name not in (*_OTHERS, *also_allowed):
            known = ", ".join(question.parameters) or "none"
            raise Problem(
                400,
                f"This question has no parameter “{name[:40]}”; it has: {known}.",
                zh=f"这个问题没有参数“{name[:40]}”，请从网址中去掉。",
            )
    return {
        name: given[name].strip() for name in question.parameters if given.get(name, "").strip()
    }


def question_title(request: Request, question: Question) -> str:
    """Return the title of a question in the page's language."""
    zh, _, en = question.title.partition(" / ")
    return say(request, zh, en)


def form_fields(request: Request, question: Question, given: Mapping[str, str]) -> list[Field]:
    """Return the fields of a question's form, filled with given values."""
    return [
        _form_field(request, one, given.get(one.name, "")) for one in question.parameters.values()
    ]


def _form_field(request: Request, parameter: Parameter, value: str) -> Field:
    kind, *_ = parameter.kinds
    english = language(request) != "zh"
    options: tuple[tuple[str, str], ...] = ()
    shape = {"integer": "number", "date": "date"}.get(kind, "text")
    if kind == "class":
        shape = "choice"
        options = tuple((one, KINDS[one.lower()][english]) for one in CLASSES)
    elif kind in PREFIXES:
        shape = "choice"
        found = cached_result(
            request, ("concepts", kind), lambda build: concepts(build.graph, kind)
        )
        options = tuple((code, labels[english]) for code, labels in found.items())
    elif shape == "text":
        proposed = cached_result(
            request, ("names", parameter.kinds), lambda build: _names_by_iri(build, parameter)
        )
        # An IRI is shown as the name of its thing.
        value = proposed.get(value, value)
        labels = sorted(set(proposed.values()))
        options = tuple((one, one) for one in labels) if len(labels) <= _MAX_NAMES else ()
    label = LABELS[parameter.name][english]
    return Field(
        parameter.name, label, parameter.meaning, parameter.required, shape, options, value
    )


def _names_by_iri(build: Snapshot, parameter: Parameter) -> Mapping[str, str]:
    """Return the shortest name of each thing that a parameter accepts, by IRI."""
    shortest: dict[str, str] = {}
    for label, iris in thing_names(build.graph, parameter.kinds).items():
        for iri in iris:
            if not label.isdecimal() and len(label) < len(shortest.get(iri, label + "…")):
                shortest[iri] = label
    return shortest

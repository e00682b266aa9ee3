"""The form of a question of the catalogue: its fields, and the values that an address gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from starlette.requests import Request

from kg.graph.terms import PREFIXES
from kg.questions.catalogue import Question
from kg.questions.parameters import CLASSES, Parameter, concepts, names
from kg.server.data.build_cache import cached_result
from kg.server.data.labels import KINDS
from kg.server.data.snapshot import Snapshot
from kg.server.http.language import language, say
from kg.server.http.problems import Problem
from kg.server.questions.labels import LABELS

# A list of names to choose from; with more it is quicker to type one.
_NAMES = 1000
# Parameters of an address beside those of the question.
_OTHERS = ("lang", "page", "sort", "column")


@dataclass(frozen=True, slots=True)
class Field:
    """A part of a question's form.

    Attributes:
        name: Name of the parameter.
        label: What it is called.
        meaning: What it does, in English.
        required: Whether the question cannot do without it.
        kind: `choice`, `number`, `date` or `text`.
        options: What may be chosen: values and what they are called; proposals for a text.
        value: What was given.
    """

    name: str
    label: str
    meaning: str
    required: bool
    kind: str
    options: tuple[tuple[str, str], ...]
    value: str


def given_values(request: Request, asked: Question, but: tuple[str, ...] = ()) -> dict[str, str]:
    """Return what an address gives for a question's parameters; what is left empty is not given.

    Raises:
        Problem: The question has no parameter of that name.
    """
    given = request.query_params
    for name in given:
        if name not in asked.parameters and name not in (*_OTHERS, *but):
            known = ", ".join(asked.parameters) or "none"
            raise Problem(
                400,
                f"This question has no parameter “{name[:40]}”; it has: {known}.",
                zh=f"这个问题没有参数“{name[:40]}”，请从网址中去掉。",
            )
    return {name: given[name].strip() for name in asked.parameters if given.get(name, "").strip()}


def question_title(request: Request, asked: Question) -> str:
    """Return the title of a question in the page's language."""
    zh, _, en = asked.title.partition(" / ")
    return say(request, zh, en)


def form_fields(request: Request, asked: Question, given: Mapping[str, str]) -> list[Field]:
    """Return the form of a question, filled with what is given."""
    return [_form_field(request, one, given.get(one.name, "")) for one in asked.parameters.values()]


def _form_field(request: Request, parameter: Parameter, value: str) -> Field:
    kind, *_ = parameter.kinds
    second = language(request) != "zh"
    options: tuple[tuple[str, str], ...] = ()
    shape = {"integer": "number", "date": "date"}.get(kind, "text")
    if kind == "class":
        shape = "choice"
        options = tuple((one, KINDS[one.lower()][second]) for one in CLASSES)
    elif kind in PREFIXES:
        shape = "choice"
        found = cached_result(
            request, ("concepts", kind), lambda build: concepts(build.graph, kind)
        )
        options = tuple((code, labels[second]) for code, labels in found.items())
    elif shape == "text":
        proposed = cached_result(
            request, ("names", parameter.kinds), lambda build: _names_by_iri(build, parameter)
        )
        # What was given by its IRI is shown by its name.
        value = proposed.get(value, value)
        labels = sorted(set(proposed.values()))
        options = tuple((one, one) for one in labels) if len(labels) <= _NAMES else ()
    label = LABELS[parameter.name][second]
    return Field(
        parameter.name, label, parameter.meaning, parameter.required, shape, options, value
    )


def _names_by_iri(build: Snapshot, parameter: Parameter) -> Mapping[str, str]:
    """Return for the IRI of each thing that a parameter takes its shortest name."""
    shortest: dict[str, str] = {}
    for label, iris in names(build.graph, parameter.kinds).items():
        for iri in iris:
            if not label.isdecimal() and len(label) < len(shortest.get(iri, label + "…")):
                shortest[iri] = label
    return shortest

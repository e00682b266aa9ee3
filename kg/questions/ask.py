"""Plain questions, in Chinese and English, put to the catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import InputError
from kg.graph.protocol import Graph
from kg.questions.catalogue import Question, bound, questions, without_header
from kg.questions.phrasings import Phrasings
from kg.questions.recognise import Recogniser
from kg.questions.words import known_words

# Characters that a question may have.
LONGEST_QUESTION = 1000
_ALTERNATIVES = 3
_CHINESE = re.compile(r"[一-鿿]")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question of the catalogue that may have been meant, and how one asks it."""

    question: Question
    example: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """What was understood of a plain question.

    Attributes:
        question: The question of the catalogue; None where it was not understood.
        parameters: The values that narrow it, by name.
        sparql: The query; empty where the question was not understood.
        confidence: From 0 to 1, how well the question agrees with a phrasing of the catalogue.
        alternatives: The nearest other questions.
    """

    question: Question | None
    parameters: Mapping[str, str]
    sparql: str
    confidence: float
    alternatives: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Known:
    """What questions to one graph are compared with."""

    phrasings: Phrasings
    recogniser: Recogniser


def known(store: Graph) -> Known:
    """Return what questions to a graph are compared with; all its names are read for it."""
    catalogue = questions()
    phrasings = Phrasings(catalogue, known_words())
    return Known(phrasings, Recogniser(store, _kinds(catalogue), phrasings.words))


def understand(store: Graph, text: str, among: Known) -> Understanding:
    """Return what is understood of a plain question.

    Args:
        store: The graph.
        text: The question, in Chinese or English.
        among: What it is compared with.

    Raises:
        InputError: The question is empty or too long, or it is understood and names what the graph
            does not know; the message tells the nearest names.
    """
    if not text.strip():
        raise InputError("the question is empty; ask such as 哪些任务延期了？")
    if len(text) > LONGEST_QUESTION:
        raise InputError(
            f"the question has {len(text)} characters; ask in at most {LONGEST_QUESTION}"
        )
    best, *others = among.phrasings.ranked(among.recogniser.parts(text))
    near = others if best.understood else [best, *others]
    alternatives = tuple(
        Suggestion(found, _example(found, among.recogniser, bool(_CHINESE.search(text))))
        for found in (match.phrasing.question for match in near[:_ALTERNATIVES])
    )
    confidence = round(best.score, 2)
    if not best.understood:
        return Understanding(None, {}, "", confidence, alternatives)
    asked = best.phrasing.question
    sparql = without_header(bound(store, asked, best.given))
    return Understanding(asked, best.given, sparql, confidence, alternatives)


def _kinds(catalogue: tuple[Question, ...]) -> set[str]:
    """Return the classes of all things that questions can be narrowed to."""
    kinds = {
        kind
        for question in catalogue
        for parameter in question.parameters.values()
        for kind in parameter.kinds
    }
    return {kind for kind in kinds if kind[0].isupper()}


def _example(question: Question, recogniser: Recogniser, chinese: bool) -> str:
    """Return the first phrasing of a question in a language, its braces filled."""
    phrasing = next(
        (text for text in question.phrasings if bool(_CHINESE.search(text)) == chinese),
        question.phrasings[0],
    )
    used: list[str] = []
    for name in _SLOT.findall(phrasing):
        kind = question.parameters[name].kinds[0]
        used.append(recogniser.example(kind, used))
    return _SLOT.sub("{}", phrasing).format(*used)

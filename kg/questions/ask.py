"""Match plain-language questions in Chinese and English with the catalogue."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from kg.errors import InputError
from kg.graph.stores.protocol import Graph
from kg.questions.catalogue import Question, bind_parameters, questions, strip_header
from kg.questions.phrasings import Phrasings
from kg.questions.recogniser import Recogniser
from kg.questions.words import load_words

# Maximum number of characters in a question.
LONGEST_QUESTION = 1000
_ALTERNATIVES = 3
_CHINESE = re.compile(r"[一-鿿]")
_SLOT = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A question of the catalogue that may have been meant, with an example of how to ask it."""

    question: Question
    example: str


@dataclass(frozen=True, slots=True)
class Understanding:
    """How a plain-language question was understood.

    Attributes:
        question: The question of the catalogue; None if it was not understood.
        parameters: The values of its parameters, by name.
        sparql: The query; empty if the question was not understood.
        confidence: From 0 to 1, how well the question matches a phrasing of the catalogue.
        alternatives: The nearest other questions.
    """

    question: Question | None
    parameters: Mapping[str, str]
    sparql: str
    confidence: float
    alternatives: tuple[Suggestion, ...]


@dataclass(frozen=True, slots=True)
class Matcher:
    """The phrasings and names that questions to one graph are compared with."""

    phrasings: Phrasings
    recogniser: Recogniser


def build_matcher(store: Graph) -> Matcher:
    """Return the matcher for questions to a graph; it reads all names in the graph."""
    catalogue = questions()
    phrasings = Phrasings(catalogue, load_words())
    return Matcher(phrasings, Recogniser(store, _parameter_classes(catalogue), phrasings.words))


def understand(store: Graph, text: str, matcher: Matcher) -> Understanding:
    """Match a plain-language question with the catalogue.

    Args:
        store: The graph.
        text: The question, in Chinese or English.
        matcher: The names and phrasings that it is compared with.

    Raises:
        InputError: The question is empty or too long, or it is understood but has a name that is
            not in the graph; the message lists the nearest names.
    """
    if not text.strip():
        raise InputError("the question is empty; ask something like 哪些任务延期了？")
    if len(text) > LONGEST_QUESTION:
        raise InputError(
            f"the question has {len(text)} characters; the limit is {LONGEST_QUESTION}"
        )
    best, *others = matcher.phrasings.rank_matches(matcher.recogniser.split_question(text))
    near = others if best.is_understood else [best, *others]
    alternatives = tuple(
        Suggestion(found, _example_question(found, matcher.recogniser, bool(_CHINESE.search(text))))
        for found in (match.phrasing.question for match in near[:_ALTERNATIVES])
    )
    confidence = round(best.score, 2)
    if not best.is_understood:
        return Understanding(None, {}, "", confidence, alternatives)
    question = best.phrasing.question
    sparql = strip_header(bind_parameters(store, question, best.given))
    return Understanding(question, best.given, sparql, confidence, alternatives)


def _parameter_classes(catalogue: tuple[Question, ...]) -> set[str]:
    """Return the classes of the things that questions take as parameters."""
    kinds = {
        kind
        for question in catalogue
        for parameter in question.parameters.values()
        for kind in parameter.kinds
    }
    return {kind for kind in kinds if kind[0].isupper()}


def _example_question(question: Question, recogniser: Recogniser, chinese: bool) -> str:
    """Return the first phrasing of a question in a language, with its braces filled."""
    phrasing = next(
        (text for text in question.phrasings if bool(_CHINESE.search(text)) == chinese),
        question.phrasings[0],
    )
    used: list[str] = []
    for name in _SLOT.findall(phrasing):
        kind = question.parameters[name].kinds[0]
        used.append(recogniser.example_name(kind, used))
    return _SLOT.sub("{}", phrasing).format(*used)

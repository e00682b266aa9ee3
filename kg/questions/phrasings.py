"""Score how well a question matches a phrasing of the catalogue.

Both are compared by their parts: words with a meaning, and names, states, numbers and dates, which
fill the braces of the phrasing and other parameters of its question. The score is the weight of the
common parts relative to all parts. A word weighs less the more questions use it. Unknown parts
weigh most, so that a question about something else is not answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.questions.catalogue import Question
from kg.questions.parameters import Parameter
from kg.questions.recogniser import Part
from kg.questions.words import Group, Words, compile_words, split_phrasing

_NAME, _LOST = 1.0, 3.0
_THRESHOLD = 0.68
# The threshold for a match that takes an unknown part for a name that is not in the graph.
_THRESHOLD_OF_UNKNOWN = 0.85


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A phrasing of a question: its words, by group, and its parameters, in order."""

    question: Question
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """A match of a question with a phrasing.

    Attributes:
        phrasing: The phrasing.
        given: Values for parameters of its question.
        score: From 0 to 1, how well they match.
        order: The share of the common parts that are in the same order.
        has_unknown_name: Whether a value is a name that may not be in the graph.
    """

    phrasing: Phrasing
    given: Mapping[str, str]
    score: float
    order: float
    has_unknown_name: bool

    @property
    def rank(self) -> tuple[float, int, float]:
        """The sort key: the score, then the number of words, then the order."""
        words = [name for kind, name in self.phrasing.items if kind == "word"]
        return self.score, len(words), self.order

    @property
    def is_understood(self) -> bool:
        """Whether the match is good enough to answer the question."""
        parameters = self.phrasing.question.parameters.values()
        complete = all(item.name in self.given for item in parameters if item.required)
        return complete and self.score >= (
            _THRESHOLD_OF_UNKNOWN if self.has_unknown_name else _THRESHOLD
        )


class Phrasings:
    """All phrasings of the catalogue, the words in them and the weight of each word."""

    def __init__(self, catalogue: Iterable[Question], known: Words) -> None:
        """Split the phrasings into words; unknown words are added to the known ones."""
        self.all = [
            Phrasing(question, tuple(dict.fromkeys(split_phrasing(text, known))))
            for question in catalogue
            for text in question.phrasings
        ]
        items = {(one.question.name, item) for one in self.all for item in one.items}
        used = Counter(name for _, (kind, name) in items if kind == "word")
        new = {word: Group(word) for word in used if word not in known.groups}
        self.words = compile_words({**known.groups, **new})
        self._weights = {word: count**-0.5 for word, count in used.items()}

    def rank_matches(self, parts: Sequence[Part]) -> list[Match]:
        """Return the best match with each question of the catalogue, the best first."""
        best: dict[str, Match] = {}
        for match in (self._compare(phrasing, parts) for phrasing in self.all):
            name = match.phrasing.question.name
            if name not in best or match.rank > best[name].rank:
                best[name] = match
        return sorted(best.values(), key=lambda match: match.rank, reverse=True)

    def _compare(self, phrasing: Phrasing, parts: Sequence[Part]) -> Match:
        given: dict[str, str] = {}
        # The matched items of the phrasing, by index, with the parts of the question.
        pairs = _fill_slots(phrasing, parts, given)
        in_braces = list(pairs.values())
        pairs |= _match_words(phrasing, parts, but=in_braces)
        has_words = len(pairs) > len(in_braces)
        besides = _fill_other_parameters(phrasing, parts, given, but=in_braces)
        stranger = _find_unknown_name(phrasing, parts, pairs)
        pairs |= stranger
        for index, part in stranger.items():
            given[phrasing.items[index][1]] = part.text
        used = [part for part in parts if part in pairs.values() or part in besides]
        theirs = [self._weight_of_item(item) for item in phrasing.items]
        alike = sum(theirs[index] for index in pairs)
        alike += sum(self._weight_of_part(part, True) for part in used)
        whole = sum(theirs) + sum(self._weight_of_part(part, part in used) for part in parts)
        starts = [pairs[index].start for index in sorted(pairs)]
        in_order = [one < other for one, other in pairwise(starts)]
        return Match(
            phrasing,
            given,
            alike / whole if has_words else 0.0,
            sum(in_order) / len(in_order) if in_order else 0.0,
            bool(stranger),
        )

    def _weight_of_item(self, item: tuple[str, str]) -> float:
        kind, name = item
        return self._weights[name] if kind == "word" else _NAME

    def _weight_of_part(self, part: Part, used: bool) -> float:
        # A name or value that fits no parameter suggests a different question.
        return self._weights.get(part.word, _NAME) if part.word else _NAME if used else _LOST


def _fill_slots(
    phrasing: Phrasing, parts: Sequence[Part], given: dict[str, str]
) -> dict[int, Part]:
    """Fill the braces of a phrasing, each with the first part that fits."""
    pairs: dict[int, Part] = {}
    parameters = phrasing.question.parameters
    for index, (kind, name) in enumerate(phrasing.items):
        if kind == "slot":
            free = (part for part in parts if part not in pairs.values())
            part = next((part for part in free if _parameter_value(parameters[name], part)), None)
            if part:
                chosen = _most_specific_parameter(parameters[name], part, parameters, given)
                given[chosen.name] = _parameter_value(chosen, part)
                pairs[index] = part
    return pairs


def _match_words(phrasing: Phrasing, parts: Sequence[Part], but: Sequence[Part]) -> dict[int, Part]:
    said = {part.word: part for part in reversed(parts) if part.word and part not in but}
    return {
        index: said[name]
        for index, (kind, name) in enumerate(phrasing.items)
        if kind == "word" and name in said
    }


def _fill_other_parameters(
    phrasing: Phrasing, parts: Sequence[Part], given: dict[str, str], but: Sequence[Part]
) -> list[Part]:
    """Fill the other parameters of the question if only one part fits; return these parts."""
    found: list[Part] = []
    for name, parameter in phrasing.question.parameters.items():
        if name in given or parameter.kinds == ("NamedThing",):
            continue
        # A month fills both the first and the last day.
        taken = () if parameter.kinds == ("date",) else (*but, *found)
        values = {
            value: part
            for part in parts
            if part not in taken and (value := _parameter_value(parameter, part))
        }
        if len(values) == 1:
            ((given[name], part),) = values.items()
            found.append(part)
    return found


def _find_unknown_name(
    phrasing: Phrasing, parts: Sequence[Part], pairs: Mapping[int, Part]
) -> dict[int, Part]:
    """Return the unknown part that can only be the name of the one open item, by its index."""
    unknown = [part for part in parts if part.is_unknown]
    wanted = [index for index in range(len(phrasing.items)) if index not in pairs]
    if len(unknown) == len(wanted) == 1:
        kind, name = phrasing.items[wanted[0]]
        parameters = phrasing.question.parameters
        if kind == "slot" and _can_be_name(parameters[name], unknown[0], len(pairs)):
            return {wanted[0]: unknown[0]}
    return {}


def _parameter_value(parameter: Parameter, part: Part) -> str:
    """Return the value of a part for a parameter; empty if it does not fit."""
    if parameter.kinds == ("date",):
        return part.values.get(parameter.name, "")
    return next((part.values[kind] for kind in parameter.kinds if kind in part.values), "")


def _most_specific_parameter(
    slot: Parameter, part: Part, parameters: Mapping[str, Parameter], given: Mapping[str, str]
) -> Parameter:
    """Return the most specific parameter for a part: a subdistrict rather than a thing."""
    if slot.kinds != ("NamedThing",):
        return slot
    fitting = (
        one for one in parameters.values() if one.name not in given and _parameter_value(one, part)
    )
    return next(fitting, slot)


def _can_be_name(parameter: Parameter, part: Part, beside: int) -> bool:
    """Return whether an unknown part can be a name for a parameter.

    Names of departments are recognised by their ending; other names need more matched items
    besides them.
    """
    if "Department" in parameter.kinds or "PublicBody" in parameter.kinds:
        return part.is_body
    return parameter.kinds[0][0].isupper() and len(part.text) > 1 and beside > 1

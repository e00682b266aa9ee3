"""How well a question agrees with a phrasing of the catalogue.

Both are compared by what they consist of: words that mean something, and names, states, numbers and
dates, which fill the phrasing's braces and whatever else narrows its question. The more they have
in common and the less either has alone, the surer the match. A word counts for less the more
questions use it; what is unknown counts most, so that no question about something else is answered.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kg.questions.catalogue import Question
from kg.questions.parameters import Parameter
from kg.questions.recognise import Part
from kg.questions.words import Group, Words, split, words

_NAME, _LOST = 1.0, 3.0
_THRESHOLD = 0.68
# A phrasing that is only understood with a name that the graph lacks must agree otherwise.
_THRESHOLD_OF_UNKNOWN = 0.85


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A way to put a question: its words, by group, and parameters in braces, in their order."""

    question: Question
    items: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Match:
    """How a question agrees with a phrasing.

    Attributes:
        phrasing: The phrasing.
        given: Values for parameters of its question.
        score: From 0 to 1, how well they agree.
        order: The share of what agrees that stands in the same order.
        stranger: Whether a value is a name that the graph may lack.
    """

    phrasing: Phrasing
    given: Mapping[str, str]
    score: float
    order: float
    stranger: bool

    @property
    def rank(self) -> tuple[float, int, float]:
        """What to sort matches by: of equals the one with more words, then in the same order."""
        words = [name for kind, name in self.phrasing.items if kind == "word"]
        return self.score, len(words), self.order

    @property
    def understood(self) -> bool:
        """Whether the question may be taken for this one."""
        parameters = self.phrasing.question.parameters.values()
        complete = all(one.name in self.given for one in parameters if one.required)
        return complete and self.score >= (_THRESHOLD_OF_UNKNOWN if self.stranger else _THRESHOLD)


class Phrasings:
    """All phrasings of the catalogue, the words in them, and how much each word tells."""

    def __init__(self, catalogue: Iterable[Question], known: Words) -> None:
        """Take the phrasings apart; words that are not known yet are learned from them."""
        self.all = [
            Phrasing(question, tuple(dict.fromkeys(split(text, known))))
            for question in catalogue
            for text in question.phrasings
        ]
        items = {(one.question.name, item) for one in self.all for item in one.items}
        used = Counter(name for _, (kind, name) in items if kind == "word")
        new = {word: Group(word) for word in used if word not in known.groups}
        self.words = words({**known.groups, **new})
        self._weights = {word: count**-0.5 for word, count in used.items()}

    def ranked(self, parts: Sequence[Part]) -> list[Match]:
        """Return how a question agrees with each question of the catalogue, the best first."""
        best: dict[str, Match] = {}
        for match in (self._compare(phrasing, parts) for phrasing in self.all):
            name = match.phrasing.question.name
            if name not in best or match.rank > best[name].rank:
                best[name] = match
        return sorted(best.values(), key=lambda match: match.rank, reverse=True)

    def _compare(self, phrasing: Phrasing, parts: Sequence[Part]) -> Match:
        given: dict[str, str] = {}
        # What of the phrasing is matched, by its place there, and by what.
        pairs = _fill(phrasing, parts, given)
        in_braces = list(pairs.values())
        pairs |= _words_in_common(phrasing, parts, but=in_braces)
        has_words = len(pairs) > len(in_braces)
        besides = _narrow(phrasing, parts, given, but=in_braces)
        stranger = _stranger(phrasing, parts, pairs)
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
        # What would narrow the question, and does not, makes another question of it.
        return self._weights.get(part.word, _NAME) if part.word else _NAME if used else _LOST


def _fill(phrasing: Phrasing, parts: Sequence[Part], given: dict[str, str]) -> dict[int, Part]:
    """Fill a phrasing's braces, each with the first part that fits."""
    pairs: dict[int, Part] = {}
    parameters = phrasing.question.parameters
    for index, (kind, name) in enumerate(phrasing.items):
        if kind == "slot":
            free = (part for part in parts if part not in pairs.values())
            part = next((part for part in free if _value(parameters[name], part)), None)
            if part:
                chosen = _most_particular(parameters[name], part, parameters, given)
                given[chosen.name] = _value(chosen, part)
                pairs[index] = part
    return pairs


def _words_in_common(
    phrasing: Phrasing, parts: Sequence[Part], but: Sequence[Part]
) -> dict[int, Part]:
    said = {part.word: part for part in reversed(parts) if part.word and part not in but}
    return {
        index: said[name]
        for index, (kind, name) in enumerate(phrasing.items)
        if kind == "word" and name in said
    }


def _narrow(
    phrasing: Phrasing, parts: Sequence[Part], given: dict[str, str], but: Sequence[Part]
) -> list[Part]:
    """Give what else narrows the question, where only one part can; return these parts."""
    found: list[Part] = []
    for name, parameter in phrasing.question.parameters.items():
        if name in given or parameter.kinds == ("NamedThing",):
            continue
        # A month is both from and until.
        taken = () if parameter.kinds == ("date",) else (*but, *found)
        values = {
            value: part
            for part in parts
            if part not in taken and (value := _value(parameter, part))
        }
        if len(values) == 1:
            ((given[name], part),) = values.items()
            found.append(part)
    return found


def _stranger(
    phrasing: Phrasing, parts: Sequence[Part], pairs: Mapping[int, Part]
) -> dict[int, Part]:
    """Return the unknown part that can only be the name that a phrasing wants, and its place."""
    unknown = [part for part in parts if part.unknown]
    wanted = [index for index in range(len(phrasing.items)) if index not in pairs]
    if len(unknown) == len(wanted) == 1:
        kind, name = phrasing.items[wanted[0]]
        parameters = phrasing.question.parameters
        if kind == "slot" and _may_name(parameters[name], unknown[0], len(pairs)):
            return {wanted[0]: unknown[0]}
    return {}


def _value(parameter: Parameter, part: Part) -> str:
    """Return what a part of a question says of a parameter; nothing if it does not fit."""
    if parameter.kinds == ("date",):
        return part.values.get(parameter.name, "")
    return next((part.values[kind] for kind in parameter.kinds if kind in part.values), "")


def _most_particular(
    slot: Parameter, part: Part, parameters: Mapping[str, Parameter], given: Mapping[str, str]
) -> Parameter:
    """Return the parameter for a part in the place of `slot`: a subdistrict rather than a thing."""
    if slot.kinds != ("NamedThing",):
        return slot
    fitting = (one for one in parameters.values() if one.name not in given and _value(one, part))
    return next(fitting, slot)


def _may_name(parameter: Parameter, part: Part, beside: int) -> bool:
    """Return whether an unknown part can be the name of what a parameter takes.

    Only the name of a department is told by its ending, so that another needs more beside it.
    """
    if "Department" in parameter.kinds or "PublicBody" in parameter.kinds:
        return part.is_body
    return parameter.kinds[0][0].isupper() and len(part.text) > 1 and beside > 1

"""Tag a pair of texts: a promise and its report."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from kg.model import Comparator, Judgement
from kg.tagger.calibration import calibrate
from kg.tagger.labels import COMPARATORS, JUDGEMENTS, LINK_SCALE, STATES, head_columns
from kg.tagger.model import Characters, Model
from kg.tagger.spans import LabelledSpan, Scores, name_spans, softmax, stretch_spans

Offsets = tuple[int, int]
_CLAUSE = re.compile(r"[^，,。；;！？：\n]*[，,。；;！？：\n]*")
_SENTENCE = re.compile(r"[^。；;！？\n]*[。；;！？\n]*")
_COLUMNS = head_columns()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two texts to be tagged together, and the numbers in them.

    Attributes:
        first: The promise.
        second: The report; may be empty.
        promises: Spans of numbers in the first text.
        reports: Spans of numbers in the second text.
    """

    first: str
    second: str
    promises: tuple[Offsets, ...] = ()
    reports: tuple[Offsets, ...] = ()


@dataclass(frozen=True, slots=True)
class PromiseLabels:
    """The labels of a number in the first text.

    Attributes:
        target: The probability that it is a target.
        comparator: How it is meant: at least, at most and so on.
        judgement: Whether it is reached.
        judgement_probability: The probability of the judgement.
        answers: For each reported number the probability that it answers the promise; last, that
            none does.
    """

    target: float
    comparator: Comparator
    judgement: Judgement
    judgement_probability: float
    answers: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Tagging:
    """What the model finds in a pair of texts.

    Attributes:
        first_names: The names in the first text.
        second_names: The names in the second text.
        stretches: The second text, from beginning to end, split by type.
        state: The state in the second text, at the sentence with the greatest weight.
        promises: The labels of each number in the first text.
    """

    first_names: tuple[LabelledSpan, ...]
    second_names: tuple[LabelledSpan, ...]
    stretches: tuple[LabelledSpan, ...]
    state: LabelledSpan | None
    promises: tuple[PromiseLabels, ...]


def tag_pair(pair: Pair, model: Model) -> Tagging:
    """Return what the model finds in a pair of texts."""
    read = model.score(pair.first, pair.second)
    first, second = (characters.scores for characters in read)
    answers = [second[slice(*span), _COLUMNS["answers"]].mean(axis=0) for span in pair.reports]

    def names(characters: Characters) -> tuple[LabelledSpan, ...]:
        return tuple(
            LabelledSpan(s.start, s.end, s.label, calibrate(model, "names", s.probability))
            for s in name_spans(characters.scores[:, _COLUMNS["names"]], characters.inside)
        )

    return Tagging(
        names(read[0]),
        names(read[1]),
        tuple(stretch_spans(second[:, _COLUMNS["stretches"]], _match_spans(_CLAUSE, pair.second))),
        _find_state(second, _match_spans(_SENTENCE, pair.second), model)
        if pair.second.strip()
        else None,
        tuple(_promise_labels(first, span, answers, model) for span in pair.promises),
    )


def _match_spans(pattern: re.Pattern[str], text: str) -> list[Offsets]:
    return [match.span() for match in pattern.finditer(text) if match.group()]


def _find_state(scores: Scores, sentences: Sequence[Offsets], model: Model) -> LabelledSpan:
    """Return the state in a text, at the sentence with the greatest weight."""
    weights = softmax(scores[:, _COLUMNS["state_weight"]].T)[0]
    states = scores[:, _COLUMNS["states"]]
    chances = softmax(weights @ states)
    best = int(chances.argmax())
    shares = weights * softmax(states)[:, best]
    start, end = max(sentences, key=lambda sentence: float(shares[slice(*sentence)].sum()))
    probability = calibrate(model, "states", float(chances[best]))
    return LabelledSpan(start, end, STATES[best], probability)


def _promise_labels(
    first: Scores, span: Offsets, answers: Sequence[Scores], model: Model
) -> PromiseLabels:
    """Return the labels of a number of the first text, given a vector per reported number."""
    own = first[slice(*span)].mean(axis=0)
    comparator = int(own[_COLUMNS["comparators"]].argmax())
    judgements = softmax(own[_COLUMNS["judgements"]])
    judgement = int(judgements.argmax())
    links = [float(answer @ own[_COLUMNS["links"]]) * LINK_SCALE for answer in answers]
    chances = softmax(np.array([*links, 0.0], np.float32))
    return PromiseLabels(
        calibrate(model, "targets", float(softmax(own[_COLUMNS["targets"]])[1])),
        COMPARATORS[comparator],
        JUDGEMENTS[judgement],
        calibrate(model, "judgements", float(judgements[judgement])),
        tuple(round(float(chance), 3) for chance in chances),
    )

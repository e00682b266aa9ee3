"""Which tasks and sentences a question is about: BM25 over pairs of characters and words.

Robertson, S., Zaragoza, H.: *The Probabilistic Relevance Framework: BM25 and Beyond* (2009).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log

from kg.answers.tasks import TaskRecord
from kg.answers.understanding.words import added_words
from kg.sentences import sentence_spans

_SATURATION, _LENGTH = 1.2, 0.6
# A sentence counts beside its task, and the promise, which says what a task is about, more.
_SENTENCE, _PROMISE = 0.5, 2
# Tasks whose sentences are looked at, and parts of a usual sentence.
_LOOKED_AT, _USUAL = 40, 60
# How many parts a word counts at most that documents say for one of the question.
_ADDED = 2.0
# How many of the rarest parts of a question tell that two tasks are about the same matter.
_RAREST = 3
_RUNS = re.compile(r"[一-鿿]+|[a-z]+|\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a task.

    Attributes:
        text: The sentence.
        grams: What it consists of.
    """

    text: str
    grams: Counter[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A task that a question may be about.

    Attributes:
        task: The task.
        score: How well it fits: 1 is what a word that no task has would weigh.
        coverage: Which share of what the question says, weighted by rarity, it holds.
        held: How much of the question it holds: 1 is what a word that no task has would weigh.
        sentences: All its sentences, the best fitting first.
    """

    task: TaskRecord
    score: float
    coverage: float
    held: float
    sentences: tuple[str, ...]


class Index:
    """The tasks of a graph, ready to be searched."""

    def __init__(self, tasks: Sequence[TaskRecord]) -> None:
        """Count what the tasks consist of."""
        self.tasks = tasks
        self._sentences = [list(map(_sentence, split_sentences(task))) for task in tasks]
        self._grams = [_task_grams(task) for task in tasks]
        seen = Counter(gram for grams in self._grams for gram in grams)
        self._rarity = {gram: log(1 + len(tasks) / count) for gram, count in seen.items()}
        self._unseen = log(1 + 2 * len(tasks))
        self._sizes = [sum(grams.values()) for grams in self._grams]
        self._mean = sum(self._sizes) / max(1, len(self._sizes))
        self._places: dict[str, list[int]] = defaultdict(list)
        for place, grams in enumerate(self._grams):
            for gram in grams:
                self._places[gram].append(place)

    def search(self, question: str, among: Iterable[TaskRecord] | None = None) -> list[Hit]:
        """Return the tasks that a question is about, the best first.

        Args:
            question: What is asked, without words that only ask.
            among: The tasks to look at; all where it is left out.
        """
        wanted = weigh_words(question)
        allowed = None if among is None else {id(task) for task in among}
        # English words that no task has were asked in Chinese too, or say nothing.
        told = [gram for gram in wanted if gram in self._rarity or not gram.isascii()]
        total = sum(self._rarity.get(gram, self._unseen) * wanted[gram] for gram in told)
        scores = self._task_scores(wanted)
        order = sorted(
            (place for place in scores if allowed is None or id(self.tasks[place]) in allowed),
            key=lambda place: -scores[place],
        )
        hits = [self._hit(place, scores[place], wanted, total) for place in order[:_LOOKED_AT]]
        return sorted(hits, key=lambda hit: -hit.score)

    def _task_scores(self, wanted: Mapping[str, float]) -> dict[int, float]:
        """Return the places of the tasks that hold a part of a question, with their scores."""
        scores: dict[int, float] = defaultdict(float)
        for gram, asked in wanted.items():
            for place in self._places.get(gram, ()):
                size = self._sizes[place] / max(1.0, self._mean)
                scores[place] += asked * self._weight(gram, self._grams[place][gram], size)
        return scores

    def _hit(self, place: int, score: float, wanted: Mapping[str, float], total: float) -> Hit:
        """Return a task with its sentences, the best first."""
        task = self.tasks[place]
        scored = sorted(
            (
                (self._sentence_score(wanted, sentence.grams), -number, sentence.text)
                for number, sentence in enumerate(self._sentences[place])
            ),
            reverse=True,
        )
        held = sum(
            self._rarity[gram] * asked
            for gram, asked in wanted.items()
            if gram in self._grams[place]
        )
        best = scored[0][0] if scored else 0.0
        texts = tuple(text for _, _, text in scored) or (task.promise,)
        share = held / total if total else 0.0
        score = (score + _SENTENCE * best) / self._unseen
        return Hit(task, score, share, held / self._unseen, texts)

    def adds(self, question: str, first: Hit, second: Hit) -> bool:
        """Tell whether a second task says of the same matter what the first does not.

        Both name something rare of the question; the second holds more of it than the first alone.
        """
        wanted = set(weigh_words(question))
        grams = [set(grams_of(hit.task.text)) & wanted for hit in (first, second)]
        rarest = sorted(grams[0], key=lambda gram: -self._rarity.get(gram, 0.0))[:_RAREST]
        return bool(grams[1].intersection(rarest)) and bool(grams[1] - grams[0])

    def _sentence_score(self, wanted: Mapping[str, float], grams: Counter[str]) -> float:
        size = sum(grams.values()) / _USUAL
        return sum(
            asked * self._weight(gram, grams[gram], size)
            for gram, asked in wanted.items()
            if gram in grams
        )

    def _weight(self, gram: str, count: int, size: float) -> float:
        """Return what a part weighs that stands in a text of some size, 1 for the usual one."""
        room = _SATURATION * (1 - _LENGTH + _LENGTH * size)
        return self._rarity[gram] * count * (_SATURATION + 1) / (count + room)


def grams_of(text: str) -> list[str]:
    """Return the pairs of Chinese characters, the words and the numbers of a text.

    >>> grams_of("修建天桥6座, CBD")
    ['修建', '建天', '天桥', '6', '座', 'cbd']
    """
    found: list[str] = []
    for run in _RUNS.findall(text.lower()):
        if "一" <= run[0] <= "鿿" and len(run) > 1:
            found += [a + b for a, b in pairwise(run)]
        else:
            found.append(run)
    return found


def weigh_words(question: str) -> dict[str, float]:
    """Return the parts of a question with their weights.

    What the glossary adds for one word counts as two parts at most, however long it is.
    """
    weights: dict[str, float] = {}
    for told in added_words(question):
        grams = grams_of(told)
        weights |= dict.fromkeys(grams, min(1.0, _ADDED / len(grams)))
    return weights | dict.fromkeys(grams_of(question), 1.0)


def _task_grams(task: TaskRecord) -> Counter[str]:
    grams: Counter[str] = Counter()
    for gram in grams_of(task.promise):
        grams[gram] += _PROMISE
    grams.update(grams_of(task.progress))
    return grams


def split_sentences(task: TaskRecord) -> list[str]:
    """Return the sentences of a task: those of its promise, then those of its report."""
    texts = [text for text in (task.promise, task.progress) if text]
    return [t[start:end].strip() for t in texts for start, end in sentence_spans(t)]


def _sentence(text: str) -> Sentence:
    return Sentence(text, Counter(grams_of(text)))

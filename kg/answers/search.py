"""Search for tasks and sentences that match a question, with BM25 over character pairs and words.

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
from kg.answers.understanding.words import find_document_words
from kg.sentences import sentence_spans

_SATURATION, _LENGTH = 1.2, 0.6
# Weights of the best sentence besides its task, and of words in the promise.
_SENTENCE, _PROMISE = 0.5, 2
# How many tasks have their sentences scored, and the usual number of grams in a sentence.
_MOST_SCORED, _USUAL = 40, 60
# Maximum weight, in grams, of what the glossary adds for a word of the question.
_ADDED = 2.0
# Two tasks are about the same matter if they share one of this many rarest grams of the question.
_RAREST = 3
_RUNS = re.compile(r"[一-鿿]+|[a-z]+|\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a task.

    Attributes:
        text: The sentence.
        grams: The character pairs, words and numbers in it.
    """

    text: str
    grams: Counter[str]


@dataclass(frozen=True, slots=True)
class Hit:
    """A task that a question may be about.

    Attributes:
        task: The task.
        score: How well it matches, in units of the weight of a word that no task contains.
        coverage: The share of the question, weighted by rarity, that it contains.
        overlap: The weight of the words in common with the question, in the unit of `score`.
        sentences: All its sentences, the best match first.
    """

    task: TaskRecord
    score: float
    coverage: float
    overlap: float
    sentences: tuple[str, ...]


class Index:
    """A search index of the tasks of a graph."""

    def __init__(self, tasks: Sequence[TaskRecord]) -> None:
        """Index the tasks."""
        self.tasks = tasks
        self._sentences = [list(map(_make_sentence, split_sentences(task))) for task in tasks]
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
            question: The question without words that carry no content.
            among: The tasks to search; all by default.
        """
        wanted = weigh_words(question)
        allowed = None if among is None else {id(task) for task in among}
        # English words that no task contains are ignored: their translation is searched as well.
        known = [gram for gram in wanted if gram in self._rarity or not gram.isascii()]
        total = sum(self._rarity.get(gram, self._unseen) * wanted[gram] for gram in known)
        scores = self._task_scores(wanted)
        order = sorted(
            (place for place in scores if allowed is None or id(self.tasks[place]) in allowed),
            key=lambda place: -scores[place],
        )
        hits = [
            self._build_hit(place, scores[place], wanted, total) for place in order[:_MOST_SCORED]
        ]
        return sorted(hits, key=lambda hit: -hit.score)

    def _task_scores(self, wanted: Mapping[str, float]) -> dict[int, float]:
        """Return the scores of the tasks with words of a question, by their position."""
        scores: dict[int, float] = defaultdict(float)
        for gram, asked in wanted.items():
            for place in self._places.get(gram, ()):
                size = self._sizes[place] / max(1.0, self._mean)
                scores[place] += asked * self._weight(gram, self._grams[place][gram], size)
        return scores

    def _build_hit(
        self, place: int, score: float, wanted: Mapping[str, float], total: float
    ) -> Hit:
        """Return a task with its sentences, the best first."""
        task = self.tasks[place]
        scored = sorted(
            (
                (self._sentence_score(wanted, sentence.grams), -number, sentence.text)
                for number, sentence in enumerate(self._sentences[place])
            ),
            reverse=True,
        )
        overlap = sum(
            self._rarity[gram] * asked
            for gram, asked in wanted.items()
            if gram in self._grams[place]
        )
        best = scored[0][0] if scored else 0.0
        texts = tuple(text for _, _, text in scored) or (task.promise,)
        share = overlap / total if total else 0.0
        score = (score + _SENTENCE * best) / self._unseen
        return Hit(task, score, share, overlap / self._unseen, texts)

    def has_more_of_matter(self, question: str, first: Hit, second: Hit) -> bool:
        """Return whether a second task adds something on the matter of the first.

        That is so if both contain a rare word of the question, and the second contains a word of
        the question that the first does not.
        """
        wanted = set(weigh_words(question))
        grams = [set(split_grams(hit.task.text)) & wanted for hit in (first, second)]
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
        """Return the BM25 weight of a gram.

        Args:
            gram: The gram.
            count: How often it occurs in the text.
            size: The length of the text relative to the usual one.
        """
        room = _SATURATION * (1 - _LENGTH + _LENGTH * size)
        return self._rarity[gram] * count * (_SATURATION + 1) / (count + room)


def split_grams(text: str) -> list[str]:
    """Return the pairs of Chinese characters, the words and the numbers of a text.

    >>> split_grams("修建天桥6座, CBD")
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
    """Return the grams of a question with their weights.

    What the glossary adds for a word counts as two grams at most, however long it is.
    """
    weights: dict[str, float] = {}
    for word in find_document_words(question):
        grams = split_grams(word)
        weights |= dict.fromkeys(grams, min(1.0, _ADDED / len(grams)))
    return weights | dict.fromkeys(split_grams(question), 1.0)


def _task_grams(task: TaskRecord) -> Counter[str]:
    grams: Counter[str] = Counter()
    for gram in split_grams(task.promise):
        grams[gram] += _PROMISE
    grams.update(split_grams(task.progress))
    return grams


def split_sentences(task: TaskRecord) -> list[str]:
    """Return the sentences of a task: those of its promise, then those of its progress."""
    texts = [text for text in (task.promise, task.progress) if text]
    return [t[start:end].strip() for t in texts for start, end in sentence_spans(t)]


def _make_sentence(text: str) -> Sentence:
    return Sentence(text, Counter(split_grams(text)))

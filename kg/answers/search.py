"""Which tasks and sentences a question is about: BM25 over pairs of characters and words.

Robertson, S., Zaragoza, H.: *The Probabilistic Relevance Framework: BM25 and Beyond* (2009).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from math import log
from pathlib import Path

from kg.answers.tasks import TaskRecord
from kg.sentences import sentence_spans

_SATURATION, _LENGTH = 1.2, 0.6
# A sentence counts beside its task, and the promise, which says what a task is about, more.
_SENTENCE, _PROMISE = 0.5, 2
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
        sentences: All its sentences, the best fitting first.
    """

    task: TaskRecord
    score: float
    coverage: float
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
        sizes = [sum(grams.values()) for grams in self._grams]
        self._mean = sum(sizes) / max(1, len(sizes))

    def search(self, question: str, among: Iterable[TaskRecord] | None = None) -> list[Hit]:
        """Return the tasks that a question is about, the best first.

        Args:
            question: What is asked, without words that only ask.
            among: The tasks to look at; all where it is left out.
        """
        wanted = Counter(grams_of(question))
        allowed = None if among is None else {id(task) for task in among}
        # English words that no task has were asked in Chinese too, or say nothing.
        told = [gram for gram in wanted if gram in self._rarity or not gram.isascii()]
        total = sum(self._rarity.get(gram, self._unseen) for gram in told)
        hits = []
        for place, task in enumerate(self.tasks):
            if allowed is not None and id(task) not in allowed:
                continue
            score = self._score(wanted, self._grams[place], self._mean)
            if not score:
                continue
            scored = [
                (self._score(wanted, s.grams, 60), -number, s.text)
                for number, s in enumerate(self._sentences[place])
            ]
            scored.sort(reverse=True)
            held = sum(self._rarity[gram] for gram in wanted if gram in self._grams[place])
            best = scored[0][0] if scored else 0.0
            texts = tuple(text for _, _, text in scored) or (task.promise,)
            score = (score + _SENTENCE * best) / self._unseen
            hits.append(Hit(task, score, held / total if total else 0.0, texts))
        return sorted(hits, key=lambda hit: -hit.score)

    def adds(self, question: str, first: Hit, second: Hit) -> bool:
        """Tell whether a second task says of the same matter what the first does not.

        Both name something rare of the question; the second holds more of it than the first alone.
        """
        wanted = set(grams_of(question))
        grams = [set(grams_of(hit.task.text)) & wanted for hit in (first, second)]
        rarest = sorted(grams[0], key=lambda gram: -self._rarity.get(gram, 0.0))[:_RAREST]
        return bool(grams[1].intersection(rarest)) and bool(grams[1] - grams[0])

    def _score(self, wanted: Mapping[str, int], grams: Counter[str], mean: float) -> float:
        size = sum(grams.values())
        weight = _SATURATION * (1 - _LENGTH + _LENGTH * size / max(1.0, mean))
        return sum(
            self._rarity[gram] * grams[gram] * (_SATURATION + 1) / (grams[gram] + weight)
            for gram in wanted
            if grams[gram]
        )


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


@cache
def glossary() -> Mapping[str, str]:
    """Return what documents say for popular names and for English words."""
    import yaml

    text = Path(__file__).with_name("glossary.yaml").read_text(encoding="utf-8")
    words: Mapping[str, str] = yaml.safe_load(text)
    return words


def in_chinese(question: str) -> str:
    """Return a question with the Chinese words for its English ones behind it.

    >>> in_chinese("How many footbridges?").split("?")[1].strip()
    '人行天桥'
    """
    low = question.lower()
    words = [said for word, said in glossary().items() if _says(low, word)]
    return f"{question} {' '.join(words)}" if words else question


def _says(text: str, word: str) -> bool:
    """Tell whether a text has a word; English ones count as whole words, and in the plural too."""
    if not word.isascii():
        return word in text
    return bool(re.search(rf"(?<![a-z]){word}(?:e?s)?(?![a-z])", text))

"""Classify questions into families with a linear model over characters and words.

The model is a multinomial logistic regression over n-grams; `training.questions` trains it on the
phrasings in `data/training/questions`.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from kg.errors import InputError
from kg.resources import resource

FILE = "questions.npz"
# Families of questions about a single task, answered with its sentences.
SENTENCE_FAMILIES = ("progress", "gap", "why", "who")
# The characters that replace the names, dates and numbers in a question.
SLOTS = {
    "department": "Ｄ",
    "place": "Ｓ",
    "thing": "Ｘ",
    "date": "Ｔ",
    "number": "Ｎ",
    "category": "Ｃ",
}
_LONGEST_GRAM = 4
# Factor for the probability of a family whose slots a question does not fill.
_UNFIT = 0.01


@dataclass(frozen=True, slots=True)
class Family:
    """A family of questions.

    Attributes:
        needs: The slots that its questions fill.
        without: The slots that they must not fill.
    """

    needs: frozenset[str]
    without: frozenset[str]


@dataclass(frozen=True, slots=True, eq=False)
class FamilyModel:
    """The trained model.

    Attributes:
        families: The names of the families, in the order of the scores.
        grams: The row of each n-gram in the weights.
        weights: A row of quantised scores for each n-gram, shape (n-grams, families).
        scale: The value of a score of 1 in `weights`.
        bias: The bias, shape (families,).
    """

    families: tuple[str, ...]
    grams: Mapping[str, int]
    weights: NDArray[np.int8]
    scale: float
    bias: NDArray[np.float32]

    def probabilities(self, masked: str) -> Mapping[str, float]:
        """Return the probability of each family.

        Args:
            masked: The question in lower case with its slots masked.
        """
        places = [
            place for gram in find_grams(masked) if (place := self.grams.get(gram)) is not None
        ]
        total = self.weights[places].sum(axis=0, dtype=np.int32) * self.scale
        scores = self.bias + total / np.sqrt(max(1, len(places)))
        likely = np.exp(scores - scores.max())
        return dict(zip(self.families, (likely / likely.sum()).tolist(), strict=True))


def find_grams(masked: str) -> set[str]:
    """Return the n-grams of a question: up to four characters, English words and word pairs.

    >>> sorted(find_grams("Ｄ忙"))
    ['$', '^', '^Ｄ', '^Ｄ忙', '^Ｄ忙$', '忙', '忙$', 'Ｄ', 'Ｄ忙', 'Ｄ忙$']
    >>> sorted(gram for gram in find_grams("who leads") if gram.startswith("w:"))
    ['w:leads', 'w:who', 'w:who leads']
    """
    text = re.sub(r"\d+", "0", f"^{' '.join(masked.split())}$")
    words = re.findall(r"[a-z]+", text)
    found = {f"w:{word}" for word in words}
    found |= {f"w:{first} {second}" for first, second in pairwise(words)}
    for part in re.split(r"[a-z ]+", text):
        for size in range(1, _LONGEST_GRAM + 1):
            found |= {part[at : at + size] for at in range(len(part) - size + 1)}
    return found


@cache
def families() -> Mapping[str, Family]:
    """Return the families by their names, from `families.yaml`."""
    import yaml

    text = Path(__file__).with_name("families.yaml").read_text(encoding="utf-8")
    return {
        name: Family(frozenset(entry.get("needs", ())), frozenset(entry.get("without", ())))
        for name, entry in yaml.safe_load(text).items()
    }


@cache
def load_family_model() -> FamilyModel:
    """Return the model that ships with the package, loaded once per process.

    Raises:
        InputError: Its file is missing or damaged.
    """
    return read_family_model(resource("data", "model", FILE))


def read_family_model(path: Path) -> FamilyModel:
    """Return the model in a file.

    Args:
        path: The file.

    Raises:
        InputError: It is missing or damaged.
    """
    try:
        with np.load(path, allow_pickle=False) as stored:
            grams = stored["grams"].tobytes().decode("utf-8").split("\n")
            names = tuple(stored["families"].tobytes().decode("utf-8").split("\n"))
            weights, bias = stored["weights"], stored["bias"]
            scale = float(stored["scale"])
    except (OSError, ValueError, KeyError, BadZipFile):
        raise InputError(
            f"{path} is missing or damaged; install taskkg again, or train it again with "
            "`python -m training.questions`"
        ) from None
    places = dict(zip(grams, range(len(grams)), strict=True))
    return FamilyModel(names, places, weights, scale, bias)


def rank_families(masked: str, slots: Sequence[str]) -> list[tuple[str, float]]:
    """Return the families that a question may belong to with their probabilities, best first.

    Args:
        masked: The question with its slots masked.
        slots: The slots that it fills; `departments` if it names two.
    """
    found = dict(load_family_model().probabilities(masked))
    for name, family in families().items():
        if family.needs.difference(slots) or family.without.intersection(slots):
            found[name] *= _UNFIT
    total = sum(found.values())
    return sorted(((name, p / total) for name, p in found.items()), key=lambda pair: -pair[1])

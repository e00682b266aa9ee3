"""Train the model that classifies questions by family, and print its figures.

usage: python -m training.questions [--data FOLDER] [--out FOLDER] [--measure-only]

Each file of phrasings has one writer. The figures are from cross-validation by writer: a model that
was trained on all other writers classifies the phrasings of each.
"""

from __future__ import annotations

import argparse
import random
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import torch

from kg.answers.understanding.families import (
    FILE,
    SENTENCE_FAMILIES,
    SLOTS,
    FamilyModel,
    families,
    find_grams,
)
from kg.answers.understanding.words import glossary
from training.markup import MarkupError

_ROOT = Path(__file__).parent.parent
_DATA = _ROOT / "data" / "training"
_MARKED = re.compile(r"\[\[[A-Z]:([^\]=]{3,14})")
_INDICATOR = re.compile(r"^tgt: ([^|\n]+?) *\|", re.MULTILINE)
_SLOT = re.compile(r"\{([DEXISTNC])\}")
_LETTERS = re.compile(r"(?<!\{)[A-Z]")
_MASKS = {
    "D": SLOTS["department"],
    "E": SLOTS["department"],
    "X": SLOTS["thing"],
    "I": SLOTS["thing"],
    "S": SLOTS["place"],
    "T": SLOTS["date"],
    "N": SLOTS["number"],
    "C": SLOTS["category"],
}
# How often each phrasing is rendered, and how often a matter is then written out, not masked.
_TIMES, _WRITTEN = 3, 0.5
# How often a matter has a department or place.
_QUALIFIED = 0.3
# In how many renderings an n-gram must occur, so that at least two phrasings have it, and the
# penalty for large weights.
_SELDOM, _PENALTY = 4, 5e-7
_ROUNDS = 100
_SEED = 3


@dataclass(frozen=True, slots=True)
class Phrasing:
    """A phrasing of a question.

    Attributes:
        writer: The name of its file.
        family: The name of its family.
        is_chinese: Whether it is in Chinese.
        text: The phrasing; slots in braces.
    """

    writer: str
    family: str
    is_chinese: bool
    text: str


def read_phrasings(folder: Path) -> list[Phrasing]:
    """Return the phrasings in the files of a folder.

    Args:
        folder: A folder of `.tsv` files: family, language (`zh` or `en`) and text in each line.

    Raises:
        MarkupError: There is no phrasing, or a line has a wrong format.
    """
    found = []
    for path in sorted(folder.glob("*.tsv")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            fields = line.split("\t")
            if len(fields) != 3 or fields[0] not in families() or fields[1] not in ("zh", "en"):
                raise MarkupError(f"{path}: line {number}: is not “family, zh or en, text”")
            found.append(Phrasing(path.stem, fields[0], fields[1] == "zh", fields[2]))
    if not found:
        raise MarkupError(f"{folder}: contains no phrasings (*.tsv)")
    return found


def read_matters(folder: Path) -> list[str]:
    """Return names and indicators of the marked text, for use in phrasings."""
    found: set[str] = set()
    for path in sorted(folder.glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        found.update(_MARKED.findall(text), _INDICATOR.findall(text))
    return sorted(found)


@cache
def _english_matters() -> Sequence[str]:
    """Return the English words of the glossary, for use in phrasings."""
    return [word for word in glossary() if word.isascii()]


def render(phrasing: Phrasing, matters: Sequence[str], rng: random.Random) -> str:
    """Return a phrasing as a question with its slots masked.

    Args:
        phrasing: The phrasing.
        matters: Matters to ask about, in Chinese.
        rng: The random generator that chooses matters, and which are masked.
    """

    def fill(match: re.Match[str]) -> str:
        if match[1] not in "XI":
            return _MASKS[match[1]]
        known = rng.random() >= _WRITTEN
        matter = (
            _MASKS["X"]
            if known
            else rng.choice(matters if phrasing.is_chinese else _english_matters())
        )
        if phrasing.family not in SENTENCE_FAMILIES or rng.random() >= _QUALIFIED:
            return matter
        # People name the department or the place of a matter: 城管局的垃圾分类, 民族街加装电梯.
        mark = rng.choice((SLOTS["department"], SLOTS["place"]))
        if phrasing.is_chinese:
            return mark + rng.choice(("的", "", "那边的")) + matter
        return rng.choice((f"{matter} ({mark})", f"{mark}'s {matter}", f"{matter} in {mark}"))

    text = _LETTERS.sub(lambda match: match[0].lower(), phrasing.text)
    return _SLOT.sub(fill, text)


def train_families(
    phrasings: Sequence[Phrasing], matters: Sequence[str], rng: random.Random
) -> FamilyModel:
    """Return a model that was trained on phrasings."""
    texts = [(one.family, render(one, matters, rng)) for one in phrasings for _ in range(_TIMES)]
    found = [find_grams(text) for _, text in texts]
    counts = Counter(gram for grams in found for gram in grams)
    places = {gram: at for at, gram in enumerate(sorted(g for g in counts if counts[g] >= _SELDOM))}
    names = tuple(families())
    rows = _to_rows(found, places)
    wanted = torch.tensor([names.index(family) for family, _ in texts])
    weights = torch.zeros(len(places), len(names), requires_grad=True)
    bias = torch.zeros(len(names), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights, bias], max_iter=_ROUNDS, history_size=10)

    def closure() -> torch.Tensor:
        optimizer.zero_grad()
        scores = torch.sparse.mm(rows, weights) + bias
        loss = torch.nn.functional.cross_entropy(scores, wanted) + _PENALTY * (weights**2).sum()
        loss.backward()  # type: ignore[no-untyped-call]
        return loss

    optimizer.step(closure)  # type: ignore[no-untyped-call]
    exact = weights.detach().numpy()
    # Weights are stored in one byte.
    scale = float(np.abs(exact).max() / 127)
    return FamilyModel(
        names, places, np.round(exact / scale).astype(np.int8), scale, bias.detach().numpy()
    )


def _to_rows(found: Sequence[set[str]], places: dict[str, int]) -> torch.Tensor:
    """Return the n-grams of each text as a sparse matrix with rows of length one."""
    cells: list[tuple[int, int]] = []
    values: list[float] = []
    for row, grams in enumerate(found):
        known = sorted(places[gram] for gram in grams if gram in places)
        cells += [(row, place) for place in known]
        values += [len(known) ** -0.5] * len(known)
    return torch.sparse_coo_tensor(
        torch.tensor(cells).T,
        torch.tensor(values),
        (len(found), len(places)),
        check_invariants=True,
    ).coalesce()


def write_families(model: FamilyModel, path: Path) -> None:
    """Write a model to a file."""
    np.savez_compressed(
        path,
        families=np.frombuffer("\n".join(model.families).encode(), np.uint8),
        grams=np.frombuffer("\n".join(model.grams).encode(), np.uint8),
        weights=model.weights,
        scale=np.float32(model.scale),
        bias=model.bias,
    )


def measure_writers(
    phrasings: Sequence[Phrasing], matters: Sequence[str]
) -> Iterator[tuple[str, int, int, list[tuple[float, bool]]]]:
    """Yield the writer, the number of phrasings and of right ones, and the cases of each writer.

    A case is the probability of the most likely family, and whether that is right.
    """
    for writer in dict.fromkeys(one.writer for one in phrasings):
        rng = random.Random(_SEED)
        model = train_families([one for one in phrasings if one.writer != writer], matters, rng)
        sure = []
        for one in (one for one in phrasings if one.writer == writer):
            likely = model.probabilities(render(one, matters, rng))
            best = max(likely, key=likely.__getitem__)
            sure.append((likely[best], best == one.family))
        yield writer, len(sure), sum(ok for _, ok in sure), sure


def train_questions(data: Path, out: Path) -> None:
    """Train with the phrasings of a folder, and write the model.

    Args:
        data: The folder of the marked text; phrasings are in its folder `questions`.
        out: The folder of the model.

    Raises:
        MarkupError: There are no phrasings, or a line has a wrong format.
    """
    phrasings = read_phrasings(data / "questions")
    model = train_families(phrasings, read_matters(data), random.Random(_SEED))
    write_families(model, out / FILE)


def format_figures(data: Path) -> Iterator[str]:
    """Yield lines with the shares of right phrasings, by writer and by probability."""
    phrasings, matters = read_phrasings(data / "questions"), read_matters(data)
    every: list[tuple[float, bool]] = []
    for writer, size, right, sure in measure_writers(phrasings, matters):
        yield f"{writer} left out: {right} of {size} right ({right / size:.0%})"
        every += sure
    yield f"all: {sum(ok for _, ok in every)} of {len(every)} right"
    for low, high in ((0.0, 0.35), (0.35, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 1.01)):
        part = [ok for p, ok in every if low <= p < high]
        if part:
            shown = f"{low:.0%} to {min(high, 1):.0%}"
            yield f"probability {shown}: {len(part)} phrasings, {sum(part) / len(part):.0%} right"


def main() -> None:
    """Parse the command line, train unless only measuring, and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--data", type=Path, default=_DATA)
    parser.add_argument("--out", type=Path, default=_ROOT / "data" / "model")
    parser.add_argument("--measure-only", action="store_true")
    options = parser.parse_args()
    try:
        if not options.measure_only:
            train_questions(options.data, options.out)
        for line in format_figures(options.data):
            print(line, flush=True)
    except MarkupError as error:
        parser.error(str(error))


if __name__ == "__main__":
    main()

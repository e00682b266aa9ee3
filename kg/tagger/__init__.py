"""Apply the model in the package: characters of two texts -> scores -> labelled spans.

This package knows nothing of tasks, tables or file formats; callers pass pairs of texts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from kg.tagger.cache import load_taggings, pair_key, save_taggings
from kg.tagger.cores import usable_cores
from kg.tagger.model import Model, load_model
from kg.tagger.tagging import Pair, Tagging, tag_pair

__all__ = ["Pair", "Tagging", "tag"]


def tag(pairs: Sequence[Pair]) -> list[Tagging]:
    """Return the taggings of pairs of texts, in their order; cached taggings are reused.

    Raises:
        ModelError: The model's files are missing, damaged or of another version.
    """
    model = load_model()
    keys = [pair_key(pair, model.version) for pair in pairs]
    known = load_taggings(keys)
    fresh = _tag_all(
        {key: pair for key, pair in zip(keys, pairs, strict=True) if key not in known}, model
    )
    if fresh:
        save_taggings(fresh)
    known |= fresh
    return [known[key] for key in keys]


def _tag_all(pairs: Mapping[str, Pair], model: Model) -> dict[str, Tagging]:
    """Tag pairs in parallel; return the taggings by the keys of the pairs."""
    with ThreadPoolExecutor(usable_cores()) as pool:
        return dict(
            zip(pairs, pool.map(partial(tag_pair, model=model), pairs.values()), strict=True)
        )

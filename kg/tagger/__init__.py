"""The shipped model: characters of two texts -> scores -> spans, labels, probabilities.

It knows no task, no table and no file format: rooms behind it ask it about pairs of texts.
"""

from __future__ import annotations

from collections.abc import Sequence

from kg.tagger.cache import keep_taggings, load_taggings, pair_key
from kg.tagger.model import load_model
from kg.tagger.tagging import Pair, Tagging, tag_pair

__all__ = ["Pair", "Tagging", "tag"]


def tag(pairs: Sequence[Pair]) -> list[Tagging]:
    """Return what the model finds in pairs of texts, in their order.

    What was found before in the same texts is not looked for again.

    Raises:
        ModelError: The model's files are missing, damaged or of another version.
    """
    model = load_model()
    keys = [pair_key(pair, model.version) for pair in pairs]
    known = load_taggings(keys)
    fresh = {
        key: tag_pair(pair, model)
        for key, pair in dict(zip(keys, pairs, strict=True)).items()
        if key not in known
    }
    if fresh:
        keep_taggings(fresh)
    known |= fresh
    return [known[key] for key in keys]

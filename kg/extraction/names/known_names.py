"""Recognise the names that the model finds in one task in the other tasks of a report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.extraction.lexicon import lexicon_pattern
from kg.extraction.linking.regions import own_regions, strip_region
from kg.extraction.names.mentions import Mention, coverage_mask
from kg.model import NameKind

# The least confidence, and the lengths, of names that are recognised elsewhere.
_SURE = 0.6
_SHORTEST, _LONGEST = 4, 60


class KnownName(NamedTuple):
    """The kind and the confidence of a name in a report."""

    kind: NameKind
    confidence: float


def learn_names(mentions: Sequence[Mention]) -> dict[str, KnownName]:
    """Return the long and certain names in some mentions, each with its most frequent kind."""
    regions = own_regions(mention.name for mention in mentions)
    kinds: dict[str, Counter[NameKind]] = {}
    sure: dict[str, float] = {}
    for mention in mentions:
        whole = len(mention.name) == mention.end - mention.start
        if not whole or not mention.confidence:
            continue
        for name in _name_forms(mention.name, regions):
            if _SHORTEST <= len(name) <= _LONGEST:
                kinds.setdefault(name, Counter())[mention.kind] += 1
                sure[name] = max(sure.get(name, 0.0), mention.confidence)
    return {
        name: KnownName(counts.most_common(1)[0][0], sure[name])
        for name, counts in kinds.items()
        if sure[name] >= _SURE
    }


def _name_forms(name: str, regions: frozenset[str]) -> set[str]:
    """Return the forms of a name; a title may lack its marks and its region."""
    if not name.startswith("《"):
        return {name}
    title = name.strip("《》")
    return {name, title, strip_region(title, regions)}


def find_known_names(
    cells: Sequence[tuple[str, Sequence[Mention]]], known: Mapping[str, KnownName]
) -> Iterator[list[Mention]]:
    """Yield, for each cell, the mentions of known names that the model did not find there.

    Args:
        cells: The texts of the cells, each with the mentions found so far.
        known: The names to look for.
    """
    pattern = lexicon_pattern(known)
    for text, mentions in cells:
        covered = coverage_mask(len(text), ((mention.start, mention.end) for mention in mentions))
        yield [
            Mention(known[words].kind, words, *match.span(), "document", known[words].confidence)
            for match in pattern.finditer(text)
            if 1 not in covered[match.start() : match.end()] and (words := match.group())
        ]

"""Names that a report establishes in one task, recognised in its others."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from kg.extraction.lexicon import lexicon
from kg.extraction.mentions import Mention, cover
from kg.extraction.organizations import is_meeting
from kg.extraction.projects import is_facility
from kg.extraction.regions import own_regions, without_region
from kg.extraction.sameness import LEGAL_FORM
from kg.extraction.words import chunks, is_proper
from kg.model import NameKind

# Kinds whose names a report teaches.
_TAUGHT: frozenset[NameKind] = frozenset({"place", "project", "organization"})
_UNDERTAKINGS: frozenset[NameKind] = frozenset({"project", "policy", "event"})
_EDITION = re.compile(r"第[^\W_]{1,3}届[^\W_]{4,}")
# How short a name may be that is known anywhere, and one that stands alone.
_SHORTEST = 4
_SHORTEST_ALONE = 3
# How long a name is that needs no region in front, though common nouns make it up: 中央商务区.
_SHORTEST_BARE = 5


class Known(NamedTuple):
    """The names that a report establishes.

    Attributes:
        anywhere: The kind of each name that is distinctive enough to be known anywhere.
        alone: The kind of those that are known where they stand alone only.
        sizes: How many characters the latter have.
        events: Events with their edition, which the names of their parts begin with.
        pattern: A pattern of the names known anywhere.
    """

    anywhere: Mapping[str, NameKind]
    alone: Mapping[str, NameKind]
    sizes: Sequence[int]
    events: Collection[str]
    pattern: re.Pattern[str]


def establish(mentions: Iterable[Mention]) -> Known:
    """Return the names that some mentions establish, with short forms of these."""
    counts: dict[str, Counter[NameKind]] = {}
    events: set[str] = set()
    for mention in mentions:
        if len(mention.name) != mention.end - mention.start:
            continue
        if mention.kind in _TAUGHT:
            counts.setdefault(mention.name, Counter())[mention.kind] += 1
        elif mention.kind == "event" and _EDITION.fullmatch(mention.name):
            events.add(mention.name)
    kinds = {name: kinds.most_common(1)[0][0] for name, kinds in counts.items()}
    anywhere = {n: k for n, k in kinds.items() if len(n) >= _SHORTEST and is_proper(n)}
    alone = {
        n: k
        for n, k in kinds.items()
        if len(n) == _SHORTEST_ALONE and k == "place" and is_proper(n)
    }
    regions = own_regions(kinds)
    for name, kind in list(anywhere.items()):
        short = LEGAL_FORM.sub("", name)
        own = is_proper(without_region(short, regions))
        if kind == "organization" and len(short) >= _SHORTEST and own:
            anywhere.setdefault(short, kind)
    for name, kind in anywhere.items():
        bare = without_region(name, regions)
        if kind == "place" and name != bare and len(bare) >= _SHORTEST_BARE:
            alone.setdefault(bare, kind)
    sizes = sorted({len(name) for name in alone})
    return Known(anywhere, alone, sizes, events, lexicon(anywhere))


def find_known(text: str, mentions: Sequence[Mention], known: Known) -> Iterator[Mention]:
    """Yield the mentions of known names that the words around them do not show.

    Args:
        text: A cell's text.
        mentions: What is named in it already.
        known: The names that the report establishes.
    """
    found = cover(len(text), ((mention.start, mention.end) for mention in mentions))
    for match in known.pattern.finditer(text):
        if not is_meeting(text, *match.span()) and 1 not in found[match.start() : match.end()]:
            yield Mention(known.anywhere[match.group()], match.group(), *match.span(), "document")
    yield from _alone(text, mentions, known, found)
    yield from _heads(mentions, known)


def _alone(
    text: str, mentions: Sequence[Mention], known: Known, found: bytearray
) -> Iterator[Mention]:
    """Yield the short names that stand alone, or right before another name: 柳花园东湖路街区."""
    starts = {mention.start for mention in mentions}
    for chunk in chunks(text):
        for end in (chunk.start + size for size in known.sizes):
            kind = known.alone.get(text[chunk.start : end])
            unit = end == chunk.end or (end < chunk.end and end in starts)
            if kind and unit and 1 not in found[chunk.start : end]:
                yield Mention(kind, text[chunk.start : end], chunk.start, end, "document")


def _heads(mentions: Sequence[Mention], known: Known) -> Iterator[Mention]:
    """Yield the known firms and events with which the name of an undertaking begins."""
    named = {
        (mention.start, mention.kind) for mention in mentions if mention.kind not in _UNDERTAKINGS
    }
    for mention in mentions:
        if mention.kind not in ("project", "event") or is_facility(mention):
            continue
        for size in range(len(mention.name) - 1, _SHORTEST - 1, -1):
            head = mention.name[:size]
            kind = known.anywhere.get(head)
            if kind == "organization":
                if (mention.start, kind) not in named:
                    yield Mention(kind, head, mention.start, mention.start + size, "document")
                break
            if head in known.events and mention.kind == "event":
                yield Mention("event", head, mention.start, mention.start + size, "document")
                break

"""A record of a table or a list: the segments of one task."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kg.reading.decoding.segments import Segment
from kg.tagger.roles import UNITS, Role

# Roles that a record has at most once.
SINGLE: tuple[Role, ...] = ("number", "task")


@dataclass(slots=True)
class Record:
    """The segments of one task.

    Attributes:
        parts: Its segments by role.
        categories: The headings above it, the outer one first.
    """

    parts: dict[Role, list[Segment]] = field(default_factory=dict)
    categories: tuple[Segment, ...] = ()

    def add(self, segment: Segment) -> None:
        """Add a segment."""
        self.parts.setdefault(segment.role, []).append(segment)

    def copy_units(self, other: Record) -> None:
        """Take the units of another record."""
        for role in UNITS:
            self.parts[role] = other.segments_of(role)

    def segments_of(self, *roles: Role) -> list[Segment]:
        """Return the segments of some roles, in the order of the document."""
        found = (segment for role in roles for segment in self.parts.get(role, ()))
        return sorted(found, key=lambda segment: segment.start)

    def segments(self) -> Iterator[Segment]:
        """Yield all its segments, those of its categories first."""
        yield from self.categories
        for segments in self.parts.values():
            yield from segments

    @property
    def probability(self) -> float:
        """The least probability of the segments of its task and progress."""
        segments = self.segments_of("task", "progress")
        return min((segment.probability for segment in segments), default=0.0)

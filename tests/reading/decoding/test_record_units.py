from __future__ import annotations

from kg.reading.decoding.records import find_records
from kg.tagger.roles import Role
from tests.reading.decoding.test_records import segments


def units(*roles: Role) -> list[list[int]]:
    """Return the starts of the units of each record."""
    return [
        [s.start for s in r.segments_of("unit", "lead")] for r in find_records(segments(*roles))
    ]


def test_units_below_a_heading_belong_to_all_items_of_its_section() -> None:
    section: tuple[Role, ...] = ("category", "head", "unit", "number", "task", "number", "task")
    assert units(*section, *section) == [[20], [20], [90], [90]]


def test_units_of_the_first_row_are_not_those_of_others_that_have_their_own() -> None:
    row: tuple[Role, ...] = ("unit", "number", "task")
    assert units("category", *row, *row) == [[10], [40]]

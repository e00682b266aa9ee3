from __future__ import annotations

from kg.reading.decoding.records import find_records
from kg.reading.decoding.segments import Segment
from kg.tagger.roles import Role


def segments(*roles: Role) -> list[Segment]:
    return [Segment(role, 10 * place, 10 * place + 5, 0.9) for place, role in enumerate(roles)]


def shapes(*roles: Role) -> list[list[Role]]:
    """Return the roles of each record, in the order of the text."""
    return [
        [s.role for s in sorted(record.segments(), key=lambda s: s.start)]
        for record in find_records(segments(*roles))
    ]


def test_a_number_begins_a_record() -> None:
    assert shapes("number", "task", "progress", "unit", "number", "task", "unit") == [
        ["number", "task", "progress", "unit"],
        ["number", "task", "unit"],
    ]


def test_units_begin_a_record_if_they_come_first() -> None:
    assert shapes("unit", "task", "progress", "unit", "task", "progress") == [
        ["unit", "task", "progress"],
        ["unit", "task", "progress"],
    ]


def test_a_heading_applies_to_the_records_below_it() -> None:
    records = find_records(segments("category", "task", "progress", "task", "category", "task"))
    assert [[c.start for c in record.categories] for record in records] == [[0], [0], [40]]


def test_the_text_of_a_section_below_the_last_task_is_not_its_report() -> None:
    item: tuple[Role, ...] = ("category", "number", "task", "progress")
    records = find_records(segments(*item, *item, "category", "progress", "plan"))
    assert [[c.start for c in record.categories] for record in records] == [[0], [40]]
    assert [[s.start for s in record.segments_of("progress")] for record in records] == [[30], [70]]


def test_items_without_a_task_are_not_records() -> None:
    assert shapes("title", "head", "number", "progress") == []


def test_a_body_in_a_sentence_of_a_report_is_not_its_unit() -> None:
    row: tuple[Role, ...] = ("number", "task", "unit", "progress")
    records = find_records(segments(*row, *row, *row, "unit", "progress"))
    told = [[(s.role, s.start, s.end) for s in r.segments_of("progress", "unit")] for r in records]
    assert told[2] == [("unit", 100, 105), ("progress", 110, 135)]


def test_a_body_that_signs_a_report_is_not_its_unit() -> None:
    row: tuple[Role, ...] = ("number", "task", "unit", "progress")
    records = find_records(segments(*row, *row, *row, "unit"))
    assert [len(record.segments_of("unit")) for record in records] == [1, 1, 1]


def test_units_after_every_report_stay() -> None:
    row: tuple[Role, ...] = ("number", "task", "unit", "progress", "unit")
    records = find_records(segments(*row, *row))
    assert [len(record.segments_of("unit")) for record in records] == [2, 2]


def test_a_merged_cell_of_units_is_for_the_rows_below_it() -> None:
    heads: tuple[Role, ...] = ("head",) * 4
    rows: tuple[Role, ...] = ("number", "task", "unit", "progress", "number", "task", "progress")
    other: tuple[Role, ...] = ("category", *rows[4:])
    records = find_records(segments(*heads, *rows, *other))
    assert [[s.start for s in record.segments_of("unit")] for record in records] == [[60], [60], []]
    # Lists have no merged cells.
    assert [len(record.segments_of("unit")) for record in find_records(segments(*rows))] == [1, 0]

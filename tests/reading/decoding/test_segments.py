from __future__ import annotations

import numpy as np

from kg.reading.decoding.records import find_records
from kg.reading.decoding.segments import Segment, find_segments
from kg.tagger.flow import Flow, make_flow
from kg.tagger.roles import ROLE_LABELS, Role
from kg.tagger.spans import Scores

# The role of each character: number, task, progress, unit, head, or outside.
ROLES: dict[str, Role] = {"n": "number", "t": "task", "p": "progress", "u": "unit", "h": "head"}


def scores_of(flow: Flow, roles: str, sure: float = 4.0) -> Scores:
    """Return scores that favour a role for each character; a capital letter begins a segment."""
    scores = np.zeros((len(flow.text), len(ROLE_LABELS)), np.float32)
    for place, mark in enumerate(roles):
        if mark == "?":
            continue
        name = ROLES.get(mark.lower())
        label = f"{'B' if mark.isupper() else 'I'}-{name}" if name else "O"
        scores[place, ROLE_LABELS.index(label)] = sure
    return scores


def found(text: str, roles: str, sure: float = 4.0) -> list[tuple[Role, str]]:
    flow = make_flow(text)
    segments = find_segments(flow, scores_of(flow, roles, sure))
    return [(segment.role, text[segment.start : segment.end]) for segment in segments]


def test_segments_are_spans_of_the_text_with_its_white_space() -> None:
    assert found("1 建桥\n3座\n\n已通车。", "NTtttPppp") == [
        ("number", "1"),
        ("task", "建桥\n3座"),
        ("progress", "已通车。"),
    ]


def test_text_around_tasks_is_in_no_segment() -> None:
    assert found("一览：建桥（甲局）", "oooTtoUuo") == [("task", "建桥"), ("unit", "甲局")]


def test_two_units_side_by_side_are_two() -> None:
    assert found("甲局、乙局", "UuoUu") == [("unit", "甲局"), ("unit", "乙局")]


def test_a_doubtful_cell_follows_the_layout_of_its_document() -> None:
    row = "建桥|已通车\n"
    roles = "TtPpp"
    flow = make_flow(row * 9)
    scores = scores_of(flow, roles * 9)
    # In the last row, the scores do not show where the promise ends.
    scores[-3:] = 0
    scores[-3, ROLE_LABELS.index("I-task")] = 0.4
    last = find_segments(flow, scores)[-1]
    assert (last.role, (row * 9)[last.start : last.end]) == ("progress", "已通车")


def test_an_empty_text_has_no_segments() -> None:
    flow = make_flow(" \n")
    assert find_segments(flow, scores_of(flow, "")) == []


def test_the_numbers_of_one_list_are_all_numbers_of_tasks() -> None:
    text = "一是建桥。已通车。二是修路。已通车。三是种树。已种。"
    sure = "NnTttPpppNnTttPpppNnTttPpp"
    doubtful = "NnTttPppp?????PpppNnTttPpp"
    assert found(text, doubtful) == found(text, sure)


def test_the_numbers_within_a_report_do_not_begin_tasks() -> None:
    text = "1 建桥\n①桥墩完成。②桥面完成。③验收。"
    roles = [role for role, _ in found(text, "NTt" + "Pppppp" + "NTtttt" + "Pppp")]
    assert set(roles[2:]) == {"progress"}


def test_numbers_with_rows_between_them_are_of_several_lists() -> None:
    text = "1 建桥\n①桥墩完成。\n2 修路\n①路基完成。②已通车。"
    roles = [role for role, _ in found(text, "NTt" + "Pppppp" + "NTt" + "Pppppp" + "pppp")]
    assert roles == ["number", "task", "progress", "number", "task", "progress"]


def test_headings_give_the_order_of_the_columns() -> None:
    head = "序号\n名称\n目标\n进展\n"
    rows = "1\n建桥\n3座\n1座\n2\n修路\n8公里\n2公里\n"
    shown = "HhHhHhHh" + "NTt" + "Pp" + "Pp" + "NTt" + "Ppp" + "Ppp"
    roles = [role for role, _ in found(head + rows, shown, 1.0)]
    assert roles[4:] == ["number", "task", "target", "progress"] * 2


def test_first_lines_with_the_form_of_a_title_are_titles() -> None:
    text = "柳园市夜经济实施方案\n1 建桥\n附件：柳园市重点项目表"
    doubtful = "T" + "t" * 9 + "NTt" + "T" + "t" * 10
    assert found(text, doubtful) == [
        ("title", "柳园市夜经济实施方案"),
        ("number", "1"),
        ("task", "建桥"),
        ("title", "附件：柳园市重点项目表"),
    ]


def test_a_task_without_a_number_continues_the_one_before() -> None:
    row: tuple[Role, ...] = ("number", "task", "task", "unit")
    segments = [
        Segment(role, 10 * place, 10 * place + 5, 0.9) for place, role in enumerate(row + row)
    ]
    records = find_records(segments)
    assert [len(record.segments_of("task")) for record in records] == [2, 2]

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.resources import resource
from training.markup import (
    MarkedCell,
    MarkedUnit,
    MarkupError,
    Span,
    parse_blocks,
    parse_cell,
    read_marked_tasks,
)

BLOCK = """\
gov: 浙江省青川市柳区 | 330100 | 2023-09
dep: 区住建局(lead)、区财政局(cooperating)
task: 实施[[P:青川桥工程]]，新增停车位1500个。
prog: <d>桩基完成，<u>新增停车位1213个。
status: in_progress | 桩基完成
tgt: 停车位 | >= | 新增停车位1500个 | 1213个 | on_track"""


def test_a_block_is_a_task() -> None:
    (task,) = parse_blocks(BLOCK)
    assert (task.government, task.code, task.as_of) == ("浙江省青川市柳区", "330100", "2023-09")
    assert task.units == (MarkedUnit("区住建局", "lead"), MarkedUnit("区财政局", "cooperating"))
    assert task.task.names == (Span(2, 7, "project", "青川桥工程"),)
    assert task.progress.stretches == ((0, "done"), (5, "under_way"))
    assert (task.status, task.targets[0].report) == ("in_progress", "1213个")


def test_a_government_holds_until_the_next() -> None:
    second = "task: 加强巡查\nprog: <x>持续加强。\nstatus: ongoing | 持续"
    assert [task.government for task in parse_blocks(f"{BLOCK}\n\n{second}")] == [
        "浙江省青川市柳区"
    ] * 2


def test_words_that_name_a_thing_in_part_have_its_whole_name() -> None:
    cell = parse_cell("[[P:3=地铁3号线]]、[[P:10号线=地铁10号线]]")
    assert cell.text == "3、10号线"
    assert [(cell.text[s.start : s.end], s.name) for s in cell.names] == [
        ("3", "地铁3号线"),
        ("10号线", "地铁10号线"),
    ]


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("[[P:青川桥工程]]", "[[P:青川桥工程", "not closed"),
        ("[[P:青川桥工程]]", "[[P:[[L:青川桥]]工程]]", "name inside a name"),
        ("task: ", "task: 建桥\ntask: ", "second line of task"),
        ("青川桥工程]]", "青川桥工程]]]]", "without"),
        ("<d>", "<z>", "stretch mark of unknown type"),
        ("<d>", "", "does not begin with a stretch mark"),
        ("in_progress", "finished", "status finished"),
        ("| 桩基完成", "| 桥面完成", "status words are not in the progress"),
        ("新增停车位1500个 |", "停车位 1500个 |", "occur 0 times"),
        ("| on_track", "| soon", "judgement soon"),
        ("| >=", "| >", "comparator >"),
        ("dep:", "unit:", "line of unknown kind"),
    ],
)
def test_what_does_not_keep_the_format_is_told(old: str, new: str, message: str) -> None:
    with pytest.raises(MarkupError, match=f"block 1: .*{message}"):
        list(parse_blocks(BLOCK.replace(old, new, 1)))


@given(st.lists(st.tuples(st.sampled_from("SCRLPOBDE-"), st.text("柳园路桥1，", min_size=1))))
def test_names_stand_where_they_are_marked(parts: list[tuple[str, str]]) -> None:
    marked = "".join(words if code == "-" else f"[[{code}:{words}]]" for code, words in parts)
    cell = parse_cell(marked)
    assert cell.text == "".join(words for _, words in parts)
    assert [cell.text[s.start : s.end] for s in cell.names] == [w for c, w in parts if c != "-"]


def test_text_without_marks_stays_as_it_is() -> None:
    assert parse_cell("柳园路已完工") == MarkedCell("柳园路已完工")


def test_the_shipped_text_keeps_the_format() -> None:
    tasks = list(read_marked_tasks(resource("data", "training")))
    assert len(tasks) > 6000
    assert len({task.government for task in tasks}) > 1000
    second = list(read_marked_tasks(resource("data", "training") / "second"))
    assert len(second) > len(tasks) / 11
    texts = {(task.task.text, task.progress.text) for task in tasks}
    both = sum((task.task.text, task.progress.text) in texts for task in second)
    assert both > 0.95 * len(second)

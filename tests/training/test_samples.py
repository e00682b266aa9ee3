from __future__ import annotations

import random

import numpy as np

from kg.tagger.labels import NAME_LABELS, STATES, STRETCHES
from kg.tagger.model import load_model
from training.markup import MarkedTask, parse_blocks
from training.samples import IGNORED, make_samples, names_by_kind, swap_names

TEXT = """\
gov: 浙江省青川市柳区 | 330100 | 2023-09
task: 实施[[P:青川桥工程]]，新增停车位1500个，投入3亿元。
prog: <d>[[P:青川桥工程]]桩基完成，<u>年初有停车位200个，新增停车位1213个，<n>[[R:柳路]]年内开工。
status: in_progress | 桩基完成
tgt: 停车位 | >= | 新增停车位1500个 | 新增停车位1213个 | on_track

task: [[P:枫林=枫林卫生院]]、[[P:白石=白石卫生院]]等2所卫生院开工
prog:
status: null"""


def marked() -> list[MarkedTask]:
    return list(parse_blocks(TEXT))


def test_labels_stand_at_the_characters_that_they_are_of() -> None:
    (sample,) = make_samples(marked()[0], load_model().vocabulary)
    labels = [NAME_LABELS[number] for number in sample.names]
    assert labels[1:8] == ["O", "B-project", *["I-project"] * 4, "O"]
    progress = sample.stretches[sample.second :]
    assert (sample.stretches[: sample.second] == IGNORED).all()
    assert STRETCHES[progress[0]] == "done"
    assert STRETCHES[progress[-1]] == "next_step"
    assert STATES[sample.state] == "in_progress"


def test_promises_know_whether_they_are_targets_and_which_figure_answers() -> None:
    (sample,) = make_samples(marked()[0], load_model().vocabulary)
    assert [promise.is_target for promise in sample.promises] == [1, 0]
    target = sample.promises[0]
    text = marked()[0].progress.text
    start, end = sample.reports[target.answer]
    assert "1213" in text[start - sample.second : end - sample.second]


def test_what_the_items_of_a_list_share_is_its_head() -> None:
    (sample,) = make_samples(marked()[1], load_model().vocabulary)
    labels = [NAME_LABELS[number] for number in sample.names]
    text = marked()[1].task.text
    head = text.index("卫生院")
    assert labels[head : head + 3] == ["B-head", "I-head", "I-head"]


def test_swapped_names_stay_names_of_their_kind() -> None:
    tasks = marked()
    names = {"project": ["大柳园改造项目"], "road": ["东风西路"]}
    for seed in range(20):
        swapped = swap_names(tasks[0], names, random.Random(seed))  # type: ignore[arg-type]
        for cell in (swapped.task, swapped.progress):
            assert all(cell.text[s.start : s.end] == s.name for s in cell.names)
        first, second = swapped.task, swapped.progress
        assert first.names[0].name == second.names[0].name
        at = {kind: start for start, kind in second.stretches}
        assert second.text[at["under_way"] :].startswith("年初有停车位")
    assert names_by_kind(tasks)["road"] == ["柳路"]


def test_masked_samples_keep_their_labels() -> None:
    vocabulary = load_model().vocabulary
    (plain,) = make_samples(marked()[0], vocabulary)
    (masked,) = make_samples(marked()[0], vocabulary, random.Random(3))
    assert np.array_equal(plain.names, masked.names)
    assert not np.array_equal(plain.encoded.characters, masked.encoded.characters)

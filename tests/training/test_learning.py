"""A small network, trained with few tasks, exported and read as the shipped one is."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import torch

from kg.tagger.encoding import encode_window
from kg.tagger.model import NETWORK, read_model
from kg.tagger.tagging import Pair, tag_pair
from kg.tagger.vocabulary import Vocabulary
from training.base import BaseModel, base_model_path, read_base_model
from training.export import describe_model, export_base, export_network
from training.fitting import Settings
from training.learning import train
from training.markup import parse_blocks
from training.network import Tagger, pad_batch

TEXT = """\
task: 实施[[P:青川桥工程]]，新增停车位1500个。
prog: <u>[[P:青川桥工程]]正在施工。
status: in_progress | 正在施工
tgt: 停车位 | >= | 新增停车位1500个 | - | unknown

task: 改造[[R:柳林路]]
prog: <d>[[R:柳林路]]已完工。
status: completed | 已完工"""


@pytest.fixture(scope="module")
def base() -> BaseModel:
    return read_base_model(base_model_path())


def test_the_base_model_knows_chinese_words(base: BaseModel) -> None:
    numbers = {piece: number for number, (piece, _) in enumerate(base.pieces)}
    words = base.tensors["emb.word"]

    def likeness(one: str, other: str) -> float:
        a, b = words[numbers[one]], words[numbers[other]]
        return float(a @ b / np.linalg.norm(a) / np.linalg.norm(b))

    assert likeness("医院", "学校") > likeness("医院", "颜色")
    assert base.layers == 12


def test_a_small_network_learns_its_tasks_and_ships(base: BaseModel, tmp_path: Path) -> None:
    tasks = list(parse_blocks(TEXT))
    vocabulary = Vocabulary(dict(base.pieces))
    torch.manual_seed(1)
    network = Tagger(base, layers=2, dropout=0.0)
    lines: list[str] = []
    settings = Settings(layers=2, epochs=60, rate=5e-4, dropout=0.0)
    train(network, tasks, vocabulary, settings, lines.append)
    losses = [float(line.split()[3]) for line in lines]
    assert losses[-1] < losses[0] / 2
    export_base(base, tmp_path)
    export_network(network, base, tmp_path / NETWORK)
    describe_model({"version": "1", "base": "test"}, tmp_path)
    model = read_model(tmp_path)
    tagging = tag_pair(Pair(tasks[1].task.text, tasks[1].progress.text), model)
    assert [span.label for span in tagging.first_names] == ["road"]
    assert tagging.state is not None
    assert tagging.state.label == "completed"
    _check_same_scores(network, model.score("改造柳林路", "已完工。")[0].scores, vocabulary)


def _check_same_scores(network: Tagger, shipped: np.ndarray, vocabulary: Vocabulary) -> None:
    arrays = pad_batch([encode_window("改造柳林路", "已完工。", vocabulary)])
    with torch.no_grad():
        own = network(**{name: torch.from_numpy(array) for name, array in arrays.items()})
    difference = np.abs(own[0, :5].numpy() - shipped).mean()
    assert difference < 0.2 * np.abs(shipped).mean()

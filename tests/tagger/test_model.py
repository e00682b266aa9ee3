from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from kg.resources import resource
from kg.tagger.model import (
    ABOUT,
    EMBEDDINGS,
    NETWORK,
    PIECES,
    ROLE_NETWORK,
    ModelError,
    load_model,
    read_model,
)

SHIPPED = resource("data", "model")
_MEGABYTE = 1_000_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SHIPPED, tmp_path / "model"))


@pytest.mark.parametrize("name", [ABOUT, NETWORK, PIECES, EMBEDDINGS])
def test_a_missing_file_is_named_with_advice(folder: Path, name: str) -> None:
    (folder / name).unlink()
    with pytest.raises(ModelError, match=rf"lacks {name} .*install taskkg again"):
        read_model(folder)


@pytest.mark.parametrize("name", [NETWORK, PIECES, EMBEDDINGS])
def test_a_damaged_file_is_named_with_advice(folder: Path, name: str) -> None:
    raw = bytearray((folder / name).read_bytes())
    raw[len(raw) // 2] ^= 1
    (folder / name).write_bytes(raw)
    with pytest.raises(ModelError, match=rf"{name} is damaged .*install taskkg again"):
        read_model(folder)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"format": 2}'])
def test_damaged_metadata_are_named(folder: Path, text: str) -> None:
    (folder / ABOUT).write_text(text)
    with pytest.raises(ModelError, match="is damaged"):
        read_model(folder)


def test_a_model_of_another_format_is_refused(folder: Path) -> None:
    about = json.loads((folder / ABOUT).read_text())
    (folder / ABOUT).write_text(json.dumps({**about, "format": 99}))
    with pytest.raises(ModelError, match="has format 99, not 2"):
        read_model(folder)


def test_the_command_reports_a_missing_model_in_one_line(tmp_path: Path) -> None:
    package = tmp_path / "site" / "kg"
    shutil.copytree(Path(sys.modules["kg"].__file__ or "").parent, package)
    source = resource("data", "jianghan-2019", "report.csv")
    for part in ("gazetteer", "lexicon"):
        shutil.copytree(resource("data", part), tmp_path / "site" / "data" / part)
    done = subprocess.run(
        [sys.executable, "-m", "kg.cli", "extract", str(source)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(tmp_path / "site")},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert done.stderr.startswith("Error: the model lacks tagger.json")
    assert len(done.stderr.splitlines()) == 1


def test_the_model_is_small_and_names_its_origin_and_licence() -> None:
    files = [SHIPPED / name for name in (ABOUT, NETWORK, PIECES, EMBEDDINGS)]
    assert sum(path.stat().st_size for path in files) < 30 * _MEGABYTE
    assert (SHIPPED / ROLE_NETWORK).stat().st_size < 15 * _MEGABYTE
    assert "MIT" in load_model().about["base"]


def test_the_same_text_has_the_same_scores_whatever_was_read_before() -> None:
    model = read_model(SHIPPED)
    first = model.score("新建柳园路", "已完工。")
    model.score("其他" * 200, "文字" * 700)
    for one, other in zip(first, model.score("新建柳园路", "已完工。"), strict=True):
        assert np.array_equal(one.scores, other.scores)


def test_characters_inside_pieces_are_marked() -> None:
    (promise, report) = load_model().score("新建道路", "已完工。" * 300)
    assert promise.scores.shape[0] == 4
    assert not promise.inside[0]
    assert promise.inside.any()
    assert len(report.inside) == len(report.scores) == 1200


def test_time_grows_with_the_length_of_a_text() -> None:
    model = load_model()

    def seconds(size: int) -> float:
        begun = time.process_time()
        model.score("新建柳园路", "柳园路已完工，梅园路正在施工。" * size)
        return time.process_time() - begun

    seconds(50)
    assert seconds(800) < 8 * 4 * max(seconds(100), 0.02)

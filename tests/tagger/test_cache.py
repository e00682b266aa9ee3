from __future__ import annotations

from pathlib import Path

import pytest

from kg.tagger import Pair, cache, tag
from kg.tagger.cache import cache_path, load_taggings, pair_key, save_taggings
from kg.tagger.model import Model, load_model

PAIR = Pair("新建柳园路2条", "一是柳园路已完工1条。", ((5, 7),), ((9, 11),))


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("TASKKG_CACHE", str(tmp_path))
    return tmp_path


def test_cached_pairs_are_not_tagged_again(monkeypatch: pytest.MonkeyPatch) -> None:
    first = tag([PAIR])

    def fail(*_: object) -> None:
        raise AssertionError("read again")

    monkeypatch.setattr(Model, "score", fail)
    assert tag([PAIR, PAIR]) == first * 2


def test_another_text_or_another_version_is_another_key() -> None:
    keys = {
        pair_key(PAIR, "1"),
        pair_key(PAIR, "2"),
        pair_key(Pair(PAIR.first, PAIR.second), "1"),
        pair_key(Pair(PAIR.second, PAIR.first), "1"),
    }
    assert len(keys) == 4


def test_a_damaged_cache_is_replaced(folder: Path) -> None:
    first = tag([PAIR])
    key = pair_key(PAIR, load_model().version)
    cache_path().write_bytes(b"no database" * 1000)
    for beside in folder.glob("*-wal"):
        beside.unlink()
    assert load_taggings([key]) == {}
    assert tag([PAIR]) == first
    assert load_taggings([key]) == {key: first[0]}


def test_a_full_cache_is_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    (tagging,) = tag([PAIR])
    save_taggings({"old": tagging})
    monkeypatch.setattr(cache, "_MAX_BYTES", 1)
    save_taggings({"new": tagging})
    assert load_taggings(["old", "new"]) == {"new": tagging}


def test_half_a_character_is_not_an_error() -> None:
    assert tag([Pair("\ud800", "")])[0].first_names == ()


def test_without_a_writable_folder_nothing_is_cached(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("TASKKG_CACHE", str(tmp_path / "file" / "folder"))
    save_taggings({"key": tag([PAIR])[0]})
    assert load_taggings(["key"]) == {}

from __future__ import annotations

import random
from pathlib import Path

import pytest

from kg.answers.family_answers import ANSWERS
from kg.answers.understanding.families import (
    SENTENCE_FAMILIES,
    families,
    load_family_model,
    rank_families,
    read_family_model,
)
from kg.errors import InputError
from kg.resources import resource
from training.markup import MarkupError
from training.questions import read_matters, read_phrasings, render, train_families


def test_every_family_is_answered_or_refused_and_trained() -> None:
    assert set(families()) == {
        *ANSWERS,
        *SENTENCE_FAMILIES,
        "outside",
        "task_number",
        "changes",
    } | set(ANSWERS)
    assert load_family_model().families == tuple(families())


@pytest.mark.parametrize(
    ("masked", "slots", "family"),
    [
        ("Ｄ今年要干哪几件", ["department"], "department_tasks"),
        ("Ｄ有啥没干完", ["department"], "department_behind"),
        ("Ｄ和Ｄ得不得碰个头", ["department", "departments"], "common"),
        ("哪个单位活最多", [], "rank_departments"),
        ("Ｘ咋还没好", ["thing"], "why"),
        ("今天下雨吗", [], "outside"),
        ("which departments lag most", [], "rank_behind"),
        ("what is planned for Ｔ", ["date"], "planned"),
    ],
)
def test_the_likeliest_family(masked: str, slots: list[str], family: str) -> None:
    ranked = rank_families(masked, slots)
    assert ranked[0][0] == family
    assert sum(probability for _, probability in ranked) == pytest.approx(1)


def test_a_family_whose_slots_are_not_filled_is_unlikely() -> None:
    unlikely = dict(rank_families("要干哪几件", []))
    assert unlikely["department_tasks"] < 0.05
    assert unlikely["common"] < 0.05


def test_a_model_that_is_missing_or_damaged_is_told_in_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="missing or damaged; install taskkg again"):
        read_family_model(tmp_path / "questions.npz")
    whole = resource("data", "model", "questions.npz").read_bytes()
    (tmp_path / "questions.npz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(InputError, match="missing or damaged"):
        read_family_model(tmp_path / "questions.npz")


def test_phrasings_of_writers_left_out_are_told_apart() -> None:
    folder = resource("data", "training")
    phrasings, matters = read_phrasings(folder / "questions"), read_matters(folder)
    chance = random.Random(1)
    seen = [one for one in phrasings if one.writer in ("A", "B", "L")]
    model = train_families(seen, matters, chance)
    unseen = [one for one in phrasings if one.writer == "D"]
    right = 0
    for one in unseen:
        likely = model.probabilities(render(one, matters, chance))
        right += max(likely, key=likely.__getitem__) == one.family
    assert right / len(unseen) > 0.7


@pytest.mark.parametrize("line", ["who\tzh", "nobody\tzh\t谁管", "who\tfr\tqui"])
def test_a_line_of_phrasings_that_is_wrong_is_told_with_its_place(
    tmp_path: Path, line: str
) -> None:
    (tmp_path / "A.tsv").write_text(f"who\tzh\t谁管{{X}}\n{line}\n", encoding="utf-8")
    with pytest.raises(MarkupError, match=r"A\.tsv: line 2: is not “family, zh or en, text”"):
        read_phrasings(tmp_path)
